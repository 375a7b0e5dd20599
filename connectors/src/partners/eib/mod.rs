#![doc = include_str!("README.md")]

mod map;
#[cfg(test)]
mod tests;
mod wire;

use std::collections::HashSet;
use std::num::NonZeroU32;

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use url::Url;

use super::{Feed, InvalidOptions, Partner};
use crate::connector::{Connector, Gathering, Harvest, Slice};
use crate::http::{Answer, Client, Expect, Failure, HttpOptions};
use crate::model::{CountryCode, Issue, Project, Severity, codes};

const PARTNER_ID: &str = "eib";
const FEED: &str = "eib-projects";

/// The European Investment Bank.
pub(super) static PARTNER: Partner = Partner {
    id: PARTNER_ID,
    name: "European Investment Bank",
    abbreviation: "EIB",
    website: "https://www.eib.org/",
    http,
    max_age_minutes: 24 * 60,
    feeds: &[Feed {
        id: FEED,
        name: "Projects of the EIB",
        format: "paged JSON, and a page for each project",
        homepage: "https://www.eib.org/en/projects/all/index.htm",
        terms: "Terms of reuse are not known; the bank calls data before signature indicative.",
        open,
    }],
    options_schema: || schemars::schema_for!(Options),
    fixtures: |file| Fixtures::get(file).map(|file| file.data),
};

#[derive(rust_embed::Embed)]
#[folder = "src/partners/eib/fixtures"]
struct Fixtures;

/// Public readers of this site wait 1 to 1.5 s between two pages, and its large pages are slow.
fn http() -> HttpOptions {
    HttpOptions { pace_ms: 1_500, timeout_seconds: 120, ..HttpOptions::polite("https://www.eib.org/") }
}

/// What an operator can set about reading the EIB.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct Options {
    /// How many rows are asked for in one page.
    item_per_page: NonZeroU32,
    /// After how many pages the list counts as endless and the reading fails.
    max_pages: NonZeroU32,
    /// Whether the page of each project kept is read too, for promoter, location and cost: one more request each.
    details: bool,
}

impl Default for Options {
    fn default() -> Self {
        // 17,000 rows are 170 pages of 100.
        Self { item_per_page: at_least_one(100), max_pages: at_least_one(500), details: true }
    }
}

fn at_least_one(number: u32) -> NonZeroU32 {
    NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN)
}

/// The countries wanted come with each slice; there is nothing else to narrow.
fn open(client: Client, _: &[CountryCode], options: &toml::Table) -> Result<Box<dyn Connector>, InvalidOptions> {
    Ok(Box::new(Projects { client, options: options.clone().try_into()? }))
}

struct Projects {
    client: Client,
    options: Options,
}

#[async_trait]
impl Connector for Projects {
    async fn harvest(&self, slice: &Slice) -> Result<Harvest, Failure> {
        let mut harvest = self.list(slice).await?;
        if self.options.details {
            self.add_details(&mut harvest.projects).await;
        }
        harvest.projects.iter_mut().for_each(map::complete);
        Ok(harvest)
    }
}

impl Projects {
    async fn list(&self, slice: &Slice) -> Result<Harvest, Failure> {
        let mut reading = Reading::default();
        let mut previous = Vec::new();
        for number in 0..self.options.max_pages.get() {
            let url = self.page_url(number, slice)?;
            let answer = self.client.get(&url, Expect::Json).await?;
            let page = wire::Page::read(&answer)?;
            self.client.progress().rows(page.data.len() as u64, page.total_items);
            let keys = reading.take(&page, number, slice, &answer);
            if !keys.is_empty() && keys == previous {
                return Err(Failure::unreadable(&url, "the page repeats the page before it"));
            }
            if page.is_last(number, self.options.item_per_page.get()) {
                return reading.finish(&url);
            }
            previous = keys;
        }
        let reason = format!("the list did not end within {} pages (`max_pages`)", self.options.max_pages);
        Err(Failure::unreadable(&self.client.url(LIST)?, reason))
    }

    fn page_url(&self, number: u32, slice: &Slice) -> Result<Url, Failure> {
        let mut url = self.client.url(LIST)?;
        let (page, size) = (number.to_string(), self.options.item_per_page.to_string());
        let mut query = url.query_pairs_mut();
        query.extend_pairs([("pageNumber", page.as_str()), ("itemPerPage", &size), ("pageable", "true")]);
        // By id: the order by date has no tie-break, so that rows would repeat on one page and miss on another.
        query.extend_pairs([("sortColumn", "id"), ("sortDir", "asc"), ("language", "EN"), ("defaultLanguage", "EN")]);
        if let Slice::Country(country) = slice {
            query.extend_pairs([("countries", country.as_str()), ("orCountries", "true")]);
        }
        drop(query);
        Ok(url)
    }

    /// Reads the page of each project. The list stands by itself, so that no page can fail the harvest; a site that
    /// refuses is not asked on.
    async fn add_details(&self, projects: &mut [Project]) {
        let mut patience = Patience::default();
        for project in projects {
            if let Some(kind) = patience.lost {
                note_no_detail(project, &format!("was not asked for, since the site failed before ({kind})"));
                continue;
            }
            match self.add_detail(project).await {
                Ok(()) | Err(Failure::NotFound { .. }) => patience.failures = 0,
                Err(failure) => {
                    note_no_detail(project, &format!("could not be read ({})", failure.kind()));
                    patience.failed(&failure);
                }
            }
        }
    }

    async fn add_detail(&self, project: &mut Project) -> Result<(), Failure> {
        let url = self.client.url(&format!("en/projects/all/{}", project.id.native()))?;
        let answer = self.client.get(&url, Expect::Html).await?;
        let page = answer.text();
        let detail = wire::Detail::read(&page.text);
        let detail = detail.ok_or_else(|| Failure::unreadable(&url, "none of the labels of a project page"))?;
        let row = wire::Row::read(&project.provenance.raw).map_err(|reason| Failure::unreadable(&url, reason))?;
        map::add_detail(project, &row, detail, &page.text);
        Ok(())
    }
}

const LIST: &str = "page-provider/projects/list";

/// How long project pages are asked for when they fail.
#[derive(Default)]
struct Patience {
    failures: u32,
    lost: Option<&'static str>,
}

impl Patience {
    /// A refusal, a wait asked of us or a spent allowance holds for all pages; other failures may be one page's own.
    fn failed(&mut self, failure: &Failure) {
        self.failures += 1;
        let for_all = matches!(failure, Failure::Refused { .. } | Failure::Throttled { .. } | Failure::Enough { .. });
        if for_all || self.failures == 3 {
            self.lost = Some(failure.kind());
        }
    }
}

fn note_no_detail(project: &mut Project, what: &str) {
    let message = format!("The project's own page {what}: promoter, location and total cost may be missing.");
    project.issues.push(Issue::new(codes::DETAIL_NOT_READ, Severity::Info, message));
}

/// What has been read of the list.
#[derive(Default)]
struct Reading {
    gathering: Gathering,
    announced: Option<u64>,
    received: u64,
    /// The ids of all rows, of other countries too.
    seen: HashSet<String>,
    without_country: u64,
}

impl Reading {
    /// Takes the rows of a page and gives their ids.
    fn take(&mut self, page: &wire::Page, number: u32, slice: &Slice, answer: &Answer) -> Vec<String> {
        // A page past the end may not know the total.
        if !page.data.is_empty() || self.announced.is_none() {
            self.announced = page.total_items.or(self.announced);
        }
        self.received += page.data.len() as u64;
        let mut keys = Vec::new();
        for (index, raw) in page.data.iter().map(|raw| raw.get()).enumerate() {
            let row = wire::Row::read(raw);
            keys.push(row.as_ref().map_or(raw, |row| row.id.trim()).to_owned());
            match row {
                Ok(row) => self.take_row(&row, raw, slice, answer),
                Err(reason) => {
                    self.gathering.reject(format!("page {}, row {}", number + 1, index + 1), reason, raw);
                }
            }
        }
        self.seen.extend(keys.iter().cloned());
        keys
    }

    /// Keeps a row of the slice; the site may have ignored which country was asked for.
    fn take_row(&mut self, row: &wire::Row, raw: &str, slice: &Slice, answer: &Answer) {
        if let Slice::Country(country) = slice {
            let (countries, others) = map::countries(row);
            self.without_country += u64::from(countries.is_empty() && others.is_empty());
            if !countries.contains(country) {
                return;
            }
        }
        if let Some(day) = map::status_date(row).and_then(|date| date.exact_day()) {
            self.gathering.published(day);
        }
        self.gathering.take(map::project(row, raw, answer.retrieved_at));
    }

    fn finish(mut self, url: &Url) -> Result<Harvest, Failure> {
        let (received, different) = (self.received, self.seen.len() as u64);
        if let Some(announced) = self.announced {
            if received < announced {
                return Err(Failure::cut_short(url, format!("{received} rows came of {announced} announced")));
            }
            if different < announced {
                let message = format!(
                    "{received} rows came, {announced} were announced, and only {different} differ: rows repeat \
                     between pages, so that others may be missing."
                );
                self.gathering.note(Issue::new(codes::FEWER_ROWS_THAN_ANNOUNCED, Severity::Warning, message));
            }
        }
        if self.without_country > 0 {
            let message = format!("Rows that name no country were left out: {}.", self.without_country);
            self.gathering.note(Issue::new(codes::UNKNOWN_COUNTRY, Severity::Info, message));
        }
        Ok(self.gathering.finish(self.announced))
    }
}
