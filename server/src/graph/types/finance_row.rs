//! `FinanceRow` and `Exclusion`: what a sum consists of, and what it leaves out.

use async_graphql::{Object, Result, SimpleObject};

use super::{AmountBasis, Dimension, Project};
use crate::graph::error::{CallerFault, OrFault as _};
use crate::graph::page::MOST;
use crate::graph::scalars::DecimalNumber;
use crate::join::finance::{self, Part};
use crate::money::from_cents;
use crate::view::View;

/// One group of a sum.
#[derive(SimpleObject)]
pub struct FinanceRow {
    /// The value of each dimension, in the order of `groupBy`.
    keys: Vec<RowKey>,
    /// The basis of every amount in it.
    basis: AmountBasis,
    /// The sum of its amounts; null where the partner publishes none of the bases asked for, never 0.
    value: Option<DecimalNumber>,
    /// `NOT_PUBLISHED` where there is no value; else null.
    missing: Option<&'static str>,
    /// Records in it.
    records: u64,
    /// Undertakings that these records belong to.
    undertakings: u64,
    /// The part of the total, 1 for all of it; null without a value, and where the total is 0.
    share: Option<f64>,
}

/// The value of one dimension.
#[derive(SimpleObject)]
pub struct RowKey {
    /// The dimension.
    dimension: Dimension,
    /// The value as a filter takes it, or a word in capitals: MULTIPLE, UNKNOWN, UNDATED, NATIONWIDE, UNLOCATED, WIDER,
    /// ABROAD.
    key: String,
    /// The value, for a reader.
    label: String,
}

impl FinanceRow {
    /// The row with its part of a total in cents.
    pub(super) fn of(row: &finance::Row, total: i128) -> Self {
        let keys = row.keys.iter().map(|key| RowKey {
            dimension: key.dimension.into(),
            key: key.key.clone(),
            label: key.label.clone(),
        });
        let Part { records, undertakings, .. } = row.part.unwrap_or_default();
        #[expect(clippy::cast_precision_loss, reason = "a share is a proportion and not money")]
        let share = row.part.filter(|_| total != 0).map(|part| part.cents as f64 / total as f64);
        Self {
            keys: keys.collect(),
            basis: row.basis.into(),
            value: row.part.map(|part| DecimalNumber(part.value())),
            missing: row.part.is_none().then_some("NOT_PUBLISHED"),
            records,
            undertakings,
            share,
        }
    }
}

/// Records that are not in a total, for one reason.
pub struct Exclusion {
    view: View,
    exclusion: finance::Exclusion,
}

impl Exclusion {
    /// The exclusion, with the view that its projects are shown on.
    pub(super) fn of(view: &View, exclusion: &finance::Exclusion) -> Self {
        Self { view: view.clone(), exclusion: exclusion.clone() }
    }
}

/// Records that are not in a total, for one reason.
#[Object]
impl Exclusion {
    /// `NO_SUCH_BASIS`: no amount of the bases asked for (`bases` has what there is). `NO_RATE`, `NO_DATE`, `DATE_OUTSIDE_RATES`,
    /// `CONSTANT_PRICES`, `AMOUNT_TOO_LARGE`: no value in this currency is known. RESTATES, `PART_OF_FRAMEWORK`,
    /// `SAME_UNDERTAKING`: another record in the total stands for it. NATIONWIDE, `NOT_LOCATED`: it belongs to the country of
    /// the place and not to the place.
    async fn reason(&self) -> &str {
        self.exclusion.reason.code()
    }

    /// How many.
    async fn records(&self) -> u64 {
        self.exclusion.records.len()
    }

    /// What they would have added; null where no value is known.
    async fn value(&self) -> Option<DecimalNumber> {
        self.exclusion.cents.map(|cents| DecimalNumber(from_cents(cents)))
    }

    /// For `NO_SUCH_BASIS`, the bases that these records do state, each as `orElse` takes it; else empty. A record that
    /// states several counts in each.
    async fn bases(&self) -> Vec<BasisCount> {
        let counts = self.exclusion.bases.iter();
        counts.map(|(basis, records)| BasisCount { basis: (*basis).into(), records: *records }).collect()
    }

    /// The records, in the order of their ids.
    async fn projects(
        &self,
        #[graphql(desc = "How many, at most 1,000.", default = 20)] first: i32,
    ) -> Result<Vec<Project>> {
        let size = usize::try_from(first).ok().filter(|size| *size <= MOST);
        let size = size.ok_or(CallerFault::PageSize { argument: "first", given: first, most: MOST }).or_fault()?;
        Ok(self.exclusion.records.iter().take(size).map(|number| Project::new(&self.view, number)).collect())
    }
}

/// How many records state amounts of a basis.
#[derive(SimpleObject)]
pub struct BasisCount {
    /// The basis.
    basis: AmountBasis,
    /// Records.
    records: u64,
}
