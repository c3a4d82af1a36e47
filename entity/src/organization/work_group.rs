//! Grupo interno de trabajo: the table `work_group`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use crate::{Id, Kind, Kinded};

/// Grupo interno de trabajo. A group made by resolution inside a unit, outside the structure's versions.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "work_group")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<super::organization::Entity>,
    /// Dependencia to which it belongs.
    pub org_unit_id: Id<super::org_unit::Entity>,
    /// Resolución that makes it.
    pub legal_act_id: Id<super::legal_act::Entity>,
    /// Name as it is written, with its accents.
    pub name: String,
    /// Folded name, for search and order.
    pub name_key: String,
    /// Objeto: what it is for.
    pub purpose: Option<String>,
    /// First day on which it holds.
    pub valid_from: NaiveDate,
    /// Day after the last on which it holds; empty: open.
    pub valid_to: Option<NaiveDate>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::WorkGroup;
}
