//! What documents are called: their codes follow the organization's pattern, and no two documents share one on a day.

use chrono::NaiveDate;
use entity::{
    Id, Interval,
    value_chain::{CodeSubject, ControlledStage, controlled_document, document_version, process},
};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait};

use crate::{
    graph::error::{ErrorCode, Refusal},
    store::{ActFault, ChangeSet, Granted, Verb},
    value_chain::process::follows_pattern,
};

/// The document whose code is to be judged: itself, once it is there, and the process to which it belongs.
pub(super) struct Of<'a> {
    pub document: Option<Id<controlled_document::Entity>>,
    pub process: &'a process::Model,
}

impl Of<'_> {
    /// May the document be called so from a day on that is still to be said? CODE_PATTERN_MISMATCH; DUPLICATE while another one
    /// is called so, is to be, or asks to be.
    pub async fn may_be_called<V: Verb>(
        &self,
        changes: &ChangeSet,
        cause: &Granted<impl EntityTrait, V>,
        code: &str,
    ) -> Result<(), ActFault> {
        const AT: [&str; 2] = ["input", "code"];
        let written = (Some(self.process.code.as_str()), code);
        follows_pattern(changes, cause, CodeSubject::Document, written).await?;
        let known = Condition::all().add(controlled_document::Column::Code.eq(code));
        let known = changes.find::<controlled_document::Entity, V>(cause, known).await?;
        let versions = Condition::all().add(document_version::Column::Code.eq(code));
        let versions = changes.find::<document_version::Entity, V>(cause, versions).await?;
        let another = |document| self.document != Some(document);
        let taken = known.iter().any(|row| another(row.id))
            || versions.iter().any(|row| another(row.controlled_document_id) && is_claimed(row, changes.today()));
        if taken { Err(ErrorCode::Duplicate.at(AT).into()) } else { Ok(()) }
    }
}

/// Is its code in use on a day or later, or asked for?
fn is_claimed(row: &document_version::Model, day: NaiveDate) -> bool {
    row.stage != ControlledStage::Approved || row.valid_to.is_none_or(|end| end > day)
}

/// No other document is called as this version on any of these days. DUPLICATE, at an argument, with the days of the other.
pub(super) async fn is_alone<V: Verb>(
    changes: &ChangeSet,
    version: &Granted<document_version::Entity, V>,
    days: Interval,
    at: &str,
) -> Result<(), ActFault> {
    use document_version::Column;
    let row = version.model();
    let namesakes = Condition::all()
        .add(Column::Stage.eq(ControlledStage::Approved))
        .add(Column::Code.eq(&row.code))
        .add(Column::ControlledDocumentId.ne(row.controlled_document_id));
    let namesakes = changes.find::<document_version::Entity, V>(version, namesakes).await?;
    let days_of = |row: &document_version::Model| Interval::new(row.valid_from?, row.valid_to);
    let taken = namesakes.iter().filter_map(days_of).find(|interval| interval.overlaps(days));
    taken.map_or(Ok(()), |taken| Err(repeated(at, taken).into()))
}

fn repeated(at: &str, days: Interval) -> Refusal {
    let to = days.to().map(|to| to.to_string());
    ErrorCode::Duplicate.at([at]).with("from", days.from().to_string()).with("to", to)
}
