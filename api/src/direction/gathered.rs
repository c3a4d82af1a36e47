//! What a review looks at: gathered as of its cut-off, kept as JSON with its hash, shown as `ManagementReview.inputs`.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::{
    audit::{AuditState, FindingState, audit, audit_transition, finding, finding_transition},
    direction::{decision, management_review},
    improvement::{
        ActionState, PlanState, ReformulationState, action_transition, improvement_action, improvement_plan,
        plan_transition, reformulation,
    },
    organization::structure_version,
    value_chain::process_version,
};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::{
    graph::declaration::{Figure, ObjectShape, Scalar, Shape, ShapeField, Sql},
    improvement::rules::reformulated::stood,
    store::{ActFault, ChangeSet, DirectSystem, Granted},
};

const TEXT: Shape = Shape::Leaf("String");

const fn field(name: &'static str, description: &'static str, shape: &'static Shape, nullable: bool) -> ShapeField {
    ShapeField { name, description, shape, nullable }
}

static ENTRY: ObjectShape = ObjectShape {
    name: "ReviewInputEntry",
    description: "Entrada de la revisión. One object as it stood at the cut-off.",
    fields: &[
        field("code", "Código. By which it is known; null where it has none.", &TEXT, true),
        field("name", "Nombre. What it was called when it was gathered.", &TEXT, false),
        field("state", "Estado. Where it stood at the cut-off, by its code; null where it has no states.", &TEXT, true),
        field(
            "date",
            "Fecha. The day that matters: when it began, or when it was due; null where none does.",
            &Shape::Leaf("Date"),
            true,
        ),
    ],
};

static SECTION: ObjectShape = ObjectShape {
    name: "ReviewInput",
    description: "Entradas de la revisión. One kind of input, as it stood at the cut-off.",
    fields: &[
        field(
            "section",
            "Sección. AUDITS, FINDINGS, PLANS, ACTIONS, STRUCTURE, PROCESSES, EARLIER_DECISIONS.",
            &TEXT,
            false,
        ),
        field("count", "Cuenta. How many there were.", &Shape::Leaf("Int"), false),
        field(
            "entries",
            "Entradas. Each of them, in the order of their codes; at most 500.",
            &Shape::List(&Shape::Object(&ENTRY)),
            false,
        ),
    ],
};

/// `ManagementReview.inputs`: what was gathered, as it was.
pub const INPUTS: Figure = Figure {
    needs: &[(Sql::Column("content"), Scalar::Text)],
    output: &Shape::List(&Shape::Object(&SECTION)),
    arguments: &[],
    compute: |input| {
        let content = input.cells[0].as_str().and_then(|content| serde_json::from_str::<Value>(content).ok());
        Ok(content.map_or(json!([]), |content| content["sections"].clone()))
    },
    reveals: None,
};

/// Most entries of a section.
const ENTRIES: usize = 500;

/// One object.
struct Entry {
    code: Option<String>,
    name: String,
    state: Option<&'static str>,
    date: Option<NaiveDate>,
}

/// The state of each object at a day, by its steps in their order.
fn states<S: Copy>(
    steps: impl Iterator<Item = (Uuid, NaiveDate, (entity::Moment, Uuid), S)>,
    day: NaiveDate,
) -> HashMap<Uuid, S> {
    let mut steps: Vec<_> = steps.filter(|(_, on, ..)| *on <= day).collect();
    steps.sort_by_key(|(.., order, _)| *order);
    steps.into_iter().map(|(of, .., state)| (of, state)).collect()
}

/// All rows of a table of the organization.
async fn all<E: crate::store::Owned>(
    changes: &ChangeSet,
    review: &Granted<impl EntityTrait, DirectSystem>,
) -> Result<Vec<E::Model>, ActFault> {
    changes.find::<E, _>(review, Condition::all()).await
}

/// What there is of an organization as of a day: the content, and its SHA-256.
pub async fn gather(
    changes: &ChangeSet,
    review: &Granted<impl EntityTrait, DirectSystem>,
    own: Option<entity::Id<management_review::Entity>>,
    cutoff: NaiveDate,
) -> Result<(String, String), ActFault> {
    let mut sections = vec![
        ("AUDITS", audits(changes, review, cutoff).await?),
        ("FINDINGS", findings(changes, review, cutoff).await?),
    ];
    sections.extend(improvement(changes, review, cutoff).await?);
    sections.extend(in_force(changes, review, cutoff).await?);
    let decisions = all::<decision::Entity>(changes, review).await?;
    let reviews = all::<management_review::Entity>(changes, review).await?;
    let earlier =
        reviews.iter().filter(|one| Some(one.id) != own && one.cutoff < cutoff).map(|one| (one.id, &one.name));
    let earlier: HashMap<_, _> = earlier.collect();
    let decided = decisions.iter().filter_map(|one| {
        let name = earlier.get(&one.management_review_id)?;
        Some(Entry {
            code: Some(format!("{name} {}", one.number)),
            name: one.text.clone(),
            state: None,
            date: one.due_on,
        })
    });
    sections.push(("EARLIER_DECISIONS", decided.collect()));
    let told = sections.into_iter().map(|(section, entries)| told(section, entries));
    let content = json!({ "cutoff": cutoff.to_string(), "sections": told.collect::<Value>() }).to_string();
    let hash = Sha256::digest(content.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((content, hash))
}

fn told(section: &str, mut entries: Vec<Entry>) -> Value {
    entries.sort_by(|one, other| (&one.code, &one.name).cmp(&(&other.code, &other.name)));
    let count = entries.len();
    let entry = |entry: Entry| json!({ "code": entry.code, "name": entry.name, "state": entry.state, "date": entry.date.map(|day| day.to_string()) });
    json!({ "section": section, "count": count, "entries": entries.into_iter().take(ENTRIES).map(entry).collect::<Value>() })
}

async fn audits(
    changes: &ChangeSet,
    review: &Granted<impl EntityTrait, DirectSystem>,
    cutoff: NaiveDate,
) -> Result<Vec<Entry>, ActFault> {
    let steps = all::<audit_transition::Entity>(changes, review).await?;
    let steps = steps
        .iter()
        .map(|step| (step.audit_id.uuid(), step.civil_date, (step.recorded_at, step.id.uuid()), step.to_state));
    let states = states(steps, cutoff);
    let name = |state: &AuditState| AuditState::VOCABULARY.by_number(state.number()).map_or("", |term| term.name);
    Ok(all::<audit::Entity>(changes, review)
        .await?
        .into_iter()
        .filter_map(|one| {
            let state = states.get(&one.id.uuid()).map(name)?;
            Some(Entry { code: Some(one.code), name: one.name, state: Some(state), date: Some(one.planned_from) })
        })
        .collect())
}

async fn findings(
    changes: &ChangeSet,
    review: &Granted<impl EntityTrait, DirectSystem>,
    cutoff: NaiveDate,
) -> Result<Vec<Entry>, ActFault> {
    let steps = all::<finding_transition::Entity>(changes, review).await?;
    let steps = steps
        .iter()
        .map(|step| (step.finding_id.uuid(), step.civil_date, (step.recorded_at, step.id.uuid()), step.to_state));
    let states = states(steps, cutoff);
    let name = |state: &FindingState| FindingState::VOCABULARY.by_number(state.number()).map_or("", |term| term.name);
    Ok(all::<finding::Entity>(changes, review)
        .await?
        .into_iter()
        .filter_map(|one| {
            // What the auditors only draft is nobody else's input.
            let state = states.get(&one.id.uuid()).filter(|state| **state != FindingState::Draft).map(name)?;
            Some(Entry { code: Some(one.code), name: one.name, state: Some(state), date: Some(one.identified_on) })
        })
        .collect())
}

async fn improvement(
    changes: &ChangeSet,
    review: &Granted<impl EntityTrait, DirectSystem>,
    cutoff: NaiveDate,
) -> Result<[(&'static str, Vec<Entry>); 2], ActFault> {
    let steps = all::<plan_transition::Entity>(changes, review).await?;
    let steps = steps.iter().map(|step| {
        (step.improvement_plan_id.uuid(), step.civil_date, (step.recorded_at, step.id.uuid()), step.to_state)
    });
    let of_plans = states(steps, cutoff);
    let steps = all::<action_transition::Entity>(changes, review).await?;
    let steps = steps.iter().map(|step| {
        (step.improvement_action_id.uuid(), step.civil_date, (step.recorded_at, step.id.uuid()), step.to_state)
    });
    let of_actions = states(steps, cutoff);
    let plan = |state: &PlanState| PlanState::VOCABULARY.by_number(state.number()).map_or("", |term| term.name);
    let action = |state: &ActionState| ActionState::VOCABULARY.by_number(state.number()).map_or("", |term| term.name);
    let plans = all::<improvement_plan::Entity>(changes, review).await?;
    let codes: HashMap<_, _> = plans.iter().map(|one| (one.id, one.code.clone())).collect();
    let approved = Condition::all().add(reformulation::Column::State.eq(ReformulationState::Approved));
    let mut approved = changes.find::<reformulation::Entity, _>(review, approved).await?;
    approved.sort_by_key(|one| (one.decided_on, one.id.uuid()));
    let actions = all::<improvement_action::Entity>(changes, review).await?.into_iter().filter_map(|one| {
        let state = of_actions.get(&one.id.uuid()).map(action)?;
        let code = codes.get(&one.improvement_plan_id).map(|code| format!("{code} {:03}", one.number));
        let own = approved.iter().filter(|change| change.improvement_action_id == one.id);
        let own: Vec<_> = own.filter_map(|it| Some((it.decided_on?, it.before_due_on, it.after_due_on))).collect();
        let due_on = stood(&own, cutoff, one.due_on);
        Some(Entry { code, name: one.description, state: Some(state), date: Some(due_on) })
    });
    let actions = actions.collect();
    let plans = plans.into_iter().filter_map(|one| {
        let state = of_plans.get(&one.id.uuid()).map(plan)?;
        Some(Entry {
            code: Some(one.code),
            name: one.name,
            state: Some(state),
            date: one.subscribed_on.filter(|day| *day <= cutoff),
        })
    });
    Ok([("PLANS", plans.collect()), ("ACTIONS", actions)])
}

async fn in_force(
    changes: &ChangeSet,
    review: &Granted<impl EntityTrait, DirectSystem>,
    cutoff: NaiveDate,
) -> Result<[(&'static str, Vec<Entry>); 2], ActFault> {
    let since = Condition::all().add(structure_version::Column::ValidFrom.lte(cutoff)).add(
        Condition::any()
            .add(structure_version::Column::ValidTo.is_null())
            .add(structure_version::Column::ValidTo.gt(cutoff)),
    );
    let structures = changes.find::<structure_version::Entity, _>(review, since).await?;
    let structures = structures.into_iter().map(|one| Entry {
        code: Some(one.number.to_string()),
        name: one.note.unwrap_or_else(|| format!("Estructura {}", one.number)),
        state: None,
        date: one.valid_from,
    });
    let since = Condition::all().add(process_version::Column::ValidFrom.lte(cutoff)).add(
        Condition::any()
            .add(process_version::Column::ValidTo.is_null())
            .add(process_version::Column::ValidTo.gt(cutoff)),
    );
    let processes = changes.find::<process_version::Entity, _>(review, since).await?;
    let processes = processes.into_iter().map(|one| Entry {
        code: Some(one.code),
        name: one.name,
        state: None,
        date: one.valid_from,
    });
    Ok([("STRUCTURE", structures.collect()), ("PROCESSES", processes.collect())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_that_of_the_last_step_until_the_day() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
        let one = Uuid::from_u128(1);
        let step =
            |on: &str, at: i64, state: i32| (one, day(on), (entity::Moment(at), Uuid::from_u128(at as u128)), state);
        let steps = [step("2026-01-02", 2, 20), step("2026-01-01", 1, 10), step("2026-02-01", 3, 30)];
        assert_eq!(states(steps.into_iter(), day("2026-01-31")).get(&one), Some(&20));
        assert_eq!(states(steps.into_iter(), day("2025-12-31")).get(&one), None);
    }
}
