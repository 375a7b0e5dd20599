//! Hints for caches: what the parts of an answer stand on, by their types. Of all parts the least lasting counts.

use apollo_compiler::ExecutableDocument;
use apollo_compiler::executable::{Operation, Selection, SelectionSet};

/// What an answer stands on, the least lasting first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StandsOn {
    /// Records that can be changed at any moment.
    Records,
    /// What partners publish: it changes when a source is read anew.
    Sources,
    /// What is built into this version of the hub: code lists and the schema itself.
    Reference,
}

const REFERENCE: [&str; 2] = ["Sector", "PageInfo"];
/// The Alliance's records, and what stands on people's decisions about links.
const RECORDS: [&str; 17] = [
    "Member",
    "Partnership",
    "PartnershipParty",
    "Need",
    "Offer",
    "Event",
    "Principle",
    "Call",
    "Match",
    "GapScore",
    "GapPart",
    "ProjectLink",
    "CofinancingGroup",
    "FinanceSummary",
    "Reconciliation",
    "ReconciledPair",
    "FrozenAnswer",
];

/// What an operation's answer stands on.
#[must_use]
pub fn stands_on(operation: &Operation, document: &ExecutableDocument) -> StandsOn {
    let mut least = StandsOn::Reference;
    below(&operation.selection_set, document, &mut least);
    // The root itself stands on nothing; a field that answers a plain value there may stand on anything.
    let plain =
        operation.root_fields(document).any(|field| field.selection_set.is_empty() && field.name != "__typename");
    if plain { least.min(StandsOn::Sources) } else { least }
}

fn below(set: &SelectionSet, document: &ExecutableDocument, least: &mut StandsOn) {
    for selection in &set.selections {
        match selection {
            Selection::Field(field) => {
                if !field.selection_set.is_empty() {
                    *least = (*least).min(of_type(field.ty().inner_named_type()));
                    below(&field.selection_set, document, least);
                }
            }
            Selection::InlineFragment(fragment) => {
                *least = (*least).min(of_type(&fragment.selection_set.ty));
                below(&fragment.selection_set, document, least);
            }
            Selection::FragmentSpread(spread) => {
                if let Some(fragment) = spread.fragment_def(document) {
                    *least = (*least).min(of_type(&fragment.selection_set.ty));
                    below(&fragment.selection_set, document, least);
                }
            }
        }
    }
}

/// A type without a hint stands on the sources: what the hub joins, it joins with them.
fn of_type(name: &str) -> StandsOn {
    let base = name.strip_suffix("Connection").or_else(|| name.strip_suffix("Edge")).unwrap_or(name);
    if base.starts_with("__") || matches!(base, "Query" | "Mutation") || REFERENCE.contains(&base) {
        StandsOn::Reference
    } else if RECORDS.contains(&base) {
        StandsOn::Records
    } else {
        StandsOn::Sources
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{DocumentsConfig, GraphqlConfig};
    use crate::graph::documents::Documents;

    #[track_caller]
    fn check(query: &str, expected: StandsOn) {
        let limits = (GraphqlConfig::default(), DocumentsConfig::default());
        let documents = Documents::new(&crate::graph::sdl(), &limits.0, &limits.1).unwrap();
        let document = documents.read(query).unwrap_or_else(|refusal| panic!("{query}: {refusal:?}"));
        assert_eq!(stands_on(document.operation(None).unwrap(), document.checked()), expected, "{query}");
    }

    #[test]
    fn the_least_lasting_part_counts() {
        check("{ __typename }", StandsOn::Reference);
        check("{ sectors { code } __schema { queryType { name } } }", StandsOn::Reference);
        check("{ projects { totalCount } sectors { code } }", StandsOn::Sources);
        check("{ place(id: \"UA\") { name } }", StandsOn::Sources);
        check("{ members { totalCount } sectors { code } }", StandsOn::Records);
        check("{ projects { nodes { locations { place { members { totalCount } } } } } }", StandsOn::Records);
        check("{ ...F } fragment F on Query { node(id: \"x\") { ... on Member { id } } }", StandsOn::Records);
    }
}
