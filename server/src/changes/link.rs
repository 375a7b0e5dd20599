//! Deciding whether two records are of one undertaking.

use serde::Serialize;

use super::fault::ChangeFault;
use super::input::Checks;
use super::{Change, Ground};
use crate::db::Transaction;
use crate::join::LinkDecision;

/// A decision about the link between two projects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LinkChange {
    /// One project.
    pub project: String,
    /// The other.
    pub other: String,
    /// What is decided; `None` leaves it to the hub again.
    pub holds: Option<bool>,
    /// Why, for editors.
    pub reason: Option<String>,
}

impl LinkChange {
    /// A decision about the link between two projects.
    #[must_use]
    pub fn new(project: String, other: String, decision: LinkDecision, reason: Option<String>) -> Self {
        let holds = match decision {
            LinkDecision::Automatic => None,
            LinkDecision::Confirmed => Some(true),
            LinkDecision::Rejected => Some(false),
        };
        Self { project, other, holds, reason }
    }
}

impl Change for LinkChange {
    const MUTATION: &'static str = "decideLink";

    async fn write(&self, ground: &Ground<'_>, transaction: &mut Transaction) -> Result<String, ChangeFault> {
        let (mut checks, catalogue) = (Checks::default(), &ground.view.catalogue);
        let reason = checks.optional_prose(&["reason"], self.reason.as_deref());
        for (field, id) in [("project", &self.project), ("other", &self.other)] {
            if catalogue.by_id(id).is_none() {
                checks.fault(&[field], "UNKNOWN_RECORD", "There is no project of this id.");
            }
        }
        if let (Some(one), Some(other)) = (catalogue.by_id(&self.project), catalogue.by_id(&self.other)) {
            let links = ground.view.links.links(one).iter().chain(ground.view.links.links(other));
            if !links.clone().any(|link| link.other == one || link.other == other) {
                let message = "The hub sees no link between the two. `Project.links` lists what can be decided about.";
                checks.fault(&["other"], "NO_LINK", message);
            }
        }
        checks.finish()?;
        let decision = self.holds.map(|holds| if holds { "CONFIRMED" } else { "REJECTED" });
        let pair = (self.project.as_str(), self.other.as_str());
        transaction.decide_link(&ground.caller.author(), pair, decision, reason.as_deref()).await?;
        Ok(self.project.clone())
    }
}
