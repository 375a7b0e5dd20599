//! HTTP: what the hub answers at which address, and what every request passes through.

mod export;
pub mod graphql;
mod guard;
mod health;
pub mod playground;
mod schema;

use std::sync::Arc;

use poem::middleware::{CatchPanic, Compression, RequestId};
use poem::{Endpoint, EndpointExt as _, IntoResponse, Route, get};

pub use graphql::GraphqlEndpoint;
pub use health::Health;

use crate::config::HttpConfig;

/// All routes with their middleware, outermost first: log, request id, panics, security headers, compression.
pub fn routes(graphql: GraphqlEndpoint, health: &Arc<Health>, config: &HttpConfig) -> impl Endpoint + use<> {
    let hub = Arc::clone(graphql.hub());
    let routes = Route::new()
        .at("/", get(home))
        .at("/graphql", graphql.with(guard::BodyLimit::new(config)))
        .at("/schema.graphql", get(schema::text))
        .at("/health/live", get(health::live))
        .at("/health/ready", get(health::ready).data(Arc::clone(health)));
    playground::mount(export::mount(routes, &hub))
        .with(Compression::new())
        .with(guard::SecurityHeaders)
        .with(CatchPanic::new().with_handler(guard::Panicked))
        .with(guard::Log)
        .with(RequestId::default())
}

/// The root leads to the playground.
#[poem::handler]
fn home() -> impl IntoResponse {
    poem::web::Redirect::see_other("playground")
}
