//! `FinanceSummary`: a sum of money over records, by group, with what is not in it.

use async_graphql::{Object, SimpleObject};
use connectors::model::CurrencyCode;
use roaring::RoaringBitmap;

use super::finance_row::{Exclusion, FinanceRow};
use super::{AmountBasis, Counting, Coverage, Dimension};
use crate::catalogue;
use crate::graph::error::CallerFault;
use crate::graph::scalars::{CurrencyCodeText, DecimalNumber};
use crate::join::finance::{self, Ground, MOST_DIMENSIONS, Part, Question, Summary};
use crate::view::{Moment, View};

/// The most rows that one answer holds.
const MOST_ROWS: usize = 50_000;

/// What is asked of a sum, as given.
pub struct FinanceArguments {
    /// The basis asked for first.
    pub basis: AmountBasis,
    /// Bases to fall back on.
    pub or_else: Option<Vec<AmountBasis>>,
    /// The currency of every figure.
    pub currency: CurrencyCode,
    /// How money that several records report is counted.
    pub counting: Counting,
    /// What the rows are grouped by.
    pub group_by: Option<Vec<Dimension>>,
}

impl FinanceArguments {
    fn question(&self, view: &View) -> Result<Question, CallerFault> {
        let mut bases = vec![self.basis.into()];
        for basis in self.or_else.iter().flatten().copied().map(Into::into) {
            if !bases.contains(&basis) {
                bases.push(basis);
            }
        }
        let mut group_by: Vec<finance::Dimension> = Vec::new();
        for dimension in self.group_by.iter().flatten() {
            if group_by.contains(&(*dimension).into()) {
                let name = async_graphql::resolver_utils::enum_value(*dimension);
                return Err(CallerFault::RepeatedDimension(name.to_string()));
            }
            group_by.push((*dimension).into());
        }
        if group_by.len() > MOST_DIMENSIONS {
            return Err(CallerFault::TooManyDimensions(group_by.len()));
        }
        let known = view.rates.currencies();
        if !known.contains(&self.currency) {
            let known = known.iter().map(CurrencyCode::as_str).collect::<Vec<_>>().join(", ");
            return Err(CallerFault::UnknownCurrency { given: self.currency.to_string(), known });
        }
        Ok(Question { bases, currency: self.currency, counting: self.counting.into(), group_by })
    }
}

/// A sum of money over records, by group, with what is not in it.
pub struct FinanceSummary {
    view: View,
    question: Question,
    partners: Option<Vec<String>>,
    summary: Summary,
}

impl FinanceSummary {
    /// The sum over a selection; the partners are those that the filter names.
    ///
    /// # Errors
    /// A [`CallerFault`] in the arguments.
    pub fn over(
        view: &View,
        arguments: &FinanceArguments,
        partners: Option<Vec<String>>,
        selection: &RoaringBitmap,
    ) -> Result<Self, CallerFault> {
        Self::of(view, arguments, partners, |ground, question| finance::summary(ground, question, selection))
    }

    /// The sum over what is located in a place, with what matches beside it and cannot be placed.
    ///
    /// # Errors
    /// A [`CallerFault`] in the arguments.
    pub fn beside(
        view: &View,
        arguments: &FinanceArguments,
        partners: Option<Vec<String>>,
        located: &RoaringBitmap,
        beside: &RoaringBitmap,
    ) -> Result<Self, CallerFault> {
        Self::of(view, arguments, partners, |ground, question| {
            finance::summary_beside(ground, question, located, beside)
        })
    }

    fn of(
        view: &View,
        arguments: &FinanceArguments,
        partners: Option<Vec<String>>,
        sum: impl FnOnce(Ground<'_>, &Question) -> Summary,
    ) -> Result<Self, CallerFault> {
        let question = arguments.question(view)?;
        let Moment { catalogue, links, finance, rates, .. } = &**view;
        let summary = sum(Ground { catalogue, links, finance, rates }, &question);
        if summary.rows.len() > MOST_ROWS {
            return Err(CallerFault::TooManyRows { given: summary.rows.len(), most: MOST_ROWS });
        }
        Ok(Self { view: view.clone(), question, partners, summary })
    }
}

/// A sum of money over records, by group, with what is not in it. Each amount is worth what it was at its own date, in
/// the currency asked for, rounded to the cent; so rows add up to the total to the cent.
#[Object]
impl FinanceSummary {
    /// The basis asked for first.
    async fn basis(&self) -> AmountBasis {
        self.question.bases[0].into()
    }

    /// The currency of every figure.
    async fn currency(&self) -> CurrencyCodeText {
        CurrencyCodeText(self.question.currency)
    }

    /// How money that several records report was counted.
    async fn counting(&self) -> Counting {
        self.question.counting.into()
    }

    /// The sum of all rows. Where `orElse` names further bases it holds amounts of these, too; `byBasis` splits it.
    async fn total(&self) -> DecimalNumber {
        DecimalNumber(self.summary.total.value())
    }

    /// The total by basis, in the order asked for; one entry unless `orElse` names more.
    async fn by_basis(&self) -> Vec<BasisTotal> {
        self.summary.by_basis.iter().map(BasisTotal::from).collect()
    }

    /// Whether amounts that should be in the total have no known value, by lack of a rate for example; `excluded` has
    /// them.
    async fn partial(&self) -> bool {
        self.summary.is_partial()
    }

    /// Records in the total.
    async fn records(&self) -> u64 {
        self.summary.total.records
    }

    /// How many of them were converted at a rate, and are not the source's own figures in this currency.
    async fn converted_records(&self) -> u64 {
        self.summary.converted
    }

    /// Undertakings that these records belong to.
    async fn undertakings(&self) -> u64 {
        self.summary.total.undertakings
    }

    /// The groups, each of one basis. By year where `groupBy` begins with YEAR, else the greatest value first.
    async fn rows(&self) -> Vec<FinanceRow> {
        let total = self.summary.total.cents;
        self.summary.rows.iter().map(|row| FinanceRow::of(row, total)).collect()
    }

    /// Why records are not in the total, with the records: every record that the filter chooses is either in the total or
    /// here. The most frequent reason comes first.
    async fn excluded(&self) -> Vec<Exclusion> {
        self.summary.excluded.iter().map(|exclusion| Exclusion::of(&self.view, exclusion)).collect()
    }

    /// How many records of the total can be put on a map, and how current the sources are. For a place, what matches the
    /// question and names the country without a place in it is counted, too.
    async fn coverage(&self) -> Coverage {
        let located = &self.summary.located;
        let [located, nationwide, unlocated] =
            [located.located, located.nationwide, located.unlocated].map(|part| part.records);
        let records = located + nationwide + unlocated;
        let counts = catalogue::Coverage { records, located, nationwide, unlocated };
        Coverage::of(&self.view, counts, self.partners.as_deref())
    }

    /// The same split in money.
    async fn coverage_value(&self) -> FinanceCoverage {
        let value = |part: Part| DecimalNumber(part.value());
        let finance::Located { located, nationwide, unlocated } = self.summary.located;
        FinanceCoverage { located: value(located), nationwide: value(nationwide), unlocated: value(unlocated) }
    }
}

/// The part of a total that one basis makes up.
#[derive(SimpleObject)]
#[graphql(name = "FinanceBasisTotal")]
pub struct BasisTotal {
    /// The basis.
    basis: AmountBasis,
    /// The sum of its amounts.
    value: DecimalNumber,
    /// Records in it.
    records: u64,
    /// Undertakings that these records belong to.
    undertakings: u64,
}

impl From<&finance::BasisTotal> for BasisTotal {
    fn from(total: &finance::BasisTotal) -> Self {
        let Part { records, undertakings, .. } = total.part;
        Self { basis: total.basis.into(), value: DecimalNumber(total.part.value()), records, undertakings }
    }
}

/// How a total splits by what is known of its records' places, in its currency.
#[derive(SimpleObject)]
pub struct FinanceCoverage {
    /// With a place below the country.
    located: DecimalNumber,
    /// Meant for the whole country.
    nationwide: DecimalNumber,
    /// With neither.
    unlocated: DecimalNumber,
}
