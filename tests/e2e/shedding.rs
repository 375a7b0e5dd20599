//! More than the hub takes: many requests of one client, slow clients, other origins, and what the log says of them.

use reqwest::header::{ACCESS_CONTROL_ALLOW_ORIGIN, RETRY_AFTER};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::hub::{Hub, Machine};
use crate::stand_in::{Conduct, Partners};

async fn machine() -> Machine {
    Machine::fresh(&Partners::all(Conduct::Closed).await)
}

async fn status_of(hub: &Hub, client: &str) -> (u16, String) {
    let request = hub.client.get(format!("{}/schema.graphql", hub.address)).header("x-forwarded-for", client);
    let answer = request.send().await.expect("an answer");
    let retry = answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    (answer.status().as_u16(), retry)
}

#[tokio::test]
async fn a_client_that_asks_too_often_waits_and_others_do_not() {
    let settings = machine().await.set("LOAD__REQUESTS_PER_SECOND", "1").set("LOAD__BURST", "3");
    let hub = settings.set("LOAD__TRUSTED_PROXIES", "1").serve().await;
    let mut refused = 0;
    for _ in 0..20 {
        let (status, retry) = status_of(&hub, "6.6.6.6, 203.0.113.1").await;
        if status == 429 {
            refused += 1;
            assert!(retry.parse::<u64>().is_ok_and(|seconds| (1..=2).contains(&seconds)), "{retry}");
        }
    }
    assert!(refused > 0, "twenty requests are more than three");
    assert_eq!(status_of(&hub, "203.0.113.1, 203.0.113.2").await.0, 200, "another client");
    for _ in 0..10 {
        let ready = hub.client.get(format!("{}/health/ready", hub.address)).header("x-forwarded-for", "203.0.113.1");
        // Whether the database is quick enough just now is another question.
        assert_ne!(ready.send().await.expect("an answer").status(), 429, "health is not counted");
    }
}

#[tokio::test]
async fn forwarded_addresses_are_not_believed_unless_proxies_are_trusted() {
    let hub = machine().await.set("LOAD__REQUESTS_PER_SECOND", "1").set("LOAD__BURST", "1").serve().await;
    for _ in 0..20 {
        assert_eq!(status_of(&hub, "203.0.113.1").await.0, 200, "this machine itself is not counted");
    }
}

/// Sends a beginning and waits until the hub closes the connection; gives what it said.
async fn until_closed(hub: &Hub, beginning: &[u8]) -> String {
    let mut connection = TcpStream::connect(hub.address.trim_start_matches("http://")).await.expect("a connection");
    connection.write_all(beginning).await.expect("the hub reads");
    let mut said = Vec::new();
    let closed = tokio::time::timeout(std::time::Duration::from_secs(60), connection.read_to_end(&mut said)).await;
    assert!(closed.is_ok(), "the hub waits for ever");
    String::from_utf8_lossy(&said).into_owned()
}

#[tokio::test]
async fn clients_that_trickle_are_cut_off() {
    let settings = machine().await.set("LOAD__CLIENT_TIMEOUT_SECONDS", "2").set("LOAD__IDLE_TIMEOUT_SECONDS", "3");
    let hub = settings.set("HTTP__BODY_TIMEOUT_SECONDS", "1").serve().await;
    until_closed(&hub, b"GET /graphql HTTP/1.1\r\nhost: h").await;
    let body = b"POST /graphql HTTP/1.1\r\nhost: hub\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{";
    let said = until_closed(&hub, body).await;
    assert!(said.starts_with("HTTP/1.1 408 ") && said.contains("BODY_TOO_SLOW"), "{said}");
    until_closed(&hub, b"").await;
    assert_eq!(hub.get("/health/live").await.status(), 200);
}

#[tokio::test]
async fn connections_over_the_bound_wait_for_room() {
    let hub = machine().await.set("LOAD__MAX_CONNECTIONS", "1").serve().await;
    let address = hub.address.trim_start_matches("http://").to_owned();
    let mut first = TcpStream::connect(&address).await.expect("a connection");
    first.write_all(b"GET /health/live HTTP/1.1\r\nhost: hub\r\n\r\n").await.expect("the hub reads");
    let mut begun = [0; 12];
    first.read_exact(&mut begun).await.expect("an answer");
    assert_eq!(&begun, b"HTTP/1.1 200");
    let mut second = TcpStream::connect(&address).await.expect("the system takes it");
    second
        .write_all(b"GET /health/live HTTP/1.1\r\nhost: hub\r\nconnection: close\r\n\r\n")
        .await
        .expect("the system keeps it");
    drop(first);
    let mut said = String::new();
    second.read_to_string(&mut said).await.expect("an answer once there is room");
    assert!(said.starts_with("HTTP/1.1 200"), "{said}");
}

#[tokio::test]
async fn pages_of_the_listed_origins_may_read_answers() {
    let hub = machine().await.set("HTTP__CORS_ORIGINS", "[\"https://dashboard.example\"]").serve().await;
    for (origin, allowed) in [("https://dashboard.example", true), ("https://elsewhere.example", false)] {
        let answer = hub.client.get(format!("{}/schema.graphql", hub.address)).header("origin", origin).send().await;
        let answer = answer.expect("an answer");
        assert_eq!(answer.status(), 200);
        let told = answer.headers().get(ACCESS_CONTROL_ALLOW_ORIGIN).and_then(|value| value.to_str().ok());
        assert_eq!(told, allowed.then_some(origin));
        assert!(!answer.headers().contains_key("access-control-allow-credentials"));
    }
    let first = hub.client.request(reqwest::Method::OPTIONS, format!("{}/graphql", hub.address));
    let first = first.header("origin", "https://dashboard.example").header("access-control-request-method", "POST");
    let answer = first.send().await.expect("an answer");
    let methods = answer.headers().get("access-control-allow-methods").and_then(|value| value.to_str().ok());
    assert_eq!((answer.status().as_u16(), methods), (204, Some("GET, POST, OPTIONS")));
}

#[tokio::test]
async fn a_full_hub_says_so_at_once_and_goes_on() {
    let hub = machine().await.set("LOAD__MAX_EXECUTIONS", "1").set("LOAD__MAX_WAITING", "0").serve().await;
    let asking = (0..64).map(|number| {
        let (client, address) = (hub.client.clone(), format!("{}/graphql", hub.address));
        let query =
            format!("{{ projects(first: 1000) {{ nodes {{ id title status provenance {{ raw }} }} }} }} # {number}");
        tokio::spawn(async move {
            let body = serde_json::json!({ "query": query }).to_string();
            let answer = client.post(address).header("content-type", "application/json").body(body).send().await;
            let answer = answer.expect("an answer");
            let (status, retry) = (answer.status().as_u16(), answer.headers().contains_key(RETRY_AFTER));
            let text = answer.text().await.expect("a whole answer");
            match status {
                200 => assert!(text.contains("nodes"), "{text}"),
                503 => assert!(retry && text.contains("OVERLOADED"), "{text}"),
                other => panic!("{other}: {text}"),
            }
            status
        })
    });
    let asking: Vec<_> = asking.collect();
    let mut statuses = Vec::new();
    for answer in asking {
        statuses.push(answer.await.expect("an answer"));
    }
    assert!(statuses.contains(&200) && statuses.contains(&503), "{statuses:?}");
    assert!(hub.ask("{ hub { name } }").await["data"]["hub"]["name"].is_string());
}

#[tokio::test]
async fn secrets_never_reach_the_log() {
    let hub = machine().await.set("LOG__FILTER", "info,server=trace,poem=trace,async_graphql=trace").serve().await;
    let secret = "a-secret-of-the-caller";
    let body =
        serde_json::json!({ "query": "query Q($id: ID!) { node(id: $id) { id } }", "variables": { "id": secret } });
    let request = || {
        let request = hub.client.post(format!("{}/graphql?token={secret}", hub.address)).body(body.to_string());
        request.header("content-type", "application/json").header("cookie", secret)
    };
    assert!(request().send().await.is_ok_and(|answer| answer.status() == 200));
    // A token that is no good is refused before anything is worked out.
    assert!(request().bearer_auth(secret).send().await.is_ok_and(|answer| answer.status() == 401));
    hub.log.until_line("a request was answered", |line| line["status"] == 401).await;
    let log = serde_json::Value::from(hub.log.all()).to_string();
    assert!(log.contains("a question is worked out") && !log.contains(secret), "{log}");
}
