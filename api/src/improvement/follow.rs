//! What follows from the steps of actions for their plan and their findings.

use entity::{
    audit::finding,
    improvement::{action_finding, improvement_action, improvement_plan, plan_finding},
};
use sea_orm::{ColumnTrait as _, Condition};

use super::states::PlanAct;
use crate::{
    audit::states::FindingAct,
    life_cycle::{follow_step, follow_step_because},
    store::{ActFault, ChangeSet, Granted, Verb},
};

/// The plan of an action.
pub async fn plan_of<V: Verb>(
    changes: &ChangeSet,
    action: &Granted<improvement_action::Entity, V>,
) -> Result<Granted<improvement_plan::Entity, V>, ActFault> {
    changes.follow(action, action.model().improvement_plan_id).await
}

/// Takes the step of a plan that follows, with the reason of what it follows from.
pub async fn plan_follows<V: Verb>(
    changes: &mut ChangeSet,
    action: &Granted<improvement_action::Entity, V>,
    act: PlanAct,
    reason: Option<String>,
) -> Result<(), ActFault> {
    let plan = plan_of(changes, action).await?;
    let (plan, taken) = follow_step_because(changes, plan, act, reason, Default::default()).await?;
    if taken && act == PlanAct::Approve { findings_planned(changes, &plan).await } else { Ok(()) }
}

/// A plan was approved: its findings are in a plan.
pub async fn findings_planned<V: Verb>(
    changes: &mut ChangeSet,
    plan: &Granted<improvement_plan::Entity, V>,
) -> Result<(), ActFault> {
    let of = Condition::all().add(plan_finding::Column::ImprovementPlanId.eq(plan.id()));
    let findings = changes.find::<plan_finding::Entity, V>(plan, of).await?;
    let those = Condition::all().add(finding::Column::Id.is_in(findings.iter().map(|row| row.finding_id)));
    for finding in changes.follow_all::<finding::Entity, V>(plan, those).await? {
        follow_step(changes, finding, FindingAct::Plan, Default::default()).await?;
    }
    Ok(())
}

/// An action changed: each of its findings takes the steps that follow, `first` before the others.
pub async fn findings_follow<V: Verb>(
    changes: &mut ChangeSet,
    action: &Granted<improvement_action::Entity, V>,
    first: Option<FindingAct>,
) -> Result<(), ActFault> {
    let of = Condition::all().add(action_finding::Column::ImprovementActionId.eq(action.id()));
    let findings = changes.find::<action_finding::Entity, V>(action, of).await?;
    let those = Condition::all().add(finding::Column::Id.is_in(findings.iter().map(|row| row.finding_id)));
    for mut finding in changes.follow_all::<finding::Entity, V>(action, those).await? {
        for act in first.into_iter().chain([FindingAct::Verify, FindingAct::Resolve]) {
            (finding, _) = follow_step(changes, finding, act, Default::default()).await?;
        }
    }
    Ok(())
}
