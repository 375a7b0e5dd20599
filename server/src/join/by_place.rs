//! The Alliance's records by place, worked out once for each revision of the records.
//!
//! A place holds the records at it and below it. The other way round, a project meets the records of every place that
//! holds one of the project's own places, the country excepted: so a partnership shows a project exactly where the
//! project shows the partnership.

use std::collections::HashMap;

use crate::places::{Gazetteer, PlaceIndex, PlaceLevel};
use crate::records::{AtPlace, Records};

/// Positions of records, in their lists' order.
#[derive(Debug, Default)]
pub struct ByPlace {
    below: HashMap<PlaceIndex, AtPlace>,
    exact: HashMap<PlaceIndex, AtPlace>,
}

/// Which list of records is meant.
type List = fn(&AtPlace) -> &Vec<usize>;

impl ByPlace {
    /// The index of these records. A place that the gazetteer does not know is left out; `Records::unknown_places`
    /// tells which.
    #[must_use]
    pub fn of(records: &Records) -> Self {
        let gazetteer = Gazetteer::embedded();
        let mut index = Self::default();
        for (id, at) in records.places() {
            let Some(place) = gazetteer.by_id(id) else { continue };
            index.exact.insert(place, at.clone());
            for holder in std::iter::once(place).chain(gazetteer.ancestors(place)) {
                index.below.entry(holder).or_default().add(at);
            }
        }
        for at in index.below.values_mut() {
            for list in at.lists_mut() {
                list.sort_unstable();
                list.dedup();
            }
        }
        index
    }

    /// The records at a place and below it.
    #[must_use]
    pub fn within(&self, place: PlaceIndex) -> &AtPlace {
        self.below.get(&place).unwrap_or(AtPlace::none())
    }

    /// Every place with records at it or below it, in no particular order.
    pub fn all(&self) -> impl Iterator<Item = (PlaceIndex, &AtPlace)> {
        self.below.iter().map(|(place, at)| (*place, at))
    }

    /// The records of one list whose own place holds one of the places given.
    #[must_use]
    pub fn holding(&self, places: impl IntoIterator<Item = PlaceIndex>, list: List) -> Vec<usize> {
        let gazetteer = Gazetteer::embedded();
        let holders = places.into_iter().flat_map(|place| std::iter::once(place).chain(gazetteer.ancestors(place)));
        let holders = holders.filter(|holder| gazetteer.get(*holder).level != PlaceLevel::Country);
        let mut found: Vec<usize> =
            holders.filter_map(|holder| self.exact.get(&holder)).flat_map(list).copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seeded() -> (Records, ByPlace) {
        let records = Records::seed().unwrap();
        let by_place = ByPlace::of(&records);
        (records, by_place)
    }

    #[test]
    fn a_record_stands_at_its_place_and_at_every_level_above() {
        let (records, by_place) = seeded();
        let gazetteer = Gazetteer::embedded();
        for (id, at) in records.places() {
            let place = gazetteer.by_id(id).unwrap();
            for holder in std::iter::once(place).chain(gazetteer.ancestors(place)) {
                let held = by_place.within(holder);
                assert!(at.members.iter().all(|member| held.members.contains(member)), "{id}");
                assert!(at.partnerships.iter().all(|tie| held.partnerships.contains(tie)), "{id}");
                assert!(held.partnerships.is_sorted_by(|left, right| left < right), "{id}");
            }
        }
    }

    #[test]
    fn the_27_units_together_hold_what_ukraine_holds_below_itself() {
        let (records, by_place) = seeded();
        let gazetteer = Gazetteer::embedded();
        let ukraine = gazetteer.by_id("UA").unwrap();
        let units = gazetteer.at_level(PlaceLevel::Oblast);
        let mut held: Vec<usize> = units
            .flat_map(|unit| by_place.within(unit).partnerships.iter().copied())
            .chain(records.at("UA").partnerships.clone())
            .collect();
        held.sort_unstable();
        held.dedup();
        assert_eq!(held, by_place.within(ukraine).partnerships);
    }

    /// A project shows a partnership exactly where the partnership shows the project.
    #[test]
    fn places_and_what_they_hold_reach_one_another_both_ways() {
        let (records, by_place) = seeded();
        let gazetteer = Gazetteer::embedded();
        for (id, at) in records.places() {
            let place = gazetteer.by_id(id).unwrap();
            let country = gazetteer.get(place).level == PlaceLevel::Country;
            for inner in gazetteer.children(place).iter().copied().chain([place]).take(20) {
                let met = by_place.holding([inner], |at| &at.partnerships);
                assert!(country || at.partnerships.iter().all(|tie| met.contains(tie)), "{id}");
            }
        }
    }
}
