//! How a map stands to the national reference, and the normogram.

use super::*;
use articula_tests::national;

const ADOPTION: &str = "referenceAdoption";

fn adopt(funza: &Funza<'_>, ends: &str, status: &str, days: &str) -> String {
    format!("referenceAdoptionCreate(organization: {}, input: {{ {ends} status: {status}, {days} }})", funza.id)
}

fn both(reference: &Value, process: &Value) -> String {
    format!("referenceProcess: {reference}, process: {process}, ")
}

const DAYS: &str = r#"validFrom: "2026-07-01""#;

#[test]
fn each_status_has_its_ends_and_a_deviation_is_never_refused() {
    demonstration::on_each(async |service| {
        let funza = Funza::of(service).await;
        let nation = national::add(service, 4).await;
        let (r, c) = (&nation.references, &funza.processes);
        let refused =
            async |ends: &str, status: &str| funza.refused(&adopt(&funza, ends, status, DAYS), ADOPTION).await;
        let (reference, process) = (format!("referenceProcess: {}, ", r[0]), format!("process: {}, ", c[0]));
        for status in ["ADOPTED", "ADAPTED", "MERGED"] {
            assert_eq!(refused(&process, status).await, one("REQUIRED", "input.referenceProcess"));
            assert_eq!(refused(&reference, status).await, one("REQUIRED", "input.process"));
        }
        assert_eq!(refused(&both(&r[0], &c[0]), "ABSENT").await, one("INVALID_ARGUMENT", "input.process"));
        assert_eq!(refused(&process, "ABSENT").await, one("REQUIRED", "input.referenceProcess"));
        assert_eq!(refused(&both(&r[0], &c[0]), "OWN").await, one("INVALID_ARGUMENT", "input.referenceProcess"));
        assert_eq!(refused(&both(&c[0], &c[0]), "ADOPTED").await, one("NOT_FOUND", "input.referenceProcess"));
        assert_eq!(refused(&both(&r[0], &funza.foreign.0), "ADOPTED").await, one("NOT_FOUND", "input.process"));
        let act = format!("{}legalAct: {}, ", both(&r[0], &c[0]), c[0]);
        assert_eq!(refused(&act, "ADOPTED").await, one("NOT_FOUND", "input.legalAct"));
        let past = adopt(&funza, &reference, "ABSENT", r#"validFrom: "2026-06-29""#);
        assert_eq!(funza.refused(&past, ADOPTION).await, one("BACKDATED", "input.validFrom"));
        let empty = adopt(&funza, &reference, "ABSENT", r#"validFrom: "2026-07-01", validTo: "2026-07-01""#);
        assert_eq!(funza.refused(&empty, ADOPTION).await, one("DATE_RANGE_EMPTY", "input.validTo"));
        let made = funza.act(&adopt(&funza, &reference, "ABSENT", DAYS), ADOPTION, "status justification").await;
        assert_eq!((&made["status"], &made["justification"]), (&json!("ABSENT"), &Value::Null));
        let at = |verb: &str, version: &Value, more: &str| {
            format!("referenceAdoption{verb}(id: {}, expectedVersion: {version}, {more})", made["id"])
        };
        let why = at("Update", &made["version"], "input: { justification: \"No hay tal sector\" }");
        let why = funza.act(&why, ADOPTION, "justification").await;
        assert_eq!(why["justification"], "No hay tal sector");
        let ended = funza.act(&at("End", &why["version"], "validTo: \"2026-09-01\""), ADOPTION, "validTo").await;
        let later = adopt(&funza, &both(&r[0], &c[0]), "ADOPTED", r#"validFrom: "2026-09-01""#);
        funza.act(&later, ADOPTION, "").await;
        let longer = at("End", &ended["version"], "validTo: \"2026-09-02\"");
        assert_eq!(funza.refused(&longer, ADOPTION).await, one("ADOPTION_OVERLAP", "validTo"));
        service.turn_to("2026-09-01");
        let late = at("Update", &ended["version"], "input: { justification: null }");
        assert_eq!(funza.refused(&late, ADOPTION).await, one("FROZEN", "id"));
    });
}

#[test]
fn a_process_of_either_side_is_spoken_of_once_unless_merged() {
    demonstration::on_each(async |service| {
        let funza = Funza::of(service).await;
        let nation = national::add(service, 4).await;
        let (r, c) = (&nation.references, &funza.processes);
        let say = |ends: String, status: &str| adopt(&funza, &ends, status, DAYS);
        let own = |process: &Value| format!("process: {process}, ");
        funza.act(&say(both(&r[0], &c[0]), "MERGED"), ADOPTION, "").await;
        funza.act(&say(both(&r[1], &c[0]), "MERGED"), ADOPTION, "").await;
        let refused = async |ends: String, status: &str| funza.refused(&say(ends, status), ADOPTION).await;
        let twice = one("ADOPTION_OVERLAP", "input.referenceProcess");
        assert_eq!(refused(both(&r[0], &c[1]), "ADOPTED").await, twice, "said already");
        assert_eq!(refused(both(&r[0], &c[0]), "MERGED").await, twice);
        assert_eq!(refused(format!("referenceProcess: {}, ", r[1]), "ABSENT").await, twice);
        let shared = one("ADOPTION_OVERLAP", "input.process");
        assert_eq!(refused(both(&r[2], &c[0]), "ADOPTED").await, shared, "only merged ones share");
        assert_eq!(refused(own(&c[0]), "OWN").await, shared, "what is adopted is not own");
        funza.act(&say(own(&c[1]), "OWN"), ADOPTION, "").await;
        assert_eq!(refused(both(&r[2], &c[1]), "ADAPTED").await, shared, "what is own is not adopted");
    });
}

#[test]
fn a_whole_declaration_is_one_act() {
    demonstration::on_each(async |service| {
        let funza = Funza::of(service).await;
        let nation = national::add(service, 4).await;
        let (r, c) = (&nation.references, &funza.processes);
        let set = |from: &str, items: &str| {
            format!("referenceAdoptionsSet(organization: {}, from: \"{from}\", items: [{items}])", funza.id)
        };
        let item = |ends: String, status: &str| format!("{{ {ends} status: {status} }} ");
        let absent = |reference: &Value| item(format!("referenceProcess: {reference},"), "ABSENT");
        let own = |process: &Value| item(format!("process: {process},"), "OWN");
        let first = item(both(&r[0], &c[0]), "ADOPTED") + &item(both(&r[1], &c[1]), "ADAPTED") + &absent(&r[2]);
        funza.act(&set("2026-07-01", &first), "organization", "").await;
        let second = item(both(&r[0], &c[0]), "ADOPTED") + &absent(&r[1]) + &absent(&r[2]) + &own(&c[1]);
        funza.act(&set("2026-08-01", &second), "organization", "").await;
        let on = async |day: &str| {
            let query = format!(
                r#"{{ referenceAdoptions(first: 50, asOf: "{day}") {{ nodes {{ status validFrom organization {{ id }} }} }} }}"#
            );
            let found = funza.ask(&query).await;
            let nodes = found["referenceAdoptions"]["nodes"].as_array().expect("nodes").clone();
            let own = nodes.iter().filter(|node| node["organization"]["id"] == funza.id);
            let mut told: Vec<_> =
                own.map(|it| format!("{} {}", text(&it["status"]), text(&it["validFrom"]))).collect();
            told.sort();
            told
        };
        assert_eq!(on("2026-07-31").await, ["ABSENT 2026-07-01", "ADAPTED 2026-07-01", "ADOPTED 2026-07-01"]);
        let after = ["ABSENT 2026-07-01", "ABSENT 2026-08-01", "ADOPTED 2026-07-01", "OWN 2026-08-01"];
        assert_eq!(on("2026-08-01").await, after, "what is said again goes on");
        let refused = async |from: &str, items: &str| funza.refused(&set(from, items), "organization").await;
        assert_eq!(refused("2026-07-15", &first).await, one("LATER_CHANGE_KNOWN", "from"));
        assert_eq!(refused("2026-06-29", &first).await, one("BACKDATED", "from"));
        let twice = absent(&r[0]) + &absent(&r[0]);
        assert_eq!(refused("2026-09-01", &twice).await, one("ADOPTION_OVERLAP", "items.1.referenceProcess"));
        let foreign = own(&funza.foreign.0);
        assert_eq!(refused("2026-09-01", &foreign).await, one("NOT_FOUND", "items.0.process"));
        assert_eq!(refused("2026-09-01", "").await, one("ENDS_ALL", "items"));
        let bare = item(String::new(), "ADOPTED");
        assert_eq!(refused("2026-09-01", &bare).await, one("REQUIRED", "items.0.referenceProcess"));
        let long = format!("{{ process: {}, status: OWN, justification: \"{}\" }}", c[0], "a".repeat(4001));
        assert_eq!(refused("2026-09-01", &long).await, one("TOO_LONG", "items.0.justification"));
        let all = set("2026-09-01", "").replace("items: []", "items: [], endAll: true");
        funza.act(&all, "organization", "").await;
        assert!(on("2026-09-01").await.is_empty());
    });
}

#[test]
fn a_process_is_held_to_norms_of_the_catalogue_or_its_own() {
    demonstration::on_each(async |service| {
        let funza = Funza::of(service).await;
        let nation = national::add(service, 1).await;
        let (process, norm) = (&funza.processes[0], &nation.norm);
        let bind = |process: &Value, norm: &str, more: &str| {
            format!("processNormCreate(process: {process}, input: {{ norm: {{ {norm} }}, {more} }})")
        };
        let known = format!("catalogue: {norm}");
        let selection = "name articles subject norm { id }";
        let articles = format!("{DAYS}, articles: \"Art. 5\"");
        let made = funza.act(&bind(process, &known, &articles), "processNorm", selection).await;
        assert_eq!((&made["norm"]["id"], &made["name"], &made["articles"]), (norm, &Value::Null, &json!("Art. 5")));
        funza.act(&bind(process, &known, DAYS), "processNorm", "").await;
        let own = funza.act(&bind(process, "name: \"Acuerdo 7\"", DAYS), "processNorm", selection).await;
        assert_eq!((&own["norm"], &own["name"]), (&Value::Null, &json!("Acuerdo 7")));
        let refused = async |process: &Value, norm: &str, more: &str| {
            funza.refused(&bind(process, norm, more), "processNorm").await
        };
        assert_eq!(refused(process, &known, &articles).await, one("DUPLICATE", "input.norm"));
        assert_eq!(refused(process, "name: \"ACUERDO 7\"", DAYS).await, one("DUPLICATE", "input.norm"));
        assert_eq!(refused(process, "name: \"\"", DAYS).await, one("REQUIRED", "input.norm.name"));
        let unknown = format!("catalogue: {process}");
        assert_eq!(refused(process, &unknown, DAYS).await, one("NOT_FOUND", "input.norm.catalogue"));
        assert_eq!(refused(&funza.foreign.0, &known, DAYS).await, one("NOT_FOUND", "process"));
        assert_eq!(refused(process, &known, r#"validFrom: "2026-06-29""#).await, one("BACKDATED", "input.validFrom"));
        let empty = r#"validFrom: "2026-07-01", validTo: "2026-06-30""#;
        assert_eq!(refused(process, &known, empty).await, one("DATE_RANGE_EMPTY", "input.validTo"));
        let at = |verb: &str, row: &Value, more: &str| {
            format!("processNorm{verb}(id: {}, expectedVersion: {}, {more})", row["id"], row["version"])
        };
        let name = at("Update", &made, "input: { name: \"Otra\" }");
        assert_eq!(funza.refused(&name, "processNorm").await, one("INVALID_ARGUMENT", "input.name"));
        let whole = at("Update", &made, "input: { articles: null }");
        assert_eq!(funza.refused(&whole, "processNorm").await, one("DUPLICATE", "input"), "another says that");
        let edited = at("Update", &own, "input: { name: \"Acuerdo 8\", subject: \"Archivo\" }");
        let edited = funza.act(&edited, "processNorm", selection).await;
        assert_eq!((&edited["name"], &edited["subject"]), (&json!("Acuerdo 8"), &json!("Archivo")));
        let ended = funza.act(&at("End", &edited, "validTo: \"2026-08-01\""), "processNorm", "validTo").await;
        assert_eq!(ended["validTo"], "2026-08-01");
        funza.act(&bind(process, "name: \"Acuerdo 8\"", r#"validFrom: "2026-08-01""#), "processNorm", "").await;
        let longer = at("End", &ended, "validTo: \"2026-08-02\"");
        assert_eq!(funza.refused(&longer, "processNorm").await, one("DUPLICATE", "validTo"));
    });
}
