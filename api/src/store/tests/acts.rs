//! What an act writes, and what it leaves when it is dry, repeated or refused.

use super::*;
use entity::machinery::{HistoryOperation, history_entry, idempotency, outbox};
use sea_orm::{Condition, QueryOrder as _};

async fn entries(bench: &Bench) -> Vec<history_entry::Model> {
    let found = history_entry::Entity::find().order_by_asc(history_entry::Column::Sequence);
    found.all(&bench.store.backend.writer).await.expect("read")
}

#[test]
fn a_change_folds_counts_and_tells() {
    on_every_database(async |bench| {
        let unit = bench.unit(bench.ours, "Calidad").await;
        let changed = bench.rename(unit, "Gestio\u{301}n  ESCOLAR").await.expect("renamed");
        assert_eq!(changed.outcome, 2);
        let row = bench.read_unit(unit).await;
        assert_eq!((row.name.as_str(), row.name_key.as_str()), ("Gestión  ESCOLAR", "gestion escolar"));
        let entry = &entries(bench).await[0];
        assert_eq!(entry.changes, r#"{"name":["Calidad","Gestión  ESCOLAR"]}"#);
        assert_eq!((entry.operation, entry.sequence, entry.act.as_str()), (HistoryOperation::Update, 1, "renameUnit"));
        assert_eq!(entry.recorded_at.rfc3339().as_deref(), Some("2026-03-02T17:00:00.000000Z"));
        assert_eq!(bench.count::<outbox::Entity>().await, 1);
    });
}

#[test]
fn nothing_changed_is_nothing_written() {
    on_every_database(async |bench| {
        let unit = bench.unit(bench.ours, "Calidad").await;
        assert_eq!(bench.rename(unit, "Calidad").await.expect("accepted").outcome, 1);
        assert_eq!(bench.count::<history_entry::Entity>().await, 0);
        assert_eq!(bench.count::<outbox::Entity>().await, 0);
    });
}

#[test]
fn many_rows_come_back_in_their_order() {
    on_every_database(async |bench| {
        let names: Vec<String> = (0..300).map(|number| format!("Unidad {number}")).collect();
        let made = bench.lead(async |set| {
            let home = set.organization::<Formulate>(bench.ours).await?;
            let row = |name: &String| org_unit::ActiveModel { name: Set(name.clone()), ..Default::default() };
            let made = set.create_many::<org_unit::Entity, _>(&home, names.iter().map(row).collect()).await?;
            Ok(made.iter().map(|unit| unit.model().name.clone()).collect::<Vec<_>>())
        });
        assert_eq!(made.await.expect("made").outcome, names);
        assert_eq!(bench.count::<history_entry::Entity>().await, 300);
        assert!(bench.store.verify_history(bench.ours, None).await.expect("read").is_intact());
    });
}

#[test]
fn what_is_removed_is_told() {
    on_every_database(async |bench| {
        let unit = bench.unit(bench.ours, "Calidad").await;
        let removed = bench.lead(async |set| {
            let unit: Granted<org_unit::Entity, Formulate> = set.obtain(unit, Some(1)).await?;
            set.remove(unit).await
        });
        removed.await.expect("removed");
        assert_eq!(bench.count::<org_unit::Entity>().await, 0);
        assert_eq!(entries(bench).await[0].changes, r#"{"name":["Calidad",null]}"#);
    });
}

#[test]
fn links_are_told_by_what_they_hang_on() {
    use entity::organization::{SuccessionKind, succession, succession_predecessor as predecessor};
    on_every_database(async |bench| {
        let unit = bench.unit(bench.ours, "Calidad").await;
        let version = structure(bench.ours, 1);
        bench.put::<structure_version::Entity>(version.clone().into_active_model()).await;
        let linked = bench.lead(async |set| {
            let version: Granted<structure_version::Entity, Formulate> = set.obtain(version.id, None).await?;
            let row = succession::ActiveModel {
                structure_version_id: Set(version.id()),
                kind: Set(SuccessionKind::Merge),
                ..Default::default()
            };
            let succession: Granted<succession::Entity, _> = set.create(&version, row).await?;
            let link = predecessor::ActiveModel {
                succession_id: Set(succession.id()),
                org_unit_id: Set(unit),
                ..Default::default()
            };
            set.link::<predecessor::Entity, _, _>(&succession, link).await?;
            let kept = set.find::<predecessor::Entity, _>(&succession, Condition::all()).await?.len();
            let gone = set.unlink::<predecessor::Entity, _, _>(&succession, Condition::all()).await?;
            Ok((kept, gone))
        });
        assert_eq!(linked.await.expect("linked").outcome, (1, 1));
        assert_eq!(bench.count::<predecessor::Entity>().await, 0);
        assert_eq!(bench.count::<history_entry::Entity>().await, 3);
    });
}

#[test]
fn a_dry_run_answers_and_leaves_nothing() {
    on_every_database(async |bench| {
        let unit = bench.unit(bench.ours, "Calidad").await;
        let dry = Intent { dry_run: true, ..bench.keyed("k", "h") };
        let read = async |snapshot: &mut Snapshot<'_>, version: &i32, sealed: Option<&Sealed>| {
            assert_eq!(sealed, None, "nothing of it stands in the history");
            assert!(matches!(snapshot, Snapshot::Transaction(_)), "read inside the transaction");
            Ok(*version)
        };
        let changed = bench.store.change(&dry, async |set| rename(set, unit, "Otra").await, read).await.expect("runs");
        assert_eq!((changed.answer, changed.replayed), (2, false));
        assert_eq!(bench.read_unit(unit).await.name, "Calidad");
        for count in [
            bench.count::<history_entry::Entity>().await,
            bench.count::<outbox::Entity>().await,
            bench.count::<idempotency::Entity>().await,
            bench.count::<entity::machinery::chain_head::Entity>().await,
        ] {
            assert_eq!(count, 0);
        }
    });
}

#[test]
fn the_same_key_acts_once_and_answers_twice() {
    on_every_database(async |bench| {
        let unit = bench.unit(bench.ours, "Calidad").await;
        let intent = bench.keyed("k", "h");
        let first = bench.act(&intent, async |set| rename(set, unit, "Una").await).await.expect("acts");
        let again = bench.act(&intent, async |_| -> Result<i32, ActFault> { panic!("runs nothing") });
        let again = again.await.expect("answers");
        assert_eq!((first.outcome, first.replayed), (2, false));
        assert_eq!((again.outcome, again.replayed), (2, true));
    });
}

#[test]
fn who_lost_the_duty_is_not_answered_again() {
    on_every_database(async |bench| {
        let unit = bench.unit(bench.ours, "Calidad").await;
        let intent = bench.keyed("k", "h");
        bench.act(&intent, async |set| rename(set, unit, "Una").await).await.expect("acts");
        let actor = Actor { grants: Vec::new(), ..(*intent.actor).clone() };
        let intent = Intent { actor: Arc::new(actor), ..intent };
        let again = bench.act(&intent, async |set| rename(set, unit, "Una").await).await;
        assert_eq!(refused(again), ErrorCode::Forbidden);
    });
}

#[test]
fn a_cancelled_act_leaves_nothing_and_keeps_nobody_waiting() {
    on_every_database(async |bench| {
        let unit = bench.unit(bench.ours, "Calidad").await;
        let halfway = tokio::sync::Notify::new();
        let act = bench.lead(async |set| {
            rename(set, unit, "Una").await?;
            halfway.notify_one();
            std::future::pending::<Result<(), ActFault>>().await
        });
        tokio::select! {
            _ = act => panic!("never ends"),
            () = halfway.notified() => {}
        }
        assert_eq!(bench.rename(unit, "Otra").await.expect("renamed").outcome, 2);
        assert_eq!(bench.count::<history_entry::Entity>().await, 1);
    });
}

#[test]
fn a_refused_act_gives_its_key_back() {
    on_every_database(async |bench| {
        let intent = bench.keyed("k", "h");
        let refusal = bench.act(&intent, async |_| Err::<i32, _>(ErrorCode::NotADraft.into())).await;
        assert_eq!(refused(refusal), ErrorCode::NotADraft);
        assert_eq!(bench.act(&intent, async |_| Ok(7)).await.expect("acts").outcome, 7);
    });
}

#[test]
fn the_same_key_with_another_input_or_act_is_refused() {
    on_every_database(async |bench| {
        let intent = bench.keyed("k", "h");
        bench.act(&intent, async |_| Ok(1)).await.expect("acts");
        let mut other = intent.clone();
        other.idempotency = Some(Idempotency { key: "k".to_owned(), input_hash: "other".to_owned() });
        assert_eq!(refused(bench.act(&other, async |_| Ok(2)).await), ErrorCode::IdempotencyConflict);
        let other = Intent { act: "moveUnit", ..intent.clone() };
        assert_eq!(refused(bench.act(&other, async |_| Ok(2)).await), ErrorCode::IdempotencyConflict);
        let somebody_else = bench.keyed("k", "other");
        assert_eq!(bench.act(&somebody_else, async |_| Ok(2)).await.expect("acts").outcome, 2);
    });
}
