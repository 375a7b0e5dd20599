//! What is asked, from a GET's query or a POST's body.

use async_graphql::parser::{parse_query, types::OperationType};
use async_graphql::{Name, Value as GraphqlValue, Variables};
use poem::http::{HeaderValue, StatusCode, header};
use poem::{Response, web::headers::ContentType};
use serde_json::{Map, Value};

use super::media::MediaType;
use crate::http::guard;

/// A well-formed request.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Question {
    pub(super) query: String,
    pub(super) operation_name: Option<String>,
    pub(super) variables: Map<String, Value>,
}

/// Why a request is not answered by GraphQL at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Fault {
    #[error("Answers come as application/graphql-response+json or application/json; the request accepts neither.")]
    NotAcceptable,
    #[error("Use GET or POST.")]
    MethodNotAllowed,
    #[error("Only queries can be sent by GET; send this operation by POST.")]
    MutationByGet,
    #[error("Send the request as application/json in UTF-8.")]
    UnsupportedMediaType,
    #[error("The body is not JSON: {0}.")]
    NotJson(String),
    #[error("{0}")]
    Malformed(&'static str),
}

impl Fault {
    fn status_and_code(&self) -> (StatusCode, &'static str) {
        match self {
            Self::NotAcceptable => (StatusCode::NOT_ACCEPTABLE, "NOT_ACCEPTABLE"),
            Self::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED"),
            Self::MutationByGet => (StatusCode::METHOD_NOT_ALLOWED, "MUTATION_BY_GET"),
            Self::UnsupportedMediaType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE"),
            Self::NotJson(_) => (StatusCode::BAD_REQUEST, "BODY_NOT_JSON"),
            Self::Malformed(_) => (StatusCode::BAD_REQUEST, "MALFORMED_REQUEST"),
        }
    }

    /// The fault as an answer that every GraphQL client can read.
    pub(super) fn response(&self, media_type: MediaType) -> Response {
        let (status, code) = self.status_and_code();
        let mut response = guard::error(status, code, &self.to_string());
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type.header()));
        match self {
            Self::MethodNotAllowed => drop(headers.insert(header::ALLOW, HeaderValue::from_static("GET, POST"))),
            Self::MutationByGet => drop(headers.insert(header::ALLOW, HeaderValue::from_static("POST"))),
            _ => {}
        }
        response
    }
}

impl Question {
    /// Reads the query of a GET. Only queries are taken: a link must not change anything.
    pub(super) fn of_get(query: &str) -> Result<Self, Fault> {
        let mut parameters = Map::new();
        for (name, text) in url::form_urlencoded::parse(query.as_bytes()) {
            let value = match name.as_ref() {
                "variables" | "extensions" if text.is_empty() => Value::Null,
                "variables" | "extensions" => serde_json::from_str(&text)
                    .map_err(|_| Fault::Malformed("`variables` and `extensions` must each be a JSON object."))?,
                "operationName" if text.is_empty() => Value::Null,
                _ => Value::String(text.into_owned()),
            };
            parameters.insert(name.into_owned(), value);
        }
        let question = Self::of_parameters(parameters)?;
        if question.is_other_than_query() { Err(Fault::MutationByGet) } else { Ok(question) }
    }

    /// Reads the body of a POST.
    pub(super) fn of_post(content_type: Option<&str>, body: &[u8]) -> Result<Self, Fault> {
        let content_type = content_type.and_then(|text| text.parse::<ContentType>().ok());
        let mime: Option<mime::Mime> = content_type.map(Into::into);
        let mime = mime.ok_or(Fault::UnsupportedMediaType)?;
        let utf8 = mime.get_param("charset").is_none_or(|charset| charset == "utf-8");
        if mime.essence_str() != "application/json" || !utf8 {
            return Err(Fault::UnsupportedMediaType);
        }
        match serde_json::from_slice(body) {
            Ok(Value::Object(parameters)) => Self::of_parameters(parameters),
            Ok(_) => Err(Fault::Malformed("The body must be one JSON object; batches are not taken.")),
            Err(error) => Err(Fault::NotJson(error.to_string())),
        }
    }

    fn of_parameters(mut parameters: Map<String, Value>) -> Result<Self, Fault> {
        let query = match parameters.remove("query") {
            Some(Value::String(query)) => query,
            Some(_) => return Err(Fault::Malformed("`query` must be a string.")),
            None => return Err(Fault::Malformed("The parameter `query` is missing.")),
        };
        let operation_name = match parameters.remove("operationName") {
            None | Some(Value::Null) => None,
            Some(Value::String(name)) => Some(name),
            Some(_) => return Err(Fault::Malformed("`operationName` must be a string.")),
        };
        let variables = match parameters.remove("variables") {
            None | Some(Value::Null) => Map::new(),
            Some(Value::Object(variables)) => variables,
            Some(_) => return Err(Fault::Malformed("`variables` must be a JSON object.")),
        };
        match parameters.remove("extensions") {
            None | Some(Value::Null | Value::Object(_)) => Ok(Self { query, operation_name, variables }),
            Some(_) => Err(Fault::Malformed("`extensions` must be a JSON object.")),
        }
    }

    /// Whether the operation chosen is a mutation or subscription. A document that does not parse is none: execution
    /// says what is wrong with it.
    fn is_other_than_query(&self) -> bool {
        let Ok(document) = parse_query(&self.query) else { return false };
        let chosen = document.operations.iter().find(|(name, _)| match (&self.operation_name, name) {
            (Some(wanted), Some(name)) => name.as_str() == wanted,
            (wanted, _) => wanted.is_none(),
        });
        chosen.is_some_and(|(_, operation)| operation.node.ty != OperationType::Query)
    }

    /// The variables as one JSON text; equal variables give equal texts.
    pub(super) fn canonical_variables(&self) -> String {
        serde_json::to_string(&self.variables).unwrap_or_default()
    }

    /// The variables in the library's own form. Numbers keep their digits: a detour through the library's reader would
    /// meet the marker that exact numbers are wrapped in.
    pub(super) fn graphql_variables(&self) -> Variables {
        let mut variables = Variables::default();
        for (name, value) in &self.variables {
            variables.insert(Name::new(name), graphql_value(value));
        }
        variables
    }
}

fn graphql_value(value: &Value) -> GraphqlValue {
    match value {
        Value::Null => GraphqlValue::Null,
        Value::Bool(value) => GraphqlValue::Boolean(*value),
        Value::Number(number) => GraphqlValue::Number(number.clone()),
        Value::String(text) => GraphqlValue::String(text.clone()),
        Value::Array(list) => GraphqlValue::List(list.iter().map(graphql_value).collect()),
        Value::Object(map) => {
            GraphqlValue::Object(map.iter().map(|(name, value)| (Name::new(name), graphql_value(value))).collect())
        }
    }
}
