//! `articula docs`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use articula::access::rules::permissions_markdown;
use articula::contract::life_cycles_markdown;
use articula::glossary::glossary_markdown;
use articula::graph::error::errors_markdown;
use articula::insight::broken_links::broken_links_markdown;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Writes nothing; fails when a page is behind the program.
    #[arg(long)]
    check: bool,
    /// Where the pages are.
    #[arg(long, default_value = "docs", value_name = "DIR")]
    folder: PathBuf,
}

/// Every generated page: its file and its text.
fn pages() -> [(&'static str, String); 5] {
    [
        ("errors.md", errors_markdown()),
        ("permissions.md", permissions_markdown()),
        ("life-cycles.md", life_cycles_markdown()),
        ("broken-links.md", broken_links_markdown()),
        ("glossary.md", glossary_markdown()),
    ]
}

pub fn run(args: &Args) -> Result<ExitCode> {
    let mut behind = false;
    for (file, page) in pages() {
        let path = args.folder.join(file);
        if is_current(&path, &page) {
            continue;
        }
        if args.check {
            behind = true;
            eprintln!("{} is behind the program; run `articula docs`", path.display());
        } else {
            let written = std::fs::create_dir_all(&args.folder).and_then(|()| std::fs::write(&path, page));
            written.with_context(|| format!("{} cannot be written; check the folder", path.display()))?;
            println!("{} was written", path.display());
        }
    }
    Ok(if behind { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn is_current(path: &Path, page: &str) -> bool {
    std::fs::read_to_string(path).is_ok_and(|kept| kept == page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_pages_are_current() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
        for (file, page) in pages() {
            assert!(is_current(&folder.join(file), &page), "docs/{file} is behind the program: run `articula docs`");
        }
    }
}
