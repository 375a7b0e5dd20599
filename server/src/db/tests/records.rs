//! Records and the audit: nothing is overwritten silently, nothing names what is not there.

use super::each;
use crate::db::{Author, Database, DbError, RecordChange};
use crate::samples::at;

async fn put(database: &Database, minute: i64, change: RecordChange) -> Result<i64, DbError> {
    let mut transaction = database.begin(at(minute)).await?;
    transaction.put_record(&Author::command_line(), change).await?;
    transaction.commit().await
}

fn member(id: &str, body: &str) -> RecordChange {
    RecordChange::by_api("members", id, body.to_owned())
}

#[tokio::test]
async fn every_change_is_told_with_what_was_there_before() {
    each(async |scratch| {
        let database = &scratch.database;
        put(database, 1, member("member:one", r#"{"a":1}"#)).await.unwrap();
        put(database, 2, member("member:one", r#"{"a":2}"#)).await.unwrap();
        put(database, 3, RecordChange { removed: true, ..member("member:one", r#"{"a":2}"#) }).await.unwrap();
        let row = database.records().await.unwrap().remove(0);
        assert_eq!((row.body.as_str(), row.version, row.removed), (r#"{"a":2}"#, 3, true));
        let story = database.audit_of("member:one").await.unwrap();
        let told: Vec<_> = story
            .iter()
            .map(|line| (line.change, line.action.as_str(), line.before.as_deref(), line.after.as_deref()))
            .collect();
        let expected = [
            (1, "RECORD_ADDED", None, Some(r#"{"a":1}"#)),
            (2, "RECORD_CHANGED", Some(r#"{"a":1}"#), Some(r#"{"a":2}"#)),
            (3, "RECORD_REMOVED", Some(r#"{"a":2}"#), None),
        ];
        assert_eq!(told, expected);
        assert_eq!(story.iter().map(|line| line.at).collect::<Vec<_>>(), [at(1), at(2), at(3)]);
        assert!(story.iter().all(|line| line.author == Author::command_line()));
    })
    .await;
}

#[tokio::test]
async fn a_record_cannot_name_what_is_not_there() {
    each(async |scratch| {
        let database = &scratch.database;
        let need = RecordChange::by_api("needs", "need:one", "{}".to_owned()).naming("member", "member:none");
        let refused = put(database, 1, need.clone()).await.unwrap_err();
        assert!(matches!(refused, DbError::Refused(_)), "{refused:?}");
        assert_eq!((database.records().await.unwrap().len(), database.last_change().await.unwrap()), (0, 0));
        assert!(database.audit_of("need:one").await.unwrap().is_empty(), "what did not happen is not told");
        put(database, 2, member("member:none", "{}")).await.unwrap();
        put(database, 3, need).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_sort_of_record_that_there_is_not_is_refused() {
    each(async |scratch| {
        let change = RecordChange::by_api("wishes", "wish:one", "{}".to_owned());
        let refused = put(&scratch.database, 1, change).await.unwrap_err();
        assert!(matches!(refused, DbError::Refused(_)), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn what_looks_like_a_statement_stays_text() {
    each(async |scratch| {
        let body = r#"{"title":"'); DROP TABLE record; --\u0000 \u202e"}"#;
        put(&scratch.database, 1, member("member:one", body)).await.unwrap();
        assert_eq!(scratch.database.records().await.unwrap()[0].body, body);
    })
    .await;
}
