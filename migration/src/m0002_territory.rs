//! Territory and national catalogues (domain 1).

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
CREATE TABLE department (
    id UUID PRIMARY KEY,
    code FOLDED NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_key FOLDED NOT NULL,
    source TEXT NOT NULL,
    official BOOLEAN NOT NULL
) STRICT;

CREATE TABLE municipality (
    id UUID PRIMARY KEY,
    department_id UUID NOT NULL REFERENCES department (id),
    code FOLDED NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_key FOLDED NOT NULL,
    valid_from DATE,
    valid_to DATE,
    source TEXT NOT NULL,
    official BOOLEAN NOT NULL
) STRICT;
CREATE INDEX municipality_department ON municipality (department_id);

CREATE TABLE territorial_entity (
    id UUID PRIMARY KEY,
    department_id UUID NOT NULL REFERENCES department (id),
    kind SMALLINT NOT NULL,
    men_code FOLDED UNIQUE,
    divipola FOLDED NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_key FOLDED NOT NULL,
    aliases TEXT NOT NULL,
    search_key FOLDED NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    source TEXT NOT NULL,
    official BOOLEAN NOT NULL
) STRICT;
CREATE INDEX territorial_entity_department ON territorial_entity (department_id);

CREATE TABLE coverage (
    id UUID PRIMARY KEY,
    territorial_entity_id UUID NOT NULL REFERENCES territorial_entity (id),
    municipality_id UUID NOT NULL REFERENCES municipality (id),
    valid_from DATE NOT NULL,
    valid_to DATE,
    source TEXT NOT NULL,
    official BOOLEAN NOT NULL,
    dates_official BOOLEAN NOT NULL,
    UNIQUE (municipality_id, valid_from)
) STRICT;
CREATE INDEX coverage_territorial_entity ON coverage (territorial_entity_id);

CREATE TABLE unit_kind (
    id UUID PRIMARY KEY,
    code SMALLINT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_key FOLDED NOT NULL,
    name_en TEXT NOT NULL,
    typical_parents TEXT NOT NULL,
    source TEXT NOT NULL,
    official BOOLEAN NOT NULL
) STRICT;

CREATE TABLE job_denomination (
    id UUID PRIMARY KEY,
    code FOLDED NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_key FOLDED NOT NULL,
    level SMALLINT NOT NULL,
    source TEXT NOT NULL,
    official BOOLEAN NOT NULL
) STRICT;
"#;
