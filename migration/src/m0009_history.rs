//! The history that people read: which act an entry is part of, from where it was done; keys of persons; who read
//! personal data (domain 0 and 11).

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
ALTER TABLE history_entry ADD COLUMN change_set_id UUID;
ALTER TABLE history_entry ADD COLUMN client TEXT;
CREATE INDEX history_entry_page ON history_entry (organization_id, recorded_at, sequence);
CREATE INDEX history_entry_change_set ON history_entry (change_set_id);

ALTER TABLE person ADD COLUMN erased_on DATE;

CREATE TABLE person_key (
    object_id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    secret TEXT NOT NULL
) STRICT;

CREATE TABLE personal_data_read (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    person_id UUID NOT NULL,
    account_id UUID NOT NULL,
    request_id TEXT NOT NULL,
    fields TEXT NOT NULL,
    recorded_at MOMENT NOT NULL
) STRICT;
CREATE INDEX personal_data_read_page ON personal_data_read (organization_id, recorded_at);
CREATE INDEX personal_data_read_person ON personal_data_read (person_id, recorded_at);
"#;
