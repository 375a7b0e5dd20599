//! The embedded tables, as rows of texts.
//!
//! Their texts live as long as the program, so places can hold slices of them instead of copies.

use std::sync::OnceLock;

/// Rows of `iso2, iso3, english, french, russian, eu_member, native`.
pub(super) const COUNTRIES: &str = include_str!("../../reference/places/countries.tsv");
/// Rows of `id, country, name, native`.
pub(super) const NUTS: &str = include_str!("../../reference/places/nuts-2024.tsv");
/// Rows of `code, iso_3166_2, geonames, ukrainian, english, short, centre, population_2022`.
pub(super) const OBLASTS: &str = include_str!("../../reference/places/oblasts.tsv");
/// Rows of `code, centre, population_2022`.
pub(super) const HROMADAS: &str = include_str!("../../reference/places/hromadas.tsv");
/// Rows of `code, alias, kind, language`.
pub(super) const ALIASES: &str = include_str!("../../reference/places/aliases.tsv");
/// Rows of `code, former, first_edition, last_edition`.
pub(super) const FORMER_NAMES: &str = include_str!("../../reference/places/former-names.tsv");

/// Rows of `code, category, name`, in the order of the codes.
pub(super) fn codifier() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| unpacked(include_bytes!("../../reference/places/codifier.tsv.zst")))
}

/// Rows of `code, population, latitude, longitude, spellings`, without a header line.
pub(super) fn geonames() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| unpacked(include_bytes!("../../reference/places/geonames.tsv.zst")))
}

/// What is packed was packed by our own script, and a test counts its rows: it cannot be broken here.
fn unpacked(packed: &'static [u8]) -> String {
    let bytes = zstd::decode_all(packed).unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// A row's fields; a field that is not there reads as empty.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row(&'static str);

impl Row {
    /// The first fields of the row.
    pub(super) fn fields<const N: usize>(self) -> [&'static str; N] {
        let mut fields = self.0.split('\t');
        std::array::from_fn(|_| fields.next().unwrap_or_default())
    }
}

/// The rows of an authored table, without its header line.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = Row> {
    lines(table).skip(1)
}

/// The rows of a table without a header line.
pub(super) fn lines(table: &'static str) -> impl Iterator<Item = Row> {
    table.lines().map(Row)
}

/// The text, unless it is empty.
pub(super) fn filled(text: &'static str) -> Option<&'static str> {
    Some(text).filter(|text| !text.is_empty())
}
