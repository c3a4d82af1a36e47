//! Proceso de una asignación: the table `access_grant_process`.

use sea_orm::entity::prelude::*;

use crate::Id;

/// Proceso al que se limita una asignación. A grant with such rows reaches these processes and what stands under them.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "access_grant_process")]
pub struct Model {
    /// Asignación.
    #[sea_orm(primary_key, auto_increment = false)]
    pub access_grant_id: Id<super::access_grant::Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Proceso.
    #[sea_orm(primary_key, auto_increment = false)]
    pub process_id: Id<crate::value_chain::process::Entity>,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
