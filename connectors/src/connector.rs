//! The seam between the hub and a partner: one trait, and what it hands back.

use std::collections::HashMap;

use async_trait::async_trait;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use crate::http::Failure;
use crate::model::{CountryCode, Issue, Project, ProjectId, Severity, codes};

/// Reads one feed of one partner.
///
/// A connector decides how to page and how to read. It does not cache, retry, log failures, resolve places,
/// convert money, or know GraphQL: it is handed a ready [`crate::http::Client`] and its section of the
/// configuration when it is opened.
#[async_trait]
pub trait Connector: Send + Sync {
    /// Reads a slice of the feed to its end.
    ///
    /// A row that cannot be read is a [`Reject`], never a failure of the whole.
    ///
    /// # Errors
    /// A [`Failure`] when the slice as a whole could not be read; the caller keeps its last good reading.
    async fn harvest(&self, slice: &Slice) -> Result<Harvest, Failure>;

    /// The narrowest slice that the partner can be asked for and that holds the one wanted.
    ///
    /// A partner that publishes one file for all countries answers [`Slice::Everything`] and keeps by itself
    /// what its configuration names.
    fn narrowest(&self, wanted: &Slice) -> Slice {
        wanted.clone()
    }
}

/// A part of a partner's catalogue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Slice {
    /// All that the partner publishes.
    Everything,
    /// What it publishes for one country.
    Country(CountryCode),
}

/// What one reading of a slice brought.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Harvest {
    /// Canonical records, each id once, in the order they came.
    pub projects: Vec<Project>,
    /// Rows that could not be read, as they came.
    pub rejects: Vec<Reject>,
    /// How many rows the partner said there are, before any filter of ours.
    pub announced: Option<u64>,
    /// The newest date that the source states about itself or its rows.
    pub published_at: Option<NaiveDate>,
    /// What is odd about the feed as a whole.
    pub issues: Vec<Issue>,
}

/// A row that could not be read: kept, shown, never fatal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reject {
    /// Where it stood: `page 3, row 17`, `2023, line 204`.
    pub position: String,
    /// Why it could not be read, as a sentence.
    pub reason: String,
    /// The row as it came.
    pub raw: String,
}

/// Collects what a connector reads, each id once.
#[derive(Debug, Default)]
pub struct Gathering {
    harvest: Harvest,
    position_by_id: HashMap<ProjectId, usize>,
}

impl Gathering {
    /// Takes a record. A repeat of the same id is dropped when it says the same; when it says something else the
    /// first stays and an issue stands at it.
    pub fn take(&mut self, project: Project) {
        let Some(&position) = self.position_by_id.get(&project.id) else {
            self.position_by_id.insert(project.id.clone(), self.harvest.projects.len());
            self.harvest.projects.push(project);
            return;
        };
        let first = &mut self.harvest.projects[position];
        let known = first.issues.iter().any(|issue| issue.code == codes::CONFLICTING_DUPLICATE);
        if first.provenance.sha256 != project.provenance.sha256 && !known {
            let message = "The source sent this identifier more than once with different content; the first is shown.";
            first.issues.push(Issue::new(codes::CONFLICTING_DUPLICATE, Severity::Warning, message));
        }
    }

    /// Keeps a row that could not be read.
    pub fn reject(&mut self, position: impl Into<String>, reason: impl Into<String>, raw: impl Into<String>) {
        self.harvest.rejects.push(Reject { position: position.into(), reason: reason.into(), raw: raw.into() });
    }

    /// Notes something odd about the feed as a whole.
    pub fn note(&mut self, issue: Issue) {
        self.harvest.issues.push(issue);
    }

    /// Moves the feed's own date forward, if this one is newer.
    pub fn published(&mut self, date: NaiveDate) {
        self.harvest.published_at = self.harvest.published_at.max(Some(date));
    }

    /// How many records are held.
    #[must_use]
    pub fn len(&self) -> usize {
        self.harvest.projects.len()
    }

    /// Whether no record is held.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.harvest.projects.is_empty()
    }

    /// The harvest, with what the partner announced.
    #[must_use]
    pub fn finish(mut self, announced: Option<u64>) -> Harvest {
        self.harvest.announced = announced;
        self.harvest
    }
}

impl Harvest {
    /// Joins the harvest of another slice of the same feed; an id that both hold stands once.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let announced = match (self.announced, other.announced) {
            (Some(left), Some(right)) => Some(left + right),
            (left, right) => left.or(right),
        };
        let published_at = self.published_at.max(other.published_at);
        let mut gathering = Gathering::default();
        for half in [self, other] {
            half.projects.into_iter().for_each(|project| gathering.take(project));
            gathering.harvest.rejects.extend(half.rejects);
            gathering.harvest.issues.extend(half.issues);
        }
        gathering.harvest.published_at = published_at;
        gathering.finish(announced)
    }
}
