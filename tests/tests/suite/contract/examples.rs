//! Every document that we show to newcomers runs as it stands beside what it says of itself.

use std::path::{Path, PathBuf};

use articula_tests::demonstration;
use serde_json::{Value, json};

/// Answers up to this many bytes are kept as snapshots; longer ones would hide what changed in them.
const SMALL: usize = 6_000;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples")
}

/// Name, document, and what stands beside it.
fn examples() -> Vec<(String, String, Value)> {
    let files = std::fs::read_dir(folder()).expect("the folder").map(|file| file.expect("a file").path());
    let mut documents: Vec<_> = files.filter(|path| path.extension().is_some_and(|kind| kind == "graphql")).collect();
    documents.sort();
    let read = |path: &Path| std::fs::read_to_string(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    let example = |path: &PathBuf| {
        let beside = serde_json::from_str(&read(&path.with_extension("json"))).expect("JSON beside the document");
        (path.file_stem().expect("a name").to_string_lossy().into_owned(), read(path), beside)
    };
    documents.iter().map(example).collect()
}

/// The first id in an answer.
fn id(value: &Value) -> Option<Value> {
    match value {
        Value::Object(fields) => fields.get("id").cloned().or_else(|| fields.values().find_map(id)),
        Value::Array(items) => items.iter().find_map(id),
        _ => None,
    }
}

#[test]
fn every_example_answers_what_it_promises_and_the_same_on_each_database() {
    demonstration::on_each(async |service| {
        let examples = examples();
        assert!(examples.len() >= 7, "the examples are gone");
        for (name, document, beside) in examples {
            let user = service.user(beside["as"].as_str().expect("the account that asks"));
            let mut variables = beside["variables"].clone();
            for (name, field) in beside["ids"].as_object().into_iter().flatten() {
                let found = user.data(&format!("{{ it: {} }}", field.as_str().expect("a root field")), json!({})).await;
                variables[name] = id(&found).unwrap_or_else(|| panic!("{name} of {field} is not found"));
            }
            let answer = user.ask(&document, variables).await;
            let mut expected: Vec<_> = beside["codes"].as_array().cloned().unwrap_or_default();
            let mut codes: Vec<_> = answer.codes().into_iter().map(Value::from).collect();
            expected.sort_by_key(ToString::to_string);
            codes.sort_by_key(ToString::to_string);
            codes.dedup();
            assert_eq!((answer.status, &codes), (200, &expected), "{name}: {}", answer.text);
            assert!(answer.body["data"].as_object().is_some_and(|data| !data.is_empty()), "{name}: {}", answer.text);
            let shown: Value = serde_json::from_str(&answer.anonymous()).unwrap_or_default();
            let shown = serde_json::to_string_pretty(&shown).expect("text");
            if shown.len() <= SMALL {
                // The same file for both databases: they must agree.
                insta::assert_snapshot!(format!("example_{name}"), shown);
            }
        }
    });
}

#[test]
fn every_example_is_told_apart_by_a_remark() {
    for (name, document, _) in examples() {
        assert!(document.starts_with("# "), "{name} does not say whose it is and what it shows");
    }
}
