//! Acts of national administrators: organizations, their classifications, temporary takeovers (domain 1).

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{
    Id, Interval,
    organization::{
        ClassificationScheme, OrganizationKind, organization, organization_classification as classification,
        temporary_takeover as takeover,
    },
    territory::territorial_entity,
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait as _, Condition,
};
use uuid::Uuid;

use super::{
    entry::{ENDING, Texts, end, interval, key, link, not_over, obtain, take_effect},
    rules::validate,
    types::{ORGANIZATION, ORGANIZATION_CLASSIFICATION, TEMPORARY_TAKEOVER},
};
use crate::{
    access::rules::{self, Duty},
    execution::act::{Act, AnyAct, act},
    graph::{Declaration, error::ErrorCode, scalars::Date},
    store::{ActFault, ChangeSet, Granted, KeepOrganization},
};

/// The acts on organizations.
pub static ACTS: &[&dyn AnyAct] = &[
    act::<OrganizationCreate>(),
    act::<OrganizationUpdate>(),
    act::<OrganizationClassify>(),
    act::<TemporaryTakeoverCreate>(),
    act::<TemporaryTakeoverEnd>(),
];

/// Datos de una organización. What is recorded of it.
#[derive(InputObject)]
struct OrganizationCreateInput {
    /// Clase. What part it plays; never changes.
    kind: OrganizationKind,
    /// Nombre. The official name with its accents, up to 200 characters.
    name: String,
    /// NIT. Nine or ten digits, the check digit after a hyphen if it is given; kept without it.
    tax_id: Option<String>,
    /// Entidad territorial certificada. The ETC for which a secretariat works; required for one, refused for others.
    territorial_entity: Option<ID>,
}

/// Crear una organización. Enters an organization; an ETC has one secretariat, and a NIT belongs to one organization.
#[derive(InputObject)]
struct OrganizationCreate {
    /// Datos. What is recorded of it.
    input: OrganizationCreateInput,
}

impl Act for OrganizationCreate {
    const NAME: &'static str = "organizationCreate";
    const CODES: &'static [ErrorCode] = &[];
    const PAYLOAD: &'static Declaration = &ORGANIZATION;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let seat = seat(changes).await?;
        let (input, mut texts) = (self.input, Texts::default());
        let row = organization::ActiveModel {
            kind: Set(input.kind),
            name: Set(texts.required("name", &input.name, validate::name)),
            tax_id: Set(texts.optional("taxId", input.tax_id.as_deref(), validate::tax_id).map(without_check_digit)),
            territorial_entity_id: NotSet,
            ..Default::default()
        };
        let secretariat = input.kind == OrganizationKind::EducationSecretariat;
        match &input.territorial_entity {
            None if secretariat => texts.refuse(ErrorCode::Required.at(["territorialEntity"])),
            Some(_) if !secretariat => texts.refuse(ErrorCode::InvalidArgument.at(["territorialEntity"])),
            _ => {}
        }
        texts.done()?;
        let entity = territorial_entity(changes, input.territorial_entity.as_ref()).await?;
        let row = organization::ActiveModel { territorial_entity_id: Set(entity), ..row };
        let taken = taken(&row);
        let created = changes.create::<organization::Entity, _>(&seat, row).await;
        Ok(created.map_err(|fault| fault.duplicate_at(taken))?.id().uuid())
    }
}

/// Where a value stands that another organization may have; the input as a whole when it may be either.
fn taken(row: &organization::ActiveModel) -> &'static [&'static str] {
    match (&row.tax_id, &row.territorial_entity_id) {
        (Set(Some(_)), Set(Some(_))) => &["input"],
        (Set(Some(_)), _) => &["input", "taxId"],
        _ => &["input", "territorialEntity"],
    }
}

/// The organization from which a new one is entered: one of those in which the actor has the duty.
async fn seat(changes: &mut ChangeSet) -> Result<Granted<organization::Entity, KeepOrganization>, ActFault> {
    let actor = &changes.intent().actor;
    let keeps = |organization: &Uuid| actor.has(Duty::KeepOrganizations, *organization);
    let seat = actor.grants.iter().map(|held| held.organization).find(keeps);
    changes.organization(Id::from_uuid(seat.ok_or_else(|| rules::lacks(Duty::KeepOrganizations))?)).await
}

/// Cambios a una organización. What is absent stays as it is, null clears.
#[derive(InputObject)]
struct OrganizationUpdateInput {
    /// Nombre. The official name with its accents, up to 200 characters.
    name: MaybeUndefined<String>,
    /// NIT. Nine or ten digits, the check digit after a hyphen if it is given; kept without it.
    tax_id: MaybeUndefined<String>,
    /// Entidad territorial certificada. The ETC for which a secretariat works; a secretariat keeps one.
    territorial_entity: MaybeUndefined<ID>,
}

/// Modificar una organización. Corrects its name, its NIT or its ETC; the history keeps what stood before.
#[derive(InputObject)]
struct OrganizationUpdate {
    /// Organización. The one to change.
    id: ID,
    /// Versión esperada. Its `version` when it was read.
    expected_version: i32,
    /// Cambios. What to change.
    input: OrganizationUpdateInput,
}

impl Act for OrganizationUpdate {
    const NAME: &'static str = "organizationUpdate";
    const CODES: &'static [ErrorCode] = &[];
    const PAYLOAD: &'static Declaration = &ORGANIZATION;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let found =
            obtain::<organization::Entity, KeepOrganization>(changes, &self.id, &["id"], Some(self.expected_version))
                .await?;
        let (input, mut texts) = (self.input, Texts::default());
        let tax_id = match texts.edit_optional("taxId", &input.tax_id, validate::tax_id) {
            Set(tax_id) => Set(tax_id.map(without_check_digit)),
            _ => NotSet,
        };
        let name = texts.edit("name", &input.name, validate::name);
        let secretariat = found.model().kind == OrganizationKind::EducationSecretariat;
        match &input.territorial_entity {
            MaybeUndefined::Null if secretariat => texts.refuse(ErrorCode::Required.at(["territorialEntity"])),
            MaybeUndefined::Value(_) if !secretariat => {
                texts.refuse(ErrorCode::InvalidArgument.at(["territorialEntity"]));
            }
            _ => {}
        }
        texts.done()?;
        let territorial_entity_id = match &input.territorial_entity {
            MaybeUndefined::Undefined => NotSet,
            given => Set(territorial_entity(changes, given.value()).await?),
        };
        let row = organization::ActiveModel { name, tax_id, territorial_entity_id, ..Default::default() };
        let taken = taken(&row);
        let changed = changes.update(found, row).await;
        Ok(changed.map_err(|fault| fault.duplicate_at(taken))?.id().uuid())
    }
}

/// One spelling of a NIT, so that it is recognized; the check digit follows from the others.
fn without_check_digit(tax_id: String) -> String {
    tax_id.split_once('-').map_or(tax_id.clone(), |(number, _)| number.to_owned())
}

async fn territorial_entity(
    changes: &ChangeSet,
    id: Option<&ID>,
) -> Result<Option<Id<territorial_entity::Entity>>, ActFault> {
    const AT: [&str; 2] = ["input", "territorialEntity"];
    let Some(id) = id else { return Ok(None) };
    let id = key::<territorial_entity::Entity>(id, &AT)?;
    let same = Condition::all().add(territorial_entity::Column::Id.eq(id));
    match changes.catalogue::<territorial_entity::Entity>(same).await?.is_empty() {
        true => Err(ErrorCode::NotFound.at(AT).into()),
        false => Ok(Some(id)),
    }
}

/// Datos de una clasificación. A class, from when, and who says so.
#[derive(InputObject)]
struct OrganizationClassifyInput {
    /// Esquema. By what it is classified.
    scheme: ClassificationScheme,
    /// Valor. The class, in the source's own words, up to 200 characters.
    value: String,
    /// Desde. First day on which it holds.
    from: Date,
    /// Fuente. Where it was read: document, data set and edition, up to 200 characters.
    source: String,
}

/// Clasificar una organización. Gives it a class from a day on; the class that it has by that scheme on that day ends
/// with it, one that is known to begin later stays.
#[derive(InputObject)]
struct OrganizationClassify {
    /// Organización. The one to classify.
    organization: ID,
    /// Datos. The class.
    input: OrganizationClassifyInput,
    /// Motivo. Why it is entered only now, when it began in the past.
    reason: Option<String>,
}

impl Act for OrganizationClassify {
    const NAME: &'static str = "organizationClassify";
    const CODES: &'static [ErrorCode] = &[ErrorCode::Backdated, ErrorCode::Frozen];
    const PAYLOAD: &'static Declaration = &ORGANIZATION_CLASSIFICATION;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        const FROM: &[&str] = &["input", "from"];
        let organization =
            obtain::<organization::Entity, KeepOrganization>(changes, &self.organization, &["organization"], None)
                .await?;
        let (input, mut texts) = (self.input, Texts::default());
        let value = texts.required("value", &input.value, validate::name);
        let source = texts.required("source", &input.source, validate::name);
        texts.done()?;
        let from = input.from.0;
        take_effect(changes, &organization, from, FROM, self.reason.as_deref())?;
        let same = Condition::all().add(classification::Column::Scheme.eq(input.scheme));
        let known = changes.follow_all::<classification::Entity, _>(&organization, same).await?;
        let next = known.iter().map(|row| row.model().valid_from).filter(|start| *start > from).min();
        for row in known {
            let (start, end) = (row.model().valid_from, row.model().valid_to);
            if start == from {
                return Err(ErrorCode::Duplicate.at(FROM.iter().copied()).into());
            }
            if Interval::new(start, end).is_some_and(|days| days.contains(from)) {
                not_over(changes, end).map_err(|refusal| refusal.at(FROM.iter().copied()))?;
                let ended = classification::ActiveModel { valid_to: Set(Some(from)), ..Default::default() };
                changes.update(row, ended).await?;
            }
        }
        let row = classification::ActiveModel {
            scheme: Set(input.scheme),
            value: Set(value),
            source: Set(source),
            valid_from: Set(from),
            valid_to: Set(next),
            ..Default::default()
        };
        Ok(changes.create::<classification::Entity, _>(&organization, row).await?.id().uuid())
    }
}

/// Datos de una administración temporal. Who administers, by which act, when.
#[derive(InputObject)]
struct TemporaryTakeoverCreateInput {
    /// Administrador temporal. Who administers in the Nation's name, up to 200 characters.
    administrator: String,
    /// Acto administrativo. The act that orders it.
    legal_act: Option<ID>,
    /// Vigente desde. First day on which it holds.
    valid_from: Date,
    /// Vigente hasta. The day after the last; absent: without a known end.
    valid_to: Option<Date>,
}

/// Registrar una administración temporal. Enters that the Nation runs a secretariat's service for a time (Decreto 028
/// de 2008); two of them never hold on the same day.
#[derive(InputObject)]
struct TemporaryTakeoverCreate {
    /// Organización. The secretariat whose service is taken over.
    organization: ID,
    /// Datos. The takeover.
    input: TemporaryTakeoverCreateInput,
    /// Motivo. Why it is entered only now, when it began in the past.
    reason: Option<String>,
}

impl Act for TemporaryTakeoverCreate {
    const NAME: &'static str = "temporaryTakeoverCreate";
    const CODES: &'static [ErrorCode] = &[ErrorCode::DateRangeEmpty, ErrorCode::Backdated];
    const PAYLOAD: &'static Declaration = &TEMPORARY_TAKEOVER;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let organization =
            obtain::<organization::Entity, KeepOrganization>(changes, &self.organization, &["organization"], None)
                .await?;
        if organization.model().kind != OrganizationKind::EducationSecretariat {
            return Err(ErrorCode::InvalidArgument.at(["organization"]).into());
        }
        let (input, mut texts) = (self.input, Texts::default());
        let administrator = texts.required("administrator", &input.administrator, validate::name);
        texts.done()?;
        let days = interval(input.valid_from.0, input.valid_to.map(|to| to.0))?;
        take_effect(changes, &organization, days.from(), &["input", "validFrom"], self.reason.as_deref())?;
        alone(changes, &organization, None, days, &["input", "validFrom"]).await?;
        let row = takeover::ActiveModel {
            legal_act_id: Set(link(changes, &organization, input.legal_act.as_ref(), &["input", "legalAct"]).await?),
            administrator: Set(administrator),
            valid_from: Set(days.from()),
            valid_to: Set(days.to()),
            ..Default::default()
        };
        Ok(changes.create::<takeover::Entity, _>(&organization, row).await?.id().uuid())
    }
}

/// Terminar una administración temporal. Sets the day from which the secretariat runs its service again; a later day
/// than the known one extends the takeover. What ended before today stays as it is.
#[derive(InputObject)]
struct TemporaryTakeoverEnd {
    /// Administración temporal. The one to end.
    id: ID,
    /// Versión esperada. Its `version` when it was read.
    expected_version: i32,
    /// Vigente hasta. The day after the last on which it holds.
    valid_to: Date,
    /// Motivo. Why it is entered only now, when the day lies in the past.
    reason: Option<String>,
}

impl Act for TemporaryTakeoverEnd {
    const NAME: &'static str = "temporaryTakeoverEnd";
    const CODES: &'static [ErrorCode] = ENDING;
    const PAYLOAD: &'static Declaration = &TEMPORARY_TAKEOVER;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let found =
            obtain::<takeover::Entity, KeepOrganization>(changes, &self.id, &["id"], Some(self.expected_version))
                .await?;
        let days = (found.model().valid_from, found.model().valid_to);
        let left = end(changes, &found, days, self.valid_to.0, self.reason.as_deref())?;
        alone(changes, &found, Some(found.id()), left, &["validTo"]).await?;
        let row = takeover::ActiveModel { valid_to: Set(left.to()), ..Default::default() };
        Ok(changes.update(found, row).await?.id().uuid())
    }
}

/// DUPLICATE when another takeover of the organization shares a day with these.
async fn alone(
    changes: &ChangeSet,
    cause: &Granted<impl sea_orm::EntityTrait, KeepOrganization>,
    itself: Option<Id<takeover::Entity>>,
    days: Interval,
    path: &[&str],
) -> Result<(), ActFault> {
    let rows = changes.find::<takeover::Entity, _>(cause, Condition::all()).await?;
    let shares =
        |row: &takeover::Model| Interval::new(row.valid_from, row.valid_to).is_some_and(|it| it.overlaps(days));
    let other = rows.iter().any(|row| Some(row.id) != itself && shares(row));
    if other { Err(ErrorCode::Duplicate.at(path.iter().copied()).into()) } else { Ok(()) }
}
