//! Versión de la estructura: the table `structure_version`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::vocabulary::StructureStage;
use crate::{Id, Kind, Kinded};

/// Versión de la estructura. One design of an organization's units, adopted by an act for an interval.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "structure_version")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<super::organization::Entity>,
    /// Consecutive number within the organization, from 1.
    pub number: i32,
    /// How far its approval has come; in force or repealed follow from the dates.
    pub stage: StructureStage,
    /// First day in force; empty until a day is set.
    pub valid_from: Option<NaiveDate>,
    /// Day after the last in force; empty: open.
    pub valid_to: Option<NaiveDate>,
    /// Day of the ruling that annulled its act, if one did.
    pub annulled_from: Option<NaiveDate>,
    /// Remark by those who formulate it.
    pub note: Option<String>,
    /// Acto that adopts it; needed to put it in force.
    pub legal_act_id: Option<Id<super::legal_act::Entity>>,
    /// Acto that repealed it, where the repeal named one.
    pub repeal_act_id: Option<Id<super::legal_act::Entity>>,
    /// Versión from which it was drafted.
    pub base_version_id: Option<Id<Entity>>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::StructureVersion;
}
