//! How much is under way: more than so many requests at once are turned away before they are read, so that those that are in get done.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What is under way in all workers together.
#[derive(Debug)]
pub(super) struct Load {
    most: usize,
    requests: Arc<AtomicUsize>,
    connections: Arc<AtomicUsize>,
    turned_away: AtomicUsize,
}

/// Counts as long as it lives.
#[derive(Debug)]
pub(super) struct Counted(Arc<AtomicUsize>);

impl Counted {
    /// Counts one more, unless there are so many.
    fn new(count: &Arc<AtomicUsize>, most: usize) -> Option<Self> {
        let more = |now| (now < most).then_some(now + 1);
        count.fetch_update(Ordering::AcqRel, Ordering::Relaxed, more).ok().map(|_| Self(count.clone()))
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Load {
    /// At most so many requests at once.
    pub fn new(most: usize) -> Self {
        Self { most, requests: Arc::default(), connections: Arc::default(), turned_away: AtomicUsize::default() }
    }

    /// A request comes; none when there are too many.
    pub fn enter(&self) -> Option<Counted> {
        let counted = Counted::new(&self.requests, self.most);
        if counted.is_none() {
            self.turned_away.fetch_add(1, Ordering::Relaxed);
        }
        counted
    }

    /// A connection is opened.
    pub fn connect(&self) -> Option<Counted> {
        Counted::new(&self.connections, usize::MAX)
    }

    /// The counts, as Prometheus reads them.
    pub fn text(&self) -> String {
        let count = |count: &AtomicUsize| count.load(Ordering::Relaxed);
        format!(
            "# HELP articula_http_requests_under_way HTTP requests under way.\n\
             # TYPE articula_http_requests_under_way gauge\n\
             articula_http_requests_under_way {}\n\
             # HELP articula_http_connections Open connections of clients.\n\
             # TYPE articula_http_connections gauge\n\
             articula_http_connections {}\n\
             # HELP articula_http_turned_away HTTP requests that came when too many were under way.\n\
             # TYPE articula_http_turned_away counter\n\
             articula_http_turned_away_total {}\n",
            count(&self.requests),
            count(&self.connections),
            count(&self.turned_away),
        )
    }
}

/// Is this answered however much is under way? Whoever watches the service must not take a busy one for a dead one.
pub(super) fn is_spared(path: &str) -> bool {
    matches!(path, "/livez" | "/readyz")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_so_many_come_in() {
        let load = Load::new(2);
        let (first, second) = (load.enter(), load.enter());
        assert!(first.is_some() && second.is_some() && load.enter().is_none());
        drop(first);
        assert!(load.enter().is_some());
        let _connection = load.connect();
        let text = load.text();
        for line in ["under_way 1\n", "connections 1\n", "turned_away_total 1\n"] {
            assert!(text.contains(line), "{line} is not in\n{text}");
        }
    }
}
