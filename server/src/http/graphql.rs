//! `/graphql`: GraphQL over HTTP, by the specification of that name.
//!
//! 1. [`mod@request`]: what is asked, from a GET's query or a POST's body.
//! 2. [`mod@media`]: in which media type the caller wants the answer.
//! 3. [`GraphqlEndpoint`]: answers from the cache, else executes on the current view.

mod execute;
mod media;
mod request;

use std::sync::Arc;

use poem::http::{HeaderValue, Method, StatusCode, header};
use poem::{Endpoint, Request, Response, Result};

use self::media::MediaType;
use self::request::{Fault, Question};
use crate::answers::{Answer, Answers, Key, Rights};
use crate::graph::HubSchema;
use crate::hub::Hub;

/// Answers GraphQL requests.
pub struct GraphqlEndpoint {
    schema: HubSchema,
    hub: Arc<Hub>,
    answers: Answers,
}

impl GraphqlEndpoint {
    /// An endpoint over a hub, with a cache of finished answers.
    #[must_use]
    pub fn new(schema: HubSchema, hub: Arc<Hub>, answers: Answers) -> Self {
        Self { schema, hub, answers }
    }

    /// The hub that it answers from.
    #[must_use]
    pub fn hub(&self) -> &Arc<Hub> {
        &self.hub
    }

    async fn answer(&self, question: Question) -> Answer {
        let key = Key {
            variables: question.canonical_variables(),
            document: question.query.clone(),
            operation: question.operation_name.clone(),
            rights: Rights::Public,
            edition: self.hub.edition(),
        };
        self.answers.get(key, execute::run(&self.schema, &self.hub, question)).await
    }
}

impl Endpoint for GraphqlEndpoint {
    type Output = Response;

    async fn call(&self, mut request: Request) -> Result<Response> {
        let Some(media_type) = MediaType::wanted(request.headers()) else {
            return Ok(Fault::NotAcceptable.response(MediaType::Json));
        };
        let question = match *request.method() {
            Method::GET => Question::of_get(request.uri().query().unwrap_or_default()),
            Method::POST => {
                let body = request.take_body().into_bytes().await?;
                Question::of_post(request.content_type(), &body)
            }
            _ => Err(Fault::MethodNotAllowed),
        };
        Ok(match question {
            Ok(question) => rendered(self.answer(question).await, media_type),
            Err(fault) => fault.response(media_type),
        })
    }
}

/// The answer with the status that its media type prescribes: a refused request is 400, but 200 in plain JSON, where old
/// clients read the errors only then.
fn rendered(answer: Answer, media_type: MediaType) -> Response {
    let status = match (answer.refused, media_type) {
        (true, MediaType::GraphqlResponse) => StatusCode::BAD_REQUEST,
        _ => StatusCode::OK,
    };
    let mut response = Response::builder().status(status).content_type(media_type.header()).body(answer.body);
    let vary = HeaderValue::from_static("accept, accept-encoding");
    response.headers_mut().insert(header::VARY, vary);
    response
}
