//! Documents that attack. Each is refused by its name before it costs anything, and the service lives on.

use articula_tests::demonstration::{self, LEADER};
use serde_json::json;

use super::lives;

/// `depth` fragments, each of which spreads the next twice: 2^depth fields from a few hundred bytes.
fn fragment_bomb(depth: usize) -> String {
    let links = (0..depth).map(|n| format!("fragment f{n} on Query{{...f{}...f{}}}", n + 1, n + 1));
    format!("{{...f0}}{}fragment f{depth} on Query{{__typename}}", links.collect::<String>())
}

fn hostile() -> Vec<(String, &'static str)> {
    let nested = |open: &str, close: &str, n: usize| {
        format!("{{departments(first:1,where:{}1{}){{totalCount}}}}", open.repeat(n), close.repeat(n))
    };
    let aliases: String = (0..400).map(|n| format!("a{n}:name ")).collect();
    let operations: String = (0..200).map(|n| format!("query q{n}{{__typename}}")).collect();
    let fragments: String = (0..300).map(|n| format!("fragment f{n} on Query{{__typename}}")).collect();
    let variables = (0..300).map(|n| format!("$v{n}:Int")).collect::<Vec<_>>().join(",");
    let circle = "fields{type{fields{type{fields{name}}}}}";
    vec![
        (nested("[", "]", 1_500), "DOCUMENT_TOO_DEEP"),
        (nested("{and:[", "]}", 1_000), "DOCUMENT_TOO_DEEP"),
        ("{organization".repeat(2_000), "DOCUMENT_TOO_DEEP"),
        ("[".repeat(60_000), "DOCUMENT_TOO_DEEP"),
        (fragment_bomb(26), "SELECTION_TOO_LARGE"),
        ("{...a}fragment a on Query{...b}fragment b on Query{...a}".to_owned(), "FRAGMENT_CYCLE"),
        (format!("{{viewer{{{aliases}}}}}"), "TOO_MANY_ALIASES"),
        (format!("{{viewer{{name{}}}}}", "@skip(if:false)".repeat(400)), "TOO_MANY_DIRECTIVES"),
        (format!("{{{}}}", "__typename ".repeat(300)), "TOO_MANY_ROOT_FIELDS"),
        (operations, "TOO_MANY_OPERATIONS"),
        (format!("{{__typename}}{fragments}"), "TOO_MANY_FRAGMENTS"),
        (format!("query({variables}){{__typename}}"), "TOO_MANY_VARIABLES"),
        (format!("{{__type(name:\"Organization\"){{{circle}}}}}"), "INTROSPECTION_TOO_DEEP"),
        (format!("{{{}}}", "x".repeat(4_000)), "NAME_TOO_LONG"),
        (format!("{{viewer{{name}}}}#{}", "x".repeat(70_000)), "DOCUMENT_TOO_LARGE"),
        (format!("{{viewer{{{}}}}}", "name,".repeat(9_000)), "DOCUMENT_TOO_MANY_TOKENS"),
        ("{\"\"\"".to_owned(), "DOCUMENT_SYNTAX"),
        ("\u{feff}{".to_owned(), "DOCUMENT_SYNTAX"),
        (String::new(), "DOCUMENT_SYNTAX"),
        ("{nothing}".to_owned(), "DOCUMENT_INVALID"),
        ("subscription{x}".to_owned(), "DOCUMENT_INVALID"),
        ("type Query{a:Int}".to_owned(), "DOCUMENT_SYNTAX"),
    ]
}

#[test]
fn hostile_documents_are_refused_by_name_and_the_service_lives() {
    demonstration::on_each(async |service| {
        let mut wrong = Vec::new();
        for (document, code) in hostile() {
            let begun = std::time::Instant::now();
            let answer = service.user(LEADER).ask(&document, json!({})).await;
            let took = begun.elapsed();
            let start: String = document.chars().take(60).collect();
            if answer.codes().is_empty()
                || answer.codes().iter().any(|given| given != code)
                || answer.body.get("data").is_some_and(|data| !data.is_null())
            {
                wrong.push(format!("{start}…: {code} expected, {}", &answer.text[..answer.text.len().min(300)]));
            }
            // A bound is told as the number that it is.
            let bound = &answer.body["errors"][0]["extensions"]["maximum"];
            if !bound.is_null() && !bound.is_u64() {
                wrong.push(format!("{start}…: the bound is {bound}"));
            }
            // Not a measure: what got past the guard took the library seconds.
            assert!(took.as_secs() < 5, "{start} took {took:?}");
            lives(service, &start).await;
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    });
}

#[test]
fn three_kilobytes_of_lists_and_a_bomb_of_one_kilobyte_are_what_they_say() {
    assert!(hostile()[0].0.len() < 3_100);
    assert!(fragment_bomb(26).len() < 1_000);
}

#[test]
fn values_that_fit_no_type_are_told() {
    demonstration::on_each(async |service| {
        let leader = service.user(LEADER);
        let invalid =
            ["DOCUMENT_INVALID", "VARIABLES_INVALID", "PAGE_SIZE_INVALID", "INVALID_ARGUMENT", "DOCUMENT_SYNTAX"];
        let huge = "9".repeat(400);
        for value in [
            "99999999999999999999",
            "2147483648",
            "-1",
            "0",
            "101",
            "1.5",
            "1e400",
            "\"1\"",
            "null",
            &huge,
            "-9223372036854775809",
        ] {
            let literal = leader.ask(&format!("{{departments(first:{value}){{totalCount}}}}"), json!({})).await;
            assert!(literal.codes().iter().any(|code| invalid.contains(&code.as_str())), "{value}: {}", literal.text);
            let body = format!(
                r#"{{"query":"query($n:Int){{departments(first:$n){{totalCount}}}}","variables":{{"n":{value}}}}}"#
            );
            let variable = leader.post(body).await;
            let codes = variable.codes();
            assert!(
                codes.iter().any(|code| invalid.contains(&code.as_str()) || code == "BAD_REQUEST"),
                "{value}: {}",
                variable.text
            );
            lives(service, value).await;
        }
    });
}

#[test]
fn texts_that_no_database_keeps_are_refused_or_find_nothing() {
    demonstration::on_each(async |service| {
        let leader = service.user(LEADER);
        let search = "query($t:String!){legalActs(first:1,where:{subject:{contains:$t}}){totalCount}}";
        let organization = r#"{ organization(by: { territorialEntity: { divipola: "25286" } }) { id } }"#;
        let organization = leader.data(organization, json!({})).await["organization"]["id"].clone();
        let create = r#"mutation($o:ID!,$t:String!){legalActCreate(organization:$o,input:{kind:CIRCULAR,number:$t,issuer:"SE",
            date:"2026-01-01",subject:"x"}){legalAct{id} errors{code}}}"#;
        for text in ["\u{0}", "a\u{0}b", "%", "_", "\\", "'; DROP TABLE organization; --", "\u{202e}", "\u{fffe}", "👩‍👩‍👧"]
        {
            let found = leader.ask(search, json!({ "t": text })).await;
            assert!(found.codes().iter().all(|code| code != "INTERNAL"), "{text:?}: {}", found.text);
            let id = leader.ask("query($t:ID!){node(id:$t){id}}", json!({ "t": text })).await;
            let nothing = if text.contains('\u{0}') { "VARIABLES_INVALID" } else { "NOT_FOUND" };
            assert_eq!(id.codes(), [nothing], "{text:?}: {}", id.text);
            let made = leader.ask(create, json!({ "o": organization, "t": text })).await;
            assert!(!made.text.contains("INTERNAL"), "{text:?}: {}", made.text);
            if text.contains('\u{0}') {
                for answer in [&found, &made] {
                    assert_eq!(answer.codes(), ["VARIABLES_INVALID"], "{text:?}: {}", answer.text);
                }
            }
            lives(service, text).await;
        }
        let written = r#"{legalActs(first:1,where:{subject:{contains:"a\u0000"}}){totalCount}}"#;
        let answer = leader.ask(written, json!({})).await;
        assert!(!answer.codes().is_empty() && !answer.text.contains("INTERNAL"), "{}", answer.text);
        // In a filter these two mean themselves.
        for text in ["%", "_"] {
            let found = leader.data(search, json!({ "t": text })).await;
            assert_eq!(found["legalActs"]["totalCount"], 0, "{text} is no wildcard");
        }
    });
}
