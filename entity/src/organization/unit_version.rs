//! Dependencia en una versión: the table `unit_version`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::vocabulary::OrgUnitKind;
use crate::{Id, Kind, Kinded, TextList};

/// Dependencia en una versión. What a unit is called, does and hangs under in one version of the structure.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "unit_version")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<super::organization::Entity>,
    /// Versión in which it stands.
    pub structure_version_id: Id<super::structure_version::Entity>,
    /// Dependencia that it describes.
    pub org_unit_id: Id<super::org_unit::Entity>,
    /// Unit above it in the same version; empty at the top.
    pub parent_id: Option<Id<Entity>>,
    /// Código, unique within its version.
    pub code: String,
    /// Name as it is written, with its accents.
    pub name: String,
    /// Folded name, for search and order.
    pub name_key: String,
    /// Tipo de dependencia.
    pub kind: OrgUnitKind,
    /// Funciones, in the order of the act.
    pub functions: TextList,
    /// Place among its siblings, from 0.
    pub position: i32,
    /// Way from the top as a sortable key; a subtree shares its head's path as prefix.
    pub path: String,
    /// Levels above it: 0 at the top.
    pub depth: i32,
    /// First day in force, as its version's.
    pub valid_from: Option<NaiveDate>,
    /// Day after the last in force, as its version's.
    pub valid_to: Option<NaiveDate>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::UnitVersion;
}
