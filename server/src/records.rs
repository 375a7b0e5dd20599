//! The Alliance's own records: members, partnerships, needs, offers, events, the eight principles and the six calls.
//!
//! A [`RecordSet`] is what there is, from wherever it comes: the small files under `server/seed`, one record a file,
//! embedded in the binary ([`RecordSet::seed`]), and what was published and imported since. [`Records::of`] puts it in
//! order and indexes it; what asks does not know where a record came from.
//! The database keeps both ([`Records::load`]): the files are taken in at start, and what somebody changed since is not
//! overwritten by them. An answer never waits for the database.
//! Places are codes here and nothing more: [`Records::unknown_places`] lets the gazetteer judge them.
//!
//! A record is handed out as its position in its list. Positions keep the order that each list documents and
//! stay valid as long as [`Records::revision`] is the same.

mod check;
mod event;
mod filter;
mod index;
mod issues;
mod member;
mod names;
mod need;
mod numbered;
mod offer;
mod partnership;
mod place_code;
mod seed;
mod seeding;
mod set;
mod statement;
mod stored;
mod theme;
mod titles;

#[cfg(test)]
mod tests;

pub use check::Fault;
pub use event::Event;
pub use filter::{MemberFilter, NeedFilter, OfferFilter, PartnershipFilter, fold};
pub use index::{AtPlace, RecordRef, UnknownPlace};
pub use issues::{DIFFERS_FROM_SEED, INVALID_RECORD, RecordIssue, RecordIssues};
pub use member::{Member, MemberKind, MemberRole};
pub use names::Names;
pub use need::{Need, NeedState};
pub use numbered::{Call, Principle};
pub use offer::{Offer, OfferState};
pub use partnership::{Partnership, PartnershipKind, PartnershipState, Party};
pub use seed::SeedError;
pub use seeding::SeedDifference;
pub use set::{RecordFault, RecordSet};
pub use statement::{Confidence, Statement};
pub use stored::{LoadError, Loaded, of_rows, stored};
pub use theme::Theme;

use index::Index;

/// All records of one revision, read-only, with their indexes.
#[derive(Debug)]
pub struct Records {
    set: RecordSet,
    index: Index,
    revision: String,
}

impl Records {
    /// Members, ordered by id.
    #[must_use]
    pub fn members(&self) -> &[Member] {
        &self.set.members
    }

    /// Partnerships, ordered by id.
    #[must_use]
    pub fn partnerships(&self) -> &[Partnership] {
        &self.set.partnerships
    }

    /// Needs, the newest first, those of one instant by id.
    #[must_use]
    pub fn needs(&self) -> &[Need] {
        &self.set.needs
    }

    /// Offers, the newest first, those of one instant by id.
    #[must_use]
    pub fn offers(&self) -> &[Offer] {
        &self.set.offers
    }

    /// Events, the oldest first, those of one day by id.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.set.events
    }

    /// The principles, by number.
    #[must_use]
    pub fn principles(&self) -> &[Principle] {
        &self.set.principles
    }

    /// The calls, by number.
    #[must_use]
    pub fn calls(&self) -> &[Call] {
        &self.set.calls
    }

    /// SHA-256 over all records with their ids: the same records, the same revision.
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

    /// Positions of the needs that this member published.
    #[must_use]
    pub fn needs_of(&self, member: &str) -> &[usize] {
        self.index.needs_of(member)
    }

    /// Positions of the offers that this member published.
    #[must_use]
    pub fn offers_of(&self, member: &str) -> &[usize] {
        self.index.offers_of(member)
    }

    /// The position of the member whose offer stands at this position.
    #[must_use]
    pub fn offerer(&self, offer: usize) -> usize {
        self.index.offerers[offer]
    }

    /// Positions of the needs about a theme.
    #[must_use]
    pub fn needs_about(&self, theme: Theme) -> &[usize] {
        self.index.needs_about(theme)
    }

    /// Positions of the offers about a theme.
    #[must_use]
    pub fn offers_about(&self, theme: Theme) -> &[usize] {
        self.index.offers_about(theme)
    }
}
