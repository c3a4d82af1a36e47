//! However a request is written — aliases, fragments, variables, directives, repeated fields, names of operations — what is
//! decided is the same.

use std::collections::BTreeSet;

use articula::exchange::demo::ANCHOR;
use articula_tests::{
    database, demonstration,
    seed::Data,
    service::{Answer, Service, text},
};
use serde_json::{Map, Value, json};

use super::{
    calls::Call,
    stock::{Outcome, Shelf, is_walked_whole, walked},
};
use crate::reader::generate::document;

/// Who reads all, who may not read personal data, who reads what is published, who reads members, who reads nothing of it.
const READERS: &[&str] =
    &["control.interno@funza", "lider.calidad@funza", "jefe.dependencia@funza", "admin@funza", "analista@esap"];
/// Small, and with a row of every table.
const OTHERS: &str = "name NOT IN ('Secretaría de Educación de Funza', 'Secretaría de Educación de Uribia', \
                      'Ministerio de Educación Nacional', 'Escuela Superior de Administración Pública (ESAP)')";

pub fn cases(by_default: u64) -> u64 {
    std::env::var("ARTICULA_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(by_default)
}

/// What was decided: the codes, each where it was decided.
fn decisions(answer: &Answer) -> BTreeSet<(String, String)> {
    let errors = answer.body["errors"].as_array().cloned().unwrap_or_default();
    errors.iter().map(|error| (error["path"].to_string(), text(&error["extensions"]["code"]))).collect()
}

/// Refused for its size: the same question said at length.
fn is_too_long(answer: &Answer) -> bool {
    answer.body["data"].is_null() && answer.codes().iter().any(|code| code.contains("TOO_"))
}

#[test]
fn a_query_written_otherwise_is_decided_and_answered_the_same() {
    database::on_each(|fresh| async move {
        demonstration::fill(&fresh).await;
        fresh.remove_organizations(OTHERS).await;
        let data = Data::of(&fresh).await;
        let service = Service::start(&fresh, ANCHOR).await;
        let (mut compared, mut refusing) = (0, 0);
        for seed in 0..cases(60) {
            let user = service.user(READERS[seed as usize % READERS.len()]);
            let (plain, styled) = (document(&data, seed, true), document(&data, seed, false));
            let one = user.ask(&plain.text, Value::Object(plain.variables.clone())).await;
            let other = user.ask(&styled.text, Value::Object(styled.variables.clone())).await;
            if is_too_long(&other) {
                continue;
            }
            let told = || format!("seed {seed}\n{}\n{}\n{}\n{}", plain.text, styled.text, one.text, other.text);
            assert_eq!(one.body["data"], other.body["data"], "{}", told());
            assert_eq!(decisions(&one), decisions(&other), "{}", told());
            compared += 1;
            refusing += u64::from(!decisions(&one).is_empty());
        }
        assert!(compared * 2 > cases(60), "only {compared} are short enough to be compared");
        assert!(refusing * 10 > compared, "only {refusing} of {compared} have something to decide");
        service.stop().await;
    });
}

/// A mutation said with all that the language has.
fn written_otherwise(call: &Call, said: &str, shelf: &Shelf) -> (String, Value) {
    let mut variables = Map::from_iter([
        ("dry".to_owned(), json!(true)),
        ("yes".to_owned(), json!(true)),
        ("no".to_owned(), json!(false)),
    ]);
    let (mut said, mut declared) = (said.to_owned(), String::new());
    for name in call.names() {
        let id = &shelf.thing(name).id;
        if variables.insert(name.to_owned(), json!(id)).is_none() {
            said = said.replace(&format!("{id:?}"), &format!("${name}"));
            declared.push_str(&format!(", ${name}: ID!"));
        }
    }
    let (act, field) = (call.act, call.declared().payload().singular);
    let payload = articula::execution::act::payload_name(call.declared().payload());
    let document = format!(
        "query Other {{ __typename }}
         mutation Walk($dry: Boolean!, $yes: Boolean!, $no: Boolean! {declared}) {{
           ... @skip(if: $yes) {{ never: {act}({said}, dryRun: false) {{ __typename }} }}
           ...Acts ... on Mutation @include(if: $no) {{ nor: {act}({said}, dryRun: false) {{ __typename }} }} }}
         fragment Acts on Mutation {{ again: {act}({said}, dryRun: $dry) {{ ...Told errors {{ code }} }} ...Nested }}
         fragment Nested on Mutation {{ ... {{ again: {act}({said}, dryRun: $dry) {{ errors {{ path }} }} }} }}
         fragment Told on {payload} {{ thing: {field} {{ __typename }} ... on {payload} {{ errors {{ code path }} }} }}"
    );
    (document, Value::Object(variables))
}

#[test]
fn a_mutation_written_otherwise_is_decided_the_same() {
    demonstration::on_each(async |service| {
        let mut outcomes = BTreeSet::new();
        for call in walked(service, Call::of_each_mutation()) {
            let shelf = Shelf::for_call(service, call).await;
            let said = shelf.say(call);
            let plain = format!(
                "mutation {{ act: {}({said}, dryRun: true) {{ thing: {} {{ __typename }} errors {{ code path }} }} }}",
                call.act,
                call.declared().payload().singular
            );
            let (document, variables) = written_otherwise(call, &said, &shelf);
            let body = json!({ "query": document, "variables": variables, "operationName": "Walk" }).to_string();
            for subject in [call.doer(), "jefe.dependencia@funza".to_owned(), "lider.calidad@medellin".to_owned()] {
                let user = service.user(&subject);
                let (one, other) = (user.ask(&plain, json!({})).await, user.post(body.clone()).await);
                let (mine, again) = (&one.body["data"]["act"], &other.body["data"]["again"]);
                assert_eq!(mine, again, "{subject}: {document}\n{}\n{}", one.text, other.text);
                assert_eq!(one.codes(), other.codes(), "{subject}: {document}");
                let keys = other.body["data"].as_object().map(Map::len);
                assert_eq!(keys, Some(1), "what is skipped is not done: {}", other.text);
                outcomes.insert(format!("{:?}", Outcome::of(&one)));
            }
        }
        // Done, forbidden, hidden, and out of the scope of the head of a unit.
        assert!(outcomes.len() == 4 || !is_walked_whole(service), "{outcomes:?}");
    });
}
