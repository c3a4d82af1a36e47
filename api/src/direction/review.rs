//! Acts on management reviews, handovers and their decisions.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{
    direction::{ReviewKind, ReviewState, decision, management_review},
    organization::{org_unit, organization, person},
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait as _, Condition,
};
use uuid::Uuid;

use super::{
    gathered::gather,
    types::{DECISION, MANAGEMENT_REVIEW},
};
use crate::{
    execution::act::{Act, AnyAct, act},
    graph::{Declaration, error::ErrorCode, scalars::Date},
    organization::{
        entry::{DocumentReferenceInput, Reference, Texts, follow, link, obtain},
        rules::validate,
    },
    store::{ActFault, ChangeSet, DirectSystem},
};

/// The acts on reviews.
pub static ACTS: &[&dyn AnyAct] = &[
    act::<ManagementReviewCreate>(),
    act::<ManagementReviewUpdate>(),
    act::<ManagementReviewGather>(),
    act::<ManagementReviewFreeze>(),
    act::<DecisionCreate>(),
];

/// Revisión nueva. What it is for, and as of which day.
#[derive(InputObject)]
struct ManagementReviewCreateInput {
    /// Clase. Review or handover (empalme).
    kind: ReviewKind,
    /// Nombre. One line of 1 to 200 characters.
    name: String,
    /// Fecha de corte. As of which day its inputs are gathered; today or before.
    cutoff: Date,
}

/// Abrir una revisión por la dirección. Gathers what there is as of the cut-off: audits, findings, plans, actions, structure,
/// processes, earlier decisions.
#[derive(InputObject)]
struct ManagementReviewCreate {
    /// Organización. The one that is reviewed.
    organization: ID,
    /// Datos. The review.
    input: ManagementReviewCreateInput,
}

impl Act for ManagementReviewCreate {
    const NAME: &'static str = "managementReviewCreate";
    const CODES: &'static [ErrorCode] = &[];
    const PAYLOAD: &'static Declaration = &MANAGEMENT_REVIEW;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let at = &["organization"];
        let organization = obtain::<organization::Entity, DirectSystem>(changes, &self.organization, at, None).await?;
        let mut texts = Texts::default();
        let name = texts.required("name", &self.input.name, validate::name);
        if self.input.cutoff.0 > changes.today() {
            texts.refuse(ErrorCode::InvalidArgument.at(["cutoff"]).with("expected", format!("…{}", changes.today())));
        }
        texts.done()?;
        let (content, hash) = gather(changes, &organization, None, self.input.cutoff.0).await?;
        let row = management_review::ActiveModel {
            kind: Set(self.input.kind),
            state: Set(ReviewState::Draft),
            name: Set(name),
            cutoff: Set(self.input.cutoff.0),
            content: Set(Some(content)),
            content_hash: Set(Some(hash)),
            ..Default::default()
        };
        Ok(changes.create::<management_review::Entity, _>(&organization, row).await?.id().uuid())
    }
}

/// Revisión. What was held and concluded; what is absent stays as it is, null clears.
#[derive(InputObject)]
struct ManagementReviewUpdateInput {
    /// Nombre. One line of 1 to 200 characters.
    name: MaybeUndefined<String>,
    /// Fecha. Day on which it was held, today or before.
    held_on: MaybeUndefined<Date>,
    /// Conclusiones. What was concluded, up to 4,000 characters.
    conclusions: MaybeUndefined<String>,
    /// Acta. Where the minutes lie, as a whole.
    minutes: MaybeUndefined<DocumentReferenceInput>,
}

/// Redactar una revisión por la dirección. Says when it was held and what was concluded, until it is frozen.
#[derive(InputObject)]
struct ManagementReviewUpdate {
    /// Revisión. A draft.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
    /// Cambios. What to change.
    input: ManagementReviewUpdateInput,
}

impl Act for ManagementReviewUpdate {
    const NAME: &'static str = "managementReviewUpdate";
    const CODES: &'static [ErrorCode] = &[ErrorCode::Frozen];
    const PAYLOAD: &'static Declaration = &MANAGEMENT_REVIEW;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let expected = Some(self.expected_version);
        let review = obtain::<management_review::Entity, DirectSystem>(changes, &self.id, &["id"], expected).await?;
        let (input, mut texts) = (self.input, Texts::default());
        let mut row = management_review::ActiveModel {
            name: texts.edit("name", &input.name, validate::name),
            conclusions: texts.edit_optional("conclusions", &input.conclusions, validate::note),
            ..Default::default()
        };
        match input.held_on {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Value(day) if day.0 > changes.today() => {
                texts.refuse(
                    ErrorCode::InvalidArgument.at(["heldOn"]).with("expected", format!("…{}", changes.today())),
                );
            }
            given => row.held_on = Set(given.value().map(|day| day.0)),
        }
        match input.minutes {
            MaybeUndefined::Undefined => {}
            given => {
                let mut own = Texts::default();
                let Reference { title, uri, media_type, sha256, filing_number } =
                    given.take().unwrap_or_default().read(&mut own);
                texts.nest("minutes", own);
                row.document_title = Set(title);
                row.document_uri = Set(uri);
                row.document_media_type = Set(media_type);
                row.document_sha256 = Set(sha256);
                row.filing_number = Set(filing_number);
            }
        }
        texts.done()?;
        Ok(changes.update(review, row).await?.id().uuid())
    }
}

/// Recopilar las entradas. Gathers the inputs of a draft again, as of its cut-off: what was entered since counts.
#[derive(InputObject)]
struct ManagementReviewGather {
    /// Revisión. A draft.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
}

impl Act for ManagementReviewGather {
    const NAME: &'static str = "managementReviewGather";
    const CODES: &'static [ErrorCode] = &[ErrorCode::Frozen];
    const PAYLOAD: &'static Declaration = &MANAGEMENT_REVIEW;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let expected = Some(self.expected_version);
        let review = obtain::<management_review::Entity, DirectSystem>(changes, &self.id, &["id"], expected).await?;
        let (content, hash) = gather(changes, &review, Some(review.id()), review.model().cutoff).await?;
        // That it was gathered again is told even where nothing is new.
        let review =
            if review.model().content_hash.as_ref() == Some(&hash) { changes.touch(review).await? } else { review };
        let row = management_review::ActiveModel {
            content: Set(Some(content)),
            content_hash: Set(Some(hash)),
            ..Default::default()
        };
        Ok(changes.update(review, row).await?.id().uuid())
    }
}

/// Congelar una revisión por la dirección. From now on neither its inputs nor its conclusions nor its decisions change; the hash says
/// what they were. It was held and concluded then.
#[derive(InputObject)]
struct ManagementReviewFreeze {
    /// Revisión. A draft with a day and conclusions.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
}

impl Act for ManagementReviewFreeze {
    const NAME: &'static str = "managementReviewFreeze";
    const CODES: &'static [ErrorCode] = &[ErrorCode::Frozen];
    const PAYLOAD: &'static Declaration = &MANAGEMENT_REVIEW;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let expected = Some(self.expected_version);
        let review = obtain::<management_review::Entity, DirectSystem>(changes, &self.id, &["id"], expected).await?;
        let row = management_review::ActiveModel {
            state: Set(ReviewState::Frozen),
            frozen_on: Set(Some(changes.today())),
            id: NotSet,
            ..Default::default()
        };
        Ok(changes.update(review, row).await?.id().uuid())
    }
}

/// Decisión nueva. What was decided.
#[derive(InputObject)]
struct DecisionCreateInput {
    /// Decisión. Up to 4,000 characters.
    text: String,
    /// Dependencia. The unit that sees to it.
    unit: ID,
    /// Responsable. The person who sees to it.
    owner: Option<ID>,
    /// Plazo. Last day; not before the day of the review.
    due_on: Option<Date>,
}

/// Registrar una decisión de la dirección. Adds a decision to a review that is not frozen; its number is the next. What is done about it
/// is an action of an improvement plan that names it.
#[derive(InputObject)]
struct DecisionCreate {
    /// Revisión. A draft.
    review: ID,
    /// Datos. The decision.
    input: DecisionCreateInput,
}

impl Act for DecisionCreate {
    const NAME: &'static str = "decisionCreate";
    const CODES: &'static [ErrorCode] = &[ErrorCode::Frozen];
    const PAYLOAD: &'static Declaration = &DECISION;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let review =
            obtain::<management_review::Entity, DirectSystem>(changes, &self.review, &["review"], None).await?;
        let (input, mut texts) = (self.input, Texts::default());
        let text = texts.required("text", &input.text, validate::note);
        let from = review.model().held_on.unwrap_or(review.model().cutoff);
        if input.due_on.is_some_and(|due| due.0 < from) {
            texts.refuse(ErrorCode::InvalidArgument.at(["dueOn"]).with("expected", format!("{from}…")));
        }
        texts.done()?;
        let unit = follow::<org_unit::Entity, _>(changes, &review, &input.unit, &["input", "unit"]).await?.id();
        let owner = link::<person::Entity, _>(changes, &review, input.owner.as_ref(), &["input", "owner"]).await?;
        let of = Condition::all().add(decision::Column::ManagementReviewId.eq(review.id()));
        let known = changes.find::<decision::Entity, _>(&review, of).await?;
        let row = decision::ActiveModel {
            management_review_id: Set(review.id()),
            number: Set(known.iter().map(|one| one.number).max().unwrap_or(0) + 1),
            text: Set(text),
            org_unit_id: Set(unit),
            owner_id: Set(owner),
            due_on: Set(input.due_on.map(|due| due.0)),
            ..Default::default()
        };
        Ok(changes.create::<decision::Entity, _>(&review, row).await?.id().uuid())
    }
}
