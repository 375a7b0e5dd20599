//! What is wrong with a change, field by field.

use crate::db::DbError;

/// What is wrong with one field of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFault {
    /// The path to the field in the input; empty where the whole of it is meant.
    pub path: Vec<String>,
    /// What is wrong; a code keeps its meaning for ever.
    pub code: &'static str,
    /// A sentence that says what to do.
    pub message: String,
}

/// Why a change was not made.
#[derive(Debug, thiserror::Error)]
pub enum ChangeFault {
    /// Its sender can change it and send it again.
    #[error("the input has {} faults", .0.len())]
    Input(Vec<InputFault>),
    /// The database did not take it; it may pass by itself.
    #[error(transparent)]
    Database(DbError),
    /// It was made, and the hub cannot show it yet.
    #[error("a change was made and cannot be shown yet")]
    Hub(#[source] anyhow::Error),
}

impl InputFault {
    pub(super) fn new(path: &[&str], code: &'static str, message: impl Into<String>) -> Self {
        Self { path: path.iter().map(|part| (*part).to_owned()).collect(), code, message: message.into() }
    }
}

impl ChangeFault {
    pub(super) fn of(path: &[&str], code: &'static str, message: impl Into<String>) -> Self {
        Self::Input(vec![InputFault::new(path, code, message)])
    }
}

impl From<DbError> for ChangeFault {
    fn from(error: DbError) -> Self {
        match error {
            // Somebody else was quicker: what was looked at before has changed.
            DbError::Refused(reason) => Self::of(
                &[],
                "CONFLICT",
                format!("It does not fit what has been written meanwhile: {reason}. Look again."),
            ),
            error => Self::Database(error),
        }
    }
}
