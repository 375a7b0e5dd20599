//! How well the matcher does on records whose places are known: precision and recall, in all and by language.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use connectors::model::{CountryCode, Language};
use serde::ser::SerializeStruct as _;
use serde::{Deserialize, Serialize, Serializer};

use super::gazetteer::Gazetteer;
use super::matching::TextHit;
use super::place::{Category, PlaceIndex, PlaceLevel};

/// A text with the codes of the places that it is about.
#[derive(Debug, Clone, Deserialize)]
pub struct Record {
    /// What the record is called in a list of misses.
    #[serde(default)]
    pub id: String,
    /// The text.
    pub text: String,
    /// Its language.
    pub lang: String,
    /// Codes of every oblast, and of the settlements and hromadas that the text makes clear.
    pub expected: Vec<String>,
    /// The region that the record's source publishes; absent, null or empty when it does not.
    #[serde(default)]
    pub hint_oblast: Option<String>,
}

/// How many codes were found that should be, and how many should not or were not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Expected and found.
    pub right: usize,
    /// Found and not expected.
    pub wrong: usize,
    /// Expected and not found.
    pub missed: usize,
}

/// Precision and recall, each from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Score {
    /// Of the codes found, the share that was expected; 1 when none was found.
    pub precision: f64,
    /// Of the codes expected, the share that was found; 1 when none was expected.
    pub recall: f64,
}

impl Score {
    /// The harmonic mean of the two.
    #[must_use]
    pub fn f1(self) -> f64 {
        let sum = self.precision + self.recall;
        if sum > 0.0 { 2.0 * self.precision * self.recall / sum } else { 0.0 }
    }
}

/// The scores of one language.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct LanguageScores {
    /// How many records are in the language.
    pub records: usize,
    /// Over all codes.
    #[serde(flatten)]
    pub codes: Score,
    /// Over the codes of oblasts.
    pub oblast: Score,
    /// Over all other codes.
    pub place: Score,
}

/// A record on which the matcher went wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Miss {
    /// The record.
    pub id: String,
    /// Its language.
    pub language: String,
    /// Its text.
    pub text: String,
    /// Expected codes that were not found.
    pub missed: Vec<String>,
    /// Found codes that were not expected.
    pub wrong: Vec<String>,
}

/// How well the matcher does on a file of records.
#[derive(Debug, Clone, PartialEq)]
pub struct Scores {
    /// Over the records of all languages.
    pub all: LanguageScores,
    /// By language; [`OTHERS`] are all but English and Ukrainian together.
    pub languages: BTreeMap<String, LanguageScores>,
    /// What went wrong, in the order of the records.
    pub misses: Vec<Miss>,
}

/// The key under which all languages but English and Ukrainian are pooled; there are too few records of each.
pub const OTHERS: &str = "others";

/// As `hub evaluate places --json` prints them: `{"oblast": …, "place": …, "languages": …}`.
impl Serialize for Scores {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Scores", 3)?;
        object.serialize_field("oblast", &self.all.oblast)?;
        object.serialize_field("place", &self.all.place)?;
        object.serialize_field("languages", &self.languages)?;
        object.end()
    }
}

/// A line of a file of records that is no record.
#[derive(Debug, thiserror::Error)]
#[error(
    "line {line} is no labelled record ({reason}); each line is an object like {{\"text\": \"…\", \"lang\": \"en\", \"expected\": [\"UA…\"]}}"
)]
pub struct BrokenLine {
    /// Its number, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

/// Reads records from JSON Lines; blank lines are skipped.
///
/// # Errors
/// The first line that is no record, or that expects something that is no code of a place.
pub fn read(lines: &str) -> Result<Vec<Record>, BrokenLine> {
    let lines = lines.strip_prefix('\u{feff}').unwrap_or(lines);
    let numbered = (1..).zip(lines.lines()).filter(|(_, line)| !line.trim().is_empty());
    numbered.map(|(line, text)| record(text).map_err(|reason| BrokenLine { line, reason })).collect()
}

fn record(line: &str) -> Result<Record, String> {
    let mut record: Record = serde_json::from_str(line).map_err(|error| {
        // Each record is read by itself, so the parser's own "line 1" would mislead.
        error.to_string().replace(" at line 1 column ", " at column ")
    })?;
    let codes = record.expected.iter().chain(record.hint_oblast.as_ref());
    let odd = codes.filter(|code| !code.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    if let Some(odd) = odd.into_iter().find(|code| !code.is_empty()) {
        return Err(format!("`{odd}` is no code of a place"));
    }
    record.hint_oblast = record.hint_oblast.filter(|code| !code.is_empty());
    Ok(record)
}

/// Matches every record and compares the codes exactly.
///
/// A settlement or hromada implies its oblast, and so does the raion of a hit, which no record lists. What is
/// ambiguous counts for nothing.
#[must_use]
pub fn evaluate(gazetteer: &Gazetteer, records: &[Record]) -> Scores {
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    let mut misses = Vec::new();
    for record in records {
        let compared = Compared::of(gazetteer, record);
        tallies.entry(record.lang.clone()).or_default().add(&compared);
        misses.extend(compared.miss(record));
    }
    let all: Tally = tallies.values().sum();
    let others: Tally =
        tallies.iter().filter(|(language, _)| !["en", "uk"].contains(&language.as_str())).map(|(_, tally)| tally).sum();
    let mut languages: BTreeMap<_, _> =
        tallies.iter().map(|(language, tally)| (language.clone(), tally.scores())).collect();
    if others.records > 0 {
        languages.insert(OTHERS.to_owned(), others.scores());
    }
    Scores { all: all.scores(), languages, misses }
}

/// The codes that hits stand for.
fn codes(gazetteer: &Gazetteer, hits: &[TextHit]) -> BTreeSet<&'static str> {
    let places = hits.iter().filter_map(|hit| hit.place);
    let with_oblast = places.flat_map(|place| [Some(place), gazetteer.oblast_of(place)]).flatten();
    let listed = |place: &PlaceIndex| !matches!(gazetteer.get(*place).level, PlaceLevel::Raion | PlaceLevel::Country);
    with_oblast.filter(listed).map(|place| gazetteer.get(place).id).collect()
}

struct Compared {
    right: Vec<String>,
    wrong: Vec<String>,
    missed: Vec<String>,
}

impl Compared {
    fn of(gazetteer: &Gazetteer, record: &Record) -> Self {
        let language = Language::new(&record.lang).unwrap_or(Language::UND);
        let hint = record.hint_oblast.as_deref().and_then(|code| gazetteer.by_id(code));
        let hits = gazetteer.match_texts(&[(record.text.as_str(), &language)], Some(CountryCode::UA), hint);
        let found = codes(gazetteer, &hits);
        let expected: BTreeSet<&str> = record.expected.iter().map(String::as_str).collect();
        let owned = |codes: Vec<&&str>| codes.into_iter().map(|code| (*code).to_owned()).collect();
        Self {
            right: owned(found.intersection(&expected).collect()),
            wrong: owned(found.difference(&expected).collect()),
            missed: owned(expected.difference(&found).collect()),
        }
    }

    fn miss(self, record: &Record) -> Option<Miss> {
        let Self { wrong, missed, .. } = self;
        let Record { id, lang, text, .. } = record.clone();
        let is_miss = !(wrong.is_empty() && missed.is_empty());
        is_miss.then_some(Miss { id, language: lang, text, missed, wrong })
    }
}

#[derive(Default)]
struct Tally {
    records: usize,
    oblast: Counts,
    place: Counts,
}

impl Tally {
    fn add(&mut self, compared: &Compared) {
        self.records += 1;
        compared.right.iter().for_each(|code| self.counts(code).right += 1);
        compared.wrong.iter().for_each(|code| self.counts(code).wrong += 1);
        compared.missed.iter().for_each(|code| self.counts(code).missed += 1);
    }

    fn counts(&mut self, code: &str) -> &mut Counts {
        if is_oblast(code) { &mut self.oblast } else { &mut self.place }
    }

    fn scores(&self) -> LanguageScores {
        let codes = self.oblast.plus(self.place).score();
        LanguageScores { records: self.records, codes, oblast: self.oblast.score(), place: self.place.score() }
    }
}

fn is_oblast(code: &str) -> bool {
    let gazetteer = Gazetteer::embedded();
    let category = gazetteer.by_id(code).and_then(|place| gazetteer.get(place).category);
    matches!(category, Some(Category::Oblast | Category::SpecialCity))
}

impl<'a> std::iter::Sum<&'a Tally> for Tally {
    fn sum<I: Iterator<Item = &'a Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), |sum, tally| Self {
            records: sum.records + tally.records,
            oblast: sum.oblast.plus(tally.oblast),
            place: sum.place.plus(tally.place),
        })
    }
}

impl Counts {
    const fn plus(self, other: Self) -> Self {
        Self { right: self.right + other.right, wrong: self.wrong + other.wrong, missed: self.missed + other.missed }
    }

    /// The share of what is right.
    #[must_use]
    pub fn score(self) -> Score {
        let precision = share(self.right, self.right + self.wrong);
        let recall = share(self.right, self.right + self.missed);
        Score { precision, recall }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of codes in a file")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}
