//! What audits and findings name: processes, units, requirements — from ids into keys of the organization.

use async_graphql::{ID, InputObject};
use entity::{Id, framework::requirement};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait};

use crate::{
    graph::error::ErrorCode,
    organization::entry::{Path, Texts, follow, key},
    organization::rules::validate,
    store::{ActFault, ChangeSet, Granted, Recorded, Verb},
};

/// Most entries of a list.
pub const LIST_LIMIT: usize = 200;

/// Alcance. A process, a unit, or a process in a unit.
#[derive(InputObject)]
pub struct AuditScopeInput {
    /// Proceso. One of the two at least is given.
    pub process: Option<ID>,
    /// Dependencia. One of the two at least is given.
    pub unit: Option<ID>,
}

/// Criterio. A requirement against which is audited.
#[derive(InputObject)]
pub struct AuditCriterionInput {
    /// Requisito. Of one edition of a framework.
    pub requirement: ID,
    /// Nota. What exactly, up to 4,000 characters.
    pub note: Option<String>,
}

impl AuditCriterionInput {
    /// The checked note.
    pub fn note(&self, texts: &mut Texts) -> Option<String> {
        texts.optional("note", self.note.as_deref(), validate::note)
    }
}

/// TOO_LONG for a list with too many entries.
pub fn bounded<T>(list: &[T], path: Path<'_>) -> Result<(), ActFault> {
    if list.len() > LIST_LIMIT {
        return Err(ErrorCode::TooLong.at(path.iter().copied()).with("maximum", LIST_LIMIT).into());
    }
    Ok(())
}

/// The requirement that an argument names. NOT_FOUND.
pub async fn requirement(changes: &ChangeSet, id: &ID, path: Path<'_>) -> Result<Id<requirement::Entity>, ActFault> {
    let id = key::<requirement::Entity>(id, path)?;
    let same = Condition::all().add(requirement::Column::Id.eq(id));
    let found = changes.catalogue::<requirement::Entity>(same).await?;
    if found.is_empty() { Err(ErrorCode::NotFound.at(path.iter().copied()).into()) } else { Ok(id) }
}

/// The requirements that a list names, each once.
pub async fn requirements(
    changes: &ChangeSet,
    ids: &[ID],
    field: &str,
) -> Result<Vec<Id<requirement::Entity>>, ActFault> {
    bounded(ids, &["input", field])?;
    let mut found = Vec::with_capacity(ids.len());
    for (at, id) in ids.iter().enumerate() {
        let at = at.to_string();
        let id = requirement(changes, id, &["input", field, &at]).await?;
        if !found.contains(&id) {
            found.push(id);
        }
    }
    Ok(found)
}

/// The rows of the organization that a list names, each once. NOT_FOUND.
pub async fn named<E: Recorded, V: Verb>(
    changes: &ChangeSet,
    cause: &Granted<impl EntityTrait, V>,
    ids: &[ID],
    field: &str,
) -> Result<Vec<Id<E>>, ActFault> {
    bounded(ids, &["input", field])?;
    let mut found = Vec::with_capacity(ids.len());
    for (at, id) in ids.iter().enumerate() {
        let at = at.to_string();
        let id = follow::<E, V>(changes, cause, id, &["input", field, &at]).await?.id();
        if !found.contains(&id) {
            found.push(id);
        }
    }
    Ok(found)
}
