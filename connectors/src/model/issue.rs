//! What is odd about a record: said beside it, never repaired in silence.

use serde::{Deserialize, Serialize};

/// How much an issue weakens the record it stands at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// Worth knowing; the record can be used as it is.
    Info,
    /// A field is missing, doubtful or in conflict with another.
    Warning,
    /// The record, or a part of it, could not be read.
    Error,
}

/// One thing that is odd about one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// A stable code from [`codes`].
    pub code: String,
    /// How much it weakens the record.
    pub severity: Severity,
    /// A sentence for a reader who sees only this issue.
    pub message: String,
    /// The canonical field concerned, by its GraphQL name, where there is one.
    pub field: Option<String>,
}

impl Issue {
    /// An issue about the whole record.
    pub fn new(code: &str, severity: Severity, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), severity, message: message.into(), field: None }
    }

    /// The same issue, about one field (by its GraphQL name).
    #[must_use]
    pub fn at(mut self, field: &str) -> Self {
        self.field = Some(field.to_owned());
        self
    }
}

/// The codes that connectors give. A code keeps its meaning for ever; new meanings get new codes.
pub mod codes {
    /// No source gives an identifier: the fixture wrote `authored-…`. Only in the baseline and on stage.
    pub const AUTHORED_IDENTIFIER: &str = "AUTHORED_IDENTIFIER";
    /// The raw record was written by hand from facts in public sources; the partner did not send it.
    pub const AUTHORED_FIXTURE: &str = "AUTHORED_FIXTURE";
    /// The source gives no title.
    pub const MISSING_TITLE: &str = "MISSING_TITLE";
    /// An amount is written in prose, or in a form that has no single reading; the text is in the message.
    pub const AMOUNT_NOT_NUMERIC: &str = "AMOUNT_NOT_NUMERIC";
    /// An amount is negative: a cancellation or a repayment.
    pub const NEGATIVE_AMOUNT: &str = "NEGATIVE_AMOUNT";
    /// The raw record is longer than what is kept; the figures come from all of it.
    pub const RAW_SHORTENED: &str = "RAW_SHORTENED";
    /// The partner answered, and holds no rows at all for what was asked.
    pub const NOTHING_PUBLISHED: &str = "NOTHING_PUBLISHED";
    /// A date could not be read.
    pub const UNREADABLE_DATE: &str = "UNREADABLE_DATE";
    /// A country's name or code is not in the code list.
    pub const UNKNOWN_COUNTRY: &str = "UNKNOWN_COUNTRY";
    /// A status word that nobody has mapped yet.
    pub const UNKNOWN_STATUS: &str = "UNKNOWN_STATUS";
    /// A row that could not be read at all: kept as it came.
    pub const REJECTED_ROW: &str = "REJECTED_ROW";
    /// The source sent the same identifier twice with different content; the first is shown.
    pub const CONFLICTING_DUPLICATE: &str = "CONFLICTING_DUPLICATE";
    /// Fewer rows came than the partner announced.
    pub const FEWER_ROWS_THAN_ANNOUNCED: &str = "FEWER_ROWS_THAN_ANNOUNCED";
    /// The detail page could not be read; fields that only it gives are absent.
    pub const DETAIL_NOT_READ: &str = "DETAIL_NOT_READ";
    /// A part of the record was not in the encoding due and was read by a guess; some letters may be wrong.
    pub const ENCODING_GUESSED: &str = "ENCODING_GUESSED";
    /// A row or page of another source of the partner could not be assigned to one record with certainty: it is kept
    /// here, and added to none.
    pub const UNMATCHED_ROW: &str = "UNMATCHED_ROW";
    /// An amount is the sum of several rows of one source.
    pub const SUMMED_ROWS: &str = "SUMMED_ROWS";
    /// The parts of an amount do not make up the amount.
    pub const PARTS_DIFFER: &str = "PARTS_DIFFER";
    /// Another source of the partner, which adds to its records, could not be read.
    pub const ADDITION_NOT_READ: &str = "ADDITION_NOT_READ";
    /// A published sector code is not in the DAC list.
    pub const UNKNOWN_SECTOR: &str = "UNKNOWN_SECTOR";
}
