//! Consulta de datos personales: the table `personal_data_read`.

use sea_orm::entity::prelude::*;

use crate::{Id, Kind, Kinded, Moment, TextList};

/// Consulta de datos personales. Somebody was shown personal data of a person.
///
/// The keys refer to no rows: what was read stays told whatever becomes of the person.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "personal_data_read")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Persona whose data were shown.
    pub person_id: Id<crate::organization::person::Entity>,
    /// Cuenta that asked.
    pub account_id: Id<crate::access::account::Entity>,
    /// Identifier of the request, as the answer and the log show it.
    pub request_id: String,
    /// Names of the fields that were shown.
    pub fields: TextList,
    /// Instant at which it was recorded.
    pub recorded_at: Moment,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::PersonalDataRead;
}
