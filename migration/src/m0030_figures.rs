//! Indexes for figures and for maps: what a figure counts is answered from its index alone; what a rule looks at in an organization
//! (its characterizations in force, its processes of a level, its own processes) is found without the others; responsibilities and
//! alignments of a process stand in the order of their pages.

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
DROP INDEX alignment_requirement;
CREATE INDEX alignment_requirement ON alignment (organization_id, requirement_id, valid_from, valid_to, role);
CREATE INDEX process_level ON process (organization_id, level, id);
CREATE INDEX process_version_in_force ON process_version (organization_id, valid_from, valid_to, process_id) WHERE stage = 3;
CREATE INDEX reference_adoption_own ON reference_adoption (organization_id, valid_from, valid_to) WHERE status = 5;

DROP INDEX alignment_process;
CREATE INDEX alignment_process ON alignment (process_id, role, valid_from, id, valid_to) WHERE process_id IS NOT NULL;
DROP INDEX process_responsibility_process;
CREATE INDEX process_responsibility_process ON process_responsibility (process_id, role, valid_from, id, valid_to);
"#;
