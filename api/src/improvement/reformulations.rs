//! Acts on reformulations: another last day or another target for an action, decided by senior management and control interno.

use async_graphql::{ID, InputObject};
use entity::{
    Amount, Id,
    improvement::{
        ActionState, DecisionCapacity, ReformulationState, improvement_action, reformulation, reformulation_decision,
    },
};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, Condition};
use uuid::Uuid;

use super::{reports::person, types::REFORMULATION};
use crate::{
    execution::act::{Act, AnyAct, act},
    graph::{
        Declaration,
        error::ErrorCode,
        scalars::{Date, Decimal},
    },
    organization::{
        entry::{Texts, obtain, reason},
        rules::validate,
    },
    store::{ActFault, ApprovePlan, ChangeSet, ControlPlan, FormulatePlan, Granted, Verb},
};

/// The acts on reformulations.
pub static ACTS: &[&dyn AnyAct] =
    &[act::<ReformulationCreate>(), act::<ReformulationDecide>(), act::<ReformulationEndorse>()];

/// Solicitud de reformulación. What is asked for; one of the two at least differs from what stands.
#[derive(InputObject)]
struct ReformulationInput {
    /// Justificación. Why, up to 4,000 characters.
    justification: String,
    /// Fin solicitado. Last day, after the first of the action; absent: as it stands.
    due_on: Option<Date>,
    /// Meta solicitada. Target, more than 0; absent: as it stands.
    target: Option<Decimal>,
}

/// Solicitar una reformulación. Asks for another last day or another target of an approved action; both dates and both targets
/// are kept.
#[derive(InputObject)]
struct ReformulationCreate {
    /// Acción. One that is approved or in execution, and for which nothing else is asked.
    action: ID,
    /// Datos. What is asked for, and why.
    input: ReformulationInput,
}

impl Act for ReformulationCreate {
    const NAME: &'static str = "reformulationCreate";
    const CODES: &'static [ErrorCode] =
        &[ErrorCode::ActionNotInProgress, ErrorCode::ReformulationOpen, ErrorCode::DateRangeEmpty];
    const PAYLOAD: &'static Declaration = &REFORMULATION;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let at = &["action"];
        let action = obtain::<improvement_action::Entity, FormulatePlan>(changes, &self.action, at, None).await?;
        let person = changes.intent().actor.person(action.organization().uuid());
        let (input, mut texts) = (self.input, Texts::default());
        let (before_due_on, before_target) = (action.model().due_on, action.model().target);
        let after_due_on = input.due_on.map_or(before_due_on, |day| day.0);
        let after_target = input.target.map_or(before_target, |target| target.0);
        let justification = texts.required("justification", &input.justification, validate::note);
        if after_due_on <= action.model().starts_on {
            texts.refuse(ErrorCode::DateRangeEmpty.at(["dueOn"]));
        }
        if after_target <= Amount::ZERO {
            texts.refuse(ErrorCode::InvalidArgument.at(["target"]).with("expected", "> 0"));
        }
        if (after_due_on, after_target) == (before_due_on, before_target) {
            texts.refuse(ErrorCode::Required.at(["dueOn"]));
        }
        texts.done()?;
        let row = reformulation::ActiveModel {
            improvement_action_id: Set(action.id()),
            state: Set(ReformulationState::Requested),
            justification: Set(justification),
            before_due_on: Set(before_due_on),
            after_due_on: Set(after_due_on),
            before_target: Set(before_target),
            after_target: Set(after_target),
            requested_on: Set(changes.today()),
            requested_by_id: Set(person.map(Id::from_uuid)),
            ..Default::default()
        };
        Ok(changes.create::<reformulation::Entity, _>(&action, row).await?.id().uuid())
    }
}

/// Are the dates and the target of an action in this state settled, and not met yet?
fn is_reformulated(state: ActionState) -> bool {
    matches!(state, ActionState::Approved | ActionState::InProgress)
}

macro_rules! deciding_acts {
    ($( $(#[doc = $about:literal])+ $Act:ident = $name:literal, $capacity:ident, $verb:ty; )+) => { $(
        $(#[doc = $about])+
        #[derive(InputObject)]
        struct $Act {
            /// Reformulación. One that waits for a decision.
            id: ID,
            /// Versión del registro. The one that was read.
            expected_version: i32,
            /// Aprobada. Whether it is a yes.
            approved: bool,
            /// Motivo. Why, at most 4,000 characters; required for a no.
            reason: Option<String>,
        }

        impl Act for $Act {
            const NAME: &'static str = $name;
            const CODES: &'static [ErrorCode] =
                &[ErrorCode::Frozen, ErrorCode::ActionNotInProgress, ErrorCode::ActorWithoutPerson, ErrorCode::SeparationOfDuties];
            const PAYLOAD: &'static Declaration = &REFORMULATION;

            async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
                let expected = Some(self.expected_version);
                let asked = obtain::<reformulation::Entity, $verb>(changes, &self.id, &["id"], expected).await?;
                let said = Said { approved: self.approved, reason: reason(self.reason.as_deref())? };
                decide(changes, asked, DecisionCapacity::$capacity, said).await
            }
        }
    )+ };
}

deciding_acts! {
    /// Decidir una reformulación. What senior management says to it; it counts once control interno says yes too, another
    /// person. A no ends it.
    ReformulationDecide = "reformulationDecide", SeniorManagement, ApprovePlan;
    /// Avalar una reformulación. What control interno says to it; it counts once senior management says yes too, another
    /// person. A no ends it.
    ReformulationEndorse = "reformulationEndorse", InternalControl, ControlPlan;
}

/// What somebody says to a reformulation.
struct Said {
    approved: bool,
    reason: Option<String>,
}

async fn decide<V: Verb>(
    changes: &mut ChangeSet,
    asked: Granted<reformulation::Entity, V>,
    capacity: DecisionCapacity,
    Said { approved, reason }: Said,
) -> Result<Uuid, ActFault> {
    if !approved && reason.is_none() {
        return Err(ErrorCode::ReasonRequired.at(["reason"]).into());
    }
    let person = person(changes, &asked)?;
    let of = Condition::all().add(reformulation_decision::Column::ReformulationId.eq(asked.id()));
    let before = changes.find::<reformulation_decision::Entity, V>(&asked, of).await?;
    let row = reformulation_decision::ActiveModel {
        reformulation_id: Set(asked.id()),
        capacity: Set(capacity),
        approved: Set(approved),
        reason: Set(reason),
        decided_on: Set(changes.today()),
        account_id: Set(changes.account()),
        person_id: Set(Some(person)),
        ..Default::default()
    };
    changes.create::<reformulation_decision::Entity, V>(&asked, row).await?;
    let state = match approved {
        false => ReformulationState::Rejected,
        true if before.is_empty() => return Ok(changes.touch(asked).await?.id().uuid()),
        true => ReformulationState::Approved,
    };
    let row =
        reformulation::ActiveModel { state: Set(state), decided_on: Set(Some(changes.today())), ..Default::default() };
    let asked = changes.update(asked, row).await?;
    if state == ReformulationState::Approved {
        count(changes, &asked).await?;
    }
    Ok(asked.id().uuid())
}

/// Both said yes: the action is due, and measured, as was asked.
async fn count<V: Verb>(changes: &mut ChangeSet, asked: &Granted<reformulation::Entity, V>) -> Result<(), ActFault> {
    let action = changes.follow::<improvement_action::Entity, V>(asked, asked.model().improvement_action_id).await?;
    if !is_reformulated(action.model().state) {
        return Err(ErrorCode::ActionNotInProgress.at(["id"]).into());
    }
    let row = improvement_action::ActiveModel {
        due_on: Set(asked.model().after_due_on),
        target: Set(asked.model().after_target),
        ..Default::default()
    };
    changes.update(action, row).await.map(drop)
}
