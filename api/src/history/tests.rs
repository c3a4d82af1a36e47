//! What is stored of a change, told in the words of the schema.

use std::collections::BTreeSet;

use entity::{
    Kind, OpaqueId,
    machinery::ObjectKind,
    organization::{
        job, legal_act, org_unit, organization, organization_classification, person, post, post_holding,
        responsibility_transfer, structure_transition, structure_version, succession, temporary_takeover, unit_version,
        work_group,
    },
};
use sea_orm::{IdenStatic as _, Iterable as _};
use serde_json::{Value, json};
use uuid::Uuid;

use super::changes::{CHANGES, UNTOLD, declaration_of, field, link};
use crate::{
    access::actor::{Actor, Held},
    catalogue::ENTITIES,
    graph::{
        declaration::{FigureInput, Owner},
        error::Locale,
        names::upper_snake,
    },
    store::{
        Recorded,
        sealed::{PersonKey, Place},
    },
};
use entity::access::{Role, access_grant, api_key, member};

const ORGANIZATION: Uuid = Uuid::from_u128(7);
const OBJECT: Uuid = Uuid::from_u128(8);
const ENTRY: Uuid = Uuid::from_u128(9);

#[test]
fn whatever_leaves_a_history_has_a_word_in_it() {
    let owned = ENTITIES.iter().filter(|entity| {
        let visibility = entity.visibility;
        entity.is_node() && visibility.owner != Owner::Nation && visibility.about.is_none()
    });
    let mut words = BTreeSet::new();
    for entity in owned {
        let number = entity.kind.expect("a node") as i16;
        let word = ObjectKind::VOCABULARY.by_number(number).unwrap_or_else(|| panic!("{} has no word", entity.name));
        assert_eq!(format!("_{}", word.name), upper_snake(entity.name));
        let owned = matches!(entity.visibility.owner, Owner::Column(_));
        assert_eq!(entity.member("history").is_some(), owned, "{}", entity.name);
        words.insert(word.number);
    }
    assert_eq!(words.len(), ObjectKind::VOCABULARY.terms.len(), "a word for what leaves no history");
}

/// The columns of a table that are told have a name in the schema.
fn told<E: Recorded>(nameless: &mut Vec<String>) {
    let declaration = declaration_of(ObjectKind::from_number(E::KIND as i16).expect("a word")).expect("declared");
    for column in E::Column::iter().map(|column| column.as_str().to_owned()) {
        let untold = matches!(column.as_str(), "id" | "organization_id" | "row_version") || column.ends_with("_key");
        let untold = untold || UNTOLD.contains(&(declaration.table, &column));
        if !untold && !field(declaration, &column).is_declared() {
            nameless.push(format!("{}.{column}", E::default().table_name()));
        }
    }
}

#[test]
fn every_column_that_is_told_is_told_by_a_name_of_the_schema() {
    let mut nameless = Vec::new();
    told::<organization::Entity>(&mut nameless);
    told::<organization_classification::Entity>(&mut nameless);
    told::<temporary_takeover::Entity>(&mut nameless);
    told::<legal_act::Entity>(&mut nameless);
    told::<structure_version::Entity>(&mut nameless);
    told::<structure_transition::Entity>(&mut nameless);
    told::<org_unit::Entity>(&mut nameless);
    told::<unit_version::Entity>(&mut nameless);
    told::<succession::Entity>(&mut nameless);
    told::<responsibility_transfer::Entity>(&mut nameless);
    told::<work_group::Entity>(&mut nameless);
    told::<job::Entity>(&mut nameless);
    told::<post::Entity>(&mut nameless);
    told::<post_holding::Entity>(&mut nameless);
    told::<person::Entity>(&mut nameless);
    told::<access_grant::Entity>(&mut nameless);
    told::<member::Entity>(&mut nameless);
    told::<api_key::Entity>(&mut nameless);
    assert!(nameless.is_empty(), "{nameless:?}");
    let succession = declaration_of(ObjectKind::Succession).expect("declared");
    for table in ["succession_predecessor", "succession_successor"] {
        assert!(link(succession, table).is_some(), "{table}");
    }
}

fn viewer(role: Role) -> Actor {
    let held = Held { role, organization: ORGANIZATION, scope: None };
    Actor { account: Some(Uuid::nil()), grants: vec![held], ..Actor::visitor() }
}

/// What somebody is told of an entry; with the key of its person, if there is one.
fn shown(role: Role, kind: ObjectKind, changes: &Value, key: Option<&str>) -> Vec<String> {
    let id = |uuid: Uuid| json!(OpaqueId { number: Kind::HistoryEntry as u8, uuid }.to_string());
    let word = ObjectKind::VOCABULARY.by_number(kind.number()).expect("a word").name;
    let cells = [json!(word), id(OBJECT), id(ORGANIZATION), id(ENTRY), json!(changes.to_string()), json!(key)];
    let viewer = viewer(role);
    let input = FigureInput {
        cells: &cells,
        arguments: &Default::default(),
        viewer: &viewer,
        locale: Locale::En,
        today: Default::default(),
    };
    let value = (CHANGES.compute)(&input).expect("computed");
    let lines = value.as_array().expect("a list").iter();
    let text = |value: &Value| value.as_str().unwrap_or("–").to_owned();
    let line = |line: &Value| {
        let [field, before, after, withheld] = ["field", "before", "after", "withheld"].map(|name| text(&line[name]));
        format!("{field}: {before} → {after} {withheld}")
    };
    lines.map(line).collect()
}

#[test]
fn columns_become_fields_and_numbers_words() {
    let act = Uuid::from_u128(3);
    let opaque = OpaqueId { number: Kind::LegalAct as u8, uuid: act };
    let changes = json!({ "stage": [1, 3], "valid_from": [null, "2025-02-01"], "legal_act_id": [null, act] });
    assert_eq!(
        shown(Role::QualityLeader, ObjectKind::StructureVersion, &changes, None),
        [
            format!("legalAct: – → {opaque} –"),
            "state: DRAFT → APPROVED –".to_owned(),
            "validFrom: – → 2025-02-01 –".to_owned()
        ]
    );
    let changes = json!({ "document_title": [null, "Decreto"], "kind": [null, 2] });
    assert_eq!(
        shown(Role::QualityLeader, ObjectKind::LegalAct, &changes, None),
        ["document.title: – → Decreto –", "kind: – → DECREE –"]
    );
    let unit = Uuid::from_u128(4);
    let opaque = OpaqueId { number: Kind::OrgUnit as u8, uuid: unit };
    let changes = json!({ "succession_successor": [null, { "succession_id": OBJECT, "org_unit_id": unit }] });
    assert_eq!(
        shown(Role::QualityLeader, ObjectKind::Succession, &changes, None),
        [format!("successors: – → {opaque} –")]
    );
}

#[test]
fn what_was_loaded_is_counted_for_who_reads_it() {
    let changes = json!({ "person": [0, 7], "access_grant": [1, 2] });
    assert_eq!(shown(Role::SfiMonitor, ObjectKind::Organization, &changes, None), ["persons: 0 → 7 –"]);
    assert_eq!(
        shown(Role::InternalControl, ObjectKind::Organization, &changes, None),
        ["accessGrants: 1 → 2 –", "persons: 0 → 7 –"]
    );
}

#[test]
fn personal_values_are_shown_to_those_who_read_them_and_to_nobody_once_the_key_is_gone() {
    let secret = PersonKey::generate().expect("random bytes");
    let key = PersonKey::parse(&secret).expect("a key");
    let seal = |column, value: Value| key.seal(Place { entry: ENTRY, person: OBJECT, column }, &value).expect("sealed");
    let changes = json!({
        "name": seal("name", json!(["Ana", "Ana Peña"])),
        "document_kind": seal("document_kind", json!([null, 1])),
        "email": { "personal": true },
    });
    let told = |role, key| shown(role, ObjectKind::Person, &changes, key);
    let masked = "documentKind: – → – PERSONAL_DATA";
    let word = entity::organization::DocumentKind::VOCABULARY.by_number(1).expect("a word").name;
    assert_eq!(
        told(Role::SeniorManagement, Some(secret.as_str())),
        [&format!("documentKind: – → {word} –"), "email: – → – PERSON_ERASED", "name: Ana → Ana Peña –"]
    );
    assert_eq!(
        told(Role::QualityLeader, Some(secret.as_str())),
        [masked, "email: – → – PERSONAL_DATA", "name: Ana → Ana Peña –"]
    );
    for role in [Role::SeniorManagement, Role::QualityLeader] {
        assert!(told(role, None).contains(&"name: – → – PERSON_ERASED".to_owned()), "{role:?}");
    }
    assert_eq!(told(Role::QualityLeader, None)[0], masked, "whether it is there is not told");
}
