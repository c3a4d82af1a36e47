//! Traslado de responsabilidades: the table `responsibility_transfer`.

use sea_orm::entity::prelude::*;

use crate::{Id, Kind, Kinded};

/// Traslado de responsabilidades. Where the responsibilities of a suppressed unit go, or that they end.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "responsibility_transfer")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<super::organization::Entity>,
    /// Sucesión of which it is part.
    pub succession_id: Id<super::succession::Entity>,
    /// Dependencia that gives them up.
    pub from_unit_id: Id<super::org_unit::Entity>,
    /// Dependencia that takes them; empty: they end.
    pub to_unit_id: Option<Id<super::org_unit::Entity>>,
    /// Proceso whose responsibilities it hands over; empty: those of all processes that no other transfer names.
    pub process_id: Option<Id<crate::value_chain::process::Entity>>,
    /// Which responsibilities; empty: all.
    pub description: Option<String>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::ResponsibilityTransfer;
}
