//! `ProjectConnection`: a page of projects, with what the whole selection consists of.

use async_graphql::{Object, Result, SimpleObject};
use roaring::RoaringBitmap;

use super::{Project, Source};
use crate::catalogue::{self, Filter, Order, Window};
use crate::graph::error::{CallerFault, OrFault as _};
use crate::graph::page::{Edge, PageArguments, PageInfo, decode, digest, encode};
use crate::view::View;

/// A choice of projects in an order, of which pages are taken.
pub struct ProjectList {
    view: View,
    filter: Filter,
    order: Order,
    selection: RoaringBitmap,
    /// What else matches the filter and cannot be placed: counted in coverage, and not listed.
    beside: RoaringBitmap,
}

impl ProjectList {
    /// The projects that a filter chooses.
    #[must_use]
    pub fn new(view: &View, filter: Filter, order: Order) -> Self {
        let selection = view.catalogue.select(&filter);
        Self { view: view.clone(), filter, order, selection, beside: RoaringBitmap::new() }
    }

    /// The same list, with records that match the filter beside it counted in its coverage.
    #[must_use]
    pub fn beside(mut self, beside: RoaringBitmap) -> Self {
        self.beside = beside;
        self
    }

    /// A page of the list.
    ///
    /// # Errors
    /// A [`CallerFault`] in the arguments.
    pub fn page(self, arguments: PageArguments) -> Result<ProjectConnection, CallerFault> {
        let list = digest(&("projects", self.order, &self.filter));
        let (size, from_end) = arguments.size()?;
        let position = |cursor: &Option<String>| cursor.as_deref().map(|cursor| decode(&list, cursor)).transpose();
        let window =
            Window { after: position(&arguments.after)?, before: position(&arguments.before)?, size, from_end };
        let page = self.view.catalogue.page(&self.selection, self.order, &self.filter, &window);
        let edges = page.numbers.iter().zip(page.positions).map(|(number, position)| Edge {
            cursor: encode(&list, position),
            node: Project::new(&self.view, *number),
        });
        let edges: Vec<Edge<Project>> = edges.collect();
        let page_info = PageInfo::of(&edges, page.has_previous, page.has_next);
        Ok(ProjectConnection { list: self, edges, page_info })
    }
}

/// A page of projects, with what the whole selection consists of.
pub struct ProjectConnection {
    list: ProjectList,
    edges: Vec<Edge<Project>>,
    page_info: PageInfo,
}

/// A page of projects, by the Relay cursor connections specification, with what the whole selection consists of.
#[Object]
impl ProjectConnection {
    /// The projects of this page, each with its cursor.
    async fn edges(&self) -> &[Edge<Project>] {
        &self.edges
    }

    /// The projects of this page.
    async fn nodes(&self) -> Vec<&Project> {
        self.edges.iter().map(|edge| &edge.node).collect()
    }

    /// Where this page stands in the list.
    async fn page_info(&self) -> &PageInfo {
        &self.page_info
    }

    /// How many records the whole list has, on all its pages.
    async fn total_count(&self) -> u64 {
        self.list.selection.len()
    }

    /// What the whole list consists of: the largest values of each kind first, ties by key.
    async fn facets(
        &self,
        #[graphql(desc = "How many values of each kind, 1 to 1,000.", default = 20)] limit: i32,
    ) -> Result<ProjectFacets> {
        let most = usize::try_from(limit).ok().filter(|limit| (1..=1_000).contains(limit));
        let most = most.ok_or(CallerFault::FacetLimit(limit)).or_fault()?;
        Ok(self.list.view.catalogue.facets(&self.list.selection, most).into())
    }

    /// How much of the list can be put on a map, and how current it is.
    async fn coverage(&self) -> Coverage {
        let all = &self.list.selection | &self.list.beside;
        let coverage = self.list.view.catalogue.coverage(&all);
        Coverage::of(&self.list.view, coverage, self.list.filter.partners.as_deref())
    }
}

/// How much of an answer can be put on a map, and how current it is. For the projects of a place, records that match the
/// filter and name its country without naming a place in it are counted here, though they are not in the list.
#[derive(SimpleObject)]
pub struct Coverage {
    /// All records counted here.
    records: u64,
    /// Records with a place below the country.
    located: u64,
    /// Records that are meant for the whole country.
    nationwide: u64,
    /// Records with neither.
    unlocated: u64,
    /// The feeds that the answer stands on, and how they are doing; also those that gave no record.
    sources: Vec<Source>,
}

impl Coverage {
    /// The counts with the feeds of the partners asked for, or of all.
    pub(super) fn of(view: &View, counts: catalogue::Coverage, partners: Option<&[String]>) -> Self {
        let mut sources = Source::all(view);
        if let Some(partners) = partners {
            sources.retain(|source| partners.iter().any(|partner| partner == source.partner_id()));
        }
        let catalogue::Coverage { records, located, nationwide, unlocated } = counts;
        Self { records, located, nationwide, unlocated, sources }
    }
}

/// What a list of projects consists of.
#[derive(SimpleObject)]
pub struct ProjectFacets {
    /// By partner.
    partner: Vec<Facet>,
    /// By country; a record in several counts in each.
    country: Vec<Facet>,
    /// By first-level unit of Ukraine; a record in several counts in each, one without in none.
    oblast: Vec<Facet>,
    /// By main sector; `UNKNOWN` where nothing is sure enough.
    sector: Vec<Facet>,
    /// By status.
    status: Vec<Facet>,
    /// By instrument.
    instrument: Vec<Facet>,
    /// By the year of signature, else of approval, else of the newest contribution; `UNDATED` without any.
    year: Vec<Facet>,
    /// By how exactly the place is known; a record with several locations counts in each level, one without in none.
    location_level: Vec<Facet>,
}

/// One value and how many records of the list have it.
#[derive(SimpleObject)]
pub struct Facet {
    /// The value, as a filter takes it.
    key: String,
    /// The value, for a reader.
    label: String,
    /// How many records of the list have it.
    count: u64,
}

impl From<catalogue::Facets> for ProjectFacets {
    fn from(facets: catalogue::Facets) -> Self {
        let shown = |list: Vec<catalogue::Facet>| list.into_iter().map(Facet::from).collect();
        Self {
            partner: shown(facets.partner),
            country: shown(facets.country),
            oblast: shown(facets.oblast),
            sector: shown(facets.sector),
            status: shown(facets.status),
            instrument: shown(facets.instrument),
            year: shown(facets.year),
            location_level: shown(facets.location_level),
        }
    }
}

impl From<catalogue::Facet> for Facet {
    fn from(facet: catalogue::Facet) -> Self {
        Self { key: facet.key, label: facet.label, count: facet.count }
    }
}
