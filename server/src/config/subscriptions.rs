//! Connections that stay open for subscriptions.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Connections that stay open: each WebSocket at `/graphql`, and server-sent events at `/graphql/stream`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct SubscriptionsConfig {
    /// Most connections that stay open, in all. Each costs some 30 kB.
    pub max_connections: usize,
    /// Most of them that one client, by its address, may hold. Behind one address there may be a whole office.
    pub max_connections_per_client: usize,
    /// Most operations that run at once on one WebSocket.
    pub max_operations: usize,
    /// How long a WebSocket may wait before it says `connection_init`, in milliseconds.
    pub init_timeout_ms: u64,
    /// How often a connection is made to speak, in seconds, so that nobody on the way takes it for dead. A WebSocket from
    /// which nothing came since the time before is closed.
    pub heartbeat_seconds: u64,
    /// How long a WebSocket may take nothing of a message that is sent to it, in seconds, before it is dropped.
    pub send_timeout_seconds: u64,
}

impl Default for SubscriptionsConfig {
    fn default() -> Self {
        Self {
            max_connections: 5_000,
            max_connections_per_client: 100,
            max_operations: 32,
            init_timeout_ms: 10_000,
            heartbeat_seconds: 20,
            send_timeout_seconds: 30,
        }
    }
}
