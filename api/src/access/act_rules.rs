//! What each act takes: its duty, and the kind of object on which it is done.
//!
//! Change sets hold acts to this table, `can` answers from it, `docs/permissions.md` prints it with the roles that
//! have each duty.

use entity::Kind;

use super::{
    guards::{APPOINTS, ENDS_ROLE, Guard, KEY_IS_GOOD, RECEIVES, SOMEBODY_ELSE, TIES},
    rules::{self, Duty},
};
use crate::{
    audit::guards::{
        AUDIT_NOT_BEGUN, BEFORE_FINAL_REPORT, FINDING_DRAFT, FINDING_REVISED, FINDS, LEAVES_TEAM, NOT_ANSWERED,
        PROGRAM_OPEN, WORKED_ON,
    },
    direction::guards::{ACKNOWLEDGED, REVIEW_CONCLUDED, REVIEW_DRAFT},
    improvement::guards::{
        ACTION_DRAFT, ACTION_NEVER_SUBMITTED, CONFIRMED, DECIDED, ENDORSED, FINDING_CONFIRMED, JUDGED_OUTSIDE,
        PLAN_NEVER_SUBMITTED, PLAN_OPEN, PLAN_TAKES_ACTIONS, RATED, REFORMULATED, REPORTED, SIGNED, WINDOW_LIVE,
        WITHDRAWN,
    },
    organization::guards::{IS_DRAFT, IS_KNOWN, MAY_GO, NEVER_SUBMITTED, NOT_OVER},
    value_chain::guards::{
        CONTROLLED_DRAFT, DOCUMENT_NEVER_SUBMITTED, NO_OPEN_CHARACTERIZATION, NO_OPEN_DOCUMENT_VERSION,
        PROCESS_NEVER_SUBMITTED,
    },
};

/// One line of the table.
#[derive(Debug)]
pub struct ActRule {
    /// The mutation, by its GraphQL name.
    pub name: &'static str,
    /// The kind of object that it changes or under which it makes a new one.
    pub on: Kind,
    /// The duty that it takes.
    pub duty: Duty,
    /// The state to which it leads, for a step of the object's life cycle: there `availableTransitions` has a say too.
    pub step: Option<&'static str>,
    /// Does it make something that belongs to a unit? Then the unit decides whether a limited role may.
    pub in_unit: bool,
    /// What it looks at in the object beyond that, whatever its arguments are: change sets hold it to this when they obtain
    /// the object.
    pub guard: Option<&'static Guard>,
}

const fn act(name: &'static str, on: Kind, duty: Duty) -> ActRule {
    ActRule { name, on, duty, step: None, in_unit: false, guard: None }
}

const fn in_unit(name: &'static str, on: Kind, duty: Duty) -> ActRule {
    ActRule { name, on, duty, step: None, in_unit: true, guard: None }
}

const fn step(name: &'static str, on: Kind, duty: Duty, to: &'static str) -> ActRule {
    ActRule { name, on, duty, step: Some(to), in_unit: false, guard: None }
}

impl ActRule {
    const fn unless(mut self, guard: &'static Guard) -> Self {
        self.guard = Some(guard);
        self
    }
}

use Duty::{
    Acknowledge, AnswerFindings, AppointStaff, ApprovePlans, ApproveProcesses, ApproveStructure, Audit as DoAudits,
    ControlPlans, Direct, Disseminate, FormulatePlans, FormulateProcesses, FormulateStructure, KeepMembers,
    KeepOrganizations, KeepPersonalData, NameAdministrators, PlanAudits, ReportProgress, SignProgress, VerifyActions,
};
use Kind::{
    AccessGrant, Alignment, ApiKey, Audit, AuditProgram, AuditScope, AuditTeamMember, Capability, CauseAnalysis,
    Certificate, ChecklistItem, CodePattern, ControlledDocument, Dissemination, DocumentVersion, ExternalParty,
    Finding, ImprovementAction, ImprovementPlan, Job, LegalAct, ManagementReview, Member, Organization, Person, Post,
    PostHolding, Process, ProcessNorm, ProcessResponsibility, ProcessVersion, ProgressReport, ReferenceAdoption,
    Reformulation, ReportingWindow, StructureVersion, TemporaryTakeover, WorkGroup,
};

/// The table, in the order of the schema.
pub static ACTS: &[ActRule] = &[
    act("structureVersionCreate", Organization, FormulateStructure),
    act("structureVersionUpdate", StructureVersion, FormulateStructure).unless(&IS_DRAFT),
    act("structureVersionDelete", StructureVersion, FormulateStructure).unless(&NEVER_SUBMITTED),
    act("structureVersionAddUnit", StructureVersion, FormulateStructure).unless(&IS_DRAFT),
    act("structureVersionEditUnit", StructureVersion, FormulateStructure).unless(&IS_DRAFT),
    act("structureVersionRenameUnit", StructureVersion, FormulateStructure).unless(&IS_DRAFT),
    act("structureVersionMoveUnit", StructureVersion, FormulateStructure).unless(&IS_DRAFT),
    act("structureVersionMergeUnits", StructureVersion, FormulateStructure).unless(&IS_DRAFT),
    act("structureVersionSplitUnit", StructureVersion, FormulateStructure).unless(&IS_DRAFT),
    act("structureVersionSuppressUnit", StructureVersion, FormulateStructure).unless(&IS_DRAFT),
    step("structureVersionSubmit", StructureVersion, FormulateStructure, "UNDER_APPROVAL"),
    step("structureVersionReturn", StructureVersion, ApproveStructure, "DRAFT"),
    step("structureVersionApprove", StructureVersion, ApproveStructure, "APPROVED"),
    step("structureVersionPutInForce", StructureVersion, ApproveStructure, "IN_FORCE"),
    step("structureVersionRepeal", StructureVersion, ApproveStructure, "REPEALED"),
    step("structureVersionAnnul", StructureVersion, ApproveStructure, "ANNULLED"),
    step("structureVersionUnschedule", StructureVersion, ApproveStructure, "APPROVED"),
    act("legalActCreate", Organization, FormulateStructure),
    act("legalActUpdate", LegalAct, FormulateStructure),
    act("legalActDelete", LegalAct, FormulateStructure),
    act("organizationCreate", Organization, KeepOrganizations),
    act("organizationUpdate", Organization, KeepOrganizations),
    act("organizationClassify", Organization, KeepOrganizations),
    act("temporaryTakeoverCreate", Organization, KeepOrganizations),
    act("temporaryTakeoverEnd", TemporaryTakeover, KeepOrganizations).unless(&NOT_OVER),
    act("jobCreate", Organization, FormulateStructure),
    act("jobUpdate", Job, FormulateStructure),
    act("jobDelete", Job, FormulateStructure),
    in_unit("postCreate", Organization, FormulateStructure),
    act("postUpdate", Post, FormulateStructure).unless(&NOT_OVER),
    act("postEnd", Post, FormulateStructure).unless(&NOT_OVER),
    act("postDelete", Post, FormulateStructure),
    act("personCreate", Organization, FormulateStructure),
    act("personUpdate", Person, FormulateStructure).unless(&IS_KNOWN),
    act("personIdentify", Person, KeepPersonalData).unless(&IS_KNOWN),
    act("personErase", Person, KeepPersonalData).unless(&MAY_GO),
    act("postHoldingCreate", Post, AppointStaff),
    act("postHoldingEnd", PostHolding, AppointStaff).unless(&NOT_OVER),
    in_unit("workGroupCreate", Organization, FormulateStructure),
    act("workGroupUpdate", WorkGroup, FormulateStructure).unless(&NOT_OVER),
    act("workGroupEnd", WorkGroup, FormulateStructure).unless(&NOT_OVER),
    act("processCreate", Organization, FormulateProcesses),
    act("processVersionCreate", Process, FormulateProcesses).unless(&NO_OPEN_CHARACTERIZATION),
    act("processVersionUpdate", ProcessVersion, FormulateProcesses).unless(&CONTROLLED_DRAFT),
    act("processVersionDelete", ProcessVersion, FormulateProcesses).unless(&PROCESS_NEVER_SUBMITTED),
    step("processVersionSubmit", ProcessVersion, FormulateProcesses, "IN_REVIEW"),
    step("processVersionReturn", ProcessVersion, ApproveProcesses, "DRAFT"),
    step("processVersionApprove", ProcessVersion, ApproveProcesses, "IN_FORCE"),
    step("processVersionUnschedule", ProcessVersion, ApproveProcesses, "IN_REVIEW"),
    step("processVersionRetire", ProcessVersion, ApproveProcesses, "OBSOLETE"),
    act("controlledDocumentCreate", Process, FormulateProcesses),
    act("documentVersionCreate", ControlledDocument, FormulateProcesses).unless(&NO_OPEN_DOCUMENT_VERSION),
    act("documentVersionUpdate", DocumentVersion, FormulateProcesses).unless(&CONTROLLED_DRAFT),
    act("documentVersionDelete", DocumentVersion, FormulateProcesses).unless(&DOCUMENT_NEVER_SUBMITTED),
    step("documentVersionSubmit", DocumentVersion, FormulateProcesses, "IN_REVIEW"),
    step("documentVersionReturn", DocumentVersion, ApproveProcesses, "DRAFT"),
    step("documentVersionApprove", DocumentVersion, ApproveProcesses, "IN_FORCE"),
    step("documentVersionUnschedule", DocumentVersion, ApproveProcesses, "IN_REVIEW"),
    step("documentVersionRetire", DocumentVersion, ApproveProcesses, "OBSOLETE"),
    act("processResponsibilityCreate", Process, FormulateProcesses),
    act("processResponsibilityUpdate", ProcessResponsibility, FormulateProcesses).unless(&NOT_OVER),
    act("processResponsibilityEnd", ProcessResponsibility, FormulateProcesses).unless(&NOT_OVER),
    act("processLeadTransfer", Process, FormulateProcesses),
    act("processResponsibilitiesSet", Organization, FormulateProcesses),
    act("externalPartyCreate", Organization, FormulateProcesses),
    act("externalPartyUpdate", ExternalParty, FormulateProcesses),
    act("externalPartyDelete", ExternalParty, FormulateProcesses),
    act("capabilityCreate", Organization, FormulateProcesses),
    act("capabilityUpdate", Capability, FormulateProcesses).unless(&NOT_OVER),
    act("capabilityEnd", Capability, FormulateProcesses).unless(&NOT_OVER),
    act("codePatternSet", Organization, FormulateProcesses),
    act("codePatternDelete", CodePattern, FormulateProcesses),
    act("referenceAdoptionCreate", Organization, FormulateProcesses),
    act("referenceAdoptionUpdate", ReferenceAdoption, FormulateProcesses).unless(&NOT_OVER),
    act("referenceAdoptionEnd", ReferenceAdoption, FormulateProcesses).unless(&NOT_OVER),
    act("referenceAdoptionsSet", Organization, FormulateProcesses),
    act("alignmentCreate", Organization, FormulateProcesses),
    act("alignmentsCreate", Organization, FormulateProcesses),
    act("alignmentUpdate", Alignment, FormulateProcesses).unless(&NOT_OVER),
    act("alignmentEnd", Alignment, FormulateProcesses).unless(&NOT_OVER),
    act("processNormCreate", Process, FormulateProcesses),
    act("processNormUpdate", ProcessNorm, FormulateProcesses).unless(&NOT_OVER),
    act("processNormEnd", ProcessNorm, FormulateProcesses).unless(&NOT_OVER),
    act("auditProgramCreate", Organization, PlanAudits),
    act("auditProgramUpdate", AuditProgram, PlanAudits).unless(&PROGRAM_OPEN),
    step("auditProgramApprove", AuditProgram, Direct, "APPROVED"),
    step("auditProgramBegin", AuditProgram, PlanAudits, "IN_EXECUTION"),
    step("auditProgramClose", AuditProgram, PlanAudits, "CLOSED"),
    act("auditCreate", Organization, PlanAudits),
    act("auditUpdate", Audit, PlanAudits).unless(&AUDIT_NOT_BEGUN),
    step("auditPrepare", Audit, DoAudits, "PREPARED"),
    step("auditBegin", Audit, DoAudits, "IN_EXECUTION"),
    act("auditScopeCover", AuditScope, DoAudits).unless(&WORKED_ON),
    step("auditHear", Audit, DoAudits, "AUDITEE_RESPONSE"),
    step("auditFollowUp", Audit, DoAudits, "FOLLOW_UP"),
    step("auditClose", Audit, DoAudits, "CLOSED"),
    step("auditCancel", Audit, PlanAudits, "CANCELLED"),
    act("auditTeamMemberCreate", Audit, DoAudits).unless(&BEFORE_FINAL_REPORT),
    act("auditTeamMemberDelete", AuditTeamMember, DoAudits).unless(&LEAVES_TEAM),
    act("checklistItemsCreate", Audit, DoAudits).unless(&BEFORE_FINAL_REPORT),
    act("checklistItemAnswer", ChecklistItem, DoAudits).unless(&WORKED_ON),
    act("checklistItemDelete", ChecklistItem, DoAudits).unless(&NOT_ANSWERED),
    step("auditReportDraft", Audit, DoAudits, "DRAFT_REPORT"),
    step("auditReportFinish", Audit, DoAudits, "FINAL_REPORT"),
    act("findingCreate", Audit, DoAudits).unless(&FINDS),
    act("findingRegister", Organization, FormulatePlans),
    act("findingUpdate", Finding, DoAudits).unless(&FINDING_DRAFT),
    act("findingRevise", Finding, DoAudits).unless(&FINDING_REVISED),
    act("findingDelete", Finding, DoAudits).unless(&FINDING_DRAFT),
    step("findingCommunicate", Finding, DoAudits, "COMMUNICATED"),
    step("findingAnswer", Finding, AnswerFindings, "ANSWERED"),
    step("findingConfirm", Finding, DoAudits, "CONFIRMED"),
    step("findingDismiss", Finding, DoAudits, "DISMISSED"),
    step("findingClose", Finding, DoAudits, "CLOSED_NO_ACTION"),
    act("certificateCreate", Organization, PlanAudits),
    act("certificateEnd", Certificate, PlanAudits).unless(&NOT_OVER),
    act("causeAnalysisCreate", Finding, FormulatePlans).unless(&CONFIRMED),
    act("causeAnalysisUpdate", CauseAnalysis, FormulatePlans).unless(&FINDING_CONFIRMED),
    in_unit("improvementPlanCreate", Organization, FormulatePlans),
    act("improvementPlanUpdate", ImprovementPlan, FormulatePlans).unless(&PLAN_OPEN),
    act("improvementPlanDelete", ImprovementPlan, FormulatePlans).unless(&PLAN_NEVER_SUBMITTED),
    step("improvementPlanSubmit", ImprovementPlan, FormulatePlans, "SUBMITTED"),
    step("improvementPlanBegin", ImprovementPlan, FormulatePlans, "IN_EXECUTION"),
    step("improvementPlanClose", ImprovementPlan, ControlPlans, "CLOSED"),
    act("improvementActionCreate", ImprovementPlan, FormulatePlans).unless(&PLAN_TAKES_ACTIONS),
    act("improvementActionUpdate", ImprovementAction, FormulatePlans).unless(&ACTION_DRAFT),
    act("improvementActionDelete", ImprovementAction, FormulatePlans).unless(&ACTION_NEVER_SUBMITTED),
    step("improvementActionSubmit", ImprovementAction, FormulatePlans, "PENDING_APPROVAL"),
    step("improvementActionApprove", ImprovementAction, ApprovePlans, "APPROVED"),
    step("improvementActionReject", ImprovementAction, ApprovePlans, "DRAFT"),
    step("improvementActionBegin", ImprovementAction, ReportProgress, "IN_PROGRESS"),
    step("improvementActionExecute", ImprovementAction, ReportProgress, "EXECUTED"),
    step("improvementActionVerify", ImprovementAction, VerifyActions, "VERIFIED"),
    step("improvementActionReturn", ImprovementAction, VerifyActions, "IN_PROGRESS"),
    step("improvementActionEvaluate", ImprovementAction, VerifyActions, "CLOSED"),
    step("improvementActionCancel", ImprovementAction, ControlPlans, "CANCELLED"),
    act("improvementActionSetControlStatus", ImprovementAction, ControlPlans).unless(&JUDGED_OUTSIDE),
    act("reportingWindowCreate", Organization, ControlPlans),
    act("reportingWindowUpdate", ReportingWindow, ControlPlans).unless(&WINDOW_LIVE),
    act("progressReportCreate", ImprovementAction, ReportProgress).unless(&REPORTED),
    act("progressReportSign", ProgressReport, SignProgress).unless(&SIGNED),
    act("progressReportWithdraw", ProgressReport, ReportProgress).unless(&WITHDRAWN),
    act("progressRatingCreate", ProgressReport, ControlPlans).unless(&RATED),
    act("reformulationCreate", ImprovementAction, FormulatePlans).unless(&REFORMULATED),
    act("reformulationDecide", Reformulation, ApprovePlans).unless(&DECIDED),
    act("reformulationEndorse", Reformulation, ControlPlans).unless(&ENDORSED),
    act("managementReviewCreate", Organization, Direct),
    act("managementReviewUpdate", ManagementReview, Direct).unless(&REVIEW_DRAFT),
    act("managementReviewGather", ManagementReview, Direct).unless(&REVIEW_DRAFT),
    act("managementReviewFreeze", ManagementReview, Direct).unless(&REVIEW_CONCLUDED),
    act("decisionCreate", ManagementReview, Direct).unless(&REVIEW_DRAFT),
    act("disseminationCreate", Organization, Disseminate),
    act("acknowledgementCreate", Dissemination, Acknowledge).unless(&ACKNOWLEDGED),
    act("memberInvite", Organization, KeepMembers),
    step("memberSuspend", Member, KeepMembers, "SUSPENDED"),
    step("memberReinstate", Member, KeepMembers, "ACTIVE"),
    act("memberTie", Member, KeepMembers).unless(&TIES),
    act("memberUntie", Member, KeepMembers).unless(&SOMEBODY_ELSE),
    act("accessGrantCreate", Member, KeepMembers).unless(&RECEIVES),
    act("accessGrantEnd", AccessGrant, KeepMembers).unless(&ENDS_ROLE),
    act("organizationAppoint", Organization, NameAdministrators).unless(&APPOINTS),
    act("apiKeyCreate", Organization, KeepMembers),
    act("apiKeyRotate", ApiKey, KeepMembers).unless(&KEY_IS_GOOD),
    act("apiKeyRevoke", ApiKey, KeepMembers).unless(&KEY_IS_GOOD),
];

/// The line of an act.
pub fn act_rule(name: &str) -> Option<&'static ActRule> {
    ACTS.iter().find(|rule| rule.name == name)
}

impl ActRule {
    /// The act as the schema's enum of actions names it: `legalActCreate` → `LEGAL_ACT_CREATE`.
    pub fn action(&self) -> String {
        let mut action = String::with_capacity(self.name.len() + 4);
        for letter in self.name.chars() {
            if letter.is_ascii_uppercase() {
                action.push('_');
            }
            action.push(letter.to_ascii_uppercase());
        }
        action
    }

    /// Can it be asked of an object of this kind? What is made in a unit may be asked of that unit too.
    pub fn applies(&self, kind: Option<Kind>) -> bool {
        kind == Some(self.on) || self.in_unit && kind == Some(Kind::OrgUnit)
    }

    /// The line of an action of the schema's enum.
    pub fn of_action(action: &str) -> Option<&'static ActRule> {
        ACTS.iter().find(|rule| rule.action() == action)
    }
}

/// The part of `docs/permissions.md` about acts.
pub fn acts_markdown() -> String {
    let mut page = String::from(
        "\n## Acts\n\nWhat each mutation is done on, the duty that it takes, and who has it. A role that is limited to a unit \
         acts on what belongs to its units only, and makes there what is marked *in a unit*; past dates take a role without a limit. \
         `can` on every node answers from this table; what is made in a unit may be asked of the organization (whether in any unit) \
         or of the unit.\n\n\
         | mutation | on | duty | roles |\n| --- | --- | --- | --- |\n",
    );
    for rule in ACTS {
        let on = format!("{:?}{}", rule.on, if rule.in_unit { ", in a unit" } else { "" });
        page.push_str(&format!("| `{}` | {on} | {:?} | {} |\n", rule.name, rule.duty, rules::who(rule.duty)));
    }
    page
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::life_cycle::LifeCycle;

    #[test]
    fn the_table_has_the_mutations_of_the_schema_and_no_others() {
        let acts: BTreeSet<_> = crate::contract::acts().iter().map(|act| act.name()).collect();
        let rules: BTreeSet<_> = ACTS.iter().map(|rule| rule.name).collect();
        assert_eq!(rules, acts);
        assert_eq!(rules.len(), ACTS.len(), "an act stands twice");
    }

    #[test]
    fn actions_are_named_back_and_forth() {
        for rule in ACTS {
            assert_eq!(ActRule::of_action(&rule.action()).map(|found| found.name), Some(rule.name));
        }
        assert_eq!(ACTS[0].action(), "STRUCTURE_VERSION_CREATE");
        assert!(ActRule::of_action("structureVersionCreate").is_none());
    }

    #[test]
    fn steps_lead_where_the_life_cycle_says() {
        fn hold<C: LifeCycle>() {
            for line in C::TRANSITIONS {
                let Some(duty) = line.duty else { continue };
                let rule = act_rule(C::mutation(line.act)).expect("a line");
                assert_eq!((rule.step, rule.duty), (Some(C::name(line.to)), duty), "{}", rule.name);
            }
        }
        hold::<crate::organization::states::StructureLife>();
        hold::<crate::access::states::MemberLife>();
        hold::<crate::value_chain::states::ProcessLife>();
        hold::<crate::value_chain::states::DocumentLife>();
        hold::<crate::audit::states::ProgramLife>();
        hold::<crate::audit::states::AuditLife>();
        hold::<crate::audit::states::FindingLife>();
        hold::<crate::improvement::states::PlanLife>();
        hold::<crate::improvement::states::ActionLife>();
    }
}
