//! `availableTransitions`: its shape, what it is computed from, and the same judgement for the acts themselves.

use chrono::NaiveDate;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{LifeCycle, Line, available, check};
use crate::{
    access::{actor::Actor, visibility::keys},
    graph::{
        Declaration,
        declaration::{Figure, FigureInput, ObjectShape, Shape, ShapeField},
        error::{Locale, Refusal},
    },
    store::{ActFault, ChangeSet, Granted, Recorded, Verb},
};

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
            description: "Lugar. The argument of the act, or the part of the object, that it is about; null: the act as a whole.",
            shape: &Shape::List(&TEXT),
            nullable: true,
        },
        ShapeField {
            name: "params",
            description: "Parámetros. The values that the message speaks of, by name.",
            shape: &Shape::Leaf("JSON"),
            nullable: true,
        },
    ],
};

/// The shape of a possible step: the object's name, the enum of its states, a mutation for example.
macro_rules! step_shape {
    ($name:literal, $state:literal, $example:literal) => {
        $crate::graph::declaration::ObjectShape {
            name: $name,
            description: "Paso posible. An act of the life cycle that the present state has, and whether the viewer may do it now.",
            fields: &[
                $crate::graph::declaration::ShapeField {
                    name: "to",
                    description: "Estado nuevo. The state to which it leads, once its date is reached.",
                    shape: &$crate::graph::declaration::Shape::Leaf($state),
                    nullable: false,
                },
                $crate::graph::declaration::ShapeField {
                    name: "act",
                    description: concat!("Acción. The mutation that does it, such as `", $example, "`."),
                    shape: &$crate::graph::declaration::Shape::Leaf("String"),
                    nullable: false,
                },
                $crate::graph::declaration::ShapeField {
                    name: "allowed",
                    description: "Permitido. Whether it would be done, given the date and the reason that it may ask for.",
                    shape: &$crate::graph::declaration::Shape::Leaf("Boolean"),
                    nullable: false,
                },
                $crate::graph::declaration::ShapeField {
                    name: "blockedBy",
                    description: "Impedimentos. What stands against it; empty when it is allowed.",
                    shape: &$crate::graph::declaration::Shape::List(&$crate::graph::declaration::Shape::Object(
                        &$crate::life_cycle::BLOCK,
                    )),
                    nullable: false,
                },
            ],
        }
    };
}
pub(crate) use step_shape;

/// What is needed to know who submitted a version: the person, the account and, of a key, who answers for it, in this order.
/// Each is told by the table of the version's steps, its column of the version, and which steps are meant.
macro_rules! submitted {
    (person, $steps:literal, $column:literal, $which:literal) => {
        $crate::life_cycle::submitted!(
            @ $crate::graph::declaration::Scalar::Id,
            "COALESCE(s.person_id, (SELECT y.person_id FROM member y WHERE y.account_id = s.account_id \
             AND y.organization_id = s.organization_id))",
            $steps, $column, $which
        )
    };
    (account, $steps:literal, $column:literal, $which:literal) => {
        $crate::life_cycle::submitted!(@ $crate::graph::declaration::Scalar::Id, "s.account_id", $steps, $column, $which)
    };
    (answerable, $steps:literal, $column:literal, $which:literal) => {
        $crate::life_cycle::submitted!(
            @ $crate::graph::declaration::Scalar::TextList,
            "(SELECT k.answerable FROM api_key k WHERE k.account_id = s.account_id AND k.organization_id = s.organization_id ORDER BY k.id LIMIT 1)",
            $steps, $column, $which
        )
    };
    (@ $scalar:expr, $value:literal, $steps:literal, $column:literal, $which:literal) => {
        (
            $crate::graph::declaration::Sql::Template(concat!(
                "(SELECT ", $value, " FROM ", $steps, " s WHERE s.", $column, " = {t}.id AND ", $which,
                " ORDER BY s.recorded_at DESC, s.id DESC LIMIT 1)"
            )),
            $scalar,
        )
    };
}
pub(crate) use submitted;

/// What the cells of a row say.
pub struct Read<F> {
    /// What the guards look at.
    pub facts: F,
    /// The organization that owns the row.
    pub organization: Uuid,
    /// The units and processes that the row belongs to: what a limited grant is held against.
    pub units: Vec<Uuid>,
}

/// A life cycle of which the facts are read from a row.
pub trait Judged: LifeCycle {
    /// Whose rows.
    const OF: &'static Declaration;
    /// `availableTransitions`; its needs are the cells.
    const FIGURE: Figure;

    /// What the cells say to whoever acts or asks on this day.
    fn read(cells: Cells<'_>, actor: &Actor, today: NaiveDate) -> Read<Self::Facts>;
}

/// The needed values of a row, by their place.
#[derive(Clone, Copy)]
pub struct Cells<'a>(pub &'a [Value]);

impl<'a> Cells<'a> {
    /// A text or a word.
    pub fn text(self, at: usize) -> Option<&'a str> {
        self.0.get(at).and_then(Value::as_str)
    }

    /// The key in an id.
    pub fn key(self, at: usize) -> Option<Uuid> {
        self.text(at).and_then(entity::OpaqueId::parse).map(|id| id.uuid)
    }

    /// The number of a word.
    pub fn word(self, at: usize, vocabulary: &'static entity::Vocabulary) -> Option<i16> {
        self.text(at).and_then(|name| vocabulary.by_name(name)).map(|term| term.number)
    }

    /// The lines of a text that a template joined.
    pub fn lines(self, at: usize) -> impl Iterator<Item = &'a str> {
        self.text(at).unwrap_or_default().lines()
    }

    /// The keys in a text, see [`keys`].
    pub fn keys(self, at: usize) -> Vec<Uuid> {
        keys(self.text(at))
    }

    /// A civil date.
    pub fn date(self, at: usize) -> Option<NaiveDate> {
        self.text(at).and_then(crate::reader::arguments::parse_date)
    }

    /// A count, 0 when it is missing.
    pub fn count(self, at: usize) -> usize {
        self.0.get(at).and_then(Value::as_u64).and_then(|count| usize::try_from(count).ok()).unwrap_or(0)
    }

    /// The person who submitted a version, by the three cells of [`submitted`] from this place on. Whoever did it under his
    /// very account is the one who acts, whatever person it is tied to by now; so is whoever had the key in his hands.
    pub fn submitter(self, at: usize, actor: &Actor, person: Option<Uuid>) -> Option<Uuid> {
        let account = self.key(at + 1);
        let mut answerable = self.0.get(at + 2).and_then(Value::as_array).into_iter().flatten();
        let by_own_key = answerable.any(|one| {
            let one = one.as_str().and_then(|one| Uuid::parse_str(one).ok());
            one.is_some() && (one == actor.account || one == person)
        });
        let by_own_account = account.is_some() && account == actor.account;
        if by_own_account || by_own_key { person } else { self.key(at) }
    }

    /// Whether something is so.
    pub fn is_true(self, at: usize) -> bool {
        self.0.get(at).and_then(Value::as_bool).unwrap_or(false)
    }
}

/// Computes `availableTransitions`.
pub fn available_steps<C: Judged>(input: &FigureInput<'_>) -> Result<Value, Refusal> {
    let Read { facts, organization, units } = C::read(Cells(input.cells), input.viewer, input.today);
    let open = available::<C>(&facts, |duty| input.viewer.may(duty, organization, &units).err());
    let shown = open.iter().map(|open| {
        json!({
            "to": C::name(open.line.to),
            "act": C::mutation(open.line.act),
            "allowed": open.blocked_by.is_empty(),
            "blockedBy": open.blocked_by.iter().map(|block| told(block, input.locale)).collect::<Value>(),
        })
    });
    Ok(shown.collect())
}

fn told(block: &Refusal, locale: Locale) -> Value {
    let path = if block.path.is_empty() { Value::Null } else { block.path.clone().into() };
    let params = if block.params.is_empty() { Value::Null } else { block.params.clone().into() };
    json!({ "code": block.code.name(), "message": block.message(locale), "path": path, "params": params })
}

/// The transition that the act makes on a row, or everything that stands against it; `say` adds to the facts what came
/// with the act.
pub async fn judge<C: Judged, E: Recorded, V: Verb>(
    changes: &ChangeSet,
    row: &Granted<E, V>,
    act: C::Act,
    say: impl FnOnce(&mut C::Facts),
) -> Result<(&'static Line<C>, C::Facts), ActFault> {
    let cells = changes.needs(row, C::OF, C::FIGURE.needs).await?;
    let Read { mut facts, .. } = C::read(Cells(&cells), &changes.intent().actor, changes.today());
    say(&mut facts);
    let line = check::<C>(&facts, act)?;
    debug_assert_eq!(line.duty, Some(V::DUTY), "{} takes the duty that the table names", C::mutation(act));
    Ok((line, facts))
}
