//! The tables mean the same on SQLite and on PostgreSQL. PostgreSQL is tried when `TEST_POSTGRES_URL`
//! names a server on which databases can be created.
#![expect(clippy::disallowed_methods, reason = "here the tables themselves are tried, below the store")]

mod access;
mod database;
mod framework;
mod improvement;
mod machinery;
mod organization;
mod structure;
mod territory;
mod value_chain;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use database::{Bench, on_every_database};
use entity::{
    Id, TextList,
    organization::{OrgUnitKind, unit_version},
    territory::department,
};
use sea_orm::{EntityTrait, QueryOrder, SqlErr};
use sea_orm_migration::sea_orm;

/// A day of this century, so many days after its first.
fn day(n: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2001, 1, 1).expect("a date") + chrono::Days::new(n)
}

/// A list that is not empty and not ASCII.
fn list() -> TextList {
    TextList::new(["Dirección \"técnica\"", "Ñame 🙂"]).expect("not blank")
}

#[test]
fn every_table_gives_back_the_row_that_it_took() {
    on_every_database(|mut bench| async move {
        let land = territory::rows(&mut bench).await;
        let national = framework::rows(&mut bench).await;
        let owner = organization::rows(&mut bench, &land).await;
        let people = structure::rows(&mut bench, &land, &owner).await;
        let (account, grant) = access::rows(&mut bench, &owner, &people).await;
        let process = value_chain::rows(&mut bench, &owner, &people, account).await;
        improvement::rows(&mut bench, &owner, &people, &national, process, account).await;
        value_chain::references(&mut bench, &owner, grant, &people, &national).await;
        machinery::rows(&mut bench, &owner, &people).await;
        // One number that the database itself counts.
        bench.tried.insert("access_epoch".to_owned());
        // One number that whoever gives positions holds.
        bench.tried.insert("outbox_head".to_owned());
        let untried: BTreeSet<_> = bench.tables().await.difference(&bench.tried).cloned().collect();
        assert_eq!(untried, BTreeSet::new(), "tables without an entity or without a row here");
    });
}

#[test]
fn an_edge_between_two_organizations_cannot_be_stored() {
    on_every_database(|mut bench| async move {
        let land = territory::rows(&mut bench).await;
        let ours = organization::rows(&mut bench, &land).await;
        let theirs = organization::another(&mut bench).await;
        let version = structure::version(&mut bench, ours.organization_id, ours.legal_act_id).await;
        let unit = structure::unit(&mut bench, theirs).await;
        let row = unit_version::Model {
            id: Id::new(),
            organization_id: theirs,
            structure_version_id: version,
            org_unit_id: unit,
            parent_id: None,
            code: "100".into(),
            name: "Despacho".into(),
            name_key: "despacho".into(),
            kind: OrgUnitKind::Despacho,
            functions: TextList::default(),
            position: 0,
            path: "0".into(),
            depth: 0,
            valid_from: None,
            valid_to: None,
            row_version: 1,
        };
        let refusal = bench.insert(row.clone()).await.expect_err("a unit of theirs in a version of ours");
        assert!(matches!(refusal.sql_err(), Some(SqlErr::ForeignKeyConstraintViolation(_))), "{refusal}");

        // The same row within one organization is taken: nothing else was wrong with it.
        let unit = structure::unit(&mut bench, ours.organization_id).await;
        bench.keeps(unit_version::Model { organization_id: ours.organization_id, org_unit_id: unit, ..row }).await;
    });
}

#[test]
fn a_requirement_stands_in_the_edition_of_the_one_above_it() {
    on_every_database(|mut bench| async move { framework::a_requirement_stays_in_its_edition(&mut bench).await });
}

#[test]
fn folded_text_is_ordered_by_its_bytes() {
    on_every_database(|mut bench| async move {
        for (n, key) in ["Z", "a", "é", "ñ", "A", "a b", "ab"].into_iter().enumerate() {
            bench.keeps(territory::department(&format!("{n:02}"), key, true)).await;
        }
        let rows = department::Entity::find().order_by_asc(department::Column::NameKey).all(&bench.db).await;
        let keys: Vec<_> = rows.expect("departments").into_iter().map(|row| row.name_key).collect();
        assert_eq!(keys, ["A", "Z", "a", "a b", "ab", "é", "ñ"]);
        let names = department::Entity::find().order_by_desc(department::Column::Name).all(&bench.db).await;
        let names: Vec<_> = names.expect("departments").into_iter().map(|row| row.name).collect();
        assert_eq!(names, ["ñ", "é", "ab", "a b", "a", "Z", "A"], "names, which are not folded, too");
    });
}
