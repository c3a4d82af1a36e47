//! Triggers that count changes of tables that decide who may do what. A step that makes such a table watches it.

use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

/// What a trigger runs on PostgreSQL. A transaction counts once, however much it changes: then it can tell its own change from
/// others'. (`xmin` is the transaction that wrote the row.)
const BUMP: &str = "CREATE FUNCTION access_epoch_bump() RETURNS trigger LANGUAGE plpgsql AS $$ \
     BEGIN UPDATE access_epoch SET epoch = epoch + 1 WHERE xmin <> pg_current_xact_id()::xid; RETURN NULL; END $$";

/// Makes what all triggers share.
pub async fn prepare(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    match manager.get_database_backend() {
        DbBackend::Postgres => manager.get_connection().execute_unprepared(BUMP).await.map(drop),
        _ => Ok(()),
    }
}

/// Counts every insertion and deletion in a table, and these updates of it: `UPDATE`, or `UPDATE OF a, b` where only some columns
/// decide who may do what (not the last use of a key, which is written all the time).
pub async fn watch(manager: &SchemaManager<'_>, table: &str, update: &str) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    if manager.get_database_backend() == DbBackend::Postgres {
        let events = format!("INSERT OR DELETE OR TRUNCATE OR {update}");
        let trigger = format!(
            "CREATE TRIGGER {table}_epoch AFTER {events} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION access_epoch_bump()"
        );
        return connection.execute_unprepared(&trigger).await.map(drop);
    }
    for (name, event) in [("insert", "INSERT"), ("delete", "DELETE"), ("update", update)] {
        let bump = "BEGIN UPDATE access_epoch SET epoch = epoch + 1; END";
        let trigger = format!("CREATE TRIGGER {table}_epoch_{name} AFTER {event} ON {table} {bump}");
        connection.execute_unprepared(&trigger).await?;
    }
    Ok(())
}
