//! The demonstration data into the database, and what to tell about it.

use std::fmt;

use chrono::NaiveDate;
use entity::{
    access::{access_grant, access_grant_process, account, member},
    audit::{
        audit, audit_criterion, audit_program, audit_program_transition, audit_report, audit_scope, audit_team_member,
        audit_transition, certificate, certificate_process, checklist_item, finding, finding_incidence,
        finding_process, finding_requirement, finding_response, finding_transition, finding_unit,
    },
    direction::{acknowledgement, decision, dissemination, dissemination_unit, management_review},
    improvement::{
        action_activity, action_finding, action_transition, action_unit, cause_analysis, effectiveness_review,
        evidence, improvement_action, improvement_plan, plan_finding, plan_transition, progress_rating,
        progress_report, reformulation, reformulation_decision, reporting_window,
    },
    machinery::{chain_head, history_entry, idempotency, outbox, person_key, personal_data_read, setting},
    organization::{
        job, legal_act, org_unit, organization, organization_classification, person, post, post_holding,
        responsibility_transfer, structure_transition, structure_version, succession, succession_predecessor,
        succession_successor, temporary_takeover, unit_version, work_group,
    },
    value_chain::{
        activity, alignment, capability, capability_process, capability_unit, code_pattern, controlled_document,
        document_transition, document_version, external_party, flow, flow_party, flow_process, process, process_norm,
        process_responsibility, process_transition, process_version, reference_adoption,
    },
};
use sea_orm::{EntityTrait, IntoActiveModel, ModelTrait};

use super::{ANCHOR, DemoData, FUNZA, FUNZA_CHANGED, LARGEST_SCALE, generate};
use crate::{
    exchange::reference::{Fault, Files, read},
    reader::{plan::Decode, snapshot::ReadFault, sql::Statement},
    store::{Loader, Store, StoreFault},
};

/// The setting that tells a demonstration from a database in use.
const MARK: &str = "demonstration";

/// Why the demonstration data was not loaded; then nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum DemoFault {
    /// It is there already.
    #[error("the demonstration data is there already; `load demo --reset` throws it away and makes it new")]
    AlreadyThere,
    /// Somebody's own data is there: a reset would destroy it.
    #[error("this database holds organizations of its own; load the demonstration into an empty database")]
    InUse,
    /// The reference data is not there: territorial entities are missing.
    #[error("the reference data is missing; run `load reference` first")]
    NoReference,
    /// The scale makes no sense.
    #[error("the scale is {0}; it goes from 1 to {LARGEST_SCALE}")]
    Scale(u32),
    /// The shipped reference data is broken.
    #[error("the reference data has {} faults; the first: {}", .0.len(), .0.first().map(Fault::to_string).unwrap_or_default())]
    Reference(Vec<Fault>),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// The database could not be read.
    #[error(transparent)]
    Read(#[from] ReadFault),
}

/// What was loaded, and where to look first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Rows by table, in the order in which they were loaded.
    pub counts: Vec<(&'static str, u64)>,
    /// The day that the data takes for today.
    pub anchor: NaiveDate,
    /// DIVIPOLA code of the entity for the first example.
    pub example_divipola: &'static str,
    /// Two days between which the structure of that entity's secretariat changed visibly.
    pub example_days: (NaiveDate, NaiveDate),
    /// Subjects of accounts to try, with many rights and with few.
    pub example_subjects: &'static [&'static str],
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Demonstration data as of {}:", self.anchor)?;
        for (table, rows) in &self.counts {
            writeln!(f, "  {table:<28}{rows:>8}")?;
        }
        let (before, after) = self.example_days;
        write!(f, "The structure of {} changed between {before} and {after}.", self.example_divipola)
    }
}

/// Loads the demonstration in one transaction, on top of the reference data. With `reset`, an earlier demonstration
/// goes first, with everything that was done in it.
///
/// # Errors
/// [`DemoFault`], in words for whoever runs the command. A database with data of its own is never touched.
pub async fn load_demo(store: &Store, scale: u32, reset: bool) -> Result<Summary, DemoFault> {
    if !(1..=LARGEST_SCALE).contains(&scale) {
        return Err(DemoFault::Scale(scale));
    }
    let data = read(&Files::embedded()).map_err(DemoFault::Reference)?;
    if !holds(store, "territorial_entity").await? {
        return Err(DemoFault::NoReference);
    }
    let (marked, filled) = (store.setting(MARK).await?.is_some(), holds(store, "organization").await?);
    match (marked, filled) {
        (false, true) => return Err(DemoFault::InUse),
        (true, true) if !reset => return Err(DemoFault::AlreadyThere),
        _ => {}
    }
    let demo = generate(&data, scale);
    let mut loader = store.loader().await?;
    if filled {
        clear(&mut loader).await?;
    }
    let counts = insert(&mut loader, demo).await?;
    let mark = setting::Model { name: MARK.to_owned(), value: "true".to_owned() };
    loader.upsert::<setting::Entity>(&[setting::Column::Name], vec![mark.into_active_model()]).await?;
    loader.commit().await?;
    Ok(Summary {
        counts,
        anchor: ANCHOR,
        example_divipola: FUNZA,
        example_days: FUNZA_CHANGED,
        example_subjects: &["lider.calidad@funza", "alta.direccion@funza", "monitor.sfi@men", "analista@esap"],
    })
}

/// Has the table any row?
async fn holds(store: &Store, table: &str) -> Result<bool, DemoFault> {
    let mut statement = Statement::new(store.dialect());
    statement.push(&format!("SELECT id FROM {table} LIMIT 1"));
    let mut snapshot = store.snapshot().await?;
    Ok(!snapshot.fetch(statement, &[Decode::Uuid], store.statements()).await?.is_empty())
}

/// Declares the tables once, in the order in which they refer to each other.
macro_rules! tables {
    ($( $field:ident: $table:ident; )+) => {
        async fn insert(loader: &mut Loader, demo: DemoData) -> Result<Vec<(&'static str, u64)>, StoreFault> {
            let mut counts = Vec::new();
            $( counts.push((stringify!($table), insert_rows(loader, demo.$field).await?)); )+
            Ok(counts)
        }

        /// Removes all rows, those that refer before those that are referred to.
        async fn clear(loader: &mut Loader) -> Result<(), StoreFault> {
            loader.delete_all::<person_key::Entity>().await?;
            loader.delete_all::<personal_data_read::Entity>().await?;
            loader.delete_all::<access_grant_process::Entity>().await?;
            loader.delete_all::<code_pattern::Entity>().await?;
            clear_tables!(loader, [$($table),+]);
            loader.delete_all::<idempotency::Entity>().await?;
            loader.delete_all::<outbox::Entity>().await?;
            loader.delete_all::<history_entry::Entity>().await?;
            loader.delete_all::<chain_head::Entity>().await?;
            Ok(())
        }
    };
}

/// Deletes the last table first.
macro_rules! clear_tables {
    ($loader:ident, []) => {};
    ($loader:ident, [$first:ident $(, $rest:ident)*]) => {
        clear_tables!($loader, [$($rest),*]);
        $loader.delete_all::<$first::Entity>().await?;
    };
}

tables! {
    organizations: organization;
    classifications: organization_classification;
    legal_acts: legal_act;
    takeovers: temporary_takeover;
    structure_versions: structure_version;
    transitions: structure_transition;
    org_units: org_unit;
    unit_versions: unit_version;
    successions: succession;
    predecessors: succession_predecessor;
    successors: succession_successor;
    transfers: responsibility_transfer;
    jobs: job;
    posts: post;
    persons: person;
    holdings: post_holding;
    work_groups: work_group;
    accounts: account;
    members: member;
    grants: access_grant;
    processes: process;
    process_versions: process_version;
    process_transitions: process_transition;
    activities: activity;
    external_parties: external_party;
    flows: flow;
    flow_processes: flow_process;
    flow_parties: flow_party;
    process_responsibilities: process_responsibility;
    controlled_documents: controlled_document;
    document_versions: document_version;
    document_transitions: document_transition;
    capabilities: capability;
    capability_processes: capability_process;
    capability_units: capability_unit;
    reference_adoptions: reference_adoption;
    process_norms: process_norm;
    alignments: alignment;
    audit_programs: audit_program;
    audit_program_transitions: audit_program_transition;
    audits: audit;
    audit_transitions: audit_transition;
    audit_scopes: audit_scope;
    audit_criteria: audit_criterion;
    audit_team_members: audit_team_member;
    checklist_items: checklist_item;
    findings: finding;
    finding_transitions: finding_transition;
    finding_processes: finding_process;
    finding_units: finding_unit;
    finding_requirements: finding_requirement;
    finding_incidences: finding_incidence;
    finding_responses: finding_response;
    audit_reports: audit_report;
    certificates: certificate;
    certificate_processes: certificate_process;
    management_reviews: management_review;
    decisions: decision;
    disseminations: dissemination;
    dissemination_units: dissemination_unit;
    acknowledgements: acknowledgement;
    cause_analyses: cause_analysis;
    improvement_plans: improvement_plan;
    plan_transitions: plan_transition;
    plan_findings: plan_finding;
    improvement_actions: improvement_action;
    action_transitions: action_transition;
    action_findings: action_finding;
    action_units: action_unit;
    action_activities: action_activity;
    reporting_windows: reporting_window;
    progress_reports: progress_report;
    progress_ratings: progress_rating;
    reformulations: reformulation;
    reformulation_decisions: reformulation_decision;
    effectiveness_reviews: effectiveness_review;
    evidences: evidence;
}

async fn insert_rows<M, E>(loader: &mut Loader, rows: Vec<M>) -> Result<u64, StoreFault>
where
    E: EntityTrait<ActiveModel: Send>,
    M: ModelTrait<Entity = E> + IntoActiveModel<E::ActiveModel>,
{
    loader.insert_many::<E>(rows.into_iter().map(IntoActiveModel::into_active_model).collect()).await
}
