//! Opening a database, and reading from it.

use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::TryStreamExt as _;
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgPool, SqlitePool};
use tokio::sync::Mutex;

use super::transaction::Transaction;
use super::value::{IntoRow as _, Row, Value, bound};
use super::{DbError, statements};
use crate::config::DatabaseUrl;

/// The tables, version by version; each runs once, at start.
pub(super) static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// The file in the data folder.
const FILE: &str = "hub.db";
/// How long a writer waits for another process that writes to the same file.
const BUSY: Duration = Duration::from_secs(10);
/// How long anybody waits for a connection.
const PATIENCE: Duration = Duration::from_secs(15);
/// Connections that read, at most.
const READERS: u32 = 4;

/// Which engine a database runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EngineKind {
    /// A file of this machine.
    Sqlite,
    /// A server.
    Postgres,
}

/// An open database with all its tables.
#[derive(Debug, Clone)]
pub struct Database {
    pub(super) engine: Engine,
    /// Where writers of this process queue, for as long as it takes: a queue is no fault of the database.
    turn: Arc<Mutex<()>>,
}

#[derive(Debug, Clone)]
/// One connection writes: writers follow one another anyhow, and none that waits takes a reader's connection. The
/// readers see what was last committed.
pub(super) enum Engine {
    Sqlite { writer: SqlitePool, readers: SqlitePool },
    Postgres { writer: PgPool, readers: PgPool },
}

impl Database {
    /// Opens the database of the settings and brings its tables up to date: the server that the URL names, else the
    /// file `hub.db` in the data folder, which is made where it is not there.
    ///
    /// # Errors
    /// [`DbError::Open`], [`DbError::Migrate`] and [`DbError::Address`], which say what to look at.
    pub async fn open(url: Option<&DatabaseUrl>, data_dir: &Path) -> Result<Self, DbError> {
        let Some(url) = url else { return Self::open_file(&data_dir.join(FILE)).await };
        if !url.reveal().starts_with("postgres://") && !url.reveal().starts_with("postgresql://") {
            return Err(DbError::Address);
        }
        let options = PgConnectOptions::from_str(url.reveal()).map_err(|_| DbError::Address)?;
        let at = format!("postgres://{}:{}", options.get_host(), options.get_port());
        let hint = "look at HUB_DATABASE, and whether the server runs and lets the hub in";
        let options = options.application_name("alliance-hub");
        let pool = PgPoolOptions::new().acquire_timeout(PATIENCE);
        let writer = pool.clone().max_connections(1).connect_with(options.clone()).await;
        let writer = writer.map_err(|source| DbError::Open { at: at.clone(), hint, source })?;
        MIGRATIONS.run(&writer).await.map_err(|source| DbError::Migrate { at, source })?;
        let readers = pool.max_connections(READERS).connect_lazy_with(options);
        Ok(Self::of(Engine::Postgres { writer, readers }))
    }

    /// The database of the settings to look at and not to change: where there is no file yet, one in memory takes its
    /// place, and no file is made.
    ///
    /// # Errors
    /// As [`Database::open`].
    pub async fn open_to_try(url: Option<&DatabaseUrl>, data_dir: &Path) -> Result<Self, DbError> {
        if url.is_none() && !tokio::fs::try_exists(data_dir.join(FILE)).await.unwrap_or(true) {
            return Self::in_memory().await;
        }
        Self::open(url, data_dir).await
    }

    /// Opens a file, and makes it and its folder where they are not there.
    ///
    /// # Errors
    /// [`DbError::Open`] and [`DbError::Migrate`].
    pub async fn open_file(path: &Path) -> Result<Self, DbError> {
        let at = path.display().to_string();
        let hint = "look at `data_dir` (HUB_DATA_DIR), and whether the hub may write there";
        let failed = |source| DbError::Open { at: at.clone(), hint, source };
        if let Some(folder) = path.parent() {
            tokio::fs::create_dir_all(folder).await.map_err(|error| failed(sqlx::Error::Io(error)))?;
        }
        let options = file_options(path.to_path_buf());
        let pool = SqlitePoolOptions::new().acquire_timeout(PATIENCE);
        let writer = pool.clone().max_connections(1).connect_with(options.clone()).await.map_err(failed)?;
        MIGRATIONS.run(&writer).await.map_err(|source| DbError::Migrate { at: at.clone(), source })?;
        let readers = pool.max_connections(READERS).connect_with(options.read_only(true)).await.map_err(failed)?;
        Ok(Self::of(Engine::Sqlite { writer, readers }))
    }

    /// Opens a database in memory, which is gone when it is closed.
    ///
    /// # Errors
    /// [`DbError::Open`] and [`DbError::Migrate`].
    pub async fn in_memory() -> Result<Self, DbError> {
        let (at, hint) = ("in memory".to_owned(), "look at how much memory is left");
        let options = SqliteConnectOptions::new().in_memory(true).foreign_keys(true);
        // The one connection is the database; it is never let go for being idle or old.
        let pool = SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
        let only = pool.connect_with(options).await;
        let only = only.map_err(|source| DbError::Open { at: at.clone(), hint, source })?;
        MIGRATIONS.run(&only).await.map_err(|source| DbError::Migrate { at, source })?;
        Ok(Self::of(Engine::Sqlite { writer: only.clone(), readers: only }))
    }

    fn of(engine: Engine) -> Self {
        Self { engine, turn: Arc::default() }
    }

    /// Which engine it runs on.
    #[must_use]
    pub fn kind(&self) -> EngineKind {
        match self.engine {
            Engine::Sqlite { .. } => EngineKind::Sqlite,
            Engine::Postgres { .. } => EngineKind::Postgres,
        }
    }

    /// Begins to write. Who writes waits for who wrote before; what is not committed did not happen. All that is
    /// written carries the instant given.
    ///
    /// # Errors
    /// [`DbError::Engine`].
    pub async fn begin(&self, now: DateTime<Utc>) -> Result<Transaction, DbError> {
        let turn = Arc::clone(&self.turn).lock_owned().await;
        Transaction::begin(&self.engine, turn, now).await
    }

    /// The rows that a statement gives, as last committed.
    ///
    /// # Errors
    /// [`DbError::Engine`] and [`DbError::Unreadable`].
    pub async fn rows(&self, statement: &'static str, values: &[Value]) -> Result<Vec<Row>, DbError> {
        match &self.engine {
            Engine::Sqlite { readers, .. } => {
                let rows = bound(statement, values).fetch(readers).map_err(DbError::from);
                rows.and_then(|row| async { row.into_row() }).try_collect().await
            }
            Engine::Postgres { readers, .. } => {
                let rows = bound(statement, values).fetch(readers).map_err(DbError::from);
                rows.and_then(|row| async { row.into_row() }).try_collect().await
            }
        }
    }

    /// Writes down something that is shown to nobody but operators, apart from the changes: it takes no number, and
    /// there is no line of the audit.
    pub(super) async fn note(&self, statement: &'static str, values: &[Value]) -> Result<(), DbError> {
        match &self.engine {
            Engine::Sqlite { writer, .. } => bound(statement, values).execute(writer).await.map(drop)?,
            Engine::Postgres { writer, .. } => bound(statement, values).execute(writer).await.map(drop)?,
        }
        Ok(())
    }

    /// The number of the last change. It answers, too, whether the database is there.
    ///
    /// # Errors
    /// [`DbError::Engine`].
    pub async fn last_change(&self) -> Result<i64, DbError> {
        let rows = self.rows(statements::LAST_CHANGE, &[]).await?;
        rows.first().map_or(Ok(0), |row| row.integer("number"))
    }

    /// Lets every connection go, once those that are in use have ended.
    pub async fn close(&self) {
        match &self.engine {
            Engine::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Engine::Postgres { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
        }
    }
}

/// WAL lets readers read while one writes; FULL has every commit on the disk before it is acknowledged.
pub(super) fn file_options(path: PathBuf) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY)
}
