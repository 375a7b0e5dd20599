//! Who changed what, and when.

use chrono::{DateTime, Utc};

use super::value::Row;
use super::{Database, DbError, Transaction, statements};

/// Who changes something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// Which token, account or command: `token:…`, `oidc:…`, `command line`, `public`.
    pub who: String,
    /// With which rights.
    pub role: String,
}

/// One line of the audit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// The change that it belongs to; changes are numbered in the order in which they became valid.
    pub change: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub author: Author,
    /// What was done, such as `RECORD_CHANGED`.
    pub action: String,
    /// The id of what it was done to.
    pub subject: String,
    /// What it was before, as JSON; `None` where there was nothing. Never personal data.
    pub before: Option<String>,
    /// What it is now, as JSON; `None` where it is gone or nothing is to be shown. Never personal data.
    pub after: Option<String>,
}

/// What a line says was done, beside who and when.
#[derive(Debug, Clone, Copy)]
pub struct Deed<'text> {
    /// Such as `RECORD_CHANGED`.
    pub action: &'text str,
    /// The id of what it was done to.
    pub subject: &'text str,
    /// What it was before, as JSON.
    pub before: Option<&'text str>,
    /// What it is now, as JSON.
    pub after: Option<&'text str>,
}

impl Author {
    /// The hub itself, such as `seed` when it takes in its own files.
    #[must_use]
    pub fn hub(part: &str) -> Self {
        Self { who: part.to_owned(), role: "HUB".to_owned() }
    }

    /// An operator at the command line.
    #[must_use]
    pub fn command_line() -> Self {
        Self { who: "command line".to_owned(), role: "OPERATOR".to_owned() }
    }
}

impl Transaction {
    /// Adds a line to the audit.
    ///
    /// # Errors
    /// [`DbError::Engine`].
    pub async fn tell(&mut self, author: &Author, deed: Deed<'_>) -> Result<(), DbError> {
        self.lines += 1;
        let values = [
            self.change().into(),
            self.lines.into(),
            self.now().into(),
            author.who.as_str().into(),
            author.role.as_str().into(),
            deed.action.into(),
            deed.subject.into(),
            deed.before.into(),
            deed.after.into(),
        ];
        self.run(statements::ADD_AUDIT, &values).await.map(drop)
    }
}

impl Database {
    /// The story of one thing, the oldest line first.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn audit_of(&self, subject: &str) -> Result<Vec<AuditEntry>, DbError> {
        self.rows(statements::AUDIT_OF, &[subject.into()]).await?.iter().map(AuditEntry::of).collect()
    }
}

impl AuditEntry {
    fn of(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            change: row.integer("change")?,
            at: row.instant("made_at")?,
            author: Author { who: row.text("who")?, role: row.text("role")? },
            action: row.text("action")?,
            subject: row.text("subject")?,
            before: row.optional_text("before")?,
            after: row.optional_text("after")?,
        })
    }
}
