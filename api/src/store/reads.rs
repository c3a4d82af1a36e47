//! Who was shown personal data: noted when an answer shows them, written in batches by a task of its own.

use std::{
    mem::take,
    sync::{Arc, Mutex, PoisonError},
};

use entity::{Id, Moment, TextList, machinery::personal_data_read};
use sea_orm::ActiveValue::Set;
use tokio::sync::Notify;

use super::{Store, StoreFault, history::insert_many};
use crate::{access::actor::Actor, reader::reads::PersonalReads};

/// Notes that wait at the most until whoever adds one writes them itself.
const WAITING: usize = 2_000;
/// Notes that are kept at the most while the database does not take them.
const KEPT: usize = 200_000;

type Note = personal_data_read::ActiveModel;

/// Notes that are not written yet.
#[derive(Default)]
pub(super) struct ReadLog {
    waiting: Mutex<Vec<Note>>,
    /// Wakes whoever writes them.
    pub(super) woken: Arc<Notify>,
    turn: tokio::sync::Mutex<()>,
}

impl ReadLog {
    fn waiting(&self) -> std::sync::MutexGuard<'_, Vec<Note>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store {
    /// Notes that an answer shows personal data. They are written soon after, in the order of their noting.
    pub async fn note_reads(&self, actor: &Actor, request_id: &str, reads: PersonalReads) {
        let (Some(account), false) = (actor.account, reads.is_empty()) else { return };
        let recorded_at = Moment::from(self.clock.now());
        let notes = reads.into_iter().map(|((organization, person), fields)| personal_data_read::ActiveModel {
            id: Set(Id::new()),
            organization_id: Set(Id::from_uuid(organization)),
            person_id: Set(Id::from_uuid(person)),
            account_id: Set(Id::from_uuid(account)),
            request_id: Set(request_id.to_owned()),
            fields: Set(TextList::new(fields).unwrap_or_default()),
            recorded_at: Set(recorded_at),
        });
        let many = {
            let mut waiting = self.reads.waiting();
            waiting.extend(notes);
            waiting.len() > WAITING
        };
        self.reads.woken.notify_one();
        if many && let Err(fault) = self.flush_reads().await {
            tracing::error!(%fault, "reads of personal data wait to be recorded");
        }
    }

    /// Writes all notes that wait.
    ///
    /// # Errors
    /// The database failed; the notes wait on.
    pub async fn flush_reads(&self) -> Result<(), StoreFault> {
        let _turn = self.reads.turn.lock().await;
        let notes = take(&mut *self.reads.waiting());
        if notes.is_empty() {
            return Ok(());
        }
        let written = async {
            let transaction = self.begin(self.until()).await?;
            insert_many::<personal_data_read::Entity>(&transaction, notes.clone()).await?;
            transaction.commit().await
        };
        let Err(fault) = written.await else { return Ok(()) };
        let mut waiting = self.reads.waiting();
        let later = take(&mut *waiting);
        waiting.extend(notes.into_iter().chain(later));
        if waiting.len() > KEPT {
            tracing::error!(lost = waiting.len() - KEPT, "reads of personal data are lost");
            waiting.truncate(KEPT);
        }
        Err(fault.into())
    }

    /// Starts the task that writes notes. It ends with the store.
    pub fn record_reads(self: &Arc<Self>) {
        let (store, woken) = (Arc::downgrade(self), self.reads.woken.clone());
        tokio::spawn(async move {
            loop {
                woken.notified().await;
                let Some(store) = store.upgrade() else { return };
                if let Err(fault) = store.flush_reads().await {
                    tracing::error!(%fault, "reads of personal data wait to be recorded");
                    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
                    store.reads.woken.notify_one();
                }
            }
        });
    }
}

impl Drop for ReadLog {
    fn drop(&mut self) {
        self.woken.notify_one();
    }
}
