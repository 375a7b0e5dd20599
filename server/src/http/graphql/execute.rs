//! Executes an admitted question on the hub's current view.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::{Name, Request, Response, ServerError, Value};
use bytes::Bytes;
use chrono::SecondsFormat;
use futures_util::stream::BoxStream;
use futures_util::{FutureExt as _, StreamExt as _};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::caching;
use crate::answers::{Answer, Encoded, Lasting, Outcome};
use crate::config::GraphqlConfig;
use crate::graph::complete::complete;
use crate::graph::documents::{Admitted, Refusal, Step};
use crate::graph::error::{HubFault, INTERNAL};
use crate::graph::guard::Asker;
use crate::graph::hints::stands_on;
use crate::graph::projection::{Projection, to_json, written};
use crate::graph::{HubSchema, careful_schema, panics, schema};
use crate::harvest::SourceState;
use crate::http::executions::{Executions, Full};
use crate::hub::Hub;
use crate::view::View;

/// What a query may cost to be worked out where its request is read; larger ones get a thread of their own, so that they
/// hold up nobody.
const COST_IN_PLACE: u64 = 2_000;

/// The same for an answer that is written without the library: each part of it costs a tenth.
const WRITTEN_IN_PLACE: u64 = 25_000;

/// Executes questions.
pub(super) struct Executor {
    schema: HubSchema,
    careful: HubSchema,
    executions: Executions,
    longest: Duration,
}

/// How an execution ended without a response.
enum Stopped {
    Panicked,
    TooLong,
}

impl Executor {
    pub(super) fn new(limits: &GraphqlConfig, executions: Executions) -> Self {
        let longest = Duration::from_millis(limits.max_execution_ms);
        Self { schema: schema(limits), careful: careful_schema(limits), executions, longest }
    }

    /// The schema.
    pub(super) fn schema(&self) -> &HubSchema {
        &self.schema
    }

    /// Works out an admitted question.
    pub(super) async fn run(&self, hub: &Hub, admitted: Admitted, asker: Asker) -> Answer {
        let mut permit = match self.executions.enter().await {
            Ok(permit) => permit,
            Err(Full) => return full("OVERLOADED", "The hub has no room for this question now."),
        };
        let view = hub.view();
        tracing::debug!(
            cost = admitted.cost,
            operation = admitted.operation.name.as_deref(),
            "a question is worked out"
        );
        let sources = not_fresh(&view);
        let lasting = caching::lasting(stands_on(&admitted.operation, admitted.document.checked()), &view);
        let admitted = Arc::new(admitted);
        if admitted.operation.is_query() {
            let written = if admitted.cost <= WRITTEN_IN_PLACE {
                write(&view, &admitted, sources.as_ref())
            } else {
                let (view, admitted, sources) = (view.clone(), Arc::clone(&admitted), sources.clone());
                let cost = admitted.cost;
                // The place is free when the work has ended, not when the asker has gone.
                let writing = tokio::task::spawn_blocking(move || (write(&view, &admitted, sources.as_ref()), permit));
                match tokio::time::timeout(self.longest, writing).await {
                    Ok(Ok((written, held))) => {
                        permit = held;
                        written
                    }
                    Ok(Err(_)) => return broken(),
                    Err(_) => return too_long(cost),
                }
            };
            if let Some(body) = written {
                return Answer { lasting, ..answer(body, true, Outcome::Complete) };
            }
        }
        let in_place = admitted.cost <= COST_IN_PLACE;
        // In a box at once: what it holds is large, and would be moved again with each layer around it.
        let request_projected = request(&admitted, view.clone(), asker.clone()).data(Projection);
        let executing = Box::pin(execute(self.schema.clone(), request_projected));
        let ended = if in_place {
            let ended = tokio::time::timeout(self.longest, executing).await;
            drop(permit);
            ended.unwrap_or(Err(Stopped::TooLong))
        } else {
            let runtime = tokio::runtime::Handle::current();
            let working = tokio::task::spawn_blocking(move || {
                let ended = runtime.block_on(executing);
                drop(permit);
                ended
            });
            match tokio::time::timeout(self.longest, working).await {
                Ok(ended) => ended.unwrap_or(Err(Stopped::Panicked)),
                Err(_) => Err(Stopped::TooLong),
            }
        };
        let response = match ended {
            Ok(response) => response,
            Err(Stopped::TooLong) => return too_long(admitted.cost),
            // What was changed once is not changed again.
            Err(Stopped::Panicked) if !admitted.operation.is_query() => return broken(),
            // Field by field, so that no list falls with one of its items.
            Err(Stopped::Panicked) => match execute(self.careful.clone(), request(&admitted, view, asker)).await {
                Ok(response) => response,
                Err(_) => return broken(),
            },
        };
        Answer { lasting, ..finished(response, &admitted, sources) }
    }
}

impl Executor {
    /// What a subscription tells, one answer after the other. One that cannot begin is refused by its only answer.
    pub(super) fn subscribe(&self, hub: &Hub, admitted: Admitted, asker: Asker) -> BoxStream<'static, Answer> {
        let request = request(&admitted, hub.view(), asker).data(Arc::clone(hub.news()));
        let responses = AssertUnwindSafe(self.schema.execute_stream(request)).catch_unwind();
        let answers = responses.enumerate().map(move |(nth, response)| {
            let Ok(response) = response else {
                tracing::error!("a subscription stopped unexpectedly");
                return broken();
            };
            let began = nth > 0 || response.data != Value::Null || response.errors.is_empty();
            let answer = finished(response, &admitted, None);
            if began || answer.outcome != Outcome::Partial {
                answer
            } else {
                Answer { outcome: Outcome::Refused, ..answer }
            }
        });
        answers.boxed()
    }
}

/// The answer, where the library has no part in it.
fn write(view: &View, admitted: &Admitted, sources: Option<&Value>) -> Option<Bytes> {
    let variables = super::request::variables(&admitted.variables);
    let name = admitted.operation.name.as_deref();
    written(view, admitted.document.parsed(), name, &variables, sources)
}

async fn execute(schema: HubSchema, request: Request) -> Result<Response, Stopped> {
    AssertUnwindSafe(schema.execute(request)).catch_unwind().await.map_err(|panic| {
        tracing::error!(reason = panics::text(&*panic), "a question stopped unexpectedly");
        Stopped::Panicked
    })
}

fn request(admitted: &Admitted, view: View, asker: Asker) -> Request {
    let document = &admitted.document;
    let mut request = Request::new(document.text().as_ref())
        .variables(super::request::variables(&admitted.variables))
        .data(view)
        .data(asker);
    request.set_parsed_query(document.parsed().clone());
    match &admitted.operation.name {
        Some(name) => request.operation_name(name.as_str()),
        None => request,
    }
}

/// The answer of a response.
fn finished(mut response: Response, admitted: &Admitted, sources: Option<Value>) -> Answer {
    let at_a_field = response.errors.iter().any(|error| !error.path.is_empty());
    let executed = response.data != Value::Null || at_a_field || response.errors.is_empty();
    let broken = response.errors.iter_mut().fold(false, |broken, error| tell(error) | broken);
    if !executed {
        return serialized(&json!({ "errors": response.errors }), Outcome::Refused, false);
    }
    if admitted.document.is_written_anew() {
        response.errors.iter_mut().for_each(|error| error.locations.clear());
    }
    complete(&mut response, &admitted.operation, admitted.document.checked());
    if response.errors.is_empty() && response.data == Value::Null {
        // Every field was skipped, and the library makes null of an object without fields.
        response.data = Value::Object(Default::default());
    }
    let outcome = match (response.errors.is_empty(), &response.data) {
        (true, _) => Outcome::Complete,
        (false, Value::Null) if broken => Outcome::Broken,
        (false, _) => Outcome::Partial,
    };
    if let Some(sources) = sources {
        response.extensions.insert("sources".to_owned(), sources);
    }
    let keep = outcome == Outcome::Complete && admitted.operation.is_query();
    answer(Bytes::from(to_json(&response)), keep, outcome)
}

/// Gives an error its code. What is the hub's own fault goes into the log, and the caller is told an id that stands
/// there; `true` then.
fn tell(error: &mut ServerError) -> bool {
    let code = error.extensions.as_ref().and_then(|extensions| extensions.get("code")).cloned();
    if code.is_some_and(|code| code != Value::from(INTERNAL)) {
        return false;
    }
    let extensions = error.extensions.get_or_insert_default();
    // A value that one of the hub's own scalars does not read: its text is meant for the caller.
    if error.source.is_none() && is_about_input(&error.message) {
        extensions.set("code", "BAD_USER_INPUT");
        return false;
    }
    let id = Uuid::now_v7().to_string();
    let cause = error.source.as_deref().and_then(|source| source.downcast_ref::<HubFault>());
    let cause = cause.map_or_else(|| error.message.clone(), ToString::to_string);
    tracing::error!(error.id = id, cause, path = ?error.path, "a field failed on our side");
    error.message = format!("Something went wrong on our side. The log names it by the id {id}.");
    extensions.set("code", INTERNAL);
    extensions.set("id", id);
    true
}

fn is_about_input(message: &str) -> bool {
    ["Invalid value for argument", "Failed to parse "].iter().any(|beginning| message.starts_with(beginning))
}

/// The answer to a refused request. It has no `data`: nothing was executed.
pub(super) fn refused(refusal: &Refusal) -> Answer {
    let outcome = if refusal.step == Step::Syntax { Outcome::Unreadable } else { Outcome::Refused };
    refused_as(refusal, outcome)
}

/// The answer to a refused request that ends so.
pub(super) fn refused_as(refusal: &Refusal, outcome: Outcome) -> Answer {
    serialized(&json!({ "errors": refusal.reasons }), outcome, false)
}

/// The answers of a batch, whose own statuses are lost in it.
pub(super) fn batched(body: Bytes) -> Answer {
    answer(body, false, Outcome::Complete)
}

fn full(code: &'static str, message: &str) -> Answer {
    serialized(&json!({ "errors": Refusal::new(code, message.to_owned()).reasons }), Outcome::Full, false)
}

fn too_long(cost: u64) -> Answer {
    tracing::warn!(cost, "a question took too long");
    let message = "The question took too long (`graphql.max_execution_ms`). Ask for fewer fields or smaller pages.";
    full("EXECUTION_TIMEOUT", message)
}

fn broken() -> Answer {
    let id = Uuid::now_v7();
    tracing::error!(error.id = %id, "a question could not be answered at all");
    let message = format!("Something went wrong on our side. The log names it by the id {id}.");
    let error = json!({ "message": message, "extensions": { "code": INTERNAL, "id": id.to_string() } });
    serialized(&json!({ "errors": [error] }), Outcome::Broken, false)
}

fn serialized(response: &impl Serialize, outcome: Outcome, keep: bool) -> Answer {
    match serde_json::to_vec(response) {
        Ok(body) => answer(Bytes::from(body), keep, outcome),
        Err(error) => {
            tracing::error!(%error, "an answer could not be written as JSON");
            let body =
                r#"{"errors":[{"message":"The answer could not be written.","extensions":{"code":"INTERNAL"}}]}"#;
            answer(Bytes::from_static(body.as_bytes()), false, Outcome::Broken)
        }
    }
}

fn answer(body: Bytes, keep: bool, outcome: Outcome) -> Answer {
    Answer { body, keep, outcome, lasting: Lasting::Unknown, encoded: Encoded::default() }
}

/// The sources that are not fresh, for `extensions.sources`; `None` where all are.
fn not_fresh(view: &View) -> Option<Value> {
    let stale = view.sources.iter().filter(|source| source.state != SourceState::Fresh);
    let listed: Vec<Value> = stale
        .map(|source| {
            let at = source.status.retrieved_at.map(|at| at.to_rfc3339_opts(SecondsFormat::AutoSi, true));
            let state = async_graphql::Value::from(crate::graph::types::SourceState::from(source.state));
            let fields = [
                ("id", Value::String(source.feed.id.to_owned())),
                ("state", state),
                ("retrievedAt", at.map_or(Value::Null, Value::String)),
            ];
            Value::Object(fields.into_iter().map(|(name, value)| (Name::new(name), value)).collect())
        })
        .collect();
    (!listed.is_empty()).then_some(Value::List(listed))
}
