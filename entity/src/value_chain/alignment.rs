//! Alineación: the table `alignment`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::vocabulary::AlignmentRole;
use crate::{Id, Kind, Kinded};

/// Alineación. What a process, unit, document or capability does for a requirement of a framework.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "alignment")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Requisito, of one edition.
    pub requirement_id: Id<crate::framework::requirement::Entity>,
    /// Leads or contributes.
    pub role: AlignmentRole,
    /// Why.
    pub rationale: Option<String>,
    /// Proceso, when that is the subject; exactly one of the four is.
    pub process_id: Option<Id<super::process::Entity>>,
    /// Dependencia, when that is the subject.
    pub org_unit_id: Option<Id<crate::organization::org_unit::Entity>>,
    /// Documento, when that is the subject.
    pub controlled_document_id: Option<Id<super::controlled_document::Entity>>,
    /// Capacidad, when that is the subject.
    pub capability_id: Option<Id<super::capability::Entity>>,
    /// First day on which it holds.
    pub valid_from: NaiveDate,
    /// Day after the last on which it holds; empty while no end is known.
    pub valid_to: Option<NaiveDate>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::Alignment;
}
