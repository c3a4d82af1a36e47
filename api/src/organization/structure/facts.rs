//! What the guards of the life cycle look at: read once as data, shown by `availableTransitions`, judged by the acts.

use chrono::NaiveDate;
use entity::{
    Id,
    organization::{StructureStage, StructureState},
};
use sea_orm::EntityTrait;
use serde_json::Value;
use uuid::Uuid;

use crate::{
    access::{act_rules::act_rule, actor::Actor, rules::Duty},
    graph::{
        declaration::{Figure, FigureInput, ObjectShape, Scalar, Shape, ShapeField, Sql},
        error::{ErrorCode, Refusal},
    },
    organization::{
        refusals::{refusal, refused},
        states::{self, Available, Given, StructureAct, StructureFacts, Transition, state_name, state_on},
        types::STRUCTURE_VERSION,
    },
    store::{ActFault, ChangeSet, Granted, Verb},
};
use entity::organization::structure_version;

const TEXT: Shape = Shape::Leaf("String");

/// What stands against an act of a life cycle.
pub static BLOCK: ObjectShape = ObjectShape {
    name: "TransitionBlock",
    description: "Impedimento. What stands against an act; the act would answer the same.",
    fields: &[
        ShapeField {
            name: "code",
            description: "Código. Stable; meant for programs.",
            shape: &Shape::Leaf("ErrorCode"),
            nullable: false,
        },
        ShapeField {
            name: "message",
            description: "Mensaje. Meant for people, in the language of `Accept-Language`.",
            shape: &TEXT,
            nullable: false,
        },
        ShapeField {
            name: "path",
            description: "Lugar. The argument of the act, or the part of the version, that it is about; null: the act as a whole.",
            shape: &Shape::List(&TEXT),
            nullable: true,
        },
    ],
};

static TRANSITION: ObjectShape = ObjectShape {
    name: "StructureAvailableTransition",
    description: "Paso posible. An act of the life cycle that the present state has, and whether the viewer may do it now.",
    fields: &[
        ShapeField {
            name: "to",
            description: "Estado nuevo. The state to which it leads, once its date is reached.",
            shape: &Shape::Leaf("StructureState"),
            nullable: false,
        },
        ShapeField {
            name: "act",
            description: "Acción. The mutation that does it, such as `structureVersionApprove`.",
            shape: &TEXT,
            nullable: false,
        },
        ShapeField {
            name: "allowed",
            description: "Permitido. Whether it would be done, given the date and the reason that it may ask for.",
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

/// `availableTransitions`.
pub const AVAILABLE: Figure = Figure {
    needs: &[
        (Sql::Column("organization_id"), Scalar::Id),
        (Sql::Column("stage"), Scalar::Enum(&StructureStage::VOCABULARY)),
        (Sql::Column("valid_from"), Scalar::Date),
        (Sql::Column("valid_to"), Scalar::Date),
        (Sql::Column("annulled_from"), Scalar::Date),
        (Sql::Column("legal_act_id"), Scalar::Id),
        (
            Sql::Template(
                "CAST((SELECT count(*) FROM unit_version c WHERE c.structure_version_id = {t}.id) AS INTEGER)",
            ),
            Scalar::Int,
        ),
        (
            Sql::Template(
                "CAST((SELECT count(*) FROM unit_version c WHERE c.structure_version_id = {t}.id \
                 AND c.parent_id IS NULL) AS INTEGER)",
            ),
            Scalar::Int,
        ),
        // Around a cycle the depth cannot grow by one at every step; a parent outside the version cannot be stored.
        (
            Sql::Template(
                "CAST((SELECT count(*) FROM unit_version c JOIN unit_version p ON p.id = c.parent_id \
                 WHERE c.structure_version_id = {t}.id AND c.depth <> p.depth + 1) AS INTEGER)",
            ),
            Scalar::Int,
        ),
        // Names hold no line breaks, so a line is a name.
        (
            Sql::Template(
                "(SELECT string_agg(b.name, '\n' ORDER BY b.path) FROM unit_version b \
                 WHERE b.structure_version_id = {t}.base_version_id \
                 AND NOT EXISTS (SELECT 1 FROM unit_version w WHERE w.structure_version_id = {t}.id \
                 AND w.org_unit_id = b.org_unit_id) \
                 AND NOT EXISTS (SELECT 1 FROM succession s JOIN succession_predecessor p ON p.succession_id = s.id \
                 WHERE s.structure_version_id = {t}.id AND p.org_unit_id = b.org_unit_id))",
            ),
            Scalar::Text,
        ),
        (
            Sql::Template(
                "(SELECT COALESCE(s.person_id, y.person_id) FROM structure_transition s LEFT JOIN member y \
                 ON y.account_id = s.account_id AND y.organization_id = s.organization_id \
                 WHERE s.structure_version_id = {t}.id AND s.to_state = 2 \
                 ORDER BY s.recorded_at DESC, s.id DESC LIMIT 1)",
            ),
            Scalar::Id,
        ),
        (
            Sql::Template(
                "(SELECT s.account_id FROM structure_transition s WHERE s.structure_version_id = {t}.id AND s.to_state = 2 \
                 ORDER BY s.recorded_at DESC, s.id DESC LIMIT 1)",
            ),
            Scalar::Id,
        ),
        // Of a key: who answers for what it does.
        (
            Sql::Template(
                "(SELECT (SELECT k.answerable FROM api_key k WHERE k.account_id = s.account_id) \
                 FROM structure_transition s WHERE s.structure_version_id = {t}.id AND s.to_state = 2 \
                 ORDER BY s.recorded_at DESC, s.id DESC LIMIT 1)",
            ),
            Scalar::TextList,
        ),
    ],
    output: &Shape::List(&Shape::Object(&TRANSITION)),
    arguments: &[],
    compute: available,
    reveals: None,
};

/// The facts in the cells of [`AVAILABLE`]'s needs, and the organization that owns the version.
fn facts(cells: &[Value], actor: &Actor, today: NaiveDate) -> (StructureFacts, Uuid) {
    let cell = |at: usize| cells.get(at).unwrap_or(&Value::Null);
    let key = |at| cell(at).as_str().and_then(entity::OpaqueId::parse).map(|id| id.uuid);
    let date = |at| cell(at).as_str().and_then(crate::reader::arguments::parse_date);
    let count = |at| cell(at).as_u64().and_then(|count| usize::try_from(count).ok()).unwrap_or(0);
    let organization = key(0).unwrap_or_default();
    let person = actor.person(organization);
    let mut answerable = cell(12).as_array().into_iter().flatten().filter_map(Value::as_str);
    let by_own_key = answerable.any(|one| {
        let one = Uuid::parse_str(one).ok();
        one.is_some() && (one == actor.account || one == person)
    });
    let by_own_account = key(11).is_some() && key(11) == actor.account;
    let stage = cell(1).as_str().and_then(|name| StructureStage::VOCABULARY.by_name(name));
    let stage = stage.and_then(|term| StructureStage::from_number(term.number)).unwrap_or(StructureStage::Draft);
    let facts = StructureFacts {
        state: state_on(stage, date(2), date(3), date(4), today),
        valid_from: date(2),
        valid_to: date(3),
        has_legal_act: key(5).is_some(),
        unit_count: count(6),
        root_count: count(7),
        adrift_count: count(8),
        // The table refuses a second unit with one code.
        repeated_codes: Vec::new(),
        unmapped_units: cell(9)
            .as_str()
            .map(|names| names.lines().map(ToOwned::to_owned).collect())
            .unwrap_or_default(),
        // Whoever submitted under this very account is the one who acts, whatever person it is tied to by now; so is
        // whoever had the key in his hands.
        submitter: if by_own_account || by_own_key { person } else { key(10) },
        actor: person,
        given: None,
    };
    (facts, organization)
}

fn available(input: &FigureInput<'_>) -> Result<Value, Refusal> {
    let (facts, organization) = facts(input.cells, input.viewer, input.today);
    let may = |duty| input.viewer.may(duty, organization, None);
    let answer = states::available_transitions(&facts, |duty| may(duty).is_ok());
    let shown = |open: &Available| {
        // What the act itself would answer: which roles have the duty, or that the viewer's are limited.
        let rights = || act_rule(open.act.mutation()).and_then(|rule| may(rule.duty).err());
        let blocks = open.blocked_by.iter().map(refusal).map(|block| {
            let block = if block.code == ErrorCode::Forbidden { rights().unwrap_or(block) } else { block };
            let path = if block.path.is_empty() { Value::Null } else { block.path.clone().into() };
            serde_json::json!({ "code": block.code.name(), "message": block.message(input.locale), "path": path })
        });
        serde_json::json!({
            "to": state_name(open.to),
            "act": open.act.mutation(),
            "allowed": open.allowed,
            "blockedBy": blocks.collect::<Value>(),
        })
    };
    Ok(answer.iter().map(shown).collect())
}

/// What is said together with an act.
pub struct Said {
    /// The act's date, a reason.
    pub given: Given,
    /// Does a legal act come with it?
    pub legal_act: bool,
}

/// The transition that the act makes on the version, or everything that stands against it.
pub async fn judge<V: Verb>(
    changes: &ChangeSet,
    version: &Granted<structure_version::Entity, V>,
    act: StructureAct,
    said: Said,
) -> Result<(&'static Transition, StructureFacts), ActFault> {
    let cells = changes.needs(version, &STRUCTURE_VERSION, AVAILABLE.needs).await?;
    let (mut facts, _) = facts(&cells, &changes.intent().actor, changes.today());
    facts.given = Some(said.given);
    facts.has_legal_act |= said.legal_act;
    let line = states::check(&facts, act).map_err(refused)?;
    debug_assert_eq!(line.duty, V::DUTY, "{} takes the duty that the table names", act.mutation());
    Ok((line, facts))
}

/// When an act is entered, and with what standing: a past date takes the duty, the word `backdate`, and a reason.
pub fn entry<E: EntityTrait, V>(
    changes: &ChangeSet,
    row: &Granted<E, V>,
    backdate: Option<bool>,
    has_reason: bool,
) -> crate::organization::rules::timeline::Entry {
    let may = changes.intent().actor.has(Duty::Backdate, row.organization().uuid());
    crate::organization::rules::timeline::Entry {
        today: changes.today(),
        may_backdate: may && backdate == Some(true),
        has_reason,
    }
}

/// The state after a transition, for its row.
pub fn step(from: Option<StructureState>, to: StructureState, date: NaiveDate, reason: Option<&str>) -> Step<'_> {
    Step { from, to, date, reason }
}

/// A step of the life cycle that is to be written down.
pub struct Step<'a> {
    from: Option<StructureState>,
    to: StructureState,
    date: NaiveDate,
    reason: Option<&'a str>,
}

impl Step<'_> {
    /// Writes it down under the version.
    pub async fn record<V: Verb>(
        self,
        changes: &mut ChangeSet,
        version: &Granted<structure_version::Entity, V>,
    ) -> Result<(), ActFault> {
        use entity::organization::structure_transition::{ActiveModel, Entity};
        use sea_orm::ActiveValue::Set;
        let row = ActiveModel {
            structure_version_id: Set(version.id()),
            from_state: Set(self.from),
            to_state: Set(self.to),
            civil_date: Set(self.date),
            recorded_at: Set(changes.now()),
            account_id: Set(changes.account()),
            person_id: Set(changes.intent().actor.person(version.organization().uuid()).map(Id::from_uuid)),
            act: Set(changes.intent().act.to_owned()),
            reason: Set(self.reason.map(ToOwned::to_owned)),
            ..Default::default()
        };
        changes.create::<Entity, V>(version, row).await.map(drop)
    }
}
