//! What an action says, of a plan that is made and of one that is there.

use async_graphql::{ID, InputObject, MaybeUndefined};
use chrono::NaiveDate;
use entity::{
    Amount, Id,
    audit::finding,
    direction::decision,
    improvement::{
        ActionKind, ActionState, action_activity, action_finding, action_unit, improvement_action, improvement_plan,
        plan_finding,
    },
    organization::{org_unit, person},
};
use sea_orm::{
    ActiveValue::{self, NotSet, Set},
    ColumnTrait as _, Condition,
};

use crate::{
    audit::inputs::bounded,
    graph::{
        error::{ErrorCode, Refusal},
        scalars::{Date, Decimal},
    },
    life_cycle::begun,
    organization::{
        entry::{Path, Texts, follow, key, relink},
        rules::validate,
    },
    store::{ActFault, ChangeSet, FormulatePlan, Granted},
};

/// Actividad. A part of an action that is measured by itself.
#[derive(InputObject)]
pub(super) struct ActionActivityInput {
    /// Descripción. What is done, up to 4,000 characters.
    description: String,
    /// Unidad de medida. In what its target is counted, up to 200 characters.
    unit_of_measure: String,
    /// Cantidad. How many units are to be done; more than 0.
    target: Decimal,
    /// Inicio. First day, not before that of the action.
    starts_on: Date,
    /// Fin. Last day, after the first and not after that of the action.
    due_on: Date,
}

/// Acción de mejora. What is done; of an edit, what is absent stays as it is, null clears, a list is given as a whole.
#[derive(InputObject)]
pub(super) struct ImprovementActionInput {
    /// Clase. What it does about a finding. Required for a new one.
    kind: MaybeUndefined<ActionKind>,
    /// Descripción. What is done, in the infinitive, up to 4,000 characters. Required for a new one.
    description: MaybeUndefined<String>,
    /// Objetivo. What for, up to 4,000 characters.
    objective: MaybeUndefined<String>,
    /// Indicador. By what it is measured, up to 4,000 characters.
    indicator: MaybeUndefined<String>,
    /// Unidad de medida. In what its target is counted, up to 200 characters. Required for a new one.
    unit_of_measure: MaybeUndefined<String>,
    /// Meta. How many units are to be done; more than 0. Required for a new one.
    target: MaybeUndefined<Decimal>,
    /// Ponderación. Its share of the plan, in percent: more than 0, at most 100. Required for a new one.
    weight: MaybeUndefined<Decimal>,
    /// Recursos. What it takes, up to 4,000 characters.
    resources: MaybeUndefined<String>,
    /// Dependencia líder. The unit that answers for it. Required for a new one.
    unit: MaybeUndefined<ID>,
    /// Dependencias corresponsables. Units that take part, at most 200.
    co_units: Option<Vec<ID>>,
    /// Ejecutor. Who does it.
    executor: MaybeUndefined<ID>,
    /// Inicio. First day. Required for a new one.
    starts_on: MaybeUndefined<Date>,
    /// Fin. Last day, after the first. Required for a new one.
    due_on: MaybeUndefined<Date>,
    /// Decisión. The decision of senior management that it carries out; one that whoever acts sees.
    decision: MaybeUndefined<ID>,
    /// Hallazgos. Those that it answers, of the plan's; at most 200.
    findings: Option<Vec<ID>>,
    /// Actividades. Its parts that are measured by themselves, in their order; at most 200.
    activities: Option<Vec<ActionActivityInput>>,
}

impl ImprovementActionInput {
    /// Does it change what hangs on the action?
    pub fn has_parts(&self) -> bool {
        self.co_units.is_some() || self.findings.is_some() || self.activities.is_some()
    }

    /// The fields that a new action must say and this does not.
    fn missing(&self) -> impl Iterator<Item = &'static str> {
        [
            ("kind", self.kind.is_undefined()),
            ("description", self.description.is_undefined()),
            ("unitOfMeasure", self.unit_of_measure.is_undefined()),
            ("target", self.target.is_undefined()),
            ("weight", self.weight.is_undefined()),
            ("unit", self.unit.is_undefined()),
            ("startsOn", self.starts_on.is_undefined()),
            ("dueOn", self.due_on.is_undefined()),
        ]
        .into_iter()
        .filter_map(|(field, missing)| missing.then_some(field))
    }

    /// The row with what is said; `known` is what it says so far. Refusals point below `place`.
    pub async fn row(
        &self,
        changes: &ChangeSet,
        plan: &Granted<improvement_plan::Entity, FormulatePlan>,
        place: Path<'_>,
        known: Option<&improvement_action::Model>,
    ) -> Result<improvement_action::ActiveModel, ActFault> {
        let (mut all, mut texts) = (Texts::default(), Texts::default());
        if known.is_none() {
            self.missing().for_each(|field| texts.refuse(ErrorCode::Required.at([field])));
        }
        let starts_on = day(&mut texts, "startsOn", &self.starts_on);
        let due_on = day(&mut texts, "dueOn", &self.due_on);
        let (first, last) = (said(&starts_on, known.map(|it| it.starts_on)), said(&due_on, known.map(|it| it.due_on)));
        if first.zip(last).is_some_and(|(first, last)| first >= last) {
            texts.refuse(ErrorCode::DateRangeEmpty.at(["dueOn"]));
        }
        let row = improvement_action::ActiveModel {
            kind: texts.present("kind", &self.kind),
            description: texts.edit("description", &self.description, validate::note),
            objective: texts.edit_optional("objective", &self.objective, validate::note),
            indicator: texts.edit_optional("indicator", &self.indicator, validate::note),
            unit_of_measure: texts.edit("unitOfMeasure", &self.unit_of_measure, validate::name),
            target: amount(&mut texts, "target", &self.target, None),
            weight: amount(&mut texts, "weight", &self.weight, Some(super::states::WHOLE)),
            resources: texts.edit_optional("resources", &self.resources, validate::note),
            starts_on,
            due_on,
            ..Default::default()
        };
        self.check_activities(&mut texts, first.zip(last));
        all.nest_at(place.get(1..).unwrap_or_default(), texts);
        all.done()?;
        let at = [place, &["unit"]].concat();
        let org_unit_id = match &self.unit {
            MaybeUndefined::Value(unit) => Set(follow::<org_unit::Entity, _>(changes, plan, unit, &at).await?.id()),
            MaybeUndefined::Null => return Err(ErrorCode::Required.at(at).into()),
            MaybeUndefined::Undefined => NotSet,
        };
        let at = [place, &["executor"]].concat();
        let executor_id = relink::<person::Entity, _>(changes, plan, &self.executor, &at).await?;
        let decision_id = self.decision(changes, plan, &[place, &["decision"]].concat()).await?;
        Ok(improvement_action::ActiveModel { org_unit_id, executor_id, decision_id, ..row })
    }

    async fn decision(
        &self,
        changes: &ChangeSet,
        plan: &Granted<improvement_plan::Entity, FormulatePlan>,
        at: Path<'_>,
    ) -> Result<ActiveValue<Option<Id<decision::Entity>>>, ActFault> {
        let MaybeUndefined::Value(id) = &self.decision else {
            return Ok(if self.decision.is_null() { Set(None) } else { NotSet });
        };
        let found = changes.follow_seen::<decision::Entity, _>(plan, key(id, at)?).await;
        Ok(Set(Some(found.map_err(|fault| fault.within(at.iter().copied()))?.id())))
    }

    fn check_activities(&self, texts: &mut Texts, within: Option<(NaiveDate, NaiveDate)>) {
        for (at, activity) in self.activities.iter().flatten().enumerate() {
            let mut own = Texts::default();
            own.required("description", &activity.description, validate::note);
            own.required("unitOfMeasure", &activity.unit_of_measure, validate::name);
            own.note_amount("target", activity.target.0, None);
            let (starts_on, due_on) = (activity.starts_on.0, activity.due_on.0);
            if starts_on >= due_on {
                own.refuse(ErrorCode::DateRangeEmpty.at(["dueOn"]));
            }
            if within.is_some_and(|(first, _)| starts_on < first) {
                own.refuse(ErrorCode::InvalidArgument.at(["startsOn"]));
            }
            if within.is_some_and(|(_, last)| due_on > last) {
                own.refuse(ErrorCode::InvalidArgument.at(["dueOn"]));
            }
            texts.nest_at(&["activities", &at.to_string()], own);
        }
    }

    /// Writes what hangs on the action.
    pub async fn parts(
        &self,
        changes: &mut ChangeSet,
        action: &Granted<improvement_action::Entity, FormulatePlan>,
        place: Path<'_>,
    ) -> Result<(), ActFault> {
        if let Some(ids) = &self.co_units {
            let at = [place, &["coUnits"]].concat();
            bounded(ids, &at)?;
            let mut all: Vec<Id<org_unit::Entity>> = Vec::with_capacity(ids.len());
            for (number, id) in ids.iter().enumerate() {
                let number = number.to_string();
                let at = [&at[..], &[&number]].concat();
                let unit = follow::<org_unit::Entity, _>(changes, action, id, &at).await?.id();
                if !all.contains(&unit) {
                    all.push(unit);
                }
            }
            let own = Condition::all().add(action_unit::Column::ImprovementActionId.eq(action.id()));
            changes.unlink::<action_unit::Entity, _, _>(action, own).await?;
            for org_unit_id in all {
                let row = action_unit::ActiveModel {
                    improvement_action_id: Set(action.id()),
                    org_unit_id: Set(org_unit_id),
                    ..Default::default()
                };
                changes.link::<action_unit::Entity, _, _>(action, row).await?;
            }
        }
        if let Some(ids) = &self.findings {
            self.link_findings(changes, action, ids, &[place, &["findings"]].concat()).await?;
        }
        match &self.activities {
            Some(activities) => write_activities(changes, action, activities, place).await,
            None => Ok(()),
        }
    }

    async fn link_findings(
        &self,
        changes: &mut ChangeSet,
        action: &Granted<improvement_action::Entity, FormulatePlan>,
        ids: &[ID],
        at: Path<'_>,
    ) -> Result<(), ActFault> {
        bounded(ids, at)?;
        let of = plan_finding::Column::ImprovementPlanId.eq(action.model().improvement_plan_id);
        let there = changes.find::<plan_finding::Entity, _>(action, Condition::all().add(of)).await?;
        let mut all: Vec<Id<finding::Entity>> = Vec::with_capacity(ids.len());
        for (number, id) in ids.iter().enumerate() {
            let number = number.to_string();
            let at = [at, &[&number]].concat();
            let finding = key::<finding::Entity>(id, &at)?;
            if !there.iter().any(|row| row.finding_id == finding) {
                return Err(ErrorCode::NotFound.at(at).into());
            }
            if !all.contains(&finding) {
                all.push(finding);
            }
        }
        let own = Condition::all().add(action_finding::Column::ImprovementActionId.eq(action.id()));
        changes.unlink::<action_finding::Entity, _, _>(action, own).await?;
        for finding_id in all {
            let row = action_finding::ActiveModel {
                improvement_action_id: Set(action.id()),
                finding_id: Set(finding_id),
                ..Default::default()
            };
            changes.link::<action_finding::Entity, _, _>(action, row).await?;
        }
        Ok(())
    }

    /// Makes a draft in a plan.
    pub async fn create(
        &self,
        changes: &mut ChangeSet,
        plan: &Granted<improvement_plan::Entity, FormulatePlan>,
        place: Path<'_>,
    ) -> Result<Granted<improvement_action::Entity, FormulatePlan>, ActFault> {
        let of = Condition::all().add(improvement_action::Column::ImprovementPlanId.eq(plan.id()));
        let known = changes.find::<improvement_action::Entity, _>(plan, of).await?;
        let number = known.iter().map(|action| action.number).max().unwrap_or(0) + 1;
        let row = improvement_action::ActiveModel {
            improvement_plan_id: Set(plan.id()),
            number: Set(number),
            state: Set(ActionState::Draft),
            ..self.row(changes, plan, place, None).await?
        };
        let action = changes.create::<improvement_action::Entity, _>(plan, row).await?;
        begun(changes, &action, None).await?;
        self.parts(changes, &action, place).await?;
        Ok(action)
    }
}

async fn write_activities(
    changes: &mut ChangeSet,
    action: &Granted<improvement_action::Entity, FormulatePlan>,
    activities: &[ActionActivityInput],
    place: Path<'_>,
) -> Result<(), ActFault> {
    bounded(activities, &[place, &["activities"]].concat())?;
    let own = Condition::all().add(action_activity::Column::ImprovementActionId.eq(action.id()));
    for row in changes.follow_all::<action_activity::Entity, _>(action, own).await? {
        changes.remove(row).await?;
    }
    let mut texts = Texts::default();
    let rows = (1_i32..).zip(activities).map(|(number, activity)| action_activity::ActiveModel {
        improvement_action_id: Set(action.id()),
        number: Set(number),
        description: Set(texts.required("description", &activity.description, validate::note)),
        unit_of_measure: Set(texts.required("unitOfMeasure", &activity.unit_of_measure, validate::name)),
        target: Set(activity.target.0),
        starts_on: Set(activity.starts_on.0),
        due_on: Set(activity.due_on.0),
        ..Default::default()
    });
    let rows = rows.collect();
    changes.create_many::<action_activity::Entity, _>(action, rows).await.map(drop)
}

fn day(texts: &mut Texts, field: &str, given: &MaybeUndefined<Date>) -> ActiveValue<NaiveDate> {
    match given {
        MaybeUndefined::Undefined => NotSet,
        MaybeUndefined::Value(day) => Set(day.0),
        MaybeUndefined::Null => {
            texts.refuse(ErrorCode::Required.at([field]));
            NotSet
        }
    }
}

fn said<T: Copy + Into<sea_orm::Value>>(given: &ActiveValue<T>, known: Option<T>) -> Option<T> {
    match given {
        Set(value) => Some(*value),
        _ => known,
    }
}

fn amount(
    texts: &mut Texts,
    field: &str,
    given: &MaybeUndefined<Decimal>,
    most: Option<Amount>,
) -> ActiveValue<Amount> {
    match given {
        MaybeUndefined::Undefined => NotSet,
        MaybeUndefined::Null => {
            texts.refuse(ErrorCode::Required.at([field]));
            NotSet
        }
        MaybeUndefined::Value(amount) => {
            texts.note_amount(field, amount.0, most);
            Set(amount.0)
        }
    }
}

impl Texts {
    /// Notes INVALID_ARGUMENT for an amount that is not more than 0, or is more than the most.
    fn note_amount(&mut self, field: &str, amount: Amount, most: Option<Amount>) {
        if amount <= Amount::ZERO || most.is_some_and(|most| amount > most) {
            self.refuse(Refusal::from(ErrorCode::InvalidArgument).at([field]));
        }
    }
}
