//! Clave de API: the table `api_key`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use crate::{Id, Kind, Kinded, Moment, TextList};

/// Clave de API. With it a program signs in; the secret itself is kept nowhere.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "api_key")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that made it and may revoke it.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Cuenta that signs in with it; its subject is the prefix.
    pub account_id: Id<super::account::Entity>,
    /// What it is for.
    pub name: String,
    /// Folded name, for search and order.
    pub name_key: String,
    /// What may be shown of it, and by which it is found.
    pub prefix: String,
    /// SHA-256 of the whole key, in lower-case hexadecimal digits.
    pub secret_hash: String,
    /// The same of the key that the last rotation replaced.
    pub previous_hash: Option<String>,
    /// Instant from which the replaced one is no longer good.
    pub previous_until: Option<Moment>,
    /// Alcances: what of its account's roles it may use.
    pub scopes: TextList,
    /// First day on which it is no longer good.
    pub valid_to: NaiveDate,
    /// Instant at which it was made.
    pub created_at: Moment,
    /// Instant at which it was last shown, to about a minute.
    pub last_used_at: Option<Moment>,
    /// Instant from which it is no longer good whatever else is said.
    pub revoked_at: Option<Moment>,
    /// Who answers for what it does: accounts and persons of those who made or rotated it, as they were then.
    pub answerable: TextList,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::ApiKey;
}
