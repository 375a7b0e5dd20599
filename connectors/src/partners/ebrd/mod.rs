#![doc = include_str!("README.md")]

mod countries;
mod investments;
mod map;
mod pages;
mod wire;

#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashSet};

use async_trait::async_trait;
use chrono::{DateTime, Datelike as _, Utc};
use rust_embed::RustEmbed;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use self::investments::Sheet;
use self::map::{Listed, Standing};
use self::pages::Pages;
use self::wire::{COLUMNS, LIST, Row, UnreadableRow};
use super::{Feed, InvalidOptions, Partner};
use crate::connector::{Connector, Failure, Gathering, Harvest, Slice};
use crate::formats::csv::{Header, Records, fields};
use crate::formats::text::decode;
use crate::http::{Client, Expect, HttpOptions};
use crate::model::{CountryCode, Issue, Project, Severity, codes};

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
    /// Whether the yearly investments workbook is read: it gives signed amounts.
    workbook: bool,
    /// The path of the workbook below the base address; empty for the newest of the last three years by its usual
    /// name.
    workbook_path: String,
}

impl Default for Options {
    fn default() -> Self {
        Self { pages: true, workbook: true, workbook_path: String::new() }
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
        let sheet = self.workbook(&wanted, &mut gathering).await;
        let (mut projects, repeats) = self.details(&listed, retrieved_at, &mut gathering).await;
        let issues = investments::attach(sheet, &mut projects);
        issues.into_iter().for_each(|issue| gathering.note(issue));
        projects.into_iter().chain(repeats).for_each(|project| gathering.take(project));
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

    /// Every row with what its page says, and apart from these the repeats. A repeat of an id with other content keeps its own row only: its
    /// page has been read already.
    async fn details(
        &self,
        listed: &[Listed],
        retrieved_at: DateTime<Utc>,
        gathering: &mut Gathering,
    ) -> (Vec<Project>, Vec<Project>) {
        let mut pages = match self.options.pages {
            true => Pages::new(self.client.clone()),
            false => Pages::stopped(self.client.clone(), "the option `pages` is off."),
        };
        let mut repeats = Pages::stopped(self.client.clone(), "it was read for the first row of this id.");
        let (mut ids, mut projects, mut repeated) = (HashSet::new(), Vec::new(), Vec::new());
        for row in listed {
            if ids.insert(&row.id) {
                projects.push(map::project(row, &pages.read(row).await, retrieved_at));
            } else {
                repeated.push(map::project(row, &repeats.read(row).await, retrieved_at));
            }
        }
        if let Some((number, reason)) = pages.left_out() {
            let message = format!("The pages of {number} projects were not asked: {reason}");
            gathering.note(Issue::new(codes::DETAIL_NOT_READ, Severity::Warning, message));
        }
        (projects, repeated)
    }

    /// The rows of the newest investments workbook. Where it cannot be read, the records stand without signed amounts,
    /// and an issue of the harvest says so.
    async fn workbook(&self, wanted: &[CountryCode], gathering: &mut Gathering) -> Sheet {
        if !self.options.workbook {
            return Sheet::default();
        }
        match self.ask_for_workbook(wanted).await {
            Ok(sheet) => {
                for (line, reason, raw) in &sheet.unreadable {
                    gathering.reject(format!("investments workbook, row {line}"), reason, raw);
                }
                sheet
            }
            Err(failure) => {
                let message =
                    format!("The investments workbook was not read, so signed amounts are absent: {failure}.");
                gathering.note(Issue::new(codes::ADDITION_NOT_READ, Severity::Warning, message));
                Sheet::default()
            }
        }
    }

    async fn ask_for_workbook(&self, wanted: &[CountryCode]) -> Result<Sheet, Failure> {
        let mut paths = match self.options.workbook_path.as_str() {
            "" => workbook_paths(self.client.now().year()),
            path => vec![path.to_owned()],
        }
        .into_iter();
        let mut path = paths.next().unwrap_or_default();
        loop {
            let url = self.client.url(&path)?;
            match self.client.get(&url, Expect::File).await {
                Ok(answer) => {
                    let (body, wanted) = (answer.body, wanted.to_vec());
                    let read = tokio::task::spawn_blocking(move || investments::read(&body, &wanted)).await;
                    let read = read.unwrap_or_else(|error| Err(format!("reading it stopped: {error}")));
                    return read.map_err(|reason| Failure::unreadable(&url, reason));
                }
                // The edition of a year appears some time in the next.
                Err(failure @ Failure::NotFound { .. }) => path = paths.next().ok_or(failure)?,
                Err(failure) => return Err(failure),
            }
        }
    }
}

/// Where the editions of this year and the two before it would be, the newest first.
fn workbook_paths(year: i32) -> Vec<String> {
    let path = |year| format!("content/dam/ebrd_dxp/assets/pdfs/publications/ebrd-investments-1991-{year}.xlsx");
    (year - 2..=year).rev().map(path).collect()
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
