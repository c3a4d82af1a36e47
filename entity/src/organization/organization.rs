//! Organización: the table `organization`.

use sea_orm::entity::prelude::*;

use super::vocabulary::OrganizationKind;
use crate::{Id, Kind, Kinded};

/// Organización. Who owns data here: a Secretaría de Educación, the Ministry, a partner, a control or certification
/// body.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "organization")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// What kind of organization it is.
    pub kind: OrganizationKind,
    /// Official name with its accents.
    pub name: String,
    /// Folded name, for search and order.
    pub name_key: String,
    /// NIT, digits without the check digit's hyphen, if known.
    pub tax_id: Option<String>,
    /// ETC whose Secretaría de Educación it is; only those have one.
    pub territorial_entity_id: Option<Id<crate::territory::territorial_entity::Entity>>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::Organization;
}
