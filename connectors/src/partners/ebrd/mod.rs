#![doc = include_str!("README.md")]

mod countries;
mod map;
mod pages;
mod wire;

#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashSet};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use rust_embed::RustEmbed;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use self::map::{Listed, Standing};
use self::pages::Pages;
use self::wire::{COLUMNS, LIST, Row, UnreadableRow};
use super::{Feed, InvalidOptions, Partner};
use crate::connector::{Connector, Failure, Gathering, Harvest, Slice};
use crate::formats::csv::{Header, Records, fields};
use crate::formats::text::decode;
use crate::http::{Client, Expect, HttpOptions};
use crate::model::{CountryCode, Issue, Severity, codes};

/// The European Bank for Reconstruction and Development.
pub(super) static PARTNER: Partner = Partner {
    id: "ebrd",
    name: "European Bank for Reconstruction and Development",
    abbreviation: "EBRD",
    website: "https://www.ebrd.com/",
    http,
    max_age_minutes: 24 * 60,
    feeds: &[PROJECTS],
    options_schema: || schemars::schema_for!(Options),
    fixtures: |file| Fixtures::get(file).map(|found| found.data),
};

/// The list of projects, each with its summary page.
const PROJECTS: Feed = Feed {
    id: "ebrd-projects",
    name: "Project list and project summary documents",
    format: "CSV, with one HTML page a project",
    homepage: "https://www.ebrd.com/home/work-with-us/projects.html",
    terms: "Published openly on the bank's site; no licence for reuse was seen.",
    open,
};

#[derive(RustEmbed)]
#[folder = "src/partners/ebrd/fixtures"]
struct Fixtures;

/// What an operator can set about the EBRD.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct Options {
    /// Whether the page of each project kept is asked: it gives amounts, client, approval date and text, and costs
    /// one request a project at the pace set above.
    pages: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { pages: true }
    }
}

/// Public readers wait 10 to 30 seconds between pages and still meet blocks.
fn http() -> HttpOptions {
    HttpOptions { pace_ms: 10_000, max_body_bytes: 32 << 20, ..HttpOptions::polite("https://www.ebrd.com/") }
}

fn open(
    client: Client,
    countries: &[CountryCode],
    options: &toml::Table,
) -> Result<Box<dyn Connector>, InvalidOptions> {
    let options = options.clone().try_into()?;
    Ok(Box::new(Projects { client, countries: countries.to_vec(), options }))
}

/// Reads the list to its end, then the pages of the rows kept.
struct Projects {
    client: Client,
    countries: Vec<CountryCode>,
    options: Options,
}

#[async_trait]
impl Connector for Projects {
    async fn harvest(&self, slice: &Slice) -> Result<Harvest, Failure> {
        let wanted = match slice {
            Slice::Everything => self.countries.clone(),
            Slice::Country(country) => vec![*country],
        };
        let mut gathering = Gathering::default();
        let (listed, retrieved_at) = self.list(&wanted, &mut gathering).await?;
        self.details(&listed, retrieved_at, &mut gathering).await;
        Ok(gathering.finish(None))
    }

    /// The list is one file for all countries.
    fn narrowest(&self, _wanted: &Slice) -> Slice {
        Slice::Everything
    }
}

impl Projects {
    /// The rows of the wanted countries, repeats left out. The list is read to its end before any page is asked, so
    /// that its connection does not wait for the pages' pace.
    async fn list(
        &self,
        wanted: &[CountryCode],
        gathering: &mut Gathering,
    ) -> Result<(Vec<Listed>, DateTime<Utc>), Failure> {
        let url = self.client.url(LIST)?;
        let mut records = Records::new(self.client.stream(&url, Expect::Csv).await?);
        let media_type = records.body().media_type().to_owned();
        let header = header(&mut records, &media_type).await?;
        let mut sorting = Sorting::default();
        while let Some(record) = records.next().await? {
            self.client.progress().rows(1, None);
            let row = Row::read(&header, &record.bytes, &media_type);
            if !record.ended && row.as_ref().is_err_and(|row| row.short) {
                return Err(Failure::cut_short(&url, format!("it ends in the middle of line {}", record.line)));
            }
            sorting.take(row, format!("line {}", record.line), wanted, gathering);
        }
        sorting.note_unknown_countries(gathering);
        Ok((sorting.listed, records.body().retrieved_at()))
    }

    /// Takes every row with what its page says. A repeat of an id with other content keeps its own row only: its
    /// page has been read already.
    async fn details(&self, listed: &[Listed], retrieved_at: DateTime<Utc>, gathering: &mut Gathering) {
        let mut pages = match self.options.pages {
            true => Pages::new(self.client.clone()),
            false => Pages::stopped(self.client.clone(), "the option `pages` is off."),
        };
        let mut repeats = Pages::stopped(self.client.clone(), "it was read for the first row of this id.");
        let mut ids = HashSet::new();
        for row in listed {
            let detail = if ids.insert(&row.id) { pages.read(row).await } else { repeats.read(row).await };
            gathering.take(map::project(row, &detail, retrieved_at));
        }
        if let Some((number, reason)) = pages.left_out() {
            let message = format!("The pages of {number} projects were not asked: {reason}");
            gathering.note(Issue::new(codes::DETAIL_NOT_READ, Severity::Warning, message));
        }
    }
}

async fn header(records: &mut Records, media_type: &str) -> Result<Header, Failure> {
    let first = records.next().await?;
    let url = records.body().url();
    let Some(first) = first else { return Err(Failure::unreadable(url, "the list is empty")) };
    let names = fields(&decode(&first.bytes, media_type).text).map_err(|reason| Failure::unreadable(url, reason))?;
    let header = Header::new(names);
    let missing = header.missing(&COLUMNS);
    if missing.is_empty() {
        return Ok(header);
    }
    Err(Failure::unreadable(url, format!("the list has no column named {}", missing.join(", "))))
}

/// The rows of the list as they are kept, left out or rejected.
#[derive(Default)]
struct Sorting {
    listed: Vec<Listed>,
    /// The rows kept, as they came: an exact repeat is dropped.
    seen: HashSet<String>,
    /// Country names that are not in our table.
    unknown: BTreeSet<String>,
}

impl Sorting {
    fn take(
        &mut self,
        row: Result<Row, UnreadableRow>,
        position: String,
        wanted: &[CountryCode],
        gathering: &mut Gathering,
    ) {
        let row = match row {
            Ok(row) => row,
            Err(row) => return gathering.reject(position, row.reason, row.raw),
        };
        map::published(&row).into_iter().for_each(|day| gathering.published(day));
        match map::standing(&row, wanted) {
            Standing::Wanted(listed) if self.seen.insert(row.raw.clone()) => self.listed.push(*listed),
            Standing::Wanted(_) | Standing::Elsewhere => {}
            Standing::UnknownCountry(names) => drop(self.unknown.insert(names)),
            Standing::Unreadable(reason) => gathering.reject(position, reason, row.raw),
        }
    }

    fn note_unknown_countries(&mut self, gathering: &mut Gathering) {
        if self.unknown.is_empty() {
            return;
        }
        let names = std::mem::take(&mut self.unknown).into_iter().collect::<Vec<_>>().join("; ");
        let message = format!("Rows were left out whose country is not a name that the hub knows: {names}.");
        gathering.note(Issue::new(codes::UNKNOWN_COUNTRY, Severity::Warning, message));
    }
}
