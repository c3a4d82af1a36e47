//! The configuration: defaults (`default.toml`, which is its documentation), a file, the environment. Nothing else reads them.

mod database;
mod fault;
mod http;
mod limits;
mod log;
mod network;
mod secret;
mod settings;
mod token;

use std::path::{Path, PathBuf};

pub use database::{Backend, DatabaseConfig};
pub use fault::ConfigFault;
pub use http::{HttpConfig, Protocol};
pub use limits::LimitsConfig;
pub use log::{LogConfig, LogFormat};
pub use network::Network;
pub use secret::Secret;
pub use token::{IssuerConfig, KeyMaterial, TokenAlgorithm, TokenConfig, TokenKey};

use settings::{Setting, Settings};

/// The defaults with their documentation, as `articula` prints them.
pub const DEFAULTS: &str = include_str!("default.toml");

/// Every setting there is, by concern. A new concern adds its list here and its section to `default.toml`.
const SETTINGS: &[&[Setting]] = &[http::SETTINGS, limits::SETTINGS, database::SETTINGS, token::SETTINGS, log::SETTINGS];

/// Is this environment variable one that the service reads? (`articula doctor` names those that only look so.)
pub fn knows_variable(name: &str) -> bool {
    let mut settings = SETTINGS.iter().copied().flatten();
    name == "ARTICULA_CONFIG" || settings.any(|setting| setting.is_said_by(name))
}

/// How this process is to run. Immutable once loaded.
#[derive(Clone, Debug)]
pub struct Config {
    /// How it listens and what it lets in.
    pub http: HttpConfig,
    /// How much may be asked.
    pub limits: LimitsConfig,
    /// Where the data are.
    pub database: DatabaseConfig,
    /// Whose tokens are believed.
    pub tokens: TokenConfig,
    /// What is logged, and how.
    pub log: LogConfig,
}

impl Config {
    /// Loads defaults, then the file (`file`, or else what `ARTICULA_CONFIG` names), then the environment, and checks every value.
    ///
    /// # Errors
    /// A [`ConfigFault`] that names the setting, where its value came from and what to write instead.
    pub fn load(env: impl Fn(&str) -> Option<String>, file: Option<&Path>) -> Result<Config, ConfigFault> {
        let mut settings = Settings::defaults(SETTINGS)?;
        if let Some(path) = file.map(Path::to_path_buf).or_else(|| env("ARTICULA_CONFIG").map(PathBuf::from)) {
            let text = std::fs::read_to_string(&path)
                .map_err(|source| ConfigFault::Unreadable { path: path.clone(), source })?;
            settings.overlay(&text, &path.display().to_string())?;
        }
        settings.environment(env)?;
        Ok(Config {
            http: HttpConfig::read(&settings)?,
            limits: LimitsConfig::read(&settings)?,
            database: DatabaseConfig::read(&settings)?,
            tokens: TokenConfig::read(&settings)?,
            log: LogConfig::read(&settings)?,
        })
    }
}

#[cfg(test)]
mod tests;
