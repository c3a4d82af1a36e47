//! Pages: forwards and backwards through a list of 97, nothing left out and nothing twice, also while rows are added.

use std::collections::BTreeSet;

use articula_tests::{
    demonstration::{self, MONITOR},
    service::User,
};
use serde_json::{Value, json};

const SECRETARIATS: &str =
    "where: { kind: { eq: EDUCATION_SECRETARIAT } }, orderBy: [{ field: NAME, direction: DESC }]";

struct Page {
    names: Vec<String>,
    info: Value,
}

async fn page(user: &User<'_>, bounds: &str, cursor: &Value) -> Page {
    let bounds = bounds.replace("$c", &cursor.to_string());
    let query = format!(
        "{{ organizations({SECRETARIATS}, {bounds}) {{ nodes {{ name }} edges {{ cursor }}
         pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }}"
    );
    let data = user.data(&query, json!({})).await["organizations"].clone();
    let names = data["nodes"].as_array().expect("nodes").iter();
    let names: Vec<_> = names.map(|node| node["name"].as_str().unwrap_or_default().to_owned()).collect();
    let edges = data["edges"].as_array().expect("edges");
    assert_eq!(edges.len(), names.len());
    assert_eq!(
        edges.first().map(|edge| &edge["cursor"]),
        Some(&data["pageInfo"]["startCursor"]).filter(|_| !edges.is_empty())
    );
    assert_eq!(
        edges.last().map(|edge| &edge["cursor"]),
        Some(&data["pageInfo"]["endCursor"]).filter(|_| !edges.is_empty())
    );
    Page { names, info: data["pageInfo"].clone() }
}

/// Walks the whole list, and lets something happen between two pages.
async fn walk(user: &User<'_>, size: usize, forwards: bool, between: impl AsyncFn(usize)) -> Vec<String> {
    let (mut all, mut cursor, mut turn) = (Vec::new(), Value::Null, 0);
    loop {
        let bounds = if forwards { format!("first: {size}, after: $c") } else { format!("last: {size}, before: $c") };
        let Page { names, info } = page(user, &bounds, &cursor).await;
        assert!(!names.is_empty(), "an empty page after {} rows", all.len());
        let (more, next) = if forwards { ("hasNextPage", "endCursor") } else { ("hasPreviousPage", "startCursor") };
        let full = names.len() == size;
        if forwards {
            all.extend(names);
        } else {
            all.splice(0..0, names);
        }
        if info[more] == false {
            return all;
        }
        assert!(full, "a page that is not the last was not full");
        cursor = info[next].clone();
        between(turn).await;
        turn += 1;
    }
}

#[test]
fn every_walk_meets_each_of_97_secretariats_once() {
    demonstration::on_each(async |service| {
        let monitor = service.user(MONITOR);
        let whole = page(&monitor, "first: 100", &Value::Null).await;
        assert_eq!(whole.names.len(), 97);
        assert_eq!((&whole.info["hasNextPage"], &whole.info["hasPreviousPage"]), (&json!(false), &json!(false)));
        for size in [1, 10, 96, 97] {
            for forwards in [true, false] {
                let walked = walk(&monitor, size, forwards, async |_| {}).await;
                assert_eq!(walked, whole.names, "pages of {size}, {}", if forwards { "forwards" } else { "backwards" });
            }
        }
    });
}

#[test]
fn rows_that_come_meanwhile_make_neither_gap_nor_repeat() {
    demonstration::on_each(async |service| {
        let monitor = service.user(MONITOR);
        let national = service.user("admin.nacional@men");
        let before = page(&monitor, "first: 100", &Value::Null).await.names;
        for forwards in [true, false] {
            let walked = walk(&monitor, 9, forwards, async |turn| {
                // One sorts before everything, one after, one into the middle.
                for letter in ["Aa", "Secretaría de Educación de M", "Zz"] {
                    let call = r#"mutation($name: String!) { act: organizationCreate(input: { kind: PARTNER, name: $name }) { errors { code } } }"#;
                    let name = format!("{letter} {forwards} {turn}");
                    let act = national.data(call, json!({ "name": name })).await;
                    assert_eq!(act["act"]["errors"], json!([]));
                }
            })
            .await;
            // Partners are not of this list; what is asserted is that its cursors bear their coming.
            assert_eq!(walked, before, "forwards: {forwards}");
        }
        let unfiltered = async |turn: usize, forwards: bool| {
            let query = "query($f: Int, $a: String, $l: Int, $b: String) { organizations(first: $f, after: $a, last: $l, before: $b, orderBy: [{ field: NAME }]) {
                nodes { name } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";
            let (mut seen, mut cursor, mut n) = (Vec::new(), Value::Null, 0);
            loop {
                let variables = if forwards { json!({ "f": 7, "a": cursor }) } else { json!({ "l": 7, "b": cursor }) };
                let list = monitor.data(query, variables).await["organizations"].clone();
                seen.extend(list["nodes"].as_array().expect("nodes").iter().map(|node| node["name"].to_string()));
                let (more, next) =
                    if forwards { ("hasNextPage", "endCursor") } else { ("hasPreviousPage", "startCursor") };
                if list["pageInfo"][more] == false {
                    return seen;
                }
                cursor = list["pageInfo"][next].clone();
                let call = r#"mutation($name: String!) { act: organizationCreate(input: { kind: PARTNER, name: $name }) { errors { code } } }"#;
                let letter = ["A", "M", "Z", "S"][n % 4];
                national.data(call, json!({ "name": format!("{letter}{turn}{forwards} nueva {n}") })).await;
                n += 1;
            }
        };
        for forwards in [true, false] {
            let seen = unfiltered(1, forwards).await;
            let once: BTreeSet<_> = seen.iter().collect();
            assert_eq!(once.len(), seen.len(), "a row came twice");
            assert!(before.iter().all(|name| seen.contains(&format!("\"{name}\""))), "a row was left out");
        }
    });
}

#[test]
fn bounds_are_required_and_bounded() {
    demonstration::on_each(async |service| {
        let monitor = service.user(MONITOR);
        for bounds in ["", "(first: 0)", "(first: 101)", "(last: 101)", "(first: 1, last: 1)", "(first: -1)"] {
            let answer = monitor.ask(&format!("{{ organizations{bounds} {{ nodes {{ name }} }} }}"), json!({})).await;
            assert_eq!(answer.codes(), ["PAGE_SIZE_INVALID"], "{bounds}: {}", answer.text);
            assert_eq!(answer.body["data"], json!({ "organizations": null }), "{bounds}");
        }
    });
}
