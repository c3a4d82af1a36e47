//! What a reorganization does to who answers for processes, and how that is taken back.

use super::*;
use articula_tests::demonstration::MANAGEMENT;

const VERSION: &str = "structureVersion";

impl Funza<'_> {
    /// A step of the life cycle of a version, by whoever takes it.
    async fn step(&self, who: &str, act: &str, version: &Value, more: &str) -> Value {
        let call =
            format!("structureVersion{act}(id: {}, expectedVersion: {}{more})", version["id"], version["version"]);
        self.service.user(who).act(&call, VERSION, "id version", ("", json!({}))).await
    }

    /// An approved version that suppresses a unit; its responsibilities go where the transfers say.
    async fn suppressing(&self, unit: &Value, transfers: &str) -> Value {
        let base = &self.structure["id"];
        let create = format!("structureVersionCreate(organization: {}, input: {{ baseVersion: {base} }})", self.id);
        let draft = self.act(&create, VERSION, "").await;
        let more = format!(", unit: {unit}, transfers: [{transfers}]");
        let draft = self.step(LEADER, "SuppressUnit", &draft, &more).await;
        let submitted = self.step(LEADER, "Submit", &draft, "").await;
        self.step(MANAGEMENT, "Approve", &submitted, "").await
    }

    async fn put(&self, from: &str) -> String {
        let decree = format!(
            r#"legalActCreate(organization: {}, input: {{ kind: DECREE, number: "R{from}", issuer: "Alcaldía", date: "2026-06-01", subject: "Reorganiza" }})"#,
            self.id
        );
        let decree = self.act(&decree, "legalAct", "").await["id"].clone();
        format!(", validFrom: \"{from}\", legalAct: {decree}")
    }

    async fn leads(&self, process: &Value, unit: &Value, from: &str) -> Value {
        let call = format!(
            r#"processResponsibilityCreate(process: {process}, input: {{ unit: {unit}, role: LEADS, validFrom: "{from}" }})"#
        );
        self.act(&call, "processResponsibility", "").await
    }
}

fn lead(unit: &Value) -> Vec<String> {
    vec![format!("LEADS {}", text(unit))]
}

#[test]
fn an_unscheduled_version_gives_responsibilities_back() {
    demonstration::on_each(async |service| {
        let funza = Funza::of(service).await;
        let (old, new, c, d) = (&funza.units[0], &funza.units[1], &funza.processes[0], &funza.processes[1]);
        let mine = funza.leads(c, old, "2026-06-30").await;
        funza.leads(d, old, "2026-06-30").await;
        let history = format!(
            "{{ process(id: {c}) {{ responsibilityHistory(first: 9) {{ totalCount nodes {{ validTo }} }} }} }}"
        );
        let before = funza.ask(&history).await;
        let transfers =
            format!("{{ from: {old}, to: {new} }} {{ from: {old}, process: {d}, description: \"Termina\" }}");
        let version = funza.suppressing(old, &transfers).await;
        let put = funza.put("2027-01-01").await;
        let scheduled = funza.step(MANAGEMENT, "PutInForce", &version, &put).await;
        assert_eq!(roles(&funza, c, "2026-12-31").await, lead(old));
        assert_eq!(roles(&funza, c, "2027-01-01").await, lead(new));
        assert!(roles(&funza, d, "2027-01-01").await.is_empty(), "it ends with the unit");
        let unschedule = ", reason: \"Se aplaza\"";
        let back = funza.step(MANAGEMENT, "Unschedule", &scheduled, unschedule).await;
        assert_eq!(funza.ask(&history).await, before, "as if it had not been scheduled");
        assert_eq!(roles(&funza, d, "2027-01-01").await, lead(old));

        // Again, and this time somebody decides that the successor's lead ends: that stays decided.
        let put = funza.put("2027-02-01").await;
        let scheduled = funza.step(MANAGEMENT, "PutInForce", &back, &put).await;
        let query = format!(
            "{{ process(id: {c}, asOf: \"2027-02-01\") {{ responsibilities(first: 1) {{ nodes {{ id version }} }} }} }}"
        );
        let next = funza.ask(&query).await["process"]["responsibilities"]["nodes"][0].clone();
        let end = format!(
            "processResponsibilityEnd(id: {}, expectedVersion: {}, validTo: \"2028-01-01\")",
            next["id"], next["version"]
        );
        funza.act(&end, "processResponsibility", "").await;
        funza.step(MANAGEMENT, "Unschedule", &scheduled, unschedule).await;
        assert_eq!(roles(&funza, c, "2027-12-31").await, lead(old));
        assert!(roles(&funza, c, "2028-01-01").await.is_empty());
        let found = funza.ask(&history).await["process"]["responsibilityHistory"].clone();
        assert_eq!((&found["totalCount"], &mine["id"].is_string()), (&json!(1), &true));
    });
}

#[test]
fn what_was_decided_since_stands_in_the_way_of_taking_it_back() {
    demonstration::on_each(async |service| {
        let funza = Funza::of(service).await;
        let (old, other, c) = (&funza.units[0], &funza.units[2], &funza.processes[0]);
        funza.leads(c, old, "2026-06-30").await;
        let version = funza.suppressing(old, &format!("{{ from: {old} }}")).await;
        let put = funza.put("2027-01-01").await;
        let scheduled = funza.step(MANAGEMENT, "PutInForce", &version, &put).await;
        assert!(roles(&funza, c, "2027-01-01").await.is_empty());
        funza.leads(c, other, "2027-01-01").await;
        let unschedule = format!(
            "structureVersionUnschedule(id: {}, expectedVersion: {}, reason: \"Se aplaza\")",
            scheduled["id"], scheduled["version"]
        );
        let told = service.user(MANAGEMENT).refused(&unschedule, VERSION, ("", json!({}))).await;
        assert_eq!(told, one("STILL_IN_USE", "id"), "two would lead it");
        // It says who, and said so before; to who does not see it, that something is in the way.
        let call = format!("mutation {{ act: {unschedule} {{ errors {{ code message params }} }} }}");
        let error = service.user(MANAGEMENT).data(&call, json!({})).await["act"]["errors"][0].clone();
        let used = &error["params"]["usedBy"];
        assert_eq!(
            (used.as_array().map(Vec::len), &used[0]["kind"]),
            (Some(1), &json!("ProcessResponsibility")),
            "{error}"
        );
        assert!(text(&error["message"]).contains(&format!("responsabilidad “{}”", text(&used[0]["name"]))), "{error}");
        let named = format!("{{ node(id: {}) {{ ... on ProcessResponsibility {{ unit {{ id }} }} }} }}", used[0]["id"]);
        assert_eq!(service.user(MANAGEMENT).data(&named, json!({})).await["node"]["unit"]["id"], *other);
        let before = format!(
            "{{ structureVersion(id: {}) {{ can(action: STRUCTURE_VERSION_UNSCHEDULE) {{ code message }} \
             availableTransitions {{ act allowed blockedBy {{ code path message params }} }} }} }}",
            scheduled["id"]
        );
        let before = service.user(MANAGEMENT).data(&before, json!({})).await["structureVersion"].clone();
        let steps = before["availableTransitions"].as_array().expect("steps");
        let step = steps.iter().find(|step| step["act"] == "structureVersionUnschedule").expect("the step");
        let block =
            json!([{ "code": "STILL_IN_USE", "path": ["id"], "message": error["message"], "params": error["params"] }]);
        assert_eq!((&step["allowed"], &step["blockedBy"]), (&json!(false), &block));
        assert_eq!(before["can"], json!({ "code": "STILL_IN_USE", "message": error["message"] }));
        assert_eq!(roles(&funza, c, "2027-01-01").await, lead(other));
        // Nor does a unit that is known to end get anything beyond its end.
        let call = format!(
            r#"processResponsibilityCreate(process: {c}, input: {{ unit: {old}, role: INFORMED, validFrom: "2026-07-01" }})"#
        );
        assert_eq!(funza.refused(&call, "processResponsibility").await, one("UNIT_ENDS", "input.unit"));
    });
}

#[test]
fn what_was_given_to_a_unit_that_a_scheduled_version_makes_is_named() {
    demonstration::on_each(async |service| {
        let funza = Funza::of(service).await;
        let create = format!(
            "structureVersionCreate(organization: {}, input: {{ baseVersion: {} }})",
            funza.id, funza.structure["id"]
        );
        let draft =
            funza.act(&create, VERSION, "units(first: 1, where: { depth: { eq: 0 } }) { nodes { unit { id } } }").await;
        let root = &draft["units"]["nodes"][0]["unit"]["id"];
        let add = format!(r#", unit: {{ code: "NUEVA", name: "Oficina Nueva", kind: OFFICE, parent: {root} }}"#);
        let draft = funza.step(LEADER, "AddUnit", &draft, &add).await;
        let submitted = funza.step(LEADER, "Submit", &draft, "").await;
        let approved = funza.step(MANAGEMENT, "Approve", &submitted, "").await;
        let put = funza.put("2027-01-01").await;
        let scheduled = funza.step(MANAGEMENT, "PutInForce", &approved, &put).await;
        let found = format!(
            r#"{{ structureVersion(id: {}) {{ units(first: 1, where: {{ code: {{ eq: "NUEVA" }} }}) {{ nodes {{ unit {{ id }} }} }} }}
               jobs(first: 1) {{ nodes {{ id }} }} requirements(first: 1, asOf: "2027-01-01") {{ nodes {{ id }} }} }}"#,
            scheduled["id"]
        );
        let found = funza.ask(&found).await;
        let unit = &found["structureVersion"]["units"]["nodes"][0]["unit"]["id"];
        funza.leads(&funza.processes[0], unit, "2027-01-01").await;
        let act = put.rsplit("legalAct: ").next().expect("the act");
        let post = format!(
            r#"postCreate(organization: {}, input: {{ job: {}, unit: {unit}, legalAct: {act}, validFrom: "2027-02-01" }})"#,
            funza.id, found["jobs"]["nodes"][0]["id"]
        );
        let post = funza.act(&post, "post", "").await;
        let group = format!(
            r#"workGroupCreate(organization: {}, input: {{ name: "Grupo Nuevo", unit: {unit}, legalAct: {act}, validFrom: "2027-03-01" }})"#,
            funza.id
        );
        funza.act(&group, "workGroup", "").await;
        let align = format!(
            r#"alignmentCreate(organization: {}, input: {{ subject: {{ unit: {unit} }}, role: LEADS, requirement: {}, validFrom: "2027-01-01" }})"#,
            funza.id, found["requirements"]["nodes"][0]["id"]
        );
        funza.act(&align, "alignment", "").await;
        let call = format!(
            "mutation {{ act: structureVersionUnschedule(id: {}, expectedVersion: {}, reason: \"Se aplaza\") {{ errors {{ code params }} }} }}",
            scheduled["id"], scheduled["version"]
        );
        let errors = service.user(MANAGEMENT).data(&call, json!({})).await["act"]["errors"].clone();
        let used = errors[0]["params"]["usedBy"].as_array().expect("it names them").clone();
        let kinds: Vec<_> = used.iter().map(|it| text(&it["kind"])).collect();
        assert_eq!(kinds, ["Post", "WorkGroup", "ProcessResponsibility", "Alignment"], "{errors}");
        assert_eq!(used[0]["id"], post["id"]);
        assert!(text(&used[0]["name"]).ends_with(", Oficina Nueva"), "{errors}");
        assert_eq!(used[1]["name"], "Grupo Nuevo");
    });
}

#[test]
fn what_begins_after_the_entry_stands_in_its_way() {
    demonstration::on_each(async |service| {
        let funza = Funza::of(service).await;
        let (old, new, c) = (&funza.units[0], &funza.units[1], &funza.processes[0]);
        funza.leads(c, old, "2027-03-01").await;
        let version = funza.suppressing(old, &format!("{{ from: {old}, to: {new} }}")).await;
        let put = funza.put("2027-01-01").await;
        let call =
            format!("structureVersionPutInForce(id: {}, expectedVersion: {}{put})", version["id"], version["version"]);
        let told = service.user(MANAGEMENT).refused(&call, VERSION, ("", json!({}))).await;
        assert_eq!(told, one("STILL_IN_USE", "validFrom"));
    });
}

#[test]
fn an_entry_that_has_begun_stays_when_its_act_is_annulled() {
    demonstration::on_each(async |service| {
        let funza = Funza::of(service).await;
        let (old, new, c) = (&funza.units[0], &funza.units[1], &funza.processes[0]);
        funza.leads(c, old, "2026-06-30").await;
        let version = funza.suppressing(old, &format!("{{ from: {old}, to: {new} }}")).await;
        let put = funza.put("2026-07-01").await;
        let version = funza.step(MANAGEMENT, "PutInForce", &version, &put).await;
        service.turn_to("2026-08-01");
        let more = ", from: \"2026-08-01\", reason: \"Sentencia\"";
        funza.step(MANAGEMENT, "Annul", &version, more).await;
        assert_eq!(roles(&funza, c, "2026-08-02").await, lead(new), "until an act of its own ends it");
    });
}
