//! The log of the process, and the ids that join an answer to its lines.

use std::io::IsTerminal;

use chrono::{DateTime, Utc};
use tracing_subscriber::EnvFilter;
use uuid::{NoContext, Timestamp, Uuid};

use crate::config::{LogConfig, LogFormat};

/// Why the log cannot be started.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryFault {
    /// The filter is not legible.
    #[error("log.filter cannot be read")]
    Filter(#[from] tracing_subscriber::filter::ParseError),
    /// This process has a log already.
    #[error("the log was started twice: {0}")]
    Twice(Box<dyn std::error::Error + Send + Sync>),
}

/// Starts the log of this process, on standard error: standard output belongs to the commands' answers. Colours are for terminals
/// only, and not where `NO_COLOR` asks for none. Nothing is logged here that the caller does not log.
///
/// # Errors
/// [`TelemetryFault`], when the filter is not legible or the process has a log already.
pub fn start(config: &LogConfig) -> Result<(), TelemetryFault> {
    let colours = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let builder = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::try_new(&config.filter)?)
        .with_writer(std::io::stderr)
        .with_ansi(colours);
    match config.format {
        LogFormat::Pretty => builder.try_init(),
        LogFormat::Json => builder.json().flatten_event(true).with_current_span(true).with_span_list(false).try_init(),
    }
    .map_err(TelemetryFault::Twice)
}

/// The id of one request: 32 hexadecimal digits, later ones greater (UUIDv7), so that they also find the hour in a log.
pub fn request_id(now: DateTime<Utc>) -> String {
    let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
    let time = Timestamp::from_unix(NoContext, seconds, now.timestamp_subsec_nanos());
    Uuid::new_v7(time).simple().to_string()
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn request_ids_differ_and_follow_time() {
        let now = DateTime::from_timestamp(1_790_000_000, 0).expect("a time");
        let (first, second) = (request_id(now), request_id(now));
        assert_ne!(first, second);
        assert_eq!(first.len(), 32);
        assert!(first < request_id(now + TimeDelta::seconds(1)));
        assert!(second > request_id(now - TimeDelta::seconds(1)));
    }
}
