//! Acts on improvement plans.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{
    Id,
    audit::finding,
    improvement::{
        ActionState, PlanKind, PlanState, action_finding, improvement_action, improvement_plan, plan_finding,
        plan_transition,
    },
    organization::org_unit,
    value_chain::process,
};
use sea_orm::{
    ActiveValue::{self, NotSet, Set},
    ColumnTrait as _, Condition,
};
use uuid::Uuid;

use super::{
    actions::discard,
    follow::findings_planned,
    inputs::ImprovementActionInput,
    states::{ActionAct, PlanAct, plan::is_confirmed},
    types::IMPROVEMENT_PLAN,
};
use crate::{
    audit::inputs::bounded,
    execution::act::{Act, AnyAct, act},
    graph::{Declaration, error::ErrorCode, scalars::Date},
    life_cycle::{Given, begun, follow_step, forgotten, part_step, step, step_acts},
    organization::{
        entry::{Texts, follow, key, link, obtain, obtain_in, reason, relink},
        rules::validate,
    },
    store::{ActFault, ChangeSet, ControlPlan, FormulatePlan, Granted},
};

/// The acts on plans.
pub static ACTS: &[&dyn AnyAct] = &[
    act::<ImprovementPlanCreate>(),
    act::<ImprovementPlanUpdate>(),
    act::<ImprovementPlanDelete>(),
    act::<ImprovementPlanSubmit>(),
    act::<ImprovementPlanBegin>(),
    act::<ImprovementPlanClose>(),
];

/// Years that a plan may be of.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;
/// Most actions that come with a plan.
const ACTIONS_LIMIT: usize = 200;

type Plan = Granted<improvement_plan::Entity, FormulatePlan>;

/// Plan nuevo. What it is called, what it takes up, and what is done.
#[derive(InputObject)]
struct ImprovementPlanCreateInput {
    /// Código. 1 to 20 of `A`–`Z`, `0`–`9`, `.` and `-`; unique in the organization.
    code: String,
    /// Nombre. One line of 1 to 200 characters.
    name: String,
    /// Clase. To whom it is owed.
    kind: PlanKind,
    /// Vigencia. The calendar year, 1990 to 2100.
    year: i32,
    /// Dependencia. The unit that formulates it.
    unit: ID,
    /// Proceso de origen. Where it begins.
    process: Option<ID>,
    /// Objetivo. What it is for, up to 4,000 characters.
    objective: Option<String>,
    /// Radicado. The number under which it was filed, up to 200 characters.
    filing_number: Option<String>,
    /// Ente de control. To whom it is owed, up to 200 characters.
    control_body: Option<String>,
    /// Hallazgos. Those that it takes up: confirmed and not closed; at most 200.
    #[graphql(default)]
    findings: Vec<ID>,
    /// Acciones. What is done, at most 200.
    #[graphql(default)]
    actions: Vec<ImprovementActionInput>,
}

/// Formular un plan de mejoramiento. Makes a draft with its findings, its actions and their activities.
#[derive(InputObject)]
struct ImprovementPlanCreate {
    /// Organización. Whose plan it is.
    organization: ID,
    /// Datos. The plan.
    input: ImprovementPlanCreateInput,
}

impl Act for ImprovementPlanCreate {
    const NAME: &'static str = "improvementPlanCreate";
    const CODES: &'static [ErrorCode] =
        &[ErrorCode::OutOfScope, ErrorCode::DateRangeEmpty, ErrorCode::FindingsNotConfirmed];
    const PAYLOAD: &'static Declaration = &IMPROVEMENT_PLAN;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let input = self.input;
        let organization = obtain_in::<FormulatePlan>(changes, &self.organization, &input.unit).await?;
        let mut texts = Texts::default();
        if !YEARS.contains(&input.year) {
            texts.refuse(
                ErrorCode::InvalidArgument.at(["year"]).with("expected", format!("{}…{}", YEARS.start(), YEARS.end())),
            );
        }
        let code = texts.required("code", &input.code, validate::unit_code);
        let name = texts.required("name", &input.name, validate::name);
        let objective = texts.optional("objective", input.objective.as_deref(), validate::note);
        let filing_number = texts.optional("filingNumber", input.filing_number.as_deref(), validate::name);
        let control_body = texts.optional("controlBody", input.control_body.as_deref(), validate::name);
        if input.actions.len() > ACTIONS_LIMIT {
            texts.refuse(ErrorCode::TooLong.at(["actions"]).with("maximum", ACTIONS_LIMIT));
        }
        texts.done()?;
        let unit = follow::<org_unit::Entity, _>(changes, &organization, &input.unit, &["input", "unit"]).await?.id();
        let at = &["input", "process"];
        let process = link::<process::Entity, _>(changes, &organization, input.process.as_ref(), at).await?;
        let row = improvement_plan::ActiveModel {
            code: Set(code),
            name: Set(name),
            kind: Set(input.kind),
            year: Set(input.year),
            state: Set(PlanState::Draft),
            org_unit_id: Set(unit),
            process_id: Set(process),
            objective: Set(objective),
            filing_number: Set(filing_number),
            control_body: Set(control_body),
            ..Default::default()
        };
        let plan = changes.create::<improvement_plan::Entity, _>(&organization, row).await;
        let plan = plan.map_err(|fault| fault.duplicate_at(&["input", "code"]))?;
        begun(changes, &plan, None).await?;
        write_findings(changes, &plan, &input.findings).await?;
        for (at, action) in input.actions.iter().enumerate() {
            action.create(changes, &plan, &["input", "actions", &at.to_string()]).await?;
        }
        Ok(plan.id().uuid())
    }
}

/// Says what a plan takes up. Those that whoever acts does not see are NOT_FOUND; FINDINGS_NOT_CONFIRMED names those that
/// were not let stand or are closed.
async fn write_findings(changes: &mut ChangeSet, plan: &Plan, ids: &[ID]) -> Result<(), ActFault> {
    bounded(ids, &["input", "findings"])?;
    let of = Condition::all().add(plan_finding::Column::ImprovementPlanId.eq(plan.id()));
    let before = changes.find::<plan_finding::Entity, _>(plan, of.clone()).await?;
    let (mut all, mut early): (Vec<Id<finding::Entity>>, Vec<String>) = Default::default();
    for (at, id) in ids.iter().enumerate() {
        let at = at.to_string();
        let place = ["input", "findings", &at];
        let id = key::<finding::Entity>(id, &place)?;
        let finding = changes.follow_seen::<finding::Entity, _>(plan, id).await.map_err(|fault| fault.within(place))?;
        if !is_confirmed(finding.model().state) && !before.iter().any(|row| row.finding_id == id) {
            early.push(finding.model().code.clone());
        }
        if !all.contains(&id) {
            all.push(id);
        }
    }
    if !early.is_empty() {
        return Err(ErrorCode::FindingsNotConfirmed.at(["input", "findings"]).with("findings", early).into());
    }
    changes.unlink::<plan_finding::Entity, _, _>(plan, of).await?;
    for finding_id in &all {
        let row = plan_finding::ActiveModel {
            improvement_plan_id: Set(plan.id()),
            finding_id: Set(*finding_id),
            ..Default::default()
        };
        changes.link::<plan_finding::Entity, _, _>(plan, row).await?;
    }
    // An action answers findings of its plan only.
    let gone: Vec<_> = before.iter().map(|row| row.finding_id).filter(|id| !all.contains(id)).collect();
    let actions = Condition::all().add(improvement_action::Column::ImprovementPlanId.eq(plan.id()));
    for action in changes.follow_all::<improvement_action::Entity, _>(plan, actions).await? {
        let answered = Condition::all()
            .add(action_finding::Column::ImprovementActionId.eq(action.id()))
            .add(action_finding::Column::FindingId.is_in(gone.iter().copied()));
        changes.unlink::<action_finding::Entity, _, _>(&action, answered).await?;
    }
    Ok(())
}

/// Cambios a un plan. What is absent stays as it is, null clears, a list is given as a whole. Once it was submitted only
/// the filing number and the day of its subscription change.
#[derive(InputObject)]
struct ImprovementPlanUpdateInput {
    /// Nombre. One line of 1 to 200 characters.
    name: MaybeUndefined<String>,
    /// Proceso de origen. Where it begins.
    process: MaybeUndefined<ID>,
    /// Objetivo. What it is for, up to 4,000 characters.
    objective: MaybeUndefined<String>,
    /// Ente de control. To whom it is owed, up to 200 characters.
    control_body: MaybeUndefined<String>,
    /// Hallazgos. All that it takes up: confirmed and not closed; at most 200.
    findings: Option<Vec<ID>>,
    /// Radicado. The number under which it was filed, up to 200 characters.
    filing_number: MaybeUndefined<String>,
    /// Fecha de suscripción. Day of its subscription, today or before.
    subscribed_on: MaybeUndefined<Date>,
}

impl ImprovementPlanUpdateInput {
    fn is_of_draft(&self) -> bool {
        let texts = [&self.name, &self.objective, &self.control_body];
        texts.iter().any(|text| !text.is_undefined()) || !self.process.is_undefined() || self.findings.is_some()
    }
}

/// Corregir un plan de mejoramiento. Changes a draft; of one that was submitted its filing number and day of subscription.
#[derive(InputObject)]
struct ImprovementPlanUpdate {
    /// Plan. One that is not closed.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
    /// Cambios. What to change.
    input: ImprovementPlanUpdateInput,
}

impl Act for ImprovementPlanUpdate {
    const NAME: &'static str = "improvementPlanUpdate";
    const CODES: &'static [ErrorCode] = &[ErrorCode::Frozen, ErrorCode::NotADraft, ErrorCode::FindingsNotConfirmed];
    const PAYLOAD: &'static Declaration = &IMPROVEMENT_PLAN;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let expected = Some(self.expected_version);
        let plan = obtain::<improvement_plan::Entity, FormulatePlan>(changes, &self.id, &["id"], expected).await?;
        let (input, mut texts) = (self.input, Texts::default());
        if plan.model().state != PlanState::Draft && input.is_of_draft() {
            return Err(ErrorCode::NotADraft.at(["id"]).into());
        }
        let subscribed_on = match &input.subscribed_on {
            MaybeUndefined::Undefined => NotSet,
            MaybeUndefined::Value(day) if day.0 > changes.today() => {
                texts.refuse(
                    ErrorCode::InvalidArgument.at(["subscribedOn"]).with("expected", format!("…{}", changes.today())),
                );
                NotSet
            }
            given => Set(given.value().map(|day| day.0)),
        };
        let row = improvement_plan::ActiveModel {
            name: texts.edit("name", &input.name, validate::name),
            objective: texts.edit_optional("objective", &input.objective, validate::note),
            control_body: texts.edit_optional("controlBody", &input.control_body, validate::name),
            filing_number: texts.edit_optional("filingNumber", &input.filing_number, validate::name),
            subscribed_on,
            ..Default::default()
        };
        texts.done()?;
        let process_id: ActiveValue<_> =
            relink::<process::Entity, _>(changes, &plan, &input.process, &["input", "process"]).await?;
        let plan = match &input.findings {
            Some(findings) => {
                let plan = changes.touch(plan).await?;
                write_findings(changes, &plan, findings).await?;
                plan
            }
            None => plan,
        };
        let row = improvement_plan::ActiveModel { process_id, ..row };
        Ok(changes.update(plan, row).await?.id().uuid())
    }
}

/// Descartar un plan de mejoramiento. Removes a draft that was never submitted, with its actions; the payload holds nothing then.
#[derive(InputObject)]
struct ImprovementPlanDelete {
    /// Plan. A draft that was never submitted.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
}

impl Act for ImprovementPlanDelete {
    const NAME: &'static str = "improvementPlanDelete";
    const CODES: &'static [ErrorCode] = &[ErrorCode::NotADraft, ErrorCode::StillInUse];
    const PAYLOAD: &'static Declaration = &IMPROVEMENT_PLAN;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let expected = Some(self.expected_version);
        let plan = obtain::<improvement_plan::Entity, FormulatePlan>(changes, &self.id, &["id"], expected).await?;
        let id = plan.id();
        let own = Condition::all().add(improvement_action::Column::ImprovementPlanId.eq(id));
        for action in changes.follow_all::<improvement_action::Entity, _>(&plan, own).await? {
            discard(changes, action).await.map_err(|fault| fault.within(["id"]))?;
        }
        let own = Condition::all().add(plan_finding::Column::ImprovementPlanId.eq(id));
        changes.unlink::<plan_finding::Entity, _, _>(&plan, own).await?;
        forgotten(changes, &plan, Condition::all().add(plan_transition::Column::ImprovementPlanId.eq(id))).await?;
        changes.remove(plan).await.map_err(|fault| fault.within(["id"]))?;
        Ok(id.uuid())
    }
}

/// Enviar un plan de mejoramiento. Puts it, with its drafts of actions, before senior management: its findings that ask for an
/// action have one, nonconformities a cause analysis, findings and actions say what its kind demands (`improvementPlanFields`), and
/// the weights of its live actions add to 100.
#[derive(InputObject)]
struct ImprovementPlanSubmit {
    /// Plan. A draft.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
    /// Motivo. A remark, at most 4,000 characters.
    reason: Option<String>,
}

impl Act for ImprovementPlanSubmit {
    const NAME: &'static str = "improvementPlanSubmit";
    const CODES: &'static [ErrorCode] = &[
        ErrorCode::TransitionNotAllowed,
        ErrorCode::FindingsNotConfirmed,
        ErrorCode::FindingsWithoutAction,
        ErrorCode::CauseAnalysisRequired,
        ErrorCode::PlanFieldMissing,
        ErrorCode::WeightsNotWhole,
    ];
    const PAYLOAD: &'static Declaration = &IMPROVEMENT_PLAN;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let expected = Some(self.expected_version);
        let plan = obtain::<improvement_plan::Entity, FormulatePlan>(changes, &self.id, &["id"], expected).await?;
        let reason = reason(self.reason.as_deref())?;
        let given = Given { date: None, reason: reason.is_some() };
        let plan = step(changes, plan, PlanAct::Submit, (given, reason), Default::default()).await?;
        let drafts = Condition::all()
            .add(improvement_action::Column::ImprovementPlanId.eq(plan.id()))
            .add(improvement_action::Column::State.eq(ActionState::Draft));
        for action in changes.follow_all::<improvement_action::Entity, _>(&plan, drafts).await? {
            part_step(changes, action, ActionAct::Submit).await?;
        }
        // Nothing waits for a decision where every live action was approved before the plan came back.
        let (plan, approved) = follow_step(changes, plan, PlanAct::Approve, Default::default()).await?;
        if approved {
            findings_planned(changes, &plan).await?;
        }
        Ok(plan.id().uuid())
    }
}

step_acts! {
    improvement_plan, IMPROVEMENT_PLAN;
    /// Iniciar un plan de mejoramiento. Says that it is being carried out; the first of its actions that begins does it too.
    ImprovementPlanBegin = "improvementPlanBegin", PlanAct::Begin, FormulatePlan, [];
    /// Cerrar un plan de mejoramiento. Ends it, once all its findings and live actions are closed.
    ImprovementPlanClose = "improvementPlanClose", PlanAct::Close, ControlPlan, [FindingsOpen, ActionsOpen];
}
