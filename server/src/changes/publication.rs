//! Publishing needs and offers.

use connectors::model::{CountryCode, Language};
use serde::Serialize;

use super::fault::ChangeFault;
use super::input::Checks;
use super::{Change, Ground, new_id};
use crate::db::{Origin, Transaction};
use crate::places::Gazetteer;
use crate::records::{self, Need, NeedState, Offer, OfferState, Theme};

/// A need to be published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NeedPublication {
    /// The place that needs it.
    pub place: String,
    /// What is asked for.
    pub text: Publication,
}

/// An offer to be published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfferPublication {
    /// What is offered.
    pub text: Publication,
}

/// What needs and offers have in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Publication {
    /// The member that publishes it; the sender's own unless given.
    pub member: Option<String>,
    /// What it is about.
    pub theme: Theme,
    /// In a few words.
    pub title: String,
    /// In full.
    pub description: String,
    /// The languages to work together in.
    pub languages: Vec<Language>,
    /// The principles that it serves.
    pub principles: Vec<String>,
    /// The calls that it answers.
    pub calls: Vec<String>,
}

impl Publication {
    /// The same as it is kept: texts trimmed, each language once, and the sender's own member where none is named.
    fn checked(&self, checks: &mut Checks, ground: &Ground<'_>) -> Self {
        let records = &ground.view.records;
        Self {
            member: checks.member(records, ground.caller, self.member.as_deref()),
            theme: self.theme,
            title: checks.line(&["title"], &self.title),
            description: checks.prose(&["description"], &self.description),
            languages: languages(checks, &self.languages),
            principles: checks.numbered(records, "principles", &self.principles),
            calls: checks.numbered(records, "calls", &self.calls),
        }
    }
}

impl Change for NeedPublication {
    const MUTATION: &'static str = "publishNeed";

    async fn write(&self, ground: &Ground<'_>, transaction: &mut Transaction) -> Result<String, ChangeFault> {
        let mut checks = Checks::default();
        if let Some(place) = checks.place(&["place"], &self.place)
            && Gazetteer::embedded().country_of(place) != CountryCode::UA
        {
            checks.fault(&["place"], "PLACE_OUTSIDE_UKRAINE", "A need stands at a place in Ukraine.");
        }
        let text = self.text.checked(&mut checks, ground);
        checks.finish()?;
        let Publication { member, theme, title, description, languages, principles, calls } = text;
        let (place, state, published_at) = (self.place.clone(), NeedState::Open, transaction.now());
        let id = new_id("need", published_at);
        let need = Need {
            id: id.clone(),
            member,
            place,
            theme,
            title,
            description,
            languages,
            state,
            principles,
            calls,
            published_at,
        };
        put(ground, transaction, "needs", &id, &need).await?;
        Ok(id)
    }
}

impl Change for OfferPublication {
    const MUTATION: &'static str = "publishOffer";

    async fn write(&self, ground: &Ground<'_>, transaction: &mut Transaction) -> Result<String, ChangeFault> {
        let mut checks = Checks::default();
        let text = self.text.checked(&mut checks, ground);
        if text.member.is_none() {
            checks.fault(&["member"], "REQUIRED", "Name the member that makes the offer.");
        }
        checks.finish()?;
        let Publication { member, theme, title, description, languages, principles, calls } = text;
        let (member, state, published_at) = (member.unwrap_or_default(), OfferState::Open, transaction.now());
        let id = new_id("offer", published_at);
        let offer = Offer {
            id: id.clone(),
            member,
            theme,
            title,
            description,
            languages,
            state,
            principles,
            calls,
            published_at,
        };
        put(ground, transaction, "offers", &id, &offer).await?;
        Ok(id)
    }
}

/// Each language once; at least one, so that a match can be made.
fn languages(checks: &mut Checks, given: &[Language]) -> Vec<Language> {
    if given.is_empty() {
        checks.fault(&["languages"], "REQUIRED", "Name at least one language to work together in, such as `en`.");
    }
    let mut kept: Vec<Language> = Vec::new();
    for language in given {
        if !kept.contains(language) {
            kept.push(language.clone());
        }
    }
    kept
}

/// Writes a record of the hub's own.
pub(super) async fn put(
    ground: &Ground<'_>,
    transaction: &mut Transaction,
    kind: &'static str,
    id: &str,
    record: &(impl Serialize + Sync),
) -> Result<(), ChangeFault> {
    let body = serde_json::to_value(record).map_err(|error| ChangeFault::Hub(error.into()))?;
    let change = records::stored(kind, id, &body, Origin::Api);
    Ok(transaction.put_record(&ground.caller.author(), change).await?)
}
