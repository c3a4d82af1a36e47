//! Empleo: the table `job`.

use sea_orm::entity::prelude::*;

use crate::{Id, Kind, Kinded, TextList};

/// Empleo. A denomination and grade with its functions in one organization (Decreto Ley 785 de 2005).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "job")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<super::organization::Entity>,
    /// Denominación, which carries code and level.
    pub job_denomination_id: Id<crate::territory::job_denomination::Entity>,
    /// Grado salarial: two digits as text, with the leading zero.
    pub grade: String,
    /// Funciones of the manual, in its order.
    pub functions: TextList,
    /// Acto that adopts its functions.
    pub legal_act_id: Option<Id<super::legal_act::Entity>>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::Job;
}
