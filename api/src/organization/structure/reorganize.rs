//! Reorganizing a draft, one edit an act.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{Id, organization::OrgUnitKind, value_chain::process};
use uuid::Uuid;

use super::{
    draft::{Draft, tree_unit},
    inputs::{
        SuccessorInput, TransferInput, UnitInput, children_to, clean, faults_of_unit, last, position, remark,
        transfers, unit_key, unit_keys,
    },
};
use crate::{
    execution::act::Act,
    graph::{Declaration, error::ErrorCode},
    organization::{
        refusals::{pass, refused},
        rules::{
            Violation, code,
            reorganize::{Edit, Structure, Unit, apply, derive_successions},
            tree, validate,
        },
        types::STRUCTURE_VERSION,
    },
    store::{ActFault, ChangeSet},
};

/// What any edit of the tree may find.
const TREE: &[ErrorCode] = &[
    ErrorCode::NotADraft,
    ErrorCode::NotOneTree,
    ErrorCode::UnitCycle,
    ErrorCode::UnitCodeTaken,
    ErrorCode::ParentNotInVersion,
    ErrorCode::UnitNotInBase,
    ErrorCode::ResponsibilitiesUnmapped,
    ErrorCode::SuccessorNotInVersion,
    ErrorCode::EmptyStructure,
    ErrorCode::StillInUse,
    ErrorCode::UnitHasChildren,
    ErrorCode::MergeNeedsTwo,
    ErrorCode::SplitNeedsTwo,
];

/// Where a sibling stands already, it and those after it step aside.
fn make_room(units: &mut [Unit], comer: &Unit) {
    let sibling = |unit: &Unit| unit.parent == comer.parent && unit.id != comer.id;
    if units.iter().any(|unit| sibling(unit) && unit.position == comer.position) {
        for unit in units.iter_mut().filter(|unit| sibling(unit) && unit.position >= comer.position) {
            unit.position = unit.position.saturating_add(1);
        }
    }
}

/// Applies the edit and writes what differs.
async fn save(changes: &mut ChangeSet, draft: Draft, edit: &Edit) -> Result<Uuid, ActFault> {
    own_processes(changes, &draft, edit).await?;
    let after = apply(&draft.base, &draft.structure, edit);
    let after = after.map_err(|faults| refused(faults.into_iter().map(at_argument).collect()))?;
    draft.save(changes, &after).await
}

/// NOT_FOUND for a transfer of a process that the organization does not have.
async fn own_processes(changes: &ChangeSet, draft: &Draft, edit: &Edit) -> Result<(), ActFault> {
    let (Edit::Merge { transfers, .. } | Edit::Split { transfers, .. } | Edit::Suppress { transfers, .. }) = edit
    else {
        return Ok(());
    };
    for (at, transfer) in transfers.iter().enumerate() {
        if let Some(process) = transfer.process.map(Id::<process::Entity>::from_uuid) {
            let found = changes.follow(&draft.version, process).await;
            found.map_err(|fault| fault.within(["transfers", &at.to_string(), "process"]))?;
        }
    }
    Ok(())
}

/// A field of a new successor stands under `create`.
fn at_argument(mut fault: Violation) -> Violation {
    let depth = match fault.path.first().map(String::as_str) {
        Some("successor") => 1,
        Some("successors") => 2,
        _ => return fault,
    };
    if fault.path.len() > depth {
        fault.path.insert(depth, "create".to_owned());
    }
    fault
}

/// A note that fits.
fn note(text: Option<&str>) -> Result<Option<String>, ActFault> {
    let note = remark(text);
    pass(validate::gather([("note", note.as_deref().and_then(validate::note))]))?;
    Ok(note)
}

macro_rules! edits {
    ($( $(#[doc = $about:literal])+ $act:ident = $name:literal, |$given:ident, $draft:ident| $edit:expr;
        { $( $(#[doc = $meaning:literal])+ $field:ident: $ty:ty, )* } )+) => { $(
        $(#[doc = $about])+
        #[derive(InputObject)]
        pub struct $act {
            /// Versión de la estructura. A draft.
            id: ID,
            /// Versión del registro. The one that was read.
            expected_version: i32,
            $( $(#[doc = $meaning])+ $field: $ty, )*
        }

        impl Act for $act {
            const NAME: &'static str = $name;
            const CODES: &'static [ErrorCode] = TREE;
            const PAYLOAD: &'static Declaration = &STRUCTURE_VERSION;

            async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
                let $given = self;
                let mut loaded = Draft::load(changes, &$given.id, $given.expected_version).await?;
                let edit = {
                    // Some edits make room among siblings first.
                    let $draft = &mut loaded;
                    $edit
                };
                save(changes, loaded, &edit).await
            }
        }
    )+ };
}

edits! {
    /// Crear una dependencia. A new unit of a draft.
    StructureVersionAddUnit = "structureVersionAddUnit",
        |given, draft| {
            let unit = given.unit.unit(&draft.structure.units, &["unit"])?;
            make_room(&mut draft.structure.units, &unit);
            Edit::Create { unit }
        };
    {
        /// Dependencia. The new unit.
        unit: UnitInput,
    }

    /// Cambiar la denominación de una dependencia. The unit stays the same; the draft tells the new name as a RENAME.
    StructureVersionRenameUnit = "structureVersionRenameUnit",
        |given, _draft| {
            let name = clean(&given.name);
            let code = given.code.as_deref().map(clean);
            pass(validate::gather([
                ("name", validate::name(&name)),
                ("code", code.as_deref().and_then(validate::unit_code)),
            ]))?;
            Edit::Rename { unit: unit_key(&given.unit, &["unit"])?, name, code }
        };
    {
        /// Dependencia. A unit (`OrgUnit`) of the draft.
        unit: ID,
        /// Denominación. One line of 1 to 200 characters.
        name: String,
        /// Código. Its new code, when that changes too.
        code: Option<String>,
    }

    /// Trasladar una dependencia. Hangs a unit, with all under it, under another; the draft tells it as a MOVE.
    StructureVersionMoveUnit = "structureVersionMoveUnit",
        |given, draft| {
            let parent = unit_key(&given.parent, &["parent"])?;
            let place = given.position.map(|place| position(place, &["position"])).transpose()?;
            let place = place.unwrap_or_else(|| last(&draft.structure.units, Some(parent)));
            let unit = unit_key(&given.unit, &["unit"])?;
            if let Some(moved) = draft.structure.units.iter().find(|other| other.id == unit) {
                let moved = Unit { parent: Some(parent), position: place, ..moved.clone() };
                make_room(&mut draft.structure.units, &moved);
            }
            Edit::Move { unit, parent, position: place }
        };
    {
        /// Dependencia. A unit (`OrgUnit`) of the draft.
        unit: ID,
        /// Dependencia superior. The unit (`OrgUnit`) above it from now on.
        parent: ID,
        /// Posición. Its place among its new siblings, from 0; absent: the last.
        position: Option<i32>,
    }

    /// Fusionar dependencias. Several units become one; all but the successor cease, and what is not said of their
    /// responsibilities goes to it.
    StructureVersionMergeUnits = "structureVersionMergeUnits",
        |given, draft| {
            let successor = given.successor.successor(&draft.structure.units, &["successor"])?;
            let brought = std::slice::from_ref(&successor);
            Edit::Merge {
                predecessors: unit_keys(&given.predecessors, "predecessors")?,
                transfers: transfers(given.transfers.as_deref(), &draft.structure.units, brought)?,
                children_to: children_to(
                    (given.children_to.as_ref(), given.children_to_code.as_deref()),
                    &draft.structure.units,
                    brought,
                )?,
                note: note(given.note.as_deref())?,
                successor,
            }
        };
    {
        /// Dependencias que se fusionan. Two units (`OrgUnit`) of the base version or more.
        predecessors: Vec<ID>,
        /// Sucesora. What they become; it may be one of them.
        successor: SuccessorInput,
        /// Responsabilidades. Where they go: to the successor, or nowhere.
        transfers: Option<Vec<TransferInput>>,
        /// Destino de las dependencias inmediatas. The unit (`OrgUnit`) that gets the children of those that cease.
        children_to: Option<ID>,
        /// Código de ese destino. Instead of `childrenTo`, the code that the unit has after this act: so one names a successor
        /// that the act creates.
        children_to_code: Option<String>,
        /// Nota. A remark, at most 4,000 characters.
        note: Option<String>,
    }

    /// Dividir una dependencia. A unit becomes several, and thereby ceases; its responsibilities are mapped to them.
    StructureVersionSplitUnit = "structureVersionSplitUnit",
        |given, draft| {
            let successors = given.successors.iter().enumerate().map(|(at, successor)| {
                successor.successor(&draft.structure.units, &["successors", &at.to_string()])
            });
            let mut successors = successors.collect::<Result<Vec<_>, _>>()?;
            spread(&mut successors);
            Edit::Split {
                unit: unit_key(&given.unit, &["unit"])?,
                transfers: transfers(given.transfers.as_deref(), &draft.structure.units, &successors)?,
                children_to: children_to(
                    (given.children_to.as_ref(), given.children_to_code.as_deref()),
                    &draft.structure.units,
                    &successors,
                )?,
                successors,
                note: note(given.note.as_deref())?,
            }
        };
    {
        /// Dependencia. A unit (`OrgUnit`) of the base version.
        unit: ID,
        /// Sucesoras. Two or more.
        successors: Vec<SuccessorInput>,
        /// Responsabilidades. Where they go: to successors, or nowhere; one transfer or more.
        transfers: Option<Vec<TransferInput>>,
        /// Destino de las dependencias inmediatas. The unit (`OrgUnit`) that gets its children.
        children_to: Option<ID>,
        /// Código de ese destino. Instead of `childrenTo`, the code that the unit has after this act: so one names a successor
        /// that the act creates.
        children_to_code: Option<String>,
        /// Nota. A remark, at most 4,000 characters.
        note: Option<String>,
    }

    /// Suprimir una dependencia. A unit ceases, and says where its responsibilities go, or that they end. One that only
    /// this draft knows simply vanishes.
    StructureVersionSuppressUnit = "structureVersionSuppressUnit",
        |given, draft| Edit::Suppress {
            unit: unit_key(&given.unit, &["unit"])?,
            transfers: transfers(given.transfers.as_deref(), &draft.structure.units, &[])?,
            children_to: children_to((given.children_to.as_ref(), None), &draft.structure.units, &[])?,
            note: note(given.note.as_deref())?,
        };
    {
        /// Dependencia. A unit (`OrgUnit`) of the draft.
        unit: ID,
        /// Responsabilidades. Where they go; one transfer or more for a unit of the base version.
        transfers: Option<Vec<TransferInput>>,
        /// Destino de las dependencias inmediatas. The unit (`OrgUnit`) that gets its children.
        children_to: Option<ID>,
        /// Nota. A remark, at most 4,000 characters.
        note: Option<String>,
    }
}

/// Corregir una dependencia. Changes what a draft says of a unit, apart from its name and where it hangs.
#[derive(InputObject)]
pub struct StructureVersionEditUnit {
    /// Versión de la estructura. A draft.
    id: ID,
    /// Versión del registro. The one that was read.
    expected_version: i32,
    /// Dependencia. A unit (`OrgUnit`) of the draft.
    unit: ID,
    /// Datos. What changes; absent: unchanged.
    input: OrgUnitEditInput,
}

/// Datos de una dependencia. Absent: unchanged; null: cleared, where there can be nothing.
#[derive(InputObject)]
pub struct OrgUnitEditInput {
    /// Código. 1 to 20 of `A`–`Z`, `0`–`9`, `.` and `-`; unique in the version.
    code: MaybeUndefined<String>,
    /// Tipo de dependencia. What sort of unit it is.
    kind: MaybeUndefined<OrgUnitKind>,
    /// Funciones. In the order of the act, at most 60.
    functions: MaybeUndefined<Vec<String>>,
    /// Posición. Its place among its siblings, from 0.
    position: MaybeUndefined<i32>,
}

impl Act for StructureVersionEditUnit {
    const NAME: &'static str = "structureVersionEditUnit";
    const CODES: &'static [ErrorCode] = TREE;
    const PAYLOAD: &'static Declaration = &STRUCTURE_VERSION;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let draft = Draft::load(changes, &self.id, self.expected_version).await?;
        let key = unit_key(&self.unit, &["unit"])?;
        let mut units = draft.structure.units.clone();
        let unit = units.iter_mut().find(|unit| unit.id == key).ok_or_else(|| ErrorCode::UnitNotInBase.at(["unit"]))?;
        self.input.edit(unit)?;
        let edited = unit.clone();
        make_room(&mut units, &edited);
        let blamed = |unit: &Unit| {
            let path = if unit.id == key { vec!["input".to_owned()] } else { Vec::new() };
            tree::TreeUnit { path, ..tree_unit(unit) }
        };
        // The edited unit comes last: a clash is its fault.
        let mut shape: Vec<_> = units.iter().map(blamed).collect();
        shape.sort_by_key(|unit| unit.id == key);
        tree::place(&shape).map_err(refused)?;
        let successions = derive_successions(&draft.base, &units, &draft.structure.successions).map_err(refused)?;
        draft.save(changes, &Structure { units, successions }).await
    }
}

impl OrgUnitEditInput {
    fn edit(self, unit: &mut Unit) -> Result<(), ActFault> {
        let required = |field: &str| Violation::new(code::REQUIRED).under(["input", field]);
        let mut faults = Vec::new();
        match self.code {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => faults.push(required("code")),
            MaybeUndefined::Value(code) => unit.code = clean(&code),
        }
        match self.kind {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => faults.push(required("kind")),
            MaybeUndefined::Value(kind) => unit.kind = kind,
        }
        match self.position {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => faults.push(required("position")),
            MaybeUndefined::Value(place) => unit.position = position(place, &["input", "position"])?,
        }
        if !self.functions.is_undefined() {
            unit.functions = self.functions.take().into_iter().flatten().map(|text| clean(&text)).collect();
        }
        let checked = faults_of_unit(&unit.code, &unit.name, &unit.functions);
        faults.extend(checked.into_iter().map(|fault| fault.under(["input"])));
        pass(faults)
    }
}

/// New successors that name no position under one parent follow each other.
fn spread(successors: &mut [crate::organization::rules::reorganize::Successor]) {
    use crate::organization::rules::reorganize::Successor;
    let mut taken: Vec<(Option<Uuid>, u32)> = Vec::new();
    for successor in successors {
        if let Successor::New(unit) = successor {
            while taken.contains(&(unit.parent, unit.position)) {
                unit.position = unit.position.saturating_add(1);
            }
            taken.push((unit.parent, unit.position));
        }
    }
}
