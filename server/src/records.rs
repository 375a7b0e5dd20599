//! The Alliance's own records: members, partnerships, events, the eight principles and the six calls.
//!
//! They come from small files under `server/seed`, one record a file, embedded in the binary. Reading them
//! ([`Records::seed`]) and asking them are kept apart, so that a database can take the files' place.
//! Places are codes here and nothing more: [`Records::unknown_places`] lets the gazetteer judge them.
//!
//! A record is handed out as its position in its list. Positions keep the order that each list documents and
//! stay valid as long as [`Records::revision`] is the same.

mod check;
mod event;
mod filter;
mod index;
mod member;
mod names;
mod numbered;
mod partnership;
mod place_code;
mod seed;
mod statement;
mod theme;

#[cfg(test)]
mod tests;

pub use event::Event;
pub use filter::{MemberFilter, PartnershipFilter, fold};
pub use index::{AtPlace, RecordRef, UnknownPlace};
pub use member::{Member, MemberKind, MemberRole};
pub use names::Names;
pub use numbered::{Call, Principle};
pub use partnership::{Partnership, PartnershipKind, PartnershipState, Party};
pub use seed::SeedError;
pub use statement::{Confidence, Statement};
pub use theme::Theme;

use index::Index;

/// All records of one revision, read-only, with their indexes.
#[derive(Debug)]
pub struct Records {
    members: Vec<Member>,
    partnerships: Vec<Partnership>,
    events: Vec<Event>,
    principles: Vec<Principle>,
    calls: Vec<Call>,
    index: Index,
    revision: String,
}

impl Records {
    /// Members, ordered by id.
    #[must_use]
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// Partnerships, ordered by id.
    #[must_use]
    pub fn partnerships(&self) -> &[Partnership] {
        &self.partnerships
    }

    /// Events, the oldest first, those of one day by id.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The principles, by number.
    #[must_use]
    pub fn principles(&self) -> &[Principle] {
        &self.principles
    }

    /// The calls, by number.
    #[must_use]
    pub fn calls(&self) -> &[Call] {
        &self.calls
    }

    /// SHA-256 over all paths and contents that were read: the same records, the same revision.
    #[must_use]
    pub fn revision(&self) -> &str {
        &self.revision
    }

    /// Where the record of this id stands.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<RecordRef> {
        self.index.find(id)
    }

    /// What stands at exactly this place; places above and below it are the gazetteer's business.
    #[must_use]
    pub fn at(&self, place: &str) -> &AtPlace {
        self.index.at(place)
    }

    /// Every place that a record names, with what stands there, in no particular order.
    pub fn places(&self) -> impl Iterator<Item = (&str, &AtPlace)> {
        self.index.places()
    }

    /// Positions of the partnerships that name this member as a party.
    #[must_use]
    pub fn partnerships_of(&self, member: &str) -> &[usize] {
        self.index.partnerships_of(member)
    }
}
