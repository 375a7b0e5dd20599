//! A body's name in one or more languages.

use std::collections::BTreeMap;

use connectors::model::Language;
use serde::{Deserialize, Serialize};

use super::check::{self, Fault};

/// Names by language tag; never empty once read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Names(BTreeMap<Language, String>);

impl Names {
    /// Names by language; to be checked with the record that they are of.
    #[must_use]
    pub fn of(names: BTreeMap<Language, String>) -> Self {
        Self(names)
    }

    /// The name in the first of these languages that there is one in; else the English, else any.
    #[must_use]
    pub fn in_languages(&self, languages: &[Language]) -> &str {
        let wanted = languages.iter().chain([&Language::EN]);
        let name = wanted.filter_map(|language| self.0.get(language)).next();
        name.or_else(|| self.0.values().next()).map_or("", String::as_str)
    }

    /// Every name with its language, by tag.
    pub fn iter(&self) -> impl Iterator<Item = (&Language, &str)> {
        self.0.iter().map(|(language, name)| (language, name.as_str()))
    }

    pub(super) fn check(&self) -> Result<(), Fault> {
        if self.0.is_empty() {
            return Err(Fault::new("names", "give the name in at least one language: en = \"…\""));
        }
        self.iter().try_for_each(|(language, name)| {
            let field = format!("names.{}", language.as_str());
            check::filled(&field, name)?;
            match Language::new(language.as_str()) {
                Ok(tag) if tag == *language => Ok(()),
                _ => Err(Fault::new(&field, "is not a language tag in small letters, such as en or uk")),
            }
        })
    }
}
