//! Hallazgo: the table `finding`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::vocabulary::{FindingKind, FindingOrigin, FindingSeverity, FindingState};
use crate::{Id, Kind, Kinded};

/// Hallazgo. What an audit, an assessment, a review, a complaint, a risk or an indicator brought up.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "finding")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Auditoría from which it comes; empty for other origins.
    pub audit_id: Option<Id<super::audit::Entity>>,
    /// Whence it comes.
    pub origin: FindingOrigin,
    /// Who or what brought it up, where that is no audit.
    pub origin_source: Option<String>,
    /// Number under which it is known there.
    pub origin_number: Option<String>,
    /// Day of the origin.
    pub origin_date: Option<NaiveDate>,
    /// Código, hierarchical; unique in its audit.
    pub code: String,
    /// Name as it is written, with its accents.
    pub name: String,
    /// Folded name, for search and order.
    pub name_key: String,
    /// Clase.
    pub kind: FindingKind,
    /// Tipo, as the regime of its audit calls it; empty where nobody says.
    pub finding_type_id: Option<Id<super::finding_type::Entity>>,
    /// Where it stands.
    pub state: FindingState,
    /// Severidad.
    pub severity: Option<FindingSeverity>,
    /// Condición: what is.
    pub condition: String,
    /// Criterio: what should be.
    pub criterion: Option<String>,
    /// Causa as whoever found it says.
    pub cause: Option<String>,
    /// Efecto.
    pub effect: Option<String>,
    /// Found by an external body and transcribed?
    pub external: bool,
    /// Does it ask for an action?
    pub requires_action: bool,
    /// Counts its corrections after it was communicated, from 1.
    pub revision: i32,
    /// Why it was corrected.
    pub revision_reason: Option<String>,
    /// Day on which it was found.
    pub identified_on: NaiveDate,
    /// Last day to answer it.
    pub answer_due: Option<NaiveDate>,
    /// Hallazgo that it repeats.
    pub recurrence_of_id: Option<Id<Entity>>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::Finding;
}
