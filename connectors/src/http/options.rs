//! What an operator can set about the way a partner is asked.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use url::Url;

/// How a partner is asked. Every partner brings defaults that fit what is known of its limits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HttpOptions {
    /// Address that all paths of the partner stand below.
    #[schemars(with = "String")]
    pub base_url: Url,
    /// What the hub calls itself. Name an address or mailbox where the partner can reach you.
    pub user_agent: String,
    /// Shortest time between two requests, in milliseconds.
    pub pace_ms: u64,
    /// Longest time for one answer, in seconds.
    pub timeout_seconds: u64,
    /// How often a request is repeated where the failure may pass by itself; 0 for never.
    pub retries: u32,
    /// Longest wait that is sat out when the partner names one (`Retry-After`), in seconds; a longer one ends the
    /// harvest, and the next is due when the wait is over.
    pub retry_after_max_seconds: u64,
    /// Largest body that is read, in bytes after decompression.
    pub max_body_bytes: u64,
    /// How many requests are allowed in a span of time; absent for no such limit. Kept across restarts.
    pub budget: Option<BudgetOptions>,
}

/// A number of requests in a span of time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BudgetOptions {
    /// How many requests, repeats included.
    pub requests: u32,
    /// In how many seconds.
    pub seconds: u64,
}

/// What the hub calls itself unless the operator says otherwise.
pub const USER_AGENT: &str = concat!("alliance-hub/", env!("CARGO_PKG_VERSION"));

impl HttpOptions {
    /// Options that suit most partners: a request a second, 60 s each, two repeats, 64 MiB.
    ///
    /// # Panics
    /// Where the address is not one; it is a constant of the partner's folder, and a test opens every partner.
    #[must_use]
    #[expect(clippy::expect_used, reason = "the address is a constant, and a test opens every partner")]
    pub fn polite(base_url: &str) -> Self {
        Self {
            base_url: Url::parse(base_url).expect("a partner's base address is a constant"),
            user_agent: USER_AGENT.to_owned(),
            pace_ms: 1_000,
            timeout_seconds: 60,
            retries: 2,
            retry_after_max_seconds: 30,
            max_body_bytes: 64 << 20,
            budget: None,
        }
    }
}
