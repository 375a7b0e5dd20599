//! Finds the phrases of a word list in a folded text, whatever the script and the ending.

use std::collections::HashMap;

use crate::places::fold;

/// A list of phrases, each with what it stands for.
#[derive(Debug)]
pub(super) struct Phrases<Meaning> {
    phrases: Vec<(Vec<Part>, Meaning)>,
    /// By the first word, or by its first letters where any ending may follow.
    whole: HashMap<String, Vec<usize>>,
    begun: HashMap<String, Vec<usize>>,
    shortest: usize,
    longest: usize,
}

/// A word of a phrase.
#[derive(Debug)]
struct Part {
    letters: String,
    /// Whether any ending may follow.
    open: bool,
}

impl<Meaning: Copy> Phrases<Meaning> {
    /// Reads lines of phrases parted by commas. A word that ends with `*` may have any ending.
    pub(super) fn of(lines: &[(Meaning, &str)]) -> Self {
        let mut all = Self {
            phrases: Vec::new(),
            whole: HashMap::new(),
            begun: HashMap::new(),
            shortest: usize::MAX,
            longest: 0,
        };
        for (meaning, line) in lines {
            line.split(',').for_each(|phrase| all.add(*meaning, phrase));
        }
        all
    }

    fn add(&mut self, meaning: Meaning, phrase: &str) {
        let parts: Vec<Part> = phrase.split_whitespace().flat_map(parts).collect();
        let Some(first) = parts.first() else { return };
        let number = self.phrases.len();
        if first.open {
            self.shortest = self.shortest.min(first.letters.len());
            self.longest = self.longest.max(first.letters.len());
            self.begun.entry(first.letters.clone()).or_default().push(number);
        } else {
            self.whole.entry(first.letters.clone()).or_default().push(number);
        }
        self.phrases.push((parts, meaning));
    }

    /// The longest phrase that begins at a word, with the number of its words.
    pub(super) fn at(&self, words: &[&str], from: usize) -> Option<(Meaning, usize)> {
        let word = words.get(from)?;
        let most = word.len().min(self.longest);
        let lengths = (self.shortest..=most).filter(|length| word.is_char_boundary(*length));
        let begun = lengths.filter_map(|length| self.begun.get(&word[..length])).flatten();
        let candidates = self.whole.get(*word).into_iter().flatten().chain(begun);
        let fits = candidates
            .filter(|number| self.phrases[**number].0.iter().zip(from..).all(|(part, at)| part.fits(words.get(at))));
        let longest = fits.max_by_key(|number| (self.phrases[**number].0.len(), std::cmp::Reverse(**number)))?;
        let (parts, meaning) = &self.phrases[*longest];
        Some((*meaning, parts.len()))
    }

    /// Every phrase of a text from left to right, with the position of its first word.
    pub(super) fn all(&self, words: &[&str]) -> Vec<(Meaning, usize)> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            match self.at(words, at) {
                Some((meaning, length)) => {
                    found.push((meaning, at));
                    at += length;
                }
                None => at += 1,
            }
        }
        found
    }
}

impl Part {
    fn fits(&self, word: Option<&&str>) -> bool {
        word.is_some_and(|word| if self.open { word.starts_with(self.letters.as_str()) } else { *word == self.letters })
    }
}

/// A printed word is several folded ones where it has a hyphen in it; only the last may be open.
fn parts(printed: &str) -> Vec<Part> {
    let open = printed.ends_with('*');
    let folded = fold(printed.trim_end_matches('*'));
    let mut parts: Vec<Part> =
        folded.split(' ').map(|letters| Part { letters: letters.to_owned(), open: false }).collect();
    if let Some(last) = parts.last_mut() {
        last.open = open;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(char, usize)]) {
        let phrases = Phrases::of(&[('m', "metro*, метрополитен*, subway"), ('w', "water suppl*"), ('e', "water")]);
        let folded = fold(text);
        let words: Vec<&str> = folded.split(' ').collect();
        assert_eq!(phrases.all(&words), expected, "{text}");
    }

    #[test]
    fn the_longest_phrase_is_found_in_any_script_and_ending() {
        check("Продление метрополитена", &[('m', 1)]);
        check("Rural water supplies and water", &[('w', 1), ('e', 4)]);
        check("subways of the city", &[]);
    }
}
