//! `ProjectConnection`, and what stands beside its items.

use super::json::Json;
use super::parts::SourceField;
use super::project::EdgeField;
use super::rows::Rows;
use super::selection::{Fields, Selected, Selection};
use crate::catalogue::{Filter, Order};
use crate::graph::error::CallerFault;
use crate::graph::page::{PageArguments, PageInfo};
use crate::graph::types::{self, ProjectConnection, ProjectFilter, ProjectList, ProjectOrder};

/// Which projects a list has, and which page of it is wanted.
pub(super) struct ListArguments {
    filter: Filter,
    order: Order,
    page: PageArguments,
}

impl ListArguments {
    /// The arguments that a list of projects has wherever it can be read from both ends.
    pub(super) fn read(selected: &Selected<'_>) -> Option<Box<Self>> {
        let filter: Option<ProjectFilter> = selected.argument("filter", None)?;
        let order = selected.argument("orderBy", Some(|| ProjectOrder::SignedDesc))?;
        let (first, last) = (selected.argument("first", None)?, selected.argument("last", None)?);
        let (after, before) = (selected.argument("after", None)?, selected.argument("before", None)?);
        Some(Box::new(Self {
            filter: filter.unwrap_or_default().read(selected.view()).ok()?,
            order: order.into(),
            page: PageArguments { first, after, last, before },
        }))
    }

    /// The page of the list that a filter and an order make.
    ///
    /// # Errors
    /// A [`CallerFault`] in the arguments.
    pub(super) fn page(
        &self,
        list: impl FnOnce(Filter, Order) -> ProjectList,
    ) -> Result<ProjectConnection, CallerFault> {
        list(self.filter.clone(), self.order).page(self.page.clone())
    }
}

/// A field of `ProjectConnection`.
pub(super) enum ProjectConnectionField {
    Edges(Selection<EdgeField>),
    Nodes(Rows),
    PageInfo(Selection<PageInfoField>),
    TotalCount,
    Undertakings,
    Coverage(Selection<CoverageField>),
}

impl Fields for ProjectConnectionField {
    const TYPE: &'static str = "ProjectConnection";
    type Row<'row> = &'row ProjectConnection;

    fn read(selected: &Selected<'_>) -> Option<Self> {
        Some(match selected.name() {
            "edges" => Self::Edges(selected.below()?),
            "nodes" => Self::Nodes(Rows::below(selected)?),
            "pageInfo" => Self::PageInfo(selected.below()?),
            "totalCount" => Self::TotalCount,
            "undertakings" => Self::Undertakings,
            "coverage" => Self::Coverage(selected.below()?),
            _ => return None,
        })
    }

    fn write(&self, connection: &ProjectConnection, json: &mut Json) {
        match self {
            Self::Edges(plan) => plan.write_edges(connection.page(), json),
            Self::Nodes(rows) => rows.write(connection.page(), json),
            Self::PageInfo(plan) => plan.write(&connection.place_in_list(), json),
            Self::TotalCount => json.integer(connection.records()),
            Self::Undertakings => json.integer(connection.distinct()),
            Self::Coverage(plan) => plan.write(&connection.covered(), json),
        }
    }
}

/// A field of `PageInfo`.
pub(super) enum PageInfoField {
    HasNextPage,
    HasPreviousPage,
    StartCursor,
    EndCursor,
}

impl Fields for PageInfoField {
    const TYPE: &'static str = "PageInfo";
    type Row<'row> = &'row PageInfo;

    fn read(selected: &Selected<'_>) -> Option<Self> {
        Some(match selected.name() {
            "hasNextPage" => Self::HasNextPage,
            "hasPreviousPage" => Self::HasPreviousPage,
            "startCursor" => Self::StartCursor,
            "endCursor" => Self::EndCursor,
            _ => return None,
        })
    }

    fn write(&self, page: &PageInfo, json: &mut Json) {
        match self {
            Self::HasNextPage => json.value(page.has_next_page),
            Self::HasPreviousPage => json.value(page.has_previous_page),
            Self::StartCursor => json.optional(page.start_cursor.as_deref(), |cursor, json| json.text(cursor)),
            Self::EndCursor => json.optional(page.end_cursor.as_deref(), |cursor, json| json.text(cursor)),
        }
    }
}

/// A field of `Coverage`.
pub(super) enum CoverageField {
    Records,
    Located,
    Nationwide,
    Unlocated,
    Sources(Selection<SourceField>),
}

impl Fields for CoverageField {
    const TYPE: &'static str = "Coverage";
    type Row<'row> = &'row types::Coverage;

    fn read(selected: &Selected<'_>) -> Option<Self> {
        Some(match selected.name() {
            "records" => Self::Records,
            "located" => Self::Located,
            "nationwide" => Self::Nationwide,
            "unlocated" => Self::Unlocated,
            "sources" => Self::Sources(selected.below()?),
            _ => return None,
        })
    }

    fn write(&self, coverage: &types::Coverage, json: &mut Json) {
        match self {
            Self::Records => json.integer(coverage.records),
            Self::Located => json.integer(coverage.located),
            Self::Nationwide => json.integer(coverage.nationwide),
            Self::Unlocated => json.integer(coverage.unlocated),
            Self::Sources(plan) => {
                json.list(coverage.sources.iter().filter_map(types::Source::of_partner), |source, json| {
                    plan.write(source, json);
                });
            }
        }
    }
}
