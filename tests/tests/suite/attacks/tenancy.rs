//! Another organization's rows do not exist: whatever is asked about one of them is answered byte for byte as for an id
//! that was never given.

use articula::{
    catalogue::ENTITIES,
    graph::{Declaration, declaration::Owner, names},
    reader::sql::Dialect,
};
use articula_tests::{
    database::Fresh,
    demonstration::{self, LEADER, MANAGEMENT, MEMBER, MONITOR, OTHER_LEADER},
    service::{Answer, Service, User},
};
use entity::OpaqueId;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Connection as _};
use uuid::Uuid;

const SECRETARIAT: &str = "SELECT id FROM organization WHERE name = 'Secretaría de Educación de ";

/// The keys that a statement selects.
pub async fn keys(fresh: &Fresh, statement: &str) -> Vec<Uuid> {
    let statement = AssertSqlSafe(statement.to_owned());
    match fresh.dialect {
        Dialect::Sqlite => {
            let mut connection = sqlx::SqliteConnection::connect(&fresh.url).await.expect("the file opens");
            sqlx::query_scalar(statement).fetch_all(&mut connection).await.expect("keys")
        }
        Dialect::Postgres => {
            let mut connection = sqlx::PgConnection::connect(&fresh.url).await.expect("the server answers");
            sqlx::query_scalar(statement).fetch_all(&mut connection).await.expect("keys")
        }
    }
}

/// Every kind of row that an organization owns.
fn owned() -> impl Iterator<Item = (&'static Declaration, u8)> {
    let owned = ENTITIES.iter().filter(|declaration| declaration.visibility.owner != Owner::Nation);
    owned.filter_map(|declaration| Some((*declaration, declaration.kind? as u8)))
}

/// A few rows of each kind that Medellín's secretariat owns; for accounts, those that it gave a right.
async fn of_medellin(fresh: &Fresh, declaration: &Declaration) -> Vec<Uuid> {
    let table = declaration.table;
    let organization = format!("({SECRETARIAT}Medellín')");
    let condition = match declaration.visibility.owner {
        Owner::Nation => return Vec::new(),
        Owner::Column(column) => format!("{column} = {organization}"),
        Owner::Through { table, key } => {
            format!("id IN (SELECT {key} FROM {table} WHERE organization_id = {organization})")
        }
    };
    keys(fresh, &format!("SELECT id FROM {table} WHERE {condition} ORDER BY id LIMIT 3")).await
}

fn opaque(number: u8, uuid: Uuid) -> Value {
    OpaqueId { number, uuid }.to_string().into()
}

/// Asks the same about both ids, and finds the answers equal and without data.
async fn told_apart(user: &User<'_>, query: &str, foreign: &Value, nothing: &Value, rest: &Value) -> Option<String> {
    let ask = async |id: &Value| {
        let mut variables = rest.clone();
        variables["id"] = id.clone();
        user.ask(query, variables).await
    };
    let (one, other) = (ask(foreign).await, ask(nothing).await);
    // An answer may repeat the id that was sent: it tells nothing.
    let without = |answer: &Answer, id: &Value| answer.anonymous().replace(id.as_str().unwrap_or_default(), "…");
    let same = one.status == other.status && without(&one, foreign) == without(&other, nothing);
    let valid = !one.text.contains("DOCUMENT_INVALID") && !one.text.contains("\"INTERNAL\"");
    (!same || !valid).then(|| format!("{query}\n  {}\n  {}", one.text, other.text))
}

/// Every way to look for one row or to count it.
fn readings(declaration: &Declaration) -> Vec<String> {
    let Declaration { name, singular, plural, .. } = declaration;
    let mut queries = vec![
        format!("query($id: ID!) {{ node(id: $id) {{ __typename id ... on {name} {{ id }} }} }}"),
        "query($id: ID!) { nodes(ids: [$id, $id]) { id } }".to_owned(),
        "query($id: ID!) { node(id: $id, asOf: \"2020-01-01\") { id } }".to_owned(),
    ];
    if !singular.is_empty() && name != &"Coverage" {
        queries.push(format!("query($id: ID!) {{ {singular}(id: $id) {{ id }} }}"));
    }
    if !plural.is_empty() {
        queries.push(format!(
            "query($id: ID!) {{ {plural}(first: 5, where: {{ id: {{ eq: $id }} }}) {{ totalCount nodes {{ id }} }} }}"
        ));
        queries.push(format!("query($id: ID!) {{ {plural}(last: 5, where: {{ id: {{ in: [$id] }} }}) {{ pageInfo {{ hasPreviousPage }} edges {{ cursor }} }} }}"));
        queries.push(format!(
            "query($id: ID!) {{ {plural}(first: 1, where: {{ not: {{ id: {{ ne: $id }} }} }}) {{ totalCount }} }}"
        ));
    }
    queries
}

#[test]
fn rows_of_another_secretariat_are_rows_that_do_not_exist() {
    demonstration::on_each(async |service| {
        let mut faults = Vec::new();
        for (declaration, number) in owned() {
            let rows = of_medellin(&service.fresh, declaration).await;
            assert!(
                !rows.is_empty()
                    || ["TemporaryTakeover", "ApiKey", "PersonalDataRead", "CodePattern"].contains(&declaration.name),
                "Medellín has no {}",
                declaration.name
            );
            for subject in [LEADER, MANAGEMENT, MEMBER, "admin@funza", "control.interno@funza", "analista@esap"] {
                let user = service.user(subject);
                for row in &rows {
                    let (foreign, nothing) = (opaque(number, *row), opaque(number, Uuid::now_v7()));
                    for query in readings(declaration) {
                        let fault = told_apart(&user, &query, &foreign, &nothing, &json!({})).await;
                        faults.extend(fault.map(|fault| format!("{subject}: {fault}")));
                    }
                }
            }
        }
        assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults[..faults.len().min(5)].join("\n"));
    });
}

/// The organization's own ids that acts need beside the foreign one.
async fn own(service: &Service) -> Value {
    let leader = service.user(LEADER);
    let query = r#"{ organization(by: { territorialEntity: { divipola: "25286" } }) { id
        members(first: 1, where: { account: { subject: { eq: "jefe.dependencia@funza" } } }) { nodes { id version } }
        jobs(first: 1) { nodes { id } } persons(first: 1) { nodes { id } } posts(first: 1) { nodes { id unit { id } } }
        legalActs(first: 1) { nodes { id } } structureVersions(first: 1, where: { state: { eq: DRAFT } }) { nodes { id version } } } }"#;
    let organization = &leader.data(query, json!({})).await["organization"];
    let first = |list: &str| organization[list]["nodes"][0]["id"].clone();
    json!({
        "o": organization["id"], "job": first("jobs"), "person": first("persons"), "post": first("posts"),
        "unit": organization["posts"]["nodes"][0]["unit"]["id"], "legal": first("legalActs"),
        "member": first("members"), "MEMBER": organization["members"]["nodes"][0]["version"],
        "draft": first("structureVersions"), "DRAFT": organization["structureVersions"]["nodes"][0]["version"],
    })
}

/// Acts with somebody else's id in each place where one can stand: the kind of the id, and the call.
const ACTS: &[(&str, &str)] = &[
    ("LegalAct", "legalActUpdate(id: $id, expectedVersion: 1, input: { subject: \"x\" })"),
    ("LegalAct", "legalActDelete(id: $id, expectedVersion: 1)"),
    (
        "Organization",
        "legalActCreate(organization: $id, input: { kind: DECREE, number: \"1\", issuer: \"x\", date: \"2026-01-01\", subject: \"x\" })",
    ),
    ("Organization", "organizationUpdate(id: $id, expectedVersion: 1, input: { name: \"x\" })"),
    ("Organization", "jobCreate(organization: $id, input: { denomination: { code: \"219\" }, grade: \"99\" })"),
    ("Organization", "personCreate(organization: $id, input: { name: \"x\" })"),
    ("Organization", "postCreate(organization: $id, input: { job: $job, unit: $unit, validFrom: \"2027-01-01\" })"),
    ("Job", "jobUpdate(id: $id, expectedVersion: 1, input: { grade: \"98\" })"),
    ("Job", "jobDelete(id: $id, expectedVersion: 1)"),
    (
        "Job",
        "postCreate(organization: $o, input: { job: $id, unit: $unit, legalAct: $legal, validFrom: \"2027-01-01\" })",
    ),
    (
        "OrgUnit",
        "postCreate(organization: $o, input: { job: $job, unit: $id, legalAct: $legal, validFrom: \"2027-01-01\" })",
    ),
    (
        "LegalAct",
        "postCreate(organization: $o, input: { job: $job, unit: $unit, legalAct: $id, validFrom: \"2027-01-01\" })",
    ),
    (
        "Post",
        "postCreate(organization: $o, input: { job: $job, unit: $unit, legalAct: $legal, replaces: $id, validFrom: \"2027-01-01\" })",
    ),
    ("StructureVersion", "postCreate(organization: $o, input: { job: $job, unit: $unit, structureVersion: $id })"),
    ("Post", "postUpdate(id: $id, expectedVersion: 1, input: { legalAct: $legal })"),
    ("Post", "postEnd(id: $id, expectedVersion: 1, validTo: \"2027-01-01\")"),
    ("Person", "personUpdate(id: $id, expectedVersion: 1, input: { name: \"x\" })"),
    ("Person", "personIdentify(id: $id, expectedVersion: 1, input: { email: \"x@example.org\" })"),
    (
        "Post",
        "postHoldingCreate(input: { post: $id, person: $person, appointment: ACTING, validFrom: \"2027-01-01\" })",
    ),
    (
        "Person",
        "postHoldingCreate(input: { post: $post, person: $id, appointment: ACTING, validFrom: \"2027-01-01\" })",
    ),
    (
        "LegalAct",
        "postHoldingCreate(input: { post: $post, person: $person, legalAct: $id, appointment: ACTING, validFrom: \"2027-01-01\" })",
    ),
    ("PostHolding", "postHoldingEnd(id: $id, expectedVersion: 1, validTo: \"2027-01-01\")"),
    ("WorkGroup", "workGroupUpdate(id: $id, expectedVersion: 1, input: { name: \"x\" })"),
    ("WorkGroup", "workGroupEnd(id: $id, expectedVersion: 1, validTo: \"2027-01-01\")"),
    (
        "OrgUnit",
        "workGroupCreate(organization: $o, input: { unit: $id, legalAct: $legal, name: \"x\", validFrom: \"2027-01-01\" })",
    ),
    (
        "LegalAct",
        "workGroupCreate(organization: $o, input: { unit: $unit, legalAct: $id, name: \"x\", validFrom: \"2027-01-01\" })",
    ),
    (
        "LegalAct",
        "jobCreate(organization: $o, input: { denomination: { code: \"219\" }, grade: \"97\", legalAct: $id })",
    ),
    ("Organization", "structureVersionCreate(organization: $id, input: { note: \"x\" })"),
    ("StructureVersion", "structureVersionCreate(organization: $o, input: { baseVersion: $id })"),
    ("LegalAct", "structureVersionCreate(organization: $o, input: { legalAct: $id })"),
    (
        "Job",
        "structureVersionCreate(organization: $o, input: { units: [{ code: \"1\", name: \"x\", kind: DESPACHO, posts: [{ job: $id }] }] })",
    ),
    ("StructureVersion", "structureVersionUpdate(id: $id, expectedVersion: 1, input: { note: \"x\" })"),
    ("StructureVersion", "structureVersionDelete(id: $id, expectedVersion: 1)"),
    ("StructureVersion", "structureVersionSubmit(id: $id, expectedVersion: 1)"),
    ("StructureVersion", "structureVersionReturn(id: $id, expectedVersion: 1, reason: \"x\")"),
    ("StructureVersion", "structureVersionApprove(id: $id, expectedVersion: 1)"),
    (
        "StructureVersion",
        "structureVersionPutInForce(id: $id, expectedVersion: 1, validFrom: \"2027-01-01\", legalAct: $legal)",
    ),
    ("StructureVersion", "structureVersionRepeal(id: $id, expectedVersion: 1, validTo: \"2027-01-01\", reason: \"x\")"),
    ("StructureVersion", "structureVersionAnnul(id: $id, expectedVersion: 1, from: \"2027-01-01\", reason: \"x\")"),
    ("StructureVersion", "structureVersionRenameUnit(id: $id, expectedVersion: 1, unit: $unit, name: \"x\")"),
    ("LegalAct", "structureVersionUpdate(id: $draft, expectedVersion: DRAFT, input: { legalAct: $id })"),
    (
        "OrgUnit",
        "structureVersionAddUnit(id: $draft, expectedVersion: DRAFT, unit: { code: \"X\", name: \"x\", kind: AREA, parent: $id })",
    ),
    ("OrgUnit", "structureVersionEditUnit(id: $draft, expectedVersion: DRAFT, unit: $id, input: { position: 1 })"),
    ("OrgUnit", "structureVersionRenameUnit(id: $draft, expectedVersion: DRAFT, unit: $id, name: \"x\")"),
    ("OrgUnit", "structureVersionMoveUnit(id: $draft, expectedVersion: DRAFT, unit: $id, parent: $unit)"),
    ("OrgUnit", "structureVersionMoveUnit(id: $draft, expectedVersion: DRAFT, unit: $unit, parent: $id)"),
    ("OrgUnit", "structureVersionSuppressUnit(id: $draft, expectedVersion: DRAFT, unit: $id)"),
    (
        "OrgUnit",
        "structureVersionSuppressUnit(id: $draft, expectedVersion: DRAFT, unit: $unit, transfers: [{ from: $unit, to: $id }])",
    ),
    (
        "OrgUnit",
        "structureVersionMergeUnits(id: $draft, expectedVersion: DRAFT, predecessors: [$unit, $id], successor: { unit: $unit })",
    ),
    ("Organization", "memberInvite(organization: $id, input: { issuer: \"i\", subject: \"s\", name: \"x\" })"),
    ("Person", "memberInvite(organization: $o, input: { issuer: \"i\", subject: \"s\", name: \"x\", person: $id })"),
    ("Member", "memberSuspend(id: $id, expectedVersion: 1, reason: \"x\")"),
    ("Member", "memberReinstate(id: $id, expectedVersion: 1, reason: \"x\")"),
    ("Member", "memberTie(id: $id, expectedVersion: 1, person: $person)"),
    ("Person", "memberTie(id: $member, expectedVersion: MEMBER, person: $id)"),
    ("Member", "memberUntie(id: $id, expectedVersion: 1)"),
    ("Member", "accessGrantCreate(member: $id, input: { role: AUDITOR })"),
    ("OrgUnit", "accessGrantCreate(member: $member, input: { role: AUDITOR, scopeUnit: $id })"),
    ("AccessGrant", "accessGrantEnd(id: $id, expectedVersion: 1)"),
    (
        "Organization",
        "organizationAppoint(organization: $id, input: { role: AUDITOR, issuer: \"i\", subject: \"s\", name: \"x\" })",
    ),
    (
        "Organization",
        "apiKeyCreate(organization: $id, input: { name: \"x\", scopes: [\"structure:read\"], validTo: \"2026-12-31\" })",
    ),
];

#[test]
fn acts_with_somebody_elses_ids_are_answered_as_with_ids_of_nothing() {
    demonstration::on_each(async |service| {
        let rest = own(service).await;
        let mut faults = Vec::new();
        for (kind, call) in ACTS {
            let (declaration, number) = owned().find(|(declaration, _)| declaration.name == *kind).expect("a kind");
            let rows = of_medellin(&service.fresh, declaration).await;
            let call = call.replace("DRAFT", &rest["DRAFT"].to_string()).replace("MEMBER", &rest["MEMBER"].to_string());
            let used = ["o", "job", "unit", "legal", "person", "post", "draft", "member"].iter();
            let used = used.filter(|name| call.contains(&format!("${name}")));
            let declared: String = used.clone().map(|name| format!(", ${name}: ID!")).collect();
            let mut given = json!({});
            used.for_each(|name| given[*name] = rest[*name].clone());
            let query =
                format!("mutation($id: ID!{declared}) {{ act: {call} {{ errors {{ code path message params }} }} }}");
            let (foreign, nothing) = (opaque(number, rows[0]), opaque(number, Uuid::now_v7()));
            for subject in [LEADER, MANAGEMENT, MEMBER, "admin@funza"] {
                let user = service.user(subject);
                let fault = told_apart(&user, &query, &foreign, &nothing, &given).await;
                faults.extend(fault.map(|fault| format!("{subject}: {fault}")));
            }
            // Refused, and for being nothing rather than for another fault of the call.
            let mut variables = given.clone();
            variables["id"] = foreign;
            let answer = service.user(LEADER).ask(&query, variables).await;
            let nothing =
                ["NOT_FOUND", "FORBIDDEN", "PARENT_NOT_IN_VERSION", "UNIT_NOT_IN_BASE", "SUCCESSOR_NOT_IN_VERSION"];
            if !nothing.iter().any(|code| answer.text.contains(code)) {
                faults.push(format!("not refused as nothing: {call}: {}", answer.text));
            }
        }
        assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults[..faults.len().min(5)].join("\n"));
    });
}

#[test]
fn no_list_count_or_group_tells_of_another_secretariat() {
    demonstration::on_each(async |service| {
        let leader = service.user(LEADER);
        for (declaration, _) in owned() {
            if declaration.plural.is_empty() || declaration.visibility.owner != Owner::Column("organization_id") {
                continue;
            }
            let plural = declaration.plural;
            let answer = leader
                .ask(&format!("{{ {plural}(first: 100) {{ nodes {{ organization {{ name }} }} }} }}"), json!({}))
                .await;
            if answer.codes() == ["FORBIDDEN"] {
                continue;
            }
            for node in answer.body["data"][plural]["nodes"].as_array().expect("nodes") {
                assert_eq!(node["organization"]["name"], "Secretaría de Educación de Funza", "{plural}");
            }
            let oracle = r#"{ organization: { name: { contains: "medellin" } } }"#;
            let counted =
                leader.ask(&format!("{{ {plural}(first: 1, where: {oracle}) {{ totalCount }} }}"), json!({})).await;
            assert_eq!(counted.body["data"][plural]["totalCount"], 0, "{plural}: {}", counted.text);
            let groups = names::groups(declaration);
            let words = format!("{{ __type(name: \"{}GroupField\") {{ enumValues {{ name }} }} }}", declaration.name);
            let words = leader.data(&words, json!({})).await["__type"]["enumValues"].clone();
            for word in words.as_array().into_iter().flatten().filter_map(|word| word["name"].as_str()) {
                let grouped = leader
                    .ask(&format!("{{ {groups}(by: [{word}], where: {oracle}) {{ nodes {{ count }} }} }}"), json!({}))
                    .await;
                assert_eq!(grouped.body["data"][&groups]["nodes"], json!([]), "{groups} by {word}: {}", grouped.text);
                let named = leader
                    .ask(&format!("{{ {groups}(by: [{word}]) {{ nodes {{ key {{ value }} }} }} }}"), json!({}))
                    .await;
                assert!(!named.text.contains("Medell"), "{groups} by {word}: {}", named.text);
            }
        }
        // National rows are a way around only if the edge from them forgets whose the far rows are.
        for condition in [
            r#"{ organization: { name: { contains: "medellin" } } }"#,
            r#"{ divipola: { eq: "05001" }, organization: { structureVersions: { some: {} } } }"#,
        ] {
            let counted = leader
                .ask(&format!("{{ territorialEntities(first: 1, where: {condition}) {{ totalCount }} }}"), json!({}))
                .await;
            assert_eq!(counted.body["data"]["territorialEntities"]["totalCount"], 0, "{condition}: {}", counted.text);
        }
        let around = r#"{ territorialEntity(by: { divipola: "05001" }) { name organization { id } }
            organization(by: { territorialEntity: { divipola: "05001" } }) { id } }"#;
        let answer = leader.ask(around, json!({})).await;
        assert_eq!(answer.body["data"]["territorialEntity"]["organization"], Value::Null, "{}", answer.text);
        assert_eq!(answer.body["data"]["organization"], Value::Null, "{}", answer.text);
    });
}

#[test]
fn what_the_ministry_counts_is_more_than_what_a_secretariat_counts() {
    // Proof that the test before has something to miss.
    demonstration::on_each(async |service| {
        let count =
            r#"{ legalActs(first: 1, where: { organization: { name: { contains: "medellin" } } }) { totalCount } }"#;
        let counted = service.user(MONITOR).data(count, json!({})).await;
        assert!(counted["legalActs"]["totalCount"].as_i64() > Some(0), "{counted}");
    });
}

#[test]
fn cursors_of_others_and_of_other_lists_open_nothing() {
    demonstration::on_each(async |service| {
        let cursor = async |subject: &str, list: &str| {
            let query = format!("{{ list: {list} {{ edges {{ cursor }} }} }}");
            service.user(subject).data(&query, json!({})).await["list"]["edges"][0]["cursor"].clone()
        };
        let leader = service.user(LEADER);
        let query = "query($after: String) { legalActs(first: 100, after: $after, orderBy: [{ field: DATE }]) { nodes { organization { name } } } }";
        let honest = cursor(LEADER, "legalActs(first: 1, orderBy: [{ field: DATE }])").await;
        leader.data(query, json!({ "after": honest })).await;
        for (subject, list) in [
            (LEADER, "legalActs(first: 1, orderBy: [{ field: NUMBER }])"),
            (LEADER, "legalActs(first: 1, orderBy: [{ field: DATE, direction: DESC }])"),
            (LEADER, "persons(first: 1)"),
            (MONITOR, "organizations(first: 1)"),
        ] {
            let answer = leader.ask(query, json!({ "after": cursor(subject, list).await })).await;
            assert_eq!(answer.codes(), ["CURSOR_INVALID"], "{list}: {}", answer.text);
        }
        // One from the same list of somebody else says where to begin, never what may be read.
        for subject in [OTHER_LEADER, MONITOR] {
            let stolen = cursor(subject, "legalActs(first: 1, orderBy: [{ field: DATE }])").await;
            let answer = leader.ask(query, json!({ "after": stolen })).await;
            let nodes = answer.body["data"]["legalActs"]["nodes"].as_array().cloned().unwrap_or_default();
            assert!(answer.codes() == ["CURSOR_INVALID"] || answer.codes().is_empty(), "{}", answer.text);
            assert!(
                nodes.iter().all(|node| node["organization"]["name"] == "Secretaría de Educación de Funza"),
                "{}",
                answer.text
            );
        }
        let honest = honest.as_str().expect("a cursor");
        let spoiled = format!("{}{}", &honest[..honest.len() - 2], if honest.ends_with("AA") { "BB" } else { "AA" });
        for forged in ["", "AAAA", "x", &spoiled, &format!("{honest}A")] {
            let answer = leader.ask(query, json!({ "after": forged })).await;
            assert_eq!(answer.codes(), ["CURSOR_INVALID"], "{forged}: {}", answer.text);
        }
    });
}
