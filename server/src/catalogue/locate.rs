//! Where a project happens, from what its source states and from its own words.

use connectors::model::{CountryCode, Issue, Language, Project, PublishedLocation, Severity};

use super::Location;
use super::record::LocationMethod;
use super::record::codes;
use crate::places::{Gazetteer, LocationLevel, PlaceIndex, PlaceLevel, Resolution, TextHit};

/// The locations of a project, and the positions of the published ones that are no known place.
///
/// A field of the source comes first; where there is none, the title is read, and where it names no place the
/// description.
pub(super) fn locations(project: &Project) -> (Vec<Location>, Vec<u32>) {
    let mut found = Vec::new();
    let mut unresolved = Vec::new();
    for (published, position) in project.locations.iter().zip(0..) {
        match stated(published, &project.countries) {
            Some(locations) => found.extend(locations),
            None => unresolved.push(position),
        }
    }
    if found.is_empty() {
        found = matched(project);
    }
    (deduplicated(found), unresolved)
}

/// What a field of the source states; `None` where it is no known place.
fn stated(published: &PublishedLocation, countries: &[CountryCode]) -> Option<Vec<Location>> {
    let gazetteer = Gazetteer::embedded();
    match published {
        PublishedLocation::Nationwide => Some(vec![nationwide(None)]),
        PublishedLocation::Code { value, .. } => {
            let place = gazetteer.by_id(value).or_else(|| gazetteer.by_iso3166_2(value))?;
            if gazetteer.get(place).level == PlaceLevel::Country {
                return Some(vec![Location { method: LocationMethod::PublishedCode, ..nationwide(Some(value)) }]);
            }
            Some(vec![located(place, LocationMethod::PublishedCode, 1.0, value)])
        }
        PublishedLocation::Name(name) => {
            let parts: Vec<&str> = name.split([';', ',', '/']).flat_map(|part| part.split(" and ")).collect();
            let whole = named(name, countries);
            match whole {
                Some(locations) => Some(locations),
                None if parts.len() > 1 => {
                    let parts = parts.iter().filter_map(|part| named(part.trim(), countries));
                    Some(parts.flatten().collect::<Vec<_>>()).filter(|found| !found.is_empty())
                }
                None => None,
            }
        }
    }
}

/// The place of a published name. The country's own name means the whole country.
fn named(name: &str, countries: &[CountryCode]) -> Option<Vec<Location>> {
    match resolve(name, countries) {
        Resolution::Place { place, .. } if Gazetteer::embedded().get(place).level == PlaceLevel::Country => {
            Some(vec![nationwide(Some(name))])
        }
        Resolution::Place { place, .. } => Some(vec![located(place, LocationMethod::PublishedName, 0.95, name)]),
        Resolution::Candidates(candidates) => Some(vec![Location {
            level: candidates.first().map_or(LocationLevel::Settlement, |place| level_of(*place)),
            place: None,
            method: LocationMethod::PublishedName,
            confidence: 0.0,
            evidence: Some(name.to_owned()),
            candidates,
        }]),
        Resolution::Unknown => None,
    }
}

/// What a name means in any of the record's countries; where it means a place in several, nothing is chosen.
fn resolve(name: &str, countries: &[CountryCode]) -> Resolution {
    let gazetteer = Gazetteer::embedded();
    if countries.is_empty() {
        return gazetteer.resolve(name, None);
    }
    let found = countries.iter().map(|country| gazetteer.resolve(name, Some(*country)));
    let mut found: Vec<Resolution> = found.filter(|found| *found != Resolution::Unknown).collect();
    if found.len() <= 1 {
        return found.pop().unwrap_or(Resolution::Unknown);
    }
    let places = found.into_iter().flat_map(|found| match found {
        Resolution::Place { place, .. } => vec![place],
        Resolution::Candidates(places) => places,
        Resolution::Unknown => Vec::new(),
    });
    Resolution::Candidates(places.collect())
}

fn located(place: PlaceIndex, method: LocationMethod, confidence: f64, evidence: &str) -> Location {
    let evidence = Some(evidence.to_owned());
    Location { level: level_of(place), place: Some(place), method, confidence, evidence, candidates: Vec::new() }
}

fn nationwide(evidence: Option<&str>) -> Location {
    Location {
        level: LocationLevel::Nationwide,
        place: None,
        method: LocationMethod::PublishedName,
        confidence: 1.0,
        evidence: evidence.map(str::to_owned),
        candidates: Vec::new(),
    }
}

fn level_of(place: PlaceIndex) -> LocationLevel {
    LocationLevel::of(Gazetteer::embedded().get(place))
}

/// The issue for a published location that is no known place.
pub(super) fn unresolved(published: &PublishedLocation) -> Issue {
    let name = match published {
        PublishedLocation::Code { scheme, value } => format!("{scheme} {value}"),
        PublishedLocation::Name(name) => name.clone(),
        PublishedLocation::Nationwide => String::new(),
    };
    let message = format!("The source gives the location \"{name}\", which is no place that the hub knows.");
    Issue::new(codes::UNRESOLVED_LOCATION, Severity::Warning, message).at("locations")
}

/// What the project's own words name: the title, and where it names no place the description. What the description says
/// more exactly wins over "the whole country" in the title.
fn matched(project: &Project) -> Vec<Location> {
    let texts: Vec<(&str, &Language)> = [&project.titles, &project.descriptions]
        .into_iter()
        .flatten()
        .map(|text| (text.text.as_str(), &text.language))
        .collect();
    let country = project.countries.iter().find(|country| **country == CountryCode::UA).or(project.countries.first());
    let hits = Gazetteer::embedded().match_texts(&texts, country.copied(), None);
    let (title, description): (Vec<_>, Vec<_>) = hits.into_iter().partition(|hit| hit.text < project.titles.len());
    let names_place = |hits: &[TextHit]| hits.iter().any(|hit| hit.place.is_some());
    if names_place(&title) || (!title.is_empty() && !names_place(&description)) {
        return title.into_iter().map(|hit| of_hit(hit, LocationMethod::MatchedTitle)).collect();
    }
    description.into_iter().map(|hit| of_hit(hit, LocationMethod::MatchedDescription)).collect()
}

fn of_hit(hit: TextHit, method: LocationMethod) -> Location {
    let TextHit { level, place, confidence, evidence, candidates, .. } = hit;
    Location { level, place, method, confidence, evidence: Some(evidence), candidates }
}

/// Each place once, the surest first.
fn deduplicated(mut locations: Vec<Location>) -> Vec<Location> {
    locations.sort_by(|left, right| right.confidence.total_cmp(&left.confidence));
    let mut seen = std::collections::HashSet::new();
    locations.retain(|location| seen.insert((location.level, location.place, location.candidates.clone())));
    locations
}
