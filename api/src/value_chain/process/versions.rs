//! The life cycle of characterizations.

use async_graphql::{ID, InputObject};
use chrono::NaiveDate;
use entity::{
    Interval, Kind,
    value_chain::{ControlledStage, ControlledState, process, process_transition, process_version},
};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, Condition};
use uuid::Uuid;

use crate::{
    access::actor::Actor,
    execution::act::Act,
    graph::{
        Declaration,
        declaration::{Figure, ObjectShape, Scalar, Shape, Sql},
        error::{ErrorCode, Mention},
        scalars::Date,
    },
    life_cycle::{Cells, Judged, Read, available_steps, step_row, step_shape, still_in_use, used_by, uses},
    store::{ActFault, ApproveProcess, ChangeSet, FormulateProcess, Granted, Verb},
    value_chain::{
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
         AND pp.published))",
        "26",
        "process_version",
        "process_id",
        uses!(concat!(
            used_by!("25", "c", "1", "c.code || ' ' || c.name"),
            " FROM (SELECT w.process_id AS id, w.code, w.name, w.valid_from, w.valid_to FROM process_version w \
             WHERE w.parent_process_id = {t}.process_id AND w.stage = 3 AND w.valid_from IS NOT NULL \
             AND (w.valid_to IS NULL OR w.valid_to > {t}.valid_from)) c"
        )),
        "(CASE WHEN EXISTS (SELECT 1 FROM process_version w WHERE w.organization_id = {t}.organization_id \
         AND w.code = {t}.code AND w.process_id <> {t}.process_id AND w.stage = 3 AND w.valid_to IS NULL) THEN {t}.code END)",
        // Of the last version above that was approved; of its draft while there is none.
        "(SELECT CASE WHEN k.kind <> {t}.kind THEN k.kind END FROM process_version k \
         WHERE k.process_id = {t}.parent_process_id ORDER BY k.valid_from IS NOT NULL DESC, k.valid_from DESC, k.number DESC LIMIT 1)"
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
        let left = below.iter().filter(|row| interval(row).is_some_and(|interval| interval.overlaps(days)));
        let mut left = left.map(mention).peekable();
        if left.peek().is_some() { Err(still_in_use(left).at(["id"]).into()) } else { Ok(()) }
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

fn mention(row: &process_version::Model) -> Mention {
    Mention { kind: Kind::Process, key: row.process_id.uuid(), name: format!("{} {}", row.code, row.name) }
}

fn interval(row: &process_version::Model) -> Option<Interval> {
    Interval::new(row.valid_from?, row.valid_to)
}

version_acts! {
    process_version, ProcessLife, PROCESS_VERSION;
    /// Enviar una caracterización a revisión. Hands a draft in; from now on it is not edited. It must say its objective and
    /// an activity at least and, after the first version, why it changes; it is of the kind of the process above.
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
