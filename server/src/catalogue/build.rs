//! Builds a catalogue from the current readings.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use connectors::model::{Issue, Project};
use sha2::{Digest as _, Sha256};

use super::columns::Columns;
use super::identifiers::Identifiers;
use super::index::Index;
use super::issues::{Issues, IssuesBuilder, Said, rejected};
use super::order::Orders;
use super::record::{Records, conflict_issue, status_conflict, unlisted_issue};
use super::text::{TextIndex, TextIndexBuilder};
use super::{Catalogue, Fragments, Location, Record, RecordNumber, Unchanged, locate};
use crate::cores::on_all_cores;
use crate::harvest::{PackedProject, Reading};
use crate::money::Rates;
use crate::places::{Gazetteer, Titles};
use crate::sectors::{Classification, classify_project};

impl Catalogue {
    /// A catalogue of the readings given. Records are numbered by id, so that ties in any order go by number.
    ///
    /// This takes time in proportion to the records; call it off the async threads.
    #[must_use]
    pub fn build(readings: Vec<Arc<Reading>>, rates: &Rates, now: DateTime<Utc>) -> Self {
        Self::build_after(&Self::empty(now), readings, rates, now).0
    }

    /// The same catalogue, with what is known of records that stand unchanged in an earlier one taken from there; and which
    /// those are.
    ///
    /// Of a record that changed in other fields its places and sectors are taken over where its words stand unchanged:
    /// finding them in texts is most of the work.
    #[must_use]
    pub fn build_after(
        earlier: &Self,
        readings: Vec<Arc<Reading>>,
        rates: &Rates,
        now: DateTime<Utc>,
    ) -> (Self, Unchanged) {
        let by_id = by_id(&readings);
        let same_rates = earlier.rates == rates.revision();
        let kept = if same_rates { Unchanged::of(earlier, &readings, &by_id) } else { Unchanged::none() };
        let first_read =
            readings.iter().flat_map(|reading| reading.first_read.instants().iter().chain([&reading.retrieved_at]));
        let mut catalogue = Self {
            rates: rates.revision().to_owned(),
            records: Records::new(first_read.copied().collect()),
            identifiers: Identifiers::of_kept(&earlier.identifiers, &kept),
            index: Index::of_kept(&earlier.index, &kept),
            readings,
            ..Self::empty(now)
        };
        let (mut texts, mut issues) = (TextIndexBuilder::default(), IssuesBuilder::default());
        for part in (0..by_id.len()).step_by(PART).map(|from| from..by_id.len().min(from + PART)) {
            let new: Vec<(u16, u32)> =
                part.clone().filter(|at| kept.earlier(number_of(*at)).is_none()).map(|at| by_id[at]).collect();
            let mut found = on_all_cores(&new, |place| Found::of(earlier, catalogue.packed(*place))).into_iter();
            for at in part {
                match kept.earlier(number_of(at)) {
                    Some(old) => catalogue.keep((earlier, old), by_id[at], &mut issues),
                    None => {
                        let Some(found) = found.next() else { continue };
                        catalogue.add(found, by_id[at], rates, (&mut texts, &mut issues));
                    }
                }
            }
        }
        catalogue.texts = texts.finish_after(&earlier.texts, &kept);
        catalogue.add_feed_issues(&mut issues);
        catalogue.issues = issues.finish();
        catalogue.records.finish();
        catalogue.columns.finish();
        catalogue.index.finish();
        catalogue.identifiers.finish();
        catalogue.orders = Orders::of(&catalogue, &earlier.orders, &kept);
        catalogue.titles = catalogue.file_titles(&earlier.titles, &kept);
        catalogue.generation = catalogue.digest(rates);
        (catalogue, kept)
    }

    /// A catalogue before any reading.
    fn empty(now: DateTime<Utc>) -> Self {
        Self {
            generation: String::new(),
            created_at: now,
            rates: String::new(),
            readings: Vec::new(),
            records: Records::default(),
            issues: Issues::default(),
            identifiers: Identifiers::default(),
            columns: Columns::default(),
            index: Index::default(),
            orders: Orders::default(),
            texts: TextIndex::default(),
            titles: Titles::default(),
            fragments: Fragments::default(),
        }
    }

    /// Takes a record over from an earlier catalogue.
    fn keep(&mut self, (earlier, old): (&Self, RecordNumber), place: (u16, u32), issues: &mut IssuesBuilder) {
        let number = number_of(self.records.len());
        self.records.keep(&earlier.records, old, place, self.first_read(place));
        self.index.read(number, place.0);
        self.columns.keep(&earlier.columns, old);
        issues.keep(&earlier.issues, old, (place.0, number));
    }

    fn add(
        &mut self,
        found: Found,
        place: (u16, u32),
        rates: &Rates,
        (texts, issues): (&mut TextIndexBuilder, &mut IssuesBuilder),
    ) {
        let reading = Arc::clone(&self.readings[usize::from(place.0)]);
        let packed = reading.harvest.projects.get(place.1);
        let number = number_of(self.records.len());
        let Found { project, locations, unresolved, sector } = found;
        let conflict = status_conflict(packed);
        let status_conflict = conflict.is_some();
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
        self.records.push(place, self.first_read(place), (sector, locations), status_conflict);
        self.index.read(number, place.0);
        self.index.add(number, &self.records.get(number), &project, Gazetteer::embedded());
        let year = self.columns.add(packed, rates);
        self.index.years.entry(year).or_default().insert(number);
        texts.add(number, &project);
        self.identifiers.add(number, &project);
    }

    fn packed(&self, (reading, position): (u16, u32)) -> PackedProject<'_> {
        self.readings[usize::from(reading)].harvest.projects.get(position)
    }

    /// When the version of a project at a place was first read.
    fn first_read(&self, (reading, position): (u16, u32)) -> DateTime<Utc> {
        let reading = &self.readings[usize::from(reading)];
        reading.first_read.get(position).unwrap_or(reading.retrieved_at)
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
    fn file_titles(&self, earlier: &Titles<RecordNumber>, kept: &Unchanged) -> Titles<RecordNumber> {
        let titles = |number| {
            let before = kept.earlier(number).map(|old| earlier.first_of(old));
            let titles = self.project(number).titles().zip(0..);
            titles.map(move |(title, nth)| (number, title.text(), before.map(|first| first + nth)))
        };
        Titles::after(earlier, self.numbers().flat_map(titles))
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
            let (project, first_read) = (self.project(number), self.record(number).updated_at);
            let (id, provenance) = (project.id(), project.provenance());
            let seconds = first_read.timestamp().to_le_bytes();
            let parts = [
                id.as_str().as_bytes(),
                provenance.sha256.bytes(),
                &seconds,
                &first_read.timestamp_subsec_nanos().to_le_bytes(),
            ];
            for part in parts {
                digest.update(part.len().to_le_bytes());
                digest.update(part);
            }
        }
        self.issues.ids().for_each(|id| digest.update(id));
        digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// How many records are worked on together: their projects are unpacked meanwhile.
const PART: usize = 4_096;

/// What is worked out of one project by itself.
struct Found {
    project: Project,
    locations: Vec<Location>,
    /// The positions of published locations that are no known place.
    unresolved: Vec<u32>,
    sector: Classification,
}

impl Found {
    fn of(earlier: &Catalogue, packed: PackedProject<'_>) -> Self {
        let project = packed.to_project();
        let known = earlier.of_the_same_words(packed);
        // What a field of the source states is looked up at once, and an issue tells what is not found there.
        let (locations, unresolved) = match known.filter(|_| project.locations.is_empty()) {
            Some(known) => (known.locations.to_vec(), Vec::new()),
            None => locate::locations(&project),
        };
        let sector = known.map_or_else(|| classify_project(&project), |known| known.sector.clone());
        Self { project, locations, unresolved, sector }
    }
}

fn number_of(at: usize) -> RecordNumber {
    RecordNumber::try_from(at).unwrap_or(RecordNumber::MAX)
}

/// Every project, by id; of two with one id, which two feeds of one partner hold, that of the earlier reading.
fn by_id(readings: &[Arc<Reading>]) -> Vec<(u16, u32)> {
    let mut all: Vec<(&str, u16, u32)> = Vec::new();
    for (reading, number) in readings.iter().zip(0..) {
        let projects = reading.harvest.projects.iter().zip(0..);
        all.extend(projects.map(|(project, position)| (project.id().as_str(), number, position)));
    }
    all.sort(); // Partners tell much in order.
    all.dedup_by_key(|(id, ..)| *id);
    all.into_iter().map(|(_, reading, position)| (reading, position)).collect()
}
