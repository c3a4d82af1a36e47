//! Instants as both databases store them.

use chrono::{DateTime, SecondsFormat, Utc};

/// An instant: microseconds since 1970-01-01T00:00:00Z. A plain 64-bit number on both databases, so
/// that precision, order and equality cannot differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, sea_orm::DeriveValueType)]
pub struct Moment(pub i64);

impl Moment {
    /// RFC 3339 in UTC with microseconds; `None` outside the years that RFC 3339 can write.
    pub fn rfc3339(self) -> Option<String> {
        DateTime::from_timestamp_micros(self.0).map(|t| t.to_rfc3339_opts(SecondsFormat::Micros, true))
    }
}

impl From<DateTime<Utc>> for Moment {
    fn from(time: DateTime<Utc>) -> Self {
        Self(time.timestamp_micros())
    }
}
