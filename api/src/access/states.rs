//! The life cycle of a member, as one table: the acts, `availableTransitions` and the documentation page read it.

use chrono::NaiveDate;
use entity::access::MemberState::{self, Active, Invited, Suspended};

use super::{
    administrators::{Administrator, is_last},
    rules::{self, Duty},
};
use crate::graph::error::{ErrorCode, Refusal};

/// What changes the state of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberAct {
    /// Somebody signs in with the account for the first time.
    SignIn,
    /// Its roles count no more.
    Suspend,
    /// They count again.
    Reinstate,
}

impl MemberAct {
    /// The mutation that does it; what the history calls it where none does.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SignIn => "signIn",
            Self::Suspend => "memberSuspend",
            Self::Reinstate => "memberReinstate",
        }
    }
}

/// What the guards look at.
#[derive(Clone, Debug)]
pub struct MemberFacts {
    /// Where the member stands.
    pub state: MemberState,
    /// Is it the one who acts, under whatever account?
    pub itself: bool,
    /// Who keeps the organization's members; own are the member's grants.
    pub administrators: Vec<Administrator>,
    /// The day of the act.
    pub today: NaiveDate,
    /// Whether a reason came with the act; none while one only asks what is possible.
    pub reason: Option<bool>,
}

/// A condition of a transition.
pub struct Guard {
    /// What must be so, for the documentation.
    pub about: &'static str,
    /// What is answered when it is not so.
    pub check: fn(&MemberFacts) -> Option<Refusal>,
}

/// One line of the life cycle.
pub struct Transition {
    /// The state before.
    pub from: MemberState,
    /// The state after.
    pub to: MemberState,
    /// What leads there.
    pub act: MemberAct,
    /// The duty that it takes; none for what comes by itself.
    pub duty: Option<Duty>,
    /// What must be so.
    pub guards: &'static [&'static Guard],
}

static REASON: Guard = Guard {
    about: "a reason is given",
    check: |facts| (facts.reason == Some(false)).then(|| ErrorCode::ReasonRequired.at(["reason"])),
};
static NOT_LAST: Guard = Guard {
    about: "the organization keeps an administrator",
    check: |facts| is_last(&facts.administrators, facts.today).then(|| ErrorCode::LastAdministrator.into()),
};
static SOMEBODY_ELSE: Guard =
    Guard { about: "it is somebody else", check: |facts| facts.itself.then(|| ErrorCode::SelfGrant.into()) };

/// The life cycle.
pub static TRANSITIONS: &[Transition] = &[
    Transition { from: Invited, to: Active, act: MemberAct::SignIn, duty: None, guards: &[] },
    Transition {
        from: Invited,
        to: Suspended,
        act: MemberAct::Suspend,
        duty: Some(Duty::KeepMembers),
        guards: &[&REASON],
    },
    Transition {
        from: Active,
        to: Suspended,
        act: MemberAct::Suspend,
        duty: Some(Duty::KeepMembers),
        guards: &[&REASON, &NOT_LAST],
    },
    Transition {
        from: Suspended,
        to: Active,
        act: MemberAct::Reinstate,
        duty: Some(Duty::KeepMembers),
        guards: &[&REASON, &SOMEBODY_ELSE],
    },
];

/// The transition that an act makes, or everything that stands against it. Duties are not looked at.
///
/// # Errors
/// TRANSITION_NOT_ALLOWED when the state has no such act, else what the guards found.
pub fn check(facts: &MemberFacts, act: MemberAct) -> Result<&'static Transition, Vec<Refusal>> {
    let Some(line) = TRANSITIONS.iter().find(|line| line.from == facts.state && line.act == act) else {
        let to = TRANSITIONS.iter().find(|line| line.act == act).map_or(facts.state, |line| line.to);
        let refusal = ErrorCode::TransitionNotAllowed.with("from", name(facts.state)).with("to", name(to));
        return Err(vec![refusal]);
    };
    let found: Vec<_> = line.guards.iter().filter_map(|guard| (guard.check)(facts)).collect();
    if found.is_empty() { Ok(line) } else { Err(found) }
}

/// An act as `availableTransitions` shows it.
#[derive(Debug)]
pub struct Available {
    /// The transition.
    pub to: MemberState,
    /// The act.
    pub act: MemberAct,
    /// What stands against it; empty when it is allowed.
    pub blocked_by: Vec<Refusal>,
}

/// The acts that the member's state has, with what stands against each: FORBIDDEN when the duty is missing, then what
/// [`check`] finds.
pub fn available(facts: &MemberFacts, lacks: impl Fn(Duty) -> Option<Refusal>) -> Vec<Available> {
    let lines = TRANSITIONS.iter().filter(|line| line.from == facts.state);
    let open = lines.filter_map(|line| {
        let mut blocked_by: Vec<Refusal> = lacks(line.duty?).into_iter().collect();
        blocked_by.extend(check(facts, line.act).err().unwrap_or_default());
        Some(Available { to: line.to, act: line.act, blocked_by })
    });
    open.collect()
}

/// The state as the schema writes it.
pub fn name(state: MemberState) -> &'static str {
    MemberState::VOCABULARY.by_number(state.number()).map_or("", |term| term.name)
}

/// The part of `docs/life-cycles.md` about members.
pub fn member_markdown() -> String {
    let mut page = String::from(
        "\n## Member (miembro)\n\nThe roles of an account in an organization count while it is ACTIVE there. An account that \
         is suspended as such (`articula account suspend`) is shut out everywhere, whatever its memberships say.\n\n\
         | from | act | to | who | only if |\n| --- | --- | --- | --- | --- |\n",
    );
    for line in TRANSITIONS {
        let guards: Vec<_> = line.guards.iter().map(|guard| guard.about).collect();
        let who = line.duty.map_or_else(|| "the account itself".to_owned(), rules::who);
        let (from, to) = (name(line.from), name(line.to));
        page.push_str(&format!("| {from} | {} | {to} | {who} | {} |\n", line.act.name(), guards.join("; ")));
    }
    page.push_str("\n```mermaid\nstateDiagram-v2\n    [*] --> INVITED\n");
    for line in TRANSITIONS {
        page.push_str(&format!("    {} --> {}: {}\n", name(line.from), name(line.to), line.act.name()));
    }
    page.push_str("```\n");
    page
}

#[cfg(test)]
mod tests {
    use entity::access::Role;

    use super::*;
    use crate::access::administrators::administrators;

    fn facts(state: MemberState) -> MemberFacts {
        let today = NaiveDate::from_ymd_opt(2026, 3, 2).expect("a date");
        MemberFacts { state, itself: false, administrators: Vec::new(), today, reason: Some(true) }
    }

    fn outcome(facts: &MemberFacts, act: MemberAct) -> Result<MemberState, Vec<ErrorCode>> {
        let told = |refusals: Vec<Refusal>| refusals.into_iter().map(|refusal| refusal.code).collect();
        check(facts, act).map(|line| line.to).map_err(told)
    }

    #[test]
    fn every_step_from_every_state() {
        use MemberAct::{Reinstate, SignIn, Suspend};
        let no = || Err(vec![ErrorCode::TransitionNotAllowed]);
        for (from, act, expected) in [
            (Invited, SignIn, Ok(Active)),
            (Invited, Suspend, Ok(Suspended)),
            (Invited, Reinstate, no()),
            (Active, SignIn, no()),
            (Active, Suspend, Ok(Suspended)),
            (Active, Reinstate, no()),
            (Suspended, SignIn, no()),
            (Suspended, Suspend, no()),
            (Suspended, Reinstate, Ok(Active)),
        ] {
            assert_eq!(outcome(&facts(from), act), expected, "{from:?} {act:?}");
        }
    }

    #[test]
    fn each_guard_refuses() {
        let reasonless = MemberFacts { reason: Some(false), ..facts(Active) };
        assert_eq!(outcome(&reasonless, MemberAct::Suspend), Err(vec![ErrorCode::ReasonRequired]));
        let last = MemberFacts { administrators: administrators(Some("own 1 2020-01-01 ")), ..facts(Active) };
        assert_eq!(last.administrators[0].role, Role::OrganizationAdmin);
        assert_eq!(outcome(&last, MemberAct::Suspend), Err(vec![ErrorCode::LastAdministrator]));
        let own = MemberFacts { itself: true, ..facts(Suspended) };
        assert_eq!(outcome(&own, MemberAct::Reinstate), Err(vec![ErrorCode::SelfGrant]));
        assert_eq!(outcome(&MemberFacts { itself: true, ..facts(Active) }, MemberAct::Suspend), Ok(Suspended));
    }

    #[test]
    fn what_is_possible_is_told_with_what_stands_against_it() {
        let asked = MemberFacts { reason: None, ..facts(Active) };
        let open = available(&asked, |_| None);
        assert_eq!((open.len(), open[0].act, open[0].blocked_by.is_empty()), (1, MemberAct::Suspend, true));
        let closed = available(&asked, |_| Some(ErrorCode::Forbidden.into()));
        assert_eq!(closed[0].blocked_by[0].code, ErrorCode::Forbidden);
        assert_eq!(available(&facts(Invited), |_| None).len(), 1, "signing in is no mutation");
    }
}
