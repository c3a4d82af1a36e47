//! All that a database holds: to compare it with itself later, and to take the rows of some organizations out of it.

use std::collections::{BTreeMap, BTreeSet};

use articula::reader::sql::Dialect;
use serde_json::{Map, Value};
use sqlx::{AssertSqlSafe, Connection as _};

use crate::database::Fresh;

/// A row: its values by column. Keys are hexadecimal digits, with or without hyphens.
pub type Row = Map<String, Value>;
/// The rows of each table, as JSON.
pub type Rows = BTreeMap<String, BTreeSet<String>>;

/// The rows of a table that are in the first and not in the second.
pub fn only(first: &Rows, second: &Rows, table: &str) -> Vec<Row> {
    let rows = first[table].difference(&second[table]);
    rows.map(|row| serde_json::from_str(row).expect("a row")).collect()
}

impl Fresh {
    /// The texts that a statement selects.
    pub async fn texts(&self, statement: &str) -> Vec<String> {
        let statement = AssertSqlSafe(statement.to_owned());
        match self.dialect {
            Dialect::Sqlite => {
                let mut connection = sqlx::SqliteConnection::connect(&self.url).await.expect("the file opens");
                sqlx::query_scalar(statement).fetch_all(&mut connection).await.expect("texts")
            }
            Dialect::Postgres => {
                let mut connection = sqlx::PgConnection::connect(&self.url).await.expect("the server answers");
                sqlx::query_scalar(statement).fetch_all(&mut connection).await.expect("texts")
            }
        }
    }

    /// The columns of each table.
    pub async fn tables(&self) -> BTreeMap<String, Vec<String>> {
        let columns = self.texts(match self.dialect {
            Dialect::Sqlite => {
                "SELECT m.name || ' ' || c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c \
                 WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'seaql_%'"
            }
            Dialect::Postgres => {
                "SELECT table_name || ' ' || column_name FROM information_schema.columns \
                 WHERE table_schema = 'public' AND table_name NOT LIKE 'seaql_%'"
            }
        });
        let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for line in columns.await {
            let (table, column) = line.split_once(' ').expect("a table and a column");
            tables.entry(table.to_owned()).or_default().push(column.to_owned());
        }
        tables
    }

    /// Every row of every table.
    pub async fn rows(&self) -> Rows {
        let tables = self.tables().await;
        let selects = tables.iter().map(|(table, columns)| match self.dialect {
            Dialect::Sqlite => {
                let pair = |column: &String| {
                    format!("'{column}', CASE typeof({column}) WHEN 'blob' THEN lower(hex({column})) ELSE {column} END")
                };
                let pairs: Vec<_> = columns.iter().map(pair).collect();
                format!("SELECT '{table} ' || json_object({}) FROM {table}", pairs.join(", "))
            }
            Dialect::Postgres => format!("SELECT '{table} ' || to_jsonb(t)::text FROM {table} t"),
        });
        let lines = self.texts(&selects.collect::<Vec<_>>().join(" UNION ALL ")).await;
        let mut rows: Rows = tables.into_keys().map(|table| (table, BTreeSet::new())).collect();
        for line in lines {
            let (table, row) = line.split_once(' ').expect("a table and a row");
            rows.entry(table.to_owned()).or_default().insert(row.to_owned());
        }
        rows
    }

    /// Removes the organizations of which a condition is true, with every row that they own.
    pub async fn remove_organizations(&self, condition: &str) {
        let mut script = String::from(match self.dialect {
            Dialect::Sqlite => "PRAGMA foreign_keys = OFF;\nBEGIN;\n",
            Dialect::Postgres => "SET session_replication_role = replica;\nBEGIN;\n",
        });
        let owned = self.tables().await.into_iter();
        let owned = owned.filter(|(_, columns)| columns.iter().any(|column| column == "organization_id"));
        for (table, _) in owned {
            let doomed = format!("SELECT id FROM organization WHERE {condition}");
            script.push_str(&format!("DELETE FROM {table} WHERE organization_id IN ({doomed});\n"));
        }
        script.push_str(&format!("DELETE FROM organization WHERE {condition};\nCOMMIT;"));
        self.run(&script).await;
    }
}
