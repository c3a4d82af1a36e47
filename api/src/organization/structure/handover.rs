//! What an entry into force does to who answers for processes, and how that is taken back.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use entity::{
    Id,
    organization::{entry_effect, structure_version},
    value_chain::process_responsibility,
};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, Condition};
use uuid::Uuid;

use super::{
    draft::{succession_keys, successions},
    staffing::{Entry, later},
};
use crate::{
    organization::rules::timeline::given_back,
    store::{ActFault, Approve, ChangeSet, Granted},
    value_chain::relations::{
        responsibility,
        rules::{
            handover::{self, Begun, Transfer},
            responsibility::Responsibility,
        },
    },
};

type Version = Granted<structure_version::Entity, Approve>;
type Row = Granted<process_responsibility::Entity, Approve>;

/// Ends the responsibilities of units that the version does without, and begins those that its successions transfer.
/// STILL_IN_USE when one begins later than it would have to end.
pub async fn hand_over(
    changes: &mut ChangeSet,
    version: &Version,
    here: &HashSet<Uuid>,
    entry: &Entry,
) -> Result<(), ActFault> {
    let from = entry.interval.from();
    let rows: Vec<Row> = changes.follow_all(version, holding_after(from)).await?;
    if rows.iter().all(|row| here.contains(&row.model().org_unit_id.uuid())) {
        return Ok(());
    }
    let transfers: Vec<_> = successions(changes, version)
        .await?
        .iter()
        .flat_map(|told| {
            let succession = told.row.id().uuid();
            told.said.transfers.iter().map(move |it| Transfer {
                succession,
                from: it.from,
                to: it.to,
                process: it.process,
            })
        })
        .collect();
    let existing = seen(rows.iter().map(Granted::model));
    let done = handover::hand_over(&existing, &transfers, here, entry.interval).map_err(|_| later())?;
    let begun = done.begins.iter().map(begin).collect();
    let begun = changes.create_many::<process_responsibility::Entity, _>(version, begun).await?;
    let mut goes_on: HashMap<Uuid, Uuid> = HashMap::new();
    for (told, row) in done.begins.iter().zip(&begun) {
        goes_on.entry(told.continues).or_insert(row.id().uuid());
    }
    for row in rows {
        let id = row.id().uuid();
        if done.ends.contains(&id) {
            entry.note(changes, version, id, goes_on.get(&id).copied(), row.model().valid_to).await?;
            ends(changes, row, Some(from)).await?;
        }
    }
    Ok(())
}

/// What holds on a day or later.
fn holding_after(day: NaiveDate) -> Condition {
    let open = process_responsibility::Column::ValidTo.is_null();
    Condition::any().add(open).add(process_responsibility::Column::ValidTo.gt(day))
}

fn seen<'a>(rows: impl Iterator<Item = &'a process_responsibility::Model>) -> Vec<Responsibility> {
    rows.filter_map(responsibility).collect()
}

fn begin(begun: &Begun) -> process_responsibility::ActiveModel {
    process_responsibility::ActiveModel {
        process_id: Set(Id::from_uuid(begun.process)),
        org_unit_id: Set(Id::from_uuid(begun.unit)),
        role: Set(begun.role),
        succession_id: Set(Some(Id::from_uuid(begun.succession))),
        valid_from: Set(begun.days.from()),
        valid_to: Set(begun.days.to()),
        ..Default::default()
    }
}

async fn ends(changes: &mut ChangeSet, row: Row, to: Option<NaiveDate>) -> Result<(), ActFault> {
    let ended = process_responsibility::ActiveModel { valid_to: Set(to), ..Default::default() };
    changes.update(row, ended).await.map(drop)
}

/// What the version's successions began in other units.
pub async fn begun_by(changes: &ChangeSet, version: &Version) -> Result<Vec<Row>, ActFault> {
    let own = process_responsibility::Column::SuccessionId.in_subquery(succession_keys(version.id()));
    changes.follow_all(version, Condition::all().add(own)).await
}

/// Takes a version that has not begun out of who answers for what: what it ended goes on, what it began is removed.
pub async fn give_back(
    changes: &mut ChangeSet,
    version: &Version,
    effects: &HashMap<Uuid, entry_effect::Model>,
    from: NaiveDate,
) -> Result<(), ActFault> {
    let mut begun: HashMap<Uuid, process_responsibility::Model> = HashMap::new();
    for row in begun_by(changes, version).await? {
        begun.insert(row.id().uuid(), row.model().clone());
        changes.remove(row).await?;
    }
    let ended = Condition::all().add(process_responsibility::Column::ValidTo.eq(from));
    for row in changes.follow_all::<process_responsibility::Entity, Approve>(version, ended).await? {
        let Some(effect) = effects.get(&row.id().uuid()) else { continue };
        let Some(before) = given_back(row.model().valid_to, from, effect.valid_to) else { continue };
        let to = match effect.next_id.map(|next| begun.get(&next)) {
            // Who ended or removed the one in which it went on decided.
            Some(None) => continue,
            Some(Some(next)) if next.row_version > 1 => next.valid_to,
            _ => before,
        };
        ends(changes, row, to).await?;
    }
    Ok(())
}
