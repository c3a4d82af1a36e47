//! The kinds of findings as each regime of audit calls them, and which of them a finding is.

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
CREATE TABLE finding_type (
    id UUID PRIMARY KEY,
    regime SMALLINT NOT NULL,
    code FOLDED NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    name_key FOLDED NOT NULL,
    name_en TEXT NOT NULL,
    kinds TEXT NOT NULL,
    requires_action BOOLEAN NOT NULL,
    source TEXT NOT NULL,
    official BOOLEAN NOT NULL,
    UNIQUE (regime, code)
) STRICT;
ALTER TABLE finding ADD COLUMN finding_type_id UUID REFERENCES finding_type (id);
CREATE INDEX finding_finding_type ON finding (finding_type_id);
"#;
