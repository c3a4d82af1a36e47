//! The declared graph of the national reference content. Everyone who is signed in reads it; nobody's act changes it.

mod editions;
mod maps;
mod norms;

pub use editions::{CROSSWALK, FRAMEWORK, FRAMEWORK_EDITION, REQUIREMENT};
pub use maps::{REFERENCE_MAP, REFERENCE_PROCESS};
pub use norms::{DEFENCE_LINE, NORM};

use crate::graph::{declaration::Member, words::*};

/// The same in English.
const fn name_en() -> Member {
    column(
        "nameEn",
        Text,
        "name_en",
        "Nombre en inglés. A translation; whether the row is official does not speak of it.",
    )
}
