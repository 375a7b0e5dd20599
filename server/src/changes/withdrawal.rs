//! Taking needs and offers back.

use serde::Serialize;

use super::fault::ChangeFault;
use super::publication::put;
use super::{Change, Ground};
use crate::db::Transaction;
use crate::records::{Need, NeedState, Offer, OfferState};

/// What is taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Withdrawn {
    /// A need.
    Need,
    /// An offer.
    Offer,
}

/// A need or offer that is taken back. It stays to be seen, as withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Withdrawal {
    /// Which of the two.
    pub what: Withdrawn,
    /// Its id.
    pub id: String,
}

impl Change for Withdrawal {
    const MUTATION: &'static str = "withdraw";

    async fn write(&self, ground: &Ground<'_>, transaction: &mut Transaction) -> Result<String, ChangeFault> {
        let kind = match self.what {
            Withdrawn::Need => "needs",
            Withdrawn::Offer => "offers",
        };
        // Read under the lock: another change of the same record comes before or after, never between.
        let row = transaction.record(&self.id).await?.filter(|row| row.kind == kind && !row.removed);
        let Some(row) = row else {
            return Err(ChangeFault::of(
                &["id"],
                "UNKNOWN_RECORD",
                format!("There is none of this id among the {kind}."),
            ));
        };
        match self.what {
            Withdrawn::Need => {
                let mut need: Need = read(&row.body)?;
                self.permit(ground, need.member.as_deref())?;
                if matches!(need.state, NeedState::Withdrawn | NeedState::Met) {
                    return Err(state("The need is met or withdrawn already."));
                }
                need.state = NeedState::Withdrawn;
                put(ground, transaction, "needs", &self.id, &need).await?;
            }
            Withdrawn::Offer => {
                let mut offer: Offer = read(&row.body)?;
                self.permit(ground, Some(&offer.member))?;
                if offer.state == OfferState::Withdrawn {
                    return Err(state("The offer is withdrawn already."));
                }
                offer.state = OfferState::Withdrawn;
                put(ground, transaction, "offers", &self.id, &offer).await?;
            }
        }
        Ok(self.id.clone())
    }
}

impl Withdrawal {
    /// A record without a member is an editor's business.
    fn permit(&self, ground: &Ground<'_>, member: Option<&str>) -> Result<(), ChangeFault> {
        if ground.caller.may_act_for(member.unwrap_or_default()) {
            return Ok(());
        }
        Err(ChangeFault::of(&["id"], "FORBIDDEN", "It belongs to another member."))
    }
}

fn read<R: serde::de::DeserializeOwned>(body: &str) -> Result<R, ChangeFault> {
    serde_json::from_str(body).map_err(|error| ChangeFault::Hub(error.into()))
}

fn state(message: &str) -> ChangeFault {
    ChangeFault::of(&["id"], "STATE", message)
}
