//! The hub as a subgraph, as a gateway asks it. `tests/node/federation.mjs` puts it into a real one.

use serde_json::json;

use crate::hub::{Hub, Machine};
use crate::stand_in::{Conduct, Partners};

const ENTITIES: &str = "query Q($keys: [_Any!]!) { _entities(representations: $keys) { __typename
    ... on Partner { id } ... on Project { id } ... on Place { id level } ... on Member { id } ... on Partnership { id }
    ... on Sector { sector: code } ... on Country { code euMember } } }";

async fn hub() -> Hub {
    Machine::fresh(&Partners::all(Conduct::Closed).await).set("HARVEST__AUTOMATIC", "false").serve().await
}

#[tokio::test]
async fn records_are_found_by_their_keys_in_the_order_asked() {
    let hub = hub().await;
    let known = hub.ask("{ projects(first: 1) { nodes { id } } members(first: 1) { nodes { id } } partnerships(first: 1) { nodes { id } } }").await;
    let id = |list: &str| known["data"][list]["nodes"][0]["id"].clone();
    let asked = [
        json!({ "__typename": "Partner", "id": "ceb" }),
        json!({ "__typename": "Project", "id": id("projects") }),
        json!({ "__typename": "Place", "id": "UA63000000000041885" }),
        json!({ "__typename": "Member", "id": id("members") }),
        json!({ "__typename": "Partnership", "id": id("partnerships") }),
        json!({ "__typename": "Sector", "code": "23620" }),
        json!({ "__typename": "Country", "code": "PL" }),
    ];
    let answer = hub.ask_with(ENTITIES, &json!({ "keys": asked })).await;
    assert_eq!(answer["errors"], json!(null), "{answer}");
    let found = answer["data"]["_entities"].as_array().expect("a list");
    assert_eq!(found.len(), asked.len());
    for (found, asked) in found.iter().zip(&asked) {
        for (name, value) in asked.as_object().expect("an object") {
            // Two types of one name's field cannot stand in one answer under one key.
            let key = if asked["__typename"] == "Sector" && name == "code" { "sector" } else { name };
            assert_eq!(&found[key], value, "{found}");
        }
    }
}

#[tokio::test]
async fn a_key_that_nothing_has_is_null_and_takes_no_other_along() {
    let hub = hub().await;
    let keys = json!([
        { "__typename": "Project", "id": "eib:none" },
        { "__typename": "Partner", "id": "eib" },
        { "__typename": "Member", "id": "eib" },
        { "__typename": "Country", "code": "nowhere" },
        { "__typename": "Sector", "code": "99999" },
        { "__typename": "Place", "id": "" },
        { "__typename": "Partner", "id": "eib" },
    ]);
    let answer = hub.ask_with(ENTITIES, &json!({ "keys": keys })).await;
    assert_eq!(answer["errors"], json!(null), "{answer}");
    let eib = json!({ "__typename": "Partner", "id": "eib" });
    assert_eq!(answer["data"]["_entities"], json!([null, eib, null, null, null, null, eib]));
}

#[tokio::test]
async fn a_gateway_is_told_the_keys() {
    let hub = hub().await;
    let told = hub.ask("{ _service { sdl } }").await["data"]["_service"]["sdl"].as_str().expect("a text").to_owned();
    let printed = Machine::bare().run(&["schema", "--subgraph"]).await.printed();
    for text in [&told, &printed] {
        assert!(text.contains("https://specs.apollo.dev/federation/v2."), "{text}");
        for name in ["Partner", "Project", "Place", "Member", "Partnership"] {
            assert!(text.contains(&format!("type {name} implements Node @key(fields: \"id\") {{")), "{name}: {text}");
        }
        for name in ["Sector", "Country"] {
            assert!(text.contains(&format!("type {name} @key(fields: \"code\") {{")), "{name}: {text}");
        }
        assert!(text.contains("type PageInfo @shareable {"), "{text}");
    }
}
