//! Facets and coverage against counts by hand.

use std::collections::BTreeMap;

use connectors::model::{Instrument, Project, ProjectStatus, PublishedLocation};
use proptest::prelude::*;

use super::*;
use crate::samples::{catalogue, date, placed, project};

fn named(name: &str) -> PublishedLocation {
    PublishedLocation::Name(name.to_owned())
}

fn any_project() -> impl Strategy<Value = Project> {
    let places = prop_oneof![
        Just(vec![]),
        Just(vec![PublishedLocation::Nationwide]),
        Just(vec![named("Kharkiv oblast")]),
        Just(vec![named("Lviv oblast"), PublishedLocation::Nationwide]),
        Just(vec![named("no such place")]),
    ];
    let status = prop_oneof![Just(ProjectStatus::Signed), Just(ProjectStatus::Pipeline), Just(ProjectStatus::Unknown)];
    let instrument = prop_oneof![Just(Instrument::Loan), Just(Instrument::Unknown)];
    let signed = prop_oneof![Just(None), Just(date("2022")), Just(date("2023-05-06"))];
    let country = prop_oneof![Just(vec!["UA"]), Just(vec!["PL", "UA"]), Just(vec![])];
    (places, status, instrument, signed, country).prop_map(|(locations, status, instrument, signed_on, codes)| {
        let countries = codes.into_iter().map(|code| code.parse().unwrap()).collect();
        Project { locations, status, instrument, signed_on, countries, ..project("eib:0") }
    })
}

/// Records numbered from 0, and which of them are selected.
fn some_projects() -> impl Strategy<Value = (Vec<Project>, Vec<bool>)> {
    proptest::collection::vec((any_project(), any::<bool>()), 0..12).prop_map(|drawn| {
        let numbered = (0..).zip(drawn).map(|(number, (drawn, chosen))| {
            let id = project(&format!("eib:{number:02}")).id;
            (Project { id, ..drawn }, chosen)
        });
        numbered.unzip()
    })
}

fn counted(keys: impl Iterator<Item = String>) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    keys.for_each(|key| *counts.entry(key).or_default() += 1);
    counts
}

fn shown(facets: &[Facet]) -> BTreeMap<String, u64> {
    facets.iter().map(|facet| (facet.key.clone(), facet.count)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn facets_equal_counts_by_hand_and_coverage_adds_up((projects, chosen) in some_projects()) {
        let catalogue = catalogue(projects.clone());
        let numbers = (0..).zip(&chosen).filter(|(_, chosen)| **chosen).map(|(number, _)| number);
        let selection: RoaringBitmap = numbers.collect();
        let of = || projects.iter().zip(&chosen).filter(|(_, chosen)| **chosen).map(|(project, _)| project);
        let facets = catalogue.facets(&selection, 100);
        let status = |project: &Project| format!("{:?}", project.status).to_uppercase();
        prop_assert_eq!(shown(&facets.status), counted(of().map(status)));
        let instrument = |project: &Project| format!("{:?}", project.instrument).to_uppercase();
        prop_assert_eq!(shown(&facets.instrument), counted(of().map(instrument)));
        let year = |project: &Project| project.signed_on.map_or("UNDATED".to_owned(), |on| on.year_number().to_string());
        prop_assert_eq!(shown(&facets.year), counted(of().map(year)));
        let countries = of().flat_map(|project| project.countries.iter().map(ToString::to_string));
        prop_assert_eq!(shown(&facets.country), counted(countries));
        let oblast = |project: &Project| {
            let at = |name: &str, id: &str| project.locations.contains(&named(name)).then(|| id.to_owned());
            at("Kharkiv oblast", KHARKIV_OBLAST).or(at("Lviv oblast", LVIV_OBLAST))
        };
        prop_assert_eq!(shown(&facets.oblast), counted(of().filter_map(oblast)));

        let coverage = catalogue.coverage(&selection);
        let nationwide = of().filter(|project| project.locations == [PublishedLocation::Nationwide]).count();
        prop_assert_eq!(coverage.records, selection.len());
        prop_assert_eq!(coverage.located, of().filter_map(oblast).count() as u64);
        prop_assert_eq!(coverage.nationwide, nationwide as u64);
        prop_assert_eq!(coverage.located + coverage.nationwide + coverage.unlocated, coverage.records);
    }
}

#[test]
fn a_facet_shows_the_largest_first_and_no_more_than_asked() {
    let status = |id: &str, status| Project { status, ..project(id) };
    let catalogue = catalogue(vec![
        status("eib:1", ProjectStatus::Signed),
        status("eib:2", ProjectStatus::Signed),
        status("eib:3", ProjectStatus::Approved),
        status("eib:4", ProjectStatus::Completed),
    ]);
    let all = catalogue.select(&Filter::default());
    let facet = |key: &str, label: &str, count| Facet { key: key.to_owned(), label: label.to_owned(), count };
    let expected = [facet("SIGNED", "Signed", 2), facet("APPROVED", "Approved", 1), facet("COMPLETED", "Completed", 1)];
    assert_eq!(catalogue.facets(&all, 10).status, expected);
    assert_eq!(catalogue.facets(&all, 2).status, expected[..2]);
}

#[test]
fn a_code_for_the_whole_country_is_nationwide_and_no_point_on_a_map() {
    let catalogue = catalogue(vec![placed("eib:1", "UA"), placed("eib:2", KHARKIV_OBLAST)]);
    let all = catalogue.select(&Filter::default());
    let expected = Coverage { records: 2, located: 1, nationwide: 1, unlocated: 0 };
    assert_eq!(catalogue.coverage(&all), expected);
    assert_eq!(catalogue.record(0).locations[0].place, None);
    assert_eq!(natives(&catalogue, &catalogue.without_place(&all)), "1");
}

#[test]
fn a_name_is_looked_for_in_every_country_of_the_record() {
    let named = |id: &str, name: &str| Project {
        countries: vec!["PL".parse().unwrap(), "UA".parse().unwrap()],
        locations: vec![named(name)],
        ..project(id)
    };
    let catalogue = catalogue(vec![named("eib:1", "Kharkiv oblast"), named("eib:2", "Nowhere at all")]);
    assert_eq!(catalogue.record(0).locations[0].place, Some(place(KHARKIV_OBLAST)));
    assert_eq!((catalogue.record(1).locations.len(), catalogue.issues_of(1).len()), (0, 1));
}
