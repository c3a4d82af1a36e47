#![expect(clippy::disallowed_methods, reason = "the fixture is written below the store, as it would be found")]

mod edits;
mod intervals;
mod lives;
mod machinery;
mod refusals;
mod story;

use std::{panic::AssertUnwindSafe, sync::Arc};

use chrono::NaiveDate;
use entity::{
    Id, Kinded, TextList,
    access::{MemberState, Role, access_grant, account, member},
    fold,
    organization::{DocumentKind, LegalActKind, OrganizationKind, job, legal_act, organization, person},
    territory::{JobLevel, job_denomination},
};
use futures_util::FutureExt as _;
use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection, EntityTrait, IntoActiveModel, QueryFilter as _};
use serde_json::{Map, Value, json};

use crate::{
    access::actor::{Actor, Via},
    app::{App, AppSettings},
    execution::GraphRequest,
    graph::error::Locale,
    store::{Settings, TurnedClock},
};

const ISSUER: &str = "https://idp.test";

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// An organization with its people, served from a database of its own.
struct World {
    app: App,
    clock: Arc<TurnedClock>,
    db: DatabaseConnection,
    organization: Id<organization::Entity>,
    job: Id<job::Entity>,
    act: Id<legal_act::Entity>,
}

fn opaque<E: Kinded>(id: Id<E>) -> String {
    id.opaque().to_string()
}

impl World {
    async fn open(url: String) -> Self {
        let _ = tracing_subscriber::fmt().with_max_level(tracing::Level::ERROR).with_test_writer().try_init();
        let clock = Arc::new(TurnedClock::on(day("2025-01-10")));
        let settings = AppSettings::over(Settings::new(url.clone(), 2));
        let app = App::build(settings, clock.clone()).await.expect("the application starts");
        let db = Database::connect(url).await.expect("a second connection");
        let world = Self { app, clock, db, organization: Id::new(), job: Id::new(), act: Id::new() };
        world.furnish().await;
        world
    }

    async fn put<E: EntityTrait>(&self, row: E::Model)
    where
        E::Model: IntoActiveModel<E::ActiveModel>,
        E::ActiveModel: Send,
    {
        E::insert(row.into_active_model()).exec_without_returning(&self.db).await.expect("a row of the fixture");
    }

    async fn organization(&self, id: Id<organization::Entity>, name: &str) {
        self.put::<organization::Entity>(organization::Model {
            id,
            kind: OrganizationKind::EducationSecretariat,
            name: name.to_owned(),
            name_key: fold(name),
            tax_id: None,
            territorial_entity_id: None,
            row_version: 1,
        })
        .await;
    }

    async fn legal_act(&self, id: Id<legal_act::Entity>, owner: Id<organization::Entity>, number: &str) {
        self.put::<legal_act::Entity>(legal_act::Model {
            id,
            organization_id: owner,
            kind: LegalActKind::Decree,
            number: number.to_owned(),
            number_key: fold(number),
            issuer: "Gobernación".to_owned(),
            date: day("2025-01-15"),
            subject: "Estructura".to_owned(),
            subject_key: "estructura".to_owned(),
            document_title: None,
            document_uri: None,
            document_media_type: None,
            document_sha256: None,
            filing_number: None,
            row_version: 1,
        })
        .await;
    }

    async fn person(&self, number: u32) -> Id<person::Entity> {
        let id = Id::new();
        self.put::<person::Entity>(person::Model {
            id,
            organization_id: self.organization,
            name: format!("Persona {number}"),
            name_key: format!("persona {number}"),
            document_kind: Some(DocumentKind::CitizenshipCard),
            document_number: Some(number.to_string()),
            email: None,
            phone: None,
            row_version: 1,
            erased_on: None,
        })
        .await;
        id
    }

    async fn member(&self, name: &str, role: Role, at: Id<organization::Entity>, person: Option<Id<person::Entity>>) {
        let account = Id::new();
        self.put::<account::Entity>(account::Model {
            id: account,
            issuer: ISSUER.to_owned(),
            subject: name.to_owned(),
            name: name.to_owned(),
            suspended: false,
            row_version: 1,
        })
        .await;
        self.put::<access_grant::Entity>(access_grant::Model {
            id: Id::new(),
            organization_id: at,
            account_id: account,
            role,
            scope_unit_id: None,
            valid_from: day("2020-01-01"),
            valid_to: None,
            granted_by_id: account,
            row_version: 1,
        })
        .await;
        self.put::<member::Entity>(member::Model {
            id: Id::new(),
            organization_id: at,
            account_id: account,
            person_id: person,
            name: name.to_owned(),
            name_key: name.to_owned(),
            state: MemberState::Active,
            row_version: 1,
        })
        .await;
    }

    /// The leader formulates, the chief approves; `twin` is the leader under an account that may approve.
    async fn furnish(&self) {
        self.organization(self.organization, "Secretaría de Educación").await;
        self.legal_act(self.act, self.organization, "045").await;
        let denomination = Id::new();
        self.put::<job_denomination::Entity>(job_denomination::Model {
            id: denomination,
            code: "219".to_owned(),
            level: JobLevel::Professional,
            name: "Profesional universitario".to_owned(),
            name_key: "profesional universitario".to_owned(),
            source: "prueba".to_owned(),
            official: true,
        })
        .await;
        self.put::<job::Entity>(job::Model {
            id: self.job,
            organization_id: self.organization,
            job_denomination_id: denomination,
            grade: "02".to_owned(),
            functions: TextList::default(),
            legal_act_id: None,
            row_version: 1,
        })
        .await;
        let (leader, chief) = (self.person(1).await, self.person(2).await);
        let own = self.organization;
        self.member("leader", Role::QualityLeader, own, Some(leader)).await;
        self.member("chief", Role::SeniorManagement, own, Some(chief)).await;
        self.member("twin", Role::SeniorManagement, own, Some(leader)).await;
        self.member("nobody", Role::SeniorManagement, own, None).await;
        self.member("auditor", Role::Auditor, own, None).await;
        let elsewhere = Id::new();
        self.organization(elsewhere, "Otra secretaría").await;
        self.member("stranger", Role::QualityLeader, elsewhere, None).await;
    }

    async fn actor(&self, name: &str) -> Arc<Actor> {
        self.app.actor(ISSUER, name, Via { request_id: "test", client: None }).await.expect("an actor")
    }

    /// The whole answer to a document.
    async fn ask(&self, name: &str, query: impl Into<String>) -> Value {
        let request = GraphRequest {
            query: query.into(),
            operation_name: None,
            variables: Map::new(),
            actor: self.actor(name).await,
            locale: Locale::En,
            request_id: uuid::Uuid::now_v7().to_string(),
            client: None,
            read_only: false,
            terms: Default::default(),
        };
        serde_json::from_slice(&self.app.execute(request).await.body).expect("JSON")
    }

    /// The answer to one act, as `{structureVersion, errors}`; refusals of the whole field are told as errors too.
    async fn act(&self, name: &str, call: &str) -> Value {
        let shown = "structureVersion { id version number state validFrom validTo annulledFrom note } errors { code path params }";
        let answer = self.ask(name, format!("mutation {{ act: {call} {{ {shown} }} }}")).await;
        match answer["errors"][0]["extensions"]["code"].as_str() {
            Some(code) => {
                json!({ "structureVersion": null, "errors": [{ "code": code, "path": null, "told": answer }] })
            }
            None => answer["data"]["act"].clone(),
        }
    }

    /// The version after an act that nothing refuses.
    async fn done(&self, name: &str, call: &str) -> Version {
        let answer = self.act(name, call).await;
        assert_eq!(answer["errors"], json!([]), "{call}: {answer}");
        Version(answer["structureVersion"].clone())
    }

    /// Why an act was refused: `CODE path`, in their order.
    async fn refused(&self, name: &str, call: &str) -> Vec<String> {
        let answer = self.act(name, call).await;
        let told = |error: &Value| {
            let path: Vec<_> = error["path"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            format!("{} {}", error["code"].as_str().unwrap_or_default(), path.join(".")).trim_end().to_owned()
        };
        answer["errors"].as_array().into_iter().flatten().map(told).collect()
    }

    /// A version with these units, drafted.
    async fn draft(&self, base: Option<&Version>, units: &str) -> Version {
        let organization = opaque(self.organization);
        let base = base.map(|base| format!("baseVersion: \"{}\"", base.id())).unwrap_or_default();
        let units = if units.is_empty() { String::new() } else { format!("units: {units}") };
        let call = format!(r#"structureVersionCreate(organization: "{organization}", input: {{ {base} {units} }})"#);
        self.done("leader", &call).await
    }

    async fn approved(&self, draft: Version) -> Version {
        let submitted = self.done("leader", &draft.call("Submit", "")).await;
        self.done("chief", &submitted.call("Approve", "")).await
    }

    async fn in_force(&self, draft: Version, from: &str) -> Version {
        let approved = self.approved(draft).await;
        let with =
            format!(r#"validFrom: "{from}" legalAct: "{}" backdate: true reason: "Decreto tardío""#, opaque(self.act));
        self.done("chief", &approved.call("PutInForce", &with)).await
    }

    /// The version as it stands.
    async fn again(&self, version: &Version) -> Version {
        let answer = self
            .ask(
                "leader",
                format!(
                    r#"{{ structureVersion(id: "{}") {{ id version number state validFrom validTo annulledFrom note
                        tree {{ code name depth functions kind parent {{ code }} unit {{ id name }} }} }} }}"#,
                    version.id()
                ),
            )
            .await;
        Version(answer["data"]["structureVersion"].clone())
    }

    /// The id of the unit with this code in a version.
    async fn unit(&self, version: &Version, code: &str) -> String {
        let version = self.again(version).await;
        let units = version.0["tree"].as_array().expect("a tree");
        let unit = units.iter().find(|unit| unit["code"] == code).unwrap_or_else(|| panic!("no {code}: {version:?}"));
        unit["unit"]["id"].as_str().expect("an id").to_owned()
    }

    async fn count<E: EntityTrait>(&self) -> usize {
        E::find().all(&self.db).await.expect("rows").len()
    }

    async fn find<E: EntityTrait>(&self, condition: sea_orm::Condition) -> Vec<E::Model> {
        E::find().filter(condition).all(&self.db).await.expect("rows")
    }
}

/// A version as it was answered.
#[derive(Clone, Debug)]
struct Version(Value);

impl Version {
    fn id(&self) -> &str {
        self.0["id"].as_str().unwrap_or_else(|| panic!("no version: {}", self.0))
    }

    fn state(&self) -> &str {
        self.0["state"].as_str().expect("a state")
    }

    /// An act on it as it was answered.
    fn call(&self, act: &str, more: &str) -> String {
        format!(r#"structureVersion{act}(id: "{}", expectedVersion: {} {more})"#, self.id(), self.0["version"])
    }

    /// `code name` of each unit, indented by its depth.
    fn outline(&self) -> Vec<String> {
        let unit = |unit: &Value| {
            let indent = " ".repeat(unit["depth"].as_u64().expect("a depth") as usize);
            format!("{indent}{} {}", unit["code"].as_str().expect("code"), unit["name"].as_str().expect("name"))
        };
        self.0["tree"].as_array().expect("a tree").iter().map(unit).collect()
    }
}

/// Runs a test on SQLite and, if the environment names a server, on PostgreSQL, each in a database of its own.
async fn on_every_database(test: impl AsyncFn(&World)) {
    let name = format!("articula_structure_{}", uuid::Uuid::now_v7().simple());
    let folder = std::env::temp_dir().join(&name);
    std::fs::create_dir_all(&folder).expect("a folder");
    let world = World::open(format!("sqlite:{}", folder.join("a.db").display())).await;
    let outcome = AssertUnwindSafe(test(&world)).catch_unwind().await;
    world.app.store().close().await;
    drop(world);
    let _ = std::fs::remove_dir_all(&folder);
    if let Err(panic) = outcome {
        std::panic::resume_unwind(panic);
    }
    let Ok(server) = std::env::var("TEST_POSTGRES_URL") else { return };
    let admin = Database::connect(&server).await.expect("the server answers");
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("created");
    let (base, _) = server.rsplit_once('/').expect("postgres://host/database");
    let world = World::open(format!("{base}/{name}")).await;
    let outcome = AssertUnwindSafe(test(&world)).catch_unwind().await;
    world.app.store().close().await;
    drop(world);
    admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.expect("dropped");
    if let Err(panic) = outcome {
        std::panic::resume_unwind(panic);
    }
}

/// A small tree: the root `1`, under it `2` and `3`, under `2` the unit `21`.
const SMALL: &str = r#"[{ code: "1", name: "Despacho", kind: DESPACHO, children: [
    { code: "2", name: "Calidad y Cobertura", kind: DIRECTORATE, children: [{ code: "21", name: "Evaluación", kind: AREA }] },
    { code: "3", name: "Talento Humano", kind: DIRECTORATE } ] }]"#;
