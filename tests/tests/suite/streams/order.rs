//! The order of changes: nothing is skipped and nothing comes twice, however many commit at once and however often who follows
//! begins again.

use std::{collections::BTreeMap, sync::Arc};

use articula::{exchange::demo::ANCHOR, store::TurnedClock};
use articula_tests::{
    database,
    demonstration::{self, LEADER, MONITOR, OTHER_LEADER},
    service::Service,
};
use futures_util::future::{join, join_all};
use serde_json::{Value, json};

use super::{act, organization};

const EACH: usize = 12;

/// Acts of two organizations at once, four after another, while the relay runs as often as it can; gives their ids.
async fn acts(one: &Service, other: &Service) -> Vec<String> {
    let [ours, theirs] = [organization(one, LEADER).await, organization(one, OTHER_LEADER).await];
    let several = (0..4_usize).map(|worker| {
        let service = if worker % 2 == 0 { one } else { other };
        let (subject, organization) = if worker < 2 { (LEADER, &ours) } else { (OTHER_LEADER, &theirs) };
        async move {
            let mut ids = Vec::new();
            for number in 0..EACH {
                ids.push(act(service, subject, organization, &format!("O-{worker}-{number}")).await);
                service.relay().await;
            }
            ids
        }
    });
    join_all(several).await.concat()
}

#[test]
fn whoever_follows_anywhere_hears_each_change_once() {
    database::on_each(|fresh| async move {
        demonstration::fill(&fresh).await;
        let clock = Arc::new(TurnedClock::on(ANCHOR));
        let one = Service::start_by(&fresh, clock.clone(), fresh.settings(), &[]).await;
        let other = Service::start_by(&fresh, clock, fresh.settings(), &[]).await;
        let start = one.position(MONITOR).await;
        let steadfast = async {
            let mut events = one.follow(MONITOR, json!({ "after": start, "kinds": ["LEGAL_ACT"] })).await;
            let mut heard = Vec::new();
            while heard.len() < 4 * EACH {
                heard.push(events.change().await);
            }
            heard
        };
        // Begins again after each three changes, now here and now there.
        let fickle = async {
            let (mut after, mut heard) = (start.clone(), Vec::<Value>::new());
            while heard.len() < 4 * EACH {
                let service = if heard.len() % 2 == 0 { &other } else { &one };
                let mut events = service.follow(MONITOR, json!({ "after": after, "kinds": ["LEGAL_ACT"] })).await;
                for _ in 0..3 {
                    let told = events.change().await;
                    after = told["position"].clone();
                    heard.push(told);
                }
            }
            heard
        };
        let writing = async {
            let done = acts(&one, &other).await;
            // What the last acts left is learned here and there, as by the relay's own looking.
            one.relay().await;
            other.relay().await;
            done
        };
        let (done, (steadfast, fickle)) = join(writing, join(steadfast, fickle)).await;
        assert_eq!(steadfast, fickle, "both hear the same, in the same order");
        let mut times: BTreeMap<String, usize> = BTreeMap::new();
        for told in &steadfast {
            *times.entry(told["id"].as_str().unwrap_or_default().to_owned()).or_default() += 1;
        }
        assert_eq!(times, done.into_iter().map(|id| (id, 1)).collect());
        one.stop().await;
        other.stop().await;
    });
}

#[test]
fn many_relays_at_once_number_each_event_once_and_without_gaps() {
    database::on_each(|fresh| async move {
        demonstration::fill(&fresh).await;
        let clock = Arc::new(TurnedClock::on(ANCHOR));
        let one = Service::start_by(&fresh, clock.clone(), fresh.settings(), &[]).await;
        let other = Service::start_by(&fresh, clock, fresh.settings(), &[]).await;
        let before = one.app.store().relay().await.expect("numbered");
        let ours = organization(&one, LEADER).await;
        for number in 0..20 {
            act(&one, LEADER, &ours, &format!("N-{number}")).await;
        }
        let relays = (0..8).map(|number| if number % 2 == 0 { &one } else { &other }.app.store().relay());
        for head in join_all(relays).await {
            assert_eq!(head.expect("numbered"), before + 20, "after a relay all that was committed has its position");
        }
        let mut snapshot = one.app.store().snapshot().await.expect("a snapshot");
        let events = one.app.store().announced(&mut snapshot, (before, before + 20), 100).await.expect("events");
        let positions: Vec<_> = events.iter().map(|event| event.position).collect();
        assert_eq!(positions, (before + 1..=before + 20).collect::<Vec<_>>());
        drop(snapshot);
        one.stop().await;
        other.stop().await;
    });
}

#[test]
fn the_relay_of_a_running_service_needs_no_hand() {
    demonstration::on_each(async |service| {
        service.app.keep_relaying();
        let ours = organization(service, LEADER).await;
        let mut events = service.follow(LEADER, json!({ "after": service.position(LEADER).await })).await;
        for number in 0..3 {
            let id = act(service, LEADER, &ours, &format!("K-{number}")).await;
            assert_eq!(events.change().await["id"], json!(id));
        }
    });
}
