//! One suite for every partner: what each connector promises, whatever its site does.
//!
//! A partner's recorded answers are played on a mock server, faithfully or with one fault, and its connector reads
//! them over HTTP. A new partner is tested by its entry in the registry alone: no test here names one.

mod answers;
mod damage;
mod faults;
mod limits;
mod play;
#[path = "../support/played.rs"]
mod played;
mod recorded;
mod registry;
mod torn;

use std::collections::BTreeSet;

use connectors::connector::Harvest;
use connectors::model::CountryCode;
use connectors::partners::{self, Feed, Partner};
use connectors::stage;

/// What the readings of this suite are about.
const COUNTRIES: [CountryCode; 1] = [CountryCode::UA];

/// Every feed of every partner.
fn feeds() -> impl Iterator<Item = (&'static Partner, &'static Feed)> {
    partners::ALL.iter().flat_map(|partner| partner.feeds.iter().map(|feed| (*partner, feed)))
}

/// What a feed's recorded answers hold, read without any socket.
async fn baseline(partner: &Partner, feed: &Feed) -> Harvest {
    let read = stage::baseline(partner, feed, &COUNTRIES).await;
    read.unwrap_or_else(|failure| panic!("{}: the baseline cannot be read: {failure}", feed.id))
}

fn ids(harvest: &Harvest) -> BTreeSet<&str> {
    harvest.projects.iter().map(|project| project.id.as_str()).collect()
}
