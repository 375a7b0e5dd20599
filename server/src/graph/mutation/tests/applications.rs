//! Applications: how many, by whom, and how long what belongs to a person is kept.

use serde_json::json;

use super::{APPLY, application, caller, on_each, with};
use crate::access::{Caller, Role};
use crate::changes::CONSENT;

const LIST: &str = "{ applications { totalCount nodes { organisation contact { name email message consent } } } }";

#[tokio::test(flavor = "multi_thread")]
async fn an_address_sends_a_few_applications_an_hour() {
    on_each(async |played, _| {
        let codes = async |host: u8| {
            let input = with(application(), json!({}));
            let answer = played.ask_from(&Caller::public(), host, APPLY, input).await;
            answer["data"]["applyForMembership"]["errors"][0]["code"].as_str().map(str::to_owned)
        };
        for _ in 0..5 {
            assert_eq!(codes(1).await, None);
        }
        assert_eq!(codes(1).await.as_deref(), Some("RATE_LIMITED"));
        assert_eq!(codes(2).await, None, "another address is another sender");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_that_fills_in_everything_leaves_nothing_behind() {
    on_each(async |played, _| {
        let input = with(application(), json!({ "fax": "+49 1" }));
        let payload = played.make(&Caller::public(), APPLY, input).await;
        assert_eq!(payload["application"], json!(null));
        assert!(played.hub.database().applications().await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn personal_data_goes_when_its_time_is_over() {
    on_each(async |played, scratch| {
        let input = with(application(), json!({}));
        let id = played.make(&Caller::public(), APPLY, input).await["application"]["id"].clone();
        let seen = played.ask(&caller(Role::Administrator), LIST, json!({})).await["data"]["applications"].clone();
        let consent = CONSENT.replace("{days}", "365");
        let contact = json!({
            "name": "Erika Muster", "email": "erika@example.org", "message": "We would like to help.", "consent": consent,
        });
        assert_eq!(seen["nodes"][0]["contact"], contact);
        played.days(364);
        assert_eq!(played.changes.erase_due().await.unwrap(), 0);
        played.days(1);
        assert_eq!(played.changes.erase_due().await.unwrap(), 1);
        assert_eq!(played.changes.erase_due().await.unwrap(), 0);
        let seen = played.ask(&caller(Role::Administrator), LIST, json!({})).await["data"]["applications"].clone();
        assert_eq!(seen["nodes"][0], json!({ "organisation": "Testhausen", "contact": null }));
        let story = scratch.database.audit_of(id.as_str().unwrap()).await.unwrap();
        assert_eq!(story.last().map(|line| line.action.as_str()), Some("PERSONAL_DATA_ERASED"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn feedback_is_read_by_editors() {
    on_each(async |played, _| {
        const GIVE: &str = "mutation($input: FeedbackInput!) { giveFeedback(input: $input) {
            feedback { id title member { id } about { id } } errors { path code message } } }";
        let input = json!({ "input": { "title": "Too slow", "text": "It takes years.", "about": "call:1" } });
        let given = played.make(&caller(Role::Member), GIVE, input).await["feedback"].clone();
        assert_eq!((&given["member"]["id"], &given["about"]["id"]), (&json!("member:eurocities"), &json!("call:1")));
        let query = "{ feedback { nodes { title text } } }";
        let read = played.ask(&caller(Role::Editor), query, json!({})).await;
        assert_eq!(read["data"]["feedback"]["nodes"], json!([{ "title": "Too slow", "text": "It takes years." }]));
    })
    .await;
}
