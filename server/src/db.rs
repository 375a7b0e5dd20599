//! The one door to the database: SQLite in a file by default, PostgreSQL by `HUB_DATABASE=postgres://…`.
//!
//! Two engines, one text: every statement is plain SQL with `$1`, stands in [`mod@statements`], and is prepared on both
//! engines by a test. Decimals and instants are TEXT on both.
//!
//! What is written is written in a [`Transaction`], which takes the next number of the change counter first: writers
//! follow one another, on both engines alike, and a number tells every other process that something is new. A line of
//! the audit is part of the same transaction as what it tells of, so neither is ever there alone.
//!
//! This layer knows rows; what a record means is said in [`records`](crate::records).

mod applications;
mod audit;
mod backup;
mod engagement;
mod engine;
mod error;
mod records;
pub mod statements;
mod tokens;
mod transaction;
mod value;

#[cfg(test)]
pub(crate) mod tests;

pub use applications::{ApplicantRow, ApplicationRow, NewApplication};
pub use audit::{AuditEntry, Author, Deed};
pub use engagement::{FeedbackRow, MutationResult};
pub use engine::{Database, EngineKind};
pub use error::DbError;
pub use records::{Origin, RecordChange, RecordRow};
pub use tokens::{NewToken, TokenRow};
pub use transaction::Transaction;
pub use value::{Row, Value};
