//! What acts of this area look at in the row on which they are done (see [`crate::access::guards`]).

use chrono::NaiveDate;
use entity::organization::StructureStage;

use crate::{
    access::guards::{Guard, over},
    graph::{
        declaration::{Scalar, Sql},
        error::{ErrorCode, Refusal},
    },
};

const STAGE: Scalar = Scalar::Enum(&StructureStage::VOCABULARY);

fn not_a_draft(stage: Option<&str>) -> Option<Refusal> {
    let draft = StructureStage::VOCABULARY.by_number(StructureStage::Draft.number()).map(|term| term.name);
    (stage != draft).then(|| ErrorCode::NotADraft.into())
}

/// The version is a draft. NOT_A_DRAFT.
pub static IS_DRAFT: Guard =
    Guard { needs: &[(Sql::Column("stage"), STAGE)], check: |found| not_a_draft(found.text(0)) };

/// A draft that was never submitted: who submitted it and why it came back is part of the record. STILL_IN_USE.
pub static NEVER_SUBMITTED: Guard = Guard {
    needs: &[
        (Sql::Column("stage"), STAGE),
        (
            Sql::Template(
                "(EXISTS (SELECT 1 FROM structure_transition s WHERE s.structure_version_id = {t}.id \
                 AND s.from_state IS NOT NULL))",
            ),
            Scalar::Boolean,
        ),
    ],
    check: |found| not_a_draft(found.text(0)).or_else(|| found.is(1).then(|| ErrorCode::StillInUse.into())),
};

/// It has not ended. FROZEN.
pub static NOT_OVER: Guard =
    Guard { needs: &[(Sql::Column("valid_to"), Scalar::Date)], check: |found| over(found.date(0), found.today) };

/// Something is still known of the person. PERSON_ERASED.
pub static IS_KNOWN: Guard =
    Guard { needs: &[(Sql::Column("erased_on"), Scalar::Date)], check: |found| erased(found.has(0)) };

/// The same, and nothing needs it any more. PERSON_IN_SERVICE.
pub static MAY_GO: Guard = Guard {
    needs: &[
        (Sql::Column("erased_on"), Scalar::Date),
        (
            Sql::Template("(EXISTS (SELECT 1 FROM post_holding h WHERE h.person_id = {t}.id AND h.valid_to IS NULL))"),
            Scalar::Boolean,
        ),
        (Sql::Template("(SELECT max(h.valid_to) FROM post_holding h WHERE h.person_id = {t}.id)"), Scalar::Date),
    ],
    check: |found| {
        let serves = found.is(1) || found.date(2).is_some_and(|last: NaiveDate| last > found.today);
        erased(found.has(0)).or_else(|| serves.then(|| ErrorCode::PersonInService.into()))
    },
};

/// PERSON_ERASED for a person of whom nothing is known any more: nothing is written about nobody.
pub fn erased(gone: bool) -> Option<Refusal> {
    gone.then(|| ErrorCode::PersonErased.into())
}
