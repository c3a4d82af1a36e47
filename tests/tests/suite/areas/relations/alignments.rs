//! What subjects do for requirements.

use super::*;
use articula_tests::national;

const ALIGNMENT: &str = "alignment";
const DAYS: &str = r#"validFrom: "2026-07-01""#;

fn align(funza: &Funza<'_>, subject: &str, requirement: &Value, more: &str) -> String {
    format!(
        "alignmentCreate(organization: {}, input: {{ subject: {{ {subject} }}, requirement: {requirement}, {more} }})",
        funza.id
    )
}

#[test]
fn each_kind_of_subject_is_aligned() {
    demonstration::on_each(async |service| {
        let funza = Funza::of(service).await;
        let nation = national::add(service, 1).await;
        let capability =
            format!("capabilityCreate(organization: {}, input: {{ name: \"Atender\", {DAYS} }})", funza.id);
        let capability = funza.act(&capability, "capability", "").await["id"].clone();
        let more = format!("role: LEADS, {DAYS}, rationale: \"Así es\"");
        for (field, id) in [("process", &funza.processes[0]), ("unit", &funza.units[0]), ("capability", &capability)] {
            let call = align(&funza, &format!("{field}: {id}"), &nation.new[0], &more);
            let selection = format!("role rationale requirement {{ id }} {field} {{ id }}");
            let made = funza.act(&call, ALIGNMENT, &selection).await;
            assert_eq!((&made[field]["id"], &made["requirement"]["id"]), (id, &nation.new[0]));
            assert_eq!(funza.refused(&call, ALIGNMENT).await, one("DUPLICATE", "input.requirement"));
        }
        let refused =
            async |subject: &str| funza.refused(&align(&funza, subject, &nation.new[0], &more), ALIGNMENT).await;
        let foreign = format!("process: {}", funza.foreign.0);
        assert_eq!(refused(&foreign).await, one("NOT_FOUND", "input.subject.process"));
        let foreign = format!("unit: {}", funza.foreign.1);
        assert_eq!(refused(&foreign).await, one("NOT_FOUND", "input.subject.unit"));
        assert_eq!(refused(&format!("unit: {}", funza.ended)).await, one("UNIT_NOT_IN_FORCE", "input.subject.unit"));
        let other = &funza.processes[0];
        assert_eq!(refused(&format!("document: {other}")).await, one("NOT_FOUND", "input.subject.document"));
        assert_eq!(refused(&format!("capability: {other}")).await, one("NOT_FOUND", "input.subject.capability"));
        let two = format!("process: {other}, capability: {capability}");
        let two = format!("mutation {{ {} {{ errors {{ code }} }} }}", align(&funza, &two, &nation.new[0], &more));
        assert!(!service.user(LEADER).ask(&two, json!({})).await.codes().is_empty(), "exactly one subject");
        let process = format!("process: {other}");
        let unknown = align(&funza, &process, other, &more);
        assert_eq!(funza.refused(&unknown, ALIGNMENT).await, one("NOT_FOUND", "input.requirement"));
    });
}

#[test]
fn the_edition_is_in_force_on_the_first_day() {
    demonstration::on_each(async |service| {
        let funza = Funza::of(service).await;
        let nation = national::add(service, 1).await;
        let subject = format!("process: {}", funza.processes[0]);
        let told = async |requirement: &Value| {
            let call = align(&funza, &subject, requirement, &format!("role: LEADS, {DAYS}"));
            let query = format!("mutation {{ act: {call} {{ errors {{ code path params }} }} }}");
            service.user(LEADER).data(&query, json!({})).await["act"]["errors"][0].clone()
        };
        let refusal = |requirement: Value| {
            json!({ "code": "REQUIREMENT_NOT_IN_FORCE", "path": ["input", "requirement"], "params": {
                "edition": "Edición 2020", "from": "2020-01-01", "to": "2024-01-01", "requirement": requirement } })
        };
        let equal = told(&nation.old[0]).await;
        let named = &equal["params"]["requirement"];
        assert_eq!((&named["kind"], &named["id"]), (&json!("Requirement"), &nation.new[0]));
        assert!(text(&named["name"]).ends_with(" – Edición 2024"), "its equal is named with its edition: {equal}");
        assert_eq!(equal, refusal(named.clone()));
        assert_eq!(told(&nation.old[1]).await, refusal(Value::Null), "what only intersects is no equal");
        // On a day of its edition it is aligned, by who may backdate.
        let then = align(&funza, &subject, &nation.old[0], r#"role: LEADS, validFrom: "2023-12-31""#);
        let then = then.trim_end_matches(')').to_owned() + ", reason: \"Se carga tarde\")";
        service.user(SCRIPT).act(&then, ALIGNMENT, "id", ("", json!({}))).await;
    });
}

#[test]
fn an_alignment_is_justified_and_ended() {
    demonstration::on_each(async |service| {
        let funza = Funza::of(service).await;
        let nation = national::add(service, 1).await;
        let subject = format!("process: {}", funza.processes[0]);
        let bounded = r#"role: LEADS, validFrom: "2026-07-01", validTo: "2026-08-01""#;
        let made = funza.act(&align(&funza, &subject, &nation.new[0], bounded), ALIGNMENT, "").await;
        let next = align(&funza, &subject, &nation.new[0], r#"role: LEADS, validFrom: "2026-08-01""#);
        funza.act(&next, ALIGNMENT, "").await;
        let at = |verb: &str, version: &Value, more: &str| {
            format!("alignment{verb}(id: {}, expectedVersion: {version}, {more})", made["id"])
        };
        let why = at("Update", &made["version"], "input: { rationale: \"Por el decreto\" }");
        let why = funza.act(&why, ALIGNMENT, "rationale").await;
        assert_eq!(why["rationale"], "Por el decreto");
        let longer = at("End", &why["version"], "validTo: \"2026-08-02\"");
        assert_eq!(funza.refused(&longer, ALIGNMENT).await, one("DUPLICATE", "validTo"));
        let ended = funza.act(&at("End", &why["version"], "validTo: \"2026-07-15\""), ALIGNMENT, "validTo").await;
        assert_eq!(ended["validTo"], "2026-07-15");
        let past = align(&funza, &subject, &nation.new[1], r#"role: LEADS, validFrom: "2026-06-29""#);
        assert_eq!(funza.refused(&past, ALIGNMENT).await, one("BACKDATED", "input.validFrom"));
        let empty =
            align(&funza, &subject, &nation.new[1], r#"role: LEADS, validFrom: "2026-07-01", validTo: "2026-07-01""#);
        assert_eq!(funza.refused(&empty, ALIGNMENT).await, one("DATE_RANGE_EMPTY", "input.validTo"));
        service.turn_to("2026-07-15");
        let late = at("Update", &ended["version"], "input: { rationale: null }");
        assert_eq!(funza.refused(&late, ALIGNMENT).await, one("FROZEN", "id"));
    });
}

#[test]
fn one_subject_is_aligned_with_several_at_once_or_with_none() {
    demonstration::on_each(async |service| {
        let funza = Funza::of(service).await;
        let nation = national::add(service, 1).await;
        let process = &funza.processes[0];
        let call = |items: &str| {
            format!(
                "alignmentsCreate(organization: {}, input: {{ subject: {{ process: {process} }}, items: [{items}], {DAYS} }})",
                funza.id
            )
        };
        let item = |requirement: &Value, role: &str| format!("{{ requirement: {requirement}, role: {role} }} ");
        let refused = async |items: &str| funza.refused(&call(items), "organization").await;
        let twice = item(&nation.new[0], "LEADS") + &item(&nation.new[0], "LEADS");
        assert_eq!(refused(&twice).await, one("DUPLICATE", "input.items.1.requirement"));
        let old = item(&nation.new[0], "LEADS") + &item(&nation.old[0], "LEADS");
        assert_eq!(refused(&old).await, one("REQUIREMENT_NOT_IN_FORCE", "input.items.1.requirement"));
        let long = format!("{{ requirement: {}, role: LEADS, rationale: \"{}\" }}", nation.new[0], "a".repeat(4001));
        assert_eq!(refused(&long).await, one("TOO_LONG", "input.items.0.rationale"));
        let count =
            format!("{{ process(id: {process}, asOf: \"2026-07-01\") {{ alignments(first: 9) {{ totalCount }} }} }}");
        assert_eq!(funza.ask(&count).await["process"]["alignments"]["totalCount"], 0);
        let both = item(&nation.new[0], "LEADS") + &item(&nation.new[0], "CONTRIBUTES");
        assert_eq!(refused(&both).await, one("ROLES_EXCLUDE", "input.items.1.requirement"));
        let all = item(&nation.new[0], "LEADS") + &item(&nation.new[1], "CONTRIBUTES");
        funza.act(&call(&all), "organization", "").await;
        assert_eq!(funza.ask(&count).await["process"]["alignments"]["totalCount"], 2);
    });
}
