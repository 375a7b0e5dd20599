//! The statement that a row rests on, and how it joins those that a record has.

use std::collections::BTreeMap;

use super::cells::Cells;
use crate::records::{Confidence, Statement};

/// The columns of a statement.
const COLUMNS: [&str; 6] =
    ["source_title", "source_url", "source_published_on", "source_read_on", "source_says", "source_confidence"];

/// The statement of a row; `None` where the row names no source. What is missing of one that is named is noted.
pub(super) fn read(cells: &mut Cells<'_>) -> Option<Statement> {
    let given = COLUMNS.iter().any(|column| cells.text(column).is_some());
    let title = cells.owned("source_title");
    let says = cells.owned("source_says");
    let (published_on, read_on) = (cells.date("source_published_on"), cells.date("source_read_on"));
    let confidence = confidence(cells);
    if !given {
        return None;
    }
    if title.is_none() {
        cells.refuse("source_title", "is empty, and other columns of the source are not");
    }
    if says.is_none() {
        cells.refuse("source_says", "is empty; say in a few words what the source says");
    }
    Some(Statement { title: title?, url: cells.owned("source_url"), published_on, read_on, says: says?, confidence })
}

fn confidence(cells: &mut Cells<'_>) -> Confidence {
    match cells.text("source_confidence").map(str::to_lowercase).as_deref() {
        Some("high") => Confidence::High,
        Some("low") => Confidence::Low,
        None | Some("medium") => Confidence::Medium,
        Some(_) => {
            cells.refuse("source_confidence", "has to be high, medium or low");
            Confidence::Medium
        }
    }
}

/// The statements of a record with a row's: in the place of the same source's, else before all others.
pub(super) fn joined(known: &[Statement], row: Option<Statement>) -> Vec<Statement> {
    let mut all = known.to_vec();
    let Some(row) = row else { return all };
    let same = |known: &&mut Statement| {
        known.title == row.title && known.url == row.url && known.published_on == row.published_on
    };
    match all.iter_mut().find(same) {
        Some(known) => *known = row,
        None => all.insert(0, row),
    }
    all
}

/// The cells of the leading statement.
pub(super) fn cells(sources: &[Statement], cells: &mut BTreeMap<String, String>) {
    let Some(source) = sources.first() else { return };
    let confidence = match source.confidence {
        Confidence::High => "high",
        Confidence::Medium => "medium",
        Confidence::Low => "low",
    };
    let all = [
        Some(source.title.clone()),
        source.url.clone(),
        source.published_on.map(String::from),
        source.read_on.map(String::from),
        Some(source.says.clone()),
        Some(confidence.to_owned()),
    ];
    for (column, text) in COLUMNS.into_iter().zip(all) {
        if let Some(text) = text {
            cells.insert(column.to_owned(), text);
        }
    }
}
