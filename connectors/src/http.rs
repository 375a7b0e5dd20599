//! The one place where a client for partners is assembled.
//!
//! What happens to a request, outermost layer first; one file each:
//!
//! 1. [`mod@retry`]: asks again where the failure can pass by itself, after the wait that the partner named.
//! 2. [`mod@budget`]: how many requests in a window of time, kept across restarts.
//! 3. [`mod@pace`]: how long to wait between two requests.
//! 4. [`mod@transport`]: the network, or a recording.
//! 5. [`mod@answer`]: reads the body as it comes, caps its size, and tells a block page from data.

pub mod answer;
pub mod budget;
pub mod clock;
pub mod failure;
pub mod options;
pub mod pace;
pub mod progress;
pub mod retry;
pub mod transport;

use std::sync::Arc;

use url::Url;

pub use answer::{Answer, Body, Expect};
pub use budget::{Budget, Ledger, MemoryLedger};
pub use clock::{Clock, ManualClock, SystemClock};
pub use failure::Failure;
pub use options::{BudgetOptions, HttpOptions, USER_AGENT};
pub use progress::{Exchange, Progress};
pub use transport::Transport;

/// A polite client for one partner. Cheap to clone; clones share pace, budget and progress.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    options: HttpOptions,
    transport: Transport,
    budget: Option<Budget>,
    pace: pace::Pace,
    clock: Arc<dyn Clock>,
    progress: Progress,
}

impl Client {
    /// Assembles a client.
    ///
    /// `ledger` keeps the budget's window where the options name a budget.
    #[must_use]
    pub fn new(options: HttpOptions, transport: Transport, ledger: Arc<dyn Ledger>, clock: Arc<dyn Clock>) -> Self {
        let budget = options.budget.clone().map(|budget| Budget::new(budget, ledger));
        let pace = pace::Pace::new(std::time::Duration::from_millis(options.pace_ms));
        Self(Arc::new(Inner { options, transport, budget, pace, clock, progress: Progress::default() }))
    }

    /// The address of a path below the partner's base address; a leading slash makes no difference.
    ///
    /// # Errors
    /// [`Failure::Unreadable`] where path and base do not make an address.
    pub fn url(&self, path: &str) -> Result<Url, Failure> {
        let mut base = self.0.options.base_url.clone();
        if !base.path().ends_with('/') {
            base.set_path(&format!("{}/", base.path()));
        }
        let path = path.trim_start_matches('/');
        // `./` keeps a path with a colon in it from being read as another scheme.
        base.join(&format!("./{path}")).map_err(|error| Failure::unreadable(&base, format!("{path}: {error}")))
    }

    /// Asks for a whole answer, at most as large as the options allow.
    ///
    /// # Errors
    /// Any [`Failure`], after the retries that the options allow.
    pub async fn get(&self, url: &Url, expect: Expect) -> Result<Answer, Failure> {
        retry::run(self, || async { self.attempt(url, expect).await?.whole().await }).await
    }

    /// Asks for an answer that is read piece by piece, so that a large file never stands in memory.
    ///
    /// A failure before the first piece is retried, a later one is not.
    ///
    /// # Errors
    /// Any [`Failure`], after the retries that the options allow.
    pub async fn stream(&self, url: &Url, expect: Expect) -> Result<Body, Failure> {
        retry::run(self, || async { self.attempt(url, expect).await?.begun().await }).await
    }

    async fn attempt(&self, url: &Url, expect: Expect) -> Result<Body, Failure> {
        let inner = &self.0;
        inner.progress.allow_request(url)?;
        if let Some(budget) = &inner.budget {
            budget.take(inner.clock.now()).await.map_err(|wait| Failure::budget_spent(url, wait))?;
        }
        inner.pace.wait(&*inner.clock).await;
        let begun = std::time::Instant::now();
        let sent = inner.transport.send(url, expect).await;
        let status = sent.as_ref().map_or_else(|failure| failure.to_string(), |raw| raw.status.to_string());
        inner.progress.exchanged(Exchange { url: url.clone(), outcome: status, duration: begun.elapsed() });
        Body::open(sent?, url, expect, self).await
    }

    /// What has been asked and read through this client so far.
    #[must_use]
    pub fn progress(&self) -> &Progress {
        &self.0.progress
    }

    /// The time by the client's clock.
    #[must_use]
    pub fn now(&self) -> chrono::DateTime<chrono::Utc> {
        self.0.clock.now()
    }
}
