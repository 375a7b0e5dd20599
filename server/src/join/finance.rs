//! Sums of money over a selection of records: by group, by basis, counted once, with what was left out and why.
//!
//! 1. [`Finance`]: what the records are grouped by and how they are linked, as columns worked out once a generation.
//! 2. [`Question`]: which basis, currency and groups are asked for.
//! 3. [`Summary`]: the total, its rows, and every record that is not in it, with the reason.
//!
//! # Rules
//!
//! * Each record adds one amount: that of the first basis asked for that it states. Each row has one basis.
//! * An amount is worth what it was at its own value date, rounded to the cent, so that whoever adds the rows or the
//!   records gets the total to the cent.
//! * A record is in exactly one row. One in several places or sectors is in the row `MULTIPLE`. Only the years of an
//!   undated sum (commitments and disbursements over several years) are told apart, part by part.
//! * Every record of the selection is in the total or excluded with a reason.
//! * Counted once, a restatement is left out while the record that it restates is in the total, a part while its
//!   framework is, and of one undertaking's total costs the greatest stands.

mod columns;
mod dictionary;
mod dimension;
mod kept;
mod rows;
mod summary;
mod tally;
mod undertakings;
mod values;

#[cfg(test)]
mod tests;

use connectors::model::{AmountBasis, CurrencyCode};
use roaring::RoaringBitmap;

use super::Links;
use crate::catalogue::Catalogue;
use crate::money::Rates;

pub use columns::Finance;
pub use dimension::Dimension;
pub use summary::{BasisTotal, Exclusion, Located, Part, Reason, Row, RowKey, Summary};

/// The most dimensions that a sum is grouped by at once.
pub const MOST_DIMENSIONS: usize = 3;

/// How money that several records report is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Counting {
    /// Every record is added.
    Gross,
    /// Money that another record in the total stands for already is left out.
    CountedOnce,
}

/// What is asked of a selection.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Question {
    /// The bases in order of preference, each once; never empty.
    pub bases: Vec<AmountBasis>,
    /// The currency of every figure.
    pub currency: CurrencyCode,
    /// How money that several records report is counted.
    pub counting: Counting,
    /// What the rows are grouped by, each once, at most [`MOST_DIMENSIONS`].
    pub group_by: Vec<Dimension>,
}

impl Question {
    /// Euro of one basis, counted once, in one row.
    #[must_use]
    pub fn of(basis: AmountBasis) -> Self {
        let (currency, counting) = (CurrencyCode::EUR, Counting::CountedOnce);
        Self { bases: vec![basis], currency, counting, group_by: Vec::new() }
    }
}

/// What a sum is worked out on.
#[derive(Clone, Copy)]
pub struct Ground<'view> {
    /// The records.
    pub catalogue: &'view Catalogue,
    /// What they are to one another.
    pub links: &'view Links,
    /// Their groups.
    pub finance: &'view Finance,
    /// Exchange rates.
    pub rates: &'view Rates,
}

impl Ground<'_> {
    /// Works out the sums over everything that are asked most, so that nobody waits for them. Call it off the async threads.
    pub fn prepare(self) {
        let everything: RoaringBitmap = (0..).take(self.catalogue.records().len()).collect();
        kept::usual().for_each(|question| drop(summary(self, &question, &everything)));
    }
}

/// Sums up a selection. One over everything is kept for who asks next.
#[must_use]
pub fn summary(ground: Ground<'_>, question: &Question, selection: &RoaringBitmap) -> Summary {
    let work_out = || tally::Tally::new(ground, question, selection).summed(selection);
    if selection.len() == ground.catalogue.records().len() as u64 {
        return ground.finance.kept().get(question, work_out);
    }
    work_out()
}

/// Sums up what is located in a place, and tells beside it what states such an amount, belongs to the place's country,
/// and names no place there: it is excluded as nationwide or not located, and counted in the coverage.
#[must_use]
pub fn summary_beside(
    ground: Ground<'_>,
    question: &Question,
    located: &RoaringBitmap,
    beside: &RoaringBitmap,
) -> Summary {
    let (whole, beside) = (located | beside, beside - located);
    let around = tally::Tally::new(ground, question, &whole).summed(&beside);
    let counted = around.counted(&beside);
    let nationwide: RoaringBitmap = counted.iter().filter(|number| ground.catalogue.is_nationwide(*number)).collect();
    let others = counted - &nationwide;
    summary(ground, question, located).with_beside(&around.located, nationwide, others)
}
