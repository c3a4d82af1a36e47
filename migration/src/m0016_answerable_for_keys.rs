//! Who answers for what an API key does: everybody who had its secret in his hands.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use crate::portable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let text = match manager.get_database_backend() {
            DbBackend::Postgres => "CAST(u.id AS text)",
            _ => "lower(hex(u.id))",
        };
        portable::run(manager, &STEP.replace("$text", text)).await
    }
}

/// Of keys that there are: whoever made or rotated them, by the history, and the persons that these are now.
const STEP: &str = r#"
ALTER TABLE api_key ADD COLUMN answerable TEXT NOT NULL DEFAULT '[]';
UPDATE api_key SET answerable = COALESCE((
    SELECT '[' || string_agg('"' || $text || '"', ',') || ']'
    FROM (
        SELECT h.object_id, h.account_id AS id FROM history_entry h
        WHERE h.act IN ('apiKeyCreate', 'apiKeyRotate')
        UNION
        SELECT h.object_id, m.person_id AS id FROM history_entry h
        JOIN member m ON m.account_id = h.account_id AND m.organization_id = h.organization_id
        WHERE h.act IN ('apiKeyCreate', 'apiKeyRotate') AND m.person_id IS NOT NULL
    ) u
    WHERE u.object_id = api_key.id
), '[]');
"#;
