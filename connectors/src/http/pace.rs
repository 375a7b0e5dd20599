//! The wait between two requests to one partner.

use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::Mutex;

use super::Clock;

/// Lets one request through, then none for the gap's length.
#[derive(Debug)]
pub(super) struct Pace {
    gap: Duration,
    next: Mutex<Option<DateTime<Utc>>>,
}

impl Pace {
    pub(super) fn new(gap: Duration) -> Self {
        Self { gap, next: Mutex::new(None) }
    }

    /// Returns when the next request may go out. Callers are let through in the order they came.
    pub(super) async fn wait(&self, clock: &dyn Clock) {
        if self.gap.is_zero() {
            return;
        }
        let mut next = self.next.lock().await;
        if let Some(early) = next.and_then(|next| (next - clock.now()).to_std().ok()) {
            clock.sleep(early).await;
        }
        *next = Some(clock.now() + self.gap);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::ManualClock;

    #[tokio::test]
    async fn two_requests_keep_the_gap_and_the_first_goes_at_once() {
        let clock = ManualClock::at(DateTime::UNIX_EPOCH);
        let pace = Pace::new(Duration::from_secs(10));
        pace.wait(&clock).await;
        clock.advance(Duration::from_secs(4));
        pace.wait(&clock).await;
        clock.advance(Duration::from_secs(60));
        pace.wait(&clock).await;
        assert_eq!(clock.waits(), [Duration::from_secs(6)]);
    }
}
