//! Needs and offers beside the seed.

use chrono::{DateTime, TimeDelta, Utc};

use super::*;

const NEED: &str = "need:01931a5c-0000-7000-8000-000000000001";
const OFFER: &str = "offer:01931a5c-0000-7000-8000-000000000002";

fn at(hour: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::hours(hour)
}

fn need(id: &str, hour: i64) -> Need {
    Need {
        id: id.to_owned(),
        member: None,
        place: "UA63120270010096107".to_owned(),
        theme: Theme::Energy,
        title: "Heat for a school".to_owned(),
        description: "A boiler of 200 kW.".to_owned(),
        languages: vec![Language::UK],
        state: NeedState::Open,
        principles: vec!["principle:4".to_owned()],
        calls: Vec::new(),
        published_at: at(hour),
    }
}

fn offer(id: &str, member: &str) -> Offer {
    Offer {
        id: id.to_owned(),
        member: member.to_owned(),
        theme: Theme::Energy,
        title: "Advice on heating".to_owned(),
        description: "Two engineers for a week.".to_owned(),
        languages: vec![Language::EN],
        state: OfferState::Open,
        principles: Vec::new(),
        calls: vec!["call:1".to_owned()],
        published_at: at(1),
    }
}

fn with(change: impl FnOnce(&mut RecordSet)) -> Result<Records, RecordFault> {
    let mut set = RecordSet::seed().unwrap();
    change(&mut set);
    Records::of(set)
}

#[track_caller]
fn check_fault(change: impl FnOnce(&mut RecordSet), expected: &str) {
    assert_eq!(with(change).unwrap_err().to_string(), expected);
}

#[test]
fn needs_and_offers_are_found_by_id_place_member_and_theme() {
    let records = with(|set| {
        set.needs.push(Need { member: Some("member:cor".to_owned()), ..need(NEED, 1) });
        set.offers.push(offer(OFFER, "member:coe-congress"));
    })
    .unwrap();
    assert_eq!(records.find(NEED), Some(RecordRef::Need(0)));
    assert_eq!(records.find(OFFER), Some(RecordRef::Offer(0)));
    assert_eq!(records.at("UA63120270010096107").needs, [0]);
    assert_eq!((records.needs_of("member:cor"), records.offers_of("member:coe-congress")), (&[0][..], &[0][..]));
    assert_eq!((records.needs_about(Theme::Energy), records.offers_about(Theme::Water)), (&[0][..], &[][..]));
    // The Congress has a country and no territory of its own.
    assert_eq!(records.at("FR").offers, [0]);
    assert_ne!(records.revision(), seed().revision());
}

#[test]
fn the_newest_need_comes_first() {
    let later = NEED.replace("00000000001", "00000000009");
    let records = with(|set| set.needs = vec![need(NEED, 1), need(&later, 2)]).unwrap();
    let ids: Vec<_> = records.needs().iter().map(|need| need.id.as_str()).collect();
    assert_eq!(ids, [later.as_str(), NEED]);
}

#[test]
fn a_reference_to_nothing_is_refused() {
    let nobody = "`member`: there is no record `member:nobody`";
    check_fault(|set| set.offers.push(offer(OFFER, "member:nobody")), &format!("{OFFER}: {nobody}"));
    let strange = Need { member: Some("member:nobody".to_owned()), ..need(NEED, 1) };
    check_fault(|set| set.needs.push(strange), &format!("{NEED}: {nobody}"));
    let strange = Need { principles: vec!["call:1".to_owned()], ..need(NEED, 1) };
    check_fault(|set| set.needs.push(strange), &format!("{NEED}: `principles`: there is no principle `call:1`"));
    let strange = Need { calls: vec!["call:9".to_owned()], ..need(NEED, 1) };
    check_fault(|set| set.needs.push(strange), &format!("{NEED}: `calls`: there is no call `call:9`"));
    check_fault(|set| set.needs = vec![need(NEED, 1); 2], &format!("{NEED}: another record has this id"));
}

#[test]
fn fields_are_checked_by_themselves() {
    assert!(need(NEED, 1).checked().is_ok());
    assert!(offer(OFFER, "member:cor").checked().is_ok());
    let fields = [
        Need { id: OFFER.to_owned(), ..need(NEED, 1) }.checked().unwrap_err().field,
        need("need:01931a5c-0000-4000-8000-000000000001", 1).checked().unwrap_err().field,
        Need { title: " ".to_owned(), ..need(NEED, 1) }.checked().unwrap_err().field,
        Need { place: "Kharkiv".to_owned(), ..need(NEED, 1) }.checked().unwrap_err().field,
        Offer { description: String::new(), ..offer(OFFER, "member:cor") }.checked().unwrap_err().field,
    ];
    assert_eq!(fields, ["id", "id", "title", "place", "description"]);
}
