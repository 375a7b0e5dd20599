//! How many questions are worked out at once. What is over waits for a moment, and then is sent away: a hub that is full
//! says so at once, before its memory grows.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::config::LoadConfig;

/// The places in which questions are worked out.
pub struct Executions {
    places: Arc<Semaphore>,
    waiting: AtomicUsize,
    begun: AtomicU64,
    most_waiting: usize,
    patience: Duration,
}

/// There is no place, and enough wait already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Full;

impl Executions {
    /// As many places as the operator gives; four to each processor unless said otherwise.
    #[must_use]
    pub fn new(config: &LoadConfig) -> Self {
        let own = 4 * std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let places = if config.max_executions == 0 { own } else { config.max_executions };
        Self {
            places: Arc::new(Semaphore::new(places)),
            waiting: AtomicUsize::new(0),
            begun: AtomicU64::new(0),
            most_waiting: config.max_waiting,
            patience: Duration::from_millis(config.max_wait_ms),
        }
    }

    /// Takes a place, which is free again when the permit is dropped.
    ///
    /// # Errors
    /// [`Full`].
    pub async fn enter(&self) -> Result<OwnedSemaphorePermit, Full> {
        let permit = match Arc::clone(&self.places).try_acquire_owned() {
            Ok(permit) => permit,
            Err(_) => self.wait().await?,
        };
        self.begun.fetch_add(1, Ordering::Relaxed);
        Ok(permit)
    }

    /// How many questions have been begun to be worked out.
    #[must_use]
    pub fn begun(&self) -> u64 {
        self.begun.load(Ordering::Relaxed)
    }

    async fn wait(&self) -> Result<OwnedSemaphorePermit, Full> {
        let waiter = Waiter(&self.waiting);
        if self.waiting.fetch_add(1, Ordering::AcqRel) >= self.most_waiting {
            return Err(Full);
        }
        let place = tokio::time::timeout(self.patience, Arc::clone(&self.places).acquire_owned()).await;
        drop(waiter);
        place.map_err(|_| Full)?.map_err(|_| Full)
    }
}

/// Counted among those who wait until it is dropped, with its asker gone as well.
struct Waiter<'counter>(&'counter AtomicUsize);

impl Drop for Waiter<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn executions(max_executions: usize, max_waiting: usize, max_wait_ms: u64) -> Executions {
        Executions::new(&LoadConfig { max_executions, max_waiting, max_wait_ms, ..LoadConfig::default() })
    }

    #[tokio::test]
    async fn who_finds_no_place_waits_for_the_next() {
        let executions = executions(1, 1, 60_000);
        let first = executions.enter().await.unwrap();
        let second = executions.enter();
        tokio::pin!(second);
        assert!(futures_util::poll!(&mut second).is_pending());
        drop(first);
        assert!(second.await.is_ok());
        assert_eq!(executions.begun(), 2);
    }

    #[tokio::test]
    async fn who_finds_enough_waiting_is_sent_away_at_once() {
        let executions = executions(1, 1, 60_000);
        let _first = executions.enter().await.unwrap();
        let mut second = Box::pin(executions.enter());
        assert!(futures_util::poll!(&mut second).is_pending());
        assert_eq!(executions.enter().await.err(), Some(Full));
        drop(second);
        let third = executions.enter();
        tokio::pin!(third);
        assert!(futures_util::poll!(&mut third).is_pending(), "who has gone away waits no more");
    }

    #[tokio::test]
    async fn who_has_waited_long_enough_is_sent_away() {
        let executions = executions(1, 5, 1);
        let _first = executions.enter().await.unwrap();
        assert_eq!(executions.enter().await.err(), Some(Full));
        assert_eq!(executions.begun(), 1);
    }
}
