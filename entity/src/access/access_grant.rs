//! Asignación de un rol: the table `access_grant`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::vocabulary::Role;
use crate::{Id, Kind, Kinded};

/// Asignación de un rol. An account has a role in an organization from a day until a day.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "access_grant")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización in which the role counts.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Cuenta that has the role.
    pub account_id: Id<super::account::Entity>,
    /// Rol.
    pub role: Role,
    /// Dependencia to whose subtree the role is limited; empty: the whole organization.
    pub scope_unit_id: Option<Id<crate::organization::org_unit::Entity>>,
    /// First day on which it holds.
    pub valid_from: NaiveDate,
    /// Day after the last on which it holds; empty: open.
    pub valid_to: Option<NaiveDate>,
    /// Cuenta that gave it.
    pub granted_by_id: Id<super::account::Entity>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::AccessGrant;
}
