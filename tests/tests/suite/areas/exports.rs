//! Improvement plans as files: whose columns, the same figures as the graph's, to whom.

use std::io::Cursor;

use articula::reader::sql::Dialect;
use articula_tests::{
    demonstration::{LEADER, MEMBER, MONITOR, OTHER_LEADER, on_each},
    seed::Val,
    service::Service,
};
use calamine::{Data, Reader as _, Xlsx};
use entity::{Kind, OpaqueId};
use reqwest::{Method, Response};
use serde_json::{Value, json};
use uuid::Uuid;

/// The columns of the form F14.1, and what is asked for beside them.
const CONTROL_BODY: [&str; 17] = [
    "Modalidad de registro",
    "Código del hallazgo",
    "Descripción del hallazgo",
    "Causa del hallazgo",
    "Acción de mejora",
    "Actividades: descripción",
    "Actividades: unidad de medida",
    "Actividades: cantidad",
    "Actividades: fecha de inicio",
    "Actividades: fecha de terminación",
    "Actividades: plazo en semanas",
    "Actividades: avance físico",
    "Observaciones",
    "Efecto del hallazgo",
    "Propósito",
    "Número de actividad",
    "Área responsable",
];
const INTERNAL: [&str; 20] = [
    "Nombre del plan",
    "Radicado",
    "Dependencia",
    "Clase de plan",
    "Origen",
    "Proceso de origen",
    "Dependencia que formula",
    "Hallazgo",
    "Descripción del hallazgo",
    "Causa",
    "Acción correctiva",
    "Objetivo",
    "Indicador",
    "Unidad de medida",
    "Meta",
    "Área responsable",
    "Recursos",
    "Fecha de inicio",
    "Fecha de fin",
    "Responsable del seguimiento",
];
const FIGURES: [&str; 14] = [
    "Código del plan",
    "Acción n.º",
    "Ponderación (%)",
    "Estado de la acción",
    "Resultado",
    "Avance de la acción (%)",
    "Avance esperado (%)",
    "Semáforo",
    "Vencida",
    "Días de retraso",
    "Fecha de corte",
    "Avance del plan (%)",
    "Cumplimiento del plan (%)",
    "Avance del plan por semanas (%)",
];

/// The plans of Funza, by code: id and kind.
pub(super) async fn plans(service: &Service) -> Vec<(String, String, String)> {
    let query = r#"{ improvementPlans(first: 100, orderBy: [{ field: CODE }],
        where: { organization: { territorialEntity: { divipola: { eq: "25286" } } } }) { nodes { id code kind } } }"#;
    let found = service.user(LEADER).data(query, json!({})).await;
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let nodes = found["improvementPlans"]["nodes"].as_array().expect("plans").clone();
    nodes.iter().map(|plan| (text(&plan["code"]), text(&plan["id"]), text(&plan["kind"]))).collect()
}

async fn plan(service: &Service, code: &str) -> String {
    let all = plans(service).await;
    all.into_iter().find(|(known, ..)| known == code).unwrap_or_else(|| panic!("{code}")).1
}

async fn get(service: &Service, subject: &str, path: &str, headers: &[(&str, &str)]) -> Response {
    let path = format!("/exports/improvement-plans/{path}");
    let mut request = service.request(Method::GET, &path).bearer_auth(service.token(subject));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send().await.expect("an answer")
}

fn header(response: &Response, name: &str) -> String {
    response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

/// The rows of a file, its headings first.
pub(super) type Table = Vec<Vec<String>>;

pub(super) async fn csv(service: &Service, subject: &str, path: &str) -> Table {
    let answer = get(service, subject, path, &[]).await;
    assert_eq!(answer.status(), 200, "{path}");
    let bytes = answer.bytes().await.expect("bytes");
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    let rows = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes).into_records();
    rows.map(|row| row.expect("a row of as many cells").iter().map(str::to_owned).collect()).collect()
}

async fn xlsx(service: &Service, subject: &str, path: &str) -> Table {
    let answer = get(service, subject, path, &[]).await;
    assert_eq!(answer.status(), 200, "{path}");
    let mut book = Xlsx::new(Cursor::new(answer.bytes().await.expect("bytes"))).expect("a workbook");
    let formulas = book.worksheet_formula("Plan de mejoramiento").expect("a sheet");
    assert!(formulas.used_cells().next().is_none(), "{path}: nothing computes");
    let sheet = book.worksheet_range("Plan de mejoramiento").expect("a sheet");
    let told = |cell: &Data| match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::Float(number) => format!("{number}"),
        Data::DateTime(serial) => {
            let day = chrono::NaiveDate::from_ymd_opt(1899, 12, 30).expect("a day");
            (day + chrono::Days::new(serial.as_f64() as u64)).to_string()
        }
        other => panic!("{path}: {other:?}"),
    };
    sheet.rows().map(|row| row.iter().map(told).collect()).collect()
}

pub(super) fn cell<'a>(table: &'a Table, row: usize, heading: &str) -> &'a str {
    let at = table[0].iter().position(|known| known == heading).unwrap_or_else(|| panic!("{heading}"));
    &table[row][at]
}

/// A figure as a file writes it.
fn figure(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[test]
fn a_file_has_its_columns_its_name_and_its_tag() {
    on_each(async |service| {
        let id = plan(service, "PM-CGR-2025").await;
        for (path, columns) in [
            (format!("{id}.csv"), &CONTROL_BODY[..]),
            (format!("{id}.csv?layout=control-body"), &CONTROL_BODY),
            (format!("{id}.csv?layout=internal"), &INTERNAL),
        ] {
            let table = csv(service, LEADER, &path).await;
            assert_eq!(table[0], [columns, &FIGURES].concat(), "{path}");
        }
        let other = plan(service, "PM-2025-01").await;
        assert_eq!(csv(service, LEADER, &format!("{other}.csv")).await[0], [&INTERNAL[..], &FIGURES].concat());
        assert_eq!(csv(service, LEADER, &format!("{id}.csv")).await.len(), 5, "two activities of two actions");
        assert_eq!(csv(service, LEADER, &format!("{id}.csv?layout=internal")).await.len(), 3);

        for (extension, media) in [
            ("csv", "text/csv; charset=utf-8; header=present"),
            ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ] {
            let path = format!("{id}.{extension}");
            let first = get(service, LEADER, &path, &[]).await;
            assert_eq!(
                (header(&first, "Content-Type"), header(&first, "Cache-Control")),
                (media.into(), "private, no-cache".into())
            );
            let name = format!("attachment; filename=\"PM-CGR-2025-control-body-2026-06-30.{extension}\"");
            assert_eq!(
                (header(&first, "Content-Disposition"), header(&first, "Content-Language")),
                (name, "es-CO".into())
            );
            let tag = header(&first, "ETag");
            let bytes = first.bytes().await.expect("bytes");
            assert_eq!(get(service, LEADER, &path, &[]).await.bytes().await.expect("bytes"), bytes, "byte by byte");
            let again = get(service, LEADER, &path, &[("If-None-Match", &tag)]).await;
            assert_eq!((again.status().as_u16(), header(&again, "ETag")), (304, tag.clone()));
            assert!(again.bytes().await.expect("nothing").is_empty());
            // Who may not see it is not told that it is still the same.
            assert_eq!(get(service, OTHER_LEADER, &path, &[("If-None-Match", &tag)]).await.status(), 404);
            let head = format!("/exports/improvement-plans/{path}");
            let head = service
                .request(Method::HEAD, &head)
                .bearer_auth(service.token(LEADER))
                .send()
                .await
                .expect("an answer");
            assert_eq!((head.status().as_u16(), header(&head, "ETag")), (200, tag.clone()));
            let before = get(service, LEADER, &format!("{path}?asOf=2026-01-31"), &[]).await;
            assert_ne!(header(&before, "ETag"), tag);
        }
        let bare = get(service, LEADER, &format!("{id}.csv?mark=false"), &[]).await.bytes().await.expect("bytes");
        let marked = get(service, LEADER, &format!("{id}.csv"), &[]).await.bytes().await.expect("bytes");
        assert_eq!([b"\xEF\xBB\xBF", &bare[..]].concat(), marked);
        let asked = [
            get(service, LEADER, &format!("{id}.csv?language=en"), &[]).await,
            get(service, LEADER, &format!("{id}.csv"), &[("Accept-Language", "en")]).await,
        ];
        for english in asked {
            assert_eq!(header(&english, "Content-Language"), "en");
            assert!(english.text().await.expect("text").contains("Code of the finding,"));
        }
    });
}

#[test]
fn figures_are_those_of_the_graph() {
    on_each(async |service| {
        let ask = "query($id: ID!, $asOf: Date!) { improvementPlan(id: $id, asOf: $asOf) { code
            progress { cutoff percent compliancePercent advancePercent }
            actions(first: 100, orderBy: [{ field: NUMBER }]) { nodes { number weight description
                progress { percent expectedPercent semaphore overdue daysLate done dueOn }
                activities { description target dueOn progress { done percent target cutoff } }
                reports(first: 100) { nodes { quantity signedOn activity { description } } } } } } }";
        let words = "{ enumLabels(type: \"Semaphore\") { value es } }";
        let words = service.user(LEADER).data(words, json!({})).await["enumLabels"].clone();
        let label = |value: &Value| {
            let known = words.as_array().into_iter().flatten().find(|word| word["value"] == *value);
            known.map_or_else(String::new, |word| figure(&word["es"]))
        };
        let plans = plans(service).await;
        let kinds: std::collections::BTreeSet<_> = plans.iter().map(|(.., kind)| kind.clone()).collect();
        assert!(kinds.len() >= 5, "the demonstration has plans of {kinds:?}");
        let mut compared = 0;
        for (code, id, _) in &plans {
            for day in ["2025-12-31", "2026-06-30", "2027-03-01"] {
                let told =
                    service.user(LEADER).data(ask, json!({ "id": id, "asOf": day })).await["improvementPlan"].clone();
                for layout in ["internal", "control-body"] {
                    let table = csv(service, LEADER, &format!("{id}.csv?asOf={day}&layout={layout}")).await;
                    let mut row = 0;
                    for action in told["actions"]["nodes"].as_array().expect("actions") {
                        let activities = action["activities"].as_array().expect("a list");
                        let parts = if layout == "internal" { 1 } else { activities.len().max(1) };
                        for part in 0..parts {
                            row += 1;
                            let place = format!("{code} {day} {layout} {row}");
                            let is = |heading, expected: String| {
                                assert_eq!(cell(&table, row, heading), expected, "{place} {heading}")
                            };
                            let (own, plan) = (&action["progress"], &told["progress"]);
                            is("Código del plan", figure(&told["code"]));
                            is("Acción n.º", figure(&action["number"]));
                            is("Ponderación (%)", figure(&action["weight"]));
                            is("Avance de la acción (%)", figure(&own["percent"]));
                            is("Avance esperado (%)", figure(&own["expectedPercent"]));
                            is("Semáforo", label(&own["semaphore"]));
                            is("Vencida", if own["overdue"] == true { "Sí" } else { "No" }.to_owned());
                            is("Días de retraso", figure(&own["daysLate"]));
                            is("Fecha de corte", day.to_owned());
                            is("Avance del plan (%)", figure(&plan["percent"]));
                            is("Cumplimiento del plan (%)", figure(&plan["compliancePercent"]));
                            is("Avance del plan por semanas (%)", figure(&plan["advancePercent"]));
                            if layout == "control-body" {
                                let activity = activities.get(part);
                                let done = activity.map_or(&own["done"], |activity| &activity["progress"]["done"]);
                                is("Actividades: avance físico", figure(done));
                                is(
                                    "Actividades: descripción",
                                    figure(activity.map_or(&action["description"], |it| &it["description"])),
                                );
                                is(
                                    "Actividades: fecha de terminación",
                                    figure(activity.map_or(&own["dueOn"], |it| &it["dueOn"])),
                                );
                            }
                            compared += 1;
                        }
                        // What an activity has done is the sum of what was signed for it until then.
                        for activity in activities {
                            let reports =
                                action["reports"]["nodes"].as_array().into_iter().flatten().filter(|report| {
                                    report["activity"]["description"] == activity["description"]
                                        && report["signedOn"].as_str().is_some_and(|on| on <= day)
                                });
                            let hundredths =
                                |value: &Value| figure(value).replace('.', "").parse::<i64>().expect("an amount");
                            let sum: i64 = reports.map(|report| hundredths(&report["quantity"])).sum();
                            assert_eq!(hundredths(&activity["progress"]["done"]), sum, "{code} {day}");
                            assert_eq!(activity["progress"]["cutoff"], day);
                        }
                    }
                    assert_eq!(table.len(), row + 1, "{code} {day} {layout}");
                    let book = xlsx(service, LEADER, &format!("{id}.xlsx?asOf={day}&layout={layout}")).await;
                    assert_eq!(book.len(), table.len());
                    for (at, (book, table)) in book.iter().zip(&table).enumerate() {
                        let same = |(one, other): (&String, &String)| {
                            one == other || one.parse::<f64>().is_ok_and(|one| other.parse() == Ok(one))
                        };
                        assert!(
                            book.iter().zip(table).all(same),
                            "{code} {day} {layout} {at}: {book:?} is not {table:?}"
                        );
                    }
                }
            }
        }
        assert!(compared > 100, "{compared} rows");
    });
}

#[test]
fn hostile_texts_stay_texts() {
    on_each(async |service| {
        let id = plan(service, "PM-CGR-2025").await;
        let key = OpaqueId::parse(&id).expect("an id").uuid;
        let hostile = "=HYPERLINK(\"https://evil.example.org\",\"x\"), \r\n;|\t<b>&amp;\u{202E}";
        for (column, text) in
            [("description", hostile), ("objective", "@SUM(1+1)"), ("indicator", "-2+3"), ("resources", "\tcmd")]
        {
            let (text, key) = (Val::from(text), Val::from(key));
            let dialect = service.fresh.dialect;
            let statement = format!(
                "UPDATE improvement_action SET {column} = {} WHERE improvement_plan_id = {} AND number = 1",
                text.literal(dialect),
                key.literal(dialect)
            );
            service.fresh.run(&statement).await;
        }
        let table = csv(service, LEADER, &format!("{id}.csv?layout=internal")).await;
        assert_eq!(cell(&table, 1, "Acción correctiva"), format!("'{hostile}"));
        assert_eq!(cell(&table, 1, "Objetivo"), "'@SUM(1+1)");
        assert_eq!(cell(&table, 1, "Indicador"), "'-2+3");
        assert_eq!(cell(&table, 1, "Recursos"), "'\tcmd");
        let book = xlsx(service, LEADER, &format!("{id}.xlsx?layout=internal")).await;
        assert_eq!(cell(&book, 1, "Acción correctiva").replace("\r\n", "\n"), hostile.replace("\r\n", "\n"));
        assert_eq!(cell(&book, 1, "Objetivo"), "@SUM(1+1)");
    });
}

/// Status, headers that say something of it, and body of a refusal, without the request's own id.
async fn refusal(response: Response) -> (u16, String, Value) {
    let (status, kind) = (response.status().as_u16(), header(&response, "Content-Type"));
    assert_eq!((header(&response, "ETag"), header(&response, "Content-Disposition")), (String::new(), String::new()));
    let mut body: Value = response.json().await.expect("JSON");
    body["errors"][0]["extensions"]["requestId"] = Value::Null;
    (status, kind, body)
}

#[test]
fn what_one_may_not_see_is_as_what_is_not_there() {
    on_each(async |service| {
        let id = plan(service, "PM-CGR-2025").await;
        let draft = plan(service, "PM-2026-02").await;
        let nothing = OpaqueId { number: Kind::ImprovementPlan as u8, uuid: Uuid::now_v7() }.to_string();
        for path in [".csv", ".xlsx", ".csv?layout=internal&asOf=2026-01-01", ".xlsx?language=en"] {
            let never = refusal(get(service, OTHER_LEADER, &format!("{nothing}{path}"), &[]).await).await;
            assert_eq!((never.0, &never.2["errors"][0]["extensions"]["code"]), (404, &json!("NOT_FOUND")), "{path}");
            assert_eq!(refusal(get(service, OTHER_LEADER, &format!("{id}{path}"), &[]).await).await, never, "{path}");
            // A draft of a unit that is not one's own.
            let hidden = service
                .user("ejecutor@funza")
                .ask("query($id: ID!) { improvementPlan(id: $id) { id } }", json!({ "id": draft }))
                .await;
            if hidden.codes() == ["NOT_FOUND"] {
                assert_eq!(
                    refusal(get(service, "ejecutor@funza", &format!("{draft}{path}"), &[]).await).await,
                    never,
                    "{path}"
                );
            }
        }
        let visitor = service
            .request(Method::GET, &format!("/exports/improvement-plans/{id}.csv"))
            .send()
            .await
            .expect("an answer");
        assert_eq!(header(&visitor, "WWW-Authenticate").split(' ').next(), Some("Bearer"));
        assert_eq!(refusal(visitor).await.0, 401);
        let organization = service
            .user(LEADER)
            .data("query($id: ID!) { improvementPlan(id: $id) { organization { id } } }", json!({ "id": id }))
            .await;
        let organization = organization["improvementPlan"]["organization"]["id"].as_str().expect("an id").to_owned();
        for (path, status, code) in [
            (format!("{organization}.csv"), 404, "NOT_FOUND"),
            ("nothing.csv".to_owned(), 404, "NOT_FOUND"),
            (format!("{id}.pdf"), 404, "NOT_FOUND"),
            (id.clone(), 404, "NOT_FOUND"),
            (format!("{id}/x.csv"), 404, "NOT_FOUND"),
            (format!("{id}.csv?layout=other"), 400, "BAD_REQUEST"),
            (format!("{id}.csv?language=fr"), 400, "BAD_REQUEST"),
            (format!("{id}.csv?mark=yes"), 400, "BAD_REQUEST"),
            (format!("{id}.xlsx?mark=true"), 400, "BAD_REQUEST"),
            (format!("{id}.csv?layout=internal&layout=internal"), 400, "BAD_REQUEST"),
            (format!("{id}.csv?colour=red"), 400, "BAD_REQUEST"),
        ] {
            let refused = refusal(get(service, LEADER, &path, &[]).await).await;
            assert_eq!((refused.0, &refused.2["errors"][0]["extensions"]["code"]), (status, &json!(code)), "{path}");
        }
        assert_eq!(get(service, LEADER, &format!("{id}.csv?asOf=2026-02-30"), &[]).await.status(), 400);
        let posted = service
            .request(Method::POST, &format!("/exports/improvement-plans/{id}.csv"))
            .send()
            .await
            .expect("an answer");
        assert_eq!((posted.status().as_u16(), header(&posted, "Allow")), (405, "GET, HEAD, OPTIONS".to_owned()));
        // The Ministry reads every secretariat, and so its files.
        assert_eq!(csv(service, MONITOR, &format!("{id}.csv")).await, csv(service, LEADER, &format!("{id}.csv")).await);
    });
}

#[test]
fn nobody_is_named_in_a_file() {
    on_each(async |service| {
        let reads = "SELECT CAST(count(*) AS TEXT) FROM personal_data_read";
        let before = service.fresh.texts(reads).await;
        let persons = service
            .fresh
            .texts(
                "SELECT p.name FROM person p JOIN organization o ON o.id = p.organization_id \
                 WHERE o.name = 'Secretaría de Educación de Funza'",
            )
            .await;
        assert!(persons.len() > 10);
        for (code, id, _) in plans(service).await {
            for subject in [LEADER, MEMBER, MONITOR] {
                for layout in ["internal", "control-body"] {
                    let answer = get(service, subject, &format!("{id}.csv?layout={layout}"), &[]).await;
                    // The head of one unit does not read the drafts of others.
                    if subject == MEMBER && answer.status() == 404 {
                        continue;
                    }
                    assert_eq!(answer.status(), 200, "{code} {subject} {layout}");
                    let text = answer.text().await.expect("text");
                    for person in &persons {
                        assert!(!text.contains(person.as_str()), "{code} {subject} {layout}: {person}");
                    }
                }
            }
        }
        assert_eq!(service.fresh.texts(reads).await, before);
    });
}

/// Copies a row, with other values in some columns.
async fn copy(service: &Service, table: &str, id: Uuid, other: &[(&str, Val)]) {
    let dialect = service.fresh.dialect;
    let columns = service.fresh.tables().await.remove(table).expect("a table");
    let value = |column: &String| {
        let changed = other.iter().find(|(known, _)| known == column);
        changed.map_or_else(|| column.clone(), |(_, value)| value.literal(dialect))
    };
    let values: Vec<_> = columns.iter().map(value).collect();
    let (columns, values, id) = (columns.join(", "), values.join(", "), Val::from(id).literal(dialect));
    service.fresh.run(&format!("INSERT INTO {table} ({columns}) SELECT {values} FROM {table} WHERE id = {id}")).await;
}

async fn key(service: &Service, select: &str) -> Uuid {
    let text = match service.fresh.dialect {
        Dialect::Sqlite => format!("SELECT lower(hex(id)) FROM ({select}) AS t"),
        Dialect::Postgres => format!("SELECT CAST(id AS TEXT) FROM ({select}) AS t"),
    };
    service.fresh.texts(&text).await[0].parse().expect("a key")
}

#[test]
fn a_page_of_a_large_plan_costs_what_the_first_one_does() {
    on_each(async |service| {
        let plan = plan(service, "PM-CGR-2025").await;
        let owner = Val::from(OpaqueId::parse(&plan).expect("an id").uuid).literal(service.fresh.dialect);
        let action = key(
            service,
            &format!("SELECT id FROM improvement_action WHERE improvement_plan_id = {owner} AND number = 1"),
        )
        .await;
        let file = format!("{plan}.csv?layout=internal");
        let statements = async || {
            csv(service, LEADER, &file).await;
            service.statements(csv(service, LEADER, &file)).await
        };
        let (one, _) = statements().await;
        let mut number = 3;
        let mut costs = Vec::new();
        for pages in 2..=4_u64 {
            while number <= 25 * pages as i64 {
                copy(
                    service,
                    "improvement_action",
                    action,
                    &[("id", Uuid::now_v7().into()), ("number", number.into())],
                )
                .await;
                number += 1;
            }
            let (cost, table) = statements().await;
            assert_eq!(table.len(), 25 * pages as usize + 1);
            let numbers: Vec<_> = (1..table.len()).map(|row| cell(&table, row, "Acción n.º").to_owned()).collect();
            assert_eq!(numbers, (1..=25 * pages).map(|number| number.to_string()).collect::<Vec<_>>());
            costs.push(cost - one);
        }
        assert_eq!(costs, [1, 2, 3].map(|more| more * costs[0]), "each page costs the same");
        assert!(costs[0] <= 6, "a page costs {} statements", costs[0]);

        // An action that answers more findings than come with it tells all of them.
        let finding = key(
            service,
            &format!("SELECT f.id FROM finding f JOIN action_finding x ON x.finding_id = f.id WHERE x.improvement_action_id = {}", Val::from(action).literal(service.fresh.dialect)),
        )
        .await;
        for at in 0..70 {
            let id = Uuid::now_v7();
            copy(service, "finding", finding, &[("id", id.into()), ("code", format!("9.{at:02}").as_str().into())])
                .await;
            let dialect = service.fresh.dialect;
            let [id, action] = [id, action].map(|key| Val::from(key).literal(dialect));
            service
                .fresh
                .run(&format!(
                    "INSERT INTO action_finding (improvement_action_id, organization_id, finding_id) \
                     SELECT id, organization_id, {id} FROM improvement_action WHERE id = {action}"
                ))
                .await;
        }
        let table = csv(service, LEADER, &format!("{plan}.csv")).await;
        let codes: Vec<_> = cell(&table, 1, "Código del hallazgo").split("; ").collect();
        assert_eq!(codes.len(), 71);
        assert_eq!(codes[70], "9.69");
    });
}
