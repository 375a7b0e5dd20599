//! The playground: GraphiQL with every file it needs inside the binary, so that it works without a network.
//!
//! The files are built from `server/web` and committed in `server/web/dist`. All addresses in them are relative, so
//! that the hub can be served below a path.

use poem::http::{HeaderValue, StatusCode, Uri, header};
use poem::web::headers::{ETag, HeaderMapExt, IfNoneMatch};
use poem::web::{Path, Redirect};
use poem::{Request, Response, Result, Route, get, handler};
use rust_embed::{EmbeddedFile, RustEmbed};

/// What the page may do: load its own files, and ask the hub. No inline script or style, no `eval`, no other host.
///
/// `data:` images are the editor's marks of errors and warnings, in its style sheet.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self' data:; font-src 'self'; connect-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The name of every asset holds a hash of its content, so that it can be kept for ever.
const KEEP: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// The page names the assets of this version, so that it is asked for again each time.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

#[derive(RustEmbed)]
#[folder = "web/dist"]
struct Files;

/// Adds `/playground`, and below it the files that the page loads.
///
/// It works at the root, and nested where the prefix is stripped.
#[must_use]
pub fn mount(routes: Route) -> Route {
    routes
        .at("/playground", get(page))
        .at("/playground/", get(without_slash))
        .at("/playground/assets/:name", get(asset))
}

#[handler]
fn page(request: &Request) -> Result<Response> {
    answer(request, "index.html", ASK_AGAIN)
}

#[handler]
fn asset(request: &Request, Path(name): Path<String>) -> Result<Response> {
    answer(request, &format!("assets/{name}"), KEEP)
}

/// The page's relative addresses hold only without the slash.
#[handler]
fn without_slash(uri: &Uri) -> Redirect {
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    Redirect::permanent(format!("../playground{query}"))
}

fn answer(request: &Request, path: &str, cache_control: HeaderValue) -> Result<Response> {
    let file = Files::get(path).ok_or(StatusCode::NOT_FOUND)?;
    let tag = entity_tag(&file)?;
    let known = request.headers().typed_get::<IfNoneMatch>().is_some_and(|tags| !tags.precondition_passes(&tag));
    let mut response = if known { StatusCode::NOT_MODIFIED.into() } else { body(path, file) };
    let headers = response.headers_mut();
    headers.typed_insert(tag);
    headers.insert(header::CACHE_CONTROL, cache_control);
    for (name, value) in GUARDS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}

/// Sent with the page and with every asset.
const GUARDS: [(header::HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    // The address can hold a query, which is nobody else's business.
    (header::REFERRER_POLICY, "no-referrer"),
    (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    // The body may be compressed on its way out.
    (header::VARY, "accept-encoding"),
];

/// Weak, since a compressed body carries the same tag.
fn entity_tag(file: &EmbeddedFile) -> Result<ETag> {
    let hash: String = file.metadata.sha256_hash().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("W/\"{hash}\"").parse().map_err(|_| StatusCode::INTERNAL_SERVER_ERROR.into())
}

fn body(path: &str, file: EmbeddedFile) -> Response {
    Response::builder().content_type(media_type(path)).body(file.data.into_owned())
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("txt") => "text/plain; charset=utf-8",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use poem::Endpoint;
    use poem::http::Method;

    use super::*;

    async fn ask(method: Method, path: &str, known: &str) -> Response {
        let request = Request::builder().method(method).uri_str(path).header(header::IF_NONE_MATCH, known).finish();
        mount(Route::new()).get_response(request).await
    }

    fn named<'a>(response: &'a Response, name: &str) -> &'a str {
        response.header(name).unwrap_or_default()
    }

    async fn check(method: Method, path: &str, status: u16, media_type: &str) {
        let response = ask(method, path, "").await;
        assert_eq!(
            (response.status().as_u16(), response.content_type().unwrap_or_default()),
            (status, media_type),
            "{path}"
        );
    }

    #[tokio::test]
    async fn addresses_answer() {
        check(Method::GET, "/playground", 200, "text/html; charset=utf-8").await;
        check(Method::GET, "/playground?query=%7Bhub%7Bname%7D%7D&run=1", 200, "text/html; charset=utf-8").await;
        check(Method::HEAD, "/playground", 200, "text/html; charset=utf-8").await;
        check(Method::GET, "/playground/assets/none.js", 404, "").await;
        check(Method::GET, "/playground/assets/..%2Findex.html", 404, "").await;
        check(Method::POST, "/playground", 405, "text/plain; charset=utf-8").await;
    }

    #[tokio::test]
    async fn a_slash_leads_to_the_page_and_keeps_the_query() {
        let response = ask(Method::GET, "/playground/?example=sources&run=1", "").await;
        assert_eq!(response.status(), StatusCode::PERMANENT_REDIRECT);
        assert_eq!(named(&response, "location"), "../playground?example=sources&run=1");
    }

    #[tokio::test]
    async fn every_file_is_answered_with_its_type_and_kept_for_ever() {
        let assets: Vec<_> = Files::iter().filter(|path| path != "index.html").collect();
        assert!(assets.len() > 5, "web/dist is not built: {assets:?}");
        for path in assets {
            let response = ask(Method::GET, &format!("/playground/{path}"), "").await;
            assert_eq!(response.status(), StatusCode::OK, "{path}");
            assert_ne!(response.content_type(), Some("application/octet-stream"), "{path}");
            assert_eq!(named(&response, "cache-control"), "public, max-age=31536000, immutable", "{path}");
        }
    }

    #[tokio::test]
    async fn the_page_is_asked_for_again_and_guarded() {
        let response = ask(Method::GET, "/playground", "").await;
        assert_eq!(named(&response, "cache-control"), "no-cache");
        assert_eq!(named(&response, "content-security-policy"), CONTENT_SECURITY_POLICY);
        assert_eq!(named(&response, "x-content-type-options"), "nosniff");
        assert!(!CONTENT_SECURITY_POLICY.contains("unsafe"));
    }

    #[tokio::test]
    async fn a_known_file_is_not_sent_again() {
        let tag = named(&ask(Method::GET, "/playground", "").await, "etag").to_owned();
        for (known, status, sent) in [
            (tag.as_str(), 304, false),
            (&format!("\"other\", {tag}"), 304, false),
            ("*", 304, false),
            ("\"other\"", 200, true),
        ] {
            let response = ask(Method::GET, "/playground", known).await;
            assert_eq!(named(&response, "etag"), tag);
            assert_eq!(named(&response, "cache-control"), "no-cache");
            assert_eq!(response.status().as_u16(), status, "{known}");
            assert_eq!(!response.into_body().into_vec().await.unwrap().is_empty(), sent, "{known}");
        }
    }

    #[tokio::test]
    async fn the_page_names_its_own_files_and_no_other_host() {
        let html = ask(Method::GET, "/playground", "").await.into_body().into_string().await.unwrap();
        let named: Vec<_> = html.split('"').filter_map(|part| part.strip_prefix("playground/")).collect();
        assert_eq!(named.len(), 4, "icon, licences, style and script: {named:?}");
        assert!(named.iter().all(|path| Files::get(path).is_some()), "{named:?}");
        assert!(!html.contains("//"), "an address with a host stands in the page");
    }

    #[test]
    fn styles_load_nothing_from_elsewhere() {
        let style = Files::iter().find(|path| path.ends_with(".css")).and_then(|path| Files::get(&path)).unwrap();
        let style = String::from_utf8(style.data.into_owned()).unwrap();
        for part in style.split("url(").skip(1) {
            let address = part.trim_start_matches('"');
            assert!(address.starts_with("./") || address.starts_with("data:image/"), "{}", &address[..40]);
        }
    }
}
