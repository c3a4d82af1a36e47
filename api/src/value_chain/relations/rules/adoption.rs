//! How a map stands to the national reference: one statement about a reference process on a day, one about a process.

use entity::{Interval, value_chain::AdoptionStatus};
use uuid::Uuid;

/// A statement, on some days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The row.
    pub id: Uuid,
    /// The reference process; none for an own one.
    pub reference: Option<Uuid>,
    /// The process; none for an absent one.
    pub process: Option<Uuid>,
    /// What is said.
    pub status: AdoptionStatus,
    /// Its days.
    pub days: Interval,
}

/// An end of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The reference process.
    Reference,
    /// The process.
    Process,
}

/// What is wrong with the ends of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndFault {
    /// The status needs it.
    Missing(End),
    /// The status has no place for it.
    Surplus(End),
}

/// Absent speaks of a reference process only, own of a process only, the others of both.
pub fn ends(status: AdoptionStatus, reference: bool, process: bool) -> Option<EndFault> {
    let fault = |needed: bool, given: bool, end: End| match (needed, given) {
        (true, false) => Some(EndFault::Missing(end)),
        (false, true) => Some(EndFault::Surplus(end)),
        _ => None,
    };
    fault(status != AdoptionStatus::Own, reference, End::Reference)
        .or_else(|| fault(status != AdoptionStatus::Absent, process, End::Process))
}

/// The statement in whose way the new one stands, and which end they share: a reference process is spoken of once on a
/// day, a process too, unless it is one into which several reference processes are merged.
pub fn conflict(existing: &[Statement], new: &Statement) -> Option<(End, Statement)> {
    let others = || existing.iter().filter(|other| other.id != new.id && other.days.overlaps(new.days));
    let shares = |one: Option<Uuid>, other: Option<Uuid>| one.is_some() && one == other;
    let merged = |other: &Statement| [other.status, new.status] == [AdoptionStatus::Merged; 2];
    let by_reference = others().find(|other| shares(other.reference, new.reference));
    let by_process = || others().find(|other| shares(other.process, new.process) && !merged(other));
    let reference = by_reference.map(|other| (End::Reference, *other));
    reference.or_else(|| by_process().map(|other| (End::Process, *other)))
}

#[cfg(test)]
mod tests {
    use super::{
        super::responsibility::tests::{day, intervals},
        *,
    };
    use crate::organization::rules::cases;
    use AdoptionStatus::{Absent, Adapted, Adopted, Merged, Own};
    use proptest::prelude::*;

    prop_compose! {
        fn statements()(id in any::<u128>(), reference in 0..3_u128, process in 0..3_u128, status in 1..=5_i16, days in intervals())
            -> Statement
        {
            let status = AdoptionStatus::from_number(status).expect("a status");
            Statement {
                id: Uuid::from_u128(id),
                reference: (status != Own).then(|| Uuid::from_u128(reference)),
                process: (status != Absent).then(|| Uuid::from_u128(process)),
                status,
                days,
            }
        }
    }

    proptest! {
        #![proptest_config(cases())]

        #[test]
        fn on_no_day_is_a_process_of_either_side_spoken_of_twice(offered in prop::collection::vec(statements(), 0..12)) {
            let mut all: Vec<Statement> = Vec::new();
            for new in offered {
                if conflict(&all, &new).is_none() {
                    all.push(new);
                }
            }
            for n in 0..70 {
                let on: Vec<_> = all.iter().filter(|one| one.days.contains(day(n))).collect();
                for (at, one) in on.iter().enumerate() {
                    for other in &on[at + 1..] {
                        prop_assert!(one.reference.is_none() || one.reference != other.reference);
                        let shared = one.process.is_some() && one.process == other.process;
                        prop_assert!(!shared || one.status == Merged && other.status == Merged);
                    }
                }
            }
        }
    }

    #[test]
    fn each_status_has_its_ends() {
        for status in [Adopted, Adapted, Merged] {
            assert_eq!(ends(status, true, true), None);
            assert_eq!(ends(status, false, true), Some(EndFault::Missing(End::Reference)));
            assert_eq!(ends(status, true, false), Some(EndFault::Missing(End::Process)));
        }
        assert_eq!(ends(Absent, true, false), None);
        assert_eq!(ends(Absent, true, true), Some(EndFault::Surplus(End::Process)));
        assert_eq!(ends(Own, false, true), None);
        assert_eq!(ends(Own, true, true), Some(EndFault::Surplus(End::Reference)));
    }
}
