//! `Event`.

use async_graphql::{ID, Object, TypeName};
use serde::Serialize;

use super::Place;
use crate::graph::error::CallerFault;
use crate::graph::page::{Connection, PageArguments};
use crate::graph::scalars::{Date, Url};
use crate::graph::types::filter;
use crate::records;
use crate::view::View;

/// Something that happened or will happen on stated days.
#[derive(Clone)]
pub struct Event {
    view: View,
    position: usize,
}

impl Event {
    /// The event at this position of the records.
    #[must_use]
    pub fn new(view: &View, position: usize) -> Self {
        Self { view: view.clone(), position }
    }

    /// A page of events given by position; they are ordered by first day, then by id.
    ///
    /// # Errors
    /// A [`CallerFault`] in the arguments.
    pub fn page(
        view: &View,
        positions: &[usize],
        list: &impl Serialize,
        arguments: &PageArguments,
    ) -> Result<Connection<Self>, CallerFault> {
        let key = |position: &usize| {
            let event = &view.records.events()[*position];
            (event.starts_on.first_day().to_string(), event.id.clone())
        };
        Connection::of(positions, &("events", list), arguments, key, |position| Self::new(view, *position))
    }

    fn event(&self) -> &records::Event {
        &self.view.records.events()[self.position]
    }
}

impl TypeName for Event {
    fn type_name() -> std::borrow::Cow<'static, str> {
        "Event".into()
    }
}

/// Something of the Alliance's that happened or will happen on stated days.
#[Object]
impl Event {
    /// Stable, such as `event:2022-06-30-launch`.
    pub async fn id(&self) -> ID {
        ID(self.event().id.clone())
    }

    /// What it is.
    async fn title(&self) -> &str {
        &self.event().title
    }

    /// The first day.
    async fn starts_on(&self) -> Date {
        Date(self.event().starts_on)
    }

    /// The last day; null for an event of one day.
    async fn ends_on(&self) -> Option<Date> {
        self.event().ends_on.map(Date)
    }

    /// Where, in words; null where not stated, and for a text adopted rather than a meeting held.
    async fn place_name(&self) -> Option<&str> {
        self.event().place_name.as_deref()
    }

    /// Where, as a place; in the European Union the NUTS 3 region of the city. Null where it could not be told.
    async fn place(&self) -> Option<Place> {
        let place = filter::place(self.event().place.as_deref()?).ok()?;
        Some(Place::new(&self.view, place))
    }

    /// The event's own page; null where none is known.
    async fn url(&self) -> Option<Url> {
        self.event().url.clone().map(Url)
    }

    /// Where it is stated; null where the source has no public address.
    async fn source_url(&self) -> Option<Url> {
        self.event().source_url().map(|url| Url(url.to_owned()))
    }
}
