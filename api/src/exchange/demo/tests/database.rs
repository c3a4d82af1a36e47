use std::cell::RefCell;

use super::*;
use crate::exchange::{
    load::load_reference,
    testing::{Bench, on_every_database},
};

async fn rows(bench: &Bench, summary: &Summary) -> Vec<i64> {
    let mut rows = Vec::new();
    for (table, _) in &summary.counts {
        rows.push(bench.number(&format!("SELECT count(*) FROM {table}")).await);
    }
    rows
}

#[test]
fn it_loads_once_and_anew_alike_on_every_database() {
    let seen: RefCell<Vec<Vec<i64>>> = RefCell::default();
    on_every_database(async |bench: &Bench| {
        assert!(matches!(load_demo(&bench.store, 1, false).await, Err(DemoFault::NoReference)));
        load_reference(&bench.store, &reference()).await.expect("loads");
        assert!(matches!(load_demo(&bench.store, 0, false).await, Err(DemoFault::Scale(0))));
        let summary = load_demo(&bench.store, 1, false).await.expect("loads");
        let first = rows(bench, &summary).await;
        assert_eq!(first, summary.counts.iter().map(|(_, count)| *count as i64).collect::<Vec<_>>());
        assert!(matches!(load_demo(&bench.store, 1, false).await, Err(DemoFault::AlreadyThere)));
        assert_eq!(rows(bench, &summary).await, first);
        let renewed = load_demo(&bench.store, 1, true).await.expect("loads anew");
        assert_eq!(renewed, summary);
        assert_eq!(rows(bench, &summary).await, first);
        seen.borrow_mut().push(first);
    });
    let seen = seen.into_inner();
    assert!(seen.iter().all(|rows| *rows == seen[0]));
}

#[test]
fn a_database_in_use_is_never_touched() {
    on_every_database(async |bench: &Bench| {
        load_reference(&bench.store, &reference()).await.expect("loads");
        let mut loader = bench.store.loader().await.expect("begins");
        let own = sea_orm::IntoActiveModel::into_active_model(DEMO.organizations[0].clone());
        loader.insert_many::<organization::Entity>(vec![own]).await.expect("inserted");
        loader.commit().await.expect("kept");
        for reset in [false, true] {
            assert!(matches!(load_demo(&bench.store, 1, reset).await, Err(DemoFault::InUse)));
        }
        assert_eq!(bench.number("SELECT count(*) FROM organization").await, 1);
    });
}
