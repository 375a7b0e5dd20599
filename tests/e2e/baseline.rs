//! A fresh machine without a network: the built-in facts answer, at once, and say what they are.

use std::time::Duration;

use serde_json::{Value, json};

use crate::hub::{Machine, are_refused, states};
use crate::stand_in::{Conduct, Partners};
use crate::{KHARKIV, every};

/// Asks the hub's own question on a fresh machine whose partners never give anything.
async fn check(conduct: Conduct) {
    let partners = Partners::all(conduct).await;
    let hub = Machine::fresh(&partners).serve().await;
    // The partners' own time limits are a minute and more: an answer that waited for one would miss this.
    let answer = tokio::time::timeout(Duration::from_secs(20), hub.ask(KHARKIV)).await.expect("no wait for a partner");
    assert_eq!(answer.get("errors"), None, "{answer:#}");
    assert_eq!(states(&answer["extensions"]["sources"]), every("BASELINE"));
    let place = &answer["data"]["place"];
    assert_eq!((place["name"].as_str(), place["iso3166_2"].as_str()), (Some("Kharkiv Oblast"), Some("UA-63")));
    assert_eq!(place["members"]["nodes"].as_array().map(Vec::len), Some(0), "none is known");
    assert!(place["partnerships"]["totalCount"].as_u64() > Some(0), "{place:#}");
    check_projects(&place["projects"]);
}

fn check_projects(projects: &Value) {
    assert_eq!(states(&projects["coverage"]["sources"]), every("BASELINE"));
    let coverage = |kind: &str| projects["coverage"][kind].as_u64().expect("a count");
    assert_eq!(coverage("records"), coverage("located") + coverage("nationwide") + coverage("unlocated"));
    let nodes = projects["nodes"].as_array().expect("a list");
    let metro = nodes.iter().find(|project| project["id"] == "eib:authored-kharkiv-metro").expect("the metro");
    assert_eq!(metro["amount"], json!({ "value": 160_000_000, "currency": "EUR", "basis": "SIGNED" }));
    assert_eq!((metro["sector"]["code"].as_str(), metro["status"].as_str()), (Some("21012"), Some("SIGNED")));
    for project in nodes {
        let provenance = &project["provenance"];
        assert!(provenance["url"].as_str().is_some_and(|url| url.starts_with("http")), "{project:#}");
        assert!(provenance["retrievedAt"].is_string() && provenance["source"]["state"] == "BASELINE", "{project:#}");
    }
}

#[tokio::test]
async fn the_baseline_answers_where_no_partner_can_be_reached() {
    check(Conduct::Closed).await;
}

#[tokio::test]
async fn no_query_waits_for_partners_that_take_the_question_and_say_nothing() {
    check(Conduct::Silent).await;
}

#[tokio::test]
async fn refusals_leave_the_baseline_in_place_with_the_reason() {
    let partners = Partners::all(Conduct::Refuses).await;
    let hub = Machine::fresh(&partners).serve().await;
    let asked = "{ hub { sources { id state lastError records partner { id } } } }";
    let refused = |answer: &Value| are_refused(&answer["data"]["hub"]["sources"]);
    let answer = hub.ask_until(asked, refused).await;
    assert_eq!(states(&answer["data"]["hub"]["sources"]), every("BASELINE"));
    for part in partners.iter() {
        assert_eq!(part.requests().await.len(), 1, "{}: a refusal is not repeated at once", part.partner.id);
    }
}
