//! The shape of a document as it was written: aliases, directives, depth and fields, with fragments put in their places.
//!
//! It is looked at before validation, whose work grows faster than the document. Each fragment is measured once, so a
//! fragment that spreads others many times over costs no more to refuse than to write.

use std::collections::{HashMap, HashSet};

use apollo_compiler::ast::{Definition, Document, FragmentDefinition, Selection};

use super::refusal::Refusal;
use crate::config::GraphqlConfig;

/// How deep and how large a selection is, with its fragments in their places.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Extent {
    depth: usize,
    fields: u64,
    root_fields: usize,
}

/// Refuses a document whose shape is over a limit.
pub(super) fn check(document: &Document, limits: &GraphqlConfig) -> Result<(), Refusal> {
    let counts = Counts::of(document);
    limited("ALIAS_LIMIT", "aliases", counts.aliases, limits.max_aliases, "graphql.max_aliases")?;
    limited("DIRECTIVE_LIMIT", "directives", counts.directives, limits.max_directives, "graphql.max_directives")?;
    let repeated = counts.repeated;
    limited(
        "REPETITION_LIMIT",
        "repeated fields",
        repeated,
        limits.max_repeated_fields,
        "graphql.max_repeated_fields",
    )?;
    let mut measured = Measured::new(document);
    for definition in &document.definitions {
        let Definition::OperationDefinition(operation) = definition else { continue };
        let extent = measured.extent(&operation.selection_set);
        let roots = extent.root_fields;
        limited("ROOT_FIELD_LIMIT", "fields at its root", roots, limits.max_root_fields, "graphql.max_root_fields")?;
        if extent.depth > limits.max_depth {
            let (depth, most) = (extent.depth, limits.max_depth);
            let message = format!(
                "The query is {depth} fields deep; at most {most} are answered (`graphql.max_depth`). Ask for inner parts by `node(id:)`."
            );
            return Err(Refusal::new("DEPTH_LIMIT", message));
        }
        if extent.fields > limits.max_cost {
            return Err(super::cost::too_much(extent.fields, limits.max_cost));
        }
    }
    Ok(())
}

fn limited(code: &'static str, what: &str, count: usize, most: usize, setting: &str) -> Result<(), Refusal> {
    if count <= most {
        return Ok(());
    }
    let message =
        format!("The document has {count} {what}; at most {most} are answered (`{setting}`). Ask in several requests.");
    Err(Refusal::new(code, message))
}

/// What is counted as written, each fragment once.
#[derive(Default)]
struct Counts {
    aliases: usize,
    directives: usize,
    /// Fields that stand beside another of the same key, and add nothing to the answer but work.
    repeated: usize,
}

impl Counts {
    fn of(document: &Document) -> Self {
        let mut counts = Self::default();
        for definition in &document.definitions {
            counts.directives += definition.directives().len();
            match definition {
                Definition::OperationDefinition(operation) => {
                    counts.directives +=
                        operation.variables.iter().map(|variable| variable.directives.len()).sum::<usize>();
                    counts.add(&operation.selection_set);
                }
                Definition::FragmentDefinition(fragment) => counts.add(&fragment.selection_set),
                _ => {}
            }
        }
        counts
    }

    fn add(&mut self, selections: &[Selection]) {
        let fields = selections.iter().filter_map(Selection::as_field);
        let keys: HashSet<&str> = fields.clone().map(|field| field.response_name().as_str()).collect();
        self.repeated += fields.count() - keys.len();
        for selection in selections {
            match selection {
                Selection::Field(field) => {
                    self.aliases += usize::from(field.alias.is_some());
                    self.directives += field.directives.len();
                    self.add(&field.selection_set);
                }
                Selection::FragmentSpread(spread) => self.directives += spread.directives.len(),
                Selection::InlineFragment(fragment) => {
                    self.directives += fragment.directives.len();
                    self.add(&fragment.selection_set);
                }
            }
        }
    }
}

/// The extent of each fragment, once it is known; `None` while it is being measured.
struct Measured<'document> {
    fragments: HashMap<&'document str, &'document FragmentDefinition>,
    extents: HashMap<&'document str, Option<Extent>>,
}

impl<'document> Measured<'document> {
    fn new(document: &'document Document) -> Self {
        let fragments = document.definitions.iter().filter_map(Definition::as_fragment_definition);
        let fragments = fragments.map(|fragment| (fragment.name.as_str(), &**fragment)).collect();
        Self { fragments, extents: HashMap::new() }
    }

    fn extent(&mut self, selections: &'document [Selection]) -> Extent {
        let mut whole = Extent::default();
        for selection in selections {
            let part = match selection {
                Selection::Field(field) => {
                    let below = self.extent(&field.selection_set);
                    Extent { depth: below.depth + 1, fields: below.fields.saturating_add(1), root_fields: 1 }
                }
                Selection::FragmentSpread(spread) => self.fragment(&spread.fragment_name),
                Selection::InlineFragment(fragment) => self.extent(&fragment.selection_set),
            };
            whole = Extent {
                depth: whole.depth.max(part.depth),
                fields: whole.fields.saturating_add(part.fields),
                root_fields: whole.root_fields.saturating_add(part.root_fields),
            };
        }
        whole
    }

    /// A fragment's extent. One that spreads itself, or that there is not, has none here: validation refuses it.
    fn fragment(&mut self, name: &str) -> Extent {
        let Some(fragment) = self.fragments.get(name).copied() else { return Extent::default() };
        let name = fragment.name.as_str();
        if let Some(known) = self.extents.get(name) {
            return known.unwrap_or_default();
        }
        self.extents.insert(name, None);
        let extent = self.extent(&fragment.selection_set);
        self.extents.insert(name, Some(extent));
        extent
    }
}
