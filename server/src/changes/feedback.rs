//! Feedback to the institutions of the European Union.

use serde::Serialize;

use super::fault::ChangeFault;
use super::input::Checks;
use super::{Change, Ground, new_id};
use crate::db::{FeedbackRow, Transaction};
use crate::places::Gazetteer;

/// Feedback to be given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Feedback {
    /// The member that gives it; the sender's own unless given.
    pub member: Option<String>,
    /// The id of the record, project or place that it is about.
    pub about: Option<String>,
    /// In a few words.
    pub title: String,
    /// In full.
    pub text: String,
}

impl Change for Feedback {
    const MUTATION: &'static str = "giveFeedback";

    async fn write(&self, ground: &Ground<'_>, transaction: &mut Transaction) -> Result<String, ChangeFault> {
        let (mut checks, view) = (Checks::default(), ground.view);
        if let Some(about) = &self.about {
            let known = view.records.find(about).is_some()
                || view.catalogue.by_id(about).is_some()
                || Gazetteer::embedded().by_id(about).is_some();
            if !known {
                checks.fault(&["about"], "UNKNOWN_RECORD", "There is no record, project or place of this id.");
            }
        }
        let feedback = FeedbackRow {
            id: new_id("feedback", transaction.now()),
            member: checks.member(&view.records, ground.caller, self.member.as_deref()),
            about: self.about.clone(),
            title: checks.line(&["title"], &self.title),
            body: checks.prose(&["text"], &self.text),
            given_at: transaction.now(),
        };
        checks.finish()?;
        transaction.add_feedback(&ground.caller.author(), &feedback).await?;
        Ok(feedback.id)
    }
}
