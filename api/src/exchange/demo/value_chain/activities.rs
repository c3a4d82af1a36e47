//! What is done in each process, in the order of its improvement cycle, and by whom.

use chrono::NaiveDate;
use entity::{
    Id,
    organization::{org_unit, post},
    value_chain::{
        PhvaPhase::{self, Act, Check, Do, Plan},
        ProcessLevel, activity,
    },
};

use super::{Maker, catalogue, characterizations::Version, faults::Rule, map::Process};
use crate::exchange::{
    demo::{ANCHOR, DemoData},
    load::key,
};

/// Phase, what is done, the record that it leaves, whether it is a control point.
type Step = (PhvaPhase, &'static str, Option<&'static str>, bool);

const WHOLE: &[Step] = &[
    (
        Plan,
        "Definir el plan de trabajo, los responsables y los recursos de la vigencia.",
        Some("Plan de trabajo"),
        false,
    ),
    (Do, "Ejecutar las actividades del proceso según los procedimientos vigentes.", None, false),
    (
        Do,
        "Registrar la información en el sistema y entregar los resultados a quien los usa.",
        Some("Reporte del sistema"),
        false,
    ),
    (
        Check,
        "Verificar el cumplimiento de los requisitos y medir los resultados.",
        Some("Informe de seguimiento"),
        true,
    ),
    (Act, "Formular y ejecutar las acciones de mejora del proceso.", Some("Plan de mejoramiento"), false),
];
const PART: &[Step] = &[
    (Do, "Ejecutar las actividades del subproceso según el procedimiento vigente.", None, false),
    (Check, "Revisar los resultados y corregir lo que no cumple.", Some("Lista de verificación"), true),
];

/// The processes whose activities every secretariat has written down.
const EVERYWHERE: &[&str] = &["C02", "E01", "N02"];

/// Who does something.
#[derive(Clone, Copy)]
enum By {
    Unit(Id<org_unit::Entity>),
    Post(Id<post::Entity>),
}

/// Writes the activities of every version, or of those of a few processes.
pub fn write(maker: &mut Maker, made: &[Process], demo: &mut DemoData) {
    let mut wrong = gone(maker, made);
    for process in made {
        let steps = match process.level {
            ProcessLevel::Process => WHOLE,
            ProcessLevel::Subprocess => PART,
            _ => continue,
        };
        let told = maker.detailed || EVERYWHERE.contains(&process.code.as_str());
        for version in &process.versions {
            let wrong = if wrong.is_some_and(|(id, _)| id == version.id.uuid()) { wrong.take() } else { None };
            if !told && wrong.is_none() {
                continue;
            }
            for (index, step) in steps.iter().enumerate() {
                let by = match wrong {
                    Some((_, by)) if index == 1 => by,
                    _ => responsible(maker, process, version, index),
                };
                push(maker, version, index, step, by, demo);
            }
            if let (Some(_), Some(at)) = (wrong, demo.activities.len().checked_sub(steps.len() - 1)) {
                maker.faults.plant(
                    Rule::ActivityResponsibleEnded,
                    maker.secretariat.code(),
                    demo.activities[at].id.uuid(),
                );
            }
        }
    }
}

/// A unit, or the head of it, that is there as long as the version: the one that leads the process if it can be.
fn responsible(maker: &Maker, process: &Process, version: &Version, index: usize) -> By {
    let (from, until) = version.window();
    let code = maker.secretariat.code();
    let outline = catalogue::of(&process.code);
    let there = |unit: &&&str| maker.timeline.lives(unit, from, until);
    let unit = outline.leads.iter().find(there).copied().unwrap_or("100");
    let unit = maker.timeline.unit(code, unit);
    match maker.timeline.post(unit, from, until) {
        Some(post) if index.is_multiple_of(3) => By::Post(post),
        _ => By::Unit(unit),
    }
}

/// Somebody who was there when a characterization came into force and is not any more, with that characterization.
fn gone(maker: &Maker, made: &[Process]) -> Option<(uuid::Uuid, By)> {
    let code = maker.secretariat.code();
    let now = maker.timeline.on(ANCHOR)?;
    let vanished = |from: NaiveDate| {
        let then = maker.timeline.on(from)?;
        then.units.iter().find(|unit| !now.has(unit))
    };
    let old = made.iter().filter(|process| process.level == ProcessLevel::Process).find_map(|process| {
        let version = process.current()?;
        let from = version.from?;
        Some((version.id.uuid(), vanished(from)?, from))
    });
    let (version, unit, from) = old.filter(|_| maker.faults.strikes(Rule::ActivityResponsibleEnded, code))?;
    let unit = maker.timeline.unit(code, unit);
    let post = maker.timeline.post(unit, from, from).filter(|_| maker.faults.is_odd(Rule::ActivityResponsibleEnded));
    Some((version, post.map_or(By::Unit(unit), By::Post)))
}

fn push(maker: &Maker, version: &Version, index: usize, step: &Step, by: By, demo: &mut DemoData) {
    let (phase, description, record, control_point) = *step;
    let before = demo.activities.iter().rev().take(index).filter(|row| row.phase == phase).count();
    let (unit, post) = match by {
        By::Unit(unit) => (Some(unit), None),
        By::Post(post) => (None, Some(post)),
    };
    demo.activities.push(activity::Model {
        id: key(&format!("{}/{index}", version.id.uuid())),
        organization_id: maker.secretariat.id,
        process_version_id: version.id,
        phase,
        position: i32::try_from(before).unwrap_or_default(),
        description: description.to_owned(),
        record: record.map(str::to_owned),
        control_point,
        responsible_unit_id: unit,
        responsible_post_id: post,
        row_version: 1,
    });
}
