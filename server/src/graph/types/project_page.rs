//! The projects of one page, by number: nothing is worked out of them before somebody asks for it.

use super::Project;
use crate::catalogue::{Filter, Order, Position, RecordNumber};
use crate::graph::page::{Edge, digest, encode};
use crate::view::View;

/// The projects of one page of a list.
pub struct ProjectPage {
    view: View,
    order: Order,
    filter: Filter,
    numbers: Vec<RecordNumber>,
}

impl ProjectPage {
    pub(super) fn new(view: View, order: Order, filter: Filter, numbers: Vec<RecordNumber>) -> Self {
        Self { view, order, filter, numbers }
    }

    /// What the cursors of a list depend on.
    pub(super) fn list(order: Order, filter: &Filter) -> String {
        digest(&("projects", order, filter))
    }

    /// What the page was taken from.
    #[must_use]
    pub fn view(&self) -> &View {
        &self.view
    }

    /// The records, in order.
    #[must_use]
    pub fn numbers(&self) -> &[RecordNumber] {
        &self.numbers
    }

    /// The projects, in order.
    #[must_use]
    pub fn projects(&self) -> Vec<Project> {
        self.numbers.iter().map(|number| Project::new(&self.view, *number)).collect()
    }

    /// The cursors, in order.
    #[must_use]
    pub fn cursors(&self) -> Vec<String> {
        self.cursors_of(&self.numbers)
    }

    /// The projects, each with its cursor, in order.
    #[must_use]
    pub fn edges(&self) -> Vec<Edge<Project>> {
        let edges = self.cursors().into_iter().zip(self.projects());
        edges.map(|(cursor, node)| Edge { cursor, node }).collect()
    }

    /// The cursors of the first and of the last project; none where the page is empty.
    #[must_use]
    pub fn ends(&self) -> (Option<String>, Option<String>) {
        let (Some(first), Some(last)) = (self.numbers.first(), self.numbers.last()) else { return (None, None) };
        let mut ends = self.cursors_of(&[*first, *last]).into_iter();
        (ends.next(), ends.next())
    }

    fn cursors_of(&self, numbers: &[RecordNumber]) -> Vec<String> {
        let list = Self::list(self.order, &self.filter);
        let positions: Vec<Position> = self.view.catalogue.positions(self.order, &self.filter, numbers);
        positions.into_iter().map(|position| encode(&list, position)).collect()
    }
}
