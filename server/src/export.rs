//! Projects as files: for spreadsheets, scripts and maps.
//!
//! 1. [`Column`] and [`COLUMNS`]: what a row says, in one list; the files and the dictionary are both written from it.
//! 2. [`Row`]: one record, or one amount of it.
//! 3. [`Asked`]: which rows are wanted, with the filter of the query.
//! 4. [`Chunks`]: the file, piece by piece; never whole in memory.
//! 5. [`dictionary`]: what each column means.
//! 6. [`whole`]: everything that the hub holds, as one file.

mod asked;
mod cell;
mod chunks;
mod columns;
mod delimited;
pub mod dictionary;
mod parameters;
mod points;
mod row;
mod sources;
pub mod whole;

pub use asked::{Asked, Fault};
pub use cell::Cell;
pub use chunks::Chunks;
pub use columns::{COLUMNS, Column, Kind};
pub use row::{Grain, Row};

/// The formats that projects are given in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Comma-separated values by RFC 4180, in UTF-8.
    Csv,
    /// One JSON object with the rows in a list.
    Json,
    /// One JSON object a line.
    Ndjson,
    /// A feature collection of the records that can be put on a map.
    GeoJson,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 4] = [Self::Csv, Self::Json, Self::Ndjson, Self::GeoJson];

    /// The end of a file's name.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Ndjson => "ndjson",
            Self::GeoJson => "geojson",
        }
    }

    /// The media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Json => "application/json; charset=utf-8",
            Self::Ndjson => "application/x-ndjson; charset=utf-8",
            Self::GeoJson => "application/geo+json; charset=utf-8",
        }
    }
}

#[cfg(test)]
mod tests;
