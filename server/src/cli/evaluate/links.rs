//! `hub evaluate links FILE`: what records are to one another, on pairs of records of which that is known.

use std::fmt::Write as _;
use std::time::Instant;

use clap::Args;
use comfy_table::{CellAlignment, Table, presets::UTF8_HORIZONTAL_ONLY};
use serde::Serialize;

use super::Labelled;
use crate::join::links::evaluate::{Crowd, Miss, Score, Scores, crowd, evaluate, evaluate_among, read};

/// A file of labelled pairs, and among how many other records they are judged.
#[derive(Debug, Args)]
pub(super) struct Pairs {
    #[command(flatten)]
    labelled: Labelled,
    /// Judge the pairs among this many made-up records, and say how long it took to link all of them.
    #[arg(long, value_name = "RECORDS")]
    among: Option<usize>,
}

/// The outcome as it is printed.
pub(super) fn report(pairs: &Pairs) -> anyhow::Result<String> {
    let labelled = &pairs.labelled;
    let broken = |broken: String| anyhow::anyhow!("{}: {broken}", labelled.file.display());
    let read = read(&labelled.read()?).map_err(broken)?;
    let (scores, timing) = match pairs.among {
        None => (evaluate(&read).map_err(broken)?, None),
        Some(records) => {
            let crowd = crowd(&read, records).map_err(broken)?;
            let (scores, timing) = timed(&crowd, || evaluate_among(&read, &crowd));
            (scores, Some(timing))
        }
    };
    if labelled.json {
        return json(&scores, timing, labelled.misses);
    }
    let timing = timing
        .map_or_else(String::new, |timing| format!("{} records linked in {:.1} s\n", timing.records, timing.seconds));
    let misses = if labelled.misses { listed(&scores.misses) } else { String::new() };
    Ok(table(&scores) + &timing + &misses)
}

/// How long it took to link a crowd.
#[derive(Debug, Clone, Copy, Serialize)]
struct Timing {
    records: usize,
    seconds: f64,
}

fn timed(crowd: &Crowd, link: impl FnOnce() -> Scores) -> (Scores, Timing) {
    let began = Instant::now();
    let scores = link();
    (scores, Timing { records: crowd.len(), seconds: began.elapsed().as_secs_f64() })
}

fn json(scores: &Scores, timing: Option<Timing>, misses: bool) -> anyhow::Result<String> {
    let misses = misses.then_some(scores.misses.as_slice());
    Ok(serde_json::to_string_pretty(&Outcome { scores, timing, misses })? + "\n")
}

#[derive(Serialize)]
struct Outcome<'a> {
    #[serde(flatten)]
    scores: &'a Scores,
    #[serde(skip_serializing_if = "Option::is_none")]
    timing: Option<Timing>,
    #[serde(skip_serializing_if = "Option::is_none")]
    misses: Option<&'a [Miss]>,
}

fn table(scores: &Scores) -> String {
    let mut table = Table::new();
    let header = ["pairs", "number", "linked", "right", "wrong", "missed", "precision", "recall"];
    table.load_style(UTF8_HORIZONTAL_ONLY).set_header(header);
    let all = [("all", &scores.all), ("real", &scores.real), ("synthetic", &scores.synthetic)];
    table.add_rows(all.map(|(name, score)| row(name, score)));
    table.add_rows(scores.kinds.iter().map(|(kind, score)| row(kind, score)));
    table.column_iter_mut().skip(1).for_each(|column| column.set_cell_alignment(CellAlignment::Right));
    format!("{table}\n")
}

fn row(name: &str, score: &Score) -> [String; 8] {
    let Score { pairs, linked, right, wrong, missed, precision, recall } = score;
    let [number, linked, right, wrong, missed] = [pairs, linked, right, wrong, missed].map(usize::to_string);
    let [precision, recall] = [precision, recall].map(|share| format!("{share:.3}"));
    [name.to_owned(), number, linked, right, wrong, missed, precision, recall]
}

/// Each pair judged otherwise than its label, with the reasons for what was found.
fn listed(misses: &[Miss]) -> String {
    let mut text = format!("\n{} pairs judged otherwise\n", misses.len());
    for miss in misses {
        // Writing to a String cannot fail.
        let (expected, found) = (miss.expected.name(), miss.found.name());
        writeln!(text, "\n{} ({}): expected {expected}, found {found}", miss.pair, miss.origin.name())
            .unwrap_or_default();
        miss.reasons.iter().for_each(|reason| writeln!(text, "  {reason}").unwrap_or_default());
    }
    text
}
