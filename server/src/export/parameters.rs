//! The fields of the query's filter as parameters of an address: read from the schema, so that a new field is one at
//! once.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{BaseType, Type, TypeKind, TypeSystemDefinition};
use async_graphql::{Name, Value};

use super::Fault;

/// The fields of `ProjectFilter`, by name.
pub(super) static FIELDS: LazyLock<BTreeMap<String, Field>> = LazyLock::new(|| {
    let Ok(document) = parse_schema(crate::graph::sdl()) else { return BTreeMap::new() };
    let types = document.definitions.into_iter().filter_map(|definition| match definition {
        TypeSystemDefinition::Type(definition) if definition.node.name.node == "ProjectFilter" => {
            Some(definition.node.kind)
        }
        _ => None,
    });
    let inputs =
        types.filter_map(|kind| if let TypeKind::InputObject(input) = kind { Some(input.fields) } else { None });
    let fields = inputs.flatten().map(|field| (field.node.name.node.to_string(), Field::of(&field.node.ty.node)));
    fields.collect()
});

/// What a field takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    list: bool,
    base: String,
}

impl Field {
    fn of(kind: &Type) -> Self {
        match &kind.base {
            BaseType::Named(name) => Self { list: false, base: name.to_string() },
            BaseType::List(inner) => Self { list: true, ..Self::of(inner) },
        }
    }

    /// The texts of a parameter as the value of the field; a list takes commas, and the parameter several times.
    pub(super) fn value(&self, name: &str, texts: &[String]) -> Result<Value, Fault> {
        if self.list {
            let items = texts.iter().flat_map(|text| text.split(',')).map(str::trim).filter(|text| !text.is_empty());
            return Ok(Value::List(items.map(|text| self.item(name, text)).collect::<Result<_, _>>()?));
        }
        match texts {
            [text] => self.item(name, text),
            _ => Err(Fault::GivenTwice(name.to_owned())),
        }
    }

    fn item(&self, name: &str, text: &str) -> Result<Value, Fault> {
        match (self.base.as_str(), text) {
            ("Boolean", "true") => Ok(Value::Boolean(true)),
            ("Boolean", "false") => Ok(Value::Boolean(false)),
            ("Boolean", _) => Err(Fault::InvalidFilter(format!("`{name}` is `{text}`; write `true` or `false`."))),
            // Enums, ids, dates and decimals each read a text.
            _ => Ok(Value::String(text.to_owned())),
        }
    }
}

/// A value of a filter given as JSON. A filter is flat: its fields hold values and lists of values.
pub(super) fn of_json(name: &str, value: serde_json::Value) -> Result<Value, Fault> {
    use serde_json::Value as Json;
    Ok(match value {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Boolean(value),
        Json::Number(number) => Value::Number(number),
        Json::String(text) => Value::String(text),
        Json::Array(items) => Value::List(items.into_iter().map(|item| of_json(name, item)).collect::<Result<_, _>>()?),
        Json::Object(_) => {
            return Err(Fault::InvalidFilter(format!("`{name}` in `filter` is an object; it takes values and lists.")));
        }
    })
}

/// The fields as one input value.
pub(super) fn input(fields: BTreeMap<String, Value>) -> Value {
    Value::Object(fields.into_iter().map(|(name, value)| (Name::new(name), value)).collect())
}
