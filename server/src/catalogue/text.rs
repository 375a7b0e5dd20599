//! Words of titles and descriptions, for the `text` filter and the order by relevance.

use std::collections::{BTreeMap, BTreeSet};

use connectors::model::Project;
use roaring::RoaringBitmap;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Which records hold which words.
#[derive(Debug, Default)]
pub(super) struct TextIndex {
    words: BTreeMap<String, RoaringBitmap>,
    title_words: BTreeMap<String, RoaringBitmap>,
}

impl TextIndex {
    pub(super) fn add(&mut self, number: u32, project: &Project) {
        for title in &project.titles {
            for word in words(&title.text) {
                self.title_words.entry(word.clone()).or_default().insert(number);
                self.words.entry(word).or_default().insert(number);
            }
        }
        let organisations = project.organisations.iter().map(|organisation| organisation.name.as_str());
        let descriptions = project.descriptions.iter().map(|description| description.text.as_str());
        for word in organisations.chain(descriptions).flat_map(words) {
            self.words.entry(word).or_default().insert(number);
        }
    }

    /// The records that hold every word of the text, each as the beginning of a word. `None` where the text has no
    /// word at all, and so cannot choose.
    pub(super) fn select(&self, text: &str) -> Option<RoaringBitmap> {
        let mut words = distinct_words(text).into_iter();
        let mut selection = beginning_with(&self.words, &words.next()?);
        for word in words {
            if selection.is_empty() {
                break;
            }
            selection &= beginning_with(&self.words, &word);
        }
        Some(selection)
    }

    /// How well records fit a text; looked up once for all of them.
    pub(super) fn relevance(&self, text: &str) -> Relevance<'_> {
        let found = |word: String| (beginning_with(&self.title_words, &word), self.title_words.get(&word));
        Relevance(distinct_words(text).into_iter().map(found).collect())
    }
}

/// For each word of a text, the records with a title that has it as the beginning of a word, and as a whole word.
pub(super) struct Relevance<'index>(Vec<(RoaringBitmap, Option<&'index RoaringBitmap>)>);

impl Relevance<'_> {
    /// Twice the words found in the record's title, plus whole words there.
    pub(super) fn of(&self, number: u32) -> i64 {
        let score = |(begun, whole): &(RoaringBitmap, Option<&RoaringBitmap>)| {
            let whole = whole.is_some_and(|bitmap| bitmap.contains(number));
            2 * i64::from(begun.contains(number)) + i64::from(whole)
        };
        self.0.iter().map(score).sum()
    }
}

/// The words of a question, each once: a repeated one asks for nothing more.
fn distinct_words(text: &str) -> BTreeSet<String> {
    words(text).collect()
}

fn beginning_with(words: &BTreeMap<String, RoaringBitmap>, beginning: &str) -> RoaringBitmap {
    let from = words.range(beginning.to_owned()..);
    from.take_while(|(word, _)| word.starts_with(beginning)).map(|(_, bitmap)| bitmap).fold(
        RoaringBitmap::new(),
        |mut all, bitmap| {
            all |= bitmap;
            all
        },
    )
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
