//! Titles of records, found by their words: in any spelling and script, with one slip, and under every name of a place.
//!
//! `Nikolaev water` finds `Mykolaiv Water Project`: a question is asked as it stands, and once more for each city and
//! oblast that it names by another than the English name.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::OnceLock;

use super::fold::{fold, sound};
use super::gazetteer::Gazetteer;
use super::index::Posting;
use super::keys::Keys;
use super::place::{AliasKind, Category, PlaceLevel};
use super::slips::Slips;
use crate::packed::{Words, WordsBuilder};

/// Words of a question beyond these are not looked at.
const MOST_WORDS: usize = 12;
/// The most words of a place's name.
const LONGEST_NAME: usize = 3;
/// The most ways in which one question is asked.
const MOST_WORDINGS: usize = 12;
/// Shorter words only find themselves.
const SHORTEST_BEGINNING: usize = 3;
/// Shorter words are one slip, or one sound, away from too many others.
const SHORTEST_SLIP: usize = 5;

const SAME_SOUND: f64 = 0.93;
const BEGINNING: f64 = 0.85;
const SLIP: f64 = 0.8;
const OTHER_NAME: f64 = 0.97;
/// What a title is worth of which next to nothing was asked for.
const LEAST_SHARE: f64 = 0.6;

/// What somebody looks for, in every wording that can stand in a title.
#[derive(Debug, Clone)]
pub struct Question {
    wordings: Vec<Wording>,
}

#[derive(Debug, Clone, PartialEq)]
struct Wording {
    words: Vec<String>,
    /// The kind of name that a place of the question goes by there; `None` for the question as it stands.
    alias_kind: Option<AliasKind>,
}

impl Gazetteer {
    /// Reads a question: folded words, and other wordings where it names a city or an oblast by another name.
    #[must_use]
    pub fn question(&self, text: &str) -> Question {
        let folded = fold(text);
        let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).take(MOST_WORDS).collect();
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let mut wordings = vec![Wording { words: owned(&words), alias_kind: None }];
        for length in (1..=LONGEST_NAME.min(words.len())).rev() {
            for (at, span) in words.windows(length).enumerate() {
                for (name, alias_kind) in self.english_for(&span.join(" ")) {
                    let name = fold(name);
                    let other = [owned(&words[..at]), owned(&[&name]), owned(&words[at + length..])].concat();
                    let words = other.iter().flat_map(|word| word.split(' ')).map(str::to_owned).collect();
                    wordings.push(Wording { words, alias_kind: Some(alias_kind) });
                }
            }
        }
        wordings.dedup_by(|next, kept| next.words == kept.words);
        wordings.truncate(MOST_WORDINGS);
        wordings.iter_mut().for_each(Wording::drop_small_words);
        wordings.retain(|wording| !wording.words.is_empty());
        Question { wordings }
    }

    /// The English names of the cities and oblasts that a key calls by another name, with the kind of that name.
    fn english_for(&self, key: &str) -> Vec<(&'static str, AliasKind)> {
        let mut postings: Vec<Posting> = self.index.same(key).to_vec();
        if postings.is_empty() && key.len() >= SHORTEST_SLIP {
            postings.extend(self.index.same_sound(key));
        }
        postings.retain(|posting| !posting.needs_kind && self.is_prominent(posting));
        postings.sort_by_key(|posting| self.rank(posting.place));
        let name = |posting: &Posting| {
            let english = self.get(posting.place).english;
            let bare = [" Oblast", " City"].iter().find_map(|kind| english.strip_suffix(kind));
            (bare.unwrap_or(english), self.kind_of(posting))
        };
        let mut names: Vec<_> = postings.iter().map(name).filter(|(name, _)| fold(name) != key).collect();
        names.dedup_by_key(|(name, _)| *name);
        names
    }

    fn is_prominent(&self, posting: &Posting) -> bool {
        let place = self.get(posting.place);
        place.level == PlaceLevel::Oblast || place.category == Some(Category::City)
    }
}

impl Wording {
    /// `in`, `of`, `у` choose nothing, unless there is nothing else.
    fn drop_small_words(&mut self) {
        const SMALL: [&str; 11] = ["the", "and", "for", "und", "der", "die", "das", "des", "les", "dla", "dlia"];
        let large = |word: &String| {
            word.len() >= SHORTEST_BEGINNING && !SMALL.contains(&word.as_str())
                || word.bytes().all(|byte| byte.is_ascii_digit())
        };
        if self.words.iter().any(large) {
            self.words.retain(large);
        }
    }
}

/// A title that a question found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TitleHit<Key> {
    /// What the title was filed under.
    pub key: Key,
    /// Which of the key's titles it is, counted from 0 in the order in which they were filed.
    pub nth: usize,
    /// 1 for the very words; less for other spellings, beginnings and slips, and for a title with more words.
    pub score: f64,
    /// The kind of name by which the question called a place of the title; `None` where it used the title's own words.
    pub alias_kind: Option<AliasKind>,
}

/// Titles by their words.
#[derive(Debug)]
pub struct Titles<Key> {
    keys: Vec<Key>,
    /// How many words each title has, as far as that can be told apart.
    lengths: Vec<u8>,
    words: Words,
    /// The places of the words that sound so.
    sounds: Keys<u32>,
    /// Filed when the first slip is made.
    slips: OnceLock<Slips>,
}

impl<Key: Copy + Ord> Titles<Key> {
    /// Files every title under its key; a key may have several, one after the other.
    #[must_use]
    pub fn of<'a>(all: impl Iterator<Item = (Key, &'a str)>) -> Self {
        Self::after(&Self::none(), all.map(|(key, title)| (key, title, None)))
    }

    /// The same, with what is known of titles that were filed earlier: the number that each had there, counted from 0 in
    /// the order of filing, which is the same in both.
    #[must_use]
    pub fn after<'a>(earlier: &Self, all: impl Iterator<Item = (Key, &'a str, Option<u32>)>) -> Self {
        let (mut keys, mut lengths, mut words) = (Vec::new(), Vec::new(), WordsBuilder::default());
        let mut now: Vec<Option<u32>> = vec![None; earlier.keys.len()];
        for (number, (key, title, before)) in (0_u32..).zip(all) {
            keys.push(key);
            if let Some(before) = before {
                lengths.push(earlier.lengths[before as usize]);
                now[before as usize] = Some(number);
                continue;
            }
            let folded = fold(title);
            lengths.push(u8::try_from(folded.split(' ').count()).unwrap_or(u8::MAX));
            folded.split(' ').filter(|word| !word.is_empty()).for_each(|word| words.add(word, number));
        }
        keys.shrink_to_fit();
        lengths.shrink_to_fit();
        let words = words.finish_after(&earlier.words, |before| now.get(before as usize).copied().flatten());
        let sounds = words.all().zip(0..).filter(|(word, _)| word.len() >= SHORTEST_SLIP);
        let sounds = Keys::build(sounds.map(|(word, place)| (sound(word), place)).collect());
        Self { keys, lengths, words, sounds, slips: OnceLock::new() }
    }

    fn none() -> Self {
        let (words, sounds) = (Words::default(), Keys::build(Vec::new()));
        Self { keys: Vec::new(), lengths: Vec::new(), words, sounds, slips: OnceLock::new() }
    }

    /// The number of a key's first title, where keys were filed in rising order.
    #[must_use]
    pub fn first_of(&self, key: Key) -> u32 {
        u32::try_from(self.keys.partition_point(|filed| *filed < key)).unwrap_or(u32::MAX)
    }

    /// The bytes they take, without what is filed for slips.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.keys.capacity() * size_of::<Key>() + self.lengths.capacity() + self.words.bytes() + self.sounds.bytes()
    }

    /// The titles that hold every word of the question, the best first; of several titles of one key the best.
    #[must_use]
    pub fn find(&self, question: &Question) -> Vec<TitleHit<Key>> {
        let mut hits: Vec<TitleHit<Key>> = question.wordings.iter().flat_map(|wording| self.holding(wording)).collect();
        hits.sort_by(|one, other| one.key.cmp(&other.key).then(other.score.total_cmp(&one.score)));
        hits.dedup_by_key(|hit| hit.key);
        hits.sort_by(|one, other| other.score.total_cmp(&one.score).then(one.key.cmp(&other.key)));
        hits
    }

    fn holding(&self, wording: &Wording) -> Vec<TitleHit<Key>> {
        let mut words = wording.words.iter().map(|word| self.with_word(word));
        let mut found = words.next().unwrap_or_default();
        for word in words {
            found.retain(|title, closeness| word.get(title).map(|next| *closeness += next).is_some());
        }
        let asked = wording.words.len();
        let hit = |(title, closeness): (u32, f64)| {
            let (key, words) = (self.keys[title as usize], self.lengths[title as usize].into());
            let nth = self.keys[..title as usize].iter().rev().take_while(|before| **before == key).count();
            let share = (LEAST_SHARE + (1.0 - LEAST_SHARE) * ratio(asked, words)).min(1.0);
            let name = if wording.alias_kind.is_some() { OTHER_NAME } else { 1.0 };
            TitleHit { key, nth, score: name * share * closeness / ratio(asked, 1), alias_kind: wording.alias_kind }
        };
        found.into_iter().map(hit).collect()
    }

    /// The titles with a word, and how close theirs is to it.
    fn with_word(&self, word: &str) -> HashMap<u32, f64> {
        let mut found: HashMap<u32, f64> = self.words.get(word).into_iter().map(|title| (title, 1.0)).collect();
        let mut add = |place: u32, closeness: f64| {
            for title in self.words.holding(place) {
                if let Entry::Vacant(vacant) = found.entry(title) {
                    vacant.insert(closeness);
                }
            }
        };
        if word.len() >= SHORTEST_SLIP {
            self.sounds.get(&sound(word)).iter().for_each(|place| add(*place, SAME_SOUND));
        }
        if word.len() >= SHORTEST_BEGINNING {
            self.words.places_beginning(word).for_each(|place| add(place, BEGINNING));
        }
        if found.is_empty() && word.len() >= SHORTEST_SLIP {
            let slips = self.slips.get_or_init(|| Slips::of(self.words.all()));
            let near = slips.near(word, |place| self.words.word(place)).into_iter();
            found.extend(near.flat_map(|place| self.words.holding(place)).map(|title| (title, SLIP)));
        }
        found
    }
}

impl<Key: Copy + Ord> Default for Titles<Key> {
    fn default() -> Self {
        Self::none()
    }
}

#[expect(clippy::cast_precision_loss, reason = "numbers of words in a title")]
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const TITLES: [&str; 6] = [
        "Mykolaiv Water Project",
        "Kharkiv Metro Extension",
        "Dnipro Metro Completion",
        "Дніпровський метрополітен",
        "Sheptytskyi District Heating",
        "Odesa Public Transport Renewal",
    ];

    #[track_caller]
    fn check(question: &str, expected: &[&str]) {
        let titles = Titles::of(TITLES.iter().enumerate().map(|(number, title)| (number, *title)));
        let hits = titles.find(&Gazetteer::embedded().question(question));
        let found: Vec<_> = hits.iter().map(|hit| TITLES[hit.key]).collect();
        assert_eq!(found, expected, "{question}: {hits:?}");
        assert!(hits.iter().all(|hit| (0.0..=1.0).contains(&hit.score)), "{hits:?}");
    }

    #[test]
    fn words_are_found_in_any_order_and_as_beginnings() {
        check("metro", &["Kharkiv Metro Extension", "Dnipro Metro Completion", "Дніпровський метрополітен"]);
        check("the extension of the METRO", &["Kharkiv Metro Extension"]);
        check("extension of the tramway", &[]);
        check("trans odesa", &["Odesa Public Transport Renewal"]);
        check("", &[]);
        check("of", &[]);
    }

    #[test]
    fn one_slip_and_other_spellings_are_forgiven() {
        check("Mykoaliv water", &["Mykolaiv Water Project"]);
        check("Mykolajiw", &["Mykolaiv Water Project"]);
        check("Миколаїв", &["Mykolaiv Water Project"]);
        check("dniprovskyi", &["Дніпровський метрополітен"]);
        check("heatnig", &["Sheptytskyi District Heating"]);
    }

    #[test]
    fn a_place_is_found_by_every_name_it_has() {
        check("Nikolaev", &["Mykolaiv Water Project"]);
        check("Dnipropetrovsk metro", &["Dnipro Metro Completion", "Дніпровський метрополітен"]);
        check("метро Харьков", &["Kharkiv Metro Extension"]);
        check("Chervonohrad heating", &["Sheptytskyi District Heating"]);
    }

    #[test]
    fn a_hit_says_by_which_kind_of_name() {
        let titles = Titles::of([((), "Mykolaiv Water Project")].into_iter());
        let kind = |question| titles.find(&Gazetteer::embedded().question(question))[0].alias_kind;
        assert_eq!(kind("Mykolaiv"), None);
        assert_eq!(kind("Nikolaev"), Some(AliasKind::Russified));
    }

    #[test]
    fn of_several_titles_of_one_record_the_best_counts() {
        let titles = Titles::of([(7, "Water"), (7, "Water for Lviv"), (8, "Lviv water and more water")].into_iter());
        let hits = titles.find(&Gazetteer::embedded().question("water"));
        assert_eq!(hits.iter().map(|hit| hit.key).collect::<Vec<_>>(), [7, 8]);
        assert!((hits[0].score - 1.0).abs() < f64::EPSILON, "{hits:?}");
    }
}
