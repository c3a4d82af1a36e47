//! Orders in which pages inside an organization are read, so that a page costs its rows and not the whole organization.
//!
//! Measured on SQLite with ten times the demonstration data (`docs/benchmarks.md`): without them a page of 20 posts reads and
//! sorts all that the organization has, 854 in the largest.

use sea_orm_migration::prelude::*;

use crate::portable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        portable::run(manager, INDEXES).await
    }
}

const INDEXES: &str = r#"
CREATE INDEX post_page ON post (organization_id, valid_from, id);
CREATE INDEX person_page ON person (organization_id, name_key, id);
CREATE INDEX legal_act_page ON legal_act (organization_id, date, number_key, id);
"#;
