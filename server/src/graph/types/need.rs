//! `Need`: what a community asks for.

use async_graphql::{ID, InputObject, Object, Result, TypeName};
use serde::Serialize;

use super::member::held_in;
use super::{Call, Match, Member, NeedState, Place, Principle, ProjectConnection, ProjectList, Theme};
use crate::catalogue::{Filter, Order};
use crate::graph::error::{CallerFault, OrFault as _};
use crate::graph::page::{Connection, PageArguments};
use crate::graph::scalars::{Instant, LanguageTag};
use crate::graph::types::filter;
use crate::join;
use crate::places::PlaceIndex;
use crate::records::{self, NeedFilter, RecordRef};
use crate::view::View;

/// What a community asks for.
#[derive(Clone)]
pub struct Need {
    view: View,
    position: usize,
}

impl Need {
    /// The need at this position of the records.
    #[must_use]
    pub fn new(view: &View, position: usize) -> Self {
        Self { view: view.clone(), position }
    }

    /// A page of those of these needs that a filter admits, the newest first.
    ///
    /// # Errors
    /// A [`CallerFault`] in the arguments.
    pub fn page(
        view: &View,
        positions: &[usize],
        chosen: NeedFilter,
        list: &impl Serialize,
        arguments: &PageArguments,
    ) -> Result<Connection<Self>, CallerFault> {
        let needs = view.records.needs();
        let positions: Vec<usize> =
            positions.iter().copied().filter(|position| chosen.admits(&needs[*position])).collect();
        let key = |position: &usize| newest_first(needs[*position].published_at, &needs[*position].id);
        let list = ("needs", list, chosen.state, chosen.theme);
        Connection::of(&positions, &list, arguments, key, |position| Self::new(view, *position))
    }

    fn need(&self) -> &records::Need {
        &self.view.records.needs()[self.position]
    }

    fn place_index(&self) -> Option<PlaceIndex> {
        filter::place(&self.need().place).ok()
    }
}

/// A key by which later instants sort first, those of one instant by id.
pub(super) fn newest_first(at: chrono::DateTime<chrono::Utc>, id: &str) -> (String, String) {
    // Nanoseconds reach until the year 2262; what lies beyond sorts with it.
    let until_the_end = i64::MAX.abs_diff(at.timestamp_nanos_opt().unwrap_or(i64::MAX));
    (format!("{until_the_end:020}"), id.to_owned())
}

/// Which needs: by state, by theme. Those withdrawn only where the state asks for them.
#[derive(InputObject, Default)]
#[graphql(name = "NeedFilter")]
pub struct NeedChoice {
    /// Only those in this state.
    pub state: Option<NeedState>,
    /// Only those about this theme.
    pub theme: Option<Theme>,
}

impl From<NeedChoice> for NeedFilter {
    fn from(choice: NeedChoice) -> Self {
        Self { state: choice.state.map(Into::into), theme: choice.theme.map(Into::into) }
    }
}

impl TypeName for Need {
    fn type_name() -> std::borrow::Cow<'static, str> {
        "Need".into()
    }
}

/// What a community asks for, at one place and about one theme. It names no person.
#[Object]
impl Need {
    /// Stable: `need:` and a UUID.
    pub async fn id(&self) -> ID {
        ID(self.need().id.clone())
    }

    /// The member that published it; null where the community is no member.
    async fn member(&self) -> Option<Member> {
        match self.view.records.find(self.need().member.as_deref()?)? {
            RecordRef::Member(position) => Some(Member::new(&self.view, position)),
            _ => None,
        }
    }

    /// Where it is needed; null only where the codifier no longer has the place.
    async fn place(&self) -> Option<Place> {
        self.place_index().map(|place| Place::new(&self.view, place))
    }

    /// What it is about.
    async fn theme(&self) -> Theme {
        self.need().theme.into()
    }

    /// What is asked for, in a few words.
    async fn title(&self) -> &str {
        &self.need().title
    }

    /// What is asked for, in full.
    async fn description(&self) -> &str {
        &self.need().description
    }

    /// The languages in which the community can work together with others; empty where it states none.
    async fn languages(&self) -> Vec<LanguageTag> {
        self.need().languages.iter().cloned().map(LanguageTag).collect()
    }

    /// Where it stands.
    async fn state(&self) -> NeedState {
        self.need().state.into()
    }

    /// The principles that it serves; may be empty.
    async fn principles(&self) -> Vec<Principle> {
        Principle::of(&self.view, &self.need().principles)
    }

    /// The calls that it answers; may be empty.
    async fn calls(&self) -> Vec<Call> {
        Call::of(&self.view, &self.need().calls)
    }

    /// When it was published.
    async fn published_at(&self) -> Instant {
        Instant(self.need().published_at)
    }

    /// Open offers that fit it, the best first; empty for a need that is not open.
    async fn matches(
        &self,
        #[graphql(desc = "How many: 50 unless given, at most 1,000.")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<Connection<Match>> {
        let fits = self.view.engagement.matches().of_need(self.position);
        let id = |fit: &join::Fit| self.view.records.offers()[fit.offer].id.clone();
        let list = ("need", &self.need().id);
        Match::page(&self.view, fits, id, &list, &PageArguments::forward(first, after)).or_fault()
    }

    /// Partner projects located at its place or below it, the newest signature first.
    async fn projects(
        &self,
        #[graphql(
            desc = "Only those in the sectors of its theme: `ENERGY` is the DAC group 230 with 231 to 236.",
            default = false
        )]
        on_theme: bool,
        #[graphql(desc = "How many: 50 unless given, at most 1,000.")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<ProjectConnection> {
        let codes = || join::sectors_of(self.need().theme).iter().map(|code| (*code).to_owned()).collect();
        let filter = Filter { sectors: on_theme.then(codes), ..Filter::default() };
        let places = self.place_index().into_iter().collect();
        let list = ProjectList::new(&self.view, held_in(filter, places), Order::SignedDesc);
        list.page(PageArguments::forward(first, after)).or_fault()
    }
}
