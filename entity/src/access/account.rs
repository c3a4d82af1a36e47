//! Cuenta: the table `account`.

use sea_orm::entity::prelude::*;

use crate::{Id, Kind, Kinded};

/// Cuenta. Someone or something that signs in: a subject that an issuer of tokens vouches for.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Emisor: the `iss` of its tokens, compared byte by byte.
    pub issuer: String,
    /// Sujeto: the `sub` of its tokens, compared byte by byte.
    pub subject: String,
    /// Name to show.
    pub name: String,
    /// Is it shut out, whatever its grants say?
    pub suspended: bool,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::Account;
}
