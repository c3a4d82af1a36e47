//! Fresh, migrated databases, and the one way in which a row is tried.

use std::{collections::BTreeSet, fmt::Debug};

use articula_migration::{Migrator, MigratorTrait};
use entity::Id;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbErr, EntityName, EntityTrait, IdenStatic,
    IntoActiveModel, Iterable, ModelTrait, Statement,
};
use sea_orm_migration::sea_orm;

/// A migrated, empty database and what was tried on it.
pub struct Bench {
    pub db: DatabaseConnection,
    pub tried: BTreeSet<String>,
}

impl Bench {
    async fn open(url: &str) -> Self {
        let mut options = ConnectOptions::new(url);
        options.max_connections(1).sqlx_logging(false);
        let db = Database::connect(options).await.expect("the database answers");
        Migrator::up(&db, None).await.expect("all steps run");
        assert!(Migrator::get_pending_migrations(&db).await.expect("state of the steps").is_empty());
        Self { db, tried: BTreeSet::new() }
    }

    pub async fn insert<M>(&mut self, row: M) -> Result<(), DbErr>
    where
        M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
        M::Entity: EntityTrait<Model = M>,
    {
        M::Entity::insert(row.into_active_model()).exec_without_returning(&self.db).await.map(drop)
    }

    /// Inserts the row and reads the identical row back; the entity has exactly the table's columns.
    pub async fn keeps<M>(&mut self, row: M)
    where
        M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel> + Clone + PartialEq + Debug,
        M::Entity: EntityTrait<Model = M>,
    {
        self.insert(row.clone()).await.unwrap_or_else(|e| panic!("{e} at {row:?}"));
        let found = M::Entity::find().all(&self.db).await.unwrap_or_else(|e| panic!("{e} after {row:?}"));
        assert!(found.contains(&row), "{row:?} is not among {found:?}");

        let table = M::Entity::default().table_name().to_owned();
        let raw = self.select(&format!("SELECT * FROM {table}")).await;
        let stored: BTreeSet<_> = raw[0].column_names().into_iter().collect();
        let declared = <M::Entity as EntityTrait>::Column::iter().map(|c| c.as_str().to_owned()).collect();
        assert_eq!(stored, declared, "columns of {table}");
        self.tried.insert(table);
    }

    /// Every table that the steps made.
    pub async fn tables(&self) -> BTreeSet<String> {
        let sql = match self.db.get_database_backend() {
            sea_orm::DbBackend::Sqlite => "SELECT name FROM sqlite_schema WHERE type = 'table'",
            _ => "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public'",
        };
        let names = self.select(sql).await.into_iter().map(|row| row.try_get("", "name").expect("a name"));
        names.filter(|name: &String| name != "seaql_migrations" && !name.starts_with("sqlite_")).collect()
    }

    async fn select(&self, sql: &str) -> Vec<sea_orm::QueryResult> {
        let statement = Statement::from_string(self.db.get_database_backend(), sql);
        self.db.query_all_raw(statement).await.expect("rows")
    }
}

/// Runs the same test on a fresh SQLite database and, if the environment names a server, on a fresh
/// PostgreSQL database, which is dropped afterwards whatever happened.
pub fn on_every_database<F>(test: impl Fn(Bench) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        test(Bench::open("sqlite::memory:").await).await;
        let Ok(server) = std::env::var("TEST_POSTGRES_URL") else { return };
        let admin = Database::connect(&server).await.expect("the server answers");
        let name = format!("articula_portable_{}", Id::<()>::new().uuid().simple());
        admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("created");
        let (base, _) = server.rsplit_once('/').expect("postgres://host/database");
        let url = format!("{base}/{name}");
        let bench = tokio::spawn(async move { Bench::open(&url).await }).await;
        let outcome = match bench {
            Ok(bench) => tokio::spawn(test(bench)).await,
            Err(failure) => Err(failure),
        };
        admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.expect("dropped");
        if let Err(failure) = outcome {
            std::panic::resume_unwind(failure.into_panic());
        }
    });
}
