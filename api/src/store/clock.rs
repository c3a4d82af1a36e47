//! What time it is: asked here and nowhere else, so that tests can turn it.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta, Utc};
use entity::Moment;

/// Hours between UTC and Bogotá. Colombia last shifted its clocks in April 1993, before anything recorded here.
const BOGOTA_HOURS: i32 = -5;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> DateTime<Utc>;

    /// The civil date in Bogotá at this instant: legal effects begin and end with it.
    fn today(&self) -> NaiveDate {
        civil_date(self.now())
    }
}

/// The civil date in Bogotá at an instant.
pub fn civil_date(instant: DateTime<Utc>) -> NaiveDate {
    FixedOffset::east_opt(BOGOTA_HOURS * 3600)
        .map_or_else(|| instant.date_naive(), |bogota| instant.with_timezone(&bogota).date_naive())
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock that everything else asks")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// A clock that stands still until somebody turns it.
#[derive(Debug)]
pub struct TurnedClock(AtomicI64);

impl TurnedClock {
    /// Stands at this instant, to the microsecond.
    pub fn at(instant: DateTime<Utc>) -> Self {
        Self(AtomicI64::new(Moment::from(instant).0))
    }

    /// Stands at noon in Bogotá on this date.
    pub fn on(date: NaiveDate) -> Self {
        Self::at(noon(date))
    }

    /// Turns it to an instant, forwards or backwards.
    pub fn set(&self, instant: DateTime<Utc>) {
        self.0.store(Moment::from(instant).0, Ordering::SeqCst);
    }

    /// Turns it to noon in Bogotá on this date.
    pub fn set_date(&self, date: NaiveDate) {
        self.set(noon(date));
    }

    /// Turns it by a span, backwards when the span is negative.
    pub fn advance(&self, span: TimeDelta) {
        self.0.fetch_add(span.num_microseconds().unwrap_or(0), Ordering::SeqCst);
    }
}

impl Clock for TurnedClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0.load(Ordering::SeqCst)).unwrap_or(DateTime::UNIX_EPOCH)
    }
}

fn noon(date: NaiveDate) -> DateTime<Utc> {
    let midnight = date.and_hms_opt(0, 0, 0).unwrap_or_default().and_utc();
    midnight + TimeDelta::hours(12 - i64::from(BOGOTA_HOURS))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    #[test]
    fn the_day_turns_at_midnight_in_bogota() {
        let clock = TurnedClock::at(instant("2026-03-01T04:59:59.999999Z"));
        assert_eq!(clock.today().to_string(), "2026-02-28");
        clock.advance(TimeDelta::microseconds(1));
        assert_eq!(clock.today().to_string(), "2026-03-01");
    }

    #[test]
    fn a_turned_clock_stands_still() {
        let clock = TurnedClock::on(NaiveDate::from_ymd_opt(2020, 1, 15).expect("a date"));
        assert_eq!(clock.now(), instant("2020-01-15T17:00:00Z"));
        clock.set(instant("2019-07-01T00:00:00.123456789Z"));
        assert_eq!(clock.now(), instant("2019-07-01T00:00:00.123456Z"));
    }
}
