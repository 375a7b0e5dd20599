//! The registry of partners: one `mod` line and one list entry for each, nothing else.

mod ceb;
mod ebrd;
mod eib;
mod oecd;

use std::borrow::Cow;

use crate::connector::Connector;
use crate::http::{Client, HttpOptions};
use crate::model::CountryCode;

/// Every partner, in the order in which they are shown.
pub static ALL: [&Partner; 4] = [&eib::PARTNER, &ebrd::PARTNER, &oecd::PARTNER, &ceb::PARTNER];

/// An institution whose published projects are read.
#[derive(Debug)]
pub struct Partner {
    /// Stable id, small letters: `eib`.
    pub id: &'static str,
    /// Official English name.
    pub name: &'static str,
    /// What it is called for short.
    pub abbreviation: &'static str,
    /// Its public site.
    pub website: &'static str,
    /// How it is asked, unless the operator says otherwise.
    pub http: fn() -> HttpOptions,
    /// How old a reading may grow before a new one is due, in minutes, unless the operator says otherwise.
    pub max_age_minutes: u64,
    /// The feeds that are read.
    pub feeds: &'static [Feed],
    /// The JSON Schema of its own options, for the example configuration and the check of unknown keys.
    pub options_schema: fn() -> schemars::Schema,
    /// The bytes of a file in its `fixtures` folder.
    pub fixtures: fn(&str) -> Option<Cow<'static, [u8]>>,
}

/// One feed of a partner.
#[derive(Debug)]
pub struct Feed {
    /// Stable id: `<partner>-<feed>`.
    pub id: &'static str,
    /// What it is, for a reader.
    pub name: &'static str,
    /// Its format, for a reader.
    pub format: &'static str,
    /// The page about it.
    pub homepage: &'static str,
    /// What is known of its terms of reuse, in one sentence.
    pub terms: &'static str,
    /// Opens a connector.
    pub open: Open,
}

/// Opens a connector with a client, the countries wanted, and the partner's own options.
pub type Open = fn(Client, &[CountryCode], &toml::Table) -> Result<Box<dyn Connector>, InvalidOptions>;

/// The partner's own section of the configuration could not be read.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct InvalidOptions(#[from] pub toml::de::Error);

/// The partner of this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Partner> {
    ALL.iter().copied().find(|partner| partner.id == id)
}
