//! National reference content (domain 3 and 4): reference maps, frameworks with their editions, norms, lines of defence.
//!
//! A row belongs to its map or edition, and its parent to the same one: a newer edition brings rows of its own.

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
CREATE TABLE reference_map (
    id UUID PRIMARY KEY,
    code FOLDED NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_key FOLDED NOT NULL,
    edition TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    source TEXT NOT NULL,
    official BOOLEAN NOT NULL
) STRICT;

CREATE TABLE reference_process (
    id UUID PRIMARY KEY,
    reference_map_id UUID NOT NULL REFERENCES reference_map (id),
    parent_id UUID,
    level SMALLINT NOT NULL,
    kind SMALLINT,
    code FOLDED NOT NULL,
    name TEXT NOT NULL,
    name_key FOLDED NOT NULL,
    position INTEGER NOT NULL,
    source TEXT NOT NULL,
    official BOOLEAN NOT NULL,
    UNIQUE (reference_map_id, code),
    UNIQUE (reference_map_id, id),
    FOREIGN KEY (reference_map_id, parent_id) REFERENCES reference_process (reference_map_id, id)
) STRICT;
CREATE INDEX reference_process_parent ON reference_process (parent_id);

CREATE TABLE framework (
    id UUID PRIMARY KEY,
    slug FOLDED NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_key FOLDED NOT NULL,
    name_en TEXT NOT NULL,
    source TEXT NOT NULL,
    official BOOLEAN NOT NULL
) STRICT;

CREATE TABLE framework_edition (
    id UUID PRIMARY KEY,
    framework_id UUID NOT NULL REFERENCES framework (id),
    code FOLDED NOT NULL,
    label TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    source TEXT NOT NULL,
    official BOOLEAN NOT NULL,
    UNIQUE (framework_id, code)
) STRICT;

CREATE TABLE requirement (
    id UUID PRIMARY KEY,
    framework_edition_id UUID NOT NULL REFERENCES framework_edition (id),
    parent_id UUID,
    slug FOLDED NOT NULL,
    kind SMALLINT NOT NULL,
    number TEXT,
    name TEXT NOT NULL,
    name_key FOLDED NOT NULL,
    name_en TEXT,
    leading_entity TEXT,
    furag_code FOLDED,
    position INTEGER NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    source TEXT NOT NULL,
    official BOOLEAN NOT NULL,
    UNIQUE (framework_edition_id, slug),
    UNIQUE (framework_edition_id, id),
    FOREIGN KEY (framework_edition_id, parent_id) REFERENCES requirement (framework_edition_id, id)
) STRICT;
CREATE INDEX requirement_parent ON requirement (parent_id);

CREATE TABLE crosswalk (
    id UUID PRIMARY KEY,
    from_requirement_id UUID NOT NULL REFERENCES requirement (id),
    to_requirement_id UUID NOT NULL REFERENCES requirement (id),
    relation SMALLINT NOT NULL,
    strength INTEGER CHECK (strength BETWEEN 0 AND 100),
    source TEXT NOT NULL,
    official BOOLEAN NOT NULL,
    UNIQUE (from_requirement_id, to_requirement_id)
) STRICT;
CREATE INDEX crosswalk_to ON crosswalk (to_requirement_id);

CREATE TABLE norm (
    id UUID PRIMARY KEY,
    code FOLDED NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_key FOLDED NOT NULL,
    articles TEXT,
    subject TEXT NOT NULL,
    source TEXT NOT NULL,
    official BOOLEAN NOT NULL
) STRICT;

CREATE TABLE defence_line (
    id UUID PRIMARY KEY,
    code FOLDED NOT NULL UNIQUE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    name_key FOLDED NOT NULL,
    name_en TEXT NOT NULL,
    who TEXT NOT NULL,
    source TEXT NOT NULL,
    official BOOLEAN NOT NULL
) STRICT;
"#;
