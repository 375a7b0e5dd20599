#![doc = include_str!("README.md")]

mod countries;
mod map;
mod wire;

#[cfg(test)]
mod tests;

use std::collections::HashSet;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::connector::{Connector, Failure, Gathering, Harvest, Slice};
use crate::http::{Client, Expect, HttpOptions};
use crate::model::{CountryCode, Issue, Provenance, Severity, codes};
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
}

impl Default for Options {
    fn default() -> Self {
        Self { list_path: "en/project-financing/projects-approved-administrative-council".to_owned() }
    }
}

fn open(
    client: Client,
    countries: &[CountryCode],
    options: &toml::Table,
) -> Result<Box<dyn Connector>, InvalidOptions> {
    let options: Options = options.clone().try_into()?;
    let list_path = options.list_path.trim_matches('/').to_owned();
    Ok(Box::new(Ceb { client, countries: countries.to_vec(), list_path }))
}

struct Ceb {
    client: Client,
    countries: Vec<CountryCode>,
    list_path: String,
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
        reading.finish()
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
            self.gathering.take(project);
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

    /// The harvest; where most pages could not be read, the failure of the last one, so that the caller keeps what it
    /// had before the site was rebuilt.
    fn finish(self) -> Result<Harvest, Failure> {
        match self.last_failure {
            Some(failure) if self.passed_over > self.read => Err(failure),
            _ => Ok(self.gathering.finish(None)),
        }
    }
}
