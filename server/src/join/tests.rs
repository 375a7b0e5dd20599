//! Matches and gaps over small worlds whose facts are invented.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use connectors::model::{AmountBasis, Language, NativeSector, Project};

use super::*;
use crate::records::{
    Confidence, Member, Need, NeedState, Offer, OfferState, Partnership, PartnershipState, RecordSet, Records,
    Statement, Theme,
};
use crate::samples::{catalogue, date, euro, placed};

mod gaps;
mod matches;
mod unchanged;

/// Vinnytsia, and the hromada that it is the centre of: 387,439 inhabitants.
const CITY: &str = "UA05020030010063857";
const HROMADA: &str = "UA05020030000031457";
/// Hromadas of the same raion: 9,361, and 18,446 inhabitants.
const SMALL: &str = "UA05020010000053508";
const MIDDLE: &str = "UA05020070000010139";
const OBLAST: &str = "UA05000000000010236";

fn need(number: u32, place: &str) -> Need {
    Need {
        id: format!("need:01931a5c-0000-7000-8000-{number:012}"),
        member: None,
        place: place.to_owned(),
        theme: Theme::Energy,
        title: "Heat for a school".to_owned(),
        description: "A boiler of 200 kW.".to_owned(),
        languages: vec![Language::UK, Language::EN],
        state: NeedState::Open,
        principles: Vec::new(),
        calls: Vec::new(),
        published_at: DateTime::<Utc>::UNIX_EPOCH + TimeDelta::hours(number.into()),
    }
}

fn offer(number: u32, member: &str) -> Offer {
    Offer {
        id: format!("offer:01931a5c-0000-7000-8000-{number:012}"),
        member: member.to_owned(),
        theme: Theme::Energy,
        title: "Advice on heating".to_owned(),
        description: "Two engineers for a week.".to_owned(),
        languages: vec![Language::EN],
        state: OfferState::Open,
        principles: Vec::new(),
        calls: Vec::new(),
        published_at: DateTime::<Utc>::UNIX_EPOCH + TimeDelta::hours(number.into()),
    }
}

fn sources() -> Vec<Statement> {
    vec![Statement {
        title: "A page".to_owned(),
        url: None,
        published_on: date("2024"),
        read_on: None,
        says: "so it is".to_owned(),
        confidence: Confidence::High,
    }]
}

fn member(name: &str, place: Option<&str>) -> Member {
    let named = format!("kind = 'CITY'\nrole = 'CORE'\nnames = {{ en = '{name}' }}\nsources = []\n");
    let read: Member = toml::from_str(&named).unwrap();
    let id = format!("member:{}", name.to_lowercase());
    Member { id, place: place.map(str::to_owned), sources: sources(), ..read }.checked().unwrap()
}

/// A partnership of a place with a member of this name in Gdańsk's region.
fn tie(place: &str, name: &str, state: PartnershipState) -> Partnership {
    let text = format!(
        "kind = 'TWINNING'\nstate = 'ACTIVE'\nas_of = '2024'\nstarted_on = '2023'\nsources = []\n\
         [[parties]]\nname = 'Ours'\nplace = '{place}'\n[[parties]]\nname = '{name}'\nplace = 'PL633'\n"
    );
    let read: Partnership = toml::from_str(&text).unwrap();
    let id = format!("partnership:{}-{}", place.to_lowercase(), name.to_lowercase());
    Partnership { id, state, sources: sources(), ..read }.checked().unwrap()
}

/// A project on district heating at a place.
fn heating(id: &str, place: &str) -> Project {
    let sector = NativeSector { scheme: "DAC".to_owned(), code: Some("23620".to_owned()), label: "Heating".to_owned() };
    Project { sectors: vec![sector], ..placed(id, place) }
}

fn world(set: RecordSet) -> (Arc<Records>, ByPlace) {
    let records = Records::of(set).unwrap();
    let by_place = ByPlace::of(&records);
    (Arc::new(records), by_place)
}
