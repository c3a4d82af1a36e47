//! Each mutation by everybody: what becomes of it follows from the table of rules.

use std::collections::BTreeSet;

use articula::{
    access::rules::{Duty, Extent, RULES, Rule, Subject, rule},
    contract::acts,
    exchange::demo,
    graph::declaration::Owner,
};
use articula_tests::{
    demonstration,
    seed::Val,
    service::{Service, User},
};
use entity::{OpaqueId, access::Role};
use serde_json::json;

use super::{
    calls::{CALLS, Call},
    stock::{Outcome, Shelf, Thing, is_walked_whole, walked},
};

const FUNZA: &str = "Secretaría de Educación de Funza";

/// Somebody who tries.
#[derive(Debug)]
pub struct Somebody {
    /// Who the token says it is; none shows no token.
    subject: Option<String>,
    /// Its role, and whether it has it in Funza or, for a national role, at its seat.
    role: Option<(Role, bool)>,
    /// Is there such an account?
    known: bool,
}

impl Somebody {
    /// Everybody: each role in Funza or at its seat, those with duties in another secretariat, and those with none.
    pub async fn all(service: &Service) -> Vec<Self> {
        let mut all = Vec::new();
        for rule in RULES {
            let subject = demo::subject(rule.role);
            let is_local = subject.as_ref().is_none_or(|subject| subject.ends_with("@funza"));
            let subject = match subject {
                Some(subject) => subject,
                None => {
                    let subject = format!("{:?}@funza", rule.role);
                    let grant = (rule.role, FUNZA);
                    service.fresh.open_account(&subject, Some(grant)).await;
                    subject
                }
            };
            if is_local && subject.ends_with("@funza") && !rule.national {
                let elsewhere = subject.replace("@funza", "@medellin");
                all.push(Self { subject: Some(elsewhere), role: Some((rule.role, false)), known: true });
            }
            all.push(Self { subject: Some(subject), role: Some((rule.role, true)), known: true });
        }
        service.fresh.open_account("nadie@ninguna-parte", None).await;
        all.push(Self { subject: Some("nadie@ninguna-parte".to_owned()), role: None, known: true });
        all.push(Self { subject: Some("desconocido@funza".to_owned()), role: None, known: false });
        all.push(Self { subject: None, role: None, known: false });
        all
    }

    pub fn user<'a>(&self, service: &'a Service) -> User<'a> {
        self.subject.as_ref().map_or_else(|| service.visitor(), |subject| service.user(subject))
    }

    /// Is there such an account?
    pub fn is_known(&self) -> bool {
        self.known
    }

    /// Its line of the table.
    pub fn rule_anywhere(&self) -> Option<&'static Rule> {
        self.role.and_then(|(role, _)| rule(role))
    }

    /// Its line of the table, where that counts for an organization that is Funza or another.
    fn rule(&self, funza: bool) -> Option<&'static Rule> {
        let (_, here) = self.role?;
        self.rule_anywhere().filter(|rule| here && funza || rule.national)
    }

    fn reads(&self, target: &Target) -> bool {
        let least = if target.published { Extent::Published } else { Extent::All };
        self.rule(target.funza).is_some_and(|rule| rule.extent(target.subject) >= least)
    }

    /// Has it a duty there? Whoever has a national duty has it in every organization.
    fn has(&self, duty: Duty, funza: bool) -> bool {
        let seated = |rule: &&Rule| !rule.national || duty.is_national();
        self.rule(funza).filter(seated).is_some_and(|rule| rule.duties.contains(&duty))
    }

    fn is_no_executor(&self) -> bool {
        self.role.is_none_or(|(role, _)| role != Role::Executor)
    }

    /// Is its role limited to a unit?
    fn is_limited(&self) -> bool {
        self.role.is_some_and(|(role, _)| role == Role::UnitHead)
    }

    /// Does it see what is published to nobody because it lies in its unit, or it works on it? The oracle of reading says
    /// whether it should.
    async fn is_involved(&self, service: &Service, target: &Target) -> bool {
        let extents = self.rule(target.funza).map(|rule| rule.extent(target.subject));
        let limited = matches!(extents, Some(Extent::OwnWork | Extent::OfScope)) && !target.published;
        let query = format!("{{ node(id: {:?}) {{ id }} }}", target.id);
        limited && self.user(service).ask(&query, json!({})).await.codes().is_empty()
    }

    fn expected(&self, call: &Call, target: Option<&Target>, involved: bool) -> Outcome {
        match target {
            _ if !self.known => Outcome::Unauthenticated,
            // Material reaches him as one of its audience, for a unit that is not his.
            Some(target) if involved && self.is_limited() && target.subject == Subject::Direction => Outcome::Other,
            // Whoever made a report takes it back, and that is who executes.
            Some(_) if involved && call.act == "progressReportWithdraw" && self.is_no_executor() => {
                match self.has(call.duty(), true) {
                    true => Outcome::Other,
                    false => Outcome::Forbidden,
                }
            }
            Some(_) if involved && self.has(call.duty(), true) => Outcome::Done,
            Some(_) if involved => Outcome::Forbidden,
            Some(target) if !self.reads(target) => Outcome::NotFound,
            // The head of a unit is limited to it, and nothing that he reads here lies in it.
            _ if self.has(call.duty(), target.is_none_or(|target| target.funza)) && self.is_limited() => Outcome::Other,
            _ if self.has(call.duty(), target.is_none_or(|target| target.funza)) => Outcome::Done,
            _ => Outcome::Forbidden,
        }
    }
}

/// What the table says about reading the thing that a call acts on.
struct Target {
    id: String,
    subject: Subject,
    published: bool,
    /// Does Funza own it?
    funza: bool,
}

impl Target {
    async fn of(service: &Service, thing: &Thing) -> Self {
        let declaration = thing.declaration();
        let uuid = OpaqueId::parse(&thing.id).expect("an id").uuid;
        let id = Val::Uuid(uuid).literal(service.fresh.dialect);
        let holds = async |condition: &str| {
            let table = declaration.table;
            let statement = format!("SELECT 'yes' FROM {table} it WHERE it.id = {id} AND ({condition})");
            !service.fresh.texts(&statement).await.is_empty()
        };
        let published = match declaration.visibility.published {
            None => true,
            Some(template) => holds(&template.replace("{t}", "it")).await,
        };
        let Owner::Column(owner) = declaration.visibility.owner else { panic!("{} has no owner", declaration.name) };
        let funza = holds(&format!("it.{owner} = (SELECT id FROM organization WHERE name = '{FUNZA}')")).await;
        Self { id: thing.id.clone(), subject: declaration.visibility.subject, published, funza }
    }
}

#[test]
fn the_stock_has_a_call_of_each_mutation_and_no_other() {
    let stocked: BTreeSet<_> = CALLS.iter().map(|call| call.act).collect();
    let declared: BTreeSet<_> = acts().iter().map(|act| act.name()).collect();
    assert_eq!(stocked, declared, "tests/tests/suite/walks/calls.rs");
}

#[test]
fn who_may_do_what_follows_from_the_table_of_rules() {
    demonstration::on_each(async |service| {
        let everybody = Somebody::all(service).await;
        let mut faults = Vec::new();
        let mut seen = BTreeSet::new();
        for call in walked(service, Call::of_each_mutation()) {
            let shelf = Shelf::for_call(service, call).await;
            let target = match shelf.target(call) {
                Some(thing) => Some(Target::of(service, thing).await),
                None => None,
            };
            let document = call.document(&shelf.say(call), ", dryRun: true");
            for somebody in &everybody {
                let answer = somebody.user(service).ask(&document, json!({})).await;
                let involved = match &target {
                    Some(target) => somebody.is_involved(service, target).await,
                    None => false,
                };
                let (outcome, expected) = (Outcome::of(&answer), somebody.expected(call, target.as_ref(), involved));
                if outcome != expected {
                    let who = somebody.subject.as_deref().unwrap_or("nobody");
                    faults.push(format!("{} by {who}: expected {expected:?}, came {}", call.act, answer.text));
                }
                seen.insert(format!("{outcome:?}"));
            }
        }
        assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults[..faults.len().min(10)].join("\n"));
        assert!(seen.len() == 5 || !is_walked_whole(service), "every outcome was met: {seen:?}");
    });
}
