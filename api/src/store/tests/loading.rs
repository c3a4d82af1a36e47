//! Trusted data in bulk.

use super::*;
use entity::{
    machinery::history_entry,
    territory::{JobLevel, job_denomination as job},
};

use crate::store::Loaded;

fn row(code: &str, name: &str) -> job::ActiveModel {
    job::ActiveModel {
        code: Set(code.to_owned()),
        name: Set(name.to_owned()),
        level: Set(JobLevel::Professional),
        source: Set("Decreto Ley 785 de 2005".to_owned()),
        official: Set(true),
        ..Default::default()
    }
}

async fn load(bench: &Bench, rows: Vec<job::ActiveModel>) -> Loaded {
    let mut loader = bench.store.loader().await.expect("begins");
    let loaded = loader.upsert::<job::Entity>(&[job::Column::Code], rows).await.expect("loads");
    loader.commit().await.expect("commits");
    loaded
}

#[test]
fn reference_rows_are_inserted_updated_or_left() {
    on_every_database(async |bench| {
        let first = load(bench, vec![row("219", "Profesional Universitario"), row("222", "Profesional")]).await;
        assert_eq!(first, Loaded { inserted: 2, updated: 0, unchanged: 0 });
        let read = async || job::Entity::find().all(&bench.store.backend.writer).await.expect("read");
        let before = read().await;
        let second =
            vec![row("219", "Profesional Universitario"), row("222", "Profesional Especializado"), row("237", "Otro")];
        assert_eq!(load(bench, second).await, Loaded { inserted: 1, updated: 1, unchanged: 1 });
        let after = read().await;
        let by_code =
            |rows: &[job::Model], code: &str| rows.iter().find(|row| row.code == code).expect("there").clone();
        assert_eq!(by_code(&after, "222").id, by_code(&before, "222").id);
        assert_eq!(by_code(&after, "222").name_key, "profesional especializado");
        assert_eq!(by_code(&after, "219"), by_code(&before, "219"));
        assert_eq!(bench.count::<history_entry::Entity>().await, 0, "nobody owns them");
    });
}

#[test]
fn more_rows_than_one_statement_binds() {
    on_every_database(async |bench| {
        let rows = (0..12_001).map(|number| row(&format!("{number:05}"), "Profesional")).collect();
        assert_eq!(load(bench, rows).await.inserted, 12_001);
        assert_eq!(bench.count::<job::Entity>().await, 12_001);
    });
}

#[test]
fn each_organization_loaded_is_told_once() {
    on_every_database(async |bench| {
        let unit = |organization, name: &str| org_unit::ActiveModel {
            organization_id: Set(organization),
            name: Set(name.to_owned()),
            ..Default::default()
        };
        let mut loader = bench.store.loader().await.expect("begins");
        let rows = vec![unit(bench.ours, "Una"), unit(bench.ours, "Dos"), unit(bench.theirs, "Tres")];
        loader.insert_many::<org_unit::Entity>(rows).await.expect("inserts");
        loader.commit().await.expect("commits");
        let entries = history_entry::Entity::find().all(&bench.store.backend.writer).await.expect("read");
        let mut told: Vec<_> = entries.iter().map(|entry| (entry.act.as_str(), entry.changes.as_str())).collect();
        told.sort_unstable();
        assert_eq!(told, [("load", r#"{"org_unit":[0,1]}"#), ("load", r#"{"org_unit":[0,2]}"#)]);

        let mut loader = bench.store.loader().await.expect("begins");
        assert_eq!(loader.delete_all::<org_unit::Entity>().await.expect("deletes"), 3);
        loader.commit().await.expect("commits");
        assert_eq!(bench.count::<org_unit::Entity>().await, 0);
        assert_eq!(bench.count::<history_entry::Entity>().await, 4);
        for organization in [bench.ours, bench.theirs] {
            assert!(bench.store.verify_history(organization, None).await.expect("read").is_intact());
        }
    });
}

#[test]
fn what_is_not_committed_is_not_loaded() {
    on_every_database(async |bench| {
        let mut loader = bench.store.loader().await.expect("begins");
        loader.insert_many::<job::Entity>(vec![row("219", "Profesional")]).await.expect("inserts");
        drop(loader);
        assert_eq!(bench.count::<job::Entity>().await, 0);
    });
}
