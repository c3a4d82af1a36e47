//! The past: entered late only with the right and a reason, and never once it is over.

use entity::access::Role;
use serde_json::json;

use super::{KEEPER, LEADER, SERVICE, on_every_database};

#[test]
fn a_past_date_takes_the_right_and_a_reason() {
    let appointment =
        r#"input: {post: "<spare_post>", person: "<person>", appointment: CAREER, validFrom: "2026-03-01"}"#;
    let post =
        r#"organization: "<org>", input: {job: "<job>", unit: "<unit>", legalAct: "<act>", validFrom: "2026-03-01"}"#;
    let group =
        r#"organization: "<org>", input: {unit: "<unit>", legalAct: "<act>", name: "G", validFrom: "2026-03-01"}"#;
    let late = [
        ("postHoldingCreate", appointment, "input.validFrom"),
        ("postCreate", post, "input.validFrom"),
        ("workGroupCreate", group, "input.validFrom"),
        ("postHoldingEnd", r#"id: "<holding>", expectedVersion: 1, validTo: "2026-03-01""#, "validTo"),
        ("workGroupEnd", r#"id: "<group>", expectedVersion: 1, validTo: "2026-03-01""#, "validTo"),
        ("postEnd", r#"id: "<spare_post>", expectedVersion: 1, validTo: "2026-03-01""#, "validTo"),
    ];
    on_every_database(async |bench| {
        for (act, arguments, path) in late {
            let told = format!("BACKDATED {path}");
            let reasoned = format!(r#"{arguments}, reason: "Acta tardía""#);
            bench.refused(LEADER, act, &reasoned, &[&told]).await;
            bench.refused(SERVICE, act, arguments, &[&told]).await;
            bench.refused(SERVICE, act, &format!(r#"{arguments}, reason: " ""#), &[&told]).await;
            let long = format!(r#"{arguments}, reason: "{}""#, "a".repeat(4001));
            bench.refused(SERVICE, act, &long, &["TOO_LONG reason"]).await;
            // Ending the post in the past would leave its new holder outside it.
            if act != "postEnd" {
                bench.done(SERVICE, act, &reasoned, "id").await;
                let entry = bench.last_entry().await;
                assert!(entry.backdated && entry.reason.as_deref() == Some("Acta tardía"), "{act}: {entry:?}");
            }
        }
        let outcome = bench.act(LEADER, "postCreate", post, "id").await;
        assert_eq!(outcome.body["data"]["it"]["errors"][0]["params"], json!({"date": "2026-03-02"}));
    });
}

#[test]
fn an_act_of_today_is_not_backdated() {
    on_every_database(async |bench| {
        let today = r#"id: "<holding>", expectedVersion: 1, validTo: "2026-03-02", reason: "Renuncia""#;
        bench.done(LEADER, "postHoldingEnd", today, "id").await;
        assert!(!bench.last_entry().await.backdated);
    });
}

#[test]
fn what_ended_is_read_only() {
    on_every_database(async |bench| {
        let over = [
            (SERVICE, "postEnd", "past_post"),
            (SERVICE, "postHoldingEnd", "past_holding"),
            (SERVICE, "workGroupEnd", "past_group"),
            (KEEPER, "temporaryTakeoverEnd", "past_takeover"),
        ];
        for (roles, act, name) in over {
            let arguments = format!(r#"id: "<{name}>", expectedVersion: 1, validTo: "2027-01-01", reason: "x""#);
            bench.refused(roles, act, &arguments, &["FROZEN id"]).await;
        }
    });
}

#[test]
fn nothing_ends_before_it_begins() {
    on_every_database(async |bench| {
        for (roles, act, name, from) in [
            (LEADER, "postEnd", "future_post", "2026-06-01"),
            (LEADER, "postHoldingEnd", "holding", "2024-01-01"),
            (LEADER, "workGroupEnd", "group", "2024-01-01"),
            (KEEPER, "temporaryTakeoverEnd", "takeover", "2025-01-01"),
        ] {
            let arguments = format!(r#"id: "<{name}>", expectedVersion: 1, validTo: "{from}""#);
            bench.refused(roles, act, &arguments, &["DATE_RANGE_EMPTY validTo"]).await;
        }
    });
}

#[test]
fn a_class_ends_the_one_before_it_and_keeps_the_one_after() {
    let classify = |value: &str, from: &str| {
        format!(r#"organization: "<org>", input: {{scheme: CATEGORY, value: "{value}", from: "{from}", source: "R"}}"#)
    };
    on_every_database(async |bench| {
        bench.done(KEEPER, "organizationClassify", &classify("3", "2027-01-01"), "id").await;
        let between =
            bench.done(KEEPER, "organizationClassify", &classify("1", "2026-07-01"), "validFrom validTo").await;
        assert_eq!(between.object, json!({"validFrom": "2026-07-01", "validTo": "2027-01-01"}));
        let first = bench.node(KEEPER, "<classification>", "OrganizationClassification", "value validTo").await;
        assert_eq!(first, json!({"value": "2", "validTo": "2026-07-01"}));
        bench.refused(KEEPER, "organizationClassify", &classify("4", "2027-01-01"), &["DUPLICATE input.from"]).await;
        bench.refused(KEEPER, "organizationClassify", &classify("4", "2025-01-01"), &["BACKDATED input.from"]).await;
        let size = classify("2", "2026-07-01").replace("CATEGORY", "SIZE");
        bench.done(KEEPER, "organizationClassify", &size, "id").await;
        let odd = r#"organization: "<org>", input: {scheme: SIZE, value: "", from: "2026-07-02", source: " "}"#;
        bench.refused(KEEPER, "organizationClassify", odd, &["REQUIRED input.value", "REQUIRED input.source"]).await;
    });
}

#[test]
fn a_class_that_is_over_stays() {
    // Backdating takes a grant in the organization itself.
    let keeper = &[Role::NationalAdmin, Role::Service];
    let classify = |from: &str| {
        format!(
            r#"organization: "<org>", input: {{scheme: CATEGORY, value: "1", from: "{from}", source: "R"}}, reason: "x""#
        )
    };
    on_every_database(async |bench| {
        bench.done(keeper, "organizationClassify", &classify("2026-01-01"), "id").await;
        assert!(bench.last_entry().await.backdated);
        bench.refused(keeper, "organizationClassify", &classify("2025-01-01"), &["FROZEN input.from"]).await;
    });
}
