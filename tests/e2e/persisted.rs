//! Documents by their digest: persisted by clients, trusted by the operator.

use connectors::model::sha256_hex;
use serde_json::{Value, json};

use crate::hub::{Hub, Machine};
use crate::stand_in::{Conduct, Partners};

const DOCUMENT: &str = "query Name { hub { name } }";

async fn send(hub: &Hub, body: Value) -> Value {
    let request = hub.client.post(format!("{}/graphql", hub.address)).header("content-type", "application/json");
    let answer = request.body(body.to_string()).send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
    serde_json::from_str(&answer.text().await.expect("a whole answer")).expect("JSON")
}

fn by_digest(digest: &str) -> Value {
    json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": digest } } })
}

fn with(mut body: Value, query: &str) -> Value {
    body["query"] = json!(query);
    body
}

fn code(answer: &Value) -> &str {
    answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_default()
}

#[tokio::test]
async fn a_document_sent_once_with_its_digest_is_known_by_it() {
    let hub = Machine::fresh(&Partners::all(Conduct::Closed).await).serve().await;
    let digest = sha256_hex(DOCUMENT.as_bytes());
    let unknown = send(&hub, by_digest(&digest)).await;
    assert_eq!(
        (code(&unknown), unknown["errors"][0]["message"].as_str()),
        ("PERSISTED_QUERY_NOT_FOUND", Some("PersistedQueryNotFound"))
    );
    let wrong = send(&hub, with(by_digest(&digest), "{ hub { version } }")).await;
    assert_eq!(code(&wrong), "PERSISTED_QUERY_MISMATCH");
    assert_eq!(code(&send(&hub, by_digest(&digest)).await), "PERSISTED_QUERY_NOT_FOUND");
    let first = send(&hub, with(by_digest(&digest), DOCUMENT)).await;
    assert!(first["data"]["hub"]["name"].is_string(), "{first}");
    assert_eq!(send(&hub, by_digest(&digest)).await["data"], first["data"]);
    assert_eq!(send(&hub, json!({ "documentId": format!("sha256:{digest}") })).await["data"], first["data"]);
    let extensions = by_digest(&digest)["extensions"].to_string();
    let link = hub.client.get(format!("{}/graphql", hub.address)).query(&[("extensions", extensions)]);
    assert_eq!(link.send().await.expect("an answer").status(), 200);
}

#[tokio::test]
async fn an_invalid_document_is_not_kept() {
    let hub = Machine::fresh(&Partners::all(Conduct::Closed).await).serve().await;
    let digest = sha256_hex(b"{ nothing }");
    assert_eq!(code(&send(&hub, with(by_digest(&digest), "{ nothing }")).await), "GRAPHQL_VALIDATION_FAILED");
    assert_eq!(code(&send(&hub, by_digest(&digest)).await), "PERSISTED_QUERY_NOT_FOUND");
}

#[tokio::test]
async fn without_room_for_them_no_queries_are_persisted() {
    let hub =
        Machine::fresh(&Partners::all(Conduct::Closed).await).set("DOCUMENTS__PERSISTED_BYTES", "0").serve().await;
    let digest = sha256_hex(DOCUMENT.as_bytes());
    assert_eq!(code(&send(&hub, by_digest(&digest)).await), "PERSISTED_QUERY_NOT_SUPPORTED");
}

#[tokio::test]
async fn trusted_documents_are_known_from_the_start_and_others_refused_where_only_they_are_answered() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("dashboard")).expect("a folder");
    std::fs::write(folder.path().join("dashboard/name.graphql"), format!("{DOCUMENT}\n")).expect("a file");
    let path = folder.path().display().to_string();
    let partners = Partners::all(Conduct::Closed).await;
    let machine = Machine::fresh(&partners).set("DOCUMENTS__TRUSTED_DIR", &path);
    let hub = machine.serve().await;
    let digest = sha256_hex(DOCUMENT.as_bytes());
    assert!(send(&hub, by_digest(&digest)).await["data"]["hub"]["name"].is_string());
    assert!(hub.ask("{ hub { version } }").await["data"]["hub"]["version"].is_string(), "others are answered, too");
    let strict = Machine::fresh(&partners).set("DOCUMENTS__TRUSTED_DIR", &path).set("DOCUMENTS__TRUSTED_ONLY", "true");
    let hub = strict.serve().await;
    assert!(send(&hub, by_digest(&digest)).await["data"]["hub"]["name"].is_string());
    assert!(hub.ask(DOCUMENT).await["data"]["hub"]["name"].is_string(), "by its text, too");
    assert_eq!(code(&hub.ask("{ hub { version } }").await), "DOCUMENT_NOT_TRUSTED");
    let other = sha256_hex(b"{ hub { version } }");
    assert_eq!(code(&send(&hub, with(by_digest(&other), "{ hub { version } }")).await), "DOCUMENT_NOT_TRUSTED");
}

#[tokio::test]
async fn to_answer_only_trusted_documents_there_have_to_be_some() {
    let ran = Machine::bare().set("DOCUMENTS__TRUSTED_ONLY", "true").run(&["serve"]).await;
    assert_eq!(ran.code(), Some(1));
    assert!(ran.said().contains("documents.trusted_dir"), "{}", ran.said());
}
