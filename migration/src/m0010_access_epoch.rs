//! One number that changes with every row that decides who may do what (`docs/decisions/0010-access-epoch.md`).
//!
//! The database itself counts, by triggers: also what the command line or a hand at the database changes is noticed.

use sea_orm_migration::prelude::*;

use crate::{access_epoch, portable};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        portable::run(manager, TABLE).await?;
        access_epoch::prepare(manager).await?;
        // Those of them that there are by now.
        for table in ["account", "account_person", "access_grant", "member"] {
            if manager.has_table(table).await? {
                access_epoch::watch(manager, table, "UPDATE").await?;
            }
        }
        Ok(())
    }
}

const TABLE: &str = r#"
CREATE TABLE access_epoch (
    id SMALLINT PRIMARY KEY CHECK (id = 1),
    epoch BIGINT NOT NULL
) STRICT;
INSERT INTO access_epoch (id, epoch) VALUES (1, 1);
"#;
