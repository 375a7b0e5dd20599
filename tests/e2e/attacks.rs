//! The public list of attacks on GraphQL endpoints, the checks of graphql-cop among them. Each is refused before anything
//! is worked out, and costs no memory.

use reqwest::header::{ACCEPT, CONTENT_TYPE};
use serde_json::{Value, json};

use crate::hub::{Hub, Machine};
use crate::stand_in::{Conduct, Partners};

/// What the hub writes to its log for every question that it begins to work out.
const WORKED_OUT: &str = "a question is worked out";

async fn hub() -> Hub {
    Machine::fresh(&Partners::all(Conduct::Closed).await)
        .set("LOG__FILTER", "info,server::http::graphql=debug")
        .serve()
        .await
}

async fn send(hub: &Hub, body: String) -> Value {
    let request = hub.client.post(format!("{}/graphql", hub.address)).header(CONTENT_TYPE, "application/json");
    let answer =
        request.header(ACCEPT, "application/graphql-response+json").body(body).send().await.expect("an answer");
    assert!(answer.status().is_client_error(), "{}", answer.status());
    serde_json::from_str(&answer.text().await.expect("a whole answer")).expect("JSON")
}

/// Documents that try to make the hub work for ever, with the code that refuses each.
fn documents() -> Vec<(&'static str, String, &'static str)> {
    let times = |count: usize, part: &dyn Fn(usize) -> String| (0..count).map(part).collect::<Vec<_>>().join(" ");
    let nested = |count: usize, inner: &str| format!("{}{inner}{}", "parent { ".repeat(count), "}".repeat(count));
    let bomb = times(24, &|level| format!("fragment F{level} on Hub {{ ...F{0} ...F{0} }}", level + 1));
    let circle = "__schema { types { fields { type { fields { type { fields { type { name } } } } } } } }";
    vec![
        ("alias overloading", format!("{{ hub {{ {} }} }}", times(200, &|index| format!("a{index}: name"))), "ALIAS_LIMIT"),
        ("aliases at the root", format!("{{ {} }}", times(100, &|index| format!("a{index}: hub {{ name }}"))), "ALIAS_LIMIT"),
        ("directive overloading", format!("{{ hub {{ name {} }} }}", "@skip(if: false) ".repeat(100)), "DIRECTIVE_LIMIT"),
        ("unknown directives", format!("{{ __typename {} }}", "@aa".repeat(500)), "DIRECTIVE_LIMIT"),
        ("directives on variables", format!("query Q({}) {{ hub {{ name }} }}", times(80, &|index| format!("$v{index}: Int @aa"))), "DIRECTIVE_LIMIT"),
        ("field duplication", format!("{{ hub {{ {} }} }}", "name ".repeat(500)), "REPETITION_LIMIT"),
        ("__typename flood", format!("{{ {} }}", "__typename ".repeat(500)), "REPETITION_LIMIT"),
        ("__typename flood by aliases", format!("{{ {} }}", times(500, &|index| format!("t{index}: __typename"))), "ALIAS_LIMIT"),
        ("root fields", format!("{{ {} }}", "...F ".repeat(70) + "} fragment F on Query { hub { name }"), "ROOT_FIELD_LIMIT"),
        ("a long comment", format!("{{ hub {{ name }} }} #{}", "x".repeat(150_000)), "DOCUMENT_TOO_LARGE"),
        ("tokens", format!("{{ hub {{ {} }} }}", "name ".repeat(15_000)), "TOKEN_LIMIT"),
        ("marks alone", "{".repeat(50_000), "TOKEN_LIMIT"),
        ("deep selections", "{ a ".repeat(1_500), "GRAPHQL_PARSE_FAILED"),
        ("deep lists", format!("{{ hub(a: {}", "[".repeat(3_000)), "GRAPHQL_PARSE_FAILED"),
        ("deep types", format!("query Q($a: {}Int) {{ hub {{ name }} }}", "[".repeat(3_000)), "GRAPHQL_PARSE_FAILED"),
        ("a deep query", format!("{{ place(id: \"UA\") {{ {} }} }}", nested(20, "id")), "DEPTH_LIMIT"),
        ("a deep query by fragments", format!("{{ place(id: \"UA\") {{ {} }} }} fragment F on Place {{ {} }}", nested(10, "...F"), nested(10, "id")), "DEPTH_LIMIT"),
        ("circular fragments", "{ hub { ...A } } fragment A on Hub { ...B } fragment B on Hub { ...A }".to_owned(), "GRAPHQL_VALIDATION_FAILED"),
        ("a fragment within itself", "{ place(id: \"UA\") { ...A } } fragment A on Place { parent { ...A } }".to_owned(), "GRAPHQL_VALIDATION_FAILED"),
        ("a fragment bomb", format!("{{ hub {{ ...F0 }} }} {bomb} fragment F24 on Hub {{ name }}"), "COST_LIMIT"),
        ("circular introspection", format!("{{ {circle} }}"), "INTROSPECTION_DEPTH"),
        ("circular introspection by a fragment", "{ __schema { types { ...T } } } fragment T on __Type { fields { type { fields { type { fields { name } } } } } }".to_owned(), "INTROSPECTION_DEPTH"),
        ("introspection many times", format!("{{ {} }}", times(20, &|index| format!("s{index}: __schema {{ types {{ name }} }}"))), "COST_LIMIT"),
        ("a huge page", "{ projects(first: 2000000000) { nodes { id } } }".to_owned(), "PAGE_SIZE"),
        ("a number over all bounds", "{ projects(first: 99999999999999999999999999) { nodes { id } } }".to_owned(), "GRAPHQL_VALIDATION_FAILED"),
        ("lists within lists", "{ places(first: 1000) { nodes { projects(first: 1000) { nodes { id } } } } }".to_owned(), "COST_LIMIT"),
        ("lists without first within lists", "{ places { nodes { projects { nodes { partner { projects { nodes { id } } } } } } } }".to_owned(), "COST_LIMIT"),
        ("many fields of a long list", format!("{{ projects(first: 1000) {{ nodes {{ {} }} }} }}", times(55, &|index| format!("a{index}: id"))), "COST_LIMIT"),
    ]
}

#[tokio::test]
async fn every_attack_is_refused_before_anything_is_worked_out_and_memory_stays_flat() {
    let hub = hub().await;
    let mut before = 0;
    for round in 0..12 {
        for (name, document, code) in documents() {
            // Each round is new to the hub, as an attacker's would be.
            let document = format!("{document} # {round}");
            let answer = send(&hub, json!({ "query": document }).to_string()).await;
            assert_eq!(answer["errors"][0]["extensions"]["code"], code, "{name}: {answer}");
            assert!(
                answer.get("data").is_none() && answer["errors"].as_array().is_some_and(|errors| errors.len() <= 20),
                "{name}: {answer}"
            );
        }
        if round == 2 {
            before = hub.resident_kib();
        }
    }
    let after = hub.resident_kib();
    assert!(after < before + 65_536, "{before} KiB became {after}");
    assert!(hub.ask("{ hub { name } }").await["data"]["hub"]["name"].is_string());
    hub.log.until(WORKED_OUT).await;
    assert_eq!(hub.log.find(WORKED_OUT).len(), 1, "only the one honest question was worked out");
}

#[tokio::test]
async fn attacks_by_variables_and_bodies_are_refused_too() {
    let hub = hub().await;
    let nodes = "query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    let ids: Vec<String> = (0..20_000).map(|index| format!("eib:{index}")).collect();
    let deep =
        format!(r#"{{"query":"{{hub{{name}}}}","variables":{{"a":{}1{}}}}}"#, "[".repeat(5_000), "]".repeat(5_000));
    let first = "query Q($first: Int) { projects(first: $first) { nodes { id } } }";
    let bodies = [
        (json!({ "query": nodes, "variables": { "ids": ids } }).to_string(), "VARIABLES_TOO_LARGE"),
        (deep, "BODY_NOT_JSON"),
        (json!({ "query": first, "variables": { "first": 2_000_000_000 } }).to_string(), "PAGE_SIZE"),
        (format!(r#"{{"query":"{first}","variables":{{"first":1e308}}}}"#), "BAD_USER_INPUT"),
        (format!(r#"{{"query":"{first}","variables":{{"first":{}}}}}"#, "9".repeat(50_000)), "BAD_USER_INPUT"),
        (json!([{ "query": "{ hub { name } }" }, { "query": "{ hub { name } }" }]).to_string(), "BATCHING_OFF"),
        (json!({ "query": { "$ne": 1 } }).to_string(), "MALFORMED_REQUEST"),
    ];
    for (body, code) in bodies {
        let answer = send(&hub, body).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], code, "{answer}");
        assert!(answer.to_string().len() < 2_000, "what was sent is not sent back: {answer}");
    }
    assert!(hub.log.find(WORKED_OUT).is_empty());
}

#[tokio::test]
async fn nothing_is_given_away_to_who_guesses() {
    let hub = hub().await;
    for document in
        ["{ hub { nam } }", "{ hubb { name } }", "{ projects(filtr: 1) { totalCount } }", "{ hub { name ...Nothing } }"]
    {
        let answer = hub.ask(document).await.to_string();
        assert!(!answer.to_lowercase().contains("did you mean") && !answer.contains("panicked"), "{answer}");
    }
    let answer = hub.ask("{ hub { name } }").await;
    assert!(answer["extensions"].get("tracing").is_none(), "{answer}");
}

#[tokio::test]
async fn every_documented_question_and_the_tools_introspection_pass() {
    let hub = hub().await;
    let list = "{ projects(first: 1000) { nodes { id title status statusNative signedOn approvedOn native: id partner { id } } } }";
    let tools = include_str!("introspection.graphql");
    for document in [crate::KHARKIV, list, tools] {
        let answer = hub.ask(document).await;
        assert!(answer.get("errors").is_none(), "{document}: {}", answer["errors"]);
    }
}
