//! One refusal after another: what each input may hold, what depends on what.

use super::{KEEPER, LEADER, MANAGEMENT, SERVICE, on_every_database};

#[test]
fn legal_acts() {
    on_every_database(async |bench| {
        let input = r#"organization: "<org>", input: {kind: LAW, number: " ", issuer: "", date: "2026-01-01", subject: " ",
            document: {uri: "https://", mediaType: "pdf", sha256: "00"}}"#;
        let wrong = [
            "REQUIRED input.number",
            "REQUIRED input.issuer",
            "REQUIRED input.subject",
            "MALFORMED input.document.uri",
            "MALFORMED input.document.mediaType",
            "MALFORMED input.document.sha256",
        ];
        bench.refused(LEADER, "legalActCreate", input, &wrong).await;
        let long = format!(
            r#"organization: "<org>", input: {{kind: LAW, number: "{}", issuer: "a", date: "2026-01-01", subject: "b"}}"#,
            "ñ".repeat(201)
        );
        bench.refused(LEADER, "legalActCreate", &long, &["TOO_LONG input.number"]).await;
        let twice = r#"organization: "<org>", input: {kind: DECREE, number: "100", issuer: "X", date: "2019-12-01", subject: "Y"}"#;
        bench.refused(LEADER, "legalActCreate", twice, &["DUPLICATE input.number"]).await;
        let cleared = r#"id: "<act>", expectedVersion: 1, input: {number: null, kind: null, date: null}"#;
        let required = ["REQUIRED input.kind", "REQUIRED input.number", "REQUIRED input.date"];
        bench.refused(LEADER, "legalActUpdate", cleared, &required).await;
        bench.refused(LEADER, "legalActDelete", r#"id: "<act>", expectedVersion: 1"#, &["STILL_IN_USE id"]).await;
    });
}

#[test]
fn jobs() {
    on_every_database(async |bench| {
        let odd = r#"organization: "<org>", input: {denomination: {code: "219"}, grade: "7", functions: ["a", " "]}"#;
        let wrong = ["MALFORMED input.grade", "REQUIRED input.functions.1"];
        bench.refused(LEADER, "jobCreate", odd, &wrong).await;
        let unknown = r#"organization: "<org>", input: {denomination: {code: "999"}, grade: "01"}"#;
        bench.refused(LEADER, "jobCreate", unknown, &["NOT_FOUND input.denomination.code"]).await;
        let unknown = r#"organization: "<org>", input: {denomination: {id: "<org>"}, grade: "01"}"#;
        bench.refused(LEADER, "jobCreate", unknown, &["NOT_FOUND input.denomination.id"]).await;
        let twice = r#"organization: "<org>", input: {denomination: {id: "<denomination>"}, grade: "01"}"#;
        bench.refused(LEADER, "jobCreate", twice, &["DUPLICATE input.grade"]).await;
        let another = r#"id: "<job>", expectedVersion: 1, input: {denomination: {code: "407"}, grade: "02"}"#;
        let frozen = ["FROZEN input.denomination", "FROZEN input.grade"];
        bench.refused(LEADER, "jobUpdate", another, &frozen).await;
        let without_posts =
            r#"id: "<spare_job>", expectedVersion: 1, input: {denomination: {code: "407"}, grade: "02"}"#;
        bench.done(LEADER, "jobUpdate", without_posts, "id").await;
        let cleared = r#"id: "<job>", expectedVersion: 1, input: {denomination: null, grade: null}"#;
        let required = ["REQUIRED input.grade", "REQUIRED input.denomination"];
        bench.refused(LEADER, "jobUpdate", cleared, &required).await;
        bench.refused(LEADER, "jobDelete", r#"id: "<job>", expectedVersion: 1"#, &["STILL_IN_USE id"]).await;
    });
}

#[test]
fn posts_of_a_draft() {
    on_every_database(async |bench| {
        let dated = r#"organization: "<org>", input: {job: "<job>", unit: "<unit>", structureVersion: "<draft>",
            validFrom: "2026-05-01", validTo: "2026-06-01"}"#;
        let given = ["INVALID_ARGUMENT input.validFrom", "INVALID_ARGUMENT input.validTo"];
        bench.refused(LEADER, "postCreate", dated, &given).await;
        for version in ["version", "submitted"] {
            let late = format!(
                r#"organization: "<org>", input: {{job: "<job>", unit: "<unit>", structureVersion: "<{version}>"}}"#
            );
            bench.refused(LEADER, "postCreate", &late, &["NOT_A_DRAFT input.structureVersion"]).await;
        }
        let submitted = r#"id: "<submitted_post>", expectedVersion: 1, input: {job: "<job>"}"#;
        bench.refused(LEADER, "postUpdate", submitted, &["NOT_A_DRAFT id"]).await;
        let end = r#"id: "<draft_post>", expectedVersion: 1, validTo: "2026-05-01""#;
        bench.refused(LEADER, "postEnd", end, &["POST_NOT_OPEN id"]).await;
        let cleared = r#"id: "<draft_post>", expectedVersion: 1, input: {job: null, unit: null}"#;
        bench.refused(LEADER, "postUpdate", cleared, &["REQUIRED input.job", "REQUIRED input.unit"]).await;
        let itself = r#"id: "<draft_post>", expectedVersion: 1, input: {replaces: "<draft_post>"}"#;
        bench.refused(LEADER, "postUpdate", itself, &["INVALID_ARGUMENT input.replaces"]).await;
    });
}

#[test]
fn posts_in_force() {
    on_every_database(async |bench| {
        let bare = r#"organization: "<org>", input: {job: "<job>", unit: "<unit>"}"#;
        let missing = ["LEGAL_ACT_REQUIRED input.legalAct", "START_DATE_REQUIRED input.validFrom"];
        bench.refused(LEADER, "postCreate", bare, &missing).await;
        let empty = r#"organization: "<org>", input: {job: "<job>", unit: "<unit>", legalAct: "<act>",
            validFrom: "2026-05-01", validTo: "2026-05-01"}"#;
        bench.refused(LEADER, "postCreate", empty, &["DATE_RANGE_EMPTY input.validTo"]).await;
        let not_yet = r#"organization: "<org>", input: {job: "<job>", unit: "<new_unit>", legalAct: "<act>",
            validFrom: "2026-05-01"}"#;
        bench.refused(LEADER, "postCreate", not_yet, &["NOT_FOUND input.unit"]).await;

        let moved = r#"id: "<post>", expectedVersion: 1, input: {job: "<spare_job>"}"#;
        bench.refused(LEADER, "postUpdate", moved, &["FROZEN input.job"]).await;
        let same = r#"id: "<post>", expectedVersion: 1, input: {job: "<job>", unit: "<unit>", legalAct: "<act>"}"#;
        bench.done(LEADER, "postUpdate", same, "id").await;
        let bare = r#"id: "<post>", expectedVersion: 2, input: {legalAct: null}"#;
        bench.refused(LEADER, "postUpdate", bare, &["LEGAL_ACT_REQUIRED input.legalAct"]).await;
        let before = r#"id: "<future_post>", expectedVersion: 1, input: {job: "<spare_job>"}"#;
        bench.done(LEADER, "postUpdate", before, "id").await;
        let approved = r#"id: "<approved_post>", expectedVersion: 1, input: {job: "<spare_job>"}"#;
        bench.refused(LEADER, "postUpdate", approved, &["FROZEN input.job"]).await;
        let over = r#"id: "<past_post>", expectedVersion: 1, input: {legalAct: "<act>"}"#;
        bench.refused(LEADER, "postUpdate", over, &["FROZEN id"]).await;

        let held = r#"id: "<post>", expectedVersion: 2, validTo: "2026-05-01""#;
        bench.refused(LEADER, "postEnd", held, &["STILL_IN_USE validTo"]).await;
    });
}

#[test]
fn posts_that_nobody_held_are_removed() {
    on_every_database(async |bench| {
        let delete = |post: &str, more: &str| format!(r#"id: "<{post}>", expectedVersion: 1{more}"#);
        bench.refused(LEADER, "postDelete", &delete("post", ""), &["BACKDATED id"]).await;
        let late = delete("post", r#", reason: "Doble""#);
        bench.refused(LEADER, "postDelete", &late, &["BACKDATED id"]).await;
        bench.refused(SERVICE, "postDelete", &late, &["STILL_IN_USE id"]).await;
        bench.refused(LEADER, "postDelete", &delete("submitted_post", ""), &["NOT_A_DRAFT id"]).await;
        bench.refused(LEADER, "postDelete", &delete("approved_post", ""), &["FROZEN id"]).await;
        bench.refused(LEADER, "postDelete", &delete("their_future_post", ""), &["NOT_FOUND id"]).await;
        for post in ["draft_post", "future_post"] {
            bench.done(LEADER, "postDelete", &delete(post, ""), "id").await;
            assert!(bench.node(LEADER, &format!("<{post}>"), "Post", "id").await.is_null(), "{post} is gone");
        }
        bench.done(SERVICE, "postDelete", &delete("past_post", r#", reason: "Doble""#), "id").await;
        assert!(bench.last_entry().await.backdated);
    });
}

#[test]
fn persons() {
    on_every_database(async |bench| {
        bench
            .refused(
                LEADER,
                "personCreate",
                r#"organization: "<org>", input: {name: "a\nb"}"#,
                &["MALFORMED input.name"],
            )
            .await;
        let cleared = r#"id: "<person>", expectedVersion: 1, input: {name: null}"#;
        bench.refused(LEADER, "personUpdate", cleared, &["REQUIRED input.name"]).await;
    });
}

#[test]
fn what_identifies_persons() {
    on_every_database(async |bench| {
        let identify = |person: &str, version: u8, input: &str| {
            format!(r#"id: "<{person}>", expectedVersion: {version}, input: {{{input}}}"#)
        };
        let odd =
            identify("person", 1, r#"documentKind: PASSPORT, documentNumber: "1.234", email: "a@b", phone: "12-34""#);
        let wrong = ["MALFORMED input.documentNumber", "MALFORMED input.email", "MALFORMED input.phone"];
        bench.refused(MANAGEMENT, "personIdentify", &odd, &wrong).await;
        let half = identify("person", 1, r#"documentNumber: "1234""#);
        bench.refused(MANAGEMENT, "personIdentify", &half, &["REQUIRED input.documentKind"]).await;
        let document = r#"documentKind: PASSPORT, documentNumber: "AB1234""#;
        bench.done(MANAGEMENT, "personIdentify", &identify("person", 1, document), "id").await;
        let another = identify("other_person", 1, document);
        bench.refused(MANAGEMENT, "personIdentify", &another, &["DUPLICATE input.documentNumber"]).await;
        let half = identify("person", 2, "documentNumber: null");
        bench.refused(MANAGEMENT, "personIdentify", &half, &["REQUIRED input.documentNumber"]).await;
        let none = identify("person", 2, "documentNumber: null, documentKind: null");
        bench.done(MANAGEMENT, "personIdentify", &none, "id").await;
        bench.done(MANAGEMENT, "personIdentify", &another, "id").await;
        // As everywhere, what is the same already is no change.
        let again = identify("other_person", 2, document);
        let outcome = bench.done(MANAGEMENT, "personIdentify", &again, "version").await;
        assert_eq!(outcome.object["version"], 2);
    });
}

#[test]
fn the_history_of_a_person_holds_no_personal_data() {
    on_every_database(async |bench| {
        let rename = r#"id: "<person>", expectedVersion: 1, input: {name: "Eva Ruiz"}"#;
        bench.done(LEADER, "personUpdate", rename, "id").await;
        let named = bench.last_entry().await.changes;
        let identify = r#"id: "<person>", expectedVersion: 2, input: {documentKind: PASSPORT, documentNumber: "AB1234",
            email: "eva@example.org", phone: "3001234567"}"#;
        bench.done(MANAGEMENT, "personIdentify", identify, "id").await;
        let identified = bench.last_entry().await.changes;
        assert!(named.contains("name") && identified.contains("document_number"), "{named} {identified}");
        for secret in ["Eva", "AB1234", "eva@example.org", "3001234567"] {
            assert!(!named.contains(secret) && !identified.contains(secret), "{named} {identified}");
        }
    });
}

#[test]
fn work_groups() {
    on_every_database(async |bench| {
        let odd =
            r#"organization: "<org>", input: {unit: "<unit>", legalAct: "<act>", name: "", validFrom: "2026-05-01"}"#;
        bench.refused(LEADER, "workGroupCreate", odd, &["REQUIRED input.name"]).await;
        let absent = r#"organization: "<org>", input: {unit: "<new_unit>", legalAct: "<act>", name: "G", validFrom: "2026-05-01"}"#;
        bench.refused(LEADER, "workGroupCreate", absent, &["NOT_FOUND input.unit"]).await;
        let empty = r#"organization: "<org>", input: {unit: "<unit>", legalAct: "<act>", name: "G", validFrom: "2026-05-01",
            validTo: "2026-04-01"}"#;
        bench.refused(LEADER, "workGroupCreate", empty, &["DATE_RANGE_EMPTY input.validTo"]).await;
        let cleared = r#"id: "<group>", expectedVersion: 1, input: {unit: null, legalAct: null, name: null}"#;
        let required = ["REQUIRED input.name", "REQUIRED input.unit", "REQUIRED input.legalAct"];
        bench.refused(LEADER, "workGroupUpdate", cleared, &required).await;
        let over = r#"id: "<past_group>", expectedVersion: 1, input: {name: "Otro"}"#;
        bench.refused(LEADER, "workGroupUpdate", over, &["FROZEN id"]).await;
    });
}

#[test]
fn organizations() {
    on_every_database(async |bench| {
        let odd = r#"input: {kind: EDUCATION_SECRETARIAT, name: "", taxId: "899999172-1"}"#;
        let wrong = ["REQUIRED input.name", "MALFORMED input.taxId", "REQUIRED input.territorialEntity"];
        bench.refused(KEEPER, "organizationCreate", odd, &wrong).await;
        let partner = r#"input: {kind: PARTNER, name: "Aliado", territorialEntity: "<free_etc>"}"#;
        bench.refused(KEEPER, "organizationCreate", partner, &["INVALID_ARGUMENT input.territorialEntity"]).await;
        let taken = r#"input: {kind: EDUCATION_SECRETARIAT, name: "Otra", territorialEntity: "<etc>"}"#;
        bench.refused(KEEPER, "organizationCreate", taken, &["DUPLICATE input.territorialEntity"]).await;
        let cleared = r#"id: "<org>", expectedVersion: 1, input: {name: null, territorialEntity: null}"#;
        let required = ["REQUIRED input.name", "REQUIRED input.territorialEntity"];
        bench.refused(KEEPER, "organizationUpdate", cleared, &required).await;
        let ministry = r#"id: "<ministry>", expectedVersion: 1, input: {territorialEntity: "<free_etc>"}"#;
        bench.refused(KEEPER, "organizationUpdate", ministry, &["INVALID_ARGUMENT input.territorialEntity"]).await;
    });
}

#[test]
fn takeovers() {
    on_every_database(async |bench| {
        let second = r#"organization: "<org>", input: {administrator: "Rosa", validFrom: "2026-04-01"}"#;
        bench.refused(KEEPER, "temporaryTakeoverCreate", second, &["DUPLICATE input.validFrom"]).await;
        let ministry = r#"organization: "<ministry>", input: {administrator: "Rosa", validFrom: "2026-04-01"}"#;
        bench.refused(KEEPER, "temporaryTakeoverCreate", ministry, &["INVALID_ARGUMENT organization"]).await;
        let end = r#"id: "<takeover>", expectedVersion: 1, validTo: "2026-04-01""#;
        bench.done(KEEPER, "temporaryTakeoverEnd", end, "id").await;
        bench.done(KEEPER, "temporaryTakeoverCreate", second, "id").await;
        let longer = r#"id: "<takeover>", expectedVersion: 2, validTo: "2026-05-01""#;
        bench.refused(KEEPER, "temporaryTakeoverEnd", longer, &["DUPLICATE validTo"]).await;
    });
}
