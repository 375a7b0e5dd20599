//! `Member`: a body that belongs to the Alliance or holds a role in it.

use async_graphql::{ID, Object, Result, TypeName};
use serde::Serialize;

use super::{
    Country, MemberKind, MemberRole, Need, NeedChoice, NeedState, Offer, Partnership, PartnershipState, Place,
    ProjectConnection, ProjectFilter, ProjectList, ProjectOrder,
};
use crate::catalogue::Filter;
use crate::graph::error::{CallerFault, OrFault as _};
use crate::graph::page::{Connection, PageArguments};
use crate::graph::scalars::{Date, LanguageTag, Url};
use crate::graph::types::filter;
use crate::places::{Gazetteer, PlaceIndex};
use crate::records::{self, OfferFilter};
use crate::view::View;

/// A body that belongs to the Alliance or holds a role in it.
#[derive(Clone)]
pub struct Member {
    view: View,
    position: usize,
}

impl Member {
    /// The member at this position of the records.
    #[must_use]
    pub fn new(view: &View, position: usize) -> Self {
        Self { view: view.clone(), position }
    }

    /// A page of members given by position; they are ordered by id.
    ///
    /// # Errors
    /// A [`CallerFault`] in the arguments.
    pub fn page(
        view: &View,
        positions: &[usize],
        list: &impl Serialize,
        arguments: &PageArguments,
    ) -> Result<Connection<Self>, CallerFault> {
        let key = |position: &usize| (String::new(), view.records.members()[*position].id.clone());
        Connection::of(positions, &("members", list), arguments, key, |position| Self::new(view, *position))
    }

    /// A page of the members whose own territory lies in a place.
    ///
    /// # Errors
    /// A [`CallerFault`] in the arguments.
    pub fn in_place(
        view: &View,
        place: PlaceIndex,
        arguments: &PageArguments,
    ) -> Result<Connection<Self>, CallerFault> {
        let list = ("place", Gazetteer::embedded().get(place).id);
        Self::page(view, &view.by_place.within(place).members, &list, arguments)
    }

    pub(in crate::graph) fn view(&self) -> &View {
        &self.view
    }

    pub(in crate::graph) fn member(&self) -> &records::Member {
        &self.view.records.members()[self.position]
    }

    pub(in crate::graph) fn place_index(&self) -> Option<PlaceIndex> {
        filter::place(self.member().place.as_deref()?).ok()
    }
}

impl TypeName for Member {
    fn type_name() -> std::borrow::Cow<'static, str> {
        "Member".into()
    }
}

/// A body that belongs to the Alliance or holds a role in it, by a public source.
#[Object]
impl Member {
    /// Stable, such as `member:eurocities`.
    pub async fn id(&self) -> ID {
        ID(self.member().id.clone())
    }

    /// The name in the first of the languages that there is one in, else in English, else in any.
    async fn name(
        &self,
        #[graphql(desc = "Languages in order of preference.")] languages: Option<Vec<LanguageTag>>,
    ) -> &str {
        let languages: Vec<_> = languages.unwrap_or_default().into_iter().map(|tag| tag.0).collect();
        self.member().names.in_languages(&languages)
    }

    /// What it is called for short; null where it has no short name.
    async fn abbreviation(&self) -> Option<&str> {
        self.member().abbreviation.as_deref()
    }

    /// What sort of body it is.
    async fn kind(&self) -> MemberKind {
        self.member().kind.into()
    }

    /// How it stands to the Alliance.
    async fn role(&self) -> MemberRole {
        self.member().role.into()
    }

    /// Where it is seated, or the country that it belongs to; null for a body across countries.
    async fn country(&self) -> Option<Country> {
        self.member().country.and_then(Country::find)
    }

    /// Its own territory, for cities, municipalities and regions; else null.
    async fn place(&self) -> Option<Place> {
        self.place_index().map(|place| Place::new(&self.view, place))
    }

    /// Its public site; null where none is known.
    async fn website(&self) -> Option<Url> {
        self.member().website.clone().map(Url)
    }

    /// When it joined; null where no source says.
    async fn joined_on(&self) -> Option<Date> {
        self.member().joined_on.map(Date)
    }

    /// Where its membership or role is stated; null where the source has no public address.
    async fn source_url(&self) -> Option<Url> {
        self.member().source_url().map(|url| Url(url.to_owned()))
    }

    /// Partnerships that it is a party of.
    async fn partnerships(
        &self,
        #[graphql(desc = "Only those in this state.")] state: Option<PartnershipState>,
        #[graphql(desc = "How many: 50 unless given, at most 1,000.")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<Connection<Partnership>> {
        let positions = self.view.records.partnerships_of(&self.member().id);
        let list = ("member", &self.member().id);
        Partnership::in_state(&self.view, positions, state, &list, &PageArguments::forward(first, after)).or_fault()
    }

    /// Needs that it published, the newest first.
    async fn needs(
        &self,
        #[graphql(desc = "Only those in this state; null for all that were not withdrawn.")] state: Option<NeedState>,
        #[graphql(desc = "How many: 50 unless given, at most 1,000.")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<Connection<Need>> {
        let positions = self.view.records.needs_of(&self.member().id);
        let chosen = NeedChoice { state, theme: None }.into();
        let list = ("member", &self.member().id);
        Need::page(&self.view, positions, chosen, &list, &PageArguments::forward(first, after)).or_fault()
    }

    /// Offers that it published and did not withdraw, the newest first.
    async fn offers(
        &self,
        #[graphql(desc = "How many: 50 unless given, at most 1,000.")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<Connection<Offer>> {
        let positions = self.view.records.offers_of(&self.member().id);
        let list = ("member", &self.member().id);
        let arguments = PageArguments::forward(first, after);
        Offer::page(&self.view, positions, OfferFilter::default(), &list, &arguments).or_fault()
    }

    /// Partner projects in the member's own territory; empty where it has none of its own.
    async fn projects(
        &self,
        #[graphql(desc = "Which of them; null for all.")] filter: Option<ProjectFilter>,
        #[graphql(desc = "In which order.", default_with = "ProjectOrder::SignedDesc")] order_by: ProjectOrder,
        #[graphql(desc = "How many: 50 unless given, at most 1,000.")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<ProjectConnection> {
        let filter = filter.unwrap_or_default().read(&self.view).or_fault()?;
        let places = self.place_index().into_iter().collect();
        let list = ProjectList::new(&self.view, held_in(filter, places), order_by.into());
        list.page(PageArguments::forward(first, after)).or_fault()
    }
}

/// The filter, narrowed to what lies in one of the places; where it names places itself, both must hold.
pub(super) fn held_in(mut filter: Filter, places: Vec<PlaceIndex>) -> Filter {
    filter.and_within.push(places);
    filter
}
