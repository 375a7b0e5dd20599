//! `Source`: a feed, and how it is doing.

use async_graphql::{ID, Object};
use connectors::model::PartialDate;

use super::{Partner, SourceState};
use crate::graph::scalars::{Date, Instant, Url};
use crate::harvest::SourceStatus;
use crate::view::{SourceNow, View};

/// A feed, and how it is doing.
#[derive(Clone)]
pub struct Source {
    view: View,
    which: Which,
}

/// The position of a partner's source, or of a feed of exchange rates.
#[derive(Clone, Copy)]
enum Which {
    Partner(usize),
    Rates(usize),
}

/// What a feed is, whoever publishes it.
struct About {
    id: &'static str,
    name: &'static str,
    format: &'static str,
    homepage: &'static str,
    terms: &'static str,
}

impl Source {
    /// Every source of a partner, in order.
    #[must_use]
    pub fn all(view: &View) -> Vec<Self> {
        (0..view.sources.len()).map(|number| Self { view: view.clone(), which: Which::Partner(number) }).collect()
    }

    /// Every source of a partner, then the feeds of exchange rates.
    #[must_use]
    pub fn with_rates(view: &View) -> Vec<Self> {
        let rates = (0..view.rate_feeds.len()).map(|number| Self { view: view.clone(), which: Which::Rates(number) });
        Self::all(view).into_iter().chain(rates).collect()
    }

    /// The source of this id.
    #[must_use]
    pub fn find(view: &View, id: &str) -> Option<Self> {
        let rates = || view.rate_feeds.iter().position(|now| now.feed.id == id).map(Which::Rates);
        let which = view.source(id).map(Which::Partner).or_else(rates)?;
        Some(Self { view: view.clone(), which })
    }

    /// Its partner's id; `None` for exchange rates.
    #[must_use]
    pub fn partner_id(&self) -> Option<&'static str> {
        match self.which {
            Which::Partner(number) => Some(self.view.sources[number].partner.id),
            Which::Rates(_) => None,
        }
    }

    /// How its source is doing; `None` for exchange rates.
    pub(in crate::graph) fn of_partner(&self) -> Option<&SourceNow> {
        match self.which {
            Which::Partner(number) => Some(&self.view.sources[number]),
            Which::Rates(_) => None,
        }
    }

    fn about(&self) -> About {
        match self.which {
            Which::Partner(number) => {
                let feed = self.view.sources[number].feed;
                About { id: feed.id, name: feed.name, format: feed.format, homepage: feed.homepage, terms: feed.terms }
            }
            Which::Rates(number) => {
                let feed = self.view.rate_feeds[number].feed;
                About { id: feed.id, name: feed.name, format: feed.format, homepage: feed.homepage, terms: feed.terms }
            }
        }
    }

    fn status(&self) -> &SourceStatus {
        match self.which {
            Which::Partner(number) => &self.view.sources[number].status,
            Which::Rates(number) => &self.view.rate_feeds[number].status,
        }
    }
}

/// A feed that the hub reads: its state is part of every answer, so that a gap is never read as a zero.
#[Object]
impl Source {
    /// `<partner>-<feed>`, such as `eib-projects`; `ecb-rates` and `nbu-rates` for exchange rates.
    pub async fn id(&self) -> ID {
        ID(self.about().id.to_owned())
    }

    /// The partner; null for exchange rates.
    async fn partner(&self) -> Option<Partner> {
        Partner::find(&self.view, self.partner_id()?)
    }

    /// What the feed is.
    async fn name(&self) -> &str {
        self.about().name
    }

    /// The format it is read in.
    async fn format(&self) -> &str {
        self.about().format
    }

    /// The page about it; null where there is none.
    async fn homepage(&self) -> Option<Url> {
        Some(Url(self.about().homepage.to_owned()))
    }

    /// What is known of its terms of reuse; null where nothing is.
    async fn terms(&self) -> Option<&str> {
        Some(self.about().terms).filter(|terms| !terms.is_empty())
    }

    /// How it is doing.
    async fn state(&self) -> SourceState {
        match self.which {
            Which::Partner(number) => self.view.sources[number].state.into(),
            Which::Rates(number) => self.view.rate_feeds[number].state.into(),
        }
    }

    /// When the shown records were read; for a baseline, the day on which its facts were compiled. Null before any
    /// reading.
    async fn retrieved_at(&self) -> Option<Instant> {
        self.status().retrieved_at.map(Instant)
    }

    /// The newest date that the source itself states; null where it states none.
    async fn published_at(&self) -> Option<Date> {
        self.status().published_at.map(|day| Date(PartialDate::day(day)))
    }

    /// When the hub last began to read it; null where it has not since the hub started.
    async fn last_attempt_at(&self) -> Option<Instant> {
        self.status().last_attempt_at.map(Instant)
    }

    /// Why the last attempt failed; null after a success and before any attempt.
    async fn last_error(&self) -> Option<&str> {
        self.status().last_error.as_deref()
    }

    /// When it is read again at the earliest; null while it is being read, and where it is read as soon as possible.
    async fn next_attempt_at(&self) -> Option<Instant> {
        self.status().next_attempt_at.map(Instant)
    }

    /// How many records are shown; of exchange rates, how many daily rates are known.
    async fn records(&self) -> usize {
        self.status().records
    }

    /// Rows that could not be read, each kept as a quality issue.
    async fn rejected(&self) -> usize {
        self.status().rejected
    }
}
