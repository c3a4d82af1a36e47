//! Actividad: the table `activity`.

use sea_orm::entity::prelude::*;

use super::vocabulary::PhvaPhase;
use crate::{Id, Kind, Kinded};

/// Actividad. A step of a process in its improvement cycle.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "activity")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Caracterización in which it stands.
    pub process_version_id: Id<super::process_version::Entity>,
    /// Fase PHVA.
    pub phase: PhvaPhase,
    /// Place among the activities of its phase, from 0.
    pub position: i32,
    /// What is done.
    pub description: String,
    /// Registro that it leaves.
    pub record: Option<String>,
    /// Whether it is a control point.
    pub control_point: bool,
    /// Dependencia that does it; at most one of unit and post.
    pub responsible_unit_id: Option<Id<crate::organization::org_unit::Entity>>,
    /// Cargo that does it.
    pub responsible_post_id: Option<Id<crate::organization::post::Entity>>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::Activity;
}
