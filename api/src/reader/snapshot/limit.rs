//! When SQLite stops. It has no time limit of its own: every few thousand steps it asks whether to go on.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

/// How many steps of SQLite's machine between two questions: less than a millisecond.
pub const STEPS: i32 = 20_000;

/// Said once, when the service stops and waits no longer: what runs is stopped, and nothing more begins.
#[derive(Clone, Debug, Default)]
pub struct Halt(Arc<AtomicBool>);

impl Halt {
    /// Says it.
    pub fn say(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Was it said?
    pub fn is_said(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// The limit of a connection that outlives many transactions: that of the present one.
#[derive(Clone, Debug, Default)]
pub struct Limit {
    until: Arc<Mutex<Option<Instant>>>,
    halt: Halt,
}

impl Limit {
    /// No limit yet, but for the end of the service.
    pub fn new(halt: Halt) -> Self {
        Self { halt, ..Self::default() }
    }

    /// Gives the transaction that begins now its end; `None`: as long as it takes.
    pub fn set(&self, until: Option<Instant>) {
        *self.until.lock().unwrap_or_else(|broken| broken.into_inner()) = until;
    }

    /// May it go on?
    pub fn allows(&self) -> bool {
        let until = *self.until.lock().unwrap_or_else(|broken| broken.into_inner());
        !self.halt.is_said() && until.is_none_or(|until| Instant::now() <= until)
    }
}
