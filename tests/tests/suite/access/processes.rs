//! Roles limited to processes, and what a limit to a unit reaches in the process map.

use articula_tests::{
    demonstration::{self, LEADER, MANAGEMENT},
    service::Service,
};
use serde_json::{Value, json};

use super::{ADMIN, NONE, OTHER_ADMIN, codes, member, secretariat};

/// Who is given limited roles here.
const HEAD: &str = "jefe.dependencia@funza";
const SHOWN: &str = "id version process { id code }";

async fn made(service: &Service, level: &str, code: &str, above: Option<&Value>) -> Value {
    let (funza, leader) = (secretariat(service, "25286").await, service.user(LEADER));
    let above = above.map_or_else(String::new, |above| format!(", parent: {}", above["process"]["id"]));
    let call = format!(
        r#"processCreate(organization: {funza}, input: {{ level: {level}, kind: CORE, code: "{code}", name: "Proceso {code}",
           objective: "Servir", activities: [{{ phase: DO, description: "Hacer" }}] {above} }})"#
    );
    let draft = leader.act(&call, "processVersion", SHOWN, NONE).await;
    let submit = format!("processVersionSubmit(id: {}, expectedVersion: {})", draft["id"], draft["version"]);
    let submitted = leader.act(&submit, "processVersion", SHOWN, NONE).await;
    let approve = format!(
        "processVersionApprove(id: {}, expectedVersion: {}, validFrom: \"2026-06-30\")",
        submitted["id"], submitted["version"]
    );
    service.user(MANAGEMENT).act(&approve, "processVersion", SHOWN, NONE).await
}

fn giving(member: &Value, role: &str, more: &str) -> String {
    format!("accessGrantCreate(member: {}, input: {{ role: {role}, {more} }})", member["id"])
}

fn version(process: &Value) -> String {
    format!("processVersionCreate(process: {}, input: {{ changeReason: \"Mejora\" }})", process["process"]["id"])
}

fn document(process: &Value, code: &str) -> String {
    format!(
        r#"controlledDocumentCreate(process: {}, input: {{ kind: FORMAT, code: "{code}", name: "Formato" }})"#,
        process["process"]["id"]
    )
}

/// Does somebody read what is not published of this process?
async fn reads(service: &Service, who: &str, draft: &Value) -> bool {
    let query = format!("{{ node(id: {}) {{ id }} }}", draft["id"]);
    service.user(who).ask(&query, json!({})).await.codes().is_empty()
}

#[test]
fn a_role_limited_to_processes_reaches_them_and_what_stands_under_them() {
    demonstration::on_each(async |service| {
        let top = made(service, "MACROPROCESS", "AA", None).await;
        let (one, other) =
            (made(service, "PROCESS", "AA1", Some(&top)).await, made(service, "PROCESS", "AA2", Some(&top)).await);
        let under = made(service, "PROCEDURE", "AA1P", Some(&one)).await;
        let leader = service.user(LEADER);
        let (mine, theirs) = (
            leader.act(&version(&under), "processVersion", SHOWN, NONE).await,
            leader.act(&version(&other), "processVersion", SHOWN, NONE).await,
        );
        assert!(!reads(service, HEAD, &mine).await && !reads(service, HEAD, &theirs).await);
        let limit = format!("scopeProcesses: [{}]", one["process"]["id"]);
        let call = giving(&member(service, HEAD).await, "QUALITY_LEADER", &limit);
        let shown = "id scopeUnit { id } scopeProcesses { code }";
        let given = service.user(ADMIN).act(&call, "accessGrant", shown, NONE).await;
        assert_eq!(given["scopeProcesses"], json!([{ "code": "AA1" }]));
        assert!(reads(service, HEAD, &mine).await && !reads(service, HEAD, &theirs).await);
        let viewer = service.user(HEAD).data("{ viewer { grants { role scopeProcesses { code } } } }", json!({})).await;
        let grants = viewer["viewer"]["grants"].as_array().expect("grants").clone();
        assert!(
            grants.contains(&json!({ "role": "QUALITY_LEADER", "scopeProcesses": [{ "code": "AA1" }] })),
            "{viewer}"
        );

        let head = service.user(HEAD);
        let drafted = head.act(&version(&one), "processVersion", SHOWN, NONE).await;
        let edit = |version: &Value| {
            format!(
                "processVersionUpdate(id: {}, expectedVersion: {}, input: {{ scope: \"Todo\" }})",
                version["id"], version["version"]
            )
        };
        head.act(&edit(&drafted), "processVersion", SHOWN, NONE).await;
        assert_eq!(codes(&head, &version(&other), "processVersion").await, ["OUT_OF_SCOPE"]);
        assert_eq!(
            codes(&head, &edit(&theirs), "processVersion").await,
            ["NOT_FOUND"],
            "a draft of others is not there"
        );
        assert_eq!(codes(&head, &document(&other, "AA2.F"), "documentVersion").await, ["OUT_OF_SCOPE"]);
        // Documents belong to their process, and so do their versions; `can` says what the acts do.
        let own = head.act(&document(&under, "AA1P.F"), "documentVersion", "id version", NONE).await;
        let file = format!(
            "documentVersionUpdate(id: {}, expectedVersion: {}, input: {{ file: {{ filingNumber: \"1\" }} }})",
            own["id"], own["version"]
        );
        let own = head.act(&file, "documentVersion", "id version", NONE).await;
        let can = format!(
            "{{ node(id: {}) {{ ... on DocumentVersion {{ can(action: DOCUMENT_VERSION_SUBMIT) {{ allowed }} \
             availableTransitions {{ act allowed }} }} }} }}",
            own["id"]
        );
        let can = head.data(&can, json!({})).await["node"].clone();
        assert_eq!(can["can"]["allowed"], true);
        assert_eq!(can["availableTransitions"], json!([{ "act": "documentVersionSubmit", "allowed": true }]));
        let foreign = service.user(LEADER).act(&document(&other, "AA2.F"), "documentVersion", "id version", NONE).await;
        assert!(!reads(service, HEAD, &foreign).await);
        // A new process stands in nobody's scope yet.
        let funza = secretariat(service, "25286").await;
        let call = format!(
            r#"processCreate(organization: {funza}, input: {{ level: MACROPROCESS, kind: CORE, code: "BB", name: "B" }})"#
        );
        assert_eq!(codes(&head, &call, "processVersion").await, ["OUT_OF_SCOPE"]);
    });
}

#[test]
fn a_role_limited_to_a_unit_reaches_what_it_leads_today() {
    demonstration::on_each(async |service| {
        let top = made(service, "MACROPROCESS", "AA", None).await;
        let led = made(service, "PROCESS", "AA1", Some(&top)).await;
        let draft = service.user(LEADER).act(&version(&led), "processVersion", SHOWN, NONE).await;
        let unit = r#"{ organization(by: { territorialEntity: { divipola: "25286" } }) {
            structure { tree { name depth unit { id } } } } }"#;
        let tree = service.user(LEADER).data(unit, json!({})).await["organization"]["structure"]["tree"].clone();
        let unit = tree.as_array().expect("a tree").iter().find(|unit| unit["depth"] == 1).expect("a unit").clone();
        let name = unit["name"].as_str().expect("a name");
        service
            .fresh
            .run(&format!(
                "INSERT INTO process_responsibility (id, organization_id, process_id, org_unit_id, role, valid_from, valid_to, \
                 row_version) SELECT p.id, p.organization_id, p.id, (SELECT c.org_unit_id FROM unit_version c \
                 WHERE c.organization_id = p.organization_id AND c.name = '{name}' AND c.valid_to IS NULL \
                 AND c.valid_from IS NOT NULL LIMIT 1), 1, '2026-07-01', '2026-08-01', 1 FROM process p WHERE p.code = 'AA'"
            ))
            .await;
        let limit = format!("scopeUnit: {}", unit["unit"]["id"]);
        let call = giving(&member(service, HEAD).await, "PROCESS_OWNER", &limit);
        service.user(ADMIN).act(&call, "accessGrant", "id", NONE).await;
        for (day, expected) in
            [("2026-06-30", false), ("2026-07-01", true), ("2026-07-31", true), ("2026-08-01", false)]
        {
            service.turn_to(day);
            assert_eq!(reads(service, HEAD, &draft).await, expected, "{day}");
        }
    });
}

#[test]
fn each_refusal_of_limits_to_processes() {
    demonstration::on_each(async |service| {
        let top = made(service, "MACROPROCESS", "AA", None).await;
        let funza = secretariat(service, "25286").await;
        let hidden = format!(
            r#"processCreate(organization: {funza}, input: {{ level: MACROPROCESS, kind: CORE, code: "BB", name: "B" }})"#
        );
        let hidden = service.user(LEADER).act(&hidden, "processVersion", SHOWN, NONE).await;
        let unit = service.user(ADMIN).data("{ orgUnits(first: 1) { nodes { id } } }", json!({})).await;
        let (unit, head) = (&unit["orgUnits"]["nodes"][0]["id"], member(service, HEAD).await);
        let admin = service.user(ADMIN);
        let (process, draft) = (&top["process"]["id"], &hidden["process"]["id"]);
        let many = vec![process.to_string(); 51].join(" ");
        for (role, more, expected) in [
            ("AUDITOR", format!("scopeUnit: {unit}, scopeProcesses: [{process}]"), "INVALID_ARGUMENT"),
            ("AUDITOR", "scopeProcesses: []".to_owned(), "INVALID_ARGUMENT"),
            ("AUDITOR", format!("scopeProcesses: [{many}]"), "TOO_LONG"),
            ("AUDITOR", format!("scopeProcesses: [{unit}]"), "NOT_FOUND"),
            ("AUDITOR", format!("scopeProcesses: [{draft}]"), "NOT_FOUND"),
            ("ORGANIZATION_ADMIN", format!("scopeProcesses: [{process}]"), "ROLE_TAKES_NO_SCOPE"),
        ] {
            let call = giving(&head, role, &more);
            assert_eq!(codes(&admin, &call, "accessGrant").await, [expected], "{call}");
        }
        let call = giving(&head, "AUDITOR", &format!("scopeProcesses: [{process}]"));
        admin.act(&call, "accessGrant", "id", NONE).await;
        assert_eq!(codes(&admin, &call, "accessGrant").await, ["DUPLICATE"]);
        let foreign = member(service, "lider.calidad@medellin").await;
        let elsewhere = giving(&foreign, "AUDITOR", &format!("scopeProcesses: [{process}]"));
        assert_eq!(codes(&service.user(OTHER_ADMIN), &elsewhere, "accessGrant").await, ["NOT_FOUND"]);
    });
}
