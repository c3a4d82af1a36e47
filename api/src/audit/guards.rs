//! What acts of this area look at in the row on which they are done (see [`crate::access::guards`]).

use entity::audit::{AuditKind, AuditState, FindingState, ProgramState};

use super::states::{FindingLife, audit::is_external};
use crate::{
    access::{
        guards::{Found, Guard, when},
        rules::{self, Duty},
    },
    graph::{
        declaration::{Scalar, Sql},
        error::{ErrorCode, Refusal},
    },
    life_cycle::{Cells, not_allowed},
};

type Need = (Sql, Scalar);

const ORGANIZATION: Need = (Sql::Column("organization_id"), Scalar::Id);
const AUDIT_STATE: Scalar = Scalar::Enum(&AuditState::VOCABULARY);
const FINDING_STATE: Need = (Sql::Column("state"), Scalar::Enum(&FindingState::VOCABULARY));

/// Who leads or audits in the audit at this column.
macro_rules! team {
    ($audit:literal) => {
        (
            Sql::Template(concat!(
                "(SELECT string_agg({text}(w.person_id), ' ') FROM audit_team_member w WHERE w.audit_id = {t}.",
                $audit,
                " AND w.role IN (1, 2))"
            )),
            Scalar::Text,
        )
    };
}

/// Something of the audit at this column.
macro_rules! of_audit {
    ($column:literal, $audit:literal, $scalar:expr) => {
        (Sql::Template(concat!("(SELECT u.", $column, " FROM audit u WHERE u.id = {t}.", $audit, ")")), $scalar)
    };
}

const STATE_OF: Need = of_audit!("state", "audit_id", AUDIT_STATE);
const KIND_OF: Need = of_audit!("kind", "audit_id", Scalar::Enum(&AuditKind::VOCABULARY));

/// NOT_ON_TEAM for whoever neither leads or audits there nor plans audits: the first two needs.
fn stranger(found: &Found<'_>) -> Option<Refusal> {
    let organization = found.key(0).unwrap_or_default();
    if found.actor.has(Duty::PlanAudits, organization) {
        return None;
    }
    let person = found.actor.person(organization);
    let is_of_team = person.is_some_and(|person| Cells(found.cells).keys(1).contains(&person));
    when(!is_of_team, || ErrorCode::NotOnTeam.into())
}

/// FROZEN unless the audit is in one of these states.
fn other_than(found: &Found<'_>, at: usize, states: &[AuditState]) -> Option<Refusal> {
    let state = Cells(found.cells).word(at, &AuditState::VOCABULARY).and_then(AuditState::from_number);
    when(state.is_none_or(|state| !states.contains(&state)), || ErrorCode::Frozen.into())
}

/// FORBIDDEN, for what an external body found, to everybody but control interno.
fn of_others(found: &Found<'_>, at: usize) -> Option<Refusal> {
    let kind = Cells(found.cells).word(at, &AuditKind::VOCABULARY).and_then(AuditKind::from_number);
    let plans = found.actor.has(Duty::PlanAudits, found.key(0).unwrap_or_default());
    when(kind.is_some_and(is_external) && !plans, || rules::lacks(Duty::PlanAudits))
}

/// From the beginning until the final report the auditors are at work.
const AT_WORK: &[AuditState] = &[AuditState::InExecution, AuditState::DraftReport, AuditState::AuditeeResponse];
/// Until the final report.
const BEFORE_REPORT: &[AuditState] = &[
    AuditState::Planned,
    AuditState::Prepared,
    AuditState::InExecution,
    AuditState::DraftReport,
    AuditState::AuditeeResponse,
];
const NOT_BEGUN: &[AuditState] = &[AuditState::Planned, AuditState::Prepared];

/// The program is not closed. FROZEN.
pub static PROGRAM_OPEN: Guard = Guard {
    needs: &[(Sql::Column("state"), Scalar::Enum(&ProgramState::VOCABULARY))],
    check: |found| when(found.text(0) == Some("CLOSED"), || ErrorCode::Frozen.into()),
};

/// The audit has not begun, and its program is not closed. FROZEN.
pub static AUDIT_NOT_BEGUN: Guard = Guard {
    needs: &[
        (Sql::Column("state"), AUDIT_STATE),
        (
            Sql::Template("(SELECT p.state FROM audit_program p WHERE p.id = {t}.audit_program_id)"),
            Scalar::Enum(&ProgramState::VOCABULARY),
        ),
    ],
    check: |found| {
        let closed = || when(found.text(1) == Some("CLOSED"), || ErrorCode::Frozen.into());
        other_than(found, 0, NOT_BEGUN).or_else(closed)
    },
};

/// On an audit: its auditors are not past their report, and whoever acts is one of them. NOT_ON_TEAM, FROZEN.
pub static BEFORE_FINAL_REPORT: Guard = Guard {
    needs: &[ORGANIZATION, team!("id"), (Sql::Column("state"), AUDIT_STATE)],
    check: |found| stranger(found).or_else(|| other_than(found, 2, BEFORE_REPORT)),
};

/// On an audit: its auditors are at work, and whoever acts is one of them; what an external body found control interno
/// transcribes. NOT_ON_TEAM, FORBIDDEN, FROZEN.
pub static FINDS: Guard = Guard {
    needs: &[
        ORGANIZATION,
        team!("id"),
        (Sql::Column("state"), AUDIT_STATE),
        (Sql::Column("kind"), Scalar::Enum(&AuditKind::VOCABULARY)),
    ],
    check: |found| stranger(found).or_else(|| of_others(found, 3)).or_else(|| other_than(found, 2, AT_WORK)),
};

/// On what hangs on an audit: its auditors are at work, and whoever acts is one of them. NOT_ON_TEAM, FROZEN.
pub static WORKED_ON: Guard = Guard {
    needs: &[ORGANIZATION, team!("audit_id"), STATE_OF],
    check: |found| stranger(found).or_else(|| other_than(found, 2, AT_WORK)),
};

/// On a member of a team: the audit has no final report, and while it runs its lead stays. NOT_ON_TEAM, FROZEN,
/// LEAD_AUDITOR_REQUIRED.
pub static LEAVES_TEAM: Guard = Guard {
    needs: &[
        ORGANIZATION,
        team!("audit_id"),
        STATE_OF,
        (Sql::Column("role"), Scalar::Enum(&entity::audit::TeamRole::VOCABULARY)),
    ],
    check: |found| {
        let leads = || {
            let runs = other_than(found, 2, NOT_BEGUN).is_some();
            when(runs && found.text(3) == Some("LEAD"), || ErrorCode::LeadAuditorRequired.into())
        };
        stranger(found).or_else(|| other_than(found, 2, BEFORE_REPORT)).or_else(leads)
    },
};

/// On a question: nobody answered it, its audit has no final report, and whoever acts audits there. NOT_ON_TEAM, FROZEN.
pub static NOT_ANSWERED: Guard = Guard {
    needs: &[
        ORGANIZATION,
        team!("audit_id"),
        STATE_OF,
        (Sql::Column("result"), Scalar::Enum(&entity::audit::ChecklistResult::VOCABULARY)),
    ],
    check: |found| {
        let answered = || when(found.has(3), || ErrorCode::Frozen.into());
        stranger(found).or_else(|| other_than(found, 2, BEFORE_REPORT)).or_else(answered)
    },
};

/// Whoever acts writes in the audit of a finding; a finding of another origin has no auditors. NOT_ON_TEAM, FORBIDDEN.
fn may_not_write(found: &Found<'_>) -> Option<Refusal> {
    // Without an audit it has no kind either.
    if !found.has(3) {
        return None;
    }
    stranger(found).or_else(|| of_others(found, 3))
}

const FINDING: [Need; 4] = [ORGANIZATION, team!("audit_id"), FINDING_STATE, KIND_OF];

/// A finding that was not communicated, to be written by whoever acts. NOT_A_DRAFT, NOT_ON_TEAM, FORBIDDEN.
pub static FINDING_DRAFT: Guard = Guard {
    needs: &FINDING,
    check: |found| {
        when(found.text(2) != Some("DRAFT"), || ErrorCode::NotADraft.into()).or_else(|| may_not_write(found))
    },
};

/// A finding that was communicated and, unless an external body found it, is neither reported on finally nor, where no audit
/// found it, decided. TRANSITION_NOT_ALLOWED, NOT_ON_TEAM, FORBIDDEN, FROZEN.
pub static FINDING_REVISED: Guard = Guard {
    needs: &[FINDING[0], FINDING[1], FINDING[2], FINDING[3], STATE_OF, (Sql::Column("external"), Scalar::Boolean)],
    check: |found| {
        let state = Cells(found.cells).word(2, &FindingState::VOCABULARY).and_then(FindingState::from_number);
        let state = state.unwrap_or(FindingState::Draft);
        let draft = when(state == FindingState::Draft, || not_allowed::<FindingLife>(state, state));
        let is_reported = || match found.has(3) {
            true => matches!(found.text(4), Some("FINAL_REPORT" | "FOLLOW_UP" | "CLOSED")),
            false => !matches!(state, FindingState::Draft | FindingState::Communicated | FindingState::Answered),
        };
        let frozen = || when(!found.is(5) && is_reported(), || ErrorCode::Frozen.into());
        draft.or_else(|| may_not_write(found)).or_else(frozen)
    },
};
