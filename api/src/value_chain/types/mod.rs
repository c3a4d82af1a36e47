//! The declared graph of the value chain, split by theme.

mod alignment;
mod capability;
mod characterization;
mod document;
mod process;
mod reference;
mod responsibility;
mod version;

pub use alignment::ALIGNMENT;
pub use capability::{CAPABILITY, CAPABILITY_PROCESS};
pub use characterization::{ACTIVITY, EXTERNAL_PARTY, FLOW};
pub use document::{CONTROLLED_DOCUMENT, DOCUMENT_TRANSITION, DOCUMENT_VERSION};
pub use process::{CODE_PATTERN, PROCESS};
pub use reference::{PROCESS_NORM, REFERENCE_ADOPTION};
pub use responsibility::PROCESS_RESPONSIBILITY;
pub use version::{PROCESS_TRANSITION, PROCESS_VERSION};

use entity::value_chain::ControlledState;

use crate::{
    graph::{
        declaration::{Figure, Member},
        words::*,
    },
    life_cycle::step_members,
    organization::types::{LEGAL_ACT, PERSON, owner},
};

/// The first day of a row that may still be a draft.
const fn starts() -> Member {
    let mut starts = valid_from().nullable();
    starts.description =
        "Vigente desde. First day on which it holds (civil date, America/Bogota); null until it is approved.";
    starts
}

/// The column of the version in force at the moment, else the last known one of the process or document itself.
macro_rules! present_or_last {
    ($version:literal, $whole:literal, $column:literal) => {
        concat!(
            "COALESCE((SELECT v.",
            $column,
            " FROM ",
            $version,
            " v WHERE v.",
            $whole,
            " = {t}.id AND ",
            in_force!("v"),
            " ORDER BY v.valid_from DESC LIMIT 1), {t}.",
            $column,
            ")"
        )
    };
}
use present_or_last;

/// A version of a controlled document that everybody reads: one that was approved.
const APPROVED: &str = "{t}.stage = 3";

/// Where a version stands: of the day asked for, which entering the version has not clamped.
const fn state() -> Member {
    computed(
        "state",
        Enum(&ControlledState::VOCABULARY),
        "CAST(CASE WHEN {t}.stage < 3 THEN {t}.stage WHEN {t}.valid_from IS NULL OR {t}.valid_from > {d} THEN 3 \
         WHEN {t}.valid_to IS NULL OR {t}.valid_to > {d} THEN 4 ELSE 5 END AS SMALLINT)",
        "Estado. On the day asked for: how far its review has come, then what its dates say.",
    )
    .filtered()
    .ordered()
    .grouped()
}

/// Does the version hold on the day asked for?
const fn in_force_then() -> Member {
    computed(
        "inForce",
        Boolean,
        "({t}.valid_from IS NOT NULL AND {t}.valid_from <= {d} AND ({t}.valid_to IS NULL OR {t}.valid_to > {d}))",
        "Vigente. Whether it is the version that holds on the day asked for.",
    )
    .filtered()
    .grouped()
}

const fn number(description: &'static str) -> Member {
    column("number", Int, "number", description).filtered().ordered()
}

const fn change_reason() -> Member {
    column(
        "changeReason",
        Text,
        "change_reason",
        "Motivo del cambio. Why this version was made; null for most first ones.",
    )
    .nullable()
}

const fn legal_act() -> Member {
    one("legalAct", &LEGAL_ACT, &["legal_act_id"], "Acto administrativo. The act that adopts it; null where none does.")
        .nullable()
}

const fn prepared_by() -> Member {
    one("preparedBy", &PERSON, &["prepared_by_id"], "Elaboró. Who wrote it; null while that is not known.").nullable()
}

const fn reviewed_by() -> Member {
    one("reviewedBy", &PERSON, &["reviewed_by_id"], "Revisó. Who looked through it; null while nobody did.").nullable()
}

const fn approved_by() -> Member {
    one("approvedBy", &PERSON, &["approved_by_id"], "Aprobó. Who approved it; null until then.").nullable()
}

const fn available_transitions(figure_of: Figure) -> Member {
    figure(
        "availableTransitions",
        figure_of,
        "Pasos posibles. The acts that its state of today has, each with what stands against it for the viewer; at most 2. \
         The acts themselves judge by the same facts; what depends on the day that they are given they look at besides.",
    )
}
