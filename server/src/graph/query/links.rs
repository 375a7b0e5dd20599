//! Queries for the same project seen twice.

use async_graphql::{Context, ID, Object, Result};

use super::view;
use crate::graph::error::{CallerFault, OrFault as _};
use crate::graph::page::{Connection, PageArguments};
use crate::graph::types::{CofinancingGroup, Partner, ProjectFilter, Reconciliation};

/// What several records tell of one undertaking.
#[derive(Default)]
pub(super) struct LinksQuery;

#[Object]
impl LinksQuery {
    /// Undertakings that several lenders finance, by id: those with at least one record that the filter chooses, each with
    /// all its records.
    async fn cofinancing(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which records; null for all.")] filter: Option<ProjectFilter>,
        #[graphql(desc = "How many: 50 unless given, at most 1,000.")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<Connection<CofinancingGroup>> {
        let view = view(context);
        let filter = filter.unwrap_or_default().read(view).or_fault()?;
        CofinancingGroup::page(view, &filter, &PageArguments::forward(first, after)).or_fault()
    }

    /// A lender's own records beside the rows of statistics that repeat them, with the difference in euro and the reasons.
    async fn reconciliation(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A partner, such as `eib`.")] left: ID,
        #[graphql(desc = "The partner to compare with, such as `oecd`.")] right: ID,
        #[graphql(
            desc = "Which records of both; null for all. Rows of statistics state no day of signature: `signedFrom` and `signedTo` compare with the years in which they committed, and a pair stands where either record lies in that time."
        )]
        filter: Option<ProjectFilter>,
    ) -> Result<Reconciliation> {
        let view = view(context);
        for partner in [&left, &right] {
            if Partner::find(view, partner).is_none() {
                return Err(CallerFault::unknown_partner(partner)).or_fault();
            }
        }
        let filter = filter.unwrap_or_default().read(view).or_fault()?;
        Ok(Reconciliation::new(view, [&left, &right], filter))
    }
}
