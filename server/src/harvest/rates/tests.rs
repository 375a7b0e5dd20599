//! Rates over HTTP, on disk, and when they are asked for. Rates written here are invented.

use connectors::http::ManualClock;
use connectors::model::{AmountBasis, CurrencyCode, Money, PartialDate};
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;
use crate::money::RateDate;

const ECB: &str = "/service/data/EXR/D..EUR.SP00.A";
const NBU: &str = "/NBU_Exchange/exchange_site";

struct Publishers {
    server: MockServer,
    folder: tempfile::TempDir,
    clock: Arc<ManualClock>,
}

impl Publishers {
    async fn new() -> Self {
        let clock = Arc::new(ManualClock::at("2026-11-25T12:00:00Z".parse().unwrap()));
        Self { server: MockServer::start().await, folder: tempfile::tempdir().unwrap(), clock }
    }

    async fn answer(self, at: &str, status: u16, body: &str, media_type: &str) -> Self {
        let answer = ResponseTemplate::new(status).set_body_raw(body, media_type);
        Mock::given(method("GET")).and(path(at)).respond_with(answer).mount(&self.server).await;
        self
    }

    async fn ecb(self) -> Self {
        let csv = "KEY,FREQ,CURRENCY,CURRENCY_DENOM,EXR_TYPE,EXR_SUFFIX,TIME_PERIOD,OBS_VALUE\n\
                   x,D,USD,EUR,SP00,A,2026-11-24,1.25\nx,D,USD,EUR,SP00,A,2026-11-24,1.20\n";
        self.answer(ECB, 200, csv, "text/csv").await
    }

    async fn nbu(self) -> Self {
        let json = r#"[{"cc":"EUR","exchangedate":"25.11.2026","rate":50.5}]"#;
        self.answer(NBU, 200, json, "application/json").await
    }

    async fn open(&self, enabled: bool) -> Arc<RateFeeds> {
        let base_url: Url = self.server.uri().parse().unwrap();
        let config =
            RatesConfig { enabled, ecb_base_url: base_url.clone(), nbu_base_url: base_url, max_age_minutes: 60 };
        let harvest = crate::config::Config::default().harvest;
        let clock: Arc<dyn Clock> = self.clock.clone();
        Arc::new(RateFeeds::open(&config, &harvest, self.folder.path(), clock).await.unwrap())
    }

    async fn requests(&self) -> usize {
        self.server.received_requests().await.unwrap().len()
    }

    fn states(&self, feeds: &RateFeeds) -> Vec<SourceState> {
        feeds.states(self.clock.now())
    }
}

/// What one euro was worth on 24 November 2026.
fn euro_in(rates: &Rates, currency: &str, day: &str) -> Option<String> {
    let date = Some(PartialDate::parse(day).unwrap());
    let money = Money::new(1.into(), CurrencyCode::EUR, AmountBasis::Signed, date);
    let value = rates.value_in(&money, CurrencyCode::new(currency).unwrap(), RateDate::ValueDate);
    value.ok().map(|value| value.normalize().to_string())
}

#[tokio::test]
async fn newer_rates_are_added_kept_and_found_again_without_a_network() {
    let publishers = Publishers::new().await.ecb().await.nbu().await;
    let feeds = publishers.open(true).await;
    assert_eq!(publishers.states(&feeds), [SourceState::Baseline; 2]);
    let before = feeds.rates();
    assert_eq!(euro_in(&before, "USD", "2026-11-24"), None);
    feeds.refresh_all().await;
    let after = feeds.rates();
    assert!(!Arc::ptr_eq(&before, &after));
    assert_ne!(before.revision(), after.revision());
    assert_eq!(euro_in(&after, "USD", "2026-11-24").as_deref(), Some("1.2"), "the later of two of one day");
    assert_eq!(euro_in(&after, "UAH", "2026-11-25").as_deref(), Some("50.5"));
    assert_eq!(publishers.states(&feeds), [SourceState::Fresh; 2]);
    let ecb = &feeds.now(publishers.clock.now())[0];
    assert_eq!(ecb.status.published_at, "2026-11-24".parse().ok());

    let again = publishers.open(false).await;
    assert_eq!(euro_in(&again.rates(), "UAH", "2026-11-25").as_deref(), Some("50.5"));
    assert_eq!(again.rates().revision(), after.revision());
    assert_eq!(publishers.states(&again), [SourceState::Fresh; 2]);
    assert_eq!(publishers.requests().await, 2);
}

#[tokio::test]
async fn only_what_is_newer_is_asked_for() {
    let publishers = Publishers::new().await.ecb().await.nbu().await;
    let feeds = publishers.open(true).await;
    feeds.refresh_all().await;
    feeds.refresh_all().await;
    let asked = publishers.server.received_requests().await.unwrap();
    let queries: Vec<&str> = asked.iter().filter_map(|request| request.url.query()).collect();
    assert_eq!(queries[0], "format=csvdata&startPeriod=2026-10-20");
    assert!(queries[1].starts_with("start=19990101&end=20261126&valcode=eur"), "{}", queries[1]);
    assert_eq!(queries[2], "format=csvdata&startPeriod=2026-11-14");
    assert!(queries[3].starts_with("start=20261115&end=20261126"), "{}", queries[3]);
}

#[tokio::test]
async fn the_same_rates_again_change_nothing() {
    let publishers = Publishers::new().await.ecb().await.nbu().await;
    let feeds = publishers.open(true).await;
    feeds.refresh_all().await;
    let before = feeds.rates();
    feeds.refresh_all().await;
    assert!(Arc::ptr_eq(&before, &feeds.rates()));
}

#[tokio::test]
async fn a_publisher_that_fails_leaves_what_is_known() {
    let publishers = Publishers::new().await.answer(ECB, 403, "no", "text/plain").await;
    let publishers = publishers.answer(NBU, 200, "<html>", "text/html").await;
    let feeds = publishers.open(true).await;
    let before = feeds.rates();
    feeds.refresh_all().await;
    assert!(Arc::ptr_eq(&before, &feeds.rates()));
    for now in feeds.now(publishers.clock.now()).iter() {
        assert_eq!(now.state, SourceState::Baseline);
        assert!(now.status.last_error.is_some() && !now.status.is_due(publishers.clock.now()), "{}", now.feed.id);
        assert!(now.status.is_due(publishers.clock.now() + TimeDelta::hours(2)));
    }
}

#[tokio::test]
async fn what_is_due_is_read_in_the_background_and_only_where_it_is_wanted() {
    let publishers = Publishers::new().await.ecb().await.nbu().await;
    let off = publishers.open(false).await;
    off.refresh_due();
    tokio::task::yield_now().await;
    assert_eq!((publishers.requests().await, off.revision()), (0, 0));
    let feeds = publishers.open(true).await;
    feeds.refresh_due();
    feeds.refresh_due();
    while publishers.states(&feeds) != [SourceState::Fresh; 2] {
        feeds.changed().await;
    }
    assert_eq!(publishers.requests().await, 2, "each once");
    feeds.refresh_due();
    assert!(feeds.now(publishers.clock.now()).iter().all(|now| !now.status.harvesting), "nothing is due");
}

#[tokio::test]
async fn rates_of_another_address_are_not_taken_for_the_publishers() {
    let publishers = Publishers::new().await.ecb().await.nbu().await;
    publishers.open(true).await.refresh_all().await;
    let elsewhere = Publishers { server: MockServer::start().await, ..publishers };
    let feeds = elsewhere.open(true).await;
    assert_eq!(elsewhere.states(&feeds), [SourceState::Baseline; 2]);
    assert_eq!(feeds.rates().revision(), Rates::embedded().revision());
}
