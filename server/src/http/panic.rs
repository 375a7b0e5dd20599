//! A handler that panics is answered by 500 with an id, and the log has the reason under the same id.

use std::panic::AssertUnwindSafe;

use futures_util::FutureExt as _;
use poem::http::StatusCode;
use poem::middleware::ReqId;
use poem::{Endpoint, IntoResponse, Middleware, Request, Response, Result};

use super::guard;
use crate::graph::panics::text;

/// Answers for handlers that panic.
#[derive(Debug, Clone, Copy)]
pub(super) struct Panics;

impl<Inner: Endpoint> Middleware<Inner> for Panics {
    type Output = Caught<Inner>;
    fn transform(&self, inner: Inner) -> Self::Output {
        Caught(inner)
    }
}

pub(super) struct Caught<Inner>(Inner);

impl<Inner: Endpoint> Endpoint for Caught<Inner> {
    type Output = Response;
    async fn call(&self, request: Request) -> Result<Response> {
        let id = request.data::<ReqId>().map(ToString::to_string).unwrap_or_default();
        match AssertUnwindSafe(self.0.call(request)).catch_unwind().await {
            Ok(answered) => answered.map(IntoResponse::into_response),
            Err(panic) => {
                tracing::error!(error.id = id, reason = text(&*panic), "a request handler stopped unexpectedly");
                let message = format!("Something went wrong on our side. The log names it by the id {id}.");
                Ok(guard::error_with_id(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL", &message, Some(&id)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use poem::EndpointExt as _;
    use poem::middleware::RequestId;

    use super::*;

    #[tokio::test]
    async fn the_answer_holds_the_id_and_nothing_of_the_reason() {
        let endpoint = poem::endpoint::make_sync(|_| -> Response { panic!("a secret of the hub") });
        let endpoint = endpoint.with(Panics).with(RequestId::default());
        let response = endpoint.call(Request::default()).await.unwrap();
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let id = response.header("x-request-id").unwrap_or_default().to_owned();
        let body = response.into_body().into_string().await.unwrap();
        assert!(id.len() > 10 && body.contains(&id) && body.contains("INTERNAL"), "{id}: {body}");
        assert!(!body.contains("secret"), "{body}");
    }
}
