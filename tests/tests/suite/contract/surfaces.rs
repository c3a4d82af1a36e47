//! The surfaces that clients build on, one line each: a change of any of them is seen in review, and on purpose.

use articula::{
    contract::acts,
    execution::act::COMMON,
    graph::error::{ErrorCode, ErrorEntry},
};
use articula_tests::{database, service::Service};
use serde_json::json;

use super::schema::{INTROSPECTION, written};

#[test]
fn root_fields() {
    database::on_each(async |fresh| {
        let service = Service::start(&fresh, "2026-06-30".parse().expect("a date")).await;
        let schema = service.visitor().data(INTROSPECTION, json!({})).await["__schema"].clone();
        let mut lines = Vec::new();
        for ty in schema["types"].as_array().expect("types") {
            let name = ty["name"].as_str().unwrap_or_default();
            if !["Query", "Mutation", "Subscription"].contains(&name) {
                continue;
            }
            for field in ty["fields"].as_array().expect("fields") {
                let arguments = field["args"].as_array().into_iter().flatten();
                let arguments =
                    arguments.map(|it| format!("{}: {}", it["name"].as_str().unwrap_or(""), written(&it["type"])));
                let arguments = arguments.collect::<Vec<_>>().join(", ");
                let field_name = field["name"].as_str().unwrap_or_default();
                lines.push(format!("{name}.{field_name}({arguments}): {}", written(&field["type"])));
            }
        }
        insta::assert_snapshot!("root_fields", lines.join("\n"));
        service.stop().await;
    });
}

#[test]
fn error_codes() {
    let line = |code: &ErrorCode| {
        let ErrorEntry { class, status, retriable, .. } = code.entry();
        let status = status.map_or("-".to_owned(), |status| status.to_string());
        format!("{} {} {status} {}", code.name(), class.name(), if retriable { "retriable" } else { "-" })
    };
    insta::assert_snapshot!("error_codes", ErrorCode::ALL.iter().map(line).collect::<Vec<_>>().join("\n"));
}

#[test]
fn codes_of_acts() {
    let names = |codes: &[ErrorCode]| codes.iter().map(|code| code.name()).collect::<Vec<_>>().join(" ");
    let mut lines = vec![format!("(every act) {}", names(COMMON))];
    lines.extend(acts().iter().map(|act| format!("{} {}", act.name(), names(act.codes()))));
    insta::assert_snapshot!("codes_of_acts", lines.join("\n"));
}
