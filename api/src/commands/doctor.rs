//! `articula doctor`

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Result;
use articula::access::{count_published, token::Verifier};
use articula::config::{self, Config, ConfigFault};

use super::{Backing, Finding};

/// How long `--ready` waits for the service.
const PATIENCE: Duration = Duration::from_secs(2);

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only asks the running service whether it is ready, as an image's health check does.
    #[arg(long)]
    ready: bool,
}

pub async fn run(args: &Args, config: Result<Config, ConfigFault>, backing: &impl Backing) -> Result<ExitCode> {
    let findings = match config {
        Err(fault) => vec![Finding::wrong("configuration", fault)],
        Ok(config) if args.ready => vec![ready(config.http.address)],
        Ok(config) => {
            let mut findings = vec![Finding::well("configuration"), key(&config)];
            findings.extend(published(&config).await);
            findings.push(address(&config));
            findings.extend(misspelt());
            findings.extend(backing.examine(&config).await);
            findings
        }
    };
    for Finding { what, wrong } in &findings {
        match wrong {
            None => println!("well   {what}"),
            Some(how) => println!("WRONG  {what}: {how}"),
        }
    }
    let well = findings.iter().all(|finding| finding.wrong.is_none());
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What `/readyz` of the service on this address says.
fn ready(address: SocketAddr) -> Finding {
    let what = format!("service on {address}");
    match readiness(address) {
        Ok(status) if status.starts_with("HTTP/1.1 200") => Finding::well(what),
        Ok(status) => Finding::wrong(what, format!("it answers `{status}`; its log says what is missing")),
        Err(fault) => Finding::wrong(what, format!("it does not answer ({fault}); is it running?")),
    }
}

fn readiness(mut address: SocketAddr) -> io::Result<String> {
    if address.ip().is_unspecified() {
        // It listens everywhere, so also here.
        address.set_ip(if address.is_ipv4() { Ipv4Addr::LOCALHOST.into() } else { Ipv6Addr::LOCALHOST.into() });
    }
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(format!("GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").as_bytes())?;
    let mut status = String::new();
    BufReader::new(stream).read_line(&mut status)?;
    Ok(status.trim_end().to_owned())
}

/// Variables that look like settings and are none: nothing reads them, so a slip of the pen would go unnoticed.
fn misspelt() -> Vec<Finding> {
    let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let unknown = names.filter(|name| name.starts_with("ARTICULA_") && !config::knows_variable(name));
    unknown
        .map(|name| Finding::wrong(format!("variable {name}"), "no setting is called so; see default.toml"))
        .collect()
}

fn key(config: &Config) -> Finding {
    match Verifier::new(&config.tokens) {
        Ok(_) => Finding::well("key for tokens"),
        Err(fault) => Finding::wrong("key for tokens", format!("{fault} (`serve --demo` starts without one)")),
    }
}

/// Fetches what each issuer publishes, as the service would.
async fn published(config: &Config) -> Vec<Finding> {
    let mut findings = Vec::new();
    for issuer in &config.tokens.issuers {
        let Some(url) = &issuer.jwks_url else { continue };
        let what = format!("keys of {}", issuer.name);
        findings.push(match count_published(url).await {
            Ok(count) => Finding::well(format!("{what} ({count} that can be used)")),
            Err(fault) => {
                Finding::wrong(what, format!("{url}: {fault}; check jwks_url, and that this machine may reach it"))
            }
        });
    }
    findings
}

/// A service that runs has the address for itself, so a taken one may be as it should be.
fn address(config: &Config) -> Finding {
    let address = config.http.address;
    match TcpListener::bind(address) {
        Ok(_) => Finding::well(format!("address {address}")),
        Err(fault) => {
            let how = format!("{fault}; if it is not this service that listens there, change http.address");
            Finding::wrong(format!("address {address}"), how)
        }
    }
}
