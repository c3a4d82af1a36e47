//! The manual of functions: which jobs a secretariat has, and which of them a unit needs.

use std::collections::BTreeMap;

use entity::{
    Id, TextList,
    organization::{OrgUnitKind, job, legal_act},
};

use super::{DemoData, blueprint::Size, organizations::Secretariat};
use crate::exchange::load::key;

/// A place that a unit of some kind has: denomination (Decreto Ley 785 de 2005), lowest grade.
pub type Place = (&'static str, u8);

/// The head of a unit, by its kind.
pub fn head(kind: OrgUnitKind) -> Place {
    match kind {
        OrgUnitKind::Despacho => ("020", 9),
        OrgUnitKind::Undersecretariat => ("045", 8),
        OrgUnitKind::Directorate => ("009", 7),
        OrgUnitKind::Subdirectorate => ("070", 6),
        OrgUnitKind::Office => ("006", 6),
        OrgUnitKind::AdvisoryOffice => ("115", 6),
        OrgUnitKind::Area | OrgUnitKind::Unit => ("206", 5),
        OrgUnitKind::WorkGroup => ("208", 4),
        OrgUnitKind::SchoolCluster => ("222", 5),
    }
}

/// Who works beside the head.
pub fn staff(kind: OrgUnitKind, size: Size) -> &'static [Place] {
    match (kind, size) {
        (OrgUnitKind::Despacho, Size::Large) => &[("105", 5), ("105", 5), ("425", 6), ("480", 3)],
        (OrgUnitKind::Despacho, _) => &[("105", 4), ("425", 5), ("480", 2)],
        (OrgUnitKind::Undersecretariat | OrgUnitKind::Directorate, _) => &[("222", 6), ("407", 4)],
        (OrgUnitKind::AdvisoryOffice | OrgUnitKind::Office, Size::Small) => &[("219", 3), ("314", 2)],
        (OrgUnitKind::AdvisoryOffice | OrgUnitKind::Office, _) => &[("222", 5), ("219", 3), ("314", 2)],
        (OrgUnitKind::Area, Size::Large) => &[("222", 5), ("219", 3), ("219", 2), ("367", 2), ("407", 4)],
        (OrgUnitKind::Area, Size::Medium) => &[("219", 3), ("219", 2), ("407", 4)],
        (OrgUnitKind::Area, Size::Small) => &[("219", 2), ("367", 2)],
        (OrgUnitKind::SchoolCluster, _) => &[("440", 3)],
        _ => &[("219", 2), ("407", 3)],
    }
}

/// Is the head of such units appointed freely?
pub fn is_free(place: Place) -> bool {
    matches!(place.0, "020" | "045" | "009" | "070" | "006" | "115" | "105")
}

/// The jobs of a secretariat so far.
pub struct Manual {
    act: Id<legal_act::Entity>,
    jobs: BTreeMap<Place, Id<job::Entity>>,
}

impl Manual {
    /// An empty manual, adopted by an act.
    pub fn new(act: Id<legal_act::Entity>) -> Self {
        Self { act, jobs: BTreeMap::new() }
    }

    /// The job of a place, written when it comes up first.
    pub fn job(&mut self, secretariat: &Secretariat, place: Place, demo: &mut DemoData) -> Id<job::Entity> {
        let (code, grade) = place;
        let act = self.act;
        *self.jobs.entry(place).or_insert_with(|| {
            let id = key(&format!("{}/{code}-{grade:02}", secretariat.code()));
            demo.jobs.push(job::Model {
                id,
                organization_id: secretariat.id,
                job_denomination_id: key(code),
                grade: format!("{grade:02}"),
                functions: TextList::new(functions(code)).unwrap_or_default(),
                legal_act_id: Some(act),
                row_version: 1,
            });
            id
        })
    }
}

/// Functions of the manual, by the level of the job.
fn functions(code: &str) -> &'static [&'static str] {
    match &code[..1] {
        "0" => &[
            "Dirigir la formulación y ejecución de los planes, programas y proyectos a su cargo.",
            "Responder por los resultados de la dependencia y rendir los informes que se le soliciten.",
            "Adoptar los controles y planes de mejoramiento de los procesos que lidera.",
        ],
        "1" => &[
            "Asesorar a la alta dirección en los asuntos de su competencia.",
            "Emitir conceptos que sirvan de apoyo a la toma de decisiones.",
        ],
        "2" => &[
            "Ejecutar los procesos de la dependencia según los procedimientos adoptados.",
            "Elaborar estudios, informes y conceptos en su área de desempeño.",
            "Participar en la documentación y mejora de los procesos del sistema de gestión.",
        ],
        "3" => &[
            "Apoyar técnicamente el desarrollo de los procesos de la dependencia.",
            "Mantener actualizados los registros y sistemas de información a su cargo.",
        ],
        _ => &[
            "Apoyar las labores administrativas y de atención de la dependencia.",
            "Organizar y custodiar los documentos que se le encomienden.",
        ],
    }
}
