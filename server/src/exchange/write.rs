//! Tables on the records of a database.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::columns::Column;
use super::difference::body;
use super::judge::{Judged, Standing, Verdict, judged};
use super::table::{Format, Table, guarded};
use super::tabled::Tabled;
use crate::db::{Author, Database, DbError, Origin};
use crate::records::{LoadError, Records, SeedDifference, of_rows, stored};

/// Why a table could not be taken in or given out.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// The database did not do what was asked; nothing was written.
    #[error(transparent)]
    Database(#[from] DbError),
    /// The records could not be loaded; nothing was written.
    #[error(transparent)]
    Load(#[from] LoadError),
}

/// What became of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// A verdict for each row, in the order of the file.
    pub verdicts: Vec<Verdict>,
    /// The number of the change that wrote it; `None` where nothing was written.
    pub change: Option<i64>,
    /// Records that were changed in the hub and say something else than their seed files.
    pub differences: Vec<SeedDifference>,
}

/// How a table is taken in.
#[derive(Debug, Clone, Copy, Default)]
pub struct Manner {
    /// Judge, and write nothing.
    pub dry_run: bool,
    /// Let the file's word count more than a newer record's, and more than what was changed through the hub.
    pub overwrite: bool,
}

/// Judges a table on the records of a database and writes new and changed records, all of them or none. The audit tells
/// each with its content before and after. A dry run leaves the database as it was.
///
/// # Errors
/// [`ExchangeError`]; then nothing was written.
pub async fn import<Record: Tabled>(
    table: &Table,
    database: &Database,
    manner: Manner,
    now: DateTime<Utc>,
) -> Result<Imported, ExchangeError> {
    // The seed first, so that a file is never judged on a database that nobody has served from yet.
    if !manner.dry_run {
        Records::seed_and_load(database, now).await?;
    }
    let mut transaction = database.begin(now).await?;
    if manner.dry_run {
        // Given up with the rest.
        Records::seed_within(&mut transaction).await?;
    }
    let rows = transaction.records().await?;
    let differences = SeedDifference::all(&rows);
    let (records, _) = of_rows(&rows).map_err(LoadError::from)?;
    let own = rows.iter().filter(|row| row.origin == Origin::Api).map(|row| row.id.clone());
    let standing = Standing {
        records: &records,
        taken: rows.iter().map(|row| row.id.clone()).collect(),
        own: own.collect(),
        overwrite: manner.overwrite,
    };
    let Judged { verdicts, written } = judged::<Record>(table, standing);
    if manner.dry_run || written.is_empty() {
        return Ok(Imported { verdicts, change: None, differences });
    }
    for record in &written {
        let change = stored(Record::KIND, record.id(), &Value::Object(body(record)), Origin::Import);
        transaction.put_record(&Author::command_line(), change).await?;
    }
    // What the file itself has just changed is told by its verdict.
    let change = Some(transaction.commit().await?);
    Ok(Imported { verdicts, change, differences })
}

/// Every record of a sort as a table, by id.
///
/// # Errors
/// [`ExchangeError`].
pub async fn export<Record: Tabled>(
    database: &Database,
    format: Format,
    now: DateTime<Utc>,
) -> Result<Vec<u8>, ExchangeError> {
    let loaded = Records::seed_and_load(database, now).await?;
    Ok(written_as(Record::all(loaded.records.set()), format))
}

/// Records as a table.
#[must_use]
pub fn written_as<Record: Tabled>(records: &[Record], format: Format) -> Vec<u8> {
    let rows: Vec<BTreeMap<String, String>> = records.iter().map(Tabled::cells).collect();
    match format {
        Format::Json => {
            let mut text = serde_json::to_vec_pretty(&rows).unwrap_or_default();
            text.push(b'\n');
            text
        }
        Format::Csv => delimited(&rows, Record::COLUMNS),
    }
}

fn delimited(rows: &[BTreeMap<String, String>], columns: &[Column]) -> Vec<u8> {
    let mut names: Vec<&str> = columns.iter().map(|column| column.name).collect();
    let further: BTreeSet<&str> = rows.iter().flat_map(BTreeMap::keys).map(String::as_str).collect();
    let further: Vec<_> = further.into_iter().filter(|name| !names.contains(name)).collect();
    names.extend(further);
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let cell =
        |row: &BTreeMap<String, String>, name: &&str| row.get(*name).map(|text| guarded(text)).unwrap_or_default();
    // A vector takes everything, so that neither of these can fail.
    drop(writer.write_record(&names));
    for row in rows {
        drop(writer.write_record(names.iter().map(|name| cell(row, name))));
    }
    writer.into_inner().unwrap_or_default()
}
