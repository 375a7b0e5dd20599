//! One project with what the hub works out about it.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher as _};

use chrono::{DateTime, Utc};
use connectors::model::{Issue, ProjectStatus};

use super::RecordNumber;
use crate::harvest::PackedProject;
use crate::packed::Narrow;
use crate::places::{LocationLevel, PlaceIndex};
use crate::sectors::Classification;

/// How a location was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LocationMethod {
    /// The source gives a code.
    PublishedCode,
    /// The source gives coordinates.
    PublishedPoint,
    /// The source gives a name in a field of its own.
    PublishedName,
    /// The title names it.
    MatchedTitle,
    /// The description names it.
    MatchedDescription,
}

/// What the hub works out about one project; the project itself stays in its reading.
#[derive(Debug, Clone, Copy)]
pub struct Record<'catalogue> {
    /// Its sectors.
    pub sector: &'catalogue Classification,
    /// Their number: records of one number have equal sectors.
    pub sector_number: u32,
    /// Where it happens; empty where nothing states it.
    pub locations: &'catalogue [Location],
    /// Their number: records of one number have equal locations.
    pub locations_number: u32,
    /// Whether its dates contradict its status.
    pub status_conflict: bool,
    /// When this version of it was first read.
    pub updated_at: DateTime<Utc>,
}

/// One place where a project happens, and how that is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Location {
    /// How exact it is.
    pub level: LocationLevel,
    /// The place; `None` where the whole country is meant, or where the words fit several places.
    pub place: Option<PlaceIndex>,
    /// How it was found.
    pub method: LocationMethod,
    /// 0 to 1; 1 for a published code.
    pub confidence: f64,
    /// The words that were read, as they stand in the source.
    pub evidence: Option<String>,
    /// The places that the words could mean, where they fit several.
    pub candidates: Vec<PlaceIndex>,
}

/// All records, by number. Records say much the same of sectors and places, so each saying is kept once.
#[derive(Debug, Default)]
pub(super) struct Records {
    /// The number of each record's reading, and the position of its project there.
    readings: Narrow,
    positions: Narrow,
    /// The numbers of what it says.
    sectors: Narrow,
    locations: Narrow,
    /// The place of its instant among all of them: a later one has a higher place.
    updated: Narrow,
    conflicts: Narrow,
    said_sectors: Distinct<Classification>,
    said_locations: Distinct<Box<[Location]>>,
    /// Sorted.
    instants: Vec<DateTime<Utc>>,
}

impl Records {
    /// No records yet; they will have been read first at some of these instants.
    pub(super) fn new(mut instants: Vec<DateTime<Utc>>) -> Self {
        instants.sort_unstable();
        instants.dedup();
        instants.shrink_to_fit();
        Self { instants, ..Self::default() }
    }

    pub(super) fn push(
        &mut self,
        (reading, position): (u16, u32),
        updated_at: DateTime<Utc>,
        (sector, locations): (Classification, Vec<Location>),
        status_conflict: bool,
    ) {
        let sector = self.said_sectors.number(sector, hash_of_sector);
        let locations = self.said_locations.number(locations.into(), |locations| hash_of_locations(locations));
        self.push_numbers((reading, position), updated_at, (sector, locations), status_conflict);
    }

    /// Takes a record over from an earlier catalogue, but for where it stands and when it was first read.
    pub(super) fn keep(
        &mut self,
        earlier: &Self,
        old: RecordNumber,
        (reading, position): (u16, u32),
        updated_at: DateTime<Utc>,
    ) {
        let said = earlier.get(old);
        let sector = self.said_sectors.keep(&earlier.said_sectors, said.sector_number, hash_of_sector);
        let locations = self
            .said_locations
            .keep(&earlier.said_locations, said.locations_number, |locations| hash_of_locations(locations));
        self.push_numbers((reading, position), updated_at, (sector, locations), said.status_conflict);
    }

    fn push_numbers(
        &mut self,
        (reading, position): (u16, u32),
        updated_at: DateTime<Utc>,
        (sector, locations): (u32, u32),
        status_conflict: bool,
    ) {
        self.readings.push(reading.into());
        self.positions.push(position.into());
        self.sectors.push(sector.into());
        self.locations.push(locations.into());
        self.updated.push(self.instants.partition_point(|instant| *instant < updated_at) as u64);
        self.conflicts.push(status_conflict.into());
    }

    pub(super) fn finish(&mut self) {
        self.columns_mut().into_iter().for_each(Narrow::shrink);
        self.said_sectors.finish();
        self.said_locations.finish();
    }

    pub(super) fn len(&self) -> usize {
        self.positions.len()
    }

    /// The number of a record's reading, and the position of its project there.
    pub(super) fn place(&self, number: u32) -> (u16, u32) {
        (self.readings.get(number as usize) as u16, self.positions.get(number as usize) as u32)
    }

    /// The place of the instant at which a record was first read: a later one has a higher place.
    pub(super) fn updated(&self, number: u32) -> u32 {
        self.updated.get(number as usize) as u32
    }

    pub(super) fn get(&self, number: u32) -> Record<'_> {
        let at = number as usize;
        Record {
            sector: &self.said_sectors.values[self.sectors.get(at) as usize],
            sector_number: self.sectors.get(at) as u32,
            locations: &self.said_locations.values[self.locations.get(at) as usize],
            locations_number: self.locations.get(at) as u32,
            status_conflict: self.conflicts.get(at) == 1,
            updated_at: self.instants.get(self.updated.get(at) as usize).copied().unwrap_or_default(),
        }
    }

    /// Without what stands on the heap of each distinct saying.
    pub(super) fn bytes(&self) -> usize {
        let columns = [&self.readings, &self.positions, &self.sectors, &self.locations, &self.updated, &self.conflicts];
        columns.into_iter().map(Narrow::bytes).sum::<usize>()
            + self.said_sectors.values.capacity() * size_of::<Classification>()
            + self.said_locations.values.iter().map(|said| size_of_val::<[Location]>(said) + 16).sum::<usize>()
            + self.instants.capacity() * size_of::<DateTime<Utc>>()
    }

    fn columns_mut(&mut self) -> [&mut Narrow; 6] {
        [
            &mut self.readings,
            &mut self.positions,
            &mut self.sectors,
            &mut self.locations,
            &mut self.updated,
            &mut self.conflicts,
        ]
    }
}

/// Values, each kept once.
#[derive(Debug)]
struct Distinct<Value> {
    values: Vec<Value>,
    by_hash: HashMap<u64, u32>,
    /// Numbers by those that the same values had in an earlier catalogue.
    by_earlier: HashMap<u32, u32>,
}

impl<Value> Default for Distinct<Value> {
    fn default() -> Self {
        Self { values: Vec::new(), by_hash: HashMap::new(), by_earlier: HashMap::new() }
    }
}

impl<Value: PartialEq> Distinct<Value> {
    /// The number of a value. Of two that share a hash by accident the later one is kept each time that it comes.
    fn number(&mut self, value: Value, hash: impl Fn(&Value) -> u64) -> u32 {
        let next = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        let known = *self.by_hash.entry(hash(&value)).or_insert(next);
        if self.values.get(known as usize).is_some_and(|same| *same == value) {
            return known;
        }
        self.values.push(value);
        next
    }

    /// The number of a value that stands under another number in an earlier list.
    fn keep(&mut self, earlier: &Self, old: u32, hash: impl Fn(&Value) -> u64) -> u32
    where
        Value: Clone,
    {
        if let Some(number) = self.by_earlier.get(&old) {
            return *number;
        }
        let number = self.number(earlier.values[old as usize].clone(), hash);
        self.by_earlier.insert(old, number);
        number
    }

    fn finish(&mut self) {
        (self.by_hash, self.by_earlier) = (HashMap::new(), HashMap::new());
    }
}

fn hash_of_sector(sector: &Classification) -> u64 {
    let mut hasher = DefaultHasher::new();
    sector.main.map(|sector| sector.code).hash(&mut hasher);
    sector.all.iter().for_each(|sector| sector.code.hash(&mut hasher));
    (sector.method, sector.confidence.map(f64::to_bits), &sector.unlisted).hash(&mut hasher);
    hasher.finish()
}

fn hash_of_locations(locations: &[Location]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for location in locations {
        (location.level, location.place, location.method, location.confidence.to_bits()).hash(&mut hasher);
        (&location.evidence, &location.candidates).hash(&mut hasher);
    }
    hasher.finish()
}

/// The codes of issues that the hub itself finds, beside those of the connectors.
pub mod codes {
    /// A published location that is no known place, or a name that fits several.
    pub const UNRESOLVED_LOCATION: &str = "UNRESOLVED_LOCATION";
    /// Dates contradict the status; both are shown.
    pub const STATUS_CONFLICT: &str = "STATUS_CONFLICT";
}

/// Why the dates contradict the status, as a sentence; `None` where they do not.
///
/// The comparison is made with the day of reading, not with today, so that an old reading does not grow conflicts.
pub(super) fn status_conflict(project: PackedProject<'_>) -> Option<String> {
    let read_on = project.provenance().retrieved_at.date_naive();
    let word = project.status_native().unwrap_or("no status");
    let not_ended = matches!(
        project.status(),
        ProjectStatus::Pipeline | ProjectStatus::Approved | ProjectStatus::Signed | ProjectStatus::Implementing
    );
    if let Some(ended) = project.ended_on().filter(|ended| not_ended && ended.last_day() < read_on) {
        return Some(format!("The end {ended} was past when the record was read, and the source says \"{word}\"."));
    }
    let before_signature = matches!(project.status(), ProjectStatus::Pipeline | ProjectStatus::Approved);
    if let Some(signed) = project.signed_on().filter(|signed| before_signature && signed.last_day() < read_on) {
        return Some(format!("The record has the signature date {signed}, and the source says \"{word}\"."));
    }
    let not_approved = project.status() == ProjectStatus::Pipeline;
    let approved = project.approved_on().filter(|approved| not_approved && approved.last_day() < read_on)?;
    Some(format!("The record has the approval date {approved}, and the source says \"{word}\"."))
}

/// The issue for a status that the dates contradict.
pub(super) fn conflict_issue(message: String) -> Issue {
    Issue::new(codes::STATUS_CONFLICT, connectors::model::Severity::Warning, message).at("status")
}

/// The issue for a sector code that the DAC's list does not have.
pub(super) fn unlisted_issue(code: &str) -> Issue {
    let message = format!("The source gives the sector code \"{code}\", which the DAC's list does not have.");
    Issue::new(connectors::model::codes::UNKNOWN_SECTOR, connectors::model::Severity::Warning, message).at("sector")
}
