//! National reference content of the tests' own: it depends on nothing that is shipped.

use chrono::NaiveDate;
use entity::{
    Id,
    framework::{
        CrosswalkRelation, RequirementKind, crosswalk, framework, framework_edition, norm, reference_map,
        reference_process, requirement,
    },
    value_chain::ProcessLevel,
};
use sea_orm::ActiveValue::Set;
use serde_json::{Value, json};

use crate::service::Service;

/// What was added.
pub struct National {
    /// Macroprocesses of a reference map.
    pub references: Vec<Value>,
    /// Requirements of an edition from 2020 until 2024, and, in the same order, those that follow them: the first is equal,
    /// the second intersects.
    pub old: Vec<Value>,
    /// Requirements of the edition from 2024 on.
    pub new: Vec<Value>,
    /// A norm.
    pub norm: Value,
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn shown<E: entity::Kinded>(id: Id<E>) -> Value {
    json!(id.opaque().to_string())
}

/// Adds a reference map of this many macroprocesses, a framework of two editions and a norm.
pub async fn add(service: &Service, references: usize) -> National {
    let mut loader = service.app.store().loader().await.expect("a loader");
    let source = || Set("Prueba".to_owned());
    let map = Id::<reference_map::Entity>::new();
    let row = reference_map::ActiveModel {
        id: Set(map),
        code: Set("PRUEBA".to_owned()),
        name: Set("Mapa de prueba".to_owned()),
        edition: Set("1".to_owned()),
        valid_from: Set(day("2020-01-01")),
        source: source(),
        official: Set(false),
        ..Default::default()
    };
    loader.insert_many::<reference_map::Entity>(vec![row]).await.expect("a map");
    let ids: Vec<_> = (0..references).map(|_| Id::<reference_process::Entity>::new()).collect();
    let rows = ids.iter().enumerate().map(|(at, id)| reference_process::ActiveModel {
        id: Set(*id),
        reference_map_id: Set(map),
        level: Set(ProcessLevel::Macroprocess),
        code: Set(format!("R{at:02}")),
        name: Set(format!("De referencia {at}")),
        position: Set(at as i32),
        source: source(),
        official: Set(false),
        ..Default::default()
    });
    loader.insert_many::<reference_process::Entity>(rows.collect()).await.expect("processes");
    let frame = Id::<framework::Entity>::new();
    let row = framework::ActiveModel {
        id: Set(frame),
        slug: Set("PRUEBA".to_owned()),
        name: Set("Marco de prueba".to_owned()),
        name_en: Set("Test framework".to_owned()),
        source: source(),
        official: Set(false),
        ..Default::default()
    };
    loader.insert_many::<framework::Entity>(vec![row]).await.expect("a framework");
    let (mut old, mut new) = (Vec::new(), Vec::new());
    let editions = [("2020", day("2020-01-01"), Some(day("2024-01-01"))), ("2024", day("2024-01-01"), None)];
    for (code, from, to) in editions {
        let edition = Id::<framework_edition::Entity>::new();
        let row = framework_edition::ActiveModel {
            id: Set(edition),
            framework_id: Set(frame),
            code: Set(code.to_owned()),
            label: Set(format!("Edición {code}")),
            valid_from: Set(from),
            valid_to: Set(to),
            source: source(),
            official: Set(false),
        };
        loader.insert_many::<framework_edition::Entity>(vec![row]).await.expect("an edition");
        let ids: Vec<_> = (0..2).map(|_| Id::<requirement::Entity>::new()).collect();
        let rows = ids.iter().enumerate().map(|(at, id)| requirement::ActiveModel {
            id: Set(*id),
            framework_edition_id: Set(edition),
            slug: Set(format!("requisito-{at}")),
            kind: Set(RequirementKind::Policy),
            name: Set(format!("Requisito {at}")),
            position: Set(at as i32),
            valid_from: Set(from),
            valid_to: Set(to),
            source: source(),
            official: Set(false),
            ..Default::default()
        });
        loader.insert_many::<requirement::Entity>(rows.collect()).await.expect("requirements");
        if to.is_some() { &mut old } else { &mut new }.extend(ids);
    }
    let relations = [CrosswalkRelation::Equal, CrosswalkRelation::Intersects];
    let rows = old.iter().zip(&new).zip(relations).map(|((old, new), relation)| crosswalk::ActiveModel {
        from_requirement_id: Set(*old),
        to_requirement_id: Set(*new),
        relation: Set(relation),
        source: source(),
        official: Set(false),
        ..Default::default()
    });
    loader.insert_many::<crosswalk::Entity>(rows.collect()).await.expect("a crosswalk");
    let known = Id::<norm::Entity>::new();
    let row = norm::ActiveModel {
        id: Set(known),
        code: Set("PRUEBA".to_owned()),
        name: Set("Ley de prueba".to_owned()),
        subject: Set("Probar".to_owned()),
        source: source(),
        official: Set(false),
        ..Default::default()
    };
    loader.insert_many::<norm::Entity>(vec![row]).await.expect("a norm");
    loader.commit().await.expect("loaded");
    National {
        references: ids.into_iter().map(shown).collect(),
        old: old.into_iter().map(shown).collect(),
        new: new.into_iter().map(shown).collect(),
        norm: shown(known),
    }
}
