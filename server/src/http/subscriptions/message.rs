//! The messages of `graphql-transport-ws`, and what each means for a connection: without input, output or a clock.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

/// The name of the protocol, as it stands in `Sec-WebSocket-Protocol`.
pub(super) const PROTOCOL: &str = "graphql-transport-ws";
/// The longest reason that fits into a closing frame beside its code, in bytes.
const LONGEST_REASON: usize = 120;
/// The longest id that an operation may have, in bytes: it is sent along with each of its messages.
const LONGEST_ID: usize = 256;

/// Why a connection is closed by the hub; the protocol gives each its code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Close {
    #[error("Invalid message: {0}")]
    BadRequest(String),
    #[error("Unauthorized: send `connection_init` first and wait for `connection_ack`")]
    Unauthorized,
    #[error("Subprotocol not acceptable: speak {PROTOCOL}")]
    OtherProtocol,
    #[error("Connection initialisation timeout")]
    InitTimeout,
    #[error("No answer to a ping")]
    Silent,
    #[error("Subscriber for {0} already exists")]
    SubscriberExists(String),
    #[error("Too many initialisation requests")]
    TooManyInits,
    #[error("Message too large")]
    TooLarge,
    #[error("The hub is going away; connect again in a moment")]
    Away,
}

impl Close {
    /// The code of the closing frame.
    pub(super) fn code(&self) -> u16 {
        match self {
            Self::Away => 1001,
            Self::TooLarge => 1009,
            Self::BadRequest(_) => 4400,
            Self::Unauthorized => 4401,
            Self::OtherProtocol => 4406,
            Self::InitTimeout | Self::Silent => 4408,
            Self::SubscriberExists(_) => 4409,
            Self::TooManyInits => 4429,
        }
    }

    /// The reason, cut to what a closing frame may hold: clients refuse a longer one.
    pub(super) fn reason(&self) -> String {
        let mut reason = self.to_string();
        let fits = (0..=LONGEST_REASON.min(reason.len())).rev().find(|end| reason.is_char_boundary(*end));
        reason.truncate(fits.unwrap_or_default());
        reason
    }
}

/// What a message asks of the hub.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    /// Say that the connection is open.
    Acknowledge,
    /// Answer a ping, with what it brought.
    Pong(Option<Value>),
    /// Begin an operation of this number.
    Begin { id: String, number: u64, parameters: Map<String, Value> },
    /// Refuse an operation: the connection has as many as it may have.
    TooMany { id: String },
    /// End an operation of this number, if it still runs.
    End { number: Option<u64> },
    /// Nothing.
    Nothing,
}

/// Where a connection stands.
#[derive(Debug)]
pub(super) struct Protocol {
    initialised: bool,
    running: HashMap<String, u64>,
    next: u64,
    most: usize,
}

impl Protocol {
    /// A connection that has just been opened, and may run so many operations at once.
    pub(super) fn new(most: usize) -> Self {
        Self { initialised: false, running: HashMap::new(), next: 0, most }
    }

    /// Whether the client has said that it begins.
    pub(super) fn is_initialised(&self) -> bool {
        self.initialised
    }

    /// Whether the operation of this id and number still runs: a message of one that has ended is not sent.
    pub(super) fn runs(&self, id: &str, number: u64) -> bool {
        self.running.get(id) == Some(&number)
    }

    /// An operation has ended by itself.
    pub(super) fn ended(&mut self, id: &str) {
        self.running.remove(id);
    }

    /// Takes a message of the client.
    pub(super) fn receive(&mut self, text: &str) -> Result<Step, Close> {
        let invalid = |what: &str| Close::BadRequest(what.to_owned());
        let message: Value = serde_json::from_str(text).map_err(|_| invalid("not JSON"))?;
        let Value::Object(mut message) = message else { return Err(invalid("not an object")) };
        let payload = message.remove("payload");
        match message.get("type").and_then(Value::as_str) {
            Some("connection_init") => {
                object_or_nothing(payload.as_ref())?;
                if std::mem::replace(&mut self.initialised, true) {
                    return Err(Close::TooManyInits);
                }
                Ok(Step::Acknowledge)
            }
            Some("ping") => object_or_nothing(payload.as_ref()).map(|()| Step::Pong(payload)),
            Some("pong") => object_or_nothing(payload.as_ref()).map(|()| Step::Nothing),
            Some("subscribe") => {
                let id = id_of(&message)?;
                let Some(Value::Object(parameters)) = payload else { return Err(invalid("`payload` of `subscribe`")) };
                if !parameters.get("query").is_some_and(Value::is_string) && !parameters.contains_key("extensions") {
                    return Err(invalid("`payload.query` is missing"));
                }
                self.subscribe(id, parameters)
            }
            Some("complete") => {
                let id = id_of(&message)?;
                Ok(Step::End { number: self.running.remove(&id) })
            }
            Some(other) => Err(Close::BadRequest(format!("no type `{other}`"))),
            None => Err(invalid("`type` is missing")),
        }
    }

    fn subscribe(&mut self, id: String, parameters: Map<String, Value>) -> Result<Step, Close> {
        if !self.initialised {
            return Err(Close::Unauthorized);
        }
        if self.running.contains_key(&id) {
            return Err(Close::SubscriberExists(id));
        }
        if self.running.len() >= self.most {
            return Ok(Step::TooMany { id });
        }
        self.next += 1;
        self.running.insert(id.clone(), self.next);
        Ok(Step::Begin { id, number: self.next, parameters })
    }
}

fn object_or_nothing(payload: Option<&Value>) -> Result<(), Close> {
    match payload {
        None | Some(Value::Null | Value::Object(_)) => Ok(()),
        Some(_) => Err(Close::BadRequest("`payload` has to be an object".to_owned())),
    }
}

fn id_of(message: &Map<String, Value>) -> Result<String, Close> {
    match message.get("id").and_then(Value::as_str) {
        Some(id) if !id.is_empty() && id.len() <= LONGEST_ID => Ok(id.to_owned()),
        _ => Err(Close::BadRequest("`id` has to be a text of 1 to 256 bytes".to_owned())),
    }
}

/// A message of the hub without an operation.
pub(super) fn plain(kind: &str, payload: Option<Value>) -> String {
    match payload {
        Some(payload) => json!({ "type": kind, "payload": payload }).to_string(),
        None => json!({ "type": kind }).to_string(),
    }
}

/// A message of an operation; the payload is JSON already, and put in as it is.
pub(super) fn of(id: &str, kind: &str, payload: Option<&[u8]>) -> String {
    let mut text = json!({ "id": id, "type": kind }).to_string();
    if let Some(payload) = payload {
        text.pop();
        text.push_str(",\"payload\":");
        text.push_str(&String::from_utf8_lossy(payload));
        text.push('}');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const INIT: &str = r#"{"type":"connection_init"}"#;

    fn subscribe(id: &str) -> String {
        json!({ "id": id, "type": "subscribe", "payload": { "query": "{ hub { name } }" } }).to_string()
    }

    /// The code with which a connection is closed on the last of some messages.
    #[track_caller]
    fn check(messages: &[&str], code: u16) {
        let mut protocol = Protocol::new(2);
        let (last, before) = messages.split_last().unwrap();
        for message in before {
            protocol.receive(message).unwrap();
        }
        let close = protocol.receive(last).unwrap_err();
        assert_eq!(close.code(), code, "{close}");
        assert!(close.reason().len() <= LONGEST_REASON);
    }

    #[test]
    fn what_the_protocol_does_not_know_closes_with_4400() {
        let long = format!(r#"{{"type":"{}"}}"#, "ї".repeat(500));
        for message in [
            "",
            "no JSON",
            "[]",
            "1",
            "{}",
            r#"{"type":1}"#,
            r#"{"type":"start"}"#,
            &long,
            r#"{"type":"ping","payload":1}"#,
            r#"{"type":"connection_init","payload":[]}"#,
        ] {
            check(&[message], 4400);
        }
        for message in [
            r#"{"type":"subscribe"}"#,
            r#"{"type":"subscribe","id":"","payload":{"query":"{a}"}}"#,
            r#"{"type":"subscribe","id":7,"payload":{"query":"{a}"}}"#,
            r#"{"type":"subscribe","id":"1"}"#,
            r#"{"type":"subscribe","id":"1","payload":{}}"#,
            r#"{"type":"complete"}"#,
            r#"{"type":"next","id":"1","payload":{}}"#,
        ] {
            check(&[INIT, message], 4400);
        }
    }

    #[test]
    fn order_and_number_of_messages_have_codes_of_their_own() {
        check(&[&subscribe("1")], 4401);
        check(&[INIT, INIT], 4429);
        check(&[INIT, &subscribe("1"), &subscribe("1")], 4409);
        let codes = [Close::OtherProtocol, Close::InitTimeout, Close::Silent, Close::TooLarge, Close::Away];
        assert_eq!(codes.map(|close| close.code()), [4406, 4408, 4408, 1009, 1001]);
    }

    #[test]
    fn an_id_is_free_again_once_its_operation_has_ended() {
        let mut protocol = Protocol::new(2);
        assert_eq!(protocol.receive(INIT), Ok(Step::Acknowledge));
        assert!(matches!(protocol.receive(&subscribe("1")), Ok(Step::Begin { number: 1, .. })));
        assert!(matches!(protocol.receive(&subscribe("2")), Ok(Step::Begin { number: 2, .. })));
        assert_eq!(protocol.receive(&subscribe("3")), Ok(Step::TooMany { id: "3".to_owned() }));
        assert_eq!(protocol.receive(r#"{"type":"complete","id":"1"}"#), Ok(Step::End { number: Some(1) }));
        assert_eq!(protocol.receive(r#"{"type":"complete","id":"1"}"#), Ok(Step::End { number: None }));
        assert!(matches!(protocol.receive(&subscribe("1")), Ok(Step::Begin { number: 3, .. })));
        assert!(!protocol.runs("1", 1) && protocol.runs("1", 3) && protocol.runs("2", 2));
        protocol.ended("2");
        assert!(!protocol.runs("2", 2));
    }

    #[test]
    fn pings_are_answered_with_what_they_brought_even_before_the_beginning() {
        let mut protocol = Protocol::new(1);
        assert_eq!(protocol.receive(r#"{"type":"ping"}"#), Ok(Step::Pong(None)));
        assert_eq!(protocol.receive(r#"{"type":"ping","payload":{"a":1}}"#), Ok(Step::Pong(Some(json!({ "a": 1 })))));
        assert_eq!(protocol.receive(r#"{"type":"pong"}"#), Ok(Step::Nothing));
        assert_eq!(of("a\"b", "next", Some(b"{\"data\":1}")), r#"{"id":"a\"b","type":"next","payload":{"data":1}}"#);
    }
}
