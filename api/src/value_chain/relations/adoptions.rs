//! The whole declaration of how a map stands to the national reference, in one act.

use async_graphql::{ID, InputObject};
use entity::{
    Interval,
    organization::organization,
    value_chain::{AdoptionStatus, reference_adoption},
};
use sea_orm::{ActiveValue::Set, Condition};
use uuid::Uuid;

use super::{
    adoption::{Said, admit, stated, statement},
    rules::{
        adoption::Statement,
        whole_set::{Fate, whole_set},
    },
    shared::{later_change, meant},
};
use crate::{
    execution::act::Act,
    graph::{Declaration, error::ErrorCode, scalars::Date},
    organization::{
        entry::{clean, obtain, take_effect},
        refusals::refusal,
        rules::validate,
        types::ORGANIZATION,
    },
    store::{ActFault, ChangeSet, FormulateProcess},
};

/// Statements that one act takes.
const ITEMS_LIMIT: usize = 2_000;

/// Renglón de una declaración. How the map stands to a reference process.
#[derive(InputObject)]
pub(super) struct ReferenceAdoptionItemInput {
    /// Proceso de referencia. Of the national reference; required unless the process is `OWN`, then absent.
    reference_process: Option<ID>,
    /// Proceso. Of the organization; required unless it is `ABSENT`, then absent.
    process: Option<ID>,
    /// Estado. Several reference processes may share a process only as `MERGED`.
    status: AdoptionStatus,
    /// Justificación. Why it deviates, up to 4,000 characters.
    justification: Option<String>,
    /// Acto administrativo. The act that says so.
    legal_act: Option<ID>,
}

/// Declarar todas las adopciones. Says from a day on how the whole map stands to the national reference: what held and is
/// not said again ends on that day, what is new begins, the rest goes on.
#[derive(InputObject)]
pub(super) struct ReferenceAdoptionsSet {
    /// Organización. The one whose map it is.
    organization: ID,
    /// Desde. The day from which it holds.
    from: Date,
    /// Declaraciones. All of them, at most 2,000; none takes `endAll`.
    items: Vec<ReferenceAdoptionItemInput>,
    /// Terminar todo. Must be true for a list without items: everything that holds ends on the day.
    end_all: Option<bool>,
    /// Motivo. Why it is entered only now, when the day lies in the past.
    reason: Option<String>,
}

impl Act for ReferenceAdoptionsSet {
    const NAME: &'static str = "referenceAdoptionsSet";
    const CODES: &'static [ErrorCode] =
        &[ErrorCode::Backdated, ErrorCode::AdoptionOverlap, ErrorCode::LaterChangeKnown, ErrorCode::EndsAll];
    const PAYLOAD: &'static Declaration = &ORGANIZATION;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let at = &["organization"];
        let organization =
            obtain::<organization::Entity, FormulateProcess>(changes, &self.organization, at, None).await?;
        if self.items.len() > ITEMS_LIMIT {
            return Err(ErrorCode::TooLong.at(["items"]).with("maximum", ITEMS_LIMIT).into());
        }
        meant(&self.items, self.end_all, "items")?;
        let from = self.from.0;
        take_effect(changes, &organization, from, &["from"], self.reason.as_deref())?;
        let (mut wanted, mut rows): (Vec<Statement>, Vec<reference_adoption::ActiveModel>) = Default::default();
        for (at, item) in self.items.iter().enumerate() {
            let index = at.to_string();
            let place = ["items", &index];
            let justification = item.justification.as_deref().map(clean).filter(|text| !text.is_empty());
            if let Some(long) = justification.as_deref().and_then(validate::note) {
                return Err(refusal(&long.under(["justification"])).within(place).into());
            }
            let said = Said {
                reference: item.reference_process.as_ref(),
                process: item.process.as_ref(),
                status: item.status,
                legal_act: item.legal_act.as_ref(),
            };
            let row = said.row(changes, &organization, Interval::since(from), &place).await?;
            if let Some(new) = statement(&row, Uuid::from_u128(at as u128 + 1), Interval::since(from)) {
                admit(&wanted, &new).map_err(|refusal| refusal.within(place))?;
                wanted.push(new);
            }
            rows.push(reference_adoption::ActiveModel { justification: Set(justification), ..row });
        }
        let known = changes.follow_all::<reference_adoption::Entity, _>(&organization, Condition::all()).await?;
        let key = |said: &Statement| (said.reference, said.process, said.status);
        let existing = known.iter().filter_map(|row| stated(row.model()));
        let existing: Vec<_> = existing.map(|said| (said.id, said.days, key(&said))).collect();
        let keys: Vec<_> = wanted.iter().map(key).collect();
        let plan = whole_set(&existing, from, &keys).map_err(|day| later_change(day).at(["from"]))?;
        for row in known {
            let told = match plan.fate(row.id().uuid()) {
                Fate::Stays => continue,
                Fate::Removed => {
                    changes.remove(row).await?;
                    continue;
                }
                Fate::Ends => reference_adoption::ActiveModel { valid_to: Set(Some(from)), ..Default::default() },
                Fate::GoesOn(at) => reference_adoption::ActiveModel {
                    valid_to: Set(None),
                    justification: rows[at].justification.clone(),
                    legal_act_id: rows[at].legal_act_id.clone(),
                    ..Default::default()
                },
            };
            changes.update(row, told).await?;
        }
        let begun = plan.begins.iter().map(|at| rows[*at].clone()).collect();
        changes.create_many::<reference_adoption::Entity, _>(&organization, begun).await?;
        Ok(organization.id().uuid())
    }
}
