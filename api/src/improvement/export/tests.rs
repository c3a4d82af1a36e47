//! Cells, and what becomes of them in a file.

use entity::improvement::PlanKind;
use serde_json::{Value, json};
use tempfile::SpooledData;

use super::{csv::harmless, *};
use crate::graph::error::Locale;

fn plan() -> Value {
    json!({ "code": "PM-1", "name": "Plan", "kind": "CONTROL_BODY", "filingNumber": null,
        "unit": { "name": "Calidad" }, "process": null,
        "progress": { "state": "IN_EXECUTION", "cutoff": "2026-06-30", "percent": "12.50", "compliancePercent": null, "advancePercent": "10.00" } })
}

fn action() -> Value {
    let activity = |number: i32, from: &str, due: &str| {
        json!({ "number": number, "description": format!("Parte {number}"), "unitOfMeasure": "actas", "target": "2.00",
            "startsOn": from, "dueOn": due, "progress": { "done": "1.00" },
            "reports": { "nodes": [{ "narrative": format!("Informe {number}") }] } })
    };
    let finding = |code: &str, cause: Value, roots: Value| {
        json!({ "code": code, "name": "=HYPERLINK(\"x\")", "condition": "No se hace", "cause": cause, "effect": null,
            "origin": "AUDIT", "causeAnalyses": roots })
    };
    json!({ "id": "x", "number": 3, "description": "Capacitar", "objective": null, "indicator": "-1", "unitOfMeasure": "talleres",
        "target": "9.00", "weight": "40.00", "resources": "@equipo",
        "unit": { "name": "Cobertura" }, "startsOn": "2026-01-01", "dueOn": "2026-12-31",
        "activities": [activity(1, "2026-01-01", "2026-01-15"), activity(2, "2026-01-15", "2026-02-04")],
        "progress": { "state": "IN_PROGRESS", "result": null, "percent": "50.00", "expectedPercent": "49.45", "done": "2.00", "target": "4.00", "dueOn": "2026-11-30",
            "semaphore": "GREEN", "overdue": false, "daysLate": 0 },
        "reports": { "nodes": [{ "narrative": "Se hizo, \"casi\"\ntodo" }] },
        "findings": { "nodes": [finding("1.1", json!("Por costumbre"), json!([])),
            finding("1.2", json!("Otra"), json!([{ "rootCause": "Falta método" }]))] } })
}

fn row(layout: Layout, action: &Value) -> Vec<(&'static str, Cell)> {
    let cells = rows(layout, &plan(), action, Locale::EsCo).remove(0);
    let headings = headings(layout, Locale::EsCo);
    assert_eq!(headings.len(), cells.len());
    headings.into_iter().zip(cells).collect()
}

fn cell(row: &[(&str, Cell)], heading: &str) -> Cell {
    row.iter().find(|(known, _)| *known == heading).unwrap_or_else(|| panic!("{heading}")).1.clone()
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn number(number: &str) -> Cell {
    Cell::Number(number.to_owned())
}

#[test]
fn a_form_lists_activities_and_the_internal_one_actions() {
    assert_eq!(rows(Layout::ControlBody, &plan(), &action(), Locale::EsCo).len(), 2);
    assert_eq!(rows(Layout::Internal, &plan(), &action(), Locale::EsCo).len(), 1);
    let control = row(Layout::ControlBody, &action());
    assert_eq!(cell(&control, "Modalidad de registro"), text("AVANCE"));
    assert_eq!(cell(&control, "Código del hallazgo"), text("1.1; 1.2"));
    assert_eq!(cell(&control, "Descripción del hallazgo"), text("No se hace"), "what is the same is said once");
    assert_eq!(cell(&control, "Causa del hallazgo"), text("Por costumbre\nFalta método"));
    assert_eq!(cell(&control, "Efecto del hallazgo"), Cell::Empty);
    assert_eq!(cell(&control, "Actividades: cantidad"), number("2.00"));
    // 14 days are two weeks.
    assert_eq!(cell(&control, "Actividades: plazo en semanas"), number("2.00"));
    assert_eq!(cell(&control, "Actividades: avance físico"), number("1.00"));
    assert_eq!(cell(&control, "Observaciones"), text("Informe 1"));
    assert_eq!(cell(&control, "Cumplimiento del plan (%)"), Cell::Empty);
    let internal = row(Layout::Internal, &action());
    assert_eq!(cell(&internal, "Fecha de fin"), Cell::Day("2026-11-30".to_owned()), "as it stood at the cut-off");
    assert_eq!(cell(&internal, "Meta"), number("9.00"), "that of the activities is another thing");
    assert_eq!(cell(&internal, "Vencida"), text("No"));
}

#[test]
fn an_action_without_activities_is_its_own_only_one() {
    let mut alone = action();
    alone["activities"] = json!([]);
    let control = row(Layout::ControlBody, &alone);
    assert_eq!(cell(&control, "Actividades: descripción"), text("Capacitar"));
    assert_eq!(cell(&control, "Número de actividad"), number("1"));
    assert_eq!(cell(&control, "Actividades: cantidad"), number("4.00"), "as it stood at the cut-off");
    assert_eq!(cell(&control, "Actividades: avance físico"), number("2.00"));
    assert_eq!(cell(&control, "Observaciones"), text("Se hizo, \"casi\"\ntodo"));
    // 2026-01-01 to 2026-11-30: 333 days.
    assert_eq!(cell(&control, "Actividades: plazo en semanas"), number("47.57"));
}

#[test]
fn what_a_layout_shows_is_what_its_kind_of_plan_has() {
    for (layout, kind) in [(Layout::Internal, PlanKind::Internal), (Layout::ControlBody, PlanKind::ControlBody)] {
        let own: Vec<_> = fields(kind).iter().map(|field| field.es).collect();
        assert_eq!(headings(layout, Locale::EsCo)[..own.len()], own);
        assert_eq!(Layout::parse(layout.name()), Some(layout));
    }
    assert_eq!(Layout::parse("other"), None);
}

fn bytes(format: Format) -> (Vec<u8>, String) {
    let mut file = ExportFile::begin(format, Layout::Internal, Locale::EsCo).expect("a file");
    for row in rows(Layout::Internal, &plan(), &action(), Locale::EsCo) {
        file.row(&row).expect("a row");
    }
    let finished = file.finish().expect("a whole file");
    let SpooledData::InMemory(content) = finished.content else { panic!("a short file is kept in memory") };
    assert_eq!(content.get_ref().len() as u64, finished.length);
    (content.into_inner(), finished.hash)
}

#[test]
fn texts_do_not_compute_and_quotes_hold() {
    let (csv, _) = bytes(Format::Csv { mark: true });
    let csv = String::from_utf8(csv).expect("UTF-8");
    assert!(csv.starts_with('\u{FEFF}') && csv.ends_with("\r\n"));
    assert!(csv.contains(",\"'=HYPERLINK(\"\"x\"\")\","), "{csv}");
    assert!(csv.contains(",'-1,") && csv.contains(",'@equipo,"), "{csv}");
    for start in ["=1", "+1", "-1", "@a", "\ta", "\ra", "\na", "＝1"] {
        assert_eq!(harmless(start), format!("'{start}"));
    }
    for plain in ["", "a=b", "Capacitar", " 1", "'=1"] {
        assert_eq!(harmless(plain), plain);
    }
    let (bare, _) = bytes(Format::Csv { mark: false });
    assert_eq!(format!("\u{FEFF}{}", String::from_utf8(bare).expect("UTF-8")), csv);
}

#[test]
fn the_same_data_give_the_same_bytes() {
    for format in [Format::Csv { mark: true }, Format::Xlsx] {
        assert_eq!(bytes(format), bytes(format));
    }
}

#[test]
fn a_long_file_lies_beside_the_memory() {
    for format in [Format::Csv { mark: false }, Format::Xlsx] {
        let mut file = ExportFile::begin(format, Layout::Internal, Locale::En).expect("a file");
        for at in 0..2_000_u32 {
            // Numbers that do not compress well.
            let mixed = |at: u32| Cell::Number(at.wrapping_mul(2_654_435_761).to_string());
            let row: Vec<_> = (0..34).map(|column| mixed(at * 34 + column)).collect();
            file.row(&row).expect("a row");
        }
        let finished = file.finish().expect("a whole file");
        assert!(matches!(finished.content, SpooledData::OnDisk(_)), "{} bytes", finished.length);
    }
}
