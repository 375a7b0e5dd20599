//! Outlines of places: none by themselves, those of the operator's file, and no start with a broken one.

use serde_json::json;

use crate::hub::Machine;
use crate::stand_in::{Conduct, Partners};

/// The map's own question.
const MAP: &str = r#"{
  places(filter: {level: OBLAST, within: "UA"}, first: 27) { nodes { id iso3166_2 name(languages: ["en"]) boundary } }
}"#;

/// A file with one square, invented for this test.
const SQUARE: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"shapeISO":"UA-77"},
  "geometry":{"type":"Polygon","coordinates":[[[25,48],[26,48],[26,49],[25,49],[25,48]]]}}]}"#;

#[tokio::test]
async fn all_27_units_are_listed_with_the_outlines_that_the_file_has() {
    let partners = Partners::all(Conduct::Closed).await;
    let machine = Machine::fresh(&partners);
    let file = machine.data().join("squares.geojson");
    std::fs::write(&file, SQUARE).expect("a file");
    let hub = machine.set("PLACES__BOUNDARIES", file.to_str().expect("a path of text")).serve().await;
    let answer = hub.ask(MAP).await;
    let oblasts = answer["data"]["places"]["nodes"].as_array().expect("a list");
    assert_eq!(oblasts.len(), 27, "{answer:#}");
    let with_outline: Vec<_> = oblasts.iter().filter(|oblast| !oblast["boundary"].is_null()).collect();
    assert_eq!(with_outline.len(), 1, "{with_outline:#?}");
    assert_eq!(
        (&with_outline[0]["name"], &with_outline[0]["iso3166_2"]),
        (&json!("Chernivtsi Oblast"), &json!("UA-77"))
    );
    assert_eq!(with_outline[0]["boundary"]["type"], "Polygon");
    assert_eq!(with_outline[0]["boundary"]["coordinates"][0][2].to_string().replace(".0", ""), "[26,49]");
    assert!(oblasts.iter().any(|oblast| oblast["name"] == "Kyiv City" && oblast["iso3166_2"] == "UA-30"));
}

#[tokio::test]
async fn a_broken_file_stops_the_start_and_is_named_with_the_feature() {
    let machine = Machine::bare();
    let file = machine.data().join("torn.geojson");
    std::fs::write(&file, SQUARE.replace("UA-77", "UA-99")).expect("a file");
    let ran = machine.set("PLACES__BOUNDARIES", file.to_str().expect("a path of text")).run(&["serve"]).await;
    assert_ne!(ran.code(), Some(0));
    let said = ran.said();
    assert!(said.contains("torn.geojson") && said.contains("feature 1 (shapeISO \"UA-99\")"), "{said}");
}
