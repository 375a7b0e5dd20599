//! Keys and labels of what records are counted and summed by.

use connectors::model::{Instrument, ProjectStatus};

use crate::places::{Gazetteer, LocationLevel, PlaceIndex};
use crate::sectors::SectorIndex;

/// The key of records for which a value is not known.
pub const UNKNOWN: &str = "UNKNOWN";
/// The key of records without any date.
pub const UNDATED: &str = "UNDATED";

/// An enum value's name as words for a reader: `FRAMEWORK_LOAN` is "Framework loan".
#[must_use]
pub fn words_of(key: &str) -> String {
    let words = key.to_lowercase().replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// What a partner is called for short; its id where the registry does not have it.
#[must_use]
pub fn partner_label(id: &str) -> String {
    connectors::partners::find(id).map_or_else(|| id.to_owned(), |partner| partner.abbreviation.to_owned())
}

/// The English name of a place.
#[must_use]
pub fn place_label(place: PlaceIndex) -> String {
    Gazetteer::embedded().name(place, &[]).to_owned()
}

/// The English name of a sector; "Unknown" for what is no sector's code.
#[must_use]
pub fn sector_label(code: &str) -> String {
    SectorIndex::embedded().by_code(code).map_or_else(|| "Unknown".to_owned(), |sector| sector.name.to_owned())
}

/// The status under its name in the schema.
#[must_use]
pub fn status_key(status: ProjectStatus) -> &'static str {
    match status {
        ProjectStatus::Pipeline => "PIPELINE",
        ProjectStatus::Approved => "APPROVED",
        ProjectStatus::Signed => "SIGNED",
        ProjectStatus::Implementing => "IMPLEMENTING",
        ProjectStatus::Completed => "COMPLETED",
        ProjectStatus::Cancelled => "CANCELLED",
        ProjectStatus::Suspended => "SUSPENDED",
        ProjectStatus::Unknown => UNKNOWN,
    }
}

/// The instrument under its name in the schema.
#[must_use]
pub fn instrument_key(instrument: Instrument) -> &'static str {
    match instrument {
        Instrument::Loan => "LOAN",
        Instrument::FrameworkLoan => "FRAMEWORK_LOAN",
        Instrument::Guarantee => "GUARANTEE",
        Instrument::Equity => "EQUITY",
        Instrument::Grant => "GRANT",
        Instrument::TechnicalAssistance => "TECHNICAL_ASSISTANCE",
        Instrument::Other => "OTHER",
        Instrument::Unknown => UNKNOWN,
    }
}

/// The level under its name in the schema.
#[must_use]
pub fn level_key(level: LocationLevel) -> &'static str {
    match level {
        LocationLevel::Nationwide => "NATIONWIDE",
        LocationLevel::Oblast => "OBLAST",
        LocationLevel::Raion => "RAION",
        LocationLevel::Hromada => "HROMADA",
        LocationLevel::Settlement => "SETTLEMENT",
        LocationLevel::Point => "POINT",
    }
}
