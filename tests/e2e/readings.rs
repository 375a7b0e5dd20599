//! Readings: taken from the partners, kept on disk, and left in place when a partner can no longer be read.

use serde_json::{Value, json};

use crate::hub::{Machine, states};
use crate::stand_in::{Conduct, Partners};
use crate::{KHARKIV, SOURCES, every, expected};

/// The metro of Kharkiv, with where and when it was seen.
const METRO: &str = r#"{ project(by: {id: "eib:authored-kharkiv-metro"}) {
    title amount { value currency } provenance { retrievedAt source { id state } } issues { code } } }"#;

/// Reads every partner to the end with `hub harvest`.
async fn harvest(machine: &Machine) {
    let ran = machine.run(&["harvest"]).await;
    assert_eq!(ran.code(), Some(0), "{}", ran.said());
    for source in SOURCES {
        let line = ran.printed().lines().find(|line| line.contains(source)).map(str::to_owned);
        assert!(line.is_some_and(|line| line.contains("read")), "{}", ran.said());
    }
}

/// When each source was read, by the hub's own word.
fn dates(answer: &Value) -> Value {
    let sources = answer["data"]["hub"]["sources"].as_array().cloned().unwrap_or_default();
    sources.iter().map(|source| source["retrievedAt"].clone()).collect()
}

const DATES: &str = "{ hub { sources { id state retrievedAt } } }";

#[tokio::test]
async fn a_harvest_replaces_the_baseline_and_is_not_repeated_while_it_is_fresh() {
    let partners = Partners::all(Conduct::Played).await;
    let machine = Machine::fresh(&partners);
    harvest(&machine).await;
    let mut asked = Vec::new();
    for part in partners.iter() {
        asked.push(part.requests().await);
    }
    let hub = machine.serve().await;
    let answer = hub.ask(KHARKIV).await;
    assert_eq!(states(&answer["data"]["place"]["projects"]["coverage"]["sources"]), every("FRESH"));
    assert_eq!(answer.get("extensions"), None, "with every source fresh there is nothing to say: {answer:#}");
    let metro = hub.ask(METRO).await["data"]["project"].clone();
    assert_eq!(metro["provenance"]["source"], json!({ "id": "eib-projects", "state": "FRESH" }));
    assert!(!metro["issues"].to_string().contains("AUTHORED_FIXTURE"), "it was read, not built in: {metro:#}");
    for (part, before) in partners.iter().zip(asked) {
        assert_eq!(part.requests().await, before, "{}: a fresh reading is not read again", part.partner.id);
    }
}

#[tokio::test]
async fn serving_reads_the_partners_by_itself() {
    let partners = Partners::all(Conduct::Played).await;
    let hub = Machine::fresh(&partners).serve().await;
    let read = |answer: &Value| {
        let sources = states(&answer["data"]["hub"]["sources"]);
        let projects = answer["data"]["project"].clone();
        sources == every("FRESH") && !projects["issues"].to_string().contains("AUTHORED_FIXTURE")
    };
    let both = format!("{{ hub {{ sources {{ id state }} }} {}", METRO.trim_start_matches('{'));
    hub.ask_until(&both, read).await;
}

/// What a machine answers while nothing is wrong.
struct Answered {
    dates: Value,
    projects: usize,
}

/// Asks a hub that shows its readings and takes no new ones.
async fn answered(machine: &Machine) -> Answered {
    let hub = machine.serve().await;
    let dates = dates(&hub.ask(DATES).await);
    let projects = hub.ask(KHARKIV).await["data"]["place"]["projects"]["nodes"].as_array().map_or(0, Vec::len);
    hub.stop().await;
    assert!(projects > 0, "there are projects in Kharkiv oblast");
    Answered { dates, projects }
}

/// Reads all partners, lets one of them turn when its reading is past its age, and asks again.
async fn check_one_down(conduct: Conduct) {
    let partners = Partners::all(Conduct::Played).await;
    let machine = Machine::fresh(&partners).set("HARVEST__AUTOMATIC", "false");
    harvest(&machine).await;
    let before = answered(&machine).await;
    partners.get("eib").turn(conduct);
    let hub = machine.set("HARVEST__AUTOMATIC", "true").set("PARTNERS__EIB__MAX_AGE_MINUTES", "0").serve().await;
    let failed = |answer: &Value| answer["data"]["hub"]["sources"][0]["state"] == "FAILED";
    let now = hub.ask_until(DATES, failed).await;
    let others_fresh = [SOURCES[1], SOURCES[2], SOURCES[3]].map(|source| (source, "FRESH"));
    let marked = [expected([("eib-projects", "FAILED")]), expected(others_fresh)].concat();
    assert_eq!(states(&now["data"]["hub"]["sources"]), marked);
    assert_eq!(dates(&now), before.dates, "the dates are those of the readings");
    let answer = hub.ask(KHARKIV).await;
    assert_eq!(answer.get("errors"), None, "a partner that is down is no error: {answer:#}");
    assert_eq!(answer["data"]["place"]["projects"]["nodes"].as_array().map(Vec::len), Some(before.projects));
    assert_eq!(states(&answer["extensions"]["sources"]), expected([("eib-projects", "FAILED")]));
}

#[tokio::test]
async fn a_partner_that_breaks_down_after_a_good_reading_is_marked_and_the_answer_stays() {
    check_one_down(Conduct::Fails).await;
}

#[tokio::test]
async fn a_partner_that_refuses_after_a_good_reading_is_marked_and_the_answer_stays() {
    check_one_down(Conduct::Refuses).await;
}
