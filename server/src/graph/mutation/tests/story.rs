//! A city from its application to a confirmed partnership, all of it seen in joins at once.

use serde_json::json;

use super::{APPLY, CONFIRM, DECIDE, MYKOLAIV, NEED, OFFER, PROPOSE, application, caller, member, need, on_each, with};
use crate::access::{Caller, Role};

#[tokio::test(flavor = "multi_thread")]
async fn a_city_comes_from_application_to_offer_match_and_partnership() {
    on_each(async |played, scratch| {
        let (public, administrator) = (Caller::public(), caller(Role::Administrator));
        let id = played.make(&public, APPLY, with(application(), json!({}))).await["application"]["id"].clone();
        let before = played.ask(&public, "{ members(search: \"Testhausen\") { totalCount } }", json!({})).await;
        assert_eq!(before["data"]["members"]["totalCount"], 0, "nothing is published before a decision");
        let decide = |state: &str| with(json!({ "application": id }), json!({ "state": state }));
        played.make(&administrator, DECIDE, decide("UNDER_REVIEW")).await;
        let accepted = played.make(&administrator, DECIDE, decide("ACCEPTED")).await;
        let city = accepted["application"]["member"]["id"].as_str().unwrap().to_owned();
        assert_eq!(city, "member:testhausen");
        let again = played.faults(&administrator, DECIDE, decide("DECLINED")).await;
        assert_eq!(again, [("STATE".to_owned(), "state".to_owned())]);

        let city = member(&city);
        let offer = json!({ "theme": "WATER", "title": "Pumps", "description": "Ten of them.", "languages": ["en"] });
        played.make(&city, OFFER, with(offer, json!({}))).await;
        let need = played.make(&caller(Role::Editor), NEED, with(need(), json!({}))).await;
        let query = "query($id: ID!, $place: ID!) {
            node(id: $id) { ... on Need { matches { nodes { offer { member { id } } } } } }
            place(id: $place) { needs { totalCount } partnerships(state: ACTIVE) { nodes { parties { name } } } } }";
        let variables = json!({ "id": need["need"]["id"], "place": MYKOLAIV });
        let seen = played.ask(&public, query, variables.clone()).await["data"].clone();
        assert_eq!(seen["place"]["needs"]["totalCount"], 1);
        assert_eq!(seen["node"]["matches"]["nodes"][0]["offer"]["member"]["id"], "member:testhausen");

        let parties =
            json!([{ "member": "member:testhausen" }, { "name": "Mykolaiv", "country": "UA", "place": MYKOLAIV }]);
        let proposal = with(json!({ "kind": "TWINNING", "parties": parties }), json!({}));
        let proposed = played.make(&city, PROPOSE, proposal.clone()).await["partnership"].clone();
        assert_eq!(proposed, json!({ "id": "partnership:mykolaiv-testhausen-de", "state": "PROPOSED" }));
        let twice = played.faults(&city, PROPOSE, proposal).await;
        assert_eq!(twice, [("DUPLICATE".to_owned(), "parties".to_owned())]);
        let confirm = json!({ "id": proposed["id"] });
        let own = played.make(&city, CONFIRM, confirm.clone()).await;
        assert_eq!(own["partnership"]["state"], "PROPOSED", "one party alone makes no partnership");
        let other = played.faults(&member("member:eurocities"), CONFIRM, confirm.clone()).await;
        assert_eq!(other, [("FORBIDDEN".to_owned(), "id".to_owned())]);
        let both = played.make(&caller(Role::Editor), CONFIRM, confirm).await;
        assert_eq!(both["partnership"]["state"], "ACTIVE");
        let seen = played.ask(&public, query, variables).await["data"].clone();
        let names = &seen["place"]["partnerships"]["nodes"][0]["parties"];
        assert_eq!(*names, json!([{ "name": "Testhausen" }, { "name": "Mykolaiv" }]));

        let story = scratch.database.audit_of(id.as_str().unwrap()).await.unwrap();
        let told: Vec<_> = story
            .iter()
            .map(|line| (line.author.role.as_str(), line.action.as_str(), line.after.clone().unwrap_or_default()))
            .collect();
        assert_eq!(
            told.iter().map(|line| (line.0, line.1)).collect::<Vec<_>>(),
            [
                ("PUBLIC", "APPLICATION_RECEIVED"),
                ("ADMINISTRATOR", "APPLICATION_DECIDED"),
                ("ADMINISTRATOR", "APPLICATION_DECIDED"),
            ]
        );
        assert!(told[1].2.contains("UNDER_REVIEW") && told[2].2.contains("member:testhausen"), "{told:?}");
        assert!(!format!("{story:?}").contains("Erika"), "the audit holds nothing of a person");
        let born = scratch.database.audit_of("member:testhausen").await.unwrap();
        assert_eq!((born.len(), born[0].action.as_str(), born[0].change), (1, "RECORD_ADDED", story[2].change));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_need_is_taken_back_by_its_own_member_alone() {
    on_each(async |played, _| {
        const WITHDRAW: &str =
            "mutation($id: ID!) { withdrawNeed(id: $id) { need { state } errors { path code message } } }";
        let own = member("member:eurocities");
        let need = played.make(&own, NEED, with(need(), json!({}))).await["need"]["id"].clone();
        let id = json!({ "id": need });
        let other = played.faults(&member("member:aer"), WITHDRAW, id.clone()).await;
        assert_eq!(other, [("FORBIDDEN".to_owned(), "id".to_owned())]);
        assert_eq!(played.make(&own, WITHDRAW, id.clone()).await["need"]["state"], "WITHDRAWN");
        assert_eq!(played.faults(&own, WITHDRAW, id).await, [("STATE".to_owned(), "id".to_owned())]);
        let unknown = json!({ "id": "need:none" });
        assert_eq!(played.faults(&own, WITHDRAW, unknown).await, [("UNKNOWN_RECORD".to_owned(), "id".to_owned())]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_makes_a_new_edition_so_that_no_kept_answer_is_stale() {
    on_each(async |played, _| {
        let before = played.hub.edition();
        played.make(&caller(Role::Editor), NEED, with(need(), json!({}))).await;
        assert_ne!(played.hub.edition(), before);
    })
    .await;
}
