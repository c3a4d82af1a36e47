//! Criterio de auditoría: the table `audit_criterion`.

use sea_orm::entity::prelude::*;

use crate::{Id, Kind, Kinded};

/// Criterio de auditoría. A requirement against which an audit holds what it finds.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_criterion")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Auditoría.
    pub audit_id: Id<super::audit::Entity>,
    /// Requisito, of one edition.
    pub requirement_id: Id<crate::framework::requirement::Entity>,
    /// Remark.
    pub note: Option<String>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::AuditCriterion;
}
