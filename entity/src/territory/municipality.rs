//! Municipio: the table `municipality`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use crate::{Id, Kind, Kinded};

/// Municipio. A municipality or non-municipalized area of DIVIPOLA; an abolished one stays, with its end.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "municipality")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Departamento to which it belongs.
    pub department_id: Id<super::department::Entity>,
    /// Código DIVIPOLA: five digits as text, the first two are the department's.
    pub code: String,
    /// Official name with its accents.
    pub name: String,
    /// Folded name, for search and order.
    pub name_key: String,
    /// First day of its existence; empty: before anything recorded here.
    pub valid_from: Option<NaiveDate>,
    /// Day after its last; empty: it exists.
    pub valid_to: Option<NaiveDate>,
    /// Where the row was read: file, document, edition.
    pub source: String,
    /// Is it verified against an official source?
    pub official: bool,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::Municipality;
}
