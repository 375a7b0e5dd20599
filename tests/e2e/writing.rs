//! Writing through the real binary: who is let in, and what a browser cannot be made to send.

use serde_json::{Value, json};

use crate::engines::quiet;
use crate::hub::Hub;

const PUBLISH: &str = "mutation($title: String!) { publishNeed(input: {
    place: \"UA48060150010035747\", theme: WATER, title: $title, description: \"Pumps.\", languages: [\"en\"] }) {
    need { id } errors { code path } } }";

/// Sends a document with a token; gives the status and the answer.
async fn send(hub: &Hub, token: Option<&str>, body: String) -> (u16, Value) {
    let mut request = hub.client.post(format!("{}/graphql", hub.address)).header("content-type", "application/json");
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let answer = request.body(body).send().await.expect("the hub answers");
    let status = answer.status().as_u16();
    (status, serde_json::from_str(&answer.text().await.expect("a whole answer")).unwrap_or_default())
}

async fn publish(hub: &Hub, token: &str, title: &str) -> Value {
    let body = json!({ "query": PUBLISH, "variables": { "title": title } }).to_string();
    send(hub, Some(token), body).await.1
}

#[tokio::test]
async fn tokens_open_what_they_are_for_until_they_are_taken_back() {
    let machine = quiet();
    let hub = machine.serve().await;
    let editor = machine.token(&["--role", "editor"]).await;
    let member = machine.token(&["--role", "member", "--member", "member:cor", "--expires", "30d"]).await;
    let made = publish(&hub, &editor, "One").await;
    assert_eq!(made["data"]["publishNeed"]["errors"], json!([]), "{made}");
    let id = made["data"]["publishNeed"]["need"]["id"].as_str().expect("an id").to_owned();
    let seen = hub.ask(&format!("{{ node(id: \"{id}\") {{ ... on Need {{ title }} }} }}")).await;
    assert_eq!(seen["data"]["node"]["title"], "One", "everybody sees it at once");
    let applications = json!({ "query": "{ applications { totalCount } }" }).to_string();
    let (_, refused) = send(&hub, Some(&member), applications.clone()).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN");
    let administrator = machine.token(&["--role", "administrator"]).await;
    let (status, listed) = send(&hub, Some(&administrator), applications.clone()).await;
    assert_eq!((status, &listed["data"]["applications"]["totalCount"]), (200, &json!(0)));
    let (_, refused) = send(&hub, None, applications).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "no answer is shared with others");
    let (status, refused) = send(&hub, Some("hub_nonsense"), json!({ "query": "{ hub { name } }" }).to_string()).await;
    assert_eq!((status, &refused["errors"][0]["extensions"]["code"]), (401, &json!("TOKEN_UNKNOWN")));
    let listed = machine.run(&["token", "list"]).await.printed();
    assert!(!listed.contains(&editor), "a token is shown once");
    let line = listed.lines().find(|line| line.contains("EDITOR")).expect("the editor's token");
    let number = line.split_whitespace().next().expect("an id");
    assert_eq!(machine.run(&["token", "revoke", number]).await.code(), Some(0));
    let (status, refused) = send(&hub, Some(&editor), json!({ "query": "{ hub { name } }" }).to_string()).await;
    assert_eq!((status, &refused["errors"][0]["extensions"]["code"]), (401, &json!("TOKEN_REVOKED")));
    let logged = format!("{:?}", hub.log.all());
    assert!(!logged.contains(&editor) && !logged.contains(&member), "no token stands in the log");
}

#[tokio::test]
async fn a_page_elsewhere_cannot_make_a_browser_change_anything() {
    let machine = quiet();
    let hub = machine.serve().await;
    let editor = machine.token(&["--role", "editor"]).await;
    let mutation = PUBLISH.replace("$title: String!", "$title: String = \"By link\"");
    let link = reqwest::Url::parse_with_params(&format!("{}/graphql", hub.address), [("query", &mutation)]);
    let by_get = hub.client.get(link.expect("an address")).header("authorization", format!("Bearer {editor}"));
    assert_eq!(by_get.send().await.expect("an answer").status(), 405);
    // What a form can send without asking first.
    for media_type in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"] {
        let body = json!({ "query": mutation }).to_string();
        let request = hub.client.post(format!("{}/graphql", hub.address)).header("content-type", media_type);
        let request = request.header("authorization", format!("Bearer {editor}")).body(body);
        assert_eq!(request.send().await.expect("an answer").status(), 415, "{media_type}");
    }
    let needs = hub.ask("{ needs { totalCount } }").await;
    assert_eq!(needs["data"]["needs"]["totalCount"], 0);
}

#[tokio::test]
async fn ten_megabytes_are_refused_before_they_are_read() {
    let machine = quiet();
    let hub = machine.serve().await;
    let editor = machine.token(&["--role", "editor"]).await;
    let title = "x".repeat(10 << 20);
    let body = json!({ "query": PUBLISH, "variables": { "title": title } }).to_string();
    let request = hub.client.post(format!("{}/graphql", hub.address)).header("content-type", "application/json");
    // The hub answers without reading on; whether the answer is still heard is up to the sender's system.
    if let Ok(answer) = request.bearer_auth(&editor).body(body).send().await {
        assert_eq!(answer.status(), 413);
    }
    assert_eq!(hub.ask("{ needs { totalCount } }").await["data"]["needs"]["totalCount"], 0);
    assert_eq!(hub.get("/health/ready").await.status(), 200);
}
