//! Everything odd, in one list: about records, about rows that could not be read, and about whole feeds.

use connectors::connector::Reject;
use connectors::model::{Issue, Severity, codes, sha256_hex};

use super::RecordNumber;

/// How much of a row that could not be read is shown in its issue.
const SHOWN: usize = 600;

/// One issue with its place in the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueRecord {
    /// `issue:<hash>`: the same issue keeps its id as long as it says the same of the same.
    pub id: String,
    /// What is odd.
    pub issue: Issue,
    /// The source it came by.
    pub source: String,
    /// The record it stands at; `None` for a row that could not be read and for a feed as a whole.
    pub record: Option<RecordNumber>,
}

impl IssueRecord {
    pub(super) fn new(issue: Issue, source: &str, record: Option<(RecordNumber, &str)>) -> Self {
        let field = issue.field.as_deref().unwrap_or_default();
        let about = record.map_or("", |(_, id)| id);
        let said = [source, about, &issue.code, field, &issue.message].join("\u{1f}");
        let id = format!("issue:{}", &sha256_hex(said.as_bytes())[..20]);
        Self { id, issue, source: source.to_owned(), record: record.map(|(number, _)| number) }
    }

    /// A row that could not be read, as an issue that shows it.
    pub(super) fn rejected(reject: &Reject, source: &str) -> Self {
        let raw: String = reject.raw.chars().take(SHOWN).collect();
        let cut = if raw.len() < reject.raw.len() { " …" } else { "" };
        let message = format!("{}: {} The row as it came: {raw}{cut}", reject.position, reject.reason);
        Self::new(Issue::new(codes::REJECTED_ROW, Severity::Error, message), source, None)
    }
}
