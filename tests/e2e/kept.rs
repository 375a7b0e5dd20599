//! Readings between runs: shown again after a restart, whatever has become of the partners, and never taken for more
//! than they are.

use serde_json::Value;

use crate::hub::{Hub, Machine, states};
use crate::stand_in::{Conduct, Partners};
use crate::{KHARKIV, SOURCES, every, expected};

/// A machine that has read all partners once.
async fn read_once(partners: &Partners) -> Machine {
    let machine = Machine::fresh(partners);
    let ran = machine.run(&["harvest"]).await;
    assert_eq!(ran.code(), Some(0), "{}", ran.said());
    machine
}

/// All readings are past their age as soon as they are made.
fn aged(machine: Machine) -> Machine {
    let ids = ["EIB", "EBRD", "OECD", "CEB"];
    ids.into_iter().fold(machine, |machine, id| machine.set(&format!("PARTNERS__{id}__MAX_AGE_MINUTES"), "0"))
}

/// The projects in Kharkiv oblast, without the state of their sources.
async fn projects(hub: &Hub) -> Vec<Value> {
    let mut nodes =
        hub.ask(KHARKIV).await["data"]["place"]["projects"]["nodes"].as_array().cloned().unwrap_or_default();
    for project in &mut nodes {
        project["provenance"]["source"]["state"].take();
    }
    nodes
}

/// Restarts a hub with partners that have turned, and waits until it knows.
async fn check_restart(conduct: Conduct, state: &str) {
    let partners = Partners::all(Conduct::Played).await;
    let machine = read_once(&partners).await;
    let hub = machine.serve().await;
    let before = projects(&hub).await;
    assert_eq!(hub.states().await, every("FRESH"));
    hub.stop().await;
    partners.iter().for_each(|part| part.turn(conduct));
    let hub = aged(machine).serve().await;
    let marked = |answer: &Value| states(&answer["data"]["hub"]["sources"]) == every(state);
    hub.ask_until("{ hub { sources { id state } } }", marked).await;
    assert!(!before.is_empty() && projects(&hub).await == before, "the last good reading answers, record by record");
}

#[tokio::test]
async fn a_restart_keeps_the_readings_of_partners_that_are_down() {
    check_restart(Conduct::Fails, "FAILED").await;
}

#[tokio::test]
async fn readings_past_their_age_are_stale_as_long_as_partners_take_their_time() {
    check_restart(Conduct::Silent, "STALE").await;
}

/// Spoils the kept reading of one source and starts again with partners that are down.
async fn check_spoiled(spoil: impl Fn(Vec<u8>) -> Vec<u8>) {
    let partners = Partners::all(Conduct::Played).await;
    let machine = read_once(&partners).await;
    let file = machine.data().join("readings/eib-projects.json.zst");
    let kept = std::fs::read(&file).expect("the kept reading");
    std::fs::write(&file, spoil(kept)).expect("a spoiled reading");
    partners.iter().for_each(|part| part.turn(Conduct::Fails));
    let hub = machine.serve().await;
    let said = hub.log.find("a kept reading cannot be used");
    let about: Vec<_> = said.iter().map(|line| (line["level"].as_str(), line["source.id"].as_str())).collect();
    assert_eq!(about, [(Some("ERROR"), Some("eib-projects"))], "{said:#?}");
    let others = [SOURCES[1], SOURCES[2], SOURCES[3]].map(|source| (source, "FRESH"));
    assert_eq!(hub.states().await, [expected([("eib-projects", "BASELINE")]), expected(others)].concat());
    assert!(!projects(&hub).await.is_empty());
}

#[tokio::test]
async fn a_reading_cut_short_on_disk_gives_way_to_the_baseline() {
    check_spoiled(|kept| kept[..kept.len() / 2].to_vec()).await;
}

#[tokio::test]
async fn a_file_that_is_no_reading_gives_way_to_the_baseline() {
    check_spoiled(|_| b"no reading".to_vec()).await;
}

#[tokio::test]
async fn a_reading_of_another_address_is_not_shown() {
    let partners = Partners::all(Conduct::Played).await;
    let machine = read_once(&partners).await.set("PARTNERS__CEB__BASE_URL", "http://127.0.0.1:1");
    let hub = machine.serve().await;
    let fresh = [SOURCES[0], SOURCES[1], SOURCES[2]].map(|source| (source, "FRESH"));
    assert_eq!(hub.states().await, [expected(fresh), expected([("ceb-projects", "BASELINE")])].concat());
    assert_eq!(hub.log.find("the kept reading is of another address").len(), 1);
}
