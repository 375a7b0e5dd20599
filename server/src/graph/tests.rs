//! Questions answered by the schema over small worlds whose facts are invented.

use async_graphql::Variables;
use serde_json::{Value, json};

use super::schema;
use crate::config::Config;
use crate::records::{RecordSet, Records};
use crate::samples::view;
use connectors::model::Project;

mod alliance;
mod stories;

/// The data of an answer without errors.
async fn ask(set: RecordSet, projects: Vec<Project>, query: &str) -> Value {
    let request = async_graphql::Request::new(query).variables(Variables::default());
    let view = view(Records::of(set).unwrap(), projects);
    let answer = schema(&Config::default().graphql).execute(request.data(view)).await;
    assert!(answer.errors.is_empty(), "{:?}", answer.errors);
    serde_json::to_value(answer.data).unwrap()
}
