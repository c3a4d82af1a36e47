//! S14, as far as its entities exist: which policies, units and documents do the processes under C reach?

use articula::reader::sql::Dialect;
use articula_tests::{
    demonstration::{self, LEADER, MONITOR, OTHER_LEADER},
    service::Service,
};
use entity::{Kind, OpaqueId};
use serde_json::{Value, json};
use uuid::Uuid;

const REACH: &str = "query($id: ID!, $to: [TraceKind!], $day: Date, $via: [TraceEdge!], $direction: TraceDirection) {
    trace(id: $id, to: $to, asOf: $day, via: $via, direction: $direction) {
        count truncated
        hits {
            depth
            node { __typename ... on Process { name } ... on OrgUnit { name } ... on ControlledDocument { name } ... on Requirement { slug } }
            path { edge direction through node { id } }
        }
    }
}";

/// Rows laid out by SQL, because no act makes all of these yet.
struct Rows<'a> {
    service: &'a Service,
    script: String,
}

impl<'a> Rows<'a> {
    fn new(service: &'a Service) -> Self {
        Self { service, script: String::new() }
    }

    fn key(&self, key: Uuid) -> String {
        match self.service.fresh.dialect {
            Dialect::Sqlite => format!("X'{}'", key.simple()),
            Dialect::Postgres => format!("'{key}'"),
        }
    }

    fn add(&mut self, table: &str, columns: &str, values: &str) {
        self.script.push_str(&format!("INSERT INTO {table} ({columns}) VALUES ({values});\n"));
    }

    /// A process in force since 2020, under another one.
    fn process(&mut self, number: u128, organization: Uuid, name: &str, parent: Option<Uuid>) -> Uuid {
        let (id, version) = (Uuid::from_u128(0xc000 + number), Uuid::from_u128(0xcc00 + number));
        let (key, owner) = (self.key(id), self.key(organization));
        let fold = name.to_lowercase();
        let columns = "id, organization_id, level, code, name, name_key, published, row_version";
        self.add("process", columns, &format!("{key}, {owner}, 1, '{name}', '{name}', '{fold}', TRUE, 1"));
        let parent = parent.map_or("NULL".to_owned(), |parent| self.key(parent));
        let version = self.key(version);
        self.add(
            "process_version",
            "id, organization_id, process_id, number, stage, code, name, name_key, kind, parent_process_id, policies, resources, valid_from, row_version",
            &format!("{version}, {owner}, {key}, 1, 3, '{name}', '{name}', '{fold}', 2, {parent}, '[]', '[]', '2020-01-01', 1"),
        );
        id
    }

    fn aligned(
        &mut self,
        number: u128,
        organization: Uuid,
        process: Uuid,
        requirement: Uuid,
        (from, to): (&str, Option<&str>),
    ) {
        let [id, owner, process, requirement] =
            [Uuid::from_u128(0xa000 + number), organization, process, requirement].map(|key| self.key(key));
        let to = to.map_or("NULL".to_owned(), |to| format!("'{to}'"));
        let columns = "id, organization_id, requirement_id, role, process_id, valid_from, valid_to, row_version";
        self.add("alignment", columns, &format!("{id}, {owner}, {requirement}, 2, {process}, '{from}', {to}, 1"));
    }

    fn led(&mut self, number: u128, organization: Uuid, process: Uuid, unit: Uuid) {
        let [id, owner, process, unit] =
            [Uuid::from_u128(0xb000 + number), organization, process, unit].map(|key| self.key(key));
        let columns = "id, organization_id, process_id, org_unit_id, role, valid_from, row_version";
        self.add("process_responsibility", columns, &format!("{id}, {owner}, {process}, {unit}, 1, '2020-01-01', 1"));
    }

    fn document(&mut self, number: u128, organization: Uuid, process: Uuid, name: &str) {
        let [id, owner, process] = [Uuid::from_u128(0xd000 + number), organization, process].map(|key| self.key(key));
        let columns = "id, organization_id, process_id, kind, code, name, name_key, published, row_version";
        self.add(
            "controlled_document",
            columns,
            &format!("{id}, {owner}, {process}, 1, '{name}', '{name}', '{name}', TRUE, 1"),
        );
    }

    async fn write(self) {
        self.service.fresh.run(&self.script).await;
    }
}

fn key(id: &Value) -> Uuid {
    OpaqueId::parse(id.as_str().unwrap_or_default()).expect("an id").uuid
}

fn process(uuid: Uuid) -> String {
    OpaqueId { number: Kind::Process as u8, uuid }.to_string()
}

/// An organization and the first unit of its structure.
async fn organization(service: &Service, subject: &str, divipola: &str) -> (Uuid, Uuid, String) {
    let query = format!(
        r#"{{ organization(by: {{ territorialEntity: {{ divipola: "{divipola}" }} }}) {{ id structure {{ tree {{ unit {{ id name }} }} }} }} }}"#
    );
    let found = service.user(subject).data(&query, json!({})).await["organization"].clone();
    let unit = &found["structure"]["tree"][0]["unit"];
    (key(&found["id"]), key(&unit["id"]), unit["name"].as_str().unwrap_or_default().to_owned())
}

/// Two policies of one edition.
async fn policies(service: &Service) -> [(Uuid, String); 2] {
    let query = r#"{ requirements(first: 2, where: { kind: { eq: POLICY } }, orderBy: [{ field: SLUG }]) { nodes { id slug } } }"#;
    let found = service.user(LEADER).data(query, json!({})).await["requirements"]["nodes"].clone();
    [0, 1].map(|number| (key(&found[number]["id"]), found[number]["slug"].as_str().unwrap_or_default().to_owned()))
}

/// Names of what was found with their distance, sorted.
fn names(trace: &Value) -> Vec<String> {
    let hits = trace["hits"].as_array().expect("hits").iter().map(|hit| {
        let node = &hit["node"];
        let name = node["name"].as_str().or(node["slug"].as_str()).unwrap_or_default();
        format!("{} {} {name}", hit["depth"], node["__typename"].as_str().unwrap_or_default())
    });
    let mut names: Vec<_> = hits.collect();
    names.sort();
    names
}

#[test]
fn what_the_processes_under_c_reach() {
    demonstration::on_each(async |service| {
        let (funza, unit, unit_name) = organization(service, LEADER, "25286").await;
        let (medellin, other_unit, _) = organization(service, OTHER_LEADER, "05001").await;
        let [(before, before_slug), (after, after_slug)] = policies(service).await;
        let mut rows = Rows::new(service);
        let c = rows.process(0, funza, "C", None);
        let first = rows.process(1, funza, "C01", Some(c));
        let second = rows.process(2, funza, "C02", Some(c));
        let elsewhere = rows.process(3, medellin, "C", None);
        rows.led(1, funza, first, unit);
        rows.led(3, medellin, elsewhere, other_unit);
        rows.document(1, funza, second, "Instructivo");
        // C02 contributes to one policy until the first of March, and to another from then on; so does Medellín.
        rows.aligned(1, funza, second, before, ("2024-01-01", Some("2026-03-01")));
        rows.aligned(2, funza, second, after, ("2026-03-01", None));
        rows.aligned(3, medellin, elsewhere, before, ("2020-01-01", None));
        rows.aligned(4, medellin, elsewhere, after, ("2020-01-01", None));
        rows.write().await;

        let leader = service.user(LEADER);
        let kinds = json!(["REQUIREMENT", "ORG_UNIT", "CONTROLLED_DOCUMENT"]);
        let via = json!(["PROCESS_PART_OF", "LEADS", "CONTRIBUTES_TO", "DOCUMENTS"]);
        let asked = |day: &str| json!({ "id": process(c), "to": kinds, "via": via, "day": day });
        for (day, policy) in [
            ("2025-06-30", &before_slug),
            ("2026-02-28", &before_slug),
            ("2026-03-01", &after_slug),
            ("2026-03-02", &after_slug),
        ] {
            let trace = leader.data(REACH, asked(day)).await["trace"].clone();
            let mut expected = vec![
                format!("2 ControlledDocument Instructivo"),
                format!("2 OrgUnit {unit_name}"),
                format!("2 Requirement {policy}"),
            ];
            expected.sort();
            // The unit leads on to what else the demonstration has of it.
            let near: Vec<_> = names(&trace).into_iter().filter(|name| name.starts_with("2 ")).collect();
            assert_eq!(near, expected, "{day}");
            assert_eq!(trace["truncated"], false);
        }
        // Before the map began nothing hangs under C.
        assert_eq!(leader.data(REACH, asked("2019-12-31")).await["trace"]["count"], 0);

        // Each hit with its path: down to C02, on to the policy by the alignment that says so.
        let to = json!(["REQUIREMENT"]);
        let found = leader.data(REACH, json!({ "id": process(c), "to": to, "via": via, "day": "2026-06-30" })).await;
        let path = &found["trace"]["hits"][0]["path"];
        assert_eq!(path[0]["edge"], "PROCESS_PART_OF");
        assert_eq!((&path[0]["direction"], &path[0]["node"]["id"]), (&json!("IN"), &json!(process(second))));
        let alignment = OpaqueId { number: Kind::Alignment as u8, uuid: Uuid::from_u128(0xa002) }.to_string();
        assert_eq!((&path[1]["edge"], &path[1]["through"]), (&json!("CONTRIBUTES_TO"), &json!(alignment)));

        // The same policy leads to the processes of whoever asks, and of every secretariat for the Ministry.
        let policy = OpaqueId { number: Kind::Requirement as u8, uuid: after }.to_string();
        let back = json!({ "id": policy, "to": ["PROCESS"], "via": ["CONTRIBUTES_TO"], "direction": "IN" });
        for (subject, expected) in [
            (LEADER, vec!["1 Process C02"]),
            (OTHER_LEADER, vec!["1 Process C"]),
            (MONITOR, vec!["1 Process C", "1 Process C02"]),
        ] {
            let trace = service.user(subject).data(REACH, back.clone()).await["trace"].clone();
            // Beside what the demonstration says of that policy.
            let near: Vec<_> = names(&trace)
                .into_iter()
                .filter(|name| ["1 Process C", "1 Process C02"].contains(&name.as_str()))
                .collect();
            assert_eq!(near, expected, "{subject}");
        }
        // What another secretariat has is not even there.
        let stranger = service.user(OTHER_LEADER).ask(REACH, json!({ "id": process(c) })).await;
        assert_eq!(stranger.body["errors"][0]["extensions"]["code"], "NOT_FOUND");
    });
}

/// Which findings touch C02, and which policies, units and plans do they reach?
#[test]
fn what_the_findings_of_c02_reach() {
    const FINDINGS: &str = r#"{ findings(first: 100) { nodes { id identifiedOn processes(first: 10) { nodes { code } }
        units(first: 10) { nodes { id } } plans(first: 10) { nodes { id } } requirements(first: 10) { nodes { id } } } } }"#;
    demonstration::on_each(async |service| {
        let query = r#"{ processes(first: 1, where: { code: { eq: "C02" } }) { nodes { id } } }"#;
        let leader = service.user(LEADER);
        let c02 = leader.data(query, json!({})).await["processes"]["nodes"][0]["id"].clone();
        let all = leader.data(FINDINGS, json!({})).await["findings"]["nodes"].clone();
        let touching: Vec<_> = all
            .as_array()
            .expect("findings")
            .iter()
            .filter(|row| row["processes"]["nodes"].as_array().expect("some").iter().any(|node| node["code"] == "C02"))
            .collect();
        let ids = |value: &Value| -> Vec<String> {
            let nodes = value["nodes"].as_array().expect("a list").iter();
            nodes.map(|node| node["id"].as_str().expect("an id").to_owned()).collect()
        };
        for day in ["2026-06-30", "2025-06-30", "2025-04-11", "2023-06-30"] {
            let found = async |to: Value, via: Value| {
                let asked = json!({ "id": c02, "to": to, "via": via, "day": day });
                let query = "query($id: ID!, $to: [TraceKind!], $via: [TraceEdge!], $day: Date) {
                    trace(id: $id, to: $to, via: $via, depth: 4, asOf: $day, first: 1000) { truncated hits { depth node { ...on Finding { id } ...on OrgUnit { id }
                    ...on ImprovementPlan { id } ...on Requirement { id } } } } }";
                let trace = leader.data(query, asked).await["trace"].clone();
                assert_eq!(trace["truncated"], false);
                let hits = trace["hits"].as_array().expect("hits").clone();
                let told = hits.iter().map(|hit| (hit["depth"].as_i64().unwrap_or(0), hit["node"]["id"].clone()));
                let told = told.map(|(depth, id)| (depth, id.as_str().expect("an id").to_owned()));
                told.collect::<std::collections::BTreeSet<_>>()
            };
            let there: Vec<_> =
                touching.iter().filter(|row| row["identifiedOn"].as_str().expect("a day") <= day).collect();
            let expected = there.iter().map(|row| (1, row["id"].as_str().expect("an id").to_owned())).collect();
            assert_eq!(
                found(json!(["FINDING"]), json!(["FOUND_AT"]))
                    .await
                    .into_iter()
                    .filter(|(depth, _)| *depth == 1)
                    .collect::<std::collections::BTreeSet<_>>(),
                expected,
                "{day}"
            );
            for (kind, edge, member) in
                [("ORG_UNIT", "FOUND_AT", "units"), ("REQUIREMENT", "FALLS_SHORT_OF", "requirements")]
            {
                let reached: std::collections::BTreeSet<_> = there.iter().flat_map(|row| ids(&row[member])).collect();
                let hits = found(json!([kind]), json!(["FOUND_AT", edge])).await;
                let near: std::collections::BTreeSet<_> =
                    hits.into_iter().filter(|(depth, _)| *depth == 2).map(|(_, id)| id).collect();
                assert_eq!(near, reached, "{kind} on {day}");
            }
            let plans = found(json!(["IMPROVEMENT_PLAN"]), json!(["FOUND_AT", "TAKES_UP"])).await;
            let known: Vec<_> = there.iter().flat_map(|row| ids(&row["plans"])).collect();
            assert!(plans.iter().filter(|(depth, _)| *depth == 2).all(|(_, id)| known.contains(id)), "{day}");
            // A plan that was begun later is none of that day.
            assert_eq!(plans.is_empty(), day < "2024-05-20", "{day}: {plans:?}");
        }
        let stranger = service.user(OTHER_LEADER).ask(REACH, json!({ "id": c02 })).await;
        assert_eq!(stranger.body["errors"][0]["extensions"]["code"], "NOT_FOUND");
    });
}

#[test]
fn traces_count_in_the_cost_of_a_request() {
    demonstration::on_each(async |service| {
        let (_, unit, _) = organization(service, LEADER, "25286").await;
        let unit = OpaqueId { number: Kind::OrgUnit as u8, uuid: unit }.to_string();
        let traces = |count: usize| {
            let one =
                |number| format!("t{number}: trace(id: \"{unit}\", first: 10) {{ count hits {{ node {{ id }} }} }}");
            format!("{{ {} }}", (0..count).map(one).collect::<Vec<_>>().join(" "))
        };
        let few = service.user(LEADER).data(&traces(3), json!({})).await;
        assert!(few["t0"]["count"].as_u64() > Some(0) && few["t0"] == few["t2"], "{few}");
        let many = service.user(LEADER).ask(&traces(10), json!({})).await;
        assert_eq!(many.body["errors"][0]["extensions"]["code"], "QUERY_TOO_COSTLY", "{}", many.body);
        let nested = format!(
            "{{ trace(id: \"{unit}\", first: 1000) {{ hits {{ path {{ node {{ ... on OrgUnit {{ versions(first: 100) {{ nodes {{ name }} }} }} }} }} }} }} }}"
        );
        let nested = service.user(LEADER).ask(&nested, json!({})).await;
        assert_eq!(nested.body["errors"][0]["extensions"]["code"], "QUERY_TOO_COSTLY", "{}", nested.body);
    });
}
