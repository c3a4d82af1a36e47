//! External parties, code patterns, capabilities.

use super::*;

#[test]
fn an_external_party_is_named_once_and_removed_while_no_flow_names_it() {
    demonstration::on_each(async |service| {
        let funza = Funza::of(service).await;
        let create = |name: &str, more: &str| {
            format!("externalPartyCreate(organization: {}, input: {{ name: {name:?}{more} }})", funza.id)
        };
        let made = funza
            .act(&create("Familias", ", description: \" Las del municipio \""), "externalParty", "name description")
            .await;
        assert_eq!((&made["name"], &made["description"]), (&json!("Familias"), &json!("Las del municipio")));
        let other = funza.act(&create("Contraloría", ""), "externalParty", "").await;
        assert_eq!(funza.refused(&create("FAMILIAS", ""), "externalParty").await, one("DUPLICATE", "input.name"));
        assert_eq!(funza.refused(&create(" ", ""), "externalParty").await, one("REQUIRED", "input.name"));
        let at = |verb: &str, party: &Value, more: &str| {
            format!("externalParty{verb}(id: {}, expectedVersion: {}{more})", party["id"], party["version"])
        };
        let taken = at("Update", &other, ", input: { name: \"Familias\" }");
        assert_eq!(funza.refused(&taken, "externalParty").await, one("DUPLICATE", "input.name"));
        let renamed = at("Update", &made, ", input: { name: \"Familias y cuidadores\", description: null }");
        let renamed = funza.act(&renamed, "externalParty", "name description").await;
        assert_eq!((&renamed["name"], &renamed["description"]), (&json!("Familias y cuidadores"), &Value::Null));
        flow_to(&funza, &renamed["id"]).await;
        assert_eq!(funza.refused(&at("Delete", &renamed, ""), "externalParty").await, one("STILL_IN_USE", "id"));
        let gone = format!("mutation {{ act: {} {{ errors {{ code }} }} }}", at("Delete", &other, ""));
        assert_eq!(service.user(LEADER).data(&gone, json!({})).await["act"]["errors"], json!([]));
        let left = funza.ask("{ externalParties(first: 9) { nodes { name } } }").await;
        assert!(!left.to_string().contains("Contraloría"), "{left}");
    });
}

/// An output of the first process goes to the party.
async fn flow_to(funza: &Funza<'_>, party: &Value) {
    use entity::{
        Id, OpaqueId,
        value_chain::{FlowDirection, flow, flow_party},
    };
    use sea_orm::ActiveValue::Set;
    let key = |id: &Value| OpaqueId::parse(&text(id)).expect("an id").uuid;
    let found = funza.ask(&format!("{{ process(id: {}) {{ current {{ id }} }} }}", funza.processes[0])).await;
    let (organization_id, id) = (Id::from_uuid(key(&funza.id)), Id::<flow::Entity>::new());
    let row = flow::ActiveModel {
        id: Set(id),
        organization_id: Set(organization_id),
        process_version_id: Set(Id::from_uuid(key(&found["process"]["current"]["id"]))),
        direction: Set(FlowDirection::Output),
        position: Set(0),
        name: Set("Matrícula".to_owned()),
        ..Default::default()
    };
    let link = flow_party::ActiveModel {
        flow_id: Set(id),
        organization_id: Set(organization_id),
        external_party_id: Set(Id::from_uuid(key(party))),
    };
    let mut loader = funza.service.app.store().loader().await.expect("a loader");
    loader.insert_many::<flow::Entity>(vec![row]).await.expect("a flow");
    loader.insert_many::<flow_party::Entity>(vec![link]).await.expect("its end");
    loader.commit().await.expect("loaded");
}

#[test]
fn codes_of_each_kind_have_one_pattern() {
    demonstration::on_each(async |service| {
        let funza = Funza::of(service).await;
        let set = |subject: &str, pattern: &str| {
            format!("codePatternSet(organization: {}, subject: {subject}, pattern: {pattern:?})", funza.id)
        };
        let made = funza.act(&set("PROCESS", "{parent}.99"), "codePattern", "pattern subject").await;
        let again = funza.act(&set("PROCESS", " {parent}99 "), "codePattern", "pattern subject").await;
        assert_eq!((&again["id"], &again["pattern"]), (&made["id"], &json!("{parent}99")), "one of a kind");
        for (subject, pattern, code) in [
            ("PROCESS", "", "REQUIRED"),
            ("PROCESS", "{other}", "MALFORMED"),
            ("MACROPROCESS", "{parent}9", "MALFORMED"),
            ("PROCESS", "--", "MALFORMED"),
            ("PROCESS", &"9".repeat(61), "TOO_LONG"),
        ] {
            assert_eq!(funza.refused(&set(subject, pattern), "codePattern").await, one(code, "pattern"), "{pattern}");
        }
        let delete = format!("codePatternDelete(id: {}, expectedVersion: {})", again["id"], again["version"]);
        let gone = format!("mutation {{ act: {delete} {{ errors {{ code }} }} }}");
        assert_eq!(service.user(LEADER).data(&gone, json!({})).await["act"]["errors"], json!([]));
        let left = funza.ask("{ codePatterns(first: 9) { nodes { id } } }").await;
        assert!(!left.to_string().contains(&text(&again["id"])), "{left}");
    });
}

const SELECTION: &str = "name description validFrom validTo units(first: 9) { nodes { id } } realizations(first: 9, orderBy: [{ field: WEIGHT }]) { nodes { weight process { id } } }";

#[test]
fn a_capability_has_processes_with_weights_and_units() {
    demonstration::on_each(async |service| {
        let funza = Funza::of(service).await;
        let (c, d, unit) = (&funza.processes[0], &funza.processes[1], &funza.units[0]);
        let create = |more: &str| {
            format!(
                "capabilityCreate(organization: {}, input: {{ name: \"Atender\", validFrom: \"2026-07-01\"{more} }})",
                funza.id
            )
        };
        let realized = |items: &[(&Value, i32)]| {
            let items: String =
                items.iter().map(|(process, weight)| format!("{{ process: {process}, weight: {weight} }} ")).collect();
            format!(", realizations: [{items}]")
        };
        let full = realized(&[(c, 30), (d, 70)]) + &format!(", units: [{unit}]");
        let made = funza.act(&create(&full), "capability", SELECTION).await;
        let weights = json!([{ "weight": 30, "process": { "id": c } }, { "weight": 70, "process": { "id": d } }]);
        assert_eq!((&made["realizations"]["nodes"], &made["units"]["nodes"]), (&weights, &json!([{ "id": unit }])));

        let refused = async |more: &str| funza.refused(&create(more), "capability").await;
        for weight in [0, 101, -1] {
            let told = refused(&realized(&[(c, weight)])).await;
            assert_eq!(told, one("INVALID_ARGUMENT", "input.realizations.0.weight"));
        }
        assert_eq!(refused(&realized(&[(c, 1), (c, 2)])).await, one("DUPLICATE", "input.realizations.1.process"));
        let foreign = realized(&[(&funza.foreign.0, 1)]);
        assert_eq!(refused(&foreign).await, one("NOT_FOUND", "input.realizations.0.process"));
        let units = |unit: &Value| format!(", units: [{unit}]");
        assert_eq!(refused(&units(&funza.foreign.1)).await, one("NOT_FOUND", "input.units.0"));
        assert_eq!(refused(&units(&funza.ended)).await, one("UNIT_NOT_IN_FORCE", "input.units.0"));
        assert_eq!(refused(&format!(", units: [{unit} {unit}]")).await, one("DUPLICATE", "input.units.1"));
        assert_eq!(refused(", validTo: \"2026-07-01\"").await, one("DATE_RANGE_EMPTY", "input.validTo"));
        let past = create("").replace("2026-07-01", "2026-06-01");
        assert_eq!(funza.refused(&past, "capability").await, one("BACKDATED", "input.validFrom"));

        let at = |verb: &str, version: &Value, more: &str| {
            format!("capability{verb}(id: {}, expectedVersion: {version}, {more})", made["id"])
        };
        let parts =
            at("Update", &made["version"], &format!("input: {{ realizations: [{{ process: {d}, weight: 100 }}] }}"));
        let changed = funza.act(&parts, "capability", SELECTION).await;
        assert_eq!(changed["realizations"]["nodes"], json!([{ "weight": 100, "process": { "id": d } }]));
        assert_ne!(changed["version"], made["version"], "its parts are part of it");
        assert_eq!(funza.refused(&parts, "capability").await, one("VERSION_CONFLICT", "id"));
        let same = at("Update", &changed["version"], &format!("input: {{ units: [{unit}] }}"));
        let same = funza.act(&same, "capability", SELECTION).await;
        assert_eq!(same["version"], changed["version"], "nothing differs");
        let bare = funza
            .act(
                &at("Update", &same["version"], "input: { units: null, name: \"Atender bien\" }"),
                "capability",
                SELECTION,
            )
            .await;
        assert_eq!((&bare["units"]["nodes"], &bare["name"]), (&json!([]), &json!("Atender bien")));
        let ended = funza.act(&at("End", &bare["version"], "validTo: \"2026-08-01\""), "capability", SELECTION).await;
        assert_eq!(ended["validTo"], "2026-08-01");
        service.turn_to("2026-08-01");
        let late = at("Update", &ended["version"], "input: { name: \"Tarde\" }");
        assert_eq!(funza.refused(&late, "capability").await, one("FROZEN", "id"));
    });
}
