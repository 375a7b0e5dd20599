//! The number of requests that a partner allows in a span of time, kept across restarts.

use crate::hub::Machine;
use crate::stand_in::{Conduct, Partners};

#[tokio::test]
async fn the_budget_of_requests_holds_across_restarts() {
    let partners = Partners::all(Conduct::Played).await;
    let machine = Machine::fresh(&partners).set("PARTNERS__OECD__BUDGET__REQUESTS", "3");
    for _ in 0..3 {
        let ran = machine.run(&["harvest", "oecd"]).await;
        assert_eq!(ran.code(), Some(1), "twenty years do not fit into three requests: {}", ran.said());
        assert!(ran.printed().contains("asks us to wait"), "{}", ran.said());
        assert_eq!(partners.get("oecd").requests().await.len(), 3, "no later run has a budget of its own");
    }
    let hub = machine.serve().await;
    let refused = hub.log.until_line("the partner could not be read", |line| line["source.id"] == "oecd-crs").await;
    let wait =
        refused["reason"].as_str().and_then(|reason| reason.rsplit("wait ").next()?.strip_suffix(" s")?.parse().ok());
    assert!(wait.is_some_and(|seconds: u64| (3_000..=3_600).contains(&seconds)), "{refused}");
    assert_eq!(partners.get("oecd").requests().await.len(), 3);
}

#[tokio::test]
async fn a_check_counts_in_the_budget_too() {
    let partners = Partners::all(Conduct::Played).await;
    let machine = Machine::fresh(&partners).set("PARTNERS__OECD__BUDGET__REQUESTS", "2");
    machine.run(&["check", "--requests", "2", "oecd"]).await;
    let ran = machine.run(&["harvest", "oecd"]).await;
    assert_eq!(ran.code(), Some(1), "{}", ran.said());
    assert_eq!(partners.get("oecd").requests().await.len(), 2);
}
