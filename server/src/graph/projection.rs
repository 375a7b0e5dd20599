//! Answers written straight to JSON, past the library.
//!
//! The executing library makes a boxed future and an entry of an ordered map of every field of every item, which is most
//! of what an answer costs. Here it is written in one go over the catalogue's own records.
//!
//! # What is written here
//!
//! A whole query ([`written`]), if every field in it is known to the files beside this one: values, and objects of
//! values, which are worked out without waiting. Aliases, fragments, `__typename`, `@skip`, `@include`, arguments and
//! variables may stand anywhere, and a field may be selected several times.
//!
//! Of any other query the items of each page of projects (`nodes`, and `edges`), if all of this holds:
//!
//! 1. The request has a [`Projection`] among its data: whoever executes it writes the answer by [`to_json`].
//! 2. Every field selected below the list is known here.
//! 3. On the way to the list no field is selected twice: the library merges what such fields brought, and cannot merge
//!    what is written already.
//!
//! All else is answered by the library, faults above all: where an argument cannot be read or a page cannot be taken,
//! what was written is thrown away, and the library tells the fault at its field. Nobody can tell the difference: a test
//! compares the answers to generated questions byte for byte. One is known and wanted: of a field that is selected twice,
//! the first time with nothing left by `@skip`, the library answers null, and the specification what is left.
//!
//! # How
//!
//! 1. [`selection`] reads what is selected into a plan, once for all objects that stand at a place: the fields in the
//!    order of the answer, with their arguments.
//! 2. One file for each type says which fields there are, and writes them: [`operation`] begins, [`connection`],
//!    [`records`] and [`project`] go on.
//! 3. [`rows`] copies what was written of a project before, in the same shape ([`crate::catalogue::Fragments`]).
//! 4. [`json`] holds the bytes, and puts them into the whole answer.

mod connection;
mod json;
mod member;
mod money;
mod operation;
mod partnership;
mod parts;
mod place;
mod project;
mod records;
mod rows;
mod selection;

use std::borrow::Cow;
use std::sync::Arc;

use async_graphql::parser::types::Field;
use async_graphql::registry::Registry;
use async_graphql::{ContextSelectionSet, OutputType, Positioned, ServerResult, Value};

use self::json::Json;
pub use self::json::to_json;
pub use self::operation::written;
use self::project::{EdgeField, ProjectRow};
use self::rows::Rows;
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
        if let Some(written) = list(context, Rows::of_list, |rows, json| rows.write(&self.0, json)) {
            return Ok(written);
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
        if let Some(written) = list(context, Selection::of_list, |plan, json| plan.write_edges(&self.0, json)) {
            return Ok(written);
        }
        self.0.edges().resolve(context, field).await
    }
}

/// A list as JSON, in place of a value; `None` where the library has to answer. No field of the schema is binary, so
/// [`to_json`] knows it again.
fn list<Plan>(
    context: &ContextSelectionSet<'_>,
    read: impl FnOnce(&ContextSelectionSet<'_>) -> Option<Plan>,
    write: impl FnOnce(&Plan, &mut Json),
) -> Option<Value> {
    context.data_opt::<Projection>()?;
    if is_merged(context) {
        return None;
    }
    let (plan, mut json) = (read(context)?, Json::default());
    write(&plan, &mut json);
    json.finish().map(Value::Binary)
}

impl Selection<EdgeField> {
    fn write_edges(&self, page: &ProjectPage, json: &mut Json) {
        let cursors = if self.fields().any(EdgeField::is_cursor) { page.cursors() } else { Vec::new() };
        let cursor = |position: usize| cursors.get(position).map_or("", String::as_str);
        let edges = page.rows().enumerate().map(|(position, row)| (cursor(position), row));
        json.long_list(edges, |edge, json| self.write(edge, json));
    }
}

impl ProjectPage {
    fn rows(&self) -> impl ExactSizeIterator<Item = ProjectRow<'_>> {
        self.numbers().iter().map(|number| ProjectRow::new(self.view(), *number))
    }
}

#[cfg(test)]
pub(crate) mod tests;
