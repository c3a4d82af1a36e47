//! Keys that an issuer publishes (JWKS, RFC 7517), kept and renewed. `docs/decisions/0011-published-keys.md` says why these bounds.
//!
//! The moment is the caller's, so that tests turn it. Nobody waits for the network while a set is at hand that is good; whoever
//! must wait does so beside everybody else who waits for the same answer.

use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};
use reqwest::header::{ACCEPT, CACHE_CONTROL, HeaderMap};
use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use sha2::{Digest, Sha256};

use super::signing_key::{self, Key, SetFault};

/// The largest set that is read, in bytes.
const SET_BYTES: usize = 256 * 1024;
/// How long the issuer may take to answer: less than a request has.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long a set is good when the issuer does not say, and the bounds of what it may say.
const LIFETIME: TimeDelta = TimeDelta::minutes(10);
const SHORTEST: TimeDelta = TimeDelta::minutes(1);
const LONGEST: TimeDelta = TimeDelta::hours(1);
/// How long a set is used at most, since it was fetched, while the issuer does not answer.
const OUTLIVES: TimeDelta = TimeDelta::hours(6);
/// The issuer is asked no sooner than this after it was asked last, whatever keys tokens name.
const PAUSE: TimeDelta = TimeDelta::seconds(30);
/// The same while there is no set at all, so that nobody is let in.
const PAUSE_WITHOUT: TimeDelta = TimeDelta::seconds(5);

/// Why an issuer's keys could not be fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchFault {
    /// Nothing came, or broke off.
    #[error("it does not answer ({})", causes(.0))]
    Network(#[from] reqwest::Error),
    /// It answered something else; redirections are not followed.
    #[error("it answers {0}, not 200")]
    Status(u16),
    /// It is too large.
    #[error("it is larger than {SET_BYTES} bytes")]
    TooLarge,
    /// It cannot be used.
    #[error(transparent)]
    Set(#[from] SetFault),
}

/// What the library says, to the bottom: its own text stops at "error sending request".
fn causes(fault: &reqwest::Error) -> String {
    let mut text = String::new();
    let mut cause: Option<&dyn std::error::Error> = Some(fault);
    while let Some(fault) = cause {
        if !text.is_empty() {
            text.push_str(": ");
        }
        text.push_str(&fault.to_string());
        cause = fault.source();
    }
    text
}

type Flight = Shared<BoxFuture<'static, ()>>;

/// The published keys of one issuer.
pub(super) struct Published {
    url: Url,
    client: Client,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    held: Option<Held>,
    /// When the issuer was asked last.
    asked: Option<DateTime<Utc>>,
    failing: bool,
    /// The question that is under way.
    flight: Option<Flight>,
}

struct Held {
    keys: Arc<Vec<Key>>,
    document: [u8; 32],
    since: DateTime<Utc>,
    lifetime: TimeDelta,
}

struct Fetched {
    keys: Vec<Key>,
    document: [u8; 32],
    lifetime: TimeDelta,
}

impl Held {
    fn age(&self, now: DateTime<Utc>) -> TimeDelta {
        (now - self.since).abs()
    }
}

impl Published {
    pub fn new(url: Url) -> Result<Arc<Self>, reqwest::Error> {
        let client = Client::builder()
            .user_agent("articula")
            // An issuer that moved is a setting to be changed by people, not something that an answer decides.
            .redirect(Policy::none())
            .connect_timeout(PATIENCE / 2)
            .timeout(PATIENCE)
            // Asked every few minutes, by whichever worker comes first: nothing to keep open.
            .pool_max_idle_per_host(0);
        // What listens on this machine is not reached through the proxy of the house.
        let client = if url.scheme() == "http" { client.no_proxy() } else { client };
        Ok(Arc::new(Self { url, client: client.build()?, state: Mutex::default() }))
    }

    /// The keys that are believed at a moment; `None` when there are none that are young enough.
    pub fn keys(&self, now: DateTime<Utc>) -> Option<Arc<Vec<Key>>> {
        let state = self.state();
        state.held.as_ref().filter(|held| held.age(now) < OUTLIVES).map(|held| Arc::clone(&held.keys))
    }

    /// Renews the set when it is time. Waits only for a set that is missing or whose time is over, and for the latter only while
    /// the issuer answers: when it fails, the set at hand serves until it is too old.
    pub async fn ready(self: &Arc<Self>, now: DateTime<Utc>) {
        let awaited = {
            let mut state = self.state();
            let age = state.held.as_ref().map(|held| (held.age(now), held.lifetime));
            match age {
                Some((age, lifetime)) if age < lifetime * 3 / 4 => None,
                Some((age, lifetime)) if age < OUTLIVES => {
                    let flight = self.ask(&mut state, now, PAUSE);
                    flight.filter(|_| age >= lifetime && !state.failing)
                }
                _ => self.ask(&mut state, now, PAUSE_WITHOUT),
            }
        };
        if let Some(flight) = awaited {
            flight.await;
        }
    }

    /// Asks the issuer once more, because a token names a key that the set does not hold — unless it was asked just now: whoever
    /// invents ids shall not make this service a hammer.
    pub async fn look_again(self: &Arc<Self>, now: DateTime<Utc>) {
        let flight = self.ask(&mut self.state(), now, PAUSE);
        if let Some(flight) = flight {
            flight.await;
        }
    }

    /// What is under way, or a new question when the last one is long enough ago. It runs by itself: a request that is dropped
    /// at its deadline does not take it along.
    fn ask(self: &Arc<Self>, state: &mut State, now: DateTime<Utc>, pause: TimeDelta) -> Option<Flight> {
        if let Some(flight) = state.flight.as_ref().filter(|flight| flight.peek().is_none()) {
            return Some(flight.clone());
        }
        if state.asked.is_some_and(|asked| (now - asked).abs() < pause) {
            return None;
        }
        state.asked = Some(now);
        let this = Arc::clone(self);
        let task = tokio::spawn(async move {
            let outcome = fetch(&this.client, &this.url).await;
            this.land(outcome, now);
        });
        // A worker that ends takes its tasks along; then the next request asks again.
        let flight = task.map(drop).boxed().shared();
        state.flight = Some(flight.clone());
        Some(flight)
    }

    fn land(&self, outcome: Result<Fetched, FetchFault>, since: DateTime<Utc>) {
        let mut state = self.state();
        state.flight = None;
        state.failing = outcome.is_err();
        match outcome {
            Err(fault) => tracing::warn!(url = %self.url, %fault, "the issuer's keys could not be fetched"),
            Ok(Fetched { keys, document, lifetime }) => {
                // The same set stays the same object: tokens that were believed by it need not be checked again.
                let same = state.held.take().filter(|held| held.document == document);
                let keys = same.map_or_else(|| Arc::new(keys), |held| held.keys);
                state.held = Some(Held { keys, document, since, lifetime });
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(|broken| broken.into_inner())
    }
}

/// Fetches a set once, for `doctor`: how many of its keys can be used.
///
/// # Errors
/// What is wrong with it.
pub async fn count_published(url: &Url) -> Result<usize, FetchFault> {
    let published = Published::new(url.clone())?;
    Ok(fetch(&published.client, &published.url).await?.keys.len())
}

async fn fetch(client: &Client, url: &Url) -> Result<Fetched, FetchFault> {
    let mut answer =
        client.get(url.clone()).header(ACCEPT, "application/jwk-set+json, application/json").send().await?;
    if answer.status().as_u16() != 200 {
        return Err(FetchFault::Status(answer.status().as_u16()));
    }
    let lifetime = lifetime(answer.headers());
    let mut body = Vec::new();
    while let Some(piece) = answer.chunk().await? {
        body.extend_from_slice(&piece);
        if body.len() > SET_BYTES {
            return Err(FetchFault::TooLarge);
        }
    }
    Ok(Fetched { keys: signing_key::published(&body)?, document: Sha256::digest(&body).into(), lifetime })
}

/// How long the issuer says that its set is good, within bounds: keys that it takes back are gone here as soon.
fn lifetime(headers: &HeaderMap) -> TimeDelta {
    let lines = headers.get_all(CACHE_CONTROL).iter().filter_map(|line| line.to_str().ok());
    let directives: Vec<String> = lines.flat_map(|line| line.split(',')).map(|one| one.trim().to_lowercase()).collect();
    if directives.iter().any(|one| one == "no-store" || one.starts_with("no-cache")) {
        return SHORTEST;
    }
    let seconds = directives.iter().find_map(|one| one.strip_prefix("max-age=")?.trim_matches('"').parse::<u32>().ok());
    seconds.map_or(LIFETIME, |seconds| TimeDelta::seconds(seconds.into()).clamp(SHORTEST, LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_as_old_as_its_issuer_says_within_bounds() {
        for (said, minutes) in [
            (None, 10),
            (Some("public"), 10),
            (Some("max-age=x"), 10),
            (Some("max-age=99999999999999"), 10),
            (Some("public, max-age=1800"), 30),
            (Some("Max-Age=1800, must-revalidate"), 30),
            (Some("max-age=0"), 1),
            (Some("max-age=86400"), 60),
            (Some("no-store"), 1),
            (Some("no-cache, max-age=86400"), 1),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(said) = said {
                headers.insert(CACHE_CONTROL, said.parse().expect("a header"));
            }
            assert_eq!(lifetime(&headers), TimeDelta::minutes(minutes), "{said:?}");
        }
    }
}
