//! Value chain: processes, their versions and life cycle, who answers for them, documents, capabilities (domain 3).

use sea_orm_migration::prelude::*;

use crate::portable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        portable::run(manager, PROCESSES).await?;
        portable::run(manager, DOCUMENTS).await
    }
}

const PROCESSES: &str = r#"
CREATE TABLE process (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organization (id),
    level SMALLINT NOT NULL,
    code FOLDED NOT NULL,
    name TEXT NOT NULL,
    name_key FOLDED NOT NULL,
    published BOOLEAN NOT NULL,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id)
) STRICT;
CREATE INDEX process_page ON process (organization_id, code, id);

CREATE TABLE process_version (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    process_id UUID NOT NULL,
    number INTEGER NOT NULL,
    stage SMALLINT NOT NULL,
    code FOLDED NOT NULL,
    name TEXT NOT NULL,
    name_key FOLDED NOT NULL,
    kind SMALLINT NOT NULL,
    parent_process_id UUID,
    objective TEXT,
    scope TEXT,
    starts_with TEXT,
    ends_with TEXT,
    policies TEXT NOT NULL,
    resources TEXT NOT NULL,
    change_reason TEXT,
    legal_act_id UUID,
    base_version_id UUID,
    prepared_by_id UUID,
    reviewed_by_id UUID,
    approved_by_id UUID,
    valid_from DATE,
    valid_to DATE,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    UNIQUE (process_id, number),
    FOREIGN KEY (organization_id, process_id) REFERENCES process (organization_id, id),
    FOREIGN KEY (organization_id, parent_process_id) REFERENCES process (organization_id, id),
    FOREIGN KEY (organization_id, legal_act_id) REFERENCES legal_act (organization_id, id),
    FOREIGN KEY (organization_id, base_version_id) REFERENCES process_version (organization_id, id),
    FOREIGN KEY (organization_id, prepared_by_id) REFERENCES person (organization_id, id),
    FOREIGN KEY (organization_id, reviewed_by_id) REFERENCES person (organization_id, id),
    FOREIGN KEY (organization_id, approved_by_id) REFERENCES person (organization_id, id)
) STRICT;
CREATE INDEX process_version_interval ON process_version (organization_id, valid_from);
CREATE INDEX process_version_process ON process_version (process_id, valid_from);
CREATE INDEX process_version_parent ON process_version (parent_process_id, valid_from);

CREATE TABLE process_transition (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    process_version_id UUID NOT NULL,
    from_state SMALLINT,
    to_state SMALLINT NOT NULL,
    civil_date DATE NOT NULL,
    recorded_at MOMENT NOT NULL,
    account_id UUID NOT NULL REFERENCES account (id),
    person_id UUID,
    act FOLDED NOT NULL,
    reason TEXT,
    FOREIGN KEY (organization_id, process_version_id) REFERENCES process_version (organization_id, id),
    FOREIGN KEY (organization_id, person_id) REFERENCES person (organization_id, id)
) STRICT;
CREATE INDEX process_transition_version ON process_transition (process_version_id);
CREATE INDEX process_transition_person ON process_transition (person_id);

CREATE TABLE activity (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    process_version_id UUID NOT NULL,
    phase SMALLINT NOT NULL,
    position INTEGER NOT NULL,
    description TEXT NOT NULL,
    record TEXT,
    control_point BOOLEAN NOT NULL,
    responsible_unit_id UUID,
    responsible_post_id UUID,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    CHECK (responsible_unit_id IS NULL OR responsible_post_id IS NULL),
    FOREIGN KEY (organization_id, process_version_id) REFERENCES process_version (organization_id, id),
    FOREIGN KEY (organization_id, responsible_unit_id) REFERENCES org_unit (organization_id, id),
    FOREIGN KEY (organization_id, responsible_post_id) REFERENCES post (organization_id, id)
) STRICT;
CREATE INDEX activity_version ON activity (process_version_id);
CREATE INDEX activity_unit ON activity (responsible_unit_id);
CREATE INDEX activity_post ON activity (responsible_post_id);

CREATE TABLE external_party (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organization (id),
    name TEXT NOT NULL,
    name_key FOLDED NOT NULL,
    description TEXT,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    UNIQUE (organization_id, name_key)
) STRICT;

CREATE TABLE flow (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    process_version_id UUID NOT NULL,
    direction SMALLINT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    name_key FOLDED NOT NULL,
    description TEXT,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    FOREIGN KEY (organization_id, process_version_id) REFERENCES process_version (organization_id, id)
) STRICT;
CREATE INDEX flow_version ON flow (process_version_id);

CREATE TABLE flow_process (
    flow_id UUID NOT NULL,
    organization_id UUID NOT NULL,
    process_id UUID NOT NULL,
    PRIMARY KEY (flow_id, process_id),
    FOREIGN KEY (organization_id, flow_id) REFERENCES flow (organization_id, id),
    FOREIGN KEY (organization_id, process_id) REFERENCES process (organization_id, id)
) STRICT;
CREATE INDEX flow_process_process ON flow_process (process_id);

CREATE TABLE flow_party (
    flow_id UUID NOT NULL,
    organization_id UUID NOT NULL,
    external_party_id UUID NOT NULL,
    PRIMARY KEY (flow_id, external_party_id),
    FOREIGN KEY (organization_id, flow_id) REFERENCES flow (organization_id, id),
    FOREIGN KEY (organization_id, external_party_id) REFERENCES external_party (organization_id, id)
) STRICT;
CREATE INDEX flow_party_party ON flow_party (external_party_id);

CREATE TABLE process_responsibility (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    process_id UUID NOT NULL,
    org_unit_id UUID NOT NULL,
    role SMALLINT NOT NULL,
    note TEXT,
    succession_id UUID,
    valid_from DATE NOT NULL,
    valid_to DATE,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    FOREIGN KEY (organization_id, process_id) REFERENCES process (organization_id, id),
    FOREIGN KEY (organization_id, org_unit_id) REFERENCES org_unit (organization_id, id),
    FOREIGN KEY (organization_id, succession_id) REFERENCES succession (organization_id, id)
) STRICT;
CREATE INDEX process_responsibility_process ON process_responsibility (process_id, role, valid_from);
CREATE INDEX process_responsibility_unit ON process_responsibility (org_unit_id, role, valid_from);
CREATE INDEX process_responsibility_page ON process_responsibility (organization_id, valid_from, id)
"#;

const DOCUMENTS: &str = r#"
CREATE TABLE controlled_document (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    process_id UUID NOT NULL,
    kind SMALLINT NOT NULL,
    code FOLDED NOT NULL,
    name TEXT NOT NULL,
    name_key FOLDED NOT NULL,
    published BOOLEAN NOT NULL,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    UNIQUE (organization_id, code),
    FOREIGN KEY (organization_id, process_id) REFERENCES process (organization_id, id)
) STRICT;
CREATE INDEX controlled_document_process ON controlled_document (process_id);

CREATE TABLE document_version (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    controlled_document_id UUID NOT NULL,
    number INTEGER NOT NULL,
    stage SMALLINT NOT NULL,
    document_title TEXT,
    document_uri TEXT,
    document_media_type TEXT,
    document_sha256 TEXT,
    filing_number TEXT,
    change_reason TEXT,
    next_review DATE,
    legal_act_id UUID,
    prepared_by_id UUID,
    reviewed_by_id UUID,
    approved_by_id UUID,
    valid_from DATE,
    valid_to DATE,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    UNIQUE (controlled_document_id, number),
    FOREIGN KEY (organization_id, controlled_document_id) REFERENCES controlled_document (organization_id, id),
    FOREIGN KEY (organization_id, legal_act_id) REFERENCES legal_act (organization_id, id),
    FOREIGN KEY (organization_id, prepared_by_id) REFERENCES person (organization_id, id),
    FOREIGN KEY (organization_id, reviewed_by_id) REFERENCES person (organization_id, id),
    FOREIGN KEY (organization_id, approved_by_id) REFERENCES person (organization_id, id)
) STRICT;
CREATE INDEX document_version_document ON document_version (controlled_document_id, valid_from);
CREATE INDEX document_version_review ON document_version (organization_id, next_review);

CREATE TABLE document_transition (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    document_version_id UUID NOT NULL,
    from_state SMALLINT,
    to_state SMALLINT NOT NULL,
    civil_date DATE NOT NULL,
    recorded_at MOMENT NOT NULL,
    account_id UUID NOT NULL REFERENCES account (id),
    person_id UUID,
    act FOLDED NOT NULL,
    reason TEXT,
    FOREIGN KEY (organization_id, document_version_id) REFERENCES document_version (organization_id, id),
    FOREIGN KEY (organization_id, person_id) REFERENCES person (organization_id, id)
) STRICT;
CREATE INDEX document_transition_version ON document_transition (document_version_id);
CREATE INDEX document_transition_person ON document_transition (person_id);

CREATE TABLE capability (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organization (id),
    name TEXT NOT NULL,
    name_key FOLDED NOT NULL,
    description TEXT,
    valid_from DATE NOT NULL,
    valid_to DATE,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id)
) STRICT;
CREATE INDEX capability_page ON capability (organization_id, name_key, id);

CREATE TABLE capability_process (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    capability_id UUID NOT NULL,
    process_id UUID NOT NULL,
    weight INTEGER NOT NULL,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    UNIQUE (capability_id, process_id),
    FOREIGN KEY (organization_id, capability_id) REFERENCES capability (organization_id, id),
    FOREIGN KEY (organization_id, process_id) REFERENCES process (organization_id, id)
) STRICT;
CREATE INDEX capability_process_process ON capability_process (process_id);

CREATE TABLE capability_unit (
    capability_id UUID NOT NULL,
    organization_id UUID NOT NULL,
    org_unit_id UUID NOT NULL,
    PRIMARY KEY (capability_id, org_unit_id),
    FOREIGN KEY (organization_id, capability_id) REFERENCES capability (organization_id, id),
    FOREIGN KEY (organization_id, org_unit_id) REFERENCES org_unit (organization_id, id)
) STRICT;
CREATE INDEX capability_unit_unit ON capability_unit (org_unit_id);

CREATE TABLE code_pattern (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organization (id),
    subject SMALLINT NOT NULL,
    pattern TEXT NOT NULL,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    UNIQUE (organization_id, subject)
) STRICT
"#;
