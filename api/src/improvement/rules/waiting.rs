//! How long an action must have been in place before its effect is judged.

use chrono::{Days, NaiveDate};
use entity::improvement::PlanKind;

/// Days that an action waits, as a literal for texts.
macro_rules! days_of_waiting {
    () => {
        90
    };
}
pub(crate) use days_of_waiting;

/// Days from its verification until the effectiveness of an action may be evaluated, by the kind of its plan.
pub const fn waiting_days(kind: PlanKind) -> u64 {
    match kind {
        PlanKind::Internal
        | PlanKind::ControlBody
        | PlanKind::TerritorialControl
        | PlanKind::Certification
        | PlanKind::SelfAssessment
        | PlanKind::FollowUp => days_of_waiting!(),
    }
}

/// The first day on which an action that was verified on a day may be evaluated.
pub fn evaluated_from(kind: PlanKind, verified_on: NaiveDate) -> NaiveDate {
    verified_on.checked_add_days(Days::new(waiting_days(kind))).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_effect_is_judged_ninety_days_after_the_verification() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
        assert_eq!(evaluated_from(PlanKind::Internal, day("2026-07-01")), day("2026-09-29"));
        assert_eq!(evaluated_from(PlanKind::ControlBody, NaiveDate::MAX), NaiveDate::MAX);
    }
}
