//! Ajuste: the table `setting`.

use sea_orm::entity::prelude::*;

/// Ajuste. A value that the service keeps about itself, by its name.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "setting")]
pub struct Model {
    /// Name of the setting, compared byte by byte.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// The value as text.
    pub value: String,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
