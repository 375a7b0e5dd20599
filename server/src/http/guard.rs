//! What every request passes through: limits, headers, the log.

use std::time::{Duration, Instant};

use poem::http::{HeaderName, HeaderValue, StatusCode, header};
use poem::middleware::ReqId;
use poem::web::Json;
use poem::{Body, Endpoint, IntoResponse, Middleware, Request, Response, Result};
use serde_json::json;

use crate::config::HttpConfig;

/// An error of the hub's own, in the form of a GraphQL answer so that every client can read it.
pub(super) fn error(status: StatusCode, code: &str, message: &str) -> Response {
    error_with_id(status, code, message, None)
}

/// The same with the id by which the log has the cause.
pub(super) fn error_with_id(status: StatusCode, code: &str, message: &str, id: Option<&str>) -> Response {
    let mut extensions = json!({ "code": code });
    if let Some(id) = id {
        extensions["id"] = json!(id);
    }
    let body = json!({ "errors": [{ "message": message, "extensions": extensions }] });
    let response = Json(body).with_status(status).into_response();
    response.with_header(header::CACHE_CONTROL, "no-store").into_response()
}

/// Refuses bodies that are too large or too slow, before anything reads them.
#[derive(Debug, Clone, Copy)]
pub(super) struct BodyLimit {
    most: usize,
    time: Duration,
}

impl BodyLimit {
    pub(super) fn new(config: &HttpConfig) -> Self {
        Self { most: config.max_body_bytes, time: Duration::from_secs(config.body_timeout_seconds) }
    }
}

impl<Inner: Endpoint> Middleware<Inner> for BodyLimit {
    type Output = Limited<Inner>;
    fn transform(&self, inner: Inner) -> Self::Output {
        Limited { inner, limit: *self }
    }
}

pub(super) struct Limited<Inner> {
    inner: Inner,
    limit: BodyLimit,
}

impl<Inner: Endpoint> Endpoint for Limited<Inner> {
    type Output = Response;
    async fn call(&self, mut request: Request) -> Result<Response> {
        let BodyLimit { most, time } = self.limit;
        let read = tokio::time::timeout(time, request.take_body().into_bytes_limit(most)).await;
        let body = match read {
            Ok(Ok(body)) => body,
            Ok(Err(poem::error::ReadBodyError::PayloadTooLarge)) => {
                let message = format!("The request body is larger than {most} bytes (`http.max_body_bytes`).");
                return Ok(error(StatusCode::PAYLOAD_TOO_LARGE, "BODY_TOO_LARGE", &message));
            }
            Ok(Err(_)) => {
                return Ok(error(StatusCode::BAD_REQUEST, "BODY_UNREADABLE", "The request body ended early."));
            }
            Err(_) => {
                let message = "The request body took too long to arrive (`http.body_timeout_seconds`).";
                return Ok(error(StatusCode::REQUEST_TIMEOUT, "BODY_TOO_SLOW", message));
            }
        };
        request.set_body(Body::from_bytes(body));
        Ok(self.inner.call(request).await?.into_response())
    }
}

/// Headers that keep browsers from doing more with an answer than it is for.
#[derive(Debug, Clone, Copy)]
pub(super) struct SecurityHeaders;

impl<Inner: Endpoint> Middleware<Inner> for SecurityHeaders {
    type Output = Secured<Inner>;
    fn transform(&self, inner: Inner) -> Self::Output {
        Secured(inner)
    }
}

pub(super) struct Secured<Inner>(Inner);

impl<Inner: Endpoint> Endpoint for Secured<Inner> {
    type Output = Response;
    async fn call(&self, request: Request) -> Result<Response> {
        const HEADERS: [(HeaderName, &str); 5] = [
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::X_FRAME_OPTIONS, "DENY"),
            (header::REFERRER_POLICY, "no-referrer"),
            // Answers are meant for other origins' pages; which of them may read one is said by CORS.
            (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
            (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
        ];
        let mut response = self.0.get_response(request).await;
        for (name, value) in HEADERS {
            // A page brings its own policy.
            response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
        }
        Ok(response)
    }
}

/// One line for each request. The query's text is never in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Log;

impl<Inner: Endpoint> Middleware<Inner> for Log {
    type Output = Logged<Inner>;
    fn transform(&self, inner: Inner) -> Self::Output {
        Logged(inner)
    }
}

pub(super) struct Logged<Inner>(Inner);

impl<Inner: Endpoint> Endpoint for Logged<Inner> {
    type Output = Response;
    async fn call(&self, request: Request) -> Result<Response> {
        let begun = Instant::now();
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let id = request.data::<ReqId>().map(ToString::to_string).unwrap_or_default();
        let response = self.0.get_response(request).await;
        let (status, duration_us) = (response.status().as_u16(), begun.elapsed().as_micros());
        let duration_us = u64::try_from(duration_us).unwrap_or(u64::MAX);
        if response.status().is_server_error() {
            tracing::error!(request.id = id, %method, path, status, duration_us, "a request failed on our side");
        } else {
            tracing::debug!(request.id = id, %method, path, status, duration_us, "a request was answered");
        }
        Ok(response)
    }
}
