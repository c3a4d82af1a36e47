//! What can be wrong with a configuration, said so that it can be mended.

use std::path::PathBuf;

/// Why the configuration cannot be used. No text holds the value of a secret.
#[derive(Debug, thiserror::Error)]
pub enum ConfigFault {
    /// The file cannot be read.
    #[error("the configuration file {} cannot be read ({source}); check --config or ARTICULA_CONFIG", path.display())]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is not TOML.
    #[error("{origin}, line {line}, is not TOML: {reason}")]
    Syntax {
        /// Which file.
        origin: String,
        /// Where, counted from 1.
        line: usize,
        /// What the parser missed. Never the line itself: it may hold a secret.
        reason: String,
    },
    /// There is no such setting.
    #[error("{origin}: there is no setting {key}; {hint}")]
    Unknown {
        /// Which file.
        origin: String,
        /// The setting, `section.name`.
        key: String,
        /// Which names there are.
        hint: String,
    },
    /// The value is of another type.
    #[error("{origin}: {key} must be {expected}")]
    Type {
        /// Which file or variable.
        origin: String,
        /// The setting, `section.name`.
        key: String,
        /// What is expected, with its article.
        expected: &'static str,
    },
    /// The value is of the right type and cannot be used.
    #[error("{origin}: {key} {reason}; {remedy}")]
    Value {
        /// Which file or variable.
        origin: String,
        /// The setting, `section.name`.
        key: String,
        /// What is wrong with it.
        reason: String,
        /// What to write instead.
        remedy: String,
    },
    /// A setting that others make necessary is missing.
    #[error("{key} is not set, but {because}; set it in the configuration file or as {variable}")]
    Missing {
        /// The setting, `section.name`.
        key: String,
        /// Why it is needed.
        because: &'static str,
        /// The environment variable that sets it.
        variable: String,
    },
}
