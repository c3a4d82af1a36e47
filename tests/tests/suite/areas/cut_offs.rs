//! Files with an earlier cut-off tell where everything stood then.

use articula_tests::{
    demonstration::{LEADER, on_each},
    service::text,
};
use entity::improvement::ActionState;
use serde_json::json;

use super::exports::{cell, csv, plans};

#[test]
fn a_file_tells_states_as_they_were_at_its_cut_off() {
    on_each(async |service| {
        let ask =
            "query($id: ID!) { improvementPlan(id: $id) { actions(first: 100, orderBy: [{ field: NUMBER }]) { nodes {
            number state transitions { toState date } } } } }";
        let (mut compared, mut moved) = (0, 0);
        for (_, id, _) in plans(service).await.iter().take(6) {
            let found = service.user(LEADER).data(ask, json!({ "id": id })).await;
            let actions = found["improvementPlan"]["actions"]["nodes"].as_array().expect("actions").clone();
            for day in ["2025-03-31", "2026-01-31"] {
                let table = csv(service, LEADER, &format!("{id}.csv?layout=internal&asOf={day}")).await;
                for row in 1..table.len() {
                    let number = cell(&table, row, "Acción n.º");
                    let action =
                        actions.iter().find(|one| one["number"].as_i64() == number.parse().ok()).expect("the action");
                    let mut steps = action["transitions"].as_array().expect("steps").iter();
                    let then = steps.rfind(|step| step["date"].as_str().is_some_and(|on| on <= day));
                    let then = then.map(|step| text(&step["toState"]));
                    let label = then
                        .as_deref()
                        .and_then(|name| ActionState::VOCABULARY.by_name(name))
                        .map_or("", |term| term.es);
                    assert_eq!(cell(&table, row, "Estado de la acción"), label, "{id} {day} {number}");
                    compared += 1;
                    moved += usize::from(then.is_some_and(|then| action["state"] != then.as_str()));
                }
            }
        }
        assert!(compared > 10 && moved > 1, "{compared} {moved}");
    });
}
