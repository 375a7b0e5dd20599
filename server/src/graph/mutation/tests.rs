//! Changes through the schema, on both engines: what they bring, who may make them, and what is refused.

mod applications;
mod differences;
mod elsewhere;
mod hostile;
mod retries;
mod rights;
mod story;

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use async_graphql::{Request, Variables};
use chrono::{DateTime, Utc};
use connectors::http::ManualClock;
use serde_json::{Value, json};

use crate::access::{Caller, Role};
use crate::changes::Changes;
use crate::config::Config;
use crate::db::tests::{Scratch, each};
use crate::graph::guard::Asker;
use crate::graph::{HubSchema, schema};
use crate::hub::Hub;
use crate::samples::at;

/// A hub on a fresh database, with its schema.
struct Played {
    hub: Arc<Hub>,
    changes: Arc<Changes>,
    schema: HubSchema,
    clock: Arc<ManualClock>,
}

impl Played {
    async fn on(scratch: &Scratch) -> Self {
        let mut config = Config { database: scratch.url.clone(), ..Config::default() };
        config.data_dir = scratch.folder.path().to_path_buf();
        config.harvest.automatic = false;
        let clock = Arc::new(ManualClock::at(at(0)));
        let hub = Arc::new(Hub::open(&config, Arc::clone(&clock) as Arc<_>).await.unwrap());
        let changes = Arc::new(Changes::new(Arc::clone(&hub), &config.applications));
        Self { hub, changes, schema: schema(&config.graphql), clock }
    }

    /// Asks as somebody, from an address whose last number is given.
    async fn ask_from(&self, caller: &Caller, host: u8, query: &str, variables: Value) -> Value {
        let address = Some(IpAddr::V4(Ipv4Addr::new(192, 0, 2, host)));
        let asker = Asker { caller: caller.clone(), address, changes: Arc::clone(&self.changes) };
        let variables = Variables::from_json(variables);
        let request = Request::new(query).variables(variables).data(self.hub.view()).data(asker);
        serde_json::to_value(self.schema.execute(request).await).unwrap()
    }

    async fn ask(&self, caller: &Caller, query: &str, variables: Value) -> Value {
        self.ask_from(caller, 1, query, variables).await
    }

    /// Makes a change that has to be made, and gives the payload of the one mutation.
    async fn make(&self, caller: &Caller, query: &str, variables: Value) -> Value {
        let answer = self.ask(caller, query, variables).await;
        let payload = answer["data"].as_object().and_then(|data| data.values().next()).cloned().unwrap_or_default();
        assert_eq!(payload["errors"], json!([]), "{answer:#}");
        payload
    }

    /// The codes and paths of what is wrong with an input.
    async fn faults(&self, caller: &Caller, query: &str, variables: Value) -> Vec<(String, String)> {
        let answer = self.ask(caller, query, variables).await;
        let payload = answer["data"].as_object().and_then(|data| data.values().next()).cloned().unwrap_or_default();
        let errors = payload["errors"].as_array().unwrap_or_else(|| panic!("{answer:#}")).clone();
        let path = |error: &Value| {
            let parts = error["path"].as_array().unwrap().iter().map(|part| part.as_str().unwrap().to_owned());
            parts.collect::<Vec<_>>().join(".")
        };
        errors.iter().map(|error| (error["code"].as_str().unwrap().to_owned(), path(error))).collect()
    }

    /// Lets time pass.
    fn days(&self, days: u64) -> DateTime<Utc> {
        self.clock.advance(Duration::from_secs(days * 86_400));
        self.hub.now()
    }
}

/// Runs a behaviour on a hub with a fresh database of each engine.
async fn on_each(behaviour: impl AsyncFn(&Played, &Scratch)) {
    each(async |scratch| {
        let played = Played::on(scratch).await;
        behaviour(&played, scratch).await;
        played.hub.database().close().await;
    })
    .await;
}

fn caller(role: Role) -> Caller {
    let member = (role == Role::Member).then(|| "member:eurocities".to_owned());
    if role == Role::Public { Caller::public() } else { Caller::known(format!("test:{}", role.name()), role, member) }
}

fn member(id: &str) -> Caller {
    Caller::known(format!("test:{id}"), Role::Member, Some(id.to_owned()))
}

const APPLY: &str = "mutation($input: ApplicationInput!) { applyForMembership(input: $input) {
    application { id state organisation } errors { path code message } clientMutationId } }";
const DECIDE: &str = "mutation($input: ApplicationDecisionInput!) { decideApplication(input: $input) {
    application { id state member { id name } } errors { path code message } } }";
const NEED: &str = "mutation($input: NeedInput!) { publishNeed(input: $input) {
    need { id title state } errors { path code message } clientMutationId } }";
const OFFER: &str = "mutation($input: OfferInput!) { publishOffer(input: $input) {
    offer { id title state } errors { path code message } } }";
const PROPOSE: &str = "mutation($input: PartnershipInput!) { proposePartnership(input: $input) {
    partnership { id state } errors { path code message } } }";
const CONFIRM: &str = "mutation($id: ID!) { confirmPartnership(id: $id) {
    partnership { id state } errors { path code message } } }";

/// The city of Mykolaiv.
const MYKOLAIV: &str = "UA48060150010035747";

fn application() -> Value {
    json!({
        "organisation": "Testhausen", "kind": "CITY", "country": "DE", "contactName": "Erika Muster",
        "contactEmail": "erika@example.org", "message": "We would like to help.", "consent": true,
    })
}

fn need() -> Value {
    json!({
        "place": MYKOLAIV, "theme": "WATER", "title": "Water works", "description": "New pumps.",
        "languages": ["en", "uk"], "principles": ["principle:4"], "calls": ["call:1"],
    })
}

/// An input with some fields otherwise.
fn with(mut input: Value, changes: Value) -> Value {
    for (name, value) in changes.as_object().unwrap() {
        input[name] = value.clone();
    }
    json!({ "input": input })
}
