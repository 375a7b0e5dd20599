//! The same project seen twice: which records belong together, why the hub thinks so, and what that means for a sum.
//!
//! 1. `identifiers`: what published identifiers prove.
//! 2. `profile`, with `subject`, `lexicon` and `phrases`: what one record says that can be compared.
//! 3. `frameworks`: parts that name their framework.
//! 4. `candidates`: which pairs are worth comparing, near-linear in the records.
//! 5. `signals` and `weigh`: what a pair has in common, and what that is worth.
//! 6. `choose`: which of the links found stand beside one another, with what people decided.
//! 7. `undertakings`: which records are one undertaking.
//!
//! What a pair is depends on its two records alone, so that records that come or go elsewhere change nothing about it;
//! [`evaluate`] measures that on labelled pairs.
//!
//! A link says what one record is to another. [`LinkKind::Restates`] and [`LinkKind::PartOfFramework`] have a direction:
//! the link stands at the record that restates, or that is the part. The others stand at both records.

mod candidates;
mod choose;
mod crowd;
mod decisions;
pub mod evaluate;
mod frameworks;
mod identifiers;
mod lexicon;
mod phrases;
mod profile;
pub mod reconcile;
mod signals;
mod sketch;
mod subject;
mod undertakings;
mod weigh;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use roaring::RoaringBitmap;

use crate::catalogue::{Catalogue, RecordNumber, Unchanged};
use crate::harvest::PackedProject;

pub use decisions::LinkDecisions;
pub(super) use identifiers::reported_bank;

/// What one record is to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkKind {
    /// Two records of one lender for one undertaking: a loan and its top-up.
    SameProject,
    /// Two lenders finance one undertaking, each with its own money.
    CofinancedWith,
    /// The other record is the framework under which this one was lent.
    PartOfFramework,
    /// This record repeats, in another reporter's statistics, the money of the other.
    Restates,
}

/// Who decided that a link holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkDecision {
    /// The hub, from the evidence.
    Automatic,
    /// Somebody looked at it, and it is right.
    Confirmed,
    /// Somebody looked at it, and it is wrong; it stays shown and has no effect.
    Rejected,
}

/// One reason for a link.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// A stable name such as `identifier`, `place` or `amount`.
    pub kind: &'static str,
    /// The reason, as a sentence.
    pub text: String,
    /// How much it adds to the score; less than nothing for a reason against.
    pub weight: f64,
}

/// What a record is to another one.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The other record.
    pub other: RecordNumber,
    /// What this record is to it.
    pub kind: LinkKind,
    /// 0 to 1.
    pub score: f64,
    /// The reasons, the heaviest first.
    pub evidence: Arc<[Evidence]>,
    /// Who decided.
    pub decision: LinkDecision,
}

/// Records of different partners that finance one undertaking.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Its members, by number, which is the order of their ids.
    pub members: Vec<RecordNumber>,
    /// The reasons of every link that holds it together.
    pub evidence: Vec<Evidence>,
    /// Confirmed where every link is.
    pub decision: LinkDecision,
}

/// Every link of one catalogue.
#[derive(Debug, Default)]
pub struct Links {
    links: Vec<Vec<Link>>,
    /// For each record, the records at which a link to it stands, and to which none goes back.
    incoming: HashMap<RecordNumber, Vec<RecordNumber>>,
    linked: RoaringBitmap,
    undertakings: Vec<u32>,
    groups: Vec<Group>,
    group_of: HashMap<RecordNumber, usize>,
    /// What the next catalogue's links need not find again.
    seen: choose::Seen,
}

impl Links {
    /// No links among this many records.
    #[must_use]
    pub fn none(records: usize) -> Self {
        Self::between(vec![Vec::new(); records])
    }

    /// The links that the records of a catalogue show, with what people decided about them. It takes time in proportion
    /// to the records; call it off the async threads.
    ///
    /// A rejected link stays among [`Links::links`] and has no effect on anything else here.
    #[must_use]
    pub fn of(catalogue: &Catalogue, decisions: &LinkDecisions) -> Self {
        Self::after(&Self::default(), &Unchanged::none(), catalogue, decisions)
    }

    /// The same links, with what was found between records that are kept from an earlier catalogue taken from its links.
    #[must_use]
    pub fn after(earlier: &Self, kept: &Unchanged, catalogue: &Catalogue, decisions: &LinkDecisions) -> Self {
        let (links, seen) = choose::links((&earlier.seen, kept), catalogue, decisions);
        Self { seen, ..Self::between(links) }
    }

    /// What a record is to others, the surest first.
    #[must_use]
    pub fn links(&self, number: RecordNumber) -> &[Link] {
        self.links.get(number as usize).map_or(&[], Vec::as_slice)
    }

    /// Every link of a record, its own and those that other records have to it, with the other record: the surest first.
    ///
    /// A link to the record stands in other records as [`LinkKind::Restates`] or [`LinkKind::PartOfFramework`], and its
    /// `other` is this record.
    pub fn around(&self, number: RecordNumber) -> impl Iterator<Item = (&Link, RecordNumber)> {
        let own = self.links(number).iter().map(|link| (link, link.other));
        let from = self.incoming.get(&number).into_iter().flatten();
        let incoming = from.flat_map(move |from| {
            let links = self.links(*from).iter().filter(move |link| link.other == number);
            links.map(|link| (link, *from))
        });
        let mut around: Vec<_> = own.chain(incoming).collect();
        around.sort_by(|left, right| right.0.score.total_cmp(&left.0.score).then(left.1.cmp(&right.1)));
        around.into_iter()
    }

    /// The records with a link, in either direction, that was not rejected.
    #[must_use]
    pub fn linked(&self) -> &RoaringBitmap {
        &self.linked
    }

    /// The position among [`Links::groups`] of the one that a record is a member of.
    #[must_use]
    pub fn group_of(&self, number: RecordNumber) -> Option<usize> {
        self.group_of.get(&number).copied()
    }

    /// The undertaking that a record belongs to: all records of one undertaking share this number, and no others do.
    #[must_use]
    pub fn undertaking(&self, number: RecordNumber) -> u32 {
        self.undertakings.get(number as usize).copied().unwrap_or(number)
    }

    /// How many undertakings the records of a selection belong to.
    #[must_use]
    pub fn undertakings(&self, selection: &RoaringBitmap) -> u64 {
        selection.iter().map(|number| self.undertaking(number)).collect::<RoaringBitmap>().len()
    }

    /// The record that this one restates, where that one is in the same selection.
    #[must_use]
    pub fn restated(&self, number: RecordNumber, selection: &RoaringBitmap) -> Option<RecordNumber> {
        self.directed(number, LinkKind::Restates, selection)
    }

    /// The framework that this record is a part of, where that one is in the same selection.
    #[must_use]
    pub fn framework(&self, number: RecordNumber, selection: &RoaringBitmap) -> Option<RecordNumber> {
        self.directed(number, LinkKind::PartOfFramework, selection)
    }

    /// Every undertaking that several partners finance, by the smallest number of its members.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    fn between(links: Vec<Vec<Link>>) -> Self {
        let undertakings = undertakings::numbers(&links);
        let groups = undertakings::groups(&links);
        let members =
            groups.iter().zip(0..).flat_map(|(group, at)| group.members.iter().map(move |member| (*member, at)));
        let group_of = members.collect();
        let mut incoming: HashMap<RecordNumber, Vec<RecordNumber>> = HashMap::new();
        let mut linked = RoaringBitmap::new();
        for (from, link) in (0..).zip(&links).flat_map(|(from, links)| links.iter().map(move |link| (from, link))) {
            if !link.kind.is_mutual() {
                incoming.entry(link.other).or_default().push(from);
            }
            if link.decision != LinkDecision::Rejected {
                linked.extend([from, link.other]);
            }
        }
        Self { links, incoming, linked, undertakings, groups, group_of, seen: choose::Seen::default() }
    }

    /// These links among this many records, for tests.
    #[cfg(test)]
    pub(crate) fn given(records: usize, given: impl IntoIterator<Item = (RecordNumber, Link)>) -> Self {
        let mut links = vec![Vec::new(); records];
        for (from, link) in given {
            if link.kind.is_mutual() {
                links[link.other as usize].push(Link { other: from, ..link.clone() });
            }
            links[from as usize].push(link);
        }
        Self::between(links)
    }

    fn directed(&self, number: RecordNumber, kind: LinkKind, selection: &RoaringBitmap) -> Option<RecordNumber> {
        let holds = |link: &&Link| link.holds(kind) && selection.contains(link.other);
        self.links(number).iter().find(holds).map(|link| link.other)
    }
}

impl Link {
    /// Whether it is of this kind and was not rejected.
    #[must_use]
    pub fn holds(&self, kind: LinkKind) -> bool {
        self.kind == kind && self.decision != LinkDecision::Rejected
    }
}

impl LinkKind {
    /// Whether the link says the same from both records.
    #[must_use]
    pub fn is_mutual(self) -> bool {
        matches!(self, Self::SameProject | Self::CofinancedWith)
    }
}

/// The value of an identifier that a record carries.
fn identifier<'record>(project: PackedProject<'record>, scheme: &str) -> Option<Cow<'record, str>> {
    let found = project.identifiers().find(|identifier| identifier.scheme.eq_ignore_ascii_case(scheme));
    found.map(|identifier| match identifier.value {
        Cow::Borrowed(value) => Cow::Borrowed(value.trim()),
        Cow::Owned(value) => Cow::Owned(value.trim().to_owned()),
    })
}
