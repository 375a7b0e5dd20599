//! Executes a question on the hub's current view.

use async_graphql::{Name, Request, Response, Value};
use bytes::Bytes;
use chrono::SecondsFormat;
use serde_json::json;

use super::request::Question;
use crate::answers::Answer;
use crate::graph::HubSchema;
use crate::harvest::SourceState;
use crate::hub::Hub;
use crate::view::View;

pub(super) async fn run(schema: &HubSchema, hub: &Hub, question: Question) -> Answer {
    let view = hub.view();
    let sources = not_fresh(&view);
    let mut request = Request::new(&question.query).variables(question.graphql_variables()).data(view);
    if let Some(name) = &question.operation_name {
        request = request.operation_name(name);
    }
    let mut response = schema.execute(request).await;
    let refused = was_refused(&response);
    if let Some(sources) = sources.filter(|_| !refused) {
        response.extensions.insert("sources".to_owned(), sources);
    }
    let keep = response.errors.is_empty();
    let body =
        if refused { serde_json::to_vec(&json!({ "errors": response.errors })) } else { serde_json::to_vec(&response) };
    match body {
        Ok(body) => Answer { body: Bytes::from(body), keep, refused },
        Err(error) => {
            tracing::error!(%error, "an answer could not be written as JSON");
            let body =
                r#"{"errors":[{"message":"The answer could not be written.","extensions":{"code":"INTERNAL"}}]}"#;
            Answer { body: Bytes::from_static(body.as_bytes()), keep: false, refused: true }
        }
    }
}

/// Whether nothing was executed: a fault of syntax, validation, limits or variables has no path, a field's fault has one.
fn was_refused(response: &Response) -> bool {
    let at_a_field = response.errors.iter().any(|error| !error.path.is_empty());
    response.data == Value::Null && !response.errors.is_empty() && !at_a_field
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
