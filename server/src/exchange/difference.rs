//! What one record says otherwise than another, field by field.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::{Map, Value};

/// How much of a value a sentence shows.
const SHOWN: usize = 80;

/// A record as a seed file has it: without its id and without what is not stated.
pub(super) fn body(record: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(record) {
        Ok(Value::Object(fields)) => {
            fields.into_iter().filter_map(|(name, value)| Some((name, stated(value)?))).collect()
        }
        _ => Map::new(),
    }
}

fn stated(value: Value) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::Array(items) => Some(items.into_iter().filter_map(stated).collect()),
        Value::Object(fields) => {
            Some(Value::Object(fields.into_iter().filter_map(|(name, value)| Some((name, stated(value)?))).collect()))
        }
        other => Some(other),
    }
}

/// What differs, each with its field: `state: "UNKNOWN" -> "ACTIVE"`, `parties[1].place: nothing -> "PL633"`. Of lists of
/// different lengths it is said how long they are.
pub(super) fn differences(before: &impl Serialize, after: &impl Serialize) -> Vec<String> {
    let mut found = Vec::new();
    compare("", &Value::Object(body(before)), &Value::Object(body(after)), &mut found);
    found
}

fn compare(at: &str, before: &Value, after: &Value, found: &mut Vec<String>) {
    match (before, after) {
        (before, after) if before == after => {}
        (Value::Object(before), Value::Object(after)) => {
            let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
            for name in names {
                let field = if at.is_empty() { name.clone() } else { format!("{at}.{name}") };
                let value = |fields: &Map<String, Value>| fields.get(name).cloned().unwrap_or(Value::Null);
                compare(&field, &value(before), &value(after), found);
            }
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            for (nth, (before, after)) in before.iter().zip(after).enumerate() {
                compare(&format!("{at}[{nth}]"), before, after, found);
            }
        }
        (Value::Array(before), Value::Array(after)) => {
            found.push(format!("{at}: {} entries -> {} entries", before.len(), after.len()));
        }
        _ => found.push(format!("{at}: {} -> {}", shown(before), shown(after))),
    }
}

fn shown(value: &Value) -> String {
    if value.is_null() {
        return "nothing".to_owned();
    }
    let text = value.to_string();
    if text.chars().count() <= SHOWN { text } else { text.chars().take(SHOWN).chain(['…']).collect() }
}
