//! What the acts of structures share in their arguments, and how it becomes what the rules understand.

use async_graphql::{ID, InputObject, OneofObject};
use entity::{
    Id, Kinded,
    organization::{OrgUnitKind, legal_act, org_unit},
    value_chain::process,
};
use sea_orm::EntityTrait;
use unicode_normalization::UnicodeNormalization as _;
use uuid::Uuid;

pub use crate::organization::entry::reason;
use crate::{
    graph::error::{ErrorCode, Refusal},
    organization::{
        refusals::{pass, refused},
        rules::{
            Violation,
            reorganize::{Successor, Transfer, Unit},
            validate::{self, gather},
        },
    },
    store::{ActFault, ChangeSet, Granted, Verb},
};

/// Traslado de responsabilidades. Where responsibilities of a unit that ends go, or that they end.
#[derive(Clone, Debug, InputObject)]
#[graphql(name = "ResponsibilityTransferInput")]
pub struct TransferInput {
    /// Dependencia que entrega. The unit (`OrgUnit`) that answered until then.
    pub from: ID,
    /// Dependencia que recibe. The unit (`OrgUnit`) that answers since; null or absent: they end.
    pub to: Option<ID>,
    /// Código de la que recibe. Instead of `to`, the code that the unit has after this act: so one names a unit that the
    /// act creates.
    pub to_code: Option<String>,
    /// Proceso. The one process whose responsibilities it hands over; absent: those for all processes that no other transfer
    /// of the unit names.
    pub process: Option<ID>,
    /// Descripción. Which responsibilities, or why they end; absent: all of them. At most 4,000 characters.
    pub description: Option<String>,
}

/// Dependencia nueva. A unit that a draft gets.
#[derive(Clone, Debug, InputObject)]
#[graphql(name = "OrgUnitInput")]
pub struct UnitInput {
    /// Código. 1 to 20 of `A`–`Z`, `0`–`9`, `.` and `-`; unique in the version.
    pub code: String,
    /// Denominación. One line of 1 to 200 characters.
    pub name: String,
    /// Tipo de dependencia. What sort of unit it is.
    pub kind: OrgUnitKind,
    /// Funciones. In the order of the act, at most 60; absent: none.
    pub functions: Option<Vec<String>>,
    /// Dependencia superior. The unit (`OrgUnit`) above it; only the root of the tree has none.
    pub parent: Option<ID>,
    /// Posición. Its place among its siblings, from 0; absent: the last.
    pub position: Option<i32>,
}

/// Sucesora. A unit that takes over: one of the draft, or a new one.
#[derive(Clone, Debug, OneofObject)]
#[graphql(name = "OrgUnitSuccessorInput")]
pub enum SuccessorInput {
    /// Dependencia existente. A unit (`OrgUnit`) that the draft has.
    Unit(ID),
    /// Dependencia nueva. A unit that the act creates.
    Create(UnitInput),
}

/// The key in an id; `NOT_FOUND` at `path` for anything that is no id of this kind.
pub fn key<E: Kinded>(id: &ID, path: &[&str]) -> Result<Id<E>, Refusal> {
    Id::parse(id).ok_or_else(|| ErrorCode::NotFound.at(path.iter().copied()))
}

/// The key of a unit.
pub fn unit_key(id: &ID, path: &[&str]) -> Result<Uuid, Refusal> {
    key::<org_unit::Entity>(id, path).map(Id::uuid)
}

/// The same for each of a list, with its index in the path.
pub fn unit_keys(ids: &[ID], field: &str) -> Result<Vec<Uuid>, Refusal> {
    ids.iter().enumerate().map(|(at, id)| unit_key(id, &[field, &at.to_string()])).collect()
}

/// Text as it is kept: composed, without white space at its ends.
pub fn clean(text: &str) -> String {
    text.trim().nfc().collect()
}

/// A remark as it is kept; blank ones are none.
pub fn remark(text: Option<&str>) -> Option<String> {
    text.map(clean).filter(|text| !text.is_empty())
}

/// The legal act with this id in the cause's organization.
pub async fn legal_act<E: EntityTrait, V: Verb>(
    changes: &ChangeSet,
    cause: &Granted<E, V>,
    id: &ID,
    path: &[&str],
) -> Result<Id<legal_act::Entity>, ActFault> {
    let id = key(id, path)?;
    let found = changes.follow::<legal_act::Entity, V>(cause, id).await;
    found.map(|act| act.id()).map_err(|fault| fault.within(path.iter().copied()))
}

/// What is wrong with the texts of a unit, each under the name of its field.
pub fn faults_of_unit(code: &str, name: &str, functions: &[String]) -> Vec<Violation> {
    let mut faults = gather([("code", validate::unit_code(code)), ("name", validate::name(name))]);
    faults.extend(validate::functions(functions).into_iter().map(|fault| fault.under(["functions"])));
    faults
}

/// A place among siblings; `INVALID_ARGUMENT` at `path` below 0.
pub fn position(given: i32, path: &[&str]) -> Result<u32, Refusal> {
    u32::try_from(given).map_err(|_| ErrorCode::InvalidArgument.at(path.iter().copied()).with("expected", "0…"))
}

/// The place after the last child of `parent`.
pub fn last(units: &[Unit], parent: Option<Uuid>) -> u32 {
    let siblings = units.iter().filter(|unit| unit.parent == parent);
    siblings.map(|unit| unit.position.saturating_add(1)).max().unwrap_or(0)
}

impl UnitInput {
    /// A new unit of a draft that has these; `path` is where the input speaks of it.
    pub fn unit(&self, units: &[Unit], path: &[&str]) -> Result<Unit, ActFault> {
        let under = |field| [path, &[field]].concat();
        let functions: Vec<String> = self.functions.iter().flatten().map(|text| clean(text)).collect();
        let (code, name) = (clean(&self.code), clean(&self.name));
        let faults = faults_of_unit(&code, &name, &functions);
        if !faults.is_empty() {
            return Err(refused(faults).within(path.iter().copied()));
        }
        let parent = self.parent.as_ref().map(|id| unit_key(id, &under("parent"))).transpose()?;
        let position = self.position.map(|given| position(given, &under("position"))).transpose()?;
        let position = position.unwrap_or_else(|| last(units, parent));
        Ok(Unit { id: Uuid::now_v7(), parent, code, name, kind: self.kind, functions, position })
    }
}

impl SuccessorInput {
    /// What the rules call it.
    pub fn successor(&self, units: &[Unit], path: &[&str]) -> Result<Successor, ActFault> {
        match self {
            Self::Unit(id) => Ok(Successor::Existing(unit_key(id, &[path, &["unit"]].concat())?)),
            Self::Create(input) => Ok(Successor::New(input.unit(units, &[path, &["create"]].concat())?)),
        }
    }
}

/// The unit that has this code after an edit of these units that brings these successors.
fn coded(code: &str, units: &[Unit], successors: &[Successor]) -> Option<Uuid> {
    let created = successors.iter().filter_map(|successor| match successor {
        Successor::New(unit) => Some(unit),
        Successor::Existing(_) => None,
    });
    // A new unit may take over the code of one that ceases: it is the one meant.
    created.chain(units).find(|unit| unit.code == code).map(|unit| unit.id)
}

/// The unit that gets the children of one that ceases, named by its id or by the code that it has after the edit.
/// INVALID_ARGUMENT for both, PARENT_NOT_IN_VERSION for a code that none has.
pub fn children_to(
    (id, code): (Option<&ID>, Option<&str>),
    units: &[Unit],
    successors: &[Successor],
) -> Result<Option<Uuid>, ActFault> {
    match (id, code.map(clean)) {
        (id, None) => Ok(id.map(|id| unit_key(id, &["childrenTo"])).transpose()?),
        (None, Some(code)) => {
            let found = coded(&code, units, successors);
            Ok(Some(found.ok_or_else(|| ErrorCode::ParentNotInVersion.at(["childrenToCode"]))?))
        }
        (Some(_), Some(_)) => Err(ErrorCode::InvalidArgument.at(["childrenToCode"]).into()),
    }
}

/// What the rules call the transfers, after an edit of these units that brings these successors; paths begin with
/// `transfers`.
pub fn transfers(
    given: Option<&[TransferInput]>,
    units: &[Unit],
    successors: &[Successor],
) -> Result<Vec<Transfer>, ActFault> {
    let one = |(at, transfer): (usize, &TransferInput)| {
        let at = at.to_string();
        let description = remark(transfer.description.as_deref());
        let long = description.as_deref().and_then(validate::note);
        pass(long.map(|fault| fault.under(["transfers", &at, "description"])).into_iter().collect())?;
        let to = match (&transfer.to, transfer.to_code.as_deref().map(clean)) {
            (None, None) => None,
            (Some(id), None) => Some(unit_key(id, &["transfers", &at, "to"])?),
            (None, Some(code)) => {
                let missing =
                    |code| ErrorCode::SuccessorNotInVersion.at(["transfers", &at, "toCode"]).with("unit", code);
                Some(coded(&code, units, successors).ok_or_else(|| missing(code))?)
            }
            (Some(_), Some(_)) => return Err(ErrorCode::InvalidArgument.at(["transfers", &at, "toCode"]).into()),
        };
        let process = transfer.process.as_ref().map(|id| key::<process::Entity>(id, &["transfers", &at, "process"]));
        let process = process.transpose()?.map(Id::uuid);
        Ok(Transfer { from: unit_key(&transfer.from, &["transfers", &at, "from"])?, to, process, description })
    };
    given.unwrap_or_default().iter().enumerate().map(one).collect()
}
