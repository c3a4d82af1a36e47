//! Realización de una capacidad: the table `capability_process`.

use sea_orm::entity::prelude::*;

use crate::{Id, Kind, Kinded};

/// Realización de una capacidad. A process that realizes a capability, and how much of it.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "capability_process")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Capacidad.
    pub capability_id: Id<super::capability::Entity>,
    /// Proceso that realizes it.
    pub process_id: Id<super::process::Entity>,
    /// Peso, 1 to 100: its part beside the other processes.
    pub weight: i32,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::CapabilityProcess;
}
