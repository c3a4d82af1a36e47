//! How much may be asked in a minute: a bucket for each caller, from which every request takes its cost before it runs.
//!
//! The arithmetic is [`take`], a pure function (the generic cell rate algorithm): of a bucket nothing is kept but the instant at
//! which it will be full again. Bounded: whoever asked least recently is forgotten first, which gives him a full bucket.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use chrono::{DateTime, Utc};
use moka::{policy::EvictionPolicy, sync::Cache};
use uuid::Uuid;

use crate::access::actor::Actor;

/// How many callers are remembered.
const REMEMBERED: u64 = 50_000;
/// How long an empty bucket takes to fill, in nanoseconds.
const MINUTE: i64 = 60_000_000_000;
const SECOND: i64 = 1_000_000_000;

/// How much may be asked in a minute.
#[derive(Clone, Debug, Default)]
pub struct RateSettings {
    /// The cost that every caller has in a minute; 0: as much as he wants.
    pub cost_a_minute: u64,
    /// The same for single clients, by the name that tokens give them or the prefix of their API key.
    pub clients: Vec<(String, u64)>,
}

/// Who is counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Caller {
    /// An account, by the program that asks for it; an API key is a program of its own.
    Account(Uuid, Option<String>),
    /// Somebody who shows no token, by where he comes from.
    Address(IpAddr),
}

impl Caller {
    /// Who asks; nobody where a visitor's address is not known.
    pub fn of(actor: &Actor, client: Option<&str>, address: Option<IpAddr>) -> Option<Self> {
        match actor.account {
            Some(account) => Some(Self::Account(account, client.map(str::to_owned))),
            None => address.map(Self::Address),
        }
    }
}

/// How a caller stands after a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// What he has in a minute.
    pub quota: u64,
    /// What is left of it.
    pub remaining: u64,
    /// After how many seconds all of it is there again.
    pub full_in: u32,
    /// After how many seconds he can ask this, where he cannot now.
    pub wait: Option<u32>,
}

/// Limits what callers ask.
pub struct RateLimit {
    settings: RateSettings,
    of_clients: HashMap<String, u64>,
    /// When each bucket will be full again, in nanoseconds.
    buckets: Cache<Caller, Arc<AtomicI64>>,
}

impl RateLimit {
    /// A limit as it is set.
    pub fn new(settings: RateSettings) -> Self {
        let buckets = Cache::builder().max_capacity(REMEMBERED).eviction_policy(EvictionPolicy::lru()).build();
        Self { of_clients: settings.clients.iter().cloned().collect(), settings, buckets }
    }

    /// What a caller has in a minute, where nothing else is agreed; none where nothing is limited.
    pub fn usual(&self) -> Option<u64> {
        Some(self.settings.cost_a_minute).filter(|cost| *cost > 0)
    }

    /// Takes the cost of a request from its caller's bucket, if it holds so much; none where nothing is limited.
    pub fn take(&self, caller: Caller, cost: u64, now: DateTime<Utc>) -> Option<Standing> {
        let of_client = match &caller {
            Caller::Account(_, Some(client)) => self.of_clients.get(client).copied(),
            _ => None,
        };
        let quota = of_client.unwrap_or(self.settings.cost_a_minute);
        if quota == 0 {
            return None;
        }
        let now = now.timestamp_nanos_opt().unwrap_or_default();
        let bucket = self.buckets.get_with(caller, Arc::default);
        let mut taken = Err(0);
        let _ = bucket.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |full_at| {
            taken = take(full_at, now, cost, quota);
            taken.ok()
        });
        let (full_at, wait) = match taken {
            Ok(full_at) => (full_at, None),
            Err(wait) => (bucket.load(Ordering::Relaxed), Some(seconds(wait))),
        };
        let spent = spent(full_at, now);
        let remaining = i128::from(MINUTE - spent) * i128::from(quota) / i128::from(MINUTE);
        Some(Standing { quota, remaining: u64::try_from(remaining).unwrap_or(0), full_in: seconds(spent), wait })
    }
}

/// Takes a cost from a bucket that will be full at an instant: when it will be full then, or how long it takes until it holds so
/// much. What costs more than a whole bucket takes a whole one. A clock that was turned back locks nobody out for longer than a minute.
fn take(full_at: i64, now: i64, cost: u64, quota: u64) -> Result<i64, i64> {
    let price = i128::from(cost.min(quota)) * i128::from(MINUTE) / i128::from(quota.max(1));
    let price = i64::try_from(price).unwrap_or(MINUTE);
    match spent(full_at, now) + price {
        spent if spent <= MINUTE => Ok(now + spent),
        spent => Err(spent - MINUTE),
    }
}

/// How much of the bucket is missing, as the time that it takes to fill.
fn spent(full_at: i64, now: i64) -> i64 {
    full_at.saturating_sub(now).clamp(0, MINUTE)
}

/// Whole seconds, the last one begun.
fn seconds(nanoseconds: i64) -> u32 {
    u32::try_from((nanoseconds + SECOND - 1) / SECOND).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;

    fn moment() -> DateTime<Utc> {
        DateTime::from_timestamp(1_790_000_000, 0).expect("a time")
    }

    fn limit(cost_a_minute: u64, clients: &[(&str, u64)]) -> RateLimit {
        let clients = clients.iter().map(|(client, cost)| ((*client).to_owned(), *cost)).collect();
        RateLimit::new(RateSettings { cost_a_minute, clients })
    }

    fn account(client: &str) -> Caller {
        Caller::Account(Uuid::nil(), Some(client.to_owned()))
    }

    #[test]
    fn a_bucket_empties_and_fills() {
        let limit = limit(600, &[]);
        let ask = |cost, seconds| limit.take(account("a"), cost, moment() + TimeDelta::seconds(seconds));
        let stands = |remaining, full_in, wait| Some(Standing { quota: 600, remaining, full_in, wait });
        assert_eq!(ask(200, 0), stands(400, 20, None));
        assert_eq!(ask(400, 0), stands(0, 60, None));
        assert_eq!(ask(1, 0), stands(0, 60, Some(1)), "empty");
        assert_eq!(ask(100, 4), stands(40, 56, Some(6)), "ten a second come back");
        assert_eq!(ask(100, 10), stands(0, 60, None));
        assert_eq!(ask(5_000, 80), stands(0, 60, None), "what costs more than all takes all");
        assert_eq!(ask(600, 79), stands(0, 60, Some(60)), "a clock turned back");
    }

    #[test]
    fn callers_do_not_share_and_clients_may_have_their_own() {
        let limit = limit(10, &[("tablero", 50), ("art_abc", 0)]);
        let ask = |caller, cost| limit.take(caller, cost, moment()).map(|standing| standing.wait.is_none());
        assert_eq!(ask(account("a"), 10), Some(true));
        assert_eq!(ask(account("a"), 1), Some(false));
        assert_eq!(ask(account("b"), 10), Some(true));
        assert_eq!(ask(Caller::Account(Uuid::max(), Some("a".into())), 10), Some(true));
        assert_eq!(ask(account("tablero"), 50), Some(true));
        assert_eq!(ask(account("art_abc"), 1_000), None, "not limited");
        let address: IpAddr = "203.0.113.9".parse().expect("an address");
        assert_eq!(ask(Caller::Address(address), 10), Some(true));
        assert_eq!(ask(Caller::Address(address), 1), Some(false));
        assert_eq!(self::limit(0, &[]).take(account("a"), u64::MAX, moment()), None);
    }

    proptest! {
        /// Whatever is asked when: nobody gets more than a full bucket and what came back meanwhile; and who waits as long as he
        /// is told gets what he asked for.
        #[test]
        fn nobody_gets_more_than_his_quota(
            quota in 1_u64..1_000_000_000,
            asked in prop::collection::vec((0_i64..20 * SECOND, 0_u64..1_000_000_000), 1..60),
        ) {
            let start = 1_790_000_000 * SECOND;
            let (mut full_at, mut now, mut granted) = (0, start, 0_u128);
            for (pause, cost) in &asked {
                now += pause;
                match take(full_at, now, *cost, quota) {
                    Ok(next) => {
                        granted += u128::from((*cost).min(quota));
                        full_at = next;
                    }
                    Err(wait) => {
                        prop_assert!(wait > 0 && wait <= MINUTE);
                        prop_assert!(take(full_at, now + wait, *cost, quota).is_ok());
                        prop_assert!(take(full_at, now + wait - 1, *cost, quota).is_err());
                    }
                }
                prop_assert!(full_at - now <= MINUTE);
                // A request is cheaper by less than a nanosecond than its share of the minute.
                let came_back = (now - start) as u128 + MINUTE as u128 + asked.len() as u128;
                prop_assert!(granted * MINUTE as u128 <= u128::from(quota) * came_back);
            }
        }
    }
}
