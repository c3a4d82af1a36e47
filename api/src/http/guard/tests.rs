//! The guard against what attacks it, and for what real clients send.

use std::thread;

use async_graphql::parser::types::ExecutableDocument;
use async_graphql::{Value, Variables};
use proptest::prelude::*;

use super::*;

/// The stack of a worker thread: tokio's default.
const STACK: usize = 2 * 1024 * 1024;

const INTROSPECTION: &str = "query IntrospectionQuery { __schema { description queryType { name kind } mutationType { name kind }
 subscriptionType { name kind } types { ...FullType } directives { name description isRepeatable locations
 args(includeDeprecated: true) { ...InputValue } } } }
 fragment FullType on __Type { kind name description specifiedByURL isOneOf
 fields(includeDeprecated: true) { name description args(includeDeprecated: true) { ...InputValue } type { ...TypeRef }
 isDeprecated deprecationReason } inputFields(includeDeprecated: true) { ...InputValue } interfaces { ...TypeRef }
 enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } possibleTypes { ...TypeRef } }
 fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue isDeprecated deprecationReason }
 fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name
 ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } } }";

const ORDINARY: &str = r#"query Screen($first: Int = 20, $after: String, $where: OrganizationWhere = {code: {in: ["05001", "11001"]}}) {
  organizations(first: $first, after: $after, where: $where, orderBy: [{name: ASC}]) @include(if: true) {
    totalCount # counted only when asked
    edges { cursor node { id name: displayName ...Structure ... on Organization @skip(if: false) { note(text: """
      a "block" \""" text { [ ( #
    """, other: "quo\"te é }", number: -1.5e+3) } } }
  }
} fragment Structure on Organization { structure(asOf: "2020-01-01") { units { id parent { id } } } }"#;

fn cases() -> u32 {
    std::env::var("ARTICULA_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(64)
}

fn code<T>(result: Result<T, Refusal>) -> &'static str {
    result.map_or_else(|refusal| refusal.code(), |_| "accepted")
}

fn scanned(document: &str) -> Result<Scanned, Refusal> {
    scan(document, &Limits::default())
}

/// Parses without asking the scan, on a thread large enough for anything.
fn parsed(document: &str) -> ExecutableDocument {
    parse(document).unwrap_or_else(|error| panic!("{error}: {document}")).document
}

fn measured(document: &str) -> Result<Measured, Refusal> {
    measure(&parsed(document), None, &Variables::default(), &Limits::default())
}

/// Both stages, as the edge calls them.
fn admitted(document: &str) -> Result<Measured, Refusal> {
    scanned(document)?;
    measured(document)
}

fn on_small_stack<T: Send + 'static>(stack: usize, run: impl FnOnce() -> T + Send + 'static) -> T {
    thread::Builder::new().stack_size(stack).spawn(run).expect("a thread").join().expect("no panic")
}

#[test]
fn what_real_clients_send_passes() {
    for document in [INTROSPECTION, ORDINARY, "{x}", "\u{feff}{ x }", "query A{x} query B{y}"] {
        let measured = admitted(document).unwrap_or_else(|refusal| panic!("{refusal}: {document}"));
        assert!(measured.fields > 0);
    }
    let introspection = measured(INTROSPECTION).expect("passes");
    assert_eq!((introspection.depth, introspection.root_fields), (15, 1));
    assert!(introspection.nodes < 1_000 && introspection.merges < 1_000, "{introspection:?}");
    assert!(scanned(INTROSPECTION).expect("passes").tokens < 300);
    assert!(scanned(INTROSPECTION).expect("passes").nesting <= Limits::default().nesting / 2);
}

#[test]
fn every_attack_on_the_text_has_its_code() {
    let unterminated = format!("{{x(s: \"\"\"{}", "a".repeat(3000));
    let padded = format!("{{x}}{}", " ".repeat(64 * 1024));
    let table = [
        (hostile::nested_values("[", "]", 1500), "DOCUMENT_TOO_DEEP"),
        (hostile::nested_values("{a:", "}", 1000), "DOCUMENT_TOO_DEEP"),
        (format!("{{x(v:{}", "[".repeat(3000)), "DOCUMENT_TOO_DEEP"),
        (hostile::nested_type(1000), "DOCUMENT_TOO_DEEP"),
        (hostile::nested_default(1000), "DOCUMENT_TOO_DEEP"),
        (hostile::nested_directive(1000), "DOCUMENT_TOO_DEEP"),
        (hostile::deep_selection(33), "DOCUMENT_TOO_DEEP"),
        (hostile::deep_inline(32), "DOCUMENT_TOO_DEEP"),
        (hostile::flat(10_000), "DOCUMENT_TOO_MANY_TOKENS"),
        (format!("{{x}}{}", "#\n".repeat(6_000)), "DOCUMENT_TOO_MANY_TOKENS"),
        (hostile::long_type(129, 1), "NAME_TOO_LONG"),
        (padded, "DOCUMENT_TOO_LARGE"),
        (unterminated, "DOCUMENT_SYNTAX"),
        ("{x(s: \"a\n\")}".into(), "DOCUMENT_SYNTAX"),
        ("{x(s: \"".into(), "DOCUMENT_SYNTAX"),
        ("{x(s: \"\\".into(), "DOCUMENT_SYNTAX"),
        (r#"{x(s: "\uD800")}"#.into(), "DOCUMENT_SYNTAX"),
        (r#"{x(s: "\udfff")}"#.into(), "DOCUMENT_SYNTAX"),
        (r#"{x(s: "\u12")}"#.into(), "DOCUMENT_SYNTAX"),
        (r#"{x(s: "\x")}"#.into(), "DOCUMENT_SYNTAX"),
        ("{x\0}".into(), "DOCUMENT_SYNTAX"),
        ("{x}\u{0}".into(), "DOCUMENT_SYNTAX"),
        ("{é}".into(), "DOCUMENT_SYNTAX"),
        ("{x(a: [1)]}".into(), "DOCUMENT_SYNTAX"),
        ("{x".into(), "DOCUMENT_SYNTAX"),
        ("}".into(), "DOCUMENT_SYNTAX"),
        ("{..x}".into(), "DOCUMENT_SYNTAX"),
    ];
    for (document, expected) in table {
        assert_eq!(code(scanned(&document)), expected, "{}", document.chars().take(60).collect::<String>());
    }
}

#[test]
fn every_attack_on_the_expansion_has_its_code() {
    let table = [
        (hostile::fragment_bomb(24, 2, "x"), "SELECTION_TOO_LARGE"),
        (hostile::fragment_bomb(24, 2, "...Unknown"), "SELECTION_TOO_LARGE"),
        (hostile::fragment_bomb(30, 40, "x"), "SELECTION_TOO_LARGE"),
        (hostile::fragment_bomb(24, 2, "x").replacen("{...F0}", "query A{x} query B{...F0}", 1), "SELECTION_TOO_LARGE"),
        (hostile::overlap_bomb(800, 900), "SELECTION_TOO_LARGE"),
        (hostile::fragment_chain(90, true, 0), "DOCUMENT_TOO_DEEP"),
        (hostile::fragment_chain(40, false, 25), "DOCUMENT_TOO_DEEP"),
        (hostile::fragment_chain(101, true, 0), "TOO_MANY_FRAGMENTS"),
        (hostile::fragment_cycle(1, true), "FRAGMENT_CYCLE"),
        (hostile::fragment_cycle(2, false), "FRAGMENT_CYCLE"),
        (hostile::fragment_cycle(100, true), "FRAGMENT_CYCLE"),
        (hostile::deep_selection(17), "DOCUMENT_TOO_DEEP"),
        (hostile::alias_bomb(101).replace('{', "{q{") + "}", "TOO_MANY_ALIASES"),
        (hostile::directive_bomb(101), "TOO_MANY_DIRECTIVES"),
        (hostile::alias_bomb(21), "TOO_MANY_ROOT_FIELDS"),
        (format!("{{{}}} fragment F on Q{{a b c}}", "...F ".repeat(7)), "TOO_MANY_ROOT_FIELDS"),
        (hostile::operations(11), "TOO_MANY_OPERATIONS"),
        (hostile::variables(101), "TOO_MANY_VARIABLES"),
        (hostile::argument_bomb(33), "TOO_MANY_ARGUMENTS"),
        (hostile::argument_bomb(32), "accepted"),
        (hostile::introspection_circle(1), "accepted"),
        (hostile::introspection_circle(2), "INTROSPECTION_TOO_DEEP"),
        (format!("{{x(n: {})}}", "9".repeat(400)), "accepted"),
    ];
    for (document, expected) in table {
        let start = document.chars().take(60).collect::<String>();
        assert!(scanned(&document).is_ok(), "the scan lets it through: {start}");
        if document.contains("9999") {
            assert!(parse(&document).is_err(), "a number without a value is an error, not an abort");
            continue;
        }
        assert_eq!(code(measured(&document)), expected, "{start}");
    }
}

#[test]
fn a_variable_weighs_once_for_each_use() {
    let numbers = Value::List((0..5_000).map(Value::from).collect());
    let text = Value::String("á".repeat(100_000));
    for value in [numbers, text] {
        let given = |value: &Value| Variables::from_json(serde_json::json!({ "v": value }));
        let ask = |uses, variables: &Variables| {
            measure(&parsed(&hostile::variable_uses(uses)), None, variables, &Limits::default())
        };
        let variables: Variables = given(&value);
        assert_eq!(code(ask(1, &variables)), "accepted");
        assert_eq!(code(ask(15, &variables)), "ARGUMENT_VALUES_TOO_LARGE");
        assert_eq!(code(ask(1000, &given(&Value::from(1)))), "accepted");
    }
    let row: serde_json::Map<_, _> =
        (0..9).map(|i| (format!("column{i}"), serde_json::json!("a value of 24 characters"))).collect();
    let bulk = Variables::from_json(serde_json::json!({ "v": vec![row; 990] }));
    let use_of = |document| code(measure(&parsed(document), None, &bulk, &Limits::default()));
    assert_eq!(use_of("mutation($v:[Row!]!){load(rows:$v){id}}"), "accepted", "as many rows as a body holds");
    assert_eq!(use_of("mutation($v:[Row!]!){a:load(rows:$v){id} b:load(rows:$v){id}}"), "ARGUMENT_VALUES_TOO_LARGE");
    let empty = Variables::from_json(serde_json::json!({ "v": vec![serde_json::json!({}); 9_000] }));
    let refused = measure(&parsed(&hostile::variable_uses(1)), None, &empty, &Limits::default());
    assert_eq!(code(refused), "ARGUMENT_VALUES_TOO_LARGE", "empty objects are not free");
    let default = format!("query($v:[Int]=[{}]){{q{{{}}}}}", "1 ".repeat(4000), "x(v:$v)".repeat(20));
    assert_eq!(code(measured(&default)), "ARGUMENT_VALUES_TOO_LARGE", "a default weighs too");
}

#[test]
fn only_the_chosen_operation_must_be_small_and_the_sum_of_all_bounded() {
    let document = parsed("query Small{x} query Deep{q{q{q{q{q{q{q{q{q{q{q{q{q{q{q{q{q{x}}}}}}}}}}}}}}}}}}");
    let ask = |operation| code(measure(&document, operation, &Variables::default(), &Limits::default()));
    assert_eq!(ask(Some("Small")), "accepted");
    assert_eq!(ask(Some("Deep")), "DOCUMENT_TOO_DEEP");
    assert_eq!((ask(None), ask(Some("Unknown"))), ("DOCUMENT_TOO_DEEP", "DOCUMENT_TOO_DEEP"));
}

#[test]
fn refusals_say_where_and_how_much() {
    let refusal = scan("{\r\n  é", &Limits::default()).expect_err("refused");
    assert_eq!(refusal.position(), Some(Position { line: 2, column: 3 }));
    let limits = Limits { tokens: 4, ..Limits::default() };
    let refusal = scan("# ñ\n{ a,\tb c }", &limits).expect_err("refused");
    let params = [("actual", "5"), ("maximum", "4"), ("line", "2"), ("column", "8")];
    assert_eq!(refusal.params(), params.map(|(name, value)| (name, value.to_owned())));
    let refusal = measured("{x} fragment A on Q{...B}\nfragment B on Q{...A}").expect_err("refused");
    assert_eq!((refusal.code(), refusal.params()[0].1.as_str()), ("FRAGMENT_CYCLE", "A"));
    let codes: std::collections::HashSet<_> = Limit::ALL.iter().map(|limit| limit.code()).collect();
    assert_eq!(codes.len(), Limit::ALL.len(), "one code for each bound");
}

#[test]
fn work_is_linear_in_what_is_received() {
    let wide = Limits { document_bytes: u64::MAX, tokens: u64::MAX, name_bytes: u64::MAX, ..Limits::default() };
    let wide = Limits { nodes: u64::MAX - 1, merges: u64::MAX, fields: u64::MAX, fragments: u64::MAX, ..wide };
    let texts = [
        hostile::flat(50_000),
        hostile::alias_bomb(50_000),
        format!("{{x(s:{})}}", "\"\" \"\"\"\\\"\"\" \"\"\" ".repeat(20_000)),
        format!("{{x}}#{}", "\u{feff}é".repeat(20_000)),
        "{x}".to_owned() + &"\n#".repeat(20_000),
    ];
    for text in texts {
        let seen = scan(&text, &wide).expect("accepted");
        assert!(seen.work <= text.len() as u64, "{} steps for {} bytes", seen.work, text.len());
    }
    for (levels, width) in [(14, 2), (28, 2), (28, 8), (28, 64)] {
        let text = hostile::fragment_bomb(levels, width, "x");
        // Refused or not, the steps are counted: what saturates is let through here by raising the limits over it.
        let free = Limits { nodes: u64::MAX, root_fields: u64::MAX, ..wide.clone() };
        let seen = measure(&parsed(&text), None, &Variables::default(), &free).expect("counted");
        assert!(seen.work <= text.len() as u64, "{} steps for {} bytes", seen.work, text.len());
    }
    let text = hostile::fragment_bomb(28, 2, "x");
    assert!(text.len() < 1_024, "the kilobyte that costs the library seconds: {}", text.len());
    let json = format!("{{\"v\":[{}]}}", "1,".repeat(100_000));
    let free = Limits { values: u64::MAX, ..Limits::default() };
    assert!(weigh(&json, &free).expect("counted").work <= json.len() as u64);
}

#[test]
fn chains_of_fragments_cost_no_stack() {
    let limits = Limits { fragments: u64::MAX, ..Limits::default() };
    for text in [hostile::fragment_chain(20_000, true, 0), hostile::fragment_cycle(20_000, true)] {
        let document = parsed(&text);
        let limits = limits.clone();
        let refusal =
            on_small_stack(256 * 1024, move || code(measure(&document, None, &Variables::default(), &limits)));
        assert!(matches!(refusal, "DOCUMENT_TOO_DEEP" | "FRAGMENT_CYCLE"));
    }
}

#[test]
fn the_parser_bears_twice_the_allowed_nesting() {
    let nesting = usize::try_from(Limits::default().nesting * 2).expect("small");
    let wide = Limits { nesting: NESTING_CEILING, ..Limits::default() };
    let documents = [
        hostile::nested_values("[", "]", nesting - 2),
        hostile::nested_values("{a:", "}", nesting - 2),
        hostile::nested_type(nesting - 1),
        hostile::nested_default(nesting - 1),
        hostile::nested_directive(nesting - 2),
        hostile::deep_selection(nesting),
        hostile::deep_inline(nesting - 1),
    ];
    for document in documents {
        assert!(scan(&document, &wide).is_ok(), "the scan set wide lets it through: {document}");
        assert!(scan(&document, &Limits::default()).is_err());
        let wide = Limits { depth: 64, ..wide.clone() };
        let outcome = on_small_stack(STACK, move || {
            let document = parse(&document).map_err(|error| error.to_string())?.document;
            Ok::<_, String>(code(measure(&document, None, &Variables::default(), &wide)))
        });
        assert_eq!(outcome.as_deref(), Ok("accepted"));
    }
}

#[test]
fn bodies_and_variables_are_bounded() {
    let limits = Limits::default();
    assert_eq!(code(check_body(256 * 1024, &limits)), "accepted");
    assert_eq!(code(check_body(256 * 1024 + 1, &limits)), "BODY_TOO_LARGE");
    let seen = weigh(r#"{"a": [1, -2.5e+3, true, null], "b": {"c\"{[": "x:y"}, "d": ""}"#, &limits).expect("accepted");
    assert_eq!((seen.values, seen.nesting, seen.longest_text), (9, 2, 5));
    let nested = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
    assert_eq!(code(weigh(&nested(24), &limits)), "accepted");
    assert_eq!(code(weigh(&nested(25), &limits)), "VARIABLES_TOO_DEEP");
    assert_eq!(code(weigh(&nested(100_000), &limits)), "VARIABLES_TOO_DEEP");
    assert_eq!(code(weigh(&format!("[{}1]", "1,".repeat(9_998)), &limits)), "accepted");
    assert_eq!(code(weigh(&format!("[{}1]", "1,".repeat(9_999)), &limits)), "VARIABLES_TOO_LARGE");
    assert_eq!(code(weigh(&format!("[\"{}\"]", "a".repeat(64 * 1024 + 1)), &limits)), "VARIABLES_TOO_LARGE");
}

#[test]
fn the_configuration_names_only_what_exists() {
    let limits: Limits = serde_json::from_str(r#"{"depth": 8}"#).expect("valid");
    assert_eq!(limits, Limits { depth: 8, ..Limits::default() });
    assert!(serde_json::from_str::<Limits>(r#"{"dpeth": 8}"#).is_err());
}

/// Pieces that documents are made of, whole and broken.
fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "{", "}", "[", "]", "(", ")", ":", "$", "@", "=", "!", "...", "x", "on", "fragment", "query", "Q", "1", "-",
        "1.5", "1e9", "\"", "\"\"\"", "\\\"\"\"", "\\u0041", "\\", "#", "\n", "\r", " ", ",", "\u{feff}", "é", "true",
        "null", "{x}", "[1]", "{a:",
    ])
}

/// Scans and parses a text, on a stack as small as a worker's; whatever passes is a document for another parser too.
fn agreed(text: &str) -> Result<(), TestCaseError> {
    let own = text.to_owned();
    let passed = on_small_stack(STACK, move || {
        scanned(&own).ok()?;
        let parsed = parse(&own).ok()?;
        let _ = measure(&parsed.document, None, &Variables::default(), &Limits::default());
        Some(parsed.descriptions.is_empty())
    });
    if passed == Some(true) {
        let elsewhere = apollo_compiler::ast::Document::parse(text, "document");
        prop_assert!(elsewhere.is_ok(), "{text}: {:?}", elsewhere.map_err(|error| error.errors.to_string()));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn the_scan_survives_any_text(text in ".*") {
        let _ = scanned(&text);
        let _ = weigh(&text, &Limits::default());
    }

    #[test]
    fn what_parses_here_parses_elsewhere(pieces in prop::collection::vec(piece(), 0..40)) {
        let text = pieces.concat();
        for text in [format!("{{x(a:{text})}}"), format!("{{{text}}}"), text] {
            agreed(&text)?;
        }
    }

    #[test]
    fn a_damaged_document_is_refused_or_parsed(at in 0..ORDINARY.len(), cut in 0..8_usize, put in piece()) {
        let (mut start, mut end) = (at, (at + cut).min(ORDINARY.len()));
        while !ORDINARY.is_char_boundary(start) { start -= 1; }
        while !ORDINARY.is_char_boundary(end) { end += 1; }
        agreed(&format!("{}{put}{}", &ORDINARY[..start], &ORDINARY[end..]))?;
    }

    #[test]
    fn the_memory_counts_what_expansion_would(levels in 1..6_usize, width in 1..4_usize) {
        let document = hostile::fragment_bomb(levels, width, "x a:y");
        let free = Limits { root_fields: u64::MAX, aliases: u64::MAX, ..Limits::default() };
        let seen = measure(&parsed(&document), None, &Variables::default(), &free).expect("small");
        prop_assert_eq!(seen.fields, 2 * (width as u64).pow(u32::try_from(levels).expect("small")));
        prop_assert_eq!(seen.aliases * 2, seen.fields);
    }

    #[test]
    fn json_is_weighed_as_it_is_read(depth in 0..20_usize, width in 0..20_usize, text in ".{0,20}") {
        let item = serde_json::json!({ text.clone(): [text.clone(), 1.5, null], "n": width });
        let mut value = serde_json::Value::Array(vec![item; width]);
        for _ in 0..depth { value = serde_json::Value::Array(vec![value]); }
        let free = Limits { values_nesting: 64, ..Limits::default() };
        let seen = weigh(&value.to_string(), &free).expect("small");
        let members = if text == "n" { 2 } else { 6 };
        prop_assert_eq!(seen.values as usize, 1 + depth + width * members);
    }
}
