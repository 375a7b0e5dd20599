//! Time, passed in: tests do not sleep.

use std::sync::Mutex;
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

/// Tells the time and waits.
#[async_trait]
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> DateTime<Utc>;
    /// Returns after the duration.
    async fn sleep(&self, duration: Duration);
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

#[async_trait]
impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }

    async fn sleep(&self, duration: Duration) {
        tokio::time::sleep(duration).await;
    }
}

/// A clock that moves only when told to, or when somebody waits on it: a wait moves it and returns at once.
#[derive(Debug)]
pub struct ManualClock {
    state: Mutex<(DateTime<Utc>, Vec<Duration>)>,
}

impl ManualClock {
    /// A clock that shows the instant given.
    #[must_use]
    pub fn at(now: DateTime<Utc>) -> Self {
        Self { state: Mutex::new((now, Vec::new())) }
    }

    /// Moves the clock forward.
    pub fn advance(&self, duration: Duration) {
        self.lock().0 += duration;
    }

    /// Every wait so far, in order.
    #[must_use]
    pub fn waits(&self) -> Vec<Duration> {
        self.lock().1.clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, (DateTime<Utc>, Vec<Duration>)> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[async_trait]
impl Clock for ManualClock {
    fn now(&self) -> DateTime<Utc> {
        self.lock().0
    }

    async fn sleep(&self, duration: Duration) {
        let mut state = self.lock();
        state.0 += duration;
        state.1.push(duration);
    }
}
