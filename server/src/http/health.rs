//! `/health/live` and `/health/ready`, for whoever keeps the hub running. Partners never affect them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use poem::handler;
use poem::http::StatusCode;
use poem::web::{Data, Json};
use serde_json::{Value, json};

/// Whether the hub takes requests.
#[derive(Debug, Default)]
pub struct Health {
    draining: AtomicBool,
}

impl Health {
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

/// A catalogue answers, and no drain runs. The hub serves only once it has a catalogue, so a drain is the one reason
/// against.
#[handler]
pub(super) fn ready(health: Data<&Arc<Health>>) -> (StatusCode, Json<Value>) {
    if health.draining.load(Ordering::Acquire) {
        return (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "status": "draining" })));
    }
    (StatusCode::OK, Json(json!({ "status": "ready" })))
}
