use entity::organization::{org_unit, structure_version, unit_version};

use super::*;
use crate::store::Clock as _;

fn create(world: &World, more: &str) -> String {
    format!(
        r#"structureVersionCreate(organization: "{}", input: {{ note: "n", units: {SMALL} }} {more})"#,
        opaque(world.organization)
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_answers_and_keeps_nothing() {
    on_every_database(async |world| {
        let shown = world.done("leader", &create(world, "dryRun: true")).await;
        assert_eq!((shown.state(), &shown.0["number"]), ("DRAFT", &json!(1)));
        assert_eq!(world.count::<structure_version::Entity>().await, 0);
        assert_eq!(world.count::<org_unit::Entity>().await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_acts_once() {
    on_every_database(async |world| {
        let key = r#"idempotencyKey: "k1""#;
        let (one, two) =
            (world.done("leader", &create(world, key)).await, world.done("leader", &create(world, key)).await);
        assert_eq!(one.id(), two.id());
        assert_eq!(world.count::<structure_version::Entity>().await, 1);
        let other = format!(
            r#"structureVersionCreate(organization: "{}", input: {{ note: "other" }} {key})"#,
            opaque(world.organization)
        );
        assert_eq!(world.refused("leader", &other).await, ["IDEMPOTENCY_CONFLICT"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn merged_selections_act_once() {
    on_every_database(async |world| {
        let call = create(world, "");
        let document = format!(
            "mutation {{ a: {call} {{ structureVersion {{ number }} }} a: {call} {{ structureVersion {{ note }} errors {{ code }} }} }}"
        );
        let answer = world.ask("leader", document).await;
        let expected = json!({ "structureVersion": { "number": 1, "note": "n" }, "errors": [] });
        assert_eq!(answer["data"]["a"], expected, "{answer}");
        assert_eq!(world.count::<structure_version::Entity>().await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_second_is_told_the_version() {
    on_every_database(async |world| {
        let draft = world.draft(None, SMALL).await;
        let unit = world.unit(&draft, "3").await;
        let rename = draft.call("RenameUnit", &format!(r#"unit: "{unit}" name: "Personas""#));
        let renamed = world.done("leader", &rename).await;
        assert_eq!(renamed.0["version"], 2, "an edit of a unit counts for its version");
        let again = world.act("leader", &rename).await;
        let when = entity::Moment::from(world.clock.now()).rfc3339();
        let params = json!({ "current": 2, "changedBy": "leader", "changedAt": when });
        assert_eq!(
            again["errors"],
            json!([{ "code": "VERSION_CONFLICT", "path": ["expectedVersion"], "params": params }])
        );
        let noted = world.done("leader", &renamed.call("Update", r#"input: { note: "Nota" }"#)).await;
        assert_eq!((&noted.0["note"], &noted.0["version"]), (&json!("Nota"), &json!(3)));
        let act = format!(r#"input: {{ legalAct: "{}" }}"#, opaque(world.act));
        let kept = world.done("leader", &noted.call("Update", &act)).await;
        assert_eq!(kept.0["note"], "Nota", "what is absent is unchanged");
        let cleared = world.done("leader", &kept.call("Update", "input: { note: null }")).await;
        assert_eq!(cleared.0["note"], Value::Null);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_discarded_draft_leaves_nothing() {
    on_every_database(async |world| {
        let base = world.in_force(world.draft(None, SMALL).await, "2025-01-10").await;
        let draft = world.draft(Some(&base), "").await;
        let root = world.unit(&draft, "1").await;
        let add = format!(r#"unit: {{ code: "4", name: "Jurídica", kind: ADVISORY_OFFICE, parent: "{root}" }}"#);
        let draft = world.done("leader", &draft.call("AddUnit", &add)).await;
        let gone = world.act("leader", &draft.call("Delete", "")).await;
        assert_eq!(gone, json!({ "structureVersion": null, "errors": [] }));
        assert_eq!(world.count::<structure_version::Entity>().await, 1);
        assert_eq!((world.count::<unit_version::Entity>().await, world.count::<org_unit::Entity>().await), (4, 4));
        assert_eq!(world.refused("leader", &draft.call("Delete", "")).await, ["NOT_FOUND id"]);
    })
    .await;
}
