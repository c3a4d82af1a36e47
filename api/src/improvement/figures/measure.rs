//! How far actions and plans are at a cut-off (domain 7, *Figures*). Pure functions of what was planned, reported and decided.

use chrono::NaiveDate;
use entity::{
    Amount,
    improvement::{ActionResult, ActionState, Semaphore},
};
use rust_decimal::{Decimal, RoundingStrategy};

/// Something that is done in units between two days: an action without activities, or one of its activities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub due_on: NaiveDate,
    /// How many units are to be done.
    pub target: Amount,
    /// How many of them were signed for until the cut-off.
    pub done: Amount,
}

impl Work {
    /// min(done ÷ target, 1); nothing of nothing.
    pub fn progress(&self) -> Decimal {
        if self.target <= Amount::ZERO {
            return Decimal::ZERO;
        }
        let done = self.done.clamp(Amount::ZERO, self.target);
        Decimal::from(done.0) / Decimal::from(self.target.0)
    }

    /// Its weeks, as the days of seven of which they are: (due − start).
    fn days(&self) -> Decimal {
        Decimal::from((self.due_on - self.starts_on).num_days().max(0))
    }
}

/// The mean of the progress of works, weighted by their weeks; `None` when there are none.
pub fn mean(works: &[Work]) -> Option<Decimal> {
    let whole: Decimal = works.iter().map(Work::days).sum();
    let part: Decimal = works.iter().map(|work| work.days() * work.progress()).sum();
    (whole > Decimal::ZERO).then(|| part / whole)
}

/// An action as it stands at a cut-off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionAt {
    /// Its share of the plan.
    pub weight: Amount,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day, by the reformulations that were approved until then.
    pub due_on: NaiveDate,
    /// The action itself, or its activities.
    pub works: Vec<Work>,
    /// Where it stood; `None` before it was there.
    pub state: Option<ActionState>,
    /// What its closure said, when it was closed.
    pub result: Option<ActionResult>,
    /// Day on which it was executed, unless it was sent back since.
    pub finished_on: Option<NaiveDate>,
}

impl ActionAt {
    /// Neither cancelled nor closed without effect.
    pub fn is_live(&self) -> bool {
        match self.state {
            None | Some(ActionState::Cancelled) => false,
            Some(ActionState::Closed) => self.result != Some(ActionResult::NotEffective),
            Some(_) => true,
        }
    }

    /// Is it being carried out, or was it? What is only proposed, or given up, is on no time.
    pub fn is_under_way(&self) -> bool {
        use ActionState::{Approved, Closed, Executed, InProgress, Verified};
        matches!(self.state, Some(Approved | InProgress | Executed | Verified | Closed))
    }

    /// From 0 to 1.
    pub fn progress(&self) -> Decimal {
        mean(&self.works).unwrap_or_default()
    }

    /// How much of its time is over: elapsed days ÷ planned days, from 0 to 1.
    pub fn expected(&self, cutoff: NaiveDate) -> Decimal {
        let planned = (self.due_on - self.starts_on).num_days();
        let elapsed = (cutoff - self.starts_on).num_days();
        if planned <= 0 {
            return if cutoff >= self.due_on { Decimal::ONE } else { Decimal::ZERO };
        }
        Decimal::from(elapsed.clamp(0, planned)) / Decimal::from(planned)
    }

    /// Days after its last day: until it was finished, or until the cut-off.
    pub fn days_late(&self, cutoff: NaiveDate) -> i64 {
        if !self.is_under_way() {
            return 0;
        }
        (self.finished_on.unwrap_or(cutoff) - self.due_on).num_days().max(0)
    }

    /// Is it late and not finished?
    pub fn is_overdue(&self, cutoff: NaiveDate) -> bool {
        self.finished_on.is_none() && self.days_late(cutoff) > 0
    }

    /// Finished: green on time, amber late. Unfinished: red when overdue, amber when behind, else green.
    pub fn semaphore(&self, cutoff: NaiveDate) -> Option<Semaphore> {
        if !self.is_under_way() {
            return None;
        }
        Some(match self.finished_on {
            Some(day) if day <= self.due_on => Semaphore::Green,
            Some(_) => Semaphore::Amber,
            None if cutoff > self.due_on => Semaphore::Red,
            None if self.progress() < self.expected(cutoff) => Semaphore::Amber,
            None => Semaphore::Green,
        })
    }
}

/// Σ weight · progress ÷ Σ weight over live actions; `None` when there are none.
pub fn plan_progress(actions: &[ActionAt]) -> Option<Decimal> {
    let live = || actions.iter().filter(|action| action.is_live());
    let whole: Decimal = live().map(|action| Decimal::from(action.weight.0)).sum();
    let part: Decimal = live().map(|action| Decimal::from(action.weight.0) * action.progress()).sum();
    (whole > Decimal::ZERO).then(|| part / whole)
}

/// Of a control body: the progress of what was due by the cut-off, weighted by weeks; `None` when nothing was.
pub fn compliance(actions: &[ActionAt], cutoff: NaiveDate) -> Option<Decimal> {
    mean(&works(actions).into_iter().filter(|work| work.due_on <= cutoff).collect::<Vec<_>>())
}

/// Of a control body: the progress of everything, weighted by weeks.
pub fn advance(actions: &[ActionAt]) -> Option<Decimal> {
    mean(&works(actions))
}

fn works(actions: &[ActionAt]) -> Vec<Work> {
    actions.iter().filter(|action| action.is_live()).flat_map(|action| action.works.iter().copied()).collect()
}

/// A fraction as a percentage with two decimals, half a hundredth rounded up.
pub fn percent(fraction: Decimal) -> String {
    let percent = (fraction * Decimal::ONE_HUNDRED).round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    format!("{percent:.2}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::organization::rules::cases;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn amount(text: &str) -> Amount {
        text.parse().expect("an amount")
    }

    fn work(starts_on: &str, due_on: &str, target: &str, done: &str) -> Work {
        Work { starts_on: day(starts_on), due_on: day(due_on), target: amount(target), done: amount(done) }
    }

    fn action(weight: &str, works: Vec<Work>) -> ActionAt {
        ActionAt {
            weight: amount(weight),
            starts_on: works[0].starts_on,
            due_on: works[0].due_on,
            works,
            state: Some(ActionState::InProgress),
            result: None,
            finished_on: None,
        }
    }

    /// By hand: activity A takes 14 days and is half done, B takes 42 days and is done by more than asked.
    /// (14 × ½ + 42 × 1) ÷ 56 = 49 ÷ 56 = 0.875.
    #[test]
    fn activities_count_by_their_weeks() {
        let works = [work("2026-01-01", "2026-01-15", "10", "5"), work("2026-01-01", "2026-02-12", "3", "4.5")];
        assert_eq!(mean(&works).map(percent).as_deref(), Some("87.50"));
        assert_eq!(mean(&[]), None);
    }

    /// By hand: weights 50, 30 and 20; progress 1, ⅓ and 0: (50 + 10 + 0) ÷ 100 = 60 %. Without the second, which is cancelled:
    /// 50 ÷ 70 = 71.43 %.
    #[test]
    fn a_plan_is_as_far_as_its_live_actions() {
        let mut actions = vec![
            action("50", vec![work("2026-01-01", "2026-03-01", "4", "4")]),
            action("30", vec![work("2026-01-01", "2026-03-01", "3", "1")]),
            action("20", vec![work("2026-01-01", "2026-03-01", "7", "0")]),
        ];
        assert_eq!(plan_progress(&actions).map(percent).as_deref(), Some("60.00"));
        actions[1].state = Some(ActionState::Cancelled);
        assert_eq!(plan_progress(&actions).map(percent).as_deref(), Some("71.43"));
        actions[2].state = Some(ActionState::Closed);
        actions[2].result = Some(ActionResult::NotEffective);
        assert_eq!(
            plan_progress(&actions).map(percent).as_deref(),
            Some("100.00"),
            "closed without effect is no longer live"
        );
    }

    /// By hand: of 28 days due by March, with progress ½, and 56 days due in May, with progress ¼: compliance in March 50 %, nothing
    /// due in January, advance (28 × ½ + 56 × ¼) ÷ 84 = 28 ÷ 84 = 33.33 %.
    #[test]
    fn control_bodies_count_by_weeks_what_was_due() {
        let actions = vec![
            action("1", vec![work("2026-02-01", "2026-03-01", "10", "5")]),
            action("1", vec![work("2026-03-09", "2026-05-04", "8", "2")]),
        ];
        assert_eq!(compliance(&actions, day("2026-01-31")), None);
        assert_eq!(compliance(&actions, day("2026-03-01")).map(percent).as_deref(), Some("50.00"));
        assert_eq!(advance(&actions).map(percent).as_deref(), Some("33.33"));
    }

    #[test]
    fn lights_follow_the_days() {
        let mut one = action("1", vec![work("2026-01-01", "2026-01-11", "10", "4")]);
        for (cutoff, light, late) in [
            ("2025-12-31", Semaphore::Green, 0),
            ("2026-01-05", Semaphore::Green, 0), // 4 of 10 days: 40 % done, 40 % expected
            ("2026-01-06", Semaphore::Amber, 0),
            ("2026-01-11", Semaphore::Amber, 0),
            ("2026-01-12", Semaphore::Red, 1),
        ] {
            assert_eq!((one.semaphore(day(cutoff)), one.days_late(day(cutoff))), (Some(light), late), "{cutoff}");
        }
        one.finished_on = Some(day("2026-01-11"));
        assert_eq!(one.semaphore(day("2026-06-01")), Some(Semaphore::Green));
        one.finished_on = Some(day("2026-01-20"));
        assert_eq!((one.semaphore(day("2026-06-01")), one.days_late(day("2026-06-01"))), (Some(Semaphore::Amber), 9));
        one.state = Some(ActionState::Draft);
        assert_eq!(one.semaphore(day("2026-06-01")), None);
    }

    proptest! {
        #![proptest_config(cases())]

        /// More done is never less progress, and nothing is more than all.
        #[test]
        fn progress_grows_with_what_is_done(target in 1..1_000_000_i64, done in 0..2_000_000_i64, more in 0..1_000_000_i64, days in 1..400_i64) {
            let start = day("2026-01-01");
            let work = |done| Work { starts_on: start, due_on: start + chrono::Duration::days(days), target: Amount(target), done: Amount(done) };
            let (one, two) = (work(done).progress(), work(done + more).progress());
            prop_assert!(Decimal::ZERO <= one && one <= two && two <= Decimal::ONE);
            prop_assert_eq!(mean(&[work(done), work(done)]), mean(&[work(done)]));
        }
    }
}
