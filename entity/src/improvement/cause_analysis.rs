//! Análisis de causas: the table `cause_analysis`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::vocabulary::{CauseCategory, CauseMethod};
use crate::{Id, Kind, Kinded, TextList};

/// Análisis de causas. Why a finding came about.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "cause_analysis")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Hallazgo.
    pub finding_id: Id<crate::audit::finding::Entity>,
    /// Método.
    pub method: CauseMethod,
    /// Categoría of the root cause.
    pub category: CauseCategory,
    /// The chain of whys, or the branches, in order.
    pub whys: TextList,
    /// Causa raíz.
    pub root_cause: String,
    /// The analysis in full.
    pub content: Option<String>,
    /// Day on which it was recorded.
    pub recorded_on: NaiveDate,
    /// Who analysed.
    pub person_id: Option<Id<crate::organization::person::Entity>>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::CauseAnalysis;
}
