//! What clients and proxies may keep, and in which forms answers come.

use reqwest::header::{ACCEPT_ENCODING, CACHE_CONTROL, ETAG, HeaderName, IF_NONE_MATCH, VARY};
use reqwest::{RequestBuilder, Response};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::hub::{Hub, Machine};
use crate::stand_in::{Conduct, Partners};

fn header(answer: &Response, name: HeaderName) -> String {
    answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

/// A link to a query.
fn link(hub: &Hub, query: &str) -> RequestBuilder {
    hub.client.get(format!("{}/graphql", hub.address)).query(&[("query", query)])
}

async fn control(request: RequestBuilder) -> String {
    header(&request.send().await.expect("an answer"), CACHE_CONTROL)
}

const SECTORS: &str = "{ sectors { code name } }";
const PROJECTS: &str = "{ projects(first: 2) { nodes { id } } }";
const MEMBERS: &str = "{ members { nodes { id } } }";

#[tokio::test]
async fn a_client_that_has_an_answer_is_told_so() {
    let hub = Machine::fresh(&Partners::all(Conduct::Closed).await).set("HARVEST__AUTOMATIC", "false").serve().await;
    let first = link(&hub, PROJECTS).send().await.expect("an answer");
    let tag = header(&first, ETAG);
    assert!(tag.starts_with("W/\""), "{tag}");
    assert!(header(&first, VARY).contains("accept-encoding"));
    let again = link(&hub, PROJECTS).header(IF_NONE_MATCH, &tag).send().await.expect("an answer");
    assert_eq!((again.status().as_u16(), header(&again, ETAG)), (304, tag.clone()));
    assert_eq!(again.bytes().await.map(|body| body.len()).ok(), Some(0));
    let other = link(&hub, SECTORS).header(IF_NONE_MATCH, &tag).send().await.expect("an answer");
    assert_eq!(other.status(), 200, "another question has another tag");
    let wrong = link(&hub, "{ partner(id: \"x\") { id } }").send().await.expect("an answer");
    assert_eq!((header(&wrong, ETAG).as_str(), header(&wrong, CACHE_CONTROL).as_str()), ("", "no-store"));
}

#[tokio::test]
async fn answers_may_be_kept_as_long_as_their_least_lasting_part() {
    let hub = Machine::fresh(&Partners::all(Conduct::Closed).await).set("HARVEST__AUTOMATIC", "false").serve().await;
    assert_eq!(control(link(&hub, SECTORS)).await, "public, max-age=300");
    assert_eq!(control(link(&hub, PROJECTS)).await, "public, no-cache", "the baseline is no fresh reading");
    assert_eq!(control(link(&hub, MEMBERS)).await, "public, no-cache");
    assert_eq!(control(link(&hub, "{ nothing }")).await, "no-store");
    assert_eq!(control(link(&hub, "{")).await, "no-store");
}

#[tokio::test]
async fn what_partners_publish_may_be_kept_until_they_are_read_again() {
    let partners = Partners::all(Conduct::Played).await;
    let machine = Machine::fresh(&partners);
    assert_eq!(machine.run(&["harvest"]).await.code(), Some(0));
    let hub = machine.set("HTTP__MAX_AGE_SECONDS", "60").serve().await;
    assert_eq!(control(link(&hub, PROJECTS)).await, "public, max-age=60");
    let both = format!("{{ sectors {{ code }} {}", PROJECTS.trim_start_matches('{'));
    assert_eq!(control(link(&hub, &both)).await, "public, max-age=60");
    assert_eq!(
        control(link(&hub, &format!("{{ members {{ totalCount }} {}", PROJECTS.trim_start_matches('{')))).await,
        "public, no-cache"
    );
}

/// The head of an answer as it was sent, without a client that decodes it.
async fn head(hub: &Hub, target: &str, encoding: &str) -> String {
    let mut connection = TcpStream::connect(hub.address.trim_start_matches("http://")).await.expect("a connection");
    let request =
        format!("GET {target} HTTP/1.1\r\nhost: hub\r\naccept-encoding: {encoding}\r\nconnection: close\r\n\r\n");
    connection.write_all(request.as_bytes()).await.expect("the hub reads");
    let mut sent = Vec::new();
    connection.read_to_end(&mut sent).await.expect("a whole answer");
    let text = String::from_utf8_lossy(&sent).into_owned();
    text.split("\r\n\r\n").next().unwrap_or_default().to_owned()
}

fn length(head: &str) -> usize {
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    length.and_then(|length| length.parse().ok()).unwrap_or_else(|| panic!("no length in {head}"))
}

#[tokio::test]
async fn answers_come_in_the_form_that_the_client_prefers() {
    let hub = Machine::fresh(&Partners::all(Conduct::Closed).await).set("HARVEST__AUTOMATIC", "false").serve().await;
    let target = "/graphql?query=%7Bsectors%7Bcode%20name%7D%7D";
    let plain = head(&hub, target, "identity").await;
    assert!(!plain.contains("content-encoding"), "{plain}");
    for encoding in ["zstd", "br", "gzip"] {
        let first = head(&hub, target, encoding).await;
        assert!(first.contains(&format!("content-encoding: {encoding}")), "{first}");
        assert!(length(&first) * 3 < length(&plain), "{encoding}: {} of {}", length(&first), length(&plain));
        assert_eq!(length(&head(&hub, target, encoding).await), length(&first));
        let page = head(&hub, "/schema.graphql", encoding).await;
        assert!(page.contains(&format!("content-encoding: {encoding}")), "{page}");
    }
    let same = link(&hub, SECTORS).send().await.expect("an answer").text().await.expect("a whole answer");
    let text = link(&hub, SECTORS).header(ACCEPT_ENCODING, "identity").send().await.expect("an answer");
    assert_eq!(same, text.text().await.expect("a whole answer"), "every form holds the same text");
}
