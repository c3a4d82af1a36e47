//! API keys (domain 11).

use sea_orm_migration::prelude::*;

use crate::{access_epoch, portable};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        portable::run(manager, TABLES).await?;
        // The last use is written all the time and opens nothing.
        let opens = "UPDATE OF account_id, secret_hash, previous_hash, previous_until, scopes, valid_to, revoked_at";
        access_epoch::watch(manager, "api_key", opens).await
    }
}

const TABLES: &str = r#"
CREATE TABLE api_key (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organization (id),
    account_id UUID NOT NULL REFERENCES account (id),
    name TEXT NOT NULL,
    name_key FOLDED NOT NULL,
    prefix FOLDED NOT NULL UNIQUE,
    secret_hash FOLDED NOT NULL,
    previous_hash FOLDED,
    previous_until MOMENT,
    scopes TEXT NOT NULL,
    valid_to DATE NOT NULL,
    created_at MOMENT NOT NULL,
    last_used_at MOMENT,
    revoked_at MOMENT,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id)
) STRICT;
CREATE INDEX api_key_page ON api_key (organization_id, name_key, id);
CREATE INDEX api_key_account ON api_key (account_id);
"#;
