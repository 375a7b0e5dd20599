//! The hub that serves is ended by `kill -9` in the middle of changes, fifty times: what it acknowledged is there, and
//! nothing is half done.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use connectors::partners;
use serde_json::{Value, json};
use server::db::{Database, EngineKind, Row};
use tokio::sync::mpsc::UnboundedSender;

use crate::engines::{Ground, on_file, on_server, quiet};
use crate::hub::{Hub, Machine};

const ROUNDS: u64 = 50;

const NEED: &str = "mutation($title: String!, $sent: String) { made: publishNeed(input: {
    place: \"UA48060150010035747\", theme: WATER, title: $title, description: \"Pumps.\", languages: [\"en\"],
    clientMutationId: $sent }) { object: need { id state } errors { code path } } }";
const PROPOSE: &str = "mutation($title: String!, $sent: String) { made: proposePartnership(input: { kind: TWINNING,
    parties: [{ name: $title, country: \"DE\" }, { name: \"Mykolaiv\", country: \"UA\", place: \"UA48060150010035747\" }],
    clientMutationId: $sent }) { object: partnership { id state } errors { code path } } }";
const CONFIRM: &str = "mutation($id: ID!) { made: confirmPartnership(id: $id) {
    object: partnership { id state } errors { code path } } }";
const APPLY: &str = "mutation($title: String!, $sent: String) { made: applyForMembership(input: { organisation: $title,
    kind: CITY, country: \"DE\", contactName: \"Erika Muster\", contactEmail: \"erika@example.org\", consent: true,
    clientMutationId: $sent }) { object: application { id state } errors { code path } } }";
const ACCEPT: &str = "mutation($id: ID!) { made: decideApplication(input: { application: $id, state: ACCEPTED }) {
    object: application { id state } errors { code path } } }";

/// A machine without projects: it starts in a third of the time, and changes need none.
fn bare() -> Machine {
    let machine = quiet().set("APPLICATIONS__PER_CLIENT_PER_HOUR", "1000000");
    let nowhere = |machine: Machine, partner: &&partners::Partner| {
        machine.set(&format!("PARTNERS__{}__COUNTRIES", partner.id.to_uppercase()), "IS")
    };
    partners::ALL.iter().fold(machine, nowhere)
}

#[tokio::test]
async fn what_was_acknowledged_before_fifty_kills_is_in_the_file_and_nothing_is_half_done() {
    on_file(bare(), fifty_kills).await;
}

#[tokio::test]
async fn what_was_acknowledged_before_fifty_kills_is_on_the_server_and_nothing_is_half_done() {
    on_server(bare(), "killed", fifty_kills).await;
}

async fn fifty_kills(ground: &Ground) {
    let administrator = ground.machine.token(&["--role", "administrator"]).await;
    let mut acknowledged = BTreeMap::new();
    for round in 0..ROUNDS {
        let hub = Arc::new(ground.machine.serve().await);
        let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
        for (writer, (first, then)) in
            [(NEED, None), (NEED, None), (PROPOSE, Some(CONFIRM)), (APPLY, Some(ACCEPT))].into_iter().enumerate()
        {
            let (hub, tell, token) = (Arc::clone(&hub), tell.clone(), administrator.clone());
            tokio::spawn(async move {
                for number in 0.. {
                    let name = format!("Testort {round}-{writer}-{number}");
                    let input = json!({ "title": name, "sent": name.replace(' ', "-") });
                    let Some(id) = write(&hub, &token, first, &input, &tell).await else { break };
                    if let Some(then) = then
                        && write(&hub, &token, then, &json!({ "id": id }), &tell).await.is_none()
                    {
                        break;
                    }
                }
            });
        }
        // Each round ends a little later than the one before, in another part of whatever is being written then.
        for _ in 0..4 + round % 5 {
            acknowledged.extend(told.recv().await);
        }
        tokio::time::sleep(Duration::from_micros(round * 400)).await;
        hub.kill();
        drop(tell);
        while let Some((id, state)) = told.recv().await {
            acknowledged.insert(id, state);
        }
        Arc::into_inner(hub).expect("nobody writes any more").ended().await;
    }
    let database = ground.database().await;
    whole(&database, &acknowledged).await;
    database.close().await;
    shown(&ground.machine.serve().await, &administrator, &acknowledged).await;
    let count = |state: &str| acknowledged.values().filter(|known| *known == state).count();
    let states = ["OPEN", "PROPOSED", "ACTIVE", "RECEIVED", "ACCEPTED"].map(|state| (state, count(state)));
    assert!(states.iter().filter(|(state, _)| ["OPEN", "ACTIVE", "ACCEPTED"].contains(state)).all(|(_, n)| *n > 0));
    eprintln!("{ROUNDS} kills, and acknowledged in the state {states:?}");
}

/// Sends one change; when it is acknowledged, tells what of it, and gives its id.
async fn write(
    hub: &Hub,
    token: &str,
    mutation: &str,
    variables: &Value,
    tell: &UnboundedSender<(String, String)>,
) -> Option<String> {
    let body = json!({ "query": mutation, "variables": variables }).to_string();
    let request = hub.client.post(format!("{}/graphql", hub.address)).header("content-type", "application/json");
    let answer = request.bearer_auth(token).body(body).send().await.ok()?.text().await.ok()?;
    let answer: Value = serde_json::from_str(&answer).ok()?;
    let object = &answer["data"]["made"]["object"];
    let (id, state) = (object["id"].as_str()?.to_owned(), object["state"].as_str()?.to_owned());
    tell.send((id.clone(), state)).ok()?;
    Some(id)
}

/// Every acknowledged change is in the database, and so is all that belongs to each change, acknowledged or not.
async fn whole(database: &Database, acknowledged: &BTreeMap<String, String>) {
    let rows = async |statement| database.rows(statement, &[]).await.expect("the rows");
    if database.kind() == EngineKind::Sqlite {
        let sound = rows("PRAGMA integrity_check").await;
        assert_eq!(sound[0].text("integrity_check").expect("a word"), "ok");
    }
    let lines = rows("SELECT change, subject, action, after FROM audit ORDER BY change, position").await;
    let text = |row: &Row, column: &str| row.text(column).unwrap_or_else(|error| panic!("{column}: {error}"));
    let mut story: BTreeMap<String, Vec<(String, Option<String>)>> = BTreeMap::new();
    for line in &lines {
        let told = (text(line, "action"), line.optional_text("after").expect("a text or none"));
        story.entry(text(line, "subject")).or_default().push(told);
    }
    let told = |id: &str, action: &str| {
        story.get(id).into_iter().flatten().filter(|(known, _)| known.starts_with(action)).count()
    };

    let records = database.records().await.expect("the records");
    for row in &records {
        let last = story[&row.id].iter().rfind(|(action, _)| action.starts_with("RECORD_"));
        let last = last.and_then(|(_, after)| after.as_deref());
        assert_eq!(last, Some(row.body.as_str()), "{} is as the audit tells", row.id);
        assert_eq!(i64::try_from(told(&row.id, "RECORD_")).ok(), Some(row.version), "each change of {}", row.id);
    }
    let ids: BTreeSet<&str> = records.iter().map(|row| row.id.as_str()).collect();
    let added = story.iter().filter(|(_, lines)| lines.iter().any(|(action, _)| action == "RECORD_ADDED"));
    assert!(added.clone().all(|(id, _)| ids.contains(id.as_str())), "no record is only told of");
    assert_eq!(added.count(), records.len(), "no record is without its story");

    let agreed = rows("SELECT partnership_id FROM partnership_confirmation").await;
    let agreed: Vec<String> = agreed.iter().map(|row| text(row, "partnership_id")).collect();
    for row in records.iter().filter(|row| row.body.contains("Testort") && row.kind == "partnerships") {
        let count = agreed.iter().filter(|id| **id == row.id).count();
        assert_eq!(told(&row.id, "PARTNERSHIP_CONFIRMED"), count, "{}", row.id);
        assert_eq!(row.body.contains("\"ACTIVE\""), count == 2, "{} is active when both have agreed", row.id);
    }

    let applications = database.applications().await.expect("the applications");
    for row in &applications {
        assert!(row.applicant.is_some() && told(&row.id, "APPLICATION_RECEIVED") == 1, "{}", row.id);
        assert_eq!(told(&row.id, "APPLICATION_DECIDED"), usize::from(row.state == "ACCEPTED"), "{}", row.id);
        assert_eq!(row.member.is_some(), row.state == "ACCEPTED", "{}", row.id);
    }
    let members = records.iter().filter(|row| row.kind == "members" && row.body.contains("Testort")).count();
    assert_eq!(members, applications.iter().filter(|row| row.member.is_some()).count());

    let made: Vec<String> =
        rows("SELECT subject FROM mutation_result").await.iter().map(|row| text(row, "subject")).collect();
    let sent = records.iter().filter(|row| row.body.contains("Testort") && row.kind != "members").count();
    assert_eq!(made.len(), sent + applications.len(), "each change that came with an id is known by it");
    let there = |id: &String| ids.contains(id.as_str()) || applications.iter().any(|row| row.id == *id);
    let lost: Vec<_> = acknowledged.keys().filter(|id| !there(id)).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    assert!(made.iter().all(there), "an id of a sender's stands for what is not there");
}

/// The next hub shows all that was acknowledged, in the state that was acknowledged or in a later one.
async fn shown(hub: &Hub, administrator: &str, acknowledged: &BTreeMap<String, String>) {
    const NODES: &str =
        "query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Need { need: state } ... on Partnership { tie: state } } }";
    const APPLICATIONS: &str = "query($after: String) { applications(first: 1000, after: $after) {
        nodes { id state } pageInfo { hasNextPage endCursor } } }";
    let mut states = BTreeMap::new();
    let ids: Vec<_> = acknowledged.keys().filter(|id| !id.starts_with("application:")).collect();
    for some in ids.chunks(100) {
        let answer = hub.ask_with(NODES, &json!({ "ids": some })).await;
        for node in answer["data"]["nodes"].as_array().into_iter().flatten() {
            let state = [&node["need"], &node["tie"]].into_iter().find_map(Value::as_str).unwrap_or_default();
            states.insert(node["id"].as_str().unwrap_or_default().to_owned(), state.to_owned());
        }
    }
    let mut after = Value::Null;
    loop {
        let answer = hub.ask_as(Some(administrator), APPLICATIONS, &json!({ "after": after })).await;
        let page = &answer["data"]["applications"];
        for node in page["nodes"].as_array().into_iter().flatten() {
            let text = |name: &str| node[name].as_str().unwrap_or_default().to_owned();
            states.insert(text("id"), text("state"));
        }
        after = page["pageInfo"]["endCursor"].clone();
        if page["pageInfo"]["hasNextPage"] != true {
            break;
        }
    }
    for (id, state) in acknowledged {
        let now = states.get(id).map(String::as_str);
        let later = match state.as_str() {
            "PROPOSED" => now == Some("ACTIVE"),
            "RECEIVED" => now == Some("ACCEPTED"),
            _ => false,
        };
        assert!(later || now == Some(state), "{id} was acknowledged as {state} and is {now:?}");
    }
}
