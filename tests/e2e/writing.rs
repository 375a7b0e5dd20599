//! Writing through the real binary: who is let in, what a browser cannot be made to send, and what is left after
//! `kill -9`.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};
use server::db::Database;
use tokio::io::AsyncReadExt as _;

use crate::hub::{Hub, Machine};

const PUBLISH: &str = "mutation($title: String!) { publishNeed(input: {
    place: \"UA48060150010035747\", theme: WATER, title: $title, description: \"Pumps.\", languages: [\"en\"] }) {
    need { id } errors { code path } } }";

/// A machine that reads no partner.
fn quiet() -> Machine {
    Machine::bare().set("HARVEST__AUTOMATIC", "false")
}

/// Issues a token and gives it.
async fn token(machine: &Machine, arguments: &[&str]) -> String {
    let ran = machine.run(&[&["token", "create"], arguments].concat()).await;
    assert_eq!(ran.code(), Some(0), "{}", ran.said());
    ran.printed().lines().next().unwrap_or_default().to_owned()
}

/// Sends a document with a token; gives the status and the answer.
async fn send(hub: &Hub, token: Option<&str>, body: String) -> (u16, Value) {
    let mut request = hub.client.post(format!("{}/graphql", hub.address)).header("content-type", "application/json");
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let answer = request.body(body).send().await.expect("the hub answers");
    let status = answer.status().as_u16();
    (status, serde_json::from_str(&answer.text().await.expect("a whole answer")).unwrap_or_default())
}

async fn publish(hub: &Hub, token: &str, title: &str) -> Value {
    let body = json!({ "query": PUBLISH, "variables": { "title": title } }).to_string();
    send(hub, Some(token), body).await.1
}

#[tokio::test]
async fn tokens_open_what_they_are_for_until_they_are_taken_back() {
    let machine = quiet();
    let hub = machine.serve().await;
    let editor = token(&machine, &["--role", "editor"]).await;
    let member = token(&machine, &["--role", "member", "--member", "member:cor", "--expires", "30d"]).await;
    let made = publish(&hub, &editor, "One").await;
    assert_eq!(made["data"]["publishNeed"]["errors"], json!([]), "{made}");
    let id = made["data"]["publishNeed"]["need"]["id"].as_str().expect("an id").to_owned();
    let seen = hub.ask(&format!("{{ node(id: \"{id}\") {{ ... on Need {{ title }} }} }}")).await;
    assert_eq!(seen["data"]["node"]["title"], "One", "everybody sees it at once");
    let applications = json!({ "query": "{ applications { totalCount } }" }).to_string();
    let (_, refused) = send(&hub, Some(&member), applications.clone()).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN");
    let administrator = token(&machine, &["--role", "administrator"]).await;
    let (status, listed) = send(&hub, Some(&administrator), applications.clone()).await;
    assert_eq!((status, &listed["data"]["applications"]["totalCount"]), (200, &json!(0)));
    let (_, refused) = send(&hub, None, applications).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "no answer is shared with others");
    let (status, refused) = send(&hub, Some("hub_nonsense"), json!({ "query": "{ hub { name } }" }).to_string()).await;
    assert_eq!((status, &refused["errors"][0]["extensions"]["code"]), (401, &json!("TOKEN_UNKNOWN")));
    let listed = machine.run(&["token", "list"]).await.printed();
    assert!(!listed.contains(&editor), "a token is shown once");
    let line = listed.lines().find(|line| line.contains("EDITOR")).expect("the editor's token");
    let number = line.split_whitespace().next().expect("an id");
    assert_eq!(machine.run(&["token", "revoke", number]).await.code(), Some(0));
    let (status, refused) = send(&hub, Some(&editor), json!({ "query": "{ hub { name } }" }).to_string()).await;
    assert_eq!((status, &refused["errors"][0]["extensions"]["code"]), (401, &json!("TOKEN_REVOKED")));
    let logged = format!("{:?}", hub.log.all());
    assert!(!logged.contains(&editor) && !logged.contains(&member), "no token stands in the log");
}

#[tokio::test]
async fn a_page_elsewhere_cannot_make_a_browser_change_anything() {
    let machine = quiet();
    let hub = machine.serve().await;
    let editor = token(&machine, &["--role", "editor"]).await;
    let mutation = PUBLISH.replace("$title: String!", "$title: String = \"By link\"");
    let link = reqwest::Url::parse_with_params(&format!("{}/graphql", hub.address), [("query", &mutation)]);
    let by_get = hub.client.get(link.expect("an address")).header("authorization", format!("Bearer {editor}"));
    assert_eq!(by_get.send().await.expect("an answer").status(), 405);
    // What a form can send without asking first.
    for media_type in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"] {
        let body = json!({ "query": mutation }).to_string();
        let request = hub.client.post(format!("{}/graphql", hub.address)).header("content-type", media_type);
        let request = request.header("authorization", format!("Bearer {editor}")).body(body);
        assert_eq!(request.send().await.expect("an answer").status(), 415, "{media_type}");
    }
    let needs = hub.ask("{ needs { totalCount } }").await;
    assert_eq!(needs["data"]["needs"]["totalCount"], 0);
}

#[tokio::test]
async fn ten_megabytes_are_refused_before_they_are_read() {
    let machine = quiet();
    let hub = machine.serve().await;
    let editor = token(&machine, &["--role", "editor"]).await;
    let title = "x".repeat(10 << 20);
    let body = json!({ "query": PUBLISH, "variables": { "title": title } }).to_string();
    let request = hub.client.post(format!("{}/graphql", hub.address)).header("content-type", "application/json");
    // The hub answers without reading on; whether the answer is still heard is up to the sender's system.
    if let Ok(answer) = request.bearer_auth(&editor).body(body).send().await {
        assert_eq!(answer.status(), 413);
    }
    assert_eq!(hub.ask("{ needs { totalCount } }").await["data"]["needs"]["totalCount"], 0);
    assert_eq!(hub.get("/health/ready").await.status(), 200);
}

/// What the database holds: the ids of tokens, and those that the audit tells of.
async fn tokens(machine: &Machine) -> (BTreeSet<String>, BTreeSet<String>) {
    let database = Database::open(None, machine.data()).await.expect("the database opens after every end");
    let tokens: BTreeSet<String> = database.tokens().await.expect("the tokens").into_iter().map(|row| row.id).collect();
    let mut told = BTreeSet::new();
    for id in &tokens {
        if !database.audit_of(&format!("token:{id}")).await.expect("the audit").is_empty() {
            told.insert(id.clone());
        }
    }
    let changes = database.last_change().await.expect("the counter");
    assert_eq!(usize::try_from(changes).ok(), Some(tokens.len()), "a change without its token, or a token without");
    database.close().await;
    (tokens, told)
}

/// Fifty times some processes write at once and are killed, each a little later than the one before, so that the end
/// comes in every part of a write.
#[tokio::test]
async fn what_was_acknowledged_before_fifty_kills_is_there_and_nothing_is_half_done() {
    let machine = quiet();
    assert_eq!(machine.run(&["token", "list"]).await.code(), Some(0), "the tables are there");
    let (mut acknowledged, mut killed) = (BTreeSet::new(), 0);
    for round in 0..50_u64 {
        let begin = || machine.begin(&["token", "create", "--role", "editor"]);
        let mut writers = [begin(), begin(), begin()];
        // What is chosen is the moment of the end, and no time is measured by it.
        tokio::time::sleep(Duration::from_millis(5 + round * 4)).await;
        for writer in &mut writers {
            drop(writer.start_kill());
        }
        for mut writer in writers {
            let mut printed = String::new();
            let mut stdout = writer.stdout.take().expect("its output");
            stdout.read_to_string(&mut printed).await.expect("text");
            killed += usize::from(!writer.wait().await.expect("its end").success());
            let id = printed.split("This is token ").nth(1).and_then(|rest| rest.split(',').next());
            acknowledged.extend(id.map(str::to_owned));
        }
    }
    let (kept, told) = tokens(&machine).await;
    let lost: Vec<_> = acknowledged.difference(&kept).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    assert_eq!(kept, told, "every token has its line in the audit");
    assert!(killed > 0, "no process was killed at all");
    eprintln!("{killed} of 150 processes were killed, {} writes acknowledged, {} kept", acknowledged.len(), kept.len());
}

/// The same with the hub that serves, whose writes are acknowledged over HTTP.
#[tokio::test]
async fn what_a_killed_hub_acknowledged_is_shown_by_the_next() {
    let machine = quiet();
    let mut published = BTreeSet::new();
    let mut editor = None;
    for round in 0..3 {
        let hub = std::sync::Arc::new(machine.serve().await);
        if editor.is_none() {
            editor = Some(token(&machine, &["--role", "editor"]).await);
        }
        let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
        for writer in 0..6 {
            let (hub, tell, editor) = (std::sync::Arc::clone(&hub), tell.clone(), editor.clone().unwrap_or_default());
            tokio::spawn(async move {
                for number in 0.. {
                    let title = format!("{round} {writer} {number}");
                    let body = json!({ "query": PUBLISH, "variables": { "title": title } }).to_string();
                    let request = hub.client.post(format!("{}/graphql", hub.address));
                    let request = request.header("content-type", "application/json").bearer_auth(&editor).body(body);
                    let Ok(answer) = request.send().await else { break };
                    let Ok(text) = answer.text().await else { break };
                    let answer: Value = serde_json::from_str(&text).unwrap_or_default();
                    let Some(id) = answer["data"]["publishNeed"]["need"]["id"].as_str() else { break };
                    drop(tell.send(id.to_owned()));
                }
            });
        }
        for _ in 0..10 {
            published.extend(told.recv().await);
        }
        hub.kill();
        drop((hub, tell));
        while let Some(id) = told.recv().await {
            published.insert(id);
        }
    }
    let hub = machine.serve().await;
    let database = Database::open(None, machine.data()).await.expect("the database opens");
    let kept: Vec<_> =
        database.records().await.expect("the records").into_iter().filter(|row| row.kind == "needs").collect();
    for row in &kept {
        let lines = database.audit_of(&row.id).await.expect("the audit");
        assert_eq!(lines.len(), 1, "{} and its line in the audit are one", row.id);
    }
    let ids: Vec<_> = published.iter().collect();
    let query = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    for some in ids.chunks(100) {
        let shown = hub.ask_with(query, &json!({ "ids": some })).await;
        let shown: Vec<&Value> = shown["data"]["nodes"].as_array().into_iter().flatten().collect();
        assert!(
            shown.len() == some.len() && shown.iter().all(|node| !node.is_null()),
            "acknowledged and lost: {shown:?}"
        );
    }
    assert!(published.len() >= 30 && kept.len() >= published.len());
}

/// With one variable everything is on a server; without one, in a file.
#[tokio::test]
async fn one_variable_moves_the_records_to_a_server() {
    #[expect(clippy::disallowed_methods, reason = "the server of the tests is no setting of the hub")]
    let Ok(server) = std::env::var("HUB_TEST_POSTGRES") else { return };
    let schema = format!("served_{}", std::process::id());
    let url = |schema: &str| format!("{server}?options=-c%20search_path%3D{schema}");
    let made = std::process::Command::new("psql").args([&server, "-qc", &format!("CREATE SCHEMA {schema}")]).status();
    if !made.is_ok_and(|status| status.success()) {
        eprintln!("skipped: psql is not there to make a schema");
        return;
    }
    let machine = quiet().set("DATABASE", &url(&schema));
    let hub = machine.serve().await;
    let editor = token(&machine, &["--role", "editor"]).await;
    let made = publish(&hub, &editor, "On a server").await;
    assert_eq!(made["data"]["publishNeed"]["errors"], json!([]), "{made}");
    assert!(!machine.data().join("hub.db").exists());
    hub.stop().await;
    let hub = machine.serve().await;
    let needs = hub.ask("{ needs { nodes { title } } }").await;
    assert_eq!(needs["data"]["needs"]["nodes"][0]["title"], "On a server");
    hub.stop().await;
    let dropped =
        std::process::Command::new("psql").args([&server, "-qc", &format!("DROP SCHEMA {schema} CASCADE")]).output();
    assert!(dropped.is_ok_and(|output| output.status.success()));
}
