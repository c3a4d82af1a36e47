//! Acts on progress: what was done is reported by who does it, signed by the head of the unit, rated by control interno.

use async_graphql::{ID, InputObject};
use entity::{
    Amount, Id,
    improvement::{action_activity, evidence, improvement_action, progress_rating, progress_report, reporting_window},
};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, Condition};
use uuid::Uuid;

use super::{
    rules::window::{Shut, Window, shut},
    states::WHOLE,
    types::{PROGRESS_RATING, PROGRESS_REPORT},
    windows::{locked, windows},
};
use crate::{
    audit::evidence::attach,
    execution::act::{Act, AnyAct, act},
    graph::{Declaration, error::ErrorCode, scalars::Decimal},
    organization::{
        entry::{DocumentReferenceInput, Texts, key, obtain},
        rules::validate,
    },
    store::{ActFault, ChangeSet, ControlPlan, Granted, Report, Sign, Verb},
};

/// The acts on progress.
pub static ACTS: &[&dyn AnyAct] = &[
    act::<ProgressReportCreate>(),
    act::<ProgressReportSign>(),
    act::<ProgressReportWithdraw>(),
    act::<ProgressRatingCreate>(),
];

/// Avance. What was done in a period.
#[derive(InputObject)]
struct ProgressReportInput {
    /// Periodo. One that is open.
    window: ID,
    /// Actividad. The part of the action; required where it has some.
    activity: Option<ID>,
    /// Cantidad. What was done in the period, in units (not in percent); 0 or more.
    quantity: Decimal,
    /// Descripción. What was done, up to 4,000 characters.
    narrative: String,
    /// Evidencias. Files that prove it, at most 20.
    #[graphql(default)]
    evidence: Vec<DocumentReferenceInput>,
}

/// Reportar un avance. The executor of an action, or who signs for its unit, says what was done in an open period. It counts
/// once it is signed.
#[derive(InputObject)]
struct ProgressReportCreate {
    /// Acción. One in execution.
    action: ID,
    /// Avance. What was done.
    input: ProgressReportInput,
}

impl Act for ProgressReportCreate {
    const NAME: &'static str = "progressReportCreate";
    const CODES: &'static [ErrorCode] = &[
        ErrorCode::ActionNotInProgress,
        ErrorCode::NotExecutor,
        ErrorCode::ActorWithoutPerson,
        ErrorCode::WindowClosed,
        ErrorCode::PeriodLocked,
    ];
    const PAYLOAD: &'static Declaration = &PROGRESS_REPORT;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let action = obtain::<improvement_action::Entity, Report>(changes, &self.action, &["action"], None).await?;
        let person = person(changes, &action)?;
        let input = self.input;
        let window = key::<reporting_window::Entity>(&input.window, &["input", "window"])?;
        let window = changes.follow_seen::<reporting_window::Entity, _>(&action, window).await;
        let window = window.map_err(|fault| fault.within(["input", "window"]))?;
        open(changes, &window).await?;
        let activity = activity(changes, &action, input.activity.as_ref()).await?;
        let mut texts = Texts::default();
        let narrative = texts.required("narrative", &input.narrative, validate::note);
        if input.quantity.0 < Amount::ZERO {
            texts.refuse(ErrorCode::InvalidArgument.at(["quantity"]).with("expected", "0…"));
        }
        texts.done()?;
        let row = progress_report::ActiveModel {
            improvement_action_id: Set(action.id()),
            action_activity_id: Set(activity),
            reporting_window_id: Set(window.id()),
            quantity: Set(input.quantity.0),
            narrative: Set(narrative),
            reported_on: Set(changes.today()),
            reported_by_id: Set(Some(person)),
            ..Default::default()
        };
        let report = changes.create::<progress_report::Entity, _>(&action, row).await?;
        let id = report.id();
        attach(changes, &report, &input.evidence, |row| row.progress_report_id = Set(Some(id))).await?;
        Ok(id.uuid())
    }
}

/// The person who acts. ACTOR_WITHOUT_PERSON.
pub(super) fn person<V: Verb>(
    changes: &ChangeSet,
    of: &Granted<impl sea_orm::EntityTrait, V>,
) -> Result<Id<entity::organization::person::Entity>, ActFault> {
    let person = changes.intent().actor.person(of.organization().uuid());
    person.map(Id::from_uuid).ok_or_else(|| ErrorCode::ActorWithoutPerson.into())
}

/// PERIOD_LOCKED once a later period was opened, WINDOW_CLOSED on the days on which it is not open.
async fn open(changes: &ChangeSet, window: &Granted<reporting_window::Entity, Report>) -> Result<(), ActFault> {
    const AT: [&str; 2] = ["input", "window"];
    let own = Window::from(window.model());
    match shut(&own, &windows(changes, window).await?, changes.today()) {
        None => Ok(()),
        Some(Shut::Locked) => Err(locked(own.period_from, own.period_to).at(AT).into()),
        Some(Shut::Closed) => {
            let refusal = ErrorCode::WindowClosed.at(AT).with("opens", own.opens_on.to_string());
            Err(refusal.with("closes", own.closes_on.to_string()).into())
        }
    }
}

/// The activity that a report is of: REQUIRED where the action has some, NOT_FOUND for what is none of them.
async fn activity(
    changes: &ChangeSet,
    action: &Granted<improvement_action::Entity, Report>,
    id: Option<&ID>,
) -> Result<Option<Id<action_activity::Entity>>, ActFault> {
    const AT: [&str; 2] = ["input", "activity"];
    let of = Condition::all().add(action_activity::Column::ImprovementActionId.eq(action.id()));
    let all = changes.find::<action_activity::Entity, _>(action, of).await?;
    match id {
        None if all.is_empty() => Ok(None),
        None => Err(ErrorCode::Required.at(AT).into()),
        Some(id) => {
            let id = key::<action_activity::Entity>(id, &AT)?;
            let found = all.iter().find(|activity| activity.id == id);
            found.map(|activity| Some(activity.id)).ok_or_else(|| ErrorCode::NotFound.at(AT).into())
        }
    }
}

/// Firmar un avance. The head of the unit stands in for what another person reported; from now on it counts. A period that is
/// locked is not signed any more.
#[derive(InputObject)]
struct ProgressReportSign {
    /// Reporte. One that nobody signed.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
}

impl Act for ProgressReportSign {
    const NAME: &'static str = "progressReportSign";
    const CODES: &'static [ErrorCode] = &[
        ErrorCode::Frozen,
        ErrorCode::ActionNotInProgress,
        ErrorCode::ActorWithoutPerson,
        ErrorCode::SeparationOfDuties,
        ErrorCode::PeriodLocked,
    ];
    const PAYLOAD: &'static Declaration = &PROGRESS_REPORT;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let expected = Some(self.expected_version);
        let report = obtain::<progress_report::Entity, Sign>(changes, &self.id, &["id"], expected).await?;
        let person = person(changes, &report)?;
        let row = progress_report::ActiveModel {
            signed_on: Set(Some(changes.today())),
            signed_by_id: Set(Some(person)),
            ..Default::default()
        };
        Ok(changes.update(report, row).await?.id().uuid())
    }
}

/// Retirar un avance. Whoever reported takes the report back before it is signed, with its evidence: what was said by mistake is
/// said anew. The payload holds nothing then.
#[derive(InputObject)]
struct ProgressReportWithdraw {
    /// Reporte. One that nobody signed.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
}

impl Act for ProgressReportWithdraw {
    const NAME: &'static str = "progressReportWithdraw";
    const CODES: &'static [ErrorCode] = &[ErrorCode::Frozen, ErrorCode::ActorWithoutPerson, ErrorCode::NotReporter];
    const PAYLOAD: &'static Declaration = &PROGRESS_REPORT;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let expected = Some(self.expected_version);
        let report = obtain::<progress_report::Entity, Report>(changes, &self.id, &["id"], expected).await?;
        let of = Condition::all().add(evidence::Column::ProgressReportId.eq(report.id()));
        for proof in changes.follow_all::<evidence::Entity, _>(&report, of).await? {
            changes.remove(proof).await?;
        }
        let id = report.id().uuid();
        changes.remove(report).await?;
        Ok(id)
    }
}

/// Calificación. What control interno thinks of a report.
#[derive(InputObject)]
struct ProgressRatingInput {
    /// Calificación. In percent, 0 to 100.
    percent: Decimal,
    /// Concepto. What it rests on, up to 4,000 characters.
    concept: String,
}

/// Calificar un avance. Says what control interno thinks of a report that was signed. Each rating is kept; none changes the
/// progress.
#[derive(InputObject)]
struct ProgressRatingCreate {
    /// Reporte. One that was signed.
    report: ID,
    /// Datos. What is thought of it.
    input: ProgressRatingInput,
}

impl Act for ProgressRatingCreate {
    const NAME: &'static str = "progressRatingCreate";
    const CODES: &'static [ErrorCode] =
        &[ErrorCode::ReportNotSigned, ErrorCode::ActorWithoutPerson, ErrorCode::SeparationOfDuties];
    const PAYLOAD: &'static Declaration = &PROGRESS_RATING;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let report = obtain::<progress_report::Entity, ControlPlan>(changes, &self.report, &["report"], None).await?;
        let person = person(changes, &report)?;
        let mut texts = Texts::default();
        let percent = self.input.percent.0;
        if percent < Amount::ZERO || percent > WHOLE {
            texts.refuse(ErrorCode::InvalidArgument.at(["percent"]).with("expected", "0…100"));
        }
        let concept = texts.required("concept", &self.input.concept, validate::note);
        texts.done()?;
        let row = progress_rating::ActiveModel {
            progress_report_id: Set(report.id()),
            percent: Set(percent),
            concept: Set(concept),
            rated_on: Set(changes.today()),
            person_id: Set(Some(person)),
            ..Default::default()
        };
        Ok(changes.create::<progress_rating::Entity, _>(&report, row).await?.id().uuid())
    }
}
