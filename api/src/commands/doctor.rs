//! `articula doctor`

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Result;
use articula::access::{DevelopmentKey, count_published, token::Verifier};
use articula::config::{self, Config, ConfigFault};

use super::{Backing, Finding, Verdict};

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
    for Finding { what, verdict } in &findings {
        match verdict {
            Verdict::Well => println!("well   {what}"),
            Verdict::Note(meaning) => println!("note   {what}: {meaning}"),
            Verdict::Wrong(how) => println!("WRONG  {what}: {how}"),
        }
    }
    let well = findings.iter().all(|finding| !matches!(finding.verdict, Verdict::Wrong(_)));
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What `/readyz` of the service on this address says.
fn ready(address: SocketAddr) -> Finding {
    let what = format!("service on {address}");
    match readiness(address) {
        Ok(Head { status, .. }) if status.starts_with("HTTP/1.1 200") => Finding::well(what),
        Ok(Head { status, .. }) => Finding::wrong(what, format!("it answers `{status}`; its log says what is missing")),
        Err(fault) => Finding::wrong(what, format!("it does not answer ({fault}); is it running?")),
    }
}

/// The first lines of an answer.
struct Head {
    status: String,
    /// Did it come from this program? It names every answer.
    ours: bool,
}

fn readiness(mut address: SocketAddr) -> io::Result<Head> {
    if address.ip().is_unspecified() {
        // It listens everywhere, so also here.
        address.set_ip(if address.is_ipv4() { Ipv4Addr::LOCALHOST.into() } else { Ipv6Addr::LOCALHOST.into() });
    }
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(format!("GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").as_bytes())?;
    // Whoever listens there may be anything: no more is read than a head may have.
    let mut lines = BufReader::new(stream.take(8 << 10)).lines().map_while(Result::ok);
    let status = lines.next().unwrap_or_default();
    let ours = lines.take_while(|line| !line.is_empty()).any(|line| line.to_lowercase().starts_with("x-request-id:"));
    Ok(Head { status, ours })
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
    let what = "key for tokens";
    match Verifier::new(&config.tokens) {
        Ok(_) => Finding::well(what),
        Err(_) if config.tokens.issuers.is_empty() && DevelopmentKey::is_in(&config.database.data_folder()) => {
            let meaning = "none is configured, so only `serve --demo` starts here, which believes the tokens of \
                           `articula token`; to serve for real, set tokens.algorithm, a key and tokens.issuer";
            Finding::note(what, meaning)
        }
        Err(fault) => Finding::wrong(what, format!("{fault} (`serve --demo` starts without one)")),
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
    let what = format!("address {address}");
    match TcpListener::bind(address).map_err(|fault| fault.kind()) {
        Ok(_) => Finding::well(what),
        Err(io::ErrorKind::AddrInUse) => match readiness(address) {
            Ok(Head { ours: true, status }) => {
                let ready = if status.starts_with("HTTP/1.1 200") { "and is ready" } else { "and is not ready" };
                let meaning =
                    format!("this service runs there already {ready}; a second one needs another http.address");
                Finding::note(what, meaning)
            }
            _ => Finding::wrong(what, "another program listens there; stop it, or change http.address"),
        },
        Err(fault) => Finding::wrong(what, format!("{fault}; change http.address")),
    }
}
