//! `hub stage` and `hub serve` together: the demonstration of the README.

use serde_json::Value;

use crate::every;
use crate::hub::{Machine, states};

#[tokio::test]
async fn serving_with_what_the_stage_prints_reads_every_partner() {
    let (_stage, printed) = Machine::bare().stage().await;
    let exports = printed.lines().filter_map(|line| line.strip_prefix("export HUB_")?.split_once('='));
    let machine = exports.fold(Machine::bare(), |machine, (key, value)| machine.set(key, value));
    let machine = machine.set("RATES__ENABLED", "true");
    let hub = machine.serve().await;
    let fresh = |answer: &Value| {
        let sources = answer["data"]["hub"]["sources"].as_array().cloned().unwrap_or_default();
        states(&answer["data"]["hub"]["sources"]) == every("FRESH")
            && sources.iter().all(|source| source["state"] == "FRESH")
    };
    let answer = hub.ask_until("{ hub { sources { id state records rejected } } }", fresh).await;
    for source in answer["data"]["hub"]["sources"].as_array().expect("a list") {
        assert!(source["records"].as_u64() > Some(0) && source["rejected"].as_u64() == Some(0), "{source}");
    }
}
