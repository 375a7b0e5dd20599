//! Queries for places and the Alliance's records.

use async_graphql::{Context, ID, Object, Result};

use super::view;
use crate::graph::error::OrFault as _;
use crate::graph::page::{Connection, PageArguments};
use crate::graph::scalars::{CountryCodeText, Date};
use crate::graph::types::{
    Call, Event, Member, MemberKind, MemberRole, Need, NeedChoice, NeedState, Offer, Partnership, PartnershipKind,
    PartnershipState, Place, PlaceFilter, PlaceLevel, Principle, Theme, place_of, places_matching,
};
use crate::records::{MemberFilter, NeedFilter, OfferFilter, PartnershipFilter};

/// Places and the Alliance's records.
#[derive(Default)]
pub(super) struct AllianceQuery;

#[Object]
impl AllianceQuery {
    /// The place of this id; null where there is none.
    async fn place(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A KATOTTG code, a NUTS code or a country code.")] id: ID,
    ) -> Option<Place> {
        Place::find(view(context), &id)
    }

    /// Places, by name; with `search` by how well they fit it. Without `level`, `within` or `search` these are countries,
    /// first-level units of Ukraine and NUTS regions.
    async fn places(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A name in any spelling or script; former and russified names are found too.")] search: Option<
            String,
        >,
        #[graphql(desc = "Which of them; null for all.")] filter: Option<PlaceFilter>,
        #[graphql(desc = "How many: 50 unless given, at most 1,000.")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<Connection<Place>> {
        places_matching(view(context), search, filter, &PageArguments::forward(first, after)).or_fault()
    }

    /// Bodies that belong to the Alliance or hold a role in it. A body is here only where a public source says so.
    #[allow(clippy::too_many_arguments, reason = "the arguments are those of the public schema")]
    async fn members(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "A part of a name or short name, without regard to case and accents.")] search: Option<String>,
        #[graphql(desc = "Only this sort of body.")] kind: Option<MemberKind>,
        #[graphql(desc = "Only those that stand so to the Alliance.")] role: Option<MemberRole>,
        #[graphql(desc = "Only those of this country.")] country: Option<CountryCodeText>,
        #[graphql(desc = "How many: 50 unless given, at most 1,000.")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<Connection<Member>> {
        let view = view(context);
        let (kind, role) = (kind.map(Into::into), role.map(Into::into));
        let filter = MemberFilter { text: search, kind, role, country: country.map(|code| code.0) };
        let positions = view.records.members_matching(&filter);
        let list = ("all", &filter.text, filter.kind, filter.role, filter.country);
        Member::page(view, &positions, &list, &PageArguments::forward(first, after)).or_fault()
    }

    /// Ties between authorities, each as its source stated it on `asOf`.
    #[allow(clippy::too_many_arguments, reason = "the arguments are those of the public schema")]
    async fn partnerships(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only this sort of tie.")] kind: Option<PartnershipKind>,
        #[graphql(desc = "Only those in this state.")] state: Option<PartnershipState>,
        #[graphql(desc = "Only those about this theme.")] theme: Option<Theme>,
        #[graphql(desc = "Only those with a party in this country.")] country: Option<CountryCodeText>,
        #[graphql(desc = "How many: 50 unless given, at most 1,000.")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<Connection<Partnership>> {
        let view = view(context);
        let filter = PartnershipFilter {
            kind: kind.map(Into::into),
            state: state.map(Into::into),
            theme: theme.map(Into::into),
            country: country.map(|code| code.0),
        };
        let list = ("all", filter.kind, filter.state, filter.theme, filter.country);
        let positions = view.records.partnerships_matching(&filter);
        Partnership::page(view, &positions, &list, &PageArguments::forward(first, after)).or_fault()
    }

    /// What communities ask for, the newest first.
    #[allow(clippy::too_many_arguments, reason = "the arguments are those of the public schema")]
    async fn needs(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only those in this state; null for all that were not withdrawn.")] state: Option<NeedState>,
        #[graphql(desc = "Only those about this theme.")] theme: Option<Theme>,
        #[graphql(desc = "Only those at this place or below it.")] within: Option<ID>,
        #[graphql(desc = "How many: 50 unless given, at most 1,000.")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<Connection<Need>> {
        let view = view(context);
        let chosen: NeedFilter = NeedChoice { state, theme }.into();
        let place = within.as_ref().map(|id| place_of(id)).transpose().or_fault()?;
        let all: Vec<usize>;
        let positions = match (place, chosen.theme) {
            (Some(place), _) => view.by_place.within(place).needs.as_slice(),
            (None, Some(theme)) => view.records.needs_about(theme),
            (None, None) => {
                all = (0..view.records.needs().len()).collect();
                &all
            }
        };
        let list = ("all", within.as_deref());
        Need::page(view, positions, chosen, &list, &PageArguments::forward(first, after)).or_fault()
    }

    /// What members offer to communities, the newest first; offers that were withdrawn are left out.
    async fn offers(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only those about this theme.")] theme: Option<Theme>,
        #[graphql(desc = "Only those of members of this country.")] country: Option<CountryCodeText>,
        #[graphql(desc = "How many: 50 unless given, at most 1,000.")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<Connection<Offer>> {
        let view = view(context);
        let chosen = OfferFilter { theme: theme.map(Into::into), country: country.map(|code| code.0) };
        let all: Vec<usize>;
        let positions = match chosen.theme {
            Some(theme) => view.records.offers_about(theme),
            None => {
                all = (0..view.records.offers().len()).collect();
                &all
            }
        };
        Offer::page(view, positions, chosen, &"all", &PageArguments::forward(first, after)).or_fault()
    }

    /// Places with open needs, those with much need, little partner money and few partnerships first. A place where no open
    /// need is published is not here.
    async fn gaps(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Places of this level.", default_with = "PlaceLevel::Oblast")] level: PlaceLevel,
        #[graphql(desc = "By needs and money about this theme; null for all.")] theme: Option<Theme>,
        #[graphql(desc = "How many: 50 unless given, at most 1,000.")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<Connection<Place>> {
        let arguments = PageArguments::forward(first, after);
        Place::gaps(view(context), level, theme.map(Into::into), &arguments).or_fault()
    }

    /// The Alliance's events, by date.
    async fn events(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only those that end on this day or later.")] since: Option<Date>,
        #[graphql(desc = "How many: 50 unless given, at most 1,000.")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<Connection<Event>> {
        let view = view(context);
        let since = since.map(|date| date.0);
        let positions = match since {
            Some(since) => view.records.events_since(since),
            None => (0..view.records.events().len()).collect(),
        };
        Event::page(view, &positions, &("all", since), &PageArguments::forward(first, after)).or_fault()
    }

    /// The eight principles of reconstruction.
    async fn principles(&self, context: &Context<'_>) -> Vec<Principle> {
        Principle::all(view(context))
    }

    /// The Alliance's six calls on the European Union and its partners.
    async fn calls(&self, context: &Context<'_>) -> Vec<Call> {
        Call::all(view(context))
    }
}
