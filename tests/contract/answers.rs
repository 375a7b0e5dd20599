//! What a reading brings: everything that was recorded, with its evidence, whatever a single row is like.

use std::collections::HashSet;

use connectors::connector::Harvest;
use connectors::model::{AmountBasis, codes, sha256_hex};
use connectors::partners::Feed;

use crate::play::{Play, template};
use crate::{baseline, damage, feeds, ids};

#[tokio::test]
async fn a_good_answer_is_read_whole_and_twice_alike() {
    for (partner, feed) in feeds() {
        let good = baseline(partner, feed).await;
        let play = Play::faithful(partner, feed).await;
        let first = play.read().await.unwrap_or_else(|failure| panic!("{failure}"));
        let second = play.read().await.unwrap_or_else(|failure| panic!("{failure}"));
        assert!(!first.projects.is_empty(), "{}", feed.id);
        assert_eq!(ids(&first), ids(&good), "{}: HTTP and baseline differ", feed.id);
        assert_eq!(first.projects.len(), ids(&first).len(), "{}: an id stands twice", feed.id);
        assert_eq!((&first.rejects, first.announced), (&good.rejects, good.announced), "{}", feed.id);
        assert_eq!(digests(&first), digests(&second), "{}: two readings differ", feed.id);
        assert!(play.waits().is_empty(), "{}: waited without being asked to", feed.id);
        check_records(&first, partner.id, feed);
    }
}

fn digests(harvest: &Harvest) -> Vec<(&str, &str)> {
    harvest.projects.iter().map(|project| (project.id.as_str(), project.provenance.sha256.as_str())).collect()
}

fn check_records(harvest: &Harvest, partner: &str, feed: &Feed) {
    for project in &harvest.projects {
        let (id, evidence) = (&project.id, &project.provenance);
        assert_eq!(id.partner(), partner, "{id}");
        assert_eq!(evidence.source, feed.id, "{id}");
        assert!(!evidence.raw.trim().is_empty(), "{id}: no evidence");
        assert_eq!(evidence.sha256, sha256_hex(evidence.raw.as_bytes()), "{id}");
        let has = |code| project.issues.iter().any(|issue| issue.code == code);
        assert_eq!(project.titles.is_empty(), has(codes::MISSING_TITLE), "{id}: a missing title is said");
        assert_eq!(id.is_authored(), has(codes::AUTHORED_IDENTIFIER), "{id}: an authored id is said");
        assert!(!project.countries.is_empty(), "{id}: in no country");
        let bases: HashSet<AmountBasis> = project.amounts.iter().map(|amount| amount.basis).collect();
        assert_eq!(bases.len(), project.amounts.len(), "{id}: two amounts of one basis");
    }
}

#[tokio::test]
async fn a_broken_row_is_rejected_and_the_others_stand() {
    for (partner, feed) in feeds() {
        let good = baseline(partner, feed).await;
        let play = Play::with(partner, feed, |asked| template(damage::add_broken_row(asked))).await;
        let read = play.read().await.unwrap_or_else(|failure| panic!("{failure}"));
        assert_eq!(ids(&read), ids(&good), "{}", feed.id);
        assert!(read.rejects.len() > good.rejects.len(), "{}: a broken row went by without a word", feed.id);
        for reject in &read.rejects {
            assert!(!reject.position.is_empty() && !reject.reason.is_empty(), "{}: {reject:?}", feed.id);
        }
    }
}

#[tokio::test]
async fn a_wrong_encoding_spoils_a_word_and_nothing_else() {
    for (partner, feed) in feeds() {
        let good = baseline(partner, feed).await;
        let titles: Vec<String> =
            good.projects.iter().flat_map(|p| &p.titles).map(|title| title.text.clone()).collect();
        let plain = |title: &&String| title.is_ascii() && !title.contains(['&', '"', '\'']);
        let title = titles.iter().find(plain).unwrap_or_else(|| panic!("{}: no plain title", feed.id)).clone();
        let guessed = format!("é{}", &title[1..]);
        let play = Play::with(partner, feed, move |asked| template(damage::misspell(&asked.recorded, &title))).await;
        let read = play.read().await.unwrap_or_else(|failure| panic!("{failure}"));
        assert_eq!(ids(&read), ids(&good), "{}", feed.id);
        let mut read_titles = read.projects.iter().flat_map(|project| &project.titles);
        assert!(read_titles.any(|title| title.text == guessed), "{}: `{guessed}` is not read", feed.id);
    }
}
