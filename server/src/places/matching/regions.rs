//! The regions that a text names, with the word for their kind: `Донецької та Луганської областей`,
//! `Кіцманського району`, `Міженецької територіальної громади`, `Луганської обласної лікарні`.

use super::super::fold::fold;
use super::super::gazetteer::Gazetteer;
use super::super::kind::Kind;
use super::super::place::{PlaceIndex, PlaceLevel};
use super::Parsed;
use super::choose::distinct;
use super::endings::{Adjective, Grammar};
use super::vocabulary::{kind_word, qualifies};
use super::words::Word;

/// What a text calls a region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum RegionKind {
    /// `Одеської області`, `Одеської обласної ради`.
    Oblast,
    /// `Кіцманського району`; also one that was dissolved in 2020.
    Raion,
    /// `Бугринської територіальної громади`.
    Hromada,
    /// `Буринської міської ради`, `Хустської районної поліклініки`: tells where, is not itself the place.
    Council,
    /// An adjective alone: `Козівської школи`.
    Adjective,
}

/// A region that a text names.
#[derive(Debug, Clone)]
pub(super) struct Region {
    pub(super) kind: RegionKind,
    pub(super) text: usize,
    /// Its first and last word.
    pub(super) first: usize,
    pub(super) last: usize,
    /// The adjective, or its last part.
    pub(super) adjective: Adjective,
    /// Units of this very name.
    pub(super) named: Vec<PlaceIndex>,
    /// Where a raion of before 2020 lay: the hromada that bears its name now.
    pub(super) around: Vec<PlaceIndex>,
}

/// All of a record's regions.
#[derive(Debug, Default)]
pub(super) struct Regions {
    pub(super) found: Vec<Region>,
}

impl Regions {
    /// Whether a word belongs to a region already.
    pub(super) fn cover(&self, text: usize, word: usize) -> bool {
        let covers = |region: &&Region| region.text == text && (region.first..=region.last).contains(&word);
        self.found.iter().filter(|region| region.kind != RegionKind::Adjective).any(|region| covers(&region))
    }

    /// The region that starts with a word.
    pub(super) fn starting(&self, text: usize, word: usize) -> Option<&Region> {
        self.found
            .iter()
            .find(|region| region.text == text && region.first == word && region.kind != RegionKind::Adjective)
    }

    pub(super) fn of_kind(&self, kind: RegionKind) -> impl Iterator<Item = &Region> {
        self.found.iter().filter(move |region| region.kind == kind)
    }

    /// Reads one text.
    pub(super) fn read(&mut self, gazetteer: &Gazetteer, number: usize, text: &Parsed<'_>) {
        let words = &text.words;
        for at in 0..words.len() {
            let Some(kind) = words[at].is_cyrillic().then(|| region_word(words, at)).flatten() else { continue };
            self.before(gazetteer, number, words, at, kind);
        }
        if text.grammar == Grammar::Polish {
            self.read_polish(gazetteer, number, words);
        }
        for at in (0..words.len()).filter(|at| words[*at].is_cyrillic() && words[*at].capital && !words[*at].blocked) {
            if !self.cover(number, at) {
                self.push(gazetteer, number, words, (at, at), RegionKind::Adjective);
            }
        }
    }

    /// In Polish the adjectives follow, in small letters: `w obwodzie lwowskim`, `w obwodach lwowskim i wołyńskim`.
    fn read_polish(&mut self, gazetteer: &Gazetteer, text: usize, words: &[Word<'_>]) {
        for at in (0..words.len()).filter(|at| kind_word(&words[*at]).is_some_and(|kind| kind.kind == Kind::Oblast)) {
            let joins = |word: &&Word<'_>| ["i", "oraz"].contains(&word.small.as_str()) || is_polish_adjective(word);
            for last in (at + 1..words.len()).take_while(|next| joins(&&words[*next])) {
                let Some(adjective) = polish_nominative(&words[last]) else { continue };
                let postings = gazetteer.index.same(&fold(&format!("obwód {adjective}"))).iter();
                let named = distinct(postings.map(|posting| posting.place).collect());
                let adjective = Adjective { stem: adjective };
                let region =
                    Region { kind: RegionKind::Oblast, text, first: at, last, adjective, named, around: Vec::new() };
                self.found.extend((!region.named.is_empty()).then_some(region));
            }
        }
    }

    /// The adjectives in front of a word for a kind, several when they are listed.
    fn before(&mut self, gazetteer: &Gazetteer, number: usize, words: &[Word<'_>], at: usize, kind: RegionKind) {
        let mut end = at;
        let mut adjective = at.checked_sub(1);
        while let Some(last) = adjective {
            let council = kind == RegionKind::Hromada && words[last].small == "ради";
            if (qualifies(&words[last]) || council) && !words[last].capital {
                adjective = last.checked_sub(1);
                continue;
            }
            let first = joined_start(words, last);
            if !words[first].capital || words[last].blocked || !self.push(gazetteer, number, words, (first, last), kind)
            {
                return;
            }
            if let Some(region) = self.found.last_mut() {
                region.last = end;
            }
            end = last;
            adjective = listed_before(words, first);
        }
    }

    fn push(
        &mut self,
        gazetteer: &Gazetteer,
        text: usize,
        words: &[Word<'_>],
        (first, last): (usize, usize),
        kind: RegionKind,
    ) -> bool {
        let Some(adjective) = Adjective::of(&words[last].small) else { return false };
        if kind == RegionKind::Adjective && !adjective.is_of_place() {
            return false;
        }
        let front: String = words[first..last].iter().map(|word| format!("{} ", word.small)).collect();
        let named = |ending: String, level| {
            let postings = gazetteer.index.same(&fold(&format!("{front}{ending}"))).iter();
            postings.filter(move |posting| gazetteer.get(posting.place).level == level).map(|posting| posting.place)
        };
        let oblasts = || {
            let russian = named(adjective.russian_feminine(), PlaceLevel::Oblast);
            named(adjective.feminine(), PlaceLevel::Oblast).chain(russian).collect::<Vec<_>>()
        };
        let raions = || named(adjective.masculine(), PlaceLevel::Raion).collect::<Vec<_>>();
        let hromadas = || named(adjective.feminine(), PlaceLevel::Hromada).collect::<Vec<_>>();
        let (named, around) = match kind {
            RegionKind::Oblast => (oblasts(), Vec::new()),
            RegionKind::Raion => (raions(), around(gazetteer, hromadas(), &front, &adjective)),
            RegionKind::Hromada => (hromadas(), Vec::new()),
            RegionKind::Council => (hromadas(), raions()),
            RegionKind::Adjective => (hromadas(), oblasts()),
        };
        let (named, around) = (distinct(named), distinct(around));
        let known = !(named.is_empty() && around.is_empty());
        let region = Region { kind, text, first, last, adjective, named, around };
        self.found.extend((known || kind != RegionKind::Oblast).then_some(region));
        known || kind != RegionKind::Oblast
    }
}

fn is_polish_adjective(word: &Word<'_>) -> bool {
    polish_nominative(word).is_some()
}

/// `lwowski` of `lwowskim` and `lwowskiego`.
fn polish_nominative(word: &Word<'_>) -> Option<String> {
    let stem = ["im", "iego", "iemu", "i"].iter().find_map(|ending| word.small.strip_suffix(ending))?;
    stem.ends_with('k').then(|| format!("{stem}i"))
}

/// A raion of before 2020 lay around the hromada of its name; where that was renamed, around the town it is named after.
fn around(gazetteer: &Gazetteer, hromadas: Vec<PlaceIndex>, front: &str, adjective: &Adjective) -> Vec<PlaceIndex> {
    if !hromadas.is_empty() {
        return hromadas;
    }
    let names = [adjective.stem.clone(), format!("{}ь", adjective.stem), adjective.root().to_owned()];
    let postings = names.iter().flat_map(|name| gazetteer.index.same(&fold(&format!("{front}{name}"))));
    let towns = postings.filter(|posting| gazetteer.get(posting.place).level == PlaceLevel::Settlement);
    towns.filter_map(|town| gazetteer.at_or_above(town.place, PlaceLevel::Hromada)).collect()
}

fn region_word(words: &[Word<'_>], at: usize) -> Option<RegionKind> {
    let word = &words[at];
    if word.small == "н" && word.is_joined() {
        return Some(RegionKind::Raion);
    }
    if ["рада", "ради", "раді", "раду", "радою", "рад"].contains(&word.small.as_str()) {
        return Some(RegionKind::Council);
    }
    if word.small.starts_with("обласн") || word.small.starts_with("областн") {
        return Some(RegionKind::Oblast);
    }
    if word.small.starts_with("районн") {
        return Some(RegionKind::Council);
    }
    match kind_word(word)?.kind {
        Kind::Oblast => Some(RegionKind::Oblast),
        Kind::Raion => Some(RegionKind::Raion),
        Kind::Hromada => Some(RegionKind::Hromada),
        Kind::City | Kind::Village => None,
    }
}

/// The first word of a name whose parts are joined by hyphens.
fn joined_start(words: &[Word<'_>], last: usize) -> usize {
    let mut first = last;
    while first > 0 && words[first].gap == "-" {
        first -= 1;
    }
    first
}

/// The adjective before this one in a list: `Броварського і Бориспільського районів`.
fn listed_before(words: &[Word<'_>], first: usize) -> Option<usize> {
    if words[first].gap == ", " {
        return first.checked_sub(1);
    }
    let joint = first.checked_sub(1)?;
    let joins = ["та", "і", "й", "и"].contains(&words[joint].small.as_str());
    joins.then(|| joint.checked_sub(1)).flatten()
}
