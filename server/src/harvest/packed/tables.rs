//! What many projects of a reading share, each once and under a number.

use std::collections::HashMap;
use std::hash::Hash;

use chrono::{DateTime, Utc};
use connectors::model::{CountryCode, CurrencyCode, Language};

use crate::packed::{Lexicon, LexiconBuilder};

/// What many projects share.
#[derive(Debug, Clone, Default)]
pub(super) struct Tables {
    /// Words of vocabularies: schemes, sectors, statuses, codes of issues.
    pub(super) words: Lexicon,
    /// Names of organisations and places.
    pub(super) names: Lexicon,
    /// Texts around the native part of an id, which stands at [`NATIVE`].
    pub(super) frames: Lexicon,
    pub(super) languages: Vec<Language>,
    pub(super) currencies: Vec<CurrencyCode>,
    pub(super) countries: Vec<CountryCode>,
    pub(super) instants: Vec<DateTime<Utc>>,
}

/// Stands in a frame for the native part of an id.
pub(super) const NATIVE: char = '\0';

impl Tables {
    pub(super) fn bytes(&self) -> usize {
        self.words.bytes()
            + self.names.bytes()
            + self.frames.bytes()
            + self.languages.capacity() * size_of::<Language>()
            + self.currencies.capacity() * size_of::<CurrencyCode>()
            + self.countries.capacity() * size_of::<CountryCode>()
            + self.instants.capacity() * size_of::<DateTime<Utc>>()
    }
}

/// Collects what projects share.
#[derive(Debug, Default)]
pub(super) struct TablesBuilder {
    pub(super) words: LexiconBuilder,
    pub(super) names: LexiconBuilder,
    pub(super) frames: LexiconBuilder,
    pub(super) languages: Numbered<Language>,
    pub(super) currencies: Numbered<CurrencyCode>,
    pub(super) countries: Numbered<CountryCode>,
    pub(super) instants: Numbered<DateTime<Utc>>,
}

impl TablesBuilder {
    pub(super) fn finish(self) -> Tables {
        Tables {
            words: self.words.finish(),
            names: self.names.finish(),
            frames: self.frames.finish(),
            languages: self.languages.finish(),
            currencies: self.currencies.finish(),
            countries: self.countries.finish(),
            instants: self.instants.finish(),
        }
    }
}

/// Values, each once.
#[derive(Debug)]
pub(super) struct Numbered<Value> {
    values: Vec<Value>,
    numbers: HashMap<Value, u32>,
}

impl<Value> Default for Numbered<Value> {
    fn default() -> Self {
        Self { values: Vec::new(), numbers: HashMap::new() }
    }
}

impl<Value: Clone + Eq + Hash> Numbered<Value> {
    /// The number of a value, known or new.
    pub(super) fn number(&mut self, value: &Value) -> u64 {
        if let Some(number) = self.numbers.get(value) {
            return (*number).into();
        }
        let number = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        self.values.push(value.clone());
        self.numbers.insert(value.clone(), number);
        number.into()
    }

    fn finish(mut self) -> Vec<Value> {
        self.values.shrink_to_fit();
        self.values
    }
}
