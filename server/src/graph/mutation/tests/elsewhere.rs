//! What another process writes to the same database.

use std::time::Duration;

use super::on_each;
use crate::db::{Author, Origin};
use crate::records::stored;

#[tokio::test(flavor = "multi_thread")]
async fn what_another_process_writes_is_shown_a_second_later() {
    on_each(async |played, scratch| {
        let name = || {
            let view = played.hub.view();
            let member = view.records.members().iter().find(|member| member.id == "member:cor");
            member.unwrap().names.in_languages(&[]).to_owned()
        };
        let elsewhere = scratch.again().await;
        let mut transaction = elsewhere.begin(played.hub.now()).await.unwrap();
        let row = transaction.record("member:cor").await.unwrap().unwrap();
        let mut body: serde_json::Value = serde_json::from_str(&row.body).unwrap();
        body["names"]["en"] = "Another name".into();
        let change = stored("members", "member:cor", &body, Origin::Import);
        transaction.put_record(&Author::command_line(), change).await.unwrap();
        transaction.commit().await.unwrap();
        elsewhere.close().await;
        assert_ne!(name(), "Another name", "nobody has looked yet");
        let waited = async {
            while played.clock.waits().is_empty() {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            () = played.hub.watch() => {}
            () = waited => {}
        }
        assert_eq!(name(), "Another name", "one look is enough");
        assert!(played.clock.waits().iter().all(|wait| *wait == Duration::from_secs(1)));
    })
    .await;
}
