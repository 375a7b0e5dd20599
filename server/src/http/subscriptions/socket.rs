//! One WebSocket, from its opening to its end.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::stream::{self, AbortHandle, BoxStream, SelectAll};
use futures_util::{FutureExt as _, SinkExt as _, StreamExt as _};
use poem::web::websocket::{CloseCode, Message, WebSocketStream};
use serde_json::{Map, Value, json};

use super::Subscriptions;
use super::admission::Place;
use super::message::{self, Close, Protocol, Step};
use crate::http::graphql::Told;

/// What an operation tells: its id and number, and the next of its messages; `None` once it has ended.
type Event = (String, u64, Option<Told>);

type Timer = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Why a connection ends without a word: the other side has gone, or takes nothing any more.
struct Gone;

/// Serves a connection to its end.
pub(super) async fn serve(subscriptions: Arc<Subscriptions>, socket: WebSocketStream, spoken: bool, place: Place) {
    // Held to the end: a hub that stops waits for the closing frame to be sent.
    let held = subscriptions.graphql.hub().news().closed();
    let mut connection = Connection::new(subscriptions, socket);
    let close = if spoken { connection.run().await } else { Ok(Close::OtherProtocol) };
    if let Ok(close) = close {
        tracing::debug!(code = close.code(), reason = close.reason(), "a connection is closed");
        let frame = Message::Close(Some((CloseCode::from(close.code()), close.reason())));
        // Whether it still arrives makes no difference.
        drop(connection.send(frame).await);
    }
    drop((held, place));
}

struct Connection {
    subscriptions: Arc<Subscriptions>,
    socket: WebSocketStream,
    protocol: Protocol,
    operations: SelectAll<BoxStream<'static, Event>>,
    handles: HashMap<u64, AbortHandle>,
    /// Whether the client has said anything since the last ping.
    heard: bool,
}

impl Connection {
    fn new(subscriptions: Arc<Subscriptions>, socket: WebSocketStream) -> Self {
        let protocol = Protocol::new(subscriptions.limits.max_operations);
        let operations = SelectAll::new();
        Self { subscriptions, socket, protocol, operations, handles: HashMap::new(), heard: true }
    }

    fn timer(&self, wait: Duration) -> Timer {
        let clock = Arc::clone(self.subscriptions.graphql.hub().clock());
        Box::pin(async move { clock.sleep(wait).await })
    }

    /// Runs until there is a reason to close.
    async fn run(&mut self) -> Result<Close, Gone> {
        let mut closed = Box::pin(self.subscriptions.graphql.hub().news().closed());
        let mut patience = self.timer(Duration::from_millis(self.subscriptions.limits.init_timeout_ms));
        let mut heartbeat = self.timer(self.subscriptions.heartbeat());
        loop {
            let step = tokio::select! {
                message = self.socket.next() => self.take(message).await?,
                Some(event) = self.operations.next() => self.tell(event).await?,
                () = &mut patience, if !self.protocol.is_initialised() => Some(Close::InitTimeout),
                () = &mut heartbeat => {
                    heartbeat = self.timer(self.subscriptions.heartbeat());
                    self.ping().await?
                }
                () = &mut closed => Some(Close::Away),
            };
            if let Some(close) = step {
                return Ok(close);
            }
        }
    }

    /// Takes what the client sends.
    async fn take(&mut self, message: Option<std::io::Result<Message>>) -> Result<Option<Close>, Gone> {
        let text = match message {
            Some(Ok(Message::Text(text))) => text,
            Some(Ok(Message::Binary(_))) => return Ok(Some(Close::BadRequest("messages are texts".to_owned()))),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => {
                self.heard = true;
                return Ok(None);
            }
            // Larger than it may be: that is the one fault of the transport that the client can mend.
            Some(Err(error)) if error.to_string().contains("too long") => return Ok(Some(Close::TooLarge)),
            Some(Ok(Message::Close(_)) | Err(_)) | None => return Err(Gone),
        };
        self.heard = true;
        match self.protocol.receive(&text) {
            Err(close) => return Ok(Some(close)),
            Ok(Step::Nothing) => {}
            Ok(Step::Acknowledge) => self.say(message::plain("connection_ack", None)).await?,
            Ok(Step::Pong(payload)) => self.say(message::plain("pong", payload)).await?,
            Ok(Step::Begin { id, number, parameters }) => self.begin(id, number, parameters),
            Ok(Step::End { number }) => self.end(number),
            Ok(Step::TooMany { id }) => self.say(self.too_many(&id)).await?,
        }
        Ok(None)
    }

    fn begin(&mut self, id: String, number: u64, parameters: Map<String, Value>) {
        let graphql = Arc::clone(&self.subscriptions.graphql);
        let told = async move { graphql.tell(parameters).await }.flatten_stream().map(Some);
        let events = told.chain(stream::iter([None])).map(move |told| (id.clone(), number, told));
        // Nothing of it is worked out any more once it is aborted.
        let (events, handle) = stream::abortable(events);
        self.handles.insert(number, handle);
        self.operations.push(events.boxed());
    }

    fn end(&mut self, number: Option<u64>) {
        if let Some(handle) = number.and_then(|number| self.handles.remove(&number)) {
            handle.abort();
        }
    }

    /// Passes on what an operation tells.
    async fn tell(&mut self, (id, number, told): Event) -> Result<Option<Close>, Gone> {
        if !self.protocol.runs(&id, number) {
            return Ok(None);
        }
        let text = match &told {
            Some(Told::Next(body)) => message::of(&id, "next", Some(body)),
            Some(Told::Refused(errors)) => message::of(&id, "error", Some(errors)),
            None => message::of(&id, "complete", None),
        };
        if !matches!(told, Some(Told::Next(_))) {
            self.protocol.ended(&id);
            self.end(Some(number));
        }
        self.say(text).await?;
        Ok(None)
    }

    async fn ping(&mut self) -> Result<Option<Close>, Gone> {
        if !std::mem::replace(&mut self.heard, false) {
            return Ok(Some(Close::Silent));
        }
        self.say(message::plain("ping", None)).await?;
        Ok(None)
    }

    fn too_many(&self, id: &str) -> String {
        let most = self.subscriptions.limits.max_operations;
        let message =
            format!("This connection runs {most} operations, and may run no more (`subscriptions.max_operations`).");
        let errors = json!([{ "message": message, "extensions": { "code": "TOO_MANY_OPERATIONS" } }]).to_string();
        message::of(id, "error", Some(errors.as_bytes()))
    }

    async fn say(&mut self, text: String) -> Result<(), Gone> {
        self.send(Message::Text(text)).await
    }

    /// Sends a message, and waits until the client's side has room for it.
    async fn send(&mut self, message: Message) -> Result<(), Gone> {
        let patience = self.timer(Duration::from_secs(self.subscriptions.limits.send_timeout_seconds));
        tokio::select! {
            sent = self.socket.send(message) => sent.map_err(|_| Gone),
            () = patience => {
                tracing::debug!("a client takes nothing any more; its connection is dropped");
                Err(Gone)
            }
        }
    }
}
