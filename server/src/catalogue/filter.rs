//! Which records are asked for.

use chrono::{DateTime, Utc};
use connectors::model::{AmountBasis, CountryCode, Instrument, PartialDate, ProjectStatus};
use roaring::RoaringBitmap;
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use super::Catalogue;
use super::columns::{Dates, span};
use crate::places::{Gazetteer, LocationLevel, PlaceIndex};

/// A choice of records: lists mean any-of, different fields mean and; a field left empty chooses nothing out.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Filter {
    /// Partner ids.
    pub partners: Option<Vec<String>>,
    /// Project ids.
    pub ids: Option<Vec<String>>,
    /// Words that title, description or organisations hold, each as the beginning of a word.
    pub text: Option<String>,
    /// Countries.
    pub countries: Option<Vec<CountryCode>>,
    /// Places; each counts everything below it.
    #[serde(serialize_with = "ids_of")]
    pub within: Option<Vec<PlaceIndex>>,
    /// Further choices of places, each of which must hold too: the place whose projects are asked for.
    #[serde(serialize_with = "ids_of_all")]
    pub and_within: Vec<Vec<PlaceIndex>>,
    /// A further choice of countries that must hold too.
    pub and_countries: Option<Vec<CountryCode>>,
    /// DAC purposes and groups; each counts everything below it.
    pub sectors: Option<Vec<String>>,
    /// Statuses.
    pub statuses: Option<Vec<ProjectStatus>>,
    /// Instruments.
    pub instruments: Option<Vec<Instrument>>,
    /// How exactly the place is known.
    pub location_levels: Option<Vec<LocationLevel>>,
    /// The basis of the amounts compared; the lead amount where none is named.
    pub basis: Option<AmountBasis>,
    /// Least amount, in euro.
    pub amount_min: Option<Decimal>,
    /// Greatest amount, in euro.
    pub amount_max: Option<Decimal>,
    /// Signed in this span or later.
    pub signed_from: Option<PartialDate>,
    /// Signed in this span or earlier.
    pub signed_to: Option<PartialDate>,
    /// Approved in this span or later.
    pub approved_from: Option<PartialDate>,
    /// Approved in this span or earlier.
    pub approved_to: Option<PartialDate>,
    /// First read in this version at this instant or later.
    pub updated_since: Option<DateTime<Utc>>,
    /// Whether dates contradict the status.
    pub status_conflict: Option<bool>,
    /// The code of an issue that stands at the record.
    pub has_issue: Option<String>,
    /// Whether the record is linked with another. The catalogue does not know links: who asks gives the records in
    /// [`Filter::among`], and this names the choice for cursors.
    pub linked: Option<bool>,
    /// Only these records, by number; they differ from build to build, so cursors do not depend on them.
    #[serde(skip)]
    pub among: Option<RoaringBitmap>,
}

impl Filter {
    /// The records chosen.
    pub(super) fn select(&self, catalogue: &Catalogue) -> RoaringBitmap {
        let index = &catalogue.index;
        let mut chosen = index.all.clone();
        any(&mut chosen, self.partners.as_deref(), |partner| index.partners.get(partner));
        any(&mut chosen, self.countries.as_deref(), |country| index.countries.get(country));
        any(&mut chosen, self.and_countries.as_deref(), |country| index.countries.get(country));
        for places in self.within.iter().chain(&self.and_within) {
            any(&mut chosen, Some(places), |place| index.places.get(place));
        }
        any(&mut chosen, self.sectors.as_deref(), |code| index.sectors.get(code.as_str()));
        any(&mut chosen, self.statuses.as_deref(), |status| index.statuses.get(status));
        any(&mut chosen, self.instruments.as_deref(), |instrument| index.instruments.get(instrument));
        any(&mut chosen, self.location_levels.as_deref(), |level| index.levels.get(level));
        any(&mut chosen, self.has_issue.as_ref().map(std::slice::from_ref), |code| index.issues.get(code));
        if let Some(ids) = &self.ids {
            chosen &= ids.iter().filter_map(|id| catalogue.by_id(id)).collect::<RoaringBitmap>();
        }
        if let Some(found) = self.text.as_deref().and_then(|text| catalogue.texts.select(text)) {
            chosen &= found;
        }
        if let Some(among) = &self.among {
            chosen &= among;
        }
        match self.status_conflict {
            Some(true) => chosen &= &index.conflicts,
            Some(false) => chosen -= &index.conflicts,
            None => {}
        }
        self.compare(catalogue, chosen)
    }

    /// The part of the choice that compares columns, on the records left by the bitmaps.
    fn compare(&self, catalogue: &Catalogue, mut chosen: RoaringBitmap) -> RoaringBitmap {
        let columns = &catalogue.columns;
        keep_span(&mut chosen, &columns.signed, self.signed_from, self.signed_to);
        keep_span(&mut chosen, &columns.approved, self.approved_from, self.approved_to);
        if self.amount_min.is_some() || self.amount_max.is_some() {
            let fits = |euro: Decimal| {
                self.amount_min.is_none_or(|least| euro >= least) && self.amount_max.is_none_or(|most| euro <= most)
            };
            keep(&mut chosen, |number| columns.euro(number, self.basis).is_some_and(fits));
        } else if let Some(basis) = self.basis {
            keep(&mut chosen, |number| columns.stated(number).holds(basis));
        }
        if let Some(since) = self.updated_since {
            keep(&mut chosen, |number| catalogue.record(number).updated_at >= since);
        }
        chosen
    }
}

/// Places by id: their numbers differ from build to build, and a cursor outlives one.
fn ids_of<S: Serializer>(places: &Option<Vec<PlaceIndex>>, serializer: S) -> Result<S::Ok, S::Error> {
    places.as_deref().map(ids).serialize(serializer)
}

fn ids_of_all<S: Serializer>(places: &[Vec<PlaceIndex>], serializer: S) -> Result<S::Ok, S::Error> {
    places.iter().map(|places| ids(places)).collect::<Vec<_>>().serialize(serializer)
}

fn ids(places: &[PlaceIndex]) -> Vec<&'static str> {
    places.iter().map(|place| Gazetteer::embedded().get(*place).id).collect()
}

/// Keeps what any of the values wanted holds.
fn any<'index, Value>(
    chosen: &mut RoaringBitmap,
    wanted: Option<&[Value]>,
    bitmap: impl Fn(&Value) -> Option<&'index RoaringBitmap>,
) {
    let Some(wanted) = wanted else { return };
    let mut found = RoaringBitmap::new();
    for bitmap in wanted.iter().filter_map(bitmap) {
        found |= bitmap;
    }
    *chosen &= found;
}

/// Keeps what lies, at least in part, between the two spans; a record without the date is not kept.
fn keep_span(chosen: &mut RoaringBitmap, column: &Dates, from: Option<PartialDate>, to: Option<PartialDate>) {
    if from.is_none() && to.is_none() {
        return;
    }
    let earliest = from.map_or(i32::MIN, |from| span(from).0);
    let latest = to.map_or(i32::MAX, |to| span(to).1);
    keep(chosen, |number| column.span(number).is_some_and(|(first, last)| last >= earliest && first <= latest));
}

fn keep(chosen: &mut RoaringBitmap, fits: impl Fn(u32) -> bool) {
    *chosen = RoaringBitmap::from_sorted_iter(chosen.iter().filter(|number| fits(*number))).unwrap_or_default();
}
