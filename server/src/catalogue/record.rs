//! One project with what the hub works out about it.

use chrono::{DateTime, Utc};
use connectors::model::{Issue, Project, ProjectStatus};

use crate::places::{LocationLevel, PlaceIndex};
use crate::sectors::Classification;

/// How a location was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LocationMethod {
    /// The source gives a code.
    PublishedCode,
    /// The source gives coordinates.
    PublishedPoint,
    /// The source gives a name in a field of its own.
    PublishedName,
    /// The title names it.
    MatchedTitle,
    /// The description names it.
    MatchedDescription,
}

/// What the hub works out about one project; the project itself stays in its reading.
#[derive(Debug, Clone)]
pub struct Record {
    /// The number of its reading.
    pub(super) reading: u16,
    /// Its position in the reading.
    pub(super) position: u32,
    /// Its sectors.
    pub sector: Classification,
    /// Where it happens; empty where nothing states it.
    pub locations: Vec<Location>,
    /// Whether its dates contradict its status.
    pub status_conflict: bool,
    /// When this version of it was first read.
    pub updated_at: DateTime<Utc>,
    /// The numbers of its issues in the catalogue.
    pub issues: std::ops::Range<u32>,
}

/// One place where a project happens, and how that is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Location {
    /// How exact it is.
    pub level: LocationLevel,
    /// The place; `None` where the whole country is meant, or where the words fit several places.
    pub place: Option<PlaceIndex>,
    /// How it was found.
    pub method: LocationMethod,
    /// 0 to 1; 1 for a published code.
    pub confidence: f64,
    /// The words that were read, as they stand in the source.
    pub evidence: Option<String>,
    /// The places that the words could mean, where they fit several.
    pub candidates: Vec<PlaceIndex>,
}

/// The codes of issues that the hub itself finds, beside those of the connectors.
pub mod codes {
    /// A published location that is no known place, or a name that fits several.
    pub const UNRESOLVED_LOCATION: &str = "UNRESOLVED_LOCATION";
    /// Dates contradict the status; both are shown.
    pub const STATUS_CONFLICT: &str = "STATUS_CONFLICT";
}

/// Why the dates contradict the status, as a sentence; `None` where they do not.
///
/// The comparison is made with the day of reading, not with today, so that an old reading does not grow conflicts.
pub(super) fn status_conflict(project: &Project) -> Option<String> {
    let read_on = project.provenance.retrieved_at.date_naive();
    let word = project.status_native.as_deref().unwrap_or("no status");
    let not_ended = matches!(
        project.status,
        ProjectStatus::Pipeline | ProjectStatus::Approved | ProjectStatus::Signed | ProjectStatus::Implementing
    );
    if let Some(ended) = project.ended_on.filter(|ended| not_ended && ended.last_day() < read_on) {
        return Some(format!("The end {ended} was past when the record was read, and the source says \"{word}\"."));
    }
    let before_signature = matches!(project.status, ProjectStatus::Pipeline | ProjectStatus::Approved);
    if let Some(signed) = project.signed_on.filter(|signed| before_signature && signed.last_day() < read_on) {
        return Some(format!("The record has the signature date {signed}, and the source says \"{word}\"."));
    }
    let not_approved = project.status == ProjectStatus::Pipeline;
    let approved = project.approved_on.filter(|approved| not_approved && approved.last_day() < read_on)?;
    Some(format!("The record has the approval date {approved}, and the source says \"{word}\"."))
}

/// The issue for a status that the dates contradict.
pub(super) fn conflict_issue(message: String) -> Issue {
    Issue::new(codes::STATUS_CONFLICT, connectors::model::Severity::Warning, message).at("status")
}

/// The issue for a sector code that the DAC's list does not have.
pub(super) fn unlisted_issue(code: &str) -> Issue {
    let message = format!("The source gives the sector code \"{code}\", which the DAC's list does not have.");
    Issue::new(connectors::model::codes::UNKNOWN_SECTOR, connectors::model::Severity::Warning, message).at("sector")
}
