//! What one record says that can be compared with another: worked out once, compared many times.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

use chrono::{Datelike as _, NaiveDate};
use connectors::model::{AmountBasis, CountryCode, Instrument, OrganisationRole, PartialDate};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::frameworks::Frameworks;
use super::identifiers::{Claims, reported_bank};
use super::lexicon::Lexicon;
use super::subject::{Subject, digest};
use super::{candidates, identifier};
use crate::catalogue::{Catalogue, RecordNumber};
use crate::harvest::PackedProject;
use crate::places::{Gazetteer, LocationLevel, PlaceIndex, PlaceLevel, fold};

/// One record of a catalogue, ready to be compared.
#[derive(Debug)]
pub(super) struct Profile<'catalogue> {
    pub(super) number: RecordNumber,
    pub(super) project: PackedProject<'catalogue>,
    pub(super) told: Arc<Told>,
}

impl Deref for Profile<'_> {
    type Target = Told;

    fn deref(&self) -> &Told {
        &self.told
    }
}

/// What a record tells by itself: it stays the same from catalogue to catalogue for as long as the record does.
#[derive(Debug)]
pub(super) struct Told {
    /// The partner whose money it is, or the provider of a row of statistics; `None` where the row does not say.
    pub(super) lender: Option<String>,
    /// Whether it is a row of statistics, and not a lender's own record.
    pub(super) reported: bool,
    pub(super) subject: Subject,
    /// Its places, without those that hold another of them.
    pub(super) places: Vec<PlaceIndex>,
    /// Places that its words could mean, where they fit several.
    pub(super) possible: Vec<PlaceIndex>,
    /// Its places with all that hold them, the country left out; sorted.
    pub(super) around: Vec<PlaceIndex>,
    /// Other lenders that its texts name, each with the sentence.
    pub(super) mentions: BTreeMap<&'static str, String>,
    /// Digests of the telling words of clients' names, sorted.
    pub(super) clients: Vec<u64>,
    /// The days between which it was decided, counted from 1 January of year 1.
    pub(super) days: Option<(i32, i32)>,
    /// Its amounts in euro at their value dates, where a rate is known.
    pub(super) euro: Vec<(AmountBasis, Decimal)>,
    pub(super) sector: Option<&'static str>,
    pub(super) countries: Vec<CountryCode>,
    pub(super) claims: Claims,
    pub(super) frameworks: Frameworks,
    /// What it lends in whole euro, for the order by amount; the greatest number where that is not known.
    pub(super) whole_euro: i64,
    /// What it shares with records that are worth comparing with it.
    pub(super) keys: Box<[u64]>,
}

impl<'catalogue> Profile<'catalogue> {
    /// A record with what it tells.
    pub(super) fn of(catalogue: &'catalogue Catalogue, number: RecordNumber, told: Arc<Told>) -> Self {
        Self { number, project: catalogue.project(number), told }
    }
}

/// Whether it is a framework, of which others are parts.
pub(super) fn is_framework(project: PackedProject<'_>) -> bool {
    project.instrument() == Instrument::FrameworkLoan
}

impl Told {
    /// Reads a record.
    pub(super) fn of(catalogue: &Catalogue, number: RecordNumber) -> Self {
        let project = catalogue.project(number);
        let record = catalogue.record(number);
        let (places, around) =
            places(record.locations.iter().filter_map(|location| {
                (location.level != LocationLevel::Nationwide).then_some(location.place).flatten()
            }));
        let ambiguous = record.locations.iter().filter(|location| location.place.is_none());
        let possible = ambiguous.flat_map(|location| location.candidates.iter().copied()).take(12).collect();
        let names = place_words(catalogue, number, &places);
        let mut subject = Subject::of(project, &names);
        subject.guarantee |= project.instrument() == Instrument::Guarantee;
        let mut told = Self {
            lender: lender(project),
            reported: reports(project),
            claims: Claims::of(project),
            frameworks: Frameworks::of(project, subject.prefix.is_some()),
            subject,
            places,
            possible,
            around,
            mentions: mentions(project),
            clients: clients(project, &names),
            days: days(project),
            euro: euro(catalogue, number),
            sector: record.sector.main.map(|sector| sector.code),
            countries: project.countries().collect(),
            whole_euro: i64::MAX,
            keys: Box::default(),
        };
        told.whole_euro = told.lent().and_then(|euro| euro.to_i64()).unwrap_or(i64::MAX);
        told.keys = candidates::keys(&told).into();
        told
    }

    /// Euro of a basis, for comparison.
    pub(super) fn euro(&self, basis: AmountBasis) -> Option<Decimal> {
        self.euro.iter().find(|(own, _)| *own == basis).map(|(_, euro)| *euro)
    }

    /// The amount that the lender gives itself, for comparison.
    pub(super) fn lent(&self) -> Option<Decimal> {
        const LEAD: [AmountBasis; 4] =
            [AmountBasis::Signed, AmountBasis::Approved, AmountBasis::Committed, AmountBasis::Planned];
        LEAD.iter().find_map(|basis| self.euro(*basis))
    }
}

/// Whether a partner reports others' money: then it says who the provider is.
fn reports(project: PackedProject<'_>) -> bool {
    project.id().partner() == "oecd" || identifier(project, "crs-donor").is_some()
}

fn lender(project: PackedProject<'_>) -> Option<String> {
    if !reports(project) {
        return Some(project.id().partner().to_owned());
    }
    match reported_bank(project) {
        Some(bank) => Some(bank.to_owned()),
        None => identifier(project, "crs-donor").map(|donor| format!("crs-donor {donor}")),
    }
}

/// Places without those that hold others, and all of them with what holds them.
fn places(found: impl Iterator<Item = PlaceIndex>) -> (Vec<PlaceIndex>, Vec<PlaceIndex>) {
    let gazetteer = Gazetteer::embedded();
    let below = |place: &PlaceIndex| gazetteer.get(*place).level != PlaceLevel::Country;
    let mut places: Vec<PlaceIndex> = found.collect();
    places.sort_unstable();
    places.dedup();
    let mut above: Vec<PlaceIndex> =
        places.iter().flat_map(|place| gazetteer.ancestors(*place)).filter(below).collect();
    above.sort_unstable();
    above.dedup();
    places.retain(|place| above.binary_search(place).is_err());
    above.extend(&places);
    above.sort_unstable();
    (places, above)
}

/// Folded words by which the record names its places, and their official names.
fn place_words(catalogue: &Catalogue, number: RecordNumber, places: &[PlaceIndex]) -> Vec<String> {
    let gazetteer = Gazetteer::embedded();
    let evidence = catalogue.record(number).locations.iter().filter_map(|location| location.evidence.as_deref());
    let official = places.iter().map(|place| gazetteer.name(*place, &["en"]));
    let mut words: Vec<String> = evidence
        .chain(official)
        .flat_map(|name| {
            let folded = fold(name);
            folded.split(' ').filter(|word| word.len() >= 3).map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    words.sort_unstable();
    words.dedup();
    // "Water" of "Clean Water" or "solid" of a place would hide what the record is about.
    let lexicon = Lexicon::compiled();
    words.retain(|word| {
        lexicon.topics.at(&[word.as_str()], 0).is_none() && lexicon.common.at(&[word.as_str()], 0).is_none()
    });
    words
}

/// Lenders that sentences name, but for sentences that speak of another undertaking.
fn mentions(project: PackedProject<'_>) -> BTreeMap<&'static str, String> {
    let lexicon = Lexicon::compiled();
    let own = lender(project);
    let mut found = BTreeMap::new();
    for text in project.titles().chain(project.descriptions()) {
        for sentence in text.text().split(['.', ';', '\n']) {
            let folded = fold(sentence);
            let words: Vec<&str> = folded.split(' ').collect();
            let named = lexicon.lenders.all(&words);
            if named.is_empty() || !lexicon.apart.all(&words).is_empty() {
                continue;
            }
            for (lender, _) in named.into_iter().filter(|(lender, _)| own.as_deref() != Some(lender)) {
                found.entry(lender).or_insert_with(|| shortened(sentence));
            }
        }
    }
    found
}

/// A sentence of at most 160 letters.
pub(super) fn shortened(sentence: &str) -> String {
    const MOST: usize = 160;
    let trimmed = sentence.trim();
    match trimmed.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", trimmed[..at].trim_end()),
        None => trimmed.to_owned(),
    }
}

fn clients(project: PackedProject<'_>, places: &[String]) -> Vec<u64> {
    let lexicon = Lexicon::compiled();
    let mut words = Vec::new();
    for organisation in project.organisations().filter(|organisation| organisation.role != OrganisationRole::Funder) {
        let folded = fold(organisation.name);
        let telling = folded.split(' ').filter(|word| {
            let word = [*word];
            word[0].len() >= 3
                && lexicon.organisations.at(&word, 0).is_none()
                && lexicon.common.at(&word, 0).is_none()
                && !places.iter().any(|place| place == word[0])
        });
        words.extend(telling.map(digest));
    }
    words.sort_unstable();
    words.dedup();
    words
}

/// When it was decided: by its dates, else by the date of an amount, else by the last year that its words name.
fn days(project: PackedProject<'_>) -> Option<(i32, i32)> {
    let span = |date: PartialDate| (date.first_day().num_days_from_ce(), date.last_day().num_days_from_ce());
    let stated = [project.approved_on(), project.signed_on()].into_iter().flatten();
    let contributed = project.contributions().filter_map(|contribution| contribution.date);
    let of_amounts = project
        .amounts()
        .filter(|money| money.basis != AmountBasis::TotalCost && money.basis != AmountBasis::Disbursed);
    let mut spans: Vec<(i32, i32)> = stated.map(span).collect();
    if spans.is_empty() {
        spans = of_amounts.filter_map(|money| money.date).map(span).collect();
    }
    if spans.is_empty() {
        spans = contributed.map(span).collect();
    }
    if spans.is_empty() {
        spans.extend(named_year(project));
    }
    let first = spans.iter().map(|(first, _)| *first).min()?;
    let last = spans.iter().map(|(_, last)| *last).max()?;
    Some((first, last))
}

/// The year that the first text with one names.
fn named_year(project: PackedProject<'_>) -> Option<(i32, i32)> {
    let texts = project.titles().chain(project.descriptions());
    let year =
        texts.flat_map(|text| text.text().split(|letter: char| !letter.is_ascii_digit())).find_map(|digits| {
            let year: i32 = (digits.len() == 4).then(|| digits.parse().ok()).flatten()?;
            (1991..=2035).contains(&year).then_some(year)
        })?;
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).map(|date| date.num_days_from_ce());
    Some((day(1, 1)?, day(12, 31)?))
}

fn euro(catalogue: &Catalogue, number: RecordNumber) -> Vec<(AmountBasis, Decimal)> {
    let stated = catalogue.project(number).amounts().filter_map(|money| {
        let euro = catalogue.euro_of(number, Some(money.basis))?;
        (euro > Decimal::ZERO).then_some((money.basis, euro))
    });
    stated.collect()
}
