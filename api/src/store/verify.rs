//! Does the history stand as it was written? Every entry is sealed again from what is stored, to the head of its chain.

use entity::{Id, organization::organization};
use sea_orm::{DatabaseTransaction, EntityTrait as _, PaginatorTrait as _};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    Sealed, Store, StoreFault,
    history::{NOTHING_BEFORE, hash},
};
use crate::reader::{
    plan::Decode,
    rows::Rows,
    snapshot::{ReadFault, Snapshot, StatementCount},
    sql::{Bind, Statement},
};

/// What was found of a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// How many entries follow each other from the first.
    pub count: i64,
    /// The hash of the last of them.
    pub head: String,
    /// The number of the first entry that is not as it was sealed, or is not there.
    pub first_altered: Option<i64>,
    /// Has the entry that a receipt names the hash that it names? `None` without a receipt.
    pub receipt_holds: Option<bool>,
}

impl Verified {
    /// Does everything stand as it was written?
    pub fn is_intact(&self) -> bool {
        self.first_altered.is_none() && self.receipt_holds != Some(false)
    }
}

/// The columns that an entry's hash covers, in the order of [`content`], with `hash` at the end.
const COLUMNS: [(&str, Decode); 17] = [
    ("previous_hash", Decode::Text),
    ("id", Decode::Uuid),
    ("organization_id", Decode::Uuid),
    ("sequence", Decode::Big),
    ("recorded_at", Decode::Big),
    ("account_id", Decode::Uuid),
    ("request_id", Decode::Text),
    ("act", Decode::Text),
    ("object_kind", Decode::Big),
    ("object_id", Decode::Uuid),
    ("operation", Decode::Big),
    ("changes", Decode::Text),
    ("reason", Decode::Text),
    ("backdated", Decode::Big),
    ("change_set_id", Decode::Uuid),
    ("client", Decode::Text),
    ("hash", Decode::Text),
];
const SEQUENCE: usize = 3;
const BACKDATED: usize = 13;
const CHANGE_SET: usize = 14;
const HASH: usize = 16;
/// Entries read at once.
const PAGE: i64 = 500;

/// A chain that is walked.
struct Walk<'a> {
    db: &'a DatabaseTransaction,
    organization: Uuid,
    found: Verified,
    receipt: Option<&'a Sealed>,
}

impl Store {
    /// Recomputes the chain of an organization from its first entry to its head, and compares a receipt with it. One
    /// chain at a time: it reads all that there is.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn verify_history(
        &self,
        organization: Id<organization::Entity>,
        receipt: Option<&Sealed>,
    ) -> Result<Verified, StoreFault> {
        let _turn = self.verifying.lock().await;
        // One state of head and entries: a write that lands between two pages is no forgery.
        let db = self.reading().await?;
        let receipt_holds = receipt.map(|_| false);
        let found = Verified { count: 0, head: NOTHING_BEFORE.to_owned(), first_altered: None, receipt_holds };
        let mut walk = Walk { db: &db, organization: organization.uuid(), found, receipt };
        while walk.page().await? {}
        if walk.found.first_altered.is_none() {
            walk.found.first_altered = walk.against_head().await?;
        }
        let found = walk.found;
        db.rollback().await?;
        Ok(found)
    }

    /// Is there such an organization?
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn organization_exists(&self, organization: Id<organization::Entity>) -> Result<bool, StoreFault> {
        let found = organization::Entity::find_by_id(organization);
        Ok(found.count(&self.reader()).await? > 0)
    }

    /// Every organization that has a chain, or should have one, with its name.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn chains(&self) -> Result<Vec<(Id<organization::Entity>, Option<String>)>, StoreFault> {
        let db = self.reading().await?;
        let mut statement = Statement::new(self.dialect());
        statement.push(
            "SELECT c.id, o.name FROM (SELECT id FROM organization UNION SELECT organization_id FROM chain_head \
             UNION SELECT organization_id FROM history_entry) c LEFT JOIN organization o ON o.id = c.id \
             ORDER BY o.name_key, c.id",
        );
        let rows = fetch(&db, statement, &[Decode::Uuid, Decode::Text]).await?;
        let chains = (0..rows.len())
            .filter_map(|row| Some((Id::from_uuid(rows.uuid(row, 0)?), rows.text(row, 1).map(str::to_owned))));
        let chains = chains.collect();
        db.rollback().await?;
        Ok(chains)
    }
}

impl Walk<'_> {
    /// Reads a page and goes on along it; says whether to read another.
    async fn page(&mut self) -> Result<bool, StoreFault> {
        let rows = match self.read(self.found.count, PAGE).await {
            Ok(rows) => rows,
            // A byte that was altered may make a value of no type: then the entry itself tells.
            Err(fault) => return self.illegible(fault).await,
        };
        for row in 0..rows.len() {
            if !self.step(&rows, row) {
                return Ok(false);
            }
        }
        Ok(rows.len() as i64 == PAGE)
    }

    fn step(&mut self, rows: &Rows, row: usize) -> bool {
        let (next, content) = (self.found.count + 1, content(rows, row));
        let sealed = rows.text(row, HASH).unwrap_or_default();
        let follows = rows.int(row, SEQUENCE) == Some(next) && rows.text(row, 0) == Some(&self.found.head);
        if !follows || sealed != hash(&content) {
            self.found.first_altered = Some(next);
            return false;
        }
        self.found.count = next;
        sealed.clone_into(&mut self.found.head);
        if let Some(receipt) = self.receipt.filter(|receipt| receipt.sequence == next) {
            let same = receipt.organization == self.organization && receipt.hash == sealed;
            self.found.receipt_holds = Some(same);
        }
        true
    }

    /// Finds the entry that cannot be read, or gives the fault on when it is none of an entry.
    async fn illegible(&mut self, fault: ReadFault) -> Result<bool, StoreFault> {
        for _ in 0..PAGE {
            match self.read(self.found.count, 1).await {
                Ok(rows) if rows.is_empty() => break,
                Ok(rows) if self.step(&rows, 0) => {}
                Ok(_) => return Ok(false),
                Err(
                    ReadFault::Driver(sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_)) | ReadFault::Cell(_),
                ) => {
                    self.found.first_altered = Some(self.found.count + 1);
                    return Ok(false);
                }
                Err(fault) => return Err(fault.into()),
            }
        }
        Err(fault.into())
    }

    async fn read(&self, after: i64, limit: i64) -> Result<Rows, ReadFault> {
        let mut statement = Statement::new(Snapshot::Transaction(self.db).dialect());
        let columns: Vec<_> = COLUMNS.iter().map(|(column, _)| *column).collect();
        statement.push("SELECT ").push(&columns.join(", ")).push(" FROM history_entry WHERE organization_id = ");
        statement.push_bind(Bind::Uuid(self.organization)).push(" AND sequence > ").push_bind(Bind::Int(after));
        statement.push(&format!(" ORDER BY sequence LIMIT {limit}"));
        fetch(self.db, statement, &COLUMNS.map(|(_, decode)| decode)).await
    }

    /// The first entry against which the head speaks.
    async fn against_head(&self) -> Result<Option<i64>, StoreFault> {
        let mut statement = Statement::new(Snapshot::Transaction(self.db).dialect());
        statement.push("SELECT sequence, hash FROM chain_head WHERE organization_id = ");
        statement.push_bind(Bind::Uuid(self.organization));
        let heads = match fetch(self.db, statement, &[Decode::Big, Decode::Text]).await {
            Ok(heads) => heads,
            Err(ReadFault::Driver(sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_)) | ReadFault::Cell(_)) => {
                Rows::new(2)
            }
            Err(fault) => return Err(fault.into()),
        };
        let count = self.found.count;
        if heads.is_empty() {
            // Nothing vouches for the last entry.
            return Ok((count > 0).then_some(count));
        }
        let last = heads.int(0, 0).unwrap_or_default();
        Ok(match heads.text(0, 1) {
            // Entries are missing at the end, or were added there.
            _ if last != count => Some(count.min(last).max(0) + 1),
            Some(hash) if *hash == self.found.head => None,
            _ => Some(count.max(1)),
        })
    }
}

/// What the hash of a stored entry is made of, as [`super::history`] makes it.
fn content(rows: &Rows, row: usize) -> Value {
    let cell = |column: usize| match COLUMNS[column].1 {
        Decode::Uuid => rows.uuid(row, column).map_or(Value::Null, |uuid| json!(uuid)),
        Decode::Text => rows.text(row, column).map_or(Value::Null, Value::from),
        _ => rows.int(row, column).map_or(Value::Null, Value::from),
    };
    // Entries that are older than the last two columns were sealed without them.
    let sealed =
        if rows.uuid(row, CHANGE_SET).is_none() && rows.text(row, HASH - 1).is_none() { CHANGE_SET } else { HASH };
    let truth = |value: Value| match value.as_i64() {
        Some(0) => Value::Bool(false),
        Some(1) => Value::Bool(true),
        _ => value,
    };
    (0..sealed).map(|column| if column == BACKDATED { truth(cell(column)) } else { cell(column) }).collect()
}

async fn fetch(db: &DatabaseTransaction, statement: Statement, decodes: &[Decode]) -> Result<Rows, ReadFault> {
    Snapshot::Transaction(db).fetch(statement, decodes, &StatementCount::default()).await
}
