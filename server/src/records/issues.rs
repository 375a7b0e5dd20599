//! What is odd about the Alliance's own records, for everybody to read: it says which record and which fields, and shows
//! no content that is not shown anyhow.

use connectors::model::{Issue, Severity, sha256_hex};

use super::RecordFault;
use super::seeding::SeedDifference;

/// The record was changed in the hub and says something else than its seed file.
pub const DIFFERS_FROM_SEED: &str = "DIFFERS_FROM_SEED";
/// The record breaks a rule and is not shown.
pub const INVALID_RECORD: &str = "INVALID_RECORD";

/// Something odd about one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordIssue {
    /// `issue:<hash>`: the same as long as the same is said of the same record.
    pub id: String,
    /// The record's id.
    pub record: String,
    /// What is odd.
    pub issue: Issue,
}

/// All that is odd about the records of one moment, by id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecordIssues {
    list: Vec<RecordIssue>,
    digest: String,
}

impl RecordIssues {
    /// What these differences and faults say.
    #[must_use]
    pub fn of(differences: &[SeedDifference], faults: &[RecordFault]) -> Self {
        let differences = differences.iter().map(|difference| {
            let issue = Issue::new(DIFFERS_FROM_SEED, Severity::Info, format!("{difference}."));
            RecordIssue::new(&difference.id, issue)
        });
        let faults = faults.iter().map(|fault| {
            // The reason can hold a part of the record, which nobody has looked at: it stays in the log.
            let message = format!("{} breaks a rule and is not shown; the hub's log says which.", fault.record);
            RecordIssue::new(&fault.record, Issue::new(INVALID_RECORD, Severity::Error, message))
        });
        let mut list: Vec<RecordIssue> = differences.chain(faults).collect();
        list.sort_by(|one, other| one.id.cmp(&other.id));
        list.dedup_by(|one, other| one.id == other.id);
        let ids: Vec<&str> = list.iter().map(|issue| issue.id.as_str()).collect();
        let digest = if ids.is_empty() { String::new() } else { sha256_hex(ids.join(" ").as_bytes()) };
        Self { list, digest }
    }

    /// All of them, by id.
    #[must_use]
    pub fn list(&self) -> &[RecordIssue] {
        &self.list
    }

    /// The position of the issue with this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<usize> {
        self.list.binary_search_by(|issue| issue.id.as_str().cmp(id)).ok()
    }

    /// The same issues, the same digest; empty where there is none.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }
}

impl RecordIssue {
    fn new(record: &str, issue: Issue) -> Self {
        let said = ["records", record, &issue.code, &issue.message].join("\u{1f}");
        let mut id = sha256_hex(said.as_bytes());
        id.truncate(20);
        Self { id: format!("issue:{id}"), record: record.to_owned(), issue }
    }
}
