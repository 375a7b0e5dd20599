//! Words of titles and descriptions, for the `text` filter and the order by relevance.

use std::collections::BTreeSet;

use connectors::model::Project;
use roaring::RoaringBitmap;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::Unchanged;
use crate::packed::{Words, WordsBuilder};

/// Which records hold which words.
#[derive(Debug, Default)]
pub(super) struct TextIndex {
    /// Of titles, descriptions and organisations.
    words: Words,
    title_words: Words,
}

/// Collects the words of records, which come in the order of their numbers.
#[derive(Debug, Default)]
pub(super) struct TextIndexBuilder {
    words: WordsBuilder,
    title_words: WordsBuilder,
}

impl TextIndexBuilder {
    pub(super) fn add(&mut self, number: u32, project: &Project) {
        for title in &project.titles {
            for word in words(&title.text) {
                self.title_words.add(&word, number);
                self.words.add(&word, number);
            }
        }
        let organisations = project.organisations.iter().map(|organisation| organisation.name.as_str());
        let descriptions = project.descriptions.iter().map(|description| description.text.as_str());
        for word in organisations.chain(descriptions).flat_map(words) {
            self.words.add(&word, number);
        }
    }

    /// With the words of records that are kept from an earlier index.
    pub(super) fn finish_after(self, earlier: &TextIndex, kept: &Unchanged) -> TextIndex {
        let later = |number| kept.later(number);
        let words = self.words.finish_after(&earlier.words, later);
        TextIndex { words, title_words: self.title_words.finish_after(&earlier.title_words, later) }
    }
}

impl TextIndex {
    /// The records that hold every word of the text, each as the beginning of a word. `None` where the text has no
    /// word at all, and so cannot choose.
    pub(super) fn select(&self, text: &str) -> Option<RoaringBitmap> {
        let mut words = distinct_words(text).into_iter();
        let mut selection = self.words.beginning(&words.next()?);
        for word in words {
            if selection.is_empty() {
                break;
            }
            selection &= self.words.beginning(&word);
        }
        Some(selection)
    }

    /// How well records fit a text; looked up once for all of them.
    pub(super) fn relevance(&self, text: &str) -> Relevance {
        let found = |word: String| (self.title_words.beginning(&word), self.title_words.get(&word));
        Relevance(distinct_words(text).into_iter().map(found).collect())
    }

    /// The bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        self.words.bytes() + self.title_words.bytes()
    }
}

/// For each word of a text, the records with a title that has it as the beginning of a word, and as a whole word.
pub(super) struct Relevance(Vec<(RoaringBitmap, RoaringBitmap)>);

impl Relevance {
    /// Twice the words found in the record's title, plus whole words there.
    pub(super) fn of(&self, number: u32) -> i64 {
        let score = |(begun, whole): &(RoaringBitmap, RoaringBitmap)| {
            2 * i64::from(begun.contains(number)) + i64::from(whole.contains(number))
        };
        self.0.iter().map(score).sum()
    }
}

/// The words of a question, each once: a repeated one asks for nothing more.
fn distinct_words(text: &str) -> BTreeSet<String> {
    words(text).collect()
}

/// The words of a text without regard to case, accents and apostrophes.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|letter: char| !(letter.is_alphanumeric() || is_apostrophe(letter) || is_combining_mark(letter)))
        .map(folded)
        .filter(|word| !word.is_empty())
}

fn folded(word: &str) -> String {
    // Apostrophes go first: the decomposition takes some of them apart.
    let plain = word.chars().filter(|letter| !is_apostrophe(*letter)).nfkd();
    plain.filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase).collect()
}

/// All that is typed for the apostrophe of a Ukrainian word.
fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '‘' | '’' | '‛' | 'ʼ' | '′' | '`' | '´' | '＇')
}
