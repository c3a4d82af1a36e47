//! What is logged, and how.

use tracing_subscriber::EnvFilter;

use super::ConfigFault;
use super::settings::{Setting, Settings, Shape};

pub(super) const SETTINGS: &[Setting] =
    &[Setting::new("log", "filter", Shape::Text), Setting::new("log", "format", Shape::Text)];

/// How a line of the log looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Pretty,
    /// One JSON object a line, for collectors.
    Json,
}

/// What is logged, and how.
#[derive(Clone, Debug)]
pub struct LogConfig {
    /// tracing's filter; it has been parsed once and is legible.
    pub filter: String,
    /// How a line looks.
    pub format: LogFormat,
}

impl LogConfig {
    pub(super) fn read(settings: &Settings) -> Result<Self, ConfigFault> {
        let filter = settings.needed("log.filter", "the log needs a level")?;
        EnvFilter::try_new(filter).map_err(|fault| {
            let remedy = "give a level (info) or levels by module (info,articula::store=debug)";
            settings.fault("log.filter", format!("is {filter:?}, which tracing cannot read ({fault})"), remedy)
        })?;
        let format = match settings.needed("log.format", "the log needs a form")? {
            "pretty" => LogFormat::Pretty,
            "json" => LogFormat::Json,
            other => return Err(settings.fault("log.format", format!("is {other:?}"), "give pretty or json")),
        };
        Ok(Self { filter: filter.to_owned(), format })
    }
}
