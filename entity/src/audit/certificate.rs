//! Certificado: the table `certificate`.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

use crate::{Id, Kind, Kinded};

/// Certificado. What a certification body says of processes, for a time.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "certificate")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Entity>,
    /// Organización that owns the row.
    pub organization_id: Id<crate::organization::organization::Entity>,
    /// Auditoría on which it rests.
    pub audit_id: Option<Id<super::audit::Entity>>,
    /// Ente certificador.
    pub body: String,
    /// Norm by its edition, where it is known here.
    pub framework_edition_id: Option<Id<crate::framework::framework_edition::Entity>>,
    /// Norma as the certificate writes it.
    pub standard: String,
    /// Number of the certificate.
    pub number: String,
    /// Alcance as the certificate writes it.
    pub scope: Option<String>,
    /// First day on which it holds.
    pub valid_from: NaiveDate,
    /// Day after the last on which it holds; empty while no end is known.
    pub valid_to: Option<NaiveDate>,
    /// Number of times the row was written; compared with the expected version.
    pub row_version: i32,
}

/// None declared: edges between tables are said in the graph.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Kinded for Entity {
    const KIND: Kind = Kind::Certificate;
}
