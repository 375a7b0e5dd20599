//! `hub stage`: the partners' recorded answers on one port of this machine.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use crate::money::{RATE_FEEDS, RateFeed};
use anyhow::Context as _;
use clap::Args;
use connectors::partners::ALL;
use connectors::stage::Recording;
use poem::listener::{Acceptor as _, Listener as _, TcpListener};
use poem::{Endpoint, IntoResponse as _, Request, Response, Result, Route, Server};

/// What can be said to `hub stage`.
#[derive(Debug, Args)]
pub(super) struct StageArguments {
    /// Address and port to play on.
    #[arg(long, default_value = "127.0.0.1:8090")]
    bind: SocketAddr,
}

/// One partner's recording as an endpoint.
struct Played(Arc<Recording>);

impl Endpoint for Played {
    type Output = Response;
    async fn call(&self, request: Request) -> Result<Response> {
        let recorded = self.0.answer(request.uri().path(), request.uri().query().unwrap_or_default());
        let status = poem::http::StatusCode::from_u16(recorded.status).unwrap_or_default();
        Ok(recorded.body.with_content_type(recorded.media_type).with_status(status).into_response())
    }
}

/// One feed of rates as an endpoint: whatever it is asked, it answers the same days.
struct PlayedRates(&'static RateFeed);

impl Endpoint for PlayedRates {
    type Output = Response;
    async fn call(&self, _: Request) -> Result<Response> {
        let (media_type, body) = self.0.played();
        Ok(body.with_content_type(media_type).into_response())
    }
}

/// Plays until interrupted, after saying how `hub serve` finds the stage.
pub(super) async fn run(arguments: &StageArguments) -> anyhow::Result<ExitCode> {
    let mut routes = Route::new();
    for partner in ALL {
        let recording = Recording::of(partner).map_err(anyhow::Error::msg)?;
        routes = routes.nest(format!("/{}", partner.id), Played(Arc::new(recording)));
    }
    for feed in &RATE_FEEDS {
        routes = routes.nest(format!("/{}", feed.id), PlayedRates(feed));
    }
    let acceptor = TcpListener::bind(arguments.bind).into_acceptor().await;
    let acceptor = acceptor.with_context(|| format!("cannot play on {} (`--bind`)", arguments.bind))?;
    let address = acceptor.local_addr().first().map_or_else(|| arguments.bind.to_string(), ToString::to_string);
    super::print(&environment(address.trim_start_matches("socket://")))?;
    Server::new_with_acceptor(acceptor).run_with_graceful_shutdown(routes, interrupted(), None).await?;
    Ok(ExitCode::SUCCESS)
}

async fn interrupted() {
    drop(tokio::signal::ctrl_c().await);
}

/// The variables under which `hub serve` reads the stage, ready for a shell.
fn environment(address: &str) -> String {
    let mut text = format!("# The partners' recorded answers are played on http://{address} until you press Ctrl-C.\n");
    text += "# They were written by hand from facts in public sources. In another shell:\n";
    for partner in ALL {
        let name = partner.id.to_uppercase();
        text += &format!("export HUB_PARTNERS__{name}__BASE_URL=http://{address}/{}\n", partner.id);
        text += &format!("export HUB_PARTNERS__{name}__PACE_MS=0\n");
    }
    for feed in &RATE_FEEDS {
        let name = feed.id.trim_end_matches("-rates").to_uppercase();
        text += &format!("export HUB_RATES__{name}_BASE_URL=http://{address}/{}\n", feed.id);
    }
    text + "# then: hub serve\n"
}
