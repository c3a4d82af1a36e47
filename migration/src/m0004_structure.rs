//! Organizational structure: versions, units, successions, jobs, posts, persons (domain 2).

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
CREATE TABLE structure_version (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organization (id),
    number INTEGER NOT NULL,
    stage SMALLINT NOT NULL,
    valid_from DATE,
    valid_to DATE,
    annulled_from DATE,
    note TEXT,
    legal_act_id UUID,
    base_version_id UUID,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    UNIQUE (organization_id, number),
    FOREIGN KEY (organization_id, legal_act_id) REFERENCES legal_act (organization_id, id),
    FOREIGN KEY (organization_id, base_version_id) REFERENCES structure_version (organization_id, id)
) STRICT;
CREATE INDEX structure_version_interval ON structure_version (organization_id, valid_from);

CREATE TABLE structure_transition (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    structure_version_id UUID NOT NULL,
    from_state SMALLINT,
    to_state SMALLINT NOT NULL,
    civil_date DATE NOT NULL,
    recorded_at MOMENT NOT NULL,
    account_id UUID NOT NULL,
    act FOLDED NOT NULL,
    reason TEXT,
    FOREIGN KEY (organization_id, structure_version_id) REFERENCES structure_version (organization_id, id)
) STRICT;
CREATE INDEX structure_transition_version ON structure_transition (structure_version_id);

CREATE TABLE org_unit (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organization (id),
    name TEXT NOT NULL,
    name_key FOLDED NOT NULL,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id)
) STRICT;

CREATE TABLE unit_version (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    structure_version_id UUID NOT NULL,
    org_unit_id UUID NOT NULL,
    parent_id UUID,
    code FOLDED NOT NULL,
    name TEXT NOT NULL,
    name_key FOLDED NOT NULL,
    kind SMALLINT NOT NULL,
    functions TEXT NOT NULL,
    position INTEGER NOT NULL,
    path FOLDED NOT NULL,
    depth INTEGER NOT NULL,
    valid_from DATE,
    valid_to DATE,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    UNIQUE (structure_version_id, id),
    UNIQUE (structure_version_id, code),
    UNIQUE (structure_version_id, org_unit_id),
    FOREIGN KEY (organization_id, structure_version_id) REFERENCES structure_version (organization_id, id),
    FOREIGN KEY (organization_id, org_unit_id) REFERENCES org_unit (organization_id, id),
    FOREIGN KEY (structure_version_id, parent_id) REFERENCES unit_version (structure_version_id, id)
) STRICT;
CREATE INDEX unit_version_path ON unit_version (structure_version_id, path);
CREATE INDEX unit_version_unit ON unit_version (org_unit_id, valid_from);
CREATE INDEX unit_version_parent ON unit_version (parent_id);

CREATE TABLE succession (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    structure_version_id UUID NOT NULL,
    kind SMALLINT NOT NULL,
    responsibilities SMALLINT,
    note TEXT,
    valid_from DATE,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    FOREIGN KEY (organization_id, structure_version_id) REFERENCES structure_version (organization_id, id)
) STRICT;
CREATE INDEX succession_version ON succession (structure_version_id);
CREATE INDEX succession_interval ON succession (organization_id, valid_from);

CREATE TABLE succession_predecessor (
    succession_id UUID NOT NULL,
    organization_id UUID NOT NULL,
    org_unit_id UUID NOT NULL,
    PRIMARY KEY (succession_id, org_unit_id),
    FOREIGN KEY (organization_id, succession_id) REFERENCES succession (organization_id, id),
    FOREIGN KEY (organization_id, org_unit_id) REFERENCES org_unit (organization_id, id)
) STRICT;
CREATE INDEX succession_predecessor_unit ON succession_predecessor (org_unit_id);

CREATE TABLE succession_successor (
    succession_id UUID NOT NULL,
    organization_id UUID NOT NULL,
    org_unit_id UUID NOT NULL,
    PRIMARY KEY (succession_id, org_unit_id),
    FOREIGN KEY (organization_id, succession_id) REFERENCES succession (organization_id, id),
    FOREIGN KEY (organization_id, org_unit_id) REFERENCES org_unit (organization_id, id)
) STRICT;
CREATE INDEX succession_successor_unit ON succession_successor (org_unit_id);

CREATE TABLE responsibility_transfer (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    succession_id UUID NOT NULL,
    from_unit_id UUID NOT NULL,
    to_unit_id UUID,
    description TEXT,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    FOREIGN KEY (organization_id, succession_id) REFERENCES succession (organization_id, id),
    FOREIGN KEY (organization_id, from_unit_id) REFERENCES org_unit (organization_id, id),
    FOREIGN KEY (organization_id, to_unit_id) REFERENCES org_unit (organization_id, id)
) STRICT;
CREATE INDEX responsibility_transfer_succession ON responsibility_transfer (succession_id);

CREATE TABLE job (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organization (id),
    job_denomination_id UUID NOT NULL REFERENCES job_denomination (id),
    grade FOLDED NOT NULL,
    functions TEXT NOT NULL,
    legal_act_id UUID,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    UNIQUE (organization_id, job_denomination_id, grade),
    FOREIGN KEY (organization_id, legal_act_id) REFERENCES legal_act (organization_id, id)
) STRICT;

CREATE TABLE post (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    structure_version_id UUID,
    job_id UUID NOT NULL,
    org_unit_id UUID NOT NULL,
    legal_act_id UUID,
    replaces_id UUID,
    valid_from DATE,
    valid_to DATE,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    FOREIGN KEY (organization_id, structure_version_id) REFERENCES structure_version (organization_id, id),
    FOREIGN KEY (organization_id, job_id) REFERENCES job (organization_id, id),
    FOREIGN KEY (organization_id, org_unit_id) REFERENCES org_unit (organization_id, id),
    FOREIGN KEY (organization_id, legal_act_id) REFERENCES legal_act (organization_id, id),
    FOREIGN KEY (organization_id, replaces_id) REFERENCES post (organization_id, id)
) STRICT;
CREATE INDEX post_unit ON post (org_unit_id);
CREATE INDEX post_version ON post (structure_version_id);
CREATE INDEX post_job ON post (job_id);

CREATE TABLE person (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organization (id),
    name TEXT NOT NULL,
    name_key FOLDED NOT NULL,
    document_kind SMALLINT,
    document_number TEXT,
    email TEXT,
    phone TEXT,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    UNIQUE (organization_id, document_kind, document_number)
) STRICT;

CREATE TABLE post_holding (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    post_id UUID NOT NULL,
    person_id UUID NOT NULL,
    appointment SMALLINT NOT NULL,
    legal_act_id UUID,
    valid_from DATE NOT NULL,
    valid_to DATE,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    FOREIGN KEY (organization_id, post_id) REFERENCES post (organization_id, id),
    FOREIGN KEY (organization_id, person_id) REFERENCES person (organization_id, id),
    FOREIGN KEY (organization_id, legal_act_id) REFERENCES legal_act (organization_id, id)
) STRICT;
CREATE INDEX post_holding_post ON post_holding (post_id, valid_from);
CREATE INDEX post_holding_person ON post_holding (person_id);

CREATE TABLE work_group (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    org_unit_id UUID NOT NULL,
    legal_act_id UUID NOT NULL,
    name TEXT NOT NULL,
    name_key FOLDED NOT NULL,
    purpose TEXT,
    valid_from DATE NOT NULL,
    valid_to DATE,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    FOREIGN KEY (organization_id, org_unit_id) REFERENCES org_unit (organization_id, id),
    FOREIGN KEY (organization_id, legal_act_id) REFERENCES legal_act (organization_id, id)
) STRICT;
CREATE INDEX work_group_unit ON work_group (org_unit_id);
"#;
