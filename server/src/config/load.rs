//! How much load the hub takes before it says no.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How much load the hub takes. What is over is refused at once and cheaply, so that those who are in are served.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct LoadConfig {
    /// Requests a second that one client may send in the long run; 0 for no limit. A page of a dashboard sends a few.
    /// Who connects from this machine itself is a proxy or the operator, and is not counted unless proxies are trusted.
    pub requests_per_second: u32,
    /// Requests that one client may send at once after a pause. A dashboard opens with some dozens.
    pub burst: u32,
    /// Most clients that are counted each for itself; those beyond share one count, so that memory stays bounded.
    pub max_clients: usize,
    /// Trusted proxies in front of the hub. With 0 the client is whoever holds the connection; with more it is taken
    /// from `X-Forwarded-For`, that many entries from its end. A wrong number lets clients choose their own name.
    pub trusted_proxies: usize,
    /// Most queries that are worked out at once; 0 for four to each processor. Finished answers need no place.
    pub max_executions: usize,
    /// Most queries that wait for such a place. Each holds its request in memory, some kilobytes.
    pub max_waiting: usize,
    /// Longest such wait, in milliseconds. Who has waited longer is gone, or asks again anyway.
    pub max_wait_ms: u64,
    /// What `Retry-After` says where the hub is full, in seconds.
    pub retry_after_seconds: u64,
    /// Most open connections; more wait to be taken. Each costs some 20 kB.
    pub max_connections: usize,
    /// Longest time from the first byte of a request to the first of its answer, and between two parts of an answer
    /// that a client takes, in seconds. Clients that trickle are cut off.
    pub client_timeout_seconds: u64,
    /// How long a connection may stay open without a request, in seconds.
    pub idle_timeout_seconds: u64,
}

impl Default for LoadConfig {
    fn default() -> Self {
        Self {
            requests_per_second: 100,
            burst: 400,
            max_clients: 50_000,
            trusted_proxies: 0,
            max_executions: 0,
            max_waiting: 512,
            max_wait_ms: 3_000,
            retry_after_seconds: 2,
            max_connections: 20_000,
            client_timeout_seconds: 60,
            idle_timeout_seconds: 120,
        }
    }
}
