//! A transfer of responsibilities may be about one process: so a unit that is split can say which goes where.

use sea_orm_migration::prelude::*;

use crate::portable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        portable::run(manager, COLUMN).await
    }
}

const COLUMN: &str = r#"
ALTER TABLE responsibility_transfer ADD COLUMN process_id UUID REFERENCES process (id);
CREATE INDEX responsibility_transfer_from ON responsibility_transfer (from_unit_id);
CREATE INDEX responsibility_transfer_process ON responsibility_transfer (process_id);
CREATE INDEX process_responsibility_succession ON process_responsibility (succession_id);
"#;
