//! Takes seed files into the database. What somebody changed through the hub wins over a later file, and the
//! difference is told.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::seed::{SeedError, name_of};
use super::stored::{LoadError, names_in};
use crate::db::{Author, Database, Origin, RecordChange, RecordRow, Transaction};

/// The folders in an order in which every record comes after those that it names, with what an id begins with.
const KINDS: [(&str, &str); 7] = [
    ("members", "member"),
    ("principles", "principle"),
    ("calls", "call"),
    ("events", "event"),
    ("partnerships", "partnership"),
    ("needs", "need"),
    ("offers", "offer"),
];

/// A record that was changed in the hub, by a mutation or an import, and now says something else than its seed file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{id} was changed in the hub and differs from its seed file in {}; the file has no effect on it", fields.join(", "))]
pub struct SeedDifference {
    /// The record's id.
    pub id: String,
    /// The outermost fields that differ, by name.
    pub fields: Vec<String>,
}

impl SeedDifference {
    /// Those of all rows.
    #[must_use]
    pub fn all(rows: &[RecordRow]) -> Vec<Self> {
        let differing = rows.iter().filter_map(|row| {
            let seed = row.seed.as_ref().filter(|seed| **seed != row.body || row.removed)?;
            let fields = if row.removed { vec!["(removed)".to_owned()] } else { differing_fields(seed, &row.body) };
            // A row whose file is gone is not in conflict with it.
            (row.origin != Origin::Seed && !fields.is_empty()).then(|| Self { id: row.id.clone(), fields })
        });
        differing.collect()
    }
}

fn differing_fields(one: &str, other: &str) -> Vec<String> {
    let read = |text| serde_json::from_str::<BTreeMap<String, Value>>(text).unwrap_or_default();
    let (one, other) = (read(one), read(other));
    // A field that is left out, null or an empty list says the same: nothing.
    let said = |record: &BTreeMap<String, Value>, name: &String| {
        let value = record.get(name).filter(|value| !value.is_null());
        value.filter(|value| value.as_array().is_none_or(|list| !list.is_empty())).cloned()
    };
    let names: BTreeSet<_> = one.keys().chain(other.keys()).collect();
    names.into_iter().filter(|name| said(&one, name) != said(&other, name)).cloned().collect()
}

/// Takes in what the files say that the database does not know yet, in one transaction.
pub(super) async fn take_in(
    database: &Database,
    files: &[(String, String)],
    now: DateTime<Utc>,
) -> Result<(), LoadError> {
    let seeds = seeds(files)?;
    // Looked at before the write lock is taken: most starts bring nothing new.
    if changes(&seeds, &database.records().await?).is_empty() {
        return Ok(());
    }
    let mut transaction = database.begin(now).await?;
    let count = write(&mut transaction, &seeds).await?;
    transaction.commit().await?;
    tracing::info!(records = count, "seed files were taken into the database");
    Ok(())
}

/// As [`take_in`], as a part of a transaction.
pub(super) async fn take_in_within(transaction: &mut Transaction, files: &[(String, String)]) -> Result<(), LoadError> {
    write(transaction, &seeds(files)?).await.map(drop)
}

async fn write(transaction: &mut Transaction, seeds: &[RecordChange]) -> Result<usize, LoadError> {
    let changes = changes(seeds, &transaction.records().await?);
    let count = changes.len();
    for change in changes {
        transaction.put_record(&Author::hub("seed"), change).await?;
    }
    Ok(count)
}

/// The files as changes, each record after those that it names.
fn seeds(files: &[(String, String)]) -> Result<Vec<RecordChange>, SeedError> {
    let mut seeds = Vec::new();
    for (kind, prefix) in KINDS {
        for (path, text) in files {
            let (folder, name) = name_of(path)?;
            if folder != kind {
                continue;
            }
            let table: toml::Table = toml::from_str(text).map_err(|error| SeedError::new(path, error))?;
            let body = serde_json::to_value(table).map_err(|error| SeedError::new(path, error))?;
            let names = names_in(&body);
            let body = body.to_string();
            let (id, seed) = (format!("{prefix}:{name}"), Some(body.clone()));
            seeds.push(RecordChange { id, kind, body, seed, origin: Origin::Seed, removed: false, names });
        }
    }
    Ok(seeds)
}

/// What has to be written so that the database knows what the files say.
fn changes(seeds: &[RecordChange], rows: &[RecordRow]) -> Vec<RecordChange> {
    let by_id: BTreeMap<&str, &RecordRow> = rows.iter().map(|row| (row.id.as_str(), row)).collect();
    let mut changes: Vec<RecordChange> = seeds
        .iter()
        .filter_map(|seed| match by_id.get(seed.id.as_str()) {
            None => Some(seed.clone()),
            Some(row) if row.origin == Origin::Seed => (row.seed != seed.seed || row.removed).then(|| seed.clone()),
            // Changed through the hub: its content and whether it is shown stay, and the new file is noted.
            Some(row) => (row.seed != seed.seed).then(|| {
                let names = serde_json::from_str(&row.body).map(|body| names_in(&body)).unwrap_or_default();
                let (body, origin, removed) = (row.body.clone(), row.origin, row.removed);
                RecordChange { body, origin, removed, names, ..seed.clone() }
            }),
        })
        .collect();
    let kept: BTreeSet<&str> = seeds.iter().map(|seed| seed.id.as_str()).collect();
    // A file that is gone takes its record with it, unless somebody has made the record their own.
    let gone = rows.iter().filter(|row| row.origin == Origin::Seed && !row.removed && !kept.contains(row.id.as_str()));
    changes.extend(gone.filter_map(|row| {
        let kind = KINDS.iter().find(|(kind, _)| *kind == row.kind)?.0;
        let (id, body, seed) = (row.id.clone(), row.body.clone(), row.seed.clone());
        Some(RecordChange { id, kind, body, seed, origin: Origin::Seed, removed: true, names: Vec::new() })
    }));
    changes
}
