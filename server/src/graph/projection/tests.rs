//! A projected answer equals the library's, byte for byte.

pub(crate) mod questions;

use std::cell::Cell;
use std::sync::Arc;

use async_graphql::{Request, Response, Value, Variables};
use chrono::NaiveDate;
use connectors::http::SystemClock;
use connectors::model::CurrencyCode;
use proptest::prelude::*;
use rust_decimal::Decimal;

use self::questions::Questions;
use super::{Projection, to_json, written};
use crate::config::{Config, HarvestConfig};
use crate::graph::HubSchema;
use crate::hub::Hub;
use crate::money::{RateSource, Rates};
use crate::records::{RecordSet, Records};
use crate::view::{Moment, View};

/// The hub's schema over its baseline: real records, whose values differ in form.
struct Asked {
    schema: HubSchema,
    view: View,
    /// The same catalogue beside other sources, rates and records.
    elsewhere: View,
    runtime: tokio::runtime::Runtime,
}

impl Asked {
    fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let harvest = HarvestConfig { automatic: false, ..Config::default().harvest };
        let config = Config { data_dir: folder.path().to_path_buf(), harvest, ..Config::default() };
        let hub = runtime.block_on(Hub::open(&config, Arc::new(SystemClock))).unwrap();
        let view = hub.view();
        let (today, source) = (NaiveDate::from_ymd_opt(2100, 1, 1).unwrap(), RateSource::EuropeanCentralBank);
        let rates = Rates::embedded().with_daily(CurrencyCode::USD, today, Decimal::TWO, source);
        let elsewhere = View::new(Moment {
            catalogue: Arc::clone(&view.catalogue),
            links: Arc::clone(&view.links),
            finance: Arc::clone(&view.finance),
            records: Arc::new(Records::of(RecordSet::default()).unwrap()),
            record_issues: Arc::default(),
            by_place: Arc::default(),
            engagement: Arc::clone(&view.engagement),
            rates: Arc::new(rates),
            boundaries: Arc::default(),
            sources: Arc::new([]),
            rate_feeds: Arc::new([]),
        });
        Self { schema: crate::graph::schema(&config.graphql), view, elsewhere, runtime }
    }

    fn answer(&self, view: &View, question: &str, variables: &Variables, projected: bool) -> Response {
        let request = Request::new(question).variables(variables.clone()).data(view.clone());
        let request = if projected { request.data(Projection) } else { request };
        self.runtime.block_on(self.schema.execute(request))
    }

    fn on_its_view(&self, question: &str, variables: &Variables, projected: bool) -> Response {
        self.answer(&self.view, question, variables, projected)
    }

    /// Compares all answers, on both views: what is kept of one must not be told on the other.
    #[track_caller]
    fn compare(&self, question: &str, variables: &Variables) -> How {
        let how = self.compare_on(&self.view, question, variables);
        self.compare_on(&self.elsewhere, question, variables);
        how
    }

    #[track_caller]
    fn compare_on(&self, view: &View, question: &str, variables: &Variables) -> How {
        let [stock, projected] = [false, true].map(|projected| self.answer(view, question, variables, projected));
        let expected = serde_json::to_string(&stock).unwrap();
        let check = |found: &[u8], how: &str| {
            let found = String::from_utf8_lossy(found);
            assert!(found == expected, "{question}\n\nlibrary:\n{expected}\n\n{how}:\n{found}");
        };
        check(&to_json(&projected), "projected");
        assert_eq!(stock.errors, [], "{question}");
        let document = async_graphql::parser::parse_query(question).unwrap();
        // The second time its rows are known.
        for _ in 0..2 {
            match written(view, &document, None, variables, None) {
                Some(found) => check(&found, "written"),
                None => return if holds_bytes(&projected.data) { How::Lists } else { How::Library },
            }
        }
        How::Whole
    }
}

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    /// The library has no part in it.
    Whole,
    /// Its lists are projected.
    Lists,
    Library,
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
    let (all, whole, lists) = (Cell::new(0), Cell::new(0), Cell::new(0));
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(200));
    let ran = runner.run(&any::<u64>(), |seed| {
        let (question, variables) = questions.question(seed);
        let how = asked.compare(&question, &variables);
        all.set(all.get() + 1);
        whole.set(whole.get() + usize::from(how == How::Whole));
        lists.set(lists.get() + usize::from(how == How::Lists));
        Ok(())
    });
    ran.unwrap();
    let (all, whole, lists) = (all.get(), whole.get(), lists.get());
    // Without this the test would hold for a projection that never is one.
    assert!(whole * 10 > all, "only {whole} of {all} questions were written without the library");
    assert!(lists * 10 > all, "only {lists} of {all} questions had their lists projected");
}

#[test]
fn what_is_projected_and_what_is_not() {
    let asked = Asked::new();
    let check = |question: &str, expected: How| {
        assert_eq!(asked.compare(question, &Variables::default()), expected, "{question}");
    };
    check("{ projects { nodes { id title } } }", How::Whole);
    check("{ projects { edges { cursor node { id } } undertakings totalCount pageInfo { startCursor } } }", How::Whole);
    check(
        "{ place(id: \"UA\") { name projects(first: 3) { totalCount nodes { key: id ...on Node { id } } } } }",
        How::Whole,
    );
    check("{ place(id: \"nowhere\") { name } __typename }", How::Whole);
    check("{ project(by: { id: \"nobody:1\" }) { id } }", How::Whole);
    check("{ projects(first: 0) { nodes { id } coverage { records unlocated sources { id state } } } }", How::Whole);
    check("{ projects { nodes { amount(basis: SIGNED) { value } amount(basis: SIGNED) { currency } } } }", How::Whole);
    check(
        "{ place(id: \"UA\") { partnerships(first: 4, state: ACTIVE) { totalCount pageInfo { endCursor } edges { cursor \
         node { id kind state themes asOf sourceUrl parties { name country { code } place { id } member { id } } } } } } }",
        How::Whole,
    );
    check(
        "{ place(id: \"UA\") { members(first: 9) { nodes { id name role place { name } } totalCount } } }",
        How::Whole,
    );
    check("{ projects { nodes { id } nodes { title } } }", How::Whole);
    check("{ projects { nodes { id } } ... { projects { nodes { title } } } }", How::Whole);
    check("{ projects { nodes { id } ...more } } fragment more on ProjectConnection { nodes { status } }", How::Whole);
    check("{ projects(first: 2) { nodes { id @skip(if: true) status @include(if: true) } } }", How::Whole);
    // A root or a field that nobody has put here is the library's, and the lists below it are not.
    check("{ partners { projects(last: 2) { edges { node { __typename } } pageInfo { endCursor } } } }", How::Lists);
    check("{ place(id: \"UA\") { gap { value } projects { nodes { id } } } }", How::Lists);
    check("{ projects { nodes { id members { totalCount } } } }", How::Library);
    // The library merges lists that it made itself.
    check("{ partners { projects { nodes { id } nodes { title } } } }", How::Library);
    // Nothing is left of an item here, and the library has its own word for that.
    check("{ projects(first: 2) { nodes { id @skip(if: true) } } }", How::Library);
}

#[test]
fn a_fault_is_told_by_the_library() {
    let asked = Asked::new();
    for question in [
        "{ projects(first: 1, last: 1) { nodes { id } } }",
        "{ projects(filter: { partners: [\"nobody\"] }) { nodes { id } } }",
        "{ place(id: \"UA\") { projects(after: \"x\") { nodes { id } } } }",
        "{ projects { nodes { locations { place { members(after: \"x\") { totalCount } } } } } }",
    ] {
        let document = async_graphql::parser::parse_query(question).unwrap();
        assert_eq!(written(&asked.view, &document, None, &Variables::default(), None), None, "{question}");
        let (stock, projected) = (
            asked.on_its_view(question, &Variables::default(), false),
            asked.on_its_view(question, &Variables::default(), true),
        );
        assert!(!stock.errors.is_empty(), "{question}");
        assert_eq!(serde_json::to_string(&stock).unwrap(), String::from_utf8(to_json(&projected)).unwrap());
    }
}

/// The library answers null for the whole country here. The specification merges what is left.
#[test]
fn a_field_of_which_nothing_is_left_takes_no_other_with_it() {
    let question = "{ projects(first: 1) { nodes { countries { code @skip(if: true) } countries { code } } } }";
    let answer = Asked::new().on_its_view(question, &Variables::default(), true);
    let expected = r#"{"data":{"projects":{"nodes":[{"countries":[{"code":"UA"}]}]}}}"#;
    assert_eq!(String::from_utf8(to_json(&answer)).unwrap(), expected);
}

#[test]
fn nobody_gets_bytes_who_did_not_ask_for_them() {
    let response = Asked::new().on_its_view("{ projects { nodes { id } } }", &Variables::default(), false);
    assert!(!holds_bytes(&response.data));
}
