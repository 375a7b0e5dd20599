//! Every behaviour on both engines: SQLite always, PostgreSQL where `HUB_TEST_POSTGRES` names a server.

mod engines;
mod forward;
mod records;
mod writers;

use std::path::Path;

use sqlx::postgres::PgPool;
use sqlx::{AssertSqlSafe, Executor as _};

use super::Database;
use crate::config::DatabaseUrl;

/// A database on which nobody else works, and what it needs to be taken away again.
pub(crate) struct Scratch {
    /// The database.
    pub(crate) database: Database,
    /// How another opens it.
    pub(crate) url: Option<DatabaseUrl>,
    /// The folder of the file; a folder with nothing in it for PostgreSQL.
    pub(crate) folder: tempfile::TempDir,
    schema: Option<(PgPool, String)>,
}

impl Scratch {
    /// A fresh file.
    pub(crate) async fn file() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(None, folder.path()).await.unwrap();
        Self { database, url: None, folder, schema: None }
    }

    /// A fresh schema on the server that the variable names.
    async fn server() -> Option<Self> {
        #[expect(clippy::disallowed_methods, reason = "the server of the tests is no setting of the hub")]
        let server = std::env::var("HUB_TEST_POSTGRES").ok()?;
        let pool = PgPool::connect(&server).await.unwrap();
        let schema = format!("test_{}", uuid::Uuid::now_v7().simple());
        pool.execute(AssertSqlSafe(format!("CREATE SCHEMA {schema}"))).await.unwrap();
        let url = DatabaseUrl::new(&format!("{server}?options=-c%20search_path%3D{schema}"));
        let database = Database::open(Some(&url), Path::new("")).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        Some(Self { database, url: Some(url), folder, schema: Some((pool, schema)) })
    }

    /// Opens it once more, as another process would.
    pub(crate) async fn again(&self) -> Database {
        Database::open(self.url.as_ref(), self.folder.path()).await.unwrap()
    }
}

/// Runs a behaviour on a fresh database of each engine.
pub(crate) async fn each(behaviour: impl AsyncFn(&Scratch)) {
    let file = Scratch::file().await;
    behaviour(&file).await;
    file.database.close().await;
    let Some(server) = Scratch::server().await else { return };
    behaviour(&server).await;
    server.database.close().await;
    if let Some((pool, schema)) = server.schema {
        pool.execute(AssertSqlSafe(format!("DROP SCHEMA {schema} CASCADE"))).await.unwrap();
    }
}
