//! Which places a `PlaceFilter` chooses.

use std::collections::HashSet;

use super::filter::place as place_of;
use super::{Place, PlaceFilter};
use crate::graph::error::CallerFault;
use crate::graph::page::{Connection, PageArguments, SortKey, digest};
use crate::places::{Gazetteer, PlaceIndex, PlaceLevel};
use crate::records::NeedFilter;
use crate::view::View;

/// The most places that a search looks through for those that fit the filter.
const SEARCHED: usize = 1_000;

/// A page of the places that a search and a filter choose: by rank of the search where there is one, else by name.
///
/// # Errors
/// A [`CallerFault`] in the filter or the arguments.
pub fn places_matching(
    view: &View,
    search: Option<String>,
    filter: Option<PlaceFilter>,
    arguments: &PageArguments,
) -> Result<Connection<Place>, CallerFault> {
    let gazetteer = Gazetteer::embedded();
    let filter = filter.unwrap_or_default();
    let level = filter.level.map(PlaceLevel::from);
    let within = filter.within.as_ref().map(|id| place_of(id)).transpose()?;
    let said = (
        &search,
        filter.level.map(|level| format!("{level:?}")),
        within.map(|place| gazetteer.get(place).id),
        filter.partnered,
        filter.has_projects,
    );
    let said = digest(&said);
    let occupied = match (filter.has_projects, filter.projects) {
        (None, None) => None,
        (wanted, projects) => {
            let filter = projects.unwrap_or_default().read(view)?;
            let list = digest(&filter);
            let selection = view.catalogue.select(&filter);
            Some((wanted.unwrap_or(true), selection, list))
        }
    };
    let needed: Option<(bool, NeedFilter)> = match (filter.has_needs, filter.needs) {
        (None, None) => None,
        (wanted, needs) => Some((wanted.unwrap_or(true), needs.map(Into::into).unwrap_or_default())),
    };
    let said = (said, needed.map(|(wanted, needs)| (wanted, needs.state, needs.theme)));
    let list = (said, occupied.as_ref().map(|(_, _, list)| list.clone()));
    let fits = |place: &PlaceIndex| {
        let has_project =
            |selection| view.catalogue.located_in(*place).is_some_and(|located| !located.is_disjoint(selection));
        let partnered = || !view.by_place.within(*place).partnerships.is_empty();
        level.is_none_or(|level| gazetteer.get(*place).level == level)
            && within.is_none_or(|outer| gazetteer.is_within(*place, outer) && *place != outer)
            && filter.partnered.is_none_or(|wanted| partnered() == wanted)
            && needed.is_none_or(|(wanted, needs)| has_need(view, *place, needs) == wanted)
            && occupied.as_ref().is_none_or(|(wanted, selection, _)| has_project(selection) == *wanted)
    };
    if let Some(search) = &search {
        let mut seen = HashSet::new();
        let hits = gazetteer.search(search, SEARCHED).into_iter().map(|hit| hit.place);
        let ranked: Vec<(usize, PlaceIndex)> =
            hits.filter(|place| seen.insert(*place)).filter(fits).enumerate().collect();
        let key = |(rank, place): &(usize, PlaceIndex)| -> SortKey {
            (format!("{rank:06}"), gazetteer.get(*place).id.to_owned())
        };
        return Connection::of(&ranked, &("search", list), arguments, key, |(_, place)| Place::new(view, *place));
    }
    let chosen: Vec<PlaceIndex> = match (level, within) {
        (Some(level), _) => gazetteer.at_level(level).filter(fits).collect(),
        (None, Some(_)) => gazetteer.all().map(|(place, _)| place).filter(fits).collect(),
        (None, None) => {
            let large = [PlaceLevel::Country, PlaceLevel::Region, PlaceLevel::Oblast];
            large.into_iter().flat_map(|level| gazetteer.at_level(level)).filter(fits).collect()
        }
    };
    Place::page(view, chosen, &list, arguments)
}

fn has_need(view: &View, place: PlaceIndex, chosen: NeedFilter) -> bool {
    let needs = &view.by_place.within(place).needs;
    needs.iter().any(|position| chosen.admits(&view.records.needs()[*position]))
}
