//! Records as the database keeps them: one JSON text each, in the form of a seed file.

use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::seed::{Record, SeedError, seed_files};
use super::seeding::{self, SeedDifference};
use super::{Call, Event, Member, Need, Offer, Partnership, Principle, RecordFault, RecordIssues, RecordSet, Records};
use crate::db::{Database, DbError, Origin, RecordChange, RecordRow, Transaction};

/// The records of one moment of the database, and what a maintainer should look at.
#[derive(Debug)]
pub struct Loaded {
    /// The records.
    pub records: Records,
    /// The number of the last change that they hold.
    pub change: i64,
    /// Rows that break a rule. They are left out and stay in the database.
    pub faults: Vec<RecordFault>,
    /// Records that say something else than their seed files.
    pub differences: Vec<SeedDifference>,
}

impl Loaded {
    /// What of this everybody may read.
    #[must_use]
    pub fn issues(&self) -> RecordIssues {
        RecordIssues::of(&self.differences, &self.faults)
    }
}

/// Why the records could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The database did not give them.
    #[error(transparent)]
    Database(#[from] DbError),
    /// A seed file breaks a rule; a test keeps the embedded ones free of faults.
    #[error(transparent)]
    Seed(#[from] SeedError),
    /// A row of the database stands in every other's way.
    #[error("the records of the database cannot be put in order: {0}")]
    Row(#[from] RecordFault),
}

impl Records {
    /// Takes the seed files into the database, where they bring something new, and gives the records that it then has.
    /// Done twice, it changes nothing.
    ///
    /// # Errors
    /// [`LoadError`].
    pub async fn seed_and_load(database: &Database, now: DateTime<Utc>) -> Result<Loaded, LoadError> {
        seeding::take_in(database, &seed_files()?, now).await?;
        Self::load(database).await
    }

    /// Takes the seed files in as a part of a transaction: given up, it has changed nothing.
    ///
    /// # Errors
    /// [`LoadError`].
    pub async fn seed_within(transaction: &mut Transaction) -> Result<(), LoadError> {
        seeding::take_in_within(transaction, &seed_files()?).await
    }

    /// The records that the database has.
    ///
    /// # Errors
    /// [`LoadError`].
    pub async fn load(database: &Database) -> Result<Loaded, LoadError> {
        // The number first: what is committed between the two reads is then loaded again rather than missed.
        let change = database.last_change().await?;
        let rows = database.records().await?;
        let differences = SeedDifference::all(&rows);
        let (records, faults) = of_rows(&rows)?;
        Ok(Loaded { records, change, faults, differences })
    }
}

/// The records of these rows. A row that breaks a rule is left out and named, and so is one that refers to it.
///
/// # Errors
/// [`RecordFault`] for a row that stands in every other's way.
pub fn of_rows(rows: &[RecordRow]) -> Result<(Records, Vec<RecordFault>), RecordFault> {
    let mut faults: Vec<RecordFault> = Vec::new();
    loop {
        let mut set = RecordSet::default();
        for row in rows.iter().filter(|row| !row.removed) {
            if faults.iter().any(|fault| fault.record == row.id) {
                continue;
            }
            if let Err(reason) = set.take(row) {
                faults.push(RecordFault::new(&row.id, reason));
            }
        }
        match Records::of(set) {
            Ok(records) => return Ok((records, faults)),
            Err(fault) if faults.iter().any(|known| known.record == fault.record) => return Err(fault),
            Err(fault) => faults.push(fault),
        }
    }
}

impl RecordSet {
    /// Adds the record of a row, checked like a seed file.
    fn take(&mut self, row: &RecordRow) -> Result<(), String> {
        match row.kind.as_str() {
            Member::FOLDER => self.members.push(named(row)?),
            Partnership::FOLDER => self.partnerships.push(named(row)?),
            Event::FOLDER => self.events.push(named(row)?),
            Principle::FOLDER => self.principles.push(named(row)?),
            Call::FOLDER => self.calls.push(named(row)?),
            "needs" => self.needs.push(read::<Need>(row)?.checked().map_err(|fault| fault.to_string())?),
            "offers" => self.offers.push(read::<Offer>(row)?.checked().map_err(|fault| fault.to_string())?),
            other => return Err(format!("there is no sort of record `{other}`")),
        }
        Ok(())
    }
}

fn read<R: DeserializeOwned>(row: &RecordRow) -> Result<R, String> {
    serde_json::from_str(&row.body).map_err(|error| error.to_string())
}

/// A record that takes its id from its name, as a seed file does.
fn named<R: Record>(row: &RecordRow) -> Result<R, String> {
    let name = row.id.split_once(':').map_or(row.id.as_str(), |(_, name)| name);
    read::<R>(row)?.named(name).map_err(|fault| fault.to_string())
}

/// A change that writes a record in the form of a seed file; it names what the record names.
#[must_use]
pub fn stored(kind: &'static str, id: &str, body: &Value, origin: Origin) -> RecordChange {
    let names = names_in(body);
    RecordChange { id: id.to_owned(), kind, body: body.to_string(), seed: None, origin, removed: false, names }
}

/// The ids of other records in a record, each with its field: `parties[0].member` and `member:kharkiv`.
pub(super) fn names_in(body: &Value) -> Vec<(String, String)> {
    let mut names = Vec::new();
    collect(body, "", &mut names);
    names
}

fn collect(value: &Value, at: &str, names: &mut Vec<(String, String)>) {
    /// Fields that hold ids. Anywhere else the same letters are text.
    const FIELDS: [&str; 3] = ["member", "principles", "calls"];
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                collect(value, &if at.is_empty() { name.clone() } else { format!("{at}.{name}") }, names);
            }
        }
        Value::Array(items) => {
            for (nth, item) in items.iter().enumerate() {
                collect(item, &format!("{at}[{nth}]"), names);
            }
        }
        Value::String(id) => {
            let field = at.rsplit('.').next().unwrap_or(at).split('[').next().unwrap_or(at);
            if FIELDS.contains(&field) {
                names.push((at.to_owned(), id.clone()));
            }
        }
        _ => {}
    }
}
