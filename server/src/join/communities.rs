//! What stands behind a need's place: the community that it belongs to, its ties, and who finances what there.

use connectors::partners;

use super::ByPlace;
use super::themes::sectors_of;
use crate::catalogue::{Catalogue, Filter};
use crate::places::{Gazetteer, PlaceIndex, PlaceLevel};
use crate::records::{PartnershipState, Records, Theme};

/// The place for which a community acts: of a settlement or district its hromada, else the place itself.
#[must_use]
pub(super) fn community_of(place: PlaceIndex) -> PlaceIndex {
    let gazetteer = Gazetteer::embedded();
    let below = matches!(gazetteer.get(place).level, PlaceLevel::Settlement | PlaceLevel::District);
    let hromada = || gazetteer.at_or_above(place, PlaceLevel::Hromada);
    if below { hromada().or_else(|| gazetteer.oblast_of(place)).unwrap_or(place) } else { place }
}

/// The partnerships of a place and below it that are said to be in force.
#[must_use]
pub(super) fn ties_in_force(records: &Records, by_place: &ByPlace, place: PlaceIndex) -> Vec<usize> {
    let active = |position: &&usize| records.partnerships()[**position].state == PartnershipState::Active;
    by_place.within(place).partnerships.iter().filter(active).copied().collect()
}

/// How many partner projects on a theme are located at a place or below it, and whose they are.
#[must_use]
pub(super) fn projects_there(catalogue: &Catalogue, place: PlaceIndex, theme: Theme) -> (u64, Vec<&'static str>) {
    let codes = sectors_of(theme).iter().map(|code| (*code).to_owned()).collect();
    let filter = Filter { within: Some(vec![place]), sectors: Some(codes), ..Filter::default() };
    let selection = catalogue.select(&filter);
    let ids = selection.iter().map(|number| catalogue.project(number).id().partner());
    let mut names: Vec<_> = ids.filter_map(partners::find).map(|partner| partner.abbreviation).collect();
    names.sort_unstable();
    names.dedup();
    (selection.len(), names)
}
