//! Acts by which material is made known to units, and by which these say that they know it.

use async_graphql::{ID, InputObject};
use entity::{
    Id,
    direction::{DisseminationChannel, acknowledgement, dissemination, dissemination_unit, management_review},
    organization::{org_unit, organization},
};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, Condition};
use uuid::Uuid;

use super::types::{ACKNOWLEDGEMENT, DISSEMINATION};
use crate::{
    access::rules::Duty,
    audit::inputs::named,
    execution::act::{Act, AnyAct, act},
    graph::{
        Declaration,
        declaration::{Figure, Scalar, Shape, Sql},
        error::ErrorCode,
    },
    insight::share::{SHARE, share},
    organization::{
        entry::{DocumentReferenceInput, Reference, Texts, key, link, obtain},
        rules::validate,
    },
    store::{ActFault, ChangeSet, Confirm, Publish},
};

/// The acts on material.
pub static ACTS: &[&dyn AnyAct] = &[act::<DisseminationCreate>(), act::<AcknowledgementCreate>()];

/// `Dissemination.coverage`: acknowledged ÷ audience, at the day asked for.
pub const COVERAGE: Figure = Figure {
    needs: &[
        (Sql::Column("organization_id"), Scalar::Id),
        (
            Sql::Template(
                "CAST((SELECT count(*) FROM acknowledgement k WHERE k.dissemination_id = {t}.id AND k.acknowledged_on <= {m}) AS INTEGER)",
            ),
            Scalar::Int,
        ),
        (
            Sql::Template(
                "CAST((SELECT count(*) FROM dissemination_unit x WHERE x.dissemination_id = {t}.id) AS INTEGER)",
            ),
            Scalar::Int,
        ),
    ],
    output: &Shape::Object(&SHARE),
    arguments: &[],
    compute: |input| {
        let count = |at: usize| input.cells[at].as_u64().unwrap_or(0);
        Ok(share(count(1), count(2), ("No tiene audiencia.", "It has no audience."), input.locale))
    },
    reveals: None,
};

/// Material. What is made known, how, to whom.
#[derive(InputObject)]
struct DisseminationCreateInput {
    /// Nombre. One line of 1 to 200 characters.
    name: String,
    /// Canal. How it is made known.
    channel: DisseminationChannel,
    /// Revisión. The management review that is made known.
    review: Option<ID>,
    /// Audiencia. The units that are to know it, 1 to 200.
    units: Vec<ID>,
    /// Nota. Up to 4,000 characters.
    note: Option<String>,
    /// Material. Where it lies.
    material: Option<DocumentReferenceInput>,
}

/// Socializar. Makes material known to units, from today on; each acknowledges it for itself.
#[derive(InputObject)]
struct DisseminationCreate {
    /// Organización. Whose units.
    organization: ID,
    /// Datos. The material.
    input: DisseminationCreateInput,
}

impl Act for DisseminationCreate {
    const NAME: &'static str = "disseminationCreate";
    const CODES: &'static [ErrorCode] = &[];
    const PAYLOAD: &'static Declaration = &DISSEMINATION;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let at = &["organization"];
        let organization = obtain::<organization::Entity, Publish>(changes, &self.organization, at, None).await?;
        let (input, mut texts) = (self.input, Texts::default());
        let name = texts.required("name", &input.name, validate::name);
        let note = texts.optional("note", input.note.as_deref(), validate::note);
        let mut own = Texts::default();
        let material = input.material.as_ref().map(|material| material.read(&mut own));
        texts.nest("material", own);
        if input.units.is_empty() {
            texts.refuse(ErrorCode::Required.at(["units"]));
        }
        texts.done()?;
        let review =
            link::<management_review::Entity, _>(changes, &organization, input.review.as_ref(), &["input", "review"])
                .await?;
        let units = named::<org_unit::Entity, _>(changes, &organization, &input.units, "units").await?;
        let mut row = dissemination::ActiveModel {
            management_review_id: Set(review),
            name: Set(name),
            channel: Set(input.channel),
            published_on: Set(changes.today()),
            note: Set(note),
            ..Default::default()
        };
        if let Some(Reference { title, uri, media_type, sha256, filing_number }) = material {
            row.document_title = Set(title);
            row.document_uri = Set(uri);
            row.document_media_type = Set(media_type);
            row.document_sha256 = Set(sha256);
            row.filing_number = Set(filing_number);
        }
        let material = changes.create::<dissemination::Entity, _>(&organization, row).await?;
        for org_unit_id in units {
            let row = dissemination_unit::ActiveModel {
                dissemination_id: Set(material.id()),
                org_unit_id: Set(org_unit_id),
                ..Default::default()
            };
            changes.link::<dissemination_unit::Entity, _, _>(&material, row).await?;
        }
        Ok(material.id().uuid())
    }
}

/// Acuse de recibo. For which unit.
#[derive(InputObject)]
struct AcknowledgementCreateInput {
    /// Dependencia. One of the audience.
    unit: ID,
    /// Nota. Up to 4,000 characters.
    note: Option<String>,
}

/// Acusar recibo. Says that a unit of the audience knows the material; once for each unit.
#[derive(InputObject)]
struct AcknowledgementCreate {
    /// Socialización. The material.
    dissemination: ID,
    /// Datos. For which unit.
    input: AcknowledgementCreateInput,
}

impl Act for AcknowledgementCreate {
    const NAME: &'static str = "acknowledgementCreate";
    const CODES: &'static [ErrorCode] = &[ErrorCode::OutOfScope];
    const PAYLOAD: &'static Declaration = &ACKNOWLEDGEMENT;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let at = &["dissemination"];
        let material = obtain::<dissemination::Entity, Confirm>(changes, &self.dissemination, at, None).await?;
        let mut texts = Texts::default();
        let note = texts.optional("note", self.input.note.as_deref(), validate::note);
        texts.done()?;
        const UNIT: [&str; 2] = ["input", "unit"];
        let unit = key::<org_unit::Entity>(&self.input.unit, &UNIT)?;
        let of = Condition::all()
            .add(dissemination_unit::Column::DisseminationId.eq(material.id()))
            .add(dissemination_unit::Column::OrgUnitId.eq(unit));
        if changes.find::<dissemination_unit::Entity, _>(&material, of).await?.is_empty() {
            return Err(ErrorCode::NotFound.at(UNIT).into());
        }
        let (actor, organization) = (&changes.intent().actor, material.organization().uuid());
        actor.may(Duty::Acknowledge, organization, &[unit.uuid()]).map_err(|refusal| refusal.at(UNIT))?;
        let row = acknowledgement::ActiveModel {
            dissemination_id: Set(material.id()),
            org_unit_id: Set(unit),
            person_id: Set(actor.person(organization).map(Id::from_uuid)),
            acknowledged_on: Set(changes.today()),
            note: Set(note),
            ..Default::default()
        };
        let acknowledged = changes.create::<acknowledgement::Entity, _>(&material, row).await;
        Ok(acknowledged.map_err(|fault| fault.duplicate_at(&UNIT))?.id().uuid())
    }
}
