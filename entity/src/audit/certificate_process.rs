//! Proceso certificado: the table `certificate_process`.

use sea_orm::entity::prelude::*;

use crate::Id;

/// Proceso certificado. A process that a certificate covers.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "certificate_process")]
pub struct Model {
    /// Certificado.
    #[sea_orm(primary_key, auto_increment = false)]
    pub certificate_id: Id<super::certificate::Entity>,
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
