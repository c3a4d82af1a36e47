//! The life cycle of a member, as one table: the acts, `availableTransitions` and the documentation page read it.

use chrono::NaiveDate;
use entity::access::MemberState::{self, Active, Invited, Suspended};

use super::{
    administrators::{Administrator, is_last},
    rules::Duty,
};
use crate::{
    graph::error::ErrorCode,
    life_cycle::{self, Derived, LifeCycle, Line, when},
};

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

type Guard = life_cycle::Guard<MemberFacts>;

const REASON: Guard = Guard {
    about: "a reason is given",
    check: |facts| when(facts.reason == Some(false), || ErrorCode::ReasonRequired.at(["reason"])),
};
const NOT_LAST: Guard = Guard {
    about: "the organization keeps an administrator",
    check: |facts| when(is_last(&facts.administrators, facts.today), || ErrorCode::LastAdministrator.into()),
};
const SOMEBODY_ELSE: Guard =
    Guard { about: "it is somebody else", check: |facts| when(facts.itself, || ErrorCode::SelfGrant.into()) };

/// The life cycle of members.
pub struct MemberLife;

impl LifeCycle for MemberLife {
    type State = MemberState;
    type Act = MemberAct;
    type Facts = MemberFacts;

    const BY_ITSELF: &'static str = "the account itself";
    const TRANSITIONS: &'static [Line<Self>] = {
        const fn line(
            from: MemberState,
            act: MemberAct,
            to: MemberState,
            guards: &'static [&'static Guard],
        ) -> Line<MemberLife> {
            let duty = if matches!(act, MemberAct::SignIn) { None } else { Some(Duty::KeepMembers) };
            Line::<MemberLife> { from, to, act, label: act.name(), duty, guards }
        }
        &[
            line(Invited, MemberAct::SignIn, Active, &[]),
            line(Invited, MemberAct::Suspend, Suspended, &[&REASON]),
            line(Active, MemberAct::Suspend, Suspended, &[&REASON, &NOT_LAST]),
            line(Suspended, MemberAct::Reinstate, Active, &[&REASON, &SOMEBODY_ELSE]),
        ]
    };
    const DERIVED: &'static [Derived<MemberState>] = &[];

    fn state(facts: &MemberFacts) -> MemberState {
        facts.state
    }

    fn name(state: MemberState) -> &'static str {
        MemberState::VOCABULARY.by_number(state.number()).map_or("", |term| term.name)
    }

    fn mutation(act: MemberAct) -> &'static str {
        act.name()
    }
}

/// The state as the schema writes it.
pub fn name(state: MemberState) -> &'static str {
    MemberLife::name(state)
}

/// The part of `docs/life-cycles.md` about members.
pub fn member_markdown() -> String {
    let about = "The roles of an account in an organization count while it is ACTIVE there. An account that \
                 is suspended as such (`articula account suspend`) is shut out everywhere, whatever its memberships say.";
    life_cycle::section::<MemberLife>("Member (miembro)", about, Invited, None)
}

#[cfg(test)]
mod tests {
    use entity::access::Role;

    use super::*;
    use crate::{
        access::administrators::administrators,
        graph::error::Refusal,
        life_cycle::{Available, check},
    };

    fn available(facts: &MemberFacts, lacks: impl Fn(Duty) -> Option<Refusal>) -> Vec<Available<MemberLife>> {
        life_cycle::available(facts, lacks)
    }

    fn facts(state: MemberState) -> MemberFacts {
        let today = NaiveDate::from_ymd_opt(2026, 3, 2).expect("a date");
        MemberFacts { state, itself: false, administrators: Vec::new(), today, reason: Some(true) }
    }

    fn outcome(facts: &MemberFacts, act: MemberAct) -> Result<MemberState, Vec<ErrorCode>> {
        let told = |refusals: Vec<Refusal>| refusals.into_iter().map(|refusal| refusal.code).collect();
        check::<MemberLife>(facts, act).map(|line| line.to).map_err(told)
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
        assert_eq!((open.len(), open[0].line.act, open[0].blocked_by.is_empty()), (1, MemberAct::Suspend, true));
        let closed = available(&asked, |_| Some(ErrorCode::Forbidden.into()));
        assert_eq!(closed[0].blocked_by[0].code, ErrorCode::Forbidden);
        assert_eq!(available(&facts(Invited), |_| None).len(), 1, "signing in is no mutation");
    }
}
