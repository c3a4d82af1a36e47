//! What is kept when the process is killed in the middle of its work.

use std::sync::Mutex;

use serde_json::{Value, json};

use super::{Server, demonstration};
use crate::{COUNT, count, create, organization};

#[test]
fn nothing_acknowledged_is_lost_when_the_process_is_killed() {
    let folder = demonstration();
    let server = folder.serve();
    let token = server.token();
    let organization = organization(&server, &token);
    let acknowledged = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let (server, token, organization, acknowledged) = (&server, &token, &organization, &acknowledged);
            scope.spawn(move || {
                for n in 0.. {
                    let number = format!("KILL-{writer}-{n}");
                    let Some(answer) = create(server, token, organization, &number) else { return };
                    assert_eq!(answer["errors"], json!([]), "{answer}");
                    let mut acknowledged = acknowledged.lock().expect("nobody panicked");
                    acknowledged.push(number);
                    if acknowledged.len() == 120 {
                        server.kill();
                    }
                }
            });
        }
    });
    let acknowledged = acknowledged.into_inner().expect("nobody panicked");
    assert!(acknowledged.len() >= 120);
    let server = folder.serve();
    for writer in 0..4 {
        let prefix = format!("KILL-{writer}-");
        let answer = server.ask(&token, COUNT, json!({ "n": prefix })).expect("an answer");
        let kept: Vec<_> = answer["data"]["legalActs"]["nodes"]
            .as_array()
            .expect("nodes")
            .iter()
            .map(|node| node["number"].clone())
            .collect();
        let mine = acknowledged.iter().filter(|number| number.starts_with(&prefix));
        // The last request of each may have been kept without having been acknowledged.
        for number in mine {
            assert!(kept.contains(&json!(number)) || kept.len() == 100, "{number} was lost");
        }
    }
    let total = count(&server, &token, "KILL-");
    assert!(
        total >= acknowledged.len() as u64 && total <= acknowledged.len() as u64 + 4,
        "{total} of {}",
        acknowledged.len()
    );
    server.stop();
}

/// Plans of so many actions are made and submitted.
const ACTIONS: usize = 20;

/// Makes a draft of a plan; its id and version, unless the process died.
fn draft(server: &Server, token: &str, (organization, unit): (&Value, &Value), code: &str) -> Option<(Value, Value)> {
    let action = json!({ "kind": "CORRECTIVE", "description": "Capacitar", "objective": "Saber", "indicator": "Talleres",
        "resources": "Un salón", "unitOfMeasure": "talleres", "target": "10",
        "weight": "5", "unit": unit, "startsOn": "2026-07-01", "dueOn": "2026-12-31" });
    let input = json!({ "code": code, "name": "Plan", "kind": "INTERNAL", "year": 2026, "unit": unit,
        "actions": vec![action; ACTIONS] });
    let document =
        "mutation($o: ID!, $i: ImprovementPlanCreateInput!) { act: improvementPlanCreate(organization: $o, input: $i)
        { improvementPlan { id version } errors { code path } } }";
    let answer = server.ask(token, document, json!({ "o": organization, "i": input }))?;
    let plan = &answer["data"]["act"]["improvementPlan"];
    assert!(plan["id"].is_string(), "{answer}");
    Some((plan["id"].clone(), plan["version"].clone()))
}

/// Submits it; whether that was acknowledged.
fn submit(server: &Server, token: &str, (id, version): &(Value, Value)) -> Option<()> {
    let document = "mutation($id: ID!, $v: Int!) { act: improvementPlanSubmit(id: $id, expectedVersion: $v)
        { improvementPlan { state } errors { code } } }";
    let answer = server.ask(token, document, json!({ "id": id, "v": version }))?;
    assert_eq!(answer["data"]["act"]["improvementPlan"]["state"], "SUBMITTED", "{answer}");
    Some(())
}

#[test]
fn a_plan_is_submitted_whole_or_not_at_all() {
    let folder = demonstration();
    let server = folder.serve();
    let token = server.token();
    let organization = organization(&server, &token);
    let query =
        r#"{ organization(by: { territorialEntity: { divipola: "25286" } }) { structure { tree { unit { id } } } } }"#;
    let answer = server.ask(&token, query, json!({})).expect("an answer");
    let unit = answer["data"]["organization"]["structure"]["tree"][0]["unit"]["id"].clone();
    let (made, submitted) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for writer in 0..3 {
            let (server, token, made, submitted) = (&server, &token, &made, &submitted);
            let whose = (&organization, &unit);
            scope.spawn(move || {
                for n in 0.. {
                    let Some(plan) = draft(server, token, whose, &format!("K{writer}-{n}")) else { return };
                    made.lock().expect("nobody panicked").push(plan.0.clone());
                    if submit(server, token, &plan).is_none() {
                        return;
                    }
                    let mut submitted = submitted.lock().expect("nobody panicked");
                    submitted.push(plan.0);
                    if submitted.len() == 6 {
                        server.kill();
                    }
                }
            });
        }
    });
    let (made, submitted) = (made.into_inner().expect("well"), submitted.into_inner().expect("well"));
    let server = folder.serve();
    for id in &made {
        let query = "query($id: ID!) { improvementPlan(id: $id) { state transitions { toState }
            actions(first: 100) { nodes { state } } } }";
        let answer = server.ask(&token, query, json!({ "id": id })).expect("an answer");
        let plan = &answer["data"]["improvementPlan"];
        let (of_actions, steps) = match plan["state"].as_str() {
            Some("SUBMITTED") => ("PENDING_APPROVAL", 2),
            Some("DRAFT") if !submitted.contains(id) => ("DRAFT", 1),
            _ => panic!("{id} {answer}"),
        };
        let actions = plan["actions"]["nodes"].as_array().expect("actions");
        assert!(actions.len() == ACTIONS && actions.iter().all(|action| action["state"] == of_actions), "{answer}");
        assert_eq!(plan["transitions"].as_array().map(Vec::len), Some(steps), "{answer}");
    }
    server.stop();
    let (well, said) = folder.run(&["verify"], &[]);
    assert!(well, "{said}");
}
