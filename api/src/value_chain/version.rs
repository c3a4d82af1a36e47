//! What versions of processes and of documents do alike: what each act may do stands in the table of `states.rs`; here is
//! what it does.

mod acts;

use async_graphql::ID;
use chrono::NaiveDate;
use entity::{
    Id, Interval,
    organization::{legal_act, person},
    value_chain::{ControlledStage, ControlledState},
};
use sea_orm::{
    ActiveValue::{self, NotSet, Set},
    Condition,
};
use uuid::Uuid;

use super::states::{ControlledAct, ControlledFacts};
use crate::{
    access::rules::Duty,
    graph::{
        error::{ErrorCode, Refusal},
        scalars::Date,
    },
    life_cycle::{Given, Judged, LifeCycle as _, Said, StepRow, judge, record},
    organization::{
        entry::{link, obtain, reason},
        refusals::refused,
        rules::timeline::{self, Entry, InForce},
    },
    store::{ActFault, ApproveProcess, ChangeSet, FormulateProcess, Granted, Recorded, Verb},
};

pub(super) use acts::version_acts;

/// A version of a process or of a document.
pub(super) trait Version: Recorded {
    /// Its life cycle.
    type Life: Judged<State = ControlledState, Act = ControlledAct, Facts = ControlledFacts>;
    /// Where its steps are written down.
    type Step: StepRow<Of = Self, State = ControlledState>;

    /// The step that a row tells of.
    fn told(step: <Self::Step as sea_orm::EntityTrait>::Model) -> Told;
    /// The steps of a version.
    fn steps(of: Id<Self>) -> Condition;
    /// All versions of the same process or document that were approved.
    fn approved(model: &Self::Model) -> Condition;
    /// Its first day, and the day after its last.
    fn days(model: &Self::Model) -> (Option<NaiveDate>, Option<NaiveDate>);
    /// The row with this changed.
    fn change(change: Change) -> Self::ActiveModel;

    /// May it begin on this day, as what it says itself goes?
    fn may_begin(_model: &Self::Model, _from: NaiveDate) -> Result<(), Refusal> {
        Ok(())
    }
    /// May it hold on these days? Refusals point to the argument `at`.
    async fn may_hold<V: Verb>(
        changes: &ChangeSet,
        version: &Granted<Self, V>,
        days: Interval,
        at: &str,
    ) -> Result<(), ActFault>;
    /// STILL_IN_USE when others rest on it on days on which nothing would hold any more.
    async fn may_leave<V: Verb>(
        changes: &ChangeSet,
        version: &Granted<Self, V>,
        days: Interval,
    ) -> Result<(), ActFault>;
    /// Brings what the process or document says of itself up to its last version.
    async fn settle<V: Verb>(changes: &mut ChangeSet, version: &Granted<Self, V>) -> Result<(), ActFault>;
}

/// What the acts of the life cycle change in a row.
pub(super) struct Change {
    pub stage: ActiveValue<ControlledStage>,
    pub valid_from: ActiveValue<Option<NaiveDate>>,
    pub valid_to: ActiveValue<Option<NaiveDate>>,
    pub approved_by_id: ActiveValue<Option<Id<person::Entity>>>,
    pub legal_act_id: ActiveValue<Option<Id<legal_act::Entity>>>,
}

impl Default for Change {
    fn default() -> Self {
        Self { stage: NotSet, valid_from: NotSet, valid_to: NotSet, approved_by_id: NotSet, legal_act_id: NotSet }
    }
}

/// A step that was taken.
pub(super) struct Told {
    pub to: ControlledState,
    pub date: NaiveDate,
    pub act: String,
    pub order: (entity::Moment, Uuid),
}

/// Says that a table has the columns of a version; the rest of [`Version`] is its own.
macro_rules! version_columns {
    ($version:ident, $whole:ident = $key:ident, $steps:ident, $of:ident) => {
        fn told(step: $steps::Model) -> $crate::value_chain::version::Told {
            $crate::value_chain::version::Told {
                to: step.to_state,
                date: step.civil_date,
                act: step.act,
                order: (step.recorded_at, step.id.uuid()),
            }
        }

        fn steps(of: ::entity::Id<Self>) -> ::sea_orm::Condition {
            ::sea_orm::Condition::all().add($steps::Column::$of.eq(of))
        }

        fn approved(model: &$version::Model) -> ::sea_orm::Condition {
            let approved = $version::Column::Stage.eq(::entity::value_chain::ControlledStage::Approved);
            ::sea_orm::Condition::all().add($version::Column::$whole.eq(model.$key)).add(approved)
        }

        fn days(model: &$version::Model) -> (Option<::chrono::NaiveDate>, Option<::chrono::NaiveDate>) {
            (model.valid_from, model.valid_to)
        }

        fn change(change: $crate::value_chain::version::Change) -> $version::ActiveModel {
            $version::ActiveModel {
                stage: change.stage,
                valid_from: change.valid_from,
                valid_to: change.valid_to,
                approved_by_id: change.approved_by_id,
                legal_act_id: change.legal_act_id,
                ..Default::default()
            }
        }
    };
}
pub(super) use version_columns;

/// What is said together with an approval.
pub(super) struct Approval {
    pub valid_from: Option<Date>,
    pub legal_act: Option<ID>,
    pub reason: Option<String>,
}

/// The draft with this id. NOT_A_DRAFT.
pub(super) async fn draft<E: Version>(
    changes: &mut ChangeSet,
    id: &ID,
    expected: i32,
) -> Result<Granted<E, FormulateProcess>, ActFault> {
    let version = obtain::<E, FormulateProcess>(changes, id, &["id"], Some(expected)).await?;
    Ok(version)
}

/// Removes the steps of a draft that is to be removed. STILL_IN_USE for one that was submitted once: who submitted it and why
/// it came back is part of the record.
pub(super) async fn forget<E: Version>(
    changes: &mut ChangeSet,
    version: &Granted<E, FormulateProcess>,
) -> Result<(), ActFault> {
    for step in changes.follow_all::<E::Step, _>(version, E::steps(version.id())).await? {
        changes.remove(step).await?;
    }
    Ok(())
}

/// Writes down that a draft was made.
pub(super) async fn begin<E: Version>(
    changes: &mut ChangeSet,
    version: &Granted<E, FormulateProcess>,
) -> Result<(), ActFault> {
    let date = changes.today();
    let said = Said { from: None, to: ControlledState::Draft, date, reason: None };
    record::<E::Step, _>(changes, version, said).await
}

/// Submits or returns: what takes effect today and moves the stage only.
pub(super) async fn advance<E: Version, V: Verb>(
    changes: &mut ChangeSet,
    (id, expected): (&ID, i32),
    (act, stage): (ControlledAct, ControlledStage),
    said: Option<&str>,
) -> Result<Uuid, ActFault> {
    let version = obtain::<E, V>(changes, id, &["id"], Some(expected)).await?;
    let reason = reason(said)?;
    let given = Given { date: None, reason: reason.is_some() };
    let (line, _) = judge::<E::Life, E, V>(changes, &version, act, |facts| facts.given = Some(given)).await?;
    let version = changes.update(version, E::change(Change { stage: Set(stage), ..Default::default() })).await?;
    let said = Said { from: Some(line.from), to: line.to, date: changes.today(), reason };
    record::<E::Step, V>(changes, &version, said).await?;
    Ok(version.id().uuid())
}

/// Approves a version: it holds from a day on, and the one before ends on that day.
pub(super) async fn approve<E: Version>(
    changes: &mut ChangeSet,
    (id, expected): (&ID, i32),
    approval: Approval,
) -> Result<Uuid, ActFault> {
    let version = obtain::<E, ApproveProcess>(changes, id, &["id"], Some(expected)).await?;
    let reason = reason(approval.reason.as_deref())?;
    let date = approval.valid_from.map(|date| date.0);
    let given = Given { date, reason: reason.is_some() };
    let act = ControlledAct::Approve;
    let (line, facts) = judge::<E::Life, E, _>(changes, &version, act, |facts| facts.given = Some(given)).await?;
    let from = date.ok_or_else(|| ErrorCode::StartDateRequired.at(["validFrom"]))?;
    let legal_act = link(changes, &version, approval.legal_act.as_ref(), &["legalAct"]).await?;
    let others = others(changes, &version).await?;
    let entry = entry(changes, &version, reason.is_some());
    let put = timeline::put_in_force(&others, from, entry).map_err(refused)?;
    mark(changes, from);
    E::may_begin(version.model(), from)?;
    E::may_hold(changes, &version, put.interval, "validFrom").await?;
    if let Some(previous) = put.ends {
        let row = changes.follow::<E, _>(&version, Id::from_uuid(previous.id)).await?;
        end(changes, row, previous.interval.to(), (ControlledState::InForce, ControlledState::Obsolete), from, None)
            .await?;
    }
    let approved = Change {
        stage: Set(ControlledStage::Approved),
        valid_from: Set(Some(from)),
        valid_to: Set(put.interval.to()),
        approved_by_id: Set(facts.actor.map(Id::from_uuid)),
        legal_act_id: legal_act.map_or(NotSet, |act| Set(Some(act))),
    };
    let version = changes.update(version, E::change(approved)).await?;
    record::<E::Step, _>(changes, &version, Said { from: Some(line.from), to: line.to, date: from, reason }).await?;
    E::settle(changes, &version).await?;
    Ok(version.id().uuid())
}

/// Takes an approval back before its day: the version is in review again, and the one before goes on as it would have.
pub(super) async fn unschedule<E: Version>(
    changes: &mut ChangeSet,
    (id, expected): (&ID, i32),
    said: Option<&str>,
) -> Result<Uuid, ActFault> {
    let version = obtain::<E, ApproveProcess>(changes, id, &["id"], Some(expected)).await?;
    let reason = reason(said)?;
    let given = Given { date: None, reason: reason.is_some() };
    let act = ControlledAct::Unschedule;
    let (line, _) = judge::<E::Life, E, _>(changes, &version, act, |facts| facts.given = Some(given)).await?;
    let (Some(from), to) = E::days(version.model()) else { return Err(ErrorCode::NotFound.at(["id"]).into()) };
    let others = others(changes, &version).await?;
    let mut left = Interval::new(from, to);
    if let Some((previous, before)) = ended_by(changes, &version, &others, from).await? {
        let resumed = Interval::new(from, before).ok_or_else(|| ErrorCode::DateRangeEmpty.at(["id"]))?;
        E::may_hold(changes, &previous, resumed, "id").await?;
        end(changes, previous, before, (ControlledState::Obsolete, ControlledState::InForce), from, reason.clone())
            .await?;
        left = before.and_then(|before| Interval::new(before, to));
    }
    if let Some(left) = left {
        E::may_leave(changes, &version, left).await?;
    }
    let withdrawn = Change {
        stage: Set(ControlledStage::InReview),
        valid_from: Set(None),
        valid_to: Set(None),
        approved_by_id: Set(None),
        ..Default::default()
    };
    let version = changes.update(version, E::change(withdrawn)).await?;
    let said = Said { from: Some(line.from), to: line.to, date: changes.today(), reason };
    record::<E::Step, _>(changes, &version, said).await?;
    E::settle(changes, &version).await?;
    Ok(version.id().uuid())
}

/// Ends a version on a day, without another in its place.
pub(super) async fn retire<E: Version>(
    changes: &mut ChangeSet,
    (id, expected): (&ID, i32),
    date: Option<Date>,
    said: Option<&str>,
) -> Result<Uuid, ActFault> {
    let version = obtain::<E, ApproveProcess>(changes, id, &["id"], Some(expected)).await?;
    let reason = reason(said)?;
    let date = date.map(|date| date.0);
    let given = Given { date, reason: reason.is_some() };
    let act = ControlledAct::Retire;
    let (line, _) = judge::<E::Life, E, _>(changes, &version, act, |facts| facts.given = Some(given)).await?;
    let on = date.ok_or_else(|| ErrorCode::StartDateRequired.at(["validTo"]))?;
    let (Some(from), to) = E::days(version.model()) else { return Err(ErrorCode::NotFound.at(["id"]).into()) };
    if to.is_some_and(|to| to <= on) {
        // It ends by then already, and an end never gives days back.
        return Err(ErrorCode::InvalidArgument.at(["validTo"]).into());
    }
    let interval = Interval::new(from, to).ok_or_else(|| ErrorCode::DateRangeEmpty.at(["validTo"]))?;
    let left = timeline::repeal(interval, on, entry(changes, &version, reason.is_some())).map_err(refused)?;
    mark(changes, on);
    let version = end(changes, version, left.to(), (line.from, line.to), on, reason).await?;
    Ok(version.id().uuid())
}

/// The other versions that were approved, with their days.
async fn others<E: Version, V: Verb>(changes: &ChangeSet, version: &Granted<E, V>) -> Result<Vec<InForce>, ActFault> {
    let rows = changes.follow_all::<E, V>(version, E::approved(version.model())).await?;
    let of = |row: &Granted<E, V>| {
        let (from, to) = E::days(row.model());
        Some(InForce { id: row.id().uuid(), interval: Interval::new(from?, to)? })
    };
    Ok(rows.iter().filter(|row| row.id() != version.id()).filter_map(of).collect())
}

/// The version that ended because this one was to begin, and the day on which it would have ended otherwise.
async fn ended_by<E: Version, V: Verb>(
    changes: &ChangeSet,
    version: &Granted<E, V>,
    others: &[InForce],
    from: NaiveDate,
) -> Result<Option<(Granted<E, V>, Option<NaiveDate>)>, ActFault> {
    let Some(previous) = others.iter().find(|other| other.interval.to() == Some(from)) else { return Ok(None) };
    let previous = changes.follow::<E, V>(version, Id::from_uuid(previous.id)).await?;
    let steps = changes.follow_all::<E::Step, V>(version, E::steps(previous.id())).await?;
    let mut ends: Vec<_> = steps.iter().map(|step| E::told(step.model().clone())).collect();
    ends.retain(|step| step.to == ControlledState::Obsolete);
    ends.sort_by_key(|step| step.order);
    let by = |step: &Told, act| step.act == E::Life::mutation(act);
    // One that was retired on that very day stays retired.
    if !ends.last().is_some_and(|step| by(step, ControlledAct::Approve)) {
        return Ok(None);
    }
    let retired = ends.iter().rev().find(|step| by(step, ControlledAct::Retire)).map(|step| step.date);
    Ok(Some((previous, retired.filter(|day| *day > from))))
}

/// Gives a version another end, and writes down what it is from a day on.
async fn end<E: Version>(
    changes: &mut ChangeSet,
    row: Granted<E, ApproveProcess>,
    to: Option<NaiveDate>,
    (before, after): (ControlledState, ControlledState),
    date: NaiveDate,
    reason: Option<String>,
) -> Result<Granted<E, ApproveProcess>, ActFault> {
    let row = changes.update(row, E::change(Change { valid_to: Set(to), ..Default::default() })).await?;
    record::<E::Step, _>(changes, &row, Said { from: Some(before), to: after, date, reason }).await?;
    Ok(row)
}

fn entry<E: Version>(changes: &ChangeSet, row: &Granted<E, ApproveProcess>, has_reason: bool) -> Entry {
    let may_backdate = changes.intent().actor.has(Duty::Backdate, row.organization().uuid());
    Entry { today: changes.today(), may_backdate, has_reason }
}

/// Tells the history when the act takes effect before today.
fn mark(changes: &mut ChangeSet, date: NaiveDate) {
    if date < changes.today() {
        changes.mark_backdated();
    }
}
