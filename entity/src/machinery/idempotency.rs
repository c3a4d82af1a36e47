//! Clave de idempotencia: the table `idempotency`.

use sea_orm::entity::prelude::*;

use crate::{Id, Moment};

/// Clave de idempotencia. The outcome of a request that may come twice, kept so that it acts once.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency")]
pub struct Model {
    /// Cuenta that sent it; keys of two accounts never meet.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Id<crate::access::account::Entity>,
    /// The key that the client chose, compared byte by byte.
    #[sea_orm(primary_key, auto_increment = false)]
    pub idempotency_key: String,
    /// Mutation that was asked, by its GraphQL name.
    pub act: String,
    /// Hash of the input: the same key with another input is refused.
    pub input_hash: String,
    /// What the act did, as JSON text, to answer again.
    pub outcome: String,
    /// Instant at which it was recorded.
    pub recorded_at: Moment,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
