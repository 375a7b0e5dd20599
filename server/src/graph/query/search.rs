//! The query that searches everything.

use async_graphql::{Context, Object, Result};

use super::view;
use crate::graph::error::OrFault as _;
use crate::graph::page::PageArguments;
use crate::graph::types::{SearchHit, SearchKind};

/// The search over everything.
#[derive(Default)]
pub(super) struct SearchQuery;

#[Object]
impl SearchQuery {
    /// Places, projects, members and partnerships by any spelling or script, one slip forgiven, the best first: `Lvov` finds
    /// Lviv, and says by which name. A name that several places share gives a hit for each.
    async fn search(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What somebody types: a name, or words of a title.")] text: String,
        #[graphql(desc = "What to look through; all of it where null or empty.")] kinds: Option<Vec<SearchKind>>,
        #[graphql(desc = "How many hits at most, up to 1,000.", default = 10)] first: i32,
    ) -> Result<Vec<SearchHit>> {
        let (limit, _) = PageArguments::forward(Some(first), None).size().or_fault()?;
        Ok(SearchHit::find(view(context), &text, &kinds.unwrap_or_default(), limit))
    }
}
