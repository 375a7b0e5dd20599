//! Answers that end too early, too late or never.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use connectors::connector::Failure;
use connectors::model::codes;
use connectors::stage::Recorded;

use crate::play::{Asked, MANY_REQUESTS, Play, Reader, template};
use crate::{baseline, damage, feeds, ids, torn};

#[tokio::test]
async fn a_cut_body_is_cut_short() {
    for (partner, feed) in feeds() {
        let failure = Reader::new(partner, feed, &torn::serve(partner)).read(|_| {}).await.err();
        assert_eq!(failure.as_ref().map(Failure::kind), Some("cut short"), "{}: {failure:?}", feed.id);
    }
}

#[tokio::test]
async fn a_body_over_the_cap_is_too_large() {
    for (partner, feed) in feeds() {
        let failure = Play::faithful(partner, feed).await.read_with(|options| options.max_body_bytes = 12).await.err();
        let limit = match &failure {
            Some(Failure::TooLarge { limit, .. }) => *limit,
            _ => 0,
        };
        assert_eq!(limit, 12, "{}: {failure:?}", feed.id);
    }
}

#[tokio::test]
async fn fewer_rows_than_announced_are_noticed() {
    for (partner, feed) in feeds() {
        let Some(announced) = baseline(partner, feed).await.announced else { continue };
        let raised = Arc::new(AtomicBool::new(false));
        let seen = raised.clone();
        let answer = move |asked: Asked| {
            let more = damage::announce_more(&asked.recorded, announced);
            seen.fetch_or(more.is_some(), Ordering::Relaxed);
            template(more.unwrap_or(asked.recorded))
        };
        let read = Play::with(partner, feed, answer).await.read().await;
        assert!(raised.load(Ordering::Relaxed), "{}: say in damage.rs how it announces its rows", feed.id);
        match read {
            Ok(harvest) => {
                let mut codes = harvest.issues.iter().map(|issue| issue.code.as_str());
                assert!(codes.any(|code| code == codes::FEWER_ROWS_THAN_ANNOUNCED), "{}", feed.id);
            }
            Err(failure) => assert_eq!(failure.kind(), "cut short", "{}", feed.id),
        }
    }
}

/// Plays a partner that gives its first answer at each address again and again, altered. How a reading ends is the
/// partner's own matter: with a failure, or with what there was and a word about it.
async fn check_that_it_ends(alter: fn(Asked) -> Recorded) {
    for (partner, feed) in feeds() {
        let good = baseline(partner, feed).await;
        let firsts = Mutex::new(HashMap::new());
        let answer = move |asked: Asked| {
            let mut firsts = firsts.lock().expect("nothing panics while it holds the lock");
            let first = firsts.entry(asked.path.clone()).or_insert(asked.recorded).clone();
            template(alter(Asked { recorded: first, ..asked }))
        };
        let play = Play::with(partner, feed, answer).await;
        if let Ok(read) = play.read().await {
            let whole = ids(&read).is_superset(&ids(&good));
            assert!(whole || !read.issues.is_empty() || !read.rejects.is_empty(), "{}: ended silently", feed.id);
        }
        let requests = play.requests().await as u64;
        assert!((1..MANY_REQUESTS).contains(&requests), "{}: {requests} requests", feed.id);
    }
}

#[tokio::test]
async fn the_same_page_for_ever_ends() {
    check_that_it_ends(|asked| asked.recorded).await;
}

#[tokio::test]
async fn new_pages_for_ever_end() {
    check_that_it_ends(damage::make_endless).await;
}
