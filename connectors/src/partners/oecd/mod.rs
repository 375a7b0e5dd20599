#![doc = include_str!("README.md")]

mod group;
mod map;
#[cfg(test)]
mod tests;
mod wire;

use std::num::NonZeroU8;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use chrono::Datelike;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use url::Url;

use self::group::{Activities, Origin};
use self::map::Asked;
use super::{Feed, InvalidOptions, Partner};
use crate::connector::{Connector, Failure, Gathering, Harvest, Slice};
use crate::formats::csv::{RawRecord, Records, fields};
use crate::formats::sdmx::{Columns, Row, Verdict, verdict};
use crate::formats::text::{Decoded, decode};
use crate::http::{BudgetOptions, Client, Expect, HttpOptions};
use crate::model::{CountryCode, Issue, Severity, codes};

/// The OECD's entry in the registry.
pub(super) static PARTNER: Partner = Partner {
    id: "oecd",
    name: "Organisation for Economic Co-operation and Development",
    abbreviation: "OECD",
    website: "https://www.oecd.org",
    http,
    max_age_minutes: 7 * 24 * 60,
    feeds: &[Feed {
        id: SOURCE,
        name: "Creditor Reporting System: reported to the OECD, all providers",
        format: "SDMX-CSV with labels",
        homepage: "https://data-explorer.oecd.org/",
        terms: "Content that the OECD published from July 2024 is stated to be CC BY 4.0; older content is under the \
                OECD's own terms.",
        open,
    }],
    options_schema: || schemars::schema_for!(Options),
    fixtures: |name| Fixtures::get(name).map(|file| file.data),
};

const SOURCE: &str = "oecd-crs";

/// How many of the newest years may be without rows before the ten years are counted all the same.
const UNPUBLISHED_YEARS: i32 = 5;

/// How many rows of one year may be other than asked for before the answer as a whole is taken for another.
const STRAY_ROWS: u64 = 1_000;

/// How much of a body that is no data is read for its message.
const MESSAGE_BYTES: usize = 2_048;

/// The wait after a refusal for too many requests, which names none: downloads are counted by the hour.
const OWN_WAIT: Duration = Duration::from_secs(3_600);

/// What can be set about the Creditor Reporting System.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct Options {
    /// The dataflow, as agency and id. Default: `OECD.DCD.FSD,DSD_CRS@DF_CRS`.
    flow: String,
    /// The version of the dataflow. An empty one would mean the newest, whose columns may differ. Default: `1.6`.
    version: String,
    /// How many published years are read, the newest included; each is one download. Default: 10.
    years: NonZeroU8,
}

#[derive(rust_embed::RustEmbed)]
#[folder = "src/partners/oecd/fixtures"]
struct Fixtures;

struct Crs {
    client: Client,
    countries: Vec<CountryCode>,
    options: Options,
}

/// What the answers for one recipient gave so far.
#[derive(Default)]
struct Reading {
    activities: Activities,
    strays: Gathering,
}

/// The header of one year's answer.
struct Table {
    header: Arc<str>,
    columns: Columns,
}

impl Default for Options {
    fn default() -> Self {
        let years = NonZeroU8::MIN.saturating_add(9);
        Self { flow: wire::FLOW.to_owned(), version: "1.6".to_owned(), years }
    }
}

/// No repeats: each counts as a download, and the refusal for too many names no wait. Ten quick calls have been
/// refused, six seconds apart they are not quick. An answer takes 10 to 30 s and may take far longer.
fn http() -> HttpOptions {
    HttpOptions {
        pace_ms: 6_000,
        timeout_seconds: 300,
        retries: 0,
        max_body_bytes: 256 << 20,
        budget: Some(BudgetOptions { requests: 60, seconds: 3_600 }),
        ..HttpOptions::polite("https://sdmx.oecd.org/")
    }
}

fn open(
    client: Client,
    countries: &[CountryCode],
    options: &toml::Table,
) -> Result<Box<dyn Connector>, InvalidOptions> {
    let options = options.clone().try_into()?;
    Ok(Box::new(Crs { client, countries: countries.to_vec(), options }))
}

#[async_trait]
impl Connector for Crs {
    async fn harvest(&self, slice: &Slice) -> Result<Harvest, Failure> {
        let countries = match slice {
            Slice::Country(country) => vec![*country],
            Slice::Everything => self.countries.clone(),
        };
        let mut whole = Harvest::default();
        for country in countries {
            whole = whole.and(self.recipient(country).await?);
        }
        Ok(whole)
    }
}

impl Crs {
    /// The newest published years, from the newest to the oldest.
    async fn recipient(&self, country: CountryCode) -> Result<Harvest, Failure> {
        let recipient = wire::recipient_code(country).ok_or_else(|| self.unknown_recipient(country))?;
        let mut reading = Reading::default();
        let asked = |year| Asked { country, recipient, year };
        let last = self.client.now().year() - 1;
        let mut newest = last;
        while !self.year(asked(newest), &mut reading).await? && newest > last - UNPUBLISHED_YEARS {
            newest -= 1;
        }
        let oldest = newest - i32::from(self.options.years.get()) + 1;
        for year in (oldest..newest).rev() {
            self.year(asked(year), &mut reading).await?;
        }
        Ok(self.finish(reading, country))
    }

    /// Reads one year; says whether it has any rows.
    async fn year(&self, asked: Asked, reading: &mut Reading) -> Result<bool, Failure> {
        let url =
            self.client.url(&wire::path(&self.options.flow, &self.options.version, asked.recipient, asked.year))?;
        let body = match self.client.stream(&url, Expect::Csv).await {
            Ok(body) => body,
            Err(failure) => return self.judge(failure, &url).map(|()| false),
        };
        let mut records = Records::new(body);
        let Some(table) = self.table(&mut records, &url).await? else { return Ok(false) };
        let (mut rows, mut strays) = (0, 0);
        while let Some(record) = records.next().await? {
            rows += 1;
            self.client.progress().rows(1, None);
            let Decoded { text, guessed } = decode(&record.bytes, records.body().media_type());
            let retrieved_at = records.body().retrieved_at();
            let origin = Origin { header: &table.header, url: url.as_str(), retrieved_at, guessed };
            let Err(reason) = take(&text, &table.columns, asked, origin, reading) else { continue };
            if cut_short(&record, &text, &table.columns) {
                return Err(Failure::cut_short(&url, format!("line {} has no end", record.line)));
            }
            strays += 1;
            if strays > STRAY_ROWS && strays > rows / 2 {
                return Err(Failure::unreadable(&url, format!("over {STRAY_ROWS} rows do not fit, as: {reason}")));
            }
            let position = format!("{} {}, line {}", asked.recipient, asked.year, record.line);
            reading.strays.reject(position, reason, text);
        }
        Ok(rows > 0)
    }

    /// The header; `None` where a body of another kind says that there are no rows.
    async fn table(&self, records: &mut Records, url: &Url) -> Result<Option<Table>, Failure> {
        let Some(first) = records.next().await? else {
            return Err(Failure::cut_short(url, "the answer has not even a header"));
        };
        let header = decode(&first.bytes, "").text.into_owned();
        let columns = Columns::new(fields(&header).unwrap_or_default());
        let missing = columns.missing(&wire::REQUIRED);
        if missing.is_empty() {
            return Ok(Some(Table { header: header.into(), columns }));
        }
        if !first.ended && header.starts_with("STRUCTURE") {
            return Err(Failure::cut_short(url, "the header has no end"));
        }
        let message = message(header, records).await;
        let reason = format!("the header lacks {}", missing.join(", "));
        self.verdict(verdict(&message), url).unwrap_or_else(|| Err(Failure::unreadable(url, reason))).map(|()| None)
    }

    /// What a failing answer comes to: nothing where its body says that there are no rows.
    fn judge(&self, failure: Failure, url: &Url) -> Result<(), Failure> {
        if let Some(judgement) = self.verdict(failure.excerpt().and_then(verdict), url) {
            return judgement;
        }
        match failure {
            // A 404 stands for an empty answer, with whatever text; a page is another server's 404.
            Failure::NotFound { status: 404, excerpt, .. } if !excerpt.trim_start().starts_with('<') => Ok(()),
            Failure::Throttled { url, wait: None } => Err(Failure::Throttled { url, wait: Some(OWN_WAIT) }),
            other => Err(other),
        }
    }

    fn verdict(&self, verdict: Option<Verdict>, url: &Url) -> Option<Result<(), Failure>> {
        let Options { flow, version, .. } = &self.options;
        Some(match verdict? {
            Verdict::NoRows => Ok(()),
            Verdict::TooMany => Err(Failure::Throttled { url: Box::new(url.clone()), wait: Some(OWN_WAIT) }),
            Verdict::UnknownDataflow => Err(Failure::unreadable(
                url,
                format!(
                    "the service does not know {flow} in version {version}; read the newest version at {} and set it \
                     as the option `version` of the partner `oecd`",
                    wire::LATEST_VERSION
                ),
            )),
            Verdict::WrongPath => Err(Failure::unreadable(
                url,
                format!(
                    "{flow} is not served below this path; set `base_url` of the partner `oecd` so that {} stands \
                     below it",
                    wire::DATA
                ),
            )),
        })
    }

    fn unknown_recipient(&self, country: CountryCode) -> Failure {
        let known = wire::known_recipients();
        let reason = format!("{country} is no recipient that can be asked for; the OECD is asked for {known}");
        match self.client.url(wire::DATA) {
            Ok(url) => Failure::unreadable(&url, reason),
            Err(failure) => failure,
        }
    }

    fn finish(&self, reading: Reading, country: CountryCode) -> Harvest {
        let mut gathering = reading.strays;
        for activity in reading.activities.into_activities() {
            gathering.take(map::project(activity, SOURCE));
        }
        if gathering.is_empty() {
            let message = format!(
                "The OECD holds no rows for {country} in any year asked. Around a release it says so of an older \
                 version, too: the one in use is {}.",
                self.options.version
            );
            gathering.note(Issue::new(codes::NOTHING_PUBLISHED, Severity::Warning, message));
        }
        gathering.finish(None)
    }
}

/// Takes one row into its activity.
fn take(text: &str, columns: &Columns, asked: Asked, origin: Origin<'_>, reading: &mut Reading) -> Result<(), String> {
    let fields = fields(text)?;
    if fields.len() != columns.width() {
        return Err(format!("{} fields below a header of {}", fields.len(), columns.width()));
    }
    let row = map::read(Row::new(columns, &fields), asked)?;
    reading.activities.add(row, text, origin)
}

/// Whether a row that does not fit is the torn end of a body.
fn cut_short(record: &RawRecord, text: &str, columns: &Columns) -> bool {
    !record.ended && fields(text).map_or(0, |fields| fields.len()) < columns.width()
}

/// The beginning of a body that is no data.
async fn message(mut text: String, records: &mut Records) -> String {
    while text.len() < MESSAGE_BYTES {
        // The answer is a failure already: a second one on the way to its text adds nothing.
        let Ok(Some(record)) = records.next().await else { break };
        text.push_str(&String::from_utf8_lossy(&record.bytes));
    }
    text
}
