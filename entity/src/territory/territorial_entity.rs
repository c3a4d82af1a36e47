//! Entidad territorial certificada (ETC): the table `territorial_entity`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use super::vocabulary::TerritorialEntityKind;
use crate::{Id, Kind, Kinded, TextList};

/// Entidad territorial certificada (ETC). A department, district or municipality certified to run its schools.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "territorial_entity")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Departamento in which it lies (for a departmental ETC: its own).
    pub department_id: Id<super::department::Entity>,
    /// Department, district or municipality.
    pub kind: TerritorialEntityKind,
    /// Código MEN of the ETC, such as 3758; not DIVIPOLA, and not known of every ETC.
    pub men_code: Option<String>,
    /// Código DIVIPOLA: two digits of a department, five of a district or municipality.
    pub divipola: String,
    /// Official name with its accents.
    pub name: String,
    /// Folded name, for search and order.
    pub name_key: String,
    /// Other names under which sources mention it.
    pub aliases: TextList,
    /// Folded name and aliases together: what search looks through.
    pub search_key: String,
    /// First day of its certification.
    pub valid_from: NaiveDate,
    /// Day after the last of its certification; empty: it goes on.
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
    const KIND: Kind = Kind::TerritorialEntity;
}
