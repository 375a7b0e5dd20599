//! Distinct texts, each under a number.

use std::collections::HashMap;

/// Distinct texts, each under a number, in one piece of memory.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    text: String,
    /// Where each text ends.
    ends: Vec<u32>,
}

impl Lexicon {
    /// How many texts.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The text of a number; empty where the number is of none.
    #[must_use]
    pub fn get(&self, number: u32) -> &str {
        let at = number as usize;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| *end as usize);
        self.ends.get(at).and_then(|end| self.text.get(start..*end as usize)).unwrap_or_default()
    }

    /// Every text, by number.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..).map(|number| self.get(number)).take(self.len())
    }

    /// The bytes it takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.text.capacity() + self.ends.capacity() * size_of::<u32>()
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }

    fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    /// Whether another text finds room: places in the text are numbers of four bytes.
    fn has_room(&self, text: &str) -> bool {
        self.text.len() + text.len() < u32::MAX as usize
    }
}

impl<'text> FromIterator<&'text str> for Lexicon {
    fn from_iter<T: IntoIterator<Item = &'text str>>(texts: T) -> Self {
        let mut lexicon = Self::default();
        for text in texts {
            lexicon.push(text);
        }
        lexicon.shrink();
        lexicon
    }
}

/// Numbers texts as they come, each once.
#[derive(Debug, Default)]
pub struct LexiconBuilder {
    lexicon: Lexicon,
    numbers: HashMap<Box<str>, u32>,
}

impl LexiconBuilder {
    /// The number of a text, known or new; `None` for a new one where there are `most` already.
    pub fn number(&mut self, text: &str, most: usize) -> Option<u32> {
        if let Some(number) = self.numbers.get(text) {
            return Some(*number);
        }
        if self.lexicon.len() >= most || !self.lexicon.has_room(text) {
            return None;
        }
        let number = u32::try_from(self.lexicon.len()).ok()?;
        self.lexicon.push(text);
        self.numbers.insert(text.into(), number);
        Some(number)
    }

    /// All texts; nothing is added any more.
    #[must_use]
    pub fn finish(mut self) -> Lexicon {
        self.lexicon.shrink();
        self.lexicon
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_one_number_and_no_more_than_wanted_have_any() {
        let mut builder = LexiconBuilder::default();
        let numbers = ["uk", "", "en", "uk", "pl"].map(|text| builder.number(text, 3));
        assert_eq!(numbers, [Some(0), Some(1), Some(2), Some(0), None]);
        let lexicon = builder.finish();
        assert_eq!(lexicon.iter().collect::<Vec<_>>(), ["uk", "", "en"]);
        assert_eq!((lexicon.get(2), lexicon.get(3)), ("en", ""));
    }
}
