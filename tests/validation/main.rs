//! Documents and variables that the hub refuses or takes, each with the verdict of graphql-js, which is the reference.
//!
//! The verdicts are committed, and `tests/node/validation.mjs` holds them to graphql-js itself.

use serde::Deserialize;
use serde_json::{Map, Value};
use server::config::{DocumentsConfig, GraphqlConfig};
use server::graph::documents::{Documents, Refusal, Step};

/// One request with the verdict of graphql-js.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Case {
    rule: String,
    query: String,
    /// JSON text, so that `1.0` stays what it is.
    variables: Option<String>,
    operation_name: Option<String>,
    verdict: String,
}

fn cases() -> Vec<Case> {
    serde_json::from_str(include_str!("./documents.json")).expect("a list of cases")
}

fn documents() -> Documents {
    let schema = include_str!("./schema.graphql");
    Documents::new(schema, &GraphqlConfig::default(), &DocumentsConfig::default()).expect("a valid schema")
}

/// The step that refuses the request, in the words of the committed verdicts.
fn verdict(documents: &Documents, case: &Case) -> (&'static str, String) {
    let variables: Map<String, Value> =
        case.variables.as_deref().map_or_else(Map::new, |text| serde_json::from_str(text).expect("JSON"));
    let document = match documents.read(&case.query) {
        Ok(document) => document,
        Err(refusal) if refusal.step == Step::Syntax => return ("syntax", messages(&refusal)),
        Err(refusal) => return ("validation", messages(&refusal)),
    };
    match documents.admit(&document, case.operation_name.as_deref(), &variables) {
        Ok(_) => ("valid", String::new()),
        Err(refusal) if refusal.reasons[0].extensions.code == "OPERATION_RESOLUTION_FAILURE" => {
            ("operation", messages(&refusal))
        }
        Err(refusal) => ("variables", messages(&refusal)),
    }
}

fn messages(refusal: &Refusal) -> String {
    let messages: Vec<_> =
        refusal.reasons.iter().map(|reason| format!("{}: {}", reason.extensions.code, reason.message)).collect();
    messages.join("; ")
}

#[test]
fn every_document_has_the_verdict_of_graphql_js() {
    let (documents, cases) = (documents(), cases());
    let mut differences = Vec::new();
    for case in &cases {
        let (own, why) = verdict(&documents, case);
        if own != case.verdict {
            differences.push(format!(
                "{}: {:?} {:?}\n    graphql-js {}, the hub {own} {why}",
                case.rule, case.query, case.variables, case.verdict
            ));
        }
    }
    assert!(cases.len() >= 500, "{} documents are too few", cases.len());
    assert!(differences.is_empty(), "{} of {}:\n{}", differences.len(), cases.len(), differences.join("\n"));
}

#[test]
fn a_verdict_is_the_same_the_second_time() {
    let documents = documents();
    for case in cases().iter().filter(|case| case.verdict != "valid").take(50) {
        assert_eq!(verdict(&documents, case), verdict(&documents, case), "{}", case.query);
    }
}
