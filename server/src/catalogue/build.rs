//! Builds a catalogue from the current readings.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use connectors::model::sha256_hex;

use super::columns::Columns;
use super::index::Index;
use super::order::Orders;
use super::record::{conflict_issue, status_conflict, unlisted_issue};
use super::text::TextIndex;
use super::{Catalogue, IssueRecord, Record, RecordNumber, locate};
use crate::harvest::Reading;
use crate::money::Rates;
use crate::places::{Gazetteer, Titles};
use crate::sectors::classify_project;

impl Catalogue {
    /// A catalogue of the readings given. Records are numbered by id, so that ties in any order go by number.
    ///
    /// This takes time in proportion to the records; call it off the async threads.
    #[must_use]
    pub fn build(readings: Vec<Arc<Reading>>, rates: &Rates, now: DateTime<Utc>) -> Self {
        let mut catalogue = Self {
            generation: String::new(),
            created_at: now,
            readings,
            records: Vec::new(),
            issues: Vec::new(),
            issue_by_id: HashMap::new(),
            issues_in_order: Vec::new(),
            by_id: HashMap::new(),
            by_identifier: HashMap::new(),
            columns: Columns::default(),
            index: Index::default(),
            orders: Orders::default(),
            texts: TextIndex::default(),
            titles: Titles::default(),
        };
        for (reading, position) in by_id(&catalogue.readings) {
            catalogue.add(reading, position, rates);
        }
        catalogue.add_feed_issues();
        catalogue.orders = Orders::of(&catalogue);
        catalogue.titles = catalogue.file_titles();
        catalogue.generation = catalogue.digest(rates);
        catalogue
    }

    fn add(&mut self, reading_number: u16, position: u32, rates: &Rates) {
        let reading = Arc::clone(&self.readings[usize::from(reading_number)]);
        let project = &reading.harvest.projects[position as usize];
        let number = RecordNumber::try_from(self.records.len()).unwrap_or(RecordNumber::MAX);
        if self.by_id.contains_key(project.id.as_str()) {
            return; // Two feeds of one partner hold it: the first feed's record stands.
        }
        let (locations, unresolved) = locate::locations(project);
        let conflict = status_conflict(project);
        let status_conflict = conflict.is_some();
        let first_issue = self.issues.len();
        let sector = classify_project(project);
        let unlisted = sector.unlisted.iter().map(|code| unlisted_issue(code));
        let found =
            project.issues.iter().cloned().chain(unresolved).chain(unlisted).chain(conflict.map(conflict_issue));
        for issue in found {
            self.index.issue(number, &issue.code);
            self.add_issue(IssueRecord::new(issue, &reading.source, Some((number, project.id.as_str()))));
        }
        let issue_number = |position: usize| u32::try_from(position).unwrap_or(u32::MAX);
        let record = Record {
            reading: reading_number,
            position,
            sector,
            locations,
            status_conflict,
            updated_at: reading.first_read.get(position as usize).copied().unwrap_or(reading.retrieved_at),
            issues: issue_number(first_issue)..issue_number(self.issues.len()),
        };
        self.index.add(number, &record, project, Gazetteer::embedded());
        self.columns.add(project, rates);
        self.index.years.entry(self.columns.year[number as usize]).or_default().insert(number);
        self.texts.add(number, project);
        self.by_id.insert(project.id.to_string(), number);
        for identifier in &project.identifiers {
            let key = (identifier.scheme.to_lowercase(), identifier.value.clone());
            self.by_identifier.entry(key).or_insert(number);
        }
        self.records.push(record);
    }

    /// Every title of every record, in each of its languages.
    fn file_titles(&self) -> Titles<RecordNumber> {
        let numbers = (0..).take(self.records.len());
        let titles = |number| self.project(number).titles.iter().map(move |title| (number, title.text.as_str()));
        Titles::of(numbers.flat_map(titles))
    }

    fn add_feed_issues(&mut self) {
        for reading in self.readings.clone() {
            let rejects = reading.harvest.rejects.iter().map(|reject| IssueRecord::rejected(reject, &reading.source));
            let feed = reading.harvest.issues.iter();
            let feed = feed.map(|issue| IssueRecord::new(issue.clone(), &reading.source, None));
            rejects.chain(feed).for_each(|issue| self.add_issue(issue));
        }
        self.issues_in_order = (0..self.issues.len()).collect();
        self.issues_in_order.sort_unstable_by(|left, right| self.issues[*left].id.cmp(&self.issues[*right].id));
    }

    /// Adds an issue, unless the same was said of the same already: pages of a list need ids that differ.
    fn add_issue(&mut self, issue: IssueRecord) {
        if let Entry::Vacant(vacant) = self.issue_by_id.entry(issue.id.clone()) {
            vacant.insert(self.issues.len());
            self.issues.push(issue);
        }
    }

    /// A name for all that can be asked for, whatever the order in which it was read.
    fn digest(&self, rates: &Rates) -> String {
        let mut said = format!("{}\n{}", env!("CARGO_PKG_VERSION"), rates.revision());
        let mut readings: Vec<_> = self.readings.iter().collect();
        readings.sort_by(|left, right| left.source.cmp(&right.source));
        for reading in readings {
            let (at, published) = (reading.retrieved_at.to_rfc3339(), reading.harvest.published_at);
            said += &format!("\n{}\u{1f}{at}\u{1f}{:?}\u{1f}{published:?}", reading.source, reading.origin);
        }
        for (record, number) in self.records.iter().zip(0..) {
            let (project, first_read) = (self.project(number), record.updated_at.to_rfc3339());
            said += &format!("\n{}\u{1f}{}\u{1f}{first_read}", project.id, project.provenance.sha256);
        }
        for number in &self.issues_in_order {
            said += &format!("\n{}", self.issues[*number].id);
        }
        sha256_hex(said.as_bytes())[..16].to_owned()
    }
}

/// Every project of every reading, by id; of two with one id the one of the earlier reading comes first.
fn by_id(readings: &[Arc<Reading>]) -> Vec<(u16, u32)> {
    let mut all: Vec<(&str, u16, u32)> = Vec::new();
    for (reading, number) in readings.iter().zip(0..) {
        let projects = reading.harvest.projects.iter().zip(0..);
        all.extend(projects.map(|(project, position)| (project.id.as_str(), number, position)));
    }
    all.sort_unstable();
    all.into_iter().map(|(_, reading, position)| (reading, position)).collect()
}
