//! Who may not: another organization's ids are as good as none, a role without the duty is told so, and whoever read an
//! older version loses the race.

use entity::{OpaqueId, access::Role};
use uuid::Uuid;

use super::{Bench, acts::SAMPLES, on_every_database};

/// The names in `<…>` of some arguments.
fn names(arguments: &str) -> Vec<&str> {
    let parts = arguments.split('<').skip(1);
    parts.filter_map(|part| part.split_once('>')).map(|(name, _)| name).collect()
}

/// The arguments with one name's id replaced.
fn with(bench: &Bench, arguments: &str, name: &str, id: OpaqueId) -> String {
    bench.filled(&arguments.replace(&format!("<{name}>"), &id.to_string()))
}

#[test]
fn ids_of_others_are_not_found_exactly_as_missing_ones() {
    on_every_database(async |bench| {
        for sample in SAMPLES {
            for name in names(sample.arguments) {
                let foreign = bench.ids.get(&format!("their_{name}")).copied();
                // A keeper of organizations keeps theirs too, and the territory is everybody's.
                let kept = sample.roles() == super::KEEPER && matches!(name, "org" | "takeover");
                let missing = OpaqueId { uuid: Uuid::now_v7(), ..bench.ids[name] };
                let arguments = with(bench, sample.arguments, name, missing);
                let of_missing = bench.act(sample.roles(), sample.act, &arguments, "id").await;
                let found = of_missing.errors.first().is_some_and(|error| error.starts_with("NOT_FOUND "));
                assert!(found && of_missing.top.is_empty(), "{} {name}: {}", sample.act, of_missing.body);
                let another = OpaqueId { number: bench.ids["ministry"].number ^ 1, ..bench.ids[name] };
                let others = foreign.filter(|_| !kept).into_iter().chain([another]);
                for id in others {
                    let arguments = with(bench, sample.arguments, name, id);
                    let outcome = bench.act(sample.roles(), sample.act, &arguments, "id").await;
                    assert_eq!(outcome.body, of_missing.body, "{} {name}", sample.act);
                }
            }
        }
    });
}

#[test]
fn a_role_without_the_duty_is_forbidden() {
    on_every_database(async |bench| {
        let before = bench.history().await;
        for sample in SAMPLES.iter().filter(|sample| !sample.arguments.contains("<draft_post>")) {
            let roles = [Role::ProcessOwner, Role::UnitHead, Role::OrganizationAdmin, Role::InternalControl];
            let strangers = if sample.roles() != super::LEADER { Role::QualityLeader } else { Role::SeniorManagement };
            for role in roles.into_iter().chain([strangers, Role::SfiMonitor]) {
                let outcome = bench.act(&[role], sample.act, sample.arguments, "id").await;
                assert_eq!(outcome.top, ["FORBIDDEN"], "{} {role:?}: {}", sample.act, outcome.body);
            }
        }
        assert_eq!(bench.history().await, before);
    });
}

#[test]
fn a_member_does_not_find_what_is_still_a_draft() {
    on_every_database(async |bench| {
        let arguments = r#"id: "<draft_post>", expectedVersion: 1, input: {}"#;
        bench.refused(&[Role::Executor], "postUpdate", arguments, &["NOT_FOUND id"]).await;
    });
}

#[test]
fn a_duty_ends_at_the_organization_of_its_grant_unless_it_is_national() {
    on_every_database(async |bench| {
        let theirs = r#"organization: "<their_org>", input: {name: "Eva"}"#;
        // Even to one who reads theirs.
        let reader = [Role::QualityLeader, Role::SfiMonitor];
        assert_eq!(bench.act(&reader, "personCreate", theirs, "id").await.top, ["FORBIDDEN"]);
        assert_eq!(bench.act(&[Role::NationalAdmin], "personCreate", theirs, "id").await.top, ["FORBIDDEN"]);
        let theirs = r#"id: "<their_org>", expectedVersion: 1, input: {name: "SE de Soacha"}"#;
        bench.done(super::KEEPER, "organizationUpdate", theirs, "id").await;
    });
}

#[test]
fn whoever_read_an_older_version_is_told_the_present_one() {
    on_every_database(async |bench| {
        for sample in SAMPLES.iter().filter(|sample| sample.arguments.contains("expectedVersion")) {
            let arguments = sample.arguments.replace("expectedVersion: 1", "expectedVersion: 7");
            let arguments = arguments.replace("expectedVersion: 2", "expectedVersion: 7");
            let outcome = bench.act(sample.roles(), sample.act, &arguments, "id").await;
            assert_eq!(outcome.errors, ["VERSION_CONFLICT id"], "{}: {}", sample.act, outcome.body);
            assert_eq!(outcome.body["data"]["it"]["errors"][0]["params"]["current"], 1);
        }
    });
}
