//! `Offer`: what a member offers to communities.

use async_graphql::{ID, Object, Result, TypeName};
use serde::Serialize;

use super::need::newest_first;
use super::{Call, Match, Member, OfferState, Principle, Theme};
use crate::graph::error::{CallerFault, OrFault as _};
use crate::graph::page::{Connection, PageArguments};
use crate::graph::scalars::{Instant, LanguageTag};
use crate::join;
use crate::records::{self, OfferFilter};
use crate::view::View;

/// What a member offers.
#[derive(Clone)]
pub struct Offer {
    view: View,
    position: usize,
}

impl Offer {
    /// The offer at this position of the records.
    #[must_use]
    pub fn new(view: &View, position: usize) -> Self {
        Self { view: view.clone(), position }
    }

    /// A page of those of these offers that a filter admits, the newest first.
    ///
    /// # Errors
    /// A [`CallerFault`] in the arguments.
    pub fn page(
        view: &View,
        positions: &[usize],
        chosen: OfferFilter,
        list: &impl Serialize,
        arguments: &PageArguments,
    ) -> Result<Connection<Self>, CallerFault> {
        let offers = view.records.offers();
        let admitted = |position: &usize| view.records.offer_admitted(*position, chosen);
        let positions: Vec<usize> = positions.iter().copied().filter(admitted).collect();
        let key = |position: &usize| newest_first(offers[*position].published_at, &offers[*position].id);
        let list = ("offers", list, chosen.theme, chosen.country);
        Connection::of(&positions, &list, arguments, key, |position| Self::new(view, *position))
    }

    fn offer(&self) -> &records::Offer {
        &self.view.records.offers()[self.position]
    }
}

impl TypeName for Offer {
    fn type_name() -> std::borrow::Cow<'static, str> {
        "Offer".into()
    }
}

/// What a member offers to communities in Ukraine, about one theme. It names no person.
#[Object]
impl Offer {
    /// Stable: `offer:` and a UUID.
    pub async fn id(&self) -> ID {
        ID(self.offer().id.clone())
    }

    /// The member that offers it.
    async fn member(&self) -> Member {
        Member::new(&self.view, self.view.records.offerer(self.position))
    }

    /// What it is about.
    async fn theme(&self) -> Theme {
        self.offer().theme.into()
    }

    /// What is offered, in a few words.
    async fn title(&self) -> &str {
        &self.offer().title
    }

    /// What is offered, in full.
    async fn description(&self) -> &str {
        &self.offer().description
    }

    /// The languages in which the member can work together with others; empty where it states none.
    async fn languages(&self) -> Vec<LanguageTag> {
        self.offer().languages.iter().cloned().map(LanguageTag).collect()
    }

    /// Where it stands.
    async fn state(&self) -> OfferState {
        self.offer().state.into()
    }

    /// The principles that it serves; may be empty.
    async fn principles(&self) -> Vec<Principle> {
        Principle::of(&self.view, &self.offer().principles)
    }

    /// The calls that it answers; may be empty.
    async fn calls(&self) -> Vec<Call> {
        Call::of(&self.view, &self.offer().calls)
    }

    /// When it was published.
    async fn published_at(&self) -> Instant {
        Instant(self.offer().published_at)
    }

    /// Open needs that it fits, the best first; empty for an offer that is not open.
    async fn matches(
        &self,
        #[graphql(desc = "How many: 50 unless given, at most 1,000.")] first: Option<i32>,
        #[graphql(desc = "Only what stands after this cursor.")] after: Option<String>,
    ) -> Result<Connection<Match>> {
        let fits = self.view.engagement.matches().of_offer(self.position);
        let id = |fit: &join::Fit| self.view.records.needs()[fit.need].id.clone();
        let list = ("offer", &self.offer().id);
        Match::page(&self.view, fits, id, &list, &PageArguments::forward(first, after)).or_fault()
    }
}
