//! What acts of this area look at in the row on which they are done (see [`crate::access::guards`]).

use entity::direction::ReviewState;

use crate::{
    access::guards::{Found, Guard},
    graph::{
        declaration::{Scalar, Sql},
        error::{ErrorCode, Refusal},
    },
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
