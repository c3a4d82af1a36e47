//! Processes that are there without any act.

use chrono::NaiveDate;
use entity::{
    Id, OpaqueId, TextList,
    organization::{org_unit, organization},
    value_chain::{ControlledStage, PhvaPhase, ProcessKind, ProcessLevel, activity, process, process_version},
};
use sea_orm::ActiveValue::Set;
use serde_json::{Value, json};

use crate::service::{Service, text};

fn key<E>(id: &Value) -> Id<E> {
    Id::from_uuid(OpaqueId::parse(&text(id)).expect("an id").uuid)
}

/// Gives an organization a macroprocess of each code, in force from a day on; what each does is done by `unit`, where one is
/// given. Answers their ids.
pub async fn add(
    service: &Service,
    organization: &Value,
    codes: &[&str],
    from: &str,
    unit: Option<&Value>,
) -> Vec<Value> {
    let organization_id: Id<organization::Entity> = key(organization);
    let from: NaiveDate = from.parse().expect("a date");
    let mut ids = Vec::new();
    let mut loader = service.app.store().loader().await.expect("a loader");
    for code in codes {
        let (process_id, version) = (Id::<process::Entity>::new(), Id::<process_version::Entity>::new());
        let row = process::ActiveModel {
            id: Set(process_id),
            organization_id: Set(organization_id),
            level: Set(ProcessLevel::Macroprocess),
            code: Set((*code).to_owned()),
            name: Set(format!("Proceso {code}")),
            published: Set(true),
            ..Default::default()
        };
        loader.insert_many::<process::Entity>(vec![row]).await.expect("a process");
        let row = process_version::ActiveModel {
            id: Set(version),
            organization_id: Set(organization_id),
            process_id: Set(process_id),
            number: Set(1),
            stage: Set(ControlledStage::Approved),
            code: Set((*code).to_owned()),
            name: Set(format!("Proceso {code}")),
            kind: Set(ProcessKind::Core),
            policies: Set(TextList::default()),
            resources: Set(TextList::default()),
            valid_from: Set(Some(from)),
            ..Default::default()
        };
        loader.insert_many::<process_version::Entity>(vec![row]).await.expect("a version");
        let row = activity::ActiveModel {
            organization_id: Set(organization_id),
            process_version_id: Set(version),
            phase: Set(PhvaPhase::Do),
            position: Set(0),
            description: Set("Hacer".to_owned()),
            control_point: Set(false),
            responsible_unit_id: Set(unit.map(key::<org_unit::Entity>)),
            ..Default::default()
        };
        loader.insert_many::<activity::Entity>(vec![row]).await.expect("an activity");
        ids.push(json!(process_id.opaque().to_string()));
    }
    loader.commit().await.expect("loaded");
    ids
}
