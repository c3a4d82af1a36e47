//! Persona de una cuenta: the table `account_person`.

use sea_orm::entity::prelude::*;

use crate::Id;

/// Persona de una cuenta. Who an account is in one organization; rules of separation compare these persons.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "account_person")]
pub struct Model {
    /// Cuenta.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Id<super::account::Entity>,
    /// Organización that owns the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Persona that it is there.
    pub person_id: Id<crate::organization::person::Entity>,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
