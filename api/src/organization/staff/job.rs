//! Acts on jobs.

use async_graphql::{ID, InputObject, MaybeUndefined, OneofObject};
use entity::{
    Id,
    organization::{job, organization, post},
    territory::job_denomination,
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait as _, Condition,
};
use uuid::Uuid;

use crate::{
    execution::act::Act,
    graph::{
        Declaration,
        error::{ErrorCode, Refusal},
    },
    organization::{
        entry::{Texts, key, link, obtain, relink},
        rules::validate,
        types::JOB,
    },
    store::{ActFault, ChangeSet, Formulate, Granted},
};

/// Denominación elegida. A denomination of the national nomenclature (Decreto Ley 785 de 2005), by one of its keys.
#[derive(Clone, OneofObject)]
pub(super) enum JobDenominationChoice {
    /// Identificador. Its id.
    Id(ID),
    /// Código. Three digits as text, such as `219`.
    Code(String),
}

/// Datos de un empleo. What the manual of functions says of a job.
#[derive(InputObject)]
pub(super) struct JobCreateInput {
    /// Denominación. From the national nomenclature; it carries the code and the level.
    denomination: JobDenominationChoice,
    /// Grado salarial. Two digits as text, `01` to `99`.
    grade: String,
    /// Funciones. In the order of the manual: up to 60, each up to 2,000 characters.
    functions: Option<Vec<String>>,
    /// Acto administrativo. The act that adopts the functions.
    legal_act: Option<ID>,
}

/// Crear un empleo. Enters a job in an organization's manual; denomination and grade together stand in it once.
#[derive(InputObject)]
pub(super) struct JobCreate {
    /// Organización. The one whose manual it is.
    organization: ID,
    /// Datos. What the manual says.
    input: JobCreateInput,
}

impl Act for JobCreate {
    const NAME: &'static str = "jobCreate";
    const CODES: &'static [ErrorCode] = &[];
    const PAYLOAD: &'static Declaration = &JOB;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let organization =
            obtain::<organization::Entity, Formulate>(changes, &self.organization, &["organization"], None).await?;
        let (input, mut texts) = (self.input, Texts::default());
        let grade = texts.required("grade", &input.grade, validate::grade);
        let functions = texts.functions("functions", &input.functions.unwrap_or_default());
        texts.done()?;
        let row = job::ActiveModel {
            job_denomination_id: Set(denomination(changes, &input.denomination).await?),
            grade: Set(grade),
            functions: Set(functions),
            legal_act_id: Set(link(changes, &organization, input.legal_act.as_ref(), &["input", "legalAct"]).await?),
            ..Default::default()
        };
        let created = changes.create::<job::Entity, _>(&organization, row).await;
        Ok(created.map_err(|fault| fault.duplicate_at(&["input", "grade"]))?.id().uuid())
    }
}

/// Cambios a un empleo. What is absent stays as it is.
#[derive(InputObject)]
pub(super) struct JobUpdateInput {
    /// Denominación. From the national nomenclature.
    denomination: MaybeUndefined<JobDenominationChoice>,
    /// Grado salarial. Two digits as text, `01` to `99`.
    grade: MaybeUndefined<String>,
    /// Funciones. All of them, in the order of the manual; null clears them.
    functions: MaybeUndefined<Vec<String>>,
    /// Acto administrativo. The act that adopts the functions; null clears it.
    legal_act: MaybeUndefined<ID>,
}

/// Modificar un empleo. Changes a job; once a post of it began, its denomination and grade stay as they are.
#[derive(InputObject)]
pub(super) struct JobUpdate {
    /// Empleo. The one to change.
    id: ID,
    /// Versión esperada. Its `version` when it was read.
    expected_version: i32,
    /// Cambios. What to change.
    input: JobUpdateInput,
}

impl Act for JobUpdate {
    const NAME: &'static str = "jobUpdate";
    const CODES: &'static [ErrorCode] = &[ErrorCode::Frozen];
    const PAYLOAD: &'static Declaration = &JOB;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let found = obtain::<job::Entity, Formulate>(changes, &self.id, &["id"], Some(self.expected_version)).await?;
        let (input, mut texts) = (self.input, Texts::default());
        let mut row = job::ActiveModel {
            grade: texts.edit("grade", &input.grade, validate::grade),
            functions: match &input.functions {
                MaybeUndefined::Undefined => NotSet,
                given => Set(texts.functions("functions", given.value().map_or(&[], Vec::as_slice))),
            },
            ..Default::default()
        };
        if input.denomination.is_null() {
            texts.refuse(ErrorCode::Required.at(["denomination"]));
        }
        texts.done()?;
        if let MaybeUndefined::Value(choice) = &input.denomination {
            row.job_denomination_id = Set(denomination(changes, choice).await?);
        }
        row.legal_act_id = relink(changes, &found, &input.legal_act, &["input", "legalAct"]).await?;
        keep_identity(changes, &found, &row).await?;
        let changed = changes.update(found, row).await;
        Ok(changed.map_err(|fault| fault.duplicate_at(&["input", "grade"]))?.id().uuid())
    }
}

/// FROZEN when denomination or grade would change for posts that are there or were.
async fn keep_identity(
    changes: &ChangeSet,
    found: &Granted<job::Entity, Formulate>,
    row: &job::ActiveModel,
) -> Result<(), ActFault> {
    let (old, mut refused) = (found.model(), Vec::new());
    if matches!(&row.job_denomination_id, Set(new) if *new != old.job_denomination_id) {
        refused.push(ErrorCode::Frozen.at(["input", "denomination"]));
    }
    if matches!(&row.grade, Set(new) if *new != old.grade) {
        refused.push(ErrorCode::Frozen.at(["input", "grade"]));
    }
    if refused.is_empty() {
        return Ok(());
    }
    let of_job = Condition::all().add(post::Column::JobId.eq(found.id()));
    let posts =
        changes.find::<post::Entity, _>(found, of_job.add(post::Column::ValidFrom.lte(changes.today()))).await?;
    if posts.is_empty() { Ok(()) } else { Err(refused.into()) }
}

/// Eliminar un empleo. Removes a job of which there is no post and never was.
#[derive(InputObject)]
pub(super) struct JobDelete {
    /// Empleo. The one to remove.
    id: ID,
    /// Versión esperada. Its `version` when it was read.
    expected_version: i32,
}

impl Act for JobDelete {
    const NAME: &'static str = "jobDelete";
    const CODES: &'static [ErrorCode] = &[ErrorCode::StillInUse];
    const PAYLOAD: &'static Declaration = &JOB;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let found = obtain::<job::Entity, Formulate>(changes, &self.id, &["id"], Some(self.expected_version)).await?;
        let id = found.id().uuid();
        changes.remove(found).await.map_err(|fault| fault.within(["id"]))?;
        Ok(id)
    }
}

/// The chosen denomination. NOT_FOUND when the nomenclature has none such.
async fn denomination(
    changes: &ChangeSet,
    choice: &JobDenominationChoice,
) -> Result<Id<job_denomination::Entity>, ActFault> {
    const AT: [&str; 2] = ["input", "denomination"];
    let (condition, key_name) = match choice {
        JobDenominationChoice::Id(id) => {
            (job_denomination::Column::Id.eq(key::<job_denomination::Entity>(id, &[AT[0], AT[1], "id"])?), "id")
        }
        JobDenominationChoice::Code(code) => (job_denomination::Column::Code.eq(code.as_str()), "code"),
    };
    let found = changes.catalogue::<job_denomination::Entity>(Condition::all().add(condition)).await?;
    let missing = || -> Refusal { ErrorCode::NotFound.at([AT[0], AT[1], key_name]) };
    Ok(found.first().ok_or_else(missing)?.id)
}
