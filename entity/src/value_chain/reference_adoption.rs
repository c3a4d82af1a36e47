//! Adopción: the table `reference_adoption`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::vocabulary::AdoptionStatus;
use crate::{Id, Kind, Kinded};

/// Adopción de un proceso de referencia. How the map of an organization stands to one process of the national reference.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "reference_adoption")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Proceso de referencia; empty exactly for an own process.
    pub reference_process_id: Option<Id<crate::framework::reference_process::Entity>>,
    /// Proceso of the organization; empty exactly for one that is absent.
    pub process_id: Option<Id<super::process::Entity>>,
    /// Adopted, adapted, merged, absent or own.
    pub status: AdoptionStatus,
    /// Why.
    pub justification: Option<String>,
    /// Acto that says so.
    pub legal_act_id: Option<Id<crate::organization::legal_act::Entity>>,
    /// First day on which it holds.
    pub valid_from: NaiveDate,
    /// Day after the last on which it holds; empty while no end is known.
    pub valid_to: Option<NaiveDate>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::ReferenceAdoption;
}
