//! `hub check`: what it says of partners in every condition.

use crate::hub::Machine;
use crate::stand_in::{Conduct, Partners};

/// Checks one partner, and compares the exit code and what is said.
async fn check(conduct: Conduct, arguments: &[&str], code: i32, says: &[&str]) {
    let partners = Partners::all(conduct).await;
    let ran = Machine::fresh(&partners).run(&[&["check", "ceb"], arguments].concat()).await;
    assert_eq!(ran.code(), Some(code), "{conduct:?}: {}", ran.said());
    for words in says {
        assert!(ran.printed().contains(words), "{conduct:?}: `{words}` is not in {}", ran.said());
    }
    for part in partners.iter().filter(|part| part.partner.id != "ceb") {
        assert!(part.requests().await.is_empty(), "{} was not to be asked", part.partner.id);
    }
}

#[tokio::test]
async fn a_partner_that_answers_as_described_fits() {
    check(Conduct::Played, &[], 0, &["ceb-projects: ", " asked http://127.0.0.1:", " rows read", "fits the expected"])
        .await;
}

#[tokio::test]
async fn a_refusal_is_named() {
    check(Conduct::Refuses, &[], 1, &["FAILED (refused)", "403"]).await;
}

#[tokio::test]
async fn a_fault_of_the_partner_is_named() {
    check(Conduct::Fails, &[], 1, &["FAILED (unavailable)", "500"]).await;
}

#[tokio::test]
async fn a_closed_port_is_named() {
    check(Conduct::Closed, &[], 1, &["FAILED (unreachable)", "http://127.0.0.1:1/"]).await;
}

#[tokio::test]
async fn only_as_many_requests_are_made_as_were_allowed() {
    let partners = Partners::all(Conduct::Played).await;
    let machine = Machine::fresh(&partners);
    for allowed in [1, 3] {
        let mut before = Vec::new();
        for part in partners.iter() {
            before.push(part.requests().await.len());
        }
        let ran = machine.run(&["check", "--requests", &allowed.to_string()]).await;
        assert_eq!(ran.code(), Some(0), "{}", ran.said());
        for (part, before) in partners.iter().zip(before) {
            assert_eq!(part.requests().await.len() - before, allowed, "{}", part.partner.id);
        }
    }
    assert!(!machine.data().join("readings/eib-projects.json.zst").exists(), "a check keeps no reading");
}
