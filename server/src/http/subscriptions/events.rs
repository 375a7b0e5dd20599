//! One stream of server-sent events: the distinct connections mode of `graphql-sse`.

use std::sync::Arc;

use bytes::Bytes;
use futures_util::StreamExt as _;
use futures_util::stream::{self, BoxStream};
use poem::http::{StatusCode, header};
use poem::{Body, Request, Response, Result};

use super::Subscriptions;
use super::admission::Place;
use crate::http::graphql::Told;
use crate::http::guard;

/// A comment, which clients skip: it opens the stream, and keeps it from seeming dead.
const HEARTBEAT: &[u8] = b":\n\n";
const COMPLETE: &[u8] = b"event: complete\ndata: \n\n";

pub(super) async fn answer(subscriptions: &Arc<Subscriptions>, mut request: Request) -> Result<Response> {
    if !accepts_events(&request) {
        let message = "This address answers with `text/event-stream`; ask `/graphql` for a single answer.";
        return Ok(guard::error(StatusCode::NOT_ACCEPTABLE, "NOT_ACCEPTABLE", message));
    }
    let place = match subscriptions.enter(&request) {
        Ok(place) => place,
        Err(full) => return Ok(full.response()),
    };
    let told = match Arc::clone(&subscriptions.graphql).tell_request(&mut request).await {
        Ok(told) => told,
        Err(refused) => return Ok(refused),
    };
    let body = Body::from_bytes_stream(events(subscriptions, told, place));
    let response = Response::builder().content_type("text/event-stream; charset=utf-8");
    // Proxies are told to pass each event on at once, as it is.
    let response = response.header(header::CACHE_CONTROL, "no-cache, no-transform").header("x-accel-buffering", "no");
    Ok(response.body(body))
}

fn accepts_events(request: &Request) -> bool {
    let accept = request.headers().get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let ranges = accept.flat_map(|value| value.split(',')).map(|range| range.split(';').next().unwrap_or("").trim());
    let ranges: Vec<String> = ranges.map(str::to_ascii_lowercase).collect();
    ranges.is_empty() || ranges.iter().any(|range| matches!(range.as_str(), "text/event-stream" | "text/*" | "*/*"))
}

/// The bytes of a stream: what is told, and a heartbeat where nothing is for a while.
fn events(
    subscriptions: &Arc<Subscriptions>,
    told: BoxStream<'static, Told>,
    place: Place,
) -> impl futures_util::Stream<Item = std::io::Result<Bytes>> + Send + 'static {
    let (clock, wait) = (Arc::clone(subscriptions.graphql.hub().clock()), subscriptions.heartbeat());
    let pieces = told.map(|told| match told {
        Told::Next(body) => event(&body),
        // The transport has no word for a refusal: an answer with errors and no data is one.
        Told::Refused(errors) => event(&[b"{\"errors\":", &errors[..], b"}"].concat()),
    });
    let pieces = pieces.chain(stream::iter([Bytes::from_static(COMPLETE)])).boxed();
    let beating = stream::unfold((pieces, place), move |(mut pieces, place)| {
        let clock = Arc::clone(&clock);
        async move {
            let piece = tokio::select! {
                piece = pieces.next() => piece?,
                () = clock.sleep(wait) => Bytes::from_static(HEARTBEAT),
            };
            Some((piece, (pieces, place)))
        }
    });
    stream::iter([Bytes::from_static(HEARTBEAT)]).chain(beating).map(Ok)
}

/// One answer. JSON as it is written here has no line ends, so it is one line.
fn event(body: &[u8]) -> Bytes {
    [b"event: next\ndata: ", body, b"\n\n"].concat().into()
}
