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
        assert_eq!(roles(&funza, c, "2027-01-01").await, lead(other));
        // Nor does a unit that is known to end get anything beyond its end.
        let call = format!(
            r#"processResponsibilityCreate(process: {c}, input: {{ unit: {old}, role: INFORMED, validFrom: "2026-07-01" }})"#
        );
        assert_eq!(funza.refused(&call, "processResponsibility").await, one("UNIT_ENDS", "input.unit"));
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
