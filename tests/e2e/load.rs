//! Many questions at once: each partner is read once for all of them.

use serde_json::Value;

use crate::hub::{Hub, Machine, are_refused, states};
use crate::stand_in::{Conduct, Partners, StandIn};
use crate::{KHARKIV, every};

/// What one reading asks a partner for.
async fn asked(part: &StandIn) -> Vec<String> {
    let mut requests = part.requests().await;
    requests.sort();
    requests
}

/// Asks 256 times at the same moment. Some questions differ, so that not all of them can share one answer.
async fn ask_256_times(hub: &Hub) -> Vec<Value> {
    let asking = (0..256).map(|number| {
        let (client, address) = (hub.client.clone(), format!("{}/graphql", hub.address));
        let query = format!("# question {}\n{KHARKIV}", number % 8);
        tokio::spawn(async move {
            let body = serde_json::json!({ "query": query }).to_string();
            let request = client.post(address).header("content-type", "application/json").body(body);
            let answer = request.send().await.expect("the hub answers");
            serde_json::from_str(&answer.text().await.expect("a whole answer")).expect("JSON")
        })
    });
    let asking: Vec<_> = asking.collect();
    let mut answers = Vec::new();
    for answer in asking {
        answers.push(answer.await.expect("an answer"));
    }
    answers
}

fn check_answers(answers: &[Value]) {
    for answer in answers {
        assert_eq!(answer.get("errors"), None, "{answer:#}");
        assert!(answer["data"]["place"]["projects"]["totalCount"].as_u64() > Some(0), "{answer:#}");
    }
}

/// Waits until every source has been read.
async fn all_read(hub: &Hub) {
    let fresh = |answer: &Value| states(&answer["data"]["hub"]["sources"]) == every("FRESH");
    hub.ask_until("{ hub { sources { id state } } }", fresh).await;
}

/// Waits until every source of a partner has been tried and refused.
async fn all_refused(hub: &Hub) {
    let refused = |answer: &Value| are_refused(&answer["data"]["hub"]["sources"]);
    hub.ask_until("{ hub { sources { lastError partner { id } } } }", refused).await;
}

/// What a single `hub harvest`, which ends with this code, asks each partner for, in the registry's order.
async fn one_harvest(conduct: Conduct, code: i32) -> Vec<Vec<String>> {
    let partners = Partners::all(conduct).await;
    let ran = Machine::fresh(&partners).run(&["harvest"]).await;
    assert_eq!(ran.code(), Some(code), "{}", ran.said());
    let mut each = Vec::new();
    for part in partners.iter() {
        each.push(asked(part).await);
    }
    each
}

#[tokio::test]
async fn partners_end_in_a_task_that_has_used_up_its_turn() {
    let partners = Partners::all(Conduct::Played).await;
    let part = partners.iter().next().unwrap();
    while tokio::task::coop::has_budget_remaining() {
        assert!(asked(part).await.is_empty());
    }
    drop(partners);
}

#[tokio::test]
async fn two_hundred_and_fifty_six_cold_queries_make_one_harvest_of_each_partner() {
    let once = one_harvest(Conduct::Played, 0).await;
    let partners = Partners::all(Conduct::Played).await;
    let hub = Machine::fresh(&partners).serve().await;
    check_answers(&ask_256_times(&hub).await);
    all_read(&hub).await;
    check_answers(&ask_256_times(&hub).await);
    for (part, once) in partners.iter().zip(&once) {
        assert!(!once.is_empty() && asked(part).await == *once, "{}: {:#?}", part.partner.id, asked(part).await);
    }
}

#[tokio::test]
async fn two_hundred_and_fifty_six_cold_queries_share_the_failure_of_each_partner() {
    let once = one_harvest(Conduct::Refuses, 1).await;
    let partners = Partners::all(Conduct::Refuses).await;
    let hub = Machine::fresh(&partners).serve().await;
    check_answers(&ask_256_times(&hub).await);
    all_refused(&hub).await;
    check_answers(&ask_256_times(&hub).await);
    for (part, once) in partners.iter().zip(&once) {
        assert!(!once.is_empty() && asked(part).await == *once, "{}: {:#?}", part.partner.id, asked(part).await);
    }
}

#[tokio::test]
async fn two_hundred_and_fifty_six_queries_that_meet_readings_past_their_age_make_one_harvest_of_each_partner() {
    let partners = Partners::all(Conduct::Played).await;
    let mut machine = Machine::fresh(&partners);
    assert_eq!(machine.run(&["harvest"]).await.code(), Some(0));
    let mut once = Vec::new();
    for part in partners.iter() {
        once.push(asked(part).await);
        // Readings of age zero are due with every query: only the outcome that is shared keeps them from being read.
        machine = machine.set(&format!("PARTNERS__{}__MAX_AGE_MINUTES", part.partner.id.to_uppercase()), "0");
    }
    let hub = machine.set("HARVEST__OUTCOME_SHARED_MS", "600000").serve().await;
    check_answers(&ask_256_times(&hub).await);
    for (part, once) in partners.iter().zip(once) {
        let read = format!("{}-", part.partner.id);
        hub.log
            .until_line("the partner was read", |line| {
                line["source.id"].as_str().is_some_and(|id| id.starts_with(&read))
            })
            .await;
        let mut twice = [once.clone(), once].concat();
        twice.sort();
        assert_eq!(asked(part).await, twice, "{}", part.partner.id);
    }
}
