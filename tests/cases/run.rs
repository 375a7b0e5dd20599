//! Documents asked of a real hub.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::document::{Asker, Document, Setting};
use crate::expected::difference;
use crate::hub::{Hub, Machine};
use crate::stand_in::{Conduct, Partners};

const SOURCES: &str = "{ hub { sources { id state partner { id } } } }";

/// Asks all documents of one setting; gives what does not hold.
pub(crate) async fn all(setting: &Setting, documents: &[Document]) -> Vec<String> {
    let (_partners, machine, hub) = open(setting).await;
    let (mut faults, mut tokens) = (Vec::new(), BTreeMap::new());
    for document in documents {
        let mut kept = BTreeMap::new();
        for question in &document.questions {
            let token = match &question.asked_by {
                Some(asker) => Some(token_of(&machine, asker, &mut tokens).await),
                None => None,
            };
            let variables = filled(&question.variables, &kept);
            let answer = hub.ask_as(token.as_deref(), &question.query, &variables).await;
            if let Some(difference) = difference(&question.answer, &answer) {
                let (name, line) = (&document.name, question.line);
                faults.push(format!("tests/cases/{name}:{line}: {difference}\nthe whole answer: {answer:#}"));
                break;
            }
            if let Some(name) = &question.kept_as {
                kept.insert(name.clone(), answer);
            }
        }
    }
    hub.stop().await;
    faults
}

/// A hub whose partners have met it as the document says. Partners that are not named are away, so that the baseline
/// answers.
async fn open(setting: &Setting) -> (Partners, Machine, Hub) {
    let first = |id: &str| setting.partners.get(id).map_or(Conduct::Closed, |(first, _)| *first);
    let partners = Partners::each(first).await;
    let mut machine = Machine::fresh(&partners);
    for (key, value) in &setting.settings {
        machine = machine.set(key, value);
    }
    let turned: Vec<&str> =
        setting.partners.iter().filter(|(_, (first, then))| first != then).map(|(id, _)| id.as_str()).collect();
    if !turned.is_empty() {
        let names: Vec<&str> = setting.partners.keys().map(String::as_str).collect();
        let ran = machine.run(&[&["harvest"], names.as_slice()].concat()).await;
        assert_eq!(ran.code(), Some(0), "{}", ran.said());
        for id in &turned {
            partners.get(id).turn(setting.partners[*id].1);
            machine = machine.set(&format!("PARTNERS__{}__MAX_AGE_MINUTES", id.to_uppercase()), "0");
        }
    }
    let hub = machine.serve().await;
    hub.ask_until(SOURCES, |answer| settled(setting, answer)).await;
    (partners, machine, hub)
}

/// Whether every partner's sources are in the state that the setting ends in.
fn settled(setting: &Setting, answer: &Value) -> bool {
    let sources = answer["data"]["hub"]["sources"].as_array().cloned().unwrap_or_default();
    sources.iter().all(|source| {
        let partner = source["partner"]["id"].as_str().unwrap_or_default();
        let wanted = match setting.partners.get(partner) {
            Some((Conduct::Played, Conduct::Played)) => "FRESH",
            Some((Conduct::Played, _)) => "FAILED",
            _ => return true,
        };
        source["state"] == wanted
    })
}

/// A token for somebody, issued when they ask for the first time.
async fn token_of(machine: &Machine, asker: &Asker, tokens: &mut BTreeMap<Asker, String>) -> String {
    if let Some(token) = tokens.get(asker) {
        return token.clone();
    }
    let mut arguments = vec!["--role", asker.role.as_str(), "--expires", "1d"];
    if let Some(member) = &asker.member {
        arguments.extend(["--member", member]);
    }
    let token = machine.token(&arguments).await;
    tokens.insert(asker.clone(), token.clone());
    token
}

/// The variables, with `{"kept": "name", "at": "/data/…"}` replaced by that part of an earlier answer.
fn filled(variables: &Value, kept: &BTreeMap<String, Value>) -> Value {
    match variables {
        Value::Object(object) => match (object.get("kept").and_then(Value::as_str), object.get("at")) {
            (Some(name), Some(Value::String(at))) => {
                let part = kept.get(name).and_then(|answer| answer.pointer(at)).cloned();
                part.unwrap_or_else(|| panic!("nothing is kept as `{name}` at `{at}`"))
            }
            _ => object.iter().map(|(key, value)| (key.clone(), filled(value, kept))).collect(),
        },
        Value::Array(list) => list.iter().map(|value| filled(value, kept)).collect(),
        other => json!(other),
    }
}
