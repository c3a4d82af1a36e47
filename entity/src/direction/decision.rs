//! Decisión de la dirección: the table `decision`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use crate::{Id, Kind, Kinded};

/// Decisión de la dirección. What senior management decided, who sees to it, by when.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "decision")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Revisión.
    pub management_review_id: Id<super::management_review::Entity>,
    /// Its number in the review, from 1.
    pub number: i32,
    /// Decisión.
    pub text: String,
    /// Dependencia that sees to it.
    pub org_unit_id: Id<crate::organization::org_unit::Entity>,
    /// Persona that sees to it.
    pub owner_id: Option<Id<crate::organization::person::Entity>>,
    /// Last day.
    pub due_on: Option<NaiveDate>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::Decision;
}
