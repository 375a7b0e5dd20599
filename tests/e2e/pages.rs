//! Walks over pages, as a client makes them: every item once, in either direction, and across a change of the catalogue.

use serde_json::{Value, json};

use crate::hub::{Hub, Machine};
use crate::stand_in::{Conduct, Partners};

fn texts(list: &Value, key: &str) -> Vec<String> {
    let items = list.as_array().cloned().unwrap_or_default();
    items.iter().filter_map(|item| item[key].as_str().map(str::to_owned)).collect()
}

const FORWARD: &str = "query Page($order: ProjectOrder!, $size: Int, $cursor: String) {
  projects(orderBy: $order, first: $size, after: $cursor) {
    totalCount edges { cursor node { id } } nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";
const BACKWARD: &str = "query Page($order: ProjectOrder!, $size: Int, $cursor: String) {
  projects(orderBy: $order, last: $size, before: $cursor) {
    totalCount edges { cursor node { id } } nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";

async fn page(hub: &Hub, query: &str, order: &str, size: usize, cursor: Option<&str>) -> Value {
    let variables = json!({ "order": order, "size": size, "cursor": cursor });
    let answer = hub.ask_with(query, &variables).await;
    assert!(answer.get("errors").is_none(), "{answer}");
    let page = answer["data"]["projects"].clone();
    let edges = texts(&page["edges"], "cursor");
    assert_eq!(page["pageInfo"]["startCursor"].as_str(), edges.first().map(String::as_str));
    assert_eq!(page["pageInfo"]["endCursor"].as_str(), edges.last().map(String::as_str));
    page
}

/// All ids from one end to the other.
async fn walk(hub: &Hub, order: &str, size: usize, from_end: bool) -> Vec<String> {
    let (query, more, at) =
        if from_end { (BACKWARD, "hasPreviousPage", "startCursor") } else { (FORWARD, "hasNextPage", "endCursor") };
    let (mut walked, mut cursor): (Vec<String>, Option<String>) = (Vec::new(), None);
    loop {
        let page = page(hub, query, order, size, cursor.as_deref()).await;
        let ids = texts(&page["nodes"], "id");
        assert!(!ids.is_empty() && ids.len() <= size, "{page}");
        walked = if from_end { [ids, walked].concat() } else { [walked, ids].concat() };
        if page["pageInfo"][more] != true {
            break;
        }
        cursor = page["pageInfo"][at].as_str().map(str::to_owned);
    }
    walked
}

#[tokio::test]
async fn a_walk_meets_every_item_once_in_either_direction() {
    let hub = Machine::fresh(&Partners::all(Conduct::Closed).await).set("HARVEST__AUTOMATIC", "false").serve().await;
    for order in ["SIGNED_DESC", "AMOUNT_ASC", "TITLE_ASC"] {
        let whole = page(&hub, FORWARD, order, 1_000, None).await;
        let ids = texts(&whole["nodes"], "id");
        assert!(ids.len() > 40 && Some(ids.len() as u64) == whole["totalCount"].as_u64());
        assert_eq!(walk(&hub, order, 17, false).await, ids, "{order}");
        assert_eq!(walk(&hub, order, 23, true).await, ids, "{order}");
    }
}

#[tokio::test]
async fn a_walk_goes_on_after_its_key_when_the_catalogue_has_changed() {
    // First the built-in data; then the partners are read, and every record is another one of the same id.
    let partners = Partners::all(Conduct::Played).await;
    let machine = Machine::fresh(&partners).set("HARVEST__AUTOMATIC", "false");
    let hub = machine.serve().await;
    let snapshot = "{ hub { snapshot { id } } }";
    let before = hub.ask(snapshot).await;
    let all = walk(&hub, "TITLE_ASC", 1_000, false).await;
    let half = page(&hub, FORWARD, "TITLE_ASC", all.len() / 2, None).await;
    let cursor = half["pageInfo"]["endCursor"].as_str().expect("a cursor").to_owned();
    hub.stop().await;
    assert_eq!(machine.run(&["harvest"]).await.code(), Some(0));
    let hub = machine.serve().await;
    assert_ne!(hub.ask(snapshot).await, before, "another generation answers");
    let now = walk(&hub, "TITLE_ASC", 1_000, false).await;
    let rest = texts(&page(&hub, FORWARD, "TITLE_ASC", 1_000, Some(&cursor)).await["nodes"], "id");
    let seen = texts(&half["nodes"], "id");
    let stayed: Vec<&String> = all.iter().filter(|id| now.contains(id)).collect();
    assert!(stayed.len() > all.len() / 2, "most records are in both");
    for id in stayed {
        assert!(seen.contains(id) ^ rest.contains(id), "{id} is met once");
    }
}

#[tokio::test]
async fn nodes_are_found_by_the_ids_that_the_hub_gave_in_their_order() {
    let hub = Machine::fresh(&Partners::all(Conduct::Closed).await).serve().await;
    let ids = json!(["UA63000000000041885", "nothing", "eib", "eib-projects", "principle:1"]);
    let answer =
        hub.ask_with("query Q($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }", &json!({ "ids": ids })).await;
    let nodes = answer["data"]["nodes"].as_array().cloned().unwrap_or_default();
    let got: Vec<&Value> = nodes.iter().map(|node| &node["id"]).collect();
    assert_eq!(got, [&ids[0], &Value::Null, &ids[2], &ids[3], &ids[4]]);
    let one = hub.ask("{ node(id: \"eib\") { __typename id } none: node(id: \"x\") { id } }").await;
    assert_eq!(one["data"], json!({ "node": { "__typename": "Partner", "id": "eib" }, "none": null }));
}
