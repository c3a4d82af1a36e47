//! What lets an act on structures be undone or explained: what an entry into force changed around it, and the act that
//! repealed a version.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use crate::portable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        portable::run(manager, TABLES).await?;
        // SQLite adds no constraint to a table that exists: there, triggers say the same.
        let constraint = if manager.get_database_backend() == DbBackend::Postgres { CONSTRAINT } else { TRIGGERS };
        portable::run(manager, constraint).await
    }
}

// `object_id` is the version, post or holding that was changed: a note for undoing it, not an edge.
const TABLES: &str = r#"
CREATE TABLE entry_effect (
    structure_version_id UUID NOT NULL,
    object_id UUID NOT NULL,
    organization_id UUID NOT NULL,
    next_id UUID,
    valid_to DATE,
    PRIMARY KEY (structure_version_id, object_id),
    FOREIGN KEY (organization_id, structure_version_id) REFERENCES structure_version (organization_id, id)
) STRICT;
ALTER TABLE structure_version ADD COLUMN repeal_act_id UUID REFERENCES legal_act (id);
CREATE INDEX structure_version_repeal_act ON structure_version (repeal_act_id);
"#;

const CONSTRAINT: &str = r#"
ALTER TABLE structure_version ADD FOREIGN KEY (organization_id, repeal_act_id) REFERENCES legal_act (organization_id, id);
"#;

const TRIGGERS: &str = r#"
CREATE TRIGGER structure_version_repeal_act_made BEFORE INSERT ON structure_version WHEN NEW.repeal_act_id IS NOT NULL
 AND NOT EXISTS (SELECT 1 FROM legal_act a WHERE a.id = NEW.repeal_act_id AND a.organization_id = NEW.organization_id)
 BEGIN SELECT RAISE(ABORT, 'FOREIGN KEY constraint failed'); END;
CREATE TRIGGER structure_version_repeal_act_set BEFORE UPDATE ON structure_version WHEN NEW.repeal_act_id IS NOT NULL
 AND NOT EXISTS (SELECT 1 FROM legal_act a WHERE a.id = NEW.repeal_act_id AND a.organization_id = NEW.organization_id)
 BEGIN SELECT RAISE(ABORT, 'FOREIGN KEY constraint failed'); END;
"#;
