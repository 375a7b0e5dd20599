//! Where a project happens, in the source's own words. Resolving a name to a place is not a connector's work.

use serde::{Deserialize, Serialize};

/// A location that the source states in a field of its own.
///
/// A connector never reads titles or descriptions for places, and never adds a country's capital for a
/// country-wide record: it says [`PublishedLocation::Nationwide`] only where the source says so.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PublishedLocation {
    /// A name as printed: an oblast, a city, a region.
    Name(String),
    /// A code as printed, with its scheme (`KATOTTG`, `NUTS`, `ISO3166-2`).
    Code {
        /// The code list.
        scheme: String,
        /// The code.
        value: String,
    },
    /// The source says that the whole country is meant.
    Nationwide,
}
