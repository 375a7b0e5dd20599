//! GraphQL over HTTP, the health checks and the schema, as any client meets them.

use reqwest::header::{ACCEPT, ALLOW, CONTENT_TYPE};
use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json};

use crate::hub::{Hub, Machine};
use crate::stand_in::{Conduct, Partners};

const NEW: &str = "application/graphql-response+json";
const OLD: &str = "application/json";
/// `{hub{name}}` in a link.
const LINK: &str = "/graphql?query=%7Bhub%7Bname%7D%7D";

async fn hub() -> Hub {
    Machine::fresh(&Partners::all(Conduct::Closed).await).serve().await
}

fn request(hub: &Hub, method: Method, path: &str) -> RequestBuilder {
    hub.client.request(method, format!("{}{path}", hub.address))
}

fn post(hub: &Hub, body: &str) -> RequestBuilder {
    request(hub, Method::POST, "/graphql").header(CONTENT_TYPE, OLD).body(body.to_owned())
}

fn header(answer: &Response, name: reqwest::header::HeaderName) -> String {
    answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

/// Sends a request and compares status, media type and the code of the first error, empty for none.
async fn check(request: RequestBuilder, status: u16, media_type: &str, code: &str) -> Value {
    let answer = request.send().await.expect("the hub answers");
    let (got, content_type) = (answer.status().as_u16(), header(&answer, CONTENT_TYPE));
    let text = answer.text().await.expect("a whole answer");
    assert_eq!((got, content_type.split(';').next().unwrap_or_default()), (status, media_type), "{text}");
    let body: Value = serde_json::from_str(&text).unwrap_or_else(|_| panic!("no JSON: {text}"));
    assert_eq!(body["errors"][0]["extensions"]["code"].as_str().unwrap_or_default(), code, "{text}");
    body
}

#[tokio::test]
async fn a_question_is_taken_by_get_and_by_post() {
    let hub = hub().await;
    let body = r#"{"query":"query Q($id: ID!) { node(id: $id) { id } }","variables":{"id":"eib"},"operationName":"Q"}"#;
    let node = json!({ "node": { "id": "eib" } });
    assert_eq!(check(post(&hub, body), 200, OLD, "").await["data"], node);
    assert_eq!(check(post(&hub, body).header(ACCEPT, NEW), 200, NEW, "").await["data"], node);
    assert_eq!(check(post(&hub, body).header(ACCEPT, "*/*"), 200, OLD, "").await["data"], node);
    let link =
        "/graphql?query=query%20Q(%24id%3AID!)%7Bnode(id%3A%24id)%7Bid%7D%7D&variables=%7B%22id%22%3A%22eib%22%7D";
    assert_eq!(check(request(&hub, Method::GET, link), 200, OLD, "").await["data"], node);
    check(request(&hub, Method::GET, LINK).header(ACCEPT, NEW), 200, NEW, "").await;
}

#[tokio::test]
async fn a_document_that_is_refused_has_a_status_of_its_own_only_in_the_new_media_type() {
    let hub = hub().await;
    let refused = [
        ("{ hub { nothing } }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ hub ", "GRAPHQL_PARSE_FAILED"),
        ("query A { hub { name } } query B { hub { name } }", "OPERATION_RESOLUTION_FAILURE"),
        ("query Q($id: ID!) { node(id: $id) { id } }", "BAD_USER_INPUT"),
    ];
    for (document, code) in refused {
        let body = json!({ "query": document }).to_string();
        let answer = check(post(&hub, &body).header(ACCEPT, NEW), 400, NEW, code).await;
        assert!(answer.get("data").is_none() && answer["errors"][0]["message"].is_string(), "{answer}");
        let answer = check(post(&hub, &body).header(ACCEPT, OLD), 200, OLD, code).await;
        assert!(answer.get("data").is_none(), "{answer}");
    }
}

#[tokio::test]
async fn a_fault_at_a_field_is_an_answer() {
    let hub = hub().await;
    let body = json!({ "query": r#"{ partner(id: "xyz") { id } hub { name } }"# }).to_string();
    let answer = check(post(&hub, &body).header(ACCEPT, NEW), 200, NEW, "UNKNOWN_PARTNER").await;
    assert_eq!((&answer["data"]["partner"], answer["data"]["hub"]["name"].is_string()), (&Value::Null, true));
    assert_eq!(answer["errors"][0]["path"], json!(["partner"]));
}

#[tokio::test]
async fn one_failing_part_never_empties_another() {
    let hub = hub().await;
    let place = r#"place(id: "UA63000000000041885") { name"#;
    // A promised field takes the nearest object that may be null, and nothing beside it.
    let query = format!("{{ a: {place} projects(after: \"x\") {{ totalCount }} }} b: {place} }} hub {{ name }} }}");
    let answer = check(post(&hub, &json!({ "query": query }).to_string()), 200, OLD, "INVALID_CURSOR").await;
    assert_eq!(answer["errors"][0]["path"], json!(["a", "projects"]));
    assert_eq!(answer["data"]["a"], Value::Null);
    assert!(answer["data"]["b"]["name"].is_string() && answer["data"]["hub"]["name"].is_string(), "{answer}");
    // At the root it is promised to the answer itself.
    let query = r#"{ projects(after: "x") { totalCount } hub { name } }"#;
    let answer = check(post(&hub, &json!({ "query": query }).to_string()), 200, OLD, "INVALID_CURSOR").await;
    assert_eq!((answer.get("data"), &answer["errors"][0]["path"]), (Some(&Value::Null), &json!(["projects"])));
    let query = "{ hub { name @skip(if: true) version } none: __typename @skip(if: true) }";
    let answer = check(post(&hub, &json!({ "query": query }).to_string()), 200, OLD, "").await;
    assert_eq!(answer["data"].as_object().map(serde_json::Map::len), Some(1));
    let answer = check(post(&hub, r#"{"query":"{ __typename @skip(if: true) }"}"#), 200, OLD, "").await;
    assert_eq!(answer["data"], json!({}));
}

#[tokio::test]
async fn what_only_newer_specifications_have_is_executed_too() {
    let hub = hub().await;
    let escaped = r#"{ node(id: "\u{41}\u{1F600}") { id } hub { name } }"#;
    let described =
        "\"What the hub is called\" query Name(\"unused\" $id: ID = \"x\") { hub { name } node(id: $id) { id } }";
    for query in [escaped, described] {
        let answer = check(post(&hub, &json!({ "query": query }).to_string()), 200, OLD, "").await;
        assert!(answer["data"]["hub"]["name"].is_string() && answer["data"]["node"].is_null(), "{answer}");
    }
}

#[tokio::test]
async fn variables_arrive_as_the_types_have_them() {
    let hub = hub().await;
    let first = "query Q($first: Int) { projects(first: $first) { nodes { id } } }";
    for number in ["2", "2.0", "2e0"] {
        let body = format!(r#"{{"query":"{first}","variables":{{"first":{number},"more":1}}}}"#);
        let answer = check(post(&hub, &body), 200, OLD, "").await;
        assert_eq!(answer["data"]["projects"]["nodes"].as_array().map(Vec::len), Some(2), "{answer}");
    }
    for number in ["2.5", "\"2\"", "true", "[2]"] {
        let body = format!(r#"{{"query":"{first}","variables":{{"first":{number}}}}}"#);
        check(post(&hub, &body), 200, OLD, "BAD_USER_INPUT").await;
    }
    let amount = "query Q($min: Decimal) { projects(filter: {amountMin: $min}) { totalCount } }";
    for decimal in ["1.50", "\"1.50\"", "123456789012345678901234.56"] {
        let body = format!(r#"{{"query":"{amount}","variables":{{"min":{decimal}}}}}"#);
        check(post(&hub, &body), 200, OLD, "").await;
    }
    let by = "query Q($by: ProjectBy!) { project(by: $by) { id } }";
    check(post(&hub, &format!(r#"{{"query":"{by}","variables":{{"by":{{"id":"x"}}}}}}"#)), 200, OLD, "").await;
    check(post(&hub, &format!(r#"{{"query":"{by}","variables":{{"by":{{}}}}}}"#)), 200, OLD, "BAD_USER_INPUT").await;
    let literal = r#"{ projects(filter: {signedFrom: "yesterday"}) { totalCount } }"#;
    check(post(&hub, &json!({ "query": literal }).to_string()), 200, OLD, "BAD_USER_INPUT").await;
}

#[tokio::test]
async fn malformed_requests_are_refused_with_a_code() {
    let hub = hub().await;
    for body in ["", "{", "no JSON"] {
        check(post(&hub, body), 400, OLD, "BODY_NOT_JSON").await;
    }
    for body in ["[]", r#"[{"query":"{hub{name}}"}]"#] {
        check(post(&hub, body), 400, OLD, "BATCHING_OFF").await;
    }
    let malformed = [
        "1",
        "{}",
        r#"{"query":1}"#,
        r#"{"query":"{hub{name}}","variables":[]}"#,
        r#"{"query":"{hub{name}}","operationName":1}"#,
    ];
    for body in malformed {
        check(post(&hub, body), 400, OLD, "MALFORMED_REQUEST").await;
        check(post(&hub, body).header(ACCEPT, NEW), 400, NEW, "MALFORMED_REQUEST").await;
    }
    check(request(&hub, Method::GET, "/graphql"), 400, OLD, "MALFORMED_REQUEST").await;
    check(request(&hub, Method::GET, &format!("{LINK}&variables=x")), 400, OLD, "MALFORMED_REQUEST").await;
}

#[tokio::test]
async fn other_media_types_are_refused() {
    let hub = hub().await;
    for media_type in ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16"] {
        let request = request(&hub, Method::POST, "/graphql").header(CONTENT_TYPE, media_type);
        check(request.body(r#"{"query":"{hub{name}}"}"#), 415, OLD, "UNSUPPORTED_MEDIA_TYPE").await;
    }
    check(request(&hub, Method::POST, "/graphql"), 415, OLD, "UNSUPPORTED_MEDIA_TYPE").await;
    check(request(&hub, Method::GET, LINK).header(ACCEPT, "text/html"), 406, OLD, "NOT_ACCEPTABLE").await;
}

#[tokio::test]
async fn other_methods_are_refused_with_those_that_are_allowed() {
    let hub = hub().await;
    for method in [Method::PUT, Method::DELETE, Method::PATCH] {
        let answer = request(&hub, method.clone(), "/graphql").send().await.expect("an answer");
        assert_eq!((answer.status().as_u16(), header(&answer, ALLOW).as_str()), (405, "GET, POST"), "{method}");
    }
    let mutation = "/graphql?query=mutation%7Bfreeze%7Bid%7D%7D";
    let answer = request(&hub, Method::GET, mutation).send().await.expect("an answer");
    assert_eq!((answer.status().as_u16(), header(&answer, ALLOW).as_str()), (405, "POST"));
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused() {
    let partners = Partners::all(Conduct::Closed).await;
    let hub = Machine::fresh(&partners).set("HTTP__MAX_BODY_BYTES", "2000").serve().await;
    let body = |comment: usize| json!({ "query": format!("#{}\n{{hub{{name}}}}", "x".repeat(comment)) }).to_string();
    check(post(&hub, &body(1_900)), 200, OLD, "").await;
    let answer = check(post(&hub, &body(2_000)), 413, OLD, "BODY_TOO_LARGE").await;
    assert!(answer["errors"][0]["message"].as_str().is_some_and(|message| message.contains("2000")), "{answer}");
}

#[tokio::test]
async fn the_schema_and_the_health_checks_answer() {
    let hub = hub().await;
    let schema = hub.get("/schema.graphql").await;
    assert_eq!(schema.status(), 200);
    assert!(schema.text().await.expect("text") == include_str!("../../schema.graphql"), "not the schema committed");
    for (path, status) in [("/health/live", "live"), ("/health/ready", "ready")] {
        let answer = check(request(&hub, Method::GET, path), 200, OLD, "").await;
        assert_eq!(answer, json!({ "status": status }));
    }
    assert_eq!(hub.get("/nothing").await.status(), 404);
}

#[tokio::test]
async fn every_answer_forbids_browsers_to_guess_and_names_its_request() {
    let hub = hub().await;
    for path in [LINK, "/schema.graphql", "/health/live", "/nothing"] {
        let answer = hub.get(path).await;
        let headers = answer.headers();
        assert_eq!(
            headers.get("x-content-type-options").map(|value| value.as_bytes()),
            Some(&b"nosniff"[..]),
            "{path}"
        );
        assert!(headers.contains_key("x-request-id") && headers.contains_key("content-security-policy"), "{path}");
    }
}
