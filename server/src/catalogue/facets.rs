//! What a selection consists of.

use roaring::RoaringBitmap;

use super::Catalogue;
use super::labels::{
    UNDATED, instrument_key, level_key, partner_label, place_label, sector_label, status_key, words_of,
};
use crate::places::{Gazetteer, PlaceLevel};

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
        Self {
            partner: count(index.partners.iter().map(|(id, bitmap)| (id.clone(), partner_label(id), bitmap)).collect()),
            country: count(
                index
                    .countries
                    .iter()
                    .map(|(code, bitmap)| {
                        let label = gazetteer.by_id(code.as_str()).map_or_else(|| code.to_string(), place_label);
                        (code.to_string(), label, bitmap)
                    })
                    .collect(),
            ),
            oblast: count(
                oblasts
                    .map(|(place, bitmap)| (gazetteer.get(place).id.to_string(), place_label(place), bitmap))
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
    (key.to_owned(), words_of(key), bitmap)
}
