//! What can go wrong with the database, by what to do about it.

use std::path::PathBuf;

/// Why the database did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The file or server is not there, is not reachable, or does not let us in.
    #[error("the database {at} cannot be opened; {hint}")]
    Open {
        /// Which, without a password.
        at: String,
        /// What to look at.
        hint: &'static str,
        /// What the engine said.
        source: sqlx::Error,
    },
    /// The tables could not be brought to this version's form.
    #[error(
        "the tables of the database {at} cannot be brought up to date; is it of a newer hub? Restore a backup, or run that version"
    )]
    Migrate {
        /// Which, without a password.
        at: String,
        /// What the engine said.
        source: sqlx::migrate::MigrateError,
    },
    /// The setting is no address of a database.
    #[error(
        "`database` (HUB_DATABASE) is not understood: leave it out for a file in `data_dir`, or write postgres://user:password@host/name"
    )]
    Address,
    /// Another record stands in the way: an id that is taken, or a name that leads nowhere.
    #[error("the database refuses the change: {0}")]
    Refused(String),
    /// A row that this version cannot read.
    #[error("a row of the database cannot be read: {0}")]
    Unreadable(String),
    /// A backup cannot be written there.
    #[error("the backup {} cannot be written: {reason}", path.display())]
    Backup {
        /// Where to.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
    /// Anything else that the engine said. It may pass by itself.
    #[error("the database did not answer as it should")]
    Engine(#[source] sqlx::Error),
}

impl From<sqlx::Error> for DbError {
    fn from(error: sqlx::Error) -> Self {
        match error.as_database_error() {
            Some(database) if database.is_unique_violation() => {
                Self::Refused("there is one like it already".to_owned())
            }
            Some(database) if database.is_foreign_key_violation() => {
                Self::Refused("it names a record that is not there".to_owned())
            }
            Some(database) if database.is_check_violation() => Self::Refused(database.message().to_owned()),
            _ => Self::Engine(error),
        }
    }
}
