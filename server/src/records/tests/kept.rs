//! Records in the database: seed files come in once, what was changed stays, faults are named.

use crate::db::tests::{Scratch, each};
use crate::db::{Author, Origin, RecordChange};
use crate::records::{DIFFERS_FROM_SEED, INVALID_RECORD, Loaded, RecordRef, Records, seeding, stored};
use crate::samples::at;

const MEMBER: &str = r#"
kind = "CITY"
role = "CORE"
names = { en = "Kharkiv" }
[[sources]]
title = "A page"
read_on = "2026-01-01"
says = "is a member"
confidence = "high"
"#;

fn files(texts: &[(&str, &str)]) -> Vec<(String, String)> {
    texts.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

/// Takes in files as a start of the hub does.
async fn start(scratch: &Scratch, minute: i64, texts: &[(&str, &str)]) -> Loaded {
    seeding::take_in(&scratch.database, &files(texts), at(minute)).await.unwrap();
    Records::load(&scratch.database).await.unwrap()
}

/// Changes the member's name, as a mutation does.
async fn rename(scratch: &Scratch, name: &str) {
    let mut transaction = scratch.database.begin(at(50)).await.unwrap();
    let row = transaction.record("member:kharkiv").await.unwrap().unwrap();
    let mut body: serde_json::Value = serde_json::from_str(&row.body).unwrap();
    body["names"]["en"] = name.into();
    let change = stored("members", "member:kharkiv", &body, Origin::Api);
    transaction.put_record(&Author::command_line(), change).await.unwrap();
    transaction.commit().await.unwrap();
}

fn name(loaded: &Loaded) -> &str {
    loaded.records.members()[0].names.in_languages(&[])
}

#[tokio::test]
async fn the_embedded_files_come_in_once_and_give_the_same_records() {
    each(async |scratch| {
        let seed = Records::seed().unwrap();
        let first = Records::seed_and_load(&scratch.database, at(0)).await.unwrap();
        let second = Records::seed_and_load(&scratch.database, at(1)).await.unwrap();
        assert_eq!((first.change, second.change), (1, 1), "a second start writes nothing");
        assert_eq!((first.faults.len(), first.differences.len()), (0, 0));
        assert_eq!(first.records.members(), seed.members());
        assert_eq!(first.records.partnerships(), seed.partnerships());
        assert_eq!(first.records.events(), seed.events());
        assert_eq!(first.records.principles(), seed.principles());
        assert_eq!(first.records.calls(), seed.calls());
        assert_eq!(first.records.revision(), second.records.revision());
    })
    .await;
}

#[tokio::test]
async fn a_later_file_changes_a_record_that_nobody_changed() {
    each(async |scratch| {
        start(scratch, 0, &[("members/kharkiv.toml", MEMBER)]).await;
        let later = MEMBER.replace("Kharkiv", "Kharkiv City");
        let loaded = start(scratch, 1, &[("members/kharkiv.toml", &later)]).await;
        assert_eq!((name(&loaded), loaded.differences.len()), ("Kharkiv City", 0));
    })
    .await;
}

#[tokio::test]
async fn what_was_changed_through_the_hub_wins_over_a_later_file_and_is_told() {
    each(async |scratch| {
        start(scratch, 0, &[("members/kharkiv.toml", MEMBER)]).await;
        rename(scratch, "Kharkiv Hromada").await;
        let later = MEMBER.replace("CORE", "ASSOCIATED");
        let loaded = start(scratch, 60, &[("members/kharkiv.toml", &later)]).await;
        assert_eq!(name(&loaded), "Kharkiv Hromada");
        assert_eq!(loaded.differences.len(), 1);
        assert_eq!(loaded.differences[0].fields, ["names", "role"]);
        let issues = loaded.issues();
        let issue = &issues.list()[0];
        assert_eq!((issue.issue.code.as_str(), issue.record.as_str()), (DIFFERS_FROM_SEED, "member:kharkiv"));
        assert!(issue.issue.message.contains("names, role"), "{}", issue.issue.message);
        let again = start(scratch, 61, &[("members/kharkiv.toml", &later)]).await;
        assert_eq!(again.issues(), issues, "the same is said with the same id");
        assert_eq!((again.change, again.differences), (loaded.change, loaded.differences));
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_gone_takes_its_record_along_unless_somebody_changed_it() {
    each(async |scratch| {
        start(scratch, 0, &[("members/kharkiv.toml", MEMBER), ("members/lviv.toml", MEMBER)]).await;
        rename(scratch, "Kharkiv Hromada").await;
        let loaded = start(scratch, 60, &[]).await;
        let left: Vec<_> = loaded.records.members().iter().map(|member| member.id.as_str()).collect();
        assert_eq!(left, ["member:kharkiv"]);
        let story = scratch.database.audit_of("member:lviv").await.unwrap();
        assert_eq!(story.last().map(|line| line.action.as_str()), Some("RECORD_REMOVED"));
        let back = start(scratch, 61, &[("members/lviv.toml", MEMBER)]).await;
        assert!(matches!(back.records.find("member:lviv"), Some(RecordRef::Member(_))));
    })
    .await;
}

#[tokio::test]
async fn a_row_that_breaks_a_rule_is_named_and_hides_no_other() {
    each(async |scratch| {
        start(scratch, 0, &[("members/kharkiv.toml", MEMBER)]).await;
        let mut transaction = scratch.database.begin(at(1)).await.unwrap();
        let broken = RecordChange::by_api("members", "member:broken", r#"{"kind":"CITY"}"#.to_owned());
        transaction.put_record(&Author::command_line(), broken).await.unwrap();
        transaction.commit().await.unwrap();
        let loaded = Records::load(&scratch.database).await.unwrap();
        assert_eq!(loaded.records.members().len(), 1);
        let faults: Vec<_> = loaded.faults.iter().map(|fault| fault.record.as_str()).collect();
        assert_eq!(faults, ["member:broken"]);
        let issues = loaded.issues();
        assert_eq!(issues.find(&issues.list()[0].id), Some(0));
        let said = &issues.list()[0].issue;
        assert_eq!(said.code, INVALID_RECORD);
        assert!(!said.message.contains("CITY"), "nothing of what is not shown: {}", said.message);
    })
    .await;
}
