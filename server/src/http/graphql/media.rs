//! In which media type the caller wants the answer.

use poem::http::{HeaderMap, header};

/// The two media types of a GraphQL answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MediaType {
    /// `application/graphql-response+json`: the status tells a refused request.
    GraphqlResponse,
    /// `application/json`: for clients of before.
    Json,
}

impl MediaType {
    /// The `Content-Type` of the answer.
    pub(super) fn header(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }

    /// The type the caller prefers; plain JSON where it does not say, `None` where it takes neither.
    pub(super) fn wanted(headers: &HeaderMap) -> Option<Self> {
        let mut values = headers.get_all(header::ACCEPT).iter();
        if let (Some(only), None) = (values.next(), values.next())
            && only == "application/json"
        {
            return Some(Self::Json);
        }
        let accept: Vec<&str> =
            headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).collect();
        if accept.is_empty() {
            return Some(Self::Json);
        }
        let ranges = accept.iter().flat_map(|value| value.split(','));
        let mut best: Option<(f32, Self)> = None;
        for (range, quality) in ranges.filter_map(range_and_quality) {
            let offered = match range.as_str() {
                "application/graphql-response+json" => Self::GraphqlResponse,
                "application/json" | "application/*" | "*/*" => Self::Json,
                _ => continue,
            };
            // Of equals the first that the caller names counts.
            if quality > 0.0 && best.is_none_or(|(before, _)| quality > before) {
                best = Some((quality, offered));
            }
        }
        best.map(|(_, media_type)| media_type)
    }
}

/// A media range in small letters, and its `q`, 1 unless stated.
fn range_and_quality(text: &str) -> Option<(String, f32)> {
    let mut parts = text.split(';').map(str::trim);
    let range = parts.next()?.to_ascii_lowercase();
    let quality = parts.filter_map(|part| part.strip_prefix("q=")).next();
    Some((range, quality.map_or(Some(1.0), |quality| quality.parse().ok())?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(accept: Option<&str>, expected: Option<MediaType>) {
        let mut headers = HeaderMap::new();
        if let Some(accept) = accept {
            headers.insert(header::ACCEPT, accept.parse().unwrap());
        }
        assert_eq!(MediaType::wanted(&headers), expected, "{accept:?}");
    }

    #[test]
    fn the_caller_chooses_and_old_clients_get_json() {
        check(None, Some(MediaType::Json));
        check(Some("*/*"), Some(MediaType::Json));
        check(Some("application/json"), Some(MediaType::Json));
        check(Some("application/graphql-response+json, application/json;q=0.9"), Some(MediaType::GraphqlResponse));
        check(Some("application/json, application/graphql-response+json"), Some(MediaType::Json));
        check(Some("application/graphql-response+json;q=0.5,application/json"), Some(MediaType::Json));
        check(Some("text/html"), None);
        check(Some("application/json;q=0"), None);
    }
}
