//! `/schema.graphql`: the public schema as text.

use std::sync::LazyLock;

use poem::http::header;
use poem::{IntoResponse, handler};

/// The schema, with its descriptions.
#[handler]
pub(super) fn text() -> impl IntoResponse {
    static TEXT: LazyLock<String> = LazyLock::new(crate::graph::sdl);
    TEXT.as_str()
        .with_content_type("application/graphql; charset=utf-8")
        .with_header(header::CACHE_CONTROL, "public, max-age=300")
}
