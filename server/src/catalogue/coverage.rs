//! How much of a selection can be put on a map.

use roaring::RoaringBitmap;

use super::Catalogue;

/// Counts of records by what is known of their place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Coverage {
    /// All of them.
    pub records: u64,
    /// With a place below the country.
    pub located: u64,
    /// Meant for the whole country.
    pub nationwide: u64,
    /// With neither.
    pub unlocated: u64,
}

impl Coverage {
    pub(super) fn of(catalogue: &Catalogue, selection: &RoaringBitmap) -> Self {
        let records = selection.len();
        let located = selection.intersection_len(&catalogue.index.located);
        let nationwide = selection.intersection_len(&catalogue.index.nationwide);
        Self { records, located, nationwide, unlocated: records - located - nationwide }
    }
}
