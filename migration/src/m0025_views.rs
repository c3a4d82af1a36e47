//! Indexes for views: whether a unit is in force is answered from its index alone; those of columns that few rows fill leave out
//! the others.

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
DROP INDEX unit_version_unit;
CREATE INDEX unit_version_unit ON unit_version (org_unit_id, valid_from, valid_to);

DROP INDEX alignment_process;
DROP INDEX alignment_unit;
DROP INDEX alignment_document;
DROP INDEX alignment_capability;
CREATE INDEX alignment_process ON alignment (process_id, valid_from) WHERE process_id IS NOT NULL;
CREATE INDEX alignment_unit ON alignment (org_unit_id, valid_from) WHERE org_unit_id IS NOT NULL;
CREATE INDEX alignment_document ON alignment (controlled_document_id, valid_from) WHERE controlled_document_id IS NOT NULL;
CREATE INDEX alignment_capability ON alignment (capability_id, valid_from) WHERE capability_id IS NOT NULL;

DROP INDEX activity_unit;
DROP INDEX activity_post;
CREATE INDEX activity_unit ON activity (responsible_unit_id) WHERE responsible_unit_id IS NOT NULL;
CREATE INDEX activity_post ON activity (responsible_post_id) WHERE responsible_post_id IS NOT NULL;

DROP INDEX process_transition_person;
DROP INDEX document_transition_person;
CREATE INDEX process_transition_person ON process_transition (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX document_transition_person ON document_transition (person_id) WHERE person_id IS NOT NULL;
"#;
