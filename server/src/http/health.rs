//! `/health/live` and `/health/ready`, for whoever keeps the hub running. Partners never affect them; the database
//! affects readiness alone.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use poem::handler;
use poem::http::StatusCode;
use poem::web::{Data, Json};
use serde_json::{Value, json};

use crate::db::Database;

/// How long the database may take to say that it is there.
const PATIENCE: Duration = Duration::from_secs(2);

/// Whether the hub takes requests.
#[derive(Debug)]
pub struct Health {
    draining: AtomicBool,
    database: Database,
}

impl Health {
    /// Of a hub with this database.
    #[must_use]
    pub fn new(database: Database) -> Self {
        Self { draining: AtomicBool::new(false), database }
    }

    /// From now on the hub is not ready: it finishes what it has begun.
    pub fn drain(&self) {
        self.draining.store(true, Ordering::Release);
    }
}

/// The process answers.
#[handler]
pub(super) fn live() -> Json<Value> {
    Json(json!({ "status": "live" }))
}

/// A catalogue and the database answer, and no drain runs. The hub serves only once it has a catalogue, so there are two
/// reasons against.
#[handler]
pub(super) async fn ready(health: Data<&Arc<Health>>) -> (StatusCode, Json<Value>) {
    if health.draining.load(Ordering::Acquire) {
        return (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "status": "draining" })));
    }
    match tokio::time::timeout(PATIENCE, health.database.last_change()).await {
        Ok(Ok(_)) => (StatusCode::OK, Json(json!({ "status": "ready" }))),
        _ => (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "status": "database does not answer" }))),
    }
}
