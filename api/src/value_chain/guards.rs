//! What acts of this area look at in the row on which they are done (see [`crate::access::guards`]).

use entity::value_chain::ControlledStage;

use crate::{
    access::guards::Guard,
    graph::{
        declaration::{Scalar, Sql},
        error::{ErrorCode, Refusal},
    },
};

const STAGE: (Sql, Scalar) = (Sql::Column("stage"), Scalar::Enum(&ControlledStage::VOCABULARY));

fn not_a_draft(stage: Option<&str>) -> Option<Refusal> {
    let draft = ControlledStage::VOCABULARY.by_number(ControlledStage::Draft.number()).map(|term| term.name);
    (stage != draft).then(|| ErrorCode::NotADraft.at(["id"]))
}

/// The version is a draft. NOT_A_DRAFT.
pub static CONTROLLED_DRAFT: Guard = Guard { needs: &[STAGE], check: |found| not_a_draft(found.text(0)) };

/// A draft that was never submitted: who submitted it and why it came back is part of the record. STILL_IN_USE.
macro_rules! never_submitted {
    ($steps:literal, $column:literal) => {
        Guard {
            needs: &[
                STAGE,
                (
                    Sql::Template(concat!(
                        "(EXISTS (SELECT 1 FROM ",
                        $steps,
                        " s WHERE s.",
                        $column,
                        " = {t}.id AND s.from_state IS NOT NULL))"
                    )),
                    Scalar::Boolean,
                ),
            ],
            check: |found| not_a_draft(found.text(0)).or_else(|| found.is(1).then(|| ErrorCode::StillInUse.at(["id"]))),
        }
    };
}

/// A characterization that was never submitted. NOT_A_DRAFT, STILL_IN_USE.
pub static PROCESS_NEVER_SUBMITTED: Guard = never_submitted!("process_transition", "process_version_id");
/// A version of a document that was never submitted. NOT_A_DRAFT, STILL_IN_USE.
pub static DOCUMENT_NEVER_SUBMITTED: Guard = never_submitted!("document_transition", "document_version_id");
