use proptest::prelude::*;

use super::*;
use crate::{
    graph::error::Refusal,
    life_cycle::{available, check, not_allowed},
    organization::rules::cases,
};
use ControlledAct::{Approve, Retire, Return, Submit, Unschedule};
use ControlledState::{Draft, InForce, InReview, Obsolete, Scheduled};

const STATES: [ControlledState; 5] = [Draft, InReview, Scheduled, InForce, Obsolete];
const ACTS: [ControlledAct; 5] = [Submit, Return, Approve, Unschedule, Retire];

fn day(n: i32) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(738_000 + n).expect("a date of this century")
}

fn sound(state: ControlledState) -> ControlledFacts {
    ControlledFacts {
        state,
        missing: Vec::new(),
        anchored: true,
        code_taken: None,
        kind_above: None,
        valid_to: None,
        later: Vec::new(),
        below: Vec::new(),
        actor: Some(Uuid::from_u128(1)),
        authors: vec![Uuid::from_u128(2), Uuid::from_u128(3)],
        given: Some(Given { date: Some(day(1)), reason: true }),
    }
}

fn outcome(facts: &ControlledFacts, act: ControlledAct) -> Result<ControlledState, Vec<Refusal>> {
    check::<ProcessLife>(facts, act).map(|line| line.to)
}

#[test]
fn a_sound_version_goes_the_whole_way_and_no_other() {
    let mut open = Vec::new();
    for state in STATES {
        for act in ACTS {
            match outcome(&sound(state), act) {
                Ok(to) => open.push((state, act, to)),
                Err(refusals) => assert_eq!(refusals[0].code, ErrorCode::TransitionNotAllowed),
            }
        }
    }
    let expected = [
        (Draft, Submit, InReview),
        (InReview, Return, Draft),
        (InReview, Approve, InForce),
        (Scheduled, Unschedule, InReview),
        (InForce, Retire, Obsolete),
    ];
    assert_eq!(open, expected);
    assert_eq!(outcome(&sound(Draft), Approve), Err(vec![not_allowed::<ProcessLife>(Draft, InForce)]));
}

#[test]
fn each_guard_says_what_is_wrong_and_where() {
    let silent = Some(Given { date: None, reason: false });
    let missing = vec!["objective".to_owned(), "activities".to_owned()];
    let of = |facts: ControlledFacts, act| outcome(&facts, act).expect_err("refused");
    let required = [ErrorCode::Required.at(["objective"]), ErrorCode::Required.at(["activities"])];
    assert_eq!(of(ControlledFacts { missing, ..sound(Draft) }, Submit), required);
    let reason = ErrorCode::ReasonRequired.at(["reason"]);
    for (state, act) in [(InReview, Return), (Scheduled, Unschedule)] {
        assert_eq!(of(ControlledFacts { given: silent, ..sound(state) }, act), std::slice::from_ref(&reason));
    }
    let end = ErrorCode::StartDateRequired.at(["validTo"]);
    assert_eq!(of(ControlledFacts { given: silent, ..sound(InForce) }, Retire), [reason, end]);
    let start = ErrorCode::StartDateRequired.at(["validFrom"]);
    assert_eq!(of(ControlledFacts { given: silent, ..sound(InReview) }, Approve), [start]);
    let adrift = ControlledFacts { anchored: false, ..sound(InReview) };
    assert_eq!(of(adrift, Approve), [ErrorCode::ProcessNotInForce.into()]);
}

#[test]
fn whoever_prepared_or_submitted_it_does_not_approve_it() {
    for author in sound(InReview).authors {
        let own = ControlledFacts { actor: Some(author), ..sound(InReview) };
        assert_eq!(outcome(&own, Approve), Err(vec![ErrorCode::SeparationOfDuties.into()]));
    }
    let nobody = ControlledFacts { actor: None, ..sound(InReview) };
    assert_eq!(outcome(&nobody, Approve), Err(vec![ErrorCode::ActorWithoutPerson.into()]));
    let by_program = ControlledFacts { authors: Vec::new(), ..sound(InReview) };
    assert_eq!(outcome(&by_program, Approve), Ok(InForce));
}

#[test]
fn what_is_possible_is_told_with_what_stands_against_it_and_arguments_are_not_missed() {
    let asked = ControlledFacts { given: None, ..sound(InReview) };
    let lacks = |duty| (duty != Duty::ApproveProcesses).then(|| ErrorCode::Forbidden.into());
    let open = available::<DocumentLife>(&asked, lacks);
    let shown: Vec<_> = open.iter().map(|open| (open.line.act, open.blocked_by.is_empty())).collect();
    assert_eq!(shown, [(Return, true), (Approve, true)]);
    let closed = available::<DocumentLife>(&sound(Draft), lacks);
    assert_eq!(closed[0].blocked_by, [ErrorCode::Forbidden.into()], "who approves does not formulate");
}

#[test]
fn the_two_life_cycles_differ_in_their_mutations_only() {
    for act in ACTS {
        let of_process = ProcessLife::act(act);
        assert_eq!(of_process.replace("process", "document"), DocumentLife::act(act));
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn time_and_acts_move_only_along_the_table(
        from in proptest::option::of(0..20), length in proptest::option::of(1..20), n in 0..50,
    ) {
        let to = from.zip(length).map(|(from, length)| day(from + length));
        let at = |n| state_on(ControlledStage::Approved, from.map(day), to, day(n));
        let (before, after) = (at(n), at(n + 1));
        let calendar = ProcessLife::DERIVED.iter().any(|line| (line.from, line.to) == (before, after));
        // A version of one day is obsolete the day after; nothing else skips a state.
        prop_assert!(before == after || calendar, "{before:?} → {after:?}");
        let holds = from.is_some_and(|from| day(from) <= day(n) && to.is_none_or(|to| to > day(n)));
        prop_assert_eq!(before == InForce, holds);
    }
}
