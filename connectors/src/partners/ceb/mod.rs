#![doc = include_str!("README.md")]

mod countries;
mod map;
mod news;
mod wire;

#[cfg(test)]
mod tests;

use std::collections::HashSet;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use url::Url;

use self::news::Item;
use crate::connector::{Connector, Failure, Gathering, Harvest, Slice};
use crate::http::{Client, Expect, HttpOptions};
use crate::model::{CountryCode, Issue, Project, Provenance, Severity, codes};
use crate::partners::{Feed, InvalidOptions, Partner};

/// The registry entry.
pub(super) static PARTNER: Partner = Partner {
    id: "ceb",
    name: "Council of Europe Development Bank",
    abbreviation: "CEB",
    website: "https://coebank.org/",
    http: || HttpOptions { pace_ms: 2_000, max_body_bytes: 4 << 20, ..HttpOptions::polite("https://coebank.org/") },
    max_age_minutes: 24 * 60,
    feeds: &[Feed {
        id: FEED,
        name: "Projects approved by the Administrative Council",
        format: "HTML list and project pages",
        homepage: "https://coebank.org/en/project-financing/projects-approved-administrative-council/",
        terms: "No terms of reuse were found on the site; facts are shown with credit and a link to the page.",
        open,
    }],
    options_schema: || schemars::schema_for!(Options),
    fixtures: |file| Fixtures::get(file).map(|fixture| fixture.data),
};

const FEED: &str = "ceb-projects";

/// How many list pages are read before the list counts as endless.
const MOST_LIST_PAGES: usize = 200;

/// How many projects are read before the list counts as endless.
const MOST_PROJECTS: usize = 5_000;

/// Said where a further page of the list shows an earlier one again.
const STUCK: &str = "A page of the list brings nothing new and still names a next one: projects may be missing.";

/// How many pages of the news are read in one harvest.
const MOST_NEWS: usize = 120;

/// A page of the news whose address has none of these is about something else.
const TELLING: [&str; 7] = ["loan", "sign", "approv", "grant", "million", "billion", "refugee"];

/// How many project pages may fail on the partner's side one after the other before the reading ends.
const MOST_FAULTS_IN_A_ROW: usize = 3;

#[derive(rust_embed::RustEmbed)]
#[folder = "src/partners/ceb/fixtures"]
struct Fixtures;

/// What an operator can set about the CEB alone.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct Options {
    /// The path of the project list below the base address; a link below it is a project's page.
    list_path: String,
    /// The path of the news below the base address; a link below it is a page of the news. They give signatures, and
    /// grants that have no project page.
    news_path: String,
    /// How many pages of the list of news are read, the newest first; 0 for none.
    news_pages: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            list_path: "en/project-financing/projects-approved-administrative-council".to_owned(),
            news_path: "en/news-and-publications/news".to_owned(),
            news_pages: 3,
        }
    }
}

fn open(
    client: Client,
    countries: &[CountryCode],
    options: &toml::Table,
) -> Result<Box<dyn Connector>, InvalidOptions> {
    let options: Options = options.clone().try_into()?;
    let plain = |path: &str| path.trim_matches('/').to_owned();
    let (list_path, news_path) = (plain(&options.list_path), plain(&options.news_path));
    Ok(Box::new(Ceb { client, countries: countries.to_vec(), list_path, news_path, news_pages: options.news_pages }))
}

struct Ceb {
    client: Client,
    countries: Vec<CountryCode>,
    list_path: String,
    news_path: String,
    news_pages: usize,
}

#[async_trait]
impl Connector for Ceb {
    async fn harvest(&self, slice: &Slice) -> Result<Harvest, Failure> {
        let countries = match slice {
            Slice::Everything => self.countries.clone(),
            Slice::Country(country) => vec![*country],
        };
        let mut reading = Reading { countries, ..Reading::default() };
        let links = self.links(&mut reading.gathering).await?;
        self.client.progress().rows(0, Some(links.len() as u64));
        for (position, link) in links.iter().enumerate() {
            let position = format!("project {} of {}, {}", position + 1, links.len(), link.slug);
            let url = self.client.url(&link.path)?;
            match self.page(&url).await {
                Ok(page) => reading.take(&link.slug, &url, page, &position),
                Err(failure) => reading.pass_over(failure, &position)?,
            }
            self.client.progress().rows(1, None);
        }
        let items = self.news(&mut reading.gathering).await?;
        reading.finish(&items)
    }

    /// The list cannot be asked for one country, and aid for refugees stands under its host country.
    fn narrowest(&self, _wanted: &Slice) -> Slice {
        Slice::Everything
    }
}

impl Ceb {
    /// Every project that the list links to, once each, in list order.
    async fn links(&self, gathering: &mut Gathering) -> Result<Vec<wire::Link>, Failure> {
        let (mut links, mut slugs, mut asked) = (Vec::new(), HashSet::new(), HashSet::new());
        let mut next = Some(format!("{}/", self.list_path));
        while let Some(path) = next.take() {
            let url = self.client.url(&path)?;
            if !asked.insert(url.clone()) {
                break;
            }
            let page = self.list_page(&url).await?;
            let before = links.len();
            links.extend(page.projects.into_iter().filter(|link| slugs.insert(link.slug.clone())));
            if asked.len() > MOST_LIST_PAGES || links.len() > MOST_PROJECTS {
                return Err(Failure::unreadable(&url, format!("the list has no end: {} pages so far", asked.len())));
            }
            next = page.next;
            if links.len() == before && next.take().is_some() {
                gathering.note(Issue::new(codes::FEWER_ROWS_THAN_ANNOUNCED, Severity::Warning, STUCK));
            }
        }
        Ok(links)
    }

    async fn list_page(&self, url: &Url) -> Result<wire::ListPage, Failure> {
        let answer = self.client.get(url, Expect::Html).await?;
        let page = wire::list(&answer.text().text, url, &self.list_path);
        if page.projects.is_empty() {
            return Err(Failure::unreadable(url, "the list links to no project: it is another page, or was rebuilt"));
        }
        Ok(page)
    }

    /// The pages of the news that may tell of loans and grants. Where they are gone for good, the projects stand without
    /// signatures, and an issue of the harvest says so.
    ///
    /// # Errors
    /// A failure that may pass: a reading without the grants would look smaller than the one before, which stays
    /// meanwhile.
    async fn news(&self, gathering: &mut Gathering) -> Result<Vec<Item>, Failure> {
        let mut items = Vec::new();
        match self.read_news(&mut items, gathering).await {
            Err(failure) if failure.may_pass() => return Err(failure),
            Err(failure) => {
                let message =
                    format!("The news were not read to their end, so signatures and grants may be absent: {failure}.");
                gathering.note(Issue::new(codes::ADDITION_NOT_READ, Severity::Warning, message));
            }
            Ok(()) => {}
        }
        Ok(items)
    }

    async fn read_news(&self, items: &mut Vec<Item>, gathering: &mut Gathering) -> Result<(), Failure> {
        let (mut links, mut slugs): (Vec<wire::Link>, HashSet<String>) = Default::default();
        let mut next = (self.news_pages > 0).then(|| format!("{}/", self.news_path));
        for _ in 0..self.news_pages {
            let Some(path) = next.take() else { break };
            let url = self.client.url(&path)?;
            let answer = self.client.get(&url, Expect::Html).await?;
            let page = wire::list(&answer.text().text, &url, &self.news_path);
            next = page.next.filter(|next| *next != path);
            links.extend(page.projects.into_iter().filter(|link| slugs.insert(link.slug.clone())));
        }
        let telling = links.iter().filter(|link| TELLING.iter().any(|word| link.slug.contains(word)));
        for link in telling.take(MOST_NEWS) {
            let url = self.client.url(&link.path)?;
            let answer = match self.client.get(&url, Expect::Html).await {
                Ok(answer) => answer,
                Err(failure @ (Failure::NotFound { .. } | Failure::TooLarge { .. })) => {
                    gathering.reject(format!("news, {}", link.slug), format!("Unreadable page: {failure}."), "");
                    continue;
                }
                Err(failure) => return Err(failure),
            };
            let page = wire::news(&answer.text().text);
            let provenance = Provenance::new(FEED, Some(url.into()), answer.retrieved_at, page.text(), "text/plain");
            items.push(Item { slug: link.slug.clone(), page, provenance });
        }
        Ok(())
    }

    async fn page(&self, url: &Url) -> Result<Page, Failure> {
        let answer = self.client.get(url, Expect::Html).await?;
        let html = answer.text();
        let read = wire::project(&html.text).ok_or_else(|| wire::visible_text(&html.text));
        Ok(Page { read, retrieved_at: answer.retrieved_at })
    }
}

/// A project's page, or its text where it has none of the labels.
struct Page {
    read: Result<wire::ProjectPage, String>,
    retrieved_at: DateTime<Utc>,
}

/// What has been read of the project pages so far.
#[derive(Default)]
struct Reading {
    countries: Vec<CountryCode>,
    projects: Vec<Project>,
    gathering: Gathering,
    read: usize,
    passed_over: usize,
    faults_in_a_row: usize,
    last_failure: Option<Failure>,
}

impl Reading {
    fn take(&mut self, slug: &str, url: &Url, page: Page, position: &str) {
        self.faults_in_a_row = 0;
        let read = match page.read {
            Ok(read) => read,
            Err(text) => {
                let reason = "not one of the six labels stands on the page with a value";
                self.reject(Failure::unreadable(url, reason), position, text);
                return;
            }
        };
        self.read += 1;
        let provenance = Provenance::new(FEED, Some(url.to_string()), page.retrieved_at, read.text(), "text/plain");
        let project = map::project(slug, &read, provenance);
        project.approved_on.and_then(|date| date.exact_day()).into_iter().for_each(|day| self.gathering.published(day));
        if map::concerns(&project, &self.countries) {
            self.projects.push(project);
        }
    }

    /// Passes over a page that alone cannot be had.
    ///
    /// # Errors
    /// The failure, where it is about the site and not about one page.
    fn pass_over(&mut self, failure: Failure, position: &str) -> Result<(), Failure> {
        match failure {
            Failure::NotFound { .. } | Failure::TooLarge { .. } => self.faults_in_a_row = 0,
            Failure::Unavailable { .. } | Failure::Refused { .. } => self.faults_in_a_row += 1,
            _ => return Err(failure),
        }
        if self.faults_in_a_row >= MOST_FAULTS_IN_A_ROW {
            return Err(failure);
        }
        let raw = failure.excerpt().unwrap_or_default().to_owned();
        self.reject(failure, position, raw);
        Ok(())
    }

    fn reject(&mut self, failure: Failure, position: &str, raw: String) {
        self.passed_over += 1;
        self.gathering.reject(position, format!("Unreadable page: {failure}."), raw);
        self.last_failure = Some(failure);
    }

    /// The harvest, with what the news add; where most pages could not be read, the failure of the last one, so that the caller keeps what it
    /// had before the site was rebuilt.
    fn finish(mut self, items: &[Item]) -> Result<Harvest, Failure> {
        match self.last_failure {
            Some(failure) if self.passed_over > self.read => Err(failure),
            _ => {
                let (grants, issues) = news::attach(items, &mut self.projects, &self.countries);
                issues.into_iter().for_each(|issue| self.gathering.note(issue));
                self.projects.into_iter().chain(grants).for_each(|project| self.gathering.take(project));
                Ok(self.gathering.finish(None))
            }
        }
    }
}
