//! A large synthetic catalogue in a process of its own.

use std::process::Command;
use std::time::Instant;

use anyhow::{Context as _, Result, ensure};
use connectors::model::{CountryCode, Instrument, ProjectStatus};
use server::catalogue::{Catalogue, Filter, Order, Window};
use server::money::Rates;

use crate::table::Line;
use crate::{Effort, machine, synthetic};

/// Rows 5 to 7 of the table, from a process of their own, so that nothing else is in its memory.
pub(crate) fn catalogue(effort: &Effort) -> Result<Vec<Line>> {
    let program = std::env::current_exe().context("this program's own path")?;
    let mut command = Command::new(program);
    command.args(["--projects", &effort.projects.to_string(), "part", "catalogue"]);
    let output = command.output().context("this program cannot be started again")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let figures: serde_json::Value = serde_json::from_slice(&output.stdout).context("the figures cannot be read")?;
    let of = |name: &str| figures[name].as_f64().unwrap_or(f64::NAN);
    let line = |work: &str, name: &str, most: f64, unit: &str| {
        Line::figure(&format!("{} projects: {work}", effort.projects), of(name), most, unit)
    };
    let share = |name: &str| format!("{:.1} %", of(name) * 100.0);
    Ok(vec![
        line(&format!("three fields, page of 50, eight facets, {}", share("few_share")), "few_ms", 2.0, "ms"),
        line(&format!("three fields, page of 50, eight facets, {}", share("many_share")), "many_ms", 20.0, "ms"),
        line("memory for a project, without its raw record", "bytes", 450.0, "B"),
        line("building the catalogue", "build_s", f64::INFINITY, "s"),
    ])
}

/// `part catalogue`: builds, measures, and prints the figures as JSON.
#[expect(clippy::print_stdout, reason = "the figures go to the process that started this one")]
pub(crate) fn part(effort: &Effort) -> Result<()> {
    let own = std::process::id();
    let rates = Rates::embedded();
    // What is loaded once stands in memory before anything is counted.
    drop(Catalogue::build(synthetic::readings(100), &rates, synthetic::now()));
    let before = machine::resident_bytes(own)?;
    let readings = synthetic::readings(effort.projects / 4);
    let loaded = machine::resident_bytes(own)?;
    let begun = Instant::now();
    let catalogue = Catalogue::build(readings, &rates, synthetic::now());
    let build_s = begun.elapsed().as_secs_f64();
    let bytes = (machine::resident_bytes(own)? - before) as f64 / f64::from(effort.projects);
    let each = |bytes: usize| bytes as f64 / f64::from(effort.projects);
    eprintln!("bytes for each project: {:.1} for the readings, {bytes:.1} in all", each((loaded - before) as usize));
    for (name, bytes) in catalogue.memory() {
        eprintln!("{:>8.1} {name}", each(bytes));
    }
    let (few_ms, few_share) = answered(&catalogue, &few());
    let (many_ms, many_share) = answered(&catalogue, &many());
    let figures = serde_json::json!({
        "few_ms": few_ms, "few_share": few_share, "many_ms": many_ms, "many_share": many_share,
        "bytes": bytes, "build_s": build_s,
    });
    println!("{figures}");
    Ok(())
}

/// About one project in a hundred.
fn few() -> Filter {
    Filter {
        sectors: Some(vec![synthetic::SECTORS[3].to_owned()]),
        instruments: Some(vec![Instrument::Loan, Instrument::Grant]),
        statuses: Some(vec![ProjectStatus::Signed, ProjectStatus::Completed]),
        ..Filter::default()
    }
}

/// Three projects in ten.
pub(super) fn many() -> Filter {
    let statuses = [
        ProjectStatus::Pipeline,
        ProjectStatus::Approved,
        ProjectStatus::Signed,
        ProjectStatus::Implementing,
        ProjectStatus::Completed,
    ];
    Filter {
        countries: Some(vec![CountryCode::UA]),
        instruments: Some(vec![Instrument::Loan, Instrument::Grant]),
        statuses: Some(statuses.to_vec()),
        ..Filter::default()
    }
}

/// The least time of several for a selection, its first page by amount and its facets, in milliseconds; and how much of
/// the catalogue is selected.
fn answered(catalogue: &Catalogue, filter: &Filter) -> (f64, f64) {
    let window = Window { after: None, before: None, size: 50, from_end: false };
    let (mut least, mut share) = (f64::INFINITY, 0.0);
    for _ in 0..9 {
        let begun = Instant::now();
        let selection = catalogue.select(filter);
        let page = catalogue.page(&selection, Order::AmountDesc, filter, &window);
        let facets = catalogue.facets(&selection, 20);
        least = least.min(begun.elapsed().as_secs_f64() * 1e3);
        share = selection.len() as f64 / catalogue.records().len() as f64;
        assert!(page.numbers.len() == 50 && !facets.oblast.is_empty(), "the synthetic catalogue is too small");
    }
    (least, share)
}
