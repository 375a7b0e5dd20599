//! What is selected of an object, read once for all objects that stand at its place.

use std::collections::HashMap;

use async_graphql::parser::types::{
    Directive, Field, FragmentDefinition, Selection as Part, SelectionSet, VariableDefinition,
};
use async_graphql::{ContextSelectionSet, InputType, Name, Positioned, QueryPathSegment, Value, Variables};

use super::json::{Json, Opening};
use crate::graph::page::PageArguments;
use crate::view::View;

/// More fields of one object than this are left to the library: they are looked through one by one.
const MOST: usize = 200;

/// What a selection is read with.
#[derive(Clone, Copy)]
pub(super) struct Document<'document> {
    pub(super) view: &'document View,
    pub(super) fragments: &'document HashMap<Name, Positioned<FragmentDefinition>>,
    pub(super) definitions: &'document [Positioned<VariableDefinition>],
    pub(super) variables: &'document Variables,
}

/// A variable that the document does not have.
pub(super) struct Undefined;

impl<'document> Document<'document> {
    pub(super) fn of(context: &'document ContextSelectionSet<'_>) -> Option<Self> {
        let (view, env) = (context.data_opt()?, context.query_env);
        let definitions = &env.operation.node.variable_definitions;
        Some(Self { view, fragments: &env.fragments, definitions, variables: &env.variables })
    }

    /// Whether `@skip` or `@include` leaves a selection out; `None` for any other directive.
    pub(super) fn leaves_out(&self, directives: &[Positioned<Directive>]) -> Option<bool> {
        let mut left_out = false;
        for directive in directives {
            let leaves_out_if = match directive.node.name.node.as_str() {
                "skip" => true,
                "include" => false,
                _ => return None,
            };
            let condition = directive.node.get_argument("if")?.node.clone();
            left_out |=
                condition.into_const_with(|name| self.value(&name).ok_or(())).ok()? == Value::from(leaves_out_if);
        }
        Some(left_out)
    }

    /// What is given for an argument, with its variables put in; `None` where nothing is.
    ///
    /// # Errors
    /// A variable that the document does not have.
    pub(super) fn given(&self, field: &Field, argument: &str) -> Result<Option<Value>, Undefined> {
        let given = field.get_argument(argument).map(|value| value.node.clone());
        given.map(|value| value.into_const_with(|name: Name| self.value(&name).ok_or(Undefined))).transpose()
    }

    /// The value of a variable; `None` where the document has none of this name.
    fn value(&self, name: &str) -> Option<Value> {
        let definition = &self.definitions.iter().find(|definition| definition.node.name.node == name)?.node;
        self.variables.get(name).or_else(|| definition.default_value()).cloned()
    }
}

/// The fields of a type that can be written.
pub(super) trait Fields: Sized {
    /// The type's name in the schema.
    const TYPE: &'static str;
    /// The interfaces that it has, beside its own name where a fragment may be about it.
    const INTERFACES: &'static [&'static str] = &[];
    /// What is written.
    type Row<'row>: Copy;

    /// The field that is selected, with its arguments and what is selected below it; `None` where it cannot be written.
    fn read(selected: &Selected<'_>) -> Option<Self>;

    /// Writes the field's value.
    fn write(&self, row: Self::Row<'_>, json: &mut Json);
}

/// The fields selected of an object, in the order of the answer.
pub(super) struct Selection<F> {
    entries: Vec<Entry<F>>,
}

struct Entry<F> {
    opening: Opening,
    field: Option<F>,
}

/// One field of the answer, with every place where it is selected.
pub(super) struct Selected<'document> {
    pub(super) document: Document<'document>,
    fields: Vec<&'document Positioned<Field>>,
}

impl<F: Fields> Selection<F> {
    /// What is selected of the items of the list that is being resolved.
    pub(super) fn of_list(context: &ContextSelectionSet<'_>) -> Option<Self> {
        Self::of(Document::of(context)?, [&context.item.node])
    }

    /// What these sets select together.
    pub(super) fn of<'document>(
        document: Document<'document>,
        sets: impl IntoIterator<Item = &'document SelectionSet>,
    ) -> Option<Self> {
        let mut found = Found { document, list: Vec::new() };
        for set in sets {
            found.add::<F>(set)?;
        }
        let mut entries = Vec::with_capacity(found.list.len());
        for (key, fields) in found.list {
            let selected = Selected { document, fields };
            let field = if selected.name() == "__typename" { None } else { Some(F::read(&selected)?) };
            entries.push(Entry { opening: Opening::of(key, entries.is_empty()), field });
        }
        // The library answers null for an object of which nothing is selected.
        (!entries.is_empty()).then_some(Self { entries })
    }

    /// The fields, without `__typename`.
    pub(super) fn fields(&self) -> impl Iterator<Item = &F> {
        self.entries.iter().filter_map(|entry| entry.field.as_ref())
    }

    /// Writes the object.
    #[inline]
    pub(super) fn write(&self, row: F::Row<'_>, json: &mut Json) {
        for Entry { opening, field } in &self.entries {
            json.opening(opening);
            match field {
                Some(field) => field.write(row, json),
                None => json.text(F::TYPE),
            }
        }
        json.raw("}");
    }
}

/// Fields by their keys in the answer, in the order in which they come first.
struct Found<'document> {
    document: Document<'document>,
    list: Vec<(&'document str, Vec<&'document Positioned<Field>>)>,
}

impl<'document> Found<'document> {
    fn add<F: Fields>(&mut self, set: &'document SelectionSet) -> Option<()> {
        for part in &set.items {
            if self.document.leaves_out(part.node.directives())? {
                continue;
            }
            match &part.node {
                Part::Field(field) => {
                    let key = field.node.response_key().node.as_str();
                    match self.list.iter_mut().find(|(known, _)| *known == key) {
                        Some((_, fields)) => fields.push(field),
                        None => self.list.push((key, vec![field])),
                    }
                    if self.list.len() > MOST {
                        return None;
                    }
                }
                Part::FragmentSpread(spread) => {
                    let fragment = self.document.fragments.get(&spread.node.fragment_name.node)?;
                    self.add_fragment::<F>(
                        Some(fragment.node.type_condition.node.on.node.as_str()),
                        &fragment.node.selection_set.node,
                    )?;
                }
                Part::InlineFragment(fragment) => {
                    let condition = fragment.node.type_condition.as_ref();
                    let condition = condition.map(|condition| condition.node.on.node.as_str());
                    self.add_fragment::<F>(condition, &fragment.node.selection_set.node)?;
                }
            }
        }
        Some(())
    }

    /// A fragment about the type itself, or about one of its interfaces, holds for every item.
    fn add_fragment<F: Fields>(&mut self, condition: Option<&str>, set: &'document SelectionSet) -> Option<()> {
        let holds = condition.is_none_or(|name| name == F::TYPE || F::INTERFACES.contains(&name));
        if holds { self.add::<F>(set) } else { None }
    }
}

impl<'document> Selected<'document> {
    fn first(&self) -> &'document Positioned<Field> {
        self.fields[0]
    }

    /// The field's name in the schema.
    pub(super) fn name(&self) -> &'document str {
        self.first().node.name.node.as_str()
    }

    /// An argument, or what stands in its place; `None` where it cannot be read. Validation has made sure that the same
    /// arguments stand wherever the field is selected.
    pub(super) fn argument<T: InputType>(&self, name: &str, default: Option<fn() -> T>) -> Option<T> {
        let given = self.document.given(&self.first().node, name).ok()?;
        match (given, default) {
            (None, Some(default)) => Some(default()),
            (given, _) => T::parse(given).ok(),
        }
    }

    /// The arguments of a list that is only read forward.
    pub(super) fn forward(&self) -> Option<PageArguments> {
        Some(PageArguments::forward(self.argument("first", None)?, self.argument("after", None)?))
    }

    /// What all of it is worked out on.
    pub(super) fn view(&self) -> &'document View {
        self.document.view
    }

    /// What is selected below the field.
    pub(super) fn below<F: Fields>(&self) -> Option<Selection<F>> {
        Selection::of(self.document, self.sets())
    }

    /// The sets below the field, one for each place where it is selected.
    pub(super) fn sets(&self) -> impl Iterator<Item = &'document SelectionSet> {
        self.fields.iter().map(|field| &field.node.selection_set.node)
    }
}

/// Whether a field on the way to the list that is being resolved is selected more than once.
pub(super) fn is_merged(context: &ContextSelectionSet<'_>) -> bool {
    let mut path = Vec::new();
    let mut node = context.path_node.as_ref();
    while let Some(here) = node {
        if let QueryPathSegment::Name(key) = here.segment {
            path.push(key);
        }
        node = here.parent;
    }
    let mut set = &context.query_env.operation.node.selection_set.node;
    for key in path.into_iter().rev() {
        let mut fields = Vec::new();
        with_key(context, set, key, &mut fields);
        match fields.as_slice() {
            [only] => set = &only.node.selection_set.node,
            _ => return true,
        }
    }
    false
}

/// Every field with this key, those of fragments included, whatever type they are about.
fn with_key<'document>(
    context: &'document ContextSelectionSet<'document>,
    set: &'document SelectionSet,
    key: &str,
    found: &mut Vec<&'document Positioned<Field>>,
) {
    for part in &set.items {
        match &part.node {
            Part::Field(field) if field.node.response_key().node == key => found.push(field),
            Part::Field(_) => {}
            Part::InlineFragment(fragment) => with_key(context, &fragment.node.selection_set.node, key, found),
            Part::FragmentSpread(spread) => {
                if let Some(fragment) = context.query_env.fragments.get(&spread.node.fragment_name.node) {
                    with_key(context, &fragment.node.selection_set.node, key, found);
                }
            }
        }
    }
}
