//! The order of events (`docs/decisions/0031-streams.md`): the relay gives every event of the outbox its position after the commit,
//! and readers read by position.
//!
//! A number that is given before the commit loses events: whoever has read 7 would never read 6, which committed later. So events are
//! written without one, and one relay at a time numbers those that are committed, in one transaction with the head: what a reader
//! sees up to the head is complete, and nothing ever comes in below it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use entity::{Moment, OpaqueId};
use sea_orm::{ConnectionTrait as _, DbErr, Statement as Sql};
use tokio::sync::{Mutex, Notify, watch};
use uuid::Uuid;

use super::{Readers, Store, StoreFault};
use crate::reader::{
    plan::Decode,
    rows::Rows,
    snapshot::{ReadFault, Snapshot},
    sql::{Bind, Dialect, Statement},
};

/// Events that get their positions in one transaction.
const PORTION: u64 = 1_000;
/// How often the relay looks for what other processes wrote, while somebody follows.
const LOOK_EVERY: Duration = Duration::from_millis(250);

const HEAD: &str = "SELECT position FROM outbox_head";
const WAITING: &str = "SELECT count(*) FROM (SELECT 1 FROM outbox WHERE position IS NULL LIMIT 1) w";
/// Ids grow with time: of one organization, whose writers wait for each other, in the order of the commits.
const STAMP: &str = "UPDATE outbox SET position = n.position FROM (SELECT w.id, h.position + row_number() OVER (ORDER BY w.id) AS position \
     FROM (SELECT id FROM outbox WHERE position IS NULL ORDER BY id LIMIT {portion}) w CROSS JOIN outbox_head h) n WHERE outbox.id = n.id";
const MOVE: &str = "UPDATE outbox_head SET position = (SELECT COALESCE(max(o.position), outbox_head.position) FROM outbox o \
     WHERE o.position > outbox_head.position)";

/// How far the order is known here, and who follows it.
#[derive(Debug)]
pub(super) struct Outbox {
    head: watch::Sender<i64>,
    followers: Arc<AtomicUsize>,
    woken: Arc<Notify>,
    /// One relay of this process at a time; among processes the row of the head decides.
    turn: Mutex<()>,
}

impl Default for Outbox {
    fn default() -> Self {
        let (head, _) = watch::channel(0);
        Self { head, followers: Arc::default(), woken: Arc::default(), turn: Mutex::default() }
    }
}

impl Outbox {
    /// Something was committed here.
    pub fn wake(&self) {
        self.woken.notify_one();
    }
}

impl Drop for Outbox {
    fn drop(&mut self) {
        self.woken.notify_one();
    }
}

/// An event with its place in the order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announced {
    /// Its place.
    pub position: i64,
    /// Whose object changed.
    pub organization: Uuid,
    /// What changed.
    pub object: OpaqueId,
    /// The act, by the name of its mutation.
    pub act: String,
    /// When it was recorded.
    pub recorded_at: Moment,
}

/// Somebody who follows the order: as long as there is one, the relay runs.
#[derive(Debug)]
pub struct Follower {
    head: watch::Receiver<i64>,
    followers: Arc<AtomicUsize>,
}

impl Follower {
    /// How far the order is known.
    pub fn head(&mut self) -> i64 {
        *self.head.borrow_and_update()
    }

    /// Waits until it goes beyond a position; `false` when the store is gone.
    pub async fn beyond(&mut self, position: i64) -> bool {
        self.head.wait_for(|head| *head > position).await.is_ok()
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        self.followers.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Store {
    /// Begins to follow the order.
    pub fn follow(&self) -> Follower {
        self.outbox.followers.fetch_add(1, Ordering::SeqCst);
        self.outbox.wake();
        Follower { head: self.outbox.head.subscribe(), followers: self.outbox.followers.clone() }
    }

    /// How many follow the order now.
    pub fn followers(&self) -> usize {
        self.outbox.followers.load(Ordering::SeqCst)
    }

    /// Gives every committed event its position, tells the followers here, and gives the position of the last. Whatever was committed
    /// before the call has a position after it, whoever gave it.
    ///
    /// # Errors
    /// The database failed.
    pub async fn relay(&self) -> Result<i64, StoreFault> {
        let _turn = self.outbox.turn.lock().await;
        if self.backend.halt.is_said() {
            return Err(StoreFault::Halted);
        }
        while self.number(WAITING).await? > 0 && self.stamp().await? == PORTION {}
        let head = self.number(HEAD).await?;
        self.outbox.head.send_if_modified(|known| std::mem::replace(known, head) != head);
        Ok(head)
    }

    /// Numbers a portion of what waits; says how many.
    async fn stamp(&self) -> Result<u64, StoreFault> {
        let transaction = self.begin(self.until()).await?;
        let run = |text: String| Sql::from_string(transaction.get_database_backend(), text);
        if self.dialect() == Dialect::Postgres {
            // Whoever holds it numbers; what others committed meanwhile the statement after it sees.
            transaction.execute_raw(run(format!("{HEAD} FOR UPDATE"))).await?;
        }
        let stamped = transaction.execute_raw(run(STAMP.replace("{portion}", &PORTION.to_string()))).await?;
        transaction.execute_raw(run(MOVE.to_owned())).await?;
        transaction.commit().await?;
        Ok(stamped.rows_affected())
    }

    async fn number(&self, question: &'static str) -> Result<i64, StoreFault> {
        match &self.backend.readers {
            Readers::Sqlite { inline, .. } => {
                let statement = Statement { text: question.to_owned(), ..Statement::new(Dialect::Sqlite) };
                let rows = inline.take(self.until())?.fetch(statement, &[Decode::Big]).await?;
                Ok(rows.int(0, 0).ok_or_else(|| DbErr::RecordNotFound("outbox_head".to_owned()))?)
            }
            Readers::Postgres { pool, .. } => Ok(sqlx::query_scalar(question).fetch_one(pool).await?),
        }
    }

    /// The events after a position up to another, in order, at most so many.
    ///
    /// # Errors
    /// The database failed.
    pub async fn announced(
        &self,
        snapshot: &mut Snapshot<'_>,
        (after, until): (i64, i64),
        most: usize,
    ) -> Result<Vec<Announced>, ReadFault> {
        let mut statement = Statement::new(snapshot.dialect());
        statement.push(
            "SELECT position, organization_id, object_kind, object_id, act, recorded_at FROM outbox WHERE position > ",
        );
        statement.push_bind(Bind::Int(after)).push(" AND position <= ").push_bind(Bind::Int(until));
        statement.push(" ORDER BY position LIMIT ").push(&most.to_string());
        let decodes = [Decode::Big, Decode::Uuid, Decode::Small, Decode::Uuid, Decode::Text, Decode::Big];
        let rows = snapshot.fetch(statement, &decodes, &self.statements).await?;
        (0..rows.len()).map(|row| announced(&rows, row).ok_or(ReadFault::Cell(0))).collect()
    }

    /// The position before the oldest event that is kept; what was announced before it is gone.
    ///
    /// # Errors
    /// The database failed.
    pub async fn oldest(&self) -> Result<i64, StoreFault> {
        self.number("SELECT COALESCE(min(position) - 1, (SELECT h.position FROM outbox_head h)) FROM outbox").await
    }

    /// Starts the relay. It works while somebody follows, and ends with the store.
    pub fn keep_relaying(self: &Arc<Self>) {
        let (store, woken) = (Arc::downgrade(self), self.outbox.woken.clone());
        tokio::spawn(async move {
            loop {
                let Some(here) = store.upgrade() else { return };
                let followed = here.followers() > 0;
                if followed && let Err(fault) = here.relay().await {
                    if fault.is_stopped() {
                        return;
                    }
                    tracing::warn!(%fault, "events wait for their positions");
                }
                drop(here);
                let rest = if followed { LOOK_EVERY } else { Duration::MAX };
                // Woken, or tired of waiting: both mean to look.
                let _ = tokio::time::timeout(rest, woken.notified()).await;
            }
        });
    }
}

fn announced(rows: &Rows, row: usize) -> Option<Announced> {
    Some(Announced {
        position: rows.int(row, 0)?,
        organization: rows.uuid(row, 1)?,
        object: OpaqueId { number: rows.int(row, 2)?.try_into().ok()?, uuid: rows.uuid(row, 3)? },
        act: rows.text(row, 4)?.to_owned(),
        recorded_at: Moment(rows.int(row, 5)?),
    })
}
