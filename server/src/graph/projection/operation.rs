//! Whole operations: where every field of a query is known here, the library has no part in its answer.

use std::panic::AssertUnwindSafe;

use async_graphql::parser::types::{ExecutableDocument, OperationDefinition, OperationType};
use async_graphql::{ID, Value, Variables};
use bytes::Bytes;

use super::connection::{ListArguments, ProjectConnectionField};
use super::json::Json;
use super::place::{PlaceField, PlaceRow};
use super::project::{ProjectField, ProjectRow};
use super::selection::{Document, Fields, Selected, Selection};
use crate::catalogue::RecordNumber;
use crate::graph::panics;
use crate::graph::types::{ProjectBy, ProjectList};
use crate::places::{Gazetteer, PlaceIndex};
use crate::view::View;

/// More than most answers take.
const ROOM: usize = 4_096;

/// The whole answer to the operation of a document, by its name, with the sources that are not fresh among its
/// extensions. `None` where a part of it is not known here, does not work out, or panics: the library answers it then,
/// errors included.
#[must_use]
pub fn written(
    view: &View,
    document: &ExecutableDocument,
    name: Option<&str>,
    variables: &Variables,
    sources: Option<&Value>,
) -> Option<Bytes> {
    let operation = operation(document, name)?;
    if operation.ty != OperationType::Query || !operation.directives.is_empty() {
        return None;
    }
    let definitions = &operation.variable_definitions;
    let document = Document { view, fragments: &document.fragments, definitions, variables };
    let writing = std::panic::catch_unwind(AssertUnwindSafe(|| {
        let plan: Selection<QueryField> = Selection::of(document, [&operation.selection_set.node])?;
        let mut json = Json::with_capacity(ROOM);
        json.raw(r#"{"data":"#);
        plan.write(view, &mut json);
        if let Some(sources) = sources {
            json.raw(r#","extensions":{"sources":"#);
            json.value(sources);
            json.raw("}");
        }
        json.raw("}");
        json.finish()
    }));
    writing.unwrap_or_else(|panic| {
        tracing::error!(reason = panics::text(&*panic), "a question stopped unexpectedly");
        None
    })
}

fn operation<'document>(
    document: &'document ExecutableDocument,
    name: Option<&str>,
) -> Option<&'document OperationDefinition> {
    let mut operations = document.operations.iter().filter(|(known, _)| match (name, known) {
        (Some(name), Some(known)) => known.as_str() == name,
        (name, _) => name.is_none(),
    });
    let (_, only) = operations.next()?;
    operations.next().is_none().then_some(&only.node)
}

/// A field of `Query`.
enum QueryField {
    Projects(Box<ListArguments>, Selection<ProjectConnectionField>),
    Project(Option<RecordNumber>, Selection<ProjectField>),
    Place(Option<PlaceIndex>, Selection<PlaceField>),
}

impl Fields for QueryField {
    const TYPE: &'static str = "Query";
    type Row<'row> = &'row View;

    fn read(selected: &Selected<'_>) -> Option<Self> {
        Some(match selected.name() {
            "projects" => Self::Projects(ListArguments::read(selected)?, selected.below()?),
            "project" => {
                let number = match selected.argument("by", None)? {
                    ProjectBy::Id(id) => selected.view().catalogue.by_id(&id),
                    ProjectBy::Identifier(identifier) => {
                        selected.view().catalogue.by_identifier(&identifier.scheme, &identifier.value)
                    }
                };
                Self::Project(number, selected.below()?)
            }
            "place" => {
                let id: ID = selected.argument("id", None)?;
                Self::Place(Gazetteer::embedded().by_id(&id), selected.below()?)
            }
            _ => return None,
        })
    }

    fn write(&self, view: &View, json: &mut Json) {
        match self {
            Self::Projects(arguments, plan) => {
                let page = arguments.page(|filter, order| ProjectList::new(view, filter, order));
                json.fallible(page, |page, json| plan.write(&page, json));
            }
            Self::Project(number, plan) => {
                json.optional(*number, |number, json| plan.write(ProjectRow::new(view, number), json));
            }
            Self::Place(place, plan) => {
                json.optional(*place, |place, json| plan.write(PlaceRow { view, place }, json));
            }
        }
    }
}
