//! Steps that bring a database to the present tables, one step a file, never edited once released.

pub use sea_orm_migration::prelude::MigratorTrait;
use sea_orm_migration::prelude::*;

mod access_epoch;
mod m0001_machinery;
mod m0002_territory;
mod m0003_organization;
mod m0004_structure;
mod m0005_access;
mod m0006_pages;
mod m0007_entry_effects;
mod m0008_members;
mod m0009_history;
mod m0010_access_epoch;
mod m0011_keys;
mod m0014_posts_of_units;
mod m0015_persons_of_steps;
mod m0016_answerable_for_keys;
mod m0017_frameworks;
mod m0018_value_chain;
mod m0019_alignment;
mod m0021_transfers_of_processes;
mod m0024_traces;
mod m0025_views;
mod m0026_audit;
mod m0027_direction;
mod m0028_improvement;
mod m0030_figures;
mod m0031_names_of_documents;
mod m0032_finding_types;
mod m0033_outbox_positions;
mod portable;

/// All steps, in order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_machinery::Migration),
            Box::new(m0002_territory::Migration),
            Box::new(m0003_organization::Migration),
            Box::new(m0004_structure::Migration),
            Box::new(m0005_access::Migration),
            Box::new(m0006_pages::Migration),
            Box::new(m0007_entry_effects::Migration),
            Box::new(m0008_members::Migration),
            Box::new(m0009_history::Migration),
            Box::new(m0010_access_epoch::Migration),
            Box::new(m0011_keys::Migration),
            Box::new(m0014_posts_of_units::Migration),
            Box::new(m0015_persons_of_steps::Migration),
            Box::new(m0016_answerable_for_keys::Migration),
            Box::new(m0017_frameworks::Migration),
            Box::new(m0018_value_chain::Migration),
            Box::new(m0019_alignment::Migration),
            Box::new(m0021_transfers_of_processes::Migration),
            Box::new(m0024_traces::Migration),
            Box::new(m0025_views::Migration),
            Box::new(m0026_audit::Migration),
            Box::new(m0027_direction::Migration),
            Box::new(m0028_improvement::Migration),
            Box::new(m0030_figures::Migration),
            Box::new(m0031_names_of_documents::Migration),
            Box::new(m0032_finding_types::Migration),
            Box::new(m0033_outbox_positions::Migration),
        ]
    }
}
