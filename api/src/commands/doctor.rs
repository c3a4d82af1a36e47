//! `articula doctor`

use std::net::TcpListener;
use std::process::ExitCode;

use anyhow::Result;
use articula::access::token::Verifier;
use articula::config::{Config, ConfigFault};

use super::{Backing, Finding};

pub async fn run(config: Result<Config, ConfigFault>, backing: &impl Backing) -> Result<ExitCode> {
    let findings = match config {
        Err(fault) => vec![Finding::wrong("configuration", fault)],
        Ok(config) => {
            let mut findings = vec![Finding::well("configuration"), key(&config), address(&config)];
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

fn key(config: &Config) -> Finding {
    match Verifier::new(&config.tokens) {
        Ok(_) => Finding::well("key for tokens"),
        Err(fault) => Finding::wrong("key for tokens", format!("{fault} (`serve --demo` starts without one)")),
    }
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
