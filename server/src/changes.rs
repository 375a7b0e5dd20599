//! What people change through the hub: one file a sort of change, and how each is carried out.
//!
//! A change is checked as a whole, so that its sender learns of every fault at once. Then it is written in one
//! transaction with its line of the audit, and the hub shows it before the answer goes out. A change that comes with an
//! id of its sender's is made once, however often it is sent.

mod application;
mod decision;
mod erasure;
mod fault;
mod feedback;
mod input;
mod link;
mod partnership;
mod publication;
mod withdrawal;

#[cfg(test)]
pub(crate) mod tests;

use std::net::{IpAddr, Ipv4Addr};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use connectors::model::sha256_hex;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use serde::Serialize;
use uuid::{NoContext, Timestamp, Uuid};

pub use application::{Application, CONSENT};
pub use decision::{ApplicationDecision, ApplicationState};
pub use erasure::{ErasureError, erase};
pub use fault::{ChangeFault, InputFault};
pub use feedback::Feedback;
pub use link::LinkChange;
pub use partnership::{Confirmation, PartyProposal, Proposal};
pub use publication::{NeedPublication, OfferPublication, Publication};
pub use withdrawal::{Withdrawal, Withdrawn};

use crate::access::Caller;
use crate::config::ApplicationsConfig;
use crate::db::{MutationResult, Transaction};
use crate::hub::Hub;
use crate::view::View;

/// The longest id of a sender's.
const LONGEST_CLIENT_ID: usize = 200;

/// Carries out changes.
pub struct Changes {
    hub: Arc<Hub>,
    config: ApplicationsConfig,
    applicants: DefaultKeyedRateLimiter<IpAddr>,
}

/// What a change stands on beside the database.
pub(crate) struct Ground<'change> {
    /// Who makes it.
    pub(crate) caller: &'change Caller,
    /// What the hub shows at its beginning.
    pub(crate) view: &'change View,
    /// The settings of applications.
    pub(crate) config: &'change ApplicationsConfig,
}

/// A change that somebody asks for. Equal changes of one sender under one id are one.
pub(crate) trait Change: Serialize + Sync {
    /// The mutation's name.
    const MUTATION: &'static str;

    /// Writes it and gives the id of what it made or changed.
    fn write(
        &self,
        ground: &Ground<'_>,
        transaction: &mut Transaction,
    ) -> impl Future<Output = Result<String, ChangeFault>> + Send;
}

impl Changes {
    /// Changes of a hub.
    #[must_use]
    pub fn new(hub: Arc<Hub>, config: &ApplicationsConfig) -> Self {
        let burst = NonZeroU32::new(config.per_client_per_hour).unwrap_or(NonZeroU32::MIN);
        let quota = Quota::per_hour(burst);
        Self { hub, config: config.clone(), applicants: RateLimiter::keyed(quota) }
    }

    /// The hub that is changed.
    #[must_use]
    pub fn hub(&self) -> &Arc<Hub> {
        &self.hub
    }

    /// The words that an applicant agrees to.
    #[must_use]
    pub fn consent(&self) -> String {
        application::consent(&self.config)
    }

    /// Whether one more application may come from an address now. All senders whose address is not known are one.
    ///
    /// # Errors
    /// [`ChangeFault::Input`] with the code `RATE_LIMITED`.
    pub fn admit_applicant(&self, address: Option<IpAddr>) -> Result<(), ChangeFault> {
        let address = address.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
        if self.applicants.len() > 10_000 {
            self.applicants.retain_recent();
        }
        self.applicants.check_key(&address).map_err(|_| {
            let message = "Too many applications came from this address. Try again in an hour.";
            ChangeFault::of(&[], "RATE_LIMITED", message)
        })
    }

    /// Carries a change out, and gives the id of what it made or changed. When it returns, the hub shows it.
    ///
    /// # Errors
    /// [`ChangeFault`]; then nothing was changed.
    pub(crate) async fn apply<C: Change>(
        &self,
        caller: &Caller,
        client_id: Option<&str>,
        change: &C,
    ) -> Result<String, ChangeFault> {
        let client_id = client_id.map(checked_client_id).transpose()?;
        let digest = sha256_hex(&serde_json::to_vec(change).unwrap_or_default());
        // The public is many: only who sends the very same is taken for the same sender.
        let who = if caller.is_public() { format!("public:{digest}") } else { caller.who().to_owned() };
        let mut transaction = self.hub.database().begin(self.hub.now()).await?;
        if let Some(client_id) = client_id
            && let Some(before) = transaction.result_of(&who, client_id).await?
        {
            if before.mutation != C::MUTATION || before.digest != digest {
                let message = "This id was used for another change. Give every change an id of its own.";
                return Err(ChangeFault::of(&["clientMutationId"], "CLIENT_MUTATION_ID_REUSED", message));
            }
            // It is written; whoever sent it first may still be waiting for it to be shown.
            let last = transaction.change() - 1;
            drop(transaction);
            self.hub.reload(last).await.map_err(ChangeFault::Hub)?;
            return Ok(before.subject);
        }
        let view = self.hub.view();
        let ground = Ground { caller, view: &view, config: &self.config };
        let subject = change.write(&ground, &mut transaction).await?;
        if let Some(client_id) = client_id {
            let result = MutationResult { mutation: C::MUTATION.to_owned(), digest, subject: subject.clone() };
            transaction.keep_result(&who, client_id, &result).await?;
        }
        let number = transaction.commit().await?;
        tracing::info!(mutation = C::MUTATION, who = caller.who(), subject, change = number, "a change was made");
        self.hub.reload(number).await.map_err(ChangeFault::Hub)?;
        Ok(subject)
    }

    /// Erases what has had its time, every hour, for ever.
    pub async fn tidy_up(&self) {
        const EVERY: Duration = Duration::from_secs(3_600);
        loop {
            if let Err(error) = self.erase_due().await {
                let error = anyhow::Error::from(error);
                tracing::error!(error = format!("{error:#}"), "personal data that is due could not be erased");
            }
            self.hub.sleep(EVERY).await;
        }
    }
}

fn checked_client_id(id: &str) -> Result<&str, ChangeFault> {
    let plain = !id.is_empty() && id.len() <= LONGEST_CLIENT_ID && id.chars().all(|letter| letter.is_ascii_graphic());
    let message = "An id is 1 to 200 visible ASCII characters without spaces; a UUID is good.";
    if plain { Ok(id) } else { Err(ChangeFault::of(&["clientMutationId"], "CLIENT_MUTATION_ID", message)) }
}

/// A new id: the type, and a UUID of version 7, which begins with the instant.
fn new_id(kind: &str, now: DateTime<Utc>) -> String {
    let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
    let timestamp = Timestamp::from_unix(NoContext, seconds, now.timestamp_subsec_nanos());
    format!("{kind}:{}", Uuid::new_v7(timestamp))
}
