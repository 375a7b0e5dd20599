//! Everything odd, in one list: about records, about rows that could not be read, and about whole feeds.
//!
//! An issue is kept as where it comes from; its words are looked up, or worded again, when somebody reads them.

use std::borrow::Cow;
use std::collections::HashSet;

use connectors::connector::Reject;
use connectors::model::{self, Issue, Severity};
use sha2::{Digest as _, Sha256};

use super::record::{conflict_issue, status_conflict, unlisted_issue};
use super::{Catalogue, RecordNumber, codes, locate};
use crate::harvest::packed::PublishedIssue;

/// How much of a row that could not be read is shown in its issue.
const SHOWN: usize = 600;

/// The number of an issue in one catalogue.
pub type IssueNumber = u32;

/// All issues: those of records first, record by record.
#[derive(Debug, Default)]
pub(super) struct Issues {
    entries: Vec<Entry>,
    /// By id.
    in_order: Vec<IssueNumber>,
}

/// One issue.
#[derive(Debug, Clone, Copy)]
struct Entry {
    id: Id,
    reading: u16,
    /// [`NO_RECORD`] where it stands at none.
    record: RecordNumber,
    said: Said,
}

/// The beginning of a digest of all that the issue says.
type Id = [u8; 10];

const NO_RECORD: RecordNumber = RecordNumber::MAX;

/// Where the words of an issue come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// The project's issue at this position.
    Published(u32),
    /// The published location at this position is no known place.
    Unresolved(u32),
    /// The sector code at this position among those that the DAC's list does not have.
    Unlisted(u32),
    /// The dates contradict the status.
    Conflict,
    /// The row at this position could not be read.
    Rejected(u32),
    /// The feed's issue at this position.
    Feed(u32),
}

/// Collects issues, those of records first.
#[derive(Debug, Default)]
pub(super) struct IssuesBuilder {
    entries: Vec<Entry>,
    known: HashSet<Id>,
}

impl IssuesBuilder {
    /// Adds what is odd about a record, unless the same was said of it already: pages of a list need ids that differ.
    pub(super) fn add(&mut self, reading: (u16, &str), record: (RecordNumber, &str), said: Said, issue: &Issue) {
        let id = id_of(reading.1, record.1, issue);
        self.push(Entry { id, reading: reading.0, record: record.0, said });
    }

    /// Adds what is odd about a feed, or a row of it.
    pub(super) fn add_to_feed(&mut self, reading: (u16, &str), said: Said, issue: &Issue) {
        let id = id_of(reading.1, "", issue);
        self.push(Entry { id, reading: reading.0, record: NO_RECORD, said });
    }

    /// Adds what was odd about a record in an earlier catalogue. No other record says the same: its id is part of it.
    pub(super) fn keep(&mut self, earlier: &Issues, old: RecordNumber, (reading, record): (u16, RecordNumber)) {
        let range = earlier.of_record(old);
        let kept = &earlier.entries[range.start as usize..range.end as usize];
        self.entries.extend(kept.iter().map(|entry| Entry { reading, record, ..*entry }));
    }

    fn push(&mut self, entry: Entry) {
        if self.known.insert(entry.id) {
            self.entries.push(entry);
        }
    }

    pub(super) fn finish(self) -> Issues {
        let Self { mut entries, .. } = self;
        entries.shrink_to_fit();
        let mut in_order: Vec<IssueNumber> = (0..).take(entries.len()).collect();
        in_order.sort_unstable_by_key(|number| entries[*number as usize].id);
        Issues { entries, in_order }
    }
}

fn id_of(source: &str, about: &str, issue: &Issue) -> Id {
    let field = issue.field.as_deref().unwrap_or_default();
    let mut digest = Sha256::new();
    for (nth, said) in [source, about, &issue.code, field, &issue.message].into_iter().enumerate() {
        if nth > 0 {
            digest.update("\u{1f}");
        }
        digest.update(said);
    }
    let mut id = Id::default();
    id.copy_from_slice(&digest.finalize()[..size_of::<Id>()]);
    id
}

/// The id as it is published: `issue:` and twenty hexadecimal digits.
fn published(id: Id) -> String {
    use std::fmt::Write as _;
    let mut published = String::with_capacity(26);
    published.push_str("issue:");
    for byte in id {
        write!(published, "{byte:02x}").unwrap_or_default(); // writing to a String cannot fail
    }
    published
}

/// A row that could not be read, as an issue that shows it.
pub(super) fn rejected(reject: &Reject) -> Issue {
    let raw: String = reject.raw.chars().take(SHOWN).collect();
    let cut = if raw.len() < reject.raw.len() { " …" } else { "" };
    let message = format!("{}: {} The row as it came: {raw}{cut}", reject.position, reject.reason);
    Issue::new(model::codes::REJECTED_ROW, Severity::Error, message)
}

impl Issues {
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The numbers of all issues, by id.
    pub(super) fn in_order(&self) -> &[IssueNumber] {
        &self.in_order
    }

    /// The ids of all issues, in order.
    pub(super) fn ids(&self) -> impl Iterator<Item = &[u8]> {
        self.in_order.iter().map(|number| self.entries[*number as usize].id.as_slice())
    }

    /// The number of the issue with this id.
    pub(super) fn by_id(&self, id: &str) -> Option<IssueNumber> {
        let id_at = |number: &IssueNumber| published(self.entries[*number as usize].id);
        let position = self.in_order.binary_search_by(|number| id_at(number).as_str().cmp(id)).ok()?;
        self.in_order.get(position).copied()
    }

    /// The numbers of the issues that stand at a record.
    pub(super) fn of_record(&self, record: RecordNumber) -> std::ops::Range<IssueNumber> {
        let bound = |number: usize| IssueNumber::try_from(number).unwrap_or(IssueNumber::MAX);
        let first = self.entries.partition_point(|entry| entry.record < record);
        let count = self.entries[first..].iter().take_while(|entry| entry.record == record).count();
        bound(first)..bound(first + count)
    }

    pub(super) fn bytes(&self) -> usize {
        self.entries.capacity() * size_of::<Entry>() + self.in_order.capacity() * size_of::<IssueNumber>()
    }
}

/// One issue with its place in the catalogue.
#[derive(Clone, Copy)]
pub struct IssueRecord<'catalogue> {
    catalogue: &'catalogue Catalogue,
    entry: &'catalogue Entry,
}

impl<'catalogue> IssueRecord<'catalogue> {
    pub(super) fn new(catalogue: &'catalogue Catalogue, number: IssueNumber) -> Self {
        Self { catalogue, entry: &catalogue.issues.entries[number as usize] }
    }

    /// `issue:<hash>`: the same issue keeps its id as long as it says the same of the same.
    #[must_use]
    pub fn id(self) -> String {
        published(self.entry.id)
    }

    /// What kind of issue it is.
    #[must_use]
    pub fn code(self) -> &'catalogue str {
        match self.entry.said {
            Said::Unresolved(_) => codes::UNRESOLVED_LOCATION,
            Said::Unlisted(_) => model::codes::UNKNOWN_SECTOR,
            Said::Conflict => codes::STATUS_CONFLICT,
            Said::Rejected(_) => model::codes::REJECTED_ROW,
            Said::Published(position) => self.published(position).map_or("", |issue| issue.code),
            Said::Feed(position) => self.of_feed(position).map_or("", |issue| &issue.code),
        }
    }

    /// What is odd, how much that weakens the record, and in which field.
    ///
    /// The words of what the hub found are put together here.
    #[must_use]
    pub fn issue(self) -> Cow<'catalogue, Issue> {
        let catalogue = self.catalogue;
        let project = || catalogue.project(self.entry.record);
        let worded = match self.entry.said {
            Said::Published(position) => self.published(position).map(PublishedIssue::to_model),
            Said::Feed(position) => return self.of_feed(position).map(Cow::Borrowed).unwrap_or_else(unknown),
            Said::Unresolved(position) => {
                project().locations().nth(position as usize).map(|location| locate::unresolved(&location))
            }
            Said::Unlisted(position) => {
                let codes = &catalogue.record(self.entry.record).sector.unlisted;
                codes.get(position as usize).map(|code| unlisted_issue(code))
            }
            Said::Conflict => status_conflict(project()).map(conflict_issue),
            Said::Rejected(position) => {
                let rejects = &catalogue.readings[usize::from(self.entry.reading)].harvest.rejects;
                rejects.get(position as usize).map(rejected)
            }
        };
        worded.map(Cow::Owned).unwrap_or_else(unknown)
    }

    /// The id of the source it came by.
    #[must_use]
    pub fn source(self) -> &'catalogue str {
        &self.catalogue.readings[usize::from(self.entry.reading)].source
    }

    /// The record it stands at; `None` for a row that could not be read and for a feed as a whole.
    #[must_use]
    pub fn record(self) -> Option<RecordNumber> {
        Some(self.entry.record).filter(|record| *record != NO_RECORD)
    }

    fn published(self, position: u32) -> Option<PublishedIssue<'catalogue>> {
        self.catalogue.project(self.entry.record).issues().nth(position as usize)
    }

    fn of_feed(self, position: u32) -> Option<&'catalogue Issue> {
        self.catalogue.readings[usize::from(self.entry.reading)].harvest.issues.get(position as usize)
    }
}

/// What no entry leads to: entries are made from what stands in the readings.
fn unknown<'any>() -> Cow<'any, Issue> {
    Cow::Owned(Issue::new("", Severity::Info, ""))
}
