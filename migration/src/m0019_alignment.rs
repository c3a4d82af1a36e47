//! How an organization stands to national references: adoption of reference processes, its normogram, alignment to
//! requirements (domain 3 and 4); and grants limited to processes (domain 11).

use sea_orm_migration::prelude::*;

use crate::{access_epoch, portable};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        portable::run(manager, TABLES).await?;
        access_epoch::watch(manager, "access_grant_process", "UPDATE").await
    }
}

const TABLES: &str = r#"
CREATE TABLE reference_adoption (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organization (id),
    reference_process_id UUID REFERENCES reference_process (id),
    process_id UUID,
    status SMALLINT NOT NULL,
    justification TEXT,
    legal_act_id UUID,
    valid_from DATE NOT NULL,
    valid_to DATE,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    CHECK ((status = 5) = (reference_process_id IS NULL)),
    CHECK ((status = 4) = (process_id IS NULL)),
    FOREIGN KEY (organization_id, process_id) REFERENCES process (organization_id, id),
    FOREIGN KEY (organization_id, legal_act_id) REFERENCES legal_act (organization_id, id)
) STRICT;
CREATE INDEX reference_adoption_reference ON reference_adoption (organization_id, reference_process_id, valid_from);
CREATE INDEX reference_adoption_process ON reference_adoption (process_id, valid_from);

CREATE TABLE process_norm (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL,
    process_id UUID NOT NULL,
    norm_id UUID REFERENCES norm (id),
    name TEXT,
    articles TEXT,
    subject TEXT,
    valid_from DATE NOT NULL,
    valid_to DATE,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    CHECK ((norm_id IS NULL) <> (name IS NULL)),
    FOREIGN KEY (organization_id, process_id) REFERENCES process (organization_id, id)
) STRICT;
CREATE INDEX process_norm_process ON process_norm (process_id, valid_from);
CREATE INDEX process_norm_norm ON process_norm (norm_id);
CREATE INDEX process_norm_page ON process_norm (organization_id, valid_from, id);

CREATE TABLE alignment (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organization (id),
    requirement_id UUID NOT NULL REFERENCES requirement (id),
    role SMALLINT NOT NULL,
    rationale TEXT,
    process_id UUID,
    org_unit_id UUID,
    controlled_document_id UUID,
    capability_id UUID,
    valid_from DATE NOT NULL,
    valid_to DATE,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    CHECK (
        CASE WHEN process_id IS NULL THEN 0 ELSE 1 END + CASE WHEN org_unit_id IS NULL THEN 0 ELSE 1 END
        + CASE WHEN controlled_document_id IS NULL THEN 0 ELSE 1 END + CASE WHEN capability_id IS NULL THEN 0 ELSE 1 END = 1
    ),
    FOREIGN KEY (organization_id, process_id) REFERENCES process (organization_id, id),
    FOREIGN KEY (organization_id, org_unit_id) REFERENCES org_unit (organization_id, id),
    FOREIGN KEY (organization_id, controlled_document_id) REFERENCES controlled_document (organization_id, id),
    FOREIGN KEY (organization_id, capability_id) REFERENCES capability (organization_id, id)
) STRICT;
CREATE INDEX alignment_requirement ON alignment (organization_id, requirement_id, valid_from);
CREATE INDEX alignment_process ON alignment (process_id, valid_from);
CREATE INDEX alignment_unit ON alignment (org_unit_id, valid_from);
CREATE INDEX alignment_document ON alignment (controlled_document_id, valid_from);
CREATE INDEX alignment_capability ON alignment (capability_id, valid_from);
CREATE INDEX alignment_page ON alignment (organization_id, valid_from, id);

CREATE TABLE access_grant_process (
    access_grant_id UUID NOT NULL,
    organization_id UUID NOT NULL,
    process_id UUID NOT NULL,
    PRIMARY KEY (access_grant_id, process_id),
    FOREIGN KEY (organization_id, access_grant_id) REFERENCES access_grant (organization_id, id),
    FOREIGN KEY (organization_id, process_id) REFERENCES process (organization_id, id)
) STRICT;
CREATE INDEX access_grant_process_process ON access_grant_process (process_id)
"#;
