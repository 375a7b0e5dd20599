//! The sources that a file stands on, with their terms and how they were doing.

use connectors::model::PartialDate;
use serde::Serialize;

use super::columns::instant;
use super::row::code;
use crate::graph::types;
use crate::view::View;

/// One source, as a file names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct SourceNote {
    id: &'static str,
    name: &'static str,
    partner_id: &'static str,
    partner_name: &'static str,
    homepage: &'static str,
    /// What is known of its terms of reuse.
    terms: &'static str,
    state: String,
    /// When what is shown was read; null before any reading.
    retrieved_at: Option<String>,
    /// The newest date that the source itself states.
    published_at: Option<PartialDate>,
    records: usize,
}

/// Every source of a view: also those that gave no record, so that a gap is never read as a zero.
pub(super) fn of(view: &View) -> Vec<SourceNote> {
    let sources = view.sources.iter().map(|source| SourceNote {
        id: source.feed.id,
        name: source.feed.name,
        partner_id: source.partner.id,
        partner_name: source.partner.name,
        homepage: source.feed.homepage,
        terms: source.feed.terms,
        state: code::<types::SourceState>(source.state).into_owned(),
        retrieved_at: source.status.retrieved_at.map(instant),
        published_at: source.status.published_at.map(PartialDate::day),
        records: source.status.records,
    });
    sources.collect()
}
