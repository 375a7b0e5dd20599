//! Limits that an operator sets, each with its own code.

use serde_json::{Value, json};

use crate::hub::{Hub, Machine};
use crate::stand_in::{Conduct, Partners};

async fn code(hub: &Hub, query: &str, variables: Value) -> String {
    let answer = hub.ask_with(query, &variables).await;
    answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_default().to_owned()
}

/// A question at a limit is answered, and one over it is refused.
async fn check(setting: &str, limit: &str, at: &str, over: &str, expected: &str) {
    let hub = Machine::fresh(&Partners::all(Conduct::Closed).await).set(setting, limit).serve().await;
    assert_eq!(code(&hub, at, json!({})).await, "", "{setting}");
    assert_eq!(code(&hub, over, json!({})).await, expected, "{setting}");
}

#[tokio::test]
async fn every_limit_of_a_document_is_the_operators() {
    let name = "{ hub { name } }";
    check("GRAPHQL__MAX_DOCUMENT_BYTES", "16", name, "{ hub { name }  }", "DOCUMENT_TOO_LARGE").await;
    check("GRAPHQL__MAX_TOKENS", "6", name, "{ hub { name version } }", "TOKEN_LIMIT").await;
    check("GRAPHQL__MAX_DEPTH", "2", name, "{ hub { sources { id } } }", "DEPTH_LIMIT").await;
    check("GRAPHQL__MAX_ALIASES", "1", "{ a: hub { name } }", "{ a: hub { b: name } }", "ALIAS_LIMIT").await;
    check("GRAPHQL__MAX_DIRECTIVES", "0", name, "{ hub @skip(if: false) { name } }", "DIRECTIVE_LIMIT").await;
    check("GRAPHQL__MAX_ROOT_FIELDS", "1", name, "{ hub { name } __typename }", "ROOT_FIELD_LIMIT").await;
    check("GRAPHQL__MAX_REPEATED_FIELDS", "0", name, "{ hub { name name } }", "REPETITION_LIMIT").await;
    let page = |size: usize| format!("{{ projects(first: {size}) {{ nodes {{ id }} }} }}");
    check("GRAPHQL__MAX_PAGE_SIZE", "10", &page(10), &page(11), "PAGE_SIZE").await;
    check("GRAPHQL__MAX_COST", "12", &page(10), &page(11), "COST_LIMIT").await;
    let schema = "{ __schema { queryType { name } } }";
    check("GRAPHQL__INTROSPECTION", "false", name, schema, "INTROSPECTION_OFF").await;
    // A selection and its facets for each of 200 hromadas: work of many milliseconds on any machine.
    let heavy = "{ places(filter: { level: HROMADA, within: \"UA\" }, first: 200) { nodes { id \
                 projects(first: 1) { totalCount coverage { unlocated } facets { oblast { key } sector { key } } } } } }";
    check("GRAPHQL__MAX_EXECUTION_MS", "1", "{ __typename }", heavy, "EXECUTION_TIMEOUT").await;
}

#[tokio::test]
async fn variables_have_a_size() {
    let machine = Machine::fresh(&Partners::all(Conduct::Closed).await).set("GRAPHQL__MAX_VARIABLES_BYTES", "30");
    let hub = machine.serve().await;
    let query = "query Q($id: ID!) { node(id: $id) { id } }";
    assert_eq!(code(&hub, query, json!({ "id": "eib" })).await, "");
    assert_eq!(code(&hub, query, json!({ "id": "x".repeat(30) })).await, "VARIABLES_TOO_LARGE");
}

#[tokio::test]
async fn batches_are_answered_where_an_operator_takes_them() {
    let machine = Machine::fresh(&Partners::all(Conduct::Closed).await).set("GRAPHQL__MAX_BATCH", "2");
    let hub = machine.serve().await;
    let question = json!({ "query": "{ hub { name } }" });
    let send = async |batch: Value| {
        let request = hub.client.post(format!("{}/graphql", hub.address)).header("content-type", "application/json");
        let text =
            request.body(batch.to_string()).send().await.expect("an answer").text().await.expect("a whole answer");
        serde_json::from_str::<Value>(&text).expect("JSON")
    };
    let answer = send(json!([question, { "query": "{ nothing }" }])).await;
    assert!(answer[0]["data"]["hub"]["name"].is_string(), "{answer}");
    assert_eq!(answer[1]["errors"][0]["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED", "{answer}");
    let answer = send(json!([question, question, question])).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "BATCHING_OFF", "{answer}");
}
