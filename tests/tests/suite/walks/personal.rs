//! Personal data on every path that leads to somebody, read by everybody.

use articula::{
    access::rules::{Extent, Subject},
    catalogue::ENTITIES,
    graph::Declaration,
};
use articula_tests::demonstration;
use serde_json::{Value, json};

use super::{coverage::Schema, matrix::Somebody, selections};

/// Entities with personal members, and the names of these.
fn personal() -> impl Iterator<Item = (&'static Declaration, Vec<&'static str>)> {
    let names = |declaration: &Declaration| {
        declaration.members.iter().filter(|member| member.personal).map(|member| member.name).collect::<Vec<_>>()
    };
    ENTITIES.iter().map(move |declaration| (*declaration, names(declaration))).filter(|(_, names)| !names.is_empty())
}

/// Every object in an answer that has one of these fields.
fn objects<'a>(value: &'a Value, field: &str, into: &mut Vec<&'a Value>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| objects(item, field, into)),
        Value::Object(fields) => {
            if fields.contains_key(field) {
                into.push(value);
            }
            fields.values().for_each(|value| objects(value, field, into));
        }
        _ => {}
    }
}

#[test]
fn personal_data_are_shown_to_the_roles_of_the_table_on_every_path() {
    demonstration::on_each(async |service| {
        let everybody = Somebody::all(service).await;
        let mut faults = Vec::new();
        for (declaration, names) in personal() {
            let paths = selections::paths_to(declaration, &names.join(" "));
            assert!(paths.len() > 3, "{} is reached by {paths:?} only", declaration.name);
            for path in &paths {
                let (mut seen, mut refused) = (0, 0);
                for somebody in everybody.iter().filter(|somebody| somebody.is_known()) {
                    let answer = somebody.user(service).ask(&format!("{{ {path} }}"), json!({})).await;
                    let mut found = Vec::new();
                    objects(&answer.body["data"], names[0], &mut found);
                    let values = || found.iter().flat_map(|object| names.iter().map(|name| &object[*name]));
                    // Elsewhere the same role reads its own organization's.
                    let reads =
                        somebody.rule_anywhere().is_some_and(|rule| rule.extent(Subject::PersonalData) == Extent::All);
                    let told = answer.codes().iter().any(|code| code == "PERSONAL_DATA");
                    let right = match (reads, found.is_empty()) {
                        (_, true) => !told,
                        (true, false) => !told,
                        (false, false) => told && values().all(Value::is_null),
                    };
                    if !right {
                        faults.push(format!("{somebody:?}: {path}: {}", &answer.text[..answer.text.len().min(300)]));
                    }
                    seen += values().filter(|value| !value.is_null()).count();
                    refused += usize::from(told);
                }
                assert!(seen > 0 && refused > 0, "{path}: {seen} values seen, {refused} refused");
            }
        }
        assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults[..faults.len().min(5)].join("\n"));
    });
}

#[test]
fn nothing_personal_is_a_filter_an_order_or_a_group() {
    demonstration::on_each(async |service| {
        let schema = Schema::read(service).await;
        for element in schema.all() {
            let (ty, name) = element.split_once('.').expect("a type and a member");
            if !["Where", "OrderField", "GroupField", "By"].iter().any(|suffix| ty.ends_with(suffix)) {
                continue;
            }
            let name = name.replace('_', "").to_lowercase();
            // A controlled document has a kind as well, and that is nothing personal.
            if name == "documentkind" && (ty.starts_with("Alignment") || ty.starts_with("DocumentVersion")) {
                continue;
            }
            for (_, names) in personal() {
                let meant = names.iter().find(|personal| name.ends_with(&personal.to_lowercase()));
                assert_eq!(meant, None, "{element}");
            }
        }
    });
}
