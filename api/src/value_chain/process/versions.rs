//! The life cycle of characterizations.

use async_graphql::{ID, InputObject};
use chrono::NaiveDate;
use entity::{
    Interval,
    value_chain::{ControlledStage, ControlledState, process, process_transition, process_version},
};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, Condition};
use uuid::Uuid;

use crate::{
    access::{actor::Actor, guards::Guard},
    execution::act::Act,
    graph::{
        Declaration,
        declaration::{Figure, ObjectShape, Scalar, Shape, Sql},
        error::ErrorCode,
        scalars::Date,
    },
    life_cycle::{Cells, Judged, Read, available_steps, step_row, step_shape},
    store::{ActFault, ApproveProcess, ChangeSet, FormulateProcess, Granted, Verb},
    value_chain::{
        guards::PROCESS_NEVER_SUBMITTED,
        states::{ControlledAct, ControlledFacts, ProcessLife, controlled_needs, read},
        types::PROCESS_VERSION,
        version::{self, Version, version_acts, version_columns},
    },
};

static STEP: ObjectShape = step_shape!("ProcessAvailableTransition", "ControlledState", "processVersionApprove");

/// `availableTransitions`.
pub const AVAILABLE: Figure = Figure {
    needs: controlled_needs!(
        "process_transition",
        "process_version_id",
        Sql::Column("process_id"),
        "(CASE WHEN {t}.objective IS NULL THEN 'objective ' ELSE '' END || CASE WHEN EXISTS \
         (SELECT 1 FROM activity c WHERE c.process_version_id = {t}.id) THEN '' ELSE 'activities ' END || \
         CASE WHEN {t}.number > 1 AND {t}.change_reason IS NULL THEN 'changeReason' ELSE '' END)",
        "({t}.parent_process_id IS NULL OR EXISTS (SELECT 1 FROM process pp WHERE pp.id = {t}.parent_process_id \
         AND pp.published))"
    ),
    output: &Shape::List(&Shape::Object(&STEP)),
    arguments: &[],
    compute: available_steps::<ProcessLife>,
    reveals: None,
};

impl Judged for ProcessLife {
    const OF: &'static Declaration = &PROCESS_VERSION;
    const FIGURE: Figure = AVAILABLE;

    fn read(cells: Cells<'_>, actor: &Actor, today: NaiveDate) -> Read<ControlledFacts> {
        read(cells, actor, today)
    }
}

step_row!(process_transition, process_version_id, process_version::Entity, ControlledState);

impl Version for process_version::Entity {
    type Life = ProcessLife;
    type Step = process_transition::Entity;

    const NEVER_SUBMITTED: &'static Guard = &PROCESS_NEVER_SUBMITTED;

    version_columns!(process_version, ProcessId = process_id, process_transition, ProcessVersionId);

    async fn may_hold<V: Verb>(
        changes: &ChangeSet,
        version: &Granted<Self, V>,
        days: Interval,
        at: &str,
    ) -> Result<(), ActFault> {
        use process_version::Column;
        let row = version.model();
        let approved = Condition::all().add(Column::Stage.eq(ControlledStage::Approved));
        if let Some(parent) = row.parent_process_id {
            let above = approved.clone().add(Column::ProcessId.eq(parent));
            let above = changes.find::<Self, V>(version, above).await?;
            if !above.iter().filter_map(interval).any(|interval| interval.contains(days.from())) {
                return Err(ErrorCode::ProcessNotInForce.at([at]).into());
            }
        }
        let namesakes = approved.add(Column::Code.eq(&row.code)).add(Column::ProcessId.ne(row.process_id));
        let namesakes = changes.find::<Self, V>(version, namesakes).await?;
        match namesakes.iter().filter_map(interval).any(|interval| interval.overlaps(days)) {
            true => Err(ErrorCode::ProcessCodeTaken.at([at]).with("code", row.code.as_str()).into()),
            false => Ok(()),
        }
    }

    /// What hangs under a process hangs under one in force.
    async fn may_leave<V: Verb>(
        changes: &ChangeSet,
        version: &Granted<Self, V>,
        days: Interval,
    ) -> Result<(), ActFault> {
        use process_version::Column;
        let below = Condition::all()
            .add(Column::Stage.eq(ControlledStage::Approved))
            .add(Column::ParentProcessId.eq(version.model().process_id));
        let below = changes.find::<Self, V>(version, below).await?;
        match below.iter().filter_map(interval).any(|interval| interval.overlaps(days)) {
            true => Err(ErrorCode::StillInUse.at(["id"]).into()),
            false => Ok(()),
        }
    }

    async fn settle<V: Verb>(changes: &mut ChangeSet, version: &Granted<Self, V>) -> Result<(), ActFault> {
        let approved = changes.find::<Self, V>(version, Self::approved(version.model())).await?;
        let last = approved.iter().max_by_key(|row| row.valid_from);
        let known = last.unwrap_or(version.model());
        let row = process::ActiveModel {
            code: Set(known.code.clone()),
            name: Set(known.name.clone()),
            published: Set(last.is_some()),
            ..Default::default()
        };
        let process = changes.follow::<process::Entity, V>(version, version.model().process_id).await?;
        changes.update(process, row).await.map(drop)
    }
}

fn interval(row: &process_version::Model) -> Option<Interval> {
    Interval::new(row.valid_from?, row.valid_to)
}

version_acts! {
    process_version, ProcessLife, PROCESS_VERSION;
    /// Enviar una caracterización a revisión. Hands a draft in; from now on it is not edited. It must say its objective and
    /// an activity at least and, after the first version, why it changes.
    ProcessVersionSubmit;
    /// Devolver una caracterización. Sends one in review back to be worked on, with a reason.
    ProcessVersionReturn;
    /// Aprobar una caracterización. Another person than prepared or submitted it approves it: it holds from a day on, and the
    /// version that holds until then becomes obsolete on that day. The process above must be in force on it, and no other
    /// process have the code.
    ProcessVersionApprove;
    /// Desprogramar una caracterización. Takes back an approval before its day: the version is in review again, and the one
    /// before goes on as it would have. One after which another is scheduled waits for that one to be withdrawn first.
    ProcessVersionUnschedule;
    /// Retirar un proceso. Ends the characterization in force on a day, with no other in its place; STILL_IN_USE while
    /// processes hang under it on later days.
    ProcessVersionRetire;
}
