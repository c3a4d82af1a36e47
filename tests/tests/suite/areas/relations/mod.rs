//! What processes stand in relation to: units, capabilities, national references, requirements, norms.

mod alignments;
mod capabilities;
mod handover;
mod references;
mod responsibilities;

use articula_tests::{
    demonstration::{self, LEADER},
    processes,
    service::{Service, text},
};
use serde_json::{Value, json};

/// A loading script of Funza's: it formulates, and may backdate.
const SCRIPT: &str = "servicio@funza";

/// Funza on 30 June 2026, with some processes in force since 2020.
struct Funza<'a> {
    service: &'a Service,
    id: Value,
    structure: Value,
    /// Units of the structure in force, those without units under them.
    units: Vec<Value>,
    /// One that ended on 2025-02-01.
    ended: Value,
    processes: Vec<Value>,
    /// A process of Medellín's secretariat, and a unit.
    foreign: (Value, Value),
}

type Told = Vec<(String, String)>;

/// One refusal.
fn one(code: &str, path: &str) -> Told {
    vec![(code.to_owned(), path.to_owned())]
}

impl<'a> Funza<'a> {
    async fn of(service: &'a Service) -> Self {
        let query = r#"{ funza: organization(by: { territorialEntity: { divipola: "25286" } }) { id structure { id version tree { unit { id name } parent { id } id depth } }
            then: structure(asOf: "2024-06-30") { tree { name unit { id } } } } }"#;
        let found = service.user(LEADER).data(query, json!({})).await["funza"].clone();
        let other = r#"{ organization(by: { territorialEntity: { divipola: "05001" } }) { id structure { tree { unit { id } } } } }"#;
        let other = service.user(demonstration::OTHER_LEADER).data(other, json!({})).await["organization"].clone();
        let tree = found["structure"]["tree"].as_array().expect("a tree");
        let leaf = |unit: &&Value| {
            unit["depth"].as_i64() > Some(1) && !tree.iter().any(|other| other["parent"]["id"] == unit["id"])
        };
        let units = tree.iter().filter(leaf).map(|unit| unit["unit"]["id"].clone()).collect();
        let then = found["then"]["tree"].as_array().expect("a tree").iter();
        let ended = then.clone().find(|unit| unit["name"] == "Área de Talento Humano").expect("it was there");
        let foreign = processes::add(service, &other["id"], &["Z"], "2020-01-01", None).await.remove(0);
        let foreign = (foreign, other["structure"]["tree"][0]["unit"]["id"].clone());
        let own = processes::add(service, &found["id"], &["C", "D", "E"], "2020-01-01", None).await;
        Self {
            service,
            id: found["id"].clone(),
            structure: found["structure"].clone(),
            units,
            ended: ended["unit"]["id"].clone(),
            processes: own,
            foreign,
        }
    }

    async fn act(&self, call: &str, field: &str, selection: &str) -> Value {
        self.service.user(LEADER).act(call, field, &format!("id version {selection}"), ("", json!({}))).await
    }

    async fn refused(&self, call: &str, field: &str) -> Told {
        self.service.user(LEADER).refused(call, field, ("", json!({}))).await
    }

    async fn ask(&self, query: &str) -> Value {
        self.service.user(LEADER).data(query, json!({})).await
    }
}

/// The names of units that answer for a process on a day, with their roles.
async fn roles(funza: &Funza<'_>, process: &Value, day: &str) -> Vec<String> {
    let query = format!(
        r#"{{ process(id: {process}, asOf: "{day}") {{ responsibilities(first: 50, orderBy: [{{ field: ROLE }}]) {{ nodes {{ role unit {{ id }} }} }} }} }}"#
    );
    let found = funza.ask(&query).await;
    let nodes = found["process"]["responsibilities"]["nodes"].as_array().expect("nodes").clone();
    let mut told: Vec<_> =
        nodes.iter().map(|node| format!("{} {}", text(&node["role"]), text(&node["unit"]["id"]))).collect();
    told.sort();
    told
}
