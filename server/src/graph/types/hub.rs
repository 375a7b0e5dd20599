//! `Hub` and `Snapshot`: what answered.

use async_graphql::{Context, ID, Object, Result};

use super::Source;
use crate::graph::guard::asker;
use crate::graph::scalars::Instant;
use crate::view::View;

/// The hub itself: its version, what it knows at this moment, and its sources.
pub struct Hub(pub View);

/// The hub itself: its version, what it knows at this moment, and its sources.
#[Object]
impl Hub {
    /// The name of this hub.
    async fn name(&self) -> &str {
        "Alliance Hub"
    }

    /// The version of the software.
    async fn version(&self) -> &str {
        env!("CARGO_PKG_VERSION")
    }

    /// The catalogue that answered.
    async fn snapshot(&self) -> Snapshot {
        Snapshot(self.0.clone())
    }

    /// What an applicant agrees to with `consent`.
    async fn application_consent(&self, context: &Context<'_>) -> Result<String> {
        Ok(asker(context)?.changes.consent())
    }

    /// Every feed that the hub reads, those of exchange rates at the end, and how it is doing.
    async fn sources(&self) -> Vec<Source> {
        Source::with_rates(&self.0)
    }
}

/// The catalogue that answered: a new one each time a source brings something new.
pub struct Snapshot(View);

/// The catalogue that answered: a new one each time a source brings something new.
#[Object]
impl Snapshot {
    /// Names the content: equal ids mean equal content.
    pub async fn id(&self) -> ID {
        ID(self.0.catalogue.generation().to_owned())
    }

    /// When it was put together.
    async fn created_at(&self) -> Instant {
        Instant(self.0.catalogue.created_at())
    }

    /// How many project records it holds.
    async fn projects(&self) -> usize {
        self.0.catalogue.records().len()
    }
}
