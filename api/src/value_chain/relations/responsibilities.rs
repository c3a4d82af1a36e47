//! The responsibilities of several processes at once: the matrix of a whole map in one act.

use std::collections::HashMap;

use async_graphql::{ID, InputObject};
use chrono::NaiveDate;
use entity::{
    Id, Interval,
    organization::{org_unit, organization},
    value_chain::{ResponsibilityRole, process, process_responsibility},
};
use sea_orm::{ActiveValue::Set, Condition};
use uuid::Uuid;

use super::{
    rules::{
        responsibility::{Responsibility, conflict},
        whole_set::{Fate, whole_set},
    },
    shared::{in_the_way, later_change, meant, responsibility, unit_on},
};
use crate::{
    execution::act::Act,
    graph::{Declaration, error::ErrorCode, scalars::Date},
    organization::{
        entry::{clean, follow, obtain, take_effect},
        refusals::refusal,
        rules::validate,
        types::ORGANIZATION,
    },
    store::{ActFault, ChangeSet, FormulateProcess, Granted},
};

type Organization = Granted<organization::Entity, FormulateProcess>;
type Row = Granted<process_responsibility::Entity, FormulateProcess>;

/// Processes that one act takes.
const PROCESSES_LIMIT: usize = 500;

/// Responsabilidad de una matriz. What a unit has to do with the process.
#[derive(InputObject)]
pub(super) struct ResponsibilityItemInput {
    /// Dependencia. The unit; in force on the first day, and as long as the responsibility.
    unit: ID,
    /// Papel. What it has to do with the process; one unit leads it.
    role: ResponsibilityRole,
    /// Nota. What exactly, up to 4,000 characters.
    note: Option<String>,
    /// Vigente hasta. The day after the last; absent: without a known end.
    valid_to: Option<Date>,
}

/// Fila de una matriz de responsabilidades. A process and all that units have to do with it.
#[derive(InputObject)]
pub(super) struct ProcessResponsibilitiesInput {
    /// Proceso. The process.
    process: ID,
    /// Responsabilidades. All of them; what holds on the day and is not among them ends on it. None takes `endAll`.
    responsibilities: Vec<ResponsibilityItemInput>,
    /// Terminar todo. Must be true for a process without responsibilities: everything that holds ends on the day.
    end_all: Option<bool>,
}

/// Fijar la matriz de responsabilidades. Says for some processes, or for the whole map, what units have to do with each
/// from a day on: what is not said ends on that day, what is new begins, the rest goes on. A process for which a change
/// on a later day is known already is refused.
#[derive(InputObject)]
pub(super) struct ProcessResponsibilitiesSet {
    /// Organización. The one whose processes they are.
    organization: ID,
    /// Desde. The day from which it holds.
    from: Date,
    /// Procesos. Each once, at most 500; other processes stay as they are.
    processes: Vec<ProcessResponsibilitiesInput>,
    /// Motivo. Why it is entered only now, when the day lies in the past.
    reason: Option<String>,
}

impl Act for ProcessResponsibilitiesSet {
    const NAME: &'static str = "processResponsibilitiesSet";
    const CODES: &'static [ErrorCode] = &[
        ErrorCode::DateRangeEmpty,
        ErrorCode::Backdated,
        ErrorCode::UnitNotInForce,
        ErrorCode::UnitEnds,
        ErrorCode::LeadTaken,
        ErrorCode::LaterChangeKnown,
        ErrorCode::EndsAll,
        ErrorCode::RolesExclude,
    ];
    const PAYLOAD: &'static Declaration = &ORGANIZATION;

    async fn perform(self, changes: &mut ChangeSet) -> Result<Uuid, ActFault> {
        let organization =
            obtain::<organization::Entity, FormulateProcess>(changes, &self.organization, &["organization"], None)
                .await?;
        if self.processes.len() > PROCESSES_LIMIT {
            return Err(ErrorCode::TooLong.at(["processes"]).with("maximum", PROCESSES_LIMIT).into());
        }
        let from = self.from.0;
        take_effect(changes, &organization, from, &["from"], self.reason.as_deref())?;
        let mut rows: HashMap<Uuid, Vec<Row>> = HashMap::new();
        for row in changes.follow_all::<process_responsibility::Entity, _>(&organization, Condition::all()).await? {
            rows.entry(row.model().process_id.uuid()).or_default().push(row);
        }
        let mut matrix = Matrix { organization, from, rows, units: HashMap::new(), seen: Vec::new() };
        for (at, wanted) in self.processes.iter().enumerate() {
            let set = matrix.set(changes, wanted).await;
            set.map_err(|fault| fault.within(["processes", &at.to_string()]))?;
        }
        Ok(matrix.organization.id().uuid())
    }
}

/// The note of an item; a blank one is none.
fn remark(item: &ResponsibilityItemInput) -> Option<String> {
    item.note.as_deref().map(clean).filter(|note| !note.is_empty())
}

struct Matrix {
    organization: Organization,
    from: NaiveDate,
    /// What is recorded, by process.
    rows: HashMap<Uuid, Vec<Row>>,
    /// Units that were looked up, with the last days for which they were.
    units: HashMap<(String, Option<NaiveDate>), Id<org_unit::Entity>>,
    seen: Vec<Uuid>,
}

impl Matrix {
    async fn set(&mut self, changes: &mut ChangeSet, given: &ProcessResponsibilitiesInput) -> Result<(), ActFault> {
        let process = follow::<process::Entity, _>(changes, &self.organization, &given.process, &["process"]).await?;
        if self.seen.contains(&process.id().uuid()) {
            return Err(ErrorCode::Duplicate.at(["process"]).into());
        }
        self.seen.push(process.id().uuid());
        meant(&given.responsibilities, given.end_all, "responsibilities")?;
        let wanted = self.wanted(changes, process.id().uuid(), &given.responsibilities).await?;
        let rows = self.rows.remove(&process.id().uuid()).unwrap_or_default();
        let known = rows.iter().filter_map(|row| responsibility(row.model()));
        let existing: Vec<_> = known.map(|row| (row.id, row.days, (row.unit, row.role))).collect();
        let keys: Vec<_> = wanted.iter().map(|item| (item.unit, item.role)).collect();
        let plan = whole_set(&existing, self.from, &keys).map_err(|day| later_change(day).at(["process"]))?;
        for row in rows {
            let (to, note) = match plan.fate(row.id().uuid()) {
                Fate::Stays => continue,
                Fate::Removed => {
                    changes.remove(row).await?;
                    continue;
                }
                Fate::Ends => (Some(self.from), None),
                Fate::GoesOn(at) => (wanted[at].days.to(), remark(&given.responsibilities[at])),
            };
            let note = note.or_else(|| row.model().note.clone());
            let told = process_responsibility::ActiveModel { valid_to: Set(to), note: Set(note), ..Default::default() };
            changes.update(row, told).await?;
        }
        let begin = |at: &usize| process_responsibility::ActiveModel {
            process_id: Set(process.id()),
            org_unit_id: Set(Id::from_uuid(wanted[*at].unit)),
            role: Set(wanted[*at].role),
            note: Set(remark(&given.responsibilities[*at])),
            valid_from: Set(self.from),
            valid_to: Set(wanted[*at].days.to()),
            ..Default::default()
        };
        let begun = plan.begins.iter().map(begin).collect();
        changes.create_many::<process_responsibility::Entity, _>(&self.organization, begun).await.map(drop)
    }

    /// The items as the rules see them, each in nobody's way.
    async fn wanted(
        &mut self,
        changes: &ChangeSet,
        process: Uuid,
        given: &[ResponsibilityItemInput],
    ) -> Result<Vec<Responsibility>, ActFault> {
        let mut known: Vec<Responsibility> = Vec::new();
        for (at, item) in given.iter().enumerate() {
            let place = ["responsibilities".to_owned(), at.to_string()];
            let long = item.note.as_deref().map(clean).and_then(|note| validate::note(&note));
            if let Some(long) = long {
                return Err(refusal(&long.under(["note"])).within(place).into());
            }
            let to = item.valid_to.map(|to| to.0);
            let days = Interval::new(self.from, to);
            let days = days.ok_or_else(|| ErrorCode::DateRangeEmpty.at(["validTo"]).within(place.clone()))?;
            let unit = self.unit(changes, &item.unit, days).await.map_err(|fault| fault.within(place.clone()))?;
            let id = Uuid::from_u128(at as u128 + 1);
            let new = Responsibility { id, process, unit: unit.uuid(), role: item.role, days };
            if let Some(found) = conflict(&known, &new) {
                let refusal = in_the_way(changes, &self.organization, found).await?.at(["role"]);
                return Err(refusal.within(place).into());
            }
            known.push(new);
        }
        Ok(known)
    }

    async fn unit(&mut self, changes: &ChangeSet, unit: &ID, days: Interval) -> Result<Id<org_unit::Entity>, ActFault> {
        let asked = (unit.to_string(), days.to());
        if let Some(known) = self.units.get(&asked) {
            return Ok(*known);
        }
        let found = unit_on(changes, &self.organization, unit, days, &["unit"]).await?;
        self.units.insert(asked, found);
        Ok(found)
    }
}
