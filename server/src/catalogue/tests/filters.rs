//! Each field of a filter, alone and beside others.

use connectors::model::{
    AmountBasis, CountryCode, CurrencyCode, Instrument, Issue, Money, NativeSector, Project, ProjectStatus,
    PublishedLocation, Severity,
};
use rust_decimal::Decimal;

use super::*;
use crate::places::LocationLevel;
use crate::samples::{at, catalogue, catalogue_of, date, euro, placed, project, reading, titled};

#[track_caller]
fn check(catalogue: &Catalogue, filter: &Filter, expected: &str) {
    assert_eq!(natives(catalogue, &catalogue.select(filter)), expected, "{filter:?}");
}

fn some<T>(values: impl IntoIterator<Item = T>) -> Option<Vec<T>> {
    Some(values.into_iter().collect())
}

#[test]
fn lists_mean_any_of_and_fields_mean_and() {
    let status = |id: &str, status, instrument| Project { status, instrument, ..project(id) };
    let catalogue = catalogue(vec![
        status("eib:1", ProjectStatus::Signed, Instrument::Loan),
        status("eib:2", ProjectStatus::Approved, Instrument::Grant),
        status("eib:3", ProjectStatus::Signed, Instrument::Grant),
    ]);
    let all = Filter::default();
    check(&catalogue, &all, "1 2 3");
    check(&catalogue, &Filter { statuses: some([ProjectStatus::Signed]), ..all.clone() }, "1 3");
    let either = some([ProjectStatus::Signed, ProjectStatus::Approved]);
    check(&catalogue, &Filter { statuses: either, ..all.clone() }, "1 2 3");
    let both = Filter {
        statuses: some([ProjectStatus::Signed]),
        instruments: some([Instrument::Grant, Instrument::Equity]),
        ..all.clone()
    };
    check(&catalogue, &both, "3");
    check(&catalogue, &Filter { statuses: some([]), ..all.clone() }, "");
    check(&catalogue, &Filter { ids: some(["eib:2".to_owned(), "eib:9".to_owned()]), ..all }, "2");
}

#[test]
fn partners_and_countries_choose_what_names_them() {
    let countries = |id: &str, codes: &[&str]| {
        let countries = codes.iter().map(|code| code.parse().unwrap()).collect();
        Project { countries, ..project(id) }
    };
    let catalogue = catalogue_of(vec![
        reading("eib-projects", 0, vec![countries("eib:1", &["UA"]), countries("eib:2", &["PL"])]),
        reading("ceb-projects", 0, vec![countries("ceb:3", &["PL", "UA"]), countries("ceb:4", &[])]),
    ]);
    let poland: CountryCode = "PL".parse().unwrap();
    let all = Filter::default();
    check(&catalogue, &Filter { partners: some(["eib".to_owned()]), ..all.clone() }, "1 2");
    check(&catalogue, &Filter { countries: some([poland]), ..all.clone() }, "3 2");
    let narrowed = Filter { countries: some([poland]), and_countries: some([CountryCode::UA]), ..all.clone() };
    check(&catalogue, &narrowed, "3");
    check(&catalogue, &Filter { within: some([place("PL")]), ..all }, "3 2");
}

#[test]
fn within_a_place_counts_all_below_it_and_a_country_all_that_names_it() {
    let nationwide = Project { locations: vec![PublishedLocation::Nationwide], ..project("eib:3") };
    let catalogue = catalogue(vec![
        placed("eib:1", KHARKIV),
        placed("eib:2", KHARKIV_OBLAST),
        nationwide,
        project("eib:4"),
        placed("eib:5", LVIV),
    ]);
    let within = |ids: &[&str]| Filter { within: some(ids.iter().map(|id| place(id))), ..Filter::default() };
    check(&catalogue, &within(&[KHARKIV]), "1");
    check(&catalogue, &within(&[KHARKIV_OBLAST]), "1 2");
    check(&catalogue, &within(&[KHARKIV_OBLAST, LVIV_OBLAST]), "1 2 5");
    check(&catalogue, &within(&["UA"]), "1 2 3 4 5");
    let both = Filter { and_within: vec![vec![place(LVIV_OBLAST)]], ..within(&[KHARKIV_OBLAST]) };
    check(&catalogue, &both, "");
    let levels = |level| Filter { location_levels: some([level]), ..Filter::default() };
    check(&catalogue, &levels(LocationLevel::Settlement), "1 5");
    check(&catalogue, &levels(LocationLevel::Oblast), "2");
    check(&catalogue, &levels(LocationLevel::Nationwide), "3");
    assert_eq!(natives(&catalogue, catalogue.located_in(place(KHARKIV_OBLAST)).unwrap()), "1 2");
    assert_eq!(natives(&catalogue, &catalogue.without_place(&catalogue.select(&Filter::default()))), "3 4");
}

#[test]
fn sectors_count_what_is_below_them_and_an_unlisted_code_is_an_issue() {
    let sector = |id: &str, code: &str| {
        let native = NativeSector { scheme: "DAC".to_owned(), code: Some(code.to_owned()), label: String::new() };
        Project { sectors: vec![native], ..project(id) }
    };
    let catalogue = catalogue(vec![
        sector("oecd:1", "23620"),
        sector("oecd:2", "23630"),
        sector("oecd:3", "14030"),
        sector("oecd:4", "99123"),
    ]);
    let sectors = |codes: &[&str]| {
        let codes = codes.iter().map(|code| (*code).to_owned());
        Filter { sectors: some(codes), ..Filter::default() }
    };
    check(&catalogue, &sectors(&["23620"]), "1");
    check(&catalogue, &sectors(&["236"]), "1 2");
    check(&catalogue, &sectors(&["236", "140"]), "1 2 3");
    check(&catalogue, &Filter { has_issue: Some("UNKNOWN_SECTOR".to_owned()), ..Filter::default() }, "4");
}

#[test]
fn dates_compare_whole_spans() {
    let signed = |id: &str, on: &str| Project { signed_on: date(on), ..project(id) };
    let catalogue = catalogue(vec![
        signed("eib:1", "2021-12-31"),
        signed("eib:2", "2022"),
        signed("eib:3", "2022-06"),
        signed("eib:4", "2022-12-31"),
        signed("eib:5", "2023-01-01"),
        project("eib:6"),
    ]);
    let check = |from: Option<&str>, to: Option<&str>, expected| {
        let (signed_from, signed_to) = (from.and_then(date), to.and_then(date));
        check(&catalogue, &Filter { signed_from, signed_to, ..Filter::default() }, expected);
    };
    check(Some("2022"), Some("2022"), "2 3 4");
    check(Some("2022"), None, "2 3 4 5");
    check(None, Some("2022"), "1 2 3 4");
    check(Some("2022-06-30"), Some("2022-06-30"), "2 3");
    check(Some("2022-07"), Some("2022-11"), "2");
    let approved = Filter { approved_from: date("2022"), ..Filter::default() };
    assert!(catalogue.select(&approved).is_empty());
}

#[test]
fn amounts_compare_in_euro_of_the_basis_named_else_of_the_one_that_binds_most() {
    let money = |id: &str, amounts: Vec<Money>| Project { amounts, ..project(id) };
    let dollars = |on| Money::new(200.into(), CurrencyCode::USD, AmountBasis::Signed, on);
    let catalogue = catalogue(vec![
        money("eib:1", vec![euro(100, AmountBasis::Approved), euro(90, AmountBasis::Signed)]),
        money("eib:2", vec![euro(100, AmountBasis::Approved)]),
        money("eib:3", vec![dollars(date("2022-06-30"))]), // at USD 1.0387 for a euro
        money("eib:4", vec![euro(500, AmountBasis::TotalCost)]),
        money("eib:5", vec![dollars(None)]),
        project("eib:6"),
    ]);
    let check = |basis, least: Option<i64>, most: Option<i64>, expected| {
        let (amount_min, amount_max) = (least.map(Decimal::from), most.map(Decimal::from));
        check(&catalogue, &Filter { basis, amount_min, amount_max, ..Filter::default() }, expected);
    };
    check(None, Some(90), Some(90), "1");
    check(None, Some(91), None, "2 3");
    check(None, Some(192), Some(193), "3");
    check(Some(AmountBasis::Approved), Some(100), None, "1 2");
    check(Some(AmountBasis::TotalCost), None, Some(500), "4");
    check(Some(AmountBasis::Signed), None, None, "1 3 5");
    check(None, Some(0), None, "1 2 3");
}

#[test]
fn issues_conflicts_and_ages_choose() {
    let odd = Project { issues: vec![Issue::new("ODD", Severity::Info, "odd")], ..project("eib:1") };
    let ended = Project { status: ProjectStatus::Signed, ended_on: date("2020"), ..project("eib:2") };
    let old = reading("ceb-projects", -600, vec![project("ceb:0")]);
    let catalogue = catalogue_of(vec![reading("eib-projects", 0, vec![odd, ended]), old]);
    let all = Filter::default();
    check(&catalogue, &Filter { has_issue: Some("ODD".to_owned()), ..all.clone() }, "1");
    check(&catalogue, &Filter { has_issue: Some(codes::STATUS_CONFLICT.to_owned()), ..all.clone() }, "2");
    check(&catalogue, &Filter { status_conflict: Some(true), ..all.clone() }, "2");
    check(&catalogue, &Filter { status_conflict: Some(false), ..all.clone() }, "0 1");
    check(&catalogue, &Filter { updated_since: Some(at(0)), ..all.clone() }, "1 2");
    check(&catalogue, &Filter { updated_since: Some(at(-600)), ..all }, "0 1 2");
}

#[test]
fn records_are_found_by_id_and_by_any_identifier() {
    let mut known = titled("eib:1", "One");
    known.identifiers = vec![connectors::model::Identifier::new("IATI", "XM-1")];
    let catalogue = catalogue(vec![project("eib:2"), known]);
    assert_eq!(catalogue.by_id("eib:1").map(|number| catalogue.project(number).id().native()), Some("1"));
    assert_eq!(catalogue.by_identifier("iati", "XM-1"), catalogue.by_id("eib:1"));
    assert_eq!((catalogue.by_id("eib:3"), catalogue.by_identifier("iati", "XM-2")), (None, None));
}
