//! A database saved and brought back.

use super::*;
use crate::store::{StoreFault, SystemClock};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Executor as _, sqlite::SqliteConnectOptions};

/// A database with one unit of this name, closed.
async fn database(url: String, name: &str) -> Settings {
    let bench = Bench::open(url).await;
    bench.unit(bench.ours, name).await;
    bench.store.close().await;
    bench.settings.clone()
}

async fn names(settings: &Settings) -> Vec<String> {
    let store = Store::open(settings, Arc::new(SystemClock)).await.expect("opens");
    let units = org_unit::Entity::find().all(&store.backend.writer).await.expect("read");
    store.close().await;
    units.into_iter().map(|unit| unit.name).collect()
}

#[cfg(unix)]
fn permissions(file: &std::path::Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(file).expect("a file").permissions().mode() & 0o777
}

#[test]
fn what_was_saved_comes_back() {
    let folder = Folder::new();
    let saved = folder.0.join("saved/backup.db");
    block_on(async {
        let settings = database(folder.url("articula.db"), "Antes").await;
        let store = Store::open(&settings, Arc::new(SystemClock)).await.expect("opens");
        store.backup(&saved).await.expect("saves");
        #[cfg(unix)]
        assert_eq!(permissions(&saved), 0o600, "personal data are its owner's");
        assert!(matches!(store.backup(&saved).await, Err(StoreFault::Exists(_))), "never overwrites");
        assert!(matches!(Store::restore(&settings, &saved).await, Err(StoreFault::InUse(_))), "nor under a service");
        sqlx::query("UPDATE org_unit SET name = 'Después'").execute(&writer(&settings)).await.expect("written");
        store.close().await;
        drop(store);
        assert_eq!(names(&settings).await, ["Después"]);
        Store::restore(&settings, &saved).await.expect("brings back");
        assert_eq!(names(&settings).await, ["Antes"]);
        #[cfg(unix)]
        assert_eq!(permissions(&folder.0.join("articula.db")), 0o600);
    });
    let left: Vec<_> =
        std::fs::read_dir(&folder.0).expect("a folder").map(|entry| entry.expect("there").file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains("restored")), "{left:?}");
}

fn writer(settings: &Settings) -> sqlx::SqlitePool {
    sqlx::SqlitePool::connect_lazy(&settings.url).expect("an address")
}

#[test]
fn a_backup_makes_a_database_where_there_is_none() {
    let folder = Folder::new();
    block_on(async {
        let settings = database(folder.url("articula.db"), "Calidad").await;
        let elsewhere = Settings::new(folder.url("new/articula.db"), 1);
        Store::restore(&elsewhere, &folder.0.join("articula.db")).await.expect("brings back");
        assert_eq!(names(&elsewhere).await, ["Calidad"]);
        assert_eq!(names(&settings).await, ["Calidad"]);
    });
}

/// Restores a database altered by a statement, and says why it is refused; what was there stays.
fn refused_after(alter: &str) -> String {
    let folder = Folder::new();
    block_on(async {
        let settings = database(folder.url("articula.db"), "Calidad").await;
        let other = folder.0.join("other.db");
        database(folder.url("other.db"), "Otra").await;
        let options = SqliteConnectOptions::new().filename(&other);
        options.connect().await.expect("opens").execute(AssertSqlSafe(alter)).await.expect("altered");
        let refused = Store::restore(&settings, &other).await.expect_err("refused").to_string();
        assert_eq!(names(&settings).await, ["Calidad"]);
        refused
    })
}

#[test]
fn a_database_of_something_else_is_refused() {
    assert!(refused_after("DROP TABLE history_entry").contains("its tables are not"));
}

#[test]
fn a_database_of_a_newer_version_is_refused() {
    let newer = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_future', 0)";
    assert!(refused_after(newer).contains("m9999_future"));
}

#[test]
fn a_file_that_is_no_database_is_refused() {
    let folder = Folder::new();
    block_on(async {
        let settings = database(folder.url("articula.db"), "Calidad").await;
        let file = folder.0.join("letter.txt");
        std::fs::write(&file, "Estimados señores".repeat(999)).expect("written");
        for file in [file, folder.0.join("missing.db")] {
            let refused = Store::restore(&settings, &file).await;
            assert!(matches!(refused, Err(StoreFault::NotArticula { .. })), "{refused:?}");
        }
        assert_eq!(names(&settings).await, ["Calidad"]);
    });
}

#[test]
fn postgres_is_saved_with_its_own_tools() {
    on_every_database(async |bench| {
        if bench.store.dialect() == crate::reader::sql::Dialect::Postgres {
            let file = PathBuf::from("backup.db");
            assert!(matches!(bench.store.backup(&file).await, Err(StoreFault::UsePostgresTools)));
            assert!(matches!(Store::restore(&bench.settings, &file).await, Err(StoreFault::UsePostgresTools)));
        }
    });
}
