//! Meetings, conferences and statements of the Alliance and around it.

use connectors::model::PartialDate;
use serde::{Deserialize, Serialize};

use super::check::{self, Fault};
use super::seed::Record;
use super::statement::{self, Statement};

/// Something that happened or will happen on stated days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// `event:<file name>`; the file name begins with the first day.
    #[serde(skip)]
    pub id: String,
    /// What it is, in our own words.
    pub title: String,
    /// The first day.
    pub starts_on: PartialDate,
    /// The last day, where there are several.
    pub ends_on: Option<PartialDate>,
    /// Where, in words.
    pub place_name: Option<String>,
    /// Where, as a KATOTTG code or the NUTS 3 region of the city.
    pub place: Option<String>,
    /// The event's own page.
    pub url: Option<String>,
    /// What a reader should know about the record.
    pub note: Option<String>,
    /// What it rests on, the leading statement first.
    pub sources: Vec<Statement>,
}

impl Event {
    /// The address of the first source that has one.
    #[must_use]
    pub fn source_url(&self) -> Option<&str> {
        statement::first_address(&self.sources)
    }

    /// The last day on which it may go on.
    #[must_use]
    pub fn last_day(&self) -> chrono::NaiveDate {
        self.ends_on.unwrap_or(self.starts_on).last_day()
    }

    fn check_name(&self, name: &str) -> Result<(), Fault> {
        check::slug(name)?;
        let start = format!("{}-", self.starts_on);
        if name.starts_with(&start) {
            return Ok(());
        }
        Err(Fault::new("starts_on", format!("the file name has to begin with `{start}`")))
    }
}

impl Record for Event {
    const FOLDER: &'static str = "events";

    fn named(mut self, name: &str) -> Result<Self, Fault> {
        self.check_name(name)?;
        self.id = format!("event:{name}");
        check::filled("title", &self.title)?;
        check::filled_if_given("place_name", self.place_name.as_deref())?;
        check::filled_if_given("note", self.note.as_deref())?;
        check::order("ends_on", Some(self.starts_on), self.ends_on)?;
        check::place("place", self.place.as_deref(), None)?;
        check::address("url", self.url.as_deref())?;
        statement::check_all(&self.sources)?;
        Ok(self)
    }

    fn id(&self) -> &str {
        &self.id
    }
}
