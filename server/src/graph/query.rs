//! The root of queries: one part for what partners finance, one for its sums, one for the Alliance and its places, one for
//! names, one for the same project seen twice.

mod alliance;
mod entities;
mod finance;
mod links;
mod private;
mod search;
mod totals;

use async_graphql::{Context, MergedObject};

use crate::view::View;

/// The root of queries.
#[derive(MergedObject, Default)]
pub struct Query(
    finance::FinanceQuery,
    totals::TotalsQuery,
    alliance::AllianceQuery,
    private::PrivateQuery,
    search::SearchQuery,
    links::LinksQuery,
    entities::Entities,
);

/// The view that this request is worked out on.
pub(super) fn view<'context>(context: &Context<'context>) -> &'context View {
    context.data_unchecked::<View>()
}
