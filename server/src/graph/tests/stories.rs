//! Questions of the people the hub is for, word for word as they were written before there was a schema.

use super::*;
use crate::records::{Member, MemberKind, Names, Partnership};
use crate::samples::{euro, placed};
use connectors::model::{AmountBasis, CountryCode, NativeSector, Project};

/// Vinnytsia with its hromada, a small hromada beside it, and their oblast.
const CITY: &str = "UA05020030010063857";
const HROMADA: &str = "UA05020030000031457";
const SMALL: &str = "UA05020010000053508";
const OBLAST: &str = "UA05000000000010236";

/// "Which municipalities with open energy needs have no EU partner and no energy project?"
const SECRETARIAT: &str = r#"{
  gaps(level: HROMADA, theme: ENERGY, first: 50) { nodes {
    id name ancestors { level name } gap { value parts { name value weight } }
    needs(state: OPEN, theme: ENERGY) { totalCount nodes { title publishedAt } }
    partnerships(state: ACTIVE) { totalCount }
    projects(filter: { sectors: ["230", "231", "232", "233", "234", "235", "236"] }, first: 1) { totalCount }
  } }
}"#;

/// "We run district heating and want to help. Who asks for it, who already helps them, what is being built there?"
const CITY_THAT_HELPS: &str = r#"{
  offers(theme: ENERGY, country: "PL", first: 5) { nodes {
    title languages matches(first: 10) { nodes {
      score reasons need { title place {
        id name
        partnerships(state: ACTIVE) { nodes { kind startedOn asOf parties { name } } }
        projects(filter: { sectors: ["23620"] }, first: 10) { nodes { title status partner { abbreviation } } }
      } } } } } }
}"#;

/// "For each oblast: signed finance counted once, active EU partnerships, open needs, events; mark where need is high and
/// money and partners are low."
const EVERYTHING: &str = r#"{
  places(filter: {level: OBLAST, within: "UA"}, first: 27) { nodes {
    id iso3166_2 name(languages: ["uk", "en"])
    finance(basis: SIGNED, currency: "EUR", counting: COUNTED_ONCE, groupBy: [PARTNER]) {
      total rows { keys { key } value } excluded { reason records } coverage { located nationwide unlocated } }
    partnerships(state: ACTIVE) { totalCount }
    needs(state: OPEN) { totalCount }
    events { totalCount }
    gap { value parts { name value weight } }
  } }
  hub { snapshot { id createdAt } sources { id state retrievedAt lastError } }
}"#;

fn need(number: u32, place: &str) -> crate::records::Need {
    serde_json::from_value(json!({
        "id": format!("need:01931a5c-0000-7000-8000-{number:012}"), "member": null, "place": place, "theme": "ENERGY",
        "title": format!("Heat for school {number}"), "description": "A boiler.", "languages": ["uk", "en"],
        "state": "OPEN", "principles": [], "calls": [], "published_at": "2026-11-01T00:00:00Z"
    }))
    .unwrap()
}

/// A need of the city, which has a partner and a project, and one of its small neighbour, which has neither; and an
/// offer from Poland.
fn world() -> (RecordSet, Vec<Project>) {
    let mut set = RecordSet::seed().unwrap();
    let names = Names::of([(connectors::model::Language::EN, "Exampletown".to_owned())].into());
    let (country, kind) = (Some(CountryCode::new("PL").unwrap()), MemberKind::City);
    let (id, place) = ("member:exampletown".to_owned(), Some("PL633".to_owned()));
    let member = Member { id, names, kind, country, place, abbreviation: None, ..set.members[0].clone() };
    set.members.push(member);
    let offer = json!({
        "id": "offer:01931a5c-0000-7000-8000-000000000009", "member": "member:exampletown", "theme": "ENERGY",
        "title": "Advice on district heating", "description": "Two engineers.", "languages": ["pl", "en"],
        "state": "OPEN", "principles": [], "calls": [], "published_at": "2026-11-02T00:00:00Z"
    });
    set.offers.push(serde_json::from_value(offer).unwrap());
    set.needs = vec![need(1, CITY), need(2, SMALL)];
    let tie = "kind = 'TWINNING'\nstate = 'ACTIVE'\nas_of = '2024'\nstarted_on = '2023'\n\
               [[parties]]\nname = 'Vinnytsia'\nplace = 'UA05020030010063857'\n\
               [[parties]]\nname = 'Elsewhere'\ncountry = 'FR'\n\
               [[sources]]\ntitle = 'A page'\npublished_on = '2024'\nsays = 'so it is'\nconfidence = 'high'\n";
    let tie: Partnership = toml::from_str(tie).unwrap();
    set.partnerships = vec![Partnership { id: "partnership:vinnytsia-elsewhere-fr".to_owned(), ..tie }];
    let sector = NativeSector { scheme: "DAC".to_owned(), code: Some("23620".to_owned()), label: "Heating".to_owned() };
    let amounts = vec![euro(10_000_000, AmountBasis::Signed)];
    let heating = Project { sectors: vec![sector], amounts, ..placed("eib:heating", CITY) };
    (set, vec![heating])
}

async fn told(query: &str) -> Value {
    let (set, projects) = world();
    ask(set, projects, query).await
}

#[tokio::test]
async fn the_secretariat_finds_who_asks_for_energy_and_has_nobody() {
    let answer = told(SECRETARIAT).await;
    let places = answer["gaps"]["nodes"].as_array().unwrap();
    let facts = |place: &Value| {
        let count = |field: &str| place[field]["totalCount"].as_u64().unwrap();
        (place["id"].as_str().unwrap().to_owned(), count("needs"), count("partnerships"), count("projects"))
    };
    let expected = [(SMALL.to_owned(), 1, 0, 0), (HROMADA.to_owned(), 1, 1, 1)];
    assert_eq!(places.iter().map(facts).collect::<Vec<_>>(), expected, "who has nobody stands first");
    let values: Vec<f64> = places.iter().map(|place| place["gap"]["value"].as_f64().unwrap()).collect();
    assert!(values[0] > values[1], "{values:?}");
    assert_eq!(places[0]["ancestors"][1]["level"], "OBLAST");
}

#[tokio::test]
async fn a_city_that_helps_finds_who_asks_and_what_is_there() {
    let answer = told(CITY_THAT_HELPS).await;
    let matches = answer["offers"]["nodes"][0]["matches"]["nodes"].as_array().unwrap();
    let places: Vec<_> = matches.iter().map(|fit| fit["need"]["place"]["id"].as_str().unwrap()).collect();
    assert_eq!(places, [SMALL, CITY], "whom nobody helps yet fits best");
    let city = &matches[1]["need"]["place"];
    assert_eq!(city["partnerships"]["nodes"][0]["asOf"], "2024");
    assert_eq!(city["partnerships"]["nodes"][0]["parties"][1]["name"], "Elsewhere");
    assert_eq!(city["projects"]["nodes"][0]["partner"]["abbreviation"], "EIB");
    assert_eq!(matches[0]["reasons"][1], "Both can work in English.");
    assert_eq!(matches[1]["reasons"][3], "Vinnytska Hromada has one partnership in force: Elsewhere.");
}

#[tokio::test]
async fn everything_is_joined_for_every_oblast() {
    let answer = told(EVERYTHING).await;
    let places = answer["places"]["nodes"].as_array().unwrap();
    assert_eq!(places.len(), 27);
    for city in ["UA-30", "UA-40"] {
        assert!(places.iter().any(|place| place["iso31662"] == city || place["iso3166_2"] == city), "{city}");
    }
    let oblast = places.iter().find(|place| place["id"] == OBLAST).unwrap();
    assert_eq!(oblast["finance"]["total"], 10_000_000);
    assert_eq!((&oblast["partnerships"]["totalCount"], &oblast["needs"]["totalCount"]), (&json!(1), &json!(2)));
    let gaps: Vec<_> = places.iter().filter(|place| place["gap"]["value"].as_f64() > Some(0.0)).collect();
    assert_eq!(gaps, [oblast]);
    assert_eq!(oblast["gap"]["parts"].as_array().map(Vec::len), Some(3));
    assert!(answer["hub"]["snapshot"]["id"].is_string());
}
