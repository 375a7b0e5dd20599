//! Tables on a database: what is written, what stays, and what the audit tells.

use chrono::{DateTime, Utc};

use super::*;
use crate::db::tests::each;
use crate::db::{Author, Database, Origin};
use crate::records::{Loaded, stored};

fn now() -> DateTime<Utc> {
    "2026-11-26T00:00:00Z".parse().unwrap()
}

async fn take_in(database: &Database, rows: &[String], manner: Manner) -> Imported {
    import::<Partnership>(&csv_of(rows), database, manner, now()).await.unwrap()
}

async fn records(database: &Database) -> Records {
    let Loaded { records, faults, .. } = Records::load(database).await.unwrap();
    assert_eq!(faults, []);
    records
}

#[tokio::test]
async fn good_rows_are_written_once_and_the_audit_tells_them() {
    each(async |scratch| {
        let database = &scratch.database;
        let rows = [row("Lviv,UA,,Gdańsk,PL,PL633", "2026"), row("Atlantis,UA,,Gdańsk,PL,PL633", "2026")];
        let dry = take_in(database, &rows, Manner { dry_run: true, ..Manner::default() }).await;
        assert_eq!(dry.change, None);
        assert!(database.records().await.unwrap().is_empty() && database.last_change().await.unwrap() == 0);
        let first = take_in(database, &rows, Manner::default()).await;
        assert_eq!((dry.verdicts, first.change.is_some()), (first.verdicts, true));
        assert!(records(database).await.find("partnership:lviv-gdansk-pl").is_some());
        let again = take_in(database, &rows, Manner::default()).await;
        assert_eq!((again.change, &again.verdicts[0].fate), (None, &Fate::Same));
        let story = database.audit_of("partnership:lviv-gdansk-pl").await.unwrap();
        assert_eq!(story.len(), 1);
        assert_eq!((story[0].action.as_str(), story[0].author.who.as_str()), ("RECORD_ADDED", "command line"));
    })
    .await;
}

#[tokio::test]
async fn what_was_changed_through_the_hub_is_kept_unless_the_file_shall_win() {
    each(async |scratch| {
        let database = &scratch.database;
        let id = "partnership:kyiv-paris-fr";
        drop(Records::seed_and_load(database, now()).await.unwrap());
        let mut transaction = database.begin(now()).await.unwrap();
        let before = transaction.record(id).await.unwrap().unwrap();
        let mut body: serde_json::Value = serde_json::from_str(&before.body).unwrap();
        body["programme"] = "Bridges".into();
        body["themes"] = serde_json::json!([]);
        let change = stored("partnerships", id, &body, Origin::Api);
        transaction.put_record(&Author::command_line(), change).await.unwrap();
        transaction.commit().await.unwrap();
        let rows = [row("Kyiv,UA,,Paris,FR,FR101", "2026-11")];
        let imported = take_in(database, &rows, Manner::default()).await;
        assert_eq!(told(&imported.verdicts[0]), format!("2 kept {id}: the record was changed through the hub"));
        assert_eq!(imported.change, None);
        let differing: Vec<_> = imported.differences.iter().map(|one| (one.id.as_str(), &one.fields)).collect();
        assert_eq!(differing, [(id, &vec!["programme".to_owned()])]);
        let imported = take_in(database, &rows, Manner { overwrite: true, ..Manner::default() }).await;
        assert!(matches!(imported.verdicts[0].fate, Fate::Changed(_)) && imported.change.is_some());
        let records = records(database).await;
        let Some(crate::records::RecordRef::Partnership(position)) = records.find(id) else { panic!("{id}") };
        let record = &records.partnerships()[position];
        assert_eq!((String::from(record.as_of).as_str(), record.programme.as_deref()), ("2026-11", Some("Bridges")));
    })
    .await;
}

#[tokio::test]
async fn what_is_given_out_is_what_the_database_has() {
    let scratch = crate::db::tests::Scratch::file().await;
    let rows = [row("Lviv,UA,,Gdańsk,PL,PL633", "2026")];
    take_in(&scratch.database, &rows, Manner::default()).await;
    let text = String::from_utf8(export::<Partnership>(&scratch.database, Format::Csv, now()).await.unwrap()).unwrap();
    assert!(text.starts_with("id,kind,state,party_1_name,"), "{text}");
    assert!(text.contains("partnership:lviv-gdansk-pl,TWINNING,ACTIVE,Lviv,UA,UA46060250010015970,"), "{text}");
    let table = Table::read(text.as_bytes(), Format::Csv, PARTNERSHIP_COLUMNS).unwrap();
    let again = import::<Partnership>(&table, &scratch.database, Manner::default(), now()).await.unwrap();
    assert!(again.verdicts.iter().all(|verdict| verdict.fate == Fate::Same) && again.verdicts.len() == 266);
}
