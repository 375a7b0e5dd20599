//! Compressed answers: in the form the client prefers, taken from the answer where it has one, made on the way out
//! otherwise.

use poem::http::{HeaderMap, HeaderValue, header};
use poem::web::{Compress, CompressionAlgo};
use poem::{Endpoint, IntoResponse, Middleware, Request, Response, Result};

use crate::answers::Encoding;

/// Shorter texts are sent as they are: they fit into one packet in any form.
pub(super) const LEAST: usize = 1_000;

/// The form that a client prefers; of equals the best one. `None` for the text itself.
pub(super) fn preferred(headers: &HeaderMap) -> Option<Encoding> {
    let accepted = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    let accepted: Vec<(String, f32)> =
        accepted.flat_map(|value| value.split(',')).filter_map(name_and_quality).collect();
    let quality = |name: &str| accepted.iter().find(|(accepted, _)| accepted == name).map(|(_, quality)| *quality);
    let any = quality("*").unwrap_or(0.0);
    let mut best: Option<(Encoding, f32)> = None;
    for encoding in Encoding::ALL {
        let quality = quality(encoding.name()).unwrap_or(any);
        if quality > best.map_or(0.0, |(_, best)| best) {
            best = Some((encoding, quality));
        }
    }
    best.map(|(encoding, _)| encoding)
}

fn name_and_quality(text: &str) -> Option<(String, f32)> {
    let mut parts = text.split(';').map(str::trim);
    let name = parts.next()?.to_ascii_lowercase();
    let quality = parts.find_map(|part| part.strip_prefix("q=")).map_or(Some(1.0), |quality| quality.parse().ok())?;
    Some((name, quality))
}

/// Compresses texts that are not compressed yet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Compression;

impl<Inner: Endpoint> Middleware<Inner> for Compression {
    type Output = Compressed<Inner>;
    fn transform(&self, inner: Inner) -> Self::Output {
        Compressed(inner)
    }
}

pub(super) struct Compressed<Inner>(Inner);

impl<Inner: Endpoint> Endpoint for Compressed<Inner> {
    type Output = Response;
    async fn call(&self, request: Request) -> Result<Response> {
        let preferred = preferred(request.headers());
        let mut response = self.0.call(request).await?.into_response();
        if !is_text(response.headers()) {
            return Ok(response);
        }
        if !varies(response.headers()) {
            response.headers_mut().append(header::VARY, HeaderValue::from_static("accept-encoding"));
        }
        let length = response.header(header::CONTENT_LENGTH).and_then(|length| length.parse::<usize>().ok());
        let short = length.is_some_and(|length| length < LEAST);
        Ok(match preferred {
            Some(encoding) if !short && !response.headers().contains_key(header::CONTENT_ENCODING) => {
                Compress::new(response, algorithm(encoding)).into_response()
            }
            _ => response,
        })
    }
}

fn algorithm(encoding: Encoding) -> CompressionAlgo {
    match encoding {
        Encoding::Zstd => CompressionAlgo::ZSTD,
        Encoding::Brotli => CompressionAlgo::BR,
        Encoding::Gzip => CompressionAlgo::GZIP,
    }
}

fn varies(headers: &HeaderMap) -> bool {
    let vary = headers.get_all(header::VARY).iter().filter_map(|value| value.to_str().ok());
    vary.flat_map(|value| value.split(',')).any(|name| name.trim().eq_ignore_ascii_case("accept-encoding"))
}

/// Whether a body is worth compressing. Fonts are compressed already, and events must not wait for each other.
fn is_text(headers: &HeaderMap) -> bool {
    let media_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = media_type.split(';').next().unwrap_or_default().trim();
    let text = media_type.starts_with("text/") && media_type != "text/event-stream";
    text || ["json", "graphql", "javascript", "xml", "ndjson"].iter().any(|end| media_type.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(accepted: &str, expected: Option<Encoding>) {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, accepted.parse().unwrap());
        assert_eq!(preferred(&headers), expected, "{accepted}");
    }

    #[test]
    fn the_client_chooses_and_of_equals_the_best_form_is_taken() {
        assert_eq!(preferred(&HeaderMap::new()), None);
        check("gzip", Some(Encoding::Gzip));
        check("gzip, deflate, br, zstd", Some(Encoding::Zstd));
        check("gzip;q=1.0, br;q=0.5", Some(Encoding::Gzip));
        check("zstd;q=0, br", Some(Encoding::Brotli));
        check("*", Some(Encoding::Zstd));
        check("*;q=0.1, gzip;q=0.5", Some(Encoding::Gzip));
        check("identity", None);
        check("deflate", None);
        check("gzip;q=0", None);
    }
}
