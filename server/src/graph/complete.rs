//! Completes an answer with errors in it, as the specification has it: where a field failed stands null, and where null
//! may not stand, its parent is null.
//!
//! The executing library leaves a failed field out instead, whatever its type. That loses nothing, so the answer can be
//! mended from the paths of its errors, in one place and for every sort of failure: a resolver's own error, a guard, an
//! item of a list, a panic. An answer without errors is not looked at.

use std::collections::HashSet;

use apollo_compiler::ExecutableDocument;
use apollo_compiler::ast::Type;
use apollo_compiler::executable::{Field, Operation, Selection, SelectionSet};
use async_graphql::{Name, PathSegment, Response, Value};

/// Mends the data of an answer by the paths of its errors.
pub fn complete(response: &mut Response, operation: &Operation, document: &ExecutableDocument) {
    let paths: Vec<_> =
        response.errors.iter().filter(|error| !error.path.is_empty()).map(|error| error.path.clone()).collect();
    if paths.is_empty() {
        return;
    }
    let mut completion = Completion { document, nulled: HashSet::new() };
    let root = vec![&operation.selection_set];
    for path in &paths {
        if completion.object(&mut response.data, &root, path, 0) == Outcome::Null {
            response.data = Value::Null;
            return;
        }
    }
}

/// What a position is after its error was taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// It stands.
    Stands,
    /// It is null, or has to be.
    Null,
}

/// A path as one text.
fn mark(path: &[PathSegment]) -> String {
    let mut text = String::new();
    for segment in path {
        text.push('/');
        match segment {
            PathSegment::Field(key) => text.push_str(key),
            PathSegment::Index(index) => text.push_str(&index.to_string()),
        }
    }
    text
}

struct Completion<'document> {
    document: &'document ExecutableDocument,
    /// The positions that were made null here, by their paths.
    nulled: HashSet<String>,
}

impl<'document> Completion<'document> {
    /// Follows a path into an object; `at` is how much of it has been followed.
    fn object(
        &mut self,
        data: &mut Value,
        sets: &[&'document SelectionSet],
        path: &[PathSegment],
        at: usize,
    ) -> Outcome {
        let Some(PathSegment::Field(key)) = path.get(at) else { return Outcome::Stands };
        if self.nulled.contains(&mark(&path[..at])) {
            return Outcome::Null;
        }
        if *data == Value::Null {
            // All its fields failed, and the library makes null of an object without fields.
            *data = Value::Object(Default::default());
        }
        let Value::Object(object) = data else { return Outcome::Stands };
        let fields = self.fields(sets, key);
        let Some(first) = fields.first() else { return Outcome::Stands };
        let ty = first.ty();
        let mut value = object.get_mut(key.as_str()).map(std::mem::take);
        let outcome = match value.as_mut() {
            None => Outcome::Null,
            Some(value) => self.value(value, ty, &fields, path, at + 1),
        };
        if outcome == Outcome::Null && ty.is_non_null() {
            // Whatever stands here: the parent is null.
            return Outcome::Null;
        }
        if outcome == Outcome::Null {
            self.nulled.insert(mark(&path[..=at]));
            value = Some(Value::Null);
        }
        object.insert(Name::new(key), value.unwrap_or(Value::Null));
        let order = self.keys(sets);
        let place = |key: &Name| order.iter().position(|known| *known == key.as_str()).unwrap_or(usize::MAX);
        object.sort_by(|left, _, right, _| place(left).cmp(&place(right)));
        Outcome::Stands
    }

    /// Follows a path into a field's value.
    fn value(
        &mut self,
        value: &mut Value,
        ty: &Type,
        fields: &[&'document Field],
        path: &[PathSegment],
        at: usize,
    ) -> Outcome {
        match path.get(at) {
            None if *value == Value::Null => Outcome::Null,
            None => Outcome::Stands,
            Some(PathSegment::Index(index)) => {
                let Value::List(items) = value else { return Outcome::Null };
                let Some(item) = items.get_mut(*index) else { return Outcome::Stands };
                if self.value(item, ty.item_type(), fields, path, at + 1) == Outcome::Stands {
                    return Outcome::Stands;
                }
                if ty.item_type().is_non_null() {
                    return Outcome::Null;
                }
                self.nulled.insert(mark(&path[..=at]));
                *item = Value::Null;
                Outcome::Stands
            }
            Some(PathSegment::Field(_)) => {
                let sets: Vec<_> = fields.iter().map(|field| &field.selection_set).collect();
                self.object(value, &sets, path, at)
            }
        }
    }

    /// Every field with this key in the answer. Validation has made sure that they are alike.
    fn fields(&self, sets: &[&'document SelectionSet], key: &str) -> Vec<&'document Field> {
        let mut fields = Vec::new();
        self.each(sets, &mut |field| {
            if field.response_key() == key {
                fields.push(field);
            }
        });
        fields
    }

    /// The keys of an object in the order of the query.
    fn keys(&self, sets: &[&'document SelectionSet]) -> Vec<&'document str> {
        let mut keys = Vec::new();
        self.each(sets, &mut |field| keys.push(field.response_key().as_str()));
        keys
    }

    fn each(&self, sets: &[&'document SelectionSet], visit: &mut impl FnMut(&'document Field)) {
        for selection in sets.iter().flat_map(|set| &set.selections) {
            match selection {
                Selection::Field(field) => visit(field),
                Selection::InlineFragment(fragment) => self.each(&[&fragment.selection_set], visit),
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = spread.fragment_def(self.document) {
                        self.each(&[&fragment.selection_set], visit);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
