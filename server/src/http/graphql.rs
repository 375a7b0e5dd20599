//! `/graphql`: GraphQL over HTTP, by the specification of that name.
//!
//! 1. [`mod@request`]: what is asked, from a GET's query or a POST's body.
//! 2. [`mod@media`]: in which media type the caller wants the answer.
//! 3. [`mod@persisted`]: the document's text, where only its digest was sent.
//! 4. [`crate::graph::documents`]: the document, valid and within its limits.
//! 5. [`GraphqlEndpoint`]: answers from the cache, else executes on the current view ([`mod@execute`]).
//! 6. [`mod@told`]: the same for connections that stay open.
//! 7. [`mod@status`] and [`mod@caching`]: the status and the headers of the answer.

mod caching;
mod execute;
mod media;
mod persisted;
mod request;
mod status;
mod told;

#[cfg(test)]
mod tests;

use std::net::IpAddr;
use std::sync::Arc;

use apollo_compiler::executable::OperationType;
use bytes::Bytes;
use chrono::Utc;
use connectors::http::SystemClock;
use poem::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use poem::{Endpoint, Request, Response, Result};

use self::execute::Executor;
use self::media::MediaType;
use self::persisted::Persisted;
use self::request::{Asked, Fault, Question};
pub(super) use self::told::Told;
use super::executions::Executions;
use super::{clients, compression, guard};
use crate::access::{Access, AccessFault};
use crate::answers::{Answer, Answers, Key, Outcome, Rights, Sent};
use crate::changes::Changes;
use crate::config::Config;
use crate::graph::HubSchema;
use crate::graph::documents::{Document, Documents, Refusal};
use crate::graph::guard::Asker;
use crate::hub::Hub;

/// Answers GraphQL requests.
pub struct GraphqlEndpoint {
    hub: Arc<Hub>,
    documents: Arc<Documents>,
    persisted: Persisted,
    executor: Executor,
    answers: Answers,
    access: Access,
    changes: Arc<Changes>,
    settings: Settings,
}

/// What of the configuration is needed for each request.
struct Settings {
    http: crate::config::HttpConfig,
    retry_after: HeaderValue,
    max_variables_bytes: usize,
    max_batch: usize,
    trusted_proxies: usize,
}

/// A question whose document is valid.
struct Prepared {
    question: Question,
    document: Arc<Document>,
    key: Key,
}

impl Prepared {
    /// The type of the operation that is asked for; `None` where it cannot be told which one is.
    fn operation_type(&self) -> Option<OperationType> {
        self.document.operation_type(self.question.operation_name.as_deref()).ok()
    }
}

impl GraphqlEndpoint {
    /// An endpoint over a hub, with a cache of finished answers.
    ///
    /// # Errors
    /// Where trusted documents cannot be read, or the issuer of tokens has no address.
    pub fn open(config: &Config, changes: Arc<Changes>) -> anyhow::Result<Self> {
        let hub = Arc::clone(changes.hub());
        let access = Access::new(&config.auth, hub.database().clone(), Arc::new(SystemClock))?;
        let executor = Executor::new(&config.graphql, Executions::new(&config.load));
        let documents = Documents::new(&executor.schema().sdl(), &config.graphql, &config.documents)?;
        let settings = Settings {
            http: config.http.clone(),
            retry_after: HeaderValue::from(config.load.retry_after_seconds),
            max_variables_bytes: config.graphql.max_variables_bytes,
            max_batch: config.graphql.max_batch,
            trusted_proxies: config.load.trusted_proxies,
        };
        let (documents, persisted) = (Arc::new(documents), Persisted::open(&config.documents)?);
        let answers = Answers::new(&config.answers);
        Ok(Self { hub, documents, persisted, executor, answers, access, changes, settings })
    }

    /// The hub that it answers from.
    #[must_use]
    pub fn hub(&self) -> &Arc<Hub> {
        &self.hub
    }

    /// The schema that it executes on.
    #[must_use]
    pub fn schema(&self) -> &HubSchema {
        self.executor.schema()
    }

    /// The documents that it has read. What comes by another way than HTTP is admitted by them, too.
    #[must_use]
    pub fn documents(&self) -> &Arc<Documents> {
        &self.documents
    }

    /// Who sent a request, by its headers.
    async fn asker(&self, headers: &HeaderMap, peer: Option<IpAddr>) -> std::result::Result<Asker, AccessFault> {
        let authorization = headers.get(header::AUTHORIZATION).map(|value| value.to_str().unwrap_or_default());
        let caller = self.access.caller(authorization).await?;
        let address = clients::address_of(peer, headers, self.settings.trusted_proxies).map(clients::network);
        Ok(Asker { caller, address, changes: Arc::clone(&self.changes) })
    }

    /// Reads a question's document. It is refused here before anything else is done for it.
    fn prepare(&self, question: Question) -> std::result::Result<Prepared, Answer> {
        let variables = question.canonical_variables();
        let most = self.settings.max_variables_bytes;
        if variables.len() > most {
            let message = format!("The variables are larger than {most} bytes (`graphql.max_variables_bytes`).");
            return Err(execute::refused(&Refusal::new("VARIABLES_TOO_LARGE", message)));
        }
        let text =
            self.persisted.text(&question).map_err(|(refusal, outcome)| execute::refused_as(&refusal, outcome))?;
        let document = self.documents.read(&text).map_err(|refusal| execute::refused(&refusal))?;
        self.persisted.keep(&question, document.text());
        let key = Key {
            variables,
            document: Arc::clone(document.text()),
            operation: question.operation_name.clone(),
            rights: Rights::Public,
            edition: self.hub.edition(),
        };
        Ok(Prepared { question, document, key })
    }

    /// The answer to a question. It is put into a box where it has to be worked out, so that finding one is light.
    async fn answer(&self, prepared: Prepared, asker: &Asker) -> Answer {
        if asker.caller.is_public()
            && let Some(answer) = self.answers.find(&prepared.key).await
        {
            return answer;
        }
        Box::pin(self.work_out(prepared, asker)).await
    }

    async fn work_out(&self, Prepared { question, document, key }: Prepared, asker: &Asker) -> Answer {
        let kind = document.operation_type(question.operation_name.as_deref()).ok();
        if kind.is_some_and(|kind| kind.is_subscription()) {
            let message = "Subscriptions are told over connections that stay open: a WebSocket at /graphql, or events at /graphql/stream.";
            return execute::refused(&Refusal::new("SUBSCRIPTION_OVER_HTTP", message.to_owned()));
        }
        let is_query = kind.is_some_and(|kind| kind.is_query());
        let work = async {
            match self.documents.admit(&document, question.operation_name.as_deref(), &question.variables) {
                Ok(admitted) => self.executor.run(&self.hub, admitted, asker.clone()).await,
                Err(refusal) => execute::refused(&refusal),
            }
        };
        if is_query && asker.caller.is_public() {
            return self.answers.get(key, work).await;
        }
        // What changes something is done as often as it is asked for, and what somebody known sees is for them alone.
        Answer { keep: false, ..work.await }
    }

    /// The answer to a question that came by POST, in these words.
    async fn posted(&self, question: Question, request: &Head, sent: Option<Sent>) -> Answer {
        let prepared = match self.prepare(question) {
            Ok(prepared) => prepared,
            Err(refused) => return refused,
        };
        let Some(sent) = sent else { return self.answer(prepared, &request.asker).await };
        match self.answers.find(&prepared.key).await {
            Some(answer) => {
                let edition = Arc::clone(&prepared.key.edition);
                self.answers.note(Sent { edition, ..sent }, answer.clone()).await;
                answer
            }
            None => Box::pin(self.work_out(prepared, &request.asker)).await,
        }
    }

    async fn one(&self, question: Question, request: &Head, media_type: MediaType) -> Response {
        let (text, operation) = (question.query.clone(), question.operation_name.clone());
        let prepared = match self.prepare(question) {
            Ok(prepared) => prepared,
            // A link must not change anything, and a wrong link that would is no better.
            Err(_) if text.is_some_and(|text| request::names_other_than_query(&text, operation.as_deref())) => {
                return Fault::MutationByGet.response(media_type, self.settings.http.statuses);
            }
            Err(refused) => return self.rendered(&refused, request, media_type),
        };
        if prepared.document.operation_type(operation.as_deref()).is_ok_and(|kind| !kind.is_query()) {
            return Fault::MutationByGet.response(media_type, self.settings.http.statuses);
        }
        let tag = caching::entity_tag(&prepared.key, media_type);
        if request.asker.caller.is_public() && caching::is_known(&request.headers, &tag) {
            let mut response = Response::builder().status(StatusCode::NOT_MODIFIED).finish();
            set(&mut response, header::ETAG, &tag);
            set(&mut response, header::CACHE_CONTROL, "public, no-cache");
            set(&mut response, header::VARY, VARY);
            return response;
        }
        let answer = self.answer(prepared, &request.asker).await;
        let mut response = self.rendered(&answer, request, media_type);
        if answer.keep {
            set(&mut response, header::ETAG, &tag);
        }
        response
    }

    async fn batch(&self, questions: Vec<Question>, request: &Head, media_type: MediaType) -> Response {
        let mut body = Vec::from(*b"[");
        for question in questions {
            let answer = match self.prepare(question) {
                Ok(prepared) => self.answer(prepared, &request.asker).await,
                Err(refused) => refused,
            };
            if body.len() > 1 {
                body.push(b',');
            }
            body.extend_from_slice(&answer.body);
        }
        body.push(b']');
        self.rendered(&execute::batched(Bytes::from(body)), request, media_type)
    }

    /// The answer with its status and headers, in the form that the client prefers.
    fn rendered(&self, answer: &Answer, request: &Head, media_type: MediaType) -> Response {
        let status = status::of_answer(answer.outcome, media_type, self.settings.http.statuses);
        let preferred =
            compression::preferred(&request.headers).filter(|_| answer.keep && answer.body.len() >= compression::LEAST);
        let form = preferred.and_then(|encoding| Some((encoding, answer.encoded.get(encoding, &answer.body)?)));
        let (encoding, body) =
            form.map_or_else(|| (None, answer.body.clone()), |(encoding, form)| (Some(encoding), form));
        let mut response = Response::builder().status(status).content_type(media_type.header()).body(body);
        if let Some(encoding) = encoding {
            set(&mut response, header::CONTENT_ENCODING, encoding.name());
        }
        let control = caching::control(answer, Rights::Public, Utc::now(), self.settings.http.max_age_seconds);
        set(&mut response, header::CACHE_CONTROL, &control);
        response.headers_mut().insert(header::VARY, HeaderValue::from_static(VARY));
        if answer.outcome == Outcome::Full {
            response.headers_mut().insert(header::RETRY_AFTER, self.settings.retry_after.clone());
        }
        response
    }
}

/// What an answer's form depends on.
const VARY: &str = "accept, accept-encoding, authorization";

fn set(response: &mut Response, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

/// The answer to a token that is no good: it never counts as none.
fn not_let_in(fault: &AccessFault, media_type: MediaType) -> Response {
    let status = if fault.may_pass() {
        let cause = std::error::Error::source(fault).map(ToString::to_string);
        tracing::error!(%fault, cause, "a token cannot be looked at");
        StatusCode::SERVICE_UNAVAILABLE
    } else {
        StatusCode::UNAUTHORIZED
    };
    let mut response = guard::error(status, fault.code(), &fault.to_string());
    set(&mut response, header::CONTENT_TYPE, media_type.header());
    set(&mut response, header::WWW_AUTHENTICATE, "Bearer");
    set(&mut response, header::CACHE_CONTROL, "no-store");
    response
}

/// What of a request is needed after its body was read.
struct Head {
    is_get: bool,
    headers: HeaderMap,
    asker: Asker,
}

impl Endpoint for GraphqlEndpoint {
    type Output = Response;

    async fn call(&self, mut request: Request) -> Result<Response> {
        let http = &self.settings.http;
        let Some(media_type) = MediaType::wanted(request.headers()) else {
            return Ok(Fault::NotAcceptable.response(MediaType::Json, http.statuses));
        };
        let headers = std::mem::take(request.headers_mut());
        let peer = request.remote_addr().as_socket_addr().map(std::net::SocketAddr::ip);
        let asker = match self.asker(&headers, peer).await {
            Ok(asker) => asker,
            Err(fault) => return Ok(not_let_in(&fault, media_type)),
        };
        let head = Head { is_get: request.method() == Method::GET, headers, asker };
        let mut sent = None;
        let address = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
        let asked = match *request.method() {
            _ if address > http.max_address_bytes => Err(Fault::AddressTooLong { most: http.max_address_bytes }),
            Method::GET => Question::of_get(request.uri().query().unwrap_or_default()).map(Asked::One),
            Method::POST if head.headers.contains_key(header::CONTENT_ENCODING) => Err(Fault::UnsupportedEncoding),
            Method::POST => {
                let body = request.take_body().into_bytes().await?;
                let content_type = head.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
                if head.asker.caller.is_public() && content_type == Some("application/json") {
                    let same = Sent { body: body.clone(), edition: self.hub.edition() };
                    if let Some(answer) = self.answers.again(&same).await {
                        return Ok(self.rendered(&answer, &head, media_type));
                    }
                    sent = Some(same);
                }
                Question::of_post(content_type, &body, self.settings.max_batch)
            }
            _ => Err(Fault::MethodNotAllowed),
        };
        Ok(match asked {
            Ok(Asked::One(question)) if head.is_get => self.one(question, &head, media_type).await,
            Ok(Asked::One(question)) => {
                let answer = self.posted(question, &head, sent).await;
                self.rendered(&answer, &head, media_type)
            }
            Ok(Asked::Batch(questions)) => self.batch(questions, &head, media_type).await,
            Err(fault) => fault.response(media_type, http.statuses),
        })
    }
}
