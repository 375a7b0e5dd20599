//! `/export/…`: projects as files, the dictionary of their columns, and the whole catalogue.

use std::sync::Arc;

use bytes::Bytes;
use connectors::model::sha256_hex;
use futures_util::stream;
use poem::http::{HeaderMap, HeaderValue, StatusCode, header};
use poem::{Body, Endpoint, Request, Response, Result, Route, get};

use super::guard;
use crate::export::{Asked, Chunks, Format, dictionary, whole::Whole};
use crate::hub::Hub;
use crate::view::View;

/// For how long a file may be given again without asking: sources are read every few hours at most, and a day-old file
/// says so itself.
const CACHE_CONTROL: &str = "public, max-age=60";

/// The routes of the export.
pub(super) fn mount(routes: Route, hub: &Arc<Hub>) -> Route {
    let routes = Format::ALL.into_iter().fold(routes, |routes, format| {
        let path = format!("/export/projects.{}", format.extension());
        routes.at(path, get(Export { hub: Arc::clone(hub), what: What::Projects(format) }))
    });
    let of = |what| get(Export { hub: Arc::clone(hub), what });
    routes
        .at("/export/catalogue.json", of(What::Catalogue))
        .at("/export/dictionary.json", of(What::Dictionary))
        .at("/export/dictionary.csv", of(What::DictionaryTable))
}

/// What a route gives.
#[derive(Debug, Clone, Copy)]
enum What {
    Projects(Format),
    Catalogue,
    Dictionary,
    DictionaryTable,
}

struct Export {
    hub: Arc<Hub>,
    what: What,
}

impl Endpoint for Export {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        let query = request.uri().query().unwrap_or_default();
        let edition = self.hub.edition();
        let view = self.hub.view();
        let asked = match self.what {
            What::Projects(format) => match Asked::read(query, format, &view) {
                Ok(asked) => Some((asked, format)),
                Err(fault) => return Ok(guard::error(StatusCode::BAD_REQUEST, fault.code(), &fault.to_string())),
            },
            _ if !query.is_empty() => {
                let message = "This file takes no parameters; `/export/projects.json` takes the filter of the query.";
                return Ok(guard::error(StatusCode::BAD_REQUEST, "UNKNOWN_PARAMETER", message));
            }
            _ => None,
        };
        let given = asked.as_ref().map(|(asked, _)| &asked.given);
        let said = format!("{:?}{}{edition:?}{given:?}", self.what, view.catalogue.generation());
        // Weak: the same content is sent in several encodings.
        let tag = format!("W/\"{}\"", &sha256_hex(said.as_bytes())[..32]);
        if known_to_the_caller(request.headers(), &tag) {
            return Ok(with_caching(Response::builder().status(StatusCode::NOT_MODIFIED).finish(), &tag));
        }
        Ok(with_caching(self.file(view, asked), &tag))
    }
}

impl Export {
    fn file(&self, view: View, asked: Option<(Asked, Format)>) -> Response {
        let (day, generation) = (view.catalogue.created_at().date_naive(), view.catalogue.generation().to_owned());
        let named = |what: &str, extension: &str| format!("alliance-hub-{what}-{day}-{generation}.{extension}");
        let (name, media_type, body) = match (self.what, asked) {
            (What::Dictionary, _) => {
                (named("dictionary", "json"), "application/json; charset=utf-8", Body::from(dictionary::json()))
            }
            (What::DictionaryTable, _) => {
                (named("dictionary", "csv"), Format::Csv.media_type(), Body::from(dictionary::csv()))
            }
            (_, Some((asked, format))) => {
                let name = named("projects", format.extension());
                (name, format.media_type(), streamed(Chunks::new(view, asked, format)))
            }
            (_, None) => (named("catalogue", "json"), "application/json; charset=utf-8", streamed(Whole::new(view))),
        };
        let response = Response::builder().content_type(media_type);
        let response = response.header(header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\""));
        response.header(header::LINK, "</export/dictionary.json>; rel=\"describedby\"").body(body)
    }
}

/// A body that asks for the next piece when the one before has left.
fn streamed(pieces: impl Iterator<Item = Bytes> + Send + 'static) -> Body {
    Body::from_bytes_stream(stream::unfold(pieces, |mut pieces| async move {
        // A long file must not keep this thread from other requests.
        tokio::task::yield_now().await;
        let piece = pieces.next()?;
        Some((Ok::<_, std::io::Error>(piece), pieces))
    }))
}

fn known_to_the_caller(headers: &HeaderMap, tag: &str) -> bool {
    let given = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    given.flat_map(|value| value.split(',')).any(|given| given.trim() == "*" || opaque(given) == opaque(tag))
}

fn with_caching(mut response: Response, tag: &str) -> Response {
    let headers = response.headers_mut();
    if let Ok(tag) = HeaderValue::from_str(tag) {
        headers.insert(header::ETAG, tag);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(CACHE_CONTROL));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    response
}
