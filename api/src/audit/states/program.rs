//! The life cycle of an annual program.

use chrono::NaiveDate;
use entity::audit::{ProgramState, audit_program, audit_program_transition};
use uuid::Uuid;

use crate::{
    access::{actor::Actor, rules::Duty},
    audit::types::AUDIT_PROGRAM,
    graph::{
        Declaration,
        declaration::{Figure, ObjectShape, Scalar, Shape, Sql},
        error::ErrorCode,
    },
    life_cycle::{
        self, Cells, Derived, Given, Judged, LifeCycle, Line, Read, available_steps, step_shape, stepped, submitted,
        takes_given, when,
    },
};

/// An act that changes the state of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProgramAct {
    /// Approve it.
    Approve,
    /// Begin with it.
    Begin,
    /// End it.
    Close,
}

/// What the guards look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramFacts {
    /// Where it stands.
    pub state: ProgramState,
    /// How many audits stand in it.
    pub audits: usize,
    /// Codes of those that are neither closed nor cancelled.
    pub open: Vec<String>,
    /// The person who acts; none for an account without one.
    pub actor: Option<Uuid>,
    /// Who wrote it.
    pub author: Option<Uuid>,
    /// What came with the act.
    pub given: Option<Given>,
}
takes_given!(ProgramFacts);

type Guard = life_cycle::Guard<ProgramFacts>;

const HAS_AUDITS: Guard = Guard {
    about: "at least one audit stands in it",
    check: |facts| when(facts.audits == 0, || ErrorCode::Required.at(["audits"])),
};
const OTHER_PERSON: Guard = Guard {
    about: "a person acts, and another one than wrote it",
    check: |facts| match facts.actor {
        None => vec![ErrorCode::ActorWithoutPerson.into()],
        same => when(same == facts.author, || ErrorCode::SeparationOfDuties.into()),
    },
};
const ALL_DONE: Guard = Guard {
    about: "every audit of it is closed or cancelled",
    check: |facts| when(!facts.open.is_empty(), || ErrorCode::AuditsOpen.with("audits", facts.open.clone())),
};

/// The life cycle of programs.
pub struct ProgramLife;

impl LifeCycle for ProgramLife {
    type State = ProgramState;
    type Act = ProgramAct;
    type Facts = ProgramFacts;

    const TRANSITIONS: &'static [Line<Self>] = {
        use ProgramState::{Approved, Closed, Draft, InExecution};
        &[
            Line::<Self> {
                from: Draft,
                to: Approved,
                act: ProgramAct::Approve,
                label: "approve",
                duty: Some(Duty::Direct),
                guards: &[&HAS_AUDITS, &OTHER_PERSON],
            },
            Line::<Self> {
                from: Approved,
                to: InExecution,
                act: ProgramAct::Begin,
                label: "begin (the first of its audits that begins does it too)",
                duty: Some(Duty::PlanAudits),
                guards: &[],
            },
            Line::<Self> {
                from: InExecution,
                to: Closed,
                act: ProgramAct::Close,
                label: "close",
                duty: Some(Duty::PlanAudits),
                guards: &[&ALL_DONE],
            },
        ]
    };
    const DERIVED: &'static [Derived<ProgramState>] = &[];

    fn state(facts: &ProgramFacts) -> ProgramState {
        facts.state
    }

    fn name(state: ProgramState) -> &'static str {
        ProgramState::VOCABULARY.by_number(state.number()).map_or("", |term| term.name)
    }

    fn mutation(act: ProgramAct) -> &'static str {
        match act {
            ProgramAct::Approve => "auditProgramApprove",
            ProgramAct::Begin => "auditProgramBegin",
            ProgramAct::Close => "auditProgramClose",
        }
    }
}

static STEP: ObjectShape = step_shape!("ProgramAvailableTransition", "ProgramState", "auditProgramApprove");

/// `availableTransitions`.
pub const AVAILABLE: Figure = Figure {
    needs: &[
        (Sql::Column("organization_id"), Scalar::Id),
        (Sql::Column("state"), Scalar::Enum(&ProgramState::VOCABULARY)),
        (
            Sql::Template("CAST((SELECT count(*) FROM audit s WHERE s.audit_program_id = {t}.id) AS INTEGER)"),
            Scalar::Int,
        ),
        (
            Sql::Template(
                "(SELECT string_agg(s.code, '\n' ORDER BY s.code) FROM audit s \
                 WHERE s.audit_program_id = {t}.id AND s.state NOT IN (8, 9))",
            ),
            Scalar::Text,
        ),
        submitted!(person, "audit_program_transition", "audit_program_id", "s.from_state IS NULL"),
        submitted!(account, "audit_program_transition", "audit_program_id", "s.from_state IS NULL"),
        submitted!(answerable, "audit_program_transition", "audit_program_id", "s.from_state IS NULL"),
    ],
    output: &Shape::List(&Shape::Object(&STEP)),
    arguments: &[],
    compute: available_steps::<ProgramLife>,
    reveals: None,
};

impl Judged for ProgramLife {
    const OF: &'static Declaration = &AUDIT_PROGRAM;
    const FIGURE: Figure = AVAILABLE;

    fn read(cells: Cells<'_>, actor: &Actor, _: NaiveDate) -> Read<ProgramFacts> {
        let organization = cells.key(0).unwrap_or_default();
        let person = actor.person(organization);
        let state = cells.word(1, &ProgramState::VOCABULARY).and_then(ProgramState::from_number);
        let facts = ProgramFacts {
            state: state.unwrap_or(ProgramState::Draft),
            audits: cells.count(2),
            open: cells.lines(3).map(ToOwned::to_owned).collect(),
            actor: person,
            author: cells.submitter(4, actor, person),
            given: None,
        };
        Read { facts, organization, units: Vec::new() }
    }
}

stepped!(audit_program, ProgramState, ProgramLife, audit_program_transition, audit_program_id);
