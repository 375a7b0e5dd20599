//! One bitmap for each value that can be asked for.

use std::collections::{BTreeMap, HashMap};

use connectors::model::{CountryCode, Instrument, Project, ProjectStatus};
use roaring::RoaringBitmap;

use super::{Record, RecordNumber, Unchanged};
use crate::packed::bytes_of;
use crate::places::{Gazetteer, LocationLevel, PlaceIndex};

/// Bitmaps of records by value.
#[derive(Debug, Default)]
pub(super) struct Index {
    pub(super) all: RoaringBitmap,
    pub(super) readings: Vec<RoaringBitmap>,
    pub(super) partners: BTreeMap<String, RoaringBitmap>,
    pub(super) countries: BTreeMap<CountryCode, RoaringBitmap>,
    /// By place, those below it included; a country holds every record that names it.
    pub(super) places: HashMap<PlaceIndex, RoaringBitmap>,
    /// By DAC code, those below it included.
    pub(super) sectors: BTreeMap<&'static str, RoaringBitmap>,
    /// By the main sector alone, for facets.
    pub(super) main_sectors: BTreeMap<&'static str, RoaringBitmap>,
    pub(super) statuses: BTreeMap<ProjectStatus, RoaringBitmap>,
    pub(super) instruments: BTreeMap<Instrument, RoaringBitmap>,
    pub(super) levels: BTreeMap<LocationLevel, RoaringBitmap>,
    pub(super) years: BTreeMap<Option<i32>, RoaringBitmap>,
    pub(super) issues: BTreeMap<String, RoaringBitmap>,
    pub(super) conflicts: RoaringBitmap,
    /// With a place below the country.
    pub(super) located: RoaringBitmap,
    /// Meant for the whole country, and no place below it.
    pub(super) nationwide: RoaringBitmap,
}

impl Index {
    /// What is known of the records that are kept from an earlier catalogue, but for which reading each is of.
    pub(super) fn of_kept(earlier: &Self, kept: &Unchanged) -> Self {
        fn carried<Key: Clone + Ord>(
            earlier: &BTreeMap<Key, RoaringBitmap>,
            kept: &Unchanged,
        ) -> BTreeMap<Key, RoaringBitmap> {
            let carried = earlier.iter().map(|(key, held)| (key.clone(), kept.carried(held)));
            carried.filter(|(_, held)| !held.is_empty()).collect()
        }
        let places = earlier.places.iter().map(|(place, held)| (*place, kept.carried(held)));
        Self {
            all: RoaringBitmap::new(),
            readings: Vec::new(),
            partners: carried(&earlier.partners, kept),
            countries: carried(&earlier.countries, kept),
            places: places.filter(|(_, held)| !held.is_empty()).collect(),
            sectors: carried(&earlier.sectors, kept),
            main_sectors: carried(&earlier.main_sectors, kept),
            statuses: carried(&earlier.statuses, kept),
            instruments: carried(&earlier.instruments, kept),
            levels: carried(&earlier.levels, kept),
            years: carried(&earlier.years, kept),
            issues: carried(&earlier.issues, kept),
            conflicts: kept.carried(&earlier.conflicts),
            located: kept.carried(&earlier.located),
            nationwide: kept.carried(&earlier.nationwide),
        }
    }

    /// Notes of any record that it is there, and which reading it is of.
    pub(super) fn read(&mut self, number: RecordNumber, reading: u16) {
        self.all.insert(number);
        let reading = usize::from(reading);
        if self.readings.len() <= reading {
            self.readings.resize_with(reading + 1, RoaringBitmap::new);
        }
        self.readings[reading].insert(number);
    }

    /// Notes what is known of a record.
    pub(super) fn add(&mut self, number: RecordNumber, record: &Record<'_>, project: &Project, gazetteer: &Gazetteer) {
        self.partners.entry(project.id.partner().to_owned()).or_default().insert(number);
        self.statuses.entry(project.status).or_default().insert(number);
        self.instruments.entry(project.instrument).or_default().insert(number);
        if record.status_conflict {
            self.conflicts.insert(number);
        }
        self.add_places(number, record, project, gazetteer);
        self.add_sectors(number, record);
    }

    /// Takes no more memory than the bitmaps need: while they grow, they have room for more numbers.
    pub(super) fn finish(&mut self) {
        let single = [&mut self.all, &mut self.conflicts, &mut self.located, &mut self.nationwide];
        let bitmaps = single.into_iter().chain(&mut self.readings).chain(self.partners.values_mut());
        let bitmaps = bitmaps.chain(self.countries.values_mut()).chain(self.places.values_mut());
        let bitmaps = bitmaps.chain(self.sectors.values_mut()).chain(self.main_sectors.values_mut());
        let bitmaps = bitmaps.chain(self.statuses.values_mut()).chain(self.instruments.values_mut());
        let bitmaps = bitmaps.chain(self.levels.values_mut()).chain(self.years.values_mut());
        for bitmap in bitmaps.chain(self.issues.values_mut()) {
            *bitmap = bitmap.clone();
        }
    }

    /// The bytes that its bitmaps take.
    pub(super) fn bytes(&self) -> usize {
        let single = [&self.all, &self.conflicts, &self.located, &self.nationwide];
        let bitmaps = single.into_iter().chain(&self.readings).chain(self.partners.values());
        let bitmaps = bitmaps.chain(self.countries.values()).chain(self.places.values());
        let bitmaps = bitmaps.chain(self.sectors.values()).chain(self.main_sectors.values());
        let bitmaps = bitmaps.chain(self.statuses.values()).chain(self.instruments.values());
        let bitmaps = bitmaps.chain(self.levels.values()).chain(self.years.values()).chain(self.issues.values());
        bitmaps.map(bytes_of).sum()
    }

    pub(super) fn issue(&mut self, number: RecordNumber, code: &str) {
        self.issues.entry(code.to_owned()).or_default().insert(number);
    }

    fn add_places(&mut self, number: RecordNumber, record: &Record<'_>, project: &Project, gazetteer: &Gazetteer) {
        for country in &project.countries {
            self.countries.entry(*country).or_default().insert(number);
            if let Some(place) = gazetteer.by_id(country.as_str()) {
                self.places.entry(place).or_default().insert(number);
            }
        }
        for location in record.locations {
            self.levels.entry(location.level).or_default().insert(number);
            let Some(place) = location.place else { continue };
            self.located.insert(number);
            for place in std::iter::once(place).chain(gazetteer.ancestors(place)) {
                self.places.entry(place).or_default().insert(number);
            }
        }
        let nationwide = record.locations.iter().any(|location| location.level == LocationLevel::Nationwide);
        if nationwide && !self.located.contains(number) {
            self.nationwide.insert(number);
        }
    }

    fn add_sectors(&mut self, number: RecordNumber, record: &Record<'_>) {
        for sector in record.sector.all.iter().flat_map(|sector| sector.lineage()) {
            self.sectors.entry(sector.code).or_default().insert(number);
        }
        let main = record.sector.main.map_or(super::labels::UNKNOWN, |sector| sector.code);
        self.main_sectors.entry(main).or_default().insert(number);
    }
}
