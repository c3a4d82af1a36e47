//! Persona: the table `person`.

use sea_orm::entity::prelude::*;

use super::vocabulary::DocumentKind;
use crate::{Id, Kind, Kinded};

/// Persona. Someone who holds or held a post in one organization; document and contact are personal data.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<super::organization::Entity>,
    /// Full name.
    pub name: String,
    /// Folded name, for search and order.
    pub name_key: String,
    /// Tipo de documento. Personal data.
    pub document_kind: Option<DocumentKind>,
    /// Número de documento without dots. Personal data.
    pub document_number: Option<String>,
    /// Correo electrónico. Personal data.
    pub email: Option<String>,
    /// Teléfono. Personal data.
    pub phone: Option<String>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
    /// Day on which name and personal data were erased; empty while they are there.
    pub erased_on: Option<Date>,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::Person;
}
