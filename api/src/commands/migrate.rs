//! `articula migrate`

use anyhow::Result;
use articula::config::Config;

use super::Backing;

pub async fn run(config: &Config, backing: &impl Backing) -> Result<()> {
    let database = config.database.shown();
    match backing.migrate(config).await? {
        0 => println!("{database} is up to date"),
        1 => println!("{database} is up to date: one step was taken"),
        steps => println!("{database} is up to date: {steps} steps were taken"),
    }
    Ok(())
}
