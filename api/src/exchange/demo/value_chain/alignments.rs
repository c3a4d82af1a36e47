//! What processes, units, documents and capabilities are held to: policies by edition, components, clauses, norms.

use chrono::NaiveDate;
use entity::{
    Id,
    framework::requirement,
    value_chain::{
        AlignmentRole::{self, Contributes, Leads},
        ProcessLevel, alignment, process_norm,
    },
};
use uuid::Uuid;

use super::{
    Maker, capabilities, catalogue,
    faults::Rule,
    map::{Origin, Process},
};
use crate::exchange::{
    demo::{ANCHOR, DemoData, FUNZA},
    load::key,
};

/// What is aligned.
#[derive(Clone, Copy)]
enum Subject {
    Process(Uuid),
    Unit(Uuid),
    Document(Uuid),
    Capability(Uuid),
}

/// MECI and ISO 9001 beside MIPG, by process: component, clause.
const BESIDE: &[(&str, Option<&str>, Option<&str>)] = &[
    ("A02", Some("AMBIENTE_DE_CONTROL"), Some("6.2.1")),
    ("A04", Some("ACTIVIDADES_DE_MONITOREO"), Some("9.1.3")),
    ("A05", Some("INFORMACION_Y_COMUNICACION"), None),
    ("C03", None, Some("8.5.1")),
    ("C05", Some("ACTIVIDADES_DE_CONTROL"), Some("8.6")),
    ("E01", Some("INFORMACION_Y_COMUNICACION"), Some("8.2.1")),
    ("E02", None, Some("9.1.2")),
    ("H03", Some("AMBIENTE_DE_CONTROL"), Some("7.2")),
    ("I01", Some("ACTIVIDADES_DE_CONTROL"), Some("8.4.1")),
    ("K01", Some("EVALUACION_DEL_RIESGO"), Some("9.2.1")),
    ("N01", Some("ACTIVIDADES_DE_MONITOREO"), Some("10.2.1")),
    ("N02", None, Some("7.5.3.1")),
];

/// Writes alignments and normogram.
pub fn write(maker: &mut Maker, made: &[Process], demo: &mut DemoData) {
    let code = maker.secretariat.code();
    let spared = maker.faults.strikes(Rule::ProcessWithoutAlignment, code).then(|| {
        let fitting: Vec<&Process> =
            made.iter().filter(|process| matches!(process.code.as_str(), "C04" | "H02" | "J03" | "N03")).collect();
        let chosen = if code == FUNZA { fitting[fitting.len() - 1] } else { maker.chance.pick(&fitting) };
        maker.faults.plant(Rule::ProcessWithoutAlignment, code, chosen.id.uuid());
        chosen.id
    });
    for process in
        made.iter().filter(|process| process.level <= ProcessLevel::Process && process.origin != Origin::Prospect)
    {
        let leading = process.level == ProcessLevel::Process;
        let known = catalogue::of(&process.code);
        let many = if maker.detailed { usize::MAX } else { usize::from(leading) };
        let helps = known.helps.iter().take(many);
        let policies = known.heads.iter().map(|slug| (*slug, Leads)).chain(helps.map(|slug| (*slug, Contributes)));
        for (slug, role) in policies {
            aligned(maker, process, spared == Some(process.id), ("MIPG", slug), role, demo);
        }
        let beside = BESIDE.iter().find(|(beside, ..)| *beside == process.code && spared != Some(process.id));
        if let Some((_, component, clause)) = beside.filter(|_| leading) {
            for (framework, slug) in [("MECI", component), ("ISO_9001", clause)] {
                if let Some(slug) = slug {
                    aligned(maker, process, false, (framework, slug), Contributes, demo);
                }
            }
        }
        if maker.detailed || leading && process.letter() == "C" {
            normogram(maker, process, known.norms, demo);
        }
    }
    others(maker, demo);
    outdated(maker, made, demo);
}

/// In every edition in which the requirement stands and the process was there; in the present one unless it is spared.
fn aligned(
    maker: &Maker,
    process: &Process,
    spared: bool,
    (framework, slug): (&str, &str),
    role: AlignmentRole,
    demo: &mut DemoData,
) {
    let days = (process.from, process.until);
    let editions = editions(maker, framework, slug, days);
    let told = |to: Option<NaiveDate>| told(maker, role, to) && (!spared || to.is_some());
    for (requirement, from, to) in editions.into_iter().filter(|(.., to)| told(*to)) {
        push(maker, Subject::Process(process.id.uuid()), requirement, role, (from, to), demo);
    }
}

/// What only contributes is told of the past where everything is.
fn told(maker: &Maker, role: AlignmentRole, to: Option<NaiveDate>) -> bool {
    maker.detailed || role == Leads || to.is_none()
}

type Days = (NaiveDate, Option<NaiveDate>);

/// The requirements of a slug, edition by edition, with the days on which something of these days stood under each.
fn editions(maker: &Maker, framework: &str, slug: &str, days: Days) -> Vec<(String, NaiveDate, Option<NaiveDate>)> {
    let editions = maker.data.framework_editions.iter().filter(|edition| edition.framework == framework);
    let met = editions.filter_map(|edition| {
        let key = format!("{}/{slug}", edition.key);
        let from = days.0.max(edition.valid.from());
        let to = [days.1, edition.valid.to()].into_iter().flatten().min();
        let stands = maker.requirements.contains(key.as_str()) && to.is_none_or(|to| from < to);
        stands.then_some((key, from, to))
    });
    met.collect()
}

fn push(maker: &Maker, subject: Subject, requirement: String, role: AlignmentRole, days: Days, demo: &mut DemoData) {
    let requirement: Id<requirement::Entity> = key(&requirement);
    let (Subject::Process(id) | Subject::Unit(id) | Subject::Document(id) | Subject::Capability(id)) = subject;
    let why = match role {
        Leads => "Responde por la implementación de la política en la Secretaría.",
        Contributes => "Sus resultados apoyan el cumplimiento del requisito.",
    };
    let (mut process_id, mut org_unit_id, mut controlled_document_id, mut capability_id) = (None, None, None, None);
    match subject {
        Subject::Process(id) => process_id = Some(Id::from_uuid(id)),
        Subject::Unit(id) => org_unit_id = Some(Id::from_uuid(id)),
        Subject::Document(id) => controlled_document_id = Some(Id::from_uuid(id)),
        Subject::Capability(id) => capability_id = Some(Id::from_uuid(id)),
    }
    demo.alignments.push(alignment::Model {
        id: key(&format!("{id}/{}/{}", requirement.uuid(), role.number())),
        organization_id: maker.secretariat.id,
        requirement_id: requirement,
        role,
        rationale: Some(why.to_owned()),
        process_id,
        org_unit_id,
        controlled_document_id,
        capability_id,
        valid_from: days.0,
        valid_to: days.1,
        row_version: 1,
    });
}

/// Some units, documents and capabilities.
fn others(maker: &Maker, demo: &mut DemoData) {
    let unit = |code: &str| Subject::Unit(maker.timeline.unit(maker.secretariat.code(), code).uuid());
    let document: Id<entity::value_chain::controlled_document::Entity> =
        key(&format!("{}/N02.04.I05", maker.secretariat.code()));
    let mut subjects =
        vec![(unit("110"), "PLANEACION"), (unit("100"), "CONTROL_INTERNO"), (unit("120"), "DEFENSA_JURIDICA")];
    if demo.controlled_documents.iter().rev().take(30).any(|row| row.id == document) {
        subjects.push((Subject::Document(document.uuid()), "GESTION_DOCUMENTAL"));
    }
    let slugs = ["SERVICIO", "CONOCIMIENTO", "GETH"];
    subjects.extend(
        slugs
            .iter()
            .take(capabilities::many(maker))
            .enumerate()
            .map(|(index, slug)| (Subject::Capability(capabilities::id(maker, index).uuid()), *slug)),
    );
    // From half a year after the map began: everything is there by then.
    let since = maker.start + chrono::Days::new(180);
    for (subject, slug) in subjects {
        let editions = editions(maker, "MIPG", slug, (since, None));
        for (requirement, from, to) in editions.into_iter().filter(|(.., to)| told(maker, Contributes, *to)) {
            push(maker, subject, requirement, Contributes, (from, to), demo);
        }
    }
}

/// An alignment that was not ended with its edition.
fn outdated(maker: &mut Maker, made: &[Process], demo: &mut DemoData) {
    let code = maker.secretariat.code();
    let Some(process) = made.iter().find(|process| process.code == "A02") else { return };
    let old = editions(maker, "MIPG", "SERVICIO", (process.from, None)).into_iter().find(|(.., to)| to.is_some());
    let Some((requirement, from, _)) = old.filter(|_| maker.faults.strikes(Rule::AlignmentOutdated, code)) else {
        return;
    };
    push(maker, Subject::Process(process.id.uuid()), requirement, Contributes, (from, None), demo);
    if let Some(row) = demo.alignments.last() {
        maker.faults.plant(Rule::AlignmentOutdated, code, row.id.uuid());
    }
    debug_assert!(from < ANCHOR);
}

fn normogram(maker: &Maker, process: &Process, norms: &[&str], demo: &mut DemoData) {
    let known = norms.iter().filter(|code| maker.data.norms.iter().any(|norm| norm.code == **code));
    let row = |tail: &str| process_norm::Model {
        id: key(&format!("{}/{tail}", process.id.uuid())),
        organization_id: maker.secretariat.id,
        process_id: process.id,
        norm_id: None,
        name: None,
        articles: None,
        subject: None,
        valid_from: process.from,
        valid_to: process.until,
        row_version: 1,
    };
    demo.process_norms.extend(known.map(|code| process_norm::Model { norm_id: Some(key(code)), ..row(code) }));
    if process.code == "C01" {
        let name = "Resolución territorial de matrícula de la vigencia".to_owned();
        let subject = Some("Calendario y reglas de la matrícula oficial.".to_owned());
        demo.process_norms.push(process_norm::Model { name: Some(name), subject, ..row("own") });
    }
}
