//! `articula schema`

use anyhow::Result;

use super::Backing;

pub fn run(backing: &impl Backing) -> Result<()> {
    println!("{}", backing.schema()?);
    Ok(())
}
