//! From the question to the catalogue that answers by what the partners said.
//!
//! Four played partners hand their records over after 20, 40, 80 and 160 ms, as a connector does once it has read an
//! answer; what a partner's own format costs to read is no part of it. Meanwhile somebody asks without a pause.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use async_trait::async_trait;
use connectors::connector::{Connector, Failure, Harvest, Slice};
use connectors::http::{Client, SystemClock};
use connectors::model::CountryCode;
use connectors::partners::{self, Feed, InvalidOptions};
use server::catalogue::{Filter, Order, Window};
use server::config::{Config, PartnerConfig};
use server::harvest::{FileLedger, FileReadings, Source, client_of};
use server::hub::Hub;

use crate::table::Line;
use crate::{Effort, synthetic};

/// Projects of each partner.
const PROJECTS: u32 = 500;
/// How long each partner takes, in the registry's order.
const DELAYS: [u64; 4] = [20, 40, 80, 160];
/// Of how many projects one has other words than in the reading before.
const CHANGED: u32 = 100;

/// How often the played partners have changed their records.
static EDITION: AtomicU32 = AtomicU32::new(0);

/// A partner that answers after a while.
struct Played {
    partner: &'static str,
    delay: Duration,
}

#[async_trait]
impl Connector for Played {
    async fn harvest(&self, _: &Slice) -> Result<Harvest, Failure> {
        let edition = EDITION.load(Ordering::Relaxed);
        let projects = (0..PROJECTS).map(|number| {
            let edition = if number % CHANGED == edition % CHANGED { edition } else { 0 };
            synthetic::told(self.partner, number, edition)
        });
        let projects = projects.collect();
        tokio::time::sleep(self.delay).await;
        Ok(Harvest { projects, ..Harvest::default() })
    }
}

fn play<const AT: usize>(_: Client, _: &[CountryCode], _: &toml::Table) -> Result<Box<dyn Connector>, InvalidOptions> {
    Ok(Box::new(Played { partner: partners::ALL[AT].id, delay: Duration::from_millis(DELAYS[AT]) }))
}

/// Row 8 of the table.
pub(crate) fn refresh(effort: &Effort) -> Result<Vec<Line>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let folder = tempfile::tempdir()?;
        let hub = Arc::new(open(folder.path()).await?);
        let follower = Arc::clone(&hub);
        let following = tokio::spawn(async move { follower.follow().await });
        let (first_ms, _) = refreshed(&hub, effort).await?;
        let (mut again_ms, mut pause_ms) = (f64::INFINITY, 0_f64);
        for _ in 0..effort.runs {
            EDITION.fetch_add(1, Ordering::Relaxed);
            let (ms, pause) = refreshed(&hub, effort).await?;
            (again_ms, pause_ms) = (again_ms.min(ms), pause_ms.max(pause));
        }
        following.abort();
        let slowest = DELAYS.iter().max().copied().unwrap_or_default() as f64;
        let work = |what: &str| format!("four partners with {PROJECTS} projects each, {what}");
        Ok(vec![
            Line::figure(&work("read again: beyond the slowest partner's answer"), again_ms - slowest, 30.0, "ms"),
            Line::figure(&work("every record new: the same"), first_ms - slowest, f64::INFINITY, "ms"),
            Line::figure(&work("read again: the longest question meanwhile"), pause_ms, f64::INFINITY, "ms"),
        ])
    })
}

async fn open(folder: &std::path::Path) -> Result<Hub> {
    let mut config = Config { data_dir: folder.to_owned(), ..Config::default() };
    config.harvest.automatic = false;
    config.harvest.outcome_shared_ms = 1;
    config.rates.enabled = false;
    let clock = Arc::new(SystemClock);
    let opens: [partners::Open; 4] = [play::<0>, play::<1>, play::<2>, play::<3>];
    let mut sources = Vec::new();
    for (partner, open) in partners::ALL.iter().zip(opens) {
        let settings = PartnerConfig::of(partner);
        let ledger = Arc::new(FileLedger::new(folder, partner.id));
        let client = client_of(&settings, ledger, clock.clone())?;
        let known = &partner.feeds[0];
        let feed = Feed { open, ..copied(known) };
        // A feed lasts as long as the program; there are four.
        let feed: &'static Feed = Box::leak(Box::new(feed));
        sources.push(Source::open(partner, feed, &settings, client, None).map_err(anyhow::Error::msg)?);
    }
    let readings = Arc::new(FileReadings::new(folder.join("readings")));
    Hub::over(sources, readings, &config, clock).await
}

fn copied(feed: &Feed) -> Feed {
    let Feed { id, name, format, homepage, terms, open } = *feed;
    Feed { id, name, format, homepage, terms, open }
}

/// Asks all four partners at once, and waits until the catalogue stands on what they said. How long that took, and the
/// longest time that a question took meanwhile, in milliseconds.
async fn refreshed(hub: &Arc<Hub>, effort: &Effort) -> Result<(f64, f64)> {
    let (ended, asker) = (Arc::new(AtomicBool::new(false)), Arc::clone(hub));
    let asking = std::thread::spawn({
        let ended = Arc::clone(&ended);
        move || longest(&asker, &ended)
    });
    let before: Vec<_> = hub.harvester().sources().iter().map(Source::reading).collect();
    let begun = Instant::now();
    for source in hub.harvester().sources() {
        let (harvester, id) = (Arc::clone(hub.harvester()), source.id());
        tokio::spawn(async move { harvester.refresh(id).await });
    }
    let answers = || {
        let now: Vec<_> = hub.harvester().sources().iter().map(Source::reading).collect();
        let other = before.iter().zip(&now).all(|(before, now)| match (before, now) {
            (Some(before), Some(now)) => !Arc::ptr_eq(before, now),
            (None, now) => now.is_some(),
            _ => false,
        });
        let now: Vec<_> = now.into_iter().flatten().collect();
        other && hub.view().catalogue.stands_on(&now)
    };
    wait(answers, Duration::from_secs_f64(30.0 + effort.seconds)).await?;
    let took = begun.elapsed().as_secs_f64() * 1e3;
    ended.store(true, Ordering::Relaxed);
    let longest = asking.join().map_err(|_| anyhow::anyhow!("the asking thread stopped"))?;
    // Outcomes that are shared for a moment must not answer the next round.
    tokio::time::sleep(Duration::from_millis(300)).await;
    Ok((took, longest))
}

fn wait(done: impl Fn() -> bool, most: Duration) -> impl Future<Output = Result<()>> {
    let until = async move {
        while !done() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    async move { tokio::time::timeout(most, until).await.context("the catalogue is not swapped") }
}

/// Asks for pages and facets until told to end; the longest time of one, in milliseconds.
fn longest(hub: &Hub, ended: &AtomicBool) -> f64 {
    let window = Window { after: None, before: None, size: 50, from_end: false };
    let mut longest: f64 = 0.0;
    while !ended.load(Ordering::Relaxed) {
        let begun = Instant::now();
        let catalogue = Arc::clone(&hub.view().catalogue);
        let selection = catalogue.select(&Filter::default());
        let page = catalogue.page(&selection, Order::AmountDesc, &Filter::default(), &window);
        let facets = catalogue.facets(&selection, 20);
        std::hint::black_box((page, facets));
        longest = longest.max(begun.elapsed().as_secs_f64() * 1e3);
        std::thread::sleep(Duration::from_millis(1));
    }
    longest
}
