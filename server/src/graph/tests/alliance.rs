//! Needs, offers, matches and gaps, joined with places, members and projects.

use connectors::model::{AmountBasis, NativeSector};

use super::*;
use crate::records::{Need, Offer};
use crate::samples::{euro, placed};

const CITY: &str = "UA05020030010063857";
const HROMADA: &str = "UA05020030000031457";
const NEED: &str = "need:01931a5c-0000-7000-8000-000000000001";
const OFFER: &str = "offer:01931a5c-0000-7000-8000-000000000002";

fn need(change: Value) -> Need {
    let mut need = json!({
        "id": NEED, "member": null, "place": CITY, "theme": "ENERGY", "title": "Heat for a school",
        "description": "A boiler of 200 kW.", "languages": ["uk", "en"], "state": "OPEN",
        "principles": ["principle:4"], "calls": ["call:1"], "published_at": "2026-11-01T00:00:00Z"
    });
    need.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    serde_json::from_value(need).unwrap()
}

fn offer() -> Offer {
    serde_json::from_value(json!({
        "id": OFFER, "member": "member:coe-congress", "theme": "ENERGY", "title": "Advice on heating",
        "description": "Two engineers for a week.", "languages": ["en", "fr"], "state": "OPEN",
        "principles": [], "calls": [], "published_at": "2026-11-02T00:00:00Z"
    }))
    .unwrap()
}

/// The seed with one need and one offer beside it.
fn records() -> RecordSet {
    let seed = RecordSet::seed().unwrap();
    let withdrawn = need(json!({ "id": NEED.replace("0001", "0003"), "state": "WITHDRAWN" }));
    let met =
        need(json!({ "id": NEED.replace("0001", "0004"), "state": "MET", "theme": "WATER", "member": "member:cor" }));
    RecordSet { needs: vec![need(json!({})), withdrawn, met], offers: vec![offer()], ..seed }
}

fn heating() -> Project {
    let sector = NativeSector { scheme: "DAC".to_owned(), code: Some("23620".to_owned()), label: "Heating".to_owned() };
    Project {
        sectors: vec![sector],
        amounts: vec![euro(1_000_000, AmountBasis::Signed)],
        ..placed("eib:heating", CITY)
    }
}

async fn check(query: &str, expected: Value) {
    let projects = vec![heating(), placed("ebrd:roads", CITY)];
    let answer = ask(records(), projects, query).await;
    assert_eq!(answer, expected, "{answer:#}");
}

#[tokio::test]
async fn a_need_shows_what_it_serves_and_what_is_financed_there() {
    check(
        r#"{ needs(state: OPEN, theme: ENERGY, within: "UA05000000000010236") { totalCount nodes {
               id title theme state languages place { name } member { id }
               principles { number } calls { number } publishedAt
               projects { totalCount } onTheme: projects(onTheme: true) { nodes { id } } } } }"#,
        json!({ "needs": { "totalCount": 1, "nodes": [{
            "id": NEED, "title": "Heat for a school", "theme": "ENERGY", "state": "OPEN", "languages": ["uk", "en"],
            "place": { "name": "Vinnytsia" }, "member": null,
            "principles": [{ "number": 4 }], "calls": [{ "number": 1 }], "publishedAt": "2026-11-01T00:00:00Z",
            "projects": { "totalCount": 2 }, "onTheme": { "nodes": [{ "id": "eib:heating" }] }
        }] } }),
    )
    .await;
}

#[tokio::test]
async fn joins_lead_from_place_member_and_project_to_needs_and_offers() {
    let query = format!(
        r#"{{ place(id: "{HROMADA}") {{ needs {{ totalCount }} open: needs(state: OPEN) {{ nodes {{ id }} }} offers {{ totalCount }} }}
             country: place(id: "FR") {{ offers {{ nodes {{ id }} }} }}
             congress: node(id: "member:coe-congress") {{ ... on Member {{ offers {{ nodes {{ member {{ abbreviation }} }} }} needs {{ totalCount }} }} }}
             committee: node(id: "member:cor") {{ ... on Member {{ needs {{ nodes {{ theme }} }} }} }}
             project(by: {{ id: "eib:heating" }}) {{ needs {{ totalCount }} open: needs(state: OPEN) {{ nodes {{ id }} }} }}
             need: node(id: "{NEED}") {{ __typename id }} offer: node(id: "{OFFER}") {{ __typename id }} }}"#
    );
    let expected = json!({
        "place": { "needs": { "totalCount": 2 }, "open": { "nodes": [{ "id": NEED }] }, "offers": { "totalCount": 0 } },
        "country": { "offers": { "nodes": [{ "id": OFFER }] } },
        "congress": { "offers": { "nodes": [{ "member": { "abbreviation": null } }] }, "needs": { "totalCount": 0 } },
        "committee": { "needs": { "nodes": [{ "theme": "WATER" }] } },
        "project": { "needs": { "totalCount": 2 }, "open": { "nodes": [{ "id": NEED }] } },
        "need": { "__typename": "Need", "id": NEED },
        "offer": { "__typename": "Offer", "id": OFFER }
    });
    check(&query, expected).await;
}

#[tokio::test]
async fn needs_and_offers_are_chosen_by_state_theme_and_country() {
    check(
        r#"{ all: needs { totalCount } withdrawn: needs(state: WITHDRAWN) { totalCount } water: needs(theme: WATER) { nodes { state } }
            offers(theme: ENERGY, country: "FR") { totalCount } polish: offers(country: "PL") { totalCount } other: offers(theme: WATER) { totalCount } }"#,
        json!({
            "all": { "totalCount": 2 }, "withdrawn": { "totalCount": 1 }, "water": { "nodes": [{ "state": "MET" }] },
            "offers": { "totalCount": 1 }, "polish": { "totalCount": 0 }, "other": { "totalCount": 0 }
        }),
    )
    .await;
}

#[tokio::test]
async fn a_match_is_seen_from_both_sides_with_its_reasons() {
    let answer = ask(
        records(),
        vec![heating()],
        r"{ needs(state: OPEN) { nodes { matches { nodes { score reasons offer { id } } } } }
            offers { nodes { matches { totalCount nodes { score need { id place { name } } } } } } }",
    )
    .await;
    let of_need = &answer["needs"]["nodes"][0]["matches"]["nodes"];
    let of_offer = &answer["offers"]["nodes"][0]["matches"];
    assert_eq!(of_need[0]["offer"]["id"], OFFER);
    assert_eq!((&of_offer["totalCount"], &of_offer["nodes"][0]["need"]["id"]), (&json!(1), &json!(NEED)));
    assert_eq!(of_need[0]["score"], of_offer["nodes"][0]["score"]);
    let reasons: Vec<&str> = of_need[0]["reasons"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(reasons[..2], ["Both are about energy.", "Both can work in English."]);
    assert_eq!(reasons[4], "One partner project about energy is located in Vinnytska Hromada, of EIB.");
}

#[tokio::test]
async fn a_gap_shows_its_parts_and_keeps_the_theme_of_its_list() {
    let answer = ask(
        records(),
        vec![heating()],
        r"{ gaps(level: HROMADA, theme: ENERGY) { totalCount nodes { id gap { value parts { name value weight text } }
              other: gap(theme: WATER) { value } needs(state: OPEN, theme: ENERGY) { totalCount } } }
            none: gaps(theme: HOUSING) { totalCount } }",
    )
    .await;
    let place = &answer["gaps"]["nodes"][0];
    assert_eq!((&answer["gaps"]["totalCount"], &place["id"]), (&json!(1), &json!(HROMADA)));
    assert_eq!((&answer["none"]["totalCount"], &place["other"]["value"]), (&json!(0), &json!(0.0)));
    let names: Vec<_> = place["gap"]["parts"].as_array().unwrap().iter().map(|part| part["name"].clone()).collect();
    assert_eq!(names, ["needs", "money", "partners"]);
    assert!(place["gap"]["value"].as_f64().unwrap() > 0.0 && place["gap"]["parts"][1]["text"].is_string());
}

#[tokio::test]
async fn places_are_chosen_by_their_needs() {
    let count = |filter: &str| format!("places(filter: {{ level: HROMADA, {filter} }}) {{ totalCount }}");
    let query = format!(
        "{{ open: {} water: {} metWater: {} without: {} energy: {} }}",
        count("needs: { state: OPEN }"),
        count("needs: { state: OPEN, theme: WATER }"),
        count("hasNeeds: true, needs: { theme: WATER }"),
        count("hasNeeds: false, within: \"UA05020000000026686\""),
        count("hasNeeds: true, projects: { sectors: [\"236\"] }, hasProjects: false"),
    );
    let answer = ask(records(), vec![heating()], &query).await;
    let counts = ["open", "water", "metWater", "energy"].map(|name| answer[name]["totalCount"].clone());
    assert_eq!(counts, [json!(1), json!(0), json!(1), json!(0)]);
    assert!(answer["without"]["totalCount"].as_u64() > Some(10));
}

#[tokio::test]
async fn pages_of_needs_go_on_after_a_cursor() {
    let first =
        ask(records(), Vec::new(), "{ needs(first: 1) { nodes { id } pageInfo { endCursor hasNextPage } } }").await;
    let cursor = first["needs"]["pageInfo"]["endCursor"].as_str().unwrap();
    let query = format!("{{ needs(first: 1, after: \"{cursor}\") {{ nodes {{ id }} pageInfo {{ hasNextPage }} }} }}");
    let second = ask(records(), Vec::new(), &query).await;
    assert_eq!(first["needs"]["pageInfo"]["hasNextPage"], true);
    assert_eq!(second["needs"]["pageInfo"]["hasNextPage"], false);
    assert_ne!(first["needs"]["nodes"], second["needs"]["nodes"]);
}
