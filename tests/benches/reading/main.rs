//! What an answer costs: CPU of server and database per request, beside one hand-written SQL statement that gives the same JSON.
//!
//! `cargo bench -p articula-tests --bench reading [-- --scale N --quick]`. SQLite always; PostgreSQL when
//! `TEST_POSTGRES_URL` names a server on this machine. Both ways run in one process, a child of this one, behind the same
//! edge of HTTP, in turns; what is asked and read here is not counted.

mod cases;
mod database;
#[path = "../../../api/src/http/guard/hostile.rs"]
#[expect(dead_code, reason = "some of the attacks are enough here")]
mod hostile;
mod measure;
mod report;
mod server;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use cases::{CASES, Case};
use database::Database;
use measure::{Cost, Served, compare, count_objects, median};
use report::Report;

/// How thoroughly to measure.
#[derive(Clone, Copy)]
pub struct Effort {
    rounds: usize,
    /// Divides the requests of a round.
    hurry: usize,
}

/// What one case cost on one database at one scale, in microseconds of CPU per request.
#[derive(Clone, Debug)]
pub struct Measured {
    case: &'static Case,
    objects: usize,
    bytes: usize,
    ours: f64,
    /// The part of it that the database's own processes took (0 for SQLite, which has none).
    ours_database: f64,
    rival: f64,
    ratio: f64,
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| arguments.iter().position(|known| known == name).and_then(|at| arguments.get(at + 1));
    if let Some(url) = value("--serve") {
        return server::serve(url);
    }
    let quick = arguments.iter().any(|argument| argument == "--quick");
    let effort = if quick { Effort { rounds: 5, hurry: 4 } } else { Effort { rounds: 15, hurry: 1 } };
    let large: u32 = value("--scale").map(|scale| scale.parse()).transpose().context("--scale N")?.unwrap_or(10);
    let only = value("--only").cloned();
    let scales: &[u32] = if large == 1 { &[1] } else { &[1, large] };
    let postgres = std::env::var("TEST_POSTGRES_URL").ok();
    let mut report = Report::new(scales);
    for server in std::iter::once(None).chain(postgres.as_deref().map(Some)) {
        for scale in scales {
            let database = Database::create(server, *scale)?;
            let measured = measure(&database, effort, only.as_deref());
            let hostile = if server.is_none() && *scale == 1 { Some(attack(&database, effort)) } else { None };
            database.forget()?;
            let (measured, memory) = measured?;
            report.add(server.is_some(), *scale, measured);
            report.memory.push((server.is_some(), *scale, memory));
            report.hostile.extend(hostile.transpose()?.into_iter().flatten());
        }
    }
    report.starts = database::starts()?;
    report.print();
    Ok(())
}

fn measure(database: &Database, effort: Effort, only: Option<&str>) -> Result<(Vec<Measured>, f64)> {
    let mut served = Served::start(database)?;
    let ids = served.ids()?;
    let mut all = Vec::new();
    for (number, case) in CASES.iter().enumerate().filter(|(_, case)| only.is_none_or(|only| case.name.contains(only)))
    {
        let variables = case.id.map_or(json!({}), |wanted| json!({ "id": ids[wanted] }));
        let ask = |query: &str| json!({ "query": query, "variables": variables });
        let (ours, rival) = (ask(case.document), ask(&format!("{}{number}\n{}", cases::MARK, case.document)));
        let (answer, other) = (served.ask(&ours)?, served.ask(&rival)?);
        let (data, same) = (parse(&answer)?, parse(&other)?);
        ensure!(data == same, "{}: the answers differ\n{data}\n{same}", case.name);
        let requests = (case.requests / effort.hurry).max(3);
        let rounds = compare(&mut served, effort.rounds, requests, &ours, &rival)?;
        let each = |of: &dyn Fn(&(Cost, Cost)) -> f64| median(rounds.iter().map(of).collect());
        let measured = Measured {
            case,
            objects: count_objects(&data["data"]),
            bytes: answer.len(),
            ours: each(&|(ours, _)| ours.total()),
            ours_database: each(&|(ours, _)| ours.database),
            rival: each(&|(_, rival)| rival.total()),
            ratio: each(&|(ours, rival)| ours.total() / rival.total()),
        };
        eprintln!(
            "  {:<42} {:>5} objects {:>8.1} µs ({:.1} in the database), by hand {:>8.1} µs, ratio {:.2}",
            case.name, measured.objects, measured.ours, measured.ours_database, measured.rival, measured.ratio
        );
        all.push(measured);
    }
    let memory = served.memory()?;
    Ok((all, memory))
}

fn parse(answer: &[u8]) -> Result<Value> {
    let value: Value = serde_json::from_slice(answer).context("the answer is no JSON")?;
    ensure!(value["errors"].is_null(), "{value}");
    Ok(value)
}

/// CPU of the server for each hostile document, in milliseconds, and the code that it is refused with.
fn attack(database: &Database, effort: Effort) -> Result<Vec<(&'static str, usize, String, f64)>> {
    let documents = [
        ("lists inside one another, 3 KB", hostile::nested_values("[", "]", 1_500)),
        ("objects inside one another, 6 KB", hostile::nested_values("{a:", "}", 1_500)),
        ("fragment bomb, 2 to the power of 30", hostile::fragment_bomb(30, 2, "viewer")),
        ("fields inside one another", hostile::deep_selection(5_000)),
        ("fragments in a ring", hostile::fragment_cycle(90, true)),
        ("aliases", hostile::alias_bomb(1_900)),
        ("directives", hostile::directive_bomb(1_900)),
        ("one field very often", hostile::flat(5_000)),
        ("sets that overlap", hostile::overlap_bomb(90, 90)),
        ("a type of a long name", hostile::long_type(120, 900)),
        ("introspection in circles", hostile::introspection_circle(12)),
    ];
    let mut served = Served::start(database)?;
    let mut told = Vec::new();
    for (name, document) in documents {
        let answer: Value = serde_json::from_slice(&served.ask(&json!({ "query": document }))?)?;
        let code = answer["errors"][0]["extensions"]["code"].as_str().unwrap_or("answered").to_owned();
        let mut rounds = Vec::new();
        for round in 0..effort.rounds {
            // A comment makes it another document each time: what is known by its hash would cost nothing.
            let asked = json!({ "query": format!("#{round}\n{document}") });
            rounds.push(served.cost(1, &asked)?.total() / 1000.0);
        }
        told.push((name, document.len(), code, rounds.into_iter().fold(0.0, f64::max)));
    }
    Ok(told)
}
