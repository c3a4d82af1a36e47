//! What each act takes: its duty, and the kind of object on which it is done.
//!
//! Change sets hold acts to this table, `can` answers from it, `docs/permissions.md` prints it with the roles that
//! have each duty.

use entity::Kind;

use super::rules::{self, Duty};

/// One line of the table.
#[derive(Debug, PartialEq, Eq)]
pub struct ActRule {
    /// The mutation, by its GraphQL name.
    pub name: &'static str,
    /// The kind of object that it changes or under which it makes a new one.
    pub on: Kind,
    /// The duty that it takes.
    pub duty: Duty,
    /// The state to which it leads, for a step of the object's life cycle: there `availableTransitions` has a say too.
    pub step: Option<&'static str>,
}

const fn act(name: &'static str, on: Kind, duty: Duty) -> ActRule {
    ActRule { name, on, duty, step: None }
}

const fn step(name: &'static str, on: Kind, duty: Duty, to: &'static str) -> ActRule {
    ActRule { name, on, duty, step: Some(to) }
}

use Duty::{
    AppointStaff, ApproveStructure, FormulateProcesses, FormulateStructure, KeepMembers, KeepOrganizations,
    KeepPersonalData, NameAdministrators,
};
use Kind::{
    AccessGrant, Alignment, ApiKey, Capability, CodePattern, ExternalParty, Job, LegalAct, Member, Organization,
    Person, Post, PostHolding, Process, ProcessNorm, ProcessResponsibility, ReferenceAdoption, StructureVersion,
    TemporaryTakeover, WorkGroup,
};

/// The table, in the order of the schema.
pub const ACTS: &[ActRule] = &[
    act("structureVersionCreate", Organization, FormulateStructure),
    act("structureVersionUpdate", StructureVersion, FormulateStructure),
    act("structureVersionDelete", StructureVersion, FormulateStructure),
    act("structureVersionAddUnit", StructureVersion, FormulateStructure),
    act("structureVersionEditUnit", StructureVersion, FormulateStructure),
    act("structureVersionRenameUnit", StructureVersion, FormulateStructure),
    act("structureVersionMoveUnit", StructureVersion, FormulateStructure),
    act("structureVersionMergeUnits", StructureVersion, FormulateStructure),
    act("structureVersionSplitUnit", StructureVersion, FormulateStructure),
    act("structureVersionSuppressUnit", StructureVersion, FormulateStructure),
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
    act("temporaryTakeoverEnd", TemporaryTakeover, KeepOrganizations),
    act("jobCreate", Organization, FormulateStructure),
    act("jobUpdate", Job, FormulateStructure),
    act("jobDelete", Job, FormulateStructure),
    act("postCreate", Organization, FormulateStructure),
    act("postUpdate", Post, FormulateStructure),
    act("postEnd", Post, FormulateStructure),
    act("postDelete", Post, FormulateStructure),
    act("personCreate", Organization, FormulateStructure),
    act("personUpdate", Person, FormulateStructure),
    act("personIdentify", Person, KeepPersonalData),
    act("personErase", Person, KeepPersonalData),
    act("postHoldingCreate", Post, AppointStaff),
    act("postHoldingEnd", PostHolding, AppointStaff),
    act("workGroupCreate", Organization, FormulateStructure),
    act("workGroupUpdate", WorkGroup, FormulateStructure),
    act("workGroupEnd", WorkGroup, FormulateStructure),
    act("processResponsibilityCreate", Process, FormulateProcesses),
    act("processResponsibilityUpdate", ProcessResponsibility, FormulateProcesses),
    act("processResponsibilityEnd", ProcessResponsibility, FormulateProcesses),
    act("processLeadTransfer", Process, FormulateProcesses),
    act("processResponsibilitiesSet", Organization, FormulateProcesses),
    act("externalPartyCreate", Organization, FormulateProcesses),
    act("externalPartyUpdate", ExternalParty, FormulateProcesses),
    act("externalPartyDelete", ExternalParty, FormulateProcesses),
    act("capabilityCreate", Organization, FormulateProcesses),
    act("capabilityUpdate", Capability, FormulateProcesses),
    act("capabilityEnd", Capability, FormulateProcesses),
    act("codePatternSet", Organization, FormulateProcesses),
    act("codePatternDelete", CodePattern, FormulateProcesses),
    act("referenceAdoptionCreate", Organization, FormulateProcesses),
    act("referenceAdoptionUpdate", ReferenceAdoption, FormulateProcesses),
    act("referenceAdoptionEnd", ReferenceAdoption, FormulateProcesses),
    act("referenceAdoptionsSet", Organization, FormulateProcesses),
    act("alignmentCreate", Organization, FormulateProcesses),
    act("alignmentsCreate", Organization, FormulateProcesses),
    act("alignmentUpdate", Alignment, FormulateProcesses),
    act("alignmentEnd", Alignment, FormulateProcesses),
    act("processNormCreate", Process, FormulateProcesses),
    act("processNormUpdate", ProcessNorm, FormulateProcesses),
    act("processNormEnd", ProcessNorm, FormulateProcesses),
    act("memberInvite", Organization, KeepMembers),
    step("memberSuspend", Member, KeepMembers, "SUSPENDED"),
    step("memberReinstate", Member, KeepMembers, "ACTIVE"),
    act("memberTie", Member, KeepMembers),
    act("memberUntie", Member, KeepMembers),
    act("accessGrantCreate", Member, KeepMembers),
    act("accessGrantEnd", AccessGrant, KeepMembers),
    act("organizationAppoint", Organization, NameAdministrators),
    act("apiKeyCreate", Organization, KeepMembers),
    act("apiKeyRotate", ApiKey, KeepMembers),
    act("apiKeyRevoke", ApiKey, KeepMembers),
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

    /// The line of an action of the schema's enum.
    pub fn of_action(action: &str) -> Option<&'static ActRule> {
        ACTS.iter().find(|rule| rule.action() == action)
    }
}

/// The part of `docs/permissions.md` about acts.
pub fn acts_markdown() -> String {
    let mut page = String::from(
        "\n## Acts\n\nWhat each mutation is done on, the duty that it takes, and who has it. A role that is limited to a unit \
         acts on what belongs to its units only; `can` on every node answers from this table.\n\n\
         | mutation | on | duty | roles |\n| --- | --- | --- | --- |\n",
    );
    for rule in ACTS {
        page.push_str(&format!("| `{}` | {:?} | {:?} | {} |\n", rule.name, rule.on, rule.duty, rules::who(rule.duty)));
    }
    page
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

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
            assert_eq!(ActRule::of_action(&rule.action()), Some(rule));
        }
        assert_eq!(ACTS[0].action(), "STRUCTURE_VERSION_CREATE");
        assert_eq!(ActRule::of_action("structureVersionCreate"), None);
    }

    #[test]
    fn steps_lead_where_the_life_cycle_says() {
        use crate::organization::states::{TRANSITIONS, state_name};
        for line in TRANSITIONS {
            let rule = act_rule(line.act.mutation()).expect("a line");
            assert_eq!((rule.step, rule.duty), (Some(state_name(line.to)), line.duty), "{}", rule.name);
        }
    }
}
