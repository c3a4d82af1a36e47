//! Posts and holdings beside a version that is scheduled: none outlasts its unit, and what scheduling changed comes back.

use chrono::Days;
use entity::{
    Interval,
    organization::{entry_effect, org_unit, post, post_holding, structure_version, unit_version},
};
use proptest::{prelude::*, strategy::ValueTree as _, test_runner::TestRunner};
use sea_orm::{ColumnTrait as _, Condition};

use super::*;

/// `CODE path` of each refusal of an act on staff; empty when it was done.
async fn staffed(world: &World, call: &str, object: &str) -> Result<String, Vec<String>> {
    let query = format!("mutation {{ act: {call} {{ object: {object} {{ id }} errors {{ code path params }} }} }}");
    let answer = world.ask("leader", query).await;
    let told = |error: &Value| {
        let path: Vec<_> = error["path"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let code = error["code"].as_str().unwrap_or_default();
        format!("{code} {} {}", path.join("."), error["params"]).trim_end_matches(" null").to_owned()
    };
    let errors: Vec<_> = answer["data"]["act"]["errors"].as_array().into_iter().flatten().map(told).collect();
    match answer["data"]["act"]["object"]["id"].as_str() {
        Some(id) => Ok(id.to_owned()),
        None if errors.is_empty() => panic!("{call}: {answer}"),
        None => Err(errors),
    }
}

fn post_create(world: &World, unit: &str, from: &str, to: Option<&str>) -> String {
    let to = to.map(|to| format!(r#"validTo: "{to}""#)).unwrap_or_default();
    let (organization, job, act) = (opaque(world.organization), opaque(world.job), opaque(world.act));
    format!(
        r#"postCreate(organization: "{organization}", input: {{ job: "{job}" unit: "{unit}" legalAct: "{act}" validFrom: "{from}" {to} }})"#
    )
}

fn hold(post: &str, person: &str, from: &str, to: Option<&str>) -> String {
    let to = to.map(|to| format!(r#"validTo: "{to}""#)).unwrap_or_default();
    format!(
        r#"postHoldingCreate(input: {{ post: "{post}" person: "{person}" appointment: CAREER validFrom: "{from}" {to} }})"#
    )
}

/// A draft on `base` without the units 21 and 2; a post of unit 3 goes on as another when `continues` names one.
async fn without_quality(world: &World, base: &Version, continues: Option<&str>) -> Version {
    let mut draft = world.draft(Some(base), "").await;
    let root = world.unit(base, "1").await;
    let renamed = draft.call("RenameUnit", &format!(r#"unit: "{root}" name: "Despacho nuevo""#));
    draft = world.done("leader", &renamed).await;
    for code in ["21", "2"] {
        let unit = world.unit(base, code).await;
        let ends = format!(r#"unit: "{unit}" transfers: [{{ from: "{unit}", description: "Todas" }}]"#);
        draft = world.done("leader", &draft.call("SuppressUnit", &ends)).await;
    }
    if let Some(post) = continues {
        let (organization, job, unit) = (opaque(world.organization), opaque(world.job), world.unit(base, "3").await);
        let call = format!(
            r#"postCreate(organization: "{organization}", input: {{ job: "{job}" unit: "{unit}" structureVersion: "{}" replaces: "{post}" }})"#,
            draft.id()
        );
        staffed(world, &call, "post").await.expect("a proposed post");
    }
    draft
}

/// The last known name of a unit, which the graph shows once none is in force.
async fn unit_name(world: &World, id: &str) -> String {
    let key = Id::<org_unit::Entity>::parse(id).expect("a unit");
    let rows = world.find::<org_unit::Entity>(Condition::all().add(org_unit::Column::Id.eq(key))).await;
    rows[0].name.clone()
}

async fn days(world: &World, id: &str) -> (Value, Value) {
    let ty = if Id::<post::Entity>::parse(id).is_some() { "Post" } else { "PostHolding" };
    let answer =
        world.ask("leader", format!(r#"{{ node(id: "{id}") {{ ... on {ty} {{ validFrom validTo }} }} }}"#)).await;
    let node = &answer["data"]["node"];
    (node["validFrom"].clone(), node["validTo"].clone())
}

const LATER: &str = "2025-06-01";

#[tokio::test(flavor = "multi_thread")]
async fn what_is_scheduled_bounds_posts_and_is_withdrawn_without_a_trace() {
    on_every_database(async |world| {
        let base = world.in_force(world.draft(None, SMALL).await, "2025-01-10").await;
        let (quality, staff) = (world.unit(&base, "2").await, world.unit(&base, "3").await);
        let root = world.unit(&base, "1").await;
        let person = opaque(world.person(7).await);
        let post = async |unit: &str| {
            staffed(world, &post_create(world, unit, "2025-02-01", None), "post").await.expect("a post")
        };
        let (lost, going_on) = (post(&quality).await, post(&staff).await);
        let held = staffed(world, &hold(&lost, &person, "2025-02-01", Some("2025-12-31")), "postHolding").await;
        let held = held.expect("a holding");
        let carried = staffed(world, &hold(&going_on, &person, "2025-02-01", None), "postHolding").await;
        let carried = carried.expect("a holding");
        let before = rows(world).await;

        let approved = world.approved(without_quality(world, &base, Some(&going_on)).await).await;
        let version = approved.0["version"].as_i64().expect("a version");
        let put = format!(r#"validFrom: "{LATER}" legalAct: "{}""#, opaque(world.act));
        let put = world.done("chief", &approved.call("PutInForce", &put)).await;
        assert_eq!(put.0["version"], version + 1, "one act, one version of the record");
        assert_eq!(unit_name(world, &root).await, "Despacho nuevo");
        for id in [&lost, &going_on, &held, &carried] {
            assert_eq!(days(world, id).await.1, LATER, "{id}");
        }
        let told = r#"{"act":"045 (2025-01-15)","date":"2025-06-01"}"#;
        for to in [None, Some("2025-06-02")] {
            let late = staffed(world, &post_create(world, &quality, "2025-03-01", to), "post").await;
            assert_eq!(late, Err(vec![format!("UNIT_ENDS input.validTo {told}")]), "{to:?}");
        }
        let bounded = staffed(world, &post_create(world, &quality, "2025-03-01", Some(LATER)), "post").await;
        let bounded = bounded.expect("within its unit");
        let longer = format!(r#"postEnd(id: "{bounded}", expectedVersion: 1, validTo: "2025-06-02")"#);
        assert_eq!(staffed(world, &longer, "post").await, Err(vec![format!("UNIT_ENDS validTo {told}")]));
        let long = staffed(world, &hold(&bounded, &person, "2025-03-01", None), "postHolding").await;
        assert_eq!(long, Err(vec!["POST_NOT_OPEN input.post".to_owned()]));
        let gone = format!(r#"postDelete(id: "{bounded}", expectedVersion: 1)"#);
        world.ask("leader", format!("mutation {{ act: {gone} {{ errors {{ code }} }} }}")).await;

        for (who, more, expected) in [
            ("leader", r#"reason: "r""#, "FORBIDDEN"),
            ("chief", "", "REASON_REQUIRED reason"),
            ("stranger", r#"reason: "r""#, "NOT_FOUND id"),
        ] {
            assert_eq!(world.refused(who, &put.call("Unschedule", more)).await, [expected], "{who}");
        }
        let back = world.done("chief", &put.call("Unschedule", r#"reason: "Falta el presupuesto""#)).await;
        assert_eq!(
            (back.state(), &back.0["validFrom"], &back.0["version"]),
            ("APPROVED", &Value::Null, &json!(version + 2))
        );
        assert_eq!(rows(world).await, before);
        assert_eq!(world.count::<entry_effect::Entity>().await, 0);
        assert_eq!(unit_name(world, &root).await, "Despacho");
        let again = world.refused("chief", &back.call("Unschedule", r#"reason: "r""#)).await;
        assert_eq!(again, ["TRANSITION_NOT_ALLOWED"]);

        let other = world.done("chief", &back.call("PutInForce", r#"validFrom: "2025-07-01""#)).await;
        assert_eq!(days(world, &lost).await.1, "2025-07-01");
        let annulled = world.done("chief", &other.call("Annul", r#"from: "2025-05-01" reason: "Sentencia""#)).await;
        assert_eq!(annulled.0["validFrom"], Value::Null);
        assert_eq!(rows(world).await, before, "what never begins ends nothing");
        assert!(world.app.store().verify_history(world.organization, None).await.expect("read").is_intact());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_did_since_stands_in_the_way_of_withdrawing() {
    on_every_database(async |world| {
        let base = world.in_force(world.draft(None, SMALL).await, "2025-01-10").await;
        let staff = world.unit(&base, "3").await;
        let old = staffed(world, &post_create(world, &staff, "2025-02-01", None), "post").await.expect("a post");
        let second = world.approved(without_quality(world, &base, Some(&old)).await).await;
        let put = format!(r#"validFrom: "{LATER}" legalAct: "{}""#, opaque(world.act));
        let second = world.done("chief", &second.call("PutInForce", &put)).await;
        let third = world.approved(world.draft(Some(&second), "").await).await;
        let third = world.done("chief", &third.call("PutInForce", &put.replace(LATER, "2025-09-01"))).await;
        let second = world.again(&second).await;
        let why = r#"reason: "r""#;
        assert_eq!(world.refused("chief", &second.call("Unschedule", why)).await, ["STILL_IN_USE id"]);
        world.done("chief", &third.call("Unschedule", why)).await;
        let second = world.again(&second).await;
        assert_eq!(second.0["validTo"], Value::Null);
        let opened = world.find::<post::Entity>(Condition::all().add(post::Column::ReplacesId.is_not_null())).await;
        let person = opaque(world.person(9).await);
        staffed(world, &hold(&opaque(opened[0].id), &person, LATER, None), "postHolding").await.expect("appointed");
        assert_eq!(world.refused("chief", &second.call("Unschedule", why)).await, ["STILL_IN_USE id"]);
        world.clock.set_date(day(LATER));
        let second = world.again(&second).await;
        assert_eq!(world.refused("chief", &second.call("Unschedule", why)).await, ["TRANSITION_NOT_ALLOWED"]);
    })
    .await;
}

/// The days of everything that an entry may change; not of the versions of a draft, which has none.
async fn rows(world: &World) -> Vec<String> {
    let versions = world.find::<structure_version::Entity>(Condition::all()).await;
    let units = world.find::<unit_version::Entity>(Condition::all()).await;
    let posts = world.find::<post::Entity>(Condition::all()).await;
    let holdings = world.find::<post_holding::Entity>(Condition::all()).await;
    let dated = |from: Option<NaiveDate>, told: String| from.map(|from| format!("{from} {told}"));
    let mut rows: Vec<_> = versions
        .iter()
        .filter_map(|row| dated(row.valid_from, format!("{:?} {}", row.valid_to, row.id.uuid())))
        .collect();
    rows.extend(units.iter().filter_map(|row| dated(row.valid_from, format!("{:?} {}", row.valid_to, row.id.uuid()))));
    rows.extend(posts.iter().filter_map(|row| dated(row.valid_from, format!("{:?} {}", row.valid_to, row.id.uuid()))));
    rows.extend(
        holdings
            .iter()
            .map(|row| format!("{} {:?} {} {}", row.valid_from, row.valid_to, row.id.uuid(), row.post_id.uuid())),
    );
    rows.sort();
    rows
}

#[derive(Clone, Copy, Debug)]
enum Try {
    /// Another version, with or without the units 2 and 21, from that day on.
    PutInForce(bool, u64),
    /// A post in one of the units 2 and 3, its first day, how long it lasts.
    Create(bool, u64, Option<u64>),
    /// A holding of one of the posts.
    Hold(usize, u64, Option<u64>),
    End(usize, u64),
    Unschedule(usize),
    Annul(usize, u64),
    Pass(u64),
}

fn tries() -> impl Strategy<Value = Vec<Try>> {
    let length = || proptest::option::of(1..40_u64);
    let one = prop_oneof![
        3 => (any::<bool>(), 20..90_u64).prop_map(|(whole, on)| Try::PutInForce(whole, on)),
        3 => (any::<bool>(), 20..90_u64, length()).prop_map(|(other, on, length)| Try::Create(other, on, length)),
        2 => (0..8_usize, 20..90_u64, length()).prop_map(|(which, on, length)| Try::Hold(which, on, length)),
        1 => (0..8_usize, 20..90_u64).prop_map(|(which, on)| Try::End(which, on)),
        2 => (0..8_usize).prop_map(Try::Unschedule),
        1 => (0..8_usize, 20..90_u64).prop_map(|(which, on)| Try::Annul(which, on)),
        1 => (1..15_u64).prop_map(Try::Pass),
    ];
    proptest::collection::vec(one, 10..16)
}

fn date(n: u64) -> NaiveDate {
    day("2025-01-01") + Days::new(n)
}

/// No post lasts into a version without its unit, no holding longer than its post.
async fn sound(world: &World, tried: &str) {
    let versions = world.find::<structure_version::Entity>(Condition::all()).await;
    let units = world.find::<unit_version::Entity>(Condition::all()).await;
    let posts = world.find::<post::Entity>(Condition::all()).await;
    for post in &posts {
        let Some(days) = post.valid_from.and_then(|from| Interval::new(from, post.valid_to)) else { continue };
        for version in versions.iter().filter(|version| version.valid_from.is_some_and(|from| days.contains(from))) {
            let has = |row: &unit_version::Model| {
                row.structure_version_id == version.id && row.org_unit_id == post.org_unit_id
            };
            assert!(units.iter().any(has), "{days:?} goes on in version {} without its unit: {tried}", version.number);
        }
    }
    for holding in world.find::<post_holding::Entity>(Condition::all()).await {
        let post = posts.iter().find(|post| post.id == holding.post_id).expect("its post");
        let post = post.valid_from.and_then(|from| Interval::new(from, post.valid_to)).expect("a post in force");
        let end = |to: Option<NaiveDate>| to.unwrap_or(NaiveDate::MAX);
        assert!(
            post.from() <= holding.valid_from && end(holding.valid_to) <= end(post.to()),
            "{holding:?} outside {post:?}: {tried}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_tried_no_post_outlasts_its_unit() {
    let mut runner = TestRunner::deterministic();
    let cases = std::env::var("ARTICULA_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(4);
    for _ in 0..cases {
        let tries = tries().new_tree(&mut runner).expect("a case").current();
        on_every_database(async |world| {
            world.clock.set_date(date(20));
            let base = world.in_force(world.draft(None, SMALL).await, "2025-01-10").await;
            let units = [world.unit(&base, "2").await, world.unit(&base, "3").await];
            let person = opaque(world.person(7).await);
            let (mut today, mut versions, mut posts) = (20, Vec::<Version>::new(), Vec::<String>::new());
            for one in &tries {
                match one {
                    Try::Pass(days) => {
                        today += days;
                        world.clock.set_date(date(today));
                    }
                    Try::PutInForce(whole, on) => {
                        let draft = if *whole {
                            world.draft(Some(&base), "").await
                        } else {
                            without_quality(world, &base, posts.last().map(String::as_str)).await
                        };
                        let approved = world.approved(draft).await;
                        let more = format!(r#"validFrom: "{}" legalAct: "{}""#, date(*on), opaque(world.act));
                        world.act("chief", &approved.call("PutInForce", &more)).await;
                        versions.push(approved);
                    }
                    Try::Create(other, on, length) => {
                        let to = length.map(|length| date(on + length).to_string());
                        let unit = &units[usize::from(*other)];
                        let call = post_create(world, unit, &date(*on).to_string(), to.as_deref());
                        posts.extend(staffed(world, &call, "post").await);
                    }
                    Try::Hold(which, on, length) => {
                        let Some(post) = posts.get(*which) else { continue };
                        let to = length.map(|length| date(on + length).to_string());
                        let _ =
                            staffed(world, &hold(post, &person, &date(*on).to_string(), to.as_deref()), "postHolding")
                                .await;
                    }
                    Try::End(which, on) => {
                        let Some(post) = posts.get(*which) else { continue };
                        let key = Id::<post::Entity>::parse(post).expect("a post");
                        let row = world.find::<post::Entity>(Condition::all().add(post::Column::Id.eq(key))).await;
                        let version = row[0].row_version;
                        let call =
                            format!(r#"postEnd(id: "{post}", expectedVersion: {version}, validTo: "{}")"#, date(*on));
                        let _ = staffed(world, &call, "post").await;
                    }
                    Try::Unschedule(which) | Try::Annul(which, _) => {
                        let Some(version) = versions.get(*which) else { continue };
                        let version = world.again(version).await;
                        let call = match one {
                            Try::Annul(_, on) => {
                                version.call("Annul", &format!(r#"from: "{}" reason: "r""#, date(*on)))
                            }
                            _ => version.call("Unschedule", r#"reason: "r""#),
                        };
                        world.act("chief", &call).await;
                    }
                }
                sound(world, &format!("{one:?} in {tries:?}")).await;
            }
        })
        .await;
    }
}
