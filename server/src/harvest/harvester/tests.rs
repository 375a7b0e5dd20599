//! When partners are read, and what stays when they cannot be.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::AtomicUsize;

use async_trait::async_trait;
use connectors::connector::{Connector, Harvest, Slice};
use connectors::http::ManualClock;
use connectors::model::{Project, Provenance};
use tokio::sync::Semaphore;
use url::Url;

use super::*;
use crate::harvest::{Origin, StoreError};
use crate::samples::{at, project, reading, source};

/// What a scripted partner does next.
enum Step {
    Bring(Vec<Project>),
    Fail(Failure),
    Panic,
}

/// A connector that does what the test says, one step a harvest; then it brings nothing.
#[derive(Clone, Default)]
struct Script(Arc<Inner>);

#[derive(Default)]
struct Inner {
    steps: Mutex<VecDeque<Step>>,
    harvests: AtomicUsize,
    /// Closed until the test lets harvests end, where there is one.
    gate: Option<Semaphore>,
}

impl Script {
    fn of(steps: impl IntoIterator<Item = Step>) -> Self {
        Self(Arc::new(Inner { steps: Mutex::new(steps.into_iter().collect()), ..Inner::default() }))
    }

    /// The same, but no harvest ends before [`Script::release`].
    fn held(steps: impl IntoIterator<Item = Step>) -> Self {
        let steps = Mutex::new(steps.into_iter().collect());
        Self(Arc::new(Inner { steps, gate: Some(Semaphore::new(0)), ..Inner::default() }))
    }

    fn release(&self) {
        self.0.gate.iter().for_each(|gate| gate.add_permits(1_000));
    }

    fn harvests(&self) -> usize {
        self.0.harvests.load(Ordering::SeqCst)
    }
}

#[async_trait]
impl Connector for Script {
    async fn harvest(&self, _: &Slice) -> Result<Harvest, Failure> {
        self.0.harvests.fetch_add(1, Ordering::SeqCst);
        if let Some(gate) = &self.0.gate {
            gate.acquire().await.unwrap().forget();
        }
        let step = self.0.steps.lock().unwrap().pop_front();
        match step {
            Some(Step::Bring(projects)) => Ok(Harvest { projects, ..Harvest::default() }),
            Some(Step::Fail(failure)) => Err(failure),
            Some(Step::Panic) => panic!("the script says so"),
            None => Ok(Harvest::default()),
        }
    }
}

/// Keeps readings in memory.
#[derive(Default)]
struct Shelf(Mutex<Vec<Arc<Reading>>>);

#[async_trait]
impl Readings for Shelf {
    async fn load(&self, _: &str) -> Result<Option<Reading>, StoreError> {
        Ok(None)
    }

    async fn save(&self, reading: Arc<Reading>) -> Result<(), StoreError> {
        self.0.lock().unwrap().push(reading);
        Ok(())
    }
}

fn manual() -> (Arc<ManualClock>, Arc<dyn Clock>) {
    let clock = Arc::new(ManualClock::at(at(0)));
    (Arc::clone(&clock), clock)
}

const CONFIG: HarvestConfig =
    HarvestConfig { automatic: true, backoff_seconds: 60, backoff_max_seconds: 600, outcome_shared_ms: 60_000 };

/// The same, but every question is a new harvest.
const UNSHARED: HarvestConfig = HarvestConfig { outcome_shared_ms: 1, ..CONFIG };

fn harvester(sources: Vec<Source>, clock: &Arc<dyn Clock>, config: HarvestConfig) -> Arc<Harvester> {
    Arc::new(Harvester::new(sources, Arc::new(Shelf::default()), Arc::clone(clock), config))
}

/// Harvests once more, whatever was shared before.
async fn again(harvester: &Harvester) -> Arc<Outcome> {
    tokio::time::sleep(Duration::from_millis(20)).await;
    harvester.refresh("eib-projects").await.unwrap()
}

fn baseline() -> Arc<Reading> {
    let shown = reading("eib-projects", -60, vec![project("eib:old")]);
    Arc::new(Reading { origin: Origin::Baseline, ..Reading::clone(&shown) })
}

fn ids(source: &Source) -> Vec<String> {
    let reading = source.reading();
    reading.iter().flat_map(|reading| reading.harvest.projects.iter()).map(|project| project.id().to_string()).collect()
}

fn address() -> Box<Url> {
    Box::new("https://example.org/".parse().unwrap())
}

fn unreachable() -> Step {
    Step::Fail(Failure::Unreachable { url: address(), reason: "no answer".to_owned() })
}

fn throttled(seconds: u64) -> Step {
    Step::Fail(Failure::Throttled { url: address(), wait: Some(Duration::from_secs(seconds)) })
}

fn refused() -> Step {
    Step::Fail(Failure::Refused { url: address(), reason: "status 403".to_owned(), excerpt: String::new() })
}

#[tokio::test]
async fn any_number_of_askers_cause_one_harvest() {
    let ((_, clock), script) = (manual(), Script::held([Step::Bring(vec![project("eib:1")])]));
    let harvester = harvester(vec![source("eib", script.clone(), &clock, None)], &clock, CONFIG);
    let asked: Vec<_> = (0..64)
        .map(|_| {
            let harvester = Arc::clone(&harvester);
            tokio::spawn(async move { harvester.refresh("eib-projects").await.unwrap() })
        })
        .collect();
    tokio::task::yield_now().await;
    assert!(harvester.source("eib-projects").unwrap().status().harvesting);
    script.release();
    for outcome in asked {
        assert!(matches!(&*outcome.await.unwrap(), Outcome::Read(reading) if reading.harvest.projects.len() == 1));
    }
    assert_eq!(script.harvests(), 1);
    assert!(harvester.refresh("nobody").await.is_none());
}

#[tokio::test]
async fn a_failure_is_shared_for_a_moment_and_then_tried_again() {
    let ((_, clock), script) = (manual(), Script::of([unreachable(), Step::Bring(vec![project("eib:1")])]));
    let config = HarvestConfig { outcome_shared_ms: 150, ..CONFIG };
    let harvester = harvester(vec![source("eib", script.clone(), &clock, None)], &clock, config);
    for _ in 0..3 {
        let outcome = harvester.refresh("eib-projects").await.unwrap();
        assert!(matches!(&*outcome, Outcome::Failed(Failure::Unreachable { .. })));
    }
    assert_eq!(script.harvests(), 1);
    tokio::time::sleep(Duration::from_millis(250)).await;
    assert!(matches!(&*harvester.refresh("eib-projects").await.unwrap(), Outcome::Read(_)));
    assert_eq!(script.harvests(), 2);
}

/// Seconds until the next attempt after each of these steps.
async fn waits(steps: Vec<Step>) -> Vec<i64> {
    let ((manual, clock), many) = (manual(), steps.len());
    let harvester = harvester(vec![source("eib", Script::of(steps), &clock, Some(baseline()))], &clock, UNSHARED);
    let mut waits = Vec::new();
    for _ in 0..many {
        again(&harvester).await;
        let next = harvester.source("eib-projects").unwrap().status().next_attempt_at.unwrap();
        waits.push((next - manual.now()).num_seconds());
        manual.advance(Duration::from_secs(1));
    }
    waits
}

#[tokio::test]
async fn the_wait_doubles_up_to_a_limit_and_begins_anew_after_a_success() {
    let failures = || (0..5).map(|_| unreachable());
    let bring = || Step::Bring(vec![project("eib:1")]);
    let steps = failures().chain([bring()]).chain([unreachable()]).collect();
    assert_eq!(waits(steps).await, [60, 120, 240, 480, 600, 3_600, 60]);
}

#[tokio::test]
async fn a_wait_that_the_partner_names_is_kept_where_it_is_longer_and_believable() {
    assert_eq!(waits(vec![throttled(10)]).await, [60]);
    assert_eq!(waits(vec![throttled(3_000)]).await, [3_000]);
    assert_eq!(waits(vec![throttled(u64::MAX)]).await, [7 * 24 * 3_600]);
    assert_eq!(waits(vec![throttled(100_000_000_000_000)]).await, [7 * 24 * 3_600]);
}

#[tokio::test]
async fn what_will_not_pass_by_itself_waits_longest_at_once() {
    assert_eq!(waits(vec![refused()]).await, [600]);
    assert_eq!(waits(vec![Step::Panic]).await, [600]);
}

#[tokio::test]
async fn an_empty_answer_never_takes_away_what_is_shown() {
    let bring = Step::Bring(vec![project("eib:1")]);
    let ((_, clock), script) = (manual(), Script::of([Step::Bring(Vec::new()), bring, Step::Bring(Vec::new())]));
    let harvester = harvester(vec![source("eib", script, &clock, Some(baseline()))], &clock, UNSHARED);
    let source = harvester.source("eib-projects").unwrap();
    for (shown, state) in
        [("eib:old", SourceState::Baseline), ("eib:1", SourceState::Fresh), ("eib:1", SourceState::Failed)]
    {
        again(&harvester).await;
        assert_eq!((ids(source), source.state(at(0))), (vec![shown.to_owned()], state));
    }
    assert!(source.status().last_error.as_deref().unwrap().contains("without a single record"));
}

#[tokio::test]
async fn a_panicking_connector_counts_as_failed_and_is_tried_again() {
    let ((_, clock), script) = (manual(), Script::of([Step::Panic, Step::Bring(vec![project("eib:1")])]));
    let harvester = harvester(vec![source("eib", script, &clock, Some(baseline()))], &clock, UNSHARED);
    let source = harvester.source("eib-projects").unwrap();
    assert!(matches!(&*again(&harvester).await, Outcome::Stopped));
    assert_eq!((ids(source), source.status().harvesting), (vec!["eib:old".to_owned()], false));
    assert!(matches!(&*again(&harvester).await, Outcome::Read(_)));
    assert_eq!(ids(source), ["eib:1"]);
}

#[tokio::test]
async fn a_harvest_whose_asker_goes_away_does_not_block_the_source_for_ever() {
    let ((_, clock), script) = (manual(), Script::held([Step::Bring(vec![project("eib:1")])]));
    let harvester = harvester(vec![source("eib", script.clone(), &clock, None)], &clock, CONFIG);
    let asking = Arc::clone(&harvester);
    let asked = tokio::spawn(async move { asking.refresh("eib-projects").await });
    tokio::task::yield_now().await;
    asked.abort();
    assert!(asked.await.is_err());
    let status = harvester.source("eib-projects").unwrap().status();
    assert_eq!((status.harvesting, status.failures, status.is_due(at(1))), (false, 1, true));
    script.release();
    assert!(matches!(&*harvester.refresh("eib-projects").await.unwrap(), Outcome::Read(_)));
}

#[tokio::test]
async fn one_partner_that_hangs_or_fails_never_blocks_another() {
    let (_, clock) = manual();
    let (hangs, fails) = (Script::held([]), Script::of([refused()]));
    let works = Script::of([Step::Bring(vec![project("ceb:1")])]);
    let sources = vec![
        source("eib", hangs.clone(), &clock, None),
        source("ebrd", fails, &clock, None),
        source("ceb", works, &clock, None),
    ];
    let harvester = harvester(sources, &clock, CONFIG);
    harvester.refresh_due();
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    let states: Vec<_> = harvester.states(at(0));
    assert_eq!(states, [SourceState::NeverFetched, SourceState::NeverFetched, SourceState::Fresh]);
    let failures: Vec<_> = harvester.sources().iter().map(|source| source.status().failures).collect();
    assert_eq!((failures, harvester.sources()[0].status().harvesting), (vec![0, 1, 0], true));
    hangs.release();
}

#[tokio::test]
async fn what_is_due_is_asked_for_once_however_often_it_is_looked_at() {
    let ((manual, clock), script) = (manual(), Script::held((0..3).map(|_| Step::Bring(vec![project("eib:1")]))));
    let harvester = harvester(vec![source("eib", script.clone(), &clock, None)], &clock, UNSHARED);
    for _ in 0..50 {
        harvester.refresh_due();
    }
    for _ in 0..50 {
        tokio::task::yield_now().await;
        harvester.refresh_due();
    }
    script.release();
    tokio::time::sleep(Duration::from_millis(50)).await;
    harvester.refresh_due();
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert_eq!(script.harvests(), 1, "fresh: nothing is due");
    manual.advance(Duration::from_secs(3_600));
    harvester.refresh_due();
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(script.harvests(), 2, "past its age");
}

#[tokio::test]
async fn without_leave_to_read_by_itself_it_only_reads_when_asked() {
    let ((_, clock), script) = (manual(), Script::of([]));
    let config = HarvestConfig { automatic: false, ..CONFIG };
    let harvester = harvester(vec![source("eib", script.clone(), &clock, None)], &clock, config);
    harvester.refresh_due();
    tokio::task::yield_now().await;
    assert_eq!(script.harvests(), 0);
    assert!(matches!(&*harvester.refresh("eib-projects").await.unwrap(), Outcome::Empty));
}

#[tokio::test]
async fn an_unchanged_record_keeps_the_instant_of_its_first_reading() {
    let changed = |native: &str, raw: &str| {
        let provenance = Provenance::new("eib-projects", None, at(0), raw.to_owned(), "application/json");
        Project { provenance, ..project(&format!("eib:{native}")) }
    };
    let first = vec![changed("same", "a"), changed("other", "b")];
    let second = vec![changed("new", "d"), changed("other", "c"), changed("same", "a")];
    let ((manual, clock), script) = (manual(), Script::of([Step::Bring(first), Step::Bring(second)]));
    let harvester = harvester(vec![source("eib", script, &clock, Some(baseline()))], &clock, UNSHARED);
    again(&harvester).await;
    manual.advance(Duration::from_secs(600));
    again(&harvester).await;
    let reading = harvester.source("eib-projects").unwrap().reading().unwrap();
    assert_eq!((reading.first_read.iter().collect(), reading.retrieved_at), (vec![at(10), at(10), at(0)], at(10)));
}

#[tokio::test]
async fn the_revision_grows_and_wakes_with_every_change_of_status() {
    let ((_, clock), script) = (manual(), Script::of([Step::Bring(vec![project("eib:1")]), unreachable()]));
    let harvester = harvester(vec![source("eib", script, &clock, None)], &clock, UNSHARED);
    let mut before = harvester.revision();
    for _ in 0..2 {
        again(&harvester).await;
        harvester.changed().await;
        assert!(harvester.revision() > before);
        before = harvester.revision();
    }
}

#[test]
fn a_reading_for_other_countries_is_shown_and_due_at_once() {
    let (_, clock) = manual();
    let due = |countries: &[&str]| {
        let countries = countries.iter().map(|code| code.parse().unwrap()).collect();
        let kept = Reading { countries, ..Reading::clone(&reading("eib-projects", 0, vec![project("eib:1")])) };
        let source = source("eib", Script::default(), &clock, Some(Arc::new(kept)));
        (ids(&source), source.is_due(at(0)))
    };
    assert_eq!(due(&["UA"]), (vec!["eib:1".to_owned()], false));
    assert_eq!(due(&["UA", "PL"]), (vec!["eib:1".to_owned()], true));
}

/// A disk that is busy until it is told otherwise.
struct Busy {
    begun: tokio::sync::Notify,
    free: Semaphore,
}

#[async_trait]
impl Readings for Busy {
    async fn load(&self, _: &str) -> Result<Option<Reading>, StoreError> {
        Ok(None)
    }

    async fn save(&self, _: Arc<Reading>) -> Result<(), StoreError> {
        self.begun.notify_one();
        self.free.acquire().await.unwrap().forget();
        Ok(())
    }
}

#[tokio::test]
async fn a_reading_is_shown_while_it_is_being_kept() {
    let (_, clock) = manual();
    let script = Script::of([Step::Bring(vec![project("eib:new")])]);
    let disk = Arc::new(Busy { begun: tokio::sync::Notify::new(), free: Semaphore::new(0) });
    let readings: Arc<dyn Readings> = Arc::clone(&disk) as _;
    let harvester =
        Arc::new(Harvester::new(vec![source("eib", script, &clock, None)], readings, Arc::clone(&clock), CONFIG));
    let refreshing = tokio::spawn({
        let harvester = Arc::clone(&harvester);
        async move { harvester.refresh("eib-projects").await }
    });
    disk.begun.notified().await;
    assert_eq!(ids(&harvester.sources()[0]), ["eib:new"]);
    assert!(!harvester.sources()[0].status().harvesting);
    disk.free.add_permits(1);
    assert!(matches!(*refreshing.await.unwrap().unwrap(), Outcome::Read(_)));
}
