//! What Prometheus is told.

use std::sync::Arc;

use articula::{exchange::demo::ANCHOR, store::TurnedClock};
use articula_tests::{
    database,
    demonstration::{self, LEADER},
    service::Service,
};
use serde_json::json;

#[test]
fn operations_are_counted_by_name_and_outcome_and_nobody_is_named() {
    database::on_each(async |fresh| {
        demonstration::fill(&fresh).await;
        let clock = Arc::new(TurnedClock::on(ANCHOR));
        let settings = [("HTTP_METRICS", "127.0.0.1:0")];
        let service = Service::start_by(&fresh, clock, fresh.settings(), &settings).await;
        let leader = service.user(LEADER);
        leader.data("query Screen { departments(first: 3) { nodes { name } } viewer { name } }", json!({})).await;
        leader.data("query Screen { departments(first: 3) { nodes { name } } }", json!({})).await;
        leader.ask("query Broken { node(id: \"none\") { id } }", json!({})).await;
        leader.ask("{ nothing }", json!({})).await;
        service.visitor().ask("query Invented { __typename }", json!({})).await;
        let name = leader.data("{ viewer { name } }", json!({})).await["viewer"]["name"].clone();
        let metrics = service.metrics().await;
        for line in [
            r#"articula_operations_total{kind="query",name="Screen",outcome="ok"} 2"#,
            r#"articula_operations_total{kind="query",name="Broken",outcome="errors"} 1"#,
            r#"articula_operations_total{kind="unknown",name="none",outcome="DOCUMENT_INVALID"} 1"#,
            r#"articula_operations_total{kind="query",name="other",outcome="ok"} 1"#,
            r#"articula_operations_total{kind="query",name="anonymous",outcome="ok"} 1"#,
            r#"articula_operation_cost_count{kind="query"} 5"#,
            "articula_operations_under_way 0",
            "articula_http_requests_under_way 0",
            "articula_http_turned_away_total 0",
            r#"articula_database_connections{pool="answers",state="idle"}"#,
        ] {
            assert!(metrics.contains(line), "{line} is not in\n{metrics}");
        }
        assert!(metrics.ends_with("# EOF\n"), "{metrics}");
        let value = |name: &str| {
            let line = metrics.lines().find_map(|line| line.strip_prefix(name)).expect(name);
            line.trim().parse::<f64>().expect("a number")
        };
        assert_eq!(value("articula_statements_total "), service.app.store().statements().get() as f64);
        assert!(value("articula_http_connections ") >= 1.0, "{metrics}");
        for personal in [LEADER, "lider", name.as_str().expect("a name"), "Invented"] {
            assert!(!metrics.contains(personal), "{personal} is in\n{metrics}");
        }
        let outside = service.request(reqwest::Method::GET, "/metrics").send().await.expect("an answer");
        assert_eq!(outside.status(), 404, "clients do not watch the service");
        service.stop().await;
    });
}
