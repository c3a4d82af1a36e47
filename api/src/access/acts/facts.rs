//! What acts on members and grants look at: read once as data, shown by `availableTransitions`, judged by the acts.

use chrono::NaiveDate;
use entity::access::{MemberState, access_grant, member};
use serde_json::Value;

use crate::{
    access::{
        actor::Actor,
        administrators::{Administrator, administrators, roster},
        states::{MemberAct, MemberFacts, MemberLife},
        types::{ACCESS_GRANT, MEMBER},
    },
    graph::{
        Declaration,
        declaration::{Figure, ObjectShape, Scalar, Shape, Sql},
    },
    life_cycle::{self, Cells, Judged, Line, Read, step_shape},
    store::{ActFault, ChangeSet, Granted, Verb},
};

static STEP: ObjectShape = step_shape!("MemberAvailableTransition", "MemberState", "memberSuspend");

/// `availableTransitions` of a member.
pub const MEMBER_TRANSITIONS: Figure = Figure {
    needs: &[
        (Sql::Column("organization_id"), Scalar::Id),
        (Sql::Column("state"), Scalar::Enum(&MemberState::VOCABULARY)),
        (Sql::Column("account_id"), Scalar::Id),
        (Sql::Column("person_id"), Scalar::Id),
        (Sql::Template(roster!("{t}.organization_id", "g.account_id = {t}.account_id")), Scalar::Text),
    ],
    output: &Shape::List(&Shape::Object(&STEP)),
    arguments: &[],
    compute: life_cycle::available_steps::<MemberLife>,
    reveals: None,
};

/// What is needed of a grant to know who else keeps members.
const OF_GRANT: &[(Sql, Scalar)] = &[(Sql::Template(roster!("{t}.organization_id", "g.id = {t}.id")), Scalar::Text)];

impl Judged for MemberLife {
    const OF: &'static Declaration = &MEMBER;
    const FIGURE: Figure = MEMBER_TRANSITIONS;

    fn read(cells: Cells<'_>, actor: &Actor, today: NaiveDate) -> Read<MemberFacts> {
        let organization = cells.key(0).unwrap_or_default();
        let state = cells.text(1).and_then(|name| MemberState::VOCABULARY.by_name(name));
        let state = state.and_then(|term| MemberState::from_number(term.number)).unwrap_or(MemberState::Suspended);
        let itself = actor.is_itself(organization, cells.key(2), cells.key(3));
        let administrators = administrators(cells.text(4));
        Read {
            facts: MemberFacts { state, itself, administrators, today, reason: None },
            organization,
            units: Vec::new(),
        }
    }
}

/// The transition that the act makes on a member, or everything that stands against it.
pub async fn judge<V: Verb>(
    changes: &ChangeSet,
    member: &Granted<member::Entity, V>,
    act: MemberAct,
    reason: &str,
) -> Result<&'static Line<MemberLife>, ActFault> {
    let say = |facts: &mut MemberFacts| facts.reason = Some(!reason.trim().is_empty());
    Ok(life_cycle::judge::<MemberLife, _, V>(changes, member, act, say).await?.0)
}

/// The administrators of the organization that owns a grant; own is this grant.
pub async fn administrators_beside<V: Verb>(
    changes: &ChangeSet,
    grant: &Granted<access_grant::Entity, V>,
) -> Result<Vec<Administrator>, ActFault> {
    let cells = changes.needs(grant, &ACCESS_GRANT, OF_GRANT).await?;
    Ok(administrators(cells.first().and_then(Value::as_str)))
}
