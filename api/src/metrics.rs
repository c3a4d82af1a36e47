//! What is counted of requests, in Prometheus' words. Nothing here names a person, an account or an object: operations go by the
//! name that their document gives them, and of such names only so many are kept.

use std::{
    collections::HashSet,
    sync::{PoisonError, RwLock},
    time::Instant,
};

use async_graphql::parser::types::OperationType;
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode_registry},
    metrics::{
        counter::Counter,
        family::Family,
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets},
    },
    registry::Registry,
};

use crate::access::actor::Actor;

/// How many names of operations are told apart; later ones are `other`.
const NAMES: usize = 200;

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Operation {
    kind: &'static str,
    name: String,
    outcome: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Kind {
    kind: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Connections {
    pool: &'static str,
    state: &'static str,
}

/// What is counted of the requests of one application.
pub struct Metrics {
    registry: Registry,
    operations: Family<Operation, Counter>,
    seconds: Family<Kind, Histogram, fn() -> Histogram>,
    cost: Family<Kind, Histogram, fn() -> Histogram>,
    under_way: Gauge,
    statements: Counter,
    connections: Family<Connections, Gauge>,
    names: RwLock<HashSet<String>>,
}

/// What the store says of itself.
pub struct Sample {
    /// How many statements readers have run.
    pub statements: u64,
    /// Connections: the pool, their state, how many.
    pub connections: Vec<(&'static str, &'static str, usize)>,
}

fn seconds() -> Histogram {
    Histogram::new(exponential_buckets(0.001, 2.5, 11))
}

fn costs() -> Histogram {
    Histogram::new(exponential_buckets(1.0, 4.0, 9))
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("articula");
        let metrics = Self {
            operations: Family::default(),
            seconds: Family::new_with_constructor(seconds),
            cost: Family::new_with_constructor(costs),
            under_way: Gauge::default(),
            statements: Counter::default(),
            connections: Family::default(),
            names: RwLock::default(),
            registry: Registry::default(),
        };
        registry.register("operations", "GraphQL operations by kind, name and outcome", metrics.operations.clone());
        registry.register("operation_seconds", "How long GraphQL operations took", metrics.seconds.clone());
        registry.register("operation_cost", "What GraphQL operations cost at the most", metrics.cost.clone());
        registry.register("operations_under_way", "GraphQL operations under way", metrics.under_way.clone());
        registry.register("statements", "SQL statements that readers ran", metrics.statements.clone());
        registry.register(
            "database_connections",
            "Database connections by pool and state",
            metrics.connections.clone(),
        );
        Self { registry, ..metrics }
    }
}

impl Metrics {
    /// A request begins.
    pub fn begin(&self) -> Measured<'_> {
        self.under_way.inc();
        let (kind, name) = ("unknown", "none".to_owned());
        // One that is dropped was stopped at its deadline, or its client went away.
        Measured { metrics: self, begun: Instant::now(), kind, name, cost: None, outcome: "stopped" }
    }

    /// Everything, as Prometheus reads it, but for the mark of its end.
    pub fn text(&self, sample: &Sample) -> String {
        let counted = self.statements.get();
        self.statements.inc_by(sample.statements.saturating_sub(counted));
        for (pool, state, count) in &sample.connections {
            let gauge = self.connections.get_or_create_owned(&Connections { pool, state });
            gauge.set(i64::try_from(*count).unwrap_or(i64::MAX));
        }
        let mut text = String::new();
        // Writing to a text cannot fail.
        let _ = encode_registry(&mut text, &self.registry);
        text
    }

    /// The name under which an operation is counted.
    fn known(&self, name: &str) -> String {
        let is_known = |names: &HashSet<String>| names.contains(name);
        if !is_known(&self.names.read().unwrap_or_else(PoisonError::into_inner)) {
            let mut names = self.names.write().unwrap_or_else(PoisonError::into_inner);
            if !is_known(&names) && names.len() >= NAMES {
                return "other".to_owned();
            }
            names.insert(name.to_owned());
        }
        name.to_owned()
    }
}

/// A request that is being measured; it is counted when this is dropped.
pub struct Measured<'m> {
    metrics: &'m Metrics,
    begun: Instant,
    kind: &'static str,
    name: String,
    cost: Option<u64>,
    outcome: &'static str,
}

impl Measured<'_> {
    /// Its document is good, and this is the operation. The names that visitors invent are not kept.
    pub fn operation(&mut self, ty: OperationType, name: Option<&str>, actor: &Actor, cost: u64) {
        self.kind = match ty {
            OperationType::Query => "query",
            OperationType::Mutation => "mutation",
            OperationType::Subscription => "subscription",
        };
        self.name = match name {
            None => "anonymous".to_owned(),
            Some(_) if actor.account.is_none() => "other".to_owned(),
            Some(name) => self.metrics.known(name),
        };
        self.cost = Some(cost);
    }

    /// It ended like this.
    pub fn end(mut self, outcome: &'static str) {
        self.outcome = outcome;
    }
}

impl Drop for Measured<'_> {
    fn drop(&mut self) {
        let Self { metrics, begun, kind, cost, outcome, .. } = *self;
        let name = std::mem::take(&mut self.name);
        metrics.under_way.dec();
        metrics.operations.get_or_create(&Operation { kind, name, outcome }).inc();
        metrics.seconds.get_or_create(&Kind { kind }).observe(begun.elapsed().as_secs_f64());
        if let Some(cost) = cost {
            metrics.cost.get_or_create(&Kind { kind }).observe(cost as f64);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn somebody() -> Actor {
        Actor { account: Some(uuid::Uuid::nil()), ..Actor::visitor() }
    }

    fn text(metrics: &Metrics) -> String {
        metrics.text(&Sample { statements: 7, connections: vec![("answers", "idle", 2)] })
    }

    #[test]
    fn requests_are_counted_however_they_end() {
        let metrics = Metrics::default();
        let mut read = metrics.begin();
        read.operation(OperationType::Query, Some("Screen"), &somebody(), 30);
        assert!(text(&metrics).contains("articula_operations_under_way 1"));
        read.end("ok");
        drop(metrics.begin());
        let text = text(&metrics);
        for line in [
            r#"articula_operations_total{kind="query",name="Screen",outcome="ok"} 1"#,
            r#"articula_operations_total{kind="unknown",name="none",outcome="stopped"} 1"#,
            r#"articula_operation_seconds_count{kind="query"} 1"#,
            r#"articula_operation_cost_sum{kind="query"} 30"#,
            r#"articula_database_connections{pool="answers",state="idle"} 2"#,
            "articula_operations_under_way 0",
            "articula_statements_total 7",
        ] {
            assert!(text.contains(line), "{line} is not in\n{text}");
        }
    }

    #[test]
    fn names_are_bounded_and_those_of_visitors_are_not_kept() {
        let metrics = Metrics::default();
        for number in 0..NAMES + 50 {
            let mut one = metrics.begin();
            one.operation(OperationType::Query, Some(&format!("N{number}")), &somebody(), 1);
            one.end("ok");
        }
        let mut visit = metrics.begin();
        visit.operation(OperationType::Query, Some("N0"), &Actor::visitor(), 1);
        visit.end("ok");
        let text = text(&metrics);
        assert_eq!(text.lines().filter(|line| line.starts_with("articula_operations_total{")).count(), NAMES + 1);
        assert!(text.contains(r#"name="other",outcome="ok"} 51"#), "{text}");
    }
}
