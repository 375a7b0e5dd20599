//! Applications for membership. What belongs to a person is kept apart from the rest, never enters the audit, and goes
//! when its time is over or its owner asks.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::audit::{Author, Deed};
use super::value::Row;
use super::{Database, DbError, Transaction, statements};

/// A row of an application, with its applicant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplicationRow {
    /// `application:<UUID, version 7>`.
    pub id: String,
    /// The body that applies.
    pub organisation: String,
    /// What sort of body, by its name in the records.
    pub kind: String,
    /// Its country, by ISO 3166-1 code.
    pub country: String,
    /// Its own territory.
    pub place: Option<String>,
    /// Its public site.
    pub website: Option<String>,
    /// Where the application stands, by the name of its state.
    pub state: String,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// When it was last decided about.
    pub decided_at: Option<DateTime<Utc>>,
    /// Why it was decided so.
    pub reason: Option<String>,
    /// The member that came of it.
    pub member: Option<String>,
    /// Who applied; `None` once that is erased.
    pub applicant: Option<ApplicantRow>,
}

/// Personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplicantRow {
    /// Who to speak to.
    pub name: String,
    /// Where to write to.
    pub email: String,
    /// What they wrote.
    pub message: Option<String>,
    /// The words that they agreed to.
    pub consent: String,
    /// When they did.
    pub consented_at: DateTime<Utc>,
    /// When all this goes.
    pub erase_after: DateTime<Utc>,
}

/// An application to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewApplication {
    /// Its id.
    pub id: String,
    /// The body that applies.
    pub organisation: String,
    /// What sort of body.
    pub kind: String,
    /// Its country.
    pub country: String,
    /// Its own territory.
    pub place: Option<String>,
    /// Its public site.
    pub website: Option<String>,
    /// Who applies.
    pub applicant: ApplicantRow,
}

impl ApplicationRow {
    fn of(row: &Row) -> Result<Self, DbError> {
        let applicant = match row.optional_text("name")? {
            None => None,
            Some(name) => Some(ApplicantRow {
                name,
                email: row.text("email")?,
                message: row.optional_text("message")?,
                consent: row.text("consent")?,
                consented_at: row.instant("consented_at")?,
                erase_after: row.instant("erase_after")?,
            }),
        };
        Ok(Self {
            id: row.text("id")?,
            organisation: row.text("organisation")?,
            kind: row.text("kind")?,
            country: row.text("country")?,
            place: row.optional_text("place")?,
            website: row.optional_text("website")?,
            state: row.text("state")?,
            received_at: row.instant("received_at")?,
            decided_at: row.optional_instant("decided_at")?,
            reason: row.optional_text("reason")?,
            member: row.optional_text("member_id")?,
            applicant,
        })
    }
}

impl Database {
    /// Every application, the newest first.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn applications(&self) -> Result<Vec<ApplicationRow>, DbError> {
        self.rows(statements::APPLICATIONS, &[]).await?.iter().map(ApplicationRow::of).collect()
    }

    /// The application of this id.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn application(&self, id: &str) -> Result<Option<ApplicationRow>, DbError> {
        self.rows(statements::APPLICATION, &[id.into()]).await?.first().map(ApplicationRow::of).transpose()
    }

    /// The applications whose personal data has to go by now.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn applicants_due(&self, now: DateTime<Utc>) -> Result<Vec<String>, DbError> {
        let rows = self.rows(statements::APPLICANTS_DUE, &[now.into()]).await?;
        rows.iter().map(|row| row.text("application_id")).collect()
    }
}

impl Transaction {
    /// The application of this id.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn application(&mut self, id: &str) -> Result<Option<ApplicationRow>, DbError> {
        self.rows(statements::APPLICATION, &[id.into()]).await?.first().map(ApplicationRow::of).transpose()
    }

    /// Adds an application and who applies. The audit tells the first alone.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn add_application(&mut self, author: &Author, new: &NewApplication) -> Result<(), DbError> {
        let values = [
            new.id.as_str().into(),
            new.organisation.as_str().into(),
            new.kind.as_str().into(),
            new.country.as_str().into(),
            new.place.clone().into(),
            new.website.clone().into(),
            self.now().into(),
        ];
        self.run(statements::ADD_APPLICATION, &values).await?;
        let applicant = &new.applicant;
        let values = [
            new.id.as_str().into(),
            applicant.name.as_str().into(),
            applicant.email.as_str().into(),
            applicant.message.clone().into(),
            applicant.consent.as_str().into(),
            applicant.consented_at.into(),
            applicant.erase_after.into(),
        ];
        self.run(statements::ADD_APPLICANT, &values).await?;
        let after = json!({
            "organisation": new.organisation, "kind": new.kind, "country": new.country, "place": new.place,
            "website": new.website, "state": "RECEIVED",
        });
        let after = after.to_string();
        let deed = Deed { action: "APPLICATION_RECEIVED", subject: &new.id, before: None, after: Some(&after) };
        self.tell(author, deed).await
    }

    /// Moves an application to another state.
    ///
    /// # Errors
    /// [`DbError::Refused`] where it has another state meanwhile.
    pub async fn decide_application(
        &mut self,
        author: &Author,
        row: &ApplicationRow,
        state: &str,
        reason: Option<&str>,
        member: Option<&str>,
    ) -> Result<(), DbError> {
        let values = [
            state.into(),
            self.now().into(),
            reason.into(),
            member.into(),
            row.id.as_str().into(),
            row.state.as_str().into(),
        ];
        if self.run(statements::DECIDE_APPLICATION, &values).await? == 0 {
            return Err(DbError::Refused("the application has been decided about meanwhile".to_owned()));
        }
        let before = json!({ "state": row.state }).to_string();
        let after = json!({ "state": state, "reason": reason, "member": member }).to_string();
        let deed = Deed { action: "APPLICATION_DECIDED", subject: &row.id, before: Some(&before), after: Some(&after) };
        self.tell(author, deed).await
    }

    /// Erases who applied; `false` where that is gone already or there is no such application. The audit tells that it
    /// went, not what it was.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn erase_applicant(&mut self, author: &Author, id: &str) -> Result<bool, DbError> {
        if self.run(statements::ERASE_APPLICANT, &[id.into()]).await? == 0 {
            return Ok(false);
        }
        let deed = Deed { action: "PERSONAL_DATA_ERASED", subject: id, before: None, after: None };
        self.tell(author, deed).await.map(|()| true)
    }
}
