//! What an operation costs: every field 1, and what stands below a list as often as the list is long.
//!
//! Lengths are known where a list has `first`, `last` or `ids`; other lists are short by nature and count as
//! `graphql.assumed_list_size`, but for the few that are known to be long.

use apollo_compiler::ast::Value as Literal;
use apollo_compiler::executable::{Field, Operation, Selection, SelectionSet};
use apollo_compiler::{ExecutableDocument, Schema, schema::ExtendedType};
use serde_json::{Map, Value};

use super::refusal::Refusal;
use crate::config::GraphqlConfig;
use crate::graph::page;

/// Lists that are long and take no `first`.
const LONG: [(&str, u64); 2] = [("Query.sectors", 400), ("Place.aliases", 10)];
/// The whole schema is answered at once, whatever is asked of it.
const SCHEMA_COST: u64 = 5_000;
/// One type of it.
const TYPE_COST: u64 = 200;

/// An operation with what its request said.
pub(super) struct Costed<'request> {
    pub(super) document: &'request ExecutableDocument,
    pub(super) schema: &'request Schema,
    pub(super) variables: &'request Map<String, Value>,
    pub(super) limits: &'request GraphqlConfig,
}

/// The refusal of a query that costs too much.
pub(super) fn too_much(cost: u64, most: u64) -> Refusal {
    let message = format!(
        "The query costs {cost}; at most {most} is answered (`graphql.max_cost`). Ask for fewer fields or a smaller `first`: what stands below a list costs as often as the list is long."
    );
    Refusal::new("COST_LIMIT", message)
}

impl Costed<'_> {
    /// The cost of an operation.
    ///
    /// # Errors
    /// `COST_LIMIT`, and `PAGE_SIZE` where a page is larger than any answer gives.
    pub(super) fn check(&self, operation: &Operation) -> Result<u64, Refusal> {
        let cost = self.selections(&operation.selection_set, page::DEFAULT_SIZE as u64)?;
        if cost > self.limits.max_cost { Err(too_much(cost, self.limits.max_cost)) } else { Ok(cost) }
    }

    /// `page` is how many items the connection has whose fields these are.
    fn selections(&self, set: &SelectionSet, page: u64) -> Result<u64, Refusal> {
        let mut cost = 0u64;
        for selection in &set.selections {
            let part = match selection {
                Selection::Field(field) => self.field(field, &set.ty, page)?,
                Selection::InlineFragment(fragment) => self.selections(&fragment.selection_set, page)?,
                Selection::FragmentSpread(spread) => match spread.fragment_def(self.document) {
                    Some(fragment) => self.selections(&fragment.selection_set, page)?,
                    None => 0,
                },
            };
            cost = cost.saturating_add(part);
        }
        Ok(cost)
    }

    fn field(&self, field: &Field, parent: &str, page: u64) -> Result<u64, Refusal> {
        match field.name.as_str() {
            "__schema" => return Ok(SCHEMA_COST),
            "__type" => return Ok(TYPE_COST),
            _ => {}
        }
        let asked = self.page_size(field)?;
        if field.selection_set.is_empty() {
            return Ok(1);
        }
        let size = if !field.ty().is_list() {
            1
        } else if is_connection(parent) && matches!(field.name.as_str(), "nodes" | "edges") {
            page
        } else {
            asked.or_else(|| self.ids(field)).unwrap_or_else(|| self.assumed(field, parent))
        };
        let inner = if is_connection(field.ty().inner_named_type()) {
            asked.unwrap_or(page::DEFAULT_SIZE as u64)
        } else if is_connection(parent) && field.name == "edges" {
            page
        } else {
            page::DEFAULT_SIZE as u64
        };
        let below = self.selections(&field.selection_set, inner)?;
        Ok(below.saturating_mul(size).saturating_add(1))
    }

    fn assumed(&self, field: &Field, parent: &str) -> u64 {
        let long = LONG.iter().find(|(name, _)| name.split_once('.') == Some((parent, field.name.as_str())));
        let leaves = matches!(self.schema.types.get(field.ty().inner_named_type()), Some(ExtendedType::Enum(_)));
        if leaves { 1 } else { long.map_or(self.limits.assumed_list_size, |(_, size)| *size) }
    }

    /// `first` or `last`, from the document, the variables or the schema's default.
    fn page_size(&self, field: &Field) -> Result<Option<u64>, Refusal> {
        let mut asked = None;
        for argument in ["first", "last"] {
            let given = field.argument_by_name(argument).ok().and_then(|value| self.integer(value));
            let Some(size) = given else { continue };
            let most = self.limits.max_page_size;
            if size > most {
                let message =
                    format!("`{argument}` is {size}; it must lie between 0 and {most} (`graphql.max_page_size`).");
                let span = field.specified_argument_by_name(argument).and_then(|value| value.location());
                return Err(Refusal::at("PAGE_SIZE", message, span, &self.document.sources));
            }
            asked = Some(asked.unwrap_or(0).max(size));
        }
        Ok(asked)
    }

    /// How many ids or keys are asked for.
    fn ids(&self, field: &Field) -> Option<u64> {
        let named = |name| field.specified_argument_by_name(name);
        // Gateways name as many records as they need at once, too.
        let given = named("ids").or_else(|| named("representations"))?;
        let length = match &**given {
            Literal::List(items) => items.len(),
            Literal::Variable(name) => self.variables.get(name.as_str())?.as_array()?.len(),
            _ => 1,
        };
        Some(length as u64)
    }

    fn integer(&self, value: &Literal) -> Option<u64> {
        match value {
            // A negative page is refused where the list is made.
            Literal::Int(_) => value.to_i32().map(|size| u64::try_from(size).unwrap_or(0)),
            Literal::Variable(name) => {
                self.variables.get(name.as_str()).and_then(Value::as_i64).map(|size| u64::try_from(size).unwrap_or(0))
            }
            _ => None,
        }
    }
}

fn is_connection(type_name: &str) -> bool {
    type_name.ends_with("Connection")
}
