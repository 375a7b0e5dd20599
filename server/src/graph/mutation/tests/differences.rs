//! A record that was changed in the hub and differs from its seed file: everybody can read which, and in what.

use serde_json::json;

use super::on_each;
use crate::access::Caller;
use crate::db::{Author, Origin};
use crate::records::stored;

const ISSUES: &str = "{ qualityIssues(code: \"DIFFERS_FROM_SEED\") { totalCount nodes {
    id severity message field source { id } project { id } record { __typename id } } } }";

#[tokio::test(flavor = "multi_thread")]
async fn a_difference_from_the_seed_is_a_quality_issue() {
    on_each(async |played, scratch| {
        let before = played.hub.edition();
        let none = played.ask(&Caller::public(), ISSUES, json!({})).await;
        assert_eq!(none["data"]["qualityIssues"]["totalCount"], 0);
        let mut transaction = scratch.database.begin(played.hub.now()).await.unwrap();
        let row = transaction.record("member:cor").await.unwrap().unwrap();
        let mut body: serde_json::Value = serde_json::from_str(&row.body).unwrap();
        body["role"] = "ASSOCIATED".into();
        let change = stored("members", "member:cor", &body, Origin::Api);
        transaction.put_record(&Author::command_line(), change).await.unwrap();
        played.hub.reload(transaction.commit().await.unwrap()).await.unwrap();

        let told = played.ask(&Caller::public(), ISSUES, json!({})).await["data"]["qualityIssues"].clone();
        let issue = &told["nodes"][0];
        let message = "member:cor was changed in the hub and differs from its seed file in role; the file has no effect \
                       on it.";
        let expected = json!({
            "id": issue["id"], "severity": "INFO", "message": message, "field": null, "source": null, "project": null,
            "record": { "__typename": "Member", "id": "member:cor" },
        });
        assert_eq!((&told["totalCount"], issue), (&json!(1), &expected));
        let query = "query($id: ID!) { node(id: $id) { ... on QualityIssue { code } }
            all: qualityIssues(first: 1000) { nodes { id } }
            of: qualityIssues(code: \"DIFFERS_FROM_SEED\", partner: \"eib\") { totalCount } }";
        let found = played.ask(&Caller::public(), query, json!({ "id": issue["id"] })).await["data"].clone();
        assert_eq!((&found["node"]["code"], &found["of"]["totalCount"]), (&json!("DIFFERS_FROM_SEED"), &json!(0)));
        let ids: Vec<_> = found["all"]["nodes"].as_array().unwrap().iter().map(|node| node["id"].as_str()).collect();
        assert!(ids.contains(&issue["id"].as_str()) && ids.is_sorted(), "all issues stand in one order");
        assert_ne!(played.hub.edition(), before, "no answer of before is given again");
    })
    .await;
}
