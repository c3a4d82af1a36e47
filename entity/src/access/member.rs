//! Miembro: the table `member`.

use sea_orm::entity::prelude::*;

use super::vocabulary::MemberState;
use crate::{Id, Kind, Kinded};

/// Miembro. An account in one organization: who it is there, and whether its roles count.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "member")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Cuenta with which it signs in.
    pub account_id: Id<super::account::Entity>,
    /// Persona that it is there; rules of separation compare these persons.
    pub person_id: Option<Id<crate::organization::person::Entity>>,
    /// What the organization calls it.
    pub name: String,
    /// Folded name, for search and order.
    pub name_key: String,
    /// Estado.
    pub state: MemberState,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::Member;
}
