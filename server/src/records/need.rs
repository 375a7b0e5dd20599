//! What a Ukrainian community asks for.

use chrono::{DateTime, Utc};
use connectors::model::Language;
use serde::{Deserialize, Serialize};

use super::check::{self, Fault};
use super::theme::Theme;

/// Where a need stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum NeedState {
    /// Published, and nobody has taken it up.
    Open,
    /// An offer was found for it.
    Matched,
    /// It is met.
    Met,
    /// Its publisher took it back.
    Withdrawn,
}

/// What a community asks for, at one place and about one theme. It names no person and holds no contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Need {
    /// `need:<UUID, version 7>`.
    pub id: String,
    /// The id of the member that publishes it, where it is one.
    pub member: Option<String>,
    /// The KATOTTG code of the place that needs it.
    pub place: String,
    /// What it is about.
    pub theme: Theme,
    /// What is asked for, in a few words.
    pub title: String,
    /// What is asked for, in full.
    pub description: String,
    /// The languages in which the community can work together with others.
    pub languages: Vec<Language>,
    /// Where it stands.
    pub state: NeedState,
    /// Ids of the principles that it serves, such as `principle:4`.
    pub principles: Vec<String>,
    /// Ids of the calls that it answers, such as `call:1`.
    pub calls: Vec<String>,
    /// When it was published.
    pub published_at: DateTime<Utc>,
}

impl Need {
    /// The need, if its fields obey the rules. References to other records are judged by [`super::Records::of`].
    ///
    /// # Errors
    /// The first [`Fault`]: an id, text or place code without the form it has to have.
    pub fn checked(self) -> Result<Self, Fault> {
        check::uuid("need", &self.id)?;
        check::filled("title", &self.title)?;
        check::filled("description", &self.description)?;
        check::place("place", Some(&self.place), None)?;
        Ok(self)
    }
}
