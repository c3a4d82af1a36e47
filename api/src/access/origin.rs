//! From whom a right to keep members comes: who is no person somewhere acts there for these, and gives them nothing.

use std::collections::BTreeSet;

use uuid::Uuid;

/// One way in which an account came to keep members: somebody invited it, or gave it the role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Who came to it.
    pub account: Uuid,
    /// By whom.
    pub by: Uuid,
    /// Where.
    pub organization: Uuid,
    /// Does it reach every organization?
    pub national: bool,
}

/// Those behind an account that is no person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The organization in which it keeps members; none: it names administrators everywhere.
    pub organization: Option<Uuid>,
    /// Their accounts.
    pub accounts: BTreeSet<Uuid>,
    /// The persons that these are: organization, person.
    pub persons: Vec<(Uuid, Uuid)>,
}

impl Origin {
    /// Is it one of them, by account or by person?
    pub fn holds(&self, organization: Uuid, account: Option<Uuid>, person: Option<Uuid>) -> bool {
        self.reaches(organization)
            && (account.is_some_and(|account| self.accounts.contains(&account))
                || person.is_some_and(|person| self.persons.contains(&(organization, person))))
    }

    /// Does the right hold in this organization?
    pub fn reaches(&self, organization: Uuid) -> bool {
        self.organization.is_none_or(|own| own == organization)
    }
}

/// Everybody from whom, directly or not, the right of an account comes.
pub fn above(account: Uuid, organization: Option<Uuid>, links: &[Link]) -> BTreeSet<Uuid> {
    let (mut found, mut next) = (BTreeSet::new(), vec![account]);
    while let Some(account) = next.pop() {
        let ways = links.iter().filter(|link| link.account == account);
        for link in ways.filter(|link| link.national || Some(link.organization) == organization) {
            if found.insert(link.by) {
                next.push(link.by);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use entity::access::Role;
    use proptest::prelude::*;

    use super::*;
    use crate::{
        access::{
            actor::{Actor, Held},
            rules::Duty,
        },
        organization::rules::cases,
    };

    const HERE: Uuid = Uuid::from_u128(1);
    /// The person that the human is.
    const HUMAN: Uuid = Uuid::from_u128(2);
    /// The human's first account, and the one of whoever made him administrator.
    const FIRST: usize = 0;
    const MAKER: Uuid = Uuid::from_u128(99);

    fn account(number: usize) -> Uuid {
        Uuid::from_u128(100 + number as u128)
    }

    /// What an organization knows of accounts that are all one human's.
    #[derive(Clone)]
    struct World {
        /// The person that each account is, of those that are members.
        members: Vec<Option<Option<Uuid>>>,
        grants: Vec<(usize, Role)>,
        links: Vec<Link>,
    }

    impl World {
        fn actor(&self, number: usize) -> Actor {
            let own = self.grants.iter().filter(|(holder, _)| *holder == number);
            let grants = own.map(|(_, role)| Held { role: *role, organization: HERE, scope: None }).collect();
            let person = self.members[number].flatten();
            let accounts = above(account(number), Some(HERE), &self.links);
            let tied = (0..self.members.len()).filter(|other| accounts.contains(&account(*other)));
            let persons = tied.filter_map(|other| Some((HERE, self.members[other]??))).collect();
            Actor {
                account: Some(account(number)),
                grants,
                persons: person.map(|person| (HERE, person)).into_iter().collect(),
                origins: vec![Origin { organization: Some(HERE), accounts, persons }],
                ..Actor::visitor()
            }
        }

        fn link(&mut self, number: usize, by: usize) {
            self.links.push(Link { account: account(number), by: account(by), organization: HERE, national: false });
        }

        /// One act of one of the accounts on another, as the rules let it be done; a human ties his accounts to nobody
        /// but himself.
        fn act(&mut self, by: usize, on: usize, act: Step) {
            let actor = self.actor(by);
            if !actor.has(Duty::KeepMembers, HERE) {
                return;
            }
            let itself = |person| actor.is_itself(HERE, Some(account(on)), person);
            match (act, self.members[on]) {
                (Step::Invite(tied), None) => {
                    self.members[on] = Some(tied.then_some(HUMAN));
                    self.link(on, by);
                }
                (Step::Give(role), Some(person)) if !itself(person) && actor.may_give(role, HERE, true) => {
                    self.grants.push((on, role));
                    if role == Role::OrganizationAdmin {
                        self.link(on, by);
                    }
                }
                (Step::Tie, Some(None)) if !itself(None) && !actor.is_itself(HERE, None, Some(HUMAN)) => {
                    self.members[on] = Some(Some(HUMAN));
                }
                (Step::Untie, Some(person)) if !itself(person) => self.members[on] = Some(None),
                _ => {}
            }
        }
    }

    #[derive(Clone, Copy, Debug)]
    enum Step {
        Invite(bool),
        Give(Role),
        Tie,
        Untie,
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            any::<bool>().prop_map(Step::Invite),
            Just(Step::Give(Role::OrganizationAdmin)),
            Just(Step::Give(Role::SeniorManagement)),
            Just(Step::Tie),
            Just(Step::Untie),
        ]
    }

    proptest! {
        #![proptest_config(cases())]

        /// Whatever accounts an administrator makes, and whatever these do to each other: the human gets no role by them.
        #[test]
        fn no_sequence_of_invitations_and_grants_gives_a_human_a_role_by_accounts_that_only_he_made(
            acts in proptest::collection::vec((0..5_usize, 0..5_usize, step()), 0..80),
        ) {
            let mut world = World {
                members: vec![None; 5],
                grants: vec![(FIRST, Role::OrganizationAdmin)],
                links: vec![Link { account: account(FIRST), by: MAKER, organization: HERE, national: false }],
            };
            world.members[FIRST] = Some(Some(HUMAN));
            for (by, on, act) in acts {
                world.act(by, on, act);
                for (number, person) in world.members.iter().enumerate() {
                    let gained = world.grants[1..].iter().any(|(holder, _)| *holder == number);
                    prop_assert!(!(gained && (number == FIRST || *person == Some(Some(HUMAN)))), "{by} {on} {act:?}");
                }
                prop_assert_eq!(world.members[FIRST], Some(Some(HUMAN)), "he is who he was");
            }
        }
    }

    #[test]
    fn a_right_comes_from_those_where_it_holds() {
        let link = |account, by, organization, national| Link {
            account: Uuid::from_u128(account),
            by: Uuid::from_u128(by),
            organization: Uuid::from_u128(organization),
            national,
        };
        let links = [link(10, 11, 1, false), link(11, 12, 9, true), link(11, 13, 2, false), link(12, 10, 1, false)];
        let of = |account, organization: Option<u128>| {
            let found = above(Uuid::from_u128(account), organization.map(Uuid::from_u128), &links);
            found.into_iter().map(|uuid| uuid.as_u128()).collect::<Vec<_>>()
        };
        assert_eq!(of(10, Some(1)), [10, 11, 12], "it ends, though they gave it to each other in a circle");
        assert_eq!(of(10, Some(2)), [0_u128; 0]);
        assert_eq!(of(11, Some(2)), [12, 13]);
        assert_eq!(of(11, None), [12], "a national right comes by national ways");
    }
}
