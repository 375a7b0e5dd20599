//! Finding places as somebody types: any spelling, any script, one slip forgiven.

use std::cmp::Reverse;

use super::fold::{fold, is_cyrillic};
use super::gazetteer::Gazetteer;
use super::index::{Closeness, Posting};
use super::kind::Asked;
use super::names::own_names;
use super::place::{Alias, AliasKind, Category, PlaceIndex, PlaceLevel};

/// Names that merely begin with the text are looked through up to this many.
const BEGINNINGS: usize = 4_000;

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
            found.extend(beginnings.map(|posting| (BEGINNING, posting)));
        }
        let mut ranked = self.ranked(found, text);
        ranked.truncate(limit);
        ranked.into_iter().map(|(score, posting)| self.hit(score, &posting, text, &asked)).collect()
    }

    fn found(&self, asked: &Asked) -> Vec<(f64, Posting)> {
        let mut found: Vec<(f64, Posting)> = Vec::new();
        let whole = self.index.same(&asked.whole).iter().filter(|posting| self.is_own_name(posting));
        found.extend(whole.map(|posting| (self.score(Closeness::Same, posting), *posting)));
        if !found.is_empty() && asked.kind.is_none() {
            level_with_cities(&mut found);
            return found;
        }
        if let Some((closeness, postings)) = self.index.find(&asked.key, |posting| self.answers(posting, asked.kind)) {
            found.extend(postings.into_iter().map(|posting| (self.score(closeness, &posting), posting)));
        }
        found
    }

    /// An oblast is offered after the city that it shares the name with; a hromada by its centre's name is not.
    fn is_own_name(&self, posting: &Posting) -> bool {
        !posting.needs_kind || self.get(posting.place).level == PlaceLevel::Oblast
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

    /// One posting for each place with its best score: the name as it was typed, before one that folds to the same.
    fn ranked(&self, found: Vec<(f64, Posting)>, text: &str) -> Vec<(f64, Posting)> {
        let small = text.to_lowercase();
        let is_typed = |name: &str| small.contains(&name.to_lowercase());
        let typed = |posting: &Posting| match posting.alias.and_then(|row| self.names().row(row)) {
            Some(alias) => is_typed(alias.name),
            None => is_typed(self.get(posting.place).english) || is_typed(self.get(posting.place).bare),
        };
        let mut keyed: Vec<_> = found.into_iter().map(|(score, posting)| (typed(&posting), score, posting)).collect();
        keyed.sort_by(|one, other| {
            one.2.place.cmp(&other.2.place).then(other.0.cmp(&one.0)).then(other.1.total_cmp(&one.1))
        });
        keyed.dedup_by(|next, kept| {
            kept.1 = if next.2.place == kept.2.place { kept.1.max(next.1) } else { kept.1 };
            next.2.place == kept.2.place
        });
        let mut ranked: Vec<_> = keyed.into_iter().map(|(_, score, hit)| (self.rank(hit.place), score, hit)).collect();
        ranked.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        ranked.into_iter().map(|(_, score, posting)| (score, posting)).collect()
    }

    fn hit(&self, score: f64, posting: &Posting, text: &str, asked: &Asked) -> Hit {
        let alias = posting.alias.and_then(|row| self.names().row(row));
        let (matched, alias_kind) = alias.map_or_else(
            || (self.own_name(posting.place, text, asked), AliasKind::Official),
            |alias| (alias.name, alias.kind),
        );
        Hit { place: posting.place, matched, alias_kind, score }
    }

    /// The one of the place's own names that was asked for, in the script of the question.
    fn own_name(&self, place: PlaceIndex, text: &str, asked: &Asked) -> &'static str {
        let place = self.get(place);
        let cyrillic = text.contains(is_cyrillic);
        let same_script = |name: &&Alias| name.name.contains(is_cyrillic) == cyrillic;
        let asked_for = |name: &&Alias| [&asked.whole, &asked.key].contains(&&fold(name.name));
        let names = own_names(place);
        let script: Vec<_> = names.iter().filter(same_script).collect();
        let found = script.iter().find(|name| asked_for(name)).or(script.first());
        found.map_or(place.english, |name| name.name)
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

/// An oblast that shares a name with a city scores what the city scores, so that it comes second.
fn level_with_cities(found: &mut [(f64, Posting)]) {
    let others = found.iter().filter(|(_, posting)| !posting.needs_kind);
    let best = others.map(|(score, _)| *score).fold(0.0, f64::max);
    for (score, _) in found.iter_mut().filter(|(_, posting)| posting.needs_kind && best > 0.0) {
        *score = best;
    }
}

const SLIP: f64 = 0.8;
const BEGINNING: f64 = 0.6;
