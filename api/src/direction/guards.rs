//! What acts of this area look at in the row on which they are done (see [`crate::access::guards`]).

use entity::direction::ReviewState;

use crate::{
    access::{
        guards::{Found, Guard},
        rules::Duty,
        visibility::keys,
    },
    graph::{
        declaration::{Scalar, Sql},
        error::{ErrorCode, Refusal},
    },
};

/// The review is a draft, was held and concluded. FROZEN, REQUIRED.
pub static FREEZES: Guard = Guard {
    needs: &[
        (Sql::Column("state"), Scalar::Enum(&ReviewState::VOCABULARY)),
        (Sql::Column("held_on"), Scalar::Date),
        (Sql::Column("conclusions"), Scalar::Text),
    ],
    check: |found| {
        let draft = ReviewState::VOCABULARY.by_number(ReviewState::Draft.number()).map(|term| term.name);
        if found.text(0) != draft {
            return Some(ErrorCode::Frozen.at(["id"]));
        }
        unfinished(found.has(1), found.has(2)).into_iter().next()
    },
};

/// REQUIRED, once for each of what a review that is to be frozen lacks.
pub fn unfinished(held: bool, concluded: bool) -> Vec<Refusal> {
    let missing = [("heldOn", !held), ("conclusions", !concluded)].into_iter().filter(|(_, missing)| *missing);
    missing.map(|(field, _)| ErrorCode::Required.at([field])).collect()
}

/// A unit of the audience for which whoever acts may say so has not acknowledged it. DUPLICATE.
pub static ACKNOWLEDGES: Guard = Guard {
    needs: &[
        (Sql::Column("organization_id"), Scalar::Id),
        (
            Sql::Template(
                "(SELECT string_agg({text}(x.org_unit_id), ' ') FROM dissemination_unit x WHERE x.dissemination_id = {t}.id \
                 AND NOT EXISTS (SELECT 1 FROM acknowledgement k WHERE k.dissemination_id = x.dissemination_id \
                 AND k.org_unit_id = x.org_unit_id))",
            ),
            Scalar::Text,
        ),
    ],
    check: |found| (!owes(found)).then(|| ErrorCode::Duplicate.at(["input", "unit"])),
};

fn owes(found: &Found<'_>) -> bool {
    let organization = found.key(0).unwrap_or_default();
    keys(found.text(1)).iter().any(|unit| found.actor.may(Duty::Acknowledge, organization, &[*unit]).is_ok())
}
