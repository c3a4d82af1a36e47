//! Pictures, by the field and by their address: what they show, to whom, and that the same data give the same bytes.

use articula::exchange::demo::FUNZA_CHANGED;
use articula_tests::{
    database::Fresh,
    demonstration::{LEADER, MEMBER, OTHER_LEADER, on_each},
    seed::{Val, day},
    service::Service,
};
use entity::{Kind, OpaqueId};
use reqwest::{Method, Response};
use serde_json::{Value, json};
use uuid::Uuid;

const HOSTILE: &str = "\"]--><script>alert(1)</script></text>&amp; \n\u{202E}";

async fn organization(service: &Service) -> String {
    let query = r#"{ organization(by: {territorialEntity: {divipola: "25286"}}) { id } }"#;
    let found = service.user(LEADER).data(query, json!({})).await;
    found["organization"]["id"].as_str().expect("an id").to_owned()
}

async fn get(service: &Service, subject: &str, path: &str, headers: &[(&str, &str)]) -> Response {
    let mut request = service.request(Method::GET, path).bearer_auth(service.token(subject));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send().await.expect("an answer")
}

fn header(response: &Response, name: &str) -> String {
    response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

async fn code(response: Response) -> (u16, String) {
    let status = response.status().as_u16();
    let body: Value = response.json().await.expect("JSON");
    assert!(body.get("data").is_none(), "{body}");
    (status, body["errors"][0]["extensions"]["code"].as_str().unwrap_or_default().to_owned())
}

async fn add(fresh: &Fresh, table: &str, row: &[(&str, Val)]) {
    let columns: Vec<_> = row.iter().map(|(column, _)| *column).collect();
    let values: Vec<_> = row.iter().map(|(_, value)| value.literal(fresh.dialect)).collect();
    fresh.run(&format!("INSERT INTO {table} ({}) VALUES ({})", columns.join(", "), values.join(", "))).await;
}

/// A process with one version, in force from a day, or a draft; gives the ids of both.
async fn process(service: &Service, owner: Uuid, code: &str, name: &str, from: Option<&str>) -> (Uuid, Uuid) {
    let (id, version) = (Uuid::now_v7(), Uuid::now_v7());
    let key = entity::fold(name);
    let names = || [("code", code.into()), ("name", name.into()), ("name_key", key.as_str().into())];
    let mut row: Vec<(&str, Val)> = vec![("id", id.into()), ("organization_id", owner.into()), ("level", 1.into())];
    row.extend(names());
    row.extend([("published", from.is_some().into()), ("row_version", 1.into())]);
    add(&service.fresh, "process", &row).await;
    let mut row: Vec<(&str, Val)> = vec![
        ("id", version.into()),
        ("organization_id", owner.into()),
        ("process_id", id.into()),
        ("number", 1.into()),
        ("stage", if from.is_some() { 3 } else { 1 }.into()),
        ("kind", 2.into()),
        ("objective", name.into()),
        ("policies", "[]".into()),
        ("resources", "[]".into()),
        ("valid_from", from.map_or(Val::Null, |from| day(from).into())),
        ("row_version", 1.into()),
    ];
    row.extend(names());
    add(&service.fresh, "process_version", &row).await;
    (id, version)
}

fn opaque(kind: Kind, uuid: Uuid) -> String {
    OpaqueId { number: kind as u8, uuid }.to_string()
}

#[test]
fn a_picture_is_the_same_by_field_and_by_address() {
    on_each(async |service| {
        let of = organization(service).await;
        let query = "query($of: ID!) { picture(kind: ORG_CHART, of: $of) { kind format content mediaType text hash } }";
        let picture = service.user(LEADER).data(query, json!({ "of": of })).await["picture"].clone();
        assert_eq!((&picture["kind"], &picture["format"]), (&json!("ORG_CHART"), &json!("SVG")));
        let path = format!("/pictures/org-chart?of={of}");
        let first = get(service, LEADER, &path, &[]).await;
        assert_eq!(first.status(), 200);
        assert_eq!(header(&first, "Content-Type"), "image/svg+xml; charset=utf-8");
        assert_eq!(header(&first, "X-Content-Type-Options"), "nosniff");
        assert!(header(&first, "Content-Security-Policy").starts_with("default-src 'none'; style-src 'unsafe-inline'"));
        assert_eq!(
            (header(&first, "Cache-Control"), header(&first, "Content-Language")),
            ("private, no-cache".into(), "es-CO".into())
        );
        let tag = header(&first, "ETag");
        assert_eq!(tag, format!("\"{}\"", picture["hash"].as_str().expect("a hash")));
        let svg = first.text().await.expect("text");
        assert_eq!(picture["content"], json!(svg));
        assert!(svg.contains("role=\"img\"") && svg.contains("<title id=\"title\">Organigrama: "), "{svg}");
        assert_eq!(get(service, LEADER, &path, &[]).await.text().await.expect("text"), svg, "byte by byte");

        for known in [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()] {
            let again = get(service, LEADER, &path, &[("If-None-Match", &known)]).await;
            assert_eq!((again.status().as_u16(), header(&again, "ETag")), (304, tag.clone()), "{known}");
            assert_eq!(again.text().await.expect("nothing"), "");
        }
        let other = get(service, LEADER, &path, &[("If-None-Match", "\"x\"")]).await;
        assert_eq!(other.status(), 200);
        // Who may not see it is not told that it is still the same.
        assert_eq!(get(service, OTHER_LEADER, &path, &[("If-None-Match", &tag)]).await.status(), 404);

        let english = get(service, LEADER, &path, &[("Accept-Language", "en")]).await;
        assert!(header(&english, "ETag") != tag && header(&english, "Content-Language") == "en");
        assert!(english.text().await.expect("text").contains("Organization chart: "));
        let mermaid = get(service, LEADER, &format!("{path}&format=mermaid"), &[]).await;
        assert_eq!(header(&mermaid, "Content-Type"), "text/vnd.mermaid; charset=utf-8");
        assert!(mermaid.text().await.expect("text").starts_with("flowchart TD\naccTitle: Organigrama"));
        let words = get(service, LEADER, &format!("{path}&format=text"), &[]).await;
        assert_eq!(header(&words, "Content-Type"), "text/plain; charset=utf-8");
        assert_eq!(json!(words.text().await.expect("text")), picture["text"]);
        let long_ago = get(service, LEADER, &format!("{path}&asOf=1950-01-01&format=text"), &[]).await;
        assert!(long_ago.text().await.expect("text").contains("No hay una estructura vigente en esta fecha."));
        let head =
            service.request(Method::HEAD, &path).bearer_auth(service.token(LEADER)).send().await.expect("an answer");
        assert_eq!((head.status().as_u16(), header(&head, "ETag")), (200, tag));
    });
}

#[test]
fn pictures_are_refused_as_everything_else_is() {
    on_each(async |service| {
        let of = organization(service).await;
        let visitor =
            service.request(Method::GET, &format!("/pictures/org-chart?of={of}")).send().await.expect("an answer");
        assert_eq!(header(&visitor, "WWW-Authenticate").split(' ').next(), Some("Bearer"));
        assert_eq!(code(visitor).await, (401, "UNAUTHENTICATED".into()));
        for (subject, path, expected) in [
            (OTHER_LEADER, format!("org-chart?of={of}"), (404, "NOT_FOUND")),
            (OTHER_LEADER, format!("heat-map?of={of}"), (404, "NOT_FOUND")),
            (OTHER_LEADER, format!("comparison?of={of}"), (404, "NOT_FOUND")),
            (OTHER_LEADER, format!("trace?of={of}"), (404, "NOT_FOUND")),
            (LEADER, format!("trace?of={of}&depth=7"), (400, "INVALID_ARGUMENT")),
            (LEADER, format!("org-chart?of={of}&depth=2"), (400, "INVALID_ARGUMENT")),
            (OTHER_LEADER, format!("structure-diff?of={of}&from=2020-01-01&to=2026-01-01"), (404, "NOT_FOUND")),
            (LEADER, "org-chart?of=nothing".into(), (404, "NOT_FOUND")),
            (LEADER, format!("sipoc?of={of}"), (404, "NOT_FOUND")),
            (LEADER, format!("finding-chain?of={of}"), (404, "NOT_FOUND")),
            (LEADER, format!("plan-gantt?of={of}"), (404, "NOT_FOUND")),
            (LEADER, format!("program-calendar?of={of}"), (404, "NOT_FOUND")),
            (LEADER, format!("nonsense?of={of}"), (404, "NOT_FOUND")),
            (LEADER, "org-chart".into(), (400, "BAD_REQUEST")),
            (LEADER, format!("org-chart?of={of}&of={of}"), (400, "BAD_REQUEST")),
            (LEADER, format!("org-chart?of={of}&colour=red"), (400, "BAD_REQUEST")),
            (LEADER, format!("org-chart?of={of}&format=png"), (400, "BAD_REQUEST")),
            (LEADER, format!("org-chart?of={of}&from=2020-01-01"), (400, "INVALID_ARGUMENT")),
            (LEADER, format!("structure-diff?of={of}&from=2020-01-01"), (400, "REQUIRED")),
            (LEADER, format!("structure-diff?of={of}&from=2026-01-01&to=2020-01-01"), (400, "DATE_RANGE_EMPTY")),
        ] {
            let answer = get(service, subject, &format!("/pictures/{path}"), &[]).await;
            assert_eq!(code(answer).await, (expected.0, expected.1.to_owned()), "{path}");
        }
        let date = get(service, LEADER, &format!("/pictures/org-chart?of={of}&asOf=2026-02-30"), &[]).await;
        assert_eq!(date.status(), 400);
        let posted = service.request(Method::POST, "/pictures/org-chart").send().await.expect("an answer");
        assert_eq!(posted.status(), 405);
        let query = "query($of: ID!) { picture(kind: PROCESS_MAP, of: $of) { hash } }";
        let stranger = service.user(OTHER_LEADER).ask(query, json!({ "of": of })).await;
        assert_eq!(stranger.codes(), ["NOT_FOUND"]);
        // What is asked for a picture counts as if the client had asked it.
        let fields: Vec<_> = (0..20).map(|n| format!("p{n}: picture(kind: HEAT_MAP, of: $of) {{ hash }}")).collect();
        let query = format!("query($of: ID!) {{ {} }}", fields.join(" "));
        let many = service.user(LEADER).ask(&query, json!({ "of": of })).await;
        assert_eq!(many.codes(), ["QUERY_TOO_COSTLY"]);
    });
}

#[test]
fn a_trace_is_drawn_as_it_is_told() {
    on_each(async |service| {
        let found = service
            .user(LEADER)
            .data("{ orgUnits(first: 1, where: { inForce: { eq: true } }) { nodes { id } } }", json!({}))
            .await;
        let unit = found["orgUnits"]["nodes"][0]["id"].clone();
        // Beside a trace of the request's own, and with another picture: each is told what it asked for.
        let ask = "query($id: ID!, $steps: Int!) {
            one: picture(kind: TRACE, of: $id, format: TEXT) { content }
            trace(id: $id, depth: $steps, first: 200) { count hits { node { id } path { edge } } }
            three: picture(kind: TRACE, of: $id, depth: $steps, format: TEXT) { content text }
            none: picture(kind: TRACE, of: \"nothing\") { content } }";
        let answer = service.user(LEADER).ask(ask, json!({ "id": unit, "steps": 1 })).await;
        assert_eq!(answer.codes(), ["NOT_FOUND"], "{}", answer.text);
        let data = &answer.body["data"];
        let hits = data["trace"]["hits"].as_array().expect("a list");
        let lines = |name: &str| {
            let text = data[name]["content"].as_str().expect("text");
            text.lines().filter(|line| line.trim_start().starts_with("- ")).count()
        };
        assert_eq!(lines("three"), hits.len());
        assert!(lines("one") >= hits.len(), "two steps reach more than one");
        let told = data["three"]["text"].as_str().expect("text");
        assert!(told.contains(&format!("{} objetos alcanzados", data["trace"]["count"])), "{told}");
    });
}

/// Lines of a picture in words that begin like this.
async fn lines(service: &Service, subject: &str, path: &str, start: &str) -> Vec<String> {
    let path = format!("/pictures/{path}&format=text");
    let answer = get(service, subject, &path, &[]).await;
    assert_eq!(answer.status(), 200, "{path}");
    let words = answer.text().await.expect("text");
    words.lines().filter(|line| line.starts_with(start)).map(str::to_owned).collect()
}

#[test]
fn findings_plans_and_programs_are_drawn_as_they_stood() {
    on_each(async |service| {
        let query = r#"{ improvementPlans(first: 50) { nodes { id } } auditPrograms(first: 20) { nodes { id } }
            findings(first: 20, where: { recurrenceOf: {} }) { nodes { id recurrenceOf { id code } } } }"#;
        let found = service.user(LEADER).data(query, json!({})).await;
        let of_plan = r#"query($id: ID!) { it: improvementPlan(id: $id) { id actions(first: 20, orderBy: [{ field: NUMBER }]) { nodes {
            number description progress { percent } transitions { date }
            activities { number description done reports(first: 20) { nodes { quantity signedOn } } } } } } }"#;
        let of_program = "query($id: ID!) { it: auditProgram(id: $id) { id audits(first: 50) { nodes { code transitions { date } } } } }";
        let whole = async |query: &str, it: &Value| {
            service.user(LEADER).data(query, json!({ "id": it["id"] })).await["it"].clone()
        };
        let nodes = |list: &Value| list["nodes"].as_array().expect("a list").clone();
        let there = |node: &Value, day: &str| node["transitions"][0]["date"].as_str().is_some_and(|begun| begun <= day);
        let (mut bars, mut parts) = (0, 0);
        for plan in nodes(&found["improvementPlans"]) {
            let plan = whole(of_plan, &plan).await;
            let path = format!("plan-gantt?of={}", plan["id"].as_str().expect("an id"));
            let actions = nodes(&plan["actions"]);
            let drawn = lines(service, LEADER, &path, "- ").await;
            assert_eq!(drawn.len(), actions.len(), "{path}");
            for (line, action) in drawn.iter().zip(&actions) {
                let start = format!("- {}. {} (", action["number"], action["description"].as_str().expect("text"));
                let percent = action["progress"]["percent"].as_str().expect("a figure");
                let percent = percent.trim_end_matches('0').trim_end_matches('.');
                let percent = if percent.is_empty() { "0" } else { percent };
                assert!(
                    line.starts_with(&start) && line.contains(&format!(". Avance {percent} %. ")),
                    "{line}: {action}"
                );
                for part in action["activities"].as_array().expect("a list") {
                    let hundredths = |text: &Value| {
                        text.as_str().expect("a number").replace('.', "").parse::<i64>().expect("a number")
                    };
                    let reports = nodes(&part["reports"]);
                    let signed = reports.iter().filter(|report| !report["signedOn"].is_null());
                    assert_eq!(
                        hundredths(&part["done"]),
                        signed.map(|report| hundredths(&report["quantity"])).sum::<i64>(),
                        "{part}"
                    );
                    parts += 1;
                }
            }
            bars += actions.len();
            let then = actions.iter().filter(|action| there(action, "2025-12-31")).count();
            assert_eq!(lines(service, LEADER, &format!("{path}&asOf=2025-12-31"), "- ").await.len(), then, "{path}");
            assert_eq!(
                code(get(service, OTHER_LEADER, &format!("/pictures/{path}"), &[]).await).await,
                (404, "NOT_FOUND".into())
            );
        }
        assert!(bars > 10 && parts > 3, "{bars} {parts}");
        for program in nodes(&found["auditPrograms"]) {
            let program = whole(of_program, &program).await;
            let path = format!("program-calendar?of={}", program["id"].as_str().expect("an id"));
            let audits = nodes(&program["audits"]);
            assert_eq!(lines(service, LEADER, &path, "- ").await.len(), audits.len(), "{path}");
            let then = audits.iter().filter(|audit| there(audit, "2025-12-31")).count();
            assert_eq!(lines(service, LEADER, &format!("{path}&asOf=2025-12-31"), "- ").await.len(), then, "{path}");
            assert_eq!(
                code(get(service, OTHER_LEADER, &format!("/pictures/{path}"), &[]).await).await,
                (404, "NOT_FOUND".into())
            );
        }
        let repeated = nodes(&found["findings"]);
        assert!(!repeated.is_empty());
        for finding in repeated {
            let path = format!("finding-chain?of={}", finding["id"].as_str().expect("an id"));
            let earlier = format!("- Recurrencia de. {} ", finding["recurrenceOf"]["code"].as_str().expect("a code"));
            assert_eq!(lines(service, LEADER, &path, &earlier).await.len(), 1, "{path}");
            let before = format!("finding-chain?of={}", finding["recurrenceOf"]["id"].as_str().expect("an id"));
            assert_eq!(
                lines(service, LEADER, &before, "- Recurrencia. ! El cierre no se sostuvo").await.len(),
                1,
                "{before}"
            );
            assert_eq!(
                code(get(service, OTHER_LEADER, &format!("/pictures/{path}"), &[]).await).await,
                (404, "NOT_FOUND".into())
            );
            let svg = get(service, LEADER, &format!("/pictures/{path}"), &[("Accept-Language", "en")]).await;
            assert!(svg.text().await.expect("text").contains("Chain of the finding"));
        }
    });
}

#[test]
fn changes_of_a_structure_are_marked() {
    on_each(async |service| {
        let of = organization(service).await;
        let (from, to) = FUNZA_CHANGED;
        let ask = "query($of: ID!, $from: Date!, $to: Date!) {
            picture(kind: STRUCTURE_DIFF, of: $of, from: $from, to: $to) { text content }
            organization(id: $of) { structureDiff(from: $from, to: $to) { kind } } }";
        let found = service.user(LEADER).data(ask, json!({ "of": of, "from": from, "to": to })).await;
        let text = found["picture"]["text"].as_str().expect("text");
        let changes = found["organization"]["structureDiff"].as_array().expect("changes");
        assert!(!changes.is_empty() && text.contains(&format!(": {} cambio", changes.len())), "{text}");
        for change in changes {
            let sign = match change["kind"].as_str().expect("a kind") {
                "CREATE" => "+ Creada",
                "RENAME" => "± Antes: ",
                "MOVE" => "→ Antes dependía de ",
                "MERGE" => "» Fusión de ",
                "SPLIT" => "« De la división de ",
                _ => "- × ",
            };
            assert!(text.contains(sign), "{change}: {text}");
        }
    });
}

#[test]
fn processes_are_drawn_with_hostile_names() {
    on_each(async |service| {
        let of = organization(service).await;
        let owner = OpaqueId::parse(&of).expect("an id").uuid;
        let (id, version) = process(service, owner, "ZZ1", HOSTILE, Some("2026-06-01")).await;
        let (_, draft) = process(service, owner, "ZZ2", "Borrador secreto", None).await;
        let (flow, party) = (Uuid::now_v7(), Uuid::now_v7());
        for (table, key, more) in [
            (
                "flow",
                flow,
                vec![("process_version_id", version.into()), ("direction", 1.into()), ("position", 0.into())],
            ),
            ("external_party", party, vec![]),
        ] {
            let mut row: Vec<(&str, Val)> =
                vec![("id", key.into()), ("organization_id", owner.into()), ("row_version", 1.into())];
            row.extend(more);
            row.extend([("name", HOSTILE.into()), ("name_key", HOSTILE.into())]);
            add(&service.fresh, table, &row).await;
        }
        let ends = [("flow_id", flow.into()), ("organization_id", owner.into()), ("external_party_id", party.into())];
        add(&service.fresh, "flow_party", &ends).await;

        let (sipoc, drafted) = (opaque(Kind::Process, id), opaque(Kind::ProcessVersion, draft));
        let shown = "ZZ1 \"]--><script>alert(1)</script></text>&amp;";
        add(
            &service.fresh,
            "reference_adoption",
            &[
                ("id", Uuid::now_v7().into()),
                ("organization_id", owner.into()),
                ("process_id", id.into()),
                ("status", 5.into()),
                ("valid_from", day("2026-06-01").into()),
                ("row_version", 1.into()),
            ],
        )
        .await;
        for path in [
            format!("process-map?of={of}"),
            format!("heat-map?of={of}"),
            format!("sipoc?of={sipoc}"),
            format!("comparison?of={of}"),
            format!("trace?of={sipoc}"),
        ] {
            let path = format!("/pictures/{path}");
            let svg = get(service, LEADER, &path, &[]).await.text().await.expect("text");
            assert!(
                svg.starts_with("<svg ") && svg.contains("ZZ1 &quot;]--&gt;&lt;script&gt;alert(1)"),
                "{path}: {svg}"
            );
            for harm in ["<script", "]-->", "\u{202E}", "&amp;amp; \n"] {
                assert!(!svg.contains(harm), "{path}: {harm:?}");
            }
            assert!(!svg.contains("secreto"), "{path}: a draft is no part of what is in force");
            assert_eq!(get(service, LEADER, &path, &[]).await.text().await.expect("text"), svg, "{path}: byte by byte");
            let mermaid =
                get(service, LEADER, &format!("{path}&format=mermaid"), &[]).await.text().await.expect("text");
            assert!(mermaid.contains("ZZ1 #34;#93;#45;#45;#62;#60;script#62;alert#40;1#41;"), "{path}: {mermaid}");
            assert!(!mermaid.contains("<script"), "{path}");
            let words = get(service, LEADER, &format!("{path}&format=text"), &[]).await.text().await.expect("text");
            assert!(words.contains(shown), "{path}: {words}");
            let before = get(service, LEADER, &format!("{path}&asOf=2026-05-31&format=text"), &[])
                .await
                .text()
                .await
                .expect("text");
            assert!(before != words, "{path}: the day before");
        }
        let map = format!("/pictures/process-map?of={of}&format=text&asOf=");
        for (date, there) in [("2026-05-31", false), ("2026-06-01", true), ("2026-06-02", true)] {
            let words = get(service, LEADER, &format!("{map}{date}"), &[]).await.text().await.expect("text");
            assert_eq!(words.contains("ZZ1"), there, "{date}: {words}");
        }
        let draft = format!("/pictures/sipoc?of={drafted}&format=text");
        assert!(get(service, LEADER, &draft, &[]).await.text().await.expect("text").contains("ZZ2 Borrador secreto"));
        assert_eq!(code(get(service, MEMBER, &draft, &[]).await).await, (404, "NOT_FOUND".into()));
    });
}
