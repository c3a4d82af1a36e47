//! Drafting a whole version in one act.

use std::collections::{HashMap, HashSet};

use async_graphql::{ID, InputObject};
use entity::{
    Id,
    organization::{OrgUnitKind, StructureStage, StructureState, job, organization, post, structure_version},
};
use sea_orm::{ActiveValue::Set, Condition};
use uuid::Uuid;

use super::{
    facts::step,
    inputs::{clean, faults_of_unit, key, legal_act, remark, unit_key},
    save::{create_units, places, tell},
};
use crate::{
    execution::act::Act,
    graph::{
        Declaration,
        error::{ErrorCode, Refusal},
    },
    organization::{
        refusals::{pass, refusal, refused},
        rules::{
            Violation,
            reorganize::{Unit, derive_successions},
            tree::{self, Flat, Nested},
            validate,
        },
        types::STRUCTURE_VERSION,
    },
    store::{ActFault, ChangeSet, Formulate, Granted},
};

/// Most posts that a version proposes.
const MAX_POSTS: i32 = 5_000;

/// Formular una estructura. Drafts a version with its whole tree of units and their posts in one act. Its number is the
/// next of the organization.
#[derive(InputObject)]
pub struct StructureVersionCreate {
    /// Organización. Whose structure it will be.
    organization: ID,
    /// Datos. What the draft says.
    input: StructureVersionCreateInput,
    /// Copiar la base. Take over the units of the base version with their identities, for which there must be one; when it
    /// is absent, so it is done where `input.units` is not given, and it is possible only there.
    copy_base: Option<bool>,
}

/// Estructura nueva. A draft with its tree.
#[derive(InputObject)]
pub struct StructureVersionCreateInput {
    /// Nota. A remark by those who formulate it, at most 4,000 characters.
    note: Option<String>,
    /// Acto administrativo. The act that adopts it; it may be named later.
    legal_act: Option<ID>,
    /// Versión base. The approved version from which this one starts; only units of it keep their identity.
    base_version: Option<ID>,
    /// Dependencias. The tree, from its one root; at most 2,000 units in at most 12 levels.
    units: Option<Vec<StructureUnitInput>>,
}

/// Dependencia de una estructura nueva. A unit with all that hangs under it.
#[derive(InputObject)]
pub struct StructureUnitInput {
    /// Código. 1 to 20 of `A`–`Z`, `0`–`9`, `.` and `-`; unique in the version.
    code: String,
    /// Denominación. One line of 1 to 200 characters.
    name: String,
    /// Tipo de dependencia. What sort of unit it is.
    kind: OrgUnitKind,
    /// Funciones. In the order of the act, at most 60; absent: none.
    functions: Option<Vec<String>>,
    /// Cargos. The posts that the version proposes in it.
    posts: Option<Vec<StructurePostInput>>,
    /// Dependencia existente. The unit (`OrgUnit`) of the base version whose identity it keeps; absent: it is new.
    unit: Option<ID>,
    /// Dependencias inmediatas. Those right under it, in their order.
    children: Option<Vec<StructureUnitInput>>,
}

/// Cargos propuestos. Some posts of one job.
#[derive(InputObject)]
pub struct StructurePostInput {
    /// Empleo. The job of which they are places.
    job: ID,
    /// Cantidad. How many, from 1 to 5,000.
    #[graphql(default = 1)]
    count: i32,
}

impl Act for StructureVersionCreate {
    const NAME: &'static str = "structureVersionCreate";
    const CODES: &'static [ErrorCode] = &[
        ErrorCode::NotOneTree,
        ErrorCode::UnitCodeTaken,
        ErrorCode::UnitNotInBase,
        ErrorCode::ResponsibilitiesUnmapped,
    ];
    const PAYLOAD: &'static Declaration = &STRUCTURE_VERSION;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let id = key::<organization::Entity>(&self.organization, &["organization"])?;
        let organization = changes.organization::<Formulate>(id).await;
        let organization = organization.map_err(|fault| fault.within(["organization"]))?;
        let copies = self.copy_base.unwrap_or(self.input.units.is_none());
        if copies && self.input.units.is_some() {
            return Err(ErrorCode::InvalidArgument.at(["copyBase"]).into());
        }
        if self.copy_base == Some(true) && self.input.base_version.is_none() {
            return Err(ErrorCode::Required.at(["input", "baseVersion"]).into());
        }
        let version = version(changes, &organization, &self.input).await?;
        let base = super::draft::base(changes, &version).await?;
        let (drafted, posts) =
            if copies { (base.clone(), Vec::new()) } else { planned(self.input.units.unwrap_or_default(), &base)? };
        let successions = derive_successions(&base, &drafted, &[]);
        let successions = successions.map_err(|faults| refused(faults).within(["input"]))?;
        let known: HashSet<Uuid> = base.iter().map(|unit| unit.id).collect();
        let all: Vec<&Unit> = drafted.iter().collect();
        create_units(changes, &version, &all, &places(&drafted)?, &known, &mut HashMap::new()).await?;
        propose(changes, &version, posts).await?;
        tell(changes, &version, Vec::new(), &successions).await?;
        let today = changes.today();
        step(None, StructureState::Draft, today, None).record(changes, &version).await?;
        Ok(version.id().uuid())
    }
}

/// The row of the version.
async fn version(
    changes: &mut ChangeSet,
    organization: &Granted<organization::Entity, Formulate>,
    input: &StructureVersionCreateInput,
) -> Result<Granted<structure_version::Entity, Formulate>, ActFault> {
    let note = remark(input.note.as_deref());
    pass(validate::gather([("note", note.as_deref().and_then(validate::note))])).map_err(|f| f.within(["input"]))?;
    let act = match &input.legal_act {
        Some(id) => Some(legal_act(changes, organization, id, &["input", "legalAct"]).await?),
        None => None,
    };
    let path = ["input", "baseVersion"];
    let versions = changes.find::<structure_version::Entity, Formulate>(organization, Condition::all()).await?;
    let base = match &input.base_version {
        Some(id) => {
            let id = key::<structure_version::Entity>(id, &path)?;
            let base = versions.iter().find(|version| version.id == id).ok_or_else(|| ErrorCode::NotFound.at(path))?;
            // A draft may still change under those who build on it.
            if base.stage != StructureStage::Approved {
                return Err(ErrorCode::InvalidArgument.at(path).into());
            }
            Some(id)
        }
        None => None,
    };
    let row = structure_version::ActiveModel {
        number: Set(versions.iter().map(|version| version.number).max().unwrap_or(0) + 1),
        stage: Set(StructureStage::Draft),
        note: Set(note),
        legal_act_id: Set(act),
        base_version_id: Set(base),
        ..Default::default()
    };
    changes.create(organization, row).await
}

/// What is said of a unit, apart from where it stands.
struct Said {
    code: String,
    name: String,
    kind: OrgUnitKind,
    functions: Vec<String>,
    posts: Vec<StructurePostInput>,
    unit: Option<ID>,
}

/// Posts proposed in a unit, and where the input speaks of them.
struct Proposed {
    unit: Uuid,
    path: Vec<String>,
    posts: Vec<StructurePostInput>,
}

fn nested(input: StructureUnitInput) -> Nested<Said> {
    let unit = Said {
        code: clean(&input.code),
        name: clean(&input.name),
        kind: input.kind,
        functions: input.functions.iter().flatten().map(|text| clean(text)).collect(),
        posts: input.posts.unwrap_or_default(),
        unit: input.unit,
    };
    Nested { unit, children: input.children.unwrap_or_default().into_iter().map(nested).collect() }
}

/// The units of the input, those of the base with their identities, and the posts; or all that is wrong with them.
fn planned(input: Vec<StructureUnitInput>, base: &[Unit]) -> Result<(Vec<Unit>, Vec<Proposed>), ActFault> {
    let trees = input.into_iter().map(nested).collect();
    let flat = tree::flatten(trees, &["input", "units"], Uuid::now_v7).map_err(refused)?;
    let mut refusals: Vec<Refusal> = Vec::new();
    let mut kept: HashMap<Uuid, Uuid> = HashMap::new();
    for one in &flat {
        let faults = faults_of_unit(&one.unit.code, &one.unit.name, &one.unit.functions);
        refusals.extend(faults.into_iter().map(|fault| refusal(&fault.under(&one.path))));
        match one.unit.unit.as_ref().map(|id| unit_key(id, &["unit"])) {
            Some(Ok(id)) if base.iter().any(|unit| unit.id == id) => drop(kept.insert(one.id, id)),
            Some(Ok(_)) => refusals.push(ErrorCode::UnitNotInBase.at(["unit"]).within(&one.path)),
            Some(Err(fault)) => refusals.push(fault.within(&one.path)),
            None => {}
        }
    }
    let identity = |id: Uuid| kept.get(&id).copied().unwrap_or(id);
    let shape: Vec<_> = flat
        .iter()
        .map(|one| tree::TreeUnit {
            id: identity(one.id),
            parent: one.parent.map(identity),
            ..one.tree_unit(&one.unit.code)
        })
        .collect();
    // A draft may begin without units; a violation of the whole tree is one of the list.
    let crooked = if shape.is_empty() { Vec::new() } else { tree::place(&shape).err().unwrap_or_default() };
    let whole = |fault: Violation| if fault.path.is_empty() { fault.under(["input", "units"]) } else { fault };
    refusals.extend(crooked.into_iter().map(whole).map(|fault| refusal(&fault)));
    if !refusals.is_empty() {
        return Err(refusals.into());
    }
    let mut proposed = Vec::new();
    let unit = |one: Flat<Said>| {
        let id = identity(one.id);
        proposed.push(Proposed { unit: id, path: one.path, posts: one.unit.posts });
        let Said { code, name, kind, functions, .. } = one.unit;
        Unit { id, parent: one.parent.map(identity), code, name, kind, functions, position: one.position }
    };
    Ok((flat.into_iter().map(unit).collect(), proposed))
}

/// Writes the posts that the draft proposes.
async fn propose(
    changes: &mut ChangeSet,
    version: &Granted<structure_version::Entity, Formulate>,
    proposed: Vec<Proposed>,
) -> Result<(), ActFault> {
    if proposed.iter().all(|proposed| proposed.posts.is_empty()) {
        return Ok(());
    }
    let jobs = changes.find::<job::Entity, Formulate>(version, Condition::all()).await?;
    let jobs: HashSet<Uuid> = jobs.iter().map(|job| job.id.uuid()).collect();
    let (mut rows, mut total) = (Vec::new(), 0_i32);
    for one in proposed {
        for (at, posts) in one.posts.iter().enumerate() {
            let at = at.to_string();
            let job =
                key::<job::Entity>(&posts.job, &["posts", &at, "job"]).map_err(|fault| fault.within(&one.path))?;
            if !jobs.contains(&job.uuid()) {
                return Err(ErrorCode::NotFound.at(["posts", &at, "job"]).within(&one.path).into());
            }
            if !(1..=MAX_POSTS).contains(&posts.count) {
                return Err(ErrorCode::InvalidArgument.at(["posts", &at, "count"]).within(&one.path).into());
            }
            total = total.saturating_add(posts.count);
            if total > MAX_POSTS {
                return Err(ErrorCode::TooLong.at(["input", "units"]).with("maximum", MAX_POSTS).into());
            }
            rows.extend((0..posts.count).map(|_| post::ActiveModel {
                structure_version_id: Set(Some(version.id())),
                job_id: Set(job),
                org_unit_id: Set(Id::from_uuid(one.unit)),
                ..Default::default()
            }));
        }
    }
    changes.create_many::<post::Entity, Formulate>(version, rows).await.map(drop)
}
