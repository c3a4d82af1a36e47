//! Processes: a characterization in one act, its life cycle over days, and everything that is refused on the way.

use articula_tests::{
    demonstration::{self, LEADER, MANAGEMENT, MEMBER, OTHER_LEADER},
    service::Service,
};
use entity::access::Role;
use serde_json::{Value, json};

pub(super) const FUNZA: &str = "Secretaría de Educación de Funza";

/// What is looked at in a version.
const SHOWN: &str = "id version number state code name validFrom validTo process { id published: inForce code name }";

/// An act that succeeds on what `Version` stands for, `processVersion` or `documentVersion`.
pub(super) async fn done(service: &Service, who: &str, call: &str, field: &str) -> Value {
    let shown = if field == "processVersion" {
        SHOWN
    } else {
        "id version number state code name validFrom validTo document { id code name }"
    };
    service.user(who).act(call, field, shown, ("", json!({}))).await
}

pub(super) async fn refused(service: &Service, who: &str, call: &str, field: &str) -> Vec<(String, String)> {
    service.user(who).refused(call, field, ("", json!({}))).await
}

pub(super) fn told(code: &str, path: &str) -> Vec<(String, String)> {
    vec![(code.to_owned(), path.to_owned())]
}

pub(super) fn step(name: &str, version: &Value, more: &str) -> String {
    format!("{name}(id: {}, expectedVersion: {} {more})", version["id"], version["version"])
}

pub(super) async fn funza(service: &Service) -> Value {
    let query = r#"{ organization(by: { territorialEntity: { divipola: "25286" } }) { id } }"#;
    service.user(LEADER).data(query, json!({})).await["organization"]["id"].clone()
}

/// A process with what it must say, and `more`; its code is its name.
fn making(organization: &Value, level: &str, code: &str, more: &str) -> String {
    format!(
        r#"processCreate(organization: {organization}, input: {{ level: {level}, kind: CORE, code: "{code}", name: "Proceso {code}",
           objective: "Servir", activities: [{{ phase: DO, description: "Hacer" }}] {more} }})"#
    )
}

pub(super) async fn made(service: &Service, level: &str, code: &str, above: Option<&Value>) -> Value {
    let organization = funza(service).await;
    let above = above.map_or_else(String::new, |above| format!(", parent: {}", above["process"]["id"]));
    done(service, LEADER, &making(&organization, level, code, &above), "processVersion").await
}

/// Submits and approves a version from a day on.
pub(super) async fn approved(service: &Service, version: &Value, from: &str) -> Value {
    let field = if version["process"].is_object() { "processVersion" } else { "documentVersion" };
    let submitted = done(service, LEADER, &step(&format!("{field}Submit"), version, ""), field).await;
    let from = format!(", validFrom: \"{from}\"");
    done(service, MANAGEMENT, &step(&format!("{field}Approve"), &submitted, &from), field).await
}

async fn again(service: &Service, version: &Value) -> Value {
    let query = format!("{{ processVersion(id: {}) {{ {SHOWN} }} }}", version["id"]);
    service.user(LEADER).data(&query, json!({})).await["processVersion"].clone()
}

async fn next(service: &Service, version: &Value) -> Value {
    let call =
        format!(r#"processVersionCreate(process: {}, input: {{ changeReason: "Mejora" }})"#, version["process"]["id"]);
    done(service, LEADER, &call, "processVersion").await
}

#[test]
fn a_whole_characterization_is_written_in_one_act_and_again() {
    demonstration::on_each(async |service| {
        let organization = funza(service).await;
        let top = made(service, "MACROPROCESS", "T", None).await;
        let supplier = made(service, "PROCESS", "T01", Some(&top)).await;
        let more = format!(
            r#", parent: {}, scope: "Todo", policies: ["Una", "Otra"], inputs: [{{ name: "Solicitudes", processes: [{}] }}],
               outputs: [{{ name: "Respuestas", description: "Por escrito" }}, {{ name: "Informes" }}]"#,
            top["process"]["id"], supplier["process"]["id"]
        );
        let version = done(service, LEADER, &making(&organization, "PROCESS", "T02", &more), "processVersion").await;
        let parts = "version policies activities { id phase position description controlPoint } \
                     inputs { id name processes(first: 9) { nodes { code } } } outputs { id name position description }";
        let read = async || {
            let query = format!("{{ processVersion(id: {}) {{ {parts} }} }}", version["id"]);
            service.user(LEADER).data(&query, json!({})).await["processVersion"].clone()
        };
        let before = read().await;
        assert_eq!(before["policies"], json!(["Una", "Otra"]));
        assert_eq!(before["inputs"][0]["processes"]["nodes"], json!([{ "code": "T01" }]));
        assert_eq!((&before["outputs"][1]["name"], &before["outputs"][1]["position"]), (&json!("Informes"), &json!(1)));

        // What is given replaces the whole list; what is named goes on with its id, and what is absent stays.
        let edit = format!(
            r#", input: {{ policies: [], outputs: [{{ name: "Actas" }}, {{ id: {}, name: "Respuestas" }}],
               inputs: [{{ id: {}, name: "Solicitudes" }}] }}"#,
            before["outputs"][0]["id"], before["inputs"][0]["id"]
        );
        let edited = done(service, LEADER, &step("processVersionUpdate", &version, &edit), "processVersion").await;
        let after = read().await;
        assert_eq!(after["version"], edited["version"]);
        assert_eq!((&after["policies"], &after["activities"]), (&json!([]), &before["activities"]));
        assert_eq!(after["inputs"][0]["id"], before["inputs"][0]["id"]);
        assert_eq!(after["inputs"][0]["processes"]["nodes"], json!([]));
        let outputs = after["outputs"].as_array().expect("a list");
        assert_eq!((outputs.len(), &outputs[0]["name"]), (2, &json!("Actas")));
        assert_eq!((&outputs[1]["id"], &outputs[1]["description"]), (&before["outputs"][0]["id"], &Value::Null));

        // Parts alone make the version that was read an old one too.
        let only_parts = r#", input: { activities: [{ phase: CHECK, description: "Mirar", controlPoint: true }] }"#;
        let last = done(service, LEADER, &step("processVersionUpdate", &edited, only_parts), "processVersion").await;
        assert_eq!(last["version"].as_i64(), edited["version"].as_i64().map(|version| version + 1));
        let stale = step("processVersionUpdate", &edited, only_parts);
        assert_eq!(refused(service, LEADER, &stale, "processVersion").await, told("VERSION_CONFLICT", "id"));
        assert_eq!(read().await["activities"][0]["phase"], "CHECK");
    });
}

#[test]
fn what_is_wrong_with_a_draft_is_said_where_it_stands() {
    demonstration::on_each(async |service| {
        let organization = funza(service).await;
        let top = made(service, "MACROPROCESS", "U", None).await;
        let unit = service.user(LEADER).data("{ orgUnits(first: 1) { nodes { id } } }", json!({})).await;
        let unit = &unit["orgUnits"]["nodes"][0]["id"];
        let post = service.user(LEADER).data("{ posts(first: 1) { nodes { id } } }", json!({})).await;
        let post = &post["posts"]["nodes"][0]["id"];
        let long = vec!["\"x\""; 101].join(" ");
        let (above, process) = (format!("parent: {}", top["process"]["id"]), &top["process"]["id"]);
        let of = |level: &str, more: &str| making(&organization, level, "U01", &format!(", {more}"));
        for (call, code, path) in [
            (of("PROCESS", ""), "REQUIRED", "input.parent"),
            (of("MACROPROCESS", &above), "PROCESS_LEVEL_MISMATCH", "input.parent"),
            (of("SUBPROCESS", &above), "PROCESS_LEVEL_MISMATCH", "input.parent"),
            (of("PROCESS", "parent: \"nada\""), "NOT_FOUND", "input.parent"),
            (of("MACROPROCESS", &format!("policies: [{long}]")), "TOO_LONG", "input.policies"),
            (of("MACROPROCESS", "policies: [\"Una\", \" \"]"), "REQUIRED", "input.policies.1"),
            (of("MACROPROCESS", "inputs: [{ name: \" \" }]"), "REQUIRED", "input.inputs.0.name"),
            (
                of("MACROPROCESS", &format!("outputs: [{{ name: \"Una\", processes: [{process}, {process}] }}]")),
                "DUPLICATE",
                "input.outputs.0.processes.1",
            ),
            (
                of("MACROPROCESS", "inputs: [{ name: \"Una\", externalParties: [\"nadie\"] }]"),
                "NOT_FOUND",
                "input.inputs.0.externalParties.0",
            ),
            (
                of("MACROPROCESS", &format!("inputs: [{{ id: {unit}, name: \"Una\" }}]")),
                "NOT_FOUND",
                "input.inputs.0.id",
            ),
            (
                of("MACROPROCESS", "outputs: [{ name: \"Informe\" }, { name: \"INFORME \" }]"),
                "DUPLICATE",
                "input.outputs.1.name",
            ),
            (
                of(
                    "MACROPROCESS",
                    &format!(
                        "inputs: [{{ name: \"Una\", processes: [{process}] }}, {{ name: \"una\", processes: [{process}] }}]"
                    ),
                ),
                "DUPLICATE",
                "input.inputs.1.name",
            ),
            (making(&organization, "MACROPROCESS", "u 1", ""), "MALFORMED", "input.code"),
        ] {
            assert_eq!(refused(service, LEADER, &call, "processVersion").await, told(code, path), "{call}");
        }
        let both = format!(
            r#", input: {{ activities: [{{ phase: DO, description: "Hacer", responsibleUnit: {unit}, responsiblePost: {post} }}] }}"#
        );
        let both = refused(service, LEADER, &step("processVersionUpdate", &top, &both), "processVersion").await;
        assert_eq!(both, told("INVALID_ARGUMENT", "input.activities.0.responsiblePost"));
        // The act as such: who may not, and whose it is not.
        let bare = making(&organization, "MACROPROCESS", "V", "");
        let asked = format!("mutation {{ {bare} {{ errors {{ code }} }} }}");
        assert_eq!(service.user(MANAGEMENT).ask(&asked, json!({})).await.codes(), ["FORBIDDEN"]);
        assert_eq!(refused(service, OTHER_LEADER, &bare, "processVersion").await, told("NOT_FOUND", "organization"));
    });
}

#[test]
fn codes_follow_the_pattern_of_the_organization() {
    demonstration::on_each(async |service| {
        let pattern = |subject: u8, pattern: &str| {
            let of_process = "SELECT count(*) FROM code_pattern";
            format!(
                "DELETE FROM code_pattern WHERE subject = {subject} AND organization_id = (SELECT id FROM organization \
                 WHERE name = '{FUNZA}'); INSERT INTO code_pattern (id, organization_id, subject, pattern, row_version) \
                 SELECT u.id, o.id, {subject}, '{pattern}', 1 FROM organization o JOIN org_unit u ON u.organization_id = o.id \
                 WHERE o.name = '{FUNZA}' ORDER BY u.id LIMIT 1 OFFSET ({of_process});"
            )
        };
        service.fresh.run(&(pattern(1, "A") + &pattern(2, "{parent}99") + &pattern(5, "{parent}.A99"))).await;
        let organization = funza(service).await;
        let bad = refused(service, LEADER, &making(&organization, "MACROPROCESS", "T1", ""), "processVersion").await;
        assert_eq!(bad, told("CODE_PATTERN_MISMATCH", "input.code"));
        let (top, other) =
            (made(service, "MACROPROCESS", "Y", None).await, made(service, "MACROPROCESS", "Z", None).await);
        let below = made(service, "PROCESS", "Y01", Some(&top)).await;
        // Somewhere else, the same code is another's.
        let moved = format!(", input: {{ parent: {} }}", other["process"]["id"]);
        let moved = refused(service, LEADER, &step("processVersionUpdate", &below, &moved), "processVersion").await;
        assert_eq!(moved, told("CODE_PATTERN_MISMATCH", "input.code"));
        let both = format!(r#", input: {{ parent: {}, code: "Z07" }}"#, other["process"]["id"]);
        let both = done(service, LEADER, &step("processVersionUpdate", &below, &both), "processVersion").await;
        assert_eq!(both["process"]["code"], "Z07", "a process that was never approved is called as its draft");
        let document = |code: &str| {
            format!(
                r#"controlledDocumentCreate(process: {}, input: {{ kind: FORMAT, code: "{code}", name: "Formato" }})"#,
                below["process"]["id"]
            )
        };
        let bad = refused(service, LEADER, &document("Y01.F01"), "documentVersion").await;
        assert_eq!(bad, told("CODE_PATTERN_MISMATCH", "input.code"));
        done(service, LEADER, &document("Z07.F01"), "documentVersion").await;
        assert_eq!(
            refused(service, LEADER, &document("Z07.F01"), "documentVersion").await,
            told("DUPLICATE", "input.code")
        );
    });
}

#[test]
fn a_version_takes_the_place_of_the_one_before_on_its_day() {
    demonstration::on_each(async |service| {
        let first = made(service, "MACROPROCESS", "Q", None).await;
        let hidden = format!("{{ process(id: {}) {{ id }} }}", first["process"]["id"]);
        assert_eq!(
            service.user(MEMBER).ask(&hidden, json!({})).await.codes(),
            ["NOT_FOUND"],
            "a draft is not published"
        );
        let first = approved(service, &first, "2026-06-30").await;
        assert_eq!((&first["state"], &first["validTo"]), (&json!("IN_FORCE"), &Value::Null));
        assert_eq!(service.user(MEMBER).data(&hidden, json!({})).await["process"]["id"], first["process"]["id"]);

        let second = next(service, &first).await;
        let another = format!("processVersionCreate(process: {}, input: {{}})", first["process"]["id"]);
        assert_eq!(refused(service, LEADER, &another, "processVersion").await, told("DRAFT_EXISTS", "process"));
        let renamed = r#", input: { name: "Otro nombre", code: "QQ" }"#;
        let second = done(service, LEADER, &step("processVersionUpdate", &second, renamed), "processVersion").await;
        let second = approved(service, &second, "2026-08-01").await;
        assert_eq!((&second["state"], &second["number"]), (&json!("SCHEDULED"), &json!(2)));
        assert_eq!(again(service, &first).await["validTo"], "2026-08-01");
        let asked = format!(
            "query($on: Date!) {{ process(id: {}, asOf: $on) {{ code name inForce current {{ number state }} }} }}",
            first["process"]["id"]
        );
        for (on, number, code, name) in [
            ("2026-06-30", json!(1), "Q", "Proceso Q"),
            ("2026-07-31", json!(1), "Q", "Proceso Q"),
            ("2026-08-01", json!(2), "QQ", "Otro nombre"),
            ("2030-01-01", json!(2), "QQ", "Otro nombre"),
        ] {
            let found = service.user(MEMBER).data(&asked, json!({ "on": on })).await["process"].clone();
            let shown = (&found["current"]["number"], &found["code"], &found["name"]);
            assert_eq!(shown, (&number, &json!(code), &json!(name)), "{on}");
        }
        let before = service.user(MEMBER).data(&asked, json!({ "on": "2026-06-29" })).await["process"].clone();
        assert_eq!((&before["inForce"], &before["current"]), (&json!(false), &Value::Null));
        service.turn_to("2026-08-01");
        assert_eq!(again(service, &first).await["state"], "OBSOLETE");
        assert_eq!(again(service, &second).await["state"], "IN_FORCE");

        // The steps tell it, and by which act.
        let steps =
            format!("{{ processVersion(id: {}) {{ transitions {{ fromState toState date act }} }} }}", first["id"]);
        let steps = service.user(LEADER).data(&steps, json!({})).await["processVersion"]["transitions"].clone();
        let ended = json!({ "fromState": "IN_FORCE", "toState": "OBSOLETE", "date": "2026-08-01", "act": "processVersionApprove" });
        assert_eq!((steps.as_array().map(Vec::len), &steps[3]), (Some(4), &ended), "{steps}");
        assert_eq!(
            steps[0],
            json!({ "fromState": null, "toState": "DRAFT", "date": "2026-06-30", "act": "processCreate" })
        );
    });
}

#[test]
fn each_guard_refuses_and_is_told_before() {
    demonstration::on_each(async |service| {
        let organization = funza(service).await;
        let available = async |who: &str, version: &Value| {
            let query = format!(
                "{{ processVersion(id: {}) {{ availableTransitions {{ act allowed blockedBy {{ code path }} }}
                    can(action: PROCESS_VERSION_APPROVE) {{ allowed code }} }} }}",
                version["id"]
            );
            service.user(who).data(&query, json!({})).await["processVersion"].clone()
        };
        let empty = format!(
            r#"processCreate(organization: {organization}, input: {{ level: MACROPROCESS, kind: CORE, code: "XG", name: "G" }})"#
        );
        let empty = done(service, LEADER, &empty, "processVersion").await;
        let missing = [told("REQUIRED", "objective"), told("REQUIRED", "activities")].concat();
        let submit = |version: &Value| step("processVersionSubmit", version, "");
        assert_eq!(refused(service, LEADER, &submit(&empty), "processVersion").await, missing);
        let told_before = available(LEADER, &empty).await;
        let blocked =
            json!([{ "code": "REQUIRED", "path": ["objective"] }, { "code": "REQUIRED", "path": ["activities"] }]);
        assert_eq!(told_before["availableTransitions"][0]["blockedBy"], blocked);
        assert_eq!(told_before["can"], json!({ "allowed": false, "code": "FORBIDDEN" }));
        assert_eq!(available(MANAGEMENT, &empty).await["can"]["code"], "TRANSITION_NOT_ALLOWED");

        // Who prepared it does not approve it, nor an account that is nobody.
        let member = r#"{ members(first: 1, where: { account: { subject: { eq: "alta.direccion@funza" } } }) { nodes { person { id } } } }"#;
        let person = service.user(LEADER).data(member, json!({})).await["members"]["nodes"][0]["person"]["id"].clone();
        let own = done(
            service,
            LEADER,
            &making(&organization, "MACROPROCESS", "XH", &format!(", preparedBy: {person}")),
            "processVersion",
        )
        .await;
        let own = done(service, LEADER, &submit(&own), "processVersion").await;
        let approve = |version: &Value, more: &str| step("processVersionApprove", version, more);
        let today = ", validFrom: \"2026-06-30\"";
        let duties = told("SEPARATION_OF_DUTIES", "");
        assert_eq!(refused(service, MANAGEMENT, &approve(&own, today), "processVersion").await, duties);
        assert_eq!(available(MANAGEMENT, &own).await["can"]["code"], "SEPARATION_OF_DUTIES");
        service.fresh.open_account("nadie@funza", Some((Role::SeniorManagement, FUNZA))).await;
        let nobody = refused(service, "nadie@funza", &approve(&own, today), "processVersion").await;
        assert_eq!(nobody, told("ACTOR_WITHOUT_PERSON", ""));
        // What was submitted is edited no more, and what came back is not forgotten.
        let edit = step("processVersionUpdate", &own, r#", input: { name: "Otro" }"#);
        assert_eq!(refused(service, LEADER, &edit, "processVersion").await, told("NOT_A_DRAFT", "id"));
        let bare = refused(service, MANAGEMENT, &step("processVersionReturn", &own, ""), "processVersion").await;
        assert_eq!(bare, told("REASON_REQUIRED", "reason"));
        let back = step("processVersionReturn", &own, ", reason: \"Falta\"");
        let back = done(service, MANAGEMENT, &back, "processVersion").await;
        let delete = step("processVersionDelete", &back, "");
        assert_eq!(refused(service, LEADER, &delete, "processVersion").await, told("STILL_IN_USE", "id"));

        // Days: one is needed, a past one takes a reason.
        let ready = made(service, "MACROPROCESS", "XI", None).await;
        let ready = done(service, LEADER, &submit(&ready), "processVersion").await;
        assert_eq!(available(MANAGEMENT, &ready).await["can"]["allowed"], true);
        let dateless = refused(service, MANAGEMENT, &approve(&ready, ""), "processVersion").await;
        assert_eq!(dateless, told("START_DATE_REQUIRED", "validFrom"));
        let past = ", validFrom: \"2026-06-29\"";
        assert_eq!(
            refused(service, MANAGEMENT, &approve(&ready, past), "processVersion").await,
            told("BACKDATED", "validFrom")
        );
        let reason = format!("{past}, reason: \"Se aprobó en acta del comité\"");
        let first = done(service, MANAGEMENT, &approve(&ready, &reason), "processVersion").await;
        // A later version says why it is made; it does not begin on the first day of the one before.
        let call = format!("processVersionCreate(process: {}, input: {{}})", first["process"]["id"]);
        let second = done(service, LEADER, &call, "processVersion").await;
        assert_eq!(
            refused(service, LEADER, &submit(&second), "processVersion").await,
            told("REQUIRED", "changeReason")
        );
        let why = step("processVersionUpdate", &second, r#", input: { changeReason: "Mejora" }"#);
        let second = done(service, LEADER, &why, "processVersion").await;
        let second = done(service, LEADER, &submit(&second), "processVersion").await;
        let overlap = refused(service, MANAGEMENT, &approve(&second, &reason), "processVersion").await;
        assert_eq!(overlap, told("VERSIONS_OVERLAP", "validFrom"));
    });
}

#[test]
fn a_process_stands_under_one_in_force_and_shares_its_code_with_none() {
    demonstration::on_each(async |service| {
        let top = made(service, "MACROPROCESS", "R", None).await;
        let below = made(service, "PROCESS", "R01", Some(&top)).await;
        let submitted = done(service, LEADER, &step("processVersionSubmit", &below, ""), "processVersion").await;
        let on =
            |version: &Value, day: &str| step("processVersionApprove", version, &format!(", validFrom: \"{day}\""));
        let adrift = refused(service, MANAGEMENT, &on(&submitted, "2026-07-01"), "processVersion").await;
        assert_eq!(adrift, told("PROCESS_NOT_IN_FORCE", ""), "the one above was never approved");
        let top = approved(service, &top, "2026-07-10").await;
        let early = refused(service, MANAGEMENT, &on(&submitted, "2026-07-09"), "processVersion").await;
        assert_eq!(early, told("PROCESS_NOT_IN_FORCE", "validFrom"));
        let below = done(service, MANAGEMENT, &on(&submitted, "2026-07-10"), "processVersion").await;

        // What hangs under it keeps it there.
        let withdraw = |version: &Value| step("processVersionUnschedule", version, ", reason: \"Se aplaza\"");
        assert_eq!(refused(service, MANAGEMENT, &withdraw(&top), "processVersion").await, told("STILL_IN_USE", "id"));
        service.turn_to("2026-07-15");
        let end = |version: &Value, day: &str| {
            step("processVersionRetire", version, &format!(", validTo: \"{day}\", reason: \"Ya no se hace\""))
        };
        assert_eq!(
            refused(service, MANAGEMENT, &end(&top, "2026-12-31"), "processVersion").await,
            told("STILL_IN_USE", "id")
        );
        let asked = async |version: &Value| {
            let query = format!(
                "{{ processVersion(id: {}) {{ availableTransitions {{ act blockedBy {{ code params }} }} }} }}",
                version["id"]
            );
            let found = service.user(MANAGEMENT).data(&query, json!({})).await["processVersion"].clone();
            found["availableTransitions"][0]["blockedBy"].clone()
        };
        let used = json!([{ "kind": "Process", "id": below["process"]["id"], "name": "R01 Proceso R01" }]);
        let blocked = json!([{ "code": "STILL_IN_USE", "params": { "usedBy": used } }]);
        assert_eq!(asked(&top).await, blocked, "no day would do, and it says what is below");
        let below = done(service, MANAGEMENT, &end(&below, "2026-12-31"), "processVersion").await;
        assert_eq!(below["state"], "IN_FORCE", "its last day has not come");
        assert_eq!(asked(&top).await, json!([]), "there are days that would do");
        assert_eq!(
            refused(service, MANAGEMENT, &end(&top, "2026-12-30"), "processVersion").await,
            told("STILL_IN_USE", "id")
        );
        done(service, MANAGEMENT, &end(&top, "2026-12-31"), "processVersion").await;
        let later = refused(service, MANAGEMENT, &end(&below, "2027-01-01"), "processVersion").await;
        assert_eq!(later, told("INVALID_ARGUMENT", "validTo"), "an end never gives days back");

        // Its code is free from the day on which it is over; while no end is known, it is told before anybody approves.
        let other = made(service, "MACROPROCESS", "S", None).await;
        approved(service, &other, "2026-07-15").await;
        let twin = made(service, "MACROPROCESS", "S", None).await;
        let blocked = json!([{ "code": "PROCESS_CODE_TAKEN", "params": { "code": "S" } }]);
        let query = format!(
            "{{ processVersion(id: {}) {{ availableTransitions {{ act blockedBy {{ code params }} }} }} }}",
            twin["id"]
        );
        let found = service.user(LEADER).data(&query, json!({})).await["processVersion"].clone();
        assert_eq!(found["availableTransitions"][0]["blockedBy"], blocked);
        let submit = step("processVersionSubmit", &twin, "");
        assert_eq!(refused(service, LEADER, &submit, "processVersion").await, told("PROCESS_CODE_TAKEN", "code"));
        let namesake = made(service, "MACROPROCESS", "R", None).await;
        let namesake = done(service, LEADER, &step("processVersionSubmit", &namesake, ""), "processVersion").await;
        let taken = refused(service, MANAGEMENT, &on(&namesake, "2026-12-30"), "processVersion").await;
        assert_eq!(taken, told("PROCESS_CODE_TAKEN", "validFrom"));
        done(service, MANAGEMENT, &on(&namesake, "2026-12-31"), "processVersion").await;
    });
}

#[test]
fn what_stands_under_a_process_is_of_its_kind() {
    demonstration::on_each(async |service| {
        let organization = funza(service).await;
        let top = made(service, "MACROPROCESS", "W", None).await;
        let more = format!(", parent: {}", top["process"]["id"]);
        let call = making(&organization, "PROCESS", "W01", &more).replace("kind: CORE", "kind: STRATEGIC");
        let below = done(service, LEADER, &call, "processVersion").await;
        let query = format!(
            "{{ processVersion(id: {}) {{ availableTransitions {{ blockedBy {{ code path message }} }} }} }}",
            below["id"]
        );
        let found = service.user(LEADER).data(&query, json!({})).await["processVersion"].clone();
        let block = &found["availableTransitions"][0]["blockedBy"][0];
        assert_eq!((&block["code"], &block["path"]), (&json!("PROCESS_KIND_MISMATCH"), &json!(["kind"])));
        assert!(block["message"].as_str().is_some_and(|text| text.contains("Misional")), "{block}");
        let submit = refused(service, LEADER, &step("processVersionSubmit", &below, ""), "processVersion").await;
        assert_eq!(submit, told("PROCESS_KIND_MISMATCH", "kind"));
        let mended = step("processVersionUpdate", &below, ", input: { kind: CORE }");
        let mended = done(service, LEADER, &mended, "processVersion").await;
        let submitted = done(service, LEADER, &step("processVersionSubmit", &mended, ""), "processVersion").await;
        // The one above is another by the time that it is approved.
        let other = step("processVersionUpdate", &top, ", input: { kind: SUPPORT }");
        approved(service, &done(service, LEADER, &other, "processVersion").await, "2026-06-30").await;
        let approve = step("processVersionApprove", &submitted, ", validFrom: \"2026-06-30\"");
        let late = refused(service, MANAGEMENT, &approve, "processVersion").await;
        assert_eq!(late, told("PROCESS_KIND_MISMATCH", "kind"));
    });
}

#[test]
fn what_is_withdrawn_before_its_day_leaves_everything_as_it_was() {
    demonstration::on_each(async |service| {
        let first = approved(service, &made(service, "MACROPROCESS", "S", None).await, "2026-06-30").await;
        let end = ", validTo: \"2027-01-01\", reason: \"Se termina\"";
        let first = done(service, MANAGEMENT, &step("processVersionRetire", &first, end), "processVersion").await;
        let second = approved(service, &next(service, &first).await, "2026-09-01").await;
        assert_eq!((&second["state"], &second["validTo"]), (&json!("SCHEDULED"), &Value::Null));
        assert_eq!(again(service, &first).await["validTo"], "2026-09-01");
        let third = approved(service, &next(service, &first).await, "2026-10-01").await;
        let withdraw = |version: &Value| step("processVersionUnschedule", version, ", reason: \"Se aplaza\"");
        let second = again(service, &second).await;
        assert_eq!(
            refused(service, MANAGEMENT, &withdraw(&second), "processVersion").await,
            told("STILL_IN_USE", "id")
        );
        let third = done(service, MANAGEMENT, &withdraw(&third), "processVersion").await;
        assert_eq!((&third["state"], &third["validFrom"]), (&json!("IN_REVIEW"), &Value::Null));
        let second = again(service, &second).await;
        assert_eq!((&second["state"], &second["validTo"]), (&json!("SCHEDULED"), &Value::Null));
        done(service, MANAGEMENT, &withdraw(&second), "processVersion").await;
        assert_eq!(again(service, &first).await["validTo"], "2027-01-01", "it was retired before, and is again");
        let on = step("processVersionUnschedule", &again(service, &first).await, ", reason: \"Se aplaza\"");
        assert_eq!(refused(service, MANAGEMENT, &on, "processVersion").await, told("TRANSITION_NOT_ALLOWED", ""));
    });
}

#[test]
fn a_draft_is_discarded_with_all_that_it_has() {
    demonstration::on_each(async |service| {
        let organization = funza(service).await;
        let more = r#", inputs: [{ name: "Una" }], outputs: [{ name: "Otra" }]"#;
        let version = done(service, LEADER, &making(&organization, "MACROPROCESS", "K", more), "processVersion").await;
        let counted = "SELECT 'x' FROM flow UNION ALL SELECT 'y' FROM activity";
        let before = service.fresh.texts(counted).await.len();
        let call = format!(
            "mutation {{ act: {} {{ processVersion {{ id }} errors {{ code }} }} }}",
            step("processVersionDelete", &version, "")
        );
        let gone = service.user(LEADER).data(&call, json!({})).await;
        assert_eq!(gone["act"], json!({ "processVersion": null, "errors": [] }));
        assert_eq!(service.fresh.texts(counted).await.len(), before - 3);
        let whole = format!("{{ process(id: {}) {{ id }} }}", version["process"]["id"]);
        assert_eq!(service.user(LEADER).ask(&whole, json!({})).await.codes(), ["NOT_FOUND"], "nothing is left of it");
        // One that another draft names is not.
        let named = made(service, "MACROPROCESS", "L", None).await;
        made(service, "PROCESS", "L01", Some(&named)).await;
        let delete = step("processVersionDelete", &named, "");
        assert_eq!(refused(service, LEADER, &delete, "processVersion").await, told("STILL_IN_USE", "id"));
    });
}
