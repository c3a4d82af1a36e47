//! Incidencia de un hallazgo: the table `finding_incidence`.

use sea_orm::entity::prelude::*;

use super::vocabulary::IncidenceKind;
use crate::{Amount, Id, Kind, Kinded};

/// Incidencia de un hallazgo. What else a finding of a control body may lead to, and before whom.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "finding_incidence")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Hallazgo.
    pub finding_id: Id<super::finding::Entity>,
    /// Clase.
    pub kind: IncidenceKind,
    /// Ante whom it was brought.
    pub destination: Option<String>,
    /// Cuantía, in pesos.
    pub amount: Option<Amount>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::FindingIncidence;
}
