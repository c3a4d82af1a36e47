//! Proceso de referencia: the table `reference_process`.

use sea_orm::entity::prelude::*;

use crate::{
    Id, Kind, Kinded,
    value_chain::{ProcessKind, ProcessLevel},
};

/// Proceso de referencia. A macroproceso, proceso, subproceso or procedimiento of a reference map.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "reference_process")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Map of which it is a part.
    pub reference_map_id: Id<super::reference_map::Entity>,
    /// The one above it in the same map; empty for a macroproceso.
    pub parent_id: Option<Id<Entity>>,
    /// Nivel.
    pub level: ProcessLevel,
    /// Tipo; empty where the map says it of the macroproceso only.
    pub kind: Option<ProcessKind>,
    /// Código, unique in its map.
    pub code: String,
    /// Name in Spanish.
    pub name: String,
    /// Folded name, for search and order.
    pub name_key: String,
    /// Its place in the tree of the map, each before those under it, from 0.
    pub position: i32,
    /// Where the row was read: file, document, edition.
    pub source: String,
    /// Is it verified against an official source?
    pub official: bool,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::ReferenceProcess;
}
