//! A country with its reference data and nothing else: secretariats, people and all that they write come to be by acts. The
//! first national administrator comes from the command line, as in life.

use articula::{
    access::{
        DEVELOPMENT_ISSUER,
        command::{Command, Signing},
    },
    exchange::{
        load::load_reference,
        reference::{Files, read},
    },
};
use entity::access::Role;
use serde_json::{Value, json};

use crate::{database, demonstration::MONITOR, service::Service};

/// Enters organizations and names the first who administers each.
pub const NATIONAL: &str = "admin.nacional@men";

/// Runs a test on each kind of database by itself, beginning on a day.
pub fn on_each(today: &'static str, test: impl AsyncFn(&Service) + Send + Clone + 'static) {
    database::on_each(move |fresh| {
        let test = test.clone();
        async move {
            let service = Service::start(&fresh, today.parse().expect("a date")).await;
            let reference = read(&Files::embedded()).expect("the shipped files hold");
            load_reference(service.app.store(), &reference).await.expect("the reference is loaded");
            let command = Command::on(service.app.store());
            let ministry = command.organization(None).await.expect("the Ministry");
            let signing = Signing { issuer: DEVELOPMENT_ISSUER.to_owned(), subject: NATIONAL.to_owned() };
            command.grant(ministry, Role::NationalAdmin, &signing, "Administración nacional").await.expect("granted");
            appoint(&service, &json!(ministry.opaque().to_string()), "SFI_MONITOR", MONITOR).await;
            test(&service).await;
            service.stop().await;
        }
    });
}

async fn appoint(service: &Service, organization: &Value, role: &str, subject: &str) {
    let call = format!(
        "organizationAppoint(organization: {organization}, input: {{ role: {role}, issuer: \"{DEVELOPMENT_ISSUER}\",
         subject: \"{subject}\", name: \"{subject}\" }})"
    );
    service.user(NATIONAL).act(&call, "organization", "id", ("", json!({}))).await;
}

/// A secretariat that was founded, and who works there.
pub struct Secretariat<'a> {
    service: &'a Service,
    /// Its id.
    pub id: Value,
    /// Who leads quality there.
    pub leader: String,
    /// Senior management of it.
    pub management: String,
}

impl<'a> Secretariat<'a> {
    /// The secretariat of a territorial entity, with its administrator, who invites the others.
    pub async fn found(service: &'a Service, divipola: &str, name: &str) -> Self {
        let query = format!("{{ territorialEntity(by: {{ divipola: \"{divipola}\" }}) {{ id }} }}");
        let national = service.user(NATIONAL);
        let entity = national.data(&query, json!({})).await["territorialEntity"]["id"].clone();
        let create = format!(
            "organizationCreate(input: {{ kind: EDUCATION_SECRETARIAT, name: \"{name}\", territorialEntity: {entity} }})"
        );
        let id = national.act(&create, "organization", "id", ("", json!({}))).await["id"].clone();
        let who = |role: &str| format!("{role}@{divipola}");
        appoint(service, &id, "ORGANIZATION_ADMIN", &who("admin")).await;
        let found = Self { service, id, leader: who("lider"), management: who("direccion") };
        found.invite(&found.leader, "QUALITY_LEADER", None).await;
        let person = format!("personCreate(organization: {}, input: {{ name: \"Alta Dirección\" }})", found.id);
        let person = found.act(&person, "person", "").await["id"].clone();
        found.invite(&found.management, "SENIOR_MANAGEMENT", Some(&person)).await;
        found
    }

    async fn invite(&self, subject: &str, role: &str, person: Option<&Value>) {
        let person = person.map_or_else(String::new, |person| format!(", person: {person}"));
        let call = format!(
            "memberInvite(organization: {}, input: {{ issuer: \"{DEVELOPMENT_ISSUER}\", subject: \"{subject}\",
             name: \"{subject}\", role: {role}{person} }})",
            self.id
        );
        let admin = self.leader.replace("lider", "admin");
        self.service.user(&admin).act(&call, "member", "id", ("", json!({}))).await;
    }

    /// An act of who leads quality.
    pub async fn act(&self, call: &str, field: &str, more: &str) -> Value {
        self.by(&self.leader, call, field, more).await
    }

    async fn by(&self, who: &str, call: &str, field: &str, more: &str) -> Value {
        self.service.user(who).act(call, field, &format!("id version {more}"), ("", json!({}))).await
    }

    /// A structure of one unit, in force from a day on; the unit.
    pub async fn structure(&self, unit: &str, from: &str) -> Value {
        let field = "structureVersion";
        let create = format!(
            "structureVersionCreate(organization: {}, input: {{ units: [{{ code: \"1\", name: \"{unit}\", kind: DESPACHO }}] }})",
            self.id
        );
        let step = |act: &str, version: &Value, more: &str| {
            format!("structureVersion{act}(id: {}, expectedVersion: {} {more})", version["id"], version["version"])
        };
        let draft = self.act(&create, field, "").await;
        let submitted = self.act(&step("Submit", &draft, ""), field, "").await;
        let approved = self.by(&self.management, &step("Approve", &submitted, ""), field, "").await;
        let decree = format!(
            "legalActCreate(organization: {}, input: {{ kind: DECREE, number: \"001\", issuer: \"Alcaldía\", date: \"{from}\", subject: \"Estructura\" }})",
            self.id
        );
        let decree = self.act(&decree, "legalAct", "").await["id"].clone();
        let put = step("PutInForce", &approved, &format!(", validFrom: \"{from}\", legalAct: {decree}"));
        self.by(&self.management, &put, field, "tree { unit { id } }").await["tree"][0]["unit"]["id"].clone()
    }

    /// A macroprocess with what a characterization must say, and `more`, in force from a day on; its characterization.
    pub async fn process(&self, (code, name, kind): (&str, &str, &str), more: &str, from: &str) -> Value {
        let call = format!(
            "processCreate(organization: {}, input: {{ level: MACROPROCESS, kind: {kind}, code: \"{code}\", name: {},
             objective: \"Servir\", activities: [{{ phase: DO, description: \"Hacer\" }}] {more} }})",
            self.id,
            json!(name)
        );
        let draft = self.act(&call, "processVersion", "").await;
        self.approved(&draft, from).await
    }

    /// Submits a draft and approves it from a day on.
    pub async fn approved(&self, draft: &Value, from: &str) -> Value {
        let step = |act: &str, version: &Value, more: &str| {
            format!("processVersion{act}(id: {}, expectedVersion: {} {more})", version["id"], version["version"])
        };
        let submitted = self.act(&step("Submit", draft, ""), "processVersion", "").await;
        let approve = step("Approve", &submitted, &format!(", validFrom: \"{from}\""));
        let shown = "process { id } outputs { id }";
        self.by(&self.management, &approve, "processVersion", shown).await
    }

    /// Lets a unit lead a process from a day on.
    pub async fn leads(&self, unit: &Value, process: &Value, from: &str) {
        let call = format!(
            "processResponsibilityCreate(process: {process}, input: {{ unit: {unit}, role: LEADS, validFrom: \"{from}\" }})"
        );
        self.act(&call, "processResponsibility", "").await;
    }

    /// Says how its map stands to the national reference from a day on; each item as the schema writes it.
    pub async fn declares(&self, items: &[String], from: &str) {
        let items: String = items.iter().map(|item| format!("{{ {item} }} ")).collect();
        let call = format!("referenceAdoptionsSet(organization: {}, from: \"{from}\", items: [{items}])", self.id);
        self.act(&call, "organization", "").await;
    }
}
