//! Words of titles and descriptions, for the `text` filter and the order by relevance.

use std::collections::BTreeMap;

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
        let mut selection: Option<RoaringBitmap> = None;
        for word in words(text) {
            let found = beginning_with(&self.words, &word);
            selection = Some(selection.map_or_else(|| found.clone(), |before| before & &found));
        }
        selection
    }

    /// How well a record fits a text: twice the words found in its title, plus whole words there.
    pub(super) fn relevance(&self, number: u32, text: &str) -> i64 {
        let score = |word: String| {
            let whole = self.title_words.get(&word).is_some_and(|bitmap| bitmap.contains(number));
            let begun = whole || beginning_with(&self.title_words, &word).contains(number);
            2 * i64::from(begun) + i64::from(whole)
        };
        words(text).map(score).sum()
    }
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
    let plain = word.nfkd().filter(|letter| !is_combining_mark(*letter) && !is_apostrophe(*letter));
    plain.flat_map(char::to_lowercase).collect()
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | 'ʼ' | '`')
}
