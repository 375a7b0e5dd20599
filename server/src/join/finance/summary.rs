//! What a sum says: the total, its rows, and what is not in it.

use connectors::model::AmountBasis;
use roaring::RoaringBitmap;
use rust_decimal::Decimal;

use super::Dimension;
use crate::money::{Bases, Missing, from_cents};

/// A sum over a selection.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Summary {
    /// The sum of all records in it.
    pub total: Part,
    /// The sum by basis, in the order asked for; one entry for each basis.
    pub by_basis: Vec<BasisTotal>,
    /// The groups, each of one basis: by year where that is the first dimension, else the greatest value first.
    pub rows: Vec<Row>,
    /// What is not in it, by reason.
    pub excluded: Vec<Exclusion>,
    /// How the records in it are placed; for a place, with those beside it that cannot be placed.
    pub located: Located,
    /// How many of its records had to be converted at a rate.
    pub converted: u64,
}

/// A value with what it consists of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Part {
    /// In cents.
    pub cents: i128,
    /// Records in it.
    pub records: u64,
    /// Undertakings that these records belong to.
    pub undertakings: u64,
}

impl Part {
    /// The value, exact.
    #[must_use]
    pub fn value(&self) -> Decimal {
        from_cents(self.cents)
    }
}

/// The part of a total that one basis makes up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BasisTotal {
    /// The basis.
    pub basis: AmountBasis,
    /// What it makes up.
    pub part: Part,
}

/// One group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The value of each dimension, in the order asked for.
    pub keys: Vec<RowKey>,
    /// The basis of the amounts in it.
    pub basis: AmountBasis,
    /// What it consists of; `None` where the partner publishes no amounts of the bases asked for at all.
    pub part: Option<Part>,
}

/// The value of one dimension.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowKey {
    /// The dimension.
    pub dimension: Dimension,
    /// The value as a filter takes it, or a word such as `MULTIPLE`.
    pub key: String,
    /// The value for a reader.
    pub label: String,
}

/// A stable code for why a record is not in a total.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reason(&'static str);

impl Reason {
    /// The record states no amount of the bases asked for.
    pub const NO_SUCH_BASIS: Self = Self("NO_SUCH_BASIS");
    /// It repeats the money of another record in the total.
    pub const RESTATES: Self = Self("RESTATES");
    /// It is a part of a framework that is in the total.
    pub const PART_OF_FRAMEWORK: Self = Self("PART_OF_FRAMEWORK");
    /// Another record of the undertaking states the same total cost.
    pub const SAME_UNDERTAKING: Self = Self("SAME_UNDERTAKING");
    /// It is meant for the whole country, of which the total is a part.
    pub const NATIONWIDE: Self = Self("NATIONWIDE");
    /// It names no place in the country, of which the total is a part.
    pub const NOT_LOCATED: Self = Self("NOT_LOCATED");
    /// The amount has more digits than can be added.
    pub const AMOUNT_TOO_LARGE: Self = Self("AMOUNT_TOO_LARGE");

    /// Why an amount could not be converted.
    #[must_use]
    pub fn of(missing: &Missing) -> Self {
        Self(missing.code())
    }

    /// The code.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0
    }

    /// Whether a record with this reason states an amount that should be in the total, and no value for it is known.
    #[must_use]
    pub fn leaves_a_gap(self) -> bool {
        let others = [
            Self::NO_SUCH_BASIS,
            Self::RESTATES,
            Self::PART_OF_FRAMEWORK,
            Self::SAME_UNDERTAKING,
            Self::NATIONWIDE,
            Self::NOT_LOCATED,
        ];
        !others.contains(&self)
    }
}

/// Records that are not in a total, for one reason.
#[derive(Debug, Clone, PartialEq)]
pub struct Exclusion {
    /// Why.
    pub reason: Reason,
    /// Which.
    pub records: RoaringBitmap,
    /// What they would have added, in cents; `None` where no value is known.
    pub cents: Option<i128>,
    /// The bases that they do state, with the number of records that state each.
    pub bases: Vec<(AmountBasis, u64)>,
}

impl Exclusion {
    pub(super) fn of(reason: Reason) -> Self {
        Self { reason, records: RoaringBitmap::new(), cents: None, bases: Vec::new() }
    }

    pub(super) fn add(&mut self, number: u32, cents: Option<i64>) {
        self.records.insert(number);
        if let Some(cents) = cents {
            *self.cents.get_or_insert_default() += i128::from(cents);
        }
    }

    pub(super) fn count_bases(&mut self, stated: impl Fn(u32) -> Bases) {
        let mut counts = [0_u64; 6];
        for number in &self.records {
            stated(number).iter().for_each(|basis| counts[Bases::position(basis)] += 1);
        }
        self.bases = Bases::ALL.into_iter().zip(counts).filter(|(_, count)| *count > 0).collect();
    }
}

/// How a total splits by what is known of its records' places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Located {
    /// With a place below the country.
    pub located: Part,
    /// Meant for the whole country.
    pub nationwide: Part,
    /// With neither.
    pub unlocated: Part,
}

impl Summary {
    /// Whether an amount that should be in the total has no known value.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.excluded.iter().any(|exclusion| exclusion.reason.leaves_a_gap())
    }

    /// The records that a sum over a selection adds.
    pub(super) fn counted(&self, selection: &RoaringBitmap) -> RoaringBitmap {
        self.excluded.iter().fold(selection.clone(), |counted, exclusion| counted - &exclusion.records)
    }

    /// The same sum, with what could not be placed told beside it: its records meant for the whole country, and others.
    pub(super) fn with_beside(mut self, beside: &Located, nationwide: RoaringBitmap, others: RoaringBitmap) -> Self {
        self.located.nationwide = beside.nationwide;
        self.located.unlocated = beside.unlocated;
        for (part, records, reason) in
            [(beside.nationwide, nationwide, Reason::NATIONWIDE), (beside.unlocated, others, Reason::NOT_LOCATED)]
        {
            if !records.is_empty() {
                self.excluded.push(Exclusion { records, cents: Some(part.cents), ..Exclusion::of(reason) });
            }
        }
        self
    }
}
