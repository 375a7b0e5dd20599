//! `Partner`: an institution whose published projects the hub joins.

use async_graphql::{ID, Object, Result};
use connectors::partners;

use super::{ProjectConnection, ProjectFilter, ProjectList, ProjectOrder, Source};
use crate::graph::error::OrFault as _;
use crate::graph::page::PageArguments;
use crate::graph::scalars::Url;
use crate::view::View;

/// An institution whose published projects the hub joins.
#[derive(Clone)]
pub struct Partner {
    view: View,
    partner: &'static partners::Partner,
}

impl Partner {
    /// Every partner, in the registry's order.
    #[must_use]
    pub fn all(view: &View) -> Vec<Self> {
        partners::ALL.iter().map(|partner| Self { view: view.clone(), partner }).collect()
    }

    /// The partner of this id.
    #[must_use]
    pub fn find(view: &View, id: &str) -> Option<Self> {
        Some(Self { view: view.clone(), partner: partners::find(id)? })
    }
}

/// An institution whose published projects the hub joins: `eib`, `ebrd`, `oecd`, `ceb`, and any added later.
#[Object]
impl Partner {
    /// Short and stable, such as `eib`.
    pub async fn id(&self) -> ID {
        ID(self.partner.id.to_owned())
    }

    /// Official English name.
    async fn name(&self) -> &str {
        self.partner.name
    }

    /// What it is called for short.
    async fn abbreviation(&self) -> &str {
        self.partner.abbreviation
    }

    /// Its public site.
    async fn website(&self) -> Option<Url> {
        Some(Url(self.partner.website.to_owned()))
    }

    /// Each feed the hub reads for this partner, and how it is doing.
    async fn sources(&self) -> Vec<Source> {
        let mut sources = Source::all(&self.view);
        sources.retain(|source| source.partner_id() == Some(self.partner.id));
        sources
    }

    /// The partner's own records. For the OECD: what all providers report to it.
    #[allow(clippy::too_many_arguments, reason = "the arguments are those of the public schema")]
    async fn projects(
        &self,
        #[graphql(desc = "Which of them; null for all.")] filter: Option<ProjectFilter>,
        #[graphql(desc = "In which order.", default_with = "ProjectOrder::SignedDesc")] order_by: ProjectOrder,
        #[graphql(desc = "How many from the beginning: 50 unless given, at most 1,000.")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, at most 1,000.")] last: Option<i32>,
        #[graphql(desc = "Only what stands before this cursor.")] before: Option<String>,
    ) -> Result<ProjectConnection> {
        let mut filter = filter.unwrap_or_default().read(&self.view).or_fault()?;
        filter.partners = Some(match filter.partners {
            Some(partners) => partners.into_iter().filter(|id| id == self.partner.id).collect(),
            None => vec![self.partner.id.to_owned()],
        });
        let list = ProjectList::new(&self.view, filter, order_by.into());
        list.page(PageArguments { first, after, last, before }).or_fault()
    }
}
