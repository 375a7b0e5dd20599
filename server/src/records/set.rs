//! Records before they are put in order and indexed, from wherever they come.

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::index::Index;
use super::{Call, Event, Member, Need, Offer, Partnership, Principle, Records};

/// All records of one moment, in any order: the seed's, or the seed's with what a database holds beside it. Each record
/// has passed its own `checked`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecordSet {
    /// Members.
    pub members: Vec<Member>,
    /// Partnerships.
    pub partnerships: Vec<Partnership>,
    /// Needs.
    pub needs: Vec<Need>,
    /// Offers.
    pub offers: Vec<Offer>,
    /// Events.
    pub events: Vec<Event>,
    /// Principles.
    pub principles: Vec<Principle>,
    /// Calls.
    pub calls: Vec<Call>,
}

/// A record that does not fit the others: its id is taken, or it refers to a record that there is not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{record}: {reason}")]
pub struct RecordFault {
    /// The record's id.
    pub record: String,
    /// What is wrong with it, and in which field.
    pub reason: String,
}

impl RecordFault {
    pub(super) fn new(record: &str, reason: impl Into<String>) -> Self {
        Self { record: record.to_owned(), reason: reason.into() }
    }
}

impl Records {
    /// These records in their documented orders, with their indexes and revision.
    ///
    /// # Errors
    /// [`RecordFault`] for the first record whose id another one has, or that refers to a record that there is not.
    pub fn of(mut set: RecordSet) -> Result<Self, RecordFault> {
        set.members.sort_by(|left, right| left.id.cmp(&right.id));
        set.partnerships.sort_by(|left, right| left.id.cmp(&right.id));
        set.needs.sort_by(|left, right| (right.published_at, &left.id).cmp(&(left.published_at, &right.id)));
        set.offers.sort_by(|left, right| (right.published_at, &left.id).cmp(&(left.published_at, &right.id)));
        set.events.sort_by(|left, right| (left.starts_on, &left.id).cmp(&(right.starts_on, &right.id)));
        set.principles.sort_by_key(|principle| principle.number);
        set.calls.sort_by_key(|call| call.number);
        let (index, revision) = (Index::new(&set)?, revision(&set));
        Ok(Self { set, index, revision })
    }

    /// The records themselves, to add to them and build again.
    #[must_use]
    pub fn set(&self) -> &RecordSet {
        &self.set
    }
}

/// SHA-256 over every record with its id, in the lists' orders.
fn revision(set: &RecordSet) -> String {
    let mut digest = Sha256::new();
    take(&mut digest, &set.members, |member| &member.id);
    take(&mut digest, &set.partnerships, |partnership| &partnership.id);
    take(&mut digest, &set.needs, |need| &need.id);
    take(&mut digest, &set.offers, |offer| &offer.id);
    take(&mut digest, &set.events, |event| &event.id);
    take(&mut digest, &set.principles, |principle| &principle.id);
    take(&mut digest, &set.calls, |call| &call.id);
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn take<Record: Serialize>(digest: &mut Sha256, records: &[Record], id: impl Fn(&Record) -> &String) {
    for record in records {
        let json = serde_json::to_vec(record).unwrap_or_default();
        for part in [id(record).as_bytes(), &json] {
            // The length keeps an id and its content from running into each other.
            digest.update(part.len().to_be_bytes());
            digest.update(part);
        }
    }
}
