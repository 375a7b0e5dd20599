//! Keeps a partner's request budget across restarts.

use std::io::Write as _;
use std::path::PathBuf;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use connectors::http::Ledger;

use super::store::write_whole;

/// The instants of past requests, in a small JSON file.
#[derive(Debug)]
pub struct FileLedger {
    path: PathBuf,
}

impl FileLedger {
    /// The ledger of a partner below the folder of readings.
    #[must_use]
    pub fn new(readings: &std::path::Path, partner: &str) -> Self {
        Self { path: readings.join("limits").join(format!("{partner}.json")) }
    }
}

#[async_trait]
impl Ledger for FileLedger {
    async fn load(&self) -> Vec<DateTime<Utc>> {
        let Ok(bytes) = tokio::fs::read(&self.path).await else { return Vec::new() };
        serde_json::from_slice(&bytes).unwrap_or_else(|error| {
            tracing::warn!(path = %self.path.display(), %error, "the request budget kept on disk cannot be read; counting anew");
            Vec::new()
        })
    }

    async fn save(&self, instants: &[DateTime<Utc>]) {
        let (path, instants) = (self.path.clone(), instants.to_vec());
        let kept = tokio::task::spawn_blocking(move || {
            let json = serde_json::to_vec(&instants).map_err(std::io::Error::other)?;
            write_whole(&path, |file| file.write_all(&json))
        });
        match kept.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                tracing::warn!(path = %self.path.display(), %error, "the request budget cannot be kept on disk")
            }
            Err(error) => tracing::error!(%error, "keeping the request budget stopped"),
        }
    }
}
