//! The far ends of links, so that a trace that comes from there costs its links: what is said of a requirement, of a process of
//! the reference, and what rests on a legal act.

use sea_orm_migration::prelude::*;

use crate::portable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        portable::run(manager, INDEXES).await
    }
}

const INDEXES: &str = r#"
CREATE INDEX alignment_far ON alignment (requirement_id, valid_from);
CREATE INDEX reference_adoption_far ON reference_adoption (reference_process_id, valid_from);
CREATE INDEX process_version_act ON process_version (legal_act_id);
CREATE INDEX structure_version_act ON structure_version (legal_act_id);
CREATE INDEX work_group_act ON work_group (legal_act_id);
"#;
