use super::*;

/// Each line: who, which act on which version, and what it is told.
async fn refuses(world: &World, version: &Version, lines: &[(&str, &str, &str, &[&str])]) {
    for (who, act, more, expected) in lines {
        let call = version.call(act, more);
        assert_eq!(world.refused(who, &call).await, *expected, "{who}: {call}");
    }
    assert_eq!(world.again(version).await.0["version"], version.0["version"], "what is refused leaves nothing behind");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_is_not_sound_is_not_made() {
    on_every_database(async |world| {
        let (organization, act) = (opaque(world.organization), opaque(world.act));
        let base = world.in_force(world.draft(None, SMALL).await, "2025-01-10").await;
        let open = world.draft(Some(&base), "").await;
        let (base, open, job) = (base.id(), open.id(), opaque(world.job));
        let unit = |more: &str| format!(r#"units: [{{ code: "1", name: "Despacho", kind: DESPACHO {more} }}]"#);
        let area = |code: &str| format!(r#"{{ code: "{code}", name: "Área", kind: AREA }}"#);
        let deep = (0..12).fold(String::new(), |below, n| {
            format!(r#"children: [{{ code: "D{n}", name: "Nivel", kind: AREA {below} }}]"#)
        });
        let lines: Vec<(String, &[&str])> = vec![
            (format!("units: [{} {}]", area("1"), area("2")), &["NOT_ONE_TREE input.units"]),
            (unit(&format!("children: [{} {}]", area("2"), area("2"))), &["UNIT_CODE_TAKEN input.units.0.children.1.code"]),
            (unit(r#"children: [{ code: "a b", name: "Área", kind: AREA }]"#), &["MALFORMED input.units.0.children.0.code"]),
            (unit(r#"children: [{ code: "2", name: " ", kind: AREA }]"#), &["REQUIRED input.units.0.children.0.name"]),
            (unit(r#"functions: ["Dirigir", ""]"#), &["REQUIRED input.units.0.functions.1"]),
            (unit(&deep), &["TOO_LONG input.units.0.children.0.children.0.children.0.children.0.children.0.children.0.children.0.children.0.children.0.children.0.children.0.children.0"]),
            (unit(&format!(r#"posts: [{{ job: "{act}" }}]"#)), &["NOT_FOUND input.units.0.posts.0.job"]),
            (unit(&format!(r#"posts: [{{ job: "{job}", count: 0 }}]"#)), &["INVALID_ARGUMENT input.units.0.posts.0.count"]),
            (unit(&format!(r#"unit: "{act}""#)), &["NOT_FOUND input.units.0.unit"]),
            (format!(r#"legalAct: "{base}""#), &["NOT_FOUND input.legalAct"]),
            (format!(r#"baseVersion: "{act}""#), &["NOT_FOUND input.baseVersion"]),
            (format!(r#"baseVersion: "{open}""#), &["INVALID_ARGUMENT input.baseVersion"]),
            (format!(r#"note: "{}""#, "n".repeat(4_001)), &["TOO_LONG input.note"]),
            (
                format!(r#"baseVersion: "{base}" {}"#, unit("")),
                &["RESPONSIBILITIES_UNMAPPED input.units"; 4],
            ),
        ];
        for (input, expected) in lines {
            let call = format!(r#"structureVersionCreate(organization: "{organization}", input: {{ {input} }})"#);
            assert_eq!(world.refused("leader", &call).await, *expected, "{call}");
        }
        let known = world.unit(&Version(json!({ "id": base })), "1").await;
        let call = format!(
            r#"structureVersionCreate(organization: "{organization}", input: {{ {} }})"#,
            unit(&format!(r#"unit: "{known}""#))
        );
        assert_eq!(world.refused("leader", &call).await, ["UNIT_NOT_IN_BASE input.units.0.unit"]);
        let copy = format!(r#"structureVersionCreate(organization: "{organization}", input: {{ {} }} copyBase: true)"#, unit(""));
        assert_eq!(world.refused("leader", &copy).await, ["INVALID_ARGUMENT copyBase"]);
        for base in ["", "baseVersion: null"] {
            let nothing = format!(r#"structureVersionCreate(organization: "{organization}", input: {{ {base} }} copyBase: true)"#);
            assert_eq!(world.refused("leader", &nothing).await, ["REQUIRED input.baseVersion"], "{base}");
        }
        let bare = format!(r#"structureVersionCreate(organization: "{organization}", input: {{}})"#);
        for (who, expected) in [("chief", "FORBIDDEN"), ("auditor", "FORBIDDEN"), ("stranger", "NOT_FOUND organization")] {
            assert_eq!(world.refused(who, &bare).await, [expected], "{who}");
        }
        assert_eq!(world.count::<entity::organization::structure_version::Entity>().await, 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_guard_of_the_life_cycle_is_told_by_its_act() {
    on_every_database(async |world| {
        let empty = world.draft(None, "").await;
        refuses(
            world,
            &empty,
            &[
                ("leader", "Submit", "", &["EMPTY_STRUCTURE units"]),
                ("chief", "Submit", "", &["FORBIDDEN"]),
                ("chief", "Approve", "", &["TRANSITION_NOT_ALLOWED"]),
                ("chief", "Repeal", r#"validTo: "2025-03-01" reason: "r""#, &["TRANSITION_NOT_ALLOWED"]),
                ("auditor", "Submit", "", &["NOT_FOUND id"]),
                ("stranger", "Submit", "", &["NOT_FOUND id"]),
            ],
        )
        .await;
        let draft = world.draft(None, SMALL).await;
        let submitted = world.done("leader", &draft.call("Submit", "")).await;
        assert_eq!(world.refused("leader", &draft.call("Submit", "")).await, ["VERSION_CONFLICT expectedVersion"]);
        refuses(
            world,
            &submitted,
            &[
                ("leader", "Submit", "", &["TRANSITION_NOT_ALLOWED"]),
                ("leader", "Approve", "", &["FORBIDDEN"]),
                ("twin", "Approve", "", &["SEPARATION_OF_DUTIES"]),
                ("nobody", "Approve", "", &["ACTOR_WITHOUT_PERSON"]),
                ("chief", "Return", "", &["REASON_REQUIRED reason"]),
                ("chief", "Return", r#"reason: "  ""#, &["REASON_REQUIRED reason"]),
                ("leader", "Update", r#"input: { note: "n" }"#, &["NOT_A_DRAFT id"]),
                ("leader", "Delete", "", &["NOT_A_DRAFT id"]),
            ],
        )
        .await;
        let returned = world.done("chief", &submitted.call("Return", r#"reason: "Falta un área""#)).await;
        assert_eq!(returned.state(), "DRAFT");
        refuses(world, &returned, &[("leader", "Delete", "", &["STILL_IN_USE id"])]).await;
        let approved = world.approved(returned).await;
        let act = opaque(world.act);
        let put = |from: &str, more: &str| format!(r#"validFrom: "{from}" legalAct: "{act}" {more}"#);
        let why = r#"reason: "Tarde""#;
        refuses(
            world,
            &approved,
            &[
                ("leader", "PutInForce", &put("2025-02-01", ""), &["FORBIDDEN"]),
                ("chief", "PutInForce", "", &["LEGAL_ACT_REQUIRED legalAct", "START_DATE_REQUIRED validFrom"]),
                (
                    "chief",
                    "PutInForce",
                    &format!(r#"legalAct: "{}" validFrom: "2025-02-01""#, approved.id()),
                    &["NOT_FOUND legalAct"],
                ),
                ("chief", "PutInForce", &put("2025-01-09", ""), &["BACKDATED validFrom"]),
                ("chief", "PutInForce", &put("2025-01-09", "backdate: true"), &["BACKDATED validFrom"]),
                ("chief", "PutInForce", &put("2025-01-09", why), &["BACKDATED validFrom"]),
            ],
        )
        .await;
        let ruling = world.done("chief", &approved.call("PutInForce", &put("2025-01-10", ""))).await;
        let late = format!("backdate: true {why}");
        refuses(
            world,
            &ruling,
            &[
                ("chief", "PutInForce", &put("2025-03-01", ""), &["TRANSITION_NOT_ALLOWED"]),
                ("chief", "Repeal", "", &["REASON_REQUIRED reason", "START_DATE_REQUIRED validTo"]),
                (
                    "chief",
                    "Repeal",
                    &format!(r#"validTo: "2025-01-09" {why}"#),
                    &["BACKDATED validTo", "DATE_RANGE_EMPTY validTo"],
                ),
                ("chief", "Repeal", &format!(r#"validTo: "2025-01-10" {why}"#), &["DATE_RANGE_EMPTY validTo"]),
                ("chief", "Annul", &format!(r#"from: "2025-01-09" {why}"#), &["BACKDATED from"]),
                ("chief", "Annul", why, &["START_DATE_REQUIRED from"]),
            ],
        )
        .await;
        let second = world.approved(world.draft(Some(&ruling), "").await).await;
        refuses(world, &second, &[("chief", "PutInForce", &put("2025-01-10", &late), &["VERSIONS_OVERLAP validFrom"])])
            .await;
        world.clock.set_date(day("2025-05-01"));
        let foreign = format!(r#"validTo: "2025-05-01" legalAct: "{}" {why}"#, ruling.id());
        refuses(world, &ruling, &[("chief", "Repeal", &foreign, &["NOT_FOUND legalAct"])]).await;
        let by = format!(r#"validTo: "2025-05-01" legalAct: "{act}" {why}"#);
        let repealed = world.done("chief", &ruling.call("Repeal", &by)).await;
        let edge = format!(
            r#"{{ structureVersion(id: "{}") {{ repealAct {{ number repealedVersions(first: 2) {{ nodes {{ id }} }} }} }} }}"#,
            repealed.id()
        );
        let edge = world.ask("auditor", edge).await;
        let told = &edge["data"]["structureVersion"]["repealAct"];
        assert_eq!((&told["number"], &told["repealedVersions"]["nodes"][0]["id"]), (&json!("045"), &repealed.0["id"]));
        assert_eq!((repealed.state(), &repealed.0["validTo"]), ("REPEALED", &json!("2025-05-01")));
        let annulled = world.done("chief", &repealed.call("Annul", &format!(r#"from: "2025-04-01" {late}"#))).await;
        assert_eq!((annulled.state(), &annulled.0["validTo"]), ("ANNULLED", &json!("2025-04-01")));
    })
    .await;
}

/// What `availableTransitions` says is what the acts do: for every actor and state, an act that takes no argument.
#[tokio::test(flavor = "multi_thread")]
async fn the_figure_and_the_acts_agree() {
    on_every_database(async |world| {
        let empty = world.draft(None, "").await;
        let draft = world.draft(None, SMALL).await;
        let submitted = world.done("leader", &world.draft(None, SMALL).await.call("Submit", "")).await;
        for version in [&empty, &draft, &submitted] {
            for who in ["leader", "chief", "twin", "nobody"] {
                let query = format!(
                    r#"{{ structureVersion(id: "{}") {{ availableTransitions {{ act allowed blockedBy {{ code }} }} }} }}"#,
                    version.id()
                );
                let answer = world.ask(who, query).await;
                let open = answer["data"]["structureVersion"]["availableTransitions"].as_array().expect("a list").clone();
                assert!(!open.is_empty(), "{answer}");
                for one in open {
                    let act = one["act"].as_str().expect("an act").replace("structureVersion", "");
                    let more = if act == "Return" { r#"reason: "r""# } else { "" };
                    let told = world.refused(who, &version.call(&act, &format!("{more} dryRun: true"))).await;
                    let first = one["blockedBy"][0]["code"].as_str().unwrap_or_default();
                    let code = told.first().map(|told| told.split(' ').next().unwrap_or_default()).unwrap_or_default();
                    assert_eq!(first, code, "{who} {act}: {one}");
                    assert_eq!(one["allowed"], told.is_empty(), "{who} {act}");
                }
            }
        }
    })
    .await;
}
