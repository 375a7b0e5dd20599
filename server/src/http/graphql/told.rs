//! Operations that came by a connection that stays open: what each tells, one after the other.

use std::sync::Arc;

use apollo_compiler::executable::OperationType;
use bytes::Bytes;
use futures_util::StreamExt as _;
use futures_util::stream::{self, BoxStream};
use poem::http::{Method, header};
use serde_json::{Map, Value, json};

use super::media::MediaType;
use super::request::{Asked, Fault, Question};
use super::{GraphqlEndpoint, Prepared, not_let_in};
use crate::access::Caller;
use crate::answers::{Answer, Outcome};
use crate::graph::guard::Asker;

/// One of the things that an operation tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::http) enum Told {
    /// An answer, as JSON.
    Next(Bytes),
    /// Why nothing was begun: a list of errors, as JSON. Nothing follows.
    Refused(Bytes),
}

impl GraphqlEndpoint {
    /// What an operation of these parameters tells: a query its answer, a subscription what comes. Who speaks by messages
    /// shows no token, and is anybody.
    pub(in crate::http) async fn tell(self: Arc<Self>, parameters: Map<String, Value>) -> BoxStream<'static, Told> {
        match Question::of_parameters(parameters) {
            Ok(question) => {
                let asker = Asker { caller: Caller::public(), address: None, changes: Arc::clone(&self.changes) };
                self.tell_question(question, asker).await
            }
            Err(fault) => refused(fault.code(), &fault.to_string()),
        }
    }

    /// What an operation tells that came by a request of its own.
    ///
    /// # Errors
    /// The response to a request that is none by its form.
    pub(in crate::http) async fn tell_request(
        self: Arc<Self>,
        request: &mut poem::Request,
    ) -> Result<BoxStream<'static, Told>, poem::Response> {
        let peer = request.remote_addr().as_socket_addr().map(std::net::SocketAddr::ip);
        let asker = self.asker(request.headers(), peer).await;
        let asker = asker.map_err(|fault| not_let_in(&fault, MediaType::Json))?;
        let question = match *request.method() {
            Method::GET => Question::of_get(request.uri().query().unwrap_or_default()),
            Method::POST if request.headers().contains_key(header::CONTENT_ENCODING) => Err(Fault::UnsupportedEncoding),
            Method::POST => match request.take_body().into_bytes().await {
                Ok(body) => match Question::of_post(request.content_type(), &body, 0) {
                    Ok(Asked::One(question)) => Ok(question),
                    Ok(Asked::Batch(_)) => Err(Fault::Batch),
                    Err(fault) => Err(fault),
                },
                Err(_) => Err(Fault::Malformed("The body ended early.")),
            },
            _ => Err(Fault::MethodNotAllowed),
        };
        match question {
            Ok(question) => Ok(self.tell_question(question, asker).await),
            Err(fault) => Err(fault.response(MediaType::Json, self.settings.http.statuses)),
        }
    }

    async fn tell_question(&self, question: Question, asker: Asker) -> BoxStream<'static, Told> {
        let prepared = match self.prepare(question) {
            Ok(prepared) => prepared,
            Err(answer) => return one(told(answer)),
        };
        match prepared.operation_type() {
            Some(OperationType::Mutation) => refused(
                "MUTATION_OVER_STREAM",
                "Mutations are not taken over a connection that stays open; send this one by POST to /graphql.",
            ),
            Some(OperationType::Subscription) => self.subscribe(&prepared, asker),
            _ => one(told(self.answer(prepared, &asker).await)),
        }
    }

    fn subscribe(&self, Prepared { question, document, .. }: &Prepared, asker: Asker) -> BoxStream<'static, Told> {
        match self.documents.admit(document, question.operation_name.as_deref(), &question.variables) {
            Ok(admitted) => self.executor.subscribe(&self.hub, admitted, asker).map(told).boxed(),
            Err(refusal) => one(Told::Refused(written(&json!(refusal.reasons)))),
        }
    }
}

/// An answer that was worked out is told; one that was not is why.
fn told(answer: Answer) -> Told {
    match answer.outcome {
        Outcome::Complete | Outcome::Partial => Told::Next(answer.body),
        _ => {
            let answer: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
            Told::Refused(written(&answer["errors"]))
        }
    }
}

fn one(told: Told) -> BoxStream<'static, Told> {
    stream::iter([told]).boxed()
}

fn refused(code: &str, message: &str) -> BoxStream<'static, Told> {
    one(Told::Refused(written(&json!([{ "message": message, "extensions": { "code": code } }]))))
}

fn written(errors: &Value) -> Bytes {
    errors.to_string().into()
}
