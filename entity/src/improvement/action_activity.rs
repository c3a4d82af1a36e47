//! Actividad de una acción: the table `action_activity`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use crate::{Amount, Id, Kind, Kinded};

/// Actividad de una acción. A part of an action that is measured by itself.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "action_activity")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Acción.
    pub improvement_action_id: Id<super::improvement_action::Entity>,
    /// Its number in the action, from 1.
    pub number: i32,
    /// Descripción.
    pub description: String,
    /// Unidad de medida.
    pub unit_of_measure: String,
    /// Cantidad, in units.
    pub target: Amount,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub due_on: NaiveDate,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::ActionActivity;
}
