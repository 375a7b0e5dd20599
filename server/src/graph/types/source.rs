//! `Source`: a feed, and how it is doing.

use async_graphql::{ID, Object};
use connectors::model::PartialDate;

use super::{Partner, SourceState};
use crate::graph::scalars::{Date, Instant, Url};
use crate::view::{SourceNow, View};

/// A feed, and how it is doing.
#[derive(Clone)]
pub struct Source {
    view: View,
    number: usize,
}

impl Source {
    /// Every source, in order.
    #[must_use]
    pub fn all(view: &View) -> Vec<Self> {
        (0..view.sources.len()).map(|number| Self { view: view.clone(), number }).collect()
    }

    /// The source of this id.
    #[must_use]
    pub fn find(view: &View, id: &str) -> Option<Self> {
        Some(Self { view: view.clone(), number: view.source(id)? })
    }

    /// Its partner's id.
    #[must_use]
    pub fn partner_id(&self) -> &'static str {
        self.now().partner.id
    }

    fn now(&self) -> &SourceNow {
        &self.view.sources[self.number]
    }
}

/// A feed that the hub reads: its state is part of every answer, so that a gap is never read as a zero.
#[Object]
impl Source {
    /// `<partner>-<feed>`, such as `eib-projects`.
    pub async fn id(&self) -> ID {
        ID(self.now().feed.id.to_owned())
    }

    /// The partner; null for exchange rates.
    async fn partner(&self) -> Option<Partner> {
        Partner::find(&self.view, self.partner_id())
    }

    /// What the feed is.
    async fn name(&self) -> &str {
        self.now().feed.name
    }

    /// The format it is read in.
    async fn format(&self) -> &str {
        self.now().feed.format
    }

    /// The page about it; null where there is none.
    async fn homepage(&self) -> Option<Url> {
        Some(Url(self.now().feed.homepage.to_owned()))
    }

    /// What is known of its terms of reuse; null where nothing is.
    async fn terms(&self) -> Option<&str> {
        Some(self.now().feed.terms).filter(|terms| !terms.is_empty())
    }

    /// How it is doing.
    async fn state(&self) -> SourceState {
        self.now().state.into()
    }

    /// When the shown records were read; for a baseline, the day on which its facts were compiled. Null before any
    /// reading.
    async fn retrieved_at(&self) -> Option<Instant> {
        self.now().status.retrieved_at.map(Instant)
    }

    /// The newest date that the source itself states; null where it states none.
    async fn published_at(&self) -> Option<Date> {
        self.now().status.published_at.map(|day| Date(PartialDate::day(day)))
    }

    /// When the hub last began to read it; null where it has not since the hub started.
    async fn last_attempt_at(&self) -> Option<Instant> {
        self.now().status.last_attempt_at.map(Instant)
    }

    /// Why the last attempt failed; null after a success and before any attempt.
    async fn last_error(&self) -> Option<&str> {
        self.now().status.last_error.as_deref()
    }

    /// When it is read again at the earliest; null while it is being read, and where it is read as soon as possible.
    async fn next_attempt_at(&self) -> Option<Instant> {
        self.now().status.next_attempt_at.map(Instant)
    }

    /// How many records are shown.
    async fn records(&self) -> usize {
        self.now().status.records
    }

    /// Rows that could not be read, each kept as a quality issue.
    async fn rejected(&self) -> usize {
        self.now().status.rejected
    }
}
