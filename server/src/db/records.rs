//! The rows of the Alliance's records. What stands in a body is not this layer's business.

use super::audit::{Author, Deed};
use super::value::Row;
use super::{Database, DbError, Transaction, statements};

/// What a record came by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A seed file, and nobody has changed it since.
    Seed,
    /// A file that an operator imported.
    Import,
    /// A mutation.
    Api,
}

/// A row of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordRow {
    /// Its id, such as `member:cor`.
    pub id: String,
    /// The folder that it would have as a seed file, such as `members`.
    pub kind: String,
    /// The record as JSON, in the form of a seed file.
    pub body: String,
    /// The body that the seed file had when it was last read; `None` for a record without one.
    pub seed: Option<String>,
    /// What it came by.
    pub origin: Origin,
    /// Counts the changes of this record, from 1.
    pub version: i64,
    /// Whether it is shown no longer.
    pub removed: bool,
}

/// What becomes of a record: a new one, or the whole new content of one that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordChange {
    /// Its id.
    pub id: String,
    /// The folder that it would have as a seed file.
    pub kind: &'static str,
    /// The record as JSON.
    pub body: String,
    /// The body of its seed file, where this change comes from one.
    pub seed: Option<String>,
    /// What the change comes by.
    pub origin: Origin,
    /// Whether it is shown no longer.
    pub removed: bool,
    /// The records that it names, each with the field.
    pub names: Vec<(String, String)>,
}

impl RecordChange {
    /// A record that a mutation makes or changes.
    #[must_use]
    pub fn by_api(kind: &'static str, id: &str, body: String) -> Self {
        let (id, names) = (id.to_owned(), Vec::new());
        Self { id, kind, body, seed: None, origin: Origin::Api, removed: false, names }
    }

    /// The same, from a file that an operator imports.
    #[must_use]
    pub fn by_import(kind: &'static str, id: &str, body: String) -> Self {
        Self { origin: Origin::Import, ..Self::by_api(kind, id, body) }
    }

    /// With a record that it names in a field.
    #[must_use]
    pub fn naming(mut self, field: &str, target: &str) -> Self {
        self.names.push((field.to_owned(), target.to_owned()));
        self
    }
}

impl Origin {
    fn as_str(self) -> &'static str {
        match self {
            Self::Seed => "SEED",
            Self::Import => "IMPORT",
            Self::Api => "API",
        }
    }

    fn of(text: &str) -> Result<Self, DbError> {
        [Self::Seed, Self::Import, Self::Api]
            .into_iter()
            .find(|origin| origin.as_str() == text)
            .ok_or_else(|| DbError::Unreadable(format!("there is no origin `{text}`")))
    }
}

impl RecordRow {
    fn of(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            id: row.text("id")?,
            kind: row.text("kind")?,
            body: row.text("body")?,
            seed: row.optional_text("seed")?,
            origin: Origin::of(&row.text("origin")?)?,
            version: row.integer("version")?,
            removed: row.optional_text("removed_at")?.is_some(),
        })
    }
}

impl Database {
    /// Every record, by id, those that are shown no longer too.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn records(&self) -> Result<Vec<RecordRow>, DbError> {
        self.rows(statements::RECORDS, &[]).await?.iter().map(RecordRow::of).collect()
    }
}

impl Transaction {
    /// Every record, by id, with what was written here before.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn records(&mut self) -> Result<Vec<RecordRow>, DbError> {
        self.rows(statements::RECORDS, &[]).await?.iter().map(RecordRow::of).collect()
    }

    /// The record of this id.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn record(&mut self, id: &str) -> Result<Option<RecordRow>, DbError> {
        self.rows(statements::RECORD, &[id.into()]).await?.first().map(RecordRow::of).transpose()
    }

    /// Writes a record: a new one, or the new content of one that is there. The audit tells both contents. The seed
    /// that the row had stays unless the change brings one.
    ///
    /// # Errors
    /// [`DbError::Refused`] where it names a record that is not there.
    pub async fn put_record(&mut self, author: &Author, change: RecordChange) -> Result<(), DbError> {
        let before = self.record(&change.id).await?;
        let removed_at = change.removed.then(|| self.now());
        let action = match &before {
            None => {
                let (id, kind, body) = (change.id.as_str(), change.kind, change.body.as_str());
                let seed = change.seed.as_deref();
                let origin = change.origin.as_str();
                let values = [
                    id.into(),
                    kind.into(),
                    body.into(),
                    seed.into(),
                    origin.into(),
                    self.now().into(),
                    removed_at.into(),
                ];
                self.run(statements::ADD_RECORD, &values).await?;
                "RECORD_ADDED"
            }
            Some(row) => {
                let seed = change.seed.as_deref().or(row.seed.as_deref());
                let values = [
                    change.body.as_str().into(),
                    seed.into(),
                    change.origin.as_str().into(),
                    self.now().into(),
                    removed_at.into(),
                    row.id.as_str().into(),
                    row.version.into(),
                ];
                self.run(statements::CHANGE_RECORD, &values).await?;
                self.run(statements::CLEAR_REFERENCES, &[row.id.as_str().into()]).await?;
                if change.removed { "RECORD_REMOVED" } else { "RECORD_CHANGED" }
            }
        };
        for (field, target) in &change.names {
            let values = [change.id.as_str().into(), field.as_str().into(), target.as_str().into()];
            self.run(statements::ADD_REFERENCE, &values).await?;
        }
        let before = before.as_ref().filter(|row| !row.removed).map(|row| row.body.as_str());
        let after = (!change.removed).then_some(change.body.as_str());
        self.tell(author, Deed { action, subject: &change.id, before, after }).await
    }
}
