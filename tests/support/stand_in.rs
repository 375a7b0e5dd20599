//! The four partners as the hub meets them in a test: each played, or in some trouble that can change while it runs.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use connectors::partners::{self, Partner};
use wiremock::ResponseTemplate;

use crate::played::{Asked, Played, template};

/// How a partner meets the hub.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Conduct {
    /// Answers as recorded.
    Played,
    /// Refuses every request: 403.
    Refuses,
    /// Breaks down at every request: 500.
    Fails,
    /// Takes the question and says nothing.
    Silent,
    /// Takes no connection.
    Closed,
}

/// Longer than any test runs.
const NEVER: Duration = Duration::from_secs(3_600);

/// A port that no test listens on, so that a connection to it is refused at once.
const CLOSED: &str = "http://127.0.0.1:1";

/// One partner's part in a test.
pub(crate) struct StandIn {
    /// Whose part it is.
    pub(crate) partner: &'static Partner,
    conduct: Arc<AtomicU8>,
    played: Played,
    closed: bool,
}

impl StandIn {
    async fn new(partner: &'static Partner, start: Conduct) -> Self {
        let conduct = Arc::new(AtomicU8::new(start as u8));
        let seen = Arc::clone(&conduct);
        let answer = move |asked: Asked| match seen.load(Ordering::Acquire) {
            refuses if refuses == Conduct::Refuses as u8 => ResponseTemplate::new(403),
            fails if fails == Conduct::Fails as u8 => ResponseTemplate::new(500),
            silent if silent == Conduct::Silent as u8 => template(asked.recorded).set_delay(NEVER),
            _ => template(asked.recorded),
        };
        let played = Played::with(partner, answer).await;
        Self { partner, conduct, played, closed: start == Conduct::Closed }
    }

    /// From now on the partner acts in this way, at the same address.
    pub(crate) fn turn(&self, conduct: Conduct) {
        assert!(!self.closed && conduct != Conduct::Closed, "what is closed stays so, and has its own address");
        self.conduct.store(conduct as u8, Ordering::Release);
    }

    /// The address that the hub is given.
    pub(crate) fn address(&self) -> String {
        if self.closed { CLOSED.to_owned() } else { self.played.address() }
    }

    /// The addresses that the hub asked for, in order.
    pub(crate) async fn requests(&self) -> Vec<String> {
        self.played.requests().await
    }
}

/// All partners of the registry.
pub(crate) struct Partners(Vec<StandIn>);

impl Partners {
    /// Every partner with the same conduct.
    pub(crate) async fn all(conduct: Conduct) -> Self {
        Self::each(|_| conduct).await
    }

    /// Each partner with its own.
    pub(crate) async fn each(conduct: impl Fn(&str) -> Conduct) -> Self {
        let mut parts = Vec::new();
        for partner in partners::ALL {
            parts.push(StandIn::new(partner, conduct(partner.id)).await);
        }
        Self(parts)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &StandIn> {
        self.0.iter()
    }

    /// The part of one partner.
    pub(crate) fn get(&self, id: &str) -> &StandIn {
        self.iter().find(|part| part.partner.id == id).unwrap_or_else(|| panic!("no partner {id}"))
    }

    /// The settings under which the hub asks these partners: no pace, no repeats.
    pub(crate) fn settings(&self) -> Vec<(String, String)> {
        let of = |part: &StandIn| {
            let set = |key, value| (format!("PARTNERS__{}__{key}", part.partner.id.to_uppercase()), value);
            [set("BASE_URL", part.address()), set("PACE_MS", "0".to_owned()), set("RETRIES", "0".to_owned())]
        };
        let mut settings: Vec<_> = self.iter().flat_map(of).collect();
        // The recording ends with a certain year and the hub's clock does not: enough years back from any day.
        settings.push(("PARTNERS__OECD__YEARS".to_owned(), "20".to_owned()));
        settings
    }
}
