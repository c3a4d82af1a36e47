//! Caracterización: the table `process_version`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::vocabulary::{ControlledStage, ProcessKind};
use crate::{Id, Kind, Kinded, TextList};

/// Caracterización. What a process is called, stands under, aims at and does, as one version says it.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "process_version")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Proceso that it describes.
    pub process_id: Id<super::process::Entity>,
    /// Counts the versions of the process, from 1.
    pub number: i32,
    /// How far its review has come.
    pub stage: ControlledStage,
    /// Código, unique in the organization on any day.
    pub code: String,
    /// Name as it is written, with its accents.
    pub name: String,
    /// Folded name, for search and order.
    pub name_key: String,
    /// Tipo de proceso.
    pub kind: ProcessKind,
    /// Proceso above it; empty for a macroprocess.
    pub parent_process_id: Option<Id<super::process::Entity>>,
    /// Objetivo.
    pub objective: Option<String>,
    /// Alcance.
    pub scope: Option<String>,
    /// Where the process begins.
    pub starts_with: Option<String>,
    /// Where it ends.
    pub ends_with: Option<String>,
    /// Políticas de operación, in their order.
    pub policies: TextList,
    /// Recursos, in their order.
    pub resources: TextList,
    /// Why this version was made.
    pub change_reason: Option<String>,
    /// Acto that adopts it.
    pub legal_act_id: Option<Id<crate::organization::legal_act::Entity>>,
    /// Version from which it was written; empty for the first.
    pub base_version_id: Option<Id<Entity>>,
    /// Who prepared it (elaboró).
    pub prepared_by_id: Option<Id<crate::organization::person::Entity>>,
    /// Who reviewed it (revisó).
    pub reviewed_by_id: Option<Id<crate::organization::person::Entity>>,
    /// Who approved it (aprobó).
    pub approved_by_id: Option<Id<crate::organization::person::Entity>>,
    /// First day in force; empty until it is approved.
    pub valid_from: Option<NaiveDate>,
    /// Day after the last in force; empty while no end is known.
    pub valid_to: Option<NaiveDate>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::ProcessVersion;
}
