//! Acuse de recibo: the table `acknowledgement`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use crate::{Id, Kind, Kinded};

/// Acuse de recibo. That a unit knows of the material.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "acknowledgement")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Socialización.
    pub dissemination_id: Id<super::dissemination::Entity>,
    /// Dependencia.
    pub org_unit_id: Id<crate::organization::org_unit::Entity>,
    /// Who acknowledged.
    pub person_id: Option<Id<crate::organization::person::Entity>>,
    /// Day of it.
    pub acknowledged_on: NaiveDate,
    /// Remark.
    pub note: Option<String>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::Acknowledgement;
}
