//! The one table of what is owned: under which heading it is read, what of it is personal, when it is published.

use entity::{
    Id, Kinded,
    access::{access_grant, access_grant_process, api_key, member},
    audit::{
        audit, audit_criterion, audit_program, audit_program_transition, audit_report, audit_scope, audit_team_member,
        audit_transition, certificate, certificate_process, checklist_item, finding, finding_incidence,
        finding_process, finding_requirement, finding_response, finding_transition, finding_type, finding_unit,
    },
    direction::{acknowledgement, decision, dissemination, dissemination_unit, management_review},
    framework::{
        crosswalk, defence_line, framework, framework_edition, norm, reference_map, reference_process, requirement,
    },
    improvement::{
        action_activity, action_finding, action_transition, action_unit, cause_analysis, effectiveness_review,
        evidence, improvement_action, improvement_plan, plan_finding, plan_transition, progress_rating,
        progress_report, reformulation, reformulation_decision, reporting_window,
    },
    organization::{
        StructureStage, entry_effect, job, legal_act, org_unit, organization, organization_classification, person,
        post, post_holding, responsibility_transfer, structure_transition, structure_version, succession,
        succession_predecessor, succession_successor, temporary_takeover, unit_version, work_group,
    },
    territory::{coverage, department, job_denomination, municipality, territorial_entity, unit_kind},
    value_chain::{
        ControlledStage, activity, alignment, capability, capability_process, capability_unit, code_pattern,
        controlled_document, document_transition, document_version, external_party, flow, flow_party, flow_process,
        process, process_norm, process_responsibility, process_transition, process_version, reference_adoption,
    },
};
use sea_orm::{EntityTrait, IntoActiveModel};
use uuid::Uuid;

use crate::access::{involved, rules::Subject, visibility::Involved};

/// A table whose rows belong to an organization.
pub trait Owned: EntityTrait<ActiveModel: Send, Model: IntoActiveModel<<Self as EntityTrait>::ActiveModel>> {
    /// The column that says to which.
    const OWNER: &str = "organization_id";
}

/// An owned table whose rows have a key and leave a history.
pub trait Recorded: Owned + Kinded {
    /// The heading of the rules table under which it is read.
    const SUBJECT: Subject;
    /// Columns whose values never enter the history in the clear.
    const PERSONAL: &[&str];
    /// Columns that name a person: whoever reads the row reads them, and they go with the person.
    const NAMES: &[&str];

    /// The unit to which the row belongs: what a grant's scope is held against.
    fn unit(_row: &Self::Model) -> Option<Uuid> {
        None
    }

    /// To whom the row belongs where that is no single unit; the same as its declaration says.
    const INVOLVED: Option<Involved> = None;

    /// The document to whose process the row belongs.
    fn document(_row: &Self::Model) -> Option<Id<controlled_document::Entity>> {
        None
    }

    /// May those read the row who do not see drafts?
    fn published(_row: &Self::Model) -> bool {
        true
    }
}

/// A national table that every organization refers to and nobody's act changes.
pub trait Catalogue: EntityTrait {}

macro_rules! recorded {
    ($( $table:ident: $subject:ident $(, personal $personal:expr, names $names:expr)? $(, published $published:expr)? $(, of unit $unit:ident)? $(, of document $document:ident)? $(, involving $involved:ident)?; )+) => { $(
        impl Recorded for $table::Entity {
            const SUBJECT: Subject = Subject::$subject;
            const PERSONAL: &[&str] = recorded!(@or $($personal)?);
            const NAMES: &[&str] = recorded!(@or $($names)?);
            $( fn published(row: &Self::Model) -> bool {
                let published: fn(&Self::Model) -> bool = $published;
                published(row)
            } )?
            $( fn unit(row: &Self::Model) -> Option<Uuid> {
                Some(row.$unit.uuid())
            } )?
            $(
                const INVOLVED: Option<Involved> = Some(involved::$involved);

                fn published(_: &Self::Model) -> bool {
                    false
                }
            )?
            $( fn document(row: &Self::Model) -> Option<Id<controlled_document::Entity>> {
                Some(row.$document)
            } )?
        }
    )+ };
    (@or) => { &[] };
    (@or $given:expr) => { &$given };
}

recorded! {
    organization: Organization;
    organization_classification: Organization;
    temporary_takeover: Organization;
    legal_act: Structure;
    structure_version: Structure, published |row| row.stage == StructureStage::Approved;
    // What is a draft's part says nothing of its own about being published: it counts as the draft does.
    structure_transition: Structure, published |_| false;
    org_unit: Structure, of unit id;
    unit_version: Structure, published |row| row.valid_from.is_some(), of unit org_unit_id;
    succession: Structure, published |row| row.valid_from.is_some();
    responsibility_transfer: Structure, published |_| false;
    work_group: Structure, of unit org_unit_id;
    job: Staff;
    post: Staff, published |row| row.valid_from.is_some(), of unit org_unit_id;
    post_holding: Staff;
    person: Staff, personal ["document_kind", "document_number", "email", "phone"], names ["name"];
    process: Processes, published |row| row.published, of unit id;
    process_version: Processes, published |row| row.stage == ControlledStage::Approved, of unit process_id;
    process_transition: Processes, published |_| false;
    activity: Processes, published |_| false;
    flow: Processes, published |_| false;
    external_party: Processes;
    process_responsibility: Processes, of unit process_id;
    controlled_document: Processes, published |row| row.published, of unit process_id;
    document_version: Processes, published |row| row.stage == ControlledStage::Approved, of document controlled_document_id;
    document_transition: Processes, published |_| false;
    capability: Processes;
    capability_process: Processes, of unit process_id;
    code_pattern: Processes;
    reference_adoption: Processes;
    process_norm: Processes, of unit process_id;
    alignment: Processes;
    audit_program: Improvement, involving PROGRAM;
    audit_program_transition: Improvement, involving OF_PROGRAM;
    audit: Improvement, involving AUDIT;
    audit_transition: Improvement, involving OF_AUDIT;
    audit_scope: Improvement, involving OF_AUDIT;
    audit_criterion: Improvement, involving OF_AUDIT;
    audit_team_member: Improvement, involving OF_AUDIT;
    checklist_item: Improvement, involving OF_AUDITORS;
    finding: Improvement, involving FINDING;
    finding_transition: Improvement, involving OF_FINDING;
    finding_incidence: Improvement, involving OF_FINDING;
    finding_response: Improvement, involving OF_FINDING;
    audit_report: Improvement, involving OF_AUDIT;
    certificate: Improvement, involving CERTIFICATE;
    cause_analysis: Improvement, involving OF_FINDING;
    improvement_plan: Improvement, involving PLAN;
    plan_transition: Improvement, involving OF_PLAN;
    improvement_action: Improvement, involving ACTION;
    action_transition: Improvement, involving OF_ACTION;
    action_activity: Improvement, involving OF_ACTION;
    reporting_window: Improvement, involving WINDOW;
    progress_report: Improvement, involving OF_ACTION;
    progress_rating: Improvement, involving OF_REPORT;
    reformulation: Improvement, involving OF_ACTION;
    reformulation_decision: Improvement, involving OF_REFORMULATION;
    effectiveness_review: Improvement, involving OF_ACTION;
    evidence: Improvement, involving EVIDENCE;
    management_review: Direction, involving REVIEW;
    decision: Direction, involving DECISION;
    dissemination: Direction, involving DISSEMINATION;
    acknowledgement: Direction, involving OF_DISSEMINATION;
    member: Access, personal [], names ["name"];
    access_grant: Access;
    api_key: Access;
}

macro_rules! owned {
    ($($table:ident),+ $(,)?) => { $( impl Owned for $table::Entity {} )+ };
}

owned!(
    organization_classification,
    temporary_takeover,
    legal_act,
    structure_version,
    structure_transition,
    entry_effect,
    org_unit,
    unit_version,
    succession,
    succession_predecessor,
    succession_successor,
    responsibility_transfer,
    work_group,
    job,
    post,
    post_holding,
    person,
    process,
    process_version,
    process_transition,
    activity,
    flow,
    flow_process,
    flow_party,
    external_party,
    process_responsibility,
    controlled_document,
    document_version,
    document_transition,
    capability,
    capability_process,
    capability_unit,
    code_pattern,
    reference_adoption,
    process_norm,
    alignment,
    audit_program,
    audit_program_transition,
    audit,
    audit_transition,
    audit_scope,
    audit_criterion,
    audit_team_member,
    checklist_item,
    finding,
    finding_transition,
    finding_process,
    finding_unit,
    finding_requirement,
    finding_incidence,
    finding_response,
    audit_report,
    certificate,
    certificate_process,
    cause_analysis,
    improvement_plan,
    plan_transition,
    plan_finding,
    improvement_action,
    action_transition,
    action_finding,
    action_unit,
    action_activity,
    reporting_window,
    progress_report,
    progress_rating,
    reformulation,
    reformulation_decision,
    effectiveness_review,
    evidence,
    management_review,
    decision,
    dissemination,
    dissemination_unit,
    acknowledgement,
    access_grant_process,
    member,
    access_grant,
    api_key,
);

// An organization owns itself.
impl Owned for organization::Entity {
    const OWNER: &str = "id";
}

macro_rules! catalogue {
    ($($table:ident),+ $(,)?) => { $( impl Catalogue for $table::Entity {} )+ };
}

catalogue!(
    department,
    municipality,
    territorial_entity,
    coverage,
    unit_kind,
    job_denomination,
    reference_map,
    reference_process,
    framework,
    framework_edition,
    requirement,
    crosswalk,
    norm,
    defence_line,
    finding_type,
);
