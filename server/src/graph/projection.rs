//! Lists of projects written straight to JSON, past the library.
//!
//! The executing library makes a boxed future and an entry of an ordered map of every field of every item, which is most
//! of what a list costs. Here a list is written in one loop over the catalogue's own records.
//!
//! # What is projected
//!
//! The items of a page of projects (`nodes`, and `edges`), below whatever field the page stands, if all of this holds:
//!
//! 1. The request has a [`Projection`] among its data: whoever executes it writes the answer by [`to_json`].
//! 2. Every field selected below the list is known to the files beside this one: values, and objects of values, which are
//!    worked out without waiting and without a fault. Aliases, fragments, `__typename`, arguments and variables may stand
//!    anywhere, and a field may be selected several times.
//! 3. Its arguments can be read.
//! 4. No directive stands there but `@skip` and `@include`, which the library has applied by then.
//! 5. On the way to the list no field is selected twice: the library merges what such fields brought, and cannot merge
//!    what is written already.
//!
//! Every other list is answered by the library, as a whole. Nobody can tell the difference: a test compares the answers
//! to generated questions byte for byte. One is known and wanted: of a field that is selected twice, the first time with
//! nothing left by `@skip`, the library answers null, and the specification what is left.
//!
//! # How
//!
//! 1. [`selection`] reads what is selected into a plan, once for a list: the fields of each object in the order of the
//!    answer, with their arguments.
//! 2. One file for each type says which fields there are, and writes them: [`project`], [`money`], [`place`], [`parts`].
//! 3. [`json`] holds the bytes, and puts them into the whole answer.

mod json;
mod money;
mod parts;
mod place;
mod project;
mod selection;

use std::borrow::Cow;
use std::sync::Arc;

use async_graphql::parser::types::Field;
use async_graphql::registry::Registry;
use async_graphql::{ContextSelectionSet, OutputType, Positioned, ServerResult, Value};

use self::json::Json;
pub use self::json::to_json;
use self::project::{EdgeField, ProjectField, ProjectRow};
use self::selection::{Selection, is_merged};
use super::page::Edge;
use super::types::{Project, ProjectPage};

/// Among the data of a request: lists may be answered as bytes, which [`to_json`] puts into the answer.
#[derive(Debug, Clone, Copy)]
pub struct Projection;

/// The projects of a page.
pub struct Nodes(pub(super) Arc<ProjectPage>);

/// The projects of a page, each with its cursor.
pub struct Edges(pub(super) Arc<ProjectPage>);

impl OutputType for Nodes {
    fn type_name() -> Cow<'static, str> {
        <Vec<Project> as OutputType>::type_name()
    }

    fn qualified_type_name() -> String {
        <Vec<Project> as OutputType>::qualified_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <Vec<Project> as OutputType>::create_type_info(registry)
    }

    async fn resolve(&self, context: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        if let Some(plan) = plan::<ProjectField>(context) {
            return Ok(written(self.0.rows(), |row, json| plan.write(row, json)));
        }
        self.0.projects().resolve(context, field).await
    }
}

impl OutputType for Edges {
    fn type_name() -> Cow<'static, str> {
        <Vec<Edge<Project>> as OutputType>::type_name()
    }

    fn qualified_type_name() -> String {
        <Vec<Edge<Project>> as OutputType>::qualified_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <Vec<Edge<Project>> as OutputType>::create_type_info(registry)
    }

    async fn resolve(&self, context: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        if let Some(plan) = plan::<EdgeField>(context) {
            let cursors = if plan.fields().any(EdgeField::is_cursor) { self.0.cursors() } else { Vec::new() };
            let cursor = |position: usize| cursors.get(position).map_or("", String::as_str);
            let edges = self.0.rows().enumerate().map(|(position, row)| (cursor(position), row));
            return Ok(written(edges, |edge, json| plan.write(edge, json)));
        }
        self.0.edges().resolve(context, field).await
    }
}

/// What is to be written of each item; `None` where the library has to answer.
fn plan<Fields: selection::Fields>(context: &ContextSelectionSet<'_>) -> Option<Selection<Fields>> {
    context.data_opt::<Projection>()?;
    if is_merged(context) { None } else { Selection::of_list(context) }
}

/// A list as JSON, in place of a value. No field of the schema is binary, so [`to_json`] knows it again.
fn written<Item>(items: impl ExactSizeIterator<Item = Item>, mut write: impl FnMut(Item, &mut Json)) -> Value {
    let (mut json, mut left) = (Json::default(), items.len());
    json.list(items, |item, json| {
        let before = json.len();
        write(item, json);
        if before <= 1 {
            // The first item tells how long the others will be, more or less.
            left -= 1;
            json.reserve(left * (json.len() + json.len() / 4));
        }
    });
    Value::Binary(json.into())
}

impl ProjectPage {
    fn rows(&self) -> impl ExactSizeIterator<Item = ProjectRow<'_>> {
        self.numbers().iter().map(|number| ProjectRow::new(self.view(), *number))
    }
}

#[cfg(test)]
pub(crate) mod tests;
