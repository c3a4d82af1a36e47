//! Of which type a finding is, as the regime of its audit calls it.

use async_graphql::{ID, MaybeUndefined};
use entity::audit::{AuditKind, finding, finding_type};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait as _, Condition,
};

use crate::{
    audit::rules::regime::fits,
    graph::error::ErrorCode,
    organization::entry::key,
    store::{ActFault, ChangeSet},
};

const AT: [&str; 2] = ["input", "findingType"];

/// The type that an edit names is set in the row; whatever of kind and type changes, the two fit each other and the audit.
/// NOT_FOUND, FINDING_KIND_MISMATCH.
pub(super) async fn typed(
    changes: &ChangeSet,
    given: &MaybeUndefined<ID>,
    (row, known): (&mut finding::ActiveModel, Option<&finding::Model>),
    audit: Option<AuditKind>,
) -> Result<(), ActFault> {
    row.finding_type_id = match given {
        MaybeUndefined::Undefined => NotSet,
        MaybeUndefined::Null => Set(None),
        MaybeUndefined::Value(id) => Set(Some(key::<finding_type::Entity>(id, &AT)?)),
    };
    let (of, at) = match row.finding_type_id {
        Set(of) => (of, AT),
        _ if row.kind.is_not_set() => return Ok(()),
        _ => (known.and_then(|known| known.finding_type_id), ["input", "kind"]),
    };
    let kind = match row.kind {
        Set(kind) => Some(kind),
        _ => known.map(|known| known.kind),
    };
    let (Some(of), Some(kind)) = (of, kind) else { return Ok(()) };
    let same = Condition::all().add(finding_type::Column::Id.eq(of));
    let found = changes.catalogue::<finding_type::Entity>(same).await?;
    let of = found.first().ok_or_else(|| ErrorCode::NotFound.at(AT))?;
    if fits(of, kind, audit) {
        return Ok(());
    }
    Err(ErrorCode::FindingKindMismatch.at(at).with("findingType", of.name.as_str()).into())
}
