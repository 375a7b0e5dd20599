//! A partner played on a mock server from its recorded answers. Shared by the test targets.

use std::sync::atomic::{AtomicUsize, Ordering};

use connectors::partners::Partner;
use connectors::stage::{Recorded, Recording};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

/// One request, as the played partner sees it.
pub(crate) struct Asked {
    /// Counted from 1.
    pub(crate) number: usize,
    /// The path below the base address.
    pub(crate) path: String,
    /// What the recording answers.
    pub(crate) recorded: Recorded,
}

/// A partner that answers on a port of its own, and counts how often it was asked.
pub(crate) struct Played {
    /// There until it is dropped.
    server: Option<MockServer>,
}

impl Played {
    /// Plays the recorded answers as they are, or with a fault.
    pub(crate) async fn with(
        partner: &'static Partner,
        answer: impl Fn(Asked) -> ResponseTemplate + Send + Sync + 'static,
    ) -> Self {
        let recording = recording(partner);
        let number = AtomicUsize::new(0);
        let respond = move |request: &Request| {
            let path = request.url.path().to_owned();
            let recorded = recording.answer(&path, request.url.query().unwrap_or_default());
            answer(Asked { number: number.fetch_add(1, Ordering::Relaxed) + 1, path, recorded })
        };
        let server = MockServer::start().await;
        Mock::given(any()).respond_with(respond).mount(&server).await;
        Self { server: Some(server) }
    }

    /// The address below which it answers.
    pub(crate) fn address(&self) -> String {
        self.server().uri()
    }

    /// What was asked for, in order: paths with their queries.
    pub(crate) async fn requests(&self) -> Vec<String> {
        let received = self.server().received_requests().await.unwrap_or_default();
        received.into_iter().map(|request| path_and_query(&request.url)).collect()
    }

    fn server(&self) -> &MockServer {
        self.server.as_ref().unwrap_or_else(|| panic!("the partner has been dropped"))
    }
}

/// A mock server waits for a lock when it is dropped. In a task that has used up its turn tokio lets nobody have one, and
/// the turn never ends, since the thread waits: so it is dropped on a thread of its own.
impl Drop for Played {
    fn drop(&mut self) {
        let server = self.server.take();
        drop(std::thread::spawn(move || drop(server)).join());
    }
}

fn path_and_query(url: &reqwest::Url) -> String {
    url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()))
}

/// The recorded answers of a partner.
pub(crate) fn recording(partner: &Partner) -> Recording {
    Recording::of(partner).unwrap_or_else(|reason| panic!("{reason}"))
}

/// A recorded answer, as the mock server gives it.
pub(crate) fn template(recorded: Recorded) -> ResponseTemplate {
    ResponseTemplate::new(recorded.status).set_body_raw(recorded.body.to_vec(), &recorded.media_type)
}
