//! What acts of this area look at in the row on which they are done (see [`crate::access::guards`]).

use entity::{Kind, value_chain::ControlledStage};
use serde_json::Value;

use crate::{
    access::guards::Guard,
    graph::{
        declaration::{Scalar, Sql},
        error::{ErrorCode, Mention, Refusal},
    },
};

const STAGE: (Sql, Scalar) = (Sql::Column("stage"), Scalar::Enum(&ControlledStage::VOCABULARY));

fn not_a_draft(stage: Option<&str>) -> Option<Refusal> {
    let draft = ControlledStage::VOCABULARY.by_number(ControlledStage::Draft.number()).map(|term| term.name);
    (stage != draft).then(|| ErrorCode::NotADraft.into())
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
            check: |found| not_a_draft(found.text(0)).or_else(|| found.is(1).then(|| ErrorCode::StillInUse.into())),
        }
    };
}

/// No other version of the same is being prepared. DRAFT_EXISTS, naming it.
macro_rules! none_open {
    ($kind:ident, $version:literal, $of:literal) => {
        Guard {
            needs: &[
                (none_open!(@ "v.id", $version, $of), Scalar::Id),
                (none_open!(@ "CAST(v.number AS INTEGER)", $version, $of), Scalar::Int),
            ],
            check: |found| {
                let number = found.cells.get(1).map(ToString::to_string).unwrap_or_default();
                let open = found.key(0).map(|key| Mention { kind: Kind::$kind, key, name: number });
                open.map(|open| ErrorCode::DraftExists.with("version", Value::from(open)))
            },
        }
    };
    (@ $what:literal, $version:literal, $of:literal) => {
        Sql::Template(concat!(
            "(SELECT ", $what, " FROM ", $version, " v WHERE v.", $of, " = {t}.id AND v.stage < 3 ORDER BY v.number LIMIT 1)"
        ))
    };
}

/// Of a process, one characterization is prepared at a time. DRAFT_EXISTS.
pub static NO_OPEN_CHARACTERIZATION: Guard = none_open!(ProcessVersion, "process_version", "process_id");
/// Of a document, one version is prepared at a time. DRAFT_EXISTS.
pub static NO_OPEN_DOCUMENT_VERSION: Guard = none_open!(DocumentVersion, "document_version", "controlled_document_id");

/// A characterization that was never submitted. NOT_A_DRAFT, STILL_IN_USE.
pub static PROCESS_NEVER_SUBMITTED: Guard = never_submitted!("process_transition", "process_version_id");
/// A version of a document that was never submitted. NOT_A_DRAFT, STILL_IN_USE.
pub static DOCUMENT_NEVER_SUBMITTED: Guard = never_submitted!("document_transition", "document_version_id");
