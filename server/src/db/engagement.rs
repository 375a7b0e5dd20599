//! The rows of what members and editors say: feedback, agreement to partnerships, decisions about links, and what a
//! change brought that may be sent again.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::audit::{Author, Deed};
use super::value::Row;
use super::{Database, DbError, Transaction, statements};

/// A row of feedback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedbackRow {
    /// `feedback:<UUID, version 7>`.
    pub id: String,
    /// The member that gave it; `None` for the Alliance's own.
    pub member: Option<String>,
    /// The id of the record that it is about.
    pub about: Option<String>,
    /// In a few words.
    pub title: String,
    /// In full.
    pub body: String,
    /// When it was given.
    pub given_at: DateTime<Utc>,
}

/// What a change brought that came with an id of its caller's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MutationResult {
    /// The name of the mutation.
    pub mutation: String,
    /// SHA-256 of its whole input.
    pub digest: String,
    /// The id of what it made or changed; empty where it made nothing.
    pub subject: String,
}

impl FeedbackRow {
    fn of(row: &Row) -> Result<Self, DbError> {
        Ok(Self {
            id: row.text("id")?,
            member: row.optional_text("member_id")?,
            about: row.optional_text("about")?,
            title: row.text("title")?,
            body: row.text("body")?,
            given_at: row.instant("given_at")?,
        })
    }
}

impl Database {
    /// All feedback, the newest first.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn feedback(&self) -> Result<Vec<FeedbackRow>, DbError> {
        self.rows(statements::FEEDBACK, &[]).await?.iter().map(FeedbackRow::of).collect()
    }

    /// The feedback of this id.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn feedback_of(&self, id: &str) -> Result<Option<FeedbackRow>, DbError> {
        self.rows(statements::FEEDBACK_OF, &[id.into()]).await?.first().map(FeedbackRow::of).transpose()
    }

    /// Every decision about a link: the two project ids, the smaller first, and the decision's name.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn link_decisions(&self) -> Result<Vec<(String, String, String)>, DbError> {
        let rows = self.rows(statements::LINK_DECISIONS, &[]).await?;
        rows.iter().map(|row| Ok((row.text("one")?, row.text("other")?, row.text("decision")?))).collect()
    }

    /// Forgets what changes brought before an instant. It is no change of anything that is shown.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn forget_results(&self, before: DateTime<Utc>) -> Result<(), DbError> {
        self.note(statements::FORGET_RESULTS, &[before.into()]).await
    }
}

impl Transaction {
    /// Adds feedback.
    ///
    /// # Errors
    /// [`DbError::Refused`] where there is no such member.
    pub async fn add_feedback(&mut self, author: &Author, feedback: &FeedbackRow) -> Result<(), DbError> {
        let values = [
            feedback.id.as_str().into(),
            feedback.member.clone().into(),
            feedback.about.clone().into(),
            feedback.title.as_str().into(),
            feedback.body.as_str().into(),
            feedback.given_at.into(),
        ];
        self.run(statements::ADD_FEEDBACK, &values).await?;
        let after = json!({ "member": feedback.member, "about": feedback.about, "title": feedback.title }).to_string();
        let deed = Deed { action: "FEEDBACK_GIVEN", subject: &feedback.id, before: None, after: Some(&after) };
        self.tell(author, deed).await
    }

    /// The positions of the parties that have agreed to a partnership.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn confirmations(&mut self, partnership: &str) -> Result<Vec<usize>, DbError> {
        let rows = self.rows(statements::CONFIRMATIONS, &[partnership.into()]).await?;
        let parties = rows.iter().map(|row| Ok(usize::try_from(row.integer("party")?).unwrap_or(usize::MAX)));
        parties.collect()
    }

    /// A party agrees to a partnership; a second time changes nothing and is not told.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn confirm(&mut self, author: &Author, partnership: &str, party: usize) -> Result<(), DbError> {
        let number = i64::try_from(party).unwrap_or(i64::MAX);
        let values = [partnership.into(), number.into(), author.who.as_str().into(), self.now().into()];
        if self.run(statements::ADD_CONFIRMATION, &values).await? == 0 {
            return Ok(());
        }
        let after = json!({ "party": party }).to_string();
        let deed = Deed { action: "PARTNERSHIP_CONFIRMED", subject: partnership, before: None, after: Some(&after) };
        self.tell(author, deed).await
    }

    /// Decides about the link between two projects; `None` takes the decision back.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn decide_link(
        &mut self,
        author: &Author,
        (one, other): (&str, &str),
        decision: Option<&str>,
        reason: Option<&str>,
    ) -> Result<(), DbError> {
        let (one, other) = if one <= other { (one, other) } else { (other, one) };
        let pair = [one.into(), other.into()];
        let before = self.rows(statements::LINK_DECISION, &pair).await?;
        let before = before.first().map(|row| row.text("decision")).transpose()?;
        self.run(statements::CLEAR_LINK_DECISION, &pair).await?;
        if let Some(decision) = decision {
            let values = [
                one.into(),
                other.into(),
                decision.into(),
                reason.into(),
                self.now().into(),
                author.who.as_str().into(),
            ];
            self.run(statements::ADD_LINK_DECISION, &values).await?;
        }
        let told = |decision: &str| json!({ "decision": decision, "reason": reason }).to_string();
        let (before, after) = (before.map(|before| told(&before)), told(decision.unwrap_or("AUTOMATIC")));
        let subject = format!("{one} {other}");
        let deed = Deed { action: "LINK_DECIDED", subject: &subject, before: before.as_deref(), after: Some(&after) };
        self.tell(author, deed).await
    }

    /// What the change of this id of its caller's brought before.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn result_of(&mut self, who: &str, client_id: &str) -> Result<Option<MutationResult>, DbError> {
        let rows = self.rows(statements::RESULT, &[who.into(), client_id.into()]).await?;
        let read = |row: &Row| {
            let (mutation, digest, subject) = (row.text("mutation")?, row.text("digest")?, row.text("subject")?);
            Ok(MutationResult { mutation, digest, subject })
        };
        rows.first().map(read).transpose()
    }

    /// Keeps what a change brought.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn keep_result(&mut self, who: &str, client_id: &str, result: &MutationResult) -> Result<(), DbError> {
        let values = [
            who.into(),
            client_id.into(),
            result.mutation.as_str().into(),
            result.digest.as_str().into(),
            result.subject.as_str().into(),
            self.now().into(),
        ];
        self.run(statements::ADD_RESULT, &values).await.map(drop)
    }
}
