//! Which version is in force when, and what an act changes in that; holdings of posts beside it.
//!
//! Every answer here leaves the days before the act's own date as they were.

use chrono::NaiveDate;
use entity::Interval;
use uuid::Uuid;

use super::vocabulary::AppointmentKind;
use super::{Violation, code};

/// A version of an organization's structure on the days on which it is, was or will be in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InForce {
    /// The version.
    pub id: Uuid,
    /// Its days, see [`effective`].
    pub interval: Interval,
}

/// When an act is entered, and with what standing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The civil date of today in Bogotá.
    pub today: NaiveDate,
    /// May the caller enter acts that took effect in the past?
    pub may_backdate: bool,
    /// Did the caller say why?
    pub has_reason: bool,
}

/// What putting a version in force does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PutInForce {
    /// The days of the new version: open, or until the next version when it fills a gap.
    pub interval: Interval,
    /// The version that was in force on the first of these days, with the days that are left to it.
    pub ends: Option<InForce>,
    /// The version that begins where this one ends, when it fills a gap.
    pub next: Option<Uuid>,
}

/// The days on which a version is in force: its interval, cut off at a ruling that annuls it. None while it has
/// no first day, or when the ruling came before it.
pub fn effective(
    valid_from: Option<NaiveDate>,
    valid_to: Option<NaiveDate>,
    annulled_from: Option<NaiveDate>,
) -> Option<Interval> {
    let interval = Interval::new(valid_from?, valid_to)?;
    annulled_from.map_or(Some(interval), |ruling| interval.ended_on(ruling))
}

/// The version in force on a day.
pub fn as_of(versions: &[InForce], day: NaiveDate) -> Option<Uuid> {
    versions.iter().find(|version| version.interval.contains(day)).map(|version| version.id)
}

/// Puts a version in force from a date on. `versions` are the organization's other ones, in any order.
///
/// The version in force on that day ends on it. If another begins later, the date must lie in a gap, and the new
/// version ends where the next begins. Violations: BACKDATED(date), VERSIONS_OVERLAP(from).
pub fn put_in_force(versions: &[InForce], from: NaiveDate, entry: Entry) -> Result<PutInForce, Vec<Violation>> {
    let mut violations: Vec<Violation> =
        backdated(from, entry).map(|past| past.under(["validFrom"])).into_iter().collect();
    let covering = versions.iter().find(|version| version.interval.contains(from));
    let later = versions.iter().filter(|version| version.interval.from() > from);
    let following = later.min_by_key(|version| version.interval.from());
    let next = following.map(|version| version.interval.from());
    let left =
        covering.and_then(|version| Some(InForce { id: version.id, interval: version.interval.ended_on(from)? }));
    // A version that begins on this very day would be left with no day; one that lies before another that is
    // already known would have to move that other's start, and an act does not rewrite its successors.
    if covering.is_some() && (left.is_none() || next.is_some()) {
        violations.push(Violation::new(code::VERSIONS_OVERLAP).with("from", from).under(["validFrom"]));
    }
    match Interval::new(from, next) {
        Some(interval) if violations.is_empty() => {
            Ok(PutInForce { interval, ends: left, next: following.map(|version| version.id) })
        }
        _ => Err(violations),
    }
}

/// The version that begins after this one and is known already: until then, an entry into force is not withdrawn.
///
/// Violations: STILL_IN_USE when another version begins later, for it was put in force over this one.
pub fn withdraw(versions: &[InForce], from: NaiveDate) -> Vec<Violation> {
    let later = versions.iter().any(|version| version.interval.from() > from);
    if later { vec![Violation::new(code::STILL_IN_USE).under(["id"])] } else { Vec::new() }
}

/// The end that a row gets back when the entry that ended it on `on` is withdrawn: `before`, as long as nobody ended
/// the row otherwise since. The outer none: it keeps what it has.
pub fn given_back(present: Option<NaiveDate>, on: NaiveDate, before: Option<NaiveDate>) -> Option<Option<NaiveDate>> {
    (present == Some(on)).then_some(before)
}

/// The earlier of two ends; none is open.
pub fn earlier(one: Option<NaiveDate>, other: Option<NaiveDate>) -> Option<NaiveDate> {
    one.into_iter().chain(other).min()
}

/// Ends a version on a date (excluded); nothing need come after it.
///
/// Violations: BACKDATED(date), DATE_RANGE_EMPTY when no day would be left to it,
/// TRANSITION_NOT_ALLOWED(from, to) when it has ended by then: a repeal never gives days back.
pub fn repeal(interval: Interval, on: NaiveDate, entry: Entry) -> Result<Interval, Vec<Violation>> {
    let mut violations: Vec<Violation> = backdated(on, entry).map(|past| past.under(["validTo"])).into_iter().collect();
    if interval.to().is_some_and(|to| to <= on) {
        let repealed = "REPEALED";
        violations.push(Violation::new(code::TRANSITION_NOT_ALLOWED).with("from", repealed).with("to", repealed));
    }
    match interval.ended_on(on) {
        Some(left) if violations.is_empty() => Ok(left),
        Some(_) => Err(violations),
        None => {
            violations.push(Violation::new(code::DATE_RANGE_EMPTY).under(["validTo"]));
            Err(violations)
        }
    }
}

/// May the act take effect on this date? BACKDATED(date), the day of today, for a past one without the right or without a reason.
pub fn backdated(date: NaiveDate, entry: Entry) -> Option<Violation> {
    let refused = date < entry.today && !(entry.may_backdate && entry.has_reason);
    refused.then(|| Violation::new(code::BACKDATED).with("date", entry.today))
}

/// A version as a unit sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Structure {
    /// The version.
    pub id: Uuid,
    /// Its first day.
    pub from: NaiveDate,
    /// Is the unit one of its units?
    pub has_unit: bool,
}

/// The version that takes the unit away after a day: the first to begin later without it. A repeal takes no unit away:
/// posts go on until an act of their own ends them, or until a version that does without their unit.
pub fn unit_leaves_with(versions: &[Structure], day: NaiveDate) -> Option<Structure> {
    versions
        .iter()
        .filter(|version| version.from > day && !version.has_unit)
        .min_by_key(|version| version.from)
        .copied()
}

/// UNIT_ENDS(date) when a post would outlast its unit, which `leaves` on that day.
pub fn post_outlasts_unit(post: Interval, leaves: Option<NaiveDate>) -> Option<Violation> {
    let leaves = leaves?;
    let outlasts = post.to().is_none_or(|to| to > leaves);
    outlasts.then(|| Violation::new(code::UNIT_ENDS).with("date", leaves))
}

/// What an entry into force does to a post that stands already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It stays as it is.
    Stays,
    /// It ends on the first day of the version.
    Ends,
    /// It stands in the way: it begins later than it would have to end, or is known to go on after the version.
    Conflicts,
}

/// What a version, in force on `version`, does to a post: it goes on when the version has its unit and none of the
/// version's posts continues it.
pub fn fate(post: Interval, version: Interval, has_unit: bool, continued: bool) -> Fate {
    let untouched = post.to().is_some_and(|to| to <= version.from());
    let after = version.to().is_some_and(|to| to <= post.from());
    if untouched || !continued && (has_unit || after) {
        return Fate::Stays;
    }
    // A version that fills a gap does not rewrite what is known of the days after it.
    let beyond = version.to().is_some_and(|end| post.to().is_none_or(|to| to > end));
    if post.from() >= version.from() || !continued && beyond { Fate::Conflicts } else { Fate::Ends }
}

/// A person's hold on a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holding {
    /// The holding.
    pub id: Uuid,
    /// The post held.
    pub post: Uuid,
    /// Who holds it.
    pub person: Uuid,
    /// On what title.
    pub appointment: AppointmentKind,
    /// Its days.
    pub interval: Interval,
}

impl Holding {
    /// Does it fill the post? An acting appointment does not: the post keeps its holder.
    pub fn is_full(&self) -> bool {
        self.appointment != AppointmentKind::Acting
    }
}

/// HOLDING_OVERLAP(from, to) when another full holding of the post shares a day with the new one; `from` and `to`
/// are that other one's days, `to` empty while it is open. The holding itself, before an edit, does not count.
pub fn holding_conflict(existing: &[Holding], new: &Holding) -> Option<Violation> {
    let other = existing.iter().find(|other| {
        other.id != new.id
            && other.post == new.post
            && other.is_full()
            && new.is_full()
            && other.interval.overlaps(new.interval)
    })?;
    Some(days_of(Violation::new(code::HOLDING_OVERLAP), other.interval))
}

/// ALREADY_IN_POST(from, to) when the same person holds the post on a day of the new holding, on whatever title: nobody
/// acts for himself. `from` and `to` are the days of that holding.
pub fn person_in_post(existing: &[Holding], new: &Holding) -> Option<Violation> {
    let same = |other: &&Holding| other.id != new.id && other.post == new.post && other.person == new.person;
    let other = existing.iter().filter(same).find(|other| other.interval.overlaps(new.interval))?;
    Some(days_of(Violation::new(code::ALREADY_IN_POST), other.interval))
}

/// A violation that names the days of what stands in the way; `to` is empty while it is open.
fn days_of(violation: Violation, days: Interval) -> Violation {
    let to = days.to().map(|to| to.to_string()).unwrap_or_default();
    violation.with("from", days.from()).with("to", to)
}

/// POST_NOT_OPEN when some day of the holding lies outside the post's interval; a post that is still part of a
/// draft has none.
pub fn holding_outside_post(post: Option<Interval>, new: &Holding) -> Option<Violation> {
    let inside = post.is_some_and(|post| {
        let ends_within = post.to().is_none_or(|end| new.interval.to().is_some_and(|to| to <= end));
        post.from() <= new.interval.from() && ends_within
    });
    (!inside).then(|| Violation::new(code::POST_NOT_OPEN).under(["postId"]))
}

#[cfg(test)]
mod tests;
