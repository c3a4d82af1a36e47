//! PostgreSQL's connections to read with.
//!
//! sqlx's own pool asks the server "are you there?" each time a connection comes back: a round trip for every request.
//! Here a connection is only asked after a rest, and one that failed or was left in the middle of something is closed.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use sqlx::{
    AssertSqlSafe, Connection as _, PgConnection,
    postgres::{PgConnectOptions, PgRow},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{ReadFault, drivers};
use crate::reader::sql::Statement;

/// A connection that rested longer than this is tried before it is used: the server may have gone meanwhile.
const RESTED: Duration = Duration::from_secs(30);
/// How long a request waits for a connection before it is told that there is none.
const WAIT: Duration = Duration::from_secs(20);

/// Read connections to one server; each is used by one request at a time.
pub struct PostgresPool {
    options: PgConnectOptions,
    resting: Mutex<Vec<(PgConnection, Instant)>>,
    free: Arc<Semaphore>,
}

impl PostgresPool {
    /// A pool of at most so many connections, opened when they are needed.
    pub fn new(options: PgConnectOptions, most: usize) -> Arc<Self> {
        Arc::new(Self { options, resting: Mutex::new(Vec::new()), free: Arc::new(Semaphore::new(most)) })
    }

    /// A connection: a resting one, or a new one.
    pub async fn take(self: &Arc<Self>) -> Result<Pooled, sqlx::Error> {
        let turn = tokio::time::timeout(WAIT, self.free.clone().acquire_owned()).await;
        let turn = turn.map_err(|_| sqlx::Error::PoolTimedOut)?.map_err(|_| sqlx::Error::PoolClosed)?;
        let resting = self.resting.lock().unwrap_or_else(|broken| broken.into_inner()).pop();
        let connection = match resting {
            Some((connection, since)) if since.elapsed() < RESTED => Some(connection),
            Some((mut connection, _)) => connection.ping().await.is_ok().then_some(connection),
            None => None,
        };
        let connection = match connection {
            Some(connection) => connection,
            None => PgConnection::connect_with(&self.options).await?,
        };
        Ok(Pooled { connection: Some(connection), busy: false, pool: self.clone(), _turn: turn })
    }

    /// How many connections rest.
    pub fn resting(&self) -> usize {
        self.resting.lock().unwrap_or_else(|broken| broken.into_inner()).len()
    }

    /// How many more may be taken now.
    pub fn free(&self) -> usize {
        self.free.available_permits()
    }

    /// Closes the resting connections and gives out no more.
    pub async fn close(&self) {
        self.free.close();
        let resting = std::mem::take(&mut *self.resting.lock().unwrap_or_else(|broken| broken.into_inner()));
        for (connection, _) in resting {
            // A server that is gone needs no goodbye.
            let _ = connection.close().await;
        }
    }
}

/// A connection in use. It goes back to its pool only when it is in the middle of nothing: a request that was cancelled
/// half-way would otherwise hand its old snapshot, or its unread rows, to whoever comes next.
pub struct Pooled {
    connection: Option<PgConnection>,
    busy: bool,
    pool: Arc<PostgresPool>,
    _turn: OwnedSemaphorePermit,
}

impl Drop for Pooled {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take()
            && !self.busy
            && !self.pool.free.is_closed()
        {
            let mut resting = self.pool.resting.lock().unwrap_or_else(|broken| broken.into_inner());
            resting.push((connection, Instant::now()));
        }
    }
}

impl Pooled {
    fn connection(&mut self) -> Result<&mut PgConnection, ReadFault> {
        self.connection.as_mut().ok_or(ReadFault::Cell(0))
    }

    /// BEGIN and COMMIT, which are not worth preparing; `open` is whether a transaction is open afterwards.
    pub async fn say(&mut self, words: &'static str, open: bool) -> Result<(), ReadFault> {
        self.busy = true;
        sqlx::raw_sql(words).execute(self.connection()?).await?;
        self.busy = open;
        Ok(())
    }

    /// Runs a statement and hands over its rows.
    pub async fn fetch(
        &mut self,
        statement: Statement,
        mut take: impl FnMut(&PgRow) -> Result<(), ReadFault>,
    ) -> Result<(), ReadFault> {
        let open = std::mem::replace(&mut self.busy, true);
        let mut query = sqlx::query(AssertSqlSafe(statement.text));
        for bind in statement.binds {
            query = drivers::bind_postgres(query, bind);
        }
        for row in query.fetch_all(self.connection()?).await? {
            take(&row)?;
        }
        self.busy = open;
        Ok(())
    }
}
