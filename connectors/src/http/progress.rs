//! What has been asked and read so far, for progress bars and checks.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use url::Url;

use super::Failure;

/// How many exchanges are remembered one by one.
const REMEMBERED: usize = 32;

/// Counts that grow while a partner is read. All of them are estimates for a person who waits, not results.
#[derive(Debug)]
pub struct Progress {
    requests: AtomicU64,
    bytes: AtomicU64,
    rows: AtomicU64,
    announced: AtomicU64,
    allowed: AtomicU64,
    exchanges: Mutex<Vec<Exchange>>,
}

impl Default for Progress {
    fn default() -> Self {
        Self {
            requests: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
            rows: AtomicU64::new(0),
            announced: AtomicU64::new(0),
            allowed: AtomicU64::new(u64::MAX),
            exchanges: Mutex::default(),
        }
    }
}

/// One request and how it ended.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// What was asked.
    pub url: Url,
    /// The HTTP status, or why there is none.
    pub outcome: String,
    /// From asking to the first byte of the body.
    pub duration: Duration,
}

impl Progress {
    /// Says that rows were read, and how many there are in all where the partner announced it.
    pub fn rows(&self, more: u64, announced: Option<u64>) {
        self.rows.fetch_add(more, Relaxed);
        if let Some(announced) = announced {
            self.announced.store(announced, Relaxed);
        }
    }

    /// Allows only so many requests from now on; the next one fails with [`Failure::Enough`].
    pub fn allow_requests(&self, number: u64) {
        self.allowed.store(number, Relaxed);
    }

    /// Requests sent.
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.requests.load(Relaxed)
    }

    /// Bytes of bodies read, after decompression.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Relaxed)
    }

    /// Rows read, and rows announced (0 where nothing was).
    #[must_use]
    pub fn rows_read(&self) -> (u64, u64) {
        (self.rows.load(Relaxed), self.announced.load(Relaxed))
    }

    /// The first exchanges, in order.
    #[must_use]
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.exchanges.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn allow_request(&self, url: &Url) -> Result<(), Failure> {
        let spend = |left: u64| if left == u64::MAX { Some(left) } else { left.checked_sub(1) };
        match self.allowed.fetch_update(Relaxed, Relaxed, spend) {
            Ok(_) => Ok(()),
            Err(_) => Err(Failure::Enough { url: Box::new(url.clone()) }),
        }
    }

    pub(super) fn exchanged(&self, exchange: Exchange) {
        self.requests.fetch_add(1, Relaxed);
        let mut exchanges = self.exchanges.lock().unwrap_or_else(PoisonError::into_inner);
        if exchanges.len() < REMEMBERED {
            exchanges.push(exchange);
        }
    }

    pub(super) fn read(&self, bytes: usize) {
        self.bytes.fetch_add(bytes as u64, Relaxed);
    }
}
