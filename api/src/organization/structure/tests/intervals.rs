use chrono::Days;
use entity::{
    Interval,
    organization::{structure_version, unit_version},
};
use proptest::{prelude::*, strategy::ValueTree as _, test_runner::TestRunner};
use sea_orm::Condition;

use super::*;

#[derive(Clone, Copy, Debug)]
enum Try {
    PutInForce(u64),
    Repeal(u64),
    Annul(u64),
    Pass(u64),
}

fn tries() -> impl Strategy<Value = Vec<Try>> {
    let one = prop_oneof![
        4 => (0..90_u64).prop_map(Try::PutInForce),
        1 => (0..90_u64).prop_map(Try::Repeal),
        1 => (0..90_u64).prop_map(Try::Annul),
        2 => (1..20_u64).prop_map(Try::Pass),
    ];
    proptest::collection::vec(one, 6..12)
}

fn date(n: u64) -> NaiveDate {
    day("2025-01-01") + Days::new(n)
}

/// Which version rules on each day, as the rows say.
async fn calendar(world: &World) -> Vec<Option<i32>> {
    let versions = world.find::<structure_version::Entity>(Condition::all()).await;
    let rules = |on: NaiveDate| {
        let mut ruling = versions.iter().filter(|row| {
            let days = row.valid_from.and_then(|from| Interval::new(from, row.valid_to));
            days.is_some_and(|days| days.contains(on))
        });
        let (one, other) = (ruling.next(), ruling.next());
        assert!(other.is_none(), "two versions rule on {on}");
        one.map(|row| row.number)
    };
    (0..120).map(|n| rules(date(n))).collect()
}

/// No two versions rule on one day; units say the days of their version; an act leaves the days before its own as
/// they were.
#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_tried_the_calendar_stays_sound() {
    let mut runner = TestRunner::deterministic();
    for _ in 0..3 {
        let tries = tries().new_tree(&mut runner).expect("a case").current();
        on_every_database(async |world| {
            world.clock.set_date(date(20));
            let mut today = 20;
            let mut versions: Vec<Version> = Vec::new();
            for one in &tries {
                let before = calendar(world).await;
                let late = r#"backdate: true reason: "Historia""#;
                let effective = match one {
                    Try::Pass(days) => {
                        today += days;
                        world.clock.set_date(date(today));
                        continue;
                    }
                    Try::PutInForce(on) => {
                        let version = world.approved(world.draft(None, SMALL).await).await;
                        let more = format!(r#"validFrom: "{}" legalAct: "{}" {late}"#, date(*on), opaque(world.act));
                        world.act("chief", &version.call("PutInForce", &more)).await;
                        versions.push(version);
                        *on
                    }
                    Try::Repeal(on) | Try::Annul(on) => {
                        let Some(version) = versions.get(versions.len() / 2) else { continue };
                        let version = world.again(version).await;
                        let (act, field) =
                            if matches!(one, Try::Repeal(_)) { ("Repeal", "validTo") } else { ("Annul", "from") };
                        world.act("chief", &version.call(act, &format!(r#"{field}: "{}" {late}"#, date(*on)))).await;
                        *on
                    }
                };
                let after = calendar(world).await;
                let until = usize::try_from(effective).expect("a day");
                assert_eq!(before[..until], after[..until], "{one:?} in {tries:?}");
                let versions = world.find::<structure_version::Entity>(Condition::all()).await;
                for unit in world.find::<unit_version::Entity>(Condition::all()).await {
                    let own = versions.iter().find(|row| row.id == unit.structure_version_id).expect("its version");
                    assert_eq!((unit.valid_from, unit.valid_to), (own.valid_from, own.valid_to), "{tries:?}");
                }
            }
        })
        .await;
    }
}
