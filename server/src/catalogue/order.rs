//! In which order records stand, and where a page begins.

use std::cmp::Ordering;

use chrono::{DateTime, Utc};
use connectors::model::{AmountBasis, Language};
use roaring::RoaringBitmap;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::columns::Dates;
use super::page::{self, Page, Standing, Window, cut};
use super::text::Relevance;
use super::{Catalogue, Filter, RecordNumber, Unchanged};
use crate::packed::Narrow;

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

/// The orders that do not depend on the filter.
#[derive(Debug, Default)]
pub(super) struct Orders {
    /// Every record, in each order.
    sorted: Vec<(Order, Narrow)>,
    /// The place of each record by title. What other orders compare stands in columns.
    title_ranks: Narrow,
}

impl Orders {
    /// The orders of a catalogue; records that are kept stand by title as they stood in earlier orders.
    pub(super) fn of(catalogue: &Catalogue, earlier: &Self, kept: &Unchanged) -> Self {
        const BY_VALUE: [Order; 6] = [
            Order::SignedDesc,
            Order::SignedAsc,
            Order::ApprovedDesc,
            Order::AmountDesc,
            Order::AmountAsc,
            Order::UpdatedDesc,
        ];
        let titles = by_title(catalogue, earlier, kept);
        let mut ranks = vec![0; titles.len()];
        for (rank, number) in (0_u64..).zip(&titles) {
            ranks[*number as usize] = rank;
        }
        let title_ranks = ranks.into_iter().collect();
        let by_title = (Order::TitleAsc, titles.into_iter().map(u64::from).collect());
        let filter = Filter::default();
        let by_value = BY_VALUE.into_iter().map(|order| (order, Ranking::new(catalogue, order, &filter).all()));
        Self { sorted: std::iter::once(by_title).chain(by_value).collect(), title_ranks }
    }

    /// Every record by title; empty before the first catalogue.
    fn by_title(&self) -> impl Iterator<Item = RecordNumber> {
        let titles = self.sorted.iter().filter(|(order, _)| *order == Order::TitleAsc);
        titles.flat_map(|(_, sorted)| sorted.iter()).map(|number| number as RecordNumber)
    }

    /// The bytes they take.
    pub(super) fn bytes(&self) -> usize {
        self.sorted.iter().map(|(_, sorted)| sorted.bytes()).sum::<usize>() + self.title_ranks.bytes()
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
        let sorted = self.orders.sorted.iter().find(|(sorted, _)| *sorted == order && !order.depends_on(filter));
        match sorted {
            Some((_, sorted)) => ranking.page_of_sorted(sorted, selection, window),
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

    /// Every record, in order.
    fn all(&self) -> Narrow {
        let mut all: Vec<Standing> = self.catalogue.numbers().map(|number| self.standing(number)).collect();
        all.sort_unstable();
        all.into_iter().map(|standing| standing.number.into()).collect()
    }

    /// A page of an order that was sorted when the catalogue was built.
    fn page_of_sorted(&self, sorted: &Narrow, selection: &RoaringBitmap, window: &Window) -> Page {
        let rank_of = |position: &Position| {
            sorted.partition_point(|number| self.stands(number as RecordNumber, position).is_lt())
        };
        // Half-open bounds of ranks: after the cursor's own record, where it is still there, and before the other's.
        let least = window.after.as_ref().map_or(0, |position| {
            let rank = rank_of(position);
            let own = rank < sorted.len() && self.stands(sorted.get(rank) as RecordNumber, position).is_eq();
            rank + usize::from(own)
        });
        let bound = window.before.as_ref().map_or(sorted.len(), rank_of);
        page::of_sorted(sorted, |number| self.standing(number), selection, least..bound, window)
    }

    /// A page of an order that the filter has a part in.
    fn page_of_any(&self, selection: &RoaringBitmap, window: &Window) -> Page {
        let all = selection.iter().map(|number| self.standing(number)).collect();
        let stands = |standing: &Standing, position: &Position| self.stands(standing.number, position);
        let after =
            |standing: &Standing| window.after.as_ref().is_none_or(|position| stands(standing, position).is_gt());
        let before =
            |standing: &Standing| window.before.as_ref().is_none_or(|position| stands(standing, position).is_lt());
        cut(all, after, before, window)
    }

    /// Where a record stands among the others of this catalogue.
    fn standing(&self, number: RecordNumber) -> Standing {
        let columns = &self.catalogue.columns;
        let value = match self.order {
            Order::SignedDesc | Order::SignedAsc => columns.signed.first_day(number).map(i64::from),
            Order::ApprovedDesc => columns.approved.first_day(number).map(i64::from),
            Order::AmountDesc | Order::AmountAsc => columns.cents(number, self.basis),
            Order::TitleAsc => Some(self.catalogue.orders.title_ranks.get(number as usize).cast_signed()),
            Order::UpdatedDesc => Some(self.catalogue.records.updated(number).into()),
            Order::Relevance => self.relevance.as_ref().map(|relevance| relevance.of(number)),
        };
        // All bits turned over, the largest number is the smallest.
        let value = value.map(|value| if self.order.descends() { !value } else { value });
        Standing { is_missing: value.is_none(), value: value.unwrap_or_default(), number }
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

/// Every record by title, those without one last. Where few are new, each finds its place among those that were kept.
fn by_title(catalogue: &Catalogue, earlier: &Orders, kept: &Unchanged) -> Vec<RecordNumber> {
    const FEW: usize = 16;
    let stood: Vec<RecordNumber> = earlier.by_title().filter_map(|number| kept.later(number)).collect();
    if (catalogue.records.len() - stood.len()) * FEW > catalogue.records.len() {
        return sorted_by_title(catalogue, catalogue.numbers());
    }
    let new = sorted_by_title(catalogue, catalogue.numbers().filter(|number| kept.earlier(*number).is_none()));
    let key_of = |number: RecordNumber| {
        let mut key = String::new();
        let titled = add_title_key(catalogue, number, &mut key);
        (!titled, key, number)
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
