//! Which rows are wanted: the query's filter, as parameters of the address, as JSON, or both.

use std::collections::BTreeMap;

use async_graphql::InputType as _;

use super::parameters::{self, FIELDS};
use super::{Format, Grain};
use crate::catalogue::Filter;
use crate::graph::error::CallerFault;
use crate::graph::types::ProjectFilter;
use crate::view::View;

/// What is asked of an export.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// Which records.
    pub filter: Filter,
    /// What one row stands for.
    pub grain: Grain,
    /// Whether a byte order mark comes first.
    pub bom: bool,
    /// Every parameter as given, in the order of names: shown in the file, and part of its tag.
    pub given: BTreeMap<String, Vec<String>>,
}

/// Why an export is refused; each with a stable code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A fault that the query names alike.
    #[error(transparent)]
    Caller(#[from] CallerFault),
    /// No parameter has this name.
    #[error("There is no parameter `{given}` here{}. Take one of {known}.", nearest(.near))]
    UnknownParameter {
        /// The name given.
        given: String,
        /// The nearest that there is.
        near: Option<String>,
        /// Every name.
        known: String,
    },
    /// A value that the field does not take.
    #[error("{0}")]
    InvalidFilter(String),
    /// One value, given more than once.
    #[error(
        "`{0}` is given more than once, and takes one value. A field stands in `filter` or as a parameter, not both."
    )]
    GivenTwice(String),
    /// A parameter of the export itself with a value that it does not take.
    #[error("`{name}` is `{given}`; it takes {takes}.")]
    InvalidParameter {
        /// The parameter.
        name: &'static str,
        /// What was given.
        given: String,
        /// What it takes.
        takes: &'static str,
    },
}

fn nearest(near: &Option<String>) -> String {
    near.as_ref().map_or(String::new(), |near| format!("; did you mean `{near}`?"))
}

impl Fault {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Caller(fault) => fault.code(),
            Self::UnknownParameter { .. } => "UNKNOWN_PARAMETER",
            Self::InvalidFilter(_) => "INVALID_FILTER",
            Self::GivenTwice(_) => "GIVEN_TWICE",
            Self::InvalidParameter { .. } => "INVALID_PARAMETER",
        }
    }
}

impl Asked {
    /// Reads the query part of an address.
    ///
    /// # Errors
    /// A [`Fault`] of the caller; nothing is guessed, and no parameter is ignored.
    pub fn read(query: &str, format: Format, view: &View) -> Result<Self, Fault> {
        let mut given: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            given.entry(name.into_owned()).or_default().push(value.into_owned());
        }
        let (mut grain, mut bom) = (Grain::default(), false);
        let mut fields = BTreeMap::new();
        for (name, texts) in &given {
            match name.as_str() {
                "grain" => grain = grain_of(one(name, texts)?)?,
                "bom" if format == Format::Csv => bom = flag("bom", one(name, texts)?)?,
                "filter" => add_json(&mut fields, one(name, texts)?)?,
                _ => {
                    let field = FIELDS.get(name).ok_or_else(|| unknown(name, format))?;
                    add(&mut fields, name, field.value(name, texts)?)?;
                }
            }
        }
        let filter = ProjectFilter::parse(Some(parameters::input(fields)));
        let filter =
            filter.map_err(|error| Fault::InvalidFilter(error.into_server_error(Default::default()).message))?;
        Ok(Self { filter: filter.read(view)?, grain, bom, given })
    }
}

fn add_json(fields: &mut BTreeMap<String, async_graphql::Value>, text: &str) -> Result<(), Fault> {
    let read: serde_json::Map<String, serde_json::Value> = serde_json::from_str(text).map_err(|error| {
        Fault::InvalidFilter(format!("`filter` is not a JSON object of the filter's fields: {error}."))
    })?;
    for (name, value) in read {
        if !FIELDS.contains_key(&name) {
            return Err(unknown(&name, Format::Json));
        }
        let value = parameters::of_json(&name, value)?;
        add(fields, &name, value)?;
    }
    Ok(())
}

fn add(
    fields: &mut BTreeMap<String, async_graphql::Value>,
    name: &str,
    value: async_graphql::Value,
) -> Result<(), Fault> {
    match fields.insert(name.to_owned(), value) {
        None => Ok(()),
        Some(_) => Err(Fault::GivenTwice(name.to_owned())),
    }
}

fn one<'text>(name: &str, texts: &'text [String]) -> Result<&'text str, Fault> {
    match texts {
        [text] => Ok(text),
        _ => Err(Fault::GivenTwice(name.to_owned())),
    }
}

fn grain_of(word: &str) -> Result<Grain, Fault> {
    let found = Grain::WORDS.iter().find(|(known, _)| *known == word).map(|(_, grain)| *grain);
    found.ok_or_else(|| Fault::InvalidParameter {
        name: "grain",
        given: word.to_owned(),
        takes: "`project` (one row a record) or `amount` (one row an amount)",
    })
}

fn flag(name: &'static str, word: &str) -> Result<bool, Fault> {
    match word {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(Fault::InvalidParameter { name, given: word.to_owned(), takes: "`true` or `false`" }),
    }
}

fn unknown(given: &str, format: Format) -> Fault {
    let own = ["filter", "grain"].into_iter().chain((format == Format::Csv).then_some("bom"));
    let known: Vec<&str> = own.chain(FIELDS.keys().map(String::as_str)).collect();
    let closeness = |name: &str| strsim::normalized_damerau_levenshtein(name, given);
    let near = known.iter().max_by(|left, right| closeness(left).total_cmp(&closeness(right)));
    let near = near.filter(|name| closeness(name) > 0.5).map(|name| (*name).to_owned());
    let given = given.chars().take(80).collect();
    Fault::UnknownParameter { given, near, known: known.join(", ") }
}
