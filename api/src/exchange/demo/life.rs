//! The steps that each version took through its life cycle.

use chrono::{Days, NaiveDate};
use entity::{
    Id, Moment,
    access::account,
    organization::{
        StructureStage,
        StructureState::{self, Annulled, Approved, Draft, InForce, Repealed, UnderApproval},
        structure_transition,
    },
};

use super::{DemoData, accounts, organizations::Secretariat, versions::Version};
use crate::exchange::load::key;

/// A version is drafted so many days before it is decided.
const DRAFTING: u64 = 60;

struct Step {
    from: Option<StructureState>,
    to: StructureState,
    /// The day from which the new state counts.
    counts: NaiveDate,
    /// The day on which it was entered.
    entered: NaiveDate,
    account: Id<account::Entity>,
    act: &'static str,
    reason: Option<&'static str>,
}

/// Writes the steps of a version.
pub fn write(secretariat: &Secretariat, version: &Version, demo: &mut DemoData) {
    for (index, step) in steps(secretariat, version).into_iter().enumerate() {
        // Eleven in the morning in Bogotá, and a minute later for each step of the same day.
        let minutes = 16 * 60 + i64::try_from(index).unwrap_or_default();
        let midnight = step.entered.and_hms_opt(0, 0, 0).unwrap_or_default().and_utc();
        demo.transitions.push(structure_transition::Model {
            id: key(&format!("{}/{index}", version.id.uuid())),
            organization_id: secretariat.id,
            structure_version_id: version.id,
            from_state: step.from,
            to_state: step.to,
            civil_date: step.counts,
            recorded_at: Moment::from(midnight + chrono::TimeDelta::minutes(minutes)),
            account_id: step.account,
            person_id: None,
            act: step.act.to_owned(),
            reason: step.reason.map(str::to_owned),
        });
    }
}

fn steps(secretariat: &Secretariat, version: &Version) -> Vec<Step> {
    let (leader, management) =
        (accounts::id("lider.calidad", &secretariat.slug), accounts::id("alta.direccion", &secretariat.slug));
    let before = |days: u64| version.decided - Days::new(days);
    let mut steps = Vec::new();
    let mut take = |from, to, counts, entered, account, act, reason| {
        steps.push(Step { from, to, counts, entered, account, act, reason });
    };
    let mut plainly = |from, to, on, account, act, reason| take(from, to, on, on, account, act, reason);
    plainly(None, Draft, before(DRAFTING), leader, "structureVersionCreate", None);
    if version.stage == StructureStage::Draft {
        return steps;
    }
    if version.number % 2 == 0 {
        plainly(Some(Draft), UnderApproval, before(40), leader, "structureVersionSubmit", None);
        let reason = Some("Falta precisar las funciones de las áreas que se integran.");
        plainly(Some(UnderApproval), Draft, before(30), management, "structureVersionReturnToDraft", reason);
    }
    plainly(Some(Draft), UnderApproval, before(15), leader, "structureVersionSubmit", None);
    if version.stage == StructureStage::UnderApproval {
        return steps;
    }
    plainly(Some(UnderApproval), Approved, version.decided, management, "structureVersionApprove", None);
    if let Some(from) = version.from {
        take(Some(Approved), InForce, from, version.decided, leader, "structureVersionPutInForce", None);
    }
    match (version.annulled, version.to) {
        (Some(ruling), _) => {
            let reason = Some("El tribunal administrativo declaró la nulidad del decreto.");
            take(Some(InForce), Annulled, ruling, ruling, leader, "structureVersionAnnul", reason);
        }
        // The next version ended it, on its own first day.
        (None, Some(end)) => {
            let entered = version.ended_by.unwrap_or(end);
            take(Some(InForce), Repealed, end, entered, leader, "structureVersionPutInForce", None);
        }
        (None, None) => {}
    }
    steps
}
