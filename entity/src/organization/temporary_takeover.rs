//! Administración temporal: the table `temporary_takeover`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use crate::{Id, Kind, Kinded};

/// Administración temporal. The Nation administers an SE's service in its place for a time (Decreto Ley 28 de 2008).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "temporary_takeover")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<super::organization::Entity>,
    /// Acto that orders it.
    pub legal_act_id: Option<Id<super::legal_act::Entity>>,
    /// Administrador temporal: who was named.
    pub administrator: String,
    /// First day on which it holds.
    pub valid_from: NaiveDate,
    /// Day after the last on which it holds; empty: open.
    pub valid_to: Option<NaiveDate>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::TemporaryTakeover;
}
