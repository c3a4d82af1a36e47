//! The life cycle of an audit.

use chrono::NaiveDate;
use entity::audit::{AuditKind, AuditState, ProgramState, audit, audit_transition};

use crate::{
    access::{actor::Actor, rules::Duty},
    audit::{
        rules::independence::{Held, binds, days},
        types::AUDIT,
    },
    graph::{
        Declaration,
        declaration::{Figure, ObjectShape, Scalar, Shape, Sql},
        error::{ErrorCode, Refusal},
    },
    life_cycle::{
        self, Cells, Derived, Given, Judged, LifeCycle, Line, Read, available_steps, step_shape, stepped, takes_given,
        when,
    },
};

/// An act that changes the state of an audit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AuditAct {
    /// Settle scope, criteria and team.
    Prepare,
    /// Go to work.
    Begin,
    /// Hand over a draft of the report.
    Draft,
    /// Let the audited answer.
    Hear,
    /// Say the last word.
    Finish,
    /// Follow its findings up.
    Follow,
    /// End it.
    Close,
    /// Give it up.
    Cancel,
}

/// What the guards look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditFacts {
    /// Where it stands.
    pub state: AuditState,
    /// Does a body from outside audit? Then there is no team of ours.
    pub external: bool,
    /// May whoever acts do it: does he audit in it, or plan audits?
    pub takes_part: bool,
    /// How many lead auditors it has.
    pub leads: usize,
    /// How many criteria.
    pub criteria: usize,
    /// How many processes and units it looks at.
    pub scope: usize,
    /// Those that were neither looked at nor left out with a reason, by name.
    pub uncovered: Vec<String>,
    /// Posts of auditors that stand against their auditing, and were not excused.
    pub bound: Vec<Held>,
    /// Where its program stands, if it is in one.
    pub program: Option<ProgramState>,
    /// Codes of findings that are neither confirmed nor dismissed.
    pub undecided: Vec<String>,
    /// Codes of findings that are not closed.
    pub open: Vec<String>,
    /// What came with the act.
    pub given: Option<Given>,
}
takes_given!(AuditFacts);

type Guard = life_cycle::Guard<AuditFacts>;

const TAKES_PART: Guard = Guard {
    about: "whoever acts audits in it, or plans audits",
    check: |facts| when(!facts.takes_part, || ErrorCode::NotOnTeam.into()),
};
const SCOPE: Guard = Guard {
    about: "it looks at a process or a unit",
    check: |facts| when(facts.scope == 0, || ErrorCode::Required.at(["scope"])),
};
const CRITERIA: Guard = Guard {
    about: "it has criteria (that of an external body may have none)",
    check: |facts| when(facts.criteria == 0 && !facts.external, || ErrorCode::Required.at(["criteria"])),
};
const ONE_LEAD: Guard = Guard {
    about: "exactly one lead auditor (none for an external body)",
    check: |facts| when(facts.leads != 1 && !facts.external, || ErrorCode::LeadAuditorRequired.at(["team"])),
};
const INDEPENDENT: Guard = Guard {
    about: "every auditor is independent, or was excused by control interno with a reason",
    check: |facts| facts.bound.iter().map(not_independent).collect(),
};
const PROGRAM_APPROVED: Guard = Guard {
    about: "its program, if it is in one, was approved",
    check: |facts| {
        let waiting = facts.program == Some(ProgramState::Draft);
        when(waiting, || ErrorCode::ProgramNotApproved.at(["program"]))
    },
};
const COVERED: Guard = Guard {
    about: "everything in its scope was looked at, or left out with a reason",
    check: |facts| {
        let items = || ErrorCode::ScopeUncovered.at(["scope"]).with("items", facts.uncovered.clone());
        when(!facts.uncovered.is_empty(), items)
    },
};
const DECIDED: Guard = Guard {
    about: "every finding is confirmed or dismissed",
    check: |facts| {
        let open = || ErrorCode::FindingsOpen.at(["findings"]).with("findings", facts.undecided.clone());
        when(!facts.undecided.is_empty(), open)
    },
};
const ALL_CLOSED: Guard = Guard {
    about: "every finding is closed or dismissed",
    check: |facts| {
        let open = || ErrorCode::FindingsOpen.at(["findings"]).with("findings", facts.open.clone());
        when(!facts.open.is_empty(), open)
    },
};
const REASON_GIVEN: Guard = Guard { about: "a reason is given", check: |facts| Given::lacks_reason(facts.given) };

/// AUDITOR_NOT_INDEPENDENT, naming the post and its days.
pub fn not_independent(held: &Held) -> Refusal {
    let refusal = ErrorCode::AuditorNotIndependent.at(["team"]).with("person", held.person.as_str());
    let refusal = refusal.with("post", held.post.as_str()).with("unit", held.unit.as_str());
    refusal.with("from", held.days.from().to_string()).with("to", held.days.to().map(|to| to.to_string()))
}

/// The life cycle of audits.
pub struct AuditLife;

const fn line(
    from: AuditState,
    (act, label): (AuditAct, &'static str),
    to: AuditState,
    duty: Duty,
    guards: &'static [&'static Guard],
) -> Line<AuditLife> {
    Line::<AuditLife> { from, to, act, label, duty: Some(duty), guards }
}

const fn cancel(from: AuditState) -> Line<AuditLife> {
    line(from, (AuditAct::Cancel, "cancel"), AuditState::Cancelled, Duty::PlanAudits, &[&REASON_GIVEN])
}

impl LifeCycle for AuditLife {
    type State = AuditState;
    type Act = AuditAct;
    type Facts = AuditFacts;

    const TRANSITIONS: &'static [Line<Self>] = {
        use AuditState::{AuditeeResponse, Closed, DraftReport, FinalReport, FollowUp, InExecution, Planned, Prepared};
        use Duty::Audit;
        const READY: &[&Guard] = &[&TAKES_PART, &SCOPE, &CRITERIA, &ONE_LEAD, &INDEPENDENT];
        const BEGIN: &[&Guard] = &[&TAKES_PART, &SCOPE, &CRITERIA, &ONE_LEAD, &INDEPENDENT, &PROGRAM_APPROVED];
        &[
            line(Planned, (AuditAct::Prepare, "prepare"), Prepared, Audit, READY),
            line(Prepared, (AuditAct::Begin, "begin"), InExecution, Audit, BEGIN),
            line(InExecution, (AuditAct::Draft, "hand over the draft report"), DraftReport, Audit, &[&TAKES_PART]),
            line(DraftReport, (AuditAct::Hear, "hear the audited"), AuditeeResponse, Audit, &[&TAKES_PART]),
            line(
                AuditeeResponse,
                (AuditAct::Finish, "final report"),
                FinalReport,
                Audit,
                &[&TAKES_PART, &COVERED, &DECIDED],
            ),
            line(FinalReport, (AuditAct::Follow, "follow up"), FollowUp, Audit, &[&TAKES_PART]),
            line(FinalReport, (AuditAct::Close, "close"), Closed, Audit, &[&TAKES_PART, &ALL_CLOSED]),
            line(FollowUp, (AuditAct::Close, "close"), Closed, Audit, &[&TAKES_PART, &ALL_CLOSED]),
            cancel(Planned),
            cancel(Prepared),
            cancel(InExecution),
            cancel(DraftReport),
            cancel(AuditeeResponse),
        ]
    };
    const DERIVED: &'static [Derived<AuditState>] = &[];

    fn state(facts: &AuditFacts) -> AuditState {
        facts.state
    }

    fn name(state: AuditState) -> &'static str {
        AuditState::VOCABULARY.by_number(state.number()).map_or("", |term| term.name)
    }

    fn mutation(act: AuditAct) -> &'static str {
        match act {
            AuditAct::Prepare => "auditPrepare",
            AuditAct::Begin => "auditBegin",
            AuditAct::Draft => "auditReportDraft",
            AuditAct::Hear => "auditHear",
            AuditAct::Finish => "auditReportFinish",
            AuditAct::Follow => "auditFollowUp",
            AuditAct::Close => "auditClose",
            AuditAct::Cancel => "auditCancel",
        }
    }
}

/// Does a body from outside audit?
pub fn is_external(kind: AuditKind) -> bool {
    matches!(kind, AuditKind::Certification | AuditKind::ControlBody)
}

static STEP: ObjectShape = step_shape!("AuditAvailableTransition", "AuditState", "auditReportFinish");

/// `availableTransitions`.
pub const AVAILABLE: Figure = Figure {
    needs: &[
        (Sql::Column("organization_id"), Scalar::Id),
        (Sql::Column("state"), Scalar::Enum(&AuditState::VOCABULARY)),
        (Sql::Column("kind"), Scalar::Enum(&AuditKind::VOCABULARY)),
        (Sql::Column("planned_from"), Scalar::Date),
        (Sql::Column("planned_to"), Scalar::Date),
        (Sql::Template(crate::access::involved::AUDIT.units.text), Scalar::Text),
        // Who leads or audits.
        (
            Sql::Template(
                "(SELECT string_agg({text}(w.person_id), ' ') FROM audit_team_member w \
                 WHERE w.audit_id = {t}.id AND w.role IN (1, 2))",
            ),
            Scalar::Text,
        ),
        (
            Sql::Template(
                "CAST((SELECT count(*) FROM audit_team_member w WHERE w.audit_id = {t}.id AND w.role = 1) AS INTEGER)",
            ),
            Scalar::Int,
        ),
        (
            Sql::Template("CAST((SELECT count(*) FROM audit_criterion w WHERE w.audit_id = {t}.id) AS INTEGER)"),
            Scalar::Int,
        ),
        (Sql::Template("CAST((SELECT count(*) FROM audit_scope w WHERE w.audit_id = {t}.id) AS INTEGER)"), Scalar::Int),
        (
            Sql::Template(
                "(SELECT string_agg(COALESCE(p.name || COALESCE(' – ' || u.name, ''), u.name), '\n' ORDER BY w.position) \
                 FROM audit_scope w LEFT JOIN process p ON p.id = w.process_id LEFT JOIN org_unit u ON u.id = w.org_unit_id \
                 WHERE w.audit_id = {t}.id AND NOT w.covered AND w.exclusion_reason IS NULL)",
            ),
            Scalar::Text,
        ),
        (Sql::Template(POSTS), Scalar::Text),
        (
            Sql::Template("(SELECT g.state FROM audit_program g WHERE g.id = {t}.audit_program_id)"),
            Scalar::Enum(&ProgramState::VOCABULARY),
        ),
        (
            Sql::Template(
                "(SELECT string_agg(f.code, '\n' ORDER BY f.code) FROM finding f \
                 WHERE f.audit_id = {t}.id AND f.state IN (1, 2, 3))",
            ),
            Scalar::Text,
        ),
        (
            Sql::Template(
                "(SELECT string_agg(f.code, '\n' ORDER BY f.code) FROM finding f \
                 WHERE f.audit_id = {t}.id AND f.state NOT IN (5, 6, 9))",
            ),
            Scalar::Text,
        ),
    ],
    output: &Shape::List(&Shape::Object(&STEP)),
    arguments: &[],
    compute: available_steps::<AuditLife>,
    reveals: None,
};

/// The posts, in what is audited or leads it, of those who audit and were not excused; see [`Held::parse`].
const POSTS: &str = "(SELECT string_agg(n.name || '\t' || CAST(h.valid_from AS TEXT) || '\t' \
     || COALESCE(CAST(h.valid_to AS TEXT), '') || '\t' || d.name || '\t' || u.name, '\n' ORDER BY n.name, h.valid_from) \
     FROM audit_team_member w JOIN person n ON n.id = w.person_id JOIN post_holding h ON h.person_id = w.person_id \
     JOIN post p ON p.id = h.post_id JOIN org_unit u ON u.id = p.org_unit_id JOIN job j ON j.id = p.job_id \
     JOIN job_denomination d ON d.id = j.job_denomination_id \
     WHERE w.audit_id = {t}.id AND w.override_reason IS NULL AND w.role IN (1, 2) AND p.org_unit_id IN (\
     SELECT s.org_unit_id FROM audit_scope s WHERE s.audit_id = {t}.id AND s.org_unit_id IS NOT NULL UNION \
     SELECT r.org_unit_id FROM audit_scope s JOIN process_responsibility r ON r.process_id = s.process_id AND r.role = 1 \
     AND r.valid_from <= {t}.planned_to AND (r.valid_to IS NULL OR r.valid_to > {t}.planned_from) \
     WHERE s.audit_id = {t}.id))";

impl Judged for AuditLife {
    const OF: &'static Declaration = &AUDIT;
    const FIGURE: Figure = AVAILABLE;

    fn read(cells: Cells<'_>, actor: &Actor, today: NaiveDate) -> Read<AuditFacts> {
        let organization = cells.key(0).unwrap_or_default();
        let person = actor.person(organization);
        let lines = |at| cells.lines(at).map(ToOwned::to_owned).collect::<Vec<_>>();
        let (first, last) = (cells.date(3).unwrap_or_default(), cells.date(4).unwrap_or_default());
        let kind = cells.word(2, &AuditKind::VOCABULARY).and_then(AuditKind::from_number);
        let external = kind.is_some_and(is_external);
        let auditors = cells.keys(6);
        let state = cells.word(1, &AuditState::VOCABULARY).and_then(AuditState::from_number);
        let (first, last) = days((first, last), state == Some(AuditState::Prepared), today);
        let bound = cells.lines(11).filter_map(Held::parse).filter(|held| binds(held.days, first, last));
        let facts = AuditFacts {
            state: state.unwrap_or(AuditState::Planned),
            external,
            takes_part: person.is_some_and(|person| auditors.contains(&person))
                || actor.has(Duty::PlanAudits, organization),
            leads: cells.count(7),
            criteria: cells.count(8),
            scope: cells.count(9),
            uncovered: lines(10),
            bound: if external { Vec::new() } else { bound.collect() },
            program: cells.word(12, &ProgramState::VOCABULARY).and_then(ProgramState::from_number),
            undecided: lines(13),
            open: lines(14),
            given: None,
        };
        Read { facts, organization, units: cells.keys(5) }
    }
}

stepped!(audit, AuditState, AuditLife, audit_transition, audit_id);
