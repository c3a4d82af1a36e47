//! What is said of a process: the inputs of its acts, and how they become a row.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{
    TextList,
    organization::{legal_act, person},
    value_chain::{PhvaPhase, process_version},
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    EntityTrait,
};

use crate::{
    graph::error::ErrorCode,
    organization::{
        entry::{Texts, clean, relink},
        rules::validate,
    },
    store::{ActFault, ChangeSet, Granted, Verb},
};

/// Most policies and resources of a characterization.
const LIST_LIMIT: usize = 100;
/// Most activities, inputs and outputs of one.
pub(super) const PARTS_LIMIT: usize = 200;
/// Most processes, and most external parties, at the other end of a flow.
pub(super) const ENDS_LIMIT: usize = 50;

/// Caracterización. What a version says of its process beside code, name and place. Absent: unchanged; null: cleared; a list
/// that is given replaces the whole list.
#[derive(InputObject)]
pub struct CharacterizationInput {
    /// Objetivo. What the process is there for, at most 4,000 characters.
    objective: MaybeUndefined<String>,
    /// Alcance. What it covers and what not, at most 4,000 characters.
    scope: MaybeUndefined<String>,
    /// Inicio. With what it begins, at most 4,000 characters.
    starts_with: MaybeUndefined<String>,
    /// Fin. With what it ends, at most 4,000 characters.
    ends_with: MaybeUndefined<String>,
    /// Políticas de operación. In their order; at most 100, each of at most 2,000 characters.
    policies: MaybeUndefined<Vec<String>>,
    /// Recursos. In their order; at most 100, each of at most 2,000 characters.
    resources: MaybeUndefined<Vec<String>>,
    /// Motivo del cambio. Why this version is made, at most 4,000 characters; a version after the first is not submitted
    /// without one.
    change_reason: MaybeUndefined<String>,
    /// Acto administrativo. The act that adopts it.
    legal_act: MaybeUndefined<ID>,
    /// Elaboró. The person who writes it: that person does not approve it.
    prepared_by: MaybeUndefined<ID>,
    /// Revisó. The person who looks through it.
    reviewed_by: MaybeUndefined<ID>,
    /// Actividades. In their order within each phase; at most 200.
    pub(super) activities: MaybeUndefined<Vec<ActivityInput>>,
    /// Entradas. What it takes, in their order; at most 200.
    pub(super) inputs: MaybeUndefined<Vec<FlowInput>>,
    /// Salidas. What it gives, in their order; at most 200.
    pub(super) outputs: MaybeUndefined<Vec<FlowInput>>,
}

/// Actividad. A step of the process.
#[derive(InputObject)]
pub struct ActivityInput {
    /// Actividad existente. The one (`Activity`) of this version that goes on; absent: it is new.
    pub(super) id: Option<ID>,
    /// Fase PHVA. Plan, do, check or act.
    pub(super) phase: PhvaPhase,
    /// Descripción. What is done, 1 to 4,000 characters.
    pub(super) description: String,
    /// Registro. What proves that it was done, at most 4,000 characters.
    pub(super) record: Option<String>,
    /// Punto de control. Whether something is checked there.
    #[graphql(default)]
    pub(super) control_point: bool,
    /// Dependencia responsable. The unit (`OrgUnit`) that does it; not together with a post.
    pub(super) responsible_unit: Option<ID>,
    /// Cargo responsable. The post that does it; not together with a unit.
    pub(super) responsible_post: Option<ID>,
}

/// Entrada o salida. Something that the process takes or gives.
#[derive(InputObject)]
pub struct FlowInput {
    /// Flujo existente. The one (`Flow`) of this version, in the same direction, that goes on; absent: it is new.
    pub(super) id: Option<ID>,
    /// Nombre. What flows; one line of 1 to 200 characters.
    pub(super) name: String,
    /// Descripción. What it is in more words, at most 4,000 characters.
    pub(super) description: Option<String>,
    /// Procesos. Those at its other end, suppliers of an input or consumers of an output; at most 50.
    pub(super) processes: Option<Vec<ID>>,
    /// Partes externas. Those outside at its other end; at most 50.
    pub(super) external_parties: Option<Vec<ID>>,
}

impl CharacterizationInput {
    /// Puts what is said into the row: texts, which are checked together, and links.
    pub(super) async fn write<V: Verb>(
        &self,
        changes: &ChangeSet,
        cause: &Granted<impl EntityTrait, V>,
        row: &mut process_version::ActiveModel,
        mut texts: Texts,
    ) -> Result<(), ActFault> {
        row.objective = texts.edit_optional("objective", &self.objective, validate::note);
        row.scope = texts.edit_optional("scope", &self.scope, validate::note);
        row.starts_with = texts.edit_optional("startsWith", &self.starts_with, validate::note);
        row.ends_with = texts.edit_optional("endsWith", &self.ends_with, validate::note);
        row.change_reason = texts.edit_optional("changeReason", &self.change_reason, validate::note);
        for (field, given, column) in
            [("policies", &self.policies, &mut row.policies), ("resources", &self.resources, &mut row.resources)]
        {
            *column = match given {
                MaybeUndefined::Undefined => NotSet,
                given => Set(list(&mut texts, field, given.value().map_or(&[], Vec::as_slice))),
            };
        }
        texts.done()?;
        let at = |field| ["input", field];
        row.legal_act_id = relink::<legal_act::Entity, V>(changes, cause, &self.legal_act, &at("legalAct")).await?;
        row.prepared_by_id = relink::<person::Entity, V>(changes, cause, &self.prepared_by, &at("preparedBy")).await?;
        row.reviewed_by_id = relink::<person::Entity, V>(changes, cause, &self.reviewed_by, &at("reviewedBy")).await?;
        Ok(())
    }
}

/// Texts of a list, in their order.
fn list(texts: &mut Texts, field: &str, given: &[String]) -> TextList {
    if given.len() > LIST_LIMIT {
        texts.refuse(ErrorCode::TooLong.at([field]).with("maximum", LIST_LIMIT));
        return TextList::default();
    }
    for (at, text) in given.iter().enumerate() {
        // A text that is said as a function is: not blank, of a bounded length.
        for violation in validate::functions(&[clean(text)]) {
            let violation = crate::organization::rules::Violation { path: vec![at.to_string()], ..violation };
            texts.note(field, Some(violation));
        }
    }
    TextList::new(given).unwrap_or_default()
}
