//! The running hub: its sources, its records, and the view that answers right now.

mod news;
mod stored;

use std::sync::Arc;

use arc_swap::ArcSwap;
use chrono::{DateTime, Utc};
use connectors::http::Clock;
use connectors::partners::{Feed, Partner};
use tokio::sync::Mutex;

use crate::catalogue::Catalogue;
use crate::config::{Config, PartnerConfig};
use crate::db::Database;
use crate::harvest::{
    FileLedger, FileReadings, Harvester, RateFeeds, Reading, Readings, Source, SourceState, client_of,
};
use crate::join::finance::Ground;
use crate::join::{ByPlace, Engagement, Finance, Links};
use crate::money::Rates;
use crate::places::{Boundaries, Gazetteer};
use crate::records::{Loaded, RecordIssues, Records};
use crate::view::{Moment, SourceNow, View};
pub use news::{News, Swap};

use stored::Decisions;

/// The running hub.
pub struct Hub {
    harvester: Arc<Harvester>,
    rate_feeds: Arc<RateFeeds>,
    clock: Arc<dyn Clock>,
    database: Database,
    boundaries: Arc<Boundaries>,
    built: ArcSwap<Built>,
    news: Arc<News>,
    /// The edition that was asked for last.
    edition: ArcSwap<Edition>,
    /// Held while something new is built of what is shown, so that nothing is lost and of many writers few load.
    loading: Mutex<()>,
}

/// What stays the same until a source brings something new, or a record is written.
#[derive(Clone)]
struct Built {
    catalogue: Arc<Catalogue>,
    links: Arc<Links>,
    finance: Arc<Finance>,
    records: Arc<Records>,
    record_issues: Arc<RecordIssues>,
    by_place: Arc<ByPlace>,
    /// What people decided about links, and a digest of it.
    decisions: Arc<Decisions>,
    /// The number of the last change of the database that records and decisions hold.
    change: i64,
    engagement: Arc<Engagement>,
    rates: Arc<Rates>,
}

/// What an answer depends on beside its question. Equal editions give equal answers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Edition {
    /// The catalogue's generation.
    pub generation: String,
    /// The records' revision, that of what people decided about links, and that of what is odd about records.
    pub records: [String; 3],
    /// The revision of the harvester and of the feeds of rates.
    pub sources: u64,
    /// The state of every source: it changes with time alone, too.
    pub states: Vec<SourceState>,
}

impl Hub {
    /// Puts the hub together: readings from disk, else the built-in baseline; records; the first catalogue.
    ///
    /// # Errors
    /// What an operator has to mend: the file of boundaries, the database, options of a partner, this machine's TLS.
    pub async fn open(config: &Config, clock: Arc<dyn Clock>) -> anyhow::Result<Self> {
        let folder = config.data_dir.join("readings");
        let readings: Arc<dyn Readings> = Arc::new(FileReadings::new(folder.clone()));
        let mut sources = Vec::new();
        for partner in connectors::partners::ALL {
            let settings = config.partners.get(partner.id).cloned().unwrap_or_else(|| PartnerConfig::of(partner));
            let ledger = Arc::new(FileLedger::new(&folder, partner.id));
            let client = client_of(&settings, ledger, Arc::clone(&clock))?;
            for feed in partner.feeds {
                let reading = shown_at_start(partner, feed, &settings, &*readings).await;
                let source = Source::open(partner, feed, &settings, client.clone(), reading);
                sources.push(source.map_err(anyhow::Error::msg)?);
            }
        }
        Self::over(sources, readings, config, clock).await
    }

    /// Puts the hub together over these sources, whose readings are kept there.
    ///
    /// # Errors
    /// As [`Hub::open`].
    pub async fn over(
        sources: Vec<Source>,
        readings: Arc<dyn Readings>,
        config: &Config,
        clock: Arc<dyn Clock>,
    ) -> anyhow::Result<Self> {
        let boundaries = config.places.boundaries.as_deref().map(Boundaries::read).transpose()?.unwrap_or_default();
        let database = Database::open(config.database.as_ref(), &config.data_dir).await?;
        let folder = config.data_dir.join("readings");
        let harvester = Harvester::new(sources, readings, Arc::clone(&clock), config.harvest.clone());
        let loaded = Records::seed_and_load(&database, clock.now()).await?;
        let record_issues = Arc::new(loaded.issues());
        let Loaded { records, change, faults, differences } = loaded;
        for unknown in records.unknown_places(|id| Gazetteer::embedded().by_id(id).is_some()) {
            tracing::warn!(%unknown, "a record names a place that the gazetteer does not know; it is shown without it");
        }
        for fault in faults {
            tracing::error!(%fault, "a record in the database breaks a rule; it is not shown");
        }
        for difference in differences {
            tracing::warn!(record.id = difference.id, %difference, "a record differs from its seed file");
        }
        let records = Arc::new(records);
        let rate_feeds = RateFeeds::open(&config.rates, &config.harvest, &folder, Arc::clone(&clock)).await?;
        let (by_place, rates) = (Arc::new(ByPlace::of(&records)), rate_feeds.rates());
        let decisions = Arc::new(Decisions::load(&database).await?);
        let (catalogue, links, finance) =
            build(None, &harvester, Arc::clone(&rates), Arc::clone(&decisions), clock.now()).await?;
        let engagement = Engagement::of(&catalogue, &links, &records, &by_place);
        let built =
            Built { catalogue, links, finance, records, record_issues, by_place, decisions, engagement, change, rates };
        built.prepare();
        Ok(Self {
            harvester: Arc::new(harvester),
            rate_feeds: Arc::new(rate_feeds),
            clock,
            database,
            boundaries: Arc::new(boundaries),
            built: ArcSwap::from_pointee(built),
            news: Arc::default(),
            edition: ArcSwap::default(),
            loading: Mutex::default(),
        })
    }

    /// The database. Who writes records calls [`Hub::reload`] with the number of the change before it answers.
    #[must_use]
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// The time by the hub's clock.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Returns after a time by the hub's clock.
    pub async fn sleep(&self, duration: std::time::Duration) {
        self.clock.sleep(duration).await;
    }

    /// The sources and when they are read.
    #[must_use]
    pub fn harvester(&self) -> &Arc<Harvester> {
        &self.harvester
    }

    /// The view that answers now. A source that is due is read in the background; the answer does not wait for it.
    #[must_use]
    pub fn view(&self) -> View {
        self.harvester.refresh_due();
        self.rate_feeds.refresh_due();
        self.view_of(&self.built.load())
    }

    fn view_of(&self, built: &Built) -> View {
        View::new(Moment {
            catalogue: Arc::clone(&built.catalogue),
            links: Arc::clone(&built.links),
            finance: Arc::clone(&built.finance),
            records: Arc::clone(&built.records),
            record_issues: Arc::clone(&built.record_issues),
            by_place: Arc::clone(&built.by_place),
            engagement: Arc::clone(&built.engagement),
            rates: Arc::clone(&built.rates),
            boundaries: Arc::clone(&self.boundaries),
            sources: SourceNow::all(&self.harvester, self.clock.now()),
            rate_feeds: self.rate_feeds.now(self.clock.now()),
        })
    }

    /// News of each new catalogue.
    #[must_use]
    pub fn news(&self) -> &Arc<News> {
        &self.news
    }

    /// The hub's clock.
    #[must_use]
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.clock
    }

    /// What an answer given now depends on beside its question. It is the same one for as long as nothing changes: every
    /// request asks for it.
    #[must_use]
    pub fn edition(&self) -> Arc<Edition> {
        self.harvester.refresh_due();
        self.rate_feeds.refresh_due();
        let now = self.clock.now();
        let built = self.built.load();
        let generation = built.catalogue.generation();
        let records = [built.records.revision(), &*built.decisions.digest, built.record_issues.digest()];
        // Both only grow, so their sum changes whenever one does.
        let sources = self.harvester.revision() + self.rate_feeds.revision();
        let states = [self.harvester.states(now), self.rate_feeds.states(now)].concat();
        let last = self.edition.load();
        let same = last.generation == generation && last.records == records;
        if same && last.sources == sources && last.states == states {
            return Arc::clone(&last);
        }
        let (generation, records) = (generation.to_owned(), records.map(str::to_owned));
        let edition = Arc::new(Edition { generation, records, sources, states });
        self.edition.store(Arc::clone(&edition));
        edition
    }

    /// Follows the sources for ever: builds a new catalogue and swaps it in when a reading has changed, and reads what is
    /// due when nobody asks.
    ///
    /// # Errors
    /// Only where a catalogue cannot be built at all, which is a fault of the hub.
    pub async fn follow(&self) -> anyhow::Result<()> {
        const LOOK: std::time::Duration = std::time::Duration::from_secs(30);
        loop {
            self.harvester.refresh_due();
            self.rate_feeds.refresh_due();
            self.rebuild().await?;
            tokio::select! {
                () = self.harvester.changed() => {}
                () = self.rate_feeds.changed() => {}
                () = self.clock.sleep(LOOK) => {}
            }
        }
    }

    /// Builds a catalogue of the current readings and rates and swaps it in, where they differ from the catalogue's.
    ///
    /// # Errors
    /// As [`Hub::follow`].
    pub async fn rebuild(&self) -> anyhow::Result<()> {
        // Whoever builds something new of what is shown takes turns with the others, so that none is lost.
        let _turn = self.loading.lock().await;
        let before = self.built.load_full();
        let shown: Vec<_> = self.harvester.sources().iter().filter_map(Source::reading).collect();
        let rates = self.rate_feeds.rates();
        if before.catalogue.stands_on(&shown) && Arc::ptr_eq(&rates, &before.rates) {
            return Ok(());
        }
        let began = std::time::Instant::now();
        let (earlier, decisions) = (Some(Built::clone(&before)), Arc::clone(&before.decisions));
        let (catalogue, links, finance) =
            build(earlier, &self.harvester, Arc::clone(&rates), decisions, self.clock.now()).await?;
        let (generation, projects) = (catalogue.generation().to_owned(), catalogue.records().len());
        let built = Built { catalogue, links, finance, rates, ..Built::clone(&before) }.engaged();
        built.prepare();
        self.built.store(Arc::new(built));
        let duration_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        tracing::info!(catalogue.generation = generation, projects, duration_ms, "a new catalogue answers");
        let (news, at) = (Arc::clone(&self.news), self.clock.now());
        let (before, after) = (self.view_of(&before), self.view_of(&self.built.load()));
        tokio::task::spawn_blocking(move || news.announce(before, after, at)).await?;
        Ok(())
    }
}

impl Built {
    /// The same with its matches and gaps to be worked out anew.
    fn engaged(self) -> Self {
        let engagement = Engagement::of(&self.catalogue, &self.links, &self.records, &self.by_place);
        Self { engagement, ..self }
    }

    /// Works matches, gaps and the usual sums out in the background; who asks before they are there works them out.
    fn prepare(&self) {
        let Self { catalogue, links, finance, rates, engagement, .. } = self.clone();
        tokio::task::spawn_blocking(move || {
            engagement.prepare();
            Ground { catalogue: &catalogue, links: &links, finance: &finance, rates: &rates }.prepare();
        });
    }
}

/// The catalogue of the current readings, with the links among its records and what sums are grouped by. What stands
/// unchanged in an earlier one is taken from there.
async fn build(
    earlier: Option<Built>,
    harvester: &Harvester,
    rates: Arc<Rates>,
    decisions: Arc<Decisions>,
    now: DateTime<Utc>,
) -> anyhow::Result<(Arc<Catalogue>, Arc<Links>, Arc<Finance>)> {
    let readings: Vec<_> = harvester.sources().iter().filter_map(Source::reading).collect();
    let built = tokio::task::spawn_blocking(move || {
        let Some(earlier) = earlier else {
            let catalogue = Catalogue::build(readings, &rates, now);
            let links = Links::of(&catalogue, &decisions.links);
            let finance = Finance::of(&catalogue, &links, &rates);
            return (Arc::new(catalogue), Arc::new(links), Arc::new(finance));
        };
        let (catalogue, kept) = Catalogue::build_after(&earlier.catalogue, readings, &rates, now);
        let links = Links::after(&earlier.links, &kept, &catalogue, &decisions.links);
        let finance = Finance::after(&earlier.finance, &kept, (&catalogue, &links, &rates));
        (Arc::new(catalogue), Arc::new(links), Arc::new(finance))
    });
    Ok(built.await?)
}

/// The reading kept on disk; else, or where it cannot be used, the baseline; else none.
async fn shown_at_start(
    partner: &'static Partner,
    feed: &'static Feed,
    config: &PartnerConfig,
    readings: &dyn Readings,
) -> Option<Arc<Reading>> {
    match readings.load(feed.id).await {
        Ok(Some(reading)) if reading.base_url == config.http.base_url.as_str() => return Some(Arc::new(reading)),
        // A reading of the stage, say, must not pass for one of the partner.
        Ok(Some(reading)) => tracing::info!(
            source.id = feed.id,
            kept = reading.base_url,
            "the kept reading is of another address; the baseline is shown until the partner answers"
        ),
        Ok(None) => {}
        Err(error) => {
            let cause = std::error::Error::source(&error).map(ToString::to_string);
            tracing::error!(source.id = feed.id, %error, cause, "a kept reading cannot be used; the baseline is shown");
        }
    }
    match connectors::stage::baseline(partner, feed, &config.countries).await {
        Ok(harvest) => {
            let compiled = connectors::stage::Recording::of(partner).map(|recording| recording.compiled());
            let compiled = compiled.unwrap_or_default();
            Some(Arc::new(Reading::baseline(feed.id, &config.countries, harvest, compiled)))
        }
        Err(failure) => {
            tracing::error!(source.id = feed.id, %failure, "the built-in baseline cannot be read; nothing is shown");
            None
        }
    }
}
