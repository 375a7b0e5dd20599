//! Projects that follow from a number: the same on every machine, of no partner, and with about as many fields and
//! letters as real ones.

use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use chrono::{DateTime, Utc};
use connectors::model::{
    AmountBasis, Contribution, CountryCode, CurrencyCode, Identifier, Instrument, Language, Money, NativeSector,
    Organisation, OrganisationRole, PartialDate, Project, ProjectId, ProjectStatus, Provenance, PublishedLocation,
    Text,
};
use connectors::partners;
use rust_decimal::Decimal;
use server::harvest::packed::{PackedHarvest, Projects};
use server::harvest::{FileReadings, Origin, Reading, Readings as _};

/// Oblasts by KATOTTG, each for as many projects as it stands here.
pub(crate) const PLACES: [&str; 8] = [
    "UA63000000000041885",
    "UA32000000000030281",
    "UA46000000000026241",
    "UA51000000000030770",
    "UA12000000000090473",
    "UA23000000000064947",
    "UA63000000000041885",
    "UA80000000000093317",
];
/// DAC purposes.
pub(crate) const SECTORS: [&str; 12] =
    ["23630", "14021", "21020", "12230", "11320", "16030", "24030", "31120", "23183", "43030", "41010", "15110"];
/// Cities and oblasts as texts name them.
const CITIES: [&str; 9] = [
    "Kharkiv",
    "Lviv",
    "Kremenchuk",
    "Odesa Oblast",
    "Chernihiv",
    "Zaporizhzhia",
    "Zhytomyr Region",
    "Rivne",
    "Dnipro",
];
const THINGS: [&str; 10] = [
    "water supply",
    "district heating",
    "schools",
    "hospitals",
    "road bridges",
    "housing",
    "small enterprises",
    "power lines",
    "tram lines",
    "waste treatment",
];
const STATUSES: [ProjectStatus; 6] = [
    ProjectStatus::Pipeline,
    ProjectStatus::Approved,
    ProjectStatus::Signed,
    ProjectStatus::Implementing,
    ProjectStatus::Completed,
    ProjectStatus::Cancelled,
];
const INSTRUMENTS: [Instrument; 5] =
    [Instrument::Loan, Instrument::Grant, Instrument::Guarantee, Instrument::Equity, Instrument::TechnicalAssistance];

/// When all of it was read.
pub(crate) fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap_or_default()
}

/// `splitmix64` of a number.
fn mixed(number: u64) -> u64 {
    let mixed = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

/// Chooses of a list by some bits of a number.
fn one_of<T: Clone>(list: &[T], number: u64, shift: u32) -> T {
    list[(number >> shift) as usize % list.len()].clone()
}

/// The project of this number, of a partner's.
fn project(partner: &str, number: u32) -> Project {
    let chosen = mixed(u64::from(number) << 8 | u64::from(partner.as_bytes()[0]));
    let native = format!("{:08}", 20_000_000 + number);
    let thing = one_of(&THINGS, chosen, 3);
    let place = one_of(&PLACES, chosen, 40);
    let title = format!("Modernisation of {thing} in the communities, stage {}", chosen % 97);
    let description =
        format!("The operation finances {thing} damaged since 2022, with co-financing by the municipality ({native}).");
    let provenance = Provenance {
        source: format!("{partner}-projects"),
        url: Some(format!("https://projects.example/{native}")),
        retrieved_at: now(),
        sha256: format!("{chosen:016x}{:016x}{:032x}", mixed(chosen), mixed(chosen ^ 1)),
        raw: String::new(),
        raw_media_type: "application/json".to_owned(),
    };
    let mut project = Project::new(ProjectId::new(partner, &[&native]), provenance);
    let day = |year: i32, shift: u32| {
        PartialDate::parse(&format!("{year}-{:02}-{:02}", 1 + (chosen >> shift) % 12, 1 + (chosen >> (shift + 4)) % 28))
    };
    let year = 2_015 + i32::try_from(chosen % 11).unwrap_or(0);
    project.identifiers =
        vec![Identifier::new(partner, native.clone()), Identifier::new("iati", format!("XI-{native}"))];
    project.titles = vec![Text::original(Language::EN, title)];
    project.descriptions = vec![Text::original(Language::EN, description)];
    project.status = one_of(&STATUSES, chosen, 8);
    project.status_native = Some("as published".to_owned());
    project.instrument = one_of(&INSTRUMENTS, chosen, 16);
    let sector = one_of(&SECTORS, chosen, 24);
    project.sectors =
        vec![NativeSector { scheme: "DAC".to_owned(), code: Some(sector.to_owned()), label: thing.to_owned() }];
    project.countries =
        vec![if chosen % 10 < 9 { CountryCode::UA } else { CountryCode::new("MD").unwrap_or(CountryCode::UA) }];
    project.locations = vec![PublishedLocation::Code { scheme: "KATOTTG".to_owned(), value: place.to_owned() }];
    project.approved_on = day(year - 1, 20).ok();
    project.signed_on = day(year, 28).ok();
    project.started_on = day(year, 32).ok();
    project.ended_on = day(year + 12, 36).ok();
    let currency = if chosen.is_multiple_of(5) { CurrencyCode::USD } else { CurrencyCode::EUR };
    let amount =
        Money::new(Decimal::from(1_000_000 + chosen % 250_000_000), currency, AmountBasis::Signed, project.signed_on);
    project.contributions = vec![Contribution {
        reference: Some(format!("{native}-1")),
        kind: "loan part".to_owned(),
        amount: amount.clone(),
        date: project.signed_on,
        sector: None,
    }];
    project.amounts = vec![amount];
    let name = format!("Municipal company {}", chosen % 5_000);
    project.organisations = vec![Organisation { role: OrganisationRole::Promoter, name, reference: None }];
    project
}

/// The project of this number as a partner tells it that publishes no places: its words name them. Another edition has
/// other words.
pub(crate) fn told(partner: &str, number: u32, edition: u32) -> Project {
    let mut project = project(partner, number);
    let place = CITIES[number as usize % CITIES.len()];
    let title = format!("{place} {} stage {}", THINGS[number as usize / 7 % THINGS.len()], number % 97 + edition);
    project.locations.clear();
    project.titles = vec![Text::original(Language::EN, title)];
    project
}

/// A reading of each partner with this many projects.
pub(crate) fn readings(each: u32) -> Vec<Arc<Reading>> {
    partners::ALL.iter().map(|partner| Arc::new(reading(partner, each, ""))).collect()
}

fn reading(partner: &partners::Partner, each: u32, base_url: &str) -> Reading {
    let projects: Projects = (0..each).map(|number| project(partner.id, number)).collect();
    Reading {
        source: partner.feeds[0].id.to_owned(),
        origin: Origin::Partner,
        base_url: base_url.to_owned(),
        countries: vec![CountryCode::UA],
        retrieved_at: now(),
        first_read: (0..each).map(|_| now()).collect(),
        harvest: PackedHarvest { projects, ..PackedHarvest::default() },
    }
}

/// Keeps a reading of each partner where the hub looks for it; gives the settings under which it takes them.
pub(crate) async fn write_readings(data: &Path, each: u32) -> Result<Vec<(String, String)>> {
    let readings = FileReadings::new(data.join("readings"));
    let mut settings = Vec::new();
    for partner in partners::ALL {
        let address = "http://127.0.0.1:1/";
        readings.save(Arc::new(reading(partner, each, address))).await?;
        settings.push((format!("PARTNERS__{}__BASE_URL", partner.id.to_uppercase()), address.to_owned()));
    }
    Ok(settings)
}
