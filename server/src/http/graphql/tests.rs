//! An answer from the cache is the answer that is worked out, byte for byte.

use connectors::http::SystemClock;
use poem::http::Method;

use super::*;
use crate::config::{AnswersConfig, HarvestConfig};
use crate::graph::projection::tests::questions::Questions;

/// How many questions are compared.
const QUESTIONS: u64 = 300;

async fn asked(endpoint: &GraphqlEndpoint, body: &str) -> String {
    let request = Request::builder().method(Method::POST).content_type("application/json").body(body.to_owned());
    let response = endpoint.call(request).await.unwrap();
    response.into_body().into_string().await.unwrap()
}

#[tokio::test]
async fn an_answer_is_the_same_from_the_cache_and_without_one() {
    let folder = tempfile::tempdir().unwrap();
    let harvest = HarvestConfig { automatic: false, ..Config::default().harvest };
    let config = Config { data_dir: folder.path().to_path_buf(), harvest, ..Config::default() };
    let hub = Arc::new(Hub::open(&config, Arc::new(SystemClock)).await.unwrap());
    let open = |answers| {
        let config = Config { answers, ..config.clone() };
        GraphqlEndpoint::open(&config, Arc::new(Changes::new(Arc::clone(&hub), &config.applications))).unwrap()
    };
    let (kept, forgotten) = (open(config.answers.clone()), open(AnswersConfig { max_bytes: 0 }));
    let questions = Questions::of(&kept.schema().sdl());
    let mut answered = 0;
    for seed in 0..QUESTIONS {
        let (question, variables) = questions.question(seed);
        let body = serde_json::json!({ "query": question, "variables": variables }).to_string();
        let expected = asked(&forgotten, &body).await;
        let before = kept.answers.entries().await;
        // Worked out; found by what was asked; found by how it was asked.
        for time in 1..=3 {
            assert_eq!(asked(&kept, &body).await, expected, "asked for the {time}. time: {body}");
        }
        answered += u64::from(kept.answers.entries().await >= before + 2 && expected.starts_with(r#"{"data":{"#));
    }
    // Without this the test would hold for questions that are all refused, or never kept.
    assert!(answered * 2 > QUESTIONS, "only {answered} of {QUESTIONS} questions were answered from the cache");
}
