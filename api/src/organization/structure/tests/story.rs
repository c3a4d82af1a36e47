use entity::{
    Id,
    machinery::history_entry,
    organization::{AppointmentKind, post, post_holding, structure_version, unit_version},
};
use sea_orm::{ColumnTrait as _, Condition};

use super::*;

fn areas(first: usize, count: usize) -> String {
    let area = |n| format!(r#"{{ code: "A{n}", name: "Área {n}", kind: AREA }}"#);
    (first..first + count).map(area).collect::<Vec<_>>().join(" ")
}

/// S1, and on it S2.
#[tokio::test(flavor = "multi_thread")]
async fn a_structure_begins_with_its_act_and_a_reorganization_keeps_the_past() {
    on_every_database(async |world| {
        let first = world
            .in_force(world.draft(None, r#"[{ code: "1", name: "Despacho", kind: DESPACHO }]"#).await, "2025-01-10")
            .await;
        assert_eq!(first.state(), "IN_FORCE");
        world.clock.set_date(day("2025-01-20"));
        let second = begins_with_its_act(world, &first).await;
        world.clock.set_date(day("2025-06-15"));
        keeps_the_past(world, &second).await;
        assert!(world.app.store().verify_history(world.organization, None).await.expect("read").is_intact());
    })
    .await;
}

async fn begins_with_its_act(world: &World, first: &Version) -> Version {
    let (root, job) = (world.unit(first, "1").await, opaque(world.job));
    let units = format!(
        r#"[{{ code: "1", name: "Despacho", kind: DESPACHO, unit: "{root}", children: [
            {{ code: "10", name: "Calidad y Cobertura", kind: DIRECTORATE, posts: [{{ job: "{job}", count: 2 }}],
               children: [{}] }}
            {{ code: "20", name: "Administrativa", kind: DIRECTORATE, children: [{}] }}
            {{ code: "30", name: "Talento Humano", kind: DIRECTORATE, posts: [{{ job: "{job}" }}], children: [{}] }}
        ] }}]"#,
        areas(1, 3),
        areas(4, 3),
        areas(7, 2)
    );
    let draft = world.draft(Some(first), &units).await;
    assert_eq!((draft.state(), &draft.0["number"]), ("DRAFT", &json!(2)));
    let approved = world.approved(draft).await;
    let available = format!(
        r#"{{ structureVersion(id: "{}") {{ availableTransitions {{ act to allowed blockedBy {{ code message path }} }} }} }}"#,
        approved.id()
    );
    let available = world.ask("chief", available).await;
    let open = &available["data"]["structureVersion"]["availableTransitions"];
    assert_eq!(
        open[0],
        json!({ "act": "structureVersionPutInForce", "to": "IN_FORCE", "allowed": false, "blockedBy": [{
            "code": "LEGAL_ACT_REQUIRED", "message": "The legal act that orders it is missing.", "path": ["legalAct"],
        }] })
    );
    assert_eq!(open[1]["act"], "structureVersionUnschedule");
    assert_eq!(open[1]["blockedBy"][0]["code"], "TRANSITION_NOT_ALLOWED", "nothing is scheduled yet: {open}");
    assert_eq!(open[2]["allowed"], true, "{open}");
    let bare = approved.call("PutInForce", r#"validFrom: "2025-02-01""#);
    assert_eq!(world.refused("chief", &bare).await, ["LEGAL_ACT_REQUIRED legalAct"]);
    let with = format!(r#"validFrom: "2025-02-01" legalAct: "{}""#, opaque(world.act));
    let put = world.done("chief", &approved.call("PutInForce", &with)).await;
    assert_eq!(put.state(), "APPROVED", "its day has not come");

    world.clock.set_date(day("2025-02-01"));
    let (put, first) = (world.again(&put).await, world.again(first).await);
    assert_eq!((put.state(), first.state()), ("IN_FORCE", "REPEALED"));
    assert_eq!(first.0["validTo"], "2025-02-01");
    let repealed =
        "{ structureVersions(first: 5, where: { state: { eq: REPEALED } }) { nodes { number state inForce } } }";
    let repealed = world.ask("leader", repealed).await;
    let expected = json!([{ "number": 1, "state": "REPEALED", "inForce": false }]);
    assert_eq!(repealed["data"]["structureVersions"]["nodes"], expected, "{repealed}");
    let expected = [
        "1 Despacho",
        " 10 Calidad y Cobertura",
        "  A1 Área 1",
        "  A2 Área 2",
        "  A3 Área 3",
        " 20 Administrativa",
        "  A4 Área 4",
        "  A5 Área 5",
        "  A6 Área 6",
        " 30 Talento Humano",
        "  A7 Área 7",
        "  A8 Área 8",
    ];
    assert_eq!(put.outline(), expected);
    let act = Condition::all().add(history_entry::Column::Act.eq("structureVersionPutInForce"));
    let entries = world.find::<history_entry::Entity>(act).await;
    let requests: std::collections::HashSet<_> = entries.iter().map(|entry| &entry.request_id).collect();
    assert_eq!(requests.len(), 2, "each act is one change set");
    put
}

async fn keeps_the_past(world: &World, base: &Version) {
    let old = world.unit(base, "10").await;
    let key: Id<entity::organization::org_unit::Entity> = Id::parse(&old).expect("a unit");
    let posts = world.find::<post::Entity>(Condition::all().add(post::Column::OrgUnitId.eq(key))).await;
    assert!(posts.len() == 2 && posts.iter().all(|post| post.valid_from == Some(day("2025-02-01"))));
    for (number, post) in posts.iter().enumerate() {
        hold(world, post.id, 10 + number as u32).await;
    }
    let draft = world.draft(Some(base), "").await;
    let root = world.unit(base, "1").await;
    let calidad = format!(r#"{{ create: {{ code: "11", name: "Calidad", kind: DIRECTORATE, parent: "{root}" }} }}"#);
    let split = |transfers: &str, children: &str| {
        draft.call(
            "SplitUnit",
            &format!(
                r#"unit: "{old}" successors: [{calidad} {{ create: {{ code: "12", name: "Cobertura", kind: DIRECTORATE, parent: "{root}" }} }}]
                   transfers: [{transfers}] {children}"#
            ),
        )
    };
    let ends = format!(r#"{{ from: "{old}", description: "Todas" }}"#);
    assert_eq!(world.refused("leader", &split(&ends, "")).await, ["UNIT_HAS_CHILDREN childrenTo"]);
    let human = world.unit(base, "30").await;
    let to_human = format!(r#"childrenTo: "{human}""#);
    assert_eq!(world.refused("leader", &split("", &to_human)).await, ["RESPONSIBILITIES_UNMAPPED transfers"]);
    let mapped = format!(
        r#"{{ from: "{old}", toCode: "11", description: "Calidad" }} {{ from: "{old}", toCode: "12", description: "Cobertura" }}"#
    );
    let draft = world.done("leader", &split(&mapped, &to_human)).await;
    let calidad = world.unit(&draft, "11").await;

    // One of the two posts goes on in "Calidad".
    let continued = post::Model {
        id: Id::new(),
        structure_version_id: Id::<structure_version::Entity>::parse(draft.id()),
        org_unit_id: Id::parse(&calidad).expect("a unit"),
        replaces_id: Some(posts[0].id),
        legal_act_id: None,
        valid_from: None,
        valid_to: None,
        row_version: 1,
        ..posts[0].clone()
    };
    let next = continued.id;
    world.put::<post::Entity>(continued).await;
    world.in_force(draft, "2025-07-01").await;

    let shape = |at: &str| {
        format!(
            r#"{{ organization(id: "{}", asOf: "{at}") {{ structure {{ number tree {{ code }} }} }} }}"#,
            opaque(world.organization)
        )
    };
    let before = world.ask("auditor", shape("2025-03-01")).await;
    let after = world.ask("auditor", shape("2025-08-01")).await;
    let codes = |answer: &Value| answer["data"]["organization"]["structure"]["tree"].to_string();
    assert!(codes(&before).contains("\"10\"") && !codes(&before).contains("\"11\""), "{before}");
    assert!(!codes(&after).contains("\"10\"") && codes(&after).contains("\"11\""), "{after}");
    let diff = format!(
        r#"{{ organization(id: "{}") {{ structureDiff(from: "2025-03-01", to: "2025-08-01") {{
            kind responsibilities legalAct {{ number }} predecessors {{ name }} successors {{ name }} }} }} }}"#,
        opaque(world.organization)
    );
    let diff = world.ask("auditor", diff).await["data"]["organization"]["structureDiff"].clone();
    let backwards = format!(
        r#"{{ organization(id: "{}") {{ structureDiff(from: "2025-08-01", to: "2025-03-01") {{ kind }} }} }}"#,
        opaque(world.organization)
    );
    let backwards = world.ask("auditor", backwards).await;
    assert_eq!(backwards["errors"][0]["extensions"]["code"], "DATE_RANGE_EMPTY", "{backwards}");
    let told = |kind: &str| {
        let all = diff.as_array().expect("a list").iter().filter(|one| one["kind"] == kind);
        all.cloned().collect::<Vec<_>>()
    };
    let suppressed = json!({
        "responsibilities": "TRANSFERRED", "legalAct": { "number": "045" }, "predecessors": [{ "name": "Calidad y Cobertura" }],
        "successors": [{ "name": "Calidad" }, { "name": "Cobertura" }],
    });
    for kind in ["SPLIT", "SUPPRESS"] {
        let mut expected = suppressed.clone();
        expected["kind"] = kind.into();
        assert_eq!(told(kind), [expected], "{diff}");
    }
    assert_eq!((told("MOVE").len(), told("CREATE").len()), (3, 0), "its areas moved: {diff}");

    let holdings = world.find::<post_holding::Entity>(Condition::all()).await;
    let of = |post| holdings.iter().filter(move |row| row.post_id == post).map(|row| (row.valid_from, row.valid_to));
    let turn = day("2025-07-01");
    assert!(of(posts[0].id).chain(of(posts[1].id)).all(|days| days == (day("2025-02-01"), Some(turn))));
    assert_eq!(of(next).collect::<Vec<_>>(), [(turn, None)]);
    let ended = world.find::<post::Entity>(Condition::all().add(post::Column::ValidTo.eq(turn))).await;
    assert_eq!(ended.len(), 2, "posts of the split unit ended");
    let stale = Condition::all().add(unit_version::Column::ValidTo.eq(turn));
    assert_eq!(world.find::<unit_version::Entity>(stale).await.len(), 12, "the previous version ended on that day");
}

async fn hold(world: &World, post: Id<post::Entity>, number: u32) {
    let person = world.person(number).await;
    world
        .put::<post_holding::Entity>(post_holding::Model {
            id: Id::new(),
            organization_id: world.organization,
            post_id: post,
            person_id: person,
            appointment: AppointmentKind::Career,
            legal_act_id: None,
            valid_from: day("2025-02-01"),
            valid_to: None,
            row_version: 1,
        })
        .await;
}
