//! `ProjectConnection`: a page of projects, with what the whole selection consists of.

use std::sync::Arc;

use async_graphql::{Object, Result, SimpleObject};
use connectors::model::CountryCode;
use roaring::RoaringBitmap;

use super::member::held_in;
use super::{ProjectPage, Source};
use crate::catalogue::{self, Filter, Order, Window};
use crate::graph::error::{CallerFault, OrFault as _};
use crate::graph::page::{PageArguments, PageInfo, decode};
use crate::graph::projection::{Edges, Nodes};
use crate::places::{Gazetteer, PlaceIndex};
use crate::view::View;

/// A choice of projects in an order, of which pages are taken.
pub struct ProjectList {
    view: View,
    filter: Filter,
    order: Order,
    selection: RoaringBitmap,
    /// Whose records, where they match this filter and cannot be placed, coverage counts beside the list.
    beside: Option<(CountryCode, Filter)>,
}

impl ProjectList {
    /// The projects that a filter chooses.
    #[must_use]
    pub fn new(view: &View, filter: Filter, order: Order) -> Self {
        let selection = view.catalogue.select(&filter);
        Self { view: view.clone(), filter, order, selection, beside: None }
    }

    /// The same list, with records of a country beside it counted in its coverage: those that match a filter and name no
    /// place below the country.
    #[must_use]
    pub fn beside(mut self, country: CountryCode, filter: Filter) -> Self {
        self.beside = Some((country, filter));
        self
    }

    /// The projects in a place or below it that a filter chooses; what names its country and no place in it is counted
    /// beside.
    #[must_use]
    pub fn in_place(view: &View, place: PlaceIndex, filter: Filter, order: Order) -> Self {
        let list = Self::new(view, held_in(filter.clone(), vec![place]), order);
        list.beside(Gazetteer::embedded().get(place).country, filter)
    }

    /// A page of the list.
    ///
    /// # Errors
    /// A [`CallerFault`] in the arguments.
    pub fn page(self, arguments: PageArguments) -> Result<ProjectConnection, CallerFault> {
        let (size, from_end) = arguments.size()?;
        let position = |cursor: &Option<String>| {
            let read = |cursor: &str| decode(&ProjectPage::list(self.order, &self.filter), cursor);
            cursor.as_deref().map(read).transpose()
        };
        let window =
            Window { after: position(&arguments.after)?, before: position(&arguments.before)?, size, from_end };
        let page = self.view.catalogue.page(&self.selection, self.order, &self.filter, &window);
        let (has_previous, has_next) = (page.has_previous, page.has_next);
        let page = ProjectPage::new(self.view.clone(), self.order, self.filter.clone(), page.numbers);
        Ok(ProjectConnection { list: self, page: Arc::new(page), has_previous, has_next })
    }

    /// The whole selection, and what is counted beside it.
    fn with_beside(&self) -> RoaringBitmap {
        let Some((country, filter)) = &self.beside else { return self.selection.clone() };
        let whole = Filter { and_countries: Some(vec![*country]), ..filter.clone() };
        let catalogue = &self.view.catalogue;
        catalogue.without_place(&catalogue.select(&whole)) | &self.selection
    }
}

/// A page of projects, with what the whole selection consists of.
pub struct ProjectConnection {
    list: ProjectList,
    page: Arc<ProjectPage>,
    has_previous: bool,
    has_next: bool,
}

/// A page of projects, by the Relay cursor connections specification, with what the whole selection consists of.
#[Object]
impl ProjectConnection {
    /// The projects of this page, each with its cursor.
    async fn edges(&self) -> Edges {
        Edges(Arc::clone(&self.page))
    }

    /// The projects of this page.
    async fn nodes(&self) -> Nodes {
        Nodes(Arc::clone(&self.page))
    }

    /// Where this page stands in the list.
    async fn page_info(&self) -> PageInfo {
        self.place_in_list()
    }

    /// How many records the whole list has, on all its pages.
    async fn total_count(&self) -> u64 {
        self.records()
    }

    /// How many undertakings the whole list is: records of one undertaking are counted once.
    async fn undertakings(&self) -> u64 {
        self.distinct()
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
        self.covered()
    }
}

/// What the fields of the schema and the projection have in common.
impl ProjectConnection {
    pub(in crate::graph) fn page(&self) -> &ProjectPage {
        &self.page
    }

    pub(in crate::graph) fn place_in_list(&self) -> PageInfo {
        let (start_cursor, end_cursor) = self.page.ends();
        let (has_next_page, has_previous_page) = (self.has_next, self.has_previous);
        PageInfo { has_next_page, has_previous_page, start_cursor, end_cursor }
    }

    pub(in crate::graph) fn records(&self) -> u64 {
        self.list.selection.len()
    }

    pub(in crate::graph) fn distinct(&self) -> u64 {
        self.list.view.links.undertakings(&self.list.selection)
    }

    pub(in crate::graph) fn covered(&self) -> Coverage {
        let coverage = self.list.view.catalogue.coverage(&self.list.with_beside());
        Coverage::of(&self.list.view, coverage, self.list.filter.partners.as_deref())
    }
}

/// How much of an answer can be put on a map, and how current it is. For the projects of a place, records that match the
/// filter and name its country without naming a place in it are counted here, though they are not in the list.
#[derive(SimpleObject)]
pub struct Coverage {
    /// All records counted here.
    pub(in crate::graph) records: u64,
    /// Records with a place below the country.
    pub(in crate::graph) located: u64,
    /// Records that are meant for the whole country.
    pub(in crate::graph) nationwide: u64,
    /// Records with neither.
    pub(in crate::graph) unlocated: u64,
    /// The feeds that the answer stands on, and how they are doing; also those that gave no record.
    pub(in crate::graph) sources: Vec<Source>,
}

impl Coverage {
    /// The counts with the feeds of the partners asked for, or of all.
    pub(super) fn of(view: &View, counts: catalogue::Coverage, partners: Option<&[String]>) -> Self {
        let mut sources = Source::all(view);
        if let Some(partners) = partners {
            sources.retain(|source| partners.iter().any(|partner| Some(partner.as_str()) == source.partner_id()));
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
    /// By main sector; `UNKNOWN` where none reaches a confidence of 0.6.
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
