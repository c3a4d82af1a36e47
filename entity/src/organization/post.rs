//! Cargo: the table `post`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use crate::{Id, Kind, Kinded};

/// Cargo. One place of the planta central, in one unit, that one person at a time fills.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "post")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<super::organization::Entity>,
    /// Versión whose draft proposes it; empty: it is created outside a version.
    pub structure_version_id: Option<Id<super::structure_version::Entity>>,
    /// Empleo of which it is a place.
    pub job_id: Id<super::job::Entity>,
    /// Dependencia in which it stands.
    pub org_unit_id: Id<super::org_unit::Entity>,
    /// Acto that creates it.
    pub legal_act_id: Option<Id<super::legal_act::Entity>>,
    /// Cargo that it continues, such as the same place in another unit.
    pub replaces_id: Option<Id<Entity>>,
    /// First day of its existence; empty while its version is not in force.
    pub valid_from: Option<NaiveDate>,
    /// Day after its last; empty: open.
    pub valid_to: Option<NaiveDate>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::Post;
}
