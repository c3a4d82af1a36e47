//! The order of events (`docs/decisions/0031-streams.md`): how far positions are given, in one row that whoever gives them holds, and the
//! events that wait for one in the order in which they were written.

use sea_orm_migration::prelude::*;

use crate::portable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        portable::run(manager, POSITIONS).await
    }
}

const POSITIONS: &str = r#"
CREATE TABLE outbox_head (
    id SMALLINT PRIMARY KEY CHECK (id = 1),
    position BIGINT NOT NULL
) STRICT;
INSERT INTO outbox_head (id, position) SELECT 1, COALESCE(max(position), 0) FROM outbox;
DROP INDEX outbox_unstamped;
CREATE INDEX outbox_waiting ON outbox (id) WHERE position IS NULL;
"#;
