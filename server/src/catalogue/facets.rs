//! What a selection consists of.

use connectors::model::{Instrument, ProjectStatus};
use roaring::RoaringBitmap;

use super::Catalogue;
use crate::places::{Gazetteer, LocationLevel, PlaceIndex, PlaceLevel};
use crate::sectors::SectorIndex;

/// The key of records for which a value is not known.
pub(super) const UNKNOWN: &str = "UNKNOWN";
/// The key of records without any date.
const UNDATED: &str = "UNDATED";

/// One value and how many records of the selection have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// The value as a filter takes it, or `UNKNOWN`, `UNDATED`.
    pub key: String,
    /// The value for a reader.
    pub label: String,
    /// Records of the selection.
    pub count: u64,
}

/// The values of a selection, the largest counts first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facets {
    /// By partner.
    pub partner: Vec<Facet>,
    /// By country; a record in several counts in each.
    pub country: Vec<Facet>,
    /// By first-level unit of Ukraine; a record in several counts in each.
    pub oblast: Vec<Facet>,
    /// By main sector.
    pub sector: Vec<Facet>,
    /// By status.
    pub status: Vec<Facet>,
    /// By instrument.
    pub instrument: Vec<Facet>,
    /// By the year of signature, else approval, else newest contribution.
    pub year: Vec<Facet>,
    /// By how exactly the place is known; a record with several locations counts in each level.
    pub location_level: Vec<Facet>,
}

impl Facets {
    pub(super) fn of(catalogue: &Catalogue, selection: &RoaringBitmap, limit: usize) -> Self {
        let (index, gazetteer) = (&catalogue.index, Gazetteer::embedded());
        let count = |entries: Vec<(String, String, &RoaringBitmap)>| counted(entries, selection, limit);
        let oblasts = gazetteer.at_level(PlaceLevel::Oblast);
        let oblasts = oblasts.filter_map(|place| Some((place, index.places.get(&place)?)));
        let place_name = |place: PlaceIndex| gazetteer.name(place, &[]).to_owned();
        Self {
            partner: count(index.partners.iter().map(|(id, bitmap)| (id.clone(), partner_label(id), bitmap)).collect()),
            country: count(
                index
                    .countries
                    .iter()
                    .map(|(code, bitmap)| {
                        let label = gazetteer.by_id(code.as_str()).map_or_else(|| code.to_string(), place_name);
                        (code.to_string(), label, bitmap)
                    })
                    .collect(),
            ),
            oblast: count(
                oblasts
                    .map(|(place, bitmap)| (gazetteer.get(place).id.to_string(), place_name(place), bitmap))
                    .collect(),
            ),
            sector: count(
                index
                    .main_sectors
                    .iter()
                    .map(|(code, bitmap)| ((*code).to_owned(), sector_label(code), bitmap))
                    .collect(),
            ),
            status: count(
                index.statuses.iter().map(|(status, bitmap)| labelled(status_key(*status), bitmap)).collect(),
            ),
            instrument: count(
                index.instruments.iter().map(|(form, bitmap)| labelled(instrument_key(*form), bitmap)).collect(),
            ),
            year: count(
                index
                    .years
                    .iter()
                    .map(|(year, bitmap)| {
                        let key = year.map_or_else(|| UNDATED.to_owned(), |year| year.to_string());
                        (key.clone(), key, bitmap)
                    })
                    .collect(),
            ),
            location_level: count(
                index.levels.iter().map(|(level, bitmap)| labelled(level_key(*level), bitmap)).collect(),
            ),
        }
    }
}

/// The largest counts first, ties by key; values that no record of the selection has are left out.
fn counted(entries: Vec<(String, String, &RoaringBitmap)>, selection: &RoaringBitmap, limit: usize) -> Vec<Facet> {
    let counted = entries.into_iter().map(|(key, label, bitmap)| {
        let count = bitmap.intersection_len(selection);
        Facet { key, label, count }
    });
    let mut facets: Vec<Facet> = counted.filter(|facet| facet.count > 0).collect();
    facets.sort_by(|left, right| right.count.cmp(&left.count).then_with(|| left.key.cmp(&right.key)));
    facets.truncate(limit);
    facets
}

/// An enum value under its GraphQL name, with the same words for a reader.
fn labelled<'bitmap>(key: &str, bitmap: &'bitmap RoaringBitmap) -> (String, String, &'bitmap RoaringBitmap) {
    let words = key.to_lowercase().replace('_', " ");
    let mut letters = words.chars();
    let label = letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect());
    (key.to_owned(), label, bitmap)
}

fn partner_label(id: &str) -> String {
    connectors::partners::find(id).map_or_else(|| id.to_owned(), |partner| partner.abbreviation.to_owned())
}

fn sector_label(code: &str) -> String {
    SectorIndex::embedded().by_code(code).map_or_else(|| "Unknown".to_owned(), |sector| sector.name.to_owned())
}

fn status_key(status: ProjectStatus) -> &'static str {
    match status {
        ProjectStatus::Pipeline => "PIPELINE",
        ProjectStatus::Approved => "APPROVED",
        ProjectStatus::Signed => "SIGNED",
        ProjectStatus::Implementing => "IMPLEMENTING",
        ProjectStatus::Completed => "COMPLETED",
        ProjectStatus::Cancelled => "CANCELLED",
        ProjectStatus::Suspended => "SUSPENDED",
        ProjectStatus::Unknown => UNKNOWN,
    }
}

fn instrument_key(instrument: Instrument) -> &'static str {
    match instrument {
        Instrument::Loan => "LOAN",
        Instrument::FrameworkLoan => "FRAMEWORK_LOAN",
        Instrument::Guarantee => "GUARANTEE",
        Instrument::Equity => "EQUITY",
        Instrument::Grant => "GRANT",
        Instrument::TechnicalAssistance => "TECHNICAL_ASSISTANCE",
        Instrument::Other => "OTHER",
        Instrument::Unknown => UNKNOWN,
    }
}

fn level_key(level: LocationLevel) -> &'static str {
    match level {
        LocationLevel::Nationwide => "NATIONWIDE",
        LocationLevel::Oblast => "OBLAST",
        LocationLevel::Raion => "RAION",
        LocationLevel::Hromada => "HROMADA",
        LocationLevel::Settlement => "SETTLEMENT",
        LocationLevel::Point => "POINT",
    }
}
