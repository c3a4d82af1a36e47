//! Columns that mean the same on both databases.
//!
//! Steps are written as plain SQL, because composite foreign keys, checks and partial indexes read best
//! there. A handful of words in capitals stand for types that the two databases spell differently.

use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

/// The words and what they become: (word, PostgreSQL, SQLite).
///
/// `FOLDED` is text compared byte by byte, whatever the database's locale. `MOMENT` is microseconds
/// since 1970 (see `entity::Moment`). SQLite's tables are `STRICT`, so a wrong type is refused there too.
const WORDS: &[(&str, &str, &str)] = &[
    ("UUID", "uuid", "blob"),
    ("FOLDED", "text COLLATE \"C\"", "text"),
    ("TEXT", "text COLLATE \"C\"", "text"),
    ("DATE", "date", "text"),
    ("MOMENT", "bigint", "integer"),
    ("BIGINT", "bigint", "integer"),
    ("INTEGER", "integer", "integer"),
    ("SMALLINT", "smallint", "integer"),
    ("BOOLEAN", "boolean", "integer"),
    ("STRICT", "", "STRICT"),
];

/// Runs statements separated by `;` and a line's end.
pub async fn run(manager: &SchemaManager<'_>, statements: &str) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let backend = manager.get_database_backend();
    for statement in statements.split(";\n").map(str::trim).filter(|s| !s.is_empty()) {
        connection.execute_unprepared(&translate(statement, backend)).await?;
    }
    Ok(())
}

fn translate(statement: &str, backend: DbBackend) -> String {
    let mut out = String::with_capacity(statement.len() + 32);
    let mut rest = statement;
    while let Some(start) = rest.find(|c: char| c.is_ascii_uppercase()) {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        let word = &rest[..end];
        out.push_str(match WORDS.iter().find(|(name, ..)| *name == word) {
            Some((_, postgres, sqlite)) => {
                if backend == DbBackend::Postgres {
                    postgres
                } else {
                    sqlite
                }
            }
            None => word,
        });
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_words_are_translated() {
        let sql = "CREATE TABLE t (id UUID PRIMARY KEY, at MOMENT, UUIDS TEXT) STRICT";
        assert_eq!(
            translate(sql, DbBackend::Sqlite),
            "CREATE TABLE t (id blob PRIMARY KEY, at integer, UUIDS text) STRICT"
        );
        assert_eq!(
            translate(sql, DbBackend::Postgres),
            "CREATE TABLE t (id uuid PRIMARY KEY, at bigint, UUIDS text COLLATE \"C\") "
        );
    }
}
