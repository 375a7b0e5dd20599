//! A file of an older hub: it is brought forward with all that it holds.

use crate::db::Database;
use crate::db::engine::MIGRATIONS;
use crate::db::statements;
use crate::records::Records;
use crate::samples::at;

/// What a hub of the first version wrote: its tables, a member that a mutation changed, and the audit of both.
const FIRST: &[u8] = include_bytes!("first.db");

#[tokio::test]
async fn a_file_of_the_first_version_is_brought_forward_with_all_it_holds() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("hub.db"), FIRST).unwrap();
    let database = Database::open(None, folder.path()).await.unwrap();
    let rows = database.records().await.unwrap();
    assert_eq!((rows.len(), rows[0].id.as_str(), rows[0].version), (1, "member:testivka", 2));
    let story = database.audit_of("member:testivka").await.unwrap();
    assert_eq!(story.iter().map(|line| line.action.as_str()).collect::<Vec<_>>(), ["RECORD_ADDED", "RECORD_CHANGED"]);
    assert!(database.tokens().await.unwrap().is_empty() && database.applications().await.unwrap().is_empty());
    let loaded = Records::seed_and_load(&database, at(0)).await.unwrap();
    assert_eq!((loaded.change, loaded.faults.len()), (3, 0), "the seed comes in beside it");
    let member = loaded.records.members().iter().find(|member| member.id == "member:testivka").unwrap();
    assert_eq!(member.names.in_languages(&[]), "Testivka City");
    database.close().await;
    let again = Database::open(None, folder.path()).await.unwrap();
    assert_eq!(again.last_change().await.unwrap(), 3);
    assert!(again.rows(statements::LINK_DECISIONS, &[]).await.unwrap().is_empty());
}

#[test]
fn versions_follow_one_another_and_what_was_published_stays() {
    let versions: Vec<i64> = MIGRATIONS.iter().map(|migration| migration.version).collect();
    assert_eq!(versions, (1..=i64::try_from(versions.len()).unwrap()).collect::<Vec<_>>());
    assert!(MIGRATIONS.iter().all(|migration| migration.migration_type.is_up_migration()));
}
