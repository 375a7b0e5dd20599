//! What sums are grouped by.

use connectors::model::{Contribution, CountryCode, Identifier, NativeSector, Organisation, OrganisationRole};

use super::*;
use crate::samples::placed;

const KHARKIV: &str = "UA63120270010096107";
const KHARKIV_OBLAST: &str = "UA63000000000041885";
const KYIV: &str = "UA80000000000093317";
const LVIV: &str = "UA46060250010015970";

fn by(basis: AmountBasis, group_by: &[Dimension]) -> Question {
    Question { group_by: group_by.to_vec(), ..Question::of(basis) }
}

#[track_caller]
fn check(projects: Vec<Project>, group_by: &[Dimension], expected: &[&str]) {
    assert_eq!(rows(&Stand::of(projects, &[]).summary(&by(AmountBasis::Signed, group_by))), expected);
}

fn amount(value: i64) -> Vec<Money> {
    vec![euro(value, AmountBasis::Signed)]
}

#[test]
fn a_record_in_several_places_is_in_a_row_of_its_own() {
    let in_both = {
        let (one, other) = (placed("eib:1", KHARKIV), placed("eib:1", LVIV));
        Project { locations: [one.locations, other.locations].concat(), amounts: amount(100), ..one }
    };
    let records = vec![
        in_both,
        Project { amounts: amount(7), ..placed("eib:2", KHARKIV) },
        Project { amounts: amount(4), ..placed("eib:3", KHARKIV_OBLAST) },
        Project { amounts: amount(3), ..placed("eib:4", KYIV) },
        Project { amounts: amount(1), ..project("eib:5") },
    ];
    let oblasts = ["MULTIPLE Signed 100 1", &format!("{KHARKIV_OBLAST} Signed 11 2"), &format!("{KYIV} Signed 3 1")];
    check(records.clone(), &[Dimension::Oblast], &[oblasts[0], oblasts[1], oblasts[2], "UNLOCATED Signed 1 1"]);
    let hromadas = Stand::of(records, &[]).summary(&by(AmountBasis::Signed, &[Dimension::Hromada]));
    let keys: Vec<&str> = hromadas.rows.iter().map(|row| row.keys[0].label.as_str()).collect();
    assert_eq!(keys, ["Multiple", "Kharkivska Hromada", "Wider", "Kyiv City", "Unlocated"]);
}

#[test]
fn sectors_and_their_groups_add_up() {
    let sector =
        |code: &str| NativeSector { scheme: "DAC".to_owned(), code: Some(code.to_owned()), label: String::new() };
    let record = |id, codes: &[&str], value| {
        let sectors = codes.iter().map(|code| sector(code)).collect();
        Project { sectors, amounts: amount(value), ..project(id) }
    };
    let records =
        vec![record("eib:1", &["23620"], 10), record("eib:2", &["23620", "23630"], 5), record("eib:3", &[], 1)];
    check(records.clone(), &[Dimension::Sector], &["23620 Signed 10 1", "MULTIPLE Signed 5 1", "UNKNOWN Signed 1 1"]);
    check(records, &[Dimension::SectorGroup], &["236 Signed 15 2", "UNKNOWN Signed 1 1"]);
}

#[test]
fn a_partner_that_publishes_no_such_amount_is_a_row_without_a_value() {
    let records = vec![
        Project { amounts: amount(10), ..project("eib:1") },
        with("ceb:2", vec![euro(9, AmountBasis::Approved)]),
        with("eib:3", vec![euro(9, AmountBasis::Approved)]),
    ];
    check(records.clone(), &[Dimension::Partner], &["eib Signed 10 1", "ceb Signed null 0"]);
    check(records, &[Dimension::Country], &["UA Signed 10 1"]);
}

#[test]
fn the_funder_of_a_row_of_statistics_is_the_bank_that_it_reports() {
    let funder = |name: &str, reference: &str| Organisation {
        role: OrganisationRole::Funder,
        name: name.to_owned(),
        reference: Some(reference.to_owned()),
    };
    let row = |id, donor: &str| {
        let identifiers = vec![Identifier::new("crs", "1"), Identifier::new("crs-donor", donor)];
        let reference = format!("crs-donor:{donor}");
        let organisations = vec![funder("Donor", &reference), funder("Agency", "crs-agency:3")];
        Project { identifiers, organisations, amounts: amount(1), ..project(id) }
    };
    let nobody = Project { identifiers: vec![Identifier::new("crs", "1")], amounts: amount(1), ..project("oecd:4") };
    let records =
        vec![Project { amounts: amount(10), ..project("eib:1") }, row("oecd:2", "919"), row("oecd:3", "5"), nobody];
    let expected = ["eib Signed 11 2", "UNKNOWN Signed 1 1", "crs-donor:5 Signed 1 1"];
    check(records, &[Dimension::Funder], &expected);
}

#[test]
fn years_are_those_of_the_event_or_of_each_part() {
    let record = |id, signed_on: Option<_>, value| Project { signed_on, amounts: amount(value), ..project(id) };
    let records = vec![record("eib:1", date("2023-05"), 1), record("eib:2", date("2022"), 5), record("eib:3", None, 2)];
    check(records, &[Dimension::Year], &["2022 Signed 5 1", "2023 Signed 1 1", "UNDATED Signed 2 1"]);

    let part = |value, year: &str| Contribution {
        reference: None,
        kind: "Commitments".to_owned(),
        amount: Money { date: date(year), ..euro(value, AmountBasis::Committed) },
        date: date(year),
        sector: None,
    };
    let over_years = Project {
        contributions: vec![part(3, "2021"), part(4, "2022"), part(-1, "2022")],
        ..with("oecd:1", vec![euro(6, AmountBasis::Committed)])
    };
    let stand = Stand::of(vec![over_years], &[]);
    let summary = stand.summary(&by(AmountBasis::Committed, &[Dimension::Year]));
    assert_eq!(rows(&summary), ["2021 Committed 3 1", "2022 Committed 3 1"]);
    assert_eq!((summary.total.records, summary.total.undertakings), (1, 1));
    let dollars = stand.summary(&in_currency(by(AmountBasis::Committed, &[Dimension::Year]), "USD"));
    assert_eq!(dollars.rows.iter().map(|row| row.part.unwrap().cents).sum::<i128>(), dollars.total.cents);
}

#[test]
fn what_cannot_be_placed_stands_beside_a_place() {
    let records = vec![
        Project { amounts: amount(7), ..placed("eib:1", KHARKIV) },
        Project { amounts: amount(2), ..project("eib:2") },
        with("eib:3", vec![euro(9, AmountBasis::Approved)]),
        Project { countries: vec![CountryCode::new("PL").unwrap()], amounts: amount(50), ..project("eib:4") },
    ];
    let stand = Stand::of(records, &[]);
    let number = |id| stand.catalogue.by_id(id).unwrap();
    let located = RoaringBitmap::from([number("eib:1")]);
    let beside = RoaringBitmap::from([number("eib:2"), number("eib:3")]);
    let summary = summary_beside(stand.ground(), &Question::of(AmountBasis::Signed), &located, &beside);
    assert_eq!(summary.total.value(), 7.into());
    assert_eq!(stand.excluded(&summary), ["NOT_LOCATED 2"]);
    let Located { located, nationwide, unlocated } = summary.located;
    assert_eq!([located, nationwide, unlocated].map(|part| part.records), [1, 0, 1]);
}
