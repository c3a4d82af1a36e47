//! Plan de mejoramiento: the table `improvement_plan`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::vocabulary::{PlanKind, PlanState};
use crate::{Id, Kind, Kinded};

/// Plan de mejoramiento. What an organization undertakes about findings.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "improvement_plan")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Código, unique in the organization.
    pub code: String,
    /// Name as it is written, with its accents.
    pub name: String,
    /// Folded name, for search and order.
    pub name_key: String,
    /// Clase.
    pub kind: PlanKind,
    /// Vigencia.
    pub year: i32,
    /// Where it stands.
    pub state: PlanState,
    /// Dependencia que formula.
    pub org_unit_id: Id<crate::organization::org_unit::Entity>,
    /// Proceso de origen.
    pub process_id: Option<Id<crate::value_chain::process::Entity>>,
    /// Objetivo.
    pub objective: Option<String>,
    /// Radicado.
    pub filing_number: Option<String>,
    /// Ente de control to which it is owed.
    pub control_body: Option<String>,
    /// Day of its subscription.
    pub subscribed_on: Option<NaiveDate>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::ImprovementPlan;
}
