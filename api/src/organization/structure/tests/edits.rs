use super::*;

/// What the draft tells of units: `KIND predecessors → successors`, by name.
async fn told(world: &World, version: &Version) -> Vec<String> {
    let query = format!(
        r#"{{ structureVersion(id: "{}") {{ successions {{ kind predecessors {{ name }} successors {{ name }} transfers {{ description }} }} }} }}"#,
        version.id()
    );
    let answer = world.ask("leader", query).await;
    let names = |list: &Value| {
        let names = list.as_array().into_iter().flatten().filter_map(|unit| unit["name"].as_str());
        names.collect::<Vec<_>>().join("+")
    };
    let line = |one: &Value| {
        format!("{} {}>{}", one["kind"].as_str().expect("kind"), names(&one["predecessors"]), names(&one["successors"]))
    };
    let mut lines: Vec<_> =
        answer["data"]["structureVersion"]["successions"].as_array().expect("a list").iter().map(line).collect();
    lines.sort();
    lines
}

#[tokio::test(flavor = "multi_thread")]
async fn each_edit_changes_the_tree_and_is_told_as_what_it_is() {
    on_every_database(async |world| {
        let base = world.in_force(world.draft(None, SMALL).await, "2025-01-10").await;
        let mut draft = world.draft(Some(&base), "").await;
        assert!(told(world, &draft).await.is_empty(), "a copy changes nothing");
        let (root, two, leaf, three) = (
            world.unit(&base, "1").await,
            world.unit(&base, "2").await,
            world.unit(&base, "21").await,
            world.unit(&base, "3").await,
        );
        let edits = [
            ("AddUnit", format!(r#"unit: {{ code: "4", name: "Jurídica", kind: ADVISORY_OFFICE, parent: "{root}", position: 0 }}"#)),
            ("RenameUnit", format!(r#"unit: "{three}" name: "Gestión Humana" code: "33""#)),
            ("MoveUnit", format!(r#"unit: "{leaf}" parent: "{three}""#)),
            ("EditUnit", format!(r#"unit: "{leaf}" input: {{ kind: OFFICE, functions: ["Evaluar"], code: "331" }}"#)),
        ];
        for (act, more) in edits {
            draft = world.done("leader", &draft.call(act, &more)).await;
        }
        let after = world.again(&draft).await;
        assert_eq!(after.outline(), ["1 Despacho", " 4 Jurídica", " 2 Calidad y Cobertura", " 33 Gestión Humana", "  331 Evaluación"]);
        assert_eq!((&after.0["tree"][4]["kind"], &after.0["tree"][4]["functions"]), (&json!("OFFICE"), &json!(["Evaluar"])));
        assert_eq!(told(world, &draft).await.len(), 3, "{:?}", told(world, &draft).await);

        // Two become one that takes over a code; the child of one of them hangs under the new one.
        let merge = format!(
            r#"predecessors: ["{two}", "{three}"] successor: {{ create: {{ code: "2", name: "Misional", kind: DIRECTORATE, parent: "{root}" }} }}
               transfers: [{{ from: "{two}", description: "Se termina" }}]"#
        );
        assert_eq!(world.refused("leader", &draft.call("MergeUnits", &merge)).await, ["UNIT_HAS_CHILDREN childrenTo"]);
        let draft = world.done("leader", &draft.call("MergeUnits", &format!(r#"{merge} childrenTo: "{root}""#))).await;
        let after = world.again(&draft).await;
        assert_eq!(after.outline().len(), 4, "{:?}", after.outline());
        let lines = told(world, &draft).await;
        assert!(lines.iter().any(|line| line.starts_with("MERGE") && line.ends_with(">Misional")), "{lines:?}");
        assert!(lines.iter().any(|line| line.starts_with("CREATE >Jur")), "{lines:?}");

        let suppress = draft.call("SuppressUnit", &format!(r#"unit: "{leaf}""#));
        assert_eq!(world.refused("leader", &suppress).await, ["RESPONSIBILITIES_UNMAPPED transfers"]);
        let merged = world.unit(&draft, "2").await;
        let mapped = format!(r#"unit: "{leaf}" transfers: [{{ from: "{leaf}", to: "{merged}" }}]"#);
        let draft = world.done("leader", &draft.call("SuppressUnit", &mapped)).await;
        let lines = told(world, &draft).await;
        assert!(lines.iter().any(|line| line == "SUPPRESS Evaluación>Misional"), "{lines:?}");
        world.in_force(draft, "2025-03-01").await;
        assert!(world.app.store().verify_history(world.organization, None).await.expect("read").is_intact());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn children_of_a_split_unit_go_to_a_successor_that_the_split_makes() {
    on_every_database(async |world| {
        let base = world.in_force(world.draft(None, SMALL).await, "2025-01-10").await;
        let draft = world.draft(Some(&base), "").await;
        let (root, two) = (world.unit(&base, "1").await, world.unit(&base, "2").await);
        let new = |code: &str, name: &str| {
            format!(r#"{{ create: {{ code: "{code}", name: "{name}", kind: DIRECTORATE, parent: "{root}" }} }}"#)
        };
        let split = format!(
            r#"unit: "{two}" successors: [{}, {}] transfers: [{{ from: "{two}", toCode: "5" }}, {{ from: "{two}", toCode: "2" }}]"#,
            new("5", "Cobertura"),
            new("2", "Calidad")
        );
        let stray = world.refused("leader", &draft.call("SplitUnit", &format!(r#"{split} childrenToCode: "9""#))).await;
        assert_eq!(stray, ["PARENT_NOT_IN_VERSION childrenToCode"]);
        let both = format!(r#"{split} childrenToCode: "2" childrenTo: "{root}""#);
        assert_eq!(world.refused("leader", &draft.call("SplitUnit", &both)).await, ["INVALID_ARGUMENT childrenToCode"]);
        let draft = world.done("leader", &draft.call("SplitUnit", &format!(r#"{split} childrenToCode: "2""#))).await;
        let outline = world.again(&draft).await.outline();
        assert!(outline.contains(&" 2 Calidad".to_owned()) && outline.contains(&"  21 Evaluación".to_owned()), "{outline:?}");
        let below = outline.iter().position(|line| line == " 2 Calidad").expect("it is there");
        assert_eq!(outline[below + 1], "  21 Evaluación");
        let query = format!(
            r#"{{ structureVersion(id: "{}") {{ successions {{ kind nameBefore nameAfter }} }} }}"#,
            draft.id()
        );
        let told = world.ask("leader", query).await["data"]["structureVersion"]["successions"].clone();
        let split = told.as_array().expect("a list").iter().find(|it| it["kind"] == "SPLIT").expect("the split").clone();
        let names: Vec<_> = split["nameAfter"].as_str().expect("names").split("; ").collect();
        assert_eq!((names.len(), &split["nameBefore"]), (2, &json!("Calidad y Cobertura")), "{split}");
        assert!(names.contains(&"Calidad") && names.contains(&"Cobertura"), "all of them: {split}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_that_breaks_the_tree_is_told_where() {
    on_every_database(async |world| {
        let base = world.in_force(world.draft(None, SMALL).await, "2025-01-10").await;
        let draft = world.draft(Some(&base), "").await;
        let (root, two, leaf, three) = (
            world.unit(&base, "1").await,
            world.unit(&base, "2").await,
            world.unit(&base, "21").await,
            world.unit(&base, "3").await,
        );
        let other = opaque(Id::<entity::organization::org_unit::Entity>::new());
        let new = |code: &str, parent: &str| format!(r#"{{ code: "{code}", name: "Nueva", kind: AREA, parent: "{parent}" }}"#);
        let lines: Vec<(&str, String, &str)> = vec![
            ("AddUnit", format!("unit: {}", new("2", &root)), "UNIT_CODE_TAKEN unit.code"),
            ("AddUnit", format!("unit: {}", new("9", &other)), "PARENT_NOT_IN_VERSION unit.parent"),
            ("AddUnit", r#"unit: { code: "9", name: "Otra raíz", kind: AREA }"#.to_owned(), "NOT_ONE_TREE"),
            ("AddUnit", format!("unit: {}", new("ñ", &root)), "MALFORMED unit.code"),
            ("RenameUnit", format!(r#"unit: "{other}" name: "X""#), "UNIT_NOT_IN_BASE unit"),
            ("RenameUnit", format!(r#"unit: "{two}" name: """#), "REQUIRED name"),
            ("EditUnit", format!(r#"unit: "{two}" input: {{ code: "3" }}"#), "UNIT_CODE_TAKEN input.code"),
            ("EditUnit", format!(r#"unit: "{two}" input: {{ code: null }}"#), "REQUIRED input.code"),
            ("EditUnit", format!(r#"unit: "{two}" input: {{ position: -1 }}"#), "INVALID_ARGUMENT input.position"),
            ("MergeUnits", format!(r#"predecessors: ["{two}"] successor: {{ unit: "{three}" }}"#), "MERGE_NEEDS_TWO predecessors"),
            ("SplitUnit", format!(r#"unit: "{three}" successors: [{{ unit: "{two}" }}]"#), "SPLIT_NEEDS_TWO successors"),
            (
                "SplitUnit",
                format!(r#"unit: "{three}" successors: [{{ create: {} }} {{ create: {} }}] transfers: [{{ from: "{three}" }}]"#, new("8", &root), new("2", &root)),
                "UNIT_CODE_TAKEN successors.1.create.code",
            ),
            (
                "SuppressUnit",
                format!(r#"unit: "{three}" transfers: [{{ from: "{three}", to: "{other}" }}]"#),
                "SUCCESSOR_NOT_IN_VERSION transfers.0.to",
            ),
            ("SuppressUnit", format!(r#"unit: "{three}" transfers: [{{ from: "{}" }}]"#, base.id()), "NOT_FOUND transfers.0.from"),
        ];
        for (act, more, expected) in lines {
            let call = draft.call(act, &more);
            assert_eq!(world.refused("leader", &call).await, [expected], "{call}");
        }
        let cycle = world.refused("leader", &draft.call("MoveUnit", &format!(r#"unit: "{two}" parent: "{leaf}""#))).await;
        assert!(cycle.iter().any(|told| told.starts_with("UNIT_CYCLE")), "{cycle:?}");
        assert_eq!(world.refused("chief", &draft.call("AddUnit", &format!("unit: {}", new("9", &root)))).await, ["FORBIDDEN"]);
        let frozen = world.again(&base).await.call("AddUnit", &format!("unit: {}", new("9", &root)));
        assert_eq!(world.refused("leader", &frozen).await, ["NOT_A_DRAFT id"]);
    })
    .await;
}
