//! Reorganizations, edit by edit, through the very rules that an edit by hand has to pass.

use entity::{
    Id,
    organization::{OrgUnitKind, org_unit},
};
use uuid::Uuid;

use super::{
    blueprint::{BLUEPRINTS, MORE},
    organizations::Secretariat,
};
use crate::{
    exchange::load::key,
    organization::rules::reorganize::{Edit, Structure, Successor, Transfer, Unit, apply, derive_successions},
};

/// An edit as it is planned: none where the units that it speaks of are not there.
type Plan = fn(&Drawing) -> Option<Edit>;

/// The edits from which each reorganization draws, by its place in the history of its secretariat.
const PLANS: [&[Plan]; 3] = [
    &[rename_quality, merge_access, move_citizens, create_modernization],
    &[split_talent, suppress_evaluation, rename_legal, move_buildings, create_innovation],
    &[create_paths, suppress_citizens, rename_inspection, merge_planning],
];

/// Units that are being edited, and whose they are.
struct Drawing<'a> {
    code: &'a str,
    units: &'a [Unit],
}

/// The first structure of a secretariat: the units of its size, and at larger scales as many more below its areas.
pub fn found(secretariat: &mut Secretariat, scale: u32) -> Structure {
    let mut units: Vec<Unit> = Vec::new();
    for blueprint in BLUEPRINTS.iter().filter(|unit| unit.from <= secretariat.size) {
        // Groups are what secretariats of one size differ in.
        let group = matches!(blueprint.kind, OrgUnitKind::WorkGroup | OrgUnitKind::SchoolCluster);
        if group && secretariat.chance.percent(20) {
            continue;
        }
        let drawing = Drawing { code: secretariat.code(), units: &units };
        let parent = blueprint.above.iter().find_map(|code| drawing.find(code));
        let mut unit = drawing.draw(blueprint.code, blueprint.kind, blueprint.name, parent);
        unit.functions = blueprint.functions.iter().map(|text| (*text).to_owned()).collect();
        units.push(unit);
    }
    more(secretariat.code(), &mut units, scale);
    let successions = derive_successions(&[], &units, &[]).unwrap_or_default();
    Structure { units, successions }
}

fn more(code: &str, units: &mut Vec<Unit>, scale: u32) {
    let areas: Vec<(Uuid, String)> =
        units.iter().filter(|u| u.kind == OrgUnitKind::Area).map(|u| (u.id, u.code.clone())).collect();
    let wanted = units.len() * (scale.saturating_sub(1) as usize);
    let further = (0..wanted).zip(areas.iter().cycle()).zip(MORE.iter().cycle());
    for ((number, (parent, above)), (kind, name, function)) in further {
        let (unit_code, name) = (format!("{above}-{number:04}"), format!("{name} {:03}", number + 11));
        let mut unit = Drawing { code, units: &[] }.draw(&unit_code, *kind, &name, Some(*parent));
        unit.functions = vec![(*function).to_owned()];
        unit.position = 100 + u32::try_from(number).unwrap_or(u32::MAX);
        units.push(unit);
    }
}

/// The next structure: `turn` says which reorganization it is, `all` leaves no planned edit out.
pub fn reorganize(secretariat: &mut Secretariat, base: &[Unit], turn: usize, all: bool) -> Structure {
    let mut draft = Structure { units: base.to_vec(), successions: Vec::new() };
    let plans = PLANS[turn.min(PLANS.len() - 1)];
    let spared = secretariat.chance.below(u32::try_from(plans.len()).unwrap_or(1)) as usize;
    for (at, plan) in plans.iter().enumerate() {
        if at == spared && !all {
            continue;
        }
        let drawing = Drawing { code: secretariat.code(), units: &draft.units };
        // An edit that the rules refuse is left out; the tests see to it that each kind comes to pass.
        if let Some(next) = plan(&drawing).and_then(|edit| apply(base, &draft, &edit).ok()) {
            draft = next;
        }
    }
    draft
}

impl Drawing<'_> {
    fn unit(&self, code: &str) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.code == code)
    }

    fn find(&self, code: &str) -> Option<Uuid> {
        self.unit(code).map(|unit| unit.id)
    }

    /// A unit at the end of the row below another.
    fn draw(&self, code: &str, kind: OrgUnitKind, name: &str, parent: Option<Uuid>) -> Unit {
        let id: Id<org_unit::Entity> = key(&format!("{}/{code}", self.code));
        Unit {
            id: id.uuid(),
            parent,
            code: code.to_owned(),
            name: name.to_owned(),
            kind,
            functions: Vec::new(),
            position: self.end_of(parent),
        }
    }

    fn end_of(&self, parent: Option<Uuid>) -> u32 {
        let row = self.units.iter().filter(|unit| unit.parent == parent);
        row.map(|unit| unit.position + 1).max().unwrap_or(0)
    }

    fn new_unit(&self, code: &str, kind: OrgUnitKind, name: &str, above: &str, functions: &[&str]) -> Option<Unit> {
        let mut unit = self.draw(code, kind, name, Some(self.find(above)?));
        unit.functions = functions.iter().map(|text| (*text).to_owned()).collect();
        Some(unit)
    }
}

fn rename(drawing: &Drawing, code: &str, name: &str) -> Option<Edit> {
    Some(Edit::Rename { unit: drawing.find(code)?, name: name.to_owned(), code: None })
}

fn hang(drawing: &Drawing, code: &str, above: &str) -> Option<Edit> {
    let (unit, parent) = (drawing.find(code)?, drawing.find(above)?);
    Some(Edit::Move { unit, parent, position: drawing.end_of(Some(parent)) })
}

fn transfer(from: Uuid, to: Option<Uuid>, description: &str) -> Transfer {
    Transfer { from, to, process: None, description: Some(description.to_owned()) }
}

fn rename_quality(drawing: &Drawing) -> Option<Edit> {
    rename(drawing, "200", "Dirección de Calidad y Pertinencia Educativa")
}

fn merge_access(drawing: &Drawing) -> Option<Edit> {
    let predecessors = vec![drawing.find("310")?, drawing.find("320")?];
    let functions = &[
        "Garantizar el acceso al servicio educativo mediante la gestión integral de la matrícula.",
        "Ejecutar y evaluar las estrategias de permanencia escolar.",
    ];
    let merged = drawing.new_unit("315", OrgUnitKind::Area, "Área de Acceso y Permanencia", "300", functions)?;
    let children_to = Some(merged.id);
    let note = Some("Se integran los procesos de matrícula y de permanencia.".to_owned());
    Some(Edit::Merge { predecessors, successor: Successor::New(merged), transfers: Vec::new(), children_to, note })
}

fn move_citizens(drawing: &Drawing) -> Option<Edit> {
    hang(drawing, "430", "100")
}

fn create_modernization(drawing: &Drawing) -> Option<Edit> {
    let functions = &[
        "Liderar el sistema de gestión de la calidad y la modernización institucional de la Secretaría.",
        "Acompañar a las dependencias en la documentación y mejora de sus procesos.",
    ];
    let name = "Oficina de Gestión de Calidad y Modernización";
    Some(Edit::Create { unit: drawing.new_unit("170", OrgUnitKind::Office, name, "100", functions)? })
}

fn split_talent(drawing: &Drawing) -> Option<Edit> {
    let unit = drawing.find("410")?;
    let staff = &["Administrar la planta de personal, la carrera docente, la nómina y las prestaciones sociales."];
    let staff = drawing.new_unit("415", OrgUnitKind::Area, "Área de Planta y Carrera Docente", "400", staff)?;
    let welfare = &["Ejecutar los planes de bienestar, capacitación y seguridad y salud en el trabajo."];
    let name = "Área de Bienestar y Seguridad y Salud en el Trabajo";
    let mut welfare = drawing.new_unit("416", OrgUnitKind::Area, name, "400", welfare)?;
    welfare.position += 1;
    let transfers = vec![
        transfer(unit, Some(staff.id), "Planta de personal, carrera docente, nómina y prestaciones sociales."),
        transfer(unit, Some(welfare.id), "Bienestar, capacitación y seguridad y salud en el trabajo."),
    ];
    let (children_to, note) = (Some(staff.id), None);
    let successors = vec![Successor::New(staff), Successor::New(welfare)];
    Some(Edit::Split { unit, successors, transfers, children_to, note })
}

fn suppress_evaluation(drawing: &Drawing) -> Option<Edit> {
    let (unit, to) = (drawing.find("210")?, drawing.find("220")?);
    let transfers = vec![
        transfer(unit, Some(to), "Aplicación y uso pedagógico de las evaluaciones."),
        transfer(unit, None, "Termina la edición del boletín impreso de resultados."),
    ];
    let note = Some("Los procesos de evaluación se integran al mejoramiento institucional.".to_owned());
    Some(Edit::Suppress { unit, transfers, children_to: Some(to), note })
}

fn rename_legal(drawing: &Drawing) -> Option<Edit> {
    rename(drawing, "120", "Oficina Asesora Jurídica y de Contratación")
}

fn move_buildings(drawing: &Drawing) -> Option<Edit> {
    hang(drawing, "340", "400")
}

fn create_innovation(drawing: &Drawing) -> Option<Edit> {
    let functions = &["Promover la innovación pedagógica y el uso de la tecnología en el aula."];
    let name = "Área de Innovación y Tecnología Educativa";
    Some(Edit::Create { unit: drawing.new_unit("270", OrgUnitKind::Area, name, "200", functions)? })
}

fn create_paths(drawing: &Drawing) -> Option<Edit> {
    let functions = &["Articular las trayectorias educativas desde la educación inicial hasta la posmedia."];
    let name = "Área de Trayectorias Educativas";
    Some(Edit::Create { unit: drawing.new_unit("280", OrgUnitKind::Area, name, "200", functions)? })
}

fn suppress_citizens(drawing: &Drawing) -> Option<Edit> {
    let (unit, to) = (drawing.find("430")?, drawing.find("110")?);
    let transfers = vec![transfer(unit, Some(to), "Sistema de atención al ciudadano y medición de la satisfacción.")];
    Some(Edit::Suppress { unit, transfers, children_to: Some(to), note: None })
}

fn rename_inspection(drawing: &Drawing) -> Option<Edit> {
    rename(drawing, "130", "Oficina de Inspección, Vigilancia y Control")
}

/// One of the merged goes on: the office of planning takes the other in.
fn merge_planning(drawing: &Drawing) -> Option<Edit> {
    let (stays, goes) = (drawing.find("110")?, drawing.find("170")?);
    Some(Edit::Merge {
        predecessors: vec![stays, goes],
        successor: Successor::Existing(stays),
        transfers: Vec::new(),
        children_to: Some(stays),
        note: Some("La gestión de calidad vuelve a la oficina de planeación.".to_owned()),
    })
}
