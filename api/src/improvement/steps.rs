//! The life cycle of actions: submitted, approved, done, verified, evaluated; and how a control body judges them.

use async_graphql::{ID, InputObject};
use entity::{
    Amount, Id,
    improvement::{ActionResult, ControlStatus, effectiveness_review, improvement_action},
};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use super::{
    follow::{findings_follow, plan_follows},
    states::{ActionAct, PlanAct, WHOLE},
    types::IMPROVEMENT_ACTION,
};
use crate::{
    audit::{evidence::attach, states::FindingAct},
    execution::act::{Act, AnyAct, act},
    graph::{Declaration, error::ErrorCode, scalars::Decimal},
    life_cycle::{Given, step, step_acts},
    organization::{
        entry::{DocumentReferenceInput, Texts, obtain, reason},
        rules::validate,
    },
    store::{ActFault, ApprovePlan, ChangeSet, ControlPlan, FormulatePlan, Granted, Report, Verb, Verify},
};

/// The steps of actions.
pub static ACTS: &[&dyn AnyAct] = &[
    act::<ImprovementActionSubmit>(),
    act::<ImprovementActionApprove>(),
    act::<ImprovementActionReject>(),
    act::<ImprovementActionBegin>(),
    act::<ImprovementActionExecute>(),
    act::<ImprovementActionVerify>(),
    act::<ImprovementActionReturn>(),
    act::<ImprovementActionEvaluate>(),
    act::<ImprovementActionCancel>(),
    act::<ImprovementActionSetControlStatus>(),
];

/// What follows for others from a step of an action.
async fn others_follow<V: Verb>(
    changes: &mut ChangeSet,
    action: &Granted<improvement_action::Entity, V>,
    act: ActionAct,
    reason: Option<String>,
) -> Result<(), ActFault> {
    match act {
        ActionAct::Approve => plan_follows(changes, action, PlanAct::Approve, reason).await,
        ActionAct::Reject => plan_follows(changes, action, PlanAct::Return, reason).await,
        ActionAct::Begin => plan_follows(changes, action, PlanAct::Begin, None).await,
        ActionAct::Execute => findings_follow(changes, action, None).await,
        ActionAct::Return => findings_follow(changes, action, Some(FindingAct::Reopen)).await,
        ActionAct::Cancel => {
            plan_follows(changes, action, PlanAct::Approve, reason).await?;
            findings_follow(changes, action, None).await
        }
        ActionAct::Submit | ActionAct::Verify | ActionAct::Evaluate => Ok(()),
    }
}

/// Steps of actions from which others follow.
macro_rules! following_acts {
    ($( $(#[doc = $about:literal])+ $Act:ident = $name:literal, $act:expr, $verb:ty, [$($code:ident),* $(,)?]; )+) => { $(
        $(#[doc = $about])+
        #[derive(InputObject)]
        struct $Act {
            /// Acción. The one on which it is done.
            id: ID,
            /// Versión del registro. The one that was read.
            expected_version: i32,
            /// Motivo. Why, at most 4,000 characters; required where the life cycle says so.
            reason: Option<String>,
        }

        impl Act for $Act {
            const NAME: &'static str = $name;
            const CODES: &'static [ErrorCode] = &[ErrorCode::TransitionNotAllowed, $( ErrorCode::$code, )*];
            const PAYLOAD: &'static Declaration = &IMPROVEMENT_ACTION;

            async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
                let expected = Some(self.expected_version);
                let action = obtain::<improvement_action::Entity, $verb>(changes, &self.id, &["id"], expected).await?;
                let reason = reason(self.reason.as_deref())?;
                let given = Given { date: None, reason: reason.is_some() };
                let action = step(changes, action, $act, (given, reason.clone()), Default::default()).await?;
                others_follow(changes, &action, $act, reason).await?;
                Ok(action.id().uuid())
            }
        }
    )+ };
}

following_acts! {
    /// Aprobar una acción de mejora. Senior management lets it be done, another person than submitted or executes it; with the
    /// last one its plan is approved.
    ImprovementActionApprove = "improvementActionApprove", ActionAct::Approve, ApprovePlan,
        [PlanNotSubmitted, ActorWithoutPerson, SeparationOfDuties];
    /// Rechazar una acción de mejora. Sends it back with a reason, and its plan with it; its other actions stay as they are.
    ImprovementActionReject = "improvementActionReject", ActionAct::Reject, ApprovePlan,
        [PlanNotSubmitted, ActorWithoutPerson, SeparationOfDuties];
    /// Iniciar una acción de mejora. Its executor, or who signs for its unit, goes to work; its plan is being carried out from
    /// now on.
    ImprovementActionBegin = "improvementActionBegin", ActionAct::Begin, Report, [PlanNotApproved, NotExecutor];
    /// Dar por ejecutada una acción de mejora. Says that it is done: there is evidence, and what was signed reaches the target.
    /// Its findings wait for verification once all their live actions are done.
    ImprovementActionExecute = "improvementActionExecute", ActionAct::Execute, Report,
        [ActorWithoutPerson, NotExecutor, EvidenceRequired, TargetNotReached];
    /// Devolver una acción de mejora. Sees that it is not done after all: back to work, with a reason.
    ImprovementActionReturn = "improvementActionReturn", ActionAct::Return, Verify, [ActorWithoutPerson, SeparationOfDuties];
    /// Cancelar una acción de mejora. Control interno gives it up, with a reason.
    ImprovementActionCancel = "improvementActionCancel", ActionAct::Cancel, ControlPlan, [];
}

step_acts! {
    improvement_action, IMPROVEMENT_ACTION;
    /// Enviar una acción de mejora. Puts one that was added to an approved plan before senior management.
    ImprovementActionSubmit = "improvementActionSubmit", ActionAct::Submit, FormulatePlan, [PlanNotSubmitted, PlanFieldMissing, WeightsNotWhole];
    /// Verificar una acción de mejora. Sees that it is done; none who submitted, approved or executed it, reported or signed does
    /// so. The days until its effect may be evaluated are counted from now on.
    ImprovementActionVerify = "improvementActionVerify", ActionAct::Verify, Verify, [ActorWithoutPerson, SeparationOfDuties];
}

/// Evaluación de eficacia. Whether what was done took the cause away.
#[derive(InputObject)]
struct EffectivenessInput {
    /// Resultado. Effective or not.
    result: ActionResult,
    /// Puntaje. In percent, 0 to 100.
    score: Option<Decimal>,
    /// Concepto. What it rests on, up to 4,000 characters.
    concept: String,
    /// Evidencias. Files that support it, at most 20.
    #[graphql(default)]
    evidence: Vec<DocumentReferenceInput>,
}

/// Evaluar la eficacia de una acción de mejora. Closes it with a result, once another person verified it and the days have passed
/// that its kind of plan waits. Without effect, its findings are open again and ask for a new action.
#[derive(InputObject)]
struct ImprovementActionEvaluate {
    /// Acción. One that was verified.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
    /// Evaluación. What is judged.
    input: EffectivenessInput,
}

impl Act for ImprovementActionEvaluate {
    const NAME: &'static str = "improvementActionEvaluate";
    const CODES: &'static [ErrorCode] = &[
        ErrorCode::TransitionNotAllowed,
        ErrorCode::ActorWithoutPerson,
        ErrorCode::SeparationOfDuties,
        ErrorCode::EvaluationTooEarly,
    ];
    const PAYLOAD: &'static Declaration = &IMPROVEMENT_ACTION;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let expected = Some(self.expected_version);
        let action = obtain::<improvement_action::Entity, Verify>(changes, &self.id, &["id"], expected).await?;
        let (input, mut texts) = (self.input, Texts::default());
        let concept = texts.required("concept", &input.concept, validate::note);
        let score = input.score.map(|score| score.0);
        if score.is_some_and(|score| score < Amount::ZERO || score > WHOLE) {
            texts.refuse(ErrorCode::InvalidArgument.at(["score"]).with("expected", "0…100"));
        }
        texts.done()?;
        let row = improvement_action::ActiveModel { result: Set(Some(input.result)), ..Default::default() };
        let given = Given { date: None, reason: false };
        let action = step(changes, action, ActionAct::Evaluate, (given, None), row).await?;
        let person = changes.intent().actor.person(action.organization().uuid());
        let row = effectiveness_review::ActiveModel {
            improvement_action_id: Set(action.id()),
            result: Set(input.result),
            score: Set(score),
            concept: Set(concept),
            reviewed_on: Set(changes.today()),
            verifier_id: Set(person.map(Id::from_uuid)),
            ..Default::default()
        };
        let review = changes.create::<effectiveness_review::Entity, _>(&action, row).await?;
        let id = review.id();
        attach(changes, &review, &input.evidence, |row| row.effectiveness_review_id = Set(Some(id))).await?;
        let first = (input.result == ActionResult::NotEffective).then_some(FindingAct::Reopen);
        findings_follow(changes, &action, first).await?;
        Ok(action.id().uuid())
    }
}

/// Registrar el estado que da el ente de control. Writes down how the control body to which the plan is owed judges an action; its
/// own life cycle goes on as it does.
#[derive(InputObject)]
struct ImprovementActionSetControlStatus {
    /// Acción. One of an approved plan that is owed to a control body.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
    /// Estado. How it is judged.
    status: ControlStatus,
}

impl Act for ImprovementActionSetControlStatus {
    const NAME: &'static str = "improvementActionSetControlStatus";
    const CODES: &'static [ErrorCode] = &[ErrorCode::PlanNotOwed, ErrorCode::PlanNotApproved];
    const PAYLOAD: &'static Declaration = &IMPROVEMENT_ACTION;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let expected = Some(self.expected_version);
        let action = obtain::<improvement_action::Entity, ControlPlan>(changes, &self.id, &["id"], expected).await?;
        let row = improvement_action::ActiveModel { control_status: Set(Some(self.status)), ..Default::default() };
        Ok(changes.update(action, row).await?.id().uuid())
    }
}
