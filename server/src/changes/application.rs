//! Applying for membership: open to everybody, published to nobody.

use chrono::TimeDelta;
use connectors::model::CountryCode;
use serde::Serialize;

use super::fault::ChangeFault;
use super::input::Checks;
use super::{Change, Ground, new_id};
use crate::config::ApplicationsConfig;
use crate::db::{ApplicantRow, NewApplication, Transaction};
use crate::places::Gazetteer;
use crate::records::MemberKind;

/// What an applicant agrees to; the number of days stands in the place of `{days}`.
pub const CONSENT: &str = "I agree that the Alliance keeps my name, my e-mail address and my message to decide about \
     this application, shows them to its administrators alone, and erases them after {days} days or when I ask for it.";

/// An application for membership.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Application {
    /// The body that applies.
    pub organisation: String,
    /// What sort of body.
    pub kind: MemberKind,
    /// Its country.
    pub country: CountryCode,
    /// Its own territory, for an authority.
    pub place: Option<String>,
    /// Its public site.
    pub website: Option<String>,
    /// Who to speak to.
    pub contact_name: String,
    /// Where to write to.
    pub contact_email: String,
    /// What they write.
    pub message: Option<String>,
    /// Whether the applicant agrees to [`CONSENT`].
    pub consent: bool,
}

/// The words that an applicant agrees to.
pub(super) fn consent(config: &ApplicationsConfig) -> String {
    CONSENT.replace("{days}", &config.retention_days.to_string())
}

impl Change for Application {
    const MUTATION: &'static str = "applyForMembership";

    async fn write(&self, ground: &Ground<'_>, transaction: &mut Transaction) -> Result<String, ChangeFault> {
        let (mut checks, now) = (Checks::default(), transaction.now());
        if let Some(place) = self.place.as_deref().and_then(|place| checks.place(&["place"], place))
            && Gazetteer::embedded().country_of(place) != self.country
        {
            checks.fault(&["place"], "PLACE_AND_COUNTRY", "The place lies in another country than the one given.");
        }
        if !self.consent {
            let message = "Without your consent the application cannot be kept. Set it to true if you agree to the text \
                           of `hub { applicationConsent }`.";
            checks.fault(&["consent"], "CONSENT_REQUIRED", message);
        }
        let new = NewApplication {
            id: new_id("application", now),
            organisation: checks.line(&["organisation"], &self.organisation),
            kind: kind_name(self.kind),
            country: self.country.to_string(),
            place: self.place.clone(),
            website: checks.address(&["website"], self.website.as_deref()),
            applicant: ApplicantRow {
                name: checks.line(&["contactName"], &self.contact_name),
                email: checks.email(&["contactEmail"], &self.contact_email),
                message: checks.optional_prose(&["message"], self.message.as_deref()),
                consent: consent(ground.config),
                consented_at: now,
                erase_after: now + TimeDelta::days(ground.config.retention_days.into()),
            },
        };
        checks.finish()?;
        transaction.add_application(&ground.caller.author(), &new).await?;
        Ok(new.id)
    }
}

fn kind_name(kind: MemberKind) -> String {
    serde_json::to_value(kind).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
