//! Pictures: a document of ours, asked as the viewer, and pure functions from its answer to SVG, Mermaid and words
//! (`docs/decisions/0025`).

mod acted;
pub mod chain;
pub mod chart;
pub mod comparison;
pub mod draw;
mod field;
pub mod gantt;
pub mod heat_map;
pub mod process_map;
pub mod program;
mod questions;
pub mod sipoc;
pub mod structure;
pub mod trace;

#[cfg(test)]
mod tests;

use entity::picture::PictureKind;
use serde_json::Value;

use self::draw::{Drawn, Tongue};
use crate::graph::error::Locale;

pub use field::{PICTURE, arguments};

/// The days that a picture is about.
#[derive(Clone, Copy, Debug)]
pub struct Days<'a> {
    /// The day as of which it is read.
    pub as_of: &'a str,
    /// The two days that are compared.
    pub compared: (&'a str, &'a str),
}

/// Draws a picture from the answer to its question.
pub fn drawn(kind: PictureKind, data: &Value, days: Days<'_>, locale: Locale) -> Drawn {
    let tongue = Tongue(locale);
    match kind {
        PictureKind::OrgChart => chart::draw(&structure::chart(data, days.as_of, tongue), tongue),
        PictureKind::StructureDiff => {
            let (from, to) = days.compared;
            chart::draw(&structure::compared(data, from, to, tongue), tongue)
        }
        PictureKind::ProcessMap => process_map::map(data, days.as_of, tongue).draw(),
        PictureKind::Sipoc => sipoc::sipoc(data, days.as_of, tongue).draw(),
        PictureKind::HeatMap => heat_map::heat_map(data, days.as_of, tongue).draw(),
        PictureKind::Comparison => comparison::comparison(data, days.as_of, tongue).draw(),
        PictureKind::Trace => trace::trace(data, days.as_of, tongue).draw(),
        PictureKind::FindingChain => chain::chain(data, days.as_of, tongue).draw(),
        PictureKind::PlanGantt => gantt::gantt(data, days.as_of, tongue).draw(),
        PictureKind::ProgramCalendar => program::program(data, days.as_of, tongue).draw(),
    }
}
