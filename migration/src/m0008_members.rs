//! Members: an account in an organization, in place of the bare tie between account and person.

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

/// Whoever has or had a role somewhere is an active member there. The key of its first grant serves for the member too:
/// keys are told apart by kind, and neither database makes one alike the other.
const TABLES: &str = r#"
CREATE TABLE member (
    id UUID PRIMARY KEY,
    organization_id UUID NOT NULL REFERENCES organization (id),
    account_id UUID NOT NULL REFERENCES account (id),
    person_id UUID,
    name TEXT NOT NULL,
    name_key FOLDED NOT NULL,
    state SMALLINT NOT NULL,
    row_version INTEGER NOT NULL,
    UNIQUE (organization_id, id),
    UNIQUE (organization_id, account_id),
    FOREIGN KEY (organization_id, person_id) REFERENCES person (organization_id, id)
) STRICT;
CREATE INDEX member_account ON member (account_id);
CREATE INDEX member_person ON member (person_id);
CREATE INDEX member_page ON member (organization_id, name_key, id);
CREATE INDEX access_grant_page ON access_grant (organization_id, valid_from, id);

INSERT INTO member (id, organization_id, account_id, person_id, name, name_key, state, row_version)
SELECT g.id, g.organization_id, g.account_id, p.person_id, a.name, lower(a.name), 2, 1
FROM access_grant g
JOIN account a ON a.id = g.account_id
LEFT JOIN account_person p ON p.account_id = g.account_id AND p.organization_id = g.organization_id
WHERE NOT EXISTS (
    SELECT 1 FROM access_grant f
    WHERE f.account_id = g.account_id AND f.organization_id = g.organization_id AND f.id < g.id
);

DROP TABLE account_person;
"#;
