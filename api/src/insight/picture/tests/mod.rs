//! What holds of every picture, whatever the names are.

mod hostile;
mod improvement;

use std::path::Path;

use entity::picture::PictureKind;
use proptest::prelude::*;
use serde_json::{Value, json};

use self::hostile::HOSTILE;
use super::{
    Days, chain, chart, comparison,
    draw::{
        Drawn, Tongue,
        mermaid::label,
        scene::{PAD, Scene},
        text::{clean, width, wrap},
    },
    drawn, gantt, heat_map, process_map, program,
    questions::TRACE,
    sipoc, structure, trace,
};
use crate::graph::error::Locale;

const DAYS: Days<'static> = Days { as_of: "2026-06-30", compared: ("2024-01-01", "2026-06-30") };

/// A name for each kind of picture, and an answer to its question as the graph gives it.
const SAMPLES: [(&str, PictureKind, &str); 10] = [
    ("org-chart", PictureKind::OrgChart, include_str!("samples/org-chart.json")),
    ("process-map", PictureKind::ProcessMap, include_str!("samples/process-map.json")),
    ("sipoc", PictureKind::Sipoc, include_str!("samples/sipoc.json")),
    ("heat-map", PictureKind::HeatMap, include_str!("samples/heat-map.json")),
    ("structure-diff", PictureKind::StructureDiff, include_str!("samples/structure-diff.json")),
    ("comparison", PictureKind::Comparison, include_str!("samples/comparison.json")),
    ("trace", PictureKind::Trace, include_str!("samples/trace.json")),
    ("finding-chain", PictureKind::FindingChain, include_str!("samples/finding-chain.json")),
    ("plan-gantt", PictureKind::PlanGantt, include_str!("samples/plan-gantt.json")),
    ("program-calendar", PictureKind::ProgramCalendar, include_str!("samples/program-calendar.json")),
];

fn scene(kind: PictureKind, data: &Value, locale: Locale) -> Scene {
    let tongue = Tongue(locale);
    match kind {
        PictureKind::OrgChart => chart::scene(&structure::chart(data, DAYS.as_of, tongue), tongue, "x"),
        PictureKind::StructureDiff => {
            chart::scene(&structure::compared(data, DAYS.compared.0, DAYS.compared.1, tongue), tongue, "x")
        }
        PictureKind::ProcessMap => process_map::map(data, DAYS.as_of, tongue).scene("x"),
        PictureKind::Sipoc => sipoc::sipoc(data, DAYS.as_of, tongue).scene("x"),
        PictureKind::HeatMap => heat_map::heat_map(data, DAYS.as_of, tongue).scene("x"),
        PictureKind::Comparison => comparison::comparison(data, DAYS.as_of, tongue).scene("x"),
        PictureKind::Trace => trace::trace(data, DAYS.as_of, tongue).scene("x"),
        PictureKind::FindingChain => chain::chain(data, DAYS.as_of, tongue).scene("x"),
        PictureKind::PlanGantt => gantt::gantt(data, DAYS.as_of, tongue).scene("x"),
        PictureKind::ProgramCalendar => program::program(data, DAYS.as_of, tongue).scene("x"),
    }
}

/// Nothing covers anything else, every label is inside its block, every block on the sheet.
fn assert_laid_out(scene: &Scene) {
    let leaves: Vec<_> = scene.blocks.iter().filter(|block| !block.holds).collect();
    for block in &scene.blocks {
        assert!(block.x >= 0 && block.y >= 0 && block.w > 0 && block.h > 0, "{block:?}");
        assert!(block.right() <= scene.width && block.bottom() <= scene.height, "off the sheet: {block:?}");
        assert!(block.written() + PAD / 2 <= block.h, "too high: {block:?}");
        for line in &block.lines {
            assert!(line.width() <= block.room(), "too wide: {line:?} in {block:?}");
        }
    }
    for (number, one) in leaves.iter().enumerate() {
        for other in &leaves[number + 1..] {
            let apart =
                one.right() <= other.x || other.right() <= one.x || one.bottom() <= other.y || other.bottom() <= one.y;
            assert!(apart, "{one:?} covers {other:?}");
        }
    }
    for frame in scene.blocks.iter().filter(|block| block.holds) {
        for block in &leaves {
            let apart = frame.right() <= block.x
                || block.right() <= frame.x
                || frame.bottom() <= block.y
                || block.bottom() <= frame.y;
            let inside = frame.x <= block.x
                && frame.y <= block.y
                && block.right() <= frame.right()
                && block.bottom() <= frame.bottom();
            assert!(apart || inside, "{block:?} sticks out of {frame:?}");
        }
    }
}

/// The SVG is XML of drawing elements only, with title and description; the Mermaid text quotes whatever is not ours.
fn assert_harmless(drawn: &Drawn) {
    let document = roxmltree::Document::parse(&drawn.svg).expect("well-formed XML");
    let root = document.root_element();
    assert_eq!((root.attribute("role"), root.attribute("aria-labelledby")), (Some("img"), Some("title description")));
    for node in document.descendants() {
        if !node.is_element() {
            assert!(node.is_root() || node.is_text(), "comments and instructions have no place here");
            continue;
        }
        let name = node.tag_name().name();
        assert!(["svg", "title", "desc", "g", "rect", "polyline", "polygon", "text"].contains(&name), "{name}");
        for attribute in node.attributes() {
            let name = attribute.name();
            assert!(!name.starts_with("on") && name != "href" && name != "style", "{name}");
        }
    }
    let described = document.descendants().find(|node| node.has_tag_name("desc")).and_then(|node| node.text());
    assert!(described.is_some_and(|text| text.trim() == drawn.text.trim()), "the description is the picture in words");
    assert_mermaid(&drawn.mermaid);
    for c in drawn.text.chars().chain(drawn.svg.chars()) {
        assert!(c == '\n' || !c.is_control() && !('\u{202A}'..='\u{202E}').contains(&c), "{c:?}");
    }
}

/// Our own grammar is narrower than Mermaid's: outside of quotation marks there are our ids, keywords and arrows; within them
/// letters, digits, blanks, commas, coded characters and line breaks.
fn assert_mermaid(text: &str) {
    if text.starts_with("gantt\n") {
        return improvement::assert_mermaid_chart(text);
    }
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("accTitle: ").or_else(|| line.strip_prefix("accDescr: ")) {
            assert!(title.chars().all(|c| c.is_alphanumeric() || " ,.-—".contains(c)), "{line}");
            continue;
        }
        for (number, part) in line.split('"').enumerate() {
            let rest = if number % 2 == 1 { uncoded(&part.replace("<br/>", " ")) } else { part.to_owned() };
            let known = if number % 2 == 1 || line.starts_with("%%") { " ,#;%" } else { " []{}:,#.-><~=%_" };
            let letter = |c: char| {
                if number % 2 == 1 || line.starts_with("%%") { c.is_alphanumeric() } else { c.is_ascii_alphanumeric() }
            };
            assert!(rest.chars().all(|c| letter(c) || known.contains(c)), "{line}");
            assert!(number % 2 == 0 || !rest.contains(['#', ';']), "{line}");
        }
        assert_eq!(line.matches('"').count() % 2, 0, "{line}");
    }
}

/// Without `#number;`.
fn uncoded(text: &str) -> String {
    let mut parts = text.split('#');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(';') {
            Some((digits, rest)) if !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit()) => {
                out.push_str(rest)
            }
            _ => out.push('#'),
        }
    }
    out
}

/// What people write as they like.
const FREE: [&str; 19] = [
    "name",
    "code",
    "description",
    "objective",
    "startsWith",
    "endsWith",
    "scope",
    "policies",
    "resources",
    "articles",
    "justification",
    "label",
    "number",
    "condition",
    "rootCause",
    "originSource",
    "auditingBody",
    "unitOfMeasure",
    "controlBody",
];

/// A sample with every name of it replaced, one after another.
fn renamed(value: &Value, names: &mut dyn Iterator<Item = String>) -> Value {
    match value {
        Value::Object(fields) => {
            let fields = fields.iter().map(|(key, value)| {
                let free = FREE.contains(&key.as_str());
                let value = match value {
                    Value::String(_) if free => names.next().unwrap_or_default().into(),
                    Value::Array(items) if free => {
                        items.iter().map(|_| Value::from(names.next().unwrap_or_default())).collect()
                    }
                    other => renamed(other, names),
                };
                (key.clone(), value)
            });
            Value::Object(fields.collect())
        }
        Value::Array(items) => items.iter().map(|item| renamed(item, names)).collect(),
        other => other.clone(),
    }
}

fn assert_picture(kind: PictureKind, data: &Value) {
    for locale in Locale::ALL {
        let picture = drawn(kind, data, DAYS, locale);
        assert_harmless(&picture);
        assert_laid_out(&scene(kind, data, locale));
        assert_eq!(drawn(kind, data, DAYS, locale), picture, "the same again");
    }
}

#[test]
fn samples_are_laid_out() {
    for (_, kind, sample) in SAMPLES {
        assert_picture(kind, &serde_json::from_str(sample).expect("JSON"));
    }
}

#[test]
fn hostile_names_are_only_names() {
    for (_, kind, sample) in SAMPLES {
        let sample = serde_json::from_str(sample).expect("JSON");
        for start in 0..HOSTILE.len() {
            let mut names = HOSTILE.iter().cycle().skip(start).map(|name| (*name).to_owned());
            assert_picture(kind, &renamed(&sample, &mut names));
            if kind == PictureKind::HeatMap && start > 3 {
                break; // It is large, and each name has come by.
            }
        }
    }
}

#[test]
fn every_kind_has_a_sample() {
    for term in PictureKind::VOCABULARY.terms {
        let name = term.name.to_lowercase().replace('_', "-");
        assert!(SAMPLES.iter().any(|(known, kind, _)| *known == name && kind.number() == term.number), "{name}");
    }
}

/// Whatever a trace can come to has a name on its picture.
#[test]
fn every_kind_of_a_trace_is_named() {
    for kind in crate::insight::trace::links::kinds() {
        assert!(TRACE.contains(&format!("... on {} {{", kind.name)), "{}", kind.name);
    }
}

#[test]
fn nothing_is_drawn_of_nothing() {
    for (_, kind, _) in SAMPLES {
        assert_picture(kind, &json!({}));
        assert_picture(
            kind,
            &json!({ "organization": { "name": "SE", "structure": null, "processMap": null }, "process": { "current": null } }),
        );
    }
}

#[test]
fn the_committed_pictures_are_current() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/pictures");
    for (name, kind, sample) in SAMPLES {
        let picture = drawn(kind, &serde_json::from_str(sample).expect("JSON"), DAYS, Locale::EsCo);
        let file = folder.join(format!("{name}.svg"));
        if std::env::var_os("UPDATE_PICTURES").is_some() {
            std::fs::write(&file, &picture.svg).expect("it can be written");
        }
        let kept = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(
            kept == picture.svg,
            "docs/pictures/{name}.svg is behind: UPDATE_PICTURES=1 cargo test --workspace picture"
        );
    }
}

#[test]
fn words_say_what_is_drawn() {
    let told = |place: usize, locale| {
        let (_, kind, sample) = SAMPLES[place];
        drawn(kind, &serde_json::from_str(sample).expect("JSON"), DAYS, locale).text
    };
    let chart = told(0, Locale::EsCo);
    assert!(chart.starts_with("Organigrama: Secretaría de Educación de Funza."), "{chart}");
    assert!(
        chart.contains(
            "\n        - 2.1.2.1 Grupo interno de trabajo de convivencia escolar (Grupo interno de trabajo)\n"
        ),
        "{chart}"
    );
    let diff = told(4, Locale::En);
    for line in
        ["+ Created", "± Before: Oficina de Planeación", "» Merger of Oficina de Sistemas, Oficina de Estadística"]
    {
        assert!(diff.contains(line), "{line}: {diff}");
    }
    assert!(
        diff.contains(
            "- × Dirección de Núcleos Educativos: Suppressed; its responsibilities go to Dirección de Calidad Educativa"
        ),
        "{diff}"
    );
    let sipoc = told(2, Locale::EsCo);
    assert!(sipoc.contains("- Resolución de matrícula. Proveedores: ! sin proveedor\n"), "{sipoc}");
    assert!(sipoc.contains("- Matrícula registrada. Clientes o usuarios: C05 Hacer seguimiento y auditoría a la gestión de matrícula, J01 Presupuesto, H01 Administrar la planta de personal, N02 "), "{sipoc}");
}

#[test]
fn text_is_cleaned() {
    for (given, expected) in [
        (" a\n\tb\u{0} ", "a b"),
        ("\u{202E}abc\u{202C}\u{200F}", "abc"),
        ("a\u{AD}b\u{FEFF}c\u{FFFF}", "abc"),
        ("\u{301}\u{301}", "—"),
        ("", "—"),
        ("e\u{301}\u{302}\u{303}\u{304}", "e\u{301}\u{302}"),
        ("Educación 2026-01-31", "Educación 2026-01-31"),
    ] {
        assert_eq!(clean(given), expected, "{given:?}");
    }
    assert_eq!(label(&["a\"]-->b"]), "\"a#34;#93;#45;#45;#62;b\"");
}

proptest! {
    #[test]
    fn lines_fit_and_lose_nothing(text in ".{0,200}", room in 60..400_i32, size in 9..28_i32, bold: bool) {
        let text = clean(&text);
        let lines = wrap(&text, room, size, bold, usize::MAX);
        for line in &lines {
            let letters = line.chars().count();
            prop_assert!(width(line, size, bold) <= room || letters == 1, "{line:?}");
        }
        let bare = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
        prop_assert_eq!(bare(&lines.concat()), bare(&text));
        prop_assert!(wrap(&text, room, size, bold, 2).len() <= 2);
    }

    #[test]
    fn any_tree_is_laid_out(parents in prop::collection::vec(0..1000_usize, 0..120), name in ".{0,60}") {
        let tree: Vec<Value> = parents.iter().enumerate().map(|(number, parent)| {
            let above = (number > 0).then(|| json!({ "unit": { "id": (parent % number).to_string() } }));
            let kind = ["DESPACHO", "OFFICE", "AREA", "DIRECTORATE"][parent % 4];
            json!({ "code": number.to_string(), "name": format!("{name} {number}"), "kind": kind,
                    "unit": { "id": number.to_string() }, "parent": above })
        }).collect();
        let data = json!({ "organization": { "name": name, "structure": { "number": 1, "state": "IN_FORCE", "tree": tree } } });
        assert_laid_out(&scene(PictureKind::OrgChart, &data, Locale::EsCo));
        assert_harmless(&drawn(PictureKind::OrgChart, &data, DAYS, Locale::En));
    }

    #[test]
    fn any_comparison_is_laid_out(rows in prop::collection::vec((0..5_usize, 0..200_usize, ".{0,40}"), 0..97)) {
        let line = |(number, (status, parent, name)): (usize, &(usize, usize, String))| {
            let above = (parent % 3 > 0).then(|| json!({ "id": (parent % (number + 1)).to_string() }));
            let own = *status == 4;
            let status = ["ADOPTED", "ADAPTED", "MERGED", "ABSENT", "OWN"][*status];
            json!({ "status": status, "unjustifiedGap": parent % 2 == 0, "position": number,
                    "referenceProcess": (!own).then(|| json!({ "id": number.to_string(), "code": "A", "name": name, "parent": above })),
                    "process": { "code": "P", "name": name }, "adoption": { "justification": name } })
        };
        let lines = |own: bool| {
            let rows = rows.iter().enumerate().filter(|(_, (status, ..))| (*status == 4) == own);
            json!({ "nodes": rows.map(line).collect::<Vec<_>>() })
        };
        let data = json!({ "organization": { "name": "SE", "macroprocesses": lines(false), "own": lines(true) } });
        assert_laid_out(&scene(PictureKind::Comparison, &data, Locale::EsCo));
        assert_harmless(&drawn(PictureKind::Comparison, &data, DAYS, Locale::En));
    }

    #[test]
    fn any_trace_is_laid_out(hits in prop::collection::vec((0..1000_usize, 0..4_usize, ".{0,40}"), 0..120)) {
        let kinds = ["Process", "OrgUnit", "Requirement", "LegalAct"];
        let node = |number: usize, kind: usize, name: &str| json!({ "id": number.to_string(), "__typename": kinds[kind], "name": name });
        let hit = |(number, (near, kind, name)): (usize, &(usize, usize, String))| {
            let step = |place: usize| json!({ "edge": "LEADS", "direction": if kind % 2 == 0 { "OUT" } else { "IN" }, "node": { "id": place.to_string() } });
            json!({ "node": node(number + 1, *kind, name), "path": [step(near % (number + 1)), step(number + 1)] })
        };
        let hits: Vec<Value> = hits.iter().enumerate().map(hit).collect();
        let data = json!({ "node": node(0, 0, "x"), "trace": { "count": null, "atLeast": 5000, "truncated": true, "hits": hits } });
        assert_laid_out(&scene(PictureKind::Trace, &data, Locale::EsCo));
        assert_harmless(&drawn(PictureKind::Trace, &data, DAYS, Locale::En));
    }

    #[test]
    fn any_map_is_laid_out(rows in prop::collection::vec((0..4_usize, 0..200_usize, ".{0,40}"), 0..97)) {
        let map: Vec<Value> = rows.iter().enumerate().map(|(number, (kind, parent, name))| {
            let above = (parent % 3 > 0).then(|| json!({ "id": (parent % (number + 1)).to_string() }));
            let kind = ["STRATEGIC", "CORE", "SUPPORT", "EVALUATION"][*kind];
            json!({ "code": format!("P{number}"), "name": name, "kind": kind,
                    "level": "PROCESS", "process": { "id": number.to_string() }, "parent": above })
        }).collect();
        let data = json!({ "organization": { "name": "SE", "processMap": map } });
        assert_laid_out(&scene(PictureKind::ProcessMap, &data, Locale::EsCo));
        assert_harmless(&drawn(PictureKind::ProcessMap, &data, DAYS, Locale::En));
    }
}
