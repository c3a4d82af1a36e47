//! What acts of this area look at in the row on which they are done (see [`crate::access::guards`]).

use entity::direction::ReviewState;

use crate::{
    access::{
        guards::{Found, Guard},
        rules::Duty,
    },
    graph::{
        declaration::{Scalar, Sql},
        error::{ErrorCode, Refusal},
    },
    life_cycle::Cells,
};

const STATE: (Sql, Scalar) = (Sql::Column("state"), Scalar::Enum(&ReviewState::VOCABULARY));

fn frozen(found: &Found<'_>) -> Option<Refusal> {
    (found.text(0) == Some("FROZEN")).then(|| ErrorCode::Frozen.into())
}

/// The review is not frozen. FROZEN.
pub static REVIEW_DRAFT: Guard = Guard { needs: &[STATE], check: frozen };

/// The same, and it was held and concluded. FROZEN, REQUIRED.
pub static REVIEW_CONCLUDED: Guard = Guard {
    needs: &[STATE, (Sql::Column("held_on"), Scalar::Date), (Sql::Column("conclusions"), Scalar::Text)],
    check: |found| {
        let missing = [(1, "heldOn"), (2, "conclusions")].into_iter().find(|(at, _)| !found.has(*at));
        frozen(found).or_else(|| missing.map(|(_, field)| ErrorCode::Required.at([field])))
    },
};

/// Whoever acts may say for a unit of the audience that it knows the material, and of one of these nobody did yet. OUT_OF_SCOPE,
/// DUPLICATE.
pub static ACKNOWLEDGED: Guard = Guard {
    needs: &[
        (Sql::Column("organization_id"), Scalar::Id),
        (
            Sql::Template(
                "(SELECT string_agg({text}(x.org_unit_id), ' ') FROM dissemination_unit x WHERE x.dissemination_id = {t}.id)",
            ),
            Scalar::Text,
        ),
        (
            Sql::Template(
                "(SELECT string_agg({text}(x.org_unit_id), ' ') FROM dissemination_unit x WHERE x.dissemination_id = {t}.id \
                 AND NOT EXISTS (SELECT 1 FROM acknowledgement k WHERE k.dissemination_id = x.dissemination_id \
                 AND k.org_unit_id = x.org_unit_id))",
            ),
            Scalar::Text,
        ),
    ],
    check: |found| {
        let speaks_for_one = |at| {
            let organization = found.key(0).unwrap_or_default();
            let mut units = Cells(found.cells).keys(at).into_iter();
            units.any(|unit| found.actor.may(Duty::Acknowledge, organization, &[unit]).is_ok())
        };
        let stranger = (!speaks_for_one(1)).then(|| ErrorCode::OutOfScope.into());
        stranger.or_else(|| (!speaks_for_one(2)).then(|| ErrorCode::Duplicate.into()))
    },
};
