//! The closed lists of the organizational structure, as the tables store them.

pub use entity::organization::{AppointmentKind, OrgUnitKind, StructureStage, StructureState, SuccessionKind};
