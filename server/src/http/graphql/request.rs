//! What is asked, from a GET's query or a POST's body.

use async_graphql::parser::{parse_query, types::OperationType};
use async_graphql::{Name, Value as GraphqlValue, Variables};
use poem::http::{HeaderValue, header};
use poem::{Response, web::headers::ContentType};
use serde_json::{Map, Value};

use super::media::MediaType;
use super::status;
use crate::config::Statuses;
use crate::http::guard;

/// A well-formed request.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Question {
    /// The document's text, where it was sent.
    pub(super) query: Option<String>,
    /// The SHA-256 of the document's text, where it was sent.
    pub(super) digest: Option<String>,
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
    #[error("Send the request without Content-Encoding: compressed requests are not taken.")]
    UnsupportedEncoding,
    #[error("The address is longer than {most} bytes (`http.max_address_bytes`). Send the query by POST.")]
    AddressTooLong { most: usize },
    #[error("Send one request at a time: batches are not taken here, or not of this size (`graphql.max_batch`).")]
    Batch,
    #[error("The body is not JSON: {0}.")]
    NotJson(String),
    #[error("{0}")]
    Malformed(&'static str),
}

impl Fault {
    /// Its stable code.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::NotAcceptable => "NOT_ACCEPTABLE",
            Self::MethodNotAllowed => "METHOD_NOT_ALLOWED",
            Self::MutationByGet => "MUTATION_BY_GET",
            Self::UnsupportedMediaType => "UNSUPPORTED_MEDIA_TYPE",
            Self::UnsupportedEncoding => "UNSUPPORTED_ENCODING",
            Self::AddressTooLong { .. } => "ADDRESS_TOO_LONG",
            Self::Batch => "BATCHING_OFF",
            Self::NotJson(_) => "BODY_NOT_JSON",
            Self::Malformed(_) => "MALFORMED_REQUEST",
        }
    }

    /// The fault as an answer that every GraphQL client can read.
    pub(super) fn response(&self, media_type: MediaType, statuses: Statuses) -> Response {
        let mut response = guard::error(status::of_fault(self, statuses), self.code(), &self.to_string());
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type.header()));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        match self {
            Self::MethodNotAllowed => drop(headers.insert(header::ALLOW, HeaderValue::from_static("GET, POST"))),
            Self::MutationByGet => drop(headers.insert(header::ALLOW, HeaderValue::from_static("POST"))),
            _ => {}
        }
        response
    }
}

impl Question {
    /// Reads the query of a GET.
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
        Self::of_parameters(parameters)
    }

    /// Reads the body of a POST: one question, or as many as a batch may have.
    pub(super) fn of_post(content_type: Option<&str>, body: &[u8], max_batch: usize) -> Result<Asked, Fault> {
        let content_type = content_type.and_then(|text| text.parse::<ContentType>().ok());
        let mime: Option<mime::Mime> = content_type.map(Into::into);
        let mime = mime.ok_or(Fault::UnsupportedMediaType)?;
        let utf8 = mime.get_param("charset").is_none_or(|charset| charset == "utf-8");
        if mime.essence_str() != "application/json" || !utf8 {
            return Err(Fault::UnsupportedMediaType);
        }
        match serde_json::from_slice(body) {
            Ok(Value::Object(parameters)) => Self::of_parameters(parameters).map(Asked::One),
            Ok(Value::Array(batch)) if batch.is_empty() || batch.len() > max_batch => Err(Fault::Batch),
            Ok(Value::Array(batch)) => {
                batch.into_iter().map(Self::of_value).collect::<Result<_, _>>().map(Asked::Batch)
            }
            Ok(_) => Err(Fault::Malformed("The body must be a JSON object.")),
            Err(error) => Err(Fault::NotJson(error.to_string())),
        }
    }

    fn of_value(value: Value) -> Result<Self, Fault> {
        match value {
            Value::Object(parameters) => Self::of_parameters(parameters),
            _ => Err(Fault::Malformed("Each request of a batch must be a JSON object.")),
        }
    }

    /// Reads the parameters of one request, however they came.
    pub(super) fn of_parameters(mut parameters: Map<String, Value>) -> Result<Self, Fault> {
        let query = match parameters.remove("query") {
            Some(Value::String(query)) => Some(query),
            None | Some(Value::Null) => None,
            Some(_) => return Err(Fault::Malformed("`query` must be a string.")),
        };
        let digest = persisted_digest(&mut parameters)?;
        if query.is_none() && digest.is_none() {
            return Err(Fault::Malformed("The parameter `query` is missing."));
        }
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
        Ok(Self { query, digest, operation_name, variables })
    }

    /// The variables as one JSON text; equal variables give equal texts.
    pub(super) fn canonical_variables(&self) -> String {
        serde_json::to_string(&self.variables).unwrap_or_default()
    }
}

/// What a body holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Asked {
    One(Question),
    Batch(Vec<Question>),
}

/// The digest by which a document is asked for: `extensions.persistedQuery.sha256Hash` of Apollo's clients, or
/// `documentId` with `sha256:` before it.
fn persisted_digest(parameters: &mut Map<String, Value>) -> Result<Option<String>, Fault> {
    let named = match parameters.remove("documentId") {
        None | Some(Value::Null) => None,
        Some(Value::String(id)) => Some(id.strip_prefix("sha256:").unwrap_or(&id).to_ascii_lowercase()),
        Some(_) => return Err(Fault::Malformed("`documentId` must be a string.")),
    };
    let persisted = match parameters.remove("extensions") {
        None | Some(Value::Null) => None,
        Some(Value::Object(mut extensions)) => extensions.remove("persistedQuery"),
        Some(_) => return Err(Fault::Malformed("`extensions` must be a JSON object.")),
    };
    let digest = persisted.as_ref().and_then(|persisted| persisted.get("sha256Hash")).and_then(Value::as_str);
    Ok(digest.map(str::to_ascii_lowercase).or(named))
}

/// Whether the operation chosen is another than a query, in a document that may be invalid otherwise. One that does not
/// parse has none.
pub(super) fn names_other_than_query(document: &str, operation: Option<&str>) -> bool {
    let Ok(document) = parse_query(document) else { return false };
    let chosen = document.operations.iter().find(|(name, _)| match (operation, name) {
        (Some(wanted), Some(name)) => name.as_str() == wanted,
        (wanted, _) => wanted.is_none(),
    });
    chosen.is_some_and(|(_, operation)| operation.node.ty != OperationType::Query)
}

/// Variables in the library's own form. Numbers keep their digits: a detour through the library's reader would meet the
/// marker that exact numbers are wrapped in.
pub(super) fn variables(coerced: &Map<String, Value>) -> Variables {
    let mut variables = Variables::default();
    for (name, value) in coerced {
        variables.insert(Name::new(name), graphql_value(value));
    }
    variables
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
