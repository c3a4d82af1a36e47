//! `articula schema`

use anyhow::Result;

use super::Backing;

pub fn run(backing: &impl Backing) -> Result<()> {
    print!("{}", backing.schema()?);
    Ok(())
}
