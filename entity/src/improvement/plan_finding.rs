//! Hallazgo de un plan: the table `plan_finding`.

use sea_orm::entity::prelude::*;

use crate::Id;

/// Hallazgo de un plan. A finding that a plan takes up.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "plan_finding")]
pub struct Model {
    /// Plan.
    #[sea_orm(primary_key, auto_increment = false)]
    pub improvement_plan_id: Id<super::improvement_plan::Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Hallazgo.
    #[sea_orm(primary_key, auto_increment = false)]
    pub finding_id: Id<crate::audit::finding::Entity>,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
