//! A document with the fields that answer under one key put together, fragments included.
//!
//! The specification collects such fields before it works any of them out. The executing library works each of them out
//! and puts their answers together, and loses the second where the first is empty. So they are put together before.

use std::collections::HashSet;

use apollo_compiler::executable::{Field, Selection, SelectionSet};
use apollo_compiler::{ExecutableDocument, Node};

/// The document with its repeated fields put together; `None` where it has none with fields of their own.
pub(super) fn merged(document: &ExecutableDocument) -> Option<ExecutableDocument> {
    let mut merging = Merging { document, merged: false };
    let mut result = document.clone();
    for operation in result.operations.anonymous.iter_mut().chain(result.operations.named.values_mut()) {
        let set = merging.set(std::iter::once(&operation.selection_set));
        operation.make_mut().selection_set = set;
    }
    for fragment in result.fragments.values_mut() {
        let set = merging.set(std::iter::once(&fragment.selection_set));
        fragment.make_mut().selection_set = set;
    }
    if !merging.merged {
        return None;
    }
    // Fragments that were put in their places are not spread any more, and such must not stand in a document.
    let mut spread = HashSet::new();
    for operation in result.operations.iter() {
        reach(&operation.selection_set, &result, &mut spread);
    }
    result.fragments.retain(|name, _| spread.contains(name.as_str()));
    Some(result)
}

struct Merging<'document> {
    document: &'document ExecutableDocument,
    merged: bool,
}

impl<'document> Merging<'document> {
    /// One set of all these, which are of one type.
    fn set<'set>(&mut self, sets: impl Iterator<Item = &'set SelectionSet>) -> SelectionSet
    where
        'document: 'set,
    {
        let mut collected: Vec<Collected<'set>> = Vec::new();
        let mut ty = None;
        for set in sets {
            ty.get_or_insert_with(|| set.ty.clone());
            self.collect(set, &mut collected);
        }
        let selections = collected.into_iter().map(|collected| match collected {
            Collected::Other(selection) => self.within(selection),
            Collected::Fields(fields) => self.field(&fields),
        });
        let selections = selections.collect();
        // Every set comes from at least one.
        SelectionSet { ty: ty.unwrap_or(apollo_compiler::name!("Query")), selections }
    }

    fn collect<'set>(&self, set: &'set SelectionSet, collected: &mut Vec<Collected<'set>>)
    where
        'document: 'set,
    {
        for selection in &set.selections {
            match selection {
                Selection::Field(field) if field.directives.is_empty() => {
                    let same = collected.iter_mut().find_map(|collected| match collected {
                        Collected::Fields(fields) if fields[0].response_key() == field.response_key() => Some(fields),
                        _ => None,
                    });
                    match same {
                        Some(fields) => fields.push(field),
                        None => collected.push(Collected::Fields(vec![field])),
                    }
                }
                Selection::InlineFragment(fragment)
                    if fragment.directives.is_empty() && fragment.selection_set.ty == set.ty =>
                {
                    self.collect(&fragment.selection_set, collected);
                }
                Selection::FragmentSpread(spread) if spread.directives.is_empty() => {
                    match spread.fragment_def(self.document) {
                        Some(fragment) if fragment.selection_set.ty == set.ty => {
                            self.collect(&fragment.selection_set, collected);
                        }
                        _ => collected.push(Collected::Other(selection)),
                    }
                }
                _ => collected.push(Collected::Other(selection)),
            }
        }
    }

    fn field(&mut self, fields: &[&Node<Field>]) -> Selection {
        let first = fields[0];
        if first.selection_set.is_empty() {
            return Selection::Field(first.clone());
        }
        self.merged |= fields.len() > 1;
        let selection_set = self.set(fields.iter().map(|field| &field.selection_set));
        Selection::Field(Node::new(Field { selection_set, ..(**first).clone() }))
    }

    /// What stays where it is, with its own fields put together.
    fn within(&mut self, selection: &Selection) -> Selection {
        let mut selection = selection.clone();
        match &mut selection {
            Selection::Field(field) if !field.selection_set.is_empty() => {
                let set = self.set(std::iter::once(&field.selection_set));
                field.make_mut().selection_set = set;
            }
            Selection::InlineFragment(fragment) => {
                let set = self.set(std::iter::once(&fragment.selection_set));
                fragment.make_mut().selection_set = set;
            }
            _ => {}
        }
        selection
    }
}

/// What one key or place of a set comes from.
enum Collected<'set> {
    /// Fields without directives, with one key; at least one.
    Fields(Vec<&'set Node<Field>>),
    /// Anything else.
    Other(&'set Selection),
}

/// The fragments that a set spreads.
fn reach(set: &SelectionSet, document: &ExecutableDocument, spread: &mut HashSet<String>) {
    for selection in &set.selections {
        match selection {
            Selection::Field(field) => reach(&field.selection_set, document, spread),
            Selection::InlineFragment(fragment) => reach(&fragment.selection_set, document, spread),
            Selection::FragmentSpread(fragment) => {
                if spread.insert(fragment.fragment_name.to_string())
                    && let Some(fragment) = fragment.fragment_def(document)
                {
                    reach(&fragment.selection_set, document, spread);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{DocumentsConfig, GraphqlConfig};
    use crate::graph::documents::Documents;

    const SCHEMA: &str = "interface Node { id: ID! } type Query { a: A node: Node } \
        type A implements Node { id: ID! a: A b(first: Int): Int c: Int }";

    #[track_caller]
    fn check(query: &str, expected: Option<&str>) {
        let limits = (GraphqlConfig::default(), DocumentsConfig::default());
        let documents = Documents::new(SCHEMA, &limits.0, &limits.1).unwrap();
        let document = documents.read(query).unwrap_or_else(|refusal| panic!("{query}: {refusal:?}"));
        let merged = merged(document.checked()).map(|merged| merged.serialize().no_indent().to_string());
        assert_eq!(merged.as_deref(), expected, "{query}");
    }

    #[test]
    fn fields_of_one_key_become_one_field() {
        check("{ a { b } }", None);
        check("{ a { b b } }", None);
        check("{ a { b } x: a { c } }", None);
        check("{ a { b } a { c b } }", Some("{ a { b c } }"));
        check("{ a { a { b } } a { a { c } id } }", Some("{ a { a { b c } id } }"));
        check("{ ...F a { c } } fragment F on Query { a { b(first: 1) } }", Some("{ a { b(first: 1) c } }"));
        check("{ a { b } ... { a { c } } }", Some("{ a { b c } }"));
    }

    #[test]
    fn what_may_be_skipped_or_is_of_another_type_stays_apart() {
        check("query Q($s: Boolean!) { a { b } a @skip(if: $s) { c } }", None);
        check("{ node { ... on A { a { b } } ...F } } fragment F on A { a { c } }", None);
        let query = "{ a { b } a { c } node { ...F } } fragment F on A { id }";
        check(query, Some("{ a { b c } node { ...F } } fragment F on A { id }"));
    }
}
