use std::collections::BTreeSet;

use super::*;

#[test]
fn every_word_has_one_rule_and_the_order_is_that_of_the_words() {
    let rules: Vec<_> = RULES.iter().map(|rule| rule.code.number()).collect();
    let words: Vec<_> = BrokenLinkRule::VOCABULARY.terms.iter().map(|term| term.number).collect();
    assert_eq!(rules, words);
}

#[test]
fn the_rows_say_what_the_table_says() {
    let selects: Vec<_> = VIEW.trim_start_matches('(').trim_end_matches(')').split(" UNION ALL ").collect();
    assert_eq!(selects.len(), RULES.len());
    for (select, rule) in selects.iter().zip(RULES) {
        let said = format!(
            "CAST({} AS SMALLINT) AS rule, CAST({} AS SMALLINT) AS severity, {} AS weight",
            rule.code.number(),
            rule.severity.number(),
            rule.weight
        );
        assert!(select.contains(&said), "{select}");
    }
}

/// What is selected for each row no index finds: the rule would be computed anew for each process or unit that is asked about.
#[test]
fn an_index_leads_from_processes_and_units_to_the_rows() {
    for select in VIEW.split(" UNION ALL ") {
        let keys = select.split_once(" AS weight, ").and_then(|(_, rest)| rest.split_once(" AS org_unit_id"));
        let (keys, _) = keys.expect("the keys stand after the weight");
        assert!(!keys.contains("SELECT"), "{keys}");
    }
}

#[test]
fn a_rule_weighs_something_and_says_what_to_do() {
    let hints: BTreeSet<_> = RULES.iter().flat_map(|rule| [rule.hint_es, rule.hint_en]).collect();
    assert_eq!(hints.len(), 2 * RULES.len());
    assert!(hints.iter().all(|hint| hint.ends_with('.') && hint.chars().count() < 140));
    assert!(RULES.iter().all(|rule| rule.weight > 0));
}
