//! Reorganizing: edits of a draft that was made from a base version, and what became of each unit.
//!
//! A draft remembers only the fates that cannot be seen by comparing it with its base (MERGE, SPLIT, SUPPRESS);
//! CREATE, RENAME and MOVE follow by comparison, so that however often a draft is edited, it tells what
//! changes and not how often the writer changed his mind.

use uuid::Uuid;

use super::vocabulary::{OrgUnitKind, SuccessionKind};

mod derive;
mod edit;

pub use derive::derive_successions;
pub use edit::apply;

/// A unit of a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its identity, kept from version to version.
    pub id: Uuid,
    /// The identity of the unit above; none for the root.
    pub parent: Option<Uuid>,
    /// Its code, unique in the version.
    pub code: String,
    /// Its name in this version.
    pub name: String,
    /// Its kind.
    pub kind: OrgUnitKind,
    /// Its functions.
    pub functions: Vec<String>,
    /// Its place among its siblings.
    pub position: u32,
}

/// Where a predecessor's responsibilities, or a described part of them, go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// The unit that had them.
    pub from: Uuid,
    /// The unit that gets them; none when they end.
    pub to: Option<Uuid>,
    /// The process that it is about; none for all that no other transfer of the unit names.
    pub process: Option<Uuid>,
    /// Which responsibilities, or why they end.
    pub description: Option<String>,
}

/// What became of units from the base to the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Succession {
    /// What happened.
    pub kind: SuccessionKind,
    /// Units of the base; none for CREATE, the unit itself for RENAME and MOVE.
    pub predecessors: Vec<Uuid>,
    /// Units of the draft; the unit itself for RENAME and MOVE. For SUPPRESS, who gets responsibilities.
    pub successors: Vec<Uuid>,
    /// Where responsibilities go. The SUPPRESS beside a SPLIT has none: they stand with the SPLIT, once.
    pub transfers: Vec<Transfer>,
    /// What the writer adds.
    pub note: Option<String>,
}

/// A draft: its units, and what became of those of its base.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Structure {
    /// Its units, in any order.
    pub units: Vec<Unit>,
    /// What [`derive_successions`] answers for them.
    pub successions: Vec<Succession>,
}

/// A unit that takes over: one that the draft has already, or a new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Successor {
    /// A unit of the draft.
    Existing(Uuid),
    /// A unit that this edit creates.
    New(Unit),
}

impl Successor {
    /// Which unit it is.
    pub fn id(&self) -> Uuid {
        match self {
            Self::Existing(id) => *id,
            Self::New(unit) => unit.id,
        }
    }
}

/// One edit of a draft. Paths of violations begin with the names of these fields, in camelCase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Creación. A new unit.
    Create {
        /// The unit; its identity is new.
        unit: Unit,
    },
    /// Cambio de nombre.
    Rename {
        /// Which unit.
        unit: Uuid,
        /// Its new name.
        name: String,
        /// Its new code, if that changes too.
        code: Option<String>,
    },
    /// Traslado. Hangs a unit, with all below it, under another.
    Move {
        /// Which unit.
        unit: Uuid,
        /// The unit above it from now on.
        parent: Uuid,
        /// Its place among its new siblings.
        position: u32,
    },
    /// Fusión. Several units become one; all but the successor cease.
    Merge {
        /// At least two units of the base.
        predecessors: Vec<Uuid>,
        /// What they become; it may be one of them.
        successor: Successor,
        /// Where responsibilities go: to the successor, or nowhere. What is not mentioned goes to the successor.
        transfers: Vec<Transfer>,
        /// Where the children of the ceasing units go.
        children_to: Option<Uuid>,
        /// What the writer adds.
        note: Option<String>,
    },
    /// Escisión. A unit becomes several, and thereby ceases.
    Split {
        /// A unit of the base.
        unit: Uuid,
        /// At least two others.
        successors: Vec<Successor>,
        /// Where its responsibilities go: to successors, or nowhere; at least one.
        transfers: Vec<Transfer>,
        /// Where its children go.
        children_to: Option<Uuid>,
        /// What the writer adds.
        note: Option<String>,
    },
    /// Supresión. A unit ceases. One that this draft created simply vanishes.
    Suppress {
        /// Which unit.
        unit: Uuid,
        /// Where its responsibilities go: to units of the draft, or nowhere; at least one for a unit of the base.
        transfers: Vec<Transfer>,
        /// Where its children go.
        children_to: Option<Uuid>,
        /// What the writer adds.
        note: Option<String>,
    },
}

#[cfg(test)]
mod tests;
