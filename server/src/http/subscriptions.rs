//! Connections that stay open: subscriptions, and queries beside them.
//!
//! 1. [`mod@message`]: the messages of `graphql-transport-ws`, and what each means for a connection.
//! 2. [`mod@socket`]: one WebSocket at `/graphql`.
//! 3. [`mod@events`]: one stream of server-sent events at `/graphql/stream`, by the distinct connections mode of
//!    `graphql-sse`.
//! 4. [`mod@admission`]: how many connections there may be, in all and for each client.
//!
//! Nothing is queued for a client: the next message is worked out when the one before has been taken. Who takes none for
//! too long is let go, and who missed news is told so.

mod admission;
mod events;
mod message;
mod socket;

use std::sync::Arc;
use std::time::Duration;

use poem::http::{StatusCode, header};
use poem::web::websocket::{WebSocket, WebSocketConfig};
use poem::{Endpoint, FromRequest as _, IntoResponse, Request, RequestBody, Response, Result};

use self::admission::{Admission, Full, Place};
use super::graphql::GraphqlEndpoint;
use super::guard;
use crate::config::{Config, SubscriptionsConfig};

/// What every open connection shares.
pub(super) struct Subscriptions {
    graphql: Arc<GraphqlEndpoint>,
    admission: Arc<Admission>,
    limits: SubscriptionsConfig,
    max_message_bytes: usize,
}

impl Subscriptions {
    pub(super) fn new(graphql: Arc<GraphqlEndpoint>, config: &Config) -> Arc<Self> {
        let limits = config.subscriptions.clone();
        let admission = Arc::new(Admission::new(&limits, config.load.trusted_proxies));
        Arc::new(Self { graphql, admission, limits, max_message_bytes: config.http.max_body_bytes })
    }

    fn heartbeat(&self) -> Duration {
        Duration::from_secs(self.limits.heartbeat_seconds)
    }

    /// A place for the connection that a request asks for.
    fn enter(&self, request: &Request) -> Result<Place, Full> {
        self.admission.enter(self.admission.client_of(request))
    }
}

/// An address that is also a WebSocket.
pub(super) struct OrSocket<Inner> {
    pub(super) inner: Inner,
    pub(super) subscriptions: Arc<Subscriptions>,
}

impl<Inner: Endpoint> Endpoint for OrSocket<Inner> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        let upgrade = request.headers().get(header::UPGRADE).and_then(|value| value.to_str().ok());
        if !upgrade.is_some_and(|upgrade| upgrade.eq_ignore_ascii_case("websocket")) {
            return Ok(self.inner.call(request).await?.into_response());
        }
        let place = match self.subscriptions.enter(&request) {
            Ok(place) => place,
            Err(full) => return Ok(full.response()),
        };
        let socket = WebSocket::from_request(&request, &mut RequestBody::default()).await;
        let Ok(socket) = socket else {
            let message = "This is no opening of a WebSocket by RFC 6455 with version 13.";
            return Ok(guard::error(StatusCode::BAD_REQUEST, "NOT_A_WEBSOCKET", message));
        };
        let most = Some(self.subscriptions.max_message_bytes);
        let config = WebSocketConfig::default().max_message_size(most).max_frame_size(most);
        let offered = request.headers().get_all(header::SEC_WEBSOCKET_PROTOCOL).iter();
        let offered: Vec<&str> = offered.filter_map(|value| value.to_str().ok()).collect();
        let spoken = offered.iter().flat_map(|value| value.split(',')).any(|name| name.trim() == message::PROTOCOL);
        let subscriptions = Arc::clone(&self.subscriptions);
        let serve = move |stream| socket::serve(subscriptions, stream, spoken, place);
        Ok(socket.protocols([message::PROTOCOL]).config(config).on_upgrade(serve).into_response())
    }
}

/// `/graphql/stream`.
pub(super) struct Events(pub(super) Arc<Subscriptions>);

impl Endpoint for Events {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        events::answer(&self.0, request).await
    }
}
