//! What a reading comes to when the partner refuses, asks to wait, breaks down or moves: a failure that says what to do
//! next, and never a catalogue that looks smaller than it is.

use std::time::Duration;

use connectors::connector::Failure;
use connectors::model::codes;
use wiremock::ResponseTemplate;

use crate::play::{Play, Reader, template};
use crate::{baseline, damage, feeds, ids};

/// Reads every partner while it answers each request with a fault, and compares the kind of failure and the number of
/// requests made.
async fn check(fault: fn() -> ResponseTemplate, kinds: &[&str], requests: usize) {
    for (partner, feed) in feeds() {
        let play = Play::with(partner, feed, move |_| fault()).await;
        let kind = play.read().await.map_or_else(|failure| failure.kind(), |_| "read");
        assert!(kinds.contains(&kind), "{}: {kind} in place of {kinds:?}", feed.id);
        assert_eq!(play.requests().await, requests, "{}: requests", feed.id);
    }
}

#[tokio::test]
async fn a_403_is_a_refusal_and_is_not_repeated() {
    check(|| ResponseTemplate::new(403), &["refused"], 1).await;
}

#[tokio::test]
async fn a_404_page_is_no_empty_catalogue() {
    let page = || ResponseTemplate::new(404).set_body_raw(damage::OTHER_PAGE, "text/html");
    check(page, &["not found"], 1).await;
}

#[tokio::test]
async fn a_500_is_repeated_and_then_a_fault_of_the_partner() {
    check(|| ResponseTemplate::new(500).set_body_string("Internal fault"), &["unavailable"], 3).await;
}

#[tokio::test]
async fn a_page_where_data_is_due_is_no_data() {
    let page = || ResponseTemplate::new(200).set_body_raw(damage::OTHER_PAGE, "text/html");
    check(page, &["refused", "unreadable"], 1).await;
}

#[tokio::test]
async fn nothing_at_all_is_no_data() {
    check(|| ResponseTemplate::new(200), &["refused", "unreadable", "cut short"], 1).await;
}

#[tokio::test]
async fn a_short_wait_is_sat_out_wherever_it_comes() {
    for (partner, feed) in feeds() {
        let good = baseline(partner, feed).await;
        let all = requests_of_a_good_reading(partner, feed).await;
        for throttled in [1, 2, all] {
            let wait = || ResponseTemplate::new(429).insert_header("Retry-After", "7");
            let answer = move |asked: crate::play::Asked| {
                if asked.number == throttled { wait() } else { template(asked.recorded) }
            };
            let play = Play::with(partner, feed, answer).await;
            let read = play.read().await.unwrap_or_else(|failure| panic!("{failure}"));
            assert_eq!(ids(&read), ids(&good), "{}", feed.id);
            assert_eq!(play.waits(), [Duration::from_secs(7)], "{}", feed.id);
            assert_eq!(play.requests().await, all + 1, "{}", feed.id);
        }
    }
}

#[tokio::test]
async fn a_long_wait_is_handed_on() {
    for (partner, feed) in feeds() {
        let play = Play::with(partner, feed, |_| ResponseTemplate::new(429).insert_header("Retry-After", "5400")).await;
        let failure = play.read().await.err();
        let wait = match &failure {
            Some(Failure::Throttled { wait, .. }) => *wait,
            _ => None,
        };
        assert_eq!(wait, Some(Duration::from_secs(5_400)), "{}: {failure:?}", feed.id);
        assert_eq!((play.requests().await, play.waits()), (1, vec![]), "{}", feed.id);
    }
}

#[tokio::test]
async fn nobody_at_the_address_is_unreachable() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}/", listener.local_addr().unwrap());
    drop(listener);
    for (partner, feed) in feeds() {
        let failure = Reader::new(partner, feed, &base).read(|_| {}).await.err();
        assert_eq!(failure.as_ref().map(Failure::kind), Some("unreachable"), "{}", feed.id);
    }
}

#[tokio::test]
async fn a_site_that_breaks_down_midway_does_not_look_smaller() {
    for (partner, feed) in feeds() {
        let good = baseline(partner, feed).await;
        let all = requests_of_a_good_reading(partner, feed).await;
        for last_good in [1, all / 2, all.saturating_sub(1)] {
            let answer = move |asked: crate::play::Asked| {
                if asked.number > last_good { ResponseTemplate::new(503) } else { template(asked.recorded) }
            };
            let Ok(read) = Play::with(partner, feed, answer).await.read().await else { continue };
            let lost = ids(&good).difference(&ids(&read)).count();
            assert!(lost <= read.rejects.len(), "{}: {lost} records are gone without a word", feed.id);
            let said = read.projects.iter().flat_map(|project| &project.issues);
            let unread = said.filter(|issue| issue.code == codes::DETAIL_NOT_READ).count() + read.rejects.len();
            assert!(last_good >= all || unread > 0, "{}: pages are missing without a word", feed.id);
        }
    }
}

async fn requests_of_a_good_reading(
    partner: &'static connectors::partners::Partner,
    feed: &'static connectors::partners::Feed,
) -> usize {
    let play = Play::faithful(partner, feed).await;
    play.read().await.unwrap_or_else(|failure| panic!("{failure}"));
    play.requests().await
}
