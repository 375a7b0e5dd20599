//! What a member offers to Ukrainian communities.

use chrono::{DateTime, Utc};
use connectors::model::Language;
use serde::{Deserialize, Serialize};

use super::check::{self, Fault};
use super::theme::Theme;

/// Where an offer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OfferState {
    /// Published and free.
    Open,
    /// A need was found for it.
    Matched,
    /// Its publisher took it back.
    Withdrawn,
}

/// What a member offers, about one theme. It names no person and holds no contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// `offer:<UUID, version 7>`.
    pub id: String,
    /// The id of the member that offers it.
    pub member: String,
    /// What it is about.
    pub theme: Theme,
    /// What is offered, in a few words.
    pub title: String,
    /// What is offered, in full.
    pub description: String,
    /// The languages in which the member can work together with others.
    pub languages: Vec<Language>,
    /// Where it stands.
    pub state: OfferState,
    /// Ids of the principles that it serves, such as `principle:4`.
    pub principles: Vec<String>,
    /// Ids of the calls that it answers, such as `call:1`.
    pub calls: Vec<String>,
    /// When it was published.
    pub published_at: DateTime<Utc>,
}

impl Offer {
    /// The offer, if its fields obey the rules. References to other records are judged by [`super::Records::of`].
    ///
    /// # Errors
    /// The first [`Fault`]: an id or text without the form it has to have.
    pub fn checked(self) -> Result<Self, Fault> {
        check::uuid("offer", &self.id)?;
        check::filled("title", &self.title)?;
        check::filled("description", &self.description)?;
        Ok(self)
    }
}
