//! Limits that an operator sets, each with its own code.

use serde_json::{Value, json};

use crate::hub::Machine;
use crate::stand_in::{Conduct, Partners};

async fn code(machine: &Machine, query: &str, variables: Value) -> String {
    let hub = machine.serve().await;
    let answer = hub.ask_with(query, &variables).await;
    answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_default().to_owned()
}

/// The same question with the limit that refuses it, and with one that does not.
async fn check(setting: &str, refusing: &str, taking: &str, query: &str, expected: &str) {
    let partners = Partners::all(Conduct::Closed).await;
    let refusing = Machine::fresh(&partners).set(setting, refusing);
    assert_eq!(code(&refusing, query, json!({})).await, expected, "{setting}");
    let taking = Machine::fresh(&partners).set(setting, taking);
    assert_eq!(code(&taking, query, json!({})).await, "", "{setting}");
}

#[tokio::test]
async fn every_limit_of_a_document_is_the_operators() {
    check("GRAPHQL__MAX_TOKENS", "5", "6", "{ hub { name } }", "TOKEN_LIMIT").await;
    check("GRAPHQL__MAX_DEPTH", "1", "2", "{ hub { name } }", "DEPTH_LIMIT").await;
    check("GRAPHQL__MAX_ALIASES", "1", "2", "{ a: hub { b: name } }", "ALIAS_LIMIT").await;
    check("GRAPHQL__MAX_DIRECTIVES", "0", "1", "{ hub @skip(if: false) { name } }", "DIRECTIVE_LIMIT").await;
    check("GRAPHQL__MAX_ROOT_FIELDS", "1", "2", "{ hub { name } __typename }", "ROOT_FIELD_LIMIT").await;
    check("GRAPHQL__MAX_REPEATED_FIELDS", "0", "1", "{ hub { name name } }", "REPETITION_LIMIT").await;
    check("GRAPHQL__MAX_PAGE_SIZE", "9", "10", "{ projects(first: 10) { nodes { id } } }", "PAGE_SIZE").await;
    check("GRAPHQL__MAX_COST", "11", "12", "{ projects(first: 10) { nodes { id } } }", "COST_LIMIT").await;
    check("GRAPHQL__INTROSPECTION", "false", "true", "{ __schema { queryType { name } } }", "INTROSPECTION_OFF").await;
}

#[tokio::test]
async fn variables_have_a_size() {
    let machine = Machine::fresh(&Partners::all(Conduct::Closed).await).set("GRAPHQL__MAX_VARIABLES_BYTES", "30");
    let query = "query Q($id: ID!) { node(id: $id) { id } }";
    assert_eq!(code(&machine, query, json!({ "id": "eib" })).await, "");
    assert_eq!(code(&machine, query, json!({ "id": "x".repeat(30) })).await, "VARIABLES_TOO_LARGE");
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
