//! Who fills a post: one in full at a time, whatever comes in which order.

use chrono::TimeDelta;
use entity::{
    Interval,
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
        let acting = appointment("post", "ACTING", r#"validFrom: "2026-05-01""#);
        bench.done(LEADER, "postHoldingCreate", &acting, "id").await;
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
        assert_eq!(errors.pop().as_deref(), Some("HOLDING_OVERLAP input.validFrom"));
        assert!(errors.is_empty(), "{errors:?}");
    });
}

/// An appointment: its kind, its first day after today, how many days it lasts; or the end of the nth one.
#[derive(Clone, Debug)]
enum Step {
    Appoint(bool, i64, Option<i64>),
    End(usize, i64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let appoint = (any::<bool>(), 0..30i64, proptest::option::of(1..15i64));
    let appoint = appoint.prop_map(|(acting, from, length)| Step::Appoint(acting, from, length));
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

async fn tried(bench: &mut Bench, steps: &[Step]) {
    post_holding::Entity::delete_many().exec(&bench.rows).await.expect("emptied");
    let (today, mut made) = (day(super::TODAY), Vec::new());
    let mut expected: Vec<Interval> = Vec::new();
    let after = |days: i64| today + TimeDelta::days(days);
    for step in steps {
        match step {
            Step::Appoint(acting, from, length) => {
                let days = Interval::new(after(*from), length.map(|length| after(from + length))).expect("not empty");
                let to = days.to().map(|to| format!(r#", validTo: "{to}""#)).unwrap_or_default();
                let text = format!(r#"validFrom: "{}"{to}"#, days.from());
                let kind = if *acting { "ACTING" } else { "PROVISIONAL" };
                let outcome = bench.act(LEADER, "postHoldingCreate", &appointment("post", kind, &text), "id").await;
                let free = *acting || !expected.iter().any(|other| other.overlaps(days));
                assert_eq!(outcome.errors.is_empty(), free, "{steps:?}: {}", outcome.body);
                if free {
                    made.push(outcome.object["id"].as_str().expect("an id").to_owned());
                }
            }
            Step::End(nth, to) => {
                let Some(id) = made.get(*nth) else { continue };
                let row =
                    bench.holdings().await.into_iter().find(|row| row.id.opaque().to_string() == *id).expect("made");
                let version = row.row_version;
                let arguments = format!(r#"id: "{id}", expectedVersion: {version}, validTo: "{}""#, after(*to));
                let outcome = bench.act(LEADER, "postHoldingEnd", &arguments, "id").await;
                let others = expected.iter().filter(|days| days.from() != row.valid_from);
                let allowed = row.valid_to.is_none_or(|end| end > today)
                    && Interval::new(row.valid_from, Some(after(*to))).is_some_and(|left| {
                        row.appointment == AppointmentKind::Acting || others.clone().all(|other| !other.overlaps(left))
                    });
                assert_eq!(outcome.errors.is_empty(), allowed, "{steps:?}: {}", outcome.body);
            }
        }
        let full = bench.holdings().await.into_iter().filter(|row| row.appointment != AppointmentKind::Acting);
        expected = full.map(|row| Interval::new(row.valid_from, row.valid_to).expect("not empty")).collect();
        for (at, one) in expected.iter().enumerate() {
            assert!(!expected[..at].iter().any(|other| other.overlaps(*one)), "{steps:?} left {expected:?}");
        }
    }
}
