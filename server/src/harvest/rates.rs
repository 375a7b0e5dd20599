//! Newer exchange rates: read in the background, kept on disk, added to those built in.
//!
//! As with partners, no query waits for a publisher, and one that does not answer leaves what is known in place.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use arc_swap::ArcSwap;
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use connectors::connector::Failure;
use connectors::http::{Client, Clock, HttpOptions, MemoryLedger, Transport};
use serde::{Deserialize, Serialize};
use tokio::sync::Notify;
use url::Url;

use super::store::write_whole;
use super::{Origin, SourceState, SourceStatus};
use crate::config::{HarvestConfig, RatesConfig};
use crate::money::{DailyRate, RATE_FEEDS, RateFeed, RateSource, Rates};

/// The feeds of rates, and all rates that are known.
pub struct RateFeeds {
    feeds: Vec<Feed>,
    clock: Arc<dyn Clock>,
    config: HarvestConfig,
    enabled: bool,
    rates: ArcSwap<Rates>,
    revision: AtomicU64,
    changed: Notify,
}

struct Feed {
    feed: &'static RateFeed,
    client: Client,
    base_url: String,
    path: PathBuf,
    kept: ArcSwap<Kept>,
    status: ArcSwap<SourceStatus>,
    claimed: AtomicBool,
}

/// What was read of one publisher so far.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Kept {
    base_url: String,
    read_at: DateTime<Utc>,
    /// Cells of the last answer that were no rate.
    oddities: usize,
    /// By currency and day.
    rates: Vec<DailyRate>,
}

/// How a feed of rates was doing at a moment.
#[derive(Clone)]
pub struct RatesNow {
    /// The feed.
    pub feed: &'static RateFeed,
    /// How it was doing.
    pub status: Arc<SourceStatus>,
    /// Its state.
    pub state: SourceState,
}

impl RateFeeds {
    /// The feeds with what is kept of them below a folder.
    ///
    /// # Errors
    /// A [`Failure`] where this machine cannot make a TLS client.
    pub async fn open(
        config: &RatesConfig,
        harvest: &HarvestConfig,
        readings: &Path,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, Failure> {
        let mut feeds = Vec::new();
        for feed in &RATE_FEEDS {
            let base_url = match feed.source {
                RateSource::EuropeanCentralBank => &config.ecb_base_url,
                RateSource::NationalBankOfUkraine => &config.nbu_base_url,
            };
            let client = client(base_url, Arc::clone(&clock))?;
            let path = readings.join("rates").join(format!("{}.json", feed.id));
            let kept = load(path.clone(), base_url.to_string(), feed.id).await;
            let max_age = TimeDelta::minutes(i32::try_from(config.max_age_minutes).unwrap_or(i32::MAX).into());
            let status = status_of(feed, &kept, max_age);
            feeds.push(Feed {
                feed,
                client,
                base_url: base_url.to_string(),
                path,
                kept: ArcSwap::from_pointee(kept),
                status: ArcSwap::from_pointee(status),
                claimed: AtomicBool::new(false),
            });
        }
        let rates = ArcSwap::from_pointee(all_of(&feeds));
        let enabled = config.enabled && harvest.automatic;
        let (revision, changed) = (AtomicU64::new(0), Notify::new());
        Ok(Self { feeds, clock, config: harvest.clone(), enabled, rates, revision, changed })
    }

    /// All rates that are known now. The same pointer means the same rates.
    #[must_use]
    pub fn rates(&self) -> Arc<Rates> {
        self.rates.load_full()
    }

    /// How the feeds are doing at an instant.
    #[must_use]
    pub fn now(&self, now: DateTime<Utc>) -> Arc<[RatesNow]> {
        let of = |feed: &Feed| {
            let status = feed.status.load_full();
            RatesNow { feed: feed.feed, state: status.state(now), status }
        };
        self.feeds.iter().map(of).collect()
    }

    /// The state of every feed, in order.
    #[must_use]
    pub fn states(&self, now: DateTime<Utc>) -> Vec<SourceState> {
        self.feeds.iter().map(|feed| feed.status.load().state(now)).collect()
    }

    /// Grows with every change of any feed's status.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision.load(Ordering::Acquire)
    }

    /// Returns when rates or a status have changed since the last return.
    pub async fn changed(&self) {
        self.changed.notified().await;
    }

    /// Starts, in the background, a reading of every feed that is due. Returns at once.
    pub fn refresh_due(self: &Arc<Self>) {
        if !self.enabled {
            return;
        }
        let now = self.clock.now();
        for (position, feed) in self.feeds.iter().enumerate() {
            if feed.status.load().is_due(now) && !feed.claimed.swap(true, Ordering::AcqRel) {
                let feeds = Arc::clone(self);
                tokio::spawn(async move { feeds.refresh(position).await });
            }
        }
    }

    /// Reads every feed now, one after the other.
    pub async fn refresh_all(&self) {
        for position in 0..self.feeds.len() {
            self.refresh(position).await;
        }
    }

    async fn refresh(&self, position: usize) {
        let feed = &self.feeds[position];
        let began = self.clock.now();
        self.update(feed, |status| {
            status.last_attempt_at = Some(began);
            status.next_attempt_at = None;
            status.harvesting = true;
        });
        let outcome = self.read(feed).await;
        let now = self.clock.now();
        match outcome {
            Ok(kept) => self.show(feed, kept, began).await,
            Err(failure) => self.update(feed, |status| {
                status.harvesting = false;
                status.failures = status.failures.saturating_add(1);
                status.last_error = Some(failure.to_string());
                status.next_attempt_at = Some(now + self.backoff(status.failures, &failure));
            }),
        }
        feed.claimed.store(false, Ordering::Release);
    }

    async fn read(&self, feed: &Feed) -> Result<Kept, Failure> {
        // The National Bank publishes tomorrow's rate in the afternoon.
        let until = (self.clock.now() + TimeDelta::days(1)).date_naive();
        let url = feed.client.url(&feed.feed.path(&self.rates.load(), until))?;
        let answer = feed.client.get(&url, feed.feed.expects()).await?;
        let reading = feed.feed.read(&answer.body).map_err(|error| Failure::unreadable(&url, error.to_string()))?;
        if reading.rates.is_empty() {
            return Err(Failure::unreadable(&url, "not one rate is in the answer"));
        }
        let mut rates = feed.kept.load().rates.clone();
        rates.extend(reading.rates);
        // Of two rates of one day the later reading's stands: the sort is stable, and the last of equals is kept.
        rates.sort_by_key(|rate| (rate.currency, rate.date));
        rates.reverse();
        rates.dedup_by_key(|rate| (rate.currency, rate.date));
        rates.reverse();
        let (base_url, read_at) = (feed.base_url.clone(), answer.retrieved_at);
        Ok(Kept { base_url, read_at, oddities: reading.oddities.len(), rates })
    }

    async fn show(&self, feed: &Feed, kept: Kept, began: DateTime<Utc>) {
        let new = feed.kept.load().rates != kept.rates;
        let status =
            SourceStatus { last_attempt_at: Some(began), ..status_of(feed.feed, &kept, feed.status.load().max_age) };
        save(feed.path.clone(), kept.clone(), feed.feed.id).await;
        feed.kept.store(Arc::new(kept));
        if new {
            self.rates.store(Arc::new(all_of(&self.feeds)));
        }
        tracing::info!(source.id = feed.feed.id, records = status.records, new, "exchange rates were read");
        self.update(feed, |now| *now = status.clone());
    }

    /// The wait doubles with each failure in a row; one that will not pass by itself waits longest at once.
    fn backoff(&self, failures: u32, failure: &Failure) -> TimeDelta {
        let longest = self.config.backoff_max_seconds;
        let doubled = self.config.backoff_seconds.saturating_mul(1 << failures.saturating_sub(1).min(20));
        let own = if failure.may_pass() { doubled.min(longest) } else { longest };
        let named = failure.wait().unwrap_or_default().min(Duration::from_secs(86_400));
        TimeDelta::from_std(named.max(Duration::from_secs(own))).unwrap_or(TimeDelta::hours(1))
    }

    fn update(&self, feed: &Feed, change: impl Fn(&mut SourceStatus)) {
        feed.status.rcu(|status| {
            let mut status = SourceStatus::clone(status);
            change(&mut status);
            status
        });
        self.revision.fetch_add(1, Ordering::AcqRel);
        self.changed.notify_one();
    }
}

/// The rates built in and all that were read.
fn all_of(feeds: &[Feed]) -> Rates {
    let read: Vec<DailyRate> = feeds.iter().flat_map(|feed| feed.kept.load().rates.clone()).collect();
    Rates::embedded().with_readings(read)
}

fn client(base_url: &Url, clock: Arc<dyn Clock>) -> Result<Client, Failure> {
    let polite = HttpOptions::polite(base_url.as_str());
    let options = HttpOptions { max_body_bytes: 32 << 20, timeout_seconds: 30, ..polite };
    Ok(Client::new(options.clone(), Transport::network(&options)?, Arc::new(MemoryLedger), clock))
}

/// The status of a feed that was not tried since: of what was read, else of what is built in.
fn status_of(feed: &RateFeed, kept: &Kept, max_age: TimeDelta) -> SourceStatus {
    let embedded = Rates::embedded();
    if kept.rates.is_empty() {
        let newest = embedded.newest(feed.source);
        return SourceStatus {
            origin: Some(Origin::Baseline),
            retrieved_at: newest.map(|day| day.and_time(NaiveTime::MIN).and_utc()),
            published_at: newest,
            records: embedded.count(feed.source),
            max_age,
            ..SourceStatus::default()
        };
    }
    let known = embedded.with_readings(kept.rates.iter().copied());
    SourceStatus {
        origin: Some(Origin::Partner),
        retrieved_at: Some(kept.read_at),
        published_at: known.newest(feed.source),
        next_attempt_at: Some(kept.read_at + max_age),
        records: known.count(feed.source),
        rejected: kept.oddities,
        max_age,
        ..SourceStatus::default()
    }
}

/// What is kept; nothing where it cannot be used, or is of another address: rates of a stage are not the publisher's.
async fn load(path: PathBuf, base_url: String, id: &'static str) -> Kept {
    let Ok(bytes) = tokio::fs::read(&path).await else { return Kept::default() };
    match serde_json::from_slice::<Kept>(&bytes) {
        Ok(kept) if kept.base_url == base_url => kept,
        Ok(_) => Kept::default(),
        Err(error) => {
            tracing::error!(source.id = id, path = %path.display(), %error, "kept rates cannot be used; those built in serve");
            Kept::default()
        }
    }
}

async fn save(path: PathBuf, kept: Kept, id: &'static str) {
    let written = tokio::task::spawn_blocking(move || {
        use std::io::Write as _;
        let json = serde_json::to_vec(&kept).map_err(std::io::Error::other)?;
        write_whole(&path, |file| file.write_all(&json))
    });
    let failed = match written.await {
        Ok(Ok(())) => return,
        Ok(Err(error)) => error.to_string(),
        Err(error) => error.to_string(),
    };
    tracing::error!(source.id = id, error = failed, "the rates are used but could not be kept on disk");
}

#[cfg(test)]
mod tests;
