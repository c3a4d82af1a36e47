//! Failed sign-ins, counted by address and by credential, so that nobody can try one after another.
//!
//! Only what fails counts, and nothing is kept of what succeeds. Bounded: who failed least recently is forgotten first.

use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Utc};
use moka::policy::EvictionPolicy;
use moka::sync::Cache;

/// How many addresses, and how many credentials, are remembered.
const REMEMBERED: u64 = 50_000;
/// How often one credential may fail in a minute: whoever shows it again learns nothing new.
const CREDENTIAL_A_MINUTE: u32 = 10;
const MINUTE: i64 = 60_000_000;
const SECOND: i64 = 1_000_000;

/// Counts failures and says who has to wait.
pub(super) struct Throttle {
    addresses: Failures<IpAddr>,
    credentials: Failures<[u8; 32]>,
}

impl Throttle {
    /// So many failures a minute are allowed from each address.
    pub fn new(address_a_minute: u32) -> Self {
        Self { addresses: Failures::new(address_a_minute), credentials: Failures::new(CREDENTIAL_A_MINUTE) }
    }

    /// The seconds that this address, showing this credential, has to wait before it is looked at again.
    pub fn wait(&self, address: IpAddr, credential: &[u8; 32], now: DateTime<Utc>) -> Option<u32> {
        self.addresses.wait(&household(address), now).max(self.credentials.wait(credential, now))
    }

    /// An address showed what nobody signed.
    pub fn guessed(&self, address: IpAddr, now: DateTime<Utc>) {
        self.addresses.failed(household(address), now);
    }

    /// A credential was refused.
    pub fn refused(&self, credential: [u8; 32], now: DateTime<Utc>) {
        self.credentials.failed(credential, now);
    }
}

/// Whoever has one address of version 6 has 2^64 of them.
pub(super) fn household(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(six) => IpAddr::V6(Ipv6Addr::from_bits(six.to_bits() & (u128::MAX << 64))),
    }
}

/// Failures of each key, as the instant (in microseconds) at which they will all be forgiven: each failure moves it on by one
/// interval, and who has more before him than a minute's worth waits (the generic cell rate algorithm).
struct Failures<K> {
    forgiven: Cache<K, Arc<AtomicI64>>,
    interval: i64,
}

impl<K: std::hash::Hash + Eq + Send + Sync + 'static> Failures<K> {
    fn new(a_minute: u32) -> Self {
        let forgiven = Cache::builder().max_capacity(REMEMBERED).eviction_policy(EvictionPolicy::lru());
        Self { forgiven: forgiven.build(), interval: MINUTE / i64::from(a_minute.max(1)) }
    }

    fn wait(&self, key: &K, now: DateTime<Utc>) -> Option<u32> {
        let ahead = self.forgiven.get(key)?.load(Ordering::Relaxed) - now.timestamp_micros();
        // A clock that was turned back shall lock nobody out for longer.
        let over = ahead.min(MINUTE) - (MINUTE - self.interval);
        (over > 0).then(|| u32::try_from((over + SECOND - 1) / SECOND).unwrap_or(1))
    }

    fn failed(&self, key: K, now: DateTime<Utc>) {
        let now = now.timestamp_micros();
        let forgiven = self.forgiven.get_with(key, Arc::default);
        let next = |then: i64| Some(then.clamp(now, now + MINUTE) + self.interval);
        let _ = forgiven.fetch_update(Ordering::Relaxed, Ordering::Relaxed, next);
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::http::tests::fixture::moment;

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn who_failed_often_waits_and_others_do_not() {
        let throttle = Throttle::new(30);
        let (one, other) = (address("203.0.113.9"), address("203.0.113.10"));
        for _ in 0..30 {
            assert_eq!(throttle.wait(one, &[0; 32], moment()), None);
            throttle.guessed(one, moment());
        }
        assert_eq!(throttle.wait(one, &[0; 32], moment()), Some(2));
        assert_eq!(throttle.wait(other, &[0; 32], moment()), None);
        let later = |milliseconds| moment() + TimeDelta::milliseconds(milliseconds);
        assert_eq!(throttle.wait(one, &[0; 32], later(1_999)), Some(1));
        assert_eq!(throttle.wait(one, &[0; 32], later(2_000)), None, "one more try every two seconds");
        throttle.guessed(one, later(2_000));
        assert_eq!(throttle.wait(one, &[0; 32], later(2_000)), Some(2));
        assert_eq!(throttle.wait(one, &[0; 32], later(4_000)), None);
        assert_eq!(throttle.wait(one, &[0; 32], moment() - TimeDelta::days(1)), Some(2), "a clock turned back");
    }

    #[test]
    fn a_credential_waits_wherever_it_comes_from() {
        let throttle = Throttle::new(30);
        for _ in 0..10 {
            throttle.refused([7; 32], moment());
        }
        assert_eq!(throttle.wait(address("203.0.113.9"), &[7; 32], moment()), Some(6));
        assert_eq!(throttle.wait(address("203.0.113.9"), &[8; 32], moment()), None);
    }

    #[test]
    fn version_6_is_counted_by_the_network_that_one_household_has() {
        let throttle = Throttle::new(1);
        throttle.guessed(address("2001:db8:0:1::5"), moment());
        assert_eq!(throttle.wait(address("2001:db8:0:1:ffff::9"), &[0; 32], moment()), Some(60));
        assert_eq!(throttle.wait(address("2001:db8:0:2::5"), &[0; 32], moment()), None);
    }
}
