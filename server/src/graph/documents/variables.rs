//! Variables, brought into the types that an operation declares: `CoerceVariableValues` of the specification.
//!
//! Numbers are exact here, as they were sent: `1.0` is an integer and `1e2` is one, `1.5` is none, and a decimal of forty
//! digits keeps them.

use apollo_compiler::Schema;
use apollo_compiler::ast::{Type, Value as Literal};
use apollo_compiler::executable::{Operation, VariableDefinition};
use apollo_compiler::parser::SourceMap;
use apollo_compiler::schema::{EnumType, ExtendedType, InputObjectType};
use serde_json::{Map, Number, Value};

use super::refusal::{Code, Reason, Refusal, Step, location};

/// Most problems that one refusal lists.
const MOST_REASONS: usize = 50;

/// The variables that an operation declares, coerced, with defaults; others are left out.
///
/// # Errors
/// `BAD_USER_INPUT` with every variable that does not fit.
pub(super) fn coerced(
    schema: &Schema,
    operation: &Operation,
    sources: &SourceMap,
    given: &Map<String, Value>,
) -> Result<Map<String, Value>, Refusal> {
    let (mut coerced, mut reasons) = (Map::new(), Vec::new());
    for definition in &operation.variables {
        let mut problems = Vec::new();
        if let Some(value) = of_definition(schema, definition, given, &mut problems) {
            coerced.insert(definition.name.to_string(), value);
        }
        let place = location(definition.location(), sources);
        reasons.extend(problems.into_iter().map(|message| Reason {
            message,
            locations: place.into_iter().collect(),
            extensions: Code { code: "BAD_USER_INPUT" },
        }));
    }
    reasons.truncate(MOST_REASONS);
    if reasons.is_empty() { Ok(coerced) } else { Err(Refusal { step: Step::Validation, reasons }) }
}

fn of_definition(
    schema: &Schema,
    definition: &VariableDefinition,
    given: &Map<String, Value>,
    problems: &mut Vec<String>,
) -> Option<Value> {
    let (name, ty) = (&definition.name, &definition.ty);
    match (given.get(name.as_str()), &definition.default_value) {
        (Some(value), _) => {
            let at = format!("${name}");
            let mut coercion = Coercion { schema, problems };
            coercion.value(value, ty, &at)
        }
        (None, Some(default)) => Some(literal(default)),
        (None, None) if ty.is_non_null() => {
            problems.push(format!("Variable ${name} of type {ty} is required and was not given."));
            None
        }
        (None, None) => None,
    }
}

/// A constant of the document as JSON. Names of enum values become strings, as variables have them.
fn literal(value: &Literal) -> Value {
    match value {
        Literal::Null | Literal::Variable(_) => Value::Null,
        Literal::Enum(name) => Value::String(name.to_string()),
        Literal::String(text) => Value::String(text.clone()),
        Literal::Boolean(value) => Value::Bool(*value),
        Literal::Int(number) => number.as_str().parse().map_or(Value::Null, Value::Number),
        Literal::Float(number) => number.as_str().parse().map_or(Value::Null, Value::Number),
        Literal::List(items) => Value::Array(items.iter().map(|item| literal(item)).collect()),
        Literal::Object(fields) => {
            Value::Object(fields.iter().map(|(name, value)| (name.to_string(), literal(value))).collect())
        }
    }
}

struct Coercion<'schema> {
    schema: &'schema Schema,
    problems: &'schema mut Vec<String>,
}

impl Coercion<'_> {
    fn problem(&mut self, at: &str, what: &str) -> Option<Value> {
        if self.problems.len() < MOST_REASONS {
            self.problems.push(format!("{at}: {what}"));
        }
        None
    }

    /// The value as this type has it; `None` after a problem was noted.
    fn value(&mut self, value: &Value, ty: &Type, at: &str) -> Option<Value> {
        match (ty, value) {
            (Type::NonNullNamed(_) | Type::NonNullList(_), Value::Null) => {
                self.problem(at, &format!("null is not taken, {ty} is expected."))
            }
            (_, Value::Null) => Some(Value::Null),
            (Type::List(item) | Type::NonNullList(item), Value::Array(items)) => {
                let mut coerced = Vec::with_capacity(items.len());
                for (index, value) in items.iter().enumerate() {
                    coerced.push(self.value(value, item, &format!("{at}[{index}]")));
                }
                coerced.into_iter().collect::<Option<_>>().map(Value::Array)
            }
            // One item stands for a list of one.
            (Type::List(item) | Type::NonNullList(item), single) => {
                self.value(single, item, at).map(|value| Value::Array(vec![value]))
            }
            (Type::Named(name) | Type::NonNullNamed(name), value) => match self.schema.types.get(name) {
                Some(ExtendedType::InputObject(object)) => self.object(value, object, at),
                Some(ExtendedType::Enum(values)) => self.name_of(value, values, at),
                _ => self.scalar(value, name, at),
            },
        }
    }

    fn scalar(&mut self, value: &Value, name: &str, at: &str) -> Option<Value> {
        let coerced = match (name, value) {
            ("Int", Value::Number(number)) => {
                integer(number).filter(|integer| i32::try_from(*integer).is_ok()).map(Value::from)
            }
            ("Float", Value::Number(number)) => {
                number.as_f64().filter(|number| number.is_finite()).map(|_| value.clone())
            }
            ("String", Value::String(_)) | ("ID", Value::String(_)) | ("Boolean", Value::Bool(_)) => {
                Some(value.clone())
            }
            ("ID", Value::Number(number)) => integer(number).map(|id| Value::String(id.to_string())),
            ("Int" | "Float" | "String" | "ID" | "Boolean", _) => None,
            // The hub's own scalars are read where they are used, exactly as they were sent.
            _ => return Some(value.clone()),
        };
        coerced.or_else(|| self.problem(at, &format!("{} is not taken, {name} is expected.", shown(value))))
    }

    fn name_of(&mut self, value: &Value, values: &EnumType, at: &str) -> Option<Value> {
        if value.as_str().is_some_and(|name| values.values.contains_key(name)) {
            return Some(value.clone());
        }
        let what = format!("{} is not taken, a value of {} is expected.", shown(value), values.name);
        self.problem(at, &what)
    }

    fn object(&mut self, value: &Value, object: &InputObjectType, at: &str) -> Option<Value> {
        let Value::Object(given) = value else {
            return self.problem(at, &format!("{} is not taken, {} is expected.", shown(value), object.name));
        };
        let (mut coerced, mut whole) = (Map::new(), true);
        for (name, field) in &object.fields {
            let place = format!("{at}.{name}");
            let value = match (given.get(name.as_str()), &field.default_value) {
                (Some(value), _) => self.value(value, &field.ty, &place),
                (None, Some(default)) => Some(literal(default)),
                (None, None) if field.ty.is_non_null() => {
                    self.problem(&place, &format!("{} is required and was not given.", field.ty))
                }
                (None, None) => continue,
            };
            whole &= value.is_some();
            coerced.extend(value.map(|value| (name.to_string(), value)));
        }
        for unknown in given.keys().filter(|name| !object.fields.contains_key(name.as_str())) {
            whole = false;
            self.problem(at, &format!("{} has no field `{}`.", object.name, cut(unknown)));
        }
        if object.directives.has("oneOf") && (given.len() != 1 || given.values().any(Value::is_null)) {
            whole = false;
            self.problem(at, &format!("exactly one field of {} must be given, and not null.", object.name));
        }
        whole.then_some(Value::Object(coerced))
    }
}

/// The integer that a number is, however it is written; `None` for a fraction and for what no client could mean exactly.
fn integer(number: &Number) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "the bound is checked before")]
    number.as_i64().or_else(|| {
        let float = number.as_f64().filter(|float| float.fract() == 0.0 && float.abs() <= 9_007_199_254_740_991.0)?;
        Some(float as i64)
    })
}

/// A value as a message shows it.
fn shown(value: &Value) -> String {
    format!("`{}`", cut(&value.to_string()))
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
