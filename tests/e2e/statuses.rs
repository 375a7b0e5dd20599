//! The statuses of both texts, in both media types, by table.

use reqwest::header::{ACCEPT, ALLOW, CONTENT_ENCODING, CONTENT_TYPE};
use serde_json::json;

use crate::hub::{Hub, Machine};
use crate::stand_in::{Conduct, Partners};

const NEW: &str = "application/graphql-response+json";
const OLD: &str = "application/json";

/// What is sent, and the statuses: as audited in the new and the old media type, then of August 2026.
fn table() -> Vec<(&'static str, String, [u16; 4])> {
    let query = |query: &str| json!({ "query": query }).to_string();
    vec![
        ("complete", query("{ hub { name } }"), [200, 200, 200, 200]),
        ("an error at a nullable field", query(r#"{ partner(id: "x") { id } hub { name } }"#), [200, 200, 294, 200]),
        ("an error at a promised field", query(r#"{ projects(after: "x") { totalCount } }"#), [200, 200, 294, 200]),
        ("no document", query("{"), [400, 200, 400, 200]),
        ("an invalid document", query("{ nothing }"), [400, 200, 422, 200]),
        (
            "no such operation",
            json!({ "query": "query A { hub { name } }", "operationName": "B" }).to_string(),
            [400, 200, 422, 200],
        ),
        (
            "a variable that does not fit",
            json!({ "query": "query Q($id: ID!) { node(id: $id) { id } }", "variables": { "id": true } }).to_string(),
            [400, 200, 422, 200],
        ),
        ("over a limit", query(&format!("{{ hub {{ {} }} }}", "name ".repeat(5_000))), [400, 200, 422, 200]),
        ("no JSON", "{".to_owned(), [400, 400, 400, 400]),
        ("no request", "{}".to_owned(), [400, 400, 422, 422]),
        (
            "variables that are a list",
            json!({ "query": "{ hub { name } }", "variables": [7] }).to_string(),
            [400, 400, 422, 422],
        ),
        ("a batch", "[]".to_owned(), [400, 400, 422, 422]),
    ]
}

async fn status(hub: &Hub, body: &str, media_type: &str) -> u16 {
    let request =
        hub.client.post(format!("{}/graphql", hub.address)).header(CONTENT_TYPE, OLD).header(ACCEPT, media_type);
    let answer = request.body(body.to_owned()).send().await.expect("an answer");
    let content_type = answer.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    assert_eq!(content_type, format!("{media_type}; charset=utf-8"), "{body}");
    answer.status().as_u16()
}

#[tokio::test]
async fn every_answer_has_the_status_of_the_text_that_the_operator_chose() {
    let partners = Partners::all(Conduct::Closed).await;
    let audited = Machine::fresh(&partners).serve().await;
    let august = Machine::fresh(&partners).set("HTTP__STATUSES", "august2026").serve().await;
    for (name, body, expected) in table() {
        let mut got = [0; 4];
        for (place, (hub, media_type)) in
            [(&audited, NEW), (&audited, OLD), (&august, NEW), (&august, OLD)].iter().enumerate()
        {
            got[place] = status(hub, &body, media_type).await;
        }
        assert_eq!(got, expected, "{name}");
    }
}

#[tokio::test]
async fn what_http_itself_refuses_has_the_same_status_in_both() {
    let partners = Partners::all(Conduct::Closed).await;
    for statuses in ["audited", "august2026"] {
        let hub =
            Machine::fresh(&partners).set("HTTP__STATUSES", statuses).set("HTTP__MAX_BODY_BYTES", "1000").serve().await;
        let get = |path: &str| hub.client.get(format!("{}{path}", hub.address));
        let post = || hub.client.post(format!("{}/graphql", hub.address));
        let mutation = get("/graphql?query=mutation%7B__typename%7D").send().await.expect("an answer");
        assert_eq!((mutation.status().as_u16(), mutation.headers()[ALLOW].to_str().ok()), (405, Some("POST")));
        let requests = [
            (hub.client.put(format!("{}/graphql", hub.address)), 405),
            (get("/graphql?query=%7B__typename%7D").header(ACCEPT, "text/html"), 406),
            (post().header(CONTENT_TYPE, OLD).body("x".repeat(1_001)), 413),
            (get(&format!("/graphql?query=%7B__typename%7D%23{}", "x".repeat(17_000))), 414),
            (post().header(CONTENT_TYPE, "text/plain").body(r#"{"query":"{__typename}"}"#), 415),
            (post().header(CONTENT_TYPE, "application/x-www-form-urlencoded").body("query=%7B__typename%7D"), 415),
            (post().header(CONTENT_TYPE, "multipart/form-data; boundary=x").body("--x--"), 415),
            (post().header(CONTENT_TYPE, OLD).header(CONTENT_ENCODING, "gzip").body("x"), 415),
            (get("/graphql?query=%7B__typename%7D").header("x-long", "x".repeat(600_000)), 431),
        ];
        for (request, expected) in requests {
            assert_eq!(request.send().await.expect("an answer").status().as_u16(), expected, "{statuses}");
        }
    }
}
