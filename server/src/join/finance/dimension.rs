//! What sums are grouped by, and the value of each record there.

use connectors::model::{AmountBasis, OrganisationRole};

use crate::catalogue::labels::{
    UNDATED, UNKNOWN, instrument_key, partner_label, place_label, sector_label, status_key, words_of,
};
use crate::catalogue::{Catalogue, RecordNumber};
use crate::harvest::PackedProject;
use crate::join::links::reported_bank;
use crate::places::{Category, Gazetteer, LocationLevel, PlaceIndex, PlaceLevel};
use crate::sectors::Sector;

/// What sums are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// Who publishes the record.
    Partner,
    /// Who gives the money.
    Funder,
    /// The country.
    Country,
    /// The first-level unit of Ukraine.
    Oblast,
    /// The hromada.
    Hromada,
    /// The DAC sector.
    Sector,
    /// The DAC sector's group.
    SectorGroup,
    /// The status.
    Status,
    /// The financial form.
    Instrument,
    /// The year of the amount; it depends on the basis, so it has columns of its own.
    Year,
}

impl Dimension {
    /// Every dimension that has one value a record.
    pub(super) const OF_RECORDS: [Self; 9] = [
        Self::Partner,
        Self::Funder,
        Self::Country,
        Self::Oblast,
        Self::Hromada,
        Self::Sector,
        Self::SectorGroup,
        Self::Status,
        Self::Instrument,
    ];

    /// The value of a record.
    pub(super) fn value(self, catalogue: &Catalogue, number: RecordNumber) -> Value {
        let (record, project) = (catalogue.record(number), catalogue.project(number));
        match self {
            Self::Partner => Value::Partner(project.id().partner().to_owned()),
            Self::Funder => funder(project),
            Self::Country => one(project.countries().map(|code| Value::Country(code.to_string())), UNKNOWN),
            Self::Oblast => place(catalogue, number, |place| Gazetteer::embedded().oblast_of(place)),
            Self::Hromada => place(catalogue, number, hromada_of),
            Self::Sector => one(record.sector.all.iter().map(|sector| Value::Sector(sector.code)), UNKNOWN),
            Self::SectorGroup => one(record.sector.all.iter().map(|sector| Value::Sector(group_of(sector))), UNKNOWN),
            Self::Status => Value::Word(status_key(project.status())),
            Self::Instrument => Value::Word(instrument_key(project.instrument())),
            Self::Year => Value::Word(UNDATED),
        }
    }
}

/// One value of a dimension.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Value {
    Partner(String),
    /// Key and label.
    Funder(String, String),
    Country(String),
    Place(PlaceIndex),
    Sector(&'static str),
    Year(i32),
    /// `MULTIPLE`, `UNKNOWN` and their like, and the names of enum values.
    Word(&'static str),
}

/// Several values.
const MULTIPLE: &str = "MULTIPLE";
/// Meant for the whole country.
const NATIONWIDE: &str = "NATIONWIDE";
/// No place is known.
const UNLOCATED: &str = "UNLOCATED";
/// In a place that is larger than the units asked for: an oblast, where hromadas are.
const WIDER: &str = "WIDER";
/// Outside Ukraine.
const ABROAD: &str = "ABROAD";

impl Value {
    /// The value as a filter takes it, or a word in capitals.
    pub(super) fn key(&self) -> String {
        match self {
            Self::Partner(key) | Self::Funder(key, _) | Self::Country(key) => key.clone(),
            Self::Place(place) => Gazetteer::embedded().get(*place).id.to_owned(),
            Self::Sector(key) | Self::Word(key) => (*key).to_owned(),
            Self::Year(year) => year.to_string(),
        }
    }

    /// The value for a reader.
    pub(super) fn label(&self) -> String {
        match self {
            Self::Partner(id) => partner_label(id),
            Self::Funder(_, label) => label.clone(),
            Self::Country(code) => Gazetteer::embedded().by_id(code).map_or_else(|| code.clone(), place_label),
            Self::Place(place) => place_label(*place),
            Self::Sector(code) => sector_label(code),
            Self::Year(year) => year.to_string(),
            Self::Word(word) => words_of(word),
        }
    }
}

/// The year under which an amount of a record counts: that of the signature or approval for those bases, else that of
/// the amount itself.
pub(super) fn year(project: PackedProject<'_>, basis: AmountBasis) -> Value {
    let of_event = match basis {
        AmountBasis::Signed => project.signed_on(),
        AmountBasis::Approved => project.approved_on(),
        _ => None,
    };
    let date = of_event.or_else(|| project.amount(basis)?.date);
    date.map_or(Value::Word(UNDATED), |date| Value::Year(date.year_number()))
}

/// The only value; `MULTIPLE` where there are several, and the word given where there is none.
fn one(values: impl Iterator<Item = Value>, none: &'static str) -> Value {
    let mut found = None;
    for value in values {
        match &found {
            None => found = Some(value),
            Some(before) if *before == value => {}
            Some(_) => return Value::Word(MULTIPLE),
        }
    }
    found.unwrap_or(Value::Word(none))
}

/// Who gives the money: the bank whose lending a row of statistics reports, else who is named as funder, else the
/// partner that reports its own lending.
fn funder(project: PackedProject<'_>) -> Value {
    if let Some(bank) = reported_bank(project) {
        return bank_value(bank);
    }
    // The agency of a provider is a part of the provider.
    let is_agency = |reference: Option<&str>| reference.is_some_and(|text| text.starts_with("crs-agency"));
    let named = project.organisations().filter(|organisation| organisation.role == OrganisationRole::Funder);
    let named = named.filter(|organisation| !is_agency(organisation.reference)).map(|organisation| {
        let key = organisation.reference.unwrap_or(organisation.name);
        Value::Funder(key.to_owned(), organisation.name.to_owned())
    });
    let is_statistics = project.identifiers().any(|identifier| identifier.scheme == "crs");
    match one(named, UNKNOWN) {
        Value::Word(UNKNOWN) if !is_statistics => bank_value(project.id().partner()),
        found => found,
    }
}

fn bank_value(partner: &str) -> Value {
    let name = connectors::partners::find(partner).map_or(partner, |partner| partner.name);
    Value::Funder(partner.to_owned(), name.to_owned())
}

/// The unit in which a record's places lie.
fn place(catalogue: &Catalogue, number: RecordNumber, unit: impl Fn(PlaceIndex) -> Option<PlaceIndex>) -> Value {
    let locations = &catalogue.record(number).locations;
    let gazetteer = Gazetteer::embedded();
    let units = locations.iter().filter_map(|location| location.place).map(|place| match unit(place) {
        Some(unit) => Value::Place(unit),
        None if gazetteer.oblast_of(place).is_some() => Value::Word(WIDER),
        None => Value::Word(ABROAD),
    });
    let nationwide = locations.iter().any(|location| location.level == LocationLevel::Nationwide);
    one(units, if nationwide { NATIONWIDE } else { UNLOCATED })
}

/// The hromada of a place; Kyiv and Sevastopol have none and stand for themselves.
fn hromada_of(place: PlaceIndex) -> Option<PlaceIndex> {
    let gazetteer = Gazetteer::embedded();
    let special = |unit: &PlaceIndex| gazetteer.get(*unit).category == Some(Category::SpecialCity);
    gazetteer.at_or_above(place, PlaceLevel::Hromada).or_else(|| gazetteer.oblast_of(place).filter(special))
}

/// The group of three digits.
fn group_of(sector: &'static Sector) -> &'static str {
    let group = if sector.is_group() { None } else { sector.group() };
    group.map_or(sector.code, |group| group.code)
}
