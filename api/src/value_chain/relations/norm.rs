//! Acts on the normogram: the norms that processes are held to.

use async_graphql::{ID, InputObject, MaybeUndefined, OneofObject};
use entity::{
    Id, Interval,
    framework::norm,
    value_chain::{process, process_norm},
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait as _, Condition, EntityTrait,
};
use uuid::Uuid;

use super::shared::ends;
use crate::{
    execution::act::Act,
    graph::{Declaration, error::ErrorCode, scalars::Date},
    organization::{
        entry::{Path, Texts, end, interval, key, obtain, take_effect},
        rules::validate,
    },
    store::{ActFault, ChangeSet, FormulateProcess, Granted},
    value_chain::types::PROCESS_NORM,
};

/// Norma. One of the national catalogue, or one that the organization names.
#[derive(OneofObject)]
pub(super) enum NormInput {
    /// Norma del catálogo. Of the national catalogue.
    Catalogue(ID),
    /// Nombre propio. One that the catalogue lacks, in one line of 1 to 200 characters.
    Name(String),
}

/// Datos de una entrada del normograma. Which norm, and what it asks of the process.
#[derive(InputObject)]
pub(super) struct ProcessNormCreateInput {
    /// Norma. Of the national catalogue, or of one's own.
    norm: NormInput,
    /// Artículos. Those that bear on the process, up to 200 characters; absent: the whole.
    articles: Option<String>,
    /// Asunto. What it asks of the process, up to 4,000 characters.
    subject: Option<String>,
    /// Vigente desde. First day on which the process is held to it.
    valid_from: Date,
    /// Vigente hasta. The day after the last; absent: without a known end.
    valid_to: Option<Date>,
}

/// Agregar una norma al normograma. Says that a process is held to a norm. A first day in the past takes the right to
/// backdate and a reason.
#[derive(InputObject)]
pub(super) struct ProcessNormCreate {
    /// Proceso. The process.
    process: ID,
    /// Datos. Which norm.
    input: ProcessNormCreateInput,
    /// Motivo. Why it is entered only now, when it began in the past.
    reason: Option<String>,
}

impl Act for ProcessNormCreate {
    const NAME: &'static str = "processNormCreate";
    const CODES: &'static [ErrorCode] = &[ErrorCode::DateRangeEmpty, ErrorCode::Backdated];
    const PAYLOAD: &'static Declaration = &PROCESS_NORM;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let process = obtain::<process::Entity, FormulateProcess>(changes, &self.process, &["process"], None).await?;
        let (input, mut texts) = (self.input, Texts::default());
        let articles = texts.optional("articles", input.articles.as_deref(), validate::name);
        let subject = texts.optional("subject", input.subject.as_deref(), validate::note);
        let name = match &input.norm {
            NormInput::Name(name) => {
                let mut inner = Texts::default();
                let name = inner.required("name", name, validate::name);
                texts.nest("norm", inner);
                Some(name)
            }
            NormInput::Catalogue(_) => None,
        };
        texts.done()?;
        let days = interval(input.valid_from.0, input.valid_to.map(|to| to.0))?;
        take_effect(changes, &process, days.from(), &["input", "validFrom"], self.reason.as_deref())?;
        let norm = match &input.norm {
            NormInput::Catalogue(id) => Some(catalogued(changes, id, &["input", "norm", "catalogue"]).await?),
            NormInput::Name(_) => None,
        };
        let new = Entry { norm, name: name.as_deref(), articles: articles.as_deref(), days };
        distinct(changes, &process, process.id(), None, &new, &["input", "norm"]).await?;
        let row = process_norm::ActiveModel {
            process_id: Set(process.id()),
            norm_id: Set(norm),
            name: Set(name),
            articles: Set(articles),
            subject: Set(subject),
            valid_from: Set(days.from()),
            valid_to: Set(days.to()),
            ..Default::default()
        };
        Ok(changes.create::<process_norm::Entity, _>(&process, row).await?.id().uuid())
    }
}

/// The norm of the catalogue that an argument names. NOT_FOUND.
async fn catalogued(changes: &ChangeSet, id: &ID, path: Path<'_>) -> Result<Id<norm::Entity>, ActFault> {
    let id = key::<norm::Entity>(id, path)?;
    let found = changes.catalogue::<norm::Entity>(Condition::all().add(norm::Column::Id.eq(id))).await?;
    if found.is_empty() { Err(ErrorCode::NotFound.at(path.iter().copied()).into()) } else { Ok(id) }
}

/// What an entry is about.
struct Entry<'a> {
    norm: Option<Id<norm::Entity>>,
    name: Option<&'a str>,
    articles: Option<&'a str>,
    days: Interval,
}

/// DUPLICATE when another entry of the process is about the same on some of the days.
async fn distinct(
    changes: &ChangeSet,
    cause: &Granted<impl EntityTrait, FormulateProcess>,
    process: Id<process::Entity>,
    itself: Option<Id<process_norm::Entity>>,
    new: &Entry<'_>,
    path: Path<'_>,
) -> Result<(), ActFault> {
    let same = Condition::all().add(process_norm::Column::ProcessId.eq(process));
    let repeats = |row: &process_norm::Model| {
        Some(row.id) != itself
            && row.norm_id == new.norm
            && row.name.as_deref().map(entity::fold) == new.name.map(entity::fold)
            && row.articles.as_deref() == new.articles
            && Interval::new(row.valid_from, row.valid_to).is_some_and(|days| days.overlaps(new.days))
    };
    let rows = changes.find::<process_norm::Entity, _>(cause, same).await?;
    if rows.iter().any(repeats) { Err(ErrorCode::Duplicate.at(path.iter().copied()).into()) } else { Ok(()) }
}

/// Cambios a una entrada del normograma. What is absent stays as it is, null clears.
#[derive(InputObject)]
pub(super) struct ProcessNormUpdateInput {
    /// Nombre propio. One line of 1 to 200 characters; only where it is not one of the catalogue.
    name: MaybeUndefined<String>,
    /// Artículos. Those that bear on the process, up to 200 characters.
    articles: MaybeUndefined<String>,
    /// Asunto. What it asks of the process, up to 4,000 characters.
    subject: MaybeUndefined<String>,
}

/// Corregir una entrada del normograma. Corrects one that has not ended.
#[derive(InputObject)]
pub(super) struct ProcessNormUpdate {
    /// Entrada del normograma. The one to change.
    id: ID,
    /// Versión esperada. Its `version` when it was read.
    expected_version: i32,
    /// Cambios. What to change.
    input: ProcessNormUpdateInput,
}

impl Act for ProcessNormUpdate {
    const NAME: &'static str = "processNormUpdate";
    const CODES: &'static [ErrorCode] = &[ErrorCode::Frozen];
    const PAYLOAD: &'static Declaration = &PROCESS_NORM;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let expected = Some(self.expected_version);
        let found = obtain::<process_norm::Entity, FormulateProcess>(changes, &self.id, &["id"], expected).await?;
        let mut texts = Texts::default();
        let name = match texts.edit("name", &self.input.name, validate::name) {
            Set(_) if found.model().norm_id.is_some() => {
                texts.refuse(ErrorCode::InvalidArgument.at(["name"]));
                NotSet
            }
            Set(name) => Set(Some(name)),
            _ => NotSet,
        };
        let articles = texts.edit_optional("articles", &self.input.articles, validate::name);
        let subject = texts.edit_optional("subject", &self.input.subject, validate::note);
        texts.done()?;
        let known = found.model();
        let chosen = |edited: &sea_orm::ActiveValue<Option<String>>, known: &Option<String>| match edited {
            Set(text) => text.clone(),
            _ => known.clone(),
        };
        let (named, read) = (chosen(&name, &known.name), chosen(&articles, &known.articles));
        if let Some(days) = Interval::new(known.valid_from, known.valid_to) {
            let new = Entry { norm: known.norm_id, name: named.as_deref(), articles: read.as_deref(), days };
            distinct(changes, &found, known.process_id, Some(known.id), &new, &["input"]).await?;
        }
        let row = process_norm::ActiveModel { name, articles, subject, ..Default::default() };
        Ok(changes.update(found, row).await?.id().uuid())
    }
}

ends! {
    /// Retirar una norma del normograma. Sets the day from which the process is no longer held to it; a later day than the
    /// known one extends it. What ended before today stays as it is.
    ProcessNormEnd = "processNormEnd", process_norm, PROCESS_NORM, crate::organization::entry::ENDING,
    /// Entrada del normograma. The one to end.
    |changes, row, days| {
        let known = row.model();
        let new = Entry { norm: known.norm_id, name: known.name.as_deref(), articles: known.articles.as_deref(), days };
        distinct(changes, row, known.process_id, Some(known.id), &new, &["validTo"]).await?
    }
}
