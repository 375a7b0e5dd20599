//! Which pages of other origins may read answers.
//!
//! A request from an origin that is not in the list is answered without the headers that would let its page read the
//! answer; it is not refused, since the hub's own pages and all clients that are no browsers send it, too. Credentials
//! are never allowed, so a page can read nothing in its visitor's name.

use std::sync::Arc;

use poem::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use poem::{Endpoint, IntoResponse, Middleware, Request, Response, Result};

use crate::config::HttpConfig;

const METHODS: &str = "GET, POST, OPTIONS";
const HEADERS: &str = "accept, authorization, content-type, if-none-match";
const EXPOSED: &str = "etag, retry-after, x-request-id";
/// How long browsers keep what they were told, in seconds.
const KEEP: &str = "86400";

/// Tells browsers whose pages may read an answer.
#[derive(Clone)]
pub(super) struct Cors {
    any: bool,
    origins: Arc<[String]>,
}

impl Cors {
    pub(super) fn new(config: &HttpConfig) -> Self {
        let any = config.cors_origins.iter().any(|origin| origin == "*");
        // Browsers send an origin without a slash and in small letters.
        let plain = |origin: &String| origin.trim_end_matches('/').to_ascii_lowercase();
        Self { any, origins: config.cors_origins.iter().map(plain).collect() }
    }

    /// What is told to this origin; `None` where its pages may not read answers.
    fn told(&self, origin: Option<&HeaderValue>) -> Option<HeaderValue> {
        if self.any {
            return Some(HeaderValue::from_static("*"));
        }
        origin
            .filter(|origin| origin.to_str().is_ok_and(|text| self.origins.iter().any(|known| known == text)))
            .cloned()
    }
}

fn set(headers: &mut HeaderMap, values: &[(HeaderName, &'static str)]) {
    for (name, value) in values {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

impl<Inner: Endpoint> Middleware<Inner> for Cors {
    type Output = Shared<Inner>;
    fn transform(&self, inner: Inner) -> Self::Output {
        Shared { inner, cors: self.clone() }
    }
}

pub(super) struct Shared<Inner> {
    inner: Inner,
    cors: Cors,
}

impl<Inner: Endpoint> Endpoint for Shared<Inner> {
    type Output = Response;
    async fn call(&self, request: Request) -> Result<Response> {
        let told = self.cors.told(request.headers().get(header::ORIGIN));
        let asks_first = request.method() == Method::OPTIONS
            && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
        let mut response = if asks_first {
            Response::builder().status(StatusCode::NO_CONTENT).finish()
        } else {
            self.inner.call(request).await?.into_response()
        };
        let headers = response.headers_mut();
        if !self.cors.any {
            headers.append(header::VARY, HeaderValue::from_static("origin"));
        }
        let Some(told) = told else { return Ok(response) };
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, told);
        set(headers, &[(header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED)]);
        if asks_first {
            let allowed = [
                (header::ACCESS_CONTROL_ALLOW_METHODS, METHODS),
                (header::ACCESS_CONTROL_ALLOW_HEADERS, HEADERS),
                (header::ACCESS_CONTROL_MAX_AGE, KEEP),
            ];
            set(headers, &allowed);
        }
        Ok(response)
    }
}
