//! What each column means: written from the one list of columns.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::{COLUMNS, Grain, delimited};

/// The columns of the dictionary itself.
const HEAD: [&str; 6] = ["position", "name", "kind", "meaning", "empty_means", "values"];

/// The dictionary as JSON.
#[must_use]
pub fn json() -> String {
    let columns: Vec<Value> = COLUMNS
        .iter()
        .map(|column| {
            json!({
                "name": column.name,
                "kind": column.kind,
                "meaning": column.meaning,
                "empty_means": (!column.empty.is_empty()).then_some(column.empty),
                "values": column.values.map(|values| values()),
            })
        })
        .collect();
    let grains: Vec<&str> = Grain::WORDS.iter().map(|(word, _)| *word).collect();
    let notes = [
        "An empty cell, and null in JSON, never means zero.",
        "In CSV, lists are joined by `; `, control characters are blanks, and a text that begins with = + - or @ has an \
         apostrophe before it, so that no spreadsheet takes it for a formula. JSON has every text as it is.",
    ];
    let dictionary = json!({ "columns": columns, "grains": grains, "notes": notes });
    dictionary.to_string() + "\n"
}

/// The dictionary as CSV.
#[must_use]
pub fn csv() -> Vec<u8> {
    let mut out = Vec::new();
    delimited::line(&mut out, HEAD.iter().map(|name| Cow::Borrowed(*name)));
    for (nth, column) in COLUMNS.iter().enumerate() {
        let kind = serde_json::to_value(column.kind).unwrap_or_default();
        let values = column.values.map(|values| values().join("; ")).unwrap_or_default();
        let fields = [
            Cow::Owned((nth + 1).to_string()),
            Cow::Borrowed(column.name),
            Cow::Owned(kind.as_str().unwrap_or_default().to_owned()),
            delimited::safe(column.meaning),
            delimited::safe(column.empty),
            Cow::Owned(values),
        ];
        delimited::line(&mut out, fields.into_iter());
    }
    out
}
