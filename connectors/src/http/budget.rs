//! A number of requests in a sliding span of time, remembered across restarts.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::Mutex;

use super::BudgetOptions;

/// Where the instants of past requests are kept.
#[async_trait]
pub trait Ledger: Send + Sync {
    /// The instants kept, oldest first; none where nothing is kept or it cannot be read.
    async fn load(&self) -> Vec<DateTime<Utc>>;
    /// Keeps the instants, oldest first.
    async fn save(&self, instants: &[DateTime<Utc>]);
}

/// Forgets everything when the process ends.
#[derive(Debug, Default)]
pub struct MemoryLedger;

#[async_trait]
impl Ledger for MemoryLedger {
    async fn load(&self) -> Vec<DateTime<Utc>> {
        Vec::new()
    }

    async fn save(&self, _instants: &[DateTime<Utc>]) {}
}

/// Counts requests against what the options allow.
pub struct Budget {
    options: BudgetOptions,
    ledger: Arc<dyn Ledger>,
    taken: Mutex<Option<VecDeque<DateTime<Utc>>>>,
}

impl Budget {
    /// A budget whose past is in the ledger.
    #[must_use]
    pub fn new(options: BudgetOptions, ledger: Arc<dyn Ledger>) -> Self {
        Self { options, ledger, taken: Mutex::new(None) }
    }

    /// Takes one request out of the budget. It is written down before the request goes out, so that a crash never
    /// makes the budget larger.
    ///
    /// # Errors
    /// The wait until the next request is allowed.
    pub async fn take(&self, now: DateTime<Utc>) -> Result<(), Duration> {
        let mut guard = self.taken.lock().await;
        if guard.is_none() {
            *guard = Some(self.ledger.load().await.into());
        }
        let taken = guard.get_or_insert_default();
        let window = TimeDelta::seconds(self.options.seconds.try_into().unwrap_or(i64::MAX / 1_000));
        while taken.front().is_some_and(|oldest| now - *oldest >= window) {
            taken.pop_front();
        }
        if taken.len() >= self.options.requests as usize {
            let free = taken.front().map_or(now, |oldest| *oldest + window);
            return Err((free - now).to_std().unwrap_or_default());
        }
        taken.push_back(now);
        self.ledger.save(taken.make_contiguous()).await;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Shelf(std::sync::Mutex<Vec<DateTime<Utc>>>);

    #[async_trait]
    impl Ledger for Shelf {
        async fn load(&self) -> Vec<DateTime<Utc>> {
            self.0.lock().unwrap().clone()
        }
        async fn save(&self, instants: &[DateTime<Utc>]) {
            *self.0.lock().unwrap() = instants.to_vec();
        }
    }

    #[tokio::test]
    async fn the_window_slides_and_survives_a_restart() {
        let options = BudgetOptions { requests: 2, seconds: 3_600 };
        let shelf = Arc::new(Shelf::default());
        let at = |minutes| DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes);
        let before = Budget::new(options.clone(), shelf.clone());
        assert_eq!(before.take(at(0)).await, Ok(()));
        assert_eq!(before.take(at(10)).await, Ok(()));
        let after = Budget::new(options, shelf);
        assert_eq!(after.take(at(20)).await, Err(Duration::from_secs(40 * 60)));
        assert_eq!(after.take(at(60)).await, Ok(()));
        assert_eq!(after.take(at(61)).await, Err(Duration::from_secs(9 * 60)));
    }
}
