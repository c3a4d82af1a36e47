//! Trusted data in bulk: reference catalogues and demonstration data, in one transaction.

use std::collections::{BTreeMap, HashMap};

use entity::{Kinded as _, Moment, machinery::HistoryOperation, organization::organization};
use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait as _, Condition, ConnectionTrait as _, DatabaseTransaction, DbErr,
    EntityTrait, IdenStatic as _, Iterable as _, ModelTrait as _, QueryFilter as _, QuerySelect as _, Value,
};
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use super::{
    Store, StoreFault,
    columns::{VERSION, give_key, plain, prepare, put},
    granted::{column, key},
    history::{Chains, Event, Origin, insert_many},
};
use crate::reader::sql::Dialect;

/// One transaction of trusted data. It asks no one's permission and leaves one history entry for each organization
/// whose rows it wrote. Dropped without [`Loader::commit`], it leaves nothing.
pub struct Loader {
    transaction: DatabaseTransaction,
    dialect: Dialect,
    now: Moment,
    request_id: String,
    /// For each organization, for each table, how many rows were written and how many removed.
    tally: BTreeMap<Uuid, BTreeMap<String, (u64, u64)>>,
}

/// What an upsert did, in rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Were not there.
    pub inserted: u64,
    /// Were there and differed.
    pub updated: u64,
    /// Were there already, as they should be.
    pub unchanged: u64,
}

impl Store {
    /// Begins to load. On SQLite nobody else writes until it ends.
    pub async fn loader(&self) -> Result<Loader, StoreFault> {
        let now = Moment::from(self.clock.now());
        let (transaction, request_id) = (self.begin_loading().await?, "load".to_owned());
        Ok(Loader { transaction, dialect: self.dialect(), now, request_id, tally: BTreeMap::new() })
    }
}

impl Loader {
    /// Whoever asked for it, as the history tells it; `load` when nobody says.
    pub fn under(mut self, request_id: &str) -> Self {
        request_id.clone_into(&mut self.request_id);
        self
    }

    /// Inserts rows in few statements. Missing keys and versions are given, texts normalized, keys folded. A row that
    /// refers to another of them comes after it.
    pub async fn insert_many<E>(&mut self, rows: Vec<E::ActiveModel>) -> Result<u64, StoreFault>
    where
        E: EntityTrait<ActiveModel: Send>,
    {
        let mut ready = Vec::with_capacity(rows.len());
        for mut row in rows {
            give_key(&mut row);
            if column::<E>(VERSION).is_some_and(|version| row.is_not_set(version)) {
                put(&mut row, VERSION, 1.into());
            }
            prepare(&mut row);
            self.count::<E>(given(&row, owner::<E>()), 1, 0);
            ready.push(row);
        }
        let inserted = ready.len() as u64;
        insert_many::<E>(&self.transaction, ready).await?;
        Ok(inserted)
    }

    /// Inserts the rows that are missing and updates those that differ, known by `natural_key`; what is there and not
    /// among them stays. Of a row that is there, the key stays, and columns that are not set.
    pub async fn upsert<E>(
        &mut self,
        natural_key: &[E::Column],
        rows: Vec<E::ActiveModel>,
    ) -> Result<Loaded, StoreFault>
    where
        E: EntityTrait<ActiveModel: Send>,
    {
        let of_model = |row: &E::Model| natural_key.iter().map(|c| plain(row.get(*c))).collect::<Json>().to_string();
        let of_row =
            |row: &E::ActiveModel| natural_key.iter().map(|c| given(row, Some(*c)).map(plain)).collect::<Vec<_>>();
        let there = E::find().all(&self.transaction).await?;
        let there: HashMap<String, E::Model> = there.into_iter().map(|row| (of_model(&row), row)).collect();
        let (mut missing, mut loaded) = (Vec::new(), Loaded::default());
        for mut row in rows {
            prepare(&mut row);
            let values = of_row(&row).into_iter().collect::<Option<Vec<Json>>>();
            let values = values.ok_or_else(|| DbErr::AttrNotSet(format!("natural key of {}", table::<E>())))?;
            match there.get(&Json::from(values).to_string()) {
                None => missing.push(row),
                Some(old) if self.renew::<E>(old, row).await? => loaded.updated += 1,
                Some(_) => loaded.unchanged += 1,
            }
        }
        loaded.inserted = self.insert_many::<E>(missing).await?;
        Ok(loaded)
    }

    /// Writes what differs; says whether anything did.
    async fn renew<E: EntityTrait>(&mut self, old: &E::Model, row: E::ActiveModel) -> Result<bool, DbErr> {
        let mut only = <E::ActiveModel as ActiveModelTrait>::default();
        let mut changed = false;
        for column in E::Column::iter().filter(|column| !matches!(column.as_str(), "id" | VERSION)) {
            if let Some(value) = given(&row, Some(column)).filter(|value| *value != old.get(column)) {
                only.set(column, value);
                changed = true;
            }
        }
        if changed {
            if let Some(Value::Int(Some(version))) = column::<E>(VERSION).map(|version| old.get(version)) {
                put(&mut only, VERSION, (version + 1).into());
            }
            let id = column::<E>("id").ok_or_else(|| DbErr::Custom(format!("{} has no key", table::<E>())))?;
            let own = Condition::all().add(id.eq(key::<E>(old)));
            E::update_many().set(only).filter(own).exec(&self.transaction).await?;
            self.count::<E>(owner::<E>().map(|owner| old.get(owner)), 1, 0);
        }
        Ok(changed)
    }

    /// Removes every row of a table; says how many.
    pub async fn delete_all<E: EntityTrait>(&mut self) -> Result<u64, StoreFault> {
        if let Some(owner) = owner::<E>() {
            let owners: Vec<Uuid> = E::find().select_only().column(owner).into_tuple().all(&self.transaction).await?;
            for organization in owners {
                self.count::<E>(Some(organization.into()), 0, 1);
            }
        }
        Ok(E::delete_many().exec(&self.transaction).await?.rows_affected)
    }

    /// Keeps everything, with an entry in the history of each organization.
    pub async fn commit(self) -> Result<(), StoreFault> {
        let Self { transaction, dialect, now, request_id, tally } = self;
        let mut chains = Chains::default();
        let mut events = Vec::with_capacity(tally.len());
        for (organization, tables) in tally {
            chains.lock(&transaction, dialect, organization).await?;
            let counts = |(table, (written, removed))| (table, Json::from(vec![removed, written]));
            let changes: Map<String, Json> = tables.into_iter().map(counts).collect();
            let kind = organization::Entity::KIND as i16;
            let operation = HistoryOperation::Update;
            let personal = Map::new();
            events.push(Event { organization, kind, object: organization, operation, changes, personal });
        }
        let origin = Origin {
            // No account: nil stands for the service itself.
            account: Uuid::nil(),
            client: None,
            request_id: &request_id,
            act: "load",
            reason: None,
            backdated: false,
            recorded_at: now,
        };
        chains.write(&transaction, events, &origin).await?;
        if dialect == Dialect::Postgres {
            // It plans by what it knows of the rows; by itself it would look at them a minute later.
            transaction.execute_unprepared("ANALYZE").await?;
        }
        Ok(transaction.commit().await?)
    }

    fn count<E: EntityTrait>(&mut self, organization: Option<Value>, written: u64, removed: u64) {
        if let Some(Value::Uuid(Some(organization))) = organization {
            let counted = self.tally.entry(organization).or_default().entry(table::<E>()).or_default();
            counted.0 += written;
            counted.1 += removed;
        }
    }
}

fn table<E: EntityTrait>() -> String {
    E::default().table_name().to_owned()
}

/// The column that says to which organization a row belongs. The machinery's own rows are nobody's news.
fn owner<E: EntityTrait>() -> Option<E::Column> {
    match E::default().table_name() {
        "organization" => column::<E>("id"),
        "chain_head" | "history_entry" | "outbox" | "person_key" | "personal_data_read" => None,
        _ => column::<E>("organization_id"),
    }
}

/// The value that a row to be written gives to a column.
fn given<A: ActiveModelTrait>(row: &A, column: Option<<A::Entity as EntityTrait>::Column>) -> Option<Value> {
    match row.get(column?) {
        ActiveValue::Set(value) | ActiveValue::Unchanged(value) => Some(value),
        ActiveValue::NotSet => None,
    }
}
