//! Opening a database, and what it keeps about itself.

use super::*;
use crate::store::{StoreFault, SystemClock};

#[test]
fn a_database_is_made_and_brought_up_to_date() {
    on_every_database(async |bench| {
        assert_eq!(bench.store.pending_migrations().await.expect("known"), 0);
        bench.store.ping().await.expect("answers");
        bench.store.migrate().await.expect("again");
    });
}

#[test]
fn readers_cannot_write() {
    on_sqlite(&async |bench: &Bench| {
        let crate::store::Readers::Sqlite { pool, .. } = &bench.store.backend.readers else { panic!("SQLite") };
        let fault = sqlx::query("DELETE FROM organization").execute(pool).await.expect_err("read-only");
        assert!(fault.to_string().contains("readonly"), "{fault}");
    });
}

#[test]
fn a_cancelled_reader_leaves_no_old_state_behind() {
    on_every_database(async |bench| {
        for number in 0..4 {
            let mut snapshot = bench.store.snapshot().await.expect("a connection");
            snapshot.begin().await.unwrap_or_else(|fault| panic!("{fault} at {number}"));
            drop(snapshot);
        }
    });
}

#[test]
fn a_secret_is_made_once_for_all() {
    on_every_database(async |bench| {
        let other = Store::open(&bench.settings, Arc::new(SystemClock)).await.expect("opens");
        let (one, two) = futures_util::join!(bench.store.secret("cursor"), other.secret("cursor"));
        let (one, two) = (one.expect("a secret"), two.expect("a secret"));
        assert_eq!(one, two);
        assert_ne!(one, bench.store.secret("other").await.expect("a secret"));
        assert_eq!(bench.store.setting("absent").await.expect("read"), None);
        other.close().await;
    });
}

#[test]
fn a_secret_altered_by_hand_is_told() {
    use entity::machinery::setting;
    on_every_database(async |bench| {
        let row = setting::ActiveModel { name: Set("secret.x".to_owned()), value: Set("abc".to_owned()) };
        bench.put::<setting::Entity>(row).await;
        assert!(matches!(bench.store.secret("x").await, Err(StoreFault::Setting(_))));
    });
}

#[test]
fn a_path_that_cannot_be_written_is_told() {
    let folder = Folder::new();
    std::fs::create_dir_all(&folder.0).expect("a folder");
    std::fs::write(folder.0.join("file"), "").expect("a file");
    let settings = Settings::new(folder.url("file/articula.db"), 1);
    let opened = block_on(Store::open(&settings, Arc::new(SystemClock)));
    assert!(matches!(opened.err(), Some(StoreFault::NotWritable { .. })));
}

#[test]
fn a_file_of_another_kind_is_told() {
    let folder = Folder::new();
    std::fs::create_dir_all(&folder.0).expect("a folder");
    std::fs::write(folder.0.join("articula.db"), "Not a database at all.".repeat(99)).expect("a file");
    let settings = Settings::new(folder.url("articula.db"), 1);
    let opened = block_on(Store::open(&settings, Arc::new(SystemClock)));
    assert!(matches!(opened.err(), Some(StoreFault::NotArticula { .. })));
}
