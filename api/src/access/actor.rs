//! Who asks: an account, the person behind it, and the grants that hold today.

use entity::access::Role;
use uuid::Uuid;

use super::{
    origin::Origin,
    rules::{self, Duty, Subject},
    scopes::{self, Limit},
    subtree::Subtree,
    visibility::Reach,
};
use crate::graph::error::{ErrorCode, Refusal};

/// A grant that holds today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The role.
    pub role: Role,
    /// The organization in which it holds.
    pub organization: Uuid,
    /// The units and processes that it is limited to, if it is.
    pub scope: Option<Subtree>,
}

/// Somebody (or a program) known by a verified token.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The account; `None` for a visitor who showed no token.
    pub account: Option<Uuid>,
    /// The grants that hold today.
    pub grants: Vec<Held>,
    /// The person behind the account, by organization: rules about "different people" compare these.
    pub persons: Vec<(Uuid, Uuid)>,
    /// Those from whom its right to keep members comes, where it is no person.
    pub origins: Vec<Origin>,
    /// What the scopes of its API key leave of them, when it showed one.
    pub limit: Limit,
    /// Changes with the actor's grants; parts of caches are keyed by it.
    pub grants_version: u64,
    /// How it was found, so that an act can make sure of it; `None` for one that was made by hand (commands, tests).
    pub known: Option<Known>,
}

/// The request that somebody came with, as the history tells it.
#[derive(Clone, Copy, Debug)]
pub struct Via<'a> {
    /// Its id, as the answer and the log show it.
    pub request_id: &'a str,
    /// The program that sent it, where it is known.
    pub client: Option<&'a str>,
}

/// How an actor was found in the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// By what.
    pub by: Credential,
    /// As of when: [`crate::store::Store::access_epoch`] before its grants were read.
    pub epoch: i64,
}

/// What somebody showed, as far as it is needed to look again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credential {
    /// A token.
    Token {
        /// Who says who it is.
        issuer: String,
        /// Who it is for him.
        subject: String,
    },
    /// An API key.
    Key {
        /// What it is found by.
        prefix: String,
        /// What is stored of it.
        hash: String,
    },
}

impl Actor {
    /// A visitor who showed no token: reads nothing.
    pub fn visitor() -> Self {
        Self {
            account: None,
            grants: Vec::new(),
            persons: Vec::new(),
            origins: Vec::new(),
            limit: Limit::default(),
            grants_version: 0,
            known: None,
        }
    }

    /// How far it sees under a heading.
    pub fn reach(&self, subject: Subject) -> Reach {
        // Whoever is known reads what is his own and the national catalogues, grants or none.
        if matches!(subject, Subject::Own | Subject::Catalogue) && self.account.is_some() {
            return Reach::everything();
        }
        if self.limit.reads(subject) { Reach::of(&self.grants, &self.persons, subject) } else { Reach::nothing() }
    }

    /// Has it this duty in the whole of this organization?
    pub fn has(&self, duty: Duty, organization: Uuid) -> bool {
        self.with(duty, organization).any(|held| held.scope.is_none())
    }

    /// May it do what takes this duty in this organization, on what belongs to one of these units?
    ///
    /// # Errors
    /// `FORBIDDEN` without the duty; `OUT_OF_SCOPE` when it is limited to other units. What belongs to no unit is
    /// outside of every scope.
    pub fn may(&self, duty: Duty, organization: Uuid, units: &[Uuid]) -> Result<(), Refusal> {
        let mut limited = Vec::new();
        for held in self.with(duty, organization) {
            match &held.scope {
                None => return Ok(()),
                Some(scope) if units.iter().any(|unit| scope.holds(*unit)) => return Ok(()),
                Some(_) => limited.push(rules::name(held.role)),
            }
        }
        let opening = scopes::names_for(duty);
        if !self.limit.does(duty) && !opening.is_empty() {
            return Err(ErrorCode::KeyScopeMissing.with("scopes", opening));
        }
        if limited.is_empty() {
            return Err(rules::lacks(duty));
        }
        Err(ErrorCode::OutOfScope.with("roles", limited))
    }

    /// May it do what takes this duty anywhere in this organization: in all of it, or in some of its units?
    ///
    /// # Errors
    /// As [`Actor::may`].
    pub fn may_somewhere(&self, duty: Duty, organization: Uuid) -> Result<(), Refusal> {
        match self.with(duty, organization).next() {
            Some(_) => Ok(()),
            None => self.may(duty, organization, &[]),
        }
    }

    /// Why it reads nothing under a heading: its key's scopes do not open it, or its roles do not.
    pub fn reads_not(&self, subject: Subject) -> Refusal {
        match scopes::names_to_read(subject) {
            opening if !self.limit.reads(subject) && !opening.is_empty() => {
                ErrorCode::KeyScopeMissing.with("scopes", opening)
            }
            _ => rules::reads_not(subject),
        }
    }

    /// The grants that have the duty there, limited ones too.
    fn with(&self, duty: Duty, organization: Uuid) -> impl Iterator<Item = &Held> {
        let open = self.limit.does(duty);
        self.grants.iter().filter(move |held| {
            open && rules::rule(held.role).is_some_and(|rule| {
                let reaches = held.organization == organization || rule.national && duty.is_national();
                reaches && rule.duties.contains(&duty)
            })
        })
    }

    /// May it give this role to somebody in this organization, which has an administrator or not? The nation names
    /// the first one only.
    pub fn may_give(&self, role: Role, organization: Uuid, administered: bool) -> bool {
        let whole = self.grants.iter().filter(|held| held.scope.is_none());
        whole.filter_map(|held| Some((held, rules::rule(held.role)?))).any(|(held, rule)| {
            let reaches = held.organization == organization || rule.national;
            let late = rule.national && role == Role::OrganizationAdmin && administered;
            reaches && !late && rule.grants.contains(&role)
        })
    }

    /// Is this member the actor itself: the same account, or the same person under another one? Who is no person there
    /// counts as everybody from whom its right to keep members comes.
    pub fn is_itself(&self, organization: Uuid, account: Option<Uuid>, person: Option<Uuid>) -> bool {
        match self.person(organization) {
            own @ Some(_) => account.is_some() && account == self.account || person == own,
            None => {
                account.is_some() && account == self.account
                    || self.origins.iter().any(|origin| origin.holds(organization, account, person))
            }
        }
    }

    /// Who answers for what is done with a key that the actor makes: its account and person, and those for whom it
    /// acts where it is no person.
    pub fn answerable(&self, organization: Uuid) -> Vec<Uuid> {
        let person = self.person(organization);
        let behind = self.origins.iter().filter(|origin| person.is_none() && origin.reaches(organization));
        let behind = behind.flat_map(|origin| {
            let persons = origin.persons.iter().filter(|(at, _)| *at == organization).map(|(_, person)| *person);
            origin.accounts.iter().copied().chain(persons)
        });
        self.account.into_iter().chain(person).chain(behind).collect()
    }

    /// Has it this duty anywhere?
    pub fn has_anywhere(&self, duty: Duty) -> bool {
        let has = |held: &Held| rules::rule(held.role).is_some_and(|rule| rule.duties.contains(&duty));
        self.limit.does(duty) && self.grants.iter().any(has)
    }

    /// Its roles in an organization.
    pub fn roles(&self, organization: Uuid) -> Vec<Role> {
        self.grants.iter().filter(|held| held.organization == organization).map(|held| held.role).collect()
    }

    /// The person that it is in an organization.
    pub fn person(&self, organization: Uuid) -> Option<Uuid> {
        self.persons.iter().find(|(org, _)| *org == organization).map(|(_, person)| *person)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::organization::rules::cases;

    const HERE: Uuid = Uuid::from_u128(1);
    const THERE: Uuid = Uuid::from_u128(2);
    const ACCOUNTS: u128 = 6;

    fn account(number: usize) -> Uuid {
        Uuid::from_u128(100 + number as u128 % ACCOUNTS)
    }

    /// Two accounts each are one person here.
    fn person(account: Uuid) -> Uuid {
        Uuid::from_u128(1000 + account.as_u128() / 2)
    }

    fn any_role() -> impl Strategy<Value = Role> {
        (1..=13_i16).prop_map(|number| Role::from_number(number).expect("a role"))
    }

    /// What somebody is, who has these grants among all.
    fn actor(account: Uuid, grants: &[(Uuid, Uuid, Role, Option<Uuid>)]) -> Actor {
        let limited = |unit: &Uuid| Subtree { units: vec![*unit] };
        let own = grants.iter().filter(|(holder, ..)| *holder == account);
        let held = own.map(|(_, organization, role, scope)| Held {
            role: *role,
            organization: *organization,
            scope: scope.as_ref().map(limited),
        });
        let persons = vec![(HERE, person(account)), (THERE, person(account))];
        Actor { account: Some(account), grants: held.collect(), persons, ..Actor::visitor() }
    }

    proptest! {
        #![proptest_config(cases())]

        /// Whatever those who are not national do to each other, in whatever order: nobody gets a role that stands not in the
        /// column of an administrator of that very organization, and nobody gets one of himself.
        #[test]
        fn no_sequence_of_grants_escapes_the_column(
            first in prop_oneof![Just(Role::OrganizationAdmin), any_role().prop_filter("national", |role| *role != Role::NationalAdmin)],
            acts in proptest::collection::vec((0..6_usize, 0..6_usize, any_role(), any::<bool>(), any::<bool>(), any::<bool>()), 0..60),
        ) {
            let mut grants = vec![(account(0), HERE, first, None)];
            for (giver, receiver, role, here, administered, scoped) in acts {
                let (giver, receiver) = (account(giver), account(receiver));
                let at = if here { HERE } else { THERE };
                let by = actor(giver, &grants);
                let itself = by.is_itself(at, Some(receiver), Some(person(receiver)));
                if by.has(Duty::KeepMembers, at) && by.may_give(role, at, administered) && !itself {
                    prop_assert_ne!(person(giver), person(receiver));
                    grants.push((receiver, at, role, scoped.then_some(HERE)));
                }
            }
            let column = rules::rule(Role::OrganizationAdmin).expect("a rule").grants;
            for (_, organization, role, _) in &grants[1..] {
                prop_assert_eq!(*organization, HERE, "nothing is given where nobody administers");
                prop_assert_eq!(first, Role::OrganizationAdmin, "only an administrator begins it");
                prop_assert!(column.contains(role));
                prop_assert!(!rules::rule(*role).expect("a rule").national);
            }
        }
    }

    #[test]
    fn the_nation_gives_what_its_column_says_and_the_first_administrator_only() {
        let nation = actor(account(0), &[(account(0), HERE, Role::NationalAdmin, None)]);
        for organization in [HERE, THERE] {
            for role in [Role::SfiMonitor, Role::NationalAdmin, Role::PartnerAnalyst] {
                assert!(nation.may_give(role, organization, true), "{role:?}");
            }
            assert!(nation.may_give(Role::OrganizationAdmin, organization, false));
            assert!(!nation.may_give(Role::OrganizationAdmin, organization, true));
            for role in [Role::QualityLeader, Role::Service, Role::SeniorManagement, Role::Public] {
                assert!(!nation.may_give(role, organization, false), "{role:?}");
            }
        }
    }

    #[test]
    fn an_administrator_of_a_unit_is_none() {
        let limited = actor(account(0), &[(account(0), HERE, Role::OrganizationAdmin, Some(THERE))]);
        assert!(!limited.has(Duty::KeepMembers, HERE) && !limited.may_give(Role::Executor, HERE, true));
    }

    #[test]
    fn a_key_does_what_its_scopes_open_of_what_its_roles_give() {
        let grants = [(account(0), HERE, Role::Service, None)];
        let key = |scopes: &[&str]| Actor { limit: Limit::to(scopes), ..actor(account(0), &grants) };
        let writer = key(&["structure:write"]);
        assert!(writer.has(Duty::FormulateStructure, HERE) && !writer.has(Duty::FormulateStructure, THERE));
        assert!(!writer.has(Duty::AppointStaff, HERE) && !writer.has_anywhere(Duty::Backdate));
        assert!(writer.reach(Subject::Staff).whole.contains(HERE), "who writes reads what it writes");
        let reader = key(&["organization:read"]);
        assert!(reader.reach(Subject::Structure).is_nothing() && !reader.has(Duty::FormulateStructure, HERE));
        assert!(!reader.reach(Subject::Catalogue).is_nothing());
    }
}
