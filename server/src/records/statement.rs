//! What a record rests on: one statement of one source.

use connectors::model::PartialDate;
use serde::{Deserialize, Serialize};

use super::check::{self, Fault};

/// How far a statement can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// A guess from thin evidence.
    Low,
    /// Second-hand, undated or historical.
    Medium,
    /// Stated plainly by a source that should know.
    High,
}

/// What one source says about the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// The source, as a reader would look for it.
    pub title: String,
    /// Its address, where it has a public one.
    pub url: Option<String>,
    /// When it was published, where it says so.
    pub published_on: Option<PartialDate>,
    /// When it was read; needed where it shows no date.
    pub read_on: Option<PartialDate>,
    /// What it says, in a few words.
    pub says: String,
    /// How far that can be trusted.
    pub confidence: Confidence,
}

impl Statement {
    fn check(&self, at: &str) -> Result<(), Fault> {
        check::filled(&format!("{at}.title"), &self.title)?;
        check::filled(&format!("{at}.says"), &self.says)?;
        check::address(&format!("{at}.url"), self.url.as_deref())?;
        if self.published_on.is_none() && self.read_on.is_none() {
            return Err(Fault::new(at, "give `published_on`, or `read_on` where the source shows no date"));
        }
        Ok(())
    }
}

/// Every record rests on at least one statement.
pub(super) fn check_all(statements: &[Statement]) -> Result<(), Fault> {
    if statements.is_empty() {
        return Err(Fault::new("sources", "name at least one source"));
    }
    statements.iter().enumerate().try_for_each(|(nth, statement)| statement.check(&format!("sources[{nth}]")))
}

/// The address that stands for the record: that of the first source that has one.
pub(super) fn first_address(statements: &[Statement]) -> Option<&str> {
    statements.iter().find_map(|statement| statement.url.as_deref())
}
