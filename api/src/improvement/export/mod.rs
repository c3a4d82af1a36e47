//! An improvement plan as a table, for those who ask for a file: pure functions from what documents of ours answer to the viewer
//! (`docs/decisions/0029`) to cells, and from cells to CSV and XLSX.

mod cells;
mod csv;
mod file;
mod questions;
mod xlsx;

#[cfg(test)]
mod tests;

use entity::improvement::PlanKind;

pub use cells::{Cell, headings, rows};
pub use file::{ExportFile, Failed, Finished};
pub use questions::{ACTIONS, FINDINGS, HEAD};

use super::rules::fields::{PlanField, fields};

/// Whose columns, in whose order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Those of a plan that the organization owes to itself: one row for each action.
    Internal,
    /// Those of the form of the Contraloría General: one row for each activity.
    ControlBody,
}

impl Layout {
    /// By its name in addresses.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "internal" => Some(Self::Internal),
            "control-body" => Some(Self::ControlBody),
            _ => None,
        }
    }

    /// What a plan is given in when nobody says.
    pub fn of(kind: &str) -> Self {
        if kind == "CONTROL_BODY" { Self::ControlBody } else { Self::Internal }
    }

    /// Its name in addresses and names of files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Internal => "internal",
            Self::ControlBody => "control-body",
        }
    }

    /// The columns that its form has; figures follow.
    const fn fields(self) -> &'static [PlanField] {
        match self {
            Self::Internal => fields(PlanKind::Internal),
            Self::ControlBody => fields(PlanKind::ControlBody),
        }
    }
}

/// In which form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// RFC 4180, UTF-8; begins with a byte order mark where that is so.
    Csv {
        /// Does it begin with the mark by which spreadsheets know UTF-8?
        mark: bool,
    },
    /// Office Open XML.
    Xlsx,
}

impl Format {
    /// The ending of a file's name.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Csv { .. } => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// Its media type.
    pub const fn media(self) -> &'static str {
        match self {
            Self::Csv { .. } => "text/csv; charset=utf-8; header=present",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}
