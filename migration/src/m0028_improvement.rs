//! Improvement: causes, plans, actions, progress, verification (domain 7).

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
CREATE TABLE cause_analysis (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    finding_id UUID NOT NULL,
    method SMALLINT NOT NULL,
    category SMALLINT NOT NULL,
    whys TEXT NOT NULL,
    root_cause TEXT NOT NULL,
    content TEXT,
    recorded_on DATE NOT NULL,
    person_id UUID,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    FOREIGN KEY (organization_id, finding_id) REFERENCES finding (organization_id, id),
    FOREIGN KEY (organization_id, person_id) REFERENCES person (organization_id, id)
) STRICT;
CREATE INDEX cause_analysis_finding ON cause_analysis (finding_id);
CREATE INDEX cause_analysis_person ON cause_analysis (person_id);

CREATE TABLE improvement_plan (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    code FOLDED NOT NULL,
    name TEXT NOT NULL,
    name_key FOLDED NOT NULL,
    kind SMALLINT NOT NULL,
    year INTEGER NOT NULL,
    state SMALLINT NOT NULL,
    org_unit_id UUID NOT NULL,
    process_id UUID,
    objective TEXT,
    filing_number TEXT,
    control_body TEXT,
    subscribed_on DATE,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    UNIQUE (organization_id, code),
    FOREIGN KEY (organization_id, org_unit_id) REFERENCES org_unit (organization_id, id),
    FOREIGN KEY (organization_id, process_id) REFERENCES process (organization_id, id)
) STRICT;
CREATE INDEX improvement_plan_org_unit ON improvement_plan (org_unit_id);
CREATE INDEX improvement_plan_process ON improvement_plan (process_id);
CREATE INDEX improvement_plan_state ON improvement_plan (organization_id, state);

CREATE TABLE plan_transition (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    improvement_plan_id UUID NOT NULL,
    from_state SMALLINT,
    to_state SMALLINT NOT NULL,
    civil_date DATE NOT NULL,
    recorded_at MOMENT NOT NULL,
    account_id UUID NOT NULL REFERENCES account (id),
    person_id UUID,
    act FOLDED NOT NULL,
    reason TEXT,
    FOREIGN KEY (organization_id, improvement_plan_id) REFERENCES improvement_plan (organization_id, id),
    FOREIGN KEY (organization_id, person_id) REFERENCES person (organization_id, id)
) STRICT;
CREATE INDEX plan_transition_improvement_plan ON plan_transition (improvement_plan_id);
CREATE INDEX plan_transition_person ON plan_transition (person_id);

CREATE TABLE plan_finding (
    improvement_plan_id UUID NOT NULL,
    organization_id UUID NOT NULL,
    finding_id UUID NOT NULL,
    PRIMARY KEY (improvement_plan_id, finding_id),
    FOREIGN KEY (organization_id, improvement_plan_id) REFERENCES improvement_plan (organization_id, id),
    FOREIGN KEY (organization_id, finding_id) REFERENCES finding (organization_id, id)
) STRICT;
CREATE INDEX plan_finding_far ON plan_finding (finding_id);

CREATE TABLE improvement_action (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    improvement_plan_id UUID NOT NULL,
    number INTEGER NOT NULL,
    kind SMALLINT NOT NULL,
    description TEXT NOT NULL,
    objective TEXT,
    indicator TEXT,
    unit_of_measure TEXT NOT NULL,
    target BIGINT NOT NULL,
    weight BIGINT NOT NULL,
    resources TEXT,
    org_unit_id UUID NOT NULL,
    executor_id UUID,
    starts_on DATE NOT NULL,
    due_on DATE NOT NULL,
    state SMALLINT NOT NULL,
    result SMALLINT,
    control_status SMALLINT,
    decision_id UUID,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    UNIQUE (improvement_plan_id, number),
    CHECK (starts_on < due_on),
    CHECK (target > 0),
    FOREIGN KEY (organization_id, improvement_plan_id) REFERENCES improvement_plan (organization_id, id),
    FOREIGN KEY (organization_id, org_unit_id) REFERENCES org_unit (organization_id, id),
    FOREIGN KEY (organization_id, executor_id) REFERENCES person (organization_id, id),
    FOREIGN KEY (organization_id, decision_id) REFERENCES decision (organization_id, id)
) STRICT;
CREATE INDEX improvement_action_org_unit ON improvement_action (org_unit_id);
CREATE INDEX improvement_action_executor ON improvement_action (executor_id);
CREATE INDEX improvement_action_due ON improvement_action (organization_id, state, due_on);
CREATE INDEX improvement_action_decision ON improvement_action (decision_id);

CREATE TABLE action_transition (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    improvement_action_id UUID NOT NULL,
    from_state SMALLINT,
    to_state SMALLINT NOT NULL,
    civil_date DATE NOT NULL,
    recorded_at MOMENT NOT NULL,
    account_id UUID NOT NULL REFERENCES account (id),
    person_id UUID,
    act FOLDED NOT NULL,
    reason TEXT,
    FOREIGN KEY (organization_id, improvement_action_id) REFERENCES improvement_action (organization_id, id),
    FOREIGN KEY (organization_id, person_id) REFERENCES person (organization_id, id)
) STRICT;
CREATE INDEX action_transition_improvement_action ON action_transition (improvement_action_id);
CREATE INDEX action_transition_person ON action_transition (person_id);

CREATE TABLE action_finding (
    improvement_action_id UUID NOT NULL,
    organization_id UUID NOT NULL,
    finding_id UUID NOT NULL,
    PRIMARY KEY (improvement_action_id, finding_id),
    FOREIGN KEY (organization_id, improvement_action_id) REFERENCES improvement_action (organization_id, id),
    FOREIGN KEY (organization_id, finding_id) REFERENCES finding (organization_id, id)
) STRICT;
CREATE INDEX action_finding_far ON action_finding (finding_id);

CREATE TABLE action_unit (
    improvement_action_id UUID NOT NULL,
    organization_id UUID NOT NULL,
    org_unit_id UUID NOT NULL,
    PRIMARY KEY (improvement_action_id, org_unit_id),
    FOREIGN KEY (organization_id, improvement_action_id) REFERENCES improvement_action (organization_id, id),
    FOREIGN KEY (organization_id, org_unit_id) REFERENCES org_unit (organization_id, id)
) STRICT;
CREATE INDEX action_unit_far ON action_unit (org_unit_id);

CREATE TABLE action_activity (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    improvement_action_id UUID NOT NULL,
    number INTEGER NOT NULL,
    description TEXT NOT NULL,
    unit_of_measure TEXT NOT NULL,
    target BIGINT NOT NULL,
    starts_on DATE NOT NULL,
    due_on DATE NOT NULL,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    UNIQUE (improvement_action_id, number),
    CHECK (starts_on < due_on),
    CHECK (target > 0),
    FOREIGN KEY (organization_id, improvement_action_id) REFERENCES improvement_action (organization_id, id)
) STRICT;

CREATE TABLE reporting_window (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organization (id),
    name TEXT NOT NULL,
    name_key FOLDED NOT NULL,
    period_from DATE NOT NULL,
    period_to DATE NOT NULL,
    opens_on DATE NOT NULL,
    closes_on DATE NOT NULL,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    UNIQUE (organization_id, period_from),
    CHECK (period_from < period_to),
    CHECK (opens_on <= closes_on)
) STRICT;

CREATE TABLE progress_report (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    improvement_action_id UUID NOT NULL,
    action_activity_id UUID,
    reporting_window_id UUID NOT NULL,
    quantity BIGINT NOT NULL,
    narrative TEXT NOT NULL,
    reported_on DATE NOT NULL,
    reported_by_id UUID,
    signed_on DATE,
    signed_by_id UUID,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    CHECK (quantity >= 0),
    FOREIGN KEY (organization_id, improvement_action_id) REFERENCES improvement_action (organization_id, id),
    FOREIGN KEY (organization_id, action_activity_id) REFERENCES action_activity (organization_id, id),
    FOREIGN KEY (organization_id, reporting_window_id) REFERENCES reporting_window (organization_id, id),
    FOREIGN KEY (organization_id, reported_by_id) REFERENCES person (organization_id, id),
    FOREIGN KEY (organization_id, signed_by_id) REFERENCES person (organization_id, id)
) STRICT;
CREATE INDEX progress_report_improvement_action ON progress_report (improvement_action_id, reporting_window_id);
CREATE INDEX progress_report_action_activity ON progress_report (action_activity_id);
CREATE INDEX progress_report_reporting_window ON progress_report (reporting_window_id);
CREATE INDEX progress_report_reported_by ON progress_report (reported_by_id);
CREATE INDEX progress_report_signed_by ON progress_report (signed_by_id);

CREATE TABLE progress_rating (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    progress_report_id UUID NOT NULL,
    percent BIGINT NOT NULL,
    concept TEXT NOT NULL,
    rated_on DATE NOT NULL,
    person_id UUID,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    CHECK (percent >= 0 AND percent <= 10000),
    FOREIGN KEY (organization_id, progress_report_id) REFERENCES progress_report (organization_id, id),
    FOREIGN KEY (organization_id, person_id) REFERENCES person (organization_id, id)
) STRICT;
CREATE INDEX progress_rating_progress_report ON progress_rating (progress_report_id);
CREATE INDEX progress_rating_person ON progress_rating (person_id);

CREATE TABLE reformulation (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    improvement_action_id UUID NOT NULL,
    state SMALLINT NOT NULL,
    justification TEXT NOT NULL,
    before_due_on DATE NOT NULL,
    after_due_on DATE NOT NULL,
    before_target BIGINT NOT NULL,
    after_target BIGINT NOT NULL,
    requested_on DATE NOT NULL,
    requested_by_id UUID,
    decided_on DATE,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    FOREIGN KEY (organization_id, improvement_action_id) REFERENCES improvement_action (organization_id, id),
    FOREIGN KEY (organization_id, requested_by_id) REFERENCES person (organization_id, id)
) STRICT;
CREATE INDEX reformulation_improvement_action ON reformulation (improvement_action_id, decided_on);
CREATE INDEX reformulation_requested_by ON reformulation (requested_by_id);

CREATE TABLE reformulation_decision (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    reformulation_id UUID NOT NULL,
    capacity SMALLINT NOT NULL,
    approved BOOLEAN NOT NULL,
    reason TEXT,
    decided_on DATE NOT NULL,
    account_id UUID NOT NULL REFERENCES account (id),
    person_id UUID,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    UNIQUE (reformulation_id, capacity),
    FOREIGN KEY (organization_id, reformulation_id) REFERENCES reformulation (organization_id, id),
    FOREIGN KEY (organization_id, person_id) REFERENCES person (organization_id, id)
) STRICT;
CREATE INDEX reformulation_decision_person ON reformulation_decision (person_id);

CREATE TABLE effectiveness_review (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    improvement_action_id UUID NOT NULL,
    result SMALLINT NOT NULL,
    score BIGINT,
    concept TEXT NOT NULL,
    reviewed_on DATE NOT NULL,
    verifier_id UUID,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    FOREIGN KEY (organization_id, improvement_action_id) REFERENCES improvement_action (organization_id, id),
    FOREIGN KEY (organization_id, verifier_id) REFERENCES person (organization_id, id)
) STRICT;
CREATE INDEX effectiveness_review_improvement_action ON effectiveness_review (improvement_action_id);
CREATE INDEX effectiveness_review_verifier ON effectiveness_review (verifier_id);

CREATE TABLE evidence (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organization (id),
    checklist_item_id UUID,
    finding_id UUID,
    finding_response_id UUID,
    progress_report_id UUID,
    effectiveness_review_id UUID,
    recorded_on DATE NOT NULL,
    document_title TEXT,
    document_uri TEXT,
    document_media_type TEXT,
    document_sha256 TEXT,
    filing_number TEXT,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    CHECK (CASE WHEN checklist_item_id IS NULL THEN 0 ELSE 1 END + CASE WHEN finding_id IS NULL THEN 0 ELSE 1 END + CASE WHEN finding_response_id IS NULL THEN 0 ELSE 1 END + CASE WHEN progress_report_id IS NULL THEN 0 ELSE 1 END + CASE WHEN effectiveness_review_id IS NULL THEN 0 ELSE 1 END = 1),
    FOREIGN KEY (organization_id, checklist_item_id) REFERENCES checklist_item (organization_id, id),
    FOREIGN KEY (organization_id, finding_id) REFERENCES finding (organization_id, id),
    FOREIGN KEY (organization_id, finding_response_id) REFERENCES finding_response (organization_id, id),
    FOREIGN KEY (organization_id, progress_report_id) REFERENCES progress_report (organization_id, id),
    FOREIGN KEY (organization_id, effectiveness_review_id) REFERENCES effectiveness_review (organization_id, id)
) STRICT;
CREATE INDEX evidence_checklist_item ON evidence (checklist_item_id);
CREATE INDEX evidence_finding ON evidence (finding_id);
CREATE INDEX evidence_finding_response ON evidence (finding_response_id);
CREATE INDEX evidence_progress_report ON evidence (progress_report_id);
CREATE INDEX evidence_effectiveness_review ON evidence (effectiveness_review_id)
"#;
