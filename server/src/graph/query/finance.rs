//! Queries for partners, their sources and projects.

use async_graphql::{Context, ID, Object, Result};

use super::view;
use crate::graph::error::{CallerFault, OrFault as _};
use crate::graph::page::{Connection, MOST, PageArguments};
use crate::graph::types::{
    Hub, Node, Partner, Project, ProjectBy, ProjectConnection, ProjectFilter, ProjectList, ProjectOrder, QualityIssue,
    Sector, node_of,
};
use crate::sectors::SectorIndex;

/// What partners finance.
#[derive(Default)]
pub(super) struct FinanceQuery;

#[Object]
impl FinanceQuery {
    /// The hub itself: version, snapshot and sources.
    async fn hub(&self, context: &Context<'_>) -> Hub {
        Hub(view(context).clone())
    }

    /// The record of this id, whatever its type; null where there is none.
    async fn node(&self, context: &Context<'_>, #[graphql(desc = "Any id that the hub gave.")] id: ID) -> Option<Node> {
        node_of(view(context), &id)
    }

    /// The records of these ids, in the same order; null for each that there is not.
    async fn nodes(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "At most 1,000 ids that the hub gave.")] ids: Vec<ID>,
    ) -> Result<Vec<Option<Node>>> {
        if ids.len() > MOST {
            return Err(CallerFault::TooManyIds(ids.len())).or_fault();
        }
        Ok(ids.iter().map(|id| node_of(view(context), id)).collect())
    }

    /// Every partner whose projects the hub joins.
    async fn partners(&self, context: &Context<'_>) -> Vec<Partner> {
        Partner::all(view(context))
    }

    /// The partner of this id. An unknown id is an error that names the known ones.
    async fn partner(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Such as `eib`.")] id: ID,
    ) -> Option<Result<Partner>> {
        Some(Partner::find(view(context), &id).ok_or_else(|| CallerFault::unknown_partner(&id)).or_fault())
    }

    /// One project; null where no record has the id or identifier.
    async fn project(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Its id in the hub, or an identifier that it carries.")] by: ProjectBy,
    ) -> Option<Project> {
        let view = view(context);
        match by {
            ProjectBy::Id(id) => Project::find(view, &id),
            ProjectBy::Identifier(identifier) => {
                let number = view.catalogue.by_identifier(&identifier.scheme, &identifier.value)?;
                Some(Project::new(view, number))
            }
        }
    }

    /// Projects of all partners.
    #[allow(clippy::too_many_arguments, reason = "the arguments are those of the public schema")]
    async fn projects(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which of them; null for all.")] filter: Option<ProjectFilter>,
        #[graphql(desc = "In which order.", default_with = "ProjectOrder::SignedDesc")] order_by: ProjectOrder,
        #[graphql(desc = "How many from the beginning: 50 unless given, at most 1,000.")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 1,000.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<ProjectConnection> {
        let view = view(context);
        let filter = filter.unwrap_or_default().read(view).or_fault()?;
        ProjectList::new(view, filter, order_by.into()).page(PageArguments { first, after, last, before }).or_fault()
    }

    /// Everything odd that the hub found and did not repair, with the rows that could not be read.
    async fn quality_issues(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only issues of this code, such as `REJECTED_ROW`.")] code: Option<String>,
        #[graphql(desc = "Only issues of this partner's sources.")] partner: Option<ID>,
        #[graphql(desc = "How many: 50 unless given, at most 1,000.")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<Connection<QualityIssue>> {
        let view = view(context);
        if let Some(id) = partner.as_ref().filter(|id| Partner::find(view, id).is_none()) {
            return Err(CallerFault::unknown_partner(id)).or_fault();
        }
        let arguments = PageArguments::forward(first, after);
        QualityIssue::page(view, code.as_deref(), partner.as_deref().map(String::as_str), &arguments).or_fault()
    }

    /// Every DAC purpose and group, by code, withdrawn ones included.
    async fn sectors(&self) -> Vec<Sector> {
        SectorIndex::embedded().all().iter().map(Sector).collect()
    }
}
