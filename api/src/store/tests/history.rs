//! The chain holds, and breaks where it was touched.

use super::*;
use sea_orm::ConnectionTrait as _;

use crate::store::VerifyFault;

/// Makes five entries, runs a statement behind the store's back, and says where the chain broke.
async fn broken_by(bench: &Bench, tamper: &str) -> Option<i64> {
    let unit = bench.unit(bench.ours, "0").await;
    for number in 1..=5 {
        bench.rename(unit, &number.to_string()).await.expect("renamed");
    }
    bench.store.verify_history(bench.ours).await.expect("whole");
    bench.store.backend.writer.execute_unprepared(tamper).await.expect("tampered");
    match bench.store.verify_history(bench.ours).await {
        Err(VerifyFault::BrokenAt { sequence }) => Some(sequence),
        other => panic!("{other:?}"),
    }
}

macro_rules! tampered {
    ($($name:ident: $sql:literal => $at:literal;)+) => { $(
        #[test]
        fn $name() {
            on_every_database(async |bench| assert_eq!(broken_by(bench, $sql).await, Some($at)));
        }
    )+ };
}

tampered! {
    an_altered_value_is_found:
        r#"UPDATE history_entry SET changes = replace(changes, '"3"]', '"8"]') WHERE sequence = 3"# => 3;
    an_altered_author_is_found: "UPDATE history_entry SET act = 'other' WHERE sequence = 1" => 1;
    a_moved_instant_is_found: "UPDATE history_entry SET recorded_at = recorded_at + 1 WHERE sequence = 5" => 5;
    a_removed_entry_is_found: "DELETE FROM history_entry WHERE sequence = 2" => 2;
    a_removed_end_is_found: "DELETE FROM history_entry WHERE sequence > 3" => 4;
    a_removed_beginning_is_found: "DELETE FROM history_entry WHERE sequence = 1" => 1;
}

#[test]
fn every_organization_has_a_chain_of_its_own() {
    on_every_database(async |bench| {
        let unit = bench.unit(bench.ours, "0").await;
        bench.rename(unit, "1").await.expect("renamed");
        bench.store.verify_history(bench.theirs).await.expect("empty is whole");
        let tamper = "UPDATE chain_head SET sequence = 2";
        bench.store.backend.writer.execute_unprepared(tamper).await.expect("tampered");
        bench.store.verify_history(bench.theirs).await.expect("empty is whole");
        bench.store.verify_history(bench.ours).await.expect_err("an entry is missing");
    });
}
