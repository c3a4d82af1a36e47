//! Acts on holdings: appointments to posts and their end.

use async_graphql::{ID, InputObject};
use entity::{
    Id, Interval,
    organization::{AppointmentKind, person, post, post_holding},
};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, Condition};
use uuid::Uuid;

use super::erase::not_erased;
use crate::{
    execution::act::Act,
    graph::{
        Declaration,
        error::{ErrorCode, Refusal},
        scalars::Date,
    },
    organization::{
        entry::{Path, end, follow, interval, link, obtain, take_effect},
        rules::timeline::{self, Holding},
        types::POST_HOLDING,
    },
    store::{ActFault, Appoint, ChangeSet, Granted},
};

/// Datos de una vinculación. Who fills which post, when, and on what title.
#[derive(InputObject)]
pub(super) struct PostHoldingCreateInput {
    /// Cargo. The post to fill; it must exist on all days of the appointment.
    post: ID,
    /// Persona. Who fills it.
    person: ID,
    /// Tipo de vinculación. Only `ACTING` (encargo) may overlap another person's holding of the post.
    appointment: AppointmentKind,
    /// Acto administrativo. The act of the appointment.
    legal_act: Option<ID>,
    /// Vigente desde. First day in the post.
    valid_from: Date,
    /// Vigente hasta. The day after the last in the post; absent: without a known end.
    valid_to: Option<Date>,
}

/// Vincular a una persona. Appoints somebody to a post. A first day in the past takes the right to backdate and a
/// reason.
#[derive(InputObject)]
pub(super) struct PostHoldingCreate {
    /// Datos. The appointment.
    input: PostHoldingCreateInput,
    /// Motivo. Why it is entered only now, when it began in the past.
    reason: Option<String>,
}

impl Act for PostHoldingCreate {
    const NAME: &'static str = "postHoldingCreate";
    const CODES: &'static [ErrorCode] = &[
        ErrorCode::DateRangeEmpty,
        ErrorCode::Backdated,
        ErrorCode::HoldingOverlap,
        ErrorCode::AlreadyInPost,
        ErrorCode::PostNotOpen,
        ErrorCode::PersonErased,
    ];
    const PAYLOAD: &'static Declaration = &POST_HOLDING;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let input = self.input;
        let post = obtain::<post::Entity, Appoint>(changes, &input.post, &["input", "post"], None).await?;
        let person = follow::<person::Entity, _>(changes, &post, &input.person, &["input", "person"]).await?;
        not_erased(person.model(), &["input", "person"])?;
        let legal_act = link(changes, &post, input.legal_act.as_ref(), &["input", "legalAct"]).await?;
        let days = interval(input.valid_from.0, input.valid_to.map(|to| to.0))?;
        take_effect(changes, &post, days.from(), &["input", "validFrom"], self.reason.as_deref())?;
        let id = Id::<post_holding::Entity>::new();
        let (on, who, appointment) = (post.id().uuid(), person.id().uuid(), input.appointment);
        let new = Holding { id: id.uuid(), post: on, person: who, appointment, interval: days };
        admit(changes, &post, &new, [&["input", "post"], &["input", "validFrom"]]).await?;
        let row = post_holding::ActiveModel {
            id: Set(id),
            post_id: Set(post.id()),
            person_id: Set(person.id()),
            appointment: Set(input.appointment),
            legal_act_id: Set(legal_act),
            valid_from: Set(days.from()),
            valid_to: Set(days.to()),
            ..Default::default()
        };
        Ok(changes.create::<post_holding::Entity, _>(&post, row).await?.id().uuid())
    }
}

/// Terminar una vinculación. Sets the day from which the person no longer fills the post; a later day than the known
/// one extends the appointment. What ended before today stays as it is.
#[derive(InputObject)]
pub(super) struct PostHoldingEnd {
    /// Vinculación. The one to end.
    id: ID,
    /// Versión esperada. Its `version` when it was read.
    expected_version: i32,
    /// Vigente hasta. The day after the last in the post.
    valid_to: Date,
    /// Motivo. Why it is entered only now, when the day lies in the past.
    reason: Option<String>,
}

impl Act for PostHoldingEnd {
    const NAME: &'static str = "postHoldingEnd";
    const CODES: &'static [ErrorCode] = &[
        ErrorCode::Frozen,
        ErrorCode::DateRangeEmpty,
        ErrorCode::Backdated,
        ErrorCode::HoldingOverlap,
        ErrorCode::AlreadyInPost,
        ErrorCode::PostNotOpen,
    ];
    const PAYLOAD: &'static Declaration = &POST_HOLDING;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let found =
            obtain::<post_holding::Entity, Appoint>(changes, &self.id, &["id"], Some(self.expected_version)).await?;
        let old = found.model().clone();
        let left = end(changes, &found, (old.valid_from, old.valid_to), self.valid_to.0, self.reason.as_deref())?;
        let post = changes.follow::<post::Entity, _>(&found, old.post_id).await?;
        let new = held(&old, left);
        admit(changes, &post, &new, [&["validTo"], &["validTo"]]).await?;
        let row = post_holding::ActiveModel { valid_to: Set(left.to()), ..Default::default() };
        Ok(changes.update(found, row).await?.id().uuid())
    }
}

/// Is there room for the holding in its post? POST_NOT_OPEN at the first path, HOLDING_OVERLAP and ALREADY_IN_POST at
/// the second.
async fn admit(
    changes: &ChangeSet,
    post: &Granted<post::Entity, Appoint>,
    new: &Holding,
    [at_post, at_days]: [Path<'_>; 2],
) -> Result<(), ActFault> {
    let same = Condition::all().add(post_holding::Column::PostId.eq(post.id()));
    let rows = changes.find::<post_holding::Entity, _>(post, same).await?;
    let existing: Vec<_> = rows.iter().filter_map(holding).collect();
    let model = post.model();
    let open = model.valid_from.and_then(|from| Interval::new(from, model.valid_to));
    let told = |violation, at: Path<'_>| Refusal::from(violation).at(at.iter().copied());
    let outside = timeline::holding_outside_post(open, new).map(|found| told(found, at_post));
    let overlap = timeline::holding_conflict(&existing, new).map(|found| told(found, at_days));
    let same = timeline::person_in_post(&existing, new).map(|found| told(found, at_days));
    let refusals: Vec<_> = outside.into_iter().chain(same.or(overlap)).collect();
    if refusals.is_empty() { Ok(()) } else { Err(refusals.into()) }
}

fn holding(row: &post_holding::Model) -> Option<Holding> {
    Some(held(row, Interval::new(row.valid_from, row.valid_to)?))
}

/// The holding as the rules see it, on these days.
fn held(row: &post_holding::Model, interval: Interval) -> Holding {
    let (post, person) = (row.post_id.uuid(), row.person_id.uuid());
    Holding { id: row.id.uuid(), post, person, appointment: row.appointment, interval }
}
