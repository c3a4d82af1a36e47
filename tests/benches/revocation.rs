//! What it costs to know who may do what, and how soon a replica knows that somebody may not any more.
//!
//! `TEST_POSTGRES_URL=… cargo bench -p articula-tests --bench revocation`; results stand in `docs/decisions/0010-access-epoch.md`.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use articula::{
    access::{DEVELOPMENT_ISSUER, actor::Via},
    app::{App, AppSettings},
    reader::sql::Dialect,
    store::SystemClock,
};
use articula_tests::{
    database::{Fresh, on_each},
    demonstration::{self, LEADER},
};

const VIA: Via<'_> = Via { request_id: "r", client: None };
const TIMES: u32 = 500;
const REVOCATIONS: u32 = 40;

fn main() {
    on_each(|fresh| async move {
        demonstration::fill(&fresh).await;
        let (one, other) = (app(&fresh).await, app(&fresh).await);
        println!("{:?}", fresh.dialect);
        println!(
            "  an actor that is remembered: {:.1} µs",
            each(&one, || one.actor(DEVELOPMENT_ISSUER, LEADER, VIA)).await
        );
        println!(
            "  one that is not: {:.1} µs",
            each(&one, || one.store().actor(DEVELOPMENT_ISSUER, LEADER, VIA)).await
        );
        let mut delays = Vec::new();
        for _ in 0..REVOCATIONS {
            delays.push(revoke(&one, &other, &fresh).await);
        }
        delays.sort();
        let middle = delays[delays.len() / 2];
        let (least, most) = (delays[0], delays[delays.len() - 1]);
        println!("  known on another replica after {least:.1?}, {middle:.1?}, {most:.1?} (least, middle, most)");
        one.store().close().await;
        other.store().close().await;
    });
}

async fn app(fresh: &Fresh) -> App {
    App::build(AppSettings::over(fresh.settings()), Arc::new(SystemClock)).await.expect("the application starts")
}

/// Microseconds that one takes of many.
async fn each<T, F: Future<Output = T>>(_: &App, work: impl Fn() -> F) -> f64 {
    let begun = Instant::now();
    for _ in 0..TIMES {
        work().await;
    }
    begun.elapsed().as_secs_f64() * 1e6 / f64::from(TIMES)
}

/// Suspends the leader at one replica's database and asks the other until it knows.
async fn revoke(one: &App, other: &App, fresh: &Fresh) -> Duration {
    let set = |suspended: bool| format!("UPDATE account SET suspended = {suspended} WHERE subject = '{LEADER}'");
    fresh.run(&set(false)).await;
    while other.actor(DEVELOPMENT_ISSUER, LEADER, VIA).await.expect("read").account.is_none() {
        wait(fresh).await;
    }
    one.actor(DEVELOPMENT_ISSUER, LEADER, VIA).await.expect("read");
    fresh.run(&set(true)).await;
    let begun = Instant::now();
    while other.actor(DEVELOPMENT_ISSUER, LEADER, VIA).await.expect("read").account.is_some() {
        wait(fresh).await;
    }
    begun.elapsed()
}

/// As requests would come; on SQLite there is nothing to wait for.
async fn wait(fresh: &Fresh) {
    if fresh.dialect == Dialect::Postgres {
        tokio::time::sleep(Duration::from_micros(500)).await;
    }
}
