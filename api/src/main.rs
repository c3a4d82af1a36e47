//! The `articula` command.

use std::process::ExitCode;

use clap::Parser;

mod commands;
mod connected;

fn main() -> ExitCode {
    let cli = commands::Cli::parse();
    let run = || -> anyhow::Result<ExitCode> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(cli.run(&connected::Connected))
    };
    run().unwrap_or_else(|fault| {
        eprintln!("articula: {fault:#}");
        ExitCode::FAILURE
    })
}
