//! `Provenance`: where a record was seen, when, and exactly what was seen.

use async_graphql::Object;
use connectors::model;

use super::Source;
use crate::graph::scalars::{Instant, Url};

/// The evidence behind one record.
pub struct Provenance {
    pub(super) source: Source,
    pub(super) provenance: model::Provenance,
}

/// Where a record was seen, when, and exactly what was seen: enough to cite it and to check it.
#[Object]
impl Provenance {
    /// The feed it came by.
    async fn source(&self) -> &Source {
        &self.source
    }

    /// The page that a reader can open; null where there is none.
    async fn url(&self) -> Option<Url> {
        self.provenance.url.clone().map(Url)
    }

    /// When it was read; for a baseline record, the day on which its facts were compiled.
    async fn retrieved_at(&self) -> Instant {
        Instant(self.provenance.retrieved_at)
    }

    /// SHA-256 of `raw`, in hexadecimal digits.
    async fn sha256(&self) -> &str {
        &self.provenance.sha256
    }

    /// The record exactly as the source sent it. Under the issue `AUTHORED_FIXTURE` it was written by hand from the facts
    /// at `url`.
    async fn raw(&self) -> &str {
        &self.provenance.raw
    }

    /// The media type of `raw`.
    async fn raw_media_type(&self) -> &str {
        &self.provenance.raw_media_type
    }
}
