//! Organizations, their classifications, temporary takeovers, legal acts (domain 1 and 2).

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
CREATE TABLE organization (
    id UUID PRIMARY KEY,
    kind SMALLINT NOT NULL,
    name TEXT NOT NULL,
    name_key FOLDED NOT NULL,
    tax_id FOLDED UNIQUE,
    territorial_entity_id UUID UNIQUE REFERENCES territorial_entity (id),
    row_version INTEGER NOT NULL
) STRICT;

CREATE TABLE organization_classification (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organization (id),
    scheme SMALLINT NOT NULL,
    value TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    source TEXT NOT NULL,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    UNIQUE (organization_id, scheme, valid_from)
) STRICT;

CREATE TABLE legal_act (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organization (id),
    kind SMALLINT NOT NULL,
    number TEXT NOT NULL,
    number_key FOLDED NOT NULL,
    issuer TEXT NOT NULL,
    date DATE NOT NULL,
    subject TEXT NOT NULL,
    subject_key FOLDED NOT NULL,
    document_title TEXT,
    document_uri TEXT,
    document_media_type TEXT,
    document_sha256 TEXT,
    filing_number TEXT,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    UNIQUE (organization_id, kind, number_key, date)
) STRICT;

CREATE TABLE temporary_takeover (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organization (id),
    legal_act_id UUID,
    administrator TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    FOREIGN KEY (organization_id, legal_act_id) REFERENCES legal_act (organization_id, id)
) STRICT;
"#;
