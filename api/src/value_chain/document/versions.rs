//! The life cycle of versions of controlled documents.

use async_graphql::{ID, InputObject};
use chrono::NaiveDate;
use entity::{
    Interval,
    value_chain::{ControlledStage, ControlledState, controlled_document, document_transition, document_version},
};
use sea_orm::{ActiveValue::Set, ColumnTrait as _};
use uuid::Uuid;

use super::names::is_alone;
use crate::{
    access::actor::Actor,
    execution::act::Act,
    graph::{
        Declaration,
        declaration::{Figure, ObjectShape, Scalar, Shape, Sql},
        error::{ErrorCode, Refusal},
        scalars::Date,
    },
    life_cycle::{Cells, Judged, Read, available_steps, step_row, step_shape},
    store::{ActFault, ApproveProcess, ChangeSet, FormulateProcess, Granted, Verb},
    value_chain::{
        states::{ControlledAct, ControlledFacts, DocumentLife, controlled_needs, read},
        types::DOCUMENT_VERSION,
        version::{self, Version, version_acts, version_columns},
    },
};

static STEP: ObjectShape = step_shape!("DocumentAvailableTransition", "ControlledState", "documentVersionApprove");

/// `availableTransitions`.
pub const AVAILABLE: Figure = Figure {
    needs: controlled_needs!(
        "document_transition",
        "document_version_id",
        Sql::Template("(SELECT pd.process_id FROM controlled_document pd WHERE pd.id = {t}.controlled_document_id)"),
        "(CASE WHEN {t}.document_uri IS NULL AND {t}.filing_number IS NULL THEN 'file ' ELSE '' END || \
         CASE WHEN {t}.number > 1 AND {t}.change_reason IS NULL THEN 'changeReason' ELSE '' END)",
        "EXISTS (SELECT 1 FROM controlled_document pd JOIN process pp ON pp.id = pd.process_id \
         WHERE pd.id = {t}.controlled_document_id AND pp.published)",
        "33",
        "document_version",
        "controlled_document_id",
        // Whoever writes a draft is told at once when its code is another document's.
        "CAST(NULL AS TEXT)",
        "CAST(NULL AS TEXT)",
        "CAST(NULL AS SMALLINT)"
    ),
    output: &Shape::List(&Shape::Object(&STEP)),
    arguments: &[],
    compute: available_steps::<DocumentLife>,
    reveals: None,
};

impl Judged for DocumentLife {
    const OF: &'static Declaration = &DOCUMENT_VERSION;
    const FIGURE: Figure = AVAILABLE;

    fn read(cells: Cells<'_>, actor: &Actor, today: NaiveDate) -> Read<ControlledFacts> {
        read(cells, actor, today)
    }
}

step_row!(document_transition, document_version_id, document_version::Entity, ControlledState);

impl Version for document_version::Entity {
    type Life = DocumentLife;
    type Step = document_transition::Entity;

    version_columns!(
        document_version,
        ControlledDocumentId = controlled_document_id,
        document_transition,
        DocumentVersionId
    );

    fn may_begin(model: &document_version::Model, from: NaiveDate) -> Result<(), Refusal> {
        let late = model.next_review.is_none_or(|review| review > from);
        if late { Ok(()) } else { Err(ErrorCode::DateRangeEmpty.at(["validFrom"])) }
    }

    /// That its process was approved is a guard.
    async fn may_hold<V: Verb>(
        changes: &ChangeSet,
        version: &Granted<Self, V>,
        days: Interval,
        at: &str,
    ) -> Result<(), ActFault> {
        is_alone(changes, version, days, at).await
    }

    async fn may_leave<V: Verb>(_: &ChangeSet, _: &Granted<Self, V>, _: Interval) -> Result<(), ActFault> {
        Ok(())
    }

    async fn settle<V: Verb>(changes: &mut ChangeSet, version: &Granted<Self, V>) -> Result<(), ActFault> {
        let approved = changes.find::<Self, V>(version, Self::approved(version.model())).await?;
        let last = approved.iter().max_by_key(|row| row.valid_from);
        let known = last.unwrap_or(version.model());
        let row = controlled_document::ActiveModel {
            code: Set(known.code.clone()),
            name: Set(known.name.clone()),
            published: Set(last.is_some()),
            ..Default::default()
        };
        let of = version.model().controlled_document_id;
        let document = changes.follow::<controlled_document::Entity, V>(version, of).await?;
        changes.update(document, row).await.map(drop)
    }
}

version_acts! {
    document_version, DocumentLife, DOCUMENT_VERSION;
    /// Enviar un documento a revisión. Hands a draft in; from now on it is not edited. It must say where its file lies or how it
    /// was filed and, after the first version, why it changes.
    DocumentVersionSubmit;
    /// Devolver un documento. Sends a version in review back to be worked on, with a reason.
    DocumentVersionReturn;
    /// Aprobar un documento. Another person than prepared or submitted the version approves it: it holds from a day on, and the
    /// one that holds until then becomes obsolete on that day. Its process must have been approved; its next review comes after
    /// its first day.
    DocumentVersionApprove;
    /// Desprogramar un documento. Takes back an approval before its day: the version is in review again, and the one before
    /// goes on as it would have. One after which another is scheduled waits for that one to be withdrawn first.
    DocumentVersionUnschedule;
    /// Retirar un documento. Ends the version in force on a day, with no other in its place.
    DocumentVersionRetire;
}
