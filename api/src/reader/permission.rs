//! `can(action:)`: what would stand against an act on a row, whatever its arguments are: duties, scopes, the life cycle,
//! the act's own guard.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{
    arguments::{Given, input_fault},
    collect::{Merged, below},
    plan::{CanNode, Decode, Node, Picked, Reading},
    planner::{Place, Planner},
};
use crate::{
    access::{
        act_rules::ActRule,
        actor::Actor,
        guards::{Found, Guard},
        rules,
    },
    graph::{
        declaration::{Declaration, Owner, Source},
        error::{ErrorCode, Locale, Refusal},
        root::PERMISSION,
    },
};

/// The members that an entity with a life cycle has.
const STATE: &str = "state";
const STEPS: &str = "availableTransitions";

/// Plans what the question needs of the row.
pub(super) fn plan<'a>(
    planner: &mut Planner<'a>,
    owner: &'static Declaration,
    place: &Place,
    merged: &Merged<'a>,
) -> Result<Node, Refusal> {
    let arguments = planner.context.source.arguments(&merged[0].node);
    let action = arguments.get("action").and_then(Value::as_str).unwrap_or_default();
    let rule = ActRule::of_action(action).ok_or_else(|| input_fault("action"))?;
    let picked = planner.pick_object(&PERMISSION, &below(merged));
    Ok(Node::Can(Box::new(of_act(planner, owner, place, (rule, picked))?)))
}

/// What it needs of a row to say whether an act may be done on it.
pub(super) fn of_act(
    planner: &mut Planner<'_>,
    owner: &'static Declaration,
    place: &Place,
    (rule, picked): (&'static ActRule, Picked),
) -> Result<CanNode, Refusal> {
    let applies = rule.applies(owner.kind);
    let organization = match owner.visibility.owner {
        Owner::Column(column) => Some(planner.select(place, Reading::Column(column, Decode::Uuid))),
        Owner::Nation | Owner::Through { .. } => None,
    };
    let unit = owner.visibility.unit.map(|unit| planner.select(place, Reading::Template(unit, Decode::Uuid)));
    let units =
        owner.visibility.involved.map(|of| planner.select(place, Reading::Template(of.units.text, Decode::Text)));
    let source = |name| owner.member(name).map(|member| &member.source);
    let steps = match (source(STATE), source(STEPS)) {
        (Some(Source::Column(sql, scalar)), Some(Source::Figure(figure))) if applies && rule.step.is_some() => {
            let state = planner.select(place, Reading::of(*sql, *scalar));
            let kind = owner.kind.map_or(0, |kind| kind as u8);
            Some((state, *scalar, planner.figure(figure, place, kind, Map::new(), Picked::Whole)?))
        }
        _ => None,
    };
    let kind = owner.kind.map_or(0, |kind| kind as u8);
    let guard =
        rule.guard.filter(|_| applies).map(|guard| (guard, planner.needs(guard.needs, &Given::new(), place, kind)));
    Ok(CanNode { rule, applies, organization, unit, units, steps, guard, picked })
}

/// What the row says of itself.
pub struct Asked<'a> {
    /// The act asked about.
    pub rule: &'static ActRule,
    /// Is the row of the kind on which the act is done?
    pub applies: bool,
    /// The organization that owns the row; none for national rows.
    pub organization: Option<Uuid>,
    /// The units to which the row belongs.
    pub units: Vec<Uuid>,
    /// For a step of a life cycle: the state of the row, and its `availableTransitions`.
    pub steps: Option<(&'a Value, &'a Value)>,
    /// What the act looks at in the row beyond that, and what it found.
    pub guard: Option<(&'static Guard, Found<'a>)>,
}

/// The answer, as the schema's `Permission`.
pub fn permission(actor: &Actor, asked: &Asked<'_>, locale: Locale) -> Value {
    match blocked(actor, asked) {
        None => json!({ "allowed": true, "code": null, "message": null }),
        Some(Block::Refusal(refusal)) => {
            json!({ "allowed": false, "code": refusal.code.name(), "message": refusal.message(locale) })
        }
        Some(Block::Told(block)) => json!({ "allowed": false, "code": block["code"], "message": block["message"] }),
    }
}

enum Block<'a> {
    Refusal(Refusal),
    /// As `availableTransitions` says it.
    Told(&'a Value),
}

fn blocked<'a>(actor: &Actor, asked: &Asked<'a>) -> Option<Block<'a>> {
    let rule = asked.rule;
    if !asked.applies {
        return Some(Block::Refusal(ErrorCode::ActionDoesNotApply.into()));
    }
    let may = match asked.organization {
        Some(organization) if rule.in_unit && asked.units.is_empty() => actor.may_somewhere(rule.duty, organization),
        Some(organization) => actor.may(rule.duty, organization, &asked.units),
        None => Err(rules::lacks(rule.duty)),
    };
    if let Err(refusal) = may {
        return Some(Block::Refusal(refusal));
    }
    if let Some((guard, found)) = &asked.guard {
        return (guard.check)(found).map(Block::Refusal);
    }
    let (state, steps) = asked.steps?;
    match steps.as_array()?.iter().find(|step| step["act"] == rule.name) {
        Some(step) => step["blockedBy"].get(0).map(Block::Told),
        None => {
            let refusal = ErrorCode::TransitionNotAllowed.with("from", state.clone()).with("to", rule.step);
            Some(Block::Refusal(refusal))
        }
    }
}
