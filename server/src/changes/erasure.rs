//! Erasing personal data: when its time is over, or when its owner asks for it.

use chrono::TimeDelta;

use super::Changes;
use crate::db::{Author, Database, DbError};

/// How long the results of changes are kept for who sends them again.
const RESULTS_KEPT: TimeDelta = TimeDelta::days(30);

/// Why personal data was not erased.
#[derive(Debug, thiserror::Error)]
#[error("personal data cannot be erased")]
pub struct ErasureError(#[from] DbError);

impl Changes {
    /// Erases the personal data whose time is over, and forgets what only served sending again. Gives the number of
    /// applicants erased.
    ///
    /// # Errors
    /// [`ErasureError`]; what was not erased will be the next time.
    pub async fn erase_due(&self) -> Result<usize, ErasureError> {
        let (database, now) = (self.hub.database(), self.hub.now());
        database.forget_results(now - RESULTS_KEPT).await?;
        erase(database, &Author::hub("retention"), &database.applicants_due(now).await?, now).await
    }
}

/// Erases who stands behind these applications, and gives the number of those that were there.
///
/// # Errors
/// [`ErasureError`]; then nothing was erased.
pub async fn erase(
    database: &Database,
    author: &Author,
    applications: &[String],
    now: chrono::DateTime<chrono::Utc>,
) -> Result<usize, ErasureError> {
    if applications.is_empty() {
        return Ok(0);
    }
    let mut transaction = database.begin(now).await?;
    let mut erased = 0;
    for id in applications {
        erased += usize::from(transaction.erase_applicant(author, id).await?);
    }
    transaction.commit().await?;
    tracing::info!(applications = erased, "personal data was erased");
    Ok(erased)
}
