//! News of a new catalogue, for whoever listens.
//!
//! A listener takes news when it can. One that is too slow misses the oldest and is told how many; the hub waits for
//! nobody, and what waits is shared, so that a thousand listeners cost no more memory than one.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use tokio::sync::{broadcast, watch};

use crate::catalogue::{Change, ChangeKind, between};
use crate::view::View;

/// How many swaps wait for a listener before it misses the oldest. Each keeps a catalogue in memory that has had its time.
const WAITING: usize = 4;

/// One catalogue has taken the place of another.
pub struct Swap {
    /// The moment before.
    pub before: View,
    /// The moment after.
    pub after: View,
    /// The ids of the sources that brought a new reading.
    pub sources: Vec<&'static str>,
    /// What changed in the records.
    pub changes: Vec<Change>,
    /// When.
    pub at: DateTime<Utc>,
}

/// Tells listeners of each swap.
pub struct News {
    sender: broadcast::Sender<Arc<Swap>>,
    closing: watch::Sender<bool>,
    /// Ids that were removed and have not come back.
    removed: Mutex<HashSet<String>>,
}

impl Default for News {
    fn default() -> Self {
        let (sender, closing) = (broadcast::Sender::new(WAITING), watch::Sender::new(false));
        Self { sender, closing, removed: Mutex::default() }
    }
}

impl News {
    /// Listens from now on.
    #[must_use]
    pub fn listen(&self) -> broadcast::Receiver<Arc<Swap>> {
        self.sender.subscribe()
    }

    /// How many listen.
    #[must_use]
    pub fn listeners(&self) -> usize {
        self.sender.receiver_count()
    }

    /// Returns when the hub is told to stop: whoever holds a connection open for news ends it then.
    pub fn closed(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut closing = self.closing.subscribe();
        async move { drop(closing.wait_for(|closing| *closing).await) }
    }

    /// Returns when nobody holds what [`Self::closed`] gave any more.
    pub async fn left(&self) {
        self.closing.closed().await;
    }

    /// From now on nobody is to wait for news.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }

    /// Works out what changed and tells it. What was removed is remembered even where nobody listens.
    pub(crate) fn announce(&self, before: View, after: View, at: DateTime<Utc>) {
        let changes = {
            let mut removed = self.removed.lock().unwrap_or_else(PoisonError::into_inner);
            let changes = between(&before.catalogue, &after.catalogue, &removed);
            for change in &changes {
                match change.kind {
                    ChangeKind::Removed => {
                        removed.insert(before.catalogue.project(change.record).id().to_string());
                    }
                    ChangeKind::Restored => {
                        removed.remove(after.catalogue.project(change.record).id().as_str());
                    }
                    _ => {}
                }
            }
            changes
        };
        let sources = after.catalogue.sources_that_differ(&before.catalogue);
        let sources = after.sources.iter().map(|source| source.feed.id).filter(|id| sources.contains(id)).collect();
        // An error says that nobody listens.
        drop(self.sender.send(Arc::new(Swap { before, after, sources, changes, at })));
    }
}
