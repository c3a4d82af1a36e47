//! Hallazgo de una acción: the table `action_finding`.

use sea_orm::entity::prelude::*;

use crate::Id;

/// Hallazgo de una acción. A finding that an action answers.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "action_finding")]
pub struct Model {
    /// Acción.
    #[sea_orm(primary_key, auto_increment = false)]
    pub improvement_action_id: Id<super::improvement_action::Entity>,
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
