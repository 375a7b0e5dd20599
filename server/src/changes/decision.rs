//! Deciding about an application. One that is accepted becomes a member.

use connectors::model::{CountryCode, Language};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::fault::ChangeFault;
use super::input::{Checks, day, free_id, slug};
use super::{Change, Ground};
use crate::db::{ApplicationRow, Origin, Transaction};
use crate::places::latin;
use crate::records::{self, MemberRole};

/// Where an application stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ApplicationState {
    /// It came, and nobody has looked at it.
    Received,
    /// Somebody looks at it.
    UnderReview,
    /// The body is a member.
    Accepted,
    /// The body is none.
    Declined,
    /// The body took it back.
    Withdrawn,
}

/// A decision about an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ApplicationDecision {
    /// Which.
    pub application: String,
    /// What becomes of it.
    pub state: ApplicationState,
    /// Why, for administrators.
    pub reason: Option<String>,
    /// As what the member is accepted; an associated partner unless said otherwise.
    pub role: Option<MemberRole>,
}

impl ApplicationState {
    /// Its name, as it is kept.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Received => "RECEIVED",
            Self::UnderReview => "UNDER_REVIEW",
            Self::Accepted => "ACCEPTED",
            Self::Declined => "DECLINED",
            Self::Withdrawn => "WITHDRAWN",
        }
    }

    /// The state of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let all = [Self::Received, Self::UnderReview, Self::Accepted, Self::Declined, Self::Withdrawn];
        all.into_iter().find(|state| state.name() == name)
    }

    /// Whether it can follow another.
    fn follows(self, before: Self) -> bool {
        match before {
            Self::Received => self != Self::Received,
            Self::UnderReview => !matches!(self, Self::Received | Self::UnderReview),
            Self::Accepted | Self::Declined | Self::Withdrawn => false,
        }
    }
}

impl Change for ApplicationDecision {
    const MUTATION: &'static str = "decideApplication";

    async fn write(&self, ground: &Ground<'_>, transaction: &mut Transaction) -> Result<String, ChangeFault> {
        let Some(row) = transaction.application(&self.application).await? else {
            return Err(ChangeFault::of(&["application"], "UNKNOWN_RECORD", "There is no application of this id."));
        };
        let mut checks = Checks::default();
        let reason = checks.optional_prose(&["reason"], self.reason.as_deref());
        if ApplicationState::named(&row.state).is_none_or(|before| !self.state.follows(before)) {
            let message =
                format!("The application is {} and cannot become {} from there.", row.state, self.state.name());
            checks.fault(&["state"], "STATE", message);
        }
        checks.finish()?;
        let author = ground.caller.author();
        let member = match self.state {
            ApplicationState::Accepted => Some(self.accept(&row, ground, transaction).await?),
            _ => None,
        };
        let (state, reason) = (self.state.name(), reason.as_deref());
        transaction.decide_application(&author, &row, state, reason, member.as_deref()).await?;
        Ok(row.id)
    }
}

impl ApplicationDecision {
    /// Makes a member of the body that applied. Nothing that belongs to a person goes along.
    async fn accept(
        &self,
        row: &ApplicationRow,
        ground: &Ground<'_>,
        transaction: &mut Transaction,
    ) -> Result<String, ChangeFault> {
        let today = day(transaction.now());
        let name = slug(&row.organisation).unwrap_or_else(|| row.id.replace("application:", ""));
        let mut taken = std::collections::BTreeSet::new();
        for known in transaction.records().await? {
            taken.insert(known.id);
        }
        let id = free_id("member", &name, |id| taken.contains(id));
        // Which language a name is in is told by its letters alone: Ukrainian where romanising changes it.
        let language = if latin(&row.organisation) == row.organisation { Language::EN.as_str() } else { "uk" };
        let body = json!({
            "names": { language: row.organisation },
            "kind": row.kind,
            "role": self.role.unwrap_or(MemberRole::Associated),
            "country": CountryCode::new(&row.country).ok(),
            "place": row.place,
            "website": row.website,
            "joined_on": today,
            "as_of": today,
            "sources": [{
                "title": "Application for membership, accepted through the hub",
                "read_on": today,
                "says": "the Alliance accepted the body's application",
                "confidence": "high",
            }],
        });
        let change = records::stored("members", &id, &body, Origin::Api);
        transaction.put_record(&ground.caller.author(), change).await?;
        Ok(id)
    }
}
