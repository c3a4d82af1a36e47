//! Efecto de una entrada en vigencia: the table `entry_effect`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use crate::Id;

/// Efecto de una entrada en vigencia. What putting a version in force ended around it, kept so that it can be
/// withdrawn as long as its day has not come.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "entry_effect")]
pub struct Model {
    /// Versión whose entry it was.
    #[sea_orm(primary_key, auto_increment = false)]
    pub structure_version_id: Id<super::structure_version::Entity>,
    /// The version, post, holding or responsibility that was ended on its first day, or the holding that was moved to
    /// another post.
    #[sea_orm(primary_key, auto_increment = false)]
    pub object_id: Uuid,
    /// Organización that owns the row.
    pub organization_id: Id<super::organization::Entity>,
    /// The holding or responsibility in which an ended one goes on, if it does.
    pub next_id: Option<Uuid>,
    /// The end that the object had before; empty: open.
    pub valid_to: Option<NaiveDate>,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
