//! The one table of rules: what each role reads and does. What the table does not say is refused.
//!
//! The same table decides in the reader (which rows), in change sets (which acts), in `can` and
//! `availableTransitions` (what a viewer is told), and prints `docs/permissions.md`.

use entity::access::Role;

use super::{act_rules::acts_markdown, scopes::scopes_markdown};
use crate::graph::error::{ErrorCode, Refusal};

/// A heading of the table: things that are read under one rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// National catalogues: territory, unit kinds, job denominations.
    Catalogue,
    /// The record of an organization, its classifications and takeovers.
    Organization,
    /// Legal acts, structure versions, units, successions.
    Structure,
    /// Jobs, posts, who holds them.
    Staff,
    /// Processes, their characterizations, responsibilities, documents, capabilities, alignment.
    Processes,
    /// Audit programs, audits, findings, certificates; causes, improvement plans, actions, progress, verification.
    Improvement,
    /// Management reviews, decisions, handovers, socialization.
    Direction,
    /// Personal data of persons: identity document, contact.
    PersonalData,
    /// Members, grants and API keys of an organization.
    Access,
    /// Who did what.
    History,
    /// The viewer's own account and grants.
    Own,
}

impl Subject {
    /// All headings, in the order of the printed table.
    pub const ALL: [Self; 11] = [
        Self::Catalogue,
        Self::Organization,
        Self::Structure,
        Self::Staff,
        Self::Processes,
        Self::Improvement,
        Self::Direction,
        Self::PersonalData,
        Self::Access,
        Self::History,
        Self::Own,
    ];
}

/// How much of a heading a role reads in the organization of its grant (or, for national roles, in all of them).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    /// Nothing.
    Nothing,
    /// What it works on itself.
    OwnWork,
    /// What is in force or was.
    Published,
    /// Drafts too, of the units to which the grant is limited; without a limit of the whole organization. What belongs to no
    /// single unit (audits, findings, plans) is published to nobody: of these the units' own, and what it works on itself.
    OfScope,
    /// Drafts too.
    All,
}

/// A group of acts that are granted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Duty {
    /// Writes drafts of structures, legal acts, jobs, posts and the names of persons.
    FormulateStructure,
    /// Approves, returns, puts in force, takes back from it, repeals, annuls structures.
    ApproveStructure,
    /// Appoints persons to posts.
    AppointStaff,
    /// Writes drafts of characterizations and documents, says who answers for what, and aligns.
    FormulateProcesses,
    /// Approves, returns, retires characterizations and documents.
    ApproveProcesses,
    /// Plans audits, approves their programs, gives the word on independence, transcribes what others found, keeps certificates.
    PlanAudits,
    /// Audits: checklists, findings, reports.
    Audit,
    /// Answers findings on behalf of the audited.
    AnswerFindings,
    /// Analyses causes, formulates plans and actions, asks for reformulations.
    FormulatePlans,
    /// Approves plans, actions and reformulations.
    ApprovePlans,
    /// Reports progress.
    ReportProgress,
    /// Signs progress.
    SignProgress,
    /// Opens reporting windows, rates progress, agrees to reformulations, cancels actions.
    ControlPlans,
    /// Verifies actions and evaluates their effectiveness.
    VerifyActions,
    /// Reviews the system, decides, hands over.
    Direct,
    /// Publishes material to units.
    Disseminate,
    /// Acknowledges what was published to one's unit.
    Acknowledge,
    /// Enters acts that took effect in the past, with a reason.
    Backdate,
    /// Keeps organizations and their classifications.
    KeepOrganizations,
    /// Keeps the members of an organization, their roles, and its API keys.
    KeepMembers,
    /// Names the first administrator of an organization, and those whose role is national.
    NameAdministrators,
    /// Keeps and erases the personal data of persons (Ley 1581 de 2012): only for those who read them.
    KeepPersonalData,
}

impl Duty {
    /// All duties, in the order of the printed table.
    pub const ALL: [Self; 22] = [
        Self::FormulateStructure,
        Self::ApproveStructure,
        Self::AppointStaff,
        Self::FormulateProcesses,
        Self::ApproveProcesses,
        Self::PlanAudits,
        Self::Audit,
        Self::AnswerFindings,
        Self::FormulatePlans,
        Self::ApprovePlans,
        Self::ReportProgress,
        Self::SignProgress,
        Self::ControlPlans,
        Self::VerifyActions,
        Self::Direct,
        Self::Disseminate,
        Self::Acknowledge,
        Self::Backdate,
        Self::KeepOrganizations,
        Self::KeepMembers,
        Self::NameAdministrators,
        Self::KeepPersonalData,
    ];

    /// May a national role do it in every organization? Any other duty ends at the organization of the grant, whoever
    /// has it.
    pub const fn is_national(self) -> bool {
        matches!(self, Self::KeepOrganizations | Self::NameAdministrators)
    }
}

/// One line of the table.
#[derive(Debug)]
pub struct Rule {
    /// The role.
    pub role: Role,
    /// Does it read all organizations, or only that of its grant? The same for its duties that [`Duty::is_national`].
    pub national: bool,
    /// What it reads. A heading that is missing is read not at all.
    pub reads: &'static [(Subject, Extent)],
    /// What it reads besides in the organization of its grant, when it is national.
    pub home: &'static [(Subject, Extent)],
    /// What it does: in the organization of its grant, or in all as `national` says.
    pub duties: &'static [Duty],
    /// Which roles it may give to others: in the organization of its grant, or where it names administrators.
    pub grants: &'static [Role],
}

use Extent::{All, OfScope, OwnWork, Published};
use Subject::{
    Access, Catalogue, Direction, History, Improvement, Organization, Own, PersonalData, Processes, Staff, Structure,
};

/// What every member reads, and what it audits or executes.
const WORKING: &[(Subject, Extent)] = &[
    (Catalogue, All),
    (Own, All),
    (Organization, All),
    (Structure, Published),
    (Staff, Published),
    (Processes, Published),
    (Improvement, OwnWork),
    (Direction, OwnWork),
];
const SCOPED: &[(Subject, Extent)] = &[
    (Catalogue, All),
    (Own, All),
    (Organization, All),
    (Structure, OfScope),
    (Staff, OfScope),
    (Processes, OfScope),
    (Improvement, OfScope),
    (Direction, OfScope),
];
/// What whoever answers for processes or a unit does in its scope.
const OWNS: &[Duty] =
    &[Duty::AnswerFindings, Duty::FormulatePlans, Duty::ReportProgress, Duty::SignProgress, Duty::Acknowledge];
const NATIONAL: &[(Subject, Extent)] = &[(Catalogue, All), (Own, All)];
/// Every role that counts in one organization only.
const LOCAL: &[Role] = &[
    Role::OrganizationAdmin,
    Role::QualityLeader,
    Role::SeniorManagement,
    Role::ProcessOwner,
    Role::UnitHead,
    Role::Executor,
    Role::Auditor,
    Role::InternalControl,
    Role::Service,
];

/// The table (domain 11).
pub const RULES: &[Rule] = &[
    Rule {
        role: Role::OrganizationAdmin,
        national: false,
        reads: &[
            (Catalogue, All),
            (Own, All),
            (Organization, All),
            (Structure, Published),
            (Staff, Published),
            (Processes, Published),
            (Direction, OwnWork),
            (Access, All),
            (History, All),
        ],
        home: &[],
        duties: &[Duty::KeepMembers],
        grants: LOCAL,
    },
    Rule {
        role: Role::QualityLeader,
        national: false,
        reads: &[
            (Catalogue, All),
            (Own, All),
            (Organization, All),
            (Structure, All),
            (Staff, All),
            (Processes, All),
            (Improvement, All),
            (Direction, All),
            (Access, All),
            (History, All),
        ],
        home: &[],
        duties: &[
            Duty::FormulateStructure,
            Duty::AppointStaff,
            Duty::FormulateProcesses,
            Duty::AnswerFindings,
            Duty::FormulatePlans,
            Duty::Disseminate,
            Duty::Acknowledge,
        ],
        grants: &[],
    },
    Rule {
        role: Role::SeniorManagement,
        national: false,
        reads: &[
            (Catalogue, All),
            (Own, All),
            (Organization, All),
            (Structure, All),
            (Staff, All),
            (Processes, All),
            (Improvement, All),
            (Direction, All),
            (PersonalData, All),
            (Access, All),
            (History, All),
        ],
        home: &[],
        duties: &[
            Duty::ApproveStructure,
            Duty::ApproveProcesses,
            Duty::ApprovePlans,
            Duty::Direct,
            Duty::Disseminate,
            Duty::Acknowledge,
            Duty::Backdate,
            Duty::KeepPersonalData,
        ],
        grants: &[],
    },
    Rule { role: Role::ProcessOwner, national: false, reads: SCOPED, home: &[], duties: OWNS, grants: &[] },
    Rule { role: Role::UnitHead, national: false, reads: SCOPED, home: &[], duties: OWNS, grants: &[] },
    Rule {
        role: Role::Executor,
        national: false,
        reads: WORKING,
        home: &[],
        duties: &[Duty::ReportProgress, Duty::Acknowledge],
        grants: &[],
    },
    Rule {
        role: Role::Auditor,
        national: false,
        reads: WORKING,
        home: &[],
        duties: &[Duty::Audit, Duty::VerifyActions, Duty::Acknowledge],
        grants: &[],
    },
    Rule {
        role: Role::InternalControl,
        national: false,
        reads: &[
            (Catalogue, All),
            (Own, All),
            (Organization, All),
            (Structure, All),
            (Staff, All),
            (Processes, All),
            (Improvement, All),
            (Direction, All),
            (PersonalData, All),
            (Access, All),
            (History, All),
        ],
        home: &[],
        duties: &[Duty::PlanAudits, Duty::Audit, Duty::ControlPlans, Duty::VerifyActions, Duty::Acknowledge],
        grants: &[],
    },
    Rule {
        role: Role::SfiMonitor,
        national: true,
        reads: &[
            (Catalogue, All),
            (Own, All),
            (Organization, All),
            (Structure, All),
            (Staff, All),
            (Processes, All),
            (Improvement, All),
            (Direction, All),
            (History, All),
        ],
        home: &[],
        duties: &[],
        grants: &[],
    },
    Rule {
        role: Role::NationalAdmin,
        national: true,
        reads: &[(Catalogue, All), (Own, All), (Organization, All)],
        home: &[(Access, All), (History, All)],
        duties: &[Duty::KeepOrganizations, Duty::KeepMembers, Duty::NameAdministrators],
        grants: &[Role::OrganizationAdmin, Role::SfiMonitor, Role::NationalAdmin, Role::PartnerAnalyst],
    },
    Rule { role: Role::PartnerAnalyst, national: true, reads: NATIONAL, home: &[], duties: &[], grants: &[] },
    Rule {
        role: Role::Service,
        national: false,
        reads: &[
            (Catalogue, All),
            (Own, All),
            (Organization, All),
            (Structure, All),
            (Staff, All),
            (Processes, All),
            (Improvement, All),
            (Direction, All),
        ],
        home: &[],
        duties: &[
            Duty::FormulateStructure,
            Duty::AppointStaff,
            Duty::FormulateProcesses,
            Duty::FormulatePlans,
            Duty::Backdate,
        ],
        grants: &[],
    },
    Rule { role: Role::Public, national: true, reads: &[(Catalogue, All)], home: &[], duties: &[], grants: &[] },
];

/// The line of a role.
pub fn rule(role: Role) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.role == role)
}

/// FORBIDDEN, naming the roles that have the duty.
pub fn lacks(duty: Duty) -> Refusal {
    forbidden(|rule| rule.duties.contains(&duty))
}

/// FORBIDDEN, naming the roles that read something under the heading.
pub fn reads_not(subject: Subject) -> Refusal {
    forbidden(|rule| rule.extent(subject) > Extent::Nothing)
}

/// FORBIDDEN, naming the roles that read the heading of every organization.
pub fn reads_not_all(subject: Subject) -> Refusal {
    forbidden(|rule| rule.national && rule.extent(subject) > Extent::Nothing)
}

fn forbidden(may: impl Fn(&Rule) -> bool) -> Refusal {
    let roles = RULES.iter().filter(|rule| may(rule)).map(|rule| name(rule.role));
    ErrorCode::Forbidden.with("roles", roles.collect::<Vec<_>>())
}

impl Rule {
    /// How much of a heading it reads.
    pub fn extent(&self, subject: Subject) -> Extent {
        extent(self.reads, subject)
    }

    /// How much of a heading it reads in the organization of its grant.
    pub fn extent_at_home(&self, subject: Subject) -> Extent {
        self.extent(subject).max(extent(self.home, subject))
    }
}

fn extent(reads: &[(Subject, Extent)], subject: Subject) -> Extent {
    reads.iter().find(|(known, _)| *known == subject).map_or(Extent::Nothing, |(_, extent)| *extent)
}

/// The page `docs/permissions.md`.
pub fn permissions_markdown() -> String {
    let mut page = String::from(
        "# Permissions\n\nGenerated from `api/src/access/rules.rs` by `articula docs`; a test keeps it current. \
         What the table does not say is refused.\n\n## Reading\n\n`all`: drafts too; `published`: what is in force or was; `own work`: what one audits, executes or is told of; `of scope`: drafts too, \
         of the unit to which the grant is limited and of what hangs under it (a limit makes `all` of structures and staff the same \
         and opens no personal data); a limit narrows structures, staff and acts, and nothing else: the record of the organization, its members \
         and keys, and the history are read as the role reads them; \
         a role that is *national* reads so in every organization, any other only in that of its grant; `at home`: a national role in that \
         of its grant too. A grant counts while its account is an active member there. \
         PUBLIC is nobody's grant: it stands for requests without a token, which read nothing as long as open data are not served.\n\n| role | national |",
    );
    for subject in Subject::ALL {
        page.push_str(&format!(" {subject:?} |"));
    }
    page.push_str(&format!("\n| --- | --- |{}\n", " --- |".repeat(Subject::ALL.len())));
    for rule in RULES {
        page.push_str(&format!("| {} | {} |", name(rule.role), if rule.national { "yes" } else { "" }));
        for subject in Subject::ALL {
            let extent = match (rule.extent(subject), rule.extent_at_home(subject)) {
                (Extent::Nothing, Extent::Nothing) => "",
                (Extent::Nothing, _) => "at home",
                (Extent::OwnWork, _) => "own work",
                (Extent::Published, _) => "published",
                (Extent::OfScope, _) => "of scope",
                (Extent::All, _) => "all",
            };
            page.push_str(&format!(" {extent} |"));
        }
        page.push('\n');
    }
    page.push_str("\n## Acting\n\nOnly in the organization of the grant; a duty marked *everywhere* is done in all of them.\n\n| role |",
    );
    for duty in Duty::ALL {
        page.push_str(&format!(" {duty:?} |"));
    }
    page.push_str(&format!("\n| --- |{}\n", " --- |".repeat(Duty::ALL.len())));
    for rule in RULES {
        page.push_str(&format!("| {} |", name(rule.role)));
        for duty in Duty::ALL {
            page.push_str(match rule.duties.contains(&duty) {
                true if rule.national && duty.is_national() => " everywhere |",
                true => " yes |",
                false => " |",
            });
        }
        page.push('\n');
    }
    page.push_str(
        "\n## Granting\n\nWho may give which role to somebody else. NATIONAL_ADMIN names an ORGANIZATION_ADMIN only while the \
         organization has none, in any organization; nobody decides on himself, by whatever account. NATIONAL_ADMIN and \
         SFI_MONITOR hold in the Ministry, PARTNER_ANALYST outside of secretariats.\n\n| role | gives |\n| --- | --- |\n",
    );
    for rule in RULES.iter().filter(|rule| !rule.grants.is_empty()) {
        let given: Vec<_> = rule.grants.iter().map(|role| name(*role)).collect();
        page.push_str(&format!("| {} | {} |\n", name(rule.role), given.join(", ")));
    }
    page + &acts_markdown() + &scopes_markdown()
}

/// The roles that have a duty, in the order of the table.
pub fn who(duty: Duty) -> String {
    let roles = RULES.iter().filter(|rule| rule.duties.contains(&duty));
    roles.map(|rule| name(rule.role)).collect::<Vec<_>>().join(", ")
}

/// The GraphQL name of a role.
pub fn name(role: Role) -> &'static str {
    Role::VOCABULARY.by_number(role.number()).map_or("", |term| term.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_stands_in_the_table_once() {
        for term in Role::VOCABULARY.terms {
            let lines = RULES.iter().filter(|rule| rule.role.number() == term.number).count();
            assert_eq!(lines, 1, "{}", term.name);
        }
    }

    #[test]
    fn who_reads_all_organizations_changes_nothing_of_theirs() {
        for rule in RULES.iter().filter(|rule| rule.national && rule.role != Role::NationalAdmin) {
            assert!(rule.duties.is_empty(), "{:?}", rule.role);
        }
    }

    #[test]
    fn a_national_role_acts_beyond_its_grant_in_national_duties_only() {
        use crate::access::actor::{Actor, Held};
        let (here, elsewhere) = (uuid::Uuid::from_u128(1), uuid::Uuid::from_u128(2));
        for rule in RULES {
            let grants = vec![Held { role: rule.role, organization: here, scope: None }];
            let actor = Actor { grants, ..Actor::visitor() };
            for duty in Duty::ALL {
                let has = rule.duties.contains(&duty);
                assert_eq!(actor.has(duty, here), has, "{:?} {duty:?}", rule.role);
                let national = matches!(duty, Duty::KeepOrganizations | Duty::NameAdministrators);
                let everywhere = has && rule.role == Role::NationalAdmin && national;
                assert_eq!(actor.has(duty, elsewhere), everywhere, "{:?} {duty:?}", rule.role);
            }
        }
        let line = format!("| NATIONAL_ADMIN |{} everywhere | yes | everywhere | |", " |".repeat(18));
        assert!(permissions_markdown().contains(&line), "{}", permissions_markdown());
    }

    #[test]
    fn who_keeps_personal_data_reads_them_all() {
        for rule in RULES.iter().filter(|rule| rule.duties.contains(&Duty::KeepPersonalData)) {
            assert_eq!(rule.extent(PersonalData), All, "{:?} writes what it does not read", rule.role);
            assert!(!rule.national, "{:?} keeps data of persons whom it does not employ", rule.role);
        }
        assert_eq!(who(Duty::KeepPersonalData), "SENIOR_MANAGEMENT");
    }

    #[test]
    fn nobody_both_formulates_and_approves() {
        for rule in RULES {
            assert!(
                !(rule.duties.contains(&Duty::FormulateStructure) && rule.duties.contains(&Duty::ApproveStructure))
            );
        }
    }
}
