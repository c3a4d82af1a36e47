//! Accounts and grants (domain 11).

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
CREATE TABLE account (
    id UUID PRIMARY KEY,
    issuer FOLDED NOT NULL,
    subject FOLDED NOT NULL,
    name TEXT NOT NULL,
    suspended BOOLEAN NOT NULL,
    row_version INTEGER NOT NULL,
    UNIQUE (issuer, subject)
) STRICT;

CREATE TABLE account_person (
    account_id UUID NOT NULL REFERENCES account (id),
    organization_id UUID NOT NULL,
    person_id UUID NOT NULL,
    PRIMARY KEY (account_id, organization_id),
    FOREIGN KEY (organization_id, person_id) REFERENCES person (organization_id, id)
) STRICT;

CREATE TABLE access_grant (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organization (id),
    account_id UUID NOT NULL REFERENCES account (id),
    role SMALLINT NOT NULL,
    scope_unit_id UUID,
    valid_from DATE NOT NULL,
    valid_to DATE,
    granted_by_id UUID NOT NULL REFERENCES account (id),
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    FOREIGN KEY (organization_id, scope_unit_id) REFERENCES org_unit (organization_id, id)
) STRICT;
CREATE INDEX access_grant_account ON access_grant (account_id);
"#;
