//! Where need is high and money and partners are low.

use connectors::model::ProjectStatus;

use super::*;
use crate::places::{Gazetteer, PlaceIndex, PlaceLevel};

fn gaps(needs: Vec<Need>, partnerships: Vec<Partnership>, projects: Vec<Project>) -> Gaps {
    let (records, by_place) = world(RecordSet { needs, partnerships, ..RecordSet::default() });
    let catalogue = catalogue(projects);
    Gaps::of(&records, &by_place, &catalogue, &Links::none(catalogue.records().len()))
}

fn at(code: &str) -> PlaceIndex {
    Gazetteer::embedded().by_id(code).unwrap()
}

fn financed(id: &str, place: &str, value: i64) -> Project {
    Project { amounts: vec![euro(value, AmountBasis::Signed)], ..heating(id, place) }
}

/// Value, weight and text of a part.
#[track_caller]
fn check_part(gap: &Gap, name: &str, value: f64, weight: f64, text: &str) {
    let part = gap.parts.iter().find(|part| part.name == name).unwrap();
    assert_eq!(((part.value * 1e4).round() / 1e4, part.weight, part.text.as_str()), (value, weight, text));
}

#[test]
fn a_place_without_an_open_need_has_no_gap() {
    let met = Need { state: NeedState::Met, ..need(1, SMALL) };
    let gap = gaps(vec![met], Vec::new(), Vec::new()).gap(at(SMALL), None);
    assert_eq!(gap.value, 0.0);
    check_part(&gap, "needs", 0.0, 0.4, "No open need is published here.");
    check_part(&gap, "money", 1.0, 0.3, "No partner project is known to be located here.");
    check_part(&gap, "partners", 1.0, 0.3, "No partnership is known here.");
}

#[test]
fn the_score_is_the_product_of_the_parts_to_their_weights() {
    let ties = vec![tie(SMALL, "Gdynia", PartnershipState::Active)];
    let projects = vec![financed("eib:1", SMALL, 936_100)];
    let gaps = gaps(vec![need(1, SMALL), need(2, SMALL), need(3, SMALL)], ties, projects);
    let gap = gaps.gap(at(SMALL), Some(Theme::Energy));
    check_part(&gap, "needs", 0.75, 0.4, "3 open needs about energy are published here.");
    let money = "EUR 936100 of 1 partner projects about energy located here, 100 for each of 9361 inhabitants.";
    check_part(&gap, "money", 0.5, 0.3, money);
    check_part(&gap, "partners", 0.5, 0.3, "1 partnerships in force here.");
    let product = 0.75_f64.powf(0.4) * 0.5_f64.powf(0.3) * 0.5_f64.powf(0.3);
    assert!((gap.value - product).abs() < 1e-4, "{}", gap.value);
    assert_eq!(gaps.gap(at(SMALL), Some(Theme::Water)).value, 0.0);
}

#[test]
fn what_lies_below_counts_above_and_hromadas_share_the_partnerships() {
    let ties = vec![tie(CITY, "Gdynia", PartnershipState::Active), tie(CITY, "Sopot", PartnershipState::Unknown)];
    let gaps = gaps(vec![need(1, CITY)], ties, Vec::new());
    let gap = gaps.gap(at(HROMADA), None);
    let text = "1 partnerships in force here, and 1 of which no recent source says so.";
    check_part(&gap, "partners", 0.4, 0.3, text);
    let gap = gaps.gap(at(OBLAST), None);
    check_part(&gap, "needs", 0.5, 0.4, "One open need is published here.");
    assert!(gap.parts[2].value > 0.9 && gap.parts[2].text.contains(" for 63 hromadas"), "{:?}", gap.parts[2]);
}

#[test]
fn money_that_cannot_be_told_is_said_and_weighs_nothing() {
    let gap = gaps(vec![need(1, SMALL)], Vec::new(), vec![heating("eib:1", SMALL)]).gap(at(SMALL), None);
    check_part(&gap, "money", 0.0, 0.0, "Not counted: none of 1 partner projects here has an amount in euro.");
    check_part(&gap, "needs", 0.5, 0.5714, "One open need is published here.");
    let projects = vec![financed("eib:1", CITY, 1_000_000), heating("eib:2", CITY)];
    let counted = gaps(vec![need(1, CITY)], Vec::new(), projects);
    let text = "EUR 1000000 of 2 partner projects located here, 2.58 for each of 387439 inhabitants. 1 of them without an \
                amount in euro are not in this sum.";
    check_part(&counted.gap(at(HROMADA), None), "money", 0.9748, 0.3, text);
    let gazetteer = Gazetteer::embedded();
    let (place, village) =
        gazetteer.all().find(|(_, place)| place.id.starts_with("UA05") && place.population.is_none()).unwrap();
    let told = gaps(Vec::new(), Vec::new(), vec![financed("eib:1", village.id, 5)]).gap(place, None);
    let text = "Not counted, because the inhabitants are not known: EUR 5 of 1 partner projects located here.";
    check_part(&told, "money", 0.0, 0.0, text);
}

#[test]
fn cancelled_projects_bring_no_money() {
    let cancelled = Project { status: ProjectStatus::Cancelled, ..financed("eib:1", SMALL, 936_100) };
    let gap = gaps(vec![need(1, SMALL)], Vec::new(), vec![cancelled]).gap(at(SMALL), None);
    check_part(&gap, "money", 1.0, 0.3, "No partner project is known to be located here.");
}

#[test]
fn the_largest_gap_stands_first_and_ties_go_by_id() {
    let needs = vec![need(1, CITY), need(2, SMALL), need(3, SMALL), need(4, MIDDLE)];
    let gaps = gaps(needs, vec![tie(CITY, "Gdynia", PartnershipState::Active)], Vec::new());
    let ids = |level, about| {
        let places = gaps.ranked(level, about).iter();
        places.map(|place| Gazetteer::embedded().get(*place).id).collect::<Vec<_>>()
    };
    assert_eq!(ids(PlaceLevel::Hromada, None), [SMALL, MIDDLE, HROMADA]);
    assert_eq!(ids(PlaceLevel::Hromada, Some(Theme::Energy)), [SMALL, MIDDLE, HROMADA]);
    assert_eq!(ids(PlaceLevel::Oblast, None), [OBLAST]);
    assert_eq!(ids(PlaceLevel::Hromada, Some(Theme::Water)), [""; 0]);
}
