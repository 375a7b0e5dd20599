//! The real binary from outside: it is started on a free port, its partners are played on this machine, and what they
//! were asked is counted.
//!
//! Nothing here knows how the hub works; a test starts processes, asks over HTTP, and reads the log. `cargo test
//! --workspace` builds the binary first; where only this package is tested, it is the binary of the last build.

#[allow(dead_code, reason = "shared, and no target needs all of it")]
#[path = "../support/hub.rs"]
mod hub;
#[allow(dead_code, reason = "shared, and no target needs all of it")]
#[path = "../support/played.rs"]
mod played;
#[path = "../support/stand_in.rs"]
mod stand_in;

mod attacks;
mod baseline;
mod boundaries;
mod budget;
mod caching;
mod check;
mod connections;
mod engines;
mod export;
mod federation;
mod http;
mod import;
mod kept;
mod killed;
mod limits;
mod load;
mod pages;
mod persisted;
mod playground;
mod readings;
mod search;
mod shedding;
mod stage;
mod statuses;
mod stopping;
mod story;
mod subscriptions;
mod writing;

/// What the hub exists for: one place, its members, its partnerships, and all partners' projects there.
const KHARKIV: &str = include_str!("kharkiv.graphql");

/// The sources, in the registry's order.
const SOURCES: [&str; 4] = ["eib-projects", "ebrd-projects", "oecd-crs", "ceb-projects"];

/// What the sources' states should be: a list of pairs, as the hub's answers are read.
fn expected<const N: usize>(states: [(&str, &str); N]) -> Vec<(String, String)> {
    states.map(|(source, state)| (source.to_owned(), state.to_owned())).into()
}

/// All sources in one state.
fn every(state: &str) -> Vec<(String, String)> {
    expected(SOURCES.map(|source| (source, state)))
}
