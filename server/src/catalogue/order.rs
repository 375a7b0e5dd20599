//! In which order records stand, and where a page begins.

use std::cmp::Ordering;

use chrono::{DateTime, Utc};
use connectors::model::{AmountBasis, Language};
use roaring::RoaringBitmap;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::columns::Dates;
use super::page::{self, Page, Window, cut};
use super::text::Relevance;
use super::{Catalogue, Filter, RecordNumber, Unchanged};

/// An order of records. A record without the value stands last in every order; ties go by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Order {
    /// By signature, newest first.
    SignedDesc,
    /// By signature, oldest first.
    SignedAsc,
    /// By approval, newest first.
    ApprovedDesc,
    /// By euro of the filter's basis, else of the lead amount, largest first.
    AmountDesc,
    /// By euro of the filter's basis, else of the lead amount, smallest first.
    AmountAsc,
    /// By title, without regard to case and accents.
    TitleAsc,
    /// By when this version was first read, newest first.
    UpdatedDesc,
    /// By how well the title fits the filter's text.
    Relevance,
}

/// What an order compares.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "is", content = "value", rename_all = "lowercase")]
enum Key {
    Number(i64),
    Instant(DateTime<Utc>),
    Amount(Decimal),
    Text(String),
}

/// Where a record stands in an order: enough to go on after it, in this generation or a later one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    key: Option<Key>,
    id: String,
}

/// Ranks in the orders that do not depend on the filter.
#[derive(Debug, Default)]
pub(super) struct Orders {
    fixed: Vec<(Order, Vec<RecordNumber>, Vec<u32>)>,
}

impl Orders {
    /// The orders of a catalogue; records that are kept stand by title as they stood in earlier orders.
    pub(super) fn of(catalogue: &Catalogue, earlier: &Self, kept: &Unchanged) -> Self {
        const FIXED: [Order; 7] = [
            Order::SignedDesc,
            Order::SignedAsc,
            Order::ApprovedDesc,
            Order::AmountDesc,
            Order::AmountAsc,
            Order::TitleAsc,
            Order::UpdatedDesc,
        ];
        let fixed = FIXED.map(|order| {
            let sorted = match order {
                Order::TitleAsc => by_title(catalogue, earlier, kept),
                order => by_number(catalogue, order),
            };
            let mut ranks = vec![0; sorted.len()];
            for (rank, number) in (0..).zip(&sorted) {
                ranks[*number as usize] = rank;
            }
            (order, sorted, ranks)
        });
        Self { fixed: fixed.into() }
    }

    /// Every record, by an order that was sorted; empty before the first catalogue.
    fn sorted(&self, order: Order) -> &[RecordNumber] {
        self.fixed.iter().find(|(fixed, ..)| *fixed == order).map_or(&[], |(_, sorted, _)| sorted)
    }

    /// The bytes they take.
    pub(super) fn bytes(&self) -> usize {
        self.fixed.iter().map(|(_, sorted, ranks)| (sorted.capacity() + ranks.capacity()) * size_of::<u32>()).sum()
    }
}

impl Order {
    /// Values in the order's direction; a missing one last.
    fn compare(self, left: &Option<Key>, right: &Option<Key>) -> Ordering {
        match (left, right) {
            (Some(left), Some(right)) if self.descends() => right.cmp(left),
            (Some(left), Some(right)) => left.cmp(right),
            (left, right) => right.is_some().cmp(&left.is_some()),
        }
    }

    fn descends(self) -> bool {
        !matches!(self, Self::SignedAsc | Self::AmountAsc | Self::TitleAsc)
    }

    /// Whether the filter has a part in it.
    fn depends_on(self, filter: &Filter) -> bool {
        match self {
            Self::Relevance => true,
            Self::AmountDesc | Self::AmountAsc => filter.basis.is_some(),
            _ => false,
        }
    }
}

impl Catalogue {
    /// A part of a selection, in order.
    #[must_use]
    pub fn page(&self, selection: &RoaringBitmap, order: Order, filter: &Filter, window: &Window) -> Page {
        let ranking = Ranking::new(self, order, filter);
        let fixed = self.orders.fixed.iter().find(|(fixed, ..)| *fixed == order && !order.depends_on(filter));
        match fixed {
            Some((_, sorted, ranks)) => ranking.page_of_sorted(sorted, ranks, selection, window),
            None => ranking.page_of_any(selection, window),
        }
    }

    /// Where records stand in an order, for the cursors to them.
    #[must_use]
    pub fn positions(&self, order: Order, filter: &Filter, numbers: &[RecordNumber]) -> Vec<Position> {
        let ranking = Ranking::new(self, order, filter);
        numbers.iter().map(|number| ranking.position(*number)).collect()
    }
}

/// An order over one catalogue, with what it compares worked out once.
struct Ranking<'catalogue> {
    catalogue: &'catalogue Catalogue,
    order: Order,
    basis: Option<AmountBasis>,
    relevance: Option<Relevance>,
}

impl<'catalogue> Ranking<'catalogue> {
    fn new(catalogue: &'catalogue Catalogue, order: Order, filter: &Filter) -> Self {
        let text = filter.text.as_deref().filter(|_| order == Order::Relevance);
        let relevance = text.map(|text| catalogue.texts.relevance(text));
        Self { catalogue, order, basis: filter.basis, relevance }
    }

    /// A page by the ranks of an order that was sorted when the catalogue was built.
    fn page_of_sorted(
        &self,
        sorted: &[RecordNumber],
        ranks: &[u32],
        selection: &RoaringBitmap,
        window: &Window,
    ) -> Page {
        let rank_of = |position: &Position| {
            let before = |number: &RecordNumber| self.stands(*number, position).is_lt();
            u32::try_from(sorted.partition_point(before)).unwrap_or(u32::MAX)
        };
        // Half-open bounds of ranks: after the cursor's own record, where it is still there, and before the other's.
        let least = window.after.as_ref().map_or(0, |position| {
            let rank = rank_of(position);
            let exact = sorted.get(rank as usize).is_some_and(|number| self.stands(*number, position).is_eq());
            rank + u32::from(exact)
        });
        let bound = window.before.as_ref().map_or(u32::MAX, rank_of);
        page::of_sorted(sorted, ranks, selection, least..bound, window)
    }

    /// A page of an order that the filter has a part in.
    fn page_of_any(&self, selection: &RoaringBitmap, window: &Window) -> Page {
        type Entry = (Option<Key>, RecordNumber);
        let keyed: Vec<Entry> = selection.iter().map(|number| (self.key(number), number)).collect();
        let compare = |left: &Entry, right: &Entry| self.order.compare(&left.0, &right.0).then(left.1.cmp(&right.1));
        let stands = |entry: &Entry, position: &Position| {
            let by_key = self.order.compare(&entry.0, &position.key);
            by_key.then_with(|| self.id(entry.1).cmp(&position.id))
        };
        let after = |entry: &Entry| window.after.as_ref().is_none_or(|position| stands(entry, position).is_gt());
        let before = |entry: &Entry| window.before.as_ref().is_none_or(|position| stands(entry, position).is_lt());
        cut(keyed, after, before, window, compare, |(_, number)| number)
    }

    fn position(&self, number: RecordNumber) -> Position {
        Position { key: self.key(number), id: self.id(number).to_owned() }
    }

    /// How a record compares with a position, which may be of an older generation.
    fn stands(&self, number: RecordNumber, position: &Position) -> Ordering {
        let by_key = self.order.compare(&self.key(number), &position.key);
        by_key.then_with(|| self.id(number).cmp(&position.id))
    }

    fn id(&self, number: RecordNumber) -> &'catalogue str {
        self.catalogue.project(number).id().as_str()
    }

    fn key(&self, number: RecordNumber) -> Option<Key> {
        let columns = &self.catalogue.columns;
        let first_day = |dates: &Dates| dates.first_day(number).map(|day| Key::Number(day.into()));
        match self.order {
            Order::SignedDesc | Order::SignedAsc => first_day(&columns.signed),
            Order::ApprovedDesc => first_day(&columns.approved),
            Order::AmountDesc | Order::AmountAsc => {
                columns.euro(number, self.basis).map(|euro| Key::Amount(euro.normalize()))
            }
            Order::TitleAsc => {
                let mut key = String::new();
                add_title_key(self.catalogue, number, &mut key).then_some(Key::Text(key))
            }
            Order::UpdatedDesc => Some(Key::Instant(self.catalogue.record(number).updated_at)),
            Order::Relevance => self.relevance.as_ref().map(|relevance| Key::Number(relevance.of(number))),
        }
    }
}

/// Every record by a number that stands in a column: the same order as that of [`Ranking::key`], found faster.
fn by_number(catalogue: &Catalogue, order: Order) -> Vec<RecordNumber> {
    let columns = &catalogue.columns;
    let key = |number: RecordNumber| match order {
        Order::SignedDesc | Order::SignedAsc => columns.signed.first_day(number).map(i64::from),
        Order::ApprovedDesc => columns.approved.first_day(number).map(i64::from),
        Order::AmountDesc | Order::AmountAsc => columns.lead_cents(number),
        Order::UpdatedDesc => Some(catalogue.records.entry(number).updated.into()),
        Order::TitleAsc | Order::Relevance => None,
    };
    let keyed = catalogue.numbers().map(|number| {
        let key = key(number);
        // The complement turns the order of numbers round.
        (key.is_none(), key.map(|key| if order.descends() { !key } else { key }), number)
    });
    let mut keyed: Vec<_> = keyed.collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|(.., number)| number).collect()
}

/// Every record by title, those without one last. Where few are new, each finds its place among those that were kept.
fn by_title(catalogue: &Catalogue, earlier: &Orders, kept: &Unchanged) -> Vec<RecordNumber> {
    const FEW: usize = 16;
    let stood = earlier.sorted(Order::TitleAsc).iter().filter_map(|number| kept.later(*number));
    let stood: Vec<RecordNumber> = stood.collect();
    if (catalogue.records.len() - stood.len()) * FEW > catalogue.records.len() {
        return sorted_by_title(catalogue, catalogue.numbers());
    }
    let new = sorted_by_title(catalogue, catalogue.numbers().filter(|number| kept.earlier(*number).is_none()));
    let mut key = String::new();
    let mut key_of = |number: RecordNumber| {
        key.clear();
        let titled = add_title_key(catalogue, number, &mut key);
        (!titled, key.clone(), number)
    };
    let (mut sorted, mut rest) = (Vec::with_capacity(catalogue.records.len()), stood.as_slice());
    for number in new {
        let own = key_of(number);
        let before = rest.partition_point(|stood| key_of(*stood) < own);
        sorted.extend_from_slice(&rest[..before]);
        sorted.push(number);
        rest = &rest[before..];
    }
    sorted.extend_from_slice(rest);
    sorted
}

/// Records by title. The titles stand in one text while they are sorted: a text for each would leave holes in memory that
/// nothing fills later.
fn sorted_by_title(catalogue: &Catalogue, numbers: impl Iterator<Item = RecordNumber>) -> Vec<RecordNumber> {
    let mut keys = String::new();
    let mut spans: Vec<(bool, std::ops::Range<usize>, RecordNumber)> = Vec::new();
    for number in numbers {
        let begin = keys.len();
        let titled = add_title_key(catalogue, number, &mut keys);
        spans.push((!titled, begin..keys.len(), number));
    }
    spans.sort_unstable_by_key(|(untitled, span, number)| (*untitled, &keys[span.clone()], *number));
    spans.into_iter().map(|(.., number)| number).collect()
}

/// Adds what a record's title is compared by to a text: the title that is shown to a reader who names no language.
/// `false` where it has none.
fn add_title_key(catalogue: &Catalogue, number: RecordNumber, key: &mut String) -> bool {
    let titles = || catalogue.project(number).titles();
    let Some(title) = titles().find(|title| *title.language == Language::EN).or_else(|| titles().next()) else {
        return false;
    };
    for (position, word) in super::text::words(title.text()).enumerate() {
        if position > 0 {
            key.push(' ');
        }
        key.push_str(&word);
    }
    true
}
