//! The projects of a page, row by row. Rows that were written before, in the same shape, are copied.

use async_graphql::parser::types::{Field, Selection as Part, SelectionSet};
use async_graphql::{ContextSelectionSet, Value};
use connectors::model::Language;

use super::json::Json;
use super::project::{ProjectField, ProjectRow};
use super::selection::{Document, Selected, Selection};
use crate::graph::types::ProjectPage;

/// What is written of each project of a page.
pub(super) struct Rows {
    plan: Selection<ProjectField>,
    /// All that is selected, as a text; `None` where rows do not follow from the catalogue alone.
    shape: Option<String>,
}

/// Fields of a project, and below it, that stand on more than the catalogue: on the state of sources, on rates, on the
/// Alliance's records.
const ELSEWHERE: [&str; 5] = ["provenance", "converted", "projects", "members", "partnerships"];
/// Texts that are chosen by language among those of the record.
const BY_LANGUAGE: [&str; 2] = ["title", "description"];

impl Rows {
    /// What is selected of the items of the list that is being resolved.
    pub(super) fn of_list(context: &ContextSelectionSet<'_>) -> Option<Self> {
        Self::of(Document::of(context)?, &[&context.item.node])
    }

    /// What is selected below a field.
    pub(super) fn below(selected: &Selected<'_>) -> Option<Self> {
        Self::of(selected.document, &selected.sets().collect::<Vec<_>>())
    }

    fn of<'document>(document: Document<'document>, sets: &[&'document SelectionSet]) -> Option<Self> {
        let plan = Selection::of(document, sets.iter().copied())?;
        let mut shape = String::with_capacity(256);
        let whole = sets.iter().try_for_each(|set| add(document, set, &mut shape));
        Some(Self { plan, shape: whole.map(|()| shape) })
    }

    /// Writes the projects of a page.
    pub(super) fn write(&self, page: &ProjectPage, json: &mut Json) {
        let (numbers, view) = (page.numbers().iter().copied(), page.view());
        let Some(shape) = &self.shape else {
            return json.long_list(numbers, |number, json| self.plan.write(ProjectRow::new(view, number), json));
        };
        let (kept, mut written) = (view.catalogue.fragments().of(shape), Vec::new());
        kept.read(|rows| {
            json.long_list(numbers, |number, json| match rows.get(number) {
                Some(row) => json.bytes(row),
                None => {
                    let begin = json.len();
                    self.plan.write(ProjectRow::new(view, number), json);
                    written.push((number, begin..json.len()));
                }
            });
        });
        if !written.is_empty() {
            kept.add(json.as_bytes(), written);
        }
    }
}

/// Adds what a set selects to a shape; `None` where that stands on more than the catalogue.
fn add(document: Document<'_>, set: &SelectionSet, shape: &mut String) -> Option<()> {
    shape.push('{');
    for part in &set.items {
        if document.leaves_out(part.node.directives())? {
            continue;
        }
        match &part.node {
            Part::Field(field) => add_field(document, &field.node, shape)?,
            Part::InlineFragment(fragment) => add(document, &fragment.node.selection_set.node, shape)?,
            Part::FragmentSpread(spread) => {
                let fragment = document.fragments.get(&spread.node.fragment_name.node)?;
                add(document, &fragment.node.selection_set.node, shape)?;
            }
        }
    }
    shape.push('}');
    Some(())
}

fn add_field(document: Document<'_>, field: &Field, shape: &mut String) -> Option<()> {
    let name = field.name.node.as_str();
    if ELSEWHERE.contains(&name) {
        return None;
    }
    // Neither names nor written values have a line break in them.
    shape.push_str(field.response_key().node.as_str());
    shape.push('\n');
    shape.push_str(name);
    for (argument, _) in &field.arguments {
        let value = document.given(field, &argument.node).ok()??;
        let value = if BY_LANGUAGE.contains(&name) { known(document, value) } else { value };
        shape.push('\n');
        shape.push_str(&argument.node);
        shape.push(':');
        shape.push_str(&serde_json::to_string(&value).ok()?);
    }
    if !field.selection_set.node.items.is_empty() {
        add(document, &field.selection_set.node, shape)?;
    }
    shape.push('\n');
    Some(())
}

/// The languages in which there is a text at all: no other has a part in the choice.
fn known(document: Document<'_>, languages: Value) -> Value {
    let is_known = |language: &Value| match language {
        Value::String(tag) => Language::new(tag).map_or(true, |language| document.view.catalogue.speaks(&language)),
        _ => true,
    };
    match languages {
        Value::List(languages) => Value::List(languages.into_iter().filter(is_known).collect()),
        other => other,
    }
}
