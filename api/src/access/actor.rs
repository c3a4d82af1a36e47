//! Who asks: an account, the person behind it, and the grants that hold today.

use entity::access::Role;
use uuid::Uuid;

use super::{
    rules::{self, Duty, Subject},
    scopes::{self, Limit},
    subtree::Subtree,
    visibility::{Orgs, Reach},
};
use crate::graph::error::{ErrorCode, Refusal};

/// A grant that holds today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The role.
    pub role: Role,
    /// The organization in which it holds.
    pub organization: Uuid,
    /// The units that it is limited to, if it is.
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
    /// What the scopes of its API key leave of them, when it showed one.
    pub limit: Limit,
    /// Changes with the actor's grants; parts of caches are keyed by it.
    pub grants_version: u64,
}

impl Actor {
    /// A visitor who showed no token: reads nothing.
    pub fn visitor() -> Self {
        Self { account: None, grants: Vec::new(), persons: Vec::new(), limit: Limit::default(), grants_version: 0 }
    }

    /// How far it sees under a heading.
    pub fn reach(&self, subject: Subject) -> Reach {
        if subject == Subject::Own && self.account.is_some() {
            return Reach { whole: Orgs::Every, published: Orgs::Every, within: Vec::new() };
        }
        // Whoever is known reads the national catalogues, grants or none.
        if subject == Subject::Catalogue && self.account.is_some() {
            return Reach { whole: Orgs::Every, published: Orgs::Every, within: Vec::new() };
        }
        if self.limit.reads(subject) { Reach::of(&self.grants, subject) } else { Reach::of(&[], subject) }
    }

    /// Has it this duty in the whole of this organization?
    pub fn has(&self, duty: Duty, organization: Uuid) -> bool {
        self.with(duty, organization).any(|held| held.scope.is_none())
    }

    /// May it do what takes this duty in this organization, on what belongs to this unit?
    ///
    /// # Errors
    /// `FORBIDDEN` without the duty; `OUT_OF_SCOPE` when it is limited to other units. What belongs to no unit is
    /// outside of every scope.
    pub fn may(&self, duty: Duty, organization: Uuid, unit: Option<Uuid>) -> Result<(), Refusal> {
        let mut limited = Vec::new();
        for held in self.with(duty, organization) {
            match (&held.scope, unit) {
                (None, _) => return Ok(()),
                (Some(scope), Some(unit)) if scope.holds(unit) => return Ok(()),
                _ => limited.push(rules::name(held.role)),
            }
        }
        if !self.limit.does(duty) {
            return Err(ErrorCode::KeyScopeMissing.with("scopes", scopes::names_for(duty)));
        }
        if limited.is_empty() {
            return Err(rules::lacks(duty));
        }
        Err(ErrorCode::OutOfScope.with("roles", limited))
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

    /// Is this member the actor itself: the same account, or the same person under another one?
    pub fn is_itself(&self, organization: Uuid, account: Option<Uuid>, person: Option<Uuid>) -> bool {
        account.is_some() && account == self.account || person.is_some() && person == self.person(organization)
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
