//! Vinculación: the table `post_holding`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::vocabulary::AppointmentKind;
use crate::{Id, Kind, Kinded};

/// Vinculación. A person fills a post from a day until a day, under a kind of appointment.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "post_holding")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<super::organization::Entity>,
    /// Cargo that is filled.
    pub post_id: Id<super::post::Entity>,
    /// Persona who fills it.
    pub person_id: Id<super::person::Entity>,
    /// Tipo de vinculación.
    pub appointment: AppointmentKind,
    /// Acto of the appointment.
    pub legal_act_id: Option<Id<super::legal_act::Entity>>,
    /// First day in the post.
    pub valid_from: NaiveDate,
    /// Day after the last in the post; empty: still there.
    pub valid_to: Option<NaiveDate>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::PostHolding;
}
