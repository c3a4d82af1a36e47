//! What an act does to rows: nothing without proof, nothing without trace.

use entity::{Id, Moment, machinery::HistoryOperation, organization::organization};
use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait as _, Condition, DatabaseTransaction, DbErr, EntityTrait,
    IdenStatic as _, Iterable as _, ModelTrait as _, QueryFilter as _, SqlErr, Value,
};
use serde_json::{Map, json};
use uuid::Uuid;

use super::{
    ActFault,
    change::Intent,
    columns::{self, Difference, VERSION, difference, give_key, plain, portion, prepare, put},
    granted::{Granted, Verb, column, key, uuid},
    history::{Chains, Event},
    recorded::{Catalogue, Owned, Recorded},
};
use crate::{
    access::{act_rules::act_rule, guards::Found, rules::Duty},
    config::Secret,
    graph::error::{ErrorCode, Refusal},
    reader::sql::Dialect,
};

/// One act, in one transaction.
pub struct ChangeSet {
    pub(super) transaction: DatabaseTransaction,
    pub(super) intent: Intent,
    pub(super) account: Uuid,
    pub(super) dialect: Dialect,
    pub(super) now: Moment,
    pub(super) today: chrono::NaiveDate,
    pub(super) chains: Chains,
    pub(super) events: Vec<Event>,
    pub(super) backdated: bool,
    /// Duties that the act took, each with its organization and units.
    pub(super) needed: Vec<(Uuid, Duty, Vec<Uuid>)>,
    /// What the act shows once: it is in the answer of this very run, never stored.
    pub(super) secret: Option<Secret>,
    /// A constraint that was violated: PostgreSQL accepts nothing more after it, so SQLite shall not either.
    pub(super) violated: Option<Refusal>,
    /// The access epoch that commits with the act, where it was looked at; 0 otherwise.
    pub(super) epoch_after: i64,
    /// Were personal data erased? Then no trace of them may stay in the file either.
    pub(super) erased: bool,
}

impl ChangeSet {
    /// Who acts, by which act, how.
    pub fn intent(&self) -> &Intent {
        &self.intent
    }

    /// The account that acts.
    pub fn account(&self) -> Id<entity::access::account::Entity> {
        Id::from_uuid(self.account)
    }

    /// The instant of the act; the same for everything that it writes.
    pub fn now(&self) -> Moment {
        self.now
    }

    /// The civil date of the act in Bogotá.
    pub fn today(&self) -> chrono::NaiveDate {
        self.today
    }

    /// Shows a secret in the act's answer, this once.
    pub fn reveal(&mut self, secret: Secret) {
        self.secret = Some(secret);
    }

    /// The secret that the act shows. A dry run shows none, for it would be good for nothing.
    pub fn take_secret(&mut self) -> Option<Secret> {
        self.secret.take().filter(|_| !self.intent.dry_run)
    }

    /// Marks in the history that the act changes what held before today.
    pub fn mark_backdated(&mut self) {
        self.backdated = true;
    }

    /// A row on which the actor may do `V`; from now on nobody else writes to its organization.
    ///
    /// # Errors
    /// `NOT_FOUND` when it does not exist or the actor cannot see it; `FORBIDDEN` without the duty in its
    /// organization; `VERSION_CONFLICT` when it was written since `expected_version`.
    pub async fn obtain<E: Recorded, V: Verb>(
        &mut self,
        id: Id<E>,
        expected_version: Option<i32>,
    ) -> Result<Granted<E, V>, ActFault> {
        self.obtain_in(id, expected_version, None).await
    }

    /// An organization in which the actor may do `V` on what belongs to this unit, for an act that makes something there.
    /// Errors as [`ChangeSet::obtain`].
    pub async fn organization_in<V: Verb>(
        &mut self,
        id: Id<organization::Entity>,
        unit: Uuid,
    ) -> Result<Granted<organization::Entity, V>, ActFault> {
        self.obtain_in(id, None, Some(unit)).await
    }

    async fn obtain_in<E: Recorded, V: Verb>(
        &mut self,
        id: Id<E>,
        expected_version: Option<i32>,
        place: Option<Uuid>,
    ) -> Result<Granted<E, V>, ActFault> {
        let mut row = self.visible::<E>(id).await?;
        let organization = uuid::<E>(&row, E::OWNER);
        if act_rule(self.intent.act).is_some_and(|rule| rule.duty != V::DUTY || rule.in_unit != place.is_some()) {
            return Err(DbErr::Custom(format!("{} is done otherwise than its line says", self.intent.act)).into());
        }
        let units = match place {
            Some(place) => vec![place],
            None => self.units::<E>(&row).await?,
        };
        self.intent.actor.may(V::DUTY, organization, &units)?;
        self.needed.push((organization, V::DUTY, units));
        if self.chains.lock(&self.transaction, self.dialect, organization).await? {
            // Whoever held the lock may have changed or removed it.
            row = self.visible::<E>(id).await?;
        }
        let current = version::<E>(&row);
        if expected_version.is_some_and(|expected| Some(expected) != current) {
            return Err(self.version_conflict::<E>(&row, current).await?.into());
        }
        let granted = Granted::new(row, organization);
        self.guard(&granted).await?;
        Ok(granted)
    }

    /// Holds the act against what its line of the table looks at in the row on which it is done.
    async fn guard<E: Recorded, V>(&self, row: &Granted<E, V>) -> Result<(), ActFault> {
        let rule = act_rule(self.intent.act).filter(|rule| rule.on == E::KIND);
        let Some(guard) = rule.and_then(|rule| rule.guard) else { return Ok(()) };
        let cells = self.read(E::default().table_name(), row.id().uuid(), E::KIND as u8, guard.needs).await?;
        let found = Found { cells: &cells, actor: &self.intent.actor, today: self.today() };
        (guard.check)(&found).map_or(Ok(()), |refusal| Err(refusal.into()))
    }

    /// An organization in which the actor may do `V`. Errors as [`ChangeSet::obtain`].
    pub async fn organization<V: Verb>(
        &mut self,
        id: Id<organization::Entity>,
    ) -> Result<Granted<organization::Entity, V>, ActFault> {
        self.obtain(id, None).await
    }

    /// A row of the cause's organization, under the cause's grant.
    ///
    /// # Errors
    /// `NOT_FOUND` when the organization has no such row.
    pub async fn follow<E: Recorded, V: Verb>(
        &self,
        cause: &Granted<impl EntityTrait, V>,
        id: Id<E>,
    ) -> Result<Granted<E, V>, ActFault> {
        let condition = Condition::all().add(named::<E>("id")?.eq(id.uuid()));
        let found = self.find::<E, V>(cause, condition).await?.pop();
        found.map(|row| Granted::new(row, cause.organization)).ok_or_else(|| ErrorCode::NotFound.into())
    }

    /// The rows of the cause's organization that meet a condition.
    pub async fn find<E: Owned, V: Verb>(
        &self,
        cause: &Granted<impl EntityTrait, V>,
        condition: Condition,
    ) -> Result<Vec<E::Model>, ActFault> {
        let own = named::<E>(E::OWNER)?.eq(cause.organization);
        Ok(E::find().filter(own).filter(condition).all(&self.transaction).await?)
    }

    /// The same rows, each with the cause's grant.
    pub async fn follow_all<E: Recorded, V: Verb>(
        &self,
        cause: &Granted<impl EntityTrait, V>,
        condition: Condition,
    ) -> Result<Vec<Granted<E, V>>, ActFault> {
        let rows = self.find::<E, V>(cause, condition).await?;
        Ok(rows.into_iter().map(|row| Granted::new(row, cause.organization)).collect())
    }

    /// Rows of a national table.
    pub async fn catalogue<E: Catalogue>(&self, condition: Condition) -> Result<Vec<E::Model>, ActFault> {
        Ok(E::find().filter(condition).all(&self.transaction).await?)
    }

    /// A new row of the organization of `under`. Owner, version, folded keys and, when it is missing, the key are set
    /// here.
    ///
    /// # Errors
    /// `DUPLICATE` when its values must be unique and are not; `NOT_FOUND` when it refers to what its organization
    /// does not have.
    pub async fn create<E: Recorded, V: Verb>(
        &mut self,
        under: &Granted<impl EntityTrait, V>,
        row: E::ActiveModel,
    ) -> Result<Granted<E, V>, ActFault> {
        let created = self.create_many(under, vec![row]).await?.pop();
        created.ok_or_else(|| DbErr::RecordNotInserted.into())
    }

    /// Several new rows, in few statements; given back in their order. A row that refers to another of them comes
    /// after it. Errors as [`ChangeSet::create`].
    pub async fn create_many<E: Recorded, V: Verb>(
        &mut self,
        under: &Granted<impl EntityTrait, V>,
        rows: Vec<E::ActiveModel>,
    ) -> Result<Vec<Granted<E, V>>, ActFault> {
        let mut keys = Vec::with_capacity(rows.len());
        let mut ready = Vec::with_capacity(rows.len());
        for mut row in rows {
            personal_is_kept::<E, V>(&row)?;
            keys.push(give_key(&mut row).unwrap_or_default());
            if E::OWNER != "id" {
                put(&mut row, E::OWNER, under.organization.into());
            }
            put(&mut row, VERSION, 1.into());
            prepare(&mut row);
            ready.push(row);
        }
        let mut written = Vec::with_capacity(keys.len());
        let mut ready = ready.into_iter();
        while ready.len() > 0 {
            let size = portion::<E>(ready.len());
            let some: Vec<_> = ready.by_ref().take(size).collect();
            let inserted = E::insert_many(some).exec_with_returning(&self.transaction).await;
            written.extend(inserted.map_err(|fault| self.violation(fault, ErrorCode::NotFound))?);
        }
        let mut created = Vec::with_capacity(keys.len());
        for row in columns::in_order::<E>(&keys, written) {
            let organization = uuid::<E>(&row, E::OWNER);
            // Only an organization that is created now is not locked yet.
            self.chains.lock(&self.transaction, self.dialect, organization).await?;
            self.lands::<E, V>(organization, None, &row)?;
            let changes = difference::<E>(None, Some(&row), |_| true);
            self.record::<E>(organization, key::<E>(&row), HistoryOperation::Create, changes);
            created.push(Granted::new(row, organization));
        }
        Ok(created)
    }

    /// Changes a row: of `change`, the columns that are set and differ. When none differs, nothing is written.
    ///
    /// # Errors
    /// As [`ChangeSet::create`]; a database fault when the change would move the row to another key or organization,
    /// or when the row was written since it was granted.
    pub async fn update<E: Recorded, V: Verb>(
        &mut self,
        granted: Granted<E, V>,
        mut change: E::ActiveModel,
    ) -> Result<Granted<E, V>, ActFault> {
        personal_is_kept::<E, V>(&change)?;
        prepare(&mut change);
        let mut only = <E::ActiveModel as ActiveModelTrait>::default();
        let mut changed = false;
        for column in E::Column::iter() {
            let ActiveValue::Set(value) = change.get(column) else { continue };
            let name = column.as_str();
            if value == granted.model.get(column) || name == VERSION {
                continue;
            }
            if matches!(name, "id" | "organization_id") {
                return Err(DbErr::Custom(format!("{name} of {} never changes", E::default().table_name())).into());
            }
            only.set(column, value);
            changed = true;
        }
        if !changed {
            return Ok(granted);
        }
        let own = itself::<E, V>(&granted)?;
        if let Some(version) = version::<E>(&granted.model) {
            put(&mut only, VERSION, (version + 1).into());
        }
        let updated = E::update_many().set(only).filter(own).exec_with_returning(&self.transaction).await;
        let updated = updated.map_err(|fault| self.violation(fault, ErrorCode::NotFound))?.pop();
        let row = updated.ok_or(DbErr::RecordNotUpdated)?;
        self.lands::<E, V>(granted.organization, Some(&granted.model), &row)?;
        let changes = difference::<E>(Some(&granted.model), Some(&row), |column| change.get(column).is_set());
        self.record::<E>(granted.organization, key::<E>(&row), HistoryOperation::Update, changes);
        Ok(Granted::new(row, granted.organization))
    }

    /// Removes a row.
    ///
    /// # Errors
    /// `STILL_IN_USE` when other rows refer to it; a database fault when it was written since it was granted.
    pub async fn remove<E: Recorded, V: Verb>(&mut self, granted: Granted<E, V>) -> Result<(), ActFault> {
        let own = itself::<E, V>(&granted)?;
        let removed = E::delete_many().filter(own).exec(&self.transaction).await;
        let removed = removed.map_err(|fault| self.violation(fault, ErrorCode::StillInUse))?;
        if removed.rows_affected != 1 {
            return Err(DbErr::RecordNotUpdated.into());
        }
        let changes = difference::<E>(Some(&granted.model), None, |_| true);
        self.record::<E>(granted.organization, key::<E>(&granted.model), HistoryOperation::Delete, changes);
        Ok(())
    }

    /// A new row of a table that only joins two others and has no key of its own; the history tells it as a change of
    /// `under`. Errors as [`ChangeSet::create`].
    pub async fn link<E: Owned, P: Recorded, V: Verb>(
        &mut self,
        under: &Granted<P, V>,
        mut row: E::ActiveModel,
    ) -> Result<(), ActFault> {
        put(&mut row, E::OWNER, under.organization.into());
        prepare(&mut row);
        let inserted = E::insert_many([row]).exec_with_returning(&self.transaction).await;
        let inserted = inserted.map_err(|fault| self.violation(fault, ErrorCode::NotFound))?;
        self.record_links::<E, P, V>(under, &inserted, true);
        Ok(())
    }

    /// Removes the rows of a joining table that meet a condition, within the organization of `under`; says how many.
    pub async fn unlink<E: Owned, P: Recorded, V: Verb>(
        &mut self,
        under: &Granted<P, V>,
        condition: Condition,
    ) -> Result<usize, ActFault> {
        let gone = self.find::<E, V>(under, condition.clone()).await?;
        let own = named::<E>(E::OWNER)?.eq(under.organization);
        let removed = E::delete_many().filter(own).filter(condition).exec(&self.transaction).await;
        removed.map_err(|fault| self.violation(fault, ErrorCode::StillInUse))?;
        self.record_links::<E, P, V>(under, &gone, false);
        Ok(gone.len())
    }

    fn record_links<E: Owned, P: Recorded, V>(&mut self, under: &Granted<P, V>, rows: &[E::Model], made: bool) {
        let table = E::default().table_name().to_owned();
        for row in rows {
            let columns = E::Column::iter().filter(|column| column.as_str() != "organization_id");
            let link: Map<_, _> = columns.map(|column| (column.as_str().to_owned(), plain(row.get(column)))).collect();
            let told = if made { json!([null, link]) } else { json!([link, null]) };
            let changes = Difference { open: Map::from_iter([(table.clone(), told)]), personal: Map::new() };
            self.record::<P>(under.organization, key::<P>(&under.model), HistoryOperation::Update, changes);
        }
    }

    pub(super) fn record<E: Recorded>(
        &mut self,
        organization: Uuid,
        object: Uuid,
        operation: HistoryOperation,
        Difference { open: changes, personal }: Difference,
    ) {
        self.events.push(Event { organization, kind: E::KIND as i16, object, operation, changes, personal });
    }

    /// A violated constraint as a refusal; whatever else failed as it is.
    fn violation(&mut self, fault: DbErr, reference: ErrorCode) -> ActFault {
        let refusal: Refusal = match fault.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => ErrorCode::Duplicate.into(),
            Some(SqlErr::ForeignKeyConstraintViolation(_)) => reference.into(),
            _ => return fault.into(),
        };
        self.violated = Some(refusal.clone());
        refusal.into()
    }
}

/// The granted row as it was granted, and no other.
pub(super) fn itself<E: Recorded, V>(granted: &Granted<E, V>) -> Result<Condition, DbErr> {
    let own = named::<E>("id")?.eq(key::<E>(&granted.model));
    let mut condition = Condition::all().add(own).add(named::<E>(E::OWNER)?.eq(granted.organization));
    if let (Some(column), Some(version)) = (column::<E>(VERSION), version::<E>(&granted.model)) {
        condition = condition.add(column.eq(version));
    }
    Ok(condition)
}

/// Personal values are written under the duty of those only who read them: who could write but not read them could find
/// them out by writing, through DUPLICATE for one.
fn personal_is_kept<E: Recorded, V: Verb>(row: &E::ActiveModel) -> Result<(), DbErr> {
    let written = |name: &&&str| column::<E>(name).is_some_and(|column| row.get(column).is_set());
    match E::PERSONAL.iter().find(written) {
        Some(name) if V::DUTY != Duty::KeepPersonalData => {
            Err(DbErr::Custom(format!("{name} of {} takes the duty to keep it", E::default().table_name())))
        }
        _ => Ok(()),
    }
}

pub(super) fn named<E: EntityTrait>(name: &str) -> Result<E::Column, DbErr> {
    column::<E>(name).ok_or_else(|| DbErr::Custom(format!("{} has no column {name}", E::default().table_name())))
}

pub(super) fn version<E: EntityTrait>(row: &E::Model) -> Option<i32> {
    match row.get(column::<E>(VERSION)?) {
        Value::Int(version) => version,
        _ => None,
    }
}
