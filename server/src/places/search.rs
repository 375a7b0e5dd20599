//! Finding places as somebody types: any spelling, any script, one slip forgiven.

use std::cmp::Reverse;

use super::fold::is_cyrillic;
use super::gazetteer::Gazetteer;
use super::index::{Closeness, Posting};
use super::kind::Asked;
use super::place::{AliasKind, Category, PlaceIndex, PlaceLevel};

/// Names that merely begin with the text are looked through up to this many.
const BEGINNINGS: usize = 500;

/// A place that a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The place.
    pub place: PlaceIndex,
    /// The name by which it was found.
    pub matched: &'static str,
    /// The kind of that name.
    pub alias_kind: AliasKind,
    /// 1 for the same name, less for a former one, another spelling, a beginning or a slip.
    pub score: f64,
}

impl Gazetteer {
    /// The places that a text can mean, best first: by closeness, then by level and population.
    #[must_use]
    pub fn search(&self, text: &str, limit: usize) -> Vec<Hit> {
        let asked = Asked::of(text);
        if asked.key.is_empty() || limit == 0 {
            return Vec::new();
        }
        let mut found = self.found(&asked);
        if found.len() < limit {
            let beginnings = self.index.beginning(&asked.whole).take(BEGINNINGS);
            found.extend(beginnings.map(|(share, posting)| (BEGINNING * (0.5 + share / 2.0), posting)));
        }
        let mut ranked = self.ranked(found);
        ranked.truncate(limit);
        let cyrillic = text.chars().any(is_cyrillic);
        ranked.into_iter().map(|(score, posting)| self.hit(score, &posting, cyrillic)).collect()
    }

    fn found(&self, asked: &Asked) -> Vec<(f64, Posting)> {
        let mut found: Vec<(f64, Posting)> = Vec::new();
        let whole = self.index.same(&asked.whole).iter().filter(|posting| !posting.needs_kind);
        found.extend(whole.map(|posting| (self.score(Closeness::Same, posting), *posting)));
        if !found.is_empty() && asked.kind.is_none() {
            return found;
        }
        if let Some((closeness, postings)) = self.index.find(&asked.key, |posting| self.answers(posting, asked.kind)) {
            found.extend(postings.into_iter().map(|posting| (self.score(closeness, &posting), posting)));
        }
        found
    }

    fn score(&self, closeness: Closeness, posting: &Posting) -> f64 {
        let by_name = match self.kind_of(posting) {
            AliasKind::Official => 1.0,
            AliasKind::Transliteration | AliasKind::Common | AliasKind::Russified => 0.98,
            AliasKind::Former | AliasKind::Historical => 0.96,
        };
        by_name
            * match closeness {
                Closeness::Same => 1.0,
                Closeness::SameSound => 0.93,
                Closeness::Slip => SLIP,
                Closeness::SlipOfSound => SLIP * 0.55,
            }
    }

    fn ranked(&self, mut found: Vec<(f64, Posting)>) -> Vec<(f64, Posting)> {
        found.sort_by(|(left, one), (right, other)| one.place.cmp(&other.place).then(right.total_cmp(left)));
        found.dedup_by_key(|(_, posting)| posting.place);
        let mut keyed: Vec<_> = found.into_iter().map(|hit| (self.rank(hit.1.place), hit)).collect();
        keyed.sort_by(|(one, left), (other, right)| right.0.total_cmp(&left.0).then(one.cmp(other)));
        keyed.into_iter().map(|(_, hit)| hit).collect()
    }

    fn hit(&self, score: f64, posting: &Posting, cyrillic: bool) -> Hit {
        let place = self.get(posting.place);
        let alias = posting.alias.and_then(|row| self.names().row(row));
        let own = if cyrillic { place.original } else { place.english };
        let (matched, alias_kind) = alias.map_or((own, AliasKind::Official), |alias| (alias.name, alias.kind));
        Hit { place: posting.place, matched, alias_kind, score }
    }

    /// Orders places of one name: by level, then by population, then by code.
    pub(super) fn rank(&self, place: PlaceIndex) -> (u8, Reverse<u32>, PlaceIndex) {
        let about = self.get(place);
        let level = match (about.level, about.category) {
            (PlaceLevel::Country, _) => 0,
            (_, Some(Category::SpecialCity)) => 1,
            _ if about.is_oblast_city => 1,
            (PlaceLevel::Oblast, _) => 2,
            (_, Some(Category::City)) => 3,
            (PlaceLevel::Region, _) => 4,
            (PlaceLevel::Raion, _) => 5,
            (PlaceLevel::Hromada, _) => 6,
            (_, Some(Category::Settlement)) => 7,
            (PlaceLevel::District, _) => 9,
            _ => 8,
        };
        (level, Reverse(about.population.unwrap_or(0)), place)
    }
}

const SLIP: f64 = 0.8;
const BEGINNING: f64 = 0.75;
