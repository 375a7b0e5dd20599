//! Builds a catalogue from the current readings.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use connectors::model::Issue;
use sha2::{Digest as _, Sha256};

use super::columns::Columns;
use super::identifiers::Identifiers;
use super::index::Index;
use super::issues::{Issues, IssuesBuilder, Said, rejected};
use super::order::Orders;
use super::record::{Records, conflict_issue, status_conflict, unlisted_issue};
use super::text::{TextIndex, TextIndexBuilder};
use super::{Catalogue, Fragments, Record, RecordNumber, locate};
use crate::harvest::{PackedProject, Reading};
use crate::money::Rates;
use crate::places::{Gazetteer, Titles};
use crate::sectors::classify_project;

impl Catalogue {
    /// A catalogue of the readings given. Records are numbered by id, so that ties in any order go by number.
    ///
    /// This takes time in proportion to the records; call it off the async threads.
    #[must_use]
    pub fn build(readings: Vec<Arc<Reading>>, rates: &Rates, now: DateTime<Utc>) -> Self {
        Self::build_after(None, readings, rates, now)
    }

    /// The same catalogue, with what is known of records whose words stand unchanged in an earlier one taken from there:
    /// finding places and purposes in texts is most of the work, and most records are as they were.
    #[must_use]
    pub fn build_after(earlier: Option<&Self>, readings: Vec<Arc<Reading>>, rates: &Rates, now: DateTime<Utc>) -> Self {
        let first_read =
            readings.iter().flat_map(|reading| reading.first_read.instants().iter().chain([&reading.retrieved_at]));
        let mut catalogue = Self {
            generation: String::new(),
            created_at: now,
            records: Records::new(first_read.copied().collect()),
            readings,
            issues: Issues::default(),
            identifiers: Identifiers::default(),
            columns: Columns::default(),
            index: Index::default(),
            orders: Orders::default(),
            texts: TextIndex::default(),
            titles: Titles::default(),
            fragments: Fragments::default(),
        };
        let (mut texts, mut issues) = (TextIndexBuilder::default(), IssuesBuilder::default());
        for (reading, position) in by_id(&catalogue.readings) {
            catalogue.add(earlier, (reading, position), rates, (&mut texts, &mut issues));
        }
        catalogue.texts = texts.finish();
        catalogue.add_feed_issues(&mut issues);
        catalogue.issues = issues.finish();
        catalogue.records.finish();
        catalogue.columns.finish();
        catalogue.index.finish();
        catalogue.identifiers.finish();
        catalogue.orders = Orders::of(&catalogue);
        catalogue.titles = catalogue.file_titles();
        catalogue.generation = catalogue.digest(rates);
        catalogue
    }

    fn add(
        &mut self,
        earlier: Option<&Self>,
        place: (u16, u32),
        rates: &Rates,
        (texts, issues): (&mut TextIndexBuilder, &mut IssuesBuilder),
    ) {
        let reading = Arc::clone(&self.readings[usize::from(place.0)]);
        let packed = reading.harvest.projects.get(place.1);
        let number = RecordNumber::try_from(self.records.len()).unwrap_or(RecordNumber::MAX);
        if number.checked_sub(1).is_some_and(|before| self.project(before).id() == packed.id()) {
            return; // Two feeds of one partner hold it: the first feed's record stands.
        }
        let project = &packed.to_project();
        let known = earlier.and_then(|earlier| earlier.of_the_same_words(packed));
        // What a field of the source states is looked up at once, and an issue tells what is not found there.
        let (locations, unresolved) = match known.filter(|_| project.locations.is_empty()) {
            Some(known) => (known.locations.to_vec(), Vec::new()),
            None => locate::locations(project),
        };
        let conflict = status_conflict(project);
        let status_conflict = conflict.is_some();
        let sector = known.map_or_else(|| classify_project(project), |known| known.sector.clone());
        let mut note = |said, issue: &Issue| {
            self.index.issue(number, &issue.code);
            issues.add((place.0, &reading.source), (number, project.id.as_str()), said, issue);
        };
        for (issue, position) in project.issues.iter().zip(0..) {
            note(Said::Published(position), issue);
        }
        for position in unresolved {
            note(Said::Unresolved(position), &locate::unresolved(&project.locations[position as usize]));
        }
        for (code, position) in sector.unlisted.iter().zip(0..) {
            note(Said::Unlisted(position), &unlisted_issue(code));
        }
        if let Some(message) = conflict {
            note(Said::Conflict, &conflict_issue(message));
        }
        let updated_at = reading.first_read.get(place.1).unwrap_or(reading.retrieved_at);
        self.records.push(place, updated_at, (sector, locations), status_conflict);
        self.index.add(number, place.0, &self.records.get(number), project, Gazetteer::embedded());
        let year = self.columns.add(packed, rates);
        self.index.years.entry(year).or_default().insert(number);
        texts.add(number, project);
        self.identifiers.add(number, project);
    }

    /// The record of a project's id, where all stands in it from which places and sectors are found.
    pub(super) fn of_the_same_words(&self, project: PackedProject<'_>) -> Option<Record<'_>> {
        let number = self.by_id(project.id().as_str())?;
        let own = self.project(number);
        let same = own.titles().eq(project.titles())
            && own.descriptions().eq(project.descriptions())
            && own.countries().eq(project.countries())
            && own.sectors().eq(project.sectors())
            && own.locations().eq(project.locations());
        same.then(|| self.record(number))
    }

    /// Every title of every record, in each of its languages.
    fn file_titles(&self) -> Titles<RecordNumber> {
        let titles = |number| self.project(number).titles().map(move |title| (number, title.text()));
        Titles::of(self.numbers().flat_map(titles))
    }

    fn add_feed_issues(&self, issues: &mut IssuesBuilder) {
        for (reading, number) in self.readings.iter().zip(0..) {
            for (reject, position) in reading.harvest.rejects.iter().zip(0..) {
                issues.add_to_feed((number, &reading.source), Said::Rejected(position), &rejected(reject));
            }
            for (issue, position) in reading.harvest.issues.iter().zip(0..) {
                issues.add_to_feed((number, &reading.source), Said::Feed(position), issue);
            }
        }
    }

    /// A name for all that can be asked for, whatever the order in which it was read.
    fn digest(&self, rates: &Rates) -> String {
        let mut digest = Sha256::new();
        digest.update(format!("{}\n{}", env!("CARGO_PKG_VERSION"), rates.revision()));
        let mut readings: Vec<_> = self.readings.iter().collect();
        readings.sort_by(|left, right| left.source.cmp(&right.source));
        for reading in readings {
            let (at, published) = (reading.retrieved_at.to_rfc3339(), reading.harvest.published_at);
            digest.update(format!("\n{}\u{1f}{at}\u{1f}{:?}\u{1f}{published:?}", reading.source, reading.origin));
        }
        for number in self.numbers() {
            let (project, first_read) = (self.project(number), self.record(number).updated_at.to_rfc3339());
            digest.update(format!("\n{}\u{1f}{}\u{1f}{first_read}", project.id(), project.provenance().sha256));
        }
        for number in self.issues.in_order() {
            digest.update(format!("\n{}", self.issue(*number).id()));
        }
        digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Every project of every reading, by id; of two with one id the one of the earlier reading comes first.
fn by_id(readings: &[Arc<Reading>]) -> Vec<(u16, u32)> {
    let mut all: Vec<(&str, u16, u32)> = Vec::new();
    for (reading, number) in readings.iter().zip(0..) {
        let projects = reading.harvest.projects.iter().zip(0..);
        all.extend(projects.map(|(project, position)| (project.id().as_str(), number, position)));
    }
    all.sort_unstable();
    all.into_iter().map(|(_, reading, position)| (reading, position)).collect()
}
