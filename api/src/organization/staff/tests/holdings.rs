//! Who fills a post: one in full at a time, whatever comes in which order.

use chrono::TimeDelta;
use entity::{
    Id, Interval,
    organization::{AppointmentKind, post_holding},
};
use proptest::{prelude::*, strategy::ValueTree as _, test_runner::TestRunner};
use sea_orm::EntityTrait as _;

use super::{Bench, LEADER, on_every_database, seed::day};

fn appointment(post: &str, kind: &str, days: &str) -> String {
    format!(r#"input: {{post: "<{post}>", person: "<other_person>", appointment: {kind}, {days}}}"#)
}

#[test]
fn a_post_has_one_full_holder() {
    on_every_database(async |bench| {
        let second = appointment("post", "CAREER", r#"validFrom: "2026-05-01""#);
        bench.refused(LEADER, "postHoldingCreate", &second, &["HOLDING_OVERLAP input.validFrom"]).await;
        let acting = appointment("post", "ACTING", r#"validFrom: "2026-04-01", validTo: "2026-05-01""#);
        bench.done(LEADER, "postHoldingCreate", &acting, "id").await;
        let twice = appointment("post", "ACTING", r#"validFrom: "2026-04-30""#);
        bench.refused(LEADER, "postHoldingCreate", &twice, &["ALREADY_IN_POST input.validFrom"]).await;
        let own = acting.replace("<other_person>", "<person>");
        bench.refused(LEADER, "postHoldingCreate", &own, &["ALREADY_IN_POST input.validFrom"]).await;
        let end = r#"id: "<holding>", expectedVersion: 1, validTo: "2026-05-01""#;
        bench.done(LEADER, "postHoldingEnd", end, "id").await;
        bench.done(LEADER, "postHoldingCreate", &second, "id").await;
        let longer = r#"id: "<holding>", expectedVersion: 2, validTo: "2026-05-02""#;
        bench.refused(LEADER, "postHoldingEnd", longer, &["HOLDING_OVERLAP validTo"]).await;
    });
}

#[test]
fn a_holding_lies_within_its_post() {
    on_every_database(async |bench| {
        let closed = ["POST_NOT_OPEN input.post"];
        for (post, days) in [
            ("draft_post", r#"validFrom: "2026-05-01""#),
            ("future_post", r#"validFrom: "2026-05-31""#),
            ("past_post", r#"validFrom: "2026-05-01""#),
        ] {
            bench.refused(LEADER, "postHoldingCreate", &appointment(post, "CAREER", days), &closed).await;
        }
        let end = r#"id: "<spare_post>", expectedVersion: 1, validTo: "2027-01-01""#;
        bench.done(LEADER, "postEnd", end, "id").await;
        let open = appointment("spare_post", "CAREER", r#"validFrom: "2026-05-01""#);
        bench.refused(LEADER, "postHoldingCreate", &open, &closed).await;
        let bounded = appointment("spare_post", "CAREER", r#"validFrom: "2026-05-01", validTo: "2027-01-01""#);
        let outcome = bench.done(LEADER, "postHoldingCreate", &bounded, "id").await;
        bench.name("new", &outcome);
        let longer = r#"id: "<new>", expectedVersion: 1, validTo: "2027-01-02""#;
        bench.refused(LEADER, "postHoldingEnd", longer, &["POST_NOT_OPEN validTo"]).await;
        let empty = appointment("spare_post", "ACTING", r#"validFrom: "2026-05-01", validTo: "2026-05-01""#);
        bench.refused(LEADER, "postHoldingCreate", &empty, &["DATE_RANGE_EMPTY input.validTo"]).await;
    });
}

#[test]
fn of_two_who_appoint_at_once_one_is_refused() {
    on_every_database(async |bench| {
        let arguments = appointment("spare_post", "CAREER", r#"validFrom: "2026-05-01""#);
        let appoint = || bench.act(LEADER, "postHoldingCreate", &arguments, "id");
        let (one, other) = futures_util::future::join(appoint(), appoint()).await;
        let mut errors = [one.errors, other.errors].concat();
        assert_eq!(errors.pop().as_deref(), Some("ALREADY_IN_POST input.validFrom"));
        assert!(errors.is_empty(), "{errors:?}");
    });
}

/// An appointment: acting or not, of which person, its first day after today, how many days it lasts; or the end of the nth one.
#[derive(Clone, Debug)]
enum Step {
    Appoint(bool, bool, i64, Option<i64>),
    End(usize, i64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let appoint = (any::<bool>(), any::<bool>(), 0..30i64, proptest::option::of(1..15i64));
    let appoint = appoint.prop_map(|(acting, other, from, length)| Step::Appoint(acting, other, from, length));
    let end = (0..6usize, 0..40i64).prop_map(|(nth, to)| Step::End(nth, to));
    proptest::collection::vec(prop_oneof![3 => appoint, 1 => end], 1..10)
}

#[test]
fn no_order_of_appointments_leaves_two_full_holders() {
    let cases = std::env::var("ARTICULA_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(8);
    on_every_database(async |bench| {
        let mut runner = TestRunner::default();
        for _ in 0..cases {
            tried(bench, &steps().new_tree(&mut runner).expect("steps").current()).await;
        }
    });
}

/// Do two holdings of one post get in each other's way?
fn clash(one: &post_holding::Model, other: &post_holding::Model) -> bool {
    let days = |row: &post_holding::Model| Interval::new(row.valid_from, row.valid_to).expect("not empty");
    let full = |row: &post_holding::Model| row.appointment != AppointmentKind::Acting;
    let concerned = one.person_id == other.person_id || full(one) && full(other);
    one.id != other.id && concerned && days(one).overlaps(days(other))
}

async fn tried(bench: &mut Bench, steps: &[Step]) {
    post_holding::Entity::delete_many().exec(&bench.rows).await.expect("emptied");
    let (today, mut made) = (day(super::TODAY), Vec::new());
    let after = |days: i64| today + TimeDelta::days(days);
    for step in steps {
        let known = bench.holdings().await;
        let free = |row: &post_holding::Model| !known.iter().any(|other| clash(row, other));
        match step {
            Step::Appoint(acting, other, from, length) => {
                let (valid_from, valid_to) = (after(*from), length.map(|length| after(from + length)));
                let to = valid_to.map(|to| format!(r#", validTo: "{to}""#)).unwrap_or_default();
                let text = format!(r#"validFrom: "{valid_from}"{to}"#);
                let kind = if *acting { "ACTING" } else { "PROVISIONAL" };
                let person = if *other { "other_person" } else { "person" };
                let arguments = appointment("post", kind, &text).replace("other_person", person);
                let new = post_holding::Model {
                    id: Id::new(),
                    organization_id: bench.key("org"),
                    post_id: bench.key("post"),
                    person_id: bench.key(person),
                    appointment: if *acting { AppointmentKind::Acting } else { AppointmentKind::Provisional },
                    legal_act_id: None,
                    valid_from,
                    valid_to,
                    row_version: 1,
                };
                let outcome = bench.act(LEADER, "postHoldingCreate", &arguments, "id").await;
                assert_eq!(outcome.errors.is_empty(), free(&new), "{steps:?}: {}", outcome.body);
                made.extend(outcome.object["id"].as_str().map(ToOwned::to_owned));
            }
            Step::End(nth, to) => {
                let Some(id) = made.get(*nth) else { continue };
                let row = known.iter().find(|row| row.id.opaque().to_string() == *id).expect("made");
                let version = row.row_version;
                let arguments = format!(r#"id: "{id}", expectedVersion: {version}, validTo: "{}""#, after(*to));
                let outcome = bench.act(LEADER, "postHoldingEnd", &arguments, "id").await;
                let left = post_holding::Model { valid_to: Some(after(*to)), ..row.clone() };
                let allowed = row.valid_to.is_none_or(|end| end > today)
                    && Interval::new(left.valid_from, left.valid_to).is_some()
                    && free(&left);
                assert_eq!(outcome.errors.is_empty(), allowed, "{steps:?}: {}", outcome.body);
            }
        }
        let kept = bench.holdings().await;
        assert!(!kept.iter().any(|one| kept.iter().any(|other| clash(one, other))), "{steps:?} left {kept:?}");
    }
}
