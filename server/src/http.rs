//! HTTP: what the hub answers at which address, and what every request passes through.

mod clients;
mod compression;
mod connections;
mod cors;
pub mod executions;
mod export;
pub mod graphql;
mod guard;
mod health;
mod panic;
pub mod playground;
mod schema;
pub mod serving;
mod subscriptions;

use std::sync::Arc;

use poem::middleware::RequestId;
use poem::{Endpoint, EndpointExt as _, IntoResponse, Route, get};

pub use graphql::GraphqlEndpoint;
pub use health::Health;

use self::subscriptions::{Events, OrSocket, Subscriptions};
use crate::config::Config;

/// All routes with their middleware, outermost first: request id, log, panics, security headers, the count of each
/// client's requests, what other origins may read, compression.
pub fn routes(graphql: GraphqlEndpoint, health: &Arc<Health>, config: &Config) -> impl Endpoint + use<> {
    let (hub, graphql) = (Arc::clone(graphql.hub()), Arc::new(graphql));
    let subscriptions = Subscriptions::new(Arc::clone(&graphql), config);
    let limit = guard::BodyLimit::new(&config.http);
    let events = Events(Arc::clone(&subscriptions)).with(limit);
    let routes = Route::new()
        .at("/", get(home))
        .at("/graphql", OrSocket { inner: graphql.with(limit), subscriptions })
        .at("/graphql/stream", events)
        .at("/schema.graphql", get(schema::text))
        .at("/health/live", get(health::live))
        .at("/health/ready", get(health::ready).data(Arc::clone(health)));
    through_all(playground::mount(export::mount(routes, &hub)), config)
}

/// Any endpoint in the place of `/graphql`, behind everything that a request passes through: the floor under the cost of
/// an answer, which benchmarks compare with.
pub fn floor<Inner: Endpoint + 'static>(endpoint: Inner, config: &Config) -> impl Endpoint + use<Inner> {
    through_all(Route::new().at("/graphql", endpoint.with(guard::BodyLimit::new(&config.http))), config)
}

fn through_all(routes: Route, config: &Config) -> impl Endpoint + use<> {
    routes
        .with(compression::Compression)
        .with(cors::Cors::new(&config.http))
        .with(clients::Clients::new(&config.load))
        .with(guard::SecurityHeaders)
        .with(panic::Panics)
        .with(guard::Log)
        .with(RequestId::default())
}

/// The root leads to the playground.
#[poem::handler]
fn home() -> impl IntoResponse {
    poem::web::Redirect::see_other("playground")
}
