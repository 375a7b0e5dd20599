//! Who answers: the network, or a recording.

use std::sync::{Arc, Once};
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderValue, RETRY_AFTER};
use url::Url;

use super::{Expect, Failure, HttpOptions};
use crate::stage::Recording;

/// Who answers a client's requests.
#[derive(Clone)]
pub enum Transport {
    /// The partner, over the network.
    Network(reqwest::Client),
    /// The partner's recorded answers, without any socket.
    Recording(Arc<Recording>),
}

/// An answer whose body has not been read.
pub(super) struct RawAnswer {
    pub(super) status: u16,
    pub(super) media_type: String,
    pub(super) retry_after: Option<String>,
    pub(super) body: RawBody,
}

pub(super) enum RawBody {
    Network(reqwest::Response),
    Recorded(Option<Bytes>),
}

impl Transport {
    /// A network transport with the options' user agent and time limit.
    ///
    /// # Errors
    /// [`Failure::Unreachable`] where this machine cannot make a TLS client (no root certificates, say).
    pub fn network(options: &HttpOptions) -> Result<Self, Failure> {
        static PROVIDER: Once = Once::new();
        PROVIDER.call_once(|| {
            // Another part of the process may have chosen a provider already; then that one serves.
            drop(rustls::crypto::ring::default_provider().install_default());
        });
        reqwest::Client::builder()
            .user_agent(&options.user_agent)
            .timeout(Duration::from_secs(options.timeout_seconds))
            .connect_timeout(Duration::from_secs(options.timeout_seconds.min(20)))
            .redirect(reqwest::redirect::Policy::limited(5))
            .build()
            .map(Self::Network)
            .map_err(|error| Failure::Unreachable { url: Box::new(options.base_url.clone()), reason: chain(&error) })
    }

    pub(super) async fn send(&self, url: &Url, expect: Expect) -> Result<RawAnswer, Failure> {
        match self {
            Self::Network(client) => {
                let request = client.get(url.clone()).header(ACCEPT, HeaderValue::from_static(expect.accept()));
                let response = request.send().await.map_err(|error| Failure::Unreachable {
                    url: Box::new(url.clone()),
                    reason: chain(&error.without_url()),
                })?;
                let headers = response.headers();
                Ok(RawAnswer {
                    status: response.status().as_u16(),
                    media_type: header(headers, &CONTENT_TYPE),
                    retry_after: Some(header(headers, &RETRY_AFTER)).filter(|text| !text.is_empty()),
                    body: RawBody::Network(response),
                })
            }
            Self::Recording(recording) => {
                let recorded = recording.answer(url.path(), url.query().unwrap_or_default());
                Ok(RawAnswer {
                    status: recorded.status,
                    media_type: recorded.media_type,
                    retry_after: None,
                    body: RawBody::Recorded(Some(recorded.body)),
                })
            }
        }
    }
}

impl RawBody {
    pub(super) async fn chunk(&mut self, url: &Url) -> Result<Option<Bytes>, Failure> {
        match self {
            Self::Network(response) => response.chunk().await.map_err(|error| {
                let error = error.without_url();
                if error.is_timeout() {
                    return Failure::Unreachable { url: Box::new(url.clone()), reason: chain(&error) };
                }
                Failure::cut_short(url, chain(&error))
            }),
            Self::Recorded(body) => Ok(body.take()),
        }
    }
}

fn header(headers: &HeaderMap, name: &reqwest::header::HeaderName) -> String {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

/// An error with all its causes on one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let inner_text = inner.to_string();
        if !text.contains(&inner_text) {
            text = format!("{text}: {inner_text}");
        }
        cause = inner.source();
    }
    text
}
