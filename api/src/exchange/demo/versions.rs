//! The history of a secretariat's structure: which versions, from when until when, by which act, in which state.

use chrono::{Days, NaiveDate};
use entity::{
    Id, Interval, TextList, fold,
    organization::{
        LegalActKind, ResponsibilityFate, StructureStage, SuccessionKind, legal_act, org_unit, responsibility_transfer,
        structure_version, succession, succession_predecessor, succession_successor, unit_version,
    },
};

use super::{ANCHOR, DemoData, FUNZA, day, life, organizations::Secretariat, reorganize};
use crate::{
    exchange::load::key,
    organization::rules::{
        reorganize::{Structure, Succession},
        timeline,
        tree::{TreeUnit, place},
    },
};

/// A version with its units, and its days if they are fixed.
pub struct Version {
    /// Its key.
    pub id: Id<structure_version::Entity>,
    /// Its number, from 1.
    pub number: i32,
    /// How far its approval has come.
    pub stage: StructureStage,
    /// First day.
    pub from: Option<NaiveDate>,
    /// Day after the last.
    pub to: Option<NaiveDate>,
    /// Day of the ruling that annulled it.
    pub annulled: Option<NaiveDate>,
    /// Number of the version that it was drafted from.
    pub base: Option<i32>,
    /// Its act.
    pub act: Option<Id<legal_act::Entity>>,
    /// Its units and what became of those of its base.
    pub structure: Structure,
    /// The day of its act, or of the last step so far.
    pub decided: NaiveDate,
    /// The day of the act that ended it.
    pub ended_by: Option<NaiveDate>,
}

impl Version {
    /// The days on which it is in force.
    pub fn days(&self) -> Option<Interval> {
        timeline::effective(self.from, self.to, self.annulled)
    }
}

/// Where a court annulled a reorganization, so that the earlier structure revived in the next (Ciénaga).
pub const ANNULLED: &str = "47189";

/// Every version of a secretariat, in the order of their numbers.
pub fn history(secretariat: &mut Secretariat, demo: &mut DemoData, scale: u32) -> Vec<Version> {
    let starts = starts(secretariat);
    let thorough = secretariat.code() == FUNZA;
    let mut versions = Vec::new();
    for (turn, from) in starts.iter().enumerate() {
        let revives = turn == 2 && secretariat.code() == ANNULLED;
        let base: Option<usize> = if revives { Some(0) } else { turn.checked_sub(1) };
        let structure = match base.and_then(|base: usize| versions.get(base)) {
            None => reorganize::found(secretariat, scale),
            Some(Version { structure, .. }) => {
                reorganize::reorganize(secretariat, &structure.units, turn - 1, thorough)
            }
        };
        let annulled = (turn == 1 && secretariat.code() == ANNULLED).then(|| starts[2]);
        let to = starts.get(turn + 1).copied();
        let decided = *from - Days::new(3 + u64::from(secretariat.chance.below(18)));
        let version = version(secretariat, turn, base, structure);
        let act = decree(secretariat, demo, decided, turn);
        let stage = StructureStage::Approved;
        if let Some(before) = versions.last_mut().filter(|before: &&mut Version| before.annulled.is_none()) {
            before.ended_by = Some(decided);
        }
        versions.push(Version { stage, from: Some(*from), to, annulled, act: Some(act), decided, ..version });
    }
    versions.extend(open_end(secretariat, &versions));
    versions
}

fn version(secretariat: &Secretariat, turn: usize, base: Option<usize>, structure: Structure) -> Version {
    let number = |turn: usize| i32::try_from(turn + 1).unwrap_or(i32::MAX);
    Version {
        id: key(&format!("{}/{}", secretariat.code(), number(turn))),
        number: number(turn),
        stage: StructureStage::Draft,
        from: None,
        to: None,
        annulled: None,
        base: base.map(number),
        act: None,
        structure,
        decided: ANCHOR,
        ended_by: None,
    }
}

/// The first days of the versions that came or will come into force: the last may lie after the anchor.
fn starts(secretariat: &mut Secretariat) -> Vec<NaiveDate> {
    let chance = &mut secretariat.chance;
    let mut somewhere = |from: NaiveDate, days: u32| from + Days::new(u64::from(chance.below(days)));
    let first = somewhere(day(2019, 2, 1), 850).max(secretariat.entity.valid.from() + Days::new(31));
    let (second, third) = (somewhere(day(2023, 1, 16), 500), somewhere(day(2024, 9, 1), 450));
    let (fourth, decades) = (somewhere(day(2026, 9, 1), 120), chance.below(100));
    match secretariat.entity.divipola.as_str() {
        FUNZA => vec![day(2019, 3, 1), day(2023, 7, 1), day(2025, 2, 1)],
        "05" => vec![first, second, third, day(2026, 10, 1)],
        "05001" | ANNULLED => vec![first, second, third],
        _ if decades < 15 => vec![first, second, third, fourth],
        _ if decades < 70 => vec![first, second, third],
        _ => vec![first, second],
    }
}

/// A draft, or a version under approval, that follows the last one in some secretariats.
fn open_end(secretariat: &mut Secretariat, versions: &[Version]) -> Option<Version> {
    let last = versions.last().filter(|last| last.from.is_some_and(|from| from < ANCHOR))?;
    let stage = match (secretariat.code(), secretariat.chance.below(4)) {
        (FUNZA, _) => StructureStage::Draft,
        ("05001", _) => StructureStage::UnderApproval,
        (_, 0) => StructureStage::Draft,
        (_, 1) => StructureStage::UnderApproval,
        _ => return None,
    };
    let structure = reorganize::reorganize(secretariat, &last.structure.units, 2, true);
    let turn = versions.len();
    Some(Version { stage, ..version(secretariat, turn, turn.checked_sub(1), structure) })
}

fn decree(
    secretariat: &mut Secretariat,
    demo: &mut DemoData,
    decided: NaiveDate,
    turn: usize,
) -> Id<legal_act::Entity> {
    let what = if turn == 0 { "adopta" } else { "modifica" };
    let name = &secretariat.entity.name;
    let subject = format!(
        "Por el cual se {what} la estructura orgánica de la Secretaría de Educación de {name} y se dictan otras \
         disposiciones"
    );
    let authority = secretariat.authority();
    secretariat.act(demo, LegalActKind::Decree, authority, decided, subject)
}

/// Writes the rows of every version.
pub fn write(secretariat: &Secretariat, versions: &[Version], demo: &mut DemoData) {
    units(secretariat, versions, demo);
    for version in versions {
        demo.structure_versions.push(structure_version::Model {
            id: version.id,
            organization_id: secretariat.id,
            number: version.number,
            stage: version.stage,
            valid_from: version.from,
            valid_to: version.to,
            annulled_from: version.annulled,
            note: version.base.map(|base| format!("Formulada a partir de la versión {base}.")),
            repeal_act_id: None,
            legal_act_id: version.act,
            base_version_id: version.base.map(|base| key(&format!("{}/{base}", secretariat.code()))),
            row_version: 1,
        });
        unit_versions(secretariat, version, demo);
        for (index, found) in version.structure.successions.iter().enumerate() {
            succession(secretariat, version, index, found, demo);
        }
        life::write(secretariat, version, demo);
    }
}

/// The lasting identities, each under the name that it had last.
fn units(secretariat: &Secretariat, versions: &[Version], demo: &mut DemoData) {
    let first = demo.org_units.len();
    let mut seen = std::collections::HashMap::new();
    for unit in versions.iter().flat_map(|version| &version.structure.units) {
        let at = *seen.entry(unit.id).or_insert(demo.org_units.len() - first) + first;
        if at == demo.org_units.len() {
            demo.org_units.push(org_unit::Model {
                id: Id::from_uuid(unit.id),
                organization_id: secretariat.id,
                name: String::new(),
                name_key: String::new(),
                row_version: 1,
            });
        }
    }
    let decided = versions.iter().filter(|version| version.stage == StructureStage::Approved);
    let open = versions.iter().filter(|version| version.stage != StructureStage::Approved);
    // A draft names only what nothing else names.
    for unit in open.chain(decided).flat_map(|version| &version.structure.units) {
        if let Some(at) = seen.get(&unit.id) {
            let row = &mut demo.org_units[first + at];
            (row.name, row.name_key) = (unit.name.clone(), fold(&unit.name));
        }
    }
}

fn unit_versions(secretariat: &Secretariat, version: &Version, demo: &mut DemoData) {
    let units = &version.structure.units;
    let shape = units.iter().map(|unit| TreeUnit {
        id: unit.id,
        parent: unit.parent,
        code: unit.code.clone(),
        position: unit.position,
        path: Vec::new(),
    });
    let placed = place(&shape.collect::<Vec<_>>()).unwrap_or_default();
    let id_of = |unit: uuid::Uuid| key(&format!("{}/{unit}", version.id.uuid()));
    let by_id: std::collections::HashMap<_, _> = units.iter().map(|unit| (unit.id, unit)).collect();
    for place in placed {
        let Some(unit) = by_id.get(&place.id) else { continue };
        demo.unit_versions.push(unit_version::Model {
            id: id_of(unit.id),
            organization_id: secretariat.id,
            structure_version_id: version.id,
            org_unit_id: Id::from_uuid(unit.id),
            parent_id: unit.parent.map(id_of),
            code: unit.code.clone(),
            name: unit.name.clone(),
            name_key: fold(&unit.name),
            kind: unit.kind,
            functions: TextList::new(&unit.functions).unwrap_or_default(),
            position: i32::try_from(unit.position).unwrap_or(i32::MAX),
            path: place.path,
            depth: i32::try_from(place.depth).unwrap_or(i32::MAX),
            valid_from: version.days().map(Interval::from),
            valid_to: version.days().and_then(Interval::to),
            row_version: 1,
        });
    }
}

fn succession(secretariat: &Secretariat, version: &Version, index: usize, found: &Succession, demo: &mut DemoData) {
    let id: Id<succession::Entity> = key(&format!("{}/{index}", version.id.uuid()));
    let fate = if found.successors.is_empty() { ResponsibilityFate::Ended } else { ResponsibilityFate::Transferred };
    demo.successions.push(succession::Model {
        id,
        organization_id: secretariat.id,
        structure_version_id: version.id,
        kind: found.kind,
        responsibilities: (found.kind == SuccessionKind::Suppress).then_some(fate),
        note: found.note.clone(),
        valid_from: version.from,
        row_version: 1,
    });
    let organization_id = secretariat.id;
    demo.predecessors.extend(found.predecessors.iter().map(|unit| succession_predecessor::Model {
        succession_id: id,
        organization_id,
        org_unit_id: Id::from_uuid(*unit),
    }));
    demo.successors.extend(found.successors.iter().map(|unit| succession_successor::Model {
        succession_id: id,
        organization_id,
        org_unit_id: Id::from_uuid(*unit),
    }));
    let transfers = found.transfers.iter().enumerate();
    demo.transfers.extend(transfers.map(|(at, transfer)| responsibility_transfer::Model {
        id: key(&format!("{}/{at}", id.uuid())),
        organization_id,
        succession_id: id,
        from_unit_id: Id::from_uuid(transfer.from),
        to_unit_id: transfer.to.map(Id::from_uuid),
        process_id: transfer.process.map(Id::from_uuid),
        description: transfer.description.clone(),
        row_version: 1,
    }));
}
