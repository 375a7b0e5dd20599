//! A projected answer equals the library's, byte for byte.

pub(crate) mod questions;

use std::cell::Cell;
use std::sync::Arc;

use async_graphql::{Request, Response, Value, Variables};
use connectors::http::SystemClock;
use proptest::prelude::*;

use self::questions::Questions;
use super::{Projection, to_json};
use crate::config::{Config, HarvestConfig};
use crate::graph::HubSchema;
use crate::hub::Hub;
use crate::view::View;

/// The hub's schema over its baseline: real records, whose values differ in form.
struct Asked {
    schema: HubSchema,
    view: View,
    runtime: tokio::runtime::Runtime,
}

impl Asked {
    fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let harvest = HarvestConfig { automatic: false, ..Config::default().harvest };
        let config = Config { data_dir: folder.path().to_path_buf(), harvest, ..Config::default() };
        let hub = runtime.block_on(Hub::open(&config, Arc::new(SystemClock))).unwrap();
        Self { schema: crate::graph::schema(&config.graphql), view: hub.view(), runtime }
    }

    fn answer(&self, question: &str, variables: &Variables, projected: bool) -> Response {
        let request = Request::new(question).variables(variables.clone()).data(self.view.clone());
        let request = if projected { request.data(Projection) } else { request };
        self.runtime.block_on(self.schema.execute(request))
    }

    /// Compares both answers; tells whether a list was projected.
    #[track_caller]
    fn compare(&self, question: &str, variables: &Variables) -> bool {
        let (stock, projected) = (self.answer(question, variables, false), self.answer(question, variables, true));
        let expected = serde_json::to_string(&stock).unwrap();
        let found = String::from_utf8(to_json(&projected)).unwrap();
        assert!(found == expected, "{question}\n\nlibrary:\n{expected}\n\nprojected:\n{found}");
        assert_eq!(stock.errors, [], "{question}");
        holds_bytes(&projected.data)
    }
}

fn holds_bytes(value: &Value) -> bool {
    match value {
        Value::Binary(_) => true,
        Value::List(items) => items.iter().any(holds_bytes),
        Value::Object(fields) => fields.values().any(holds_bytes),
        _ => false,
    }
}

#[test]
fn generated_questions_have_the_librarys_answers() {
    let (asked, questions) = (Asked::new(), Questions::of(&crate::graph::sdl()));
    let (all, projected) = (Cell::new(0), Cell::new(0));
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(200));
    let ran = runner.run(&any::<u64>(), |seed| {
        let (question, variables) = questions.question(seed);
        let was = asked.compare(&question, &variables);
        all.set(all.get() + 1);
        projected.set(projected.get() + usize::from(was));
        Ok(())
    });
    ran.unwrap();
    let (all, projected) = (all.get(), projected.get());
    // Without this the test would hold for a projection that never is one. About every second question is one.
    assert!(projected * 4 > all, "only {projected} of {all} questions were projected");
}

#[test]
fn what_is_projected_and_what_is_not() {
    let asked = Asked::new();
    let check = |question: &str, expected: bool| {
        assert_eq!(asked.compare(question, &Variables::default()), expected, "{question}");
    };
    check("{ projects { nodes { id title } } }", true);
    check("{ projects { edges { cursor node { id } } } }", true);
    check("{ place(id: \"UA\") { name projects(first: 3) { totalCount nodes { key: id ...on Node { id } } } } }", true);
    check("{ partners { projects(last: 2) { edges { node { __typename } } pageInfo { endCursor } } } }", true);
    check("{ projects(first: 0) { nodes { id } } }", true);
    check("{ projects { nodes { amount(basis: SIGNED) { value } amount(basis: SIGNED) { currency } } } }", true);
    // What takes a page of other records, or a field that nobody has put here, is the library's.
    check("{ projects { nodes { id members { totalCount } } } }", false);
    // The library merges lists that it made itself.
    check("{ projects { nodes { id } nodes { title } } }", false);
    check("{ projects { nodes { id } } ... { projects { nodes { title } } } }", false);
    check("{ projects { nodes { id } ...more } } fragment more on ProjectConnection { nodes { status } }", false);
    // Nothing is left of an item here, and the library has its own word for that.
    check("{ projects(first: 2) { nodes { id @skip(if: true) } } }", false);
    check("{ projects(first: 2) { nodes { id @skip(if: true) status @include(if: true) } } }", true);
}

/// The library answers null for the whole country here. The specification merges what is left.
#[test]
fn a_field_of_which_nothing_is_left_takes_no_other_with_it() {
    let question = "{ projects(first: 1) { nodes { countries { code @skip(if: true) } countries { code } } } }";
    let answer = Asked::new().answer(question, &Variables::default(), true);
    let expected = r#"{"data":{"projects":{"nodes":[{"countries":[{"code":"UA"}]}]}}}"#;
    assert_eq!(String::from_utf8(to_json(&answer)).unwrap(), expected);
}

#[test]
fn nobody_gets_bytes_who_did_not_ask_for_them() {
    let response = Asked::new().answer("{ projects { nodes { id } } }", &Variables::default(), false);
    assert!(!holds_bytes(&response.data));
}
