//! Whether an answer is as expected, where a document leaves open what changes from run to run.

use serde_json::Value;

/// Any value that is there.
const ANY: &str = "…";

/// Where an answer differs, by path; nothing where it is as expected.
pub(crate) fn difference(expected: &Value, got: &Value) -> Option<String> {
    differs("", expected, got)
}

fn differs(path: &str, expected: &Value, got: &Value) -> Option<String> {
    match (expected, got) {
        (Value::String(any), got) if any == ANY => got.is_null().then(|| format!("{path}: nothing is there")),
        (Value::Object(expected), Value::Object(got)) => {
            let missing = expected.keys().find(|key| !got.contains_key(*key));
            let more = got.keys().find(|key| !expected.contains_key(*key));
            if let Some(key) = missing {
                return Some(format!("{path}.{key}: is missing"));
            }
            if let Some(key) = more {
                return Some(format!("{path}.{key}: is not expected: {}", got[key]));
            }
            expected.iter().find_map(|(key, value)| differs(&format!("{path}.{key}"), value, &got[key]))
        }
        (Value::Array(expected), Value::Array(got)) => {
            // A list that ends with `…` may go on.
            let open = expected.last().is_some_and(|last| last == ANY) && expected.len() != got.len();
            let expected = if open { &expected[..expected.len() - 1] } else { &expected[..] };
            if got.len() < expected.len() || (!open && got.len() > expected.len()) {
                return Some(format!("{path}: {} entries, not {}", got.len(), expected.len()));
            }
            let pairs = expected.iter().zip(got).enumerate();
            pairs.map(|(at, (expected, got))| differs(&format!("{path}[{at}]"), expected, got)).find_map(|found| found)
        }
        (expected, got) if expected == got => None,
        (expected, got) => Some(format!("{path}: {got}, not {expected}")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::difference;

    #[test]
    fn what_differs_is_named_by_its_path() {
        let expected = json!({ "data": { "nodes": [{ "id": "a", "at": "…" }] } });
        let answer = |id: &str| json!({ "data": { "nodes": [{ "id": id, "at": "2026-11-23" }] } });
        assert_eq!(difference(&expected, &answer("a")), None);
        assert_eq!(difference(&expected, &answer("b")).as_deref(), Some(".data.nodes[0].id: \"b\", not \"a\""));
    }

    #[test]
    fn more_or_less_than_expected_is_a_difference() {
        assert!(difference(&json!([1]), &json!([1, 2])).is_some());
        assert!(difference(&json!([1, "…"]), &json!([1, 2, 3])).is_none());
        assert!(difference(&json!([1, 2, "…"]), &json!([1])).is_some());
        assert!(difference(&json!({ "a": "…" }), &json!({ "a": null })).is_some());
        assert!(difference(&json!({}), &json!({ "errors": [] })).is_some());
    }
}
