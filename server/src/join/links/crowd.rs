//! Labelled pairs among many other records: whether they are still found there, and how long it takes.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use connectors::model::{
    AmountBasis, CountryCode, CurrencyCode, Identifier, Language, Money, NativeSector, Organisation, OrganisationRole,
    PartialDate, Project, ProjectId, Provenance, PublishedLocation, Text,
};
use rust_decimal::Decimal;

use super::evaluate::{Pair, Scores, between, readings};
use super::{LinkDecisions, Links};
use crate::catalogue::Catalogue;
use crate::money::Rates;
use crate::places::{Category, Gazetteer};

/// What made-up records are about.
const SUBJECTS: [&str; 24] = [
    "water supply",
    "wastewater treatment",
    "district heating",
    "solid waste",
    "trolleybus",
    "tram",
    "metro",
    "bus fleet",
    "street lighting",
    "school",
    "kindergarten",
    "hospital",
    "social housing",
    "road",
    "bridge",
    "railway electrification",
    "substation",
    "solar park",
    "wind farm",
    "hydropower plant",
    "energy efficiency in public buildings",
    "university",
    "irrigation",
    "small firms credit line",
];
/// What is done with it.
const WORKS: [&str; 8] = [
    "Rehabilitation",
    "Modernisation",
    "Extension",
    "Construction",
    "Renewal",
    "Emergency Repair",
    "Completion",
    "Support",
];
/// Telling words of a title.
const WORDS: [&str; 12] = [
    "Central",
    "Northern",
    "Riverside",
    "Sosnivka",
    "Levada",
    "Podil",
    "Zarichne",
    "Industrial",
    "Hillside",
    "Market",
    "Station",
    "Pivdennyi",
];

/// Records of labelled pairs among others, with one catalogue of all of them.
pub struct Crowd {
    catalogue: Arc<Catalogue>,
}

impl Crowd {
    /// How many records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.catalogue.records().len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The records of the pairs, and others up to a number in all: four lenders, and rows of statistics that repeat some of
/// them, over the cities of Ukraine and twenty years. The same number gives the same records.
///
/// # Errors
/// The name of the pair and what its record says that the hub has no name for.
pub fn crowd(pairs: &[Pair], records: usize) -> Result<Crowd, String> {
    let now = Utc::now();
    let mut projects = Vec::new();
    let mut known = HashSet::new();
    for (pair, sketch) in pairs.iter().flat_map(|pair| [(pair, &pair.left), (pair, &pair.right)]) {
        if known.insert(sketch.id().to_owned()) {
            projects.push(sketch.project(now).map_err(|error| format!("{}: {error}", pair.pair))?);
        }
    }
    let cities = cities();
    let made = records.saturating_sub(projects.len());
    projects.extend((0..made).map(|number| made_up(number, &cities, now)));
    let catalogue = Catalogue::build(readings(projects, now), &Rates::embedded(), now);
    Ok(Crowd { catalogue: Arc::new(catalogue) })
}

/// Links all records, and judges the pairs among them. A record that several pairs hold with different words is judged
/// with those of the first.
#[must_use]
pub fn evaluate_among(pairs: &[Pair], crowd: &Crowd) -> Scores {
    let catalogue = &crowd.catalogue;
    let links = Links::of(catalogue, &LinkDecisions::none());
    let mut scores = Scores::default();
    for pair in pairs {
        let (found, reasons) = between(catalogue, &links, [pair.left.id(), pair.right.id()]);
        scores.count(pair, found, reasons);
    }
    scores
}

/// Codes and English names of the cities.
fn cities() -> Vec<(&'static str, &'static str)> {
    let gazetteer = Gazetteer::embedded();
    let cities = gazetteer.all().filter(|(_, place)| place.category == Some(Category::City));
    cities.map(|(index, place)| (place.id, gazetteer.name(index, &["en"]))).collect()
}

/// A number that looks like chance and is the same every time (`SplitMix64`).
fn mixed(number: usize, salt: u64) -> usize {
    let mut mixed = (number as u64).wrapping_add(salt.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    usize::try_from((mixed ^ mixed >> 31) >> 33).unwrap_or_default()
}

/// A record that nobody published. Every fifth is a row of statistics, often of a record made before it.
fn made_up(number: usize, cities: &[(&'static str, &'static str)], now: DateTime<Utc>) -> Project {
    let row = number % 5 == 4;
    let told = if row { number - 1 - mixed(number, 9) % 4 } else { number };
    let lender = ["eib", "ebrd", "ceb"][mixed(told, 1) % 3];
    let partner = if row { "oecd" } else { lender };
    let native = format!("made-{number:06}");
    let source = format!("{partner}-projects");
    let provenance = Provenance::new(&source, None, now, native.clone(), "text/plain");
    let mut project = Project::new(ProjectId::new(partner, &[&native]), provenance);
    let pick = |list: &[&'static str], salt| list[mixed(told, salt) % list.len()];
    let (subject, work, word) = (pick(&SUBJECTS, 2), pick(&WORKS, 3), pick(&WORDS, 4));
    let (code, city) = cities.get(mixed(told, 5) % cities.len().max(1)).copied().unwrap_or(("UA", "Ukraine"));
    let text = |text: String| vec![Text::original(Language::EN, text)];
    project.titles = text(format!("{city} {word} {subject} {work}"));
    project.descriptions = text(format!("{work} of {subject} for {city}, with advice and supervision of works."));
    project.countries = vec![CountryCode::UA];
    project.locations = vec![PublishedLocation::Code { scheme: "KATOTTG".to_owned(), value: code.to_owned() }];
    let year = 2005 + i32::try_from(mixed(told, 6) % 20).unwrap_or_default();
    let month = u32::try_from(mixed(told, 7) % 12).unwrap_or_default() + 1;
    let day = NaiveDate::from_ymd_opt(year, month, 1).map(PartialDate::day);
    let value = Decimal::from(1_000_000 * (1 + mixed(told, 8) % 120));
    if row {
        let donor = ["4EU004", "5RDB007", "5RDB005"][mixed(told, 1) % 3];
        project.identifiers = vec![Identifier::new("crs-donor", donor)];
        project.amounts = vec![Money::new(value, CurrencyCode::EUR, AmountBasis::Committed, PartialDate::year(year))];
    } else {
        project.signed_on = day;
        project.amounts = vec![Money::new(value, CurrencyCode::EUR, AmountBasis::Signed, day)];
        let name = format!("{city} {word} Company");
        project.organisations = vec![Organisation { role: OrganisationRole::Promoter, name, reference: None }];
        let scheme = partner.to_uppercase();
        project.sectors = vec![NativeSector { scheme, code: None, label: subject.to_owned() }];
    }
    project
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Blocks of many records must not hide what a pair alone would show. Written pairs that retell one undertaking
    /// compete for one place among all of them, so that fewer of those are found.
    #[test]
    fn pairs_are_found_among_many_records() {
        let pairs = super::super::evaluate::read(include_str!("../../../tests/links/pairs.jsonl")).unwrap();
        let crowd = crowd(&pairs, 1_500).unwrap();
        let scores = evaluate_among(&pairs, &crowd);
        assert!(scores.real.is_perfect(), "{:#?}", scores.misses);
        assert!(scores.all.precision >= 0.95 && scores.all.recall >= 0.8, "{:#?}", scores.misses);
    }
}
