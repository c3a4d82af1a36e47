//! Documento controlado: the table `controlled_document`.

use sea_orm::entity::prelude::*;

use super::vocabulary::ControlledDocumentKind;
use crate::{Id, Kind, Kinded};

/// Documento controlado. A document of a process with its identity across versions.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "controlled_document")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Proceso that it belongs to.
    pub process_id: Id<super::process::Entity>,
    /// Clase.
    pub kind: ControlledDocumentKind,
    /// Last known code, unique in the organization.
    pub code: String,
    /// Last known name.
    pub name: String,
    /// Folded name, for search and order.
    pub name_key: String,
    /// Whether a version of it was ever approved: then every member reads it.
    pub published: bool,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::ControlledDocument;
}
