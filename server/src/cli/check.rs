//! `hub check`: asks every partner once, and says which answer, how fast, and what no longer fits.

use std::fmt::Write as _;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use connectors::connector::{Failure, Harvest};
use connectors::http::{Client, SystemClock};
use connectors::partners::{ALL, Feed, Partner};

use super::log;
use crate::config::Config;
use crate::graph::error::CallerFault;
use crate::harvest::{FileLedger, Source, client_of};

/// How many odd rows are shown of each source.
const SHOWN: usize = 3;

/// What can be said to `hub check`.
#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    /// Partners to ask, by id; all where none is named.
    #[arg(value_name = "PARTNER")]
    partners: Vec<String>,
    /// How many requests each feed may take: some for its list, and some for pages behind it.
    #[arg(long, default_value_t = 4)]
    requests: u64,
}

/// Asks a few pages of each partner. Nothing is kept but the request budget, which the requests count in.
pub(super) async fn run(config: &Config, arguments: &CheckArguments) -> anyhow::Result<ExitCode> {
    if let Some(unknown) = arguments.partners.iter().find(|id| connectors::partners::find(id).is_none()) {
        anyhow::bail!("{}", CallerFault::unknown_partner(unknown));
    }
    log::begin(&config.log)?;
    let mut well = true;
    for partner in ALL
        .into_iter()
        .filter(|partner| arguments.partners.is_empty() || arguments.partners.iter().any(|id| id == partner.id))
    {
        for feed in partner.feeds {
            let (text, fits) = checked(config, partner, feed, arguments.requests).await?;
            super::print(&text)?;
            well &= fits;
        }
    }
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn checked(
    config: &Config,
    partner: &'static Partner,
    feed: &'static Feed,
    requests: u64,
) -> anyhow::Result<(String, bool)> {
    let settings = &config.partners[partner.id];
    let ledger = Arc::new(FileLedger::new(&config.data_dir.join("readings"), partner.id));
    let client = client_of(settings, ledger, Arc::new(SystemClock))?;
    client.progress().allow_requests(requests);
    let source = Source::open(partner, feed, settings, client.clone(), None).map_err(anyhow::Error::msg)?;
    let outcome = source.harvest().await;
    Ok(report(feed, &client, &outcome))
}

/// What was asked, what came, and what did not fit; whether all is well.
fn report(feed: &Feed, client: &Client, outcome: &Result<Harvest, Failure>) -> (String, bool) {
    let mut text = format!("{}: {}\n", feed.id, feed.name);
    for exchange in client.progress().exchanges() {
        let ms = exchange.duration.as_millis();
        // Writing to a String cannot fail, here and below.
        writeln!(text, "  asked {} -> {} in {ms} ms", exchange.url, exchange.outcome).unwrap_or_default();
    }
    let (rows, announced) = client.progress().rows_read();
    writeln!(text, "  {rows} rows read, {announced} announced, {} bytes", client.progress().bytes())
        .unwrap_or_default();
    let fits = match outcome {
        Ok(harvest) => {
            for reject in harvest.rejects.iter().take(SHOWN) {
                writeln!(text, "  does not fit: {}: {}", reject.position, reject.reason).unwrap_or_default();
            }
            for issue in harvest.issues.iter().take(SHOWN) {
                writeln!(text, "  odd: {} {}", issue.code, issue.message).unwrap_or_default();
            }
            harvest.rejects.is_empty()
        }
        // The check ends when its requests are spent: what was asked until then was answered and read.
        Err(Failure::Enough { .. }) => true,
        Err(failure) => {
            writeln!(text, "  FAILED ({}): {failure}", failure.kind()).unwrap_or_default();
            if let Some(excerpt) = failure.excerpt().filter(|excerpt| !excerpt.trim().is_empty()) {
                let beginning: String = excerpt.chars().take(200).collect();
                writeln!(text, "  the answer begins: {}", beginning.replace('\n', " ")).unwrap_or_default();
            }
            false
        }
    };
    text += match (fits, rows) {
        (true, 0) => "  no row came, so the format could not be compared; `--requests` allows more\n",
        (true, _) => "  fits the expected format\n",
        (false, _) => "",
    };
    (text, fits)
}
