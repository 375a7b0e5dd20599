//! From a project's title and description to the places where it happens.
//!
//! 1. `words`: the text as words.
//! 2. `endings`: declined names back to the nominative.
//! 3. `vocabulary`: the words around names.
//! 4. `regions`: oblasts, raions, hromadas and councils that the text names; they tell homonyms apart.
//! 5. `mentions`: every other name, longest first, with the kind the text gives it; `lists` and `streets` around them.
//! 6. `traps` and `landmarks`: names that are no place of the project, and words that stand for an oblast.
//! 7. `choose`: which place each name means, or which it could mean.
//!
//! A name that fits several places without a region gives candidates and no place. General rules only: nothing here
//! knows a single project.

mod choose;
mod endings;
mod landmarks;
mod lists;
mod mentions;
mod regions;
mod streets;
mod traps;
mod vocabulary;
mod words;

#[cfg(test)]
mod tests;

use connectors::model::{CountryCode, Language};
use serde::Serialize;

use super::gazetteer::Gazetteer;
use super::place::{Category, Place, PlaceIndex, PlaceLevel};
use choose::Chooser;
use endings::Grammar;
use mentions::Mentions;
use regions::Regions;
use words::{Word, words};

/// How exactly a project is located.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum LocationLevel {
    /// The whole country.
    Nationwide,
    /// An oblast, or one of the two cities of that rank.
    Oblast,
    /// A raion.
    Raion,
    /// A hromada.
    Hromada,
    /// A settlement, or a district of one.
    Settlement,
    /// A point given as coordinates.
    Point,
}

impl LocationLevel {
    /// The level of a place.
    #[must_use]
    pub fn of(place: &Place) -> Self {
        match place.level {
            PlaceLevel::Country => Self::Nationwide,
            PlaceLevel::Oblast | PlaceLevel::Region => Self::Oblast,
            PlaceLevel::Raion => Self::Raion,
            PlaceLevel::Hromada => Self::Hromada,
            PlaceLevel::Settlement | PlaceLevel::District => Self::Settlement,
        }
    }
}

/// A place that a text names.
#[derive(Debug, Clone, PartialEq)]
pub struct TextHit {
    /// Which of the texts, counted from 0.
    pub text: usize,
    /// How exactly the words locate the project.
    pub level: LocationLevel,
    /// The place; `None` when the words could mean several, or mean the whole country.
    pub place: Option<PlaceIndex>,
    /// From 0 to 1.
    pub confidence: f64,
    /// The words, as they stand in the text.
    pub evidence: String,
    /// The places that the words could mean, when they are several.
    pub candidates: Vec<PlaceIndex>,
}

/// One text of a record, taken apart.
#[derive(Debug)]
struct Parsed<'a> {
    text: &'a str,
    grammar: Grammar,
    words: Vec<Word<'a>>,
}

impl Gazetteer {
    /// The places that a record's texts name, most certain first.
    ///
    /// `hint` is the region that the source publishes for the record; it tells homonyms apart and is not itself a hit.
    /// Only Ukraine's places are matched: for any other country there is no hit.
    #[must_use]
    pub fn match_texts(
        &self,
        texts: &[(&str, &Language)],
        country: Option<CountryCode>,
        hint: Option<PlaceIndex>,
    ) -> Vec<TextHit> {
        if country.is_some_and(|country| country != CountryCode::UA) {
            return Vec::new();
        }
        let parsed: Vec<_> = texts.iter().map(|(text, language)| Parsed::of(text, language)).collect();
        let mut regions = Regions::default();
        let mut mentions = Mentions::default();
        for (number, text) in parsed.iter().enumerate() {
            regions.read(self, number, text);
            mentions.read(self, number, text, &regions);
        }
        Chooser { gazetteer: self, texts: &parsed, regions: &regions, mentions: &mentions, hint }.hits()
    }
}

impl<'a> Parsed<'a> {
    fn of(text: &'a str, language: &Language) -> Self {
        let mut words = words(text);
        streets::block(&mut words);
        Self { text, grammar: grammar(text, language), words }
    }

    /// The words from one to another, as they stand in the text.
    fn evidence(&self, first: usize, last: usize) -> String {
        self.text[self.words[first].start..self.words[last].end()].to_owned()
    }
}

/// By the language, or for an undetermined one by letters that only one of them has.
fn grammar(text: &str, language: &Language) -> Grammar {
    let cyrillic = text.contains(super::fold::is_cyrillic);
    match language.as_str().split('-').next().unwrap_or_default() {
        "pl" => Grammar::Polish,
        "ru" => Grammar::Russian,
        "de" => Grammar::German,
        "uk" => Grammar::Ukrainian,
        _ if cyrillic && text.contains(['ы', 'э', 'ъ', 'ё']) => Grammar::Russian,
        _ if cyrillic => Grammar::Ukrainian,
        _ => Grammar::None,
    }
}

/// Whether the place is a settlement, or a city that ranks with the oblasts.
fn is_settlement(place: &Place) -> bool {
    place.level == PlaceLevel::Settlement || place.category == Some(Category::SpecialCity)
}
