//! The eight principles and the six calls: numbered texts that other records point at.

use serde::{Deserialize, Serialize};

use super::check::{self, Fault};
use super::seed::Record;
use super::statement::{self, Statement};
use super::theme::Theme;

/// One of the eight principles of reconstruction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Principle {
    /// `principle:<number>`.
    #[serde(skip)]
    pub id: String,
    /// Its number, from the file name.
    #[serde(skip)]
    pub number: u32,
    /// What it says, re-expressed.
    pub text: String,
    /// The themes that we read in it.
    pub themes: Vec<Theme>,
    /// What a reader should know about the record.
    pub note: Option<String>,
    /// What it rests on.
    pub sources: Vec<Statement>,
}

/// One of the Alliance's calls on the European Union and its partners.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Call {
    /// `call:<number>`.
    #[serde(skip)]
    pub id: String,
    /// Its number, from the file name.
    #[serde(skip)]
    pub number: u32,
    /// What it says, re-expressed.
    pub text: String,
    /// The themes that we read in it.
    pub themes: Vec<Theme>,
    /// What a reader should know about the record.
    pub note: Option<String>,
    /// What it rests on.
    pub sources: Vec<Statement>,
}

impl Record for Principle {
    const FOLDER: &'static str = "principles";

    fn named(mut self, name: &str) -> Result<Self, Fault> {
        self.number = number(name)?;
        self.id = format!("principle:{}", self.number);
        check_text(&self.text, self.note.as_deref(), &self.sources)?;
        Ok(self)
    }

    fn id(&self) -> &str {
        &self.id
    }
}

impl Record for Call {
    const FOLDER: &'static str = "calls";

    fn named(mut self, name: &str) -> Result<Self, Fault> {
        self.number = number(name)?;
        self.id = format!("call:{}", self.number);
        check_text(&self.text, self.note.as_deref(), &self.sources)?;
        Ok(self)
    }

    fn id(&self) -> &str {
        &self.id
    }
}

fn number(name: &str) -> Result<u32, Fault> {
    check::slug(name)?;
    let number = name.parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| Fault::new("file name", format!("`{name}` is not a number from 1 on")))
}

fn check_text(text: &str, note: Option<&str>, sources: &[Statement]) -> Result<(), Fault> {
    check::filled("text", text)?;
    check::filled_if_given("note", note)?;
    statement::check_all(sources)
}
