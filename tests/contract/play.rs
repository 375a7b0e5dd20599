//! A partner played on a mock server, and a reading of it by its own connector.

use std::sync::Arc;
use std::time::Duration;

use connectors::connector::{Failure, Harvest};
use connectors::http::{Client, HttpOptions, ManualClock, MemoryLedger, Transport};
use connectors::partners::{Feed, Partner};
use connectors::stage;
use wiremock::ResponseTemplate;

use crate::COUNTRIES;
use crate::played::Played;
pub(crate) use crate::played::{Asked, recording, template};

/// More requests than this for recorded answers of a few dozen records mean that a reading does not end by itself.
pub(crate) const MANY_REQUESTS: u64 = 1_000;

/// A partner that answers.
pub(crate) struct Play {
    played: Played,
    reader: Reader,
}

impl Play {
    /// Plays the recorded answers as they are.
    pub(crate) async fn faithful(partner: &'static Partner, feed: &'static Feed) -> Self {
        Self::with(partner, feed, |asked| template(asked.recorded)).await
    }

    /// Plays the recorded answers with a fault.
    pub(crate) async fn with(
        partner: &'static Partner,
        feed: &'static Feed,
        answer: impl Fn(Asked) -> ResponseTemplate + Send + Sync + 'static,
    ) -> Self {
        let played = Played::with(partner, answer).await;
        let reader = Reader::new(partner, feed, &played.address());
        Self { played, reader }
    }

    pub(crate) async fn read(&self) -> Result<Harvest, Failure> {
        self.reader.read(|_| {}).await
    }

    pub(crate) async fn read_with(&self, change: impl FnOnce(&mut HttpOptions)) -> Result<Harvest, Failure> {
        self.reader.read(change).await
    }

    /// How often the partner was asked.
    pub(crate) async fn requests(&self) -> usize {
        self.played.requests().await.len()
    }

    /// What the client waited for, by a clock that does not wait.
    pub(crate) fn waits(&self) -> Vec<Duration> {
        self.reader.clock.waits()
    }
}

/// A feed's connector, at an address of ours.
pub(crate) struct Reader {
    partner: &'static Partner,
    feed: &'static Feed,
    base: String,
    clock: Arc<ManualClock>,
}

impl Reader {
    /// The clock shows the day of the recording, since some partners are asked by year.
    pub(crate) fn new(partner: &'static Partner, feed: &'static Feed, base: &str) -> Self {
        let clock = Arc::new(ManualClock::at(recording(partner).compiled()));
        Self { partner, feed, base: base.to_owned(), clock }
    }

    /// Reads everything about the suite's countries, with two repeats and no pace whatever the partner's defaults are.
    pub(crate) async fn read(&self, change: impl FnOnce(&mut HttpOptions)) -> Result<Harvest, Failure> {
        let base_url = self.base.parse().expect("an address of ours");
        let mut options = HttpOptions { base_url, pace_ms: 0, retries: 2, budget: None, ..(self.partner.http)() };
        change(&mut options);
        let transport = Transport::network(&options)?;
        let client = Client::new(options, transport, Arc::new(MemoryLedger), self.clock.clone());
        client.progress().allow_requests(MANY_REQUESTS);
        let connector = (self.feed.open)(client, &COUNTRIES, &toml::Table::new()).expect("no options are good options");
        stage::read_all(&*connector, &COUNTRIES).await
    }
}
