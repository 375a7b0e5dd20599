//! One moment of everything an answer stands on. An answer is worked out on one view, so that its parts agree.

use std::ops::Deref;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use connectors::partners::{Feed, Partner};

use crate::catalogue::Catalogue;
use crate::harvest::{Harvester, RatesNow, SourceState, SourceStatus};
use crate::join::{ByPlace, Engagement, Finance, Links};
use crate::money::Rates;
use crate::places::Boundaries;
use crate::records::{RecordIssues, Records};

/// One moment of everything an answer stands on, shared by all that is worked out on it.
#[derive(Clone)]
pub struct View(Arc<Moment>);

/// Everything an answer stands on.
pub struct Moment {
    /// The partners' projects.
    pub catalogue: Arc<Catalogue>,
    /// What the projects are to one another.
    pub links: Arc<Links>,
    /// What sums of money are grouped by.
    pub finance: Arc<Finance>,
    /// The Alliance's records.
    pub records: Arc<Records>,
    /// What is odd about them.
    pub record_issues: Arc<RecordIssues>,
    /// The records by place, those below it included.
    pub by_place: Arc<ByPlace>,
    /// Matches and gaps.
    pub engagement: Arc<Engagement>,
    /// Exchange rates.
    pub rates: Arc<Rates>,
    /// Outlines of places; empty where the operator names none.
    pub boundaries: Arc<Boundaries>,
    /// Every partner's source, in the registry's order.
    pub sources: Arc<[SourceNow]>,
    /// The feeds of exchange rates.
    pub rate_feeds: Arc<[RatesNow]>,
}

/// One source at the moment of the view.
#[derive(Clone)]
pub struct SourceNow {
    /// Its partner.
    pub partner: &'static Partner,
    /// Its feed.
    pub feed: &'static Feed,
    /// How it was doing.
    pub status: Arc<SourceStatus>,
    /// Its state.
    pub state: SourceState,
}

impl SourceNow {
    /// Every source of a harvester, at an instant.
    #[must_use]
    pub fn all(harvester: &Harvester, now: DateTime<Utc>) -> Arc<[Self]> {
        let sources = harvester.sources().iter().map(|source| {
            let status = source.status();
            Self { partner: source.partner, feed: source.feed, state: status.state(now), status }
        });
        sources.collect()
    }
}

impl View {
    /// The view of a moment.
    #[must_use]
    pub fn new(moment: Moment) -> Self {
        Self(Arc::new(moment))
    }
}

impl Deref for View {
    type Target = Moment;

    fn deref(&self) -> &Moment {
        &self.0
    }
}

impl Moment {
    /// The number of the source with this id.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<usize> {
        self.sources.iter().position(|source| source.feed.id == id)
    }
}
