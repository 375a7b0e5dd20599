//! `hub harvest`: reads partners now, with progress for whoever watches and a table at the end.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Args;
use comfy_table::{Table, presets::UTF8_HORIZONTAL_ONLY};
use connectors::http::SystemClock;
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

use super::log;
use crate::config::Config;
use crate::graph::error::CallerFault;
use crate::harvest::{Harvester, Outcome, Source};
use crate::hub::Hub;

/// What can be said to `hub harvest`.
#[derive(Debug, Args)]
pub(super) struct HarvestArguments {
    /// Partners to read, by id; all enabled ones where none is named.
    #[arg(value_name = "PARTNER")]
    partners: Vec<String>,
}

/// Reads the partners named, side by side, and keeps what they answer. Fails where any could not be read.
pub(super) async fn run(mut config: Config, arguments: &HarvestArguments) -> anyhow::Result<ExitCode> {
    if let Some(unknown) = arguments.partners.iter().find(|id| connectors::partners::find(id).is_none()) {
        anyhow::bail!("{}", CallerFault::unknown_partner(unknown));
    }
    config.log.filter = format!("warn,{}=off", env!("CARGO_PKG_NAME"));
    log::begin(&config.log)?;
    config.harvest.automatic = false;
    let hub = Hub::open(&config, Arc::new(SystemClock)).await?;
    let wanted = |source: &&Source| match arguments.partners.as_slice() {
        [] => source.enabled,
        named => named.iter().any(|id| id == source.partner.id),
    };
    let bars = MultiProgress::new();
    let harvester = hub.harvester();
    let readings = harvester.sources().iter().filter(wanted).map(|source| watched(harvester, source, &bars));
    let rows = futures_util::future::join_all(readings).await;
    let mut table = Table::new();
    table
        .load_style(UTF8_HORIZONTAL_ONLY)
        .set_header(["source", "outcome", "records", "rejected", "requests", "seconds"]);
    let all_read = rows.iter().all(|row| row.read);
    table.add_rows(rows.into_iter().map(|row| row.cells));
    super::print(&format!("{table}\n"))?;
    Ok(if all_read { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

struct Row {
    cells: [String; 6],
    read: bool,
}

async fn watched(harvester: &Harvester, source: &Source, bars: &MultiProgress) -> Row {
    let bar = bars.add(ProgressBar::new_spinner().with_prefix(source.id()));
    if let Ok(style) = ProgressStyle::with_template("{prefix:<14} {spinner} {msg}") {
        bar.set_style(style);
    }
    let begun = Instant::now();
    let mut ticks = tokio::time::interval(Duration::from_millis(100));
    let reading = harvester.refresh(source.id());
    tokio::pin!(reading);
    let outcome = loop {
        tokio::select! {
            outcome = &mut reading => break outcome,
            _ = ticks.tick() => {
                bar.set_message(progress(source));
                bar.tick();
            }
        }
    };
    bar.finish_and_clear();
    row(source, outcome.as_deref(), begun.elapsed())
}

fn progress(source: &Source) -> String {
    let progress = source.client().progress();
    let (rows, announced) = progress.rows_read();
    let of = if announced > 0 { format!(" of {announced}") } else { String::new() };
    format!("{rows}{of} rows, {} requests, {} kB", progress.requests(), progress.bytes() / 1_024)
}

fn row(source: &Source, outcome: Option<&Outcome>, duration: Duration) -> Row {
    let (said, records, rejected) = match outcome {
        Some(Outcome::Read(reading)) => {
            ("read".to_owned(), reading.harvest.projects.len().to_string(), reading.harvest.rejects.len().to_string())
        }
        Some(Outcome::Failed(failure)) => (failure.to_string(), "-".to_owned(), "-".to_owned()),
        Some(Outcome::Empty) => ("answered without a single record".to_owned(), "0".to_owned(), "-".to_owned()),
        Some(Outcome::Stopped) | None => ("stopped unexpectedly".to_owned(), "-".to_owned(), "-".to_owned()),
    };
    let requests = source.client().progress().requests().to_string();
    let seconds = format!("{:.1}", duration.as_secs_f64());
    let read = matches!(outcome, Some(Outcome::Read(_)));
    Row { cells: [source.id().to_owned(), said, records, rejected, requests, seconds], read }
}
