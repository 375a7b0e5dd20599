//! `Place`: the joint between money, members and partnerships.

use async_graphql::{ID, Object, Result, SimpleObject, TypeName, Value, value};
use connectors::model::CurrencyCode;
use serde::Serialize;

use super::{
    AliasKind, AmountBasis, Counting, Country, Dimension, Event, FinanceArguments, FinanceSummary, GapScore, Member,
    Need, NeedChoice, NeedState, Offer, Partnership, PartnershipState, PlaceLevel, ProjectConnection, ProjectFilter,
    ProjectList, ProjectOrder, Theme,
};
use crate::catalogue::Filter;
use crate::graph::error::{CallerFault, OrFault as _};
use crate::graph::page::{Connection, PageArguments};
use crate::graph::scalars::{CurrencyCodeText, Date, GeoJson, LanguageTag};
use crate::places::{self, Gazetteer, PlaceIndex};
use crate::records::{self, OfferFilter};
use crate::view::View;

/// A node of the KATOTTG codifier, of NUTS, or a country.
#[derive(Clone)]
pub struct Place {
    view: View,
    place: PlaceIndex,
    /// The theme of the list of gaps that it stands in.
    about: Option<records::Theme>,
}

impl Place {
    /// The place of this index.
    #[must_use]
    pub fn new(view: &View, place: PlaceIndex) -> Self {
        Self { view: view.clone(), place, about: None }
    }

    /// The place of this id.
    #[must_use]
    pub fn find(view: &View, id: &str) -> Option<Self> {
        Some(Self::new(view, Gazetteer::embedded().by_id(id)?))
    }

    /// A page of places, ordered by name, then by id.
    ///
    /// # Errors
    /// A [`CallerFault`] in the arguments.
    pub fn page(
        view: &View,
        mut places: Vec<PlaceIndex>,
        list: &impl Serialize,
        arguments: &PageArguments,
    ) -> Result<Connection<Self>, CallerFault> {
        let gazetteer = Gazetteer::embedded();
        let key = |place: &PlaceIndex| (gazetteer.name(*place, &[]).to_owned(), gazetteer.get(*place).id.to_owned());
        places.sort_by_cached_key(key);
        Connection::of(&places, &("places", list), arguments, key, |place| Self::new(view, *place))
    }

    /// A page of the places of a level that have a gap, the largest first.
    ///
    /// # Errors
    /// A [`CallerFault`] in the arguments.
    pub fn gaps(
        view: &View,
        level: PlaceLevel,
        about: Option<records::Theme>,
        arguments: &PageArguments,
    ) -> Result<Connection<Self>, CallerFault> {
        let gaps = view.engagement.gaps();
        let key = |place: &PlaceIndex| {
            let rank = 1.0 - gaps.gap(*place, about).value;
            (format!("{rank:.4}"), Gazetteer::embedded().get(*place).id.to_owned())
        };
        let list = ("gaps", format!("{level:?}"), about);
        let node = |place: &PlaceIndex| Self { about, ..Self::new(view, *place) };
        Connection::of(gaps.ranked(level.into(), about), &list, arguments, key, node)
    }

    fn place(&self) -> &'static places::Place {
        Gazetteer::embedded().get(self.place)
    }
}

impl TypeName for Place {
    fn type_name() -> std::borrow::Cow<'static, str> {
        "Place".into()
    }
}

/// A node of the KATOTTG codifier (Ukraine), of NUTS (the European Union and its neighbours), or a country: the joint
/// between money, members and partnerships.
#[Object]
impl Place {
    /// `UA63000000000041885` (KATOTTG), `PL63` (NUTS), `UA` (country).
    pub async fn id(&self) -> ID {
        ID(self.place().id.to_owned())
    }

    /// How large it is.
    async fn level(&self) -> PlaceLevel {
        self.place().level.into()
    }

    /// The name in the first of the languages that there is one in; without any wanted, the official English name, else
    /// the original.
    async fn name(
        &self,
        #[graphql(desc = "Languages in order of preference.")] languages: Option<Vec<LanguageTag>>,
    ) -> &str {
        let languages = languages.unwrap_or_default();
        let languages: Vec<&str> = languages.iter().map(|tag| tag.0.as_str()).collect();
        Gazetteer::embedded().name(self.place, &languages)
    }

    /// Every other name: official in other languages, former, russified, historical.
    async fn aliases(&self) -> Vec<PlaceAlias> {
        Gazetteer::embedded().aliases(self.place).into_iter().map(PlaceAlias::from).collect()
    }

    /// The country that it lies in, or is; null only where the code list has no such country.
    async fn country(&self) -> Option<Country> {
        Country::find(self.place().country)
    }

    /// The next larger place; null for a country.
    async fn parent(&self) -> Option<Place> {
        self.place().parent.map(|parent| Self::new(&self.view, parent))
    }

    /// Every larger place, the nearest first; the last is the country.
    async fn ancestors(&self) -> Vec<Place> {
        Gazetteer::embedded().ancestors(self.place).map(|place| Self::new(&self.view, place)).collect()
    }

    /// The places right below it, by name.
    async fn children(
        &self,
        #[graphql(desc = "How many: 50 unless given, at most 1,000.")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<Connection<Place>> {
        let children = Gazetteer::embedded().children(self.place).to_vec();
        let list = ("children", self.place().id);
        Self::page(&self.view, children, &list, &PageArguments::forward(first, after)).or_fault()
    }

    /// The ISO 3166-2 code of a first-level unit of Ukraine; null for any other place.
    #[graphql(name = "iso3166_2")]
    async fn iso3166_2(&self) -> Option<&str> {
        self.place().iso3166_2
    }

    /// The same as `iso3166_2`.
    #[graphql(name = "iso31662", deprecation = "Spelt `iso3166_2`, as the standard is.")]
    async fn iso31662(&self) -> Option<&str> {
        self.place().iso3166_2
    }

    /// Inhabitants, of hromadas and larger units on 1 January 2022: before the full-scale war, and frozen. Null where not
    /// known.
    async fn population(&self) -> Option<u32> {
        self.place().population
    }

    /// A point inside it; null where none is known.
    async fn centroid(&self) -> Option<GeoJson> {
        let point = self.place().centroid?;
        let (longitude, latitude) = (point.longitude, point.latitude);
        Some(GeoJson(value!({ "type": "Point", "coordinates": [longitude, latitude] })))
    }

    /// Its outline; null unless the operator's file of boundaries (`HUB_PLACES__BOUNDARIES`) has one. None is built in.
    async fn boundary(&self) -> Option<GeoJson> {
        let outline = self.view.boundaries.of(self.place)?.clone();
        Value::from_json(outline).ok().map(GeoJson)
    }

    /// Partner projects located in it or below it; of a country, every record that names it. `coverage` also counts what
    /// names the country and no place in it.
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
        let filter = filter.unwrap_or_default().read(&self.view).or_fault()?;
        let list = ProjectList::in_place(&self.view, self.place, filter, order_by.into());
        list.page(PageArguments { first, after, last, before }).or_fault()
    }

    /// Sums of the money of projects located in it or below it; of a country, of every record that names it. What states
    /// such an amount, matches the filter, and names the country without a place in it is in `excluded` as NATIONWIDE or
    /// `NOT_LOCATED`, and in `coverage`.
    #[allow(clippy::too_many_arguments, reason = "the arguments are those of the public schema")]
    async fn finance(
        &self,
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
        let filter = filter.unwrap_or_default().read(&self.view).or_fault()?;
        let catalogue = &self.view.catalogue;
        let whole = Filter { and_countries: Some(vec![self.place().country]), ..filter.clone() };
        let beside = catalogue.without_place(&catalogue.select(&whole));
        let located = catalogue.select(&super::member::held_in(filter.clone(), vec![self.place]));
        let arguments = FinanceArguments { basis, or_else, currency: currency.0, counting, group_by };
        FinanceSummary::beside(&self.view, &arguments, filter.partners, &located, &beside).or_fault()
    }

    /// Members whose own territory lies in it.
    async fn members(
        &self,
        #[graphql(desc = "How many: 50 unless given, at most 1,000.")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<Connection<Member>> {
        Member::in_place(&self.view, self.place, &PageArguments::forward(first, after)).or_fault()
    }

    /// Partnerships with a party in it.
    async fn partnerships(
        &self,
        #[graphql(desc = "Only those in this state.")] state: Option<PartnershipState>,
        #[graphql(desc = "How many: 50 unless given, at most 1,000.")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<Connection<Partnership>> {
        Partnership::in_place(&self.view, self.place, state, &PageArguments::forward(first, after)).or_fault()
    }

    /// Needs at it or below it, the newest first.
    async fn needs(
        &self,
        #[graphql(desc = "Only those in this state; null for all that were not withdrawn.")] state: Option<NeedState>,
        #[graphql(desc = "Only those about this theme.")] theme: Option<Theme>,
        #[graphql(desc = "How many: 50 unless given, at most 1,000.")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<Connection<Need>> {
        let held = &self.view.by_place.within(self.place).needs;
        let list = ("place", self.place().id);
        let chosen = NeedChoice { state, theme }.into();
        Need::page(&self.view, held, chosen, &list, &PageArguments::forward(first, after)).or_fault()
    }

    /// Offers of members whose own territory lies in it, the newest first; of a country, those of all its members. Offers
    /// that were withdrawn are left out.
    async fn offers(
        &self,
        #[graphql(desc = "How many: 50 unless given, at most 1,000.")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<Connection<Offer>> {
        let held = &self.view.by_place.within(self.place).offers;
        let list = ("place", self.place().id);
        let arguments = PageArguments::forward(first, after);
        Offer::page(&self.view, held, OfferFilter::default(), &list, &arguments).or_fault()
    }

    /// How large the gap between need here and money and partners here is: counted at the place and below it.
    async fn gap(
        &self,
        #[graphql(desc = "Of needs and money about this theme; without it, of the theme that the list of `gaps` was \
                          asked for, else of all.")]
        theme: Option<Theme>,
    ) -> GapScore {
        let about = theme.map(Into::into).or(self.about);
        self.view.engagement.gaps().gap(self.place, about).into()
    }

    /// Events in it.
    async fn events(
        &self,
        #[graphql(desc = "Only those that end on this day or later.")] since: Option<Date>,
        #[graphql(desc = "How many: 50 unless given, at most 1,000.")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<Connection<Event>> {
        let records = &self.view.records;
        let recent = |position: &&usize| {
            since.is_none_or(|since| records.events()[**position].last_day() >= since.0.first_day())
        };
        let held: Vec<usize> = self.view.by_place.within(self.place).events.iter().filter(recent).copied().collect();
        let list = ("place", self.place().id, since.map(|since| since.0));
        Event::page(&self.view, &held, &list, &PageArguments::forward(first, after)).or_fault()
    }
}

/// Another name of a place.
#[derive(SimpleObject)]
pub struct PlaceAlias {
    /// The name.
    name: String,
    /// The language; null where it cannot be told.
    language: Option<LanguageTag>,
    /// What kind of name it is.
    kind: AliasKind,
    /// For a former name, the last date on which the codifier had it; else null.
    until: Option<Date>,
}

impl From<places::Alias> for PlaceAlias {
    fn from(alias: places::Alias) -> Self {
        let language = alias.language.and_then(|tag| connectors::model::Language::new(tag).ok());
        Self {
            name: alias.name.to_owned(),
            language: language.map(LanguageTag),
            kind: alias.kind.into(),
            until: alias.until.map(Date),
        }
    }
}
