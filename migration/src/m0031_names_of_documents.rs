//! What a controlled document is called belongs to its versions, as with processes: a renaming takes effect with one of them.

use sea_orm_migration::prelude::*;

use crate::portable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        portable::run(manager, COLUMNS).await
    }
}

/// Until now a document had one name through all its versions; each of them gets it.
const COLUMNS: &str = r#"
ALTER TABLE document_version ADD COLUMN code FOLDED NOT NULL DEFAULT '';
ALTER TABLE document_version ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE document_version ADD COLUMN name_key FOLDED NOT NULL DEFAULT '';
UPDATE document_version SET code = d.code, name = d.name, name_key = d.name_key
FROM controlled_document d WHERE d.id = document_version.controlled_document_id;
CREATE INDEX document_version_code ON document_version (organization_id, code);
"#;
