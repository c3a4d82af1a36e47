//! What every write leaves behind: history, outbox, idempotency; and the service's own settings.

use sea_orm_migration::prelude::*;

use crate::portable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        portable::run(manager, TABLES).await
    }
}

const TABLES: &str = r#"
CREATE TABLE setting (
    name FOLDED PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE chain_head (
    organization_id UUID PRIMARY KEY,
    sequence BIGINT NOT NULL,
    hash TEXT NOT NULL
) STRICT;

CREATE TABLE history_entry (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    sequence BIGINT NOT NULL,
    recorded_at MOMENT NOT NULL,
    account_id UUID NOT NULL,
    request_id TEXT NOT NULL,
    act FOLDED NOT NULL,
    object_kind SMALLINT NOT NULL,
    object_id UUID NOT NULL,
    operation SMALLINT NOT NULL,
    changes TEXT NOT NULL,
    reason TEXT,
    backdated BOOLEAN NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    UNIQUE (organization_id, sequence)
) STRICT;
CREATE INDEX history_entry_object ON history_entry (object_id, sequence);

CREATE TABLE outbox (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    recorded_at MOMENT NOT NULL,
    act FOLDED NOT NULL,
    object_kind SMALLINT NOT NULL,
    object_id UUID NOT NULL,
    position BIGINT UNIQUE
) STRICT;
CREATE INDEX outbox_unstamped ON outbox (recorded_at) WHERE position IS NULL;

CREATE TABLE idempotency (
    account_id UUID NOT NULL,
    idempotency_key FOLDED NOT NULL,
    act FOLDED NOT NULL,
    input_hash TEXT NOT NULL,
    outcome TEXT NOT NULL,
    recorded_at MOMENT NOT NULL,
    PRIMARY KEY (account_id, idempotency_key)
) STRICT;
"#;
