//! Every position in which a field can fail, on a schema of the tests' own.

use async_graphql::{EmptyMutation, EmptySubscription, Error, Guard, Object, Request, Result, Schema};
use serde_json::{Value, json};

use super::complete;
use crate::config::{DocumentsConfig, GraphqlConfig};
use crate::graph::documents::Documents;
use crate::graph::panics::PanicsAtFields;

struct Root;
struct Inner(i32);
struct Never;

impl Guard for Never {
    async fn check(&self, _: &async_graphql::Context<'_>) -> Result<()> {
        Err(Error::new("guarded"))
    }
}

fn fails<T>() -> Result<T> {
    Err(Error::new("failed"))
}

#[Object]
impl Root {
    async fn good(&self) -> i32 {
        1
    }
    async fn nullable(&self) -> Option<Result<i32>> {
        Some(fails())
    }
    async fn result_of_option(&self) -> Result<Option<i32>> {
        fails()
    }
    async fn non_null(&self) -> Result<i32> {
        fails()
    }
    async fn inner(&self) -> Option<Inner> {
        Some(Inner(1))
    }
    async fn always(&self) -> Inner {
        Inner(1)
    }
    async fn items(&self) -> Vec<Inner> {
        vec![Inner(0), Inner(1)]
    }
    async fn holes(&self) -> Vec<Option<Inner>> {
        vec![Some(Inner(0)), Some(Inner(1)), None]
    }
    async fn maybe_items(&self) -> Option<Vec<Inner>> {
        Some(vec![Inner(0), Inner(1)])
    }
    async fn failing_items(&self) -> Option<Vec<Result<Inner>>> {
        Some(vec![Ok(Inner(0)), fails()])
    }
    async fn failing_holes(&self) -> Vec<Option<Result<Inner>>> {
        vec![Some(Ok(Inner(0))), Some(fails())]
    }
    #[graphql(guard = "Never")]
    async fn guarded(&self) -> Option<i32> {
        Some(1)
    }
    #[graphql(guard = "Never")]
    async fn guarded_non_null(&self) -> i32 {
        1
    }
}

#[Object]
impl Inner {
    async fn good(&self) -> i32 {
        self.0
    }
    async fn nullable(&self) -> Result<Option<i32>> {
        fails()
    }
    /// Fails in the second item alone.
    async fn non_null(&self) -> Result<i32> {
        if self.0 == 1 { fails() } else { Ok(self.0) }
    }
    async fn deeper(&self) -> Option<Inner> {
        Some(Inner(1))
    }
    async fn always(&self) -> Inner {
        Inner(1)
    }
    async fn panics(&self) -> Option<i32> {
        assert!(self.0 < 0, "a resolver's own text");
        None
    }
    async fn panics_non_null(&self) -> i32 {
        assert!(self.0 == 0, "a resolver's own text");
        0
    }
}

/// The text of the data, whose keys have an order, and the paths of the errors.
async fn answered(query: &str, careful: bool) -> (String, Vec<Value>) {
    let schema = Schema::build(Root, EmptyMutation, EmptySubscription);
    let schema = if careful { schema.extension(PanicsAtFields).finish() } else { schema.finish() };
    let documents = Documents::new(&schema.sdl(), &GraphqlConfig::default(), &DocumentsConfig::default()).unwrap();
    let document = documents.read(query).unwrap();
    let mut request = Request::new(query);
    request.set_parsed_query(document.parsed().clone());
    let mut response = schema.execute(request).await;
    complete(&mut response, document.operation(None).unwrap(), document.checked());
    let data = serde_json::to_string(&response.data).unwrap();
    let errors = serde_json::to_value(&response.errors).unwrap();
    assert!(!format!("{data}{errors}").contains("own text"), "{errors}");
    let errors = errors.as_array().cloned().unwrap_or_default();
    (data, errors.iter().map(|error| error["path"].clone()).collect())
}

async fn check(query: &str, data: &str, paths: Value) {
    for careful in [false, true] {
        let (got, errors) = answered(query, careful).await;
        assert_eq!(got, data, "{query}");
        let Value::Array(paths) = &paths else { unreachable!() };
        assert_eq!(errors.len(), paths.len(), "{query}: {errors:?}");
        assert!(paths.iter().all(|path| errors.contains(path)), "{query}: {errors:?}");
    }
}

#[tokio::test]
async fn a_failed_root_field_is_null_and_its_siblings_stand() {
    check("{ nullable good }", r#"{"nullable":null,"good":1}"#, json!([["nullable"]])).await;
    check("{ resultOfOption good }", r#"{"resultOfOption":null,"good":1}"#, json!([["resultOfOption"]])).await;
    check("{ a: resultOfOption b: good c: nullable }", r#"{"a":null,"b":1,"c":null}"#, json!([["a"], ["c"]])).await;
    check("{ resultOfOption }", r#"{"resultOfOption":null}"#, json!([["resultOfOption"]])).await;
    check("{ nonNull good }", "null", json!([["nonNull"]])).await;
}

#[tokio::test]
async fn a_failed_nested_field_nulls_what_has_to_be_null() {
    check(
        "{ inner { nullable good } good }",
        r#"{"inner":{"nullable":null,"good":1},"good":1}"#,
        json!([["inner", "nullable"]]),
    )
    .await;
    check("{ inner { good nonNull } good }", r#"{"inner":null,"good":1}"#, json!([["inner", "nonNull"]])).await;
    check("{ inner { nullable } }", r#"{"inner":{"nullable":null}}"#, json!([["inner", "nullable"]])).await;
    check("{ inner { nonNull } good }", r#"{"inner":null,"good":1}"#, json!([["inner", "nonNull"]])).await;
    let path = json!([["inner", "always", "always", "nonNull"]]);
    check("{ inner { good always { always { nonNull } } } good }", r#"{"inner":null,"good":1}"#, path).await;
    let path = json!([["inner", "deeper", "always", "nonNull"]]);
    check("{ inner { deeper { always { nonNull } } good } }", r#"{"inner":{"deeper":null,"good":1}}"#, path).await;
    check("{ always { nonNull } good }", "null", json!([["always", "nonNull"]])).await;
    let both = json!([["inner", "nullable"], ["inner", "nonNull"]]);
    check("{ good inner { nullable nonNull } }", r#"{"good":1,"inner":null}"#, both).await;
}

#[tokio::test]
async fn a_failed_item_leaves_the_others_where_it_may() {
    check(
        "{ items { nullable } good }",
        r#"{"items":[{"nullable":null},{"nullable":null}],"good":1}"#,
        json!([["items", 0, "nullable"], ["items", 1, "nullable"]]),
    )
    .await;
    check(
        "{ holes { nonNull } good }",
        r#"{"holes":[{"nonNull":0},null,null],"good":1}"#,
        json!([["holes", 1, "nonNull"]]),
    )
    .await;
    check("{ maybeItems { nonNull } good }", r#"{"maybeItems":null,"good":1}"#, json!([["maybeItems", 1, "nonNull"]]))
        .await;
    check("{ items { nonNull } good }", "null", json!([["items", 1, "nonNull"]])).await;
    check("{ failingItems { good } good }", r#"{"failingItems":null,"good":1}"#, json!([["failingItems", 1]])).await;
    check(
        "{ failingHoles { good } good }",
        r#"{"failingHoles":[{"good":0},null],"good":1}"#,
        json!([["failingHoles", 1]]),
    )
    .await;
}

#[tokio::test]
async fn a_guard_takes_its_own_field_alone() {
    check("{ good guarded }", r#"{"good":1,"guarded":null}"#, json!([["guarded"]])).await;
    check("{ guarded good }", r#"{"guarded":null,"good":1}"#, json!([["guarded"]])).await;
    check("{ guardedNonNull good }", "null", json!([["guardedNonNull"]])).await;
}

#[tokio::test]
async fn fragments_and_repeated_fields_are_followed() {
    let query = "{ ...F inner { good } } fragment F on Root { inner { ... on Inner { nullable } } }";
    check(query, r#"{"inner":{"nullable":null,"good":1}}"#, json!([["inner", "nullable"]])).await;
}

#[tokio::test]
async fn a_panic_takes_its_own_field_alone() {
    let (data, errors) = answered("{ good inner { good panics } }", true).await;
    assert_eq!(data, r#"{"good":1,"inner":{"good":1,"panics":null}}"#);
    assert_eq!(errors, [json!(["inner", "panics"])]);
    let (data, errors) = answered("{ good holes { good panicsNonNull } }", true).await;
    assert_eq!(data, r#"{"good":1,"holes":[{"good":0,"panicsNonNull":0},null,null]}"#);
    assert_eq!(errors, [json!(["holes", 1, "panicsNonNull"])]);
    let (data, _) = answered("{ good always { panicsNonNull } }", true).await;
    assert_eq!(data, "null");
}
