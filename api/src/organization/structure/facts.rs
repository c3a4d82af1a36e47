//! What the guards of the life cycle look at: read once as data, shown by `availableTransitions`, judged by the acts.

use chrono::NaiveDate;
use entity::organization::{StructureStage, StructureState, structure_transition, structure_version};
use sea_orm::EntityTrait;

use super::rests::RESTS;
use crate::{
    access::{actor::Actor, rules::Duty},
    graph::{
        Declaration,
        declaration::{Figure, ObjectShape, Scalar, Shape, Sql},
    },
    life_cycle::{self, Cells, Given, Judged, Line, Read, read_uses, step_row, step_shape, submitted},
    organization::{
        states::{StructureAct, StructureFacts, StructureLife, state_on},
        types::STRUCTURE_VERSION,
    },
    store::{ActFault, ChangeSet, Granted, Verb},
};

static STEP: ObjectShape = step_shape!("StructureAvailableTransition", "StructureState", "structureVersionApprove");

/// `availableTransitions`.
pub const AVAILABLE: Figure = Figure {
    needs: &[
        (Sql::Column("organization_id"), Scalar::Id),
        (Sql::Column("stage"), Scalar::Enum(&StructureStage::VOCABULARY)),
        (Sql::Column("valid_from"), Scalar::Date),
        (Sql::Column("valid_to"), Scalar::Date),
        (Sql::Column("annulled_from"), Scalar::Date),
        (Sql::Column("legal_act_id"), Scalar::Id),
        (
            Sql::Template(
                "CAST((SELECT count(*) FROM unit_version c WHERE c.structure_version_id = {t}.id) AS INTEGER)",
            ),
            Scalar::Int,
        ),
        (
            Sql::Template(
                "CAST((SELECT count(*) FROM unit_version c WHERE c.structure_version_id = {t}.id \
                 AND c.parent_id IS NULL) AS INTEGER)",
            ),
            Scalar::Int,
        ),
        // Around a cycle the depth cannot grow by one at every step; a parent outside the version cannot be stored.
        (
            Sql::Template(
                "CAST((SELECT count(*) FROM unit_version c JOIN unit_version p ON p.id = c.parent_id \
                 WHERE c.structure_version_id = {t}.id AND c.depth <> p.depth + 1) AS INTEGER)",
            ),
            Scalar::Int,
        ),
        // Names hold no line breaks, so a line is a name.
        (
            Sql::Template(
                "(SELECT string_agg(b.name, '\n' ORDER BY b.path) FROM unit_version b \
                 WHERE b.structure_version_id = {t}.base_version_id \
                 AND NOT EXISTS (SELECT 1 FROM unit_version w WHERE w.structure_version_id = {t}.id \
                 AND w.org_unit_id = b.org_unit_id) \
                 AND NOT EXISTS (SELECT 1 FROM succession s JOIN succession_predecessor p ON p.succession_id = s.id \
                 WHERE s.structure_version_id = {t}.id AND p.org_unit_id = b.org_unit_id))",
            ),
            Scalar::Text,
        ),
        submitted!(person, "structure_transition", "structure_version_id", "s.to_state = 2"),
        submitted!(account, "structure_transition", "structure_version_id", "s.to_state = 2"),
        submitted!(answerable, "structure_transition", "structure_version_id", "s.to_state = 2"),
        RESTS,
    ],
    output: &Shape::List(&Shape::Object(&STEP)),
    arguments: &[],
    compute: life_cycle::available_steps::<StructureLife>,
    reveals: None,
};

impl Judged for StructureLife {
    const OF: &'static Declaration = &STRUCTURE_VERSION;
    const FIGURE: Figure = AVAILABLE;

    fn read(cells: Cells<'_>, actor: &Actor, today: NaiveDate) -> Read<StructureFacts> {
        let organization = cells.key(0).unwrap_or_default();
        let person = actor.person(organization);
        let stage = cells.text(1).and_then(|name| StructureStage::VOCABULARY.by_name(name));
        let stage = stage.and_then(|term| StructureStage::from_number(term.number)).unwrap_or(StructureStage::Draft);
        let facts = StructureFacts {
            state: state_on(stage, cells.date(2), cells.date(3), cells.date(4), today),
            valid_from: cells.date(2),
            valid_to: cells.date(3),
            has_legal_act: cells.key(5).is_some(),
            unit_count: cells.count(6),
            root_count: cells.count(7),
            adrift_count: cells.count(8),
            // The table refuses a second unit with one code.
            repeated_codes: Vec::new(),
            unmapped_units: cells
                .text(9)
                .map(|names| names.lines().map(ToOwned::to_owned).collect())
                .unwrap_or_default(),
            submitter: cells.submitter(10, actor, person),
            rests: read_uses(cells.text(13), organization, actor),
            actor: person,
            given: None,
        };
        Read { facts, organization, units: Vec::new() }
    }
}

/// What is said together with an act.
pub struct Said {
    /// The act's date, a reason.
    pub given: Given,
    /// Does a legal act come with it?
    pub legal_act: bool,
}

/// The transition that the act makes on the version, or everything that stands against it.
pub async fn judge<V: Verb>(
    changes: &ChangeSet,
    version: &Granted<structure_version::Entity, V>,
    act: StructureAct,
    said: Said,
) -> Result<(&'static Line<StructureLife>, StructureFacts), ActFault> {
    life_cycle::judge::<StructureLife, _, V>(changes, version, act, |facts| {
        facts.given = Some(said.given);
        facts.has_legal_act |= said.legal_act;
    })
    .await
}

/// When an act is entered, and with what standing: a past date takes the duty, the word `backdate`, and a reason.
pub fn entry<E: EntityTrait, V>(
    changes: &ChangeSet,
    row: &Granted<E, V>,
    backdate: Option<bool>,
    has_reason: bool,
) -> crate::organization::rules::timeline::Entry {
    let may = changes.intent().actor.has(Duty::Backdate, row.organization().uuid());
    crate::organization::rules::timeline::Entry {
        today: changes.today(),
        may_backdate: may && backdate == Some(true),
        has_reason,
    }
}

step_row!(structure_transition, structure_version_id, structure_version::Entity, StructureState);

/// Writes down a step of the life cycle.
pub async fn step<V: Verb>(
    changes: &mut ChangeSet,
    version: &Granted<structure_version::Entity, V>,
    from: Option<StructureState>,
    (to, date): (StructureState, NaiveDate),
    reason: Option<&str>,
) -> Result<(), ActFault> {
    let said = life_cycle::Said { from, to, date, reason: reason.map(ToOwned::to_owned) };
    life_cycle::record::<structure_transition::Entity, V>(changes, version, said).await
}
