//! Many who write at once, in one process and in two.

use futures_util::future::join_all;

use super::each;
use crate::db::{Author, Database, RecordChange};
use crate::samples::at;

/// Adds one to the number in the record, as somebody does who read it before.
async fn count_up(database: &Database, id: &str) -> i64 {
    let mut transaction = database.begin(at(0)).await.unwrap();
    let before = transaction.record(id).await.unwrap().map_or(0, |row| row.body.parse().unwrap());
    let body = (before + 1i64).to_string();
    transaction.put_record(&Author::command_line(), RecordChange::by_api("members", id, body)).await.unwrap();
    transaction.commit().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_writers_lose_nothing() {
    each(async |scratch| {
        let other = scratch.again().await;
        let databases = [scratch.database.clone(), other.clone()];
        let writers = (0..200).map(|number| {
            let database = databases[number % 2].clone();
            tokio::spawn(async move { count_up(&database, &format!("member:{}", number % 3)).await })
        });
        let mut changes: Vec<i64> = join_all(writers).await.into_iter().map(Result::unwrap).collect();
        changes.sort_unstable();
        assert_eq!(changes, (1..=200).collect::<Vec<_>>(), "every change has a number of its own");
        let rows = scratch.database.records().await.unwrap();
        let counts: Vec<_> = rows.iter().map(|row| (row.body.as_str(), row.version)).collect();
        assert_eq!(counts, [("67", 67), ("67", 67), ("66", 66)]);
        let lines = scratch.database.audit_of("member:0").await.unwrap();
        let befores: Vec<_> = lines.iter().skip(1).map(|line| line.before.clone()).collect();
        let afters: Vec<_> = lines.iter().take(66).map(|line| line.after.clone()).collect();
        assert_eq!(befores, afters, "each change begins where the one before ended");
        other.close().await;
    })
    .await;
}
