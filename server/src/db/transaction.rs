//! Writing: all of it or nothing.

use chrono::{DateTime, Utc};
use futures_util::TryStreamExt as _;
use sqlx::{Postgres, Sqlite};
use tokio::sync::OwnedMutexGuard;

use super::engine::Engine;
use super::value::{IntoRow as _, Row, Value, bound};
use super::{DbError, statements};

/// Something that is being written. Dropped without [`Transaction::commit`], nothing of it remains.
pub struct Transaction {
    inner: Inner,
    now: DateTime<Utc>,
    change: i64,
    /// How many lines of the audit this change has so far.
    pub(super) lines: i64,
    /// Let go last: who writes next finds the connection free.
    _turn: OwnedMutexGuard<()>,
}

enum Inner {
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    Postgres(sqlx::Transaction<'static, Postgres>),
}

impl Transaction {
    pub(super) async fn begin(engine: &Engine, turn: OwnedMutexGuard<()>, now: DateTime<Utc>) -> Result<Self, DbError> {
        let inner = match engine {
            // IMMEDIATE takes the write lock at once: a lock taken later could not wait for another process's.
            Engine::Sqlite { writer, .. } => Inner::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Engine::Postgres { writer, .. } => Inner::Postgres(writer.begin().await?),
        };
        let mut transaction = Self { inner, now, change: 0, lines: 0, _turn: turn };
        // On PostgreSQL the counter's row is the lock that writers queue for.
        let rows = transaction.rows(statements::NEXT_CHANGE, &[]).await?;
        let number = rows.first().map(|row| row.integer("number")).transpose()?;
        transaction.change = number.ok_or_else(|| DbError::Unreadable("the change counter is empty".to_owned()))?;
        Ok(transaction)
    }

    /// The instant that all of it carries.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The number of this change.
    #[must_use]
    pub fn change(&self) -> i64 {
        self.change
    }

    /// The rows that a statement gives, with what was written here before.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn rows(&mut self, statement: &'static str, values: &[Value]) -> Result<Vec<Row>, DbError> {
        match &mut self.inner {
            Inner::Sqlite(inner) => {
                let rows = bound(statement, values).fetch(&mut **inner).map_err(DbError::from);
                rows.and_then(|row| async { row.into_row() }).try_collect().await
            }
            Inner::Postgres(inner) => {
                let rows = bound(statement, values).fetch(&mut **inner).map_err(DbError::from);
                rows.and_then(|row| async { row.into_row() }).try_collect().await
            }
        }
    }

    /// Runs a statement and tells how many rows it changed.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn run(&mut self, statement: &'static str, values: &[Value]) -> Result<u64, DbError> {
        Ok(match &mut self.inner {
            Inner::Sqlite(inner) => bound(statement, values).execute(&mut **inner).await?.rows_affected(),
            Inner::Postgres(inner) => bound(statement, values).execute(&mut **inner).await?.rows_affected(),
        })
    }

    /// Makes it last, and tells the number of the change. When it returns, it is on the disk.
    ///
    /// # Errors
    /// [`DbError`]; then nothing was written.
    pub async fn commit(self) -> Result<i64, DbError> {
        match self.inner {
            Inner::Sqlite(inner) => inner.commit().await?,
            Inner::Postgres(inner) => inner.commit().await?,
        }
        Ok(self.change)
    }
}
