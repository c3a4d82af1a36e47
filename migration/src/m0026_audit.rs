//! Audit: programs, audits, findings, reports, certificates (domain 6).

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
CREATE TABLE audit_program (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organization (id),
    year INTEGER NOT NULL,
    name TEXT NOT NULL,
    name_key FOLDED NOT NULL,
    objective TEXT,
    state SMALLINT NOT NULL,
    approved_by_id UUID,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    UNIQUE (organization_id, year, name_key),
    FOREIGN KEY (organization_id, approved_by_id) REFERENCES person (organization_id, id)
) STRICT;

CREATE TABLE audit_program_transition (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    audit_program_id UUID NOT NULL,
    from_state SMALLINT,
    to_state SMALLINT NOT NULL,
    civil_date DATE NOT NULL,
    recorded_at MOMENT NOT NULL,
    account_id UUID NOT NULL REFERENCES account (id),
    person_id UUID,
    act FOLDED NOT NULL,
    reason TEXT,
    FOREIGN KEY (organization_id, audit_program_id) REFERENCES audit_program (organization_id, id),
    FOREIGN KEY (organization_id, person_id) REFERENCES person (organization_id, id)
) STRICT;
CREATE INDEX audit_program_transition_audit_program ON audit_program_transition (audit_program_id);
CREATE INDEX audit_program_transition_person ON audit_program_transition (person_id);

CREATE TABLE audit (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organization (id),
    code FOLDED NOT NULL,
    name TEXT NOT NULL,
    name_key FOLDED NOT NULL,
    kind SMALLINT NOT NULL,
    state SMALLINT NOT NULL,
    audit_program_id UUID,
    auditing_organization_id UUID REFERENCES organization (id),
    auditing_body TEXT,
    followed_audit_id UUID,
    objective TEXT,
    planned_from DATE NOT NULL,
    planned_to DATE NOT NULL,
    started_on DATE,
    ended_on DATE,
    conclusions TEXT,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    UNIQUE (organization_id, code),
    CHECK (planned_from <= planned_to),
    FOREIGN KEY (organization_id, audit_program_id) REFERENCES audit_program (organization_id, id),
    FOREIGN KEY (organization_id, followed_audit_id) REFERENCES audit (organization_id, id)
) STRICT;
CREATE INDEX audit_audit_program ON audit (audit_program_id);
CREATE INDEX audit_page ON audit (organization_id, planned_from, id);

CREATE TABLE audit_transition (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    audit_id UUID NOT NULL,
    from_state SMALLINT,
    to_state SMALLINT NOT NULL,
    civil_date DATE NOT NULL,
    recorded_at MOMENT NOT NULL,
    account_id UUID NOT NULL REFERENCES account (id),
    person_id UUID,
    act FOLDED NOT NULL,
    reason TEXT,
    FOREIGN KEY (organization_id, audit_id) REFERENCES audit (organization_id, id),
    FOREIGN KEY (organization_id, person_id) REFERENCES person (organization_id, id)
) STRICT;
CREATE INDEX audit_transition_audit ON audit_transition (audit_id);
CREATE INDEX audit_transition_person ON audit_transition (person_id);

CREATE TABLE audit_scope (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    audit_id UUID NOT NULL,
    position INTEGER NOT NULL,
    process_id UUID,
    org_unit_id UUID,
    covered BOOLEAN NOT NULL,
    exclusion_reason TEXT,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    CHECK (process_id IS NOT NULL OR org_unit_id IS NOT NULL),
    FOREIGN KEY (organization_id, audit_id) REFERENCES audit (organization_id, id),
    FOREIGN KEY (organization_id, process_id) REFERENCES process (organization_id, id),
    FOREIGN KEY (organization_id, org_unit_id) REFERENCES org_unit (organization_id, id)
) STRICT;
CREATE INDEX audit_scope_audit ON audit_scope (audit_id);
CREATE INDEX audit_scope_process ON audit_scope (process_id);
CREATE INDEX audit_scope_org_unit ON audit_scope (org_unit_id);

CREATE TABLE audit_criterion (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    audit_id UUID NOT NULL,
    requirement_id UUID NOT NULL REFERENCES requirement (id),
    note TEXT,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    UNIQUE (audit_id, requirement_id),
    FOREIGN KEY (organization_id, audit_id) REFERENCES audit (organization_id, id)
) STRICT;
CREATE INDEX audit_criterion_requirement ON audit_criterion (requirement_id);

CREATE TABLE audit_team_member (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    audit_id UUID NOT NULL,
    person_id UUID NOT NULL,
    role SMALLINT NOT NULL,
    override_reason TEXT,
    override_by_id UUID,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    UNIQUE (audit_id, person_id),
    FOREIGN KEY (organization_id, audit_id) REFERENCES audit (organization_id, id),
    FOREIGN KEY (organization_id, person_id) REFERENCES person (organization_id, id),
    FOREIGN KEY (organization_id, override_by_id) REFERENCES person (organization_id, id)
) STRICT;
CREATE INDEX audit_team_member_person ON audit_team_member (person_id);

CREATE TABLE checklist_item (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    audit_id UUID NOT NULL,
    position INTEGER NOT NULL,
    question TEXT NOT NULL,
    requirement_id UUID REFERENCES requirement (id),
    process_id UUID,
    result SMALLINT,
    remarks TEXT,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    FOREIGN KEY (organization_id, audit_id) REFERENCES audit (organization_id, id),
    FOREIGN KEY (organization_id, process_id) REFERENCES process (organization_id, id)
) STRICT;
CREATE INDEX checklist_item_audit ON checklist_item (audit_id);
CREATE INDEX checklist_item_requirement ON checklist_item (requirement_id);
CREATE INDEX checklist_item_process ON checklist_item (process_id);

CREATE TABLE finding (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organization (id),
    audit_id UUID,
    origin SMALLINT NOT NULL,
    origin_source TEXT,
    origin_number FOLDED,
    origin_date DATE,
    code FOLDED NOT NULL,
    name TEXT NOT NULL,
    name_key FOLDED NOT NULL,
    kind SMALLINT NOT NULL,
    state SMALLINT NOT NULL,
    severity SMALLINT,
    condition TEXT NOT NULL,
    criterion TEXT,
    cause TEXT,
    effect TEXT,
    external BOOLEAN NOT NULL,
    requires_action BOOLEAN NOT NULL,
    revision INTEGER NOT NULL,
    revision_reason TEXT,
    identified_on DATE NOT NULL,
    answer_due DATE,
    recurrence_of_id UUID,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    UNIQUE (audit_id, code),
    CHECK ((origin = 1) = (audit_id IS NOT NULL)),
    FOREIGN KEY (organization_id, audit_id) REFERENCES audit (organization_id, id),
    FOREIGN KEY (organization_id, recurrence_of_id) REFERENCES finding (organization_id, id)
) STRICT;
CREATE INDEX finding_page ON finding (organization_id, identified_on, id);
CREATE INDEX finding_state ON finding (organization_id, state);
CREATE INDEX finding_recurrence_of ON finding (recurrence_of_id);

CREATE TABLE finding_transition (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    finding_id UUID NOT NULL,
    from_state SMALLINT,
    to_state SMALLINT NOT NULL,
    civil_date DATE NOT NULL,
    recorded_at MOMENT NOT NULL,
    account_id UUID NOT NULL REFERENCES account (id),
    person_id UUID,
    act FOLDED NOT NULL,
    reason TEXT,
    FOREIGN KEY (organization_id, finding_id) REFERENCES finding (organization_id, id),
    FOREIGN KEY (organization_id, person_id) REFERENCES person (organization_id, id)
) STRICT;
CREATE INDEX finding_transition_finding ON finding_transition (finding_id);
CREATE INDEX finding_transition_person ON finding_transition (person_id);

CREATE TABLE finding_process (
    finding_id UUID NOT NULL,
    organization_id UUID NOT NULL,
    process_id UUID NOT NULL,
    PRIMARY KEY (finding_id, process_id),
    FOREIGN KEY (organization_id, finding_id) REFERENCES finding (organization_id, id),
    FOREIGN KEY (organization_id, process_id) REFERENCES process (organization_id, id)
) STRICT;
CREATE INDEX finding_process_far ON finding_process (process_id);

CREATE TABLE finding_unit (
    finding_id UUID NOT NULL,
    organization_id UUID NOT NULL,
    org_unit_id UUID NOT NULL,
    PRIMARY KEY (finding_id, org_unit_id),
    FOREIGN KEY (organization_id, finding_id) REFERENCES finding (organization_id, id),
    FOREIGN KEY (organization_id, org_unit_id) REFERENCES org_unit (organization_id, id)
) STRICT;
CREATE INDEX finding_unit_far ON finding_unit (org_unit_id);

CREATE TABLE finding_requirement (
    finding_id UUID NOT NULL,
    organization_id UUID NOT NULL,
    requirement_id UUID NOT NULL REFERENCES requirement (id),
    PRIMARY KEY (finding_id, requirement_id),
    FOREIGN KEY (organization_id, finding_id) REFERENCES finding (organization_id, id)
) STRICT;
CREATE INDEX finding_requirement_far ON finding_requirement (requirement_id);

CREATE TABLE finding_incidence (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    finding_id UUID NOT NULL,
    kind SMALLINT NOT NULL,
    destination TEXT,
    amount BIGINT,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    UNIQUE (finding_id, kind),
    FOREIGN KEY (organization_id, finding_id) REFERENCES finding (organization_id, id)
) STRICT;

CREATE TABLE finding_response (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    finding_id UUID NOT NULL,
    text TEXT NOT NULL,
    responded_on DATE NOT NULL,
    person_id UUID,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    FOREIGN KEY (organization_id, finding_id) REFERENCES finding (organization_id, id),
    FOREIGN KEY (organization_id, person_id) REFERENCES person (organization_id, id)
) STRICT;
CREATE INDEX finding_response_finding ON finding_response (finding_id);
CREATE INDEX finding_response_person ON finding_response (person_id);

CREATE TABLE audit_report (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    audit_id UUID NOT NULL,
    stage SMALLINT NOT NULL,
    reported_on DATE NOT NULL,
    summary TEXT,
    document_title TEXT,
    document_uri TEXT,
    document_media_type TEXT,
    document_sha256 TEXT,
    filing_number TEXT,
    content_hash TEXT,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    UNIQUE (audit_id, stage),
    FOREIGN KEY (organization_id, audit_id) REFERENCES audit (organization_id, id)
) STRICT;

CREATE TABLE certificate (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organization (id),
    audit_id UUID,
    body TEXT NOT NULL,
    framework_edition_id UUID REFERENCES framework_edition (id),
    standard TEXT NOT NULL,
    number FOLDED NOT NULL,
    scope TEXT,
    valid_from DATE NOT NULL,
    valid_to DATE,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    UNIQUE (organization_id, body, number),
    FOREIGN KEY (organization_id, audit_id) REFERENCES audit (organization_id, id)
) STRICT;
CREATE INDEX certificate_audit ON certificate (audit_id);
CREATE INDEX certificate_page ON certificate (organization_id, valid_from, id);

CREATE TABLE certificate_process (
    certificate_id UUID NOT NULL,
    organization_id UUID NOT NULL,
    process_id UUID NOT NULL,
    PRIMARY KEY (certificate_id, process_id),
    FOREIGN KEY (organization_id, certificate_id) REFERENCES certificate (organization_id, id),
    FOREIGN KEY (organization_id, process_id) REFERENCES process (organization_id, id)
) STRICT;
CREATE INDEX certificate_process_far ON certificate_process (process_id)
"#;
