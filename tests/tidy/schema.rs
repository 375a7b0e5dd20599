//! The public schema speaks to who uses it: every part of it is described, and names follow one habit.

use async_graphql::Positioned;
use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    FieldDefinition, InputValueDefinition, TypeDefinition, TypeKind, TypeSystemDefinition,
};

use crate::tree::{none, read};

fn types() -> Vec<TypeDefinition> {
    let document = parse_schema(read("schema.graphql")).expect("schema.graphql is SDL");
    let types = document.definitions.into_iter().filter_map(|definition| match definition {
        TypeSystemDefinition::Type(definition) => Some(definition.node),
        _ => None,
    });
    types.collect()
}

fn undescribed(path: &str, description: Option<&Positioned<String>>, faults: &mut Vec<String>) {
    if description.is_none_or(|text| text.node.trim().is_empty()) {
        faults.push(format!(
            "schema.graphql: {path} has no description: say what it is, in which unit, and what null means"
        ));
    }
}

fn inputs(of: &str, values: &[Positioned<InputValueDefinition>], faults: &mut Vec<String>) {
    for value in values {
        let path = format!("{of}.{}", value.node.name.node);
        undescribed(&path, value.node.description.as_ref(), faults);
    }
}

fn fields(of: &str, fields: &[Positioned<FieldDefinition>], faults: &mut Vec<String>) {
    for field in fields {
        let path = format!("{of}.{}", field.node.name.node);
        undescribed(&path, field.node.description.as_ref(), faults);
        inputs(&path, &field.node.arguments, faults);
    }
}

#[test]
fn every_type_field_argument_and_value_is_described() {
    let (types, mut faults) = (types(), Vec::new());
    assert!(types.len() > 50, "only {} types were read", types.len());
    for definition in &types {
        let name = definition.name.node.as_str();
        undescribed(name, definition.description.as_ref(), &mut faults);
        match &definition.kind {
            TypeKind::Object(object) => fields(name, &object.fields, &mut faults),
            TypeKind::Interface(interface) => fields(name, &interface.fields, &mut faults),
            TypeKind::InputObject(object) => inputs(name, &object.fields, &mut faults),
            TypeKind::Enum(values) => {
                for value in &values.values {
                    let path = format!("{name}.{}", value.node.value.node);
                    undescribed(&path, value.node.description.as_ref(), &mut faults);
                }
            }
            TypeKind::Scalar | TypeKind::Union(_) => {}
        }
    }
    none(&faults);
}

#[test]
fn enum_values_are_written_in_capitals_and_fields_in_camel_case() {
    let mut faults = Vec::new();
    for definition in types() {
        let name = definition.name.node.as_str();
        if let TypeKind::Enum(values) = &definition.kind {
            let odd = values.values.iter().map(|value| value.node.value.node.as_str());
            let odd = odd.filter(|value| value.chars().any(char::is_lowercase));
            faults.extend(odd.map(|value| format!("schema.graphql: {name}.{value}: values are in capitals")));
        }
        if let TypeKind::Object(object) = &definition.kind {
            let names = object.fields.iter().map(|field| field.node.name.node.as_str());
            // ISO 3166-2 keeps its hyphen as an underscore; `_entities` and `_service` are Federation's own.
            let odd = names.filter(|field| field.contains('_') && *field != "iso3166_2" && !field.starts_with('_'));
            faults.extend(odd.map(|field| format!("schema.graphql: {name}.{field}: fields are in camel case")));
        }
    }
    none(&faults);
}
