//! Senior management: reviews, decisions, socialization (domain 8).

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
CREATE TABLE management_review (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organization (id),
    kind SMALLINT NOT NULL,
    state SMALLINT NOT NULL,
    name TEXT NOT NULL,
    name_key FOLDED NOT NULL,
    cutoff DATE NOT NULL,
    held_on DATE,
    conclusions TEXT,
    document_title TEXT,
    document_uri TEXT,
    document_media_type TEXT,
    document_sha256 TEXT,
    filing_number TEXT,
    content TEXT,
    content_hash TEXT,
    frozen_on DATE,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id)
) STRICT;
CREATE INDEX management_review_page ON management_review (organization_id, cutoff, id);

CREATE TABLE decision (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    management_review_id UUID NOT NULL,
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    org_unit_id UUID NOT NULL,
    owner_id UUID,
    due_on DATE,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    UNIQUE (management_review_id, number),
    FOREIGN KEY (organization_id, management_review_id) REFERENCES management_review (organization_id, id),
    FOREIGN KEY (organization_id, org_unit_id) REFERENCES org_unit (organization_id, id),
    FOREIGN KEY (organization_id, owner_id) REFERENCES person (organization_id, id)
) STRICT;
CREATE INDEX decision_org_unit ON decision (org_unit_id);
CREATE INDEX decision_owner ON decision (owner_id);

CREATE TABLE dissemination (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organization (id),
    management_review_id UUID,
    name TEXT NOT NULL,
    name_key FOLDED NOT NULL,
    channel SMALLINT NOT NULL,
    published_on DATE NOT NULL,
    note TEXT,
    document_title TEXT,
    document_uri TEXT,
    document_media_type TEXT,
    document_sha256 TEXT,
    filing_number TEXT,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    FOREIGN KEY (organization_id, management_review_id) REFERENCES management_review (organization_id, id)
) STRICT;
CREATE INDEX dissemination_management_review ON dissemination (management_review_id);
CREATE INDEX dissemination_page ON dissemination (organization_id, published_on, id);

CREATE TABLE dissemination_unit (
    dissemination_id UUID NOT NULL,
    organization_id UUID NOT NULL,
    org_unit_id UUID NOT NULL,
    PRIMARY KEY (dissemination_id, org_unit_id),
    FOREIGN KEY (organization_id, dissemination_id) REFERENCES dissemination (organization_id, id),
    FOREIGN KEY (organization_id, org_unit_id) REFERENCES org_unit (organization_id, id)
) STRICT;
CREATE INDEX dissemination_unit_far ON dissemination_unit (org_unit_id);

CREATE TABLE acknowledgement (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    dissemination_id UUID NOT NULL,
    org_unit_id UUID NOT NULL,
    person_id UUID,
    acknowledged_on DATE NOT NULL,
    note TEXT,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    UNIQUE (dissemination_id, org_unit_id),
    FOREIGN KEY (organization_id, dissemination_id) REFERENCES dissemination (organization_id, id),
    FOREIGN KEY (organization_id, org_unit_id) REFERENCES org_unit (organization_id, id),
    FOREIGN KEY (organization_id, person_id) REFERENCES person (organization_id, id)
) STRICT;
CREATE INDEX acknowledgement_org_unit ON acknowledgement (org_unit_id);
CREATE INDEX acknowledgement_person ON acknowledgement (person_id)
"#;
