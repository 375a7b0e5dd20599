//! `hub serve`.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use connectors::http::SystemClock;
use tokio::net::TcpListener;

use super::log;
use crate::changes::Changes;
use crate::config::Config;
use crate::http::serving::Serving;
use crate::http::{GraphqlEndpoint, Health, routes};
use crate::hub::{Hub, News};

/// Serves until a signal says to stop, then finishes what it has begun.
pub(super) async fn run(config: Config) -> anyhow::Result<ExitCode> {
    log::begin(&config.log)?;
    let begun = Instant::now();
    let hub = Arc::new(Hub::open(&config, Arc::new(SystemClock)).await?);
    let health = Arc::new(Health::new(hub.database().clone()));
    let changes = Arc::new(Changes::new(Arc::clone(&hub), &config.applications));
    let routes = routes(GraphqlEndpoint::open(&config, Arc::clone(&changes))?, &health, &config);
    let listener = TcpListener::bind(config.bind).await;
    let listener =
        listener.with_context(|| format!("cannot serve on {}; is another hub running there? (`bind`)", config.bind))?;
    let address = listener.local_addr().unwrap_or(config.bind);
    let startup_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    let projects = hub.view().catalogue.records().len();
    tracing::info!(startup_ms, projects, "serving on http://{address}, playground at http://{address}/playground");
    let news = Arc::clone(hub.news());
    let watched = Arc::clone(&hub);
    let watching = tokio::spawn(async move { watched.watch().await });
    let following = tokio::spawn(async move { hub.follow().await });
    let tidying = tokio::spawn(async move { changes.tidy_up().await });
    let drain = Duration::from_secs(config.http.drain_seconds);
    Serving::new(routes, &config.load).run(listener, stopped(health, Arc::clone(&news)), drain).await?;
    // Connections that went over to another protocol end by themselves; those that do not are cut off.
    drop(tokio::time::timeout(drain, news.left()).await);
    following.abort();
    watching.abort();
    tidying.abort();
    tracing::info!("stopped");
    Ok(ExitCode::SUCCESS)
}

/// Returns when the process is told to stop; from then on it is not ready, and nobody waits for news.
async fn stopped(health: Arc<Health>, news: Arc<News>) {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            },
            Err(error) => {
                tracing::warn!(%error, "SIGTERM cannot be heard; only an interrupt stops the hub");
                drop(interrupt.await);
            }
        }
    }
    #[cfg(not(unix))]
    drop(interrupt.await);
    health.drain();
    news.close();
    tracing::info!("told to stop; finishing open requests");
}
