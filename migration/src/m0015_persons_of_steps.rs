//! Who somebody was when he took a step of a life cycle: later rules compare persons, and accounts change hands.

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
ALTER TABLE structure_transition ADD COLUMN person_id UUID REFERENCES person (id);
CREATE INDEX structure_transition_person ON structure_transition (person_id);
"#;
