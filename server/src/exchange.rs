//! The Alliance's members and partnerships as tables: a secretariat's spreadsheet in and out.
//!
//! 1. [`Table`]: a CSV or JSON file as rows, each with the line that it begins on.
//! 2. [`Cells`]: one row; what cannot be read is noted by column, and the others are read all the same.
//! 3. [`Tabled`]: what a member or a partnership is as a row, and which record a row is about.
//! 4. [`mod@judge`]: what becomes of each row. Pure: the same rows on the same records have the same fates.
//! 5. [`import`]: judges a table on the records of a database and writes what is to be written, in one transaction.
//! 6. [`export`]: records as a table of the same columns; taken in again, it changes nothing.
//!
//! The columns are explained in `docs/import.md`.

mod cells;
mod columns;
mod difference;
mod judge;
mod member;
mod names;
mod partnership;
mod source;
mod table;
mod tabled;
mod write;

#[cfg(test)]
mod tests;

pub use cells::Cells;
pub use columns::{Column, MEMBER_COLUMNS, PARTNERSHIP_COLUMNS};
pub use judge::{Fate, Judged, Verdict, judge};
pub use table::{Format, Row, Table, TableError};
pub use tabled::Tabled;
pub use write::{ExchangeError, Imported, Manner, export, import, written_as};
