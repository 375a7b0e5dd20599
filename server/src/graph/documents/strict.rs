//! Where the validator and graphql-js differ: what it leaves is checked here, and what it refuses alone is taken.
//!
//! graphql-js is what clients and their tools validate with, so a document means the same there and here. The tests hold
//! some hundred documents to its verdicts.

use std::collections::BTreeSet;

use apollo_compiler::Name;
use apollo_compiler::ast::{Type, Value as Literal};
use apollo_compiler::executable::{Operation, Selection, SelectionSet, VariableDefinition};
use apollo_compiler::schema::{ExtendedType, InputObjectType, InputValueDefinition};
use apollo_compiler::validation::{DiagnosticData, DiagnosticList};
use apollo_compiler::{ExecutableDocument, Node, Schema};

use super::refusal::{Code, Reason, location};

/// What the validator found and graphql-js does not mind: a subscription that names its one field twice, and a float
/// beyond the range of its type.
pub(super) fn is_taken(found: &DiagnosticData, document: &ExecutableDocument) -> bool {
    match found.unstable_error_name() {
        Some("SubscriptionUsesMultipleFields") => document.operations.iter().all(|operation| {
            let keys: BTreeSet<_> = operation.root_fields(document).map(|field| field.response_key()).collect();
            !operation.is_subscription() || keys.len() < 2
        }),
        Some("FloatCoercionError") => true,
        _ => false,
    }
}

/// Whether nothing else was found than what is taken.
pub(super) fn are_taken(errors: &DiagnosticList, document: &ExecutableDocument) -> bool {
    errors.iter().all(|found| is_taken(found.error, document))
}

/// The reasons against a document that the validator takes.
pub(super) fn reasons(schema: &Schema, document: &ExecutableDocument) -> Vec<Reason> {
    let mut check = Check { schema, document, operation: None, spread: BTreeSet::new(), reasons: Vec::new() };
    for operation in document.operations.iter() {
        check.operation = Some(operation);
        check.spread.clear();
        for variable in &operation.variables {
            if let Some(default) = &variable.default_value {
                check.value(default, &variable.ty, None);
            }
        }
        check.directives(&operation.directives);
        check.selections(&operation.selection_set);
    }
    check.reasons
}

struct Check<'document> {
    schema: &'document Schema,
    document: &'document ExecutableDocument,
    operation: Option<&'document Operation>,
    /// The fragments that this operation has reached.
    spread: BTreeSet<&'document str>,
    reasons: Vec<Reason>,
}

impl<'document> Check<'document> {
    fn refuse(&mut self, value: &Node<Literal>, message: String) {
        let locations = location(value.location(), &self.document.sources).into_iter().collect();
        let reason = Reason { message, locations, extensions: Code { code: super::INVALID } };
        // A fragment is looked at once for each operation, since its variables are theirs.
        if !self.reasons.contains(&reason) {
            self.reasons.push(reason);
        }
    }

    fn selections(&mut self, set: &'document SelectionSet) {
        for selection in &set.selections {
            self.directives(selection.directives());
            match selection {
                Selection::Field(field) => {
                    for argument in &field.arguments {
                        if let Some(definition) = field.definition.argument_by_name(&argument.name) {
                            self.value(&argument.value, &definition.ty, definition.default_value.as_deref());
                        }
                    }
                    self.selections(&field.selection_set);
                }
                Selection::InlineFragment(fragment) => self.selections(&fragment.selection_set),
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = spread.fragment_def(self.document)
                        && self.spread.insert(fragment.name.as_str())
                    {
                        self.selections(&fragment.selection_set);
                    }
                }
            }
        }
    }

    fn directives(&mut self, directives: &apollo_compiler::executable::DirectiveList) {
        for directive in directives.iter() {
            let Some(definition) = self.schema.directive_definitions.get(&directive.name) else { continue };
            for argument in &directive.arguments {
                let known = definition.arguments.iter().find(|known| known.name == argument.name);
                if let Some(known) = known {
                    self.value(&argument.value, &known.ty, known.default_value.as_deref());
                }
            }
        }
    }

    fn value(&mut self, value: &Node<Literal>, ty: &Type, default: Option<&Literal>) {
        match &**value {
            Literal::Variable(name) => self.variable(value, name, ty, default.is_some()),
            Literal::List(items) => {
                for item in items {
                    self.value(item, ty.item_type(), None);
                }
            }
            Literal::Object(fields) => {
                let Some(ExtendedType::InputObject(object)) = self.schema.types.get(ty.inner_named_type()) else {
                    return;
                };
                for (name, field) in fields {
                    if let Some(definition) = object.fields.get(name) {
                        let definition: &InputValueDefinition = definition;
                        self.value(field, &definition.ty, definition.default_value.as_deref());
                    }
                }
                self.fields_once(value, fields, object);
                self.one_of(value, fields, object);
            }
            _ => {}
        }
    }

    /// A variable stands only where its type may stand, within lists and input objects, too.
    fn variable(&mut self, value: &Node<Literal>, name: &Name, expected: &Type, has_default: bool) {
        let Some(operation) = self.operation else { return };
        let Some(declared) = operation.variables.iter().find(|variable| variable.name == *name) else { return };
        if !may_stand(declared, expected, has_default) {
            let message = format!(
                "Variable `${name}` of type `{}` is used in a position that expects type `{expected}`.",
                declared.ty
            );
            self.refuse(value, message);
        }
    }

    fn fields_once(&mut self, value: &Node<Literal>, fields: &[(Name, Node<Literal>)], object: &InputObjectType) {
        let names: BTreeSet<_> = fields.iter().map(|(name, _)| name).collect();
        if names.len() < fields.len() {
            self.refuse(value, format!("A field of `{}` is given twice.", object.name));
        }
    }

    /// Of an input object with `@oneOf`, exactly one field is given, and not as null.
    fn one_of(&mut self, value: &Node<Literal>, fields: &[(Name, Node<Literal>)], object: &InputObjectType) {
        if !object.directives.has("oneOf") {
            return;
        }
        match fields {
            [(field, given)] if given.is_null() => {
                self.refuse(value, format!("Field `{}.{field}` must not be null.", object.name));
            }
            [_] => {}
            _ => self.refuse(value, format!("Exactly one field of `{}` must be given.", object.name)),
        }
    }
}

/// `IsVariableUsageAllowed` of the specification.
fn may_stand(declared: &VariableDefinition, expected: &Type, has_default: bool) -> bool {
    if !expected.is_non_null() || declared.ty.is_non_null() {
        return declared.ty.is_assignable_to(expected);
    }
    let never_null = declared.default_value.as_ref().is_some_and(|default| !default.is_null());
    (never_null || has_default) && declared.ty.is_assignable_to(&expected.clone().nullable())
}
