//! Queries for sums of money.

use async_graphql::{Context, Object, Result};
use connectors::model::CurrencyCode;

use super::view;
use crate::graph::error::OrFault as _;
use crate::graph::scalars::CurrencyCodeText;
use crate::graph::types::{AmountBasis, Counting, Dimension, FinanceArguments, FinanceSummary, ProjectFilter};

/// Sums of money.
#[derive(Default)]
pub(super) struct TotalsQuery;

#[Object]
impl TotalsQuery {
    /// Sums of money of one basis over all partners' records, with what is not in them and why.
    #[allow(clippy::too_many_arguments, reason = "the arguments are those of the public schema")]
    async fn finance(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What the amounts stand for.")] basis: AmountBasis,
        #[graphql(desc = "Bases to fall back on, in order, for records without the first; null for none.")]
        or_else: Option<Vec<AmountBasis>>,
        #[graphql(desc = "The currency of every figure.", default_with = "CurrencyCodeText(CurrencyCode::EUR)")]
        currency: CurrencyCodeText,
        #[graphql(desc = "How money that several records report is counted.", default_with = "Counting::CountedOnce")]
        counting: Counting,
        #[graphql(desc = "What the rows are grouped by, at most three; null for one row a basis.")] group_by: Option<
            Vec<Dimension>,
        >,
        #[graphql(desc = "Which records; null for all.")] filter: Option<ProjectFilter>,
    ) -> Result<FinanceSummary> {
        let view = view(context);
        let filter = filter.unwrap_or_default().read(view).or_fault()?;
        let selection = view.catalogue.select(&filter);
        let arguments = FinanceArguments { basis, or_else, currency: currency.0, counting, group_by };
        FinanceSummary::over(view, &arguments, filter.partners, &selection).or_fault()
    }
}
