//! Subscriptions as any client meets them: raw frames over a WebSocket, raw lines of server-sent events, and a partner
//! whose records change.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use connectors::partners;
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use crate::hub::{Hub, Machine};
use crate::played::{Asked, Played, template};
use crate::stand_in::{Conduct, Partners};

const PROTOCOL: &str = "graphql-transport-ws";
const REFRESHED: &str = "subscription { sourceRefreshed(partner: \"eib\") { id state partner { id } } }";
const CHANGED: &str = "subscription { projectChanged(filter: { partners: [\"eib\"] }) {
    kind field before after seenAt project { id title } } }";

/// A hub that reads nobody.
async fn quiet(settings: &[(&str, &str)]) -> Hub {
    let mut machine = Machine::fresh(&Partners::all(Conduct::Closed).await).set("HARVEST__AUTOMATIC", "false");
    for (key, value) in settings {
        machine = machine.set(key, value);
    }
    machine.serve().await
}

/// A hub that reads one partner whenever it is asked for anything; what `renamed` says decides which titles that has.
async fn reading_anew(renamed: &Arc<AtomicBool>) -> (Hub, Played) {
    let renamed = Arc::clone(renamed);
    let played = Played::with(partners::find("eib").expect("a partner"), move |asked: Asked| {
        let mut recorded = asked.recorded;
        if renamed.load(Ordering::Acquire) {
            let body = String::from_utf8_lossy(&recorded.body).replace("Programme (UMIP)", "Programme (renamed)");
            recorded.body = body.into_bytes().into();
        }
        template(recorded)
    });
    let played = played.await;
    let machine = Machine::fresh(&Partners::all(Conduct::Closed).await);
    let machine = machine.set("PARTNERS__EIB__BASE_URL", &played.address()).set("PARTNERS__EIB__MAX_AGE_MINUTES", "0");
    let hub = machine.set("HARVEST__OUTCOME_SHARED_MS", "1").serve().await;
    (hub, played)
}

struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    async fn open(hub: &Hub) -> Self {
        Self::open_as(hub, Some(PROTOCOL), None).await.expect("a connection")
    }

    /// Opens a connection that speaks a protocol, for a client behind a proxy; the status where it is refused.
    async fn open_as(hub: &Hub, protocol: Option<&str>, client: Option<&str>) -> Result<Self, u16> {
        let address = format!("{}/graphql", hub.address.replace("http://", "ws://"));
        let mut request = address.into_client_request().expect("a request");
        if let Some(protocol) = protocol {
            request.headers_mut().insert("sec-websocket-protocol", protocol.parse().expect("a name"));
        }
        if let Some(client) = client {
            request.headers_mut().insert("x-forwarded-for", client.parse().expect("an address"));
        }
        match tokio_tungstenite::connect_async(request).await {
            Ok((socket, _)) => Ok(Self(socket)),
            Err(tokio_tungstenite::tungstenite::Error::Http(answer)) => Err(answer.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }

    /// A connection that the hub has acknowledged.
    async fn ready(hub: &Hub) -> Self {
        let mut socket = Self::open(hub).await;
        socket.say(json!({ "type": "connection_init" })).await;
        assert_eq!(socket.hear().await, json!({ "type": "connection_ack" }));
        socket
    }

    async fn say(&mut self, message: Value) {
        self.send(Message::text(message.to_string())).await;
    }

    async fn send(&mut self, message: Message) {
        self.0.send(message).await.expect("the hub takes it");
    }

    async fn subscribe(&mut self, id: &str, query: &str) {
        self.say(json!({ "id": id, "type": "subscribe", "payload": { "query": query } })).await;
    }

    /// The next message, heartbeats left out.
    async fn hear(&mut self) -> Value {
        loop {
            let message = match self.0.next().await.expect("an open connection").expect("a frame") {
                Message::Text(text) => serde_json::from_str::<Value>(&text).expect("JSON"),
                Message::Close(frame) => panic!("closed: {frame:?}"),
                _ => continue,
            };
            if message != json!({ "type": "ping" }) {
                return message;
            }
        }
    }

    /// The code with which the hub closes.
    async fn closed(mut self) -> u16 {
        loop {
            match self.0.next().await {
                Some(Ok(Message::Close(Some(frame)))) => return frame.code.into(),
                Some(Ok(_)) => {}
                other => panic!("no closing frame: {other:?}"),
            }
        }
    }
}

#[tokio::test]
async fn queries_are_answered_and_what_is_no_good_is_refused_with_its_code() {
    let hub = quiet(&[]).await;
    let mut socket = Socket::ready(&hub).await;
    socket.say(json!({ "type": "ping", "payload": { "n": 1 } })).await;
    assert_eq!(socket.hear().await, json!({ "type": "pong", "payload": { "n": 1 } }));
    socket.subscribe("q", "{ hub { name } }").await;
    let next = socket.hear().await;
    assert_eq!((&next["id"], &next["type"]), (&json!("q"), &json!("next")));
    assert_eq!(next["payload"]["data"], json!({ "hub": { "name": "Alliance Hub" } }));
    assert_eq!(socket.hear().await, json!({ "id": "q", "type": "complete" }));
    for (query, code) in [
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ hub ", "GRAPHQL_PARSE_FAILED"),
        ("subscription { sourceRefreshed(partner: \"xyz\") { id } }", "UNKNOWN_PARTNER"),
    ] {
        socket.subscribe("r", query).await;
        let refused = socket.hear().await;
        assert_eq!((&refused["id"], &refused["type"]), (&json!("r"), &json!("error")), "{refused}");
        assert_eq!(refused["payload"][0]["extensions"]["code"], code, "{refused}");
    }
    let plain = hub.ask(REFRESHED).await;
    assert_eq!(plain["errors"][0]["extensions"]["code"], "SUBSCRIPTION_OVER_HTTP", "{plain}");
}

#[tokio::test]
async fn the_protocol_closes_with_its_own_codes() {
    let hub = quiet(&[("SUBSCRIPTIONS__INIT_TIMEOUT_MS", "400"), ("HTTP__MAX_BODY_BYTES", "2000")]).await;
    let subscribe = json!({ "id": "1", "type": "subscribe", "payload": { "query": REFRESHED } });
    let mut early = Socket::open(&hub).await;
    early.say(subscribe.clone()).await;
    assert_eq!(early.closed().await, 4401);
    let mut twice = Socket::ready(&hub).await;
    twice.say(subscribe.clone()).await;
    twice.say(subscribe).await;
    assert_eq!(twice.closed().await, 4409);
    let mut eager = Socket::ready(&hub).await;
    eager.say(json!({ "type": "connection_init" })).await;
    assert_eq!(eager.closed().await, 4429);
    for message in [Message::text("no JSON"), Message::text(r#"{"type":"start"}"#), Message::binary(vec![1, 2])] {
        let mut socket = Socket::ready(&hub).await;
        socket.send(message).await;
        assert_eq!(socket.closed().await, 4400);
    }
    let mut large = Socket::ready(&hub).await;
    large.send(Message::text(" ".repeat(3_000))).await;
    assert_eq!(large.closed().await, 1009);
    assert_eq!(Socket::open(&hub).await.closed().await, 4408, "who says nothing at all");
    let other = Socket::open_as(&hub, None, None).await.expect("a connection");
    assert_eq!(other.closed().await, 4406, "who names no protocol is told which");
}

#[tokio::test]
async fn a_silent_connection_is_asked_and_then_closed() {
    let hub = quiet(&[("SUBSCRIPTIONS__HEARTBEAT_SECONDS", "1")]).await;
    let mut socket = Socket::ready(&hub).await;
    let ping = socket.0.next().await.expect("open").expect("a frame").into_text().expect("a text");
    assert_eq!(ping.as_str(), r#"{"type":"ping"}"#);
    socket.say(json!({ "type": "pong" })).await;
    assert_eq!(socket.closed().await, 4408, "it answered once, and not again");
}

#[tokio::test]
async fn a_new_reading_and_what_it_changed_are_told_over_both_transports() {
    let renamed = Arc::new(AtomicBool::new(false));
    let (hub, _played) = reading_anew(&renamed).await;
    let mut socket = Socket::ready(&hub).await;
    socket.subscribe("source", REFRESHED).await;
    let told = loop {
        hub.ask("{ hub { name } }").await;
        let heard = tokio::time::timeout(std::time::Duration::from_millis(200), socket.hear()).await;
        if let Ok(told) = heard {
            break told;
        }
    };
    assert_eq!(told["payload"]["data"]["sourceRefreshed"]["id"], "eib-projects", "{told}");
    assert_eq!(told["payload"]["data"]["sourceRefreshed"]["partner"], json!({ "id": "eib" }));
    socket.say(json!({ "id": "source", "type": "complete" })).await;
    // From here on every reading is of the partner's own answers: the next difference is the partner's.
    socket.subscribe("change", CHANGED).await;
    socket.subscribe("done", "{ hub { name } }").await;
    while socket.hear().await != json!({ "id": "done", "type": "complete" }) {}
    let mut events = Events::open(&hub, CHANGED).await;
    renamed.store(true, Ordering::Release);
    let changed = loop {
        hub.ask("{ hub { version } }").await;
        if let Ok(told) = tokio::time::timeout(std::time::Duration::from_millis(200), socket.hear()).await {
            break told;
        }
    };
    let change = &changed["payload"]["data"]["projectChanged"];
    assert_eq!((&changed["id"], &change["kind"]), (&json!("change"), &json!("TEXT_CHANGED")), "{changed}");
    assert_eq!(change["field"], "titles");
    assert!(change["before"].as_str().is_some_and(|text| text.contains("(UMIP)")), "{change}");
    assert!(change["after"].as_str().is_some_and(|text| text.contains("(renamed)")), "{change}");
    assert_eq!(change["project"]["title"], change["after"]);
    let (kind, data) = events.next().await;
    assert_eq!(kind, "next");
    assert_eq!(data["data"]["projectChanged"]["project"]["id"], change["project"]["id"]);
}

#[tokio::test]
async fn connections_and_operations_are_limited_for_each_client() {
    let hub = quiet(&[
        ("LOAD__TRUSTED_PROXIES", "1"),
        ("SUBSCRIPTIONS__MAX_CONNECTIONS_PER_CLIENT", "2"),
        ("SUBSCRIPTIONS__MAX_OPERATIONS", "1"),
    ])
    .await;
    let open = |client: &'static str| Socket::open_as(&hub, Some(PROTOCOL), Some(client));
    let (first, mut second) = (open("203.0.113.7").await, open("203.0.113.7").await.expect("a second"));
    assert!(first.is_ok());
    assert_eq!(open("203.0.113.7").await.err(), Some(429));
    assert!(open("203.0.113.8").await.is_ok(), "others are not concerned");
    second.say(json!({ "type": "connection_init" })).await;
    second.hear().await;
    second.subscribe("1", REFRESHED).await;
    second.subscribe("2", REFRESHED).await;
    let refused = second.hear().await;
    assert_eq!((&refused["id"], &refused["type"]), (&json!("2"), &json!("error")));
    assert_eq!(refused["payload"][0]["extensions"]["code"], "TOO_MANY_OPERATIONS");
    second.say(json!({ "id": "1", "type": "complete" })).await;
    second.subscribe("2", "{ hub { name } }").await;
    assert_eq!(second.hear().await["type"], "next", "a place is free again");
}

/// A stream of server-sent events, read line by line.
struct Events {
    answer: reqwest::Response,
    text: String,
}

impl Events {
    async fn open(hub: &Hub, query: &str) -> Self {
        let request = hub.client.post(format!("{}/graphql/stream", hub.address)).header("accept", "text/event-stream");
        let request = request.header("content-type", "application/json").body(json!({ "query": query }).to_string());
        let answer = request.send().await.expect("the hub answers");
        assert_eq!(answer.status(), 200);
        assert!(answer.headers()["content-type"].to_str().is_ok_and(|kind| kind.starts_with("text/event-stream")));
        let mut events = Self { answer, text: String::new() };
        // The comment that opens the stream: from here on nothing is missed.
        assert_eq!(events.block().await.as_deref(), Some(":"));
        events
    }

    async fn block(&mut self) -> Option<String> {
        loop {
            if let Some((block, rest)) = self.text.split_once("\n\n") {
                let (block, rest) = (block.to_owned(), rest.to_owned());
                self.text = rest;
                return Some(block);
            }
            let piece = self.answer.chunk().await.expect("bytes")?;
            self.text.push_str(&String::from_utf8_lossy(&piece));
        }
    }

    /// The next event with its data.
    async fn next(&mut self) -> (String, Value) {
        loop {
            let block = self.block().await.expect("an open stream");
            let Some(rest) = block.strip_prefix("event: ") else { continue };
            let (kind, data) = rest.split_once("\ndata: ").expect("an event with data");
            return (kind.to_owned(), serde_json::from_str(data).unwrap_or(Value::Null));
        }
    }
}

#[tokio::test]
async fn events_answer_queries_and_say_why_something_is_refused() {
    let hub = quiet(&[]).await;
    let mut events = Events::open(&hub, "{ hub { name } }").await;
    assert_eq!(
        events.next().await,
        (
            "next".to_owned(),
            json!({ "data": { "hub": { "name": "Alliance Hub" } },
        "extensions": hub.ask("{ hub { name } }").await["extensions"] })
        )
    );
    assert_eq!(events.next().await.0, "complete");
    assert_eq!(events.block().await, None, "the stream ends");
    let mut refused = Events::open(&hub, "subscription { nothing }").await;
    let (kind, data) = refused.next().await;
    assert_eq!((kind.as_str(), data.get("data")), ("next", None));
    assert_eq!(data["errors"][0]["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED");
    assert_eq!(refused.next().await.0, "complete");
    let plain = hub.client.get(format!("{}/graphql/stream?query=%7Bhub%7Bname%7D%7D", hub.address));
    let plain = plain.header("accept", "application/json").send().await.expect("an answer");
    assert_eq!(plain.status(), 406);
}

#[tokio::test]
async fn a_hub_that_stops_lets_those_go_who_wait_for_news() {
    let hub = quiet(&[]).await;
    let mut socket = Socket::ready(&hub).await;
    socket.subscribe("1", REFRESHED).await;
    let mut events = Events::open(&hub, REFRESHED).await;
    hub.terminate();
    assert_eq!(socket.closed().await, 1001);
    assert_eq!(events.next().await.0, "complete");
    assert_eq!(hub.ended().await, Some(0));
}
