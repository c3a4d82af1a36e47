use proptest::prelude::*;

use super::*;
use crate::graph::error::Refusal;
use crate::life_cycle::{Available, available};
use crate::organization::rules::cases;
use crate::organization::rules::timeline::effective;
use StructureState::{Annulled, Approved, Draft, InForce, Repealed, UnderApproval};

const STATES: [StructureState; 6] = [Draft, UnderApproval, Approved, InForce, Repealed, Annulled];
const ACTS: [StructureAct; 7] = [
    StructureAct::Submit,
    StructureAct::ReturnToDraft,
    StructureAct::Approve,
    StructureAct::PutInForce,
    StructureAct::Unschedule,
    StructureAct::Repeal,
    StructureAct::Annul,
];

fn day(n: i32) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(738_000 + n).expect("a date of this century")
}

fn sound(state: StructureState) -> StructureFacts {
    StructureFacts {
        state,
        has_legal_act: true,
        valid_from: None,
        valid_to: None,
        unit_count: 12,
        root_count: 1,
        adrift_count: 0,
        repeated_codes: vec![],
        unmapped_units: vec![],
        rests: vec![],
        actor: Some(Uuid::from_u128(1)),
        submitter: Some(Uuid::from_u128(2)),
        given: Some(Given { date: Some(day(1)), reason: true }),
    }
}

fn check(facts: &StructureFacts, act: StructureAct) -> Result<StructureState, Vec<Refusal>> {
    life_cycle::check::<StructureLife>(facts, act).map(|line| line.to)
}

fn refused(facts: &StructureFacts, act: StructureAct) -> Vec<Refusal> {
    check(facts, act).expect_err("refused")
}

fn open(facts: &StructureFacts, has: impl Fn(Duty) -> bool) -> Vec<Available<StructureLife>> {
    available(facts, |duty| (!has(duty)).then(|| ErrorCode::Forbidden.into()))
}

#[test]
fn a_sound_version_goes_the_whole_way_and_no_other() {
    let mut open = Vec::new();
    for state in STATES {
        for act in ACTS {
            match check(&sound(state), act) {
                Ok(to) => open.push((state, act, to)),
                Err(violations) => assert_eq!(violations[0].code, ErrorCode::TransitionNotAllowed),
            }
        }
    }
    let expected = [
        (Draft, StructureAct::Submit, UnderApproval),
        (UnderApproval, StructureAct::ReturnToDraft, Draft),
        (UnderApproval, StructureAct::Approve, Approved),
        (Approved, StructureAct::PutInForce, InForce),
        (Approved, StructureAct::Annul, Annulled),
        (InForce, StructureAct::Repeal, Repealed),
        (InForce, StructureAct::Annul, Annulled),
        (Repealed, StructureAct::Annul, Annulled),
    ];
    assert_eq!(open, expected);
    let wrong = refused(&sound(Draft), StructureAct::PutInForce);
    assert_eq!(wrong, [not_allowed::<StructureLife>(Draft, InForce)]);
    assert_eq!((&wrong[0].params["from"], &wrong[0].params["to"]), (&"DRAFT".into(), &"IN_FORCE".into()));
}

#[test]
fn each_guard_says_what_is_wrong_and_where() {
    let none = Some(Given { date: None, reason: false });
    let cases = [
        (
            StructureFacts { unit_count: 0, root_count: 0, ..sound(Draft) },
            StructureAct::Submit,
            ErrorCode::EmptyStructure,
            "units",
        ),
        (StructureFacts { root_count: 2, ..sound(Draft) }, StructureAct::Submit, ErrorCode::NotOneTree, "units"),
        (StructureFacts { adrift_count: 2, ..sound(Draft) }, StructureAct::Submit, ErrorCode::NotOneTree, "units"),
        (
            StructureFacts { repeated_codes: vec!["A".into()], ..sound(Draft) },
            StructureAct::Submit,
            ErrorCode::UnitCodeTaken,
            "units",
        ),
        (
            StructureFacts { given: none, ..sound(UnderApproval) },
            StructureAct::ReturnToDraft,
            ErrorCode::ReasonRequired,
            "reason",
        ),
        (
            StructureFacts { unmapped_units: vec!["Calidad".into()], ..sound(UnderApproval) },
            StructureAct::Approve,
            ErrorCode::ResponsibilitiesUnmapped,
            "successions",
        ),
        (
            StructureFacts { has_legal_act: false, ..sound(Approved) },
            StructureAct::PutInForce,
            ErrorCode::LegalActRequired,
            "legalAct",
        ),
        (
            StructureFacts { given: none, ..sound(Approved) },
            StructureAct::PutInForce,
            ErrorCode::StartDateRequired,
            "validFrom",
        ),
    ];
    for (facts, act, code, field) in cases {
        let found = refused(&facts, act);
        assert_eq!((found.len(), found[0].code, found[0].path.join(".")), (1, code, field.to_owned()), "{act:?}");
    }
    let codes = |state, act| -> Vec<_> {
        refused(&StructureFacts { given: none, ..sound(state) }, act).iter().map(|found| found.code).collect()
    };
    assert_eq!(codes(InForce, StructureAct::Repeal), [ErrorCode::ReasonRequired, ErrorCode::StartDateRequired]);
    assert_eq!(codes(Repealed, StructureAct::Annul), [ErrorCode::ReasonRequired, ErrorCode::StartDateRequired]);
    let scheduled = StructureFacts { valid_from: Some(day(9)), ..sound(Approved) };
    assert_eq!(refused(&scheduled, StructureAct::PutInForce), [not_allowed::<StructureLife>(Approved, InForce)]);
    assert_eq!(check(&scheduled, StructureAct::Unschedule), Ok(Approved));
    let silent = StructureFacts { given: none, ..scheduled };
    assert_eq!(refused(&silent, StructureAct::Unschedule)[0].code, ErrorCode::ReasonRequired);
    assert_eq!(refused(&sound(Approved), StructureAct::Unschedule), [not_allowed::<StructureLife>(Approved, Approved)]);
}

#[test]
fn what_is_missing_is_said_before_the_act_and_arguments_are_not_missed() {
    let facts = StructureFacts { has_legal_act: false, given: None, ..sound(Approved) };
    let available = open(&facts, |duty| duty == Duty::ApproveStructure);
    let shown: Vec<_> =
        available.iter().map(|open| (open.line.label, open.line.to, open.blocked_by.is_empty())).collect();
    assert_eq!(shown, [("putInForce", InForce, false), ("unschedule", Approved, false), ("annul", Annulled, true)]);
    assert_eq!(available[0].blocked_by, refused(&facts, StructureAct::PutInForce));
    assert_eq!(available[0].blocked_by[0].code, ErrorCode::LegalActRequired);
}

#[test]
fn duties_decide_who_may() {
    let may = |state, duty: Duty| -> Vec<_> {
        let open = open(&sound(state), |asked| asked == duty);
        open.iter().filter(|open| open.blocked_by.is_empty()).map(|open| open.line.label).collect()
    };
    assert_eq!(may(Draft, Duty::FormulateStructure), ["submit"]);
    assert!(may(UnderApproval, Duty::FormulateStructure).is_empty(), "who formulates does not approve");
    assert_eq!(may(UnderApproval, Duty::ApproveStructure), ["returnToDraft", "approve"]);
    let blocked = open(&sound(Draft), |_| false);
    assert_eq!(blocked[0].blocked_by, [Refusal::from(ErrorCode::Forbidden)]);
}

#[test]
fn who_submitted_does_not_approve() {
    let own = StructureFacts { actor: sound(UnderApproval).submitter, ..sound(UnderApproval) };
    assert_eq!(refused(&own, StructureAct::Approve), [Refusal::from(ErrorCode::SeparationOfDuties)]);
    let nobody = StructureFacts { actor: None, submitter: None, ..sound(UnderApproval) };
    assert_eq!(refused(&nobody, StructureAct::Approve), [Refusal::from(ErrorCode::ActorWithoutPerson)]);
    let by_program = StructureFacts { submitter: None, ..sound(UnderApproval) };
    assert!(check(&by_program, StructureAct::Approve).is_ok());
}

#[test]
fn the_state_follows_from_stage_interval_and_ruling() {
    let on = |from: Option<i32>, to: Option<i32>, ruling: Option<i32>, n| {
        state_on(StructureStage::Approved, from.map(day), to.map(day), ruling.map(day), day(n))
    };
    assert_eq!(state_on(StructureStage::Draft, None, None, None, day(5)), Draft);
    assert_eq!(state_on(StructureStage::UnderApproval, None, None, None, day(5)), UnderApproval);
    assert_eq!(on(None, None, None, 5), Approved);
    assert_eq!(on(Some(6), None, None, 5), Approved);
    assert_eq!(on(Some(5), None, None, 5), InForce);
    assert_eq!(on(Some(1), Some(6), None, 5), InForce);
    assert_eq!(on(Some(1), Some(5), None, 5), Repealed);
    assert_eq!(on(Some(1), None, Some(6), 5), InForce);
    assert_eq!(on(Some(1), None, Some(5), 5), Annulled);
    assert_eq!(on(Some(1), Some(3), Some(5), 4), Repealed);
    assert_eq!(on(None, None, Some(5), 5), Annulled);
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn in_force_means_a_day_of_the_effective_interval(
        from in proptest::option::of(0..20),
        length in proptest::option::of(1..20),
        ruling in proptest::option::of(0..40),
        n in 0..50,
    ) {
        let to = from.zip(length).map(|(from, length)| day(from + length));
        let (from, ruling) = (from.map(day), ruling.map(day));
        let state = state_on(StructureStage::Approved, from, to, ruling, day(n));
        let rules = effective(from, to, ruling).is_some_and(|interval| interval.contains(day(n)));
        prop_assert_eq!(state == InForce, rules);
    }

    #[test]
    fn time_and_acts_move_only_along_the_table(
        from in 0..20, length in proptest::option::of(1..20), ruling in proptest::option::of(0..40), n in 0..50,
    ) {
        let at = |n| state_on(StructureStage::Approved, Some(day(from)), length.map(|l| day(from + l)), ruling.map(day), day(n));
        let (before, after) = (at(n), at(n + 1));
        let by_calendar = StructureLife::DERIVED.iter().any(|line| (line.from, line.to) == (before, after));
        let by_act = StructureLife::TRANSITIONS.iter().any(|line| (line.from, line.to) == (before, after));
        prop_assert!(before == after || by_calendar || by_act, "{before:?} → {after:?}");
    }
}
