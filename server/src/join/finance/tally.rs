//! Adds up a selection, record by record.

use std::collections::BTreeMap;

use connectors::model::AmountBasis;
use roaring::RoaringBitmap;

use super::columns::Flags;
use super::rows::Rows;
use super::undertakings::{Met, left_out};
use super::values::{Added, Values};
use super::{BasisTotal, Counting, Dimension, Exclusion, Ground, Located, Part, Question, Reason, Summary};
use crate::catalogue::RecordNumber;

/// A sum while it is added up.
pub(super) struct Tally<'view> {
    ground: Ground<'view>,
    question: &'view Question,
    values: Values<'view>,
    /// What counts as being in the same total.
    context: &'view RoaringBitmap,
    rows: Rows<'view>,
    /// By position of the basis, then by what is known of the place.
    sums: Vec<[Sum; 3]>,
    met: Met,
    without_basis: Vec<RecordNumber>,
    excluded: BTreeMap<Reason, Exclusion>,
    converted: u64,
}

/// Cents, records, and undertakings that have one record only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Sum {
    pub(super) cents: i128,
    pub(super) records: u64,
    pub(super) alone: u64,
}

impl Sum {
    pub(super) fn add(&mut self, cents: i64, shared: bool) {
        self.cents += i128::from(cents);
        self.records += 1;
        self.alone += u64::from(!shared);
    }

    fn and(self, other: Self) -> Self {
        let (cents, records) = (self.cents + other.cents, self.records + other.records);
        Self { cents, records, alone: self.alone + other.alone }
    }
}

impl<'view> Tally<'view> {
    pub(super) fn new(ground: Ground<'view>, question: &'view Question, context: &'view RoaringBitmap) -> Self {
        Self {
            ground,
            question,
            values: Values::new(ground, question),
            context,
            rows: Rows::new(ground.finance, question),
            sums: vec![[Sum::default(); 3]; question.bases.len()],
            met: Met::of(question.bases.len()),
            without_basis: Vec::new(),
            excluded: BTreeMap::new(),
            converted: 0,
        }
    }

    /// The sum of a selection.
    pub(super) fn summed(mut self, selection: &RoaringBitmap) -> Summary {
        let once = self.question.counting == Counting::CountedOnce;
        let mut costs: BTreeMap<u32, Vec<(RecordNumber, Added)>> = BTreeMap::new();
        for number in selection {
            let added = match self.values.of(number) {
                Ok(added) => added,
                Err(Reason::NO_SUCH_BASIS) => {
                    self.without_basis.push(number);
                    continue;
                }
                Err(reason) => {
                    self.exclude(reason, number, None);
                    continue;
                }
            };
            let flags = self.ground.finance.flags(number);
            if once && flags.directed() {
                let links = self.ground.links;
                if let Some(reason) = left_out(links, &self.values, self.context, number) {
                    self.exclude(reason, number, Some(added.cents));
                    continue;
                }
            }
            if once && flags.shared() && self.question.bases[added.basis] == AmountBasis::TotalCost {
                costs.entry(self.ground.links.undertaking(number)).or_default().push((number, added));
                continue;
            }
            self.add(number, added, flags);
        }
        costs.into_values().for_each(|costs| self.add_greatest(costs));
        self.finish()
    }

    /// What one undertaking costs counts once: the greatest statement of it, of equal ones that of the smallest number.
    fn add_greatest(&mut self, mut costs: Vec<(RecordNumber, Added)>) {
        costs.sort_by_key(|(number, added)| (std::cmp::Reverse(added.cents), *number));
        let mut costs = costs.into_iter();
        if let Some((number, added)) = costs.next() {
            self.add(number, added, self.ground.finance.flags(number));
        }
        for (number, added) in costs {
            self.exclude(Reason::SAME_UNDERTAKING, number, Some(added.cents));
        }
    }

    fn add(&mut self, number: RecordNumber, added: Added, flags: Flags) {
        let (coverage, shared) = (flags.coverage(), flags.shared());
        self.sums[added.basis][coverage].add(added.cents, shared);
        self.converted += u64::from(self.values.is_converted(number, added.basis));
        if !self.rows.splits(number, added.basis) {
            return self.add_to_row(number, added, None, flags);
        }
        for (year, cents) in self.values.years(number, added) {
            self.add_to_row(number, Added { cents, ..added }, Some(year), flags);
        }
    }

    fn add_to_row(&mut self, number: RecordNumber, added: Added, year: Option<u32>, flags: Flags) {
        let (coverage, shared) = (flags.coverage(), flags.shared());
        let row = self.rows.at(number, added.basis, year);
        self.rows.add(row, added.cents, shared);
        if let Some(undertaking) = self.ground.finance.shared_undertaking(number) {
            self.met.add(undertaking, (added.basis, coverage, row));
        }
    }

    fn exclude(&mut self, reason: Reason, number: RecordNumber, cents: Option<i64>) {
        self.excluded.entry(reason).or_insert_with(|| Exclusion::of(reason)).add(number, cents);
    }

    fn finish(mut self) -> Summary {
        self.exclude_without_basis();
        let located = |position: usize| {
            let sum = self.sums.iter().fold(Sum::default(), |sum, by_place| sum.and(by_place[position]));
            sum.part(self.met.of_coverage(position))
        };
        let located = Located { located: located(0), nationwide: located(1), unlocated: located(2) };
        let by_basis: Vec<BasisTotal> = self.question.bases.iter().enumerate().map(|basis| self.basis(basis)).collect();
        let all = self.sums.iter().flatten().fold(Sum::default(), |sum, part| sum.and(*part));
        let total = all.part(self.met.in_all());
        self.rows.add_shared_undertakings(&self.met.by_row());
        let mut excluded: Vec<Exclusion> = self.excluded.into_values().collect();
        excluded.sort_by_key(|exclusion| (std::cmp::Reverse(exclusion.records.len()), exclusion.reason));
        Summary { total, by_basis, rows: self.rows.finished(), excluded, located, converted: self.converted }
    }

    fn basis(&self, (position, basis): (usize, &AmountBasis)) -> BasisTotal {
        let sum = self.sums[position].iter().fold(Sum::default(), |sum, part| sum.and(*part));
        let part: Part = sum.part(self.met.of_basis(position));
        BasisTotal { basis: *basis, part }
    }

    /// Where rows are grouped by partner, one that publishes nothing of the kind is a row of its own without a value, so
    /// that it is not missed.
    fn exclude_without_basis(&mut self) {
        if self.without_basis.is_empty() {
            return;
        }
        if self.question.group_by.contains(&Dimension::Partner) {
            for number in &self.without_basis {
                if !self.ground.finance.publishes(*number, &self.question.bases) {
                    self.rows.note_unpublished(*number);
                }
            }
        }
        let mut exclusion = Exclusion::of(Reason::NO_SUCH_BASIS);
        let numbers = std::mem::take(&mut self.without_basis);
        exclusion.records = RoaringBitmap::from_sorted_iter(numbers).unwrap_or_default();
        exclusion.count_bases(|number| self.ground.catalogue.stated(number));
        self.excluded.insert(Reason::NO_SUCH_BASIS, exclusion);
    }
}
