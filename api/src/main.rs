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
        eprintln!("articula: {}", told(&fault));
        ExitCode::FAILURE
    })
}

/// What went wrong and why, each cause once: many faults say in their own text what caused them.
fn told(fault: &anyhow::Error) -> String {
    fault.chain().map(ToString::to_string).fold(String::new(), |told, cause| match told.as_str() {
        "" => cause,
        known if known.contains(&cause) => told,
        _ => format!("{told}: {cause}"),
    })
}

#[cfg(test)]
mod tests {
    use anyhow::anyhow;

    use super::told;

    #[test]
    fn no_cause_is_told_twice() {
        let fault = anyhow!("the disk is full").context("it cannot be written: the disk is full");
        assert_eq!(told(&fault.context("docs/errors.md")), "docs/errors.md: it cannot be written: the disk is full");
    }
}
