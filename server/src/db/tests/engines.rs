//! Opening, statements, backups.

use sqlx::{Executor as _, SqlStr};

use super::{Scratch, each};
use crate::config::DatabaseUrl;
use crate::db::engine::Engine;
use crate::db::{Database, DbError, EngineKind, Origin, RecordChange, statements};
use crate::samples::at;

#[tokio::test]
async fn every_statement_is_understood_by_both_engines() {
    each(async |scratch| {
        for (name, sql) in statements::ALL {
            let prepared = match &scratch.database.engine {
                Engine::Sqlite { writer, .. } => {
                    writer.acquire().await.unwrap().prepare(SqlStr::from_static(sql)).await.map(drop)
                }
                Engine::Postgres { writer, .. } => {
                    writer.acquire().await.unwrap().prepare(SqlStr::from_static(sql)).await.map(drop)
                }
            };
            assert!(prepared.is_ok(), "{name} on {:?}: {prepared:?}", scratch.database.kind());
        }
    })
    .await;
}

#[tokio::test]
async fn a_database_is_brought_up_to_date_once() {
    each(async |scratch| {
        let mut transaction = scratch.database.begin(at(0)).await.unwrap();
        transaction.run(statements::ADD_AUDIT, &audit_line()).await.unwrap();
        assert_eq!(transaction.commit().await.unwrap(), 1);
        let again = scratch.again().await;
        assert_eq!((again.last_change().await.unwrap(), again.audit_of("x").await.unwrap().len()), (1, 1));
        again.close().await;
    })
    .await;
}

fn audit_line() -> [crate::db::Value; 9] {
    let none = || crate::db::Value::Text(None);
    [1.into(), 1.into(), at(0).into(), "who".into(), "ROLE".into(), "DONE".into(), "x".into(), none(), none()]
}

#[tokio::test]
async fn a_backup_is_the_database_of_one_moment() {
    let scratch = Scratch::file().await;
    let mut transaction = scratch.database.begin(at(0)).await.unwrap();
    let change = RecordChange::by_api("members", "member:one", "{}".to_owned());
    transaction.put_record(&crate::db::Author::command_line(), change).await.unwrap();
    transaction.commit().await.unwrap();
    let file = scratch.folder.path().join("copy.db");
    scratch.database.backup(&file).await.unwrap();
    let copy = Database::open_file(&file).await.unwrap();
    let rows = copy.records().await.unwrap();
    assert_eq!((rows.len(), rows[0].id.as_str(), rows[0].origin), (1, "member:one", Origin::Api));
    assert_eq!(copy.last_change().await.unwrap(), 1);
    let refused = scratch.database.backup(&file).await.unwrap_err();
    assert!(matches!(refused, DbError::Backup { .. }) && refused.to_string().contains("already"), "{refused}");
}

#[tokio::test]
async fn a_server_is_backed_up_by_its_own_command() {
    each(async |scratch| {
        if scratch.database.kind() == EngineKind::Postgres {
            let refused = scratch.database.backup(&scratch.folder.path().join("copy")).await.unwrap_err();
            assert!(refused.to_string().contains("pg_dump"), "{refused}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_address_that_cannot_be_used_is_refused_without_its_password() {
    let folder = tempfile::tempdir().unwrap();
    for url in ["mysql://hub:geheim@host/name", "postgres://hub:geheim@127.0.0.1:1/name?connect_timeout=1"] {
        let url = DatabaseUrl::new(url);
        let refused = Database::open(Some(&url), folder.path()).await.unwrap_err();
        let said = format!("{:#} {url:?}", anyhow::Error::from(refused));
        assert!(said.contains("HUB_DATABASE") && !said.contains("geheim"), "{said}");
    }
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "no folder").unwrap();
    let refused = Database::open(None, &file).await.unwrap_err().to_string();
    assert!(refused.contains("HUB_DATA_DIR") && refused.contains("hub.db"), "{refused}");
}
