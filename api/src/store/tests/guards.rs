//! Who is kept from what. One test a guard.

use super::*;
use entity::organization::{StructureStage, legal_act};

use crate::store::{Approve, KeepOrganization};

#[test]
fn a_visitor_does_nothing() {
    on_every_database(async |bench| {
        let intent = Intent { actor: Arc::new(Actor::visitor()), ..bench.intent(Role::QualityLeader) };
        assert_eq!(refused(bench.act(&intent, async |_| Ok(())).await), ErrorCode::Unauthenticated);
    });
}

#[test]
fn what_is_theirs_is_refused_exactly_as_what_is_missing() {
    on_every_database(async |bench| {
        let theirs = bench.unit(bench.theirs, "Calidad").await;
        let refusal = |outcome: Result<Changed<i32, ()>, ActFault>| match outcome {
            Err(ActFault::Refused(refusals)) => refusals,
            other => panic!("{other:?}"),
        };
        let existing = refusal(bench.rename(theirs, "Nuestra").await);
        let missing = refusal(bench.rename(Id::new(), "Nuestra").await);
        assert_eq!(existing, missing);
        assert_eq!(existing[0].code, ErrorCode::NotFound);
        assert_eq!(bench.count::<entity::machinery::chain_head::Entity>().await, 0, "nor does it lock anything");
    });
}

#[test]
fn who_sees_and_lacks_the_duty_is_told_so() {
    on_every_database(async |bench| {
        let unit = bench.unit(bench.ours, "Calidad").await;
        let intent = bench.intent(Role::Executor);
        let outcome = bench.act(&intent, async |set| rename(set, unit, "Otra").await).await;
        assert_eq!(refused(outcome), ErrorCode::Forbidden);
        let intent = bench.intent(Role::QualityLeader);
        let outcome = bench.act(&intent, async |set| set.organization::<KeepOrganization>(bench.ours).await.map(drop));
        assert_eq!(refused(outcome.await), ErrorCode::Forbidden);
    });
}

#[test]
fn a_draft_does_not_exist_for_who_reads_what_is_published() {
    on_every_database(async |bench| {
        let draft = structure(bench.ours, 1);
        let approved = structure_version::Model { stage: StructureStage::Approved, ..structure(bench.ours, 2) };
        for row in [&draft, &approved] {
            bench.put::<structure_version::Entity>(row.clone().into_active_model()).await;
        }
        let code = async |role, row: &structure_version::Model| {
            let id = row.id;
            let act = async |set: &mut ChangeSet| set.obtain::<_, Approve>(id, None).await.map(drop);
            refused(bench.act(&bench.intent(role), act).await)
        };
        assert_eq!(code(Role::Executor, &draft).await, ErrorCode::NotFound);
        assert_eq!(code(Role::Executor, &approved).await, ErrorCode::Forbidden);
        assert_eq!(code(Role::QualityLeader, &draft).await, ErrorCode::Forbidden);
    });
}

#[test]
fn an_old_version_is_told_the_new_one() {
    on_every_database(async |bench| {
        let unit = bench.unit(bench.ours, "Calidad").await;
        bench.rename(unit, "Otra").await.expect("renamed");
        let old = bench.lead(async |set| set.obtain::<org_unit::Entity, Formulate>(unit, Some(1)).await.map(drop));
        let Err(ActFault::Refused(refusals)) = old.await else { panic!("not refused") };
        let written = bench.store.clock().now();
        let when = entity::Moment::from(written).rfc3339();
        assert_eq!(refusals, [ErrorCode::VersionConflict.with("current", 2).with("changedAt", when)]);
    });
}

#[test]
fn a_grant_leads_only_to_rows_of_its_organization() {
    on_every_database(async |bench| {
        let (ours, theirs) = (bench.unit(bench.ours, "Calidad").await, bench.unit(bench.theirs, "Calidad").await);
        let follow = bench.lead(async |set| {
            let home = set.organization::<Formulate>(bench.ours).await?;
            let found = set.find::<org_unit::Entity, _>(&home, sea_orm::Condition::all()).await?;
            assert_eq!(found.iter().map(|unit| unit.id).collect::<Vec<_>>(), [ours]);
            set.follow(&home, ours).await?;
            set.follow(&home, theirs).await.map(drop)
        });
        assert_eq!(refused(follow.await), ErrorCode::NotFound);
    });
}

#[test]
fn what_is_created_belongs_to_the_organization_of_the_grant() {
    on_every_database(async |bench| {
        let made = bench.lead(async |set| {
            let home = set.organization::<Formulate>(bench.ours).await?;
            let row = org_unit::ActiveModel {
                organization_id: Set(bench.theirs),
                name: Set("Calidad".to_owned()),
                row_version: Set(9),
                ..Default::default()
            };
            let made: Granted<org_unit::Entity, _> = set.create(&home, row).await?;
            assert_eq!((made.model().organization_id, made.model().row_version), (bench.ours, 1));
            Ok(())
        });
        made.await.expect("made");
    });
}

#[test]
fn a_row_never_moves_to_another_organization() {
    on_every_database(async |bench| {
        let unit = bench.unit(bench.ours, "Calidad").await;
        let moved = bench.lead(async |set| {
            let unit: Granted<org_unit::Entity, Formulate> = set.obtain(unit, None).await?;
            let change = org_unit::ActiveModel { organization_id: Set(bench.theirs), ..Default::default() };
            set.update(unit, change).await.map(drop)
        });
        assert!(matches!(moved.await, Err(ActFault::Database(_))));
    });
}

#[test]
fn a_grant_serves_one_write() {
    on_every_database(async |bench| {
        let unit = bench.unit(bench.ours, "Calidad").await;
        let twice = bench.lead(async |set| {
            let first: Granted<org_unit::Entity, Formulate> = set.obtain(unit, None).await?;
            let second: Granted<org_unit::Entity, Formulate> = set.obtain(unit, None).await?;
            let named = |name: &str| org_unit::ActiveModel { name: Set(name.to_owned()), ..Default::default() };
            set.update(first, named("Una")).await?;
            set.update(second, named("Otra")).await.map(drop)
        });
        assert!(matches!(twice.await, Err(ActFault::Database(sea_orm::DbErr::RecordNotUpdated))));
    });
}

#[test]
fn what_must_be_unique_is_refused_as_a_duplicate() {
    on_every_database(async |bench| {
        bench.put::<structure_version::Entity>(structure(bench.ours, 1).into_active_model()).await;
        let again = bench.lead(async |set| {
            let home = set.organization::<Formulate>(bench.ours).await?;
            set.create::<structure_version::Entity, _>(&home, structure(bench.ours, 1).into_active_model())
                .await
                .map(drop)
        });
        assert_eq!(refused(again.await), ErrorCode::Duplicate);
    });
}

#[test]
fn a_violated_constraint_cannot_be_swallowed() {
    on_every_database(async |bench| {
        bench.put::<structure_version::Entity>(structure(bench.ours, 1).into_active_model()).await;
        let swallowed = bench.lead(async |set| {
            let home = set.organization::<Formulate>(bench.ours).await?;
            let _ =
                set.create::<structure_version::Entity, _>(&home, structure(bench.ours, 1).into_active_model()).await;
            Ok(())
        });
        assert_eq!(refused(swallowed.await), ErrorCode::Duplicate);
    });
}

#[test]
fn a_reference_into_another_organization_is_not_found() {
    on_every_database(async |bench| {
        let base = structure(bench.theirs, 1);
        bench.put::<structure_version::Entity>(base.clone().into_active_model()).await;
        let made = bench.lead(async |set| {
            let home = set.organization::<Formulate>(bench.ours).await?;
            let row = structure_version::Model { base_version_id: Some(base.id), ..structure(bench.ours, 1) };
            set.create::<structure_version::Entity, _>(&home, row.into_active_model()).await.map(drop)
        });
        assert_eq!(refused(made.await), ErrorCode::NotFound);
    });
}

#[test]
fn what_others_refer_to_stays() {
    use entity::organization::LegalActKind;
    on_every_database(async |bench| {
        let act = legal_act::Model {
            id: Id::new(),
            organization_id: bench.ours,
            kind: LegalActKind::Decree,
            number: "12".to_owned(),
            number_key: "12".to_owned(),
            issuer: "Alcaldía".to_owned(),
            date: NaiveDate::from_ymd_opt(2020, 1, 1).expect("a date"),
            subject: "Estructura".to_owned(),
            subject_key: "estructura".to_owned(),
            document_title: None,
            document_uri: None,
            document_media_type: None,
            document_sha256: None,
            filing_number: None,
            row_version: 1,
        };
        bench.put::<legal_act::Entity>(act.clone().into_active_model()).await;
        let version = structure_version::Model { legal_act_id: Some(act.id), ..structure(bench.ours, 1) };
        bench.put::<structure_version::Entity>(version.into_active_model()).await;
        let removed = bench.lead(async |set| {
            let act: Granted<legal_act::Entity, Formulate> = set.obtain(act.id, None).await?;
            set.remove(act).await
        });
        assert_eq!(refused(removed.await), ErrorCode::StillInUse);
    });
}
