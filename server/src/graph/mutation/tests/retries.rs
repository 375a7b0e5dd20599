//! The same change sent again is made once; another change under the same id is refused.

use futures_util::future::join_all;
use serde_json::json;

use super::{APPLY, MYKOLAIV, NEED, PROPOSE, application, member, need, on_each, with};
use crate::access::Caller;

#[tokio::test(flavor = "multi_thread")]
async fn the_same_change_sent_again_is_made_once() {
    on_each(async |played, scratch| {
        let own = member("member:eurocities");
        let input = with(need(), json!({ "clientMutationId": "a1" }));
        let first = played.make(&own, NEED, input.clone()).await;
        let again = played.make(&own, NEED, input.clone()).await;
        assert_eq!((&first["need"]["id"], &first["clientMutationId"]), (&again["need"]["id"], &json!("a1")));
        assert_eq!(played.hub.view().records.needs().len(), 1);
        let story = scratch.database.audit_of(first["need"]["id"].as_str().unwrap()).await.unwrap();
        assert_eq!(story.len(), 1);
        let changed = with(need(), json!({ "clientMutationId": "a1", "title": "Other works" }));
        let reused = [("CLIENT_MUTATION_ID_REUSED".to_owned(), "clientMutationId".to_owned())];
        assert_eq!(played.faults(&own, NEED, changed).await, reused);
        let other = played.make(&member("member:aer"), NEED, input).await;
        assert_ne!(other["need"]["id"], first["need"]["id"], "ids belong to their sender");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn senders_that_nobody_knows_do_not_get_one_anothers_answers() {
    on_each(async |played, _| {
        let input = with(application(), json!({ "clientMutationId": "1" }));
        let first = played.make(&Caller::public(), APPLY, input.clone()).await["application"]["id"].clone();
        assert_eq!(played.make(&Caller::public(), APPLY, input).await["application"]["id"], first);
        let another = with(application(), json!({ "clientMutationId": "1", "organisation": "Musterstadt" }));
        assert_ne!(played.make(&Caller::public(), APPLY, another).await["application"]["id"], first);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_who_send_the_same_at_once_make_one_change() {
    on_each(async |played, _| {
        let own = member("member:eurocities");
        let input = with(need(), json!({ "clientMutationId": "once" }));
        let sent = (0..20).map(|_| played.make(&own, NEED, input.clone()));
        let made = join_all(sent).await;
        assert!(made.iter().all(|payload| payload["need"]["id"] == made[0]["need"]["id"]));
        assert_eq!(played.hub.view().records.needs().len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_who_publish_at_once_lose_nothing() {
    on_each(async |played, _| {
        let own = member("member:eurocities");
        let sent = (0..200).map(|nth| {
            let input = with(need(), json!({ "title": format!("Works {nth}") }));
            let own = &own;
            async move { played.make(own, NEED, input).await["need"]["id"].as_str().unwrap().to_owned() }
        });
        let mut ids = join_all(sent).await;
        ids.sort();
        ids.dedup();
        let view = played.hub.view();
        assert_eq!((ids.len(), view.records.needs().len()), (200, 200));
        assert!(ids.iter().all(|id| view.records.find(id).is_some()));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partnership_that_many_propose_at_once_is_there_once() {
    on_each(async |played, _| {
        let own = member("member:eurocities");
        let mykolaiv = json!({ "name": "Mykolaiv", "country": "UA", "place": MYKOLAIV });
        let parties = json!([{ "member": "member:eurocities" }, mykolaiv]);
        let proposal = with(json!({ "kind": "TWINNING", "parties": parties }), json!({}));
        let answers = join_all((0..50).map(|_| played.ask(&own, PROPOSE, proposal.clone()))).await;
        let outcomes: Vec<_> = answers.iter().map(|answer| &answer["data"]["proposePartnership"]).collect();
        let made = outcomes.iter().filter(|payload| payload["partnership"]["state"] == "PROPOSED").count();
        let refused = outcomes.iter().filter(|payload| payload["errors"][0]["code"] == "DUPLICATE").count();
        assert_eq!((made, refused), (1, 49), "{outcomes:#?}");
    })
    .await;
}
