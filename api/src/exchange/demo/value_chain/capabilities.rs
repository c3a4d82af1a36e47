//! What a secretariat is able to do, and which processes and units bring it about.

use entity::{
    Id, fold,
    value_chain::{capability, capability_process, capability_unit},
};

use super::{Maker, map::Process};
use crate::exchange::{
    demo::{ANCHOR, DemoData, blueprint::Size},
    load::key,
};

/// Name, description, processes with their weights, units.
type Ability = (&'static str, &'static str, &'static [(&'static str, i32)], &'static [&'static str]);

#[rustfmt::skip]
const ABILITIES: &[Ability] = &[
    ("Garantizar el acceso y la permanencia", "Que cada niño, niña y joven tenga un cupo y lo conserve.",
        &[("C02", 30), ("C03", 30), ("C04", 25), ("C05", 15)], &["300", "310", "315", "320"]),
    ("Mejorar los aprendizajes", "Que los establecimientos educativos mejoren con base en sus resultados.",
        &[("D01", 40), ("D02", 60)], &["200", "210", "220"]),
    ("Proveer y desarrollar el talento humano", "Que cada cargo docente esté provisto y quien lo ocupa se desarrolle.",
        &[("H01", 35), ("H02", 35), ("H03", 30)], &["410", "415", "416"]),
    ("Atender a la ciudadanía", "Que cada solicitud tenga respuesta clara y oportuna.",
        &[("E01", 70), ("E02", 30)], &["430"]),
    ("Planear con evidencia", "Que las decisiones del sector se apoyen en información confiable.",
        &[("A01", 40), ("A02", 40), ("G01", 20)], &["110"]),
    ("Mejorar la gestión", "Que los procesos se midan, se auditen y se corrijan.",
        &[("N01", 60), ("K01", 40)], &["170", "110"]),
];

/// The key of a capability.
pub fn id(maker: &Maker, index: usize) -> Id<capability::Entity> {
    key(&format!("{}/{index}", maker.secretariat.code()))
}

/// How many a secretariat has written down.
pub fn many(maker: &Maker) -> usize {
    match maker.secretariat.size {
        Size::Small => 3,
        Size::Medium => 4,
        Size::Large => ABILITIES.len(),
    }
}

/// Writes the capabilities of a secretariat.
pub fn write(maker: &Maker, made: &[Process], demo: &mut DemoData) {
    let organization_id = maker.secretariat.id;
    for (index, (name, description, processes, units)) in ABILITIES.iter().take(many(maker)).enumerate() {
        let id = id(maker, index);
        demo.capabilities.push(capability::Model {
            id,
            organization_id,
            name: (*name).to_owned(),
            name_key: fold(name),
            description: Some((*description).to_owned()),
            valid_from: maker.start,
            valid_to: None,
            row_version: 1,
        });
        for (code, weight) in *processes {
            demo.capability_processes.extend(made.iter().find(|process| process.code == *code).map(|process| {
                capability_process::Model {
                    id: key(&format!("{}/{code}", id.uuid())),
                    organization_id,
                    capability_id: id,
                    process_id: process.id,
                    weight: *weight,
                    row_version: 1,
                }
            }));
        }
        let there = |unit: &&&str| maker.timeline.on(ANCHOR).is_some_and(|now| now.has(unit));
        demo.capability_units.extend(units.iter().filter(there).map(|unit| capability_unit::Model {
            capability_id: id,
            organization_id,
            org_unit_id: maker.timeline.unit(maker.secretariat.code(), unit),
        }));
    }
}
