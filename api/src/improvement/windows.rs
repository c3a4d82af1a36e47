//! Acts on reporting windows.

use async_graphql::{ID, InputObject};
use chrono::NaiveDate;
use entity::{improvement::reporting_window, organization::organization};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    Condition, EntityTrait,
};
use uuid::Uuid;

use super::{
    rules::window::{Window, overlap},
    types::REPORTING_WINDOW,
};
use crate::{
    execution::act::{Act, AnyAct, act},
    graph::{
        Declaration,
        error::{ErrorCode, Refusal},
        scalars::Date,
    },
    organization::{
        entry::{Texts, obtain},
        rules::validate,
    },
    store::{ActFault, ChangeSet, ControlPlan, Granted, Verb},
};

/// The acts on windows.
pub static ACTS: &[&dyn AnyAct] = &[act::<ReportingWindowCreate>(), act::<ReportingWindowUpdate>()];

impl From<&reporting_window::Model> for Window {
    fn from(row: &reporting_window::Model) -> Self {
        let reporting_window::Model { period_from, period_to, opens_on, closes_on, .. } = *row;
        Self { period_from, period_to, opens_on, closes_on }
    }
}

/// All windows of the organization.
pub(super) async fn windows<V: Verb>(
    changes: &ChangeSet,
    cause: &Granted<impl EntityTrait, V>,
) -> Result<Vec<Window>, ActFault> {
    let all = changes.find::<reporting_window::Entity, V>(cause, Condition::all()).await?;
    Ok(all.iter().map(Window::from).collect())
}

/// PERIOD_LOCKED, naming the period.
pub(super) fn locked(from: NaiveDate, to: NaiveDate) -> Refusal {
    let last = to.pred_opt().unwrap_or(to);
    ErrorCode::PeriodLocked.with("from", from.to_string()).with("to", last.to_string())
}

/// Periodo de reporte nuevo. Which days are reported, and when.
#[derive(InputObject)]
struct ReportingWindowCreateInput {
    /// Nombre. One line of 1 to 200 characters, such as `2026-06`.
    name: String,
    /// Desde. First day of the period.
    period_from: Date,
    /// Hasta. Day after the last of the period; it has no day in common with another.
    period_to: Date,
    /// Abre. First day on which progress of the period is reported.
    opens_on: Date,
    /// Cierra. Last day, not before the first nor before today: what was not reported in its time is not reported in arrears.
    closes_on: Date,
}

/// Abrir un periodo de reporte. Says when progress of a period may be reported; once a later period opens, it is locked.
#[derive(InputObject)]
struct ReportingWindowCreate {
    /// Organización. Whose plans are reported.
    organization: ID,
    /// Datos. The period and the days of its reporting.
    input: ReportingWindowCreateInput,
}

impl Act for ReportingWindowCreate {
    const NAME: &'static str = "reportingWindowCreate";
    const CODES: &'static [ErrorCode] = &[ErrorCode::DateRangeEmpty];
    const PAYLOAD: &'static Declaration = &REPORTING_WINDOW;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let at = &["organization"];
        let organization = obtain::<organization::Entity, ControlPlan>(changes, &self.organization, at, None).await?;
        let (input, mut texts) = (self.input, Texts::default());
        let name = texts.required("name", &input.name, validate::name);
        let window = Window {
            period_from: input.period_from.0,
            period_to: input.period_to.0,
            opens_on: input.opens_on.0,
            closes_on: input.closes_on.0,
        };
        if window.period_from >= window.period_to {
            texts.refuse(ErrorCode::DateRangeEmpty.at(["periodTo"]));
        }
        if window.opens_on > window.closes_on {
            texts.refuse(ErrorCode::DateRangeEmpty.at(["closesOn"]));
        }
        if window.closes_on < changes.today() {
            texts.refuse(ErrorCode::InvalidArgument.at(["closesOn"]).with("expected", format!("{}…", changes.today())));
        }
        if let Some(other) = windows(changes, &organization).await?.iter().find(|other| overlap(&window, other)) {
            let duplicate = ErrorCode::Duplicate.at(["periodFrom"]).with("from", other.period_from.to_string());
            texts.refuse(duplicate.with("to", other.period_to.to_string()));
        }
        texts.done()?;
        let row = reporting_window::ActiveModel {
            name: Set(name),
            period_from: Set(window.period_from),
            period_to: Set(window.period_to),
            opens_on: Set(window.opens_on),
            closes_on: Set(window.closes_on),
            ..Default::default()
        };
        Ok(changes.create::<reporting_window::Entity, _>(&organization, row).await?.id().uuid())
    }
}

/// Cambios a un periodo de reporte. What is absent stays as it is.
#[derive(InputObject)]
struct ReportingWindowUpdateInput {
    /// Nombre. One line of 1 to 200 characters.
    name: Option<String>,
    /// Abre. First day on which progress of the period is reported.
    opens_on: Option<Date>,
    /// Cierra. Last day, not before the first.
    closes_on: Option<Date>,
}

/// Reprogramar un periodo de reporte. Changes its name and when it is open, until a later period opens.
#[derive(InputObject)]
struct ReportingWindowUpdate {
    /// Periodo. One that is not locked.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
    /// Cambios. What to change.
    input: ReportingWindowUpdateInput,
}

impl Act for ReportingWindowUpdate {
    const NAME: &'static str = "reportingWindowUpdate";
    const CODES: &'static [ErrorCode] = &[ErrorCode::PeriodLocked, ErrorCode::DateRangeEmpty];
    const PAYLOAD: &'static Declaration = &REPORTING_WINDOW;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let expected = Some(self.expected_version);
        let row = obtain::<reporting_window::Entity, ControlPlan>(changes, &self.id, &["id"], expected).await?;
        let window = Window::from(row.model());
        let (input, mut texts) = (self.input, Texts::default());
        let name = input.name.map(|name| texts.required("name", &name, validate::name));
        let opens_on = input.opens_on.map_or(window.opens_on, |day| day.0);
        let closes_on = input.closes_on.map_or(window.closes_on, |day| day.0);
        if opens_on > closes_on {
            texts.refuse(ErrorCode::DateRangeEmpty.at(["closesOn"]));
        }
        texts.done()?;
        let change = reporting_window::ActiveModel {
            name: name.map_or(NotSet, Set),
            opens_on: Set(opens_on),
            closes_on: Set(closes_on),
            ..Default::default()
        };
        Ok(changes.update(row, change).await?.id().uuid())
    }
}
