//! The immutable, indexed snapshot of every source's current reading.
//!
//! 1. [`Record`]: one project with what the hub works out about it: places, sectors, conflicts.
//! 2. [`Catalogue`]: all records, with columns, bitmaps and orders; built whole, never changed.
//! 3. [`Filter`]: which records are asked for; answered by bitmaps, never by reading records.
//! 4. [`Order`] and [`Position`]: in which order, and where a page begins.
//! 5. [`Facets`] and [`Coverage`]: what a selection consists of, and how much of it can be put on a map.

mod build;
mod changes;
mod columns;
mod coverage;
mod facets;
mod filter;
mod fragments;
mod identifiers;
mod index;
mod issues;
pub mod labels;
mod locate;
mod order;
mod page;
mod record;
mod text;
mod unchanged;

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use connectors::model::{AmountBasis, Language};
use roaring::RoaringBitmap;
use rust_decimal::Decimal;

use crate::harvest::{PackedProject, Reading};
use crate::money::Bases;
use crate::places::{PlaceIndex, Question, TitleHit, Titles};

pub use changes::{Change, ChangeKind, between};
pub use columns::{EuroColumn, amount_in, lead_amount, parts_of};
pub use coverage::Coverage;
pub use facets::{Facet, Facets};
pub use filter::Filter;
pub use fragments::{Fragment, Fragments};
pub use issues::{IssueNumber, IssueRecord};
pub use order::{Order, Position};
pub use page::{Page, Window};
pub use record::{Location, LocationMethod, Record, codes};
pub use unchanged::Unchanged;

/// The number of a record in one catalogue.
pub type RecordNumber = u32;

/// All records of all sources at one moment.
pub struct Catalogue {
    generation: String,
    created_at: DateTime<Utc>,
    /// The revision of the rates that amounts were converted by.
    rates: String,
    readings: Vec<Arc<Reading>>,
    records: record::Records,
    issues: issues::Issues,
    identifiers: identifiers::Identifiers,
    columns: columns::Columns,
    index: index::Index,
    orders: order::Orders,
    texts: text::TextIndex,
    titles: Titles<RecordNumber>,
    fragments: Fragments,
}

impl Catalogue {
    /// Names the content: two catalogues of the same content have the same generation.
    #[must_use]
    pub fn generation(&self) -> &str {
        &self.generation
    }

    /// Whether it was built from exactly these readings.
    #[must_use]
    pub fn stands_on(&self, readings: &[Arc<Reading>]) -> bool {
        let same = |(own, other): (&Arc<Reading>, &Arc<Reading>)| Arc::ptr_eq(own, other);
        self.readings.len() == readings.len() && self.readings.iter().zip(readings).all(same)
    }

    /// The reading of a source that it stands on.
    #[must_use]
    pub fn reading_of(&self, source: &str) -> Option<&Reading> {
        self.readings.iter().find(|reading| reading.source == source).map(Arc::as_ref)
    }

    /// The ids of the sources whose readings are other ones than in an earlier catalogue.
    #[must_use]
    pub fn sources_that_differ<'own>(&'own self, earlier: &Self) -> Vec<&'own str> {
        let known = |reading: &Arc<Reading>| earlier.readings.iter().any(|other| Arc::ptr_eq(other, reading));
        self.readings.iter().filter(|reading| !known(reading)).map(|reading| reading.source.as_str()).collect()
    }

    /// What was written of its records.
    #[must_use]
    pub fn fragments(&self) -> &Fragments {
        &self.fragments
    }

    /// Whether a text of some project is in this language.
    #[must_use]
    pub fn speaks(&self, language: &Language) -> bool {
        self.readings.iter().any(|reading| reading.harvest.projects.languages().contains(language))
    }

    /// When it was built.
    #[must_use]
    pub fn created_at(&self) -> DateTime<Utc> {
        self.created_at
    }

    /// Every record, by number: in the order of their ids.
    pub fn records(&self) -> impl ExactSizeIterator<Item = Record<'_>> {
        self.numbers().map(|number| self.record(number))
    }

    /// The number of every record, in the order of their ids.
    fn numbers(&self) -> Range<RecordNumber> {
        0..RecordNumber::try_from(self.records.len()).unwrap_or(RecordNumber::MAX)
    }

    /// The record of a number that this catalogue gave.
    #[must_use]
    pub fn record(&self, number: RecordNumber) -> Record<'_> {
        self.records.get(number)
    }

    /// The project of a record.
    #[must_use]
    pub fn project(&self, number: RecordNumber) -> PackedProject<'_> {
        let (reading, position) = self.records.place(number);
        self.readings[usize::from(reading)].harvest.projects.get(position)
    }

    /// The id of the source that a record came by.
    #[must_use]
    pub fn source_of(&self, number: RecordNumber) -> &str {
        &self.readings[usize::from(self.records.place(number).0)].source
    }

    /// The record of a project id.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<RecordNumber> {
        let Range { start: mut low, end: mut high } = self.numbers();
        while low < high {
            let middle = low.midpoint(high);
            match self.project(middle).id().as_str().cmp(id) {
                Ordering::Less => low = middle + 1,
                Ordering::Equal => return Some(middle),
                Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// The first record that carries an identifier.
    #[must_use]
    pub fn by_identifier(&self, scheme: &str, value: &str) -> Option<RecordNumber> {
        let carries = |number: &RecordNumber| {
            self.project(*number).identifiers().any(|identifier| identifiers::is(&identifier, scheme, value))
        };
        let own = self.by_id(identifiers::own_id(scheme, value).as_str()).filter(carries);
        self.identifiers.candidates(scheme, value).find(carries).into_iter().chain(own).min()
    }

    /// The records with a title that holds every word of the question, in any spelling; the best first.
    #[must_use]
    pub fn titled(&self, question: &Question) -> Vec<TitleHit<RecordNumber>> {
        self.titles.find(question)
    }

    /// Everything odd: about records, about rows that could not be read, and about whole feeds.
    pub fn issues(&self) -> impl ExactSizeIterator<Item = IssueRecord<'_>> {
        (0..self.issues.len()).map(|number| self.issue(number as IssueNumber))
    }

    /// The issue of a number that this catalogue gave.
    #[must_use]
    pub fn issue(&self, number: IssueNumber) -> IssueRecord<'_> {
        IssueRecord::new(self, number)
    }

    /// The number of the issue with this id.
    #[must_use]
    pub fn issue_by_id(&self, id: &str) -> Option<IssueNumber> {
        self.issues.by_id(id)
    }

    /// The numbers of all issues, in the order of their ids.
    #[must_use]
    pub fn issues_in_order(&self) -> &[IssueNumber] {
        self.issues.in_order()
    }

    /// The numbers of the issues that stand at a record.
    #[must_use]
    pub fn issues_of(&self, number: RecordNumber) -> Range<IssueNumber> {
        self.issues.of_record(number)
    }

    /// A record's amount of a basis in euro at its value date; of its lead amount where no basis is named. `None` where it
    /// has none, or no rate is known.
    #[must_use]
    pub fn euro_of(&self, number: RecordNumber, basis: Option<AmountBasis>) -> Option<Decimal> {
        self.columns.euro(number, basis)
    }

    /// The records that a filter selects.
    #[must_use]
    pub fn select(&self, filter: &Filter) -> RoaringBitmap {
        filter.select(self)
    }

    /// The records located in a place or below it.
    #[must_use]
    pub fn located_in(&self, place: PlaceIndex) -> Option<&RoaringBitmap> {
        self.index.places.get(&place)
    }

    /// Whether a record names a place below its country.
    #[must_use]
    pub fn is_located(&self, number: RecordNumber) -> bool {
        self.index.located.contains(number)
    }

    /// Whether a record is meant for the whole country, and names no place in it.
    #[must_use]
    pub fn is_nationwide(&self, number: RecordNumber) -> bool {
        self.index.nationwide.contains(number)
    }

    /// The amount of a record that binds most, in euro at its own date; `None` where none is stated or no rate is known.
    #[must_use]
    pub fn lead_euro(&self, number: RecordNumber) -> Option<Decimal> {
        self.columns.euro(number, None)
    }

    /// The part of a selection that names no place below its country.
    #[must_use]
    pub fn without_place(&self, selection: &RoaringBitmap) -> RoaringBitmap {
        selection - &self.index.located
    }

    /// The euro of one basis, by record, each at its own value date.
    #[must_use]
    pub fn euro(&self, basis: AmountBasis) -> EuroColumn<'_> {
        self.columns.euro_of(basis)
    }

    /// The bases of which a record states an amount.
    #[must_use]
    pub fn stated(&self, number: RecordNumber) -> Bases {
        self.columns.stated(number)
    }

    /// What a selection consists of; each facet's largest entries, at most `limit` of them.
    #[must_use]
    pub fn facets(&self, selection: &RoaringBitmap, limit: usize) -> Facets {
        Facets::of(self, selection, limit)
    }

    /// How much of a selection can be put on a map.
    #[must_use]
    pub fn coverage(&self, selection: &RoaringBitmap) -> Coverage {
        Coverage::of(self, selection)
    }

    /// The bytes that each structure takes beside the readings, about: what is allocated beside it is not counted.
    #[must_use]
    pub fn memory(&self) -> [(&'static str, usize); 8] {
        [
            ("records", self.records.bytes()),
            ("issues", self.issues.bytes()),
            ("identifiers", self.identifiers.bytes()),
            ("columns", self.columns.bytes()),
            ("bitmaps", self.index.bytes()),
            ("orders", self.orders.bytes()),
            ("words", self.texts.bytes()),
            ("titles", self.titles.bytes()),
        ]
    }

    /// The ids of the sources that a selection's records came by, in order.
    #[must_use]
    pub fn sources_of(&self, selection: &RoaringBitmap) -> Vec<&str> {
        let held = |(_, bitmap): &(&Arc<Reading>, &RoaringBitmap)| !bitmap.is_disjoint(selection);
        let sources = self.readings.iter().zip(&self.index.readings);
        sources.filter(held).map(|(reading, _)| reading.source.as_str()).collect()
    }
}

#[cfg(test)]
mod tests;
