//! Reads every source in the background, one harvest of each at a time.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use connectors::connector::Failure;
use connectors::http::Clock;
use futures_util::FutureExt as _;
use moka::future::Cache;
use tokio::sync::Notify;

use super::{Reading, Readings, Source, SourceState, SourceStatus};
use crate::config::HarvestConfig;

/// The longest wait that a partner is believed; a header that names more is taken for a slip.
const LONGEST_WAIT: Duration = Duration::from_secs(7 * 24 * 3_600);

/// How one harvest ended; everybody who asked for it gets the same.
#[derive(Debug)]
pub enum Outcome {
    /// A new reading is shown.
    Read(Arc<Reading>),
    /// The partner could not be read; what was shown before is still shown.
    Failed(Failure),
    /// The partner answered without a single record; what was shown before is still shown.
    Empty,
    /// The connector itself stopped; what was shown before is still shown.
    Stopped,
}

/// All sources, and when they are read.
pub struct Harvester {
    sources: Vec<Source>,
    readings: Arc<dyn Readings>,
    clock: Arc<dyn Clock>,
    config: HarvestConfig,
    under_way: Cache<&'static str, Arc<Outcome>>,
    revision: AtomicU64,
    changed: Notify,
}

impl Harvester {
    /// A harvester over the sources given.
    #[must_use]
    pub fn new(
        sources: Vec<Source>,
        readings: Arc<dyn Readings>,
        clock: Arc<dyn Clock>,
        config: HarvestConfig,
    ) -> Self {
        let shared = Duration::from_millis(config.outcome_shared_ms);
        let under_way = Cache::builder().max_capacity(1_024).time_to_live(shared).build();
        let (revision, changed) = (AtomicU64::new(0), Notify::new());
        Self { sources, readings, clock, config, under_way, revision, changed }
    }

    /// Every source, in the registry's order.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The source of this id.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.id() == id)
    }

    /// The time by the harvester's clock.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Grows with every change of any source's status; together with [`Harvester::states`] it tells whether an answer
    /// that shows statuses still holds.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision.load(Ordering::Acquire)
    }

    /// The state of every source, in order.
    #[must_use]
    pub fn states(&self, now: DateTime<Utc>) -> Vec<SourceState> {
        self.sources.iter().map(|source| source.state(now)).collect()
    }

    /// Returns when a status or reading has changed since the last return, or at once where one has already.
    pub async fn changed(&self) {
        self.changed.notified().await;
    }

    /// Starts, in the background, a harvest of every source that is due. Returns at once: a query never waits.
    pub fn refresh_due(self: &Arc<Self>) {
        if !self.config.automatic {
            return;
        }
        let now = self.clock.now();
        for source in self.sources.iter().filter(|source| source.is_due(now)) {
            let Some(claim) = source.claim() else { continue };
            // Asked again under the claim: the harvest that made it due may have ended in between.
            if self.under_way.contains_key(source.id()) || !source.is_due(now) {
                continue;
            }
            let (harvester, id) = (Arc::clone(self), source.id());
            tokio::spawn(async move {
                harvester.refresh(id).await;
                drop(claim);
            });
        }
    }

    /// Reads a source now, or waits for the harvest of it that is under way. `None` for an unknown id.
    pub async fn refresh(&self, id: &str) -> Option<Arc<Outcome>> {
        let source = self.source(id)?;
        Some(self.under_way.get_with(source.id(), async { Arc::new(self.harvest(source).await) }).await)
    }

    async fn harvest(&self, source: &Source) -> Outcome {
        let began = self.clock.now();
        self.update(source, |status| {
            status.last_attempt_at = Some(began);
            status.next_attempt_at = None;
            status.harvesting = true;
        });
        let _attempt = Attempt { harvester: self, source };
        tracing::info!(source.id = source.id(), "reading the partner");
        // A panic in a connector is a fault of that connector alone: it is logged, and the harvest counts as failed.
        let Ok(harvested) = AssertUnwindSafe(source.harvest()).catch_unwind().await else {
            self.failed(source, "the connector stopped unexpectedly; the log has the reason", None, false);
            return Outcome::Stopped;
        };
        match harvested {
            Ok(harvest) if harvest.projects.is_empty() => {
                self.failed(source, "the partner answered without a single record", None, true);
                Outcome::Empty
            }
            Ok(harvest) => {
                let now = self.clock.now();
                let before = source.reading();
                let reading = Reading::after(before.as_deref(), &source.asked(), harvest, now);
                Outcome::Read(self.show(source, Arc::new(reading), began).await)
            }
            Err(failure) => {
                self.failed(source, &failure.to_string(), failure.wait(), failure.may_pass());
                Outcome::Failed(failure)
            }
        }
    }

    /// Shows a reading, then keeps it: who asks does not wait for the disk.
    async fn show(&self, source: &Source, reading: Arc<Reading>, began: DateTime<Utc>) -> Arc<Reading> {
        let duration_ms = (self.clock.now() - began).num_milliseconds();
        let (records, rejected) = (reading.harvest.projects.len(), reading.harvest.rejects.len());
        tracing::info!(source.id = source.id(), records, rejected, duration_ms, "the partner was read");
        source.reading.store(Some(Arc::clone(&reading)));
        let max_age = source.status().max_age;
        self.update(source, |status| {
            *status = SourceStatus { last_attempt_at: Some(began), ..SourceStatus::showing(Some(&reading), max_age) };
        });
        if let Err(error) = self.readings.save(Arc::clone(&reading)).await {
            tracing::error!(source.id = source.id(), error = %chain(&error), "the reading is shown but could not be kept on disk");
        }
        reading
    }

    fn failed(&self, source: &Source, reason: &str, wait: Option<Duration>, may_pass: bool) {
        let failures = source.status().failures.saturating_add(1);
        let wait = wait.unwrap_or_default().min(LONGEST_WAIT).max(self.backoff(failures, may_pass));
        let later = TimeDelta::from_std(wait).ok().and_then(|wait| self.clock.now().checked_add_signed(wait));
        let next = later.unwrap_or(DateTime::<Utc>::MAX_UTC);
        tracing::warn!(source.id = source.id(), reason, next_attempt_at = %next, "the partner could not be read; what was shown stays in place");
        self.update(source, |status| {
            status.harvesting = false;
            status.last_error = Some(reason.to_owned());
            status.next_attempt_at = Some(next);
            status.failures = failures;
        });
    }

    /// The wait doubles with each failure in a row; one that will not pass by itself waits longest at once.
    fn backoff(&self, failures: u32, may_pass: bool) -> Duration {
        let longest = self.config.backoff_max_seconds;
        let doubled = self.config.backoff_seconds.saturating_mul(1 << (failures - 1).min(20));
        Duration::from_secs(if may_pass { doubled.min(longest) } else { longest })
    }

    fn update(&self, source: &Source, change: impl Fn(&mut SourceStatus)) {
        source.status.rcu(|status| {
            let mut status = SourceStatus::clone(status);
            change(&mut status);
            status
        });
        self.revision.fetch_add(1, Ordering::AcqRel);
        self.changed.notify_one();
    }
}

/// One harvest under way. Where it ends without a word, because who asked went away or because the hub itself stopped
/// in it, it counts as failed: a source that seemed to be read for ever would never be read again.
struct Attempt<'harvester> {
    harvester: &'harvester Harvester,
    source: &'harvester Source,
}

impl Drop for Attempt<'_> {
    fn drop(&mut self) {
        if self.source.status().harvesting {
            self.harvester.failed(self.source, "the harvest was given up before it ended", None, true);
        }
    }
}

/// An error with its causes, on one line.
fn chain(error: &dyn std::error::Error) -> String {
    std::iter::successors(Some(error), |error| error.source()).map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

#[cfg(test)]
mod tests;
