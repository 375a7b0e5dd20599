//! The HTTP server: how requests are read, and which headers and statuses answer them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The HTTP server.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct HttpConfig {
    /// Largest request body, in bytes. A query with its variables seldom has more than 20 kB.
    pub max_body_bytes: usize,
    /// Longest address of a request with its query, in bytes. A link to a query seldom has more than 4 kB, and proxies
    /// cut longer ones.
    pub max_address_bytes: usize,
    /// Longest time for reading a request's body, in seconds, so that slow senders do not hold connections.
    pub body_timeout_seconds: u64,
    /// How long open requests may still run after a signal to stop, in seconds.
    pub drain_seconds: u64,
    /// Which statuses answer GraphQL requests: `audited` as the audits of `graphql-http` want them (400 for every
    /// refused request), `august2026` as the text of that month has them (422 for what is well-formed JSON and no valid
    /// request, 294 for data beside errors).
    pub statuses: Statuses,
    /// Origins whose pages may read answers, such as `https://example.org`; `*` for all. Credentials are never allowed.
    pub cors_origins: Vec<String>,
    /// Longest time for which a client or proxy may keep an answer, in seconds. It is shorter where a source is due
    /// before, and nothing is kept without asking again while a source is not fresh.
    pub max_age_seconds: u64,
}

/// Which statuses answer GraphQL requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Statuses {
    /// As the audits of the npm package `graphql-http` want them.
    #[default]
    Audited,
    /// As the text of GraphQL over HTTP of August 2026 has them.
    August2026,
}

impl Default for HttpConfig {
    fn default() -> Self {
        Self {
            max_body_bytes: 256 << 10,
            max_address_bytes: 16 << 10,
            body_timeout_seconds: 15,
            drain_seconds: 20,
            statuses: Statuses::default(),
            cors_origins: vec!["*".to_owned()],
            max_age_seconds: 300,
        }
    }
}
