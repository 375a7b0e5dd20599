//! One row while it is read: its cells by type, and what is wrong with them.

use std::collections::BTreeMap;

use connectors::model::{CountryCode, PartialDate};
use serde::de::DeserializeOwned;
use serde::de::value::{Error as WordError, StrDeserializer};

use crate::places::{Gazetteer, PlaceIndex, Resolution};

/// One row while it is read. A cell that cannot be read is noted, and is absent to whoever reads on.
#[derive(Debug)]
pub struct Cells<'row> {
    cells: &'row BTreeMap<String, String>,
    faults: Vec<String>,
}

impl<'row> Cells<'row> {
    /// The cells of a row.
    #[must_use]
    pub fn new(cells: &'row BTreeMap<String, String>) -> Self {
        Self { cells, faults: Vec::new() }
    }

    /// What was wrong, a sentence each that begins with the column.
    #[must_use]
    pub fn faults(self) -> Vec<String> {
        self.faults
    }

    /// Notes that something is wrong with a column.
    pub fn refuse(&mut self, column: &str, reason: impl AsRef<str>) {
        self.faults.push(format!("`{column}`: {}", reason.as_ref()));
    }

    /// The filled cells with their columns.
    pub fn iter(&self) -> impl Iterator<Item = (&'row str, &'row str)> + use<'row> {
        self.cells.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// The text of a column; `None` where it is empty or missing.
    #[must_use]
    pub fn text(&self, column: &str) -> Option<&'row str> {
        self.cells.get(column).map(String::as_str)
    }

    /// As [`Cells::text`], owned.
    #[must_use]
    pub fn owned(&self, column: &str) -> Option<String> {
        self.text(column).map(str::to_owned)
    }

    /// A date.
    pub fn date(&mut self, column: &str) -> Option<PartialDate> {
        let read = PartialDate::parse(self.text(column)?);
        self.noted(column, read)
    }

    /// A country.
    pub fn country(&mut self, column: &str) -> Option<CountryCode> {
        let read = CountryCode::new(self.text(column)?);
        self.noted(column, read)
    }

    /// One of the words of a list, in capitals or not, with blanks or hyphens for underscores.
    pub fn word<Word: DeserializeOwned>(&mut self, column: &str) -> Option<Word> {
        let word = self.text(column)?.to_uppercase().replace([' ', '-'], "_");
        self.read_word(column, &word)
    }

    /// Several words, divided by `;` or `,`.
    pub fn words<Word: DeserializeOwned>(&mut self, column: &str) -> Vec<Word> {
        let text = self.text(column).unwrap_or_default().to_uppercase();
        let words = text.split([';', ',']).map(str::trim).filter(|word| !word.is_empty());
        words.filter_map(|word| self.read_word(column, &word.replace([' ', '-'], "_"))).collect()
    }

    /// A place by its code, or by a name that only one place of the country has.
    pub fn place(&mut self, column: &str, country: Option<CountryCode>) -> Option<String> {
        let text = self.text(column)?;
        if let Some(place) = Gazetteer::embedded().by_id(text) {
            return Some(id(place).to_owned());
        }
        if text.len() > 2 && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()) {
            self.refuse(column, format!("there is no place with the code `{text}`"));
            return None;
        }
        self.named_place(column, text, country)
    }

    /// The one place of a country that has a name.
    pub fn named_place(&mut self, column: &str, name: &str, country: Option<CountryCode>) -> Option<String> {
        match Gazetteer::embedded().resolve(name, country) {
            Resolution::Place { place, .. } => Some(id(place).to_owned()),
            Resolution::Candidates(places) => {
                self.refuse(column, ambiguous(name, &places));
                None
            }
            Resolution::Unknown => {
                let within = country.map(|country| format!(" in {country}")).unwrap_or_default();
                self.refuse(column, format!("no place called `{name}` is known{within}; give its code"));
                None
            }
        }
    }

    fn read_word<Word: DeserializeOwned>(&mut self, column: &str, word: &str) -> Option<Word> {
        let read = Word::deserialize(StrDeserializer::<WordError>::new(word));
        self.noted(column, read)
    }

    fn noted<T, E: ToString>(&mut self, column: &str, read: Result<T, E>) -> Option<T> {
        read.map_err(|error| self.refuse(column, error.to_string())).ok()
    }
}

fn id(place: PlaceIndex) -> &'static str {
    Gazetteer::embedded().get(place).id
}

/// How many candidates a sentence names.
const NAMED: usize = 6;

fn ambiguous(name: &str, places: &[PlaceIndex]) -> String {
    let gazetteer = Gazetteer::embedded();
    let shown = places.iter().take(NAMED).map(|place| {
        let above = gazetteer.oblast_of(*place).filter(|oblast| oblast != place);
        let above = above.map(|oblast| format!(", {}", gazetteer.name(oblast, &[]))).unwrap_or_default();
        format!("{} ({}{above})", id(*place), gazetteer.name(*place, &[]))
    });
    let shown = shown.collect::<Vec<_>>().join(", ");
    let more = places.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("`{name}` can be {} places: {shown}{more}; give the code of one", places.len())
}
