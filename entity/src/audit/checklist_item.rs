//! Pregunta de la lista de verificación: the table `checklist_item`.

use sea_orm::entity::prelude::*;

use super::vocabulary::ChecklistResult;
use crate::{Id, Kind, Kinded};

/// Pregunta de la lista de verificación. What is asked in an audit, and what was found.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "checklist_item")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Auditoría.
    pub audit_id: Id<super::audit::Entity>,
    /// Its place, from 0.
    pub position: i32,
    /// Pregunta.
    pub question: String,
    /// Requisito, of one edition.
    pub requirement_id: Option<Id<crate::framework::requirement::Entity>>,
    /// Proceso.
    pub process_id: Option<Id<crate::value_chain::process::Entity>>,
    /// Resultado; empty until it is answered.
    pub result: Option<ChecklistResult>,
    /// What was seen.
    pub remarks: Option<String>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::ChecklistItem;
}
