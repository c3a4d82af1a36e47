//! S1 and S2: a structure begins with its act, and a reorganization keeps the past.

use articula_tests::{
    demonstration::{self, LEADER, MANAGEMENT, MEMBER},
    processes,
    service::Service,
};
use serde_json::{Value, json};

/// What the scenarios look at in a version.
const VERSION: &str = "id version number state validFrom validTo unitCount legalAct { number date } tree { code name depth unit { id name } }";

/// One act on a version of the structure that succeeds.
async fn act(service: &Service, who: &str, name: &str, version: &Value, arguments: &str) -> Value {
    service.user(who).act(&call(name, version, arguments), "structureVersion", VERSION, ("", json!({}))).await
}

/// One that is refused: its codes and paths.
async fn refused(service: &Service, who: &str, name: &str, version: &Value, arguments: &str) -> Vec<(String, String)> {
    service.user(who).refused(&call(name, version, arguments), "structureVersion", ("", json!({}))).await
}

fn call(name: &str, version: &Value, arguments: &str) -> String {
    format!("structureVersion{name}(id: {}, expectedVersion: {} {arguments})", version["id"], version["version"])
}

async fn again(service: &Service, version: &Value) -> Value {
    let query = format!("{{ structureVersion(id: {}) {{ {VERSION} }} }}", version["id"]);
    service.user(LEADER).data(&query, json!({})).await["structureVersion"].clone()
}

fn unit(version: &Value, code: &str) -> Value {
    let tree = version["tree"].as_array().expect("a tree");
    tree.iter().find(|unit| unit["code"] == code).unwrap_or_else(|| panic!("no {code}: {version}"))["unit"]["id"]
        .clone()
}

fn outline(version: &Value) -> Vec<String> {
    let indent = |depth: &Value| " ".repeat(depth.as_u64().unwrap_or_default() as usize);
    let tree = version["tree"].as_array().expect("a tree").iter();
    tree.map(|unit| format!("{}{} {}", indent(&unit["depth"]), unit["code"], unit["name"]).replace('"', "")).collect()
}

async fn decree(service: &Service, organization: &Value, number: &str, date: &str) -> Value {
    let call = format!(
        "legalActCreate(organization: {organization}, input: {{ kind: DECREE, number: \"{number}\", issuer: \"Alcaldía\",
         date: \"{date}\", subject: \"Por el cual se adopta la estructura\" }})"
    );
    service.user(LEADER).act(&call, "legalAct", "id", ("", json!({}))).await["id"].clone()
}

/// Funza's organization, the structure that rules there, and a job of its manual.
async fn funza(service: &Service) -> (Value, Value, Value) {
    let query = format!(
        r#"{{ organization(by: {{ territorialEntity: {{ divipola: "25286" }} }}) {{ id structure {{ {VERSION} }} jobs(first: 1) {{ nodes {{ id }} }} }} }}"#
    );
    let found = service.user(LEADER).data(&query, json!({})).await["organization"].clone();
    (found["id"].clone(), found["structure"].clone(), found["jobs"]["nodes"][0]["id"].clone())
}

fn areas(numbers: std::ops::Range<usize>) -> String {
    numbers.map(|n| format!("{{ code: \"A{n}\", name: \"Área {n}\", kind: AREA }} ")).collect()
}

/// S1, up to the version in force from 2026-08-01 on.
async fn begins(service: &Service) -> Value {
    let (organization, before, job) = funza(service).await;
    let create = format!(
        r#"structureVersionCreate(organization: {organization}, input: {{ units: [
          {{ code: "N1", name: "Despacho nuevo", kind: DESPACHO, children: [
            {{ code: "N10", name: "Calidad y Cobertura", kind: DIRECTORATE, posts: [{{ job: {job}, count: 2 }}], children: [{}] }}
            {{ code: "N20", name: "Administrativa", kind: DIRECTORATE, children: [{}] }}
            {{ code: "N30", name: "Talento Humano", kind: DIRECTORATE, posts: [{{ job: {job} }}], children: [{}] }} ] }} ] }})"#,
        areas(1..4),
        areas(4..7),
        areas(7..9)
    );
    let draft = service.user(LEADER).act(&create, "structureVersion", VERSION, ("", json!({}))).await;
    assert_eq!((&draft["state"], &draft["unitCount"]), (&json!("DRAFT"), &json!(12)), "{draft}");
    let posts = format!("{{ structureVersion(id: {}) {{ posts(first: 10) {{ totalCount }} }} }}", draft["id"]);
    assert_eq!(service.user(LEADER).data(&posts, json!({})).await["structureVersion"]["posts"]["totalCount"], 3);
    // Who formulates does not approve; who approves does not formulate.
    let submitted = act(service, LEADER, "Submit", &draft, "").await;
    let own = format!("mutation {{ {} {{ errors {{ code }} }} }}", call("Approve", &submitted, ""));
    assert_eq!(service.user(LEADER).ask(&own, json!({})).await.codes(), ["FORBIDDEN"]);
    let approved = act(service, MANAGEMENT, "Approve", &submitted, "").await;
    assert_eq!(approved["state"], "APPROVED");

    let available = format!(
        "{{ structureVersion(id: {}) {{ availableTransitions {{ act to allowed blockedBy {{ code path }} }} }} }}",
        approved["id"]
    );
    let available = service.user(MANAGEMENT).data(&available, json!({})).await;
    let transitions = available["structureVersion"]["availableTransitions"].as_array().expect("a list");
    let put = transitions.iter().find(|it| it["act"] == "structureVersionPutInForce").expect("the act");
    assert_eq!((&put["to"], &put["allowed"]), (&json!("IN_FORCE"), &json!(false)));
    assert_eq!(put["blockedBy"], json!([{ "code": "LEGAL_ACT_REQUIRED", "path": ["legalAct"] }]), "it says so before");
    let told = refused(service, MANAGEMENT, "PutInForce", &approved, r#", validFrom: "2026-08-01""#).await;
    assert_eq!(told, [("LEGAL_ACT_REQUIRED".to_owned(), "legalAct".to_owned())]);

    let act_045 = decree(service, &organization, "045", "2026-07-15").await;
    let with = format!(r#", validFrom: "2026-08-01", legalAct: {act_045}"#);
    let put = act(service, MANAGEMENT, "PutInForce", &approved, &with).await;
    assert_eq!(put["state"], "APPROVED", "its day has not come");
    assert_eq!(again(service, &before).await["state"], "IN_FORCE", "the earlier one rules until then");
    let stale = refused(service, MANAGEMENT, "PutInForce", &approved, &with).await;
    assert_eq!(stale[0].0, "VERSION_CONFLICT");

    service.turn_to("2026-08-01");
    let (put, before) = (again(service, &put).await, again(service, &before).await);
    assert_eq!((&put["state"], &put["legalAct"]["number"]), (&json!("IN_FORCE"), &json!("045")));
    assert_eq!((&before["state"], &before["validTo"]), (&json!("REPEALED"), &json!("2026-08-01")));
    put
}

#[test]
fn s1_a_structure_begins_with_its_act() {
    demonstration::on_each(async |service| {
        service.turn_to("2026-07-20");
        let put = begins(service).await;
        let expected = [
            "N1 Despacho nuevo",
            " N10 Calidad y Cobertura",
            "  A1 Área 1",
            "  A2 Área 2",
            "  A3 Área 3",
            " N20 Administrativa",
            "  A4 Área 4",
            "  A5 Área 5",
            "  A6 Área 6",
            " N30 Talento Humano",
            "  A7 Área 7",
            "  A8 Área 8",
        ];
        assert_eq!(outline(&put), expected);
        // A member sees what is in force, as anybody of the secretariat does; the day before, the one before.
        let query = r#"{ today: organization(by: { territorialEntity: { divipola: "25286" } }) { structure { number } }
            before: organization(by: { territorialEntity: { divipola: "25286" } }, asOf: "2026-07-31") { structure { number state validTo } } }"#;
        let seen = service.user(MEMBER).data(query, json!({})).await;
        assert_eq!(seen["today"]["structure"]["number"], put["number"]);
        assert_eq!(seen["before"]["structure"], json!({ "number": 3, "state": "IN_FORCE", "validTo": "2026-08-01" }));
    });
}

/// Three processes of a unit, which leads them from 2026-08-01 on and does what they do; and their versions.
async fn led_by(service: &Service, organization: &Value, unit: &Value) -> (Vec<Value>, Vec<Value>) {
    let processes = processes::add(service, organization, &["C", "D", "E"], "2026-08-01", Some(unit)).await;
    let mut versions = Vec::new();
    for process in &processes {
        let create = format!(
            r#"processResponsibilityCreate(process: {process}, input: {{ unit: {unit}, role: LEADS, validFrom: "2026-08-01" }})"#
        );
        let selection = "process { current { id } }";
        let made = service.user(LEADER).act(&create, "processResponsibility", selection, ("", json!({}))).await;
        versions.push(made["process"]["current"]["id"].clone());
    }
    (processes, versions)
}

/// What a draft would break: processes without a lead, and those of these characterizations that name what ceases.
async fn preview(service: &Service, draft: &Value, among: &[Value]) -> (Vec<Value>, Vec<Value>) {
    let query = format!(
        "{{ structureVersion(id: {}) {{ preview {{ processesWithoutLead(first: 9) {{ nodes {{ id }} }}
            characterizationsAffected(first: 9, where: {{ id: {{ in: {} }} }}, orderBy: [{{ field: CODE }}]) {{ nodes {{ id }} }} }} }} }}",
        draft["id"],
        json!(among)
    );
    let found = service.user(LEADER).data(&query, json!({})).await["structureVersion"]["preview"].clone();
    let ids = |list: &Value| -> Vec<Value> {
        list["nodes"].as_array().expect("nodes").iter().map(|node| node["id"].clone()).collect()
    };
    (ids(&found["processesWithoutLead"]), ids(&found["characterizationsAffected"]))
}

/// The unit that was split leads until its last day; then each process is where its transfers say.
async fn answers(service: &Service, processes: &[Value]) {
    let on = |key: &str, process: &Value, day: &str| {
        format!(
            r#"{key}: process(id: {process}, asOf: "{day}") {{ leadUnit {{ name }} responsibilities(first: 9, orderBy: [{{ field: ROLE }}]) {{
                nodes {{ role validFrom unit {{ name }} succession {{ kind }} }} }} }}"#
        )
    };
    let days = [("before", "2026-10-01"), ("last", "2026-12-31"), ("first", "2027-01-01"), ("after", "2027-08-01")];
    let asked = days.iter().flat_map(|(key, day)| {
        processes.iter().enumerate().map(move |(at, process)| on(&format!("{key}{at}"), process, day))
    });
    let query = format!("{{ {} }}", asked.collect::<Vec<_>>().join(" "));
    let found = service.user(MEMBER).data(&query, json!({})).await;
    let lead = |key: &str| found[key]["leadUnit"]["name"].as_str().unwrap_or("-").to_owned();
    for (early, late) in [("before", "first"), ("last", "after")] {
        for at in 0..3 {
            assert_eq!(lead(&format!("{early}{at}")), "Calidad y Cobertura");
        }
        let now: Vec<_> = (0..3).map(|at| lead(&format!("{late}{at}"))).collect();
        assert_eq!(now, ["Calidad", "Cobertura", "-"], "by default, by name, to nobody");
    }
    let expected = |role: &str, unit: &str| json!({ "role": role, "validFrom": "2027-01-01", "unit": { "name": unit }, "succession": { "kind": "SPLIT" } });
    let both = json!([expected("LEADS", "Calidad"), expected("SUPPORTS", "Cobertura")]);
    assert_eq!(found["first0"]["responsibilities"]["nodes"], both, "of several the first leads");
    assert_eq!(found["first1"]["responsibilities"]["nodes"], json!([expected("LEADS", "Cobertura")]));
    assert_eq!(found["first2"]["responsibilities"]["nodes"], json!([]));
}

/// After it took effect too, the version tells which characterizations name what it ended.
async fn renewed(service: &Service, version: &Value, versions: &[Value]) {
    let query = format!(
        "{{ structureVersion(id: {}) {{ characterizationsAffected(first: 9, where: {{ id: {{ in: {} }} }},
            orderBy: [{{ field: CODE }}]) {{ nodes {{ id }} }} }} }}",
        version["id"],
        json!(versions)
    );
    let found = service.user(LEADER).data(&query, json!({})).await;
    let nodes: Vec<_> = versions.iter().map(|id| json!({ "id": id })).collect();
    assert_eq!(found["structureVersion"]["characterizationsAffected"]["nodes"], json!(nodes));
}

/// What stood on two days before the reorganization, with who filled the posts.
async fn past(service: &Service) -> Value {
    let day = |key: &str, day: &str| {
        format!(
            r#"{key}: organization(by: {{ territorialEntity: {{ divipola: "25286" }} }}, asOf: "{day}") {{
              structure {{ number state inForce unitCount tree {{ code name kind depth functions }} }}
              posts(first: 100, orderBy: [{{ field: JOB_GRADE }}]) {{ totalCount nodes {{ vacant unit {{ id }} holders {{ name }} }} }} }}"#
        )
    };
    let query = format!("{{ {} {} }}", day("early", "2024-03-01"), day("late", "2026-10-01"));
    service.user(LEADER).data(&query, json!({})).await
}

#[test]
fn s2_a_reorganization_keeps_the_past() {
    demonstration::on_each(async |service| {
        service.turn_to("2026-07-20");
        let base = begins(service).await;
        let (organization, ..) = funza(service).await;
        let (processes, versions) = led_by(service, &organization, &unit(&base, "N10")).await;
        service.turn_to("2026-12-01");
        let past = past(service).await;
        let create =
            format!("structureVersionCreate(organization: {organization}, input: {{ baseVersion: {} }})", base["id"]);
        let draft = service.user(LEADER).act(&create, "structureVersion", VERSION, ("", json!({}))).await;
        assert_eq!(outline(&draft), outline(&base), "it begins as a copy");
        let (old, root, human) = (unit(&base, "N10"), unit(&base, "N1"), unit(&base, "N30"));
        let successor = |code: &str, name: &str| {
            format!("{{ create: {{ code: \"{code}\", name: \"{name}\", kind: DIRECTORATE, parent: {root} }} }}")
        };
        let split = |transfers: &str| {
            format!(
                ", unit: {old}, successors: [{} {}], transfers: [{transfers}], childrenTo: {human}",
                successor("N11", "Calidad"),
                successor("N12", "Cobertura")
            )
        };
        let unheard = format!("{{ from: {old}, toCode: \"N12\", process: {old} }}");
        let unheard = refused(service, LEADER, "SplitUnit", &draft, &split(&unheard)).await;
        assert_eq!(unheard, [("NOT_FOUND".to_owned(), "transfers.0.process".to_owned())]);
        let unmapped = refused(service, LEADER, "SplitUnit", &draft, &split("")).await;
        assert_eq!(unmapped, [("RESPONSIBILITIES_UNMAPPED".to_owned(), "transfers".to_owned())]);
        let mapped = format!(
            r#"{{ from: {old}, toCode: "N11", description: "Calidad" }} {{ from: {old}, toCode: "N12", description: "Cobertura" }}
              {{ from: {old}, toCode: "N12", process: {} }} {{ from: {old}, process: {} }}"#,
            processes[1], processes[2]
        );
        let draft = act(service, LEADER, "SplitUnit", &draft, &split(&mapped)).await;
        assert_eq!(preview(service, &draft, &versions).await, (vec![processes[2].clone()], versions.clone()));
        let submitted = act(service, LEADER, "Submit", &draft, "").await;
        let approved = act(service, MANAGEMENT, "Approve", &submitted, "").await;
        let act_090 = decree(service, &organization, "090", "2026-11-30").await;
        act(
            service,
            MANAGEMENT,
            "PutInForce",
            &approved,
            &format!(r#", validFrom: "2027-01-01", legalAct: {act_090}"#),
        )
        .await;
        assert_eq!(self::past(service).await, past, "an act changes nothing before its own day");
        answers(service, &processes).await;
        service.turn_to("2027-02-01");
        answers(service, &processes).await;
        renewed(service, &draft, &versions).await;
        assert_eq!(self::past(service).await, past, "nor does time");

        let member = service.user(MEMBER);
        let query = r#"{ old: organization(by: { territorialEntity: { divipola: "25286" } }, asOf: "2026-10-01") { structure { tree { name } } }
            new: organization(by: { territorialEntity: { divipola: "25286" } }, asOf: "2027-02-01") { structure { tree { name } }
              structureDiff(from: "2026-10-01", to: "2027-02-01") { kind responsibilities validFrom legalAct { number }
                predecessors { name } successors { name } transfers { fromUnit { name } toUnit { name } description } } } }"#;
        let data = member.data(query, json!({})).await;
        let names = |when: &str| data[when]["structure"]["tree"].to_string();
        assert!(
            names("old").contains("Calidad y Cobertura") && !names("new").contains("Calidad y Cobertura"),
            "{data}"
        );
        assert!(names("new").contains("\"Calidad\"") && names("new").contains("\"Cobertura\""), "{data}");
        let differences = data["new"]["structureDiff"].as_array().expect("a list");
        for kind in ["SPLIT", "SUPPRESS"] {
            let found: Vec<_> = differences.iter().filter(|it| it["kind"] == kind).collect();
            assert_eq!(found.len(), 1, "{kind}: {differences:?}");
            assert_eq!(found[0]["predecessors"], json!([{ "name": "Calidad y Cobertura" }]));
            assert_eq!(found[0]["successors"], json!([{ "name": "Calidad" }, { "name": "Cobertura" }]));
            assert_eq!(found[0]["legalAct"]["number"], "090");
            assert_eq!(found[0]["validFrom"], "2027-01-01");
        }
        // The unit itself stays, with its last name, and says that it is no more.
        let query = format!(
            "{{ orgUnit(id: {old}) {{ name inForce current {{ code }} successors {{ name }} }}
            then: orgUnit(id: {old}, asOf: \"2026-10-01\") {{ inForce current {{ code }} }} }}"
        );
        let data = member.data(&query, json!({})).await;
        assert_eq!(data["orgUnit"]["name"], "Calidad y Cobertura");
        assert_eq!((&data["orgUnit"]["inForce"], &data["orgUnit"]["current"]), (&json!(false), &Value::Null));
        assert_eq!(data["then"], json!({ "inForce": true, "current": { "code": "N10" } }));
        let count = data["orgUnit"]["successors"].as_array().map(Vec::len);
        assert_eq!(count, Some(2), "{data}");
    });
}
