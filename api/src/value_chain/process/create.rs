//! New processes, and new versions of those that are there.

use async_graphql::{ID, InputObject};
use entity::{
    Id, TextList,
    organization::organization,
    value_chain::{ControlledStage, ProcessKind, ProcessLevel, process, process_version},
};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, Condition};
use uuid::Uuid;

use super::{inputs::CharacterizationInput, parts::copy, place::Place};
use crate::{
    execution::act::Act,
    graph::{Declaration, error::ErrorCode},
    organization::{
        entry::{Texts, follow, obtain},
        rules::validate,
    },
    store::{ActFault, ChangeSet, FormulateProcess, Granted},
    value_chain::{types::PROCESS_VERSION, version::begin},
};

/// Formular un proceso. Makes a process, and the draft of its first characterization with all that it consists of.
#[derive(InputObject)]
pub struct ProcessCreate {
    /// Organización. Whose process it will be.
    organization: ID,
    /// Datos. The process, and what its characterization says.
    input: ProcessCreateInput,
}

/// Proceso nuevo. Its level, which never changes, and its first characterization.
#[derive(InputObject)]
pub struct ProcessCreateInput {
    /// Nivel. How far down the map it stands.
    level: ProcessLevel,
    /// Proceso superior. Under which it stands: a process under a macroprocess, a subprocess under a process, a procedure under
    /// one of the last two; a macroprocess under none.
    parent: Option<ID>,
    /// Tipo. The band of the map in which it is drawn.
    kind: ProcessKind,
    /// Código. 1 to 20 of `A`–`Z`, `0`–`9`, `.` and `-`, as the organization's pattern asks.
    code: String,
    /// Nombre. One line of 1 to 200 characters.
    name: String,
    /// What else it says.
    #[graphql(flatten)]
    characterization: CharacterizationInput,
}

impl Act for ProcessCreate {
    const NAME: &'static str = "processCreate";
    const CODES: &'static [ErrorCode] = &[ErrorCode::ProcessLevelMismatch, ErrorCode::CodePatternMismatch];
    const PAYLOAD: &'static Declaration = &PROCESS_VERSION;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let at = ["organization"];
        let organization =
            obtain::<organization::Entity, FormulateProcess>(changes, &self.organization, &at, None).await?;
        let (input, mut texts) = (self.input, Texts::default());
        let code = texts.required("code", &input.code, validate::unit_code);
        let name = texts.required("name", &input.name, validate::name);
        let mut row = process_version::ActiveModel {
            number: Set(1),
            stage: Set(ControlledStage::Draft),
            kind: Set(input.kind),
            code: Set(code.clone()),
            name: Set(name.clone()),
            ..Default::default()
        };
        input.characterization.write(changes, &organization, &mut row, texts).await?;
        let place = Place::under(changes, &organization, input.level, input.parent.as_ref()).await?;
        place.code(changes, &organization, &code).await?;
        let process = process::ActiveModel {
            level: Set(input.level),
            code: Set(code),
            name: Set(name),
            published: Set(false),
            ..Default::default()
        };
        let process = changes.create::<process::Entity, _>(&organization, process).await?;
        row.process_id = Set(process.id());
        row.parent_process_id = Set(place.above.map(|above| above.id));
        for list in [&mut row.policies, &mut row.resources] {
            if list.is_not_set() {
                *list = Set(TextList::default());
            }
        }
        let version = changes.create::<process_version::Entity, _>(&organization, row).await?;
        input.characterization.write_parts(changes, &version).await?;
        begin(changes, &version).await?;
        Ok(version.id().uuid())
    }
}

/// Formular una versión de una caracterización. Makes the draft of another version of a process; its number is the next. One
/// is prepared at a time: another draft, or one in review, goes first.
#[derive(InputObject)]
pub struct ProcessVersionCreate {
    /// Proceso. The one that it will describe.
    process: ID,
    /// Datos. From what it starts, and why.
    input: ProcessVersionCreateInput,
}

/// Versión nueva. From what it starts, and why it is made.
#[derive(InputObject)]
pub struct ProcessVersionCreateInput {
    /// Versión base. The version of the same process from which it starts; absent: the one in force, else the last one.
    base_version: Option<ID>,
    /// Copiar la base. Take over all that the base says, with activities, inputs and outputs; otherwise its code, name, kind and
    /// place only.
    #[graphql(default = true)]
    copy_base: bool,
    /// Motivo del cambio. Why it is made, at most 4,000 characters; it may be said later, and is not submitted without.
    change_reason: Option<String>,
}

impl Act for ProcessVersionCreate {
    const NAME: &'static str = "processVersionCreate";
    const CODES: &'static [ErrorCode] = &[ErrorCode::DraftExists];
    const PAYLOAD: &'static Declaration = &PROCESS_VERSION;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let process = obtain::<process::Entity, FormulateProcess>(changes, &self.process, &["process"], None).await?;
        let mut texts = Texts::default();
        let change_reason = texts.optional("changeReason", self.input.change_reason.as_deref(), validate::note);
        texts.done()?;
        let of = Condition::all().add(process_version::Column::ProcessId.eq(process.id()));
        let versions = changes.find::<process_version::Entity, _>(&process, of).await?;
        let base = match &self.input.base_version {
            Some(id) => named(changes, &process, id).await?,
            None => default_base(changes, &versions).ok_or_else(|| ErrorCode::NotFound.at(["process"]))?.clone(),
        };
        let number = versions.iter().map(|version| version.number).max().unwrap_or(0) + 1;
        let copies = self.input.copy_base;
        let row = draft_from(&base, number, copies);
        let row = process_version::ActiveModel { change_reason: Set(change_reason), ..row };
        let version = changes.create::<process_version::Entity, _>(&process, row).await?;
        if copies {
            copy(changes, &version, base.id).await?;
        }
        begin(changes, &version).await?;
        Ok(version.id().uuid())
    }
}

/// The version of the process that an argument names.
async fn named(
    changes: &ChangeSet,
    process: &Granted<process::Entity, FormulateProcess>,
    id: &ID,
) -> Result<process_version::Model, ActFault> {
    let at = ["input", "baseVersion"];
    let base = follow::<process_version::Entity, _>(changes, process, id, &at).await?.model().clone();
    if base.process_id == process.id() { Ok(base) } else { Err(ErrorCode::NotFound.at(at).into()) }
}

/// The version in force; else the last one that was or will be; else the last draft.
fn default_base<'a>(changes: &ChangeSet, versions: &'a [process_version::Model]) -> Option<&'a process_version::Model> {
    let today = changes.today();
    let in_force = |row: &&process_version::Model| {
        row.valid_from.is_some_and(|from| from <= today) && row.valid_to.is_none_or(|end| end > today)
    };
    versions.iter().max_by_key(|row| (in_force(row), row.valid_from, row.number))
}

/// The row of a draft that starts from another version.
fn draft_from(base: &process_version::Model, number: i32, copies: bool) -> process_version::ActiveModel {
    let said = |text: &Option<String>| Set(text.clone().filter(|_| copies));
    let list = |texts: &TextList| Set(if copies { texts.clone() } else { TextList::default() });
    let base_version_id: Option<Id<process_version::Entity>> = Some(base.id);
    process_version::ActiveModel {
        process_id: Set(base.process_id),
        number: Set(number),
        stage: Set(ControlledStage::Draft),
        code: Set(base.code.clone()),
        name: Set(base.name.clone()),
        kind: Set(base.kind),
        parent_process_id: Set(base.parent_process_id),
        objective: said(&base.objective),
        scope: said(&base.scope),
        starts_with: said(&base.starts_with),
        ends_with: said(&base.ends_with),
        policies: list(&base.policies),
        resources: list(&base.resources),
        base_version_id: Set(base_version_id),
        ..Default::default()
    }
}
