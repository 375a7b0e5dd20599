//! `hub evaluate places FILE`: the matcher from project texts to places, on texts whose places are known.

use std::fmt::Write as _;

use comfy_table::{CellAlignment, Table, presets::UTF8_HORIZONTAL_ONLY};
use serde::Serialize;

use super::Labelled;
use crate::places::Gazetteer;
use crate::places::evaluate::{LanguageScores, Miss, Scores, evaluate, read};

/// The outcome as it is printed.
pub(super) fn report(labelled: &Labelled) -> anyhow::Result<String> {
    let records = read(&labelled.read()?).map_err(|broken| anyhow::anyhow!("{}: {broken}", labelled.file.display()))?;
    let scores = evaluate(Gazetteer::embedded(), &records);
    match (labelled.json, labelled.misses) {
        (true, misses) => json(&scores, misses),
        (false, false) => Ok(table(&scores)),
        (false, true) => Ok(table(&scores) + &listed(&scores.misses)),
    }
}

/// The scores by themselves, or with the misses beside them.
fn json(scores: &Scores, misses: bool) -> anyhow::Result<String> {
    let misses = misses.then_some(scores.misses.as_slice());
    Ok(serde_json::to_string_pretty(&Outcome { scores, misses })? + "\n")
}

#[derive(Serialize)]
struct Outcome<'a> {
    #[serde(flatten)]
    scores: &'a Scores,
    #[serde(skip_serializing_if = "Option::is_none")]
    misses: Option<&'a [Miss]>,
}

fn table(scores: &Scores) -> String {
    let mut table = Table::new();
    table.load_style(UTF8_HORIZONTAL_ONLY).set_header([
        "language",
        "records",
        "oblast precision",
        "oblast recall",
        "place precision",
        "place recall",
        "place F1",
    ]);
    table.add_row(row("all", &scores.all));
    table.add_rows(scores.languages.iter().map(|(language, scores)| row(language, scores)));
    table.column_iter_mut().skip(1).for_each(|column| column.set_cell_alignment(CellAlignment::Right));
    format!("{table}\n")
}

fn row(language: &str, scores: &LanguageScores) -> [String; 7] {
    let LanguageScores { records, oblast, place, .. } = scores;
    let shares = [oblast.precision, oblast.recall, place.precision, place.recall, place.f1()];
    let [a, b, c, d, e] = shares.map(|share| format!("{share:.3}"));
    [language.to_owned(), records.to_string(), a, b, c, d, e]
}

/// Each record that went wrong: what it should have and lacks, what it has and should not, and its text.
fn listed(misses: &[Miss]) -> String {
    let named = |code: &String| {
        let gazetteer = Gazetteer::embedded();
        let name = gazetteer.by_id(code).map_or("no known place", |place| gazetteer.name(place, &[]));
        format!("{code} {name}")
    };
    let mut text = format!("\n{} records with misses\n", misses.len());
    for miss in misses {
        // Writing to a String cannot fail.
        writeln!(text, "\n{} ({}): {}", miss.id, miss.language, miss.text).unwrap_or_default();
        miss.missed.iter().for_each(|code| writeln!(text, "  missed  {}", named(code)).unwrap_or_default());
        miss.wrong.iter().for_each(|code| writeln!(text, "  wrong   {}", named(code)).unwrap_or_default());
    }
    text
}
