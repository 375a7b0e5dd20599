//! `Principle` and `Call`: what the Alliance stands for and asks for.

use async_graphql::{ID, Object};

use super::Theme;
use crate::records::{self, RecordRef};
use crate::view::View;

/// One of the eight principles of reconstruction.
#[derive(Clone)]
pub struct Principle {
    view: View,
    position: usize,
}

/// One of the Alliance's calls.
#[derive(Clone)]
pub struct Call {
    view: View,
    position: usize,
}

impl Principle {
    /// The principle at this position of the records.
    #[must_use]
    pub fn new(view: &View, position: usize) -> Self {
        Self { view: view.clone(), position }
    }

    /// All of them, by number.
    #[must_use]
    pub fn all(view: &View) -> Vec<Self> {
        (0..view.records.principles().len()).map(|position| Self::new(view, position)).collect()
    }

    /// Those of these ids, in the same order.
    #[must_use]
    pub fn of(view: &View, ids: &[String]) -> Vec<Self> {
        let position = |id: &String| match view.records.find(id) {
            Some(RecordRef::Principle(position)) => Some(Self::new(view, position)),
            _ => None,
        };
        ids.iter().filter_map(position).collect()
    }

    fn principle(&self) -> &records::Principle {
        &self.view.records.principles()[self.position]
    }
}

impl Call {
    /// The call at this position of the records.
    #[must_use]
    pub fn new(view: &View, position: usize) -> Self {
        Self { view: view.clone(), position }
    }

    /// All of them, by number.
    #[must_use]
    pub fn all(view: &View) -> Vec<Self> {
        (0..view.records.calls().len()).map(|position| Self::new(view, position)).collect()
    }

    /// Those of these ids, in the same order.
    #[must_use]
    pub fn of(view: &View, ids: &[String]) -> Vec<Self> {
        let position = |id: &String| match view.records.find(id) {
            Some(RecordRef::Call(position)) => Some(Self::new(view, position)),
            _ => None,
        };
        ids.iter().filter_map(position).collect()
    }

    fn call(&self) -> &records::Call {
        &self.view.records.calls()[self.position]
    }
}

/// One of the eight principles of reconstruction, in the hub's own words.
#[Object]
impl Principle {
    /// Stable, such as `principle:1`.
    pub async fn id(&self) -> ID {
        ID(self.principle().id.clone())
    }

    /// 1 to 8.
    async fn number(&self) -> u32 {
        self.principle().number
    }

    /// What it says.
    async fn text(&self) -> &str {
        &self.principle().text
    }

    /// The themes that the hub reads in it; may be empty.
    async fn themes(&self) -> Vec<Theme> {
        self.principle().themes.iter().map(|theme| (*theme).into()).collect()
    }
}

/// One of the Alliance's calls on the European Union and its partners, in the hub's own words.
#[Object]
impl Call {
    /// Stable, such as `call:1`.
    pub async fn id(&self) -> ID {
        ID(self.call().id.clone())
    }

    /// 1 to 6.
    async fn number(&self) -> u32 {
        self.call().number
    }

    /// What it asks for.
    async fn text(&self) -> &str {
        &self.call().text
    }

    /// The themes that the hub reads in it; may be empty.
    async fn themes(&self) -> Vec<Theme> {
        self.call().themes.iter().map(|theme| (*theme).into()).collect()
    }
}
