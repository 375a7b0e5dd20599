//! `Partnership`: a tie between authorities.

use async_graphql::{ID, Object, Result, TypeName};
use serde::Serialize;

use super::member::held_in;
use super::{
    Country, Member, PartnershipKind, PartnershipState, Place, ProjectConnection, ProjectFilter, ProjectList, Theme,
};
use crate::catalogue::Order;
use crate::graph::error::{CallerFault, OrFault as _};
use crate::graph::page::{Connection, PageArguments};
use crate::graph::scalars::{Date, Url};
use crate::graph::types::filter;
use crate::places::{Gazetteer, PlaceIndex};
use crate::records::{self, RecordRef};
use crate::view::View;

/// A tie between authorities.
#[derive(Clone)]
pub struct Partnership {
    view: View,
    position: usize,
}

impl Partnership {
    /// The partnership at this position of the records.
    #[must_use]
    pub fn new(view: &View, position: usize) -> Self {
        Self { view: view.clone(), position }
    }

    /// A page of partnerships given by position; they are ordered by id.
    ///
    /// # Errors
    /// A [`CallerFault`] in the arguments.
    pub fn page(
        view: &View,
        positions: &[usize],
        list: &impl Serialize,
        arguments: &PageArguments,
    ) -> Result<Connection<Self>, CallerFault> {
        let key = |position: &usize| (String::new(), view.records.partnerships()[*position].id.clone());
        Connection::of(positions, &("partnerships", list), arguments, key, |position| Self::new(view, *position))
    }

    /// A page of those partnerships that are in a state; of all of them where none is named.
    ///
    /// # Errors
    /// A [`CallerFault`] in the arguments.
    pub fn in_state(
        view: &View,
        positions: &[usize],
        state: Option<PartnershipState>,
        list: &impl Serialize,
        arguments: &PageArguments,
    ) -> Result<Connection<Self>, CallerFault> {
        let wanted = state.map(records::PartnershipState::from);
        let fits =
            |position: &&usize| wanted.is_none_or(|wanted| view.records.partnerships()[**position].state == wanted);
        let positions: Vec<usize> = positions.iter().filter(fits).copied().collect();
        Self::page(view, &positions, &(list, wanted), arguments)
    }

    /// A page of the partnerships with a party in a place.
    ///
    /// # Errors
    /// A [`CallerFault`] in the arguments.
    pub fn in_place(
        view: &View,
        place: PlaceIndex,
        state: Option<PartnershipState>,
        arguments: &PageArguments,
    ) -> Result<Connection<Self>, CallerFault> {
        let list = ("place", Gazetteer::embedded().get(place).id);
        Self::in_state(view, &view.by_place.within(place).partnerships, state, &list, arguments)
    }

    pub(in crate::graph) fn partnership(&self) -> &records::Partnership {
        &self.view.records.partnerships()[self.position]
    }

    pub(in crate::graph) fn ends(&self) -> impl Iterator<Item = PartnershipParty> + '_ {
        let parties = self.partnership().parties.iter().cloned();
        parties.map(|party| PartnershipParty { view: self.view.clone(), party })
    }
}

impl TypeName for Partnership {
    fn type_name() -> std::borrow::Cow<'static, str> {
        "Partnership".into()
    }
}

/// A tie between authorities: two ends for a twinning, more for a cluster. It is shown as its source stated it on
/// `asOf`.
#[Object]
impl Partnership {
    /// Stable.
    pub async fn id(&self) -> ID {
        ID(self.partnership().id.clone())
    }

    /// What sort of tie it is.
    async fn kind(&self) -> PartnershipKind {
        self.partnership().kind.into()
    }

    /// Where it stands, as of `asOf`.
    async fn state(&self) -> PartnershipState {
        self.partnership().state.into()
    }

    /// Its ends.
    async fn parties(&self) -> Vec<PartnershipParty> {
        self.ends().collect()
    }

    /// What it is about; empty where no source says.
    async fn themes(&self) -> Vec<Theme> {
        self.partnership().themes.iter().map(|theme| (*theme).into()).collect()
    }

    /// The programme that brought it about; null where no source says.
    async fn programme(&self) -> Option<&str> {
        self.partnership().programme.as_deref()
    }

    /// When it was concluded; null where no source says.
    async fn started_on(&self) -> Option<Date> {
        self.partnership().started_on.map(Date)
    }

    /// When it ended; null where no source says.
    async fn ended_on(&self) -> Option<Date> {
        self.partnership().ended_on.map(Date)
    }

    /// The stated date, else the source's publication date, else the day it was read; a 2016 list is shown as 2016.
    async fn as_of(&self) -> Date {
        Date(self.partnership().as_of)
    }

    /// What a reader should know about the record; null where there is nothing.
    async fn note(&self) -> Option<&str> {
        self.partnership().note.as_deref()
    }

    /// Where it is stated; null where the source has no public address.
    async fn source_url(&self) -> Option<Url> {
        self.partnership().source_url().map(|url| Url(url.to_owned()))
    }

    /// Partner projects in the territories of its parties.
    async fn projects(
        &self,
        #[graphql(desc = "Which of them; null for all.")] filter: Option<ProjectFilter>,
        #[graphql(desc = "How many: 50 unless given, at most 1,000.")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<ProjectConnection> {
        let filter = filter.unwrap_or_default().read(&self.view).or_fault()?;
        let places = self.partnership().parties.iter().filter_map(place_of).collect();
        let list = ProjectList::new(&self.view, held_in(filter, places), Order::SignedDesc);
        list.page(PageArguments::forward(first, after)).or_fault()
    }
}

fn place_of(party: &records::Party) -> Option<PlaceIndex> {
    filter::place(party.place.as_deref()?).ok()
}

/// One end of a partnership.
pub struct PartnershipParty {
    view: View,
    party: records::Party,
}

impl PartnershipParty {
    pub(in crate::graph) fn view(&self) -> &View {
        &self.view
    }

    pub(in crate::graph) fn party(&self) -> &records::Party {
        &self.party
    }

    pub(in crate::graph) fn place_index(&self) -> Option<PlaceIndex> {
        place_of(&self.party)
    }

    pub(in crate::graph) fn as_member(&self) -> Option<Member> {
        match self.view.records.find(self.party.member.as_deref()?)? {
            RecordRef::Member(position) => Some(Member::new(&self.view, position)),
            _ => None,
        }
    }
}

/// One end of a partnership.
#[Object]
impl PartnershipParty {
    /// The authority's city or territory, as it is called in English.
    async fn name(&self) -> &str {
        &self.party.name
    }

    /// Its country; null where no source says.
    async fn country(&self) -> Option<Country> {
        self.party.country.and_then(Country::find)
    }

    /// In Ukraine its own place; in the European Union the NUTS 3 region that it lies in. Null where it could not be told.
    async fn place(&self) -> Option<Place> {
        self.place_index().map(|place| Place::new(&self.view, place))
    }

    /// The member of the Alliance that it is; null for another authority.
    async fn member(&self) -> Option<Member> {
        self.as_member()
    }
}
