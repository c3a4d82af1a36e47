//! Controlled documents: their versions go the way of processes, and what they are called goes with their versions.

use articula_tests::{
    demonstration::{self, LEADER, MANAGEMENT, MEMBER},
    service::Service,
};
use serde_json::{Value, json};

use super::processes::{approved, done, made, refused, step, told};

#[test]
fn documents_go_the_way_of_processes() {
    demonstration::on_each(async |service| {
        let process = made(service, "MACROPROCESS", "XM", None).await;
        let call = format!(
            r#"controlledDocumentCreate(process: {}, input: {{ kind: MANUAL, code: "XM-M01", name: "Manual" }})"#,
            process["process"]["id"]
        );
        let first = done(service, LEADER, &call, "documentVersion").await;
        let submit = |version: &Value| step("documentVersionSubmit", version, "");
        assert_eq!(refused(service, LEADER, &submit(&first), "documentVersion").await, told("REQUIRED", "file"));
        let file = r#", input: { file: { uri: "https://sgc.example.org/m01.pdf", sha256: "ab" } }"#;
        let file = refused(service, LEADER, &step("documentVersionUpdate", &first, file), "documentVersion").await;
        assert_eq!(file, told("MALFORMED", "input.file.sha256"));
        let file = r#", input: { file: { uri: "https://sgc.example.org/m01.pdf" }, nextReview: "2026-06-30" }"#;
        let first = done(service, LEADER, &step("documentVersionUpdate", &first, file), "documentVersion").await;
        let first = done(service, LEADER, &submit(&first), "documentVersion").await;
        let approve = step("documentVersionApprove", &first, ", validFrom: \"2026-06-30\"");
        let early = refused(service, MANAGEMENT, &approve, "documentVersion").await;
        assert_eq!(early, told("PROCESS_NOT_IN_FORCE", ""));
        approved(service, &process, "2026-06-30").await;
        let reviewed = refused(service, MANAGEMENT, &approve, "documentVersion").await;
        assert_eq!(reviewed, told("DATE_RANGE_EMPTY", "validFrom"), "it would be due for review on its first day");
        let back = step("documentVersionReturn", &first, ", reason: \"La revisión\"");
        let back = done(service, MANAGEMENT, &back, "documentVersion").await;
        let later = step("documentVersionUpdate", &back, r#", input: { nextReview: "2026-07-01" }"#);
        let first = approved(service, &done(service, LEADER, &later, "documentVersion").await, "2026-06-30").await;
        assert_eq!(first["state"], "IN_FORCE");
        let call = format!(
            r#"documentVersionCreate(document: {}, input: {{ changeReason: "Mejora", file: {{ filingNumber: "2026-1" }} }})"#,
            first["document"]["id"]
        );
        let second = done(service, LEADER, &call, "documentVersion").await;
        assert_eq!(refused(service, LEADER, &call, "documentVersion").await, told("DRAFT_EXISTS", "document"));
        let second = approved(service, &second, "2026-08-01").await;
        let query = format!(
            "query($on: Date!) {{ controlledDocument(id: {}, asOf: $on) {{ inForce current {{ number file {{ filingNumber }} }} }} }}",
            first["document"]["id"]
        );
        let on = async |day: &str| {
            let found = service.user(MEMBER).data(&query, json!({ "on": day })).await;
            found["controlledDocument"]["current"]["number"].clone()
        };
        assert_eq!((on("2026-07-31").await, on("2026-08-01").await), (json!(1), json!(2)));
        let withdraw = step("documentVersionUnschedule", &second, ", reason: \"Se aplaza\"");
        done(service, MANAGEMENT, &withdraw, "documentVersion").await;
        assert_eq!(on("2026-08-01").await, 1, "the first goes on");
    });
}

/// A document of Funza in force from a day on; its code is its name.
async fn document(service: &Service, process: &Value, code: &str, from: &str) -> Value {
    approved(service, &drafted(service, process, code).await, from).await
}

async fn drafted(service: &Service, process: &Value, code: &str) -> Value {
    done(service, LEADER, &making(process, code), "documentVersion").await
}

fn making(process: &Value, code: &str) -> String {
    format!(
        r#"controlledDocumentCreate(process: {}, input: {{ kind: FORMAT, code: "{code}", name: "{code}",
           file: {{ filingNumber: "2026-1" }} }})"#,
        process["process"]["id"]
    )
}

/// The draft of a next version, with what it says of its name.
fn renaming(document: &Value, more: &str) -> String {
    format!(
        r#"documentVersionCreate(document: {}, input: {{ changeReason: "Nuevo nombre", file: {{ filingNumber: "2026-2" }} {more} }})"#,
        document["document"]["id"]
    )
}

/// Code and name as a member reads them, on a day.
async fn called(service: &Service, document: &Value, day: &str) -> (Value, Value) {
    let query =
        format!("{{ controlledDocument(id: {}, asOf: \"{day}\") {{ code name }} }}", document["document"]["id"]);
    let found = service.user(MEMBER).data(&query, json!({})).await["controlledDocument"].clone();
    (found["code"].clone(), found["name"].clone())
}

#[test]
fn a_name_takes_effect_with_its_version() {
    demonstration::on_each(async |service| {
        let process = approved(service, &made(service, "MACROPROCESS", "XN", None).await, "2026-06-30").await;
        let first = document(service, &process, "XN-1", "2026-06-30").await;
        let second = renaming(&first, r#", code: "XN-2", name: "Formato único""#);
        let second = done(service, LEADER, &second, "documentVersion").await;
        assert_eq!((&second["code"], &second["name"]), (&json!("XN-2"), &json!("Formato único")));
        assert_eq!(second["document"]["code"], "XN-1", "a draft changes nothing yet");
        let second = approved(service, &second, "2026-08-01").await;
        let (old, new) = ((json!("XN-1"), json!("XN-1")), (json!("XN-2"), json!("Formato único")));
        assert_eq!(called(service, &first, "2026-07-31").await, old);
        assert_eq!(called(service, &first, "2026-08-01").await, new);
        let found = r#"{ controlledDocuments(first: 5, where: { code: { eq: "XN-2" } }, asOf: "2026-08-01") { nodes { id } }
                 before: controlledDocuments(first: 5, where: { code: { eq: "XN-2" } }, asOf: "2026-07-31") { nodes { id } } }"#;
        let found = service.user(MEMBER).data(found, json!({})).await;
        assert_eq!(found["controlledDocuments"]["nodes"], json!([{ "id": first["document"]["id"] }]));
        assert_eq!(found["before"]["nodes"], json!([]));
        // Taken back before its day, it is called as before for ever.
        let back = step("documentVersionUnschedule", &second, ", reason: \"Se aplaza\"");
        let back = done(service, MANAGEMENT, &back, "documentVersion").await;
        assert_eq!(called(service, &first, "2026-08-01").await, old);
        assert_eq!(back["code"], "XN-2", "the version says what it said");
        let again = approved(service, &step_back(service, &back).await, "2026-08-01").await;
        assert_eq!(again["code"], "XN-2");
        // A version that says no name keeps the document's.
        let third = done(service, LEADER, &renaming(&first, ""), "documentVersion").await;
        assert_eq!((&third["code"], &third["name"]), (&json!("XN-2"), &json!("Formato único")));
    });
}

/// Approves a version from a day before today on.
async fn late(service: &Service, version: &Value, from: &str) -> Value {
    let field = if version["process"].is_object() { "processVersion" } else { "documentVersion" };
    let submitted = done(service, LEADER, &step(&format!("{field}Submit"), version, ""), field).await;
    let from = format!(", validFrom: \"{from}\", reason: \"Se registró tarde\"");
    done(service, MANAGEMENT, &step(&format!("{field}Approve"), &submitted, &from), field).await
}

/// The version in review, as a draft again.
async fn step_back(service: &Service, version: &Value) -> Value {
    let back = step("documentVersionReturn", version, ", reason: \"La fecha\"");
    done(service, MANAGEMENT, &back, "documentVersion").await
}

#[test]
fn no_two_documents_are_called_alike_on_a_day() {
    demonstration::on_each(async |service| {
        let process = approved(service, &made(service, "MACROPROCESS", "XO", None).await, "2026-06-30").await;
        let taken = told("DUPLICATE", "input.code");
        let first = document(service, &process, "XO-1", "2026-06-30").await;
        let other = drafted(service, &process, "XO-2").await;
        let call = renaming(&first, r#", code: "XO-2""#);
        assert_eq!(refused(service, LEADER, &call, "documentVersion").await, taken, "a draft is called so");
        let call = step("documentVersionUpdate", &other, r#", input: { code: "XO-1" }"#);
        assert_eq!(refused(service, LEADER, &call, "documentVersion").await, taken);
        let call = step("documentVersionUpdate", &other, r#", input: { code: null, name: "" }"#);
        let empty = refused(service, LEADER, &call, "documentVersion").await;
        assert_eq!(empty, [told("REQUIRED", "input.code"), told("REQUIRED", "input.name")].concat());
        let call = step("documentVersionUpdate", &other, r#", input: { code: "XO-3" }"#);
        let other = done(service, LEADER, &call, "documentVersion").await;
        assert_eq!(other["document"]["code"], "XO-3", "never approved, it is called as its draft");
        // What another version asks for is taken, and what it leaves is not free before its day.
        let asked = done(service, LEADER, &renaming(&first, r#", code: "XO-2""#), "documentVersion").await;
        let call = step("documentVersionUpdate", &other, r#", input: { code: "XO-2" }"#);
        assert_eq!(refused(service, LEADER, &call, "documentVersion").await, taken);
        approved(service, &asked, "2026-08-01").await;
        let call = step("documentVersionUpdate", &other, r#", input: { code: "XO-1" }"#);
        assert_eq!(
            refused(service, LEADER, &call, "documentVersion").await,
            taken,
            "until 1 August it is the first one's"
        );
        assert_eq!(refused(service, LEADER, &making(&process, "XO-1"), "documentVersion").await, taken);
    });
}

#[test]
fn a_code_is_free_once_nobody_has_it_and_not_for_the_days_before() {
    demonstration::on_each(async |service| {
        let process = late(service, &made(service, "MACROPROCESS", "XP", None).await, "2026-06-28").await;
        let first = late(service, &drafted(service, &process, "XP-1").await, "2026-06-28").await;
        let renamed = done(service, LEADER, &renaming(&first, r#", code: "XP-2""#), "documentVersion").await;
        approved(service, &renamed, "2026-06-30").await;
        let heir = drafted(service, &process, "XP-1").await;
        let submitted = done(service, LEADER, &step("documentVersionSubmit", &heir, ""), "documentVersion").await;
        let early = r#", validFrom: "2026-06-29", reason: "Se registró tarde""#;
        let early = step("documentVersionApprove", &submitted, early);
        assert_eq!(refused(service, MANAGEMENT, &early, "documentVersion").await, told("DUPLICATE", "validFrom"));
        let approve = step("documentVersionApprove", &submitted, r#", validFrom: "2026-06-30""#);
        done(service, MANAGEMENT, &approve, "documentVersion").await;
        assert_eq!(called(service, &first, "2026-06-29").await.0, "XP-1");
        assert_eq!(called(service, &heir, "2026-06-30").await.0, "XP-1");
        assert_eq!(called(service, &first, "2026-06-30").await.0, "XP-2");
    });
}
