//! Of sources, and of what is odd in them.

use async_graphql::Enum;
use connectors::model;

use crate::harvest;

/// How much an issue weakens the record it stands at.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::Severity")]
pub enum Severity {
    /// Worth knowing; the record can be used as it is.
    Info,
    /// A field is missing, doubtful or in conflict with another.
    Warning,
    /// The record, or a part of it, could not be read.
    Error,
}

/// How a source is doing. BASELINE until a first reading has succeeded, whatever the attempts (`lastError` tells
/// them); then FAILED if the last attempt failed, else STALE past the maximum age, else FRESH.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "harvest::SourceState")]
pub enum SourceState {
    /// The last reading succeeded and is not past its age.
    Fresh,
    /// The reading is past its age; a new one is due or under way.
    Stale,
    /// The last attempt failed; the reading before it is shown, with its date.
    Failed,
    /// Nothing has been read from the partner yet: facts compiled on `retrievedAt` and built into the hub are shown.
    Baseline,
    /// Nothing has been read, and there is no baseline.
    NeverFetched,
}
