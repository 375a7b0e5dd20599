//! A text as words, with their place in the text and how they are written.

use super::super::fold::{fold, is_cyrillic};
use super::super::transliteration::is_apostrophe;

/// One word.
#[derive(Debug, Clone)]
pub(super) struct Word<'a> {
    /// As it stands in the text.
    pub(super) text: &'a str,
    /// Where it starts, in bytes.
    pub(super) start: usize,
    /// Small letters, with apostrophes as in the codifier.
    pub(super) small: String,
    /// Folded to Latin.
    pub(super) key: String,
    /// What stands between the word before and this one.
    pub(super) gap: &'a str,
    /// Starts with a capital.
    pub(super) capital: bool,
    /// Part of a street, a person's or a work's name: no place of the project.
    pub(super) blocked: bool,
    /// One letter before a word in capitals: `М. ХАРКІВ` is a city, while `М. Грушевського` is a person.
    pub(super) shouted: bool,
}

impl Word<'_> {
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    pub(super) fn is_cyrillic(&self) -> bool {
        self.text.starts_with(is_cyrillic)
    }

    /// Joined to the word before as in `Kamianets-Podilskyi`.
    pub(super) fn is_joined(&self) -> bool {
        matches!(self.gap, "-" | "‑" | "–" | "—")
    }
}

/// The words of a text, in order.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut rest = 0;
    while let Some(start) = text[rest..].find(char::is_alphanumeric).map(|at| rest + at) {
        let length = elided(&text[start..])
            .or_else(|| text[start..].find(|letter| !is_inner(letter)))
            .unwrap_or(text.len() - start);
        let word = text[start..start + length].trim_end_matches(is_apostrophe);
        let word = word
            .split_once("'s")
            .or(word.split_once("’s"))
            .filter(|(_, end)| end.is_empty())
            .map_or(word, |(word, _)| word);
        let before = words.last().map_or(0, Word::end);
        words.push(word_of(word, start, &text[before..start]));
        rest = start + length;
    }
    for at in 1..words.len() {
        let capitals = words[at].text.chars().count() > 1 && !words[at].text.contains(char::is_lowercase);
        words[at - 1].shouted = capitals && words[at - 1].text.chars().count() == 1;
    }
    words
}

/// The length of a French article or preposition before a vowel, a word by itself: `l'oblast`, `d'Odessa`, not `L'viv`.
fn elided(text: &str) -> Option<usize> {
    let mut letters = text.chars();
    let article = letters.next().is_some_and(|letter| matches!(letter, 'd' | 'D' | 'l' | 'L'));
    let apostrophe = letters.next().is_some_and(is_apostrophe);
    let vowel = letters.next().is_some_and(|letter| "aeiouyhéèêâîôAEIOUYHÉÈÊÂÎÔ".contains(letter));
    (article && apostrophe && vowel).then_some(1)
}

fn is_inner(letter: char) -> bool {
    letter.is_alphanumeric() || is_apostrophe(letter) || ('\u{0300}'..='\u{036f}').contains(&letter)
}

fn word_of<'a>(text: &'a str, start: usize, gap: &'a str) -> Word<'a> {
    let small = text.to_lowercase().chars().map(|letter| if is_apostrophe(letter) { '’' } else { letter }).collect();
    let capital = text.starts_with(char::is_uppercase);
    Word { text, start, small, key: fold(text), gap, capital, blocked: false, shouted: false }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let found: Vec<_> = words(text).into_iter().map(|word| (word.gap, word.text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn words_keep_what_stands_between_them() {
        check("Lviv's landfill, м. Кам'янець", &[("", "Lviv"), ("'s ", "landfill"), (", ", "м"), (". ", "Кам'янець")]);
        check("Ivano-Frankivsk (UA)", &[("", "Ivano"), ("-", "Frankivsk"), (" (", "UA")]);
        check("l'oblast d’Odessa, L'viv", &[("", "l"), ("'", "oblast"), (" ", "d"), ("’", "Odessa"), (", ", "L'viv")]);
        check("…", &[]);
    }
}
