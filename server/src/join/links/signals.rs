//! What two records have in common, and what speaks against them: comparisons only, no judgement.

use connectors::model::AmountBasis;
use rust_decimal::Decimal;

use super::lexicon::Topics;
use super::profile::Profile;
use crate::places::{Gazetteer, PlaceIndex, PlaceLevel};
use crate::sectors::SectorIndex;

/// How two records lie to each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Places {
    /// At least one of them names none.
    Unknown,
    /// They share places: the share of all places that both name, 0 to 1, and one of the places.
    Shared(f64, PlaceIndex),
    /// A place of one lies in a place of the other.
    Within(PlaceIndex),
    /// No place of one holds, or is, a place of the other.
    Apart,
}

/// How two amounts fit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Amounts {
    /// One of them is not known.
    Unknown,
    /// Equal within this many hundredths.
    Equal(u32),
    /// Neither equal nor far apart.
    Other,
    /// One is more than 20 times the other.
    Far,
}

/// What two records have in common.
#[derive(Debug, Clone, Copy)]
pub(super) struct Signals {
    pub(super) places: Places,
    /// Topics of both.
    pub(super) topics: Topics,
    /// How alike the subjects are, 0 to 1.
    pub(super) subject: f64,
    /// Whether both titles have telling words, and the same.
    pub(super) same_words: bool,
    pub(super) lent: Amounts,
    /// Whether both amounts together are the total cost that one of them states.
    pub(super) fits_total: Option<Decimal>,
    /// Whether both state the same total cost, or another.
    pub(super) totals: Amounts,
    /// Months between them, 0 where they overlap; `None` where one has no date.
    pub(super) months: Option<i32>,
    /// Whether they name a client of the same name; `None` where one names none.
    pub(super) same_client: Option<bool>,
    /// Whether the sectors agree; `None` where one has none.
    pub(super) same_sector: Option<bool>,
}

/// What makes further comparison useless: nothing outweighs it.
pub(super) fn excluded(one: &Profile<'_>, other: &Profile<'_>) -> bool {
    let (left, right) = (&one.subject, &other.subject);
    let no_country = !one.countries.iter().any(|country| other.countries.contains(country));
    no_country
        || left.stage != right.stage
        || left.guarantee != right.guarantee
        || (!left.lines.is_empty() && !right.lines.is_empty() && left.lines != right.lines)
        || (!left.topics.is_empty() && !right.topics.is_empty() && left.topics.shared(right.topics).is_empty())
        || apart(one, other)
}

/// Whether both name places, and no place of one holds, or is, a place of the other.
fn apart(one: &Profile<'_>, other: &Profile<'_>) -> bool {
    let meets =
        |places: &[PlaceIndex], around: &[PlaceIndex]| places.iter().any(|place| around.binary_search(place).is_ok());
    !one.places.is_empty()
        && !other.places.is_empty()
        && !meets(&one.places, &other.around)
        && !meets(&other.places, &one.around)
}

impl Signals {
    /// Compares two records.
    pub(super) fn of(one: &Profile<'_>, other: &Profile<'_>) -> Self {
        let topics = one.subject.topics.shared(other.subject.topics);
        let (words, same_words) = words(one, other);
        let (lent, lent_other) = (one.lent(), other.lent());
        let totals = [one.euro(AmountBasis::TotalCost), other.euro(AmountBasis::TotalCost)];
        let together = lent.zip(lent_other).map(|(one, other)| one + other);
        let fits = |total: &Decimal| together.is_some_and(|sum| difference(sum, *total) <= 2);
        Self {
            places: places(one, other),
            topics,
            subject: subject(one, other, topics, words),
            same_words,
            lent: amounts(lent, lent_other),
            fits_total: totals.into_iter().flatten().find(fits),
            totals: amounts(totals[0], totals[1]),
            months: months(one, other),
            same_client: same(&one.clients, &other.clients),
            same_sector: same_sector(one, other),
        }
    }
}

fn places(one: &Profile<'_>, other: &Profile<'_>) -> Places {
    if one.places.is_empty() || other.places.is_empty() {
        // A name that fits several places fits the one that the other record makes clear.
        let possible = |from: &Profile<'_>, to: &Profile<'_>| {
            to.places.iter().find(|place| from.places.is_empty() && from.possible.contains(place)).copied()
        };
        let meant = possible(one, other).or_else(|| possible(other, one));
        return meant.map_or(Places::Unknown, |place| Places::Shared(0.5, place));
    }
    let shared: Vec<PlaceIndex> = one.places.iter().filter(|place| other.places.contains(place)).copied().collect();
    if let Some(first) = shared.first() {
        let all = one.places.len() + other.places.len() - shared.len();
        #[expect(clippy::cast_precision_loss, reason = "a record names a handful of places")]
        return Places::Shared(shared.len() as f64 / all as f64, *first);
    }
    let inner = |places: &[PlaceIndex], around: &[PlaceIndex]| {
        places.iter().find(|place| around.binary_search(place).is_ok()).copied()
    };
    let outer = inner(&one.places, &other.around).or_else(|| inner(&other.places, &one.around));
    outer.map_or(Places::Apart, Places::Within)
}

/// Whether a place is a settlement, or a city that ranks with the oblasts.
pub(super) fn is_town(place: PlaceIndex) -> bool {
    let place = Gazetteer::embedded().get(place);
    let special = place.category == Some(crate::places::Category::SpecialCity);
    special || matches!(place.level, PlaceLevel::Settlement | PlaceLevel::District | PlaceLevel::Hromada)
}

/// The likeness of the telling words, 0 to 1, where both have some in one language; and whether they are the same.
fn words(one: &Profile<'_>, other: &Profile<'_>) -> (Option<f64>, bool) {
    let (left, right) = (&one.subject, &other.subject);
    if left.language != right.language {
        return (None, false);
    }
    if left.words.is_empty() && right.words.is_empty() {
        return (None, true);
    }
    let shared = left.words.iter().filter(|word| right.words.binary_search(word).is_ok()).count();
    #[expect(clippy::cast_precision_loss, reason = "a title has a handful of words")]
    let dice = 2.0 * shared as f64 / (left.words.len() + right.words.len()) as f64;
    (Some(dice), left.words == right.words)
}

/// How alike two subjects are: by topics where both have some, and by telling words.
fn subject(one: &Profile<'_>, other: &Profile<'_>, topics: Topics, words: Option<f64>) -> f64 {
    let (left, right) = (one.subject.topics, other.subject.topics);
    if left.is_empty() || right.is_empty() {
        return words.unwrap_or_default();
    }
    let exact = f64::from((left.0 & right.0).count_ones()) / f64::from((left.0 | right.0).count_ones());
    // Who says "public transport" may mean trams, or may not.
    let overlap = if exact > 0.0 {
        0.5 + exact / 2.0
    } else if topics.is_empty() {
        0.0
    } else {
        0.4
    };
    words.map_or(overlap, |words| 0.65 * overlap + 0.35 * words)
}

/// By how many hundredths of the greater one two amounts differ.
pub(super) fn difference(one: Decimal, other: Decimal) -> u32 {
    let greater = one.max(other);
    let hundredths = (one - other).abs().checked_mul(Decimal::ONE_HUNDRED).and_then(|share| share.checked_div(greater));
    hundredths.and_then(|hundredths| u32::try_from(hundredths.round()).ok()).unwrap_or(100)
}

fn amounts(one: Option<Decimal>, other: Option<Decimal>) -> Amounts {
    let Some((one, other)) = one.zip(other) else { return Amounts::Unknown };
    match difference(one, other) {
        hundredths @ 0..=10 => Amounts::Equal(hundredths),
        95.. => Amounts::Far,
        _ => Amounts::Other,
    }
}

fn months(one: &Profile<'_>, other: &Profile<'_>) -> Option<i32> {
    let ((first, last), (other_first, other_last)) = one.days.zip(other.days)?;
    Some((other_first - last).max(first - other_last).max(0) / 30)
}

fn same(one: &[u64], other: &[u64]) -> Option<bool> {
    let known = !one.is_empty() && !other.is_empty();
    known.then(|| one.iter().any(|word| other.binary_search(word).is_ok()))
}

fn same_sector(one: &Profile<'_>, other: &Profile<'_>) -> Option<bool> {
    let (one, other) = one.sector.zip(other.sector)?;
    let lineage = |code: &str| -> Vec<&'static str> {
        let sector = SectorIndex::embedded().by_code(code);
        sector.map(|sector| sector.lineage().map(|sector| sector.code).collect()).unwrap_or_default()
    };
    Some(one.get(..3) == other.get(..3) || lineage(one).contains(&other) || lineage(other).contains(&one))
}
