//! What acts on members and grants look at: read once as data, shown by `availableTransitions`, judged by the acts.

use chrono::NaiveDate;
use entity::{
    OpaqueId,
    access::{MemberState, access_grant, member},
};
use serde_json::{Value, json};

use crate::{
    access::{
        actor::Actor,
        administrators::{Administrator, administrators, roster},
        states::{self, Available, MemberAct, MemberFacts, Transition},
        types::{ACCESS_GRANT, MEMBER},
    },
    graph::{
        declaration::{Figure, FigureInput, ObjectShape, Scalar, Shape, ShapeField, Sql},
        error::Refusal,
    },
    organization::structure::BLOCK,
    store::{ActFault, ChangeSet, Granted, Verb},
};

const TEXT: Shape = Shape::Leaf("String");

static TRANSITION: ObjectShape = ObjectShape {
    name: "MemberAvailableTransition",
    description: "Paso posible. An act of a member's life cycle that its state has, and whether the viewer may do it now.",
    fields: &[
        ShapeField {
            name: "to",
            description: "Estado nuevo. The state to which it leads.",
            shape: &Shape::Leaf("MemberState"),
            nullable: false,
        },
        ShapeField {
            name: "act",
            description: "Acción. The mutation that does it, such as `memberSuspend`.",
            shape: &TEXT,
            nullable: false,
        },
        ShapeField {
            name: "allowed",
            description: "Permitido. Whether it would be done, given the reason that it asks for.",
            shape: &Shape::Leaf("Boolean"),
            nullable: false,
        },
        ShapeField {
            name: "blockedBy",
            description: "Impedimentos. What stands against it; empty when it is allowed.",
            shape: &Shape::List(&Shape::Object(&BLOCK)),
            nullable: false,
        },
    ],
};

/// `availableTransitions` of a member.
pub const MEMBER_TRANSITIONS: Figure = Figure {
    needs: &[
        (Sql::Column("organization_id"), Scalar::Id),
        (Sql::Column("state"), Scalar::Enum(&MemberState::VOCABULARY)),
        (Sql::Column("account_id"), Scalar::Id),
        (Sql::Column("person_id"), Scalar::Id),
        (Sql::Template(roster!("{t}.organization_id", "g.account_id = {t}.account_id")), Scalar::Text),
    ],
    output: &Shape::List(&Shape::Object(&TRANSITION)),
    arguments: &[],
    compute: available,
    reveals: None,
};

/// What is needed of a grant to know who else keeps members.
const OF_GRANT: &[(Sql, Scalar)] = &[(Sql::Template(roster!("{t}.organization_id", "g.id = {t}.id")), Scalar::Text)];

fn facts(cells: &[Value], actor: &Actor, today: NaiveDate) -> (MemberFacts, uuid::Uuid) {
    let text = |at: usize| cells.get(at).and_then(Value::as_str);
    let key = |at| text(at).and_then(OpaqueId::parse).map(|id| id.uuid);
    let organization = key(0).unwrap_or_default();
    let state = text(1).and_then(|name| MemberState::VOCABULARY.by_name(name));
    let state = state.and_then(|term| MemberState::from_number(term.number)).unwrap_or(MemberState::Suspended);
    let itself = actor.is_itself(organization, key(2), key(3));
    (MemberFacts { state, itself, administrators: administrators(text(4)), today, reason: None }, organization)
}

fn available(input: &FigureInput<'_>) -> Result<Value, Refusal> {
    let (facts, organization) = facts(input.cells, input.viewer, input.today);
    let shown = |open: &Available| {
        let blocks = open.blocked_by.iter().map(|block| {
            let path = if block.path.is_empty() { Value::Null } else { block.path.clone().into() };
            json!({ "code": block.code.name(), "message": block.message(input.locale), "path": path })
        });
        json!({
            "to": states::name(open.to),
            "act": open.act.name(),
            "allowed": open.blocked_by.is_empty(),
            "blockedBy": blocks.collect::<Value>(),
        })
    };
    let open = states::available(&facts, |duty| input.viewer.may(duty, organization, None).err());
    Ok(open.iter().map(shown).collect())
}

/// The transition that the act makes on a member, or everything that stands against it.
pub async fn judge<V: Verb>(
    changes: &ChangeSet,
    member: &Granted<member::Entity, V>,
    act: MemberAct,
    reason: &str,
) -> Result<&'static Transition, ActFault> {
    let cells = changes.needs(member, &MEMBER, MEMBER_TRANSITIONS.needs).await?;
    let (mut facts, _) = facts(&cells, &changes.intent().actor, changes.today());
    facts.reason = Some(!reason.trim().is_empty());
    let line = states::check(&facts, act)?;
    debug_assert_eq!(line.duty, Some(V::DUTY), "{} takes the duty that the table names", act.name());
    Ok(line)
}

/// The administrators of the organization that owns a grant; own is this grant.
pub async fn administrators_beside<V: Verb>(
    changes: &ChangeSet,
    grant: &Granted<access_grant::Entity, V>,
) -> Result<Vec<Administrator>, ActFault> {
    let cells = changes.needs(grant, &ACCESS_GRANT, OF_GRANT).await?;
    Ok(administrators(cells.first().and_then(Value::as_str)))
}
