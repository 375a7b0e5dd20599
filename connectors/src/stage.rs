//! Plays the partners' recorded answers, for tests, for demonstrations and for the built-in baseline.
//!
//! A partner's `fixtures/index.toml` says which request gets which file, and for every record where its facts were
//! seen and when. A [`Recording`] only looks up: the hub serves it over HTTP (`hub stage`), the tests serve it through
//! a mock server, and the baseline asks it without any socket.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::Deserialize;
use url::form_urlencoded;

use crate::connector::{Connector, Failure, Harvest, Slice};
use crate::http::{Client, HttpOptions, ManualClock, MemoryLedger, Transport};
use crate::model::{CountryCode, Issue, Severity, codes};
use crate::partners::{Feed, Partner};

/// The recorded answers of one partner.
#[derive(Debug)]
pub struct Recording {
    index: Index,
    open: fn(&str) -> Option<Cow<'static, [u8]>>,
}

/// `index.toml`, as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Index {
    /// The day on which the facts were compiled.
    compiled: NaiveDate,
    /// Which request gets which file; the first that fits serves.
    #[serde(default)]
    answer: Vec<AnswerEntry>,
    /// Where each record's facts were seen, by the native part of its id.
    #[serde(default)]
    record: BTreeMap<String, RecordEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerEntry {
    /// The path below the partner's base address; a final `*` stands for any rest.
    path: String,
    /// Pairs that the request's query must hold; it may hold others.
    #[serde(default)]
    query: BTreeMap<String, String>,
    /// The file with the body, beside the index.
    file: String,
    #[serde(default = "ok")]
    status: u16,
    media_type: String,
}

fn ok() -> u16 {
    200
}

/// Where the facts of one record were seen.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordEntry {
    /// The public page with the facts.
    pub url: String,
    /// When it was read, where that is not the day of compilation.
    pub retrieved: Option<NaiveDate>,
}

/// One recorded answer.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// The HTTP status.
    pub status: u16,
    /// The media type.
    pub media_type: String,
    /// The body.
    pub body: Bytes,
}

impl Recording {
    /// The recording of a partner.
    ///
    /// # Errors
    /// A sentence where the partner's index is missing or not as described; a test opens every partner's.
    pub fn of(partner: &Partner) -> Result<Self, String> {
        let open = partner.fixtures;
        let text = open("index.toml").ok_or_else(|| format!("{} has no fixtures/index.toml", partner.id))?;
        let text = std::str::from_utf8(&text).map_err(|error| error.to_string())?;
        let index: Index = toml::from_str(text).map_err(|error| format!("{}: {error}", partner.id))?;
        if let Some(missing) = index.answer.iter().find(|entry| open(&entry.file).is_none()) {
            return Err(format!("{}: fixtures/{} is named in the index and is not there", partner.id, missing.file));
        }
        Ok(Self { index, open })
    }

    /// The answer to a request for this path (below the base address) and query; status 404 where none is recorded.
    #[must_use]
    pub fn answer(&self, path: &str, query: &str) -> Recorded {
        let asked: BTreeMap<_, _> = form_urlencoded::parse(query.as_bytes()).collect();
        let fits = |entry: &&AnswerEntry| {
            let path_fits = match entry.path.strip_suffix('*') {
                Some(beginning) => path.starts_with(beginning),
                None => path == entry.path,
            };
            path_fits
                && entry.query.iter().all(|(name, value)| asked.get(name.as_str()).is_some_and(|got| got == value))
        };
        let found = self.index.answer.iter().find(fits);
        match found.and_then(|entry| Some((entry, (self.open)(&entry.file)?))) {
            Some((entry, body)) => Recorded {
                status: entry.status,
                media_type: entry.media_type.clone(),
                body: match body {
                    Cow::Borrowed(body) => Bytes::from_static(body),
                    Cow::Owned(body) => body.into(),
                },
            },
            None => Recorded {
                status: 404,
                media_type: "text/plain; charset=utf-8".to_owned(),
                body: Bytes::from_static(b"No answer is recorded for this request.\n"),
            },
        }
    }

    /// The day on which the facts were compiled, as an instant.
    #[must_use]
    pub fn compiled(&self) -> DateTime<Utc> {
        midnight(self.index.compiled)
    }

    /// Where each record's facts were seen, by the native part of its id.
    #[must_use]
    pub fn records(&self) -> &BTreeMap<String, RecordEntry> {
        &self.index.record
    }
}

fn midnight(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc()
}

/// Reads the baseline of a feed: the partner's connector over its recorded answers, without any socket.
///
/// Every record then names the public page where its facts were seen, the day they were read, and the issue
/// `AUTHORED_FIXTURE`.
///
/// # Errors
/// A [`Failure`] where the fixtures do not fit their own connector; a test reads every feed's.
pub async fn baseline(partner: &Partner, feed: &Feed, countries: &[CountryCode]) -> Result<Harvest, Failure> {
    let options = HttpOptions { pace_ms: 0, retries: 0, budget: None, ..(partner.http)() };
    let broken = |reason: String| Failure::unreadable(&options.base_url, reason);
    let recording = Arc::new(Recording::of(partner).map_err(broken)?);
    let clock = Arc::new(ManualClock::at(recording.compiled()));
    let base_url = options.base_url.clone();
    let transport = Transport::Recording(recording.clone());
    let client = Client::new(options, transport, Arc::new(MemoryLedger), clock);
    let connector = (feed.open)(client, countries, &toml::Table::new())
        .map_err(|error| Failure::unreadable(&base_url, error.to_string()))?;
    let mut harvest = read_all(&*connector, countries).await?;
    for project in &mut harvest.projects {
        if let Some(entry) = recording.records().get(project.id.native()) {
            project.provenance.url = Some(entry.url.clone());
            project.provenance.retrieved_at = entry.retrieved.map_or(recording.compiled(), midnight);
        }
        let message = "The raw record was written by hand from facts in the public source named; the partner did not \
                       send it in this form.";
        project.issues.push(Issue::new(codes::AUTHORED_FIXTURE, Severity::Info, message).at("provenance"));
    }
    Ok(harvest)
}

/// Reads all the slices that hold the countries, one after the other.
///
/// # Errors
/// The first [`Failure`].
pub async fn read_all(connector: &dyn Connector, countries: &[CountryCode]) -> Result<Harvest, Failure> {
    let wanted = countries.iter().map(|country| connector.narrowest(&Slice::Country(*country)));
    let slices: std::collections::BTreeSet<Slice> = wanted.collect();
    let mut whole: Option<Harvest> = None;
    for slice in slices {
        let harvest = connector.harvest(&slice).await?;
        whole = Some(match whole {
            Some(before) => before.and(harvest),
            None => harvest,
        });
    }
    Ok(whole.unwrap_or_default())
}
