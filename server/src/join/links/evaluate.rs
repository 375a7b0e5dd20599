//! How well the links do on pairs of records of which it is known what they are to each other.
//!
//! `server/tests/links/README.md` says how a file of labelled pairs is written.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use connectors::connector::Harvest;
use connectors::model::{CountryCode, Project};
use serde::{Deserialize, Serialize};

use super::{Link, LinkDecisions, LinkKind, Links};
use crate::catalogue::Catalogue;
use crate::harvest::{Origin, Reading};
use crate::money::Rates;

pub use super::crowd::{Crowd, crowd, evaluate_among};
pub use super::sketch::Sketch;

/// Two records, and what the first is to the second.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// What it is called in a list of misses.
    pub pair: String,
    /// Whether sources state what the records say.
    #[serde(default)]
    pub origin: PairOrigin,
    /// What the first is to the second.
    pub expected: Expected,
    /// The reason for the label, for people.
    #[serde(default)]
    pub why: String,
    /// Where a real pair was seen.
    #[serde(default)]
    pub sources: Vec<String>,
    /// The first record.
    pub left: Sketch,
    /// The second record.
    pub right: Sketch,
}

/// Whether sources state what a pair's records say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PairOrigin {
    /// Seen in public sources.
    Real,
    /// Written to try one thing.
    #[default]
    Synthetic,
}

/// What the first record of a pair is to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Expected {
    /// One undertaking of one lender.
    SameProject,
    /// One undertaking of two lenders.
    CofinancedWith,
    /// The second is the framework of the first.
    PartOfFramework,
    /// The first repeats the second.
    Restates,
    /// The second is a part of the first: never a label, only what may be found.
    HoldsPart,
    /// The second repeats the first: never a label, only what may be found.
    RestatedBy,
    /// Nothing.
    None,
}

/// How many pairs were right, and which share that is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Score {
    /// How many pairs there are.
    pub pairs: usize,
    /// How many of them are linked, by their labels.
    pub linked: usize,
    /// Links found that are those of the labels.
    pub right: usize,
    /// Links found that are not.
    pub wrong: usize,
    /// Links of the labels that were not found.
    pub missed: usize,
    /// Of the links found, the share that is right; 1 where none was found.
    pub precision: f64,
    /// Of the links of the labels, the share that was found; 1 where there are none.
    pub recall: f64,
}

/// A pair that was judged otherwise than its label.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Miss {
    /// The pair.
    pub pair: String,
    /// Whether it is real.
    pub origin: PairOrigin,
    /// Its label.
    pub expected: Expected,
    /// What was found.
    pub found: Expected,
    /// The score of what was found, and its reasons.
    pub reasons: Vec<String>,
}

/// How well the links do on a file of pairs.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Scores {
    /// Over all pairs.
    pub all: Score,
    /// Over the real ones.
    pub real: Score,
    /// Over the synthetic ones.
    pub synthetic: Score,
    /// By the kind of link that the labels name.
    pub kinds: BTreeMap<String, Score>,
    /// Pairs judged otherwise than their labels.
    #[serde(skip)]
    pub misses: Vec<Miss>,
}

/// Reads labelled pairs, one JSON object a line; empty lines are left out.
///
/// # Errors
/// The number of the line and what is wrong with it.
pub fn read(text: &str) -> Result<Vec<Pair>, String> {
    let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    lines.map(|(line, number)| pair(line).map_err(|error| format!("line {number}: {error}"))).collect()
}

fn pair(line: &str) -> Result<Pair, String> {
    let pair: Pair = serde_json::from_str(line).map_err(|error| error.to_string())?;
    if matches!(pair.expected, Expected::HoldsPart | Expected::RestatedBy) {
        return Err("a label goes from left to right: exchange the two records".to_owned());
    }
    if pair.left.id() == pair.right.id() {
        return Err(format!("both records have the id `{}`", pair.left.id()));
    }
    Ok(pair)
}

/// Judges every pair in a catalogue of its two records.
///
/// # Errors
/// The name of the pair and what its record says that the hub has no name for.
pub fn evaluate(pairs: &[Pair]) -> Result<Scores, String> {
    let now = Utc::now();
    let mut scores = Scores::default();
    for pair in pairs {
        let (found, reasons) = judged(pair, now).map_err(|error| format!("{}: {error}", pair.pair))?;
        scores.count(pair, found, reasons);
    }
    Ok(scores)
}

/// What the hub makes of a pair, with its reasons.
fn judged(pair: &Pair, now: DateTime<Utc>) -> Result<(Expected, Vec<String>), String> {
    let records = [pair.left.project(now)?, pair.right.project(now)?];
    let ids = records.each_ref().map(|project| project.id.to_string());
    let catalogue = Catalogue::build(readings(records.into(), now), &Rates::embedded(), now);
    let links = Links::of(&catalogue, &LinkDecisions::none());
    Ok(between(&catalogue, &links, [&ids[0], &ids[1]]))
}

/// What the first of two records is to the second, with the reasons.
pub(super) fn between(catalogue: &Catalogue, links: &Links, ids: [&str; 2]) -> (Expected, Vec<String>) {
    let [Some(left), Some(right)] = ids.map(|id| catalogue.by_id(id)) else { return (Expected::None, Vec::new()) };
    let to = |from, other| links.links(from).iter().find(move |link| link.other == other);
    let found = match (to(left, right), to(right, left)) {
        (Some(link), _) => Some((expected(link, true), link)),
        (None, Some(link)) => Some((expected(link, false), link)),
        (None, None) => None,
    };
    found.map_or((Expected::None, Vec::new()), |(found, link)| (found, reasons(link)))
}

/// One reading for each partner: a source's readings are those of one partner.
pub(super) fn readings(projects: Vec<Project>, now: DateTime<Utc>) -> Vec<Arc<Reading>> {
    let mut by_source: BTreeMap<String, Vec<Project>> = BTreeMap::new();
    for project in projects {
        by_source.entry(project.provenance.source.clone()).or_default().push(project);
    }
    let readings = by_source.into_iter().map(|(source, projects)| {
        let first_read = projects.iter().map(|_| now).collect();
        let harvest = Harvest { projects, ..Harvest::default() }.into();
        let (origin, countries) = (Origin::Partner, vec![CountryCode::UA]);
        Arc::new(Reading { source, origin, base_url: String::new(), countries, retrieved_at: now, harvest, first_read })
    });
    readings.collect()
}

fn expected(link: &Link, forward: bool) -> Expected {
    match (link.kind, forward) {
        (LinkKind::SameProject, _) => Expected::SameProject,
        (LinkKind::CofinancedWith, _) => Expected::CofinancedWith,
        (LinkKind::PartOfFramework, true) => Expected::PartOfFramework,
        (LinkKind::PartOfFramework, false) => Expected::HoldsPart,
        (LinkKind::Restates, true) => Expected::Restates,
        (LinkKind::Restates, false) => Expected::RestatedBy,
    }
}

fn reasons(link: &Link) -> Vec<String> {
    let evidence = link.evidence.iter().map(|reason| format!("{:+.2} {}: {}", reason.weight, reason.kind, reason.text));
    std::iter::once(format!("score {:.2}", link.score)).chain(evidence).collect()
}

impl Scores {
    pub(super) fn count(&mut self, pair: &Pair, found: Expected, reasons: Vec<String>) {
        let of_origin = match pair.origin {
            PairOrigin::Real => &mut self.real,
            PairOrigin::Synthetic => &mut self.synthetic,
        };
        of_origin.count(pair.expected, found);
        self.all.count(pair.expected, found);
        self.kinds.entry(pair.expected.name()).or_default().count(pair.expected, found);
        if found != pair.expected {
            let (pair, origin, expected) = (pair.pair.clone(), pair.origin, pair.expected);
            self.misses.push(Miss { pair, origin, expected, found, reasons });
        }
    }
}

impl Default for Score {
    fn default() -> Self {
        Self { pairs: 0, linked: 0, right: 0, wrong: 0, missed: 0, precision: 1.0, recall: 1.0 }
    }
}

impl Score {
    fn count(&mut self, expected: Expected, found: Expected) {
        let linked = |judgement: Expected| judgement != Expected::None;
        self.pairs += 1;
        self.linked += usize::from(linked(expected));
        self.right += usize::from(linked(expected) && found == expected);
        self.wrong += usize::from(linked(found) && found != expected);
        self.missed += usize::from(linked(expected) && found != expected);
        self.precision = share(self.right, self.right + self.wrong);
        self.recall = share(self.right, self.linked);
    }

    /// Whether every pair was judged as its label says.
    #[must_use]
    pub fn is_perfect(&self) -> bool {
        self.wrong == 0 && self.missed == 0
    }
}

impl Expected {
    /// As a file of pairs writes it.
    #[must_use]
    pub fn name(self) -> String {
        written(self)
    }
}

impl PairOrigin {
    /// As a file of pairs writes it.
    #[must_use]
    pub fn name(self) -> String {
        written(self)
    }
}

fn written(value: impl Serialize) -> String {
    let written = serde_json::to_value(value).ok();
    written.and_then(|written| written.as_str().map(str::to_owned)).unwrap_or_default()
}

#[expect(clippy::cast_precision_loss, reason = "a file has some hundred pairs")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}
