//! What records are to one another, over labelled pairs and over the built-in baseline.

use std::sync::Arc;

use chrono::Utc;

use super::*;
use crate::catalogue::LocationMethod;
use crate::harvest::Reading;
use crate::money::Rates;
use crate::places::LocationLevel;
use crate::samples;

const KHARKIV: [&str; 2] = ["ebrd:authored-kharkiv-metro-extension", "eib:authored-kharkiv-metro"];
const DNIPRO: [&str; 2] =
    ["ebrd:authored-dnipropetrovsk-metro-construction-completion-project", "eib:authored-dnipro-metro"];
const HOME: [&str; 2] = ["ceb:authored-home-additional-ukraine", "ceb:authored-home-ukraine"];

async fn readings() -> Vec<Arc<Reading>> {
    let mut readings = Vec::new();
    for partner in connectors::partners::ALL {
        for feed in partner.feeds {
            let countries = [connectors::model::CountryCode::UA];
            let harvest = connectors::stage::baseline(partner, feed, &countries).await.unwrap();
            readings.push(Arc::new(Reading::baseline(feed.id, &countries, harvest, Utc::now())));
        }
    }
    readings
}

/// The catalogue that the program starts with.
async fn baseline() -> Catalogue {
    Catalogue::build(readings().await, &Rates::embedded(), Utc::now())
}

fn linked(catalogue: &Catalogue) -> Links {
    Links::of(catalogue, &LinkDecisions::none())
}

/// Every link as text, whatever the numbers of its records.
fn told(catalogue: &Catalogue, links: &Links) -> Vec<String> {
    let id = |number| catalogue.project(number).id().as_str();
    let numbers = (0..).take(catalogue.records().len());
    let all = numbers.flat_map(|number| links.links(number).iter().map(move |link| (number, link)));
    let mut told: Vec<String> = all
        .map(|(from, link)| {
            format!("{} {:?} {} {:?}", id(from), link.kind, id(link.other), (link.score, &link.evidence))
        })
        .collect();
    told.sort();
    told
}

#[test]
fn labelled_pairs_are_judged_as_their_labels_say() {
    let pairs = evaluate::read(include_str!("../../../tests/links/pairs.jsonl")).unwrap();
    let scores = evaluate::evaluate(&pairs).unwrap();
    let linked = pairs.iter().filter(|pair| pair.expected != evaluate::Expected::None).count();
    assert!(pairs.len() >= 60 && linked >= 25, "{} pairs, {linked} of them linked", pairs.len());
    assert!(scores.real.is_perfect(), "{:#?}", scores.misses);
    assert!(scores.all.precision >= 0.95 && scores.all.recall >= 0.85, "{:#?}", scores.misses);
}

#[tokio::test]
async fn the_two_metros_are_the_undertakings_that_two_banks_finance() {
    let catalogue = baseline().await;
    let links = linked(&catalogue);
    let id = |number: &RecordNumber| catalogue.project(*number).id().to_string();
    let groups: Vec<Vec<String>> = links.groups().iter().map(|group| group.members.iter().map(id).collect()).collect();
    assert_eq!(groups, [DNIPRO.map(str::to_owned), KHARKIV.map(str::to_owned)]);
    let mentions = |group: &Group| group.evidence.iter().filter(|reason| reason.kind == "mention").count();
    assert!(links.groups().iter().all(|group| mentions(group) == 1), "each bank's words are the evidence");
    let totals = |group: &Group| group.evidence.iter().any(|reason| reason.kind == "total");
    assert!(totals(&links.groups()[0]), "152 and 152 come to the stated 305");
}

#[tokio::test]
async fn programmes_for_the_whole_country_join_nothing_in_the_capital() {
    let catalogue = baseline().await;
    let links = linked(&catalogue);
    let number = |id: &str| catalogue.by_id(id).unwrap();
    let [additional, home] = HOME.map(number);
    let heal = number("ceb:authored-heal-ukraine");
    assert_eq!(links.undertaking(additional), links.undertaking(home));
    for (one, other) in [(additional, home), (home, additional)] {
        let [link] = links.links(one) else { panic!("one link: {:?}", links.links(one)) };
        assert_eq!((link.other, link.kind), (other, LinkKind::SameProject));
    }
    assert!(links.links(heal).is_empty());
    for record in [additional, home, heal] {
        let locations = catalogue.record(record).locations;
        let [location] = locations else { panic!("one location: {locations:?}") };
        assert_eq!((location.level, location.place), (LocationLevel::Nationwide, None));
        assert_eq!(location.method, LocationMethod::MatchedDescription);
    }
}

#[tokio::test]
async fn the_order_of_sources_changes_nothing() {
    let mut readings = readings().await;
    let catalogue = Catalogue::build(readings.clone(), &Rates::embedded(), Utc::now());
    let expected = told(&catalogue, &linked(&catalogue));
    for _ in 0..readings.len() {
        readings.rotate_left(1);
        let catalogue = Catalogue::build(readings.clone(), &Rates::embedded(), Utc::now());
        assert_eq!(told(&catalogue, &linked(&catalogue)), expected);
    }
    readings.reverse();
    let catalogue = Catalogue::build(readings, &Rates::embedded(), Utc::now());
    assert_eq!(told(&catalogue, &linked(&catalogue)), expected);
}

#[tokio::test]
async fn a_rejected_link_is_shown_and_has_no_effect() {
    let catalogue = baseline().await;
    let decisions = [
        (KHARKIV[1], KHARKIV[0], LinkDecision::Rejected),
        (HOME[0], HOME[1], LinkDecision::Rejected),
        (DNIPRO[0], DNIPRO[1], LinkDecision::Confirmed),
        ("eib:20110487", "eib:20240382", LinkDecision::Rejected),
    ];
    let links = Links::of(&catalogue, &decisions.into_iter().collect());
    let number = |id: &str| catalogue.by_id(id).unwrap();
    for pair in [KHARKIV, HOME] {
        let [one, other] = pair.map(number);
        assert!(links.links(one).iter().any(|link| link.other == other && link.decision == LinkDecision::Rejected));
        assert_eq!(links.undertakings(&RoaringBitmap::from([one, other])), 2);
    }
    let both = RoaringBitmap::from(["eib:20110487", "eib:20240382"].map(number));
    assert_eq!(links.framework(number("eib:20240382"), &both), None);
    let [dnipro] = links.groups() else { panic!("one group: {:#?}", links.groups()) };
    assert_eq!(dnipro.decision, LinkDecision::Confirmed);
}

/// A row of statistics, and the bank's records that it could repeat.
fn restating() -> Catalogue {
    use connectors::model::AmountBasis::{Committed, Signed};
    let record = |id: &str, title: &str, date: &str, amount| {
        let date = samples::date(date);
        let project = samples::titled(id, title);
        connectors::model::Project {
            signed_on: date,
            amounts: vec![connectors::model::Money { date, ..amount }],
            ..project
        }
    };
    let mut row = record("oecd:1", "Poltava tram renewal", "2020", samples::euro(40_000_000, Committed));
    row.identifiers = vec![connectors::model::Identifier::new("crs-donor", "4EU004")];
    let banks = [
        record("eib:1", "Poltava tram renewal", "2020-05-01", samples::euro(40_000_000, Signed)),
        record("eib:2", "Poltava tram renewal and depot", "2021-11-01", samples::euro(40_000_000, Signed)),
    ];
    samples::catalogue_of(vec![
        samples::reading("eib-projects", 0, banks.into()),
        samples::reading("oecd-crs", 0, vec![row]),
    ])
}

#[test]
fn a_row_repeats_the_surest_record_that_nobody_rejected() {
    let catalogue = restating();
    let number = |id: &str| catalogue.by_id(id).unwrap();
    let all = RoaringBitmap::from(["oecd:1", "eib:1", "eib:2"].map(number));
    let repeated = |decisions: &LinkDecisions| {
        let restated = Links::of(&catalogue, decisions).restated(number("oecd:1"), &all);
        restated.map(|number| catalogue.project(number).id().to_string())
    };
    assert_eq!(repeated(&LinkDecisions::none()).as_deref(), Some("eib:1"));
    let rejected: LinkDecisions = [("eib:1", "oecd:1", LinkDecision::Rejected)].into_iter().collect();
    assert_eq!(repeated(&rejected).as_deref(), Some("eib:2"));
    let both = [("eib:1", "oecd:1", LinkDecision::Rejected), ("eib:2", "oecd:1", LinkDecision::Rejected)];
    assert_eq!(repeated(&both.into_iter().collect()), None);
}

#[test]
fn a_banks_records_stand_beside_the_rows_that_repeat_them() {
    use crate::catalogue::Filter;
    let catalogue = restating();
    let links = linked(&catalogue);
    let number = |id: &str| catalogue.by_id(id).unwrap();
    let reconciled = |from: &str, to: &str, partners| {
        let filter = Filter { signed_from: samples::date(from), signed_to: samples::date(to), ..Filter::default() };
        reconcile::Reconciled::of(&catalogue, &links, partners, &filter)
    };
    let pair = (number("eib:1"), number("oecd:1"));
    let both = reconciled("2020-01-01", "2021-12-31", ["eib", "oecd"]);
    assert_eq!((both.matched.as_slice(), both.only_left.len(), both.only_right.len()), ([pair].as_slice(), 1, 0));
    let swapped = reconciled("2020-06-01", "2020-12-31", ["oecd", "eib"]);
    assert_eq!(swapped.matched, [(pair.1, pair.0)], "the row's year holds the time asked for");
    assert!(reconciled("2021-01-01", "2021-12-31", ["eib", "oecd"]).matched.is_empty());
    let other = reconciled("2020", "2021", ["ebrd", "oecd"]);
    assert!(other.matched.is_empty() && other.only_right.is_empty(), "the row is not of that bank");
    assert_eq!(reconcile::difference(&catalogue, pair.0, pair.1), Some(rust_decimal::Decimal::ZERO));
    let reasons = reconcile::reasons(&catalogue, &links, pair.0, pair.1);
    assert!(reasons.iter().any(|reason| reason == "The bases differ: SIGNED and COMMITTED."), "{reasons:?}");
}

#[tokio::test]
async fn a_text_with_the_number_of_a_framework_makes_a_part() {
    let catalogue = baseline().await;
    let links = linked(&catalogue);
    let (part, whole) = (catalogue.by_id("eib:20240382").unwrap(), catalogue.by_id("eib:20110487").unwrap());
    let both = RoaringBitmap::from([part, whole]);
    assert_eq!(links.framework(part, &both), Some(whole));
    assert_eq!(links.framework(part, &RoaringBitmap::from([part])), None, "the framework is not in the selection");
    assert_eq!(links.framework(whole, &both), None, "the link has a direction");
    assert_eq!(links.undertakings(&both), 2, "a part is an undertaking of its own");
}

#[test]
fn no_links_leave_every_record_alone() {
    let links = Links::none(3);
    assert_eq!(links.undertakings(&RoaringBitmap::from([0, 1, 2])), 3);
    assert!(links.links(1).is_empty() && links.groups().is_empty());
}
