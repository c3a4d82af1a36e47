//! The chain holds, and breaks where it was touched.

use super::*;
use entity::{
    machinery::{history_entry, person_key},
    organization::person,
};
use sea_orm::{ConnectionTrait as _, QueryOrder as _};

use crate::store::{
    KeepPersonalData, Verified,
    sealed::{PersonKey, Place},
};

async fn verified(bench: &Bench) -> Verified {
    bench.store.verify_history(bench.ours, None).await.expect("read")
}

/// Makes five entries, runs a statement behind the store's back, and says where the chain broke.
async fn broken_by(bench: &Bench, tamper: &str) -> Option<i64> {
    let unit = bench.unit(bench.ours, "0").await;
    for number in 1..=5 {
        bench.rename(unit, &number.to_string()).await.expect("renamed");
    }
    let whole = verified(bench).await;
    assert!(whole.is_intact() && whole.count == 5, "{whole:?}");
    bench.store.backend.writer.execute_unprepared(tamper).await.expect("tampered");
    verified(bench).await.first_altered
}

macro_rules! tampered {
    ($($name:ident: $sql:expr => $at:literal;)+) => { $(
        #[test]
        fn $name() {
            on_every_database(async |bench| assert_eq!(broken_by(bench, $sql).await, Some($at)));
        }
    )+ };
}

tampered! {
    an_altered_value_is_found:
        r#"UPDATE history_entry SET changes = replace(changes, '"3"]', '"8"]') WHERE sequence = 3"# => 3;
    a_removed_entry_is_found: "DELETE FROM history_entry WHERE sequence = 2" => 2;
    a_removed_end_is_found: "DELETE FROM history_entry WHERE sequence > 3" => 4;
    a_removed_beginning_is_found: "DELETE FROM history_entry WHERE sequence = 1" => 1;
    two_that_changed_places_are_found:
        "UPDATE history_entry SET sequence = -sequence WHERE sequence IN (2, 4); \
         UPDATE history_entry SET sequence = 6 + sequence WHERE sequence < 0" => 2;
    an_altered_head_is_found: "UPDATE chain_head SET hash = replace(hash, substr(hash, 1, 1), 'x')" => 5;
    a_removed_head_is_found: "DELETE FROM chain_head" => 5;
    a_head_that_is_turned_back_is_found: "UPDATE chain_head SET sequence = 3" => 4;
}

/// Each column of an entry, and how a byte of it is altered.
const BYTES: [(&str, &str); 17] = [
    ("id", "uuid"),
    ("organization_id", "uuid"),
    ("sequence", "number"),
    ("recorded_at", "number"),
    ("account_id", "uuid"),
    ("request_id", "text"),
    ("act", "text"),
    ("object_kind", "number"),
    ("object_id", "uuid"),
    ("operation", "number"),
    ("changes", "text"),
    ("reason", "nothing"),
    ("backdated", "truth"),
    ("previous_hash", "text"),
    ("hash", "text"),
    ("change_set_id", "uuid"),
    ("client", "text"),
];

#[test]
fn a_byte_that_is_altered_in_any_column_is_found() {
    on_every_database(async |bench| {
        let unit = bench.unit(bench.ours, "0").await;
        for number in 1..=3 {
            bench.rename(unit, &number.to_string()).await.expect("renamed");
        }
        let postgres = bench.store.dialect() == crate::reader::sql::Dialect::Postgres;
        let writer = &bench.store.backend.writer;
        writer
            .execute_unprepared("CREATE TABLE kept AS SELECT * FROM history_entry WHERE sequence = 2")
            .await
            .expect("kept");
        for (column, kind) in BYTES {
            let altered = match kind {
                // Keys are drawn: one that bears the byte already gets another.
                "uuid" if postgres => format!(
                    "(overlay({column}::text placing CASE substr({column}::text, 33, 3) WHEN 'f0f' THEN '0f0' ELSE 'f0f' END from 33))::uuid"
                ),
                "uuid" => format!(
                    "CAST(substr({column}, 1, 14) || CASE substr({column}, 15, 1) WHEN X'F0' THEN X'0F' ELSE X'F0' END || substr({column}, 16) AS BLOB)"
                ),
                "number" => format!("{column} + 64"),
                "truth" if postgres => format!("NOT {column}"),
                "truth" => "3".to_owned(),
                "nothing" => "'x'".to_owned(),
                _ => format!("'x' || substr({column}, 2)"),
            };
            let tamper = format!("UPDATE history_entry SET {column} = {altered} WHERE sequence = 2");
            writer.execute_unprepared(&tamper).await.unwrap_or_else(|fault| panic!("{tamper}: {fault}"));
            assert_eq!(verified(bench).await.first_altered, Some(2), "{column}");
            writer.execute_unprepared("DELETE FROM history_entry WHERE sequence NOT IN (1, 3)").await.expect("removed");
            writer.execute_unprepared("INSERT INTO history_entry SELECT * FROM kept").await.expect("put back");
            assert!(verified(bench).await.is_intact(), "{column}");
        }
        if !postgres {
            // A byte that makes no text, and a number that fits no type.
            for altered in ["act = CAST(X'FF' AS TEXT)", "object_kind = 65551", "hash = CAST(X'C0' AS TEXT)"] {
                writer
                    .execute_unprepared(&format!("UPDATE history_entry SET {altered} WHERE sequence = 2"))
                    .await
                    .expect("done");
                assert_eq!(verified(bench).await.first_altered, Some(2), "{altered}");
                writer.execute_unprepared("DELETE FROM history_entry WHERE sequence = 2").await.expect("removed");
                writer.execute_unprepared("INSERT INTO history_entry SELECT * FROM kept").await.expect("put back");
            }
        }
    });
}

#[test]
fn only_a_receipt_sees_that_all_was_written_anew() {
    on_every_database(async |bench| {
        let unit = bench.unit(bench.ours, "0").await;
        bench.rename(unit, "1").await.expect("renamed");
        let read = async |_: &mut Snapshot<'_>, _: &i32, sealed: Option<&Sealed>| Ok(sealed.cloned());
        let intent = bench.intent(Role::QualityLeader);
        let changed = bench.store.change(&intent, async |set| rename(set, unit, "2").await, read).await.expect("runs");
        let receipt = changed.answer.expect("it changed something");
        assert_eq!(receipt.sequence, 2);
        let compare = async || bench.store.verify_history(bench.ours, Some(&receipt)).await.expect("read");
        assert_eq!(compare().await.receipt_holds, Some(true));
        // A chain of its own, whole, with another content.
        let forget = "DELETE FROM history_entry; DELETE FROM chain_head";
        bench.store.backend.writer.execute_unprepared(forget).await.expect("forgotten");
        for name in ["3", "4"] {
            bench.rename(unit, name).await.expect("renamed");
        }
        assert!(verified(bench).await.is_intact());
        let found = compare().await;
        assert!(found.receipt_holds == Some(false) && !found.is_intact() && found.first_altered.is_none(), "{found:?}");
    });
}

#[test]
fn a_replay_tells_the_same_place() {
    on_every_database(async |bench| {
        let unit = bench.unit(bench.ours, "0").await;
        let read = async |_: &mut Snapshot<'_>, _: &i32, sealed: Option<&Sealed>| Ok(sealed.cloned());
        let intent = bench.keyed("k", "h");
        let mut places = Vec::new();
        for _ in 0..2 {
            let act = async |set: &mut ChangeSet| rename(set, unit, "1").await;
            places.push(bench.store.change(&intent, act, read).await.expect("answers").answer.expect("a place"));
            bench.rename(unit, "other").await.expect("renamed");
        }
        assert_eq!(places[0], places[1]);
    });
}

#[test]
fn every_organization_has_a_chain_of_its_own() {
    on_every_database(async |bench| {
        let unit = bench.unit(bench.ours, "0").await;
        bench.rename(unit, "1").await.expect("renamed");
        let theirs = async || bench.store.verify_history(bench.theirs, None).await.expect("read");
        assert!(theirs().await.is_intact(), "empty is whole");
        let tamper = "UPDATE chain_head SET sequence = 2";
        bench.store.backend.writer.execute_unprepared(tamper).await.expect("tampered");
        assert!(theirs().await.is_intact(), "empty is whole");
        assert_eq!(verified(bench).await.first_altered, Some(2), "an entry is missing");
    });
}

#[test]
fn entries_of_one_act_are_told_together() {
    on_every_database(async |bench| {
        let (one, two) = (bench.unit(bench.ours, "1").await, bench.unit(bench.ours, "2").await);
        let both = bench.lead(async |set| {
            rename(set, one, "3").await?;
            rename(set, two, "4").await
        });
        both.await.expect("renamed");
        bench.rename(one, "5").await.expect("renamed");
        let entries = history_entry::Entity::find().order_by_asc(history_entry::Column::Sequence);
        let entries = entries.all(&bench.store.backend.writer).await.expect("read");
        let sets: Vec<_> = entries.iter().map(|entry| entry.change_set_id).collect();
        assert_eq!(sets, [Some(entries[0].id), Some(entries[0].id), Some(entries[2].id)]);
    });
}

#[test]
fn personal_values_are_written_under_no_other_duty() {
    on_every_database(async |bench| {
        let email = || Set(Some("ana@example.org".to_owned()));
        let created = bench.lead(async |set| {
            let home = set.organization::<Formulate>(bench.ours).await?;
            let row = person::ActiveModel { name: Set("Ana".to_owned()), email: email(), ..Default::default() };
            Ok(set.create::<person::Entity, _>(&home, row).await?.id().uuid())
        });
        assert!(matches!(created.await, Err(ActFault::Database(_))));
        let updated = bench.lead(async |set| {
            let home = set.organization::<Formulate>(bench.ours).await?;
            let row = person::ActiveModel { name: Set("Ana".to_owned()), ..Default::default() };
            let person = set.create::<person::Entity, _>(&home, row).await?;
            let row = person::ActiveModel { email: email(), ..Default::default() };
            Ok(set.update(person, row).await?.id().uuid())
        });
        assert!(matches!(updated.await, Err(ActFault::Database(_))));
        assert_eq!(bench.count::<person::Entity>().await, 0);
    });
}

#[test]
fn a_person_is_told_under_a_key_and_the_chain_outlives_it() {
    on_every_database(async |bench| {
        let manager = bench.intent(Role::SeniorManagement);
        let create = async |set: &mut ChangeSet| {
            let home = set.organization::<KeepPersonalData>(bench.ours).await?;
            let email = Set(Some("ana@example.org".to_owned()));
            let row = person::ActiveModel { name: Set("Ana Peña".to_owned()), email, ..Default::default() };
            Ok(set.create::<person::Entity, _>(&home, row).await?.id().uuid())
        };
        let id = Id::<person::Entity>::from_uuid(bench.act(&manager, create).await.expect("made").outcome);
        let writer = &bench.store.backend.writer;
        let entry = history_entry::Entity::find().one(writer).await.expect("read").expect("an entry");
        assert!(!entry.changes.contains("Peña") && !entry.changes.contains("ana@"), "{}", entry.changes);
        let told: serde_json::Value = serde_json::from_str(&entry.changes).expect("JSON");
        let key = person_key::Entity::find_by_id(id.uuid()).one(writer).await.expect("read").expect("a key");
        let opened = |column: &str| {
            let place = Place { entry: entry.id.uuid(), person: id.uuid(), column };
            PersonKey::parse(&key.secret).expect("a key").open(place, told[column]["sealed"].as_str().expect("sealed"))
        };
        assert_eq!(opened("name"), Some(serde_json::json!([null, "Ana Peña"])));
        assert_eq!(opened("phone"), Some(serde_json::json!([null, null])), "that there is none is no news");

        let erase = async |set: &mut ChangeSet| {
            let person = set.obtain::<person::Entity, KeepPersonalData>(id, Some(1)).await?;
            Ok(set.erase(person).await?.model().row_version)
        };
        assert_eq!(bench.act(&manager, erase).await.expect("erased").outcome, 2);
        let row = person::Entity::find_by_id(id).one(writer).await.expect("read").expect("there");
        assert_eq!(
            (row.name.as_str(), row.email, row.erased_on),
            (crate::store::ERASED_NAME, None, Some(bench.store.clock().today()))
        );
        assert_eq!(bench.count::<person_key::Entity>().await, 0);
        assert!(verified(bench).await.is_intact());
    });
}
