//! Each act once: what it answers, and that a query reads the same afterwards.

use async_graphql::registry::{MetaType, Registry};
use entity::access::Role;
use serde_json::{Value, json};

use super::{KEEPER, LEADER, MANAGEMENT, on_every_database};
use crate::{
    execution::act::AnyAct,
    organization::{keeping, legal_act},
};

/// An act that succeeds on what was laid out.
pub struct Sample {
    pub act: &'static str,
    pub arguments: &'static str,
    selection: &'static str,
    expected: fn() -> Value,
}

impl Sample {
    /// Who does it.
    pub fn roles(&self) -> &'static [Role] {
        let keeps = self.act.starts_with("organization") || self.act.starts_with("temporary");
        match self.act {
            "personIdentify" | "personErase" => MANAGEMENT,
            _ if keeps => KEEPER,
            _ => LEADER,
        }
    }
}

const fn sample(
    act: &'static str,
    arguments: &'static str,
    selection: &'static str,
    expected: fn() -> Value,
) -> Sample {
    Sample { act, arguments, selection, expected }
}

/// One for each act, two where it does two things; in this order they do not disturb each other.
pub const SAMPLES: &[Sample] = &[
    sample(
        "legalActCreate",
        r#"organization: "<org>", input: {kind: RESOLUTION, number: " 0123 ", issuer: "Secretaría", date: "2026-01-31",
           subject: "Crea un grupo", document: {uri: "https://example.org/0123.pdf", filingNumber: "R-1"}}"#,
        "version kind number issuer date subject document { title uri filingNumber } organization { id }",
        || {
            json!({"version": 1, "kind": "RESOLUTION", "number": "0123", "issuer": "Secretaría", "date": "2026-01-31",
                   "subject": "Crea un grupo", "organization": {"id": "<org>"},
                   "document": {"title": null, "uri": "https://example.org/0123.pdf", "filingNumber": "R-1"}})
        },
    ),
    sample(
        "legalActUpdate",
        r#"id: "<act>", expectedVersion: 1, input: {number: "101", document: null}"#,
        "version number issuer document { title }",
        || json!({"version": 2, "number": "101", "issuer": "Alcaldía", "document": null}),
    ),
    sample("legalActDelete", r#"id: "<spare_act>", expectedVersion: 1"#, "number", || Value::Null),
    sample(
        "jobCreate",
        r#"organization: "<org>", input: {denomination: {code: "219"}, grade: "02", functions: ["Planear", "Revisar"],
           legalAct: "<act>"}"#,
        "version code grade level functions legalAct { id }",
        || {
            json!({"version": 1, "code": "219", "grade": "02", "level": "PROFESSIONAL",
                   "functions": ["Planear", "Revisar"], "legalAct": {"id": "<act>"}})
        },
    ),
    sample(
        "jobUpdate",
        r#"id: "<job>", expectedVersion: 1, input: {functions: ["Atender"], legalAct: "<act>"}"#,
        "version grade functions legalAct { id }",
        || json!({"version": 2, "grade": "01", "functions": ["Atender"], "legalAct": {"id": "<act>"}}),
    ),
    sample("jobDelete", r#"id: "<spare_job>", expectedVersion: 1"#, "grade", || Value::Null),
    sample(
        "postCreate",
        r#"organization: "<org>", input: {job: "<job>", unit: "<new_unit>", structureVersion: "<draft>", replaces: "<post>"}"#,
        "validFrom structureVersion { id } unit { id } replaces { id }",
        || {
            json!({"validFrom": null, "structureVersion": {"id": "<draft>"}, "unit": {"id": "<new_unit>"},
                   "replaces": {"id": "<post>"}})
        },
    ),
    sample(
        "postCreate",
        r#"organization: "<org>", input: {job: "<job>", unit: "<unit>", legalAct: "<act>", validFrom: "2026-04-01"}"#,
        "validFrom validTo structureVersion { id } legalAct { id }",
        || json!({"validFrom": "2026-04-01", "validTo": null, "structureVersion": null, "legalAct": {"id": "<act>"}}),
    ),
    sample(
        "postUpdate",
        r#"id: "<draft_post>", expectedVersion: 1, input: {unit: "<new_unit>", legalAct: "<act>"}"#,
        "version unit { id } legalAct { id }",
        || json!({"version": 2, "unit": {"id": "<new_unit>"}, "legalAct": {"id": "<act>"}}),
    ),
    sample(
        "postEnd",
        r#"id: "<spare_post>", expectedVersion: 1, validTo: "2026-12-31""#,
        "version validTo",
        || json!({"version": 2, "validTo": "2026-12-31"}),
    ),
    sample("postDelete", r#"id: "<future_post>", expectedVersion: 1"#, "validFrom", || Value::Null),
    sample(
        "personCreate",
        r#"organization: "<org>", input: {name: "Luz Marina Peña"}"#,
        "version name",
        || json!({"version": 1, "name": "Luz Marina Peña"}),
    ),
    sample(
        "personUpdate",
        r#"id: "<person>", expectedVersion: 1, input: {name: "Jorge Ríos"}"#,
        "version name",
        || json!({"version": 2, "name": "Jorge Ríos"}),
    ),
    sample(
        "personIdentify",
        r#"id: "<other_person>", expectedVersion: 1, input: {documentKind: CITIZENSHIP_CARD, documentNumber: "52000111",
           email: "luz@example.org", phone: "+57 300 1234567"}"#,
        "version documentKind documentNumber email phone",
        || {
            json!({"version": 2, "documentKind": "CITIZENSHIP_CARD", "documentNumber": "52000111",
                   "email": "luz@example.org", "phone": "+57 300 1234567"})
        },
    ),
    sample(
        "personErase",
        r#"id: "<spare_person>", expectedVersion: 1, reason: "Solicitud del titular""#,
        "version name documentNumber email erasedOn",
        || {
            json!({"version": 2, "name": crate::store::ERASED_NAME, "documentNumber": null, "email": null,
                   "erasedOn": super::TODAY})
        },
    ),
    sample(
        "postHoldingCreate",
        r#"input: {post: "<post>", person: "<other_person>", appointment: ACTING, legalAct: "<act>",
           validFrom: "2026-03-02", validTo: "2026-06-02"}"#,
        "appointment validFrom validTo post { id } person { id } legalAct { id }",
        || {
            json!({"appointment": "ACTING", "validFrom": "2026-03-02", "validTo": "2026-06-02", "post": {"id": "<post>"},
                   "person": {"id": "<other_person>"}, "legalAct": {"id": "<act>"}})
        },
    ),
    sample(
        "postHoldingEnd",
        r#"id: "<holding>", expectedVersion: 1, validTo: "2026-04-01""#,
        "version validTo",
        || json!({"version": 2, "validTo": "2026-04-01"}),
    ),
    sample(
        "workGroupCreate",
        r#"organization: "<org>", input: {unit: "<unit>", legalAct: "<act>", name: "Grupo de Calidad",
           validFrom: "2026-03-02"}"#,
        "version name purpose validFrom unit { id }",
        || {
            json!({"version": 1, "name": "Grupo de Calidad", "purpose": null, "validFrom": "2026-03-02",
                   "unit": {"id": "<unit>"}})
        },
    ),
    sample(
        "workGroupUpdate",
        r#"id: "<group>", expectedVersion: 1, input: {name: "Grupo de Cobertura", purpose: null, legalAct: "<act>",
           unit: "<unit>"}"#,
        "version name purpose",
        || json!({"version": 2, "name": "Grupo de Cobertura", "purpose": null}),
    ),
    sample(
        "workGroupEnd",
        r#"id: "<group>", expectedVersion: 2, validTo: "2026-07-01""#,
        "version validTo",
        || json!({"version": 3, "validTo": "2026-07-01"}),
    ),
    sample(
        "organizationCreate",
        r#"input: {kind: EDUCATION_SECRETARIAT, name: "Secretaría de Educación de Chía", taxId: "899999172-8",
           territorialEntity: "<free_etc>"}"#,
        "version kind name taxId territorialEntity { id }",
        || {
            json!({"version": 1, "kind": "EDUCATION_SECRETARIAT", "name": "Secretaría de Educación de Chía",
                   "taxId": "899999172", "territorialEntity": {"id": "<free_etc>"}})
        },
    ),
    sample(
        "organizationUpdate",
        r#"id: "<org>", expectedVersion: 1, input: {name: "SE de Funza", taxId: "899999433"}"#,
        "version name taxId",
        || json!({"version": 2, "name": "SE de Funza", "taxId": "899999433"}),
    ),
    sample(
        "organizationClassify",
        r#"organization: "<org>", input: {scheme: CATEGORY, value: "1", from: "2026-03-02", source: "Resolución 1"}"#,
        "scheme value validFrom validTo source",
        || {
            json!({"scheme": "CATEGORY", "value": "1", "validFrom": "2026-03-02", "validTo": null,
                   "source": "Resolución 1"})
        },
    ),
    sample(
        "temporaryTakeoverEnd",
        r#"id: "<takeover>", expectedVersion: 1, validTo: "2026-03-02""#,
        "version validTo",
        || json!({"version": 2, "validTo": "2026-03-02"}),
    ),
    sample(
        "temporaryTakeoverCreate",
        r#"organization: "<org>", input: {administrator: "Rosa Díaz", validFrom: "2026-03-02"}"#,
        "administrator validFrom validTo",
        || json!({"administrator": "Rosa Díaz", "validFrom": "2026-03-02", "validTo": null}),
    ),
];

/// The acts that are tried here.
fn area() -> Vec<&'static dyn AnyAct> {
    [super::super::ACTS, legal_act::ACTS, keeping::ACTS].concat()
}

/// "Término. What it is."
fn described(at: &str, text: Option<&str>) {
    let text = text.unwrap_or_default();
    let term = text.split_once(". ").is_some_and(|(term, rest)| term.len() < 80 && !rest.is_empty());
    assert!(term && text.starts_with(char::is_uppercase) && text.ends_with('.'), "{at}: {text:?}");
}

#[test]
fn everything_that_is_given_is_described() {
    let mut registry = Registry::default();
    for act in area() {
        let (description, arguments) = act.describe(&mut registry);
        described(act.name(), Some(&description));
        for (name, argument) in &arguments {
            described(&format!("{}({name})", act.name()), argument.description.as_deref());
        }
        let guarded = arguments.get("id").is_none_or(|_| arguments["expectedVersion"].ty == "Int!");
        assert!(guarded, "{} takes no expected version", act.name());
    }
    for ty in registry.types.values() {
        let MetaType::InputObject { name, description, input_fields, .. } = ty else { continue };
        described(name, description.as_deref());
        for field in input_fields.values() {
            described(&format!("{name}.{}", field.name), field.description.as_deref());
        }
    }
}

#[test]
fn every_act_is_done_once_and_read_back() {
    for act in area() {
        assert!(SAMPLES.iter().any(|sample| sample.act == act.name()), "{} has no sample", act.name());
    }
    on_every_database(async |bench| {
        for Sample { act, arguments, selection, expected, .. } in SAMPLES {
            let roles = SAMPLES.iter().find(|sample| sample.act == *act).expect("itself").roles();
            let before = bench.history().await;
            let outcome = bench.done(roles, act, arguments, &format!("__typename id {selection}")).await;
            assert!(bench.history().await > before, "{act} left no trace");
            let expected: Value = serde_json::from_str(&bench.filled(&expected().to_string())).expect("JSON");
            let Value::Object(mut object) = outcome.object else {
                assert!(expected.is_null(), "{act}: {}", outcome.body);
                continue;
            };
            let (id, ty) = (object.remove("id").expect("id"), object.remove("__typename").expect("type"));
            assert_eq!(Value::Object(object), expected, "{act}");
            let (id, ty) = (id.as_str().expect("text"), ty.as_str().expect("text"));
            // The keeper of organizations reads no structure; nobody reads what he does not.
            assert_eq!(bench.node(roles, id, ty, selection).await, expected, "{act} read back");
        }
    });
}

#[test]
fn a_dry_run_answers_and_keeps_nothing() {
    on_every_database(async |bench| {
        let before = bench.history().await;
        for sample in
            SAMPLES.iter().filter(|sample| sample.act != "temporaryTakeoverCreate" && sample.act != "workGroupEnd")
        {
            let arguments = format!("{}, dryRun: true", sample.arguments);
            let outcome = bench.done(sample.roles(), sample.act, &arguments, "id").await;
            assert_eq!(outcome.object.is_null(), sample.act.ends_with("Delete"), "{}", outcome.body);
        }
        assert_eq!(bench.history().await, before);
    });
}

#[test]
fn the_same_key_acts_once() {
    on_every_database(async |bench| {
        let arguments =
            |name: &str| format!(r#"organization: "<org>", input: {{name: "{name}"}}, idempotencyKey: "k""#);
        let first = bench.done(LEADER, "personCreate", &arguments("Eva"), "id").await;
        let again = bench.done(LEADER, "personCreate", &arguments("Eva"), "id").await;
        assert_eq!(first.object, again.object);
        bench.refused(LEADER, "personCreate", &arguments("Ada"), &["IDEMPOTENCY_CONFLICT"]).await;
    });
}
