//! Bodies that belong to the Alliance, hold a role in it, or are invited by it.

use connectors::model::{CountryCode, PartialDate};
use serde::{Deserialize, Serialize};

use super::check::{self, Fault};
use super::names::Names;
use super::seed::Record;
use super::statement::{self, Statement};

/// What sort of body a member is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MemberKind {
    /// A national or regional association of authorities.
    Association,
    /// One city.
    City,
    /// One region.
    Region,
    /// One municipality other than a city.
    Municipality,
    /// A network across countries.
    Network,
    /// A body of the European Union.
    EuInstitution,
    /// Any other body.
    Other,
}

/// How a member stands to the Alliance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MemberRole {
    /// A core partner.
    Core,
    /// An associated partner.
    Associated,
    /// Holds an institutional role: founded, coordinates, or is called an institutional partner.
    Institutional,
    /// Invited by the Alliance to work with it; not a member by its own act.
    Invited,
    /// Belongs to it; no source says as what.
    Unknown,
}

/// A body whose membership or institutional role a source states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// `member:<file name>`.
    #[serde(skip)]
    pub id: String,
    /// Its official names.
    pub names: Names,
    /// What it is called for short.
    pub abbreviation: Option<String>,
    /// What sort of body it is.
    pub kind: MemberKind,
    /// How it stands to the Alliance.
    pub role: MemberRole,
    /// Where it is seated, or the country it belongs to.
    pub country: Option<CountryCode>,
    /// The authority's own territory, for cities, municipalities and regions: a KATOTTG or NUTS code.
    pub place: Option<String>,
    /// Its public site.
    pub website: Option<String>,
    /// When it joined, where a source says so; an announcement's date is not it.
    pub joined_on: Option<PartialDate>,
    /// The date of the statement, where the record shows one.
    pub as_of: Option<PartialDate>,
    /// What a reader should know about the record.
    pub note: Option<String>,
    /// What it rests on, the leading statement first.
    pub sources: Vec<Statement>,
}

impl Member {
    /// The address of the first source that has one.
    #[must_use]
    pub fn source_url(&self) -> Option<&str> {
        statement::first_address(&self.sources)
    }

    /// The member, if its fields obey the rules, with the country that its place implies.
    ///
    /// # Errors
    /// The first [`Fault`].
    pub fn checked(mut self) -> Result<Self, Fault> {
        self.names.check()?;
        check::filled_if_given("abbreviation", self.abbreviation.as_deref())?;
        check::filled_if_given("note", self.note.as_deref())?;
        check::address("website", self.website.as_deref())?;
        self.country = check::place("place", self.place.as_deref(), self.country)?;
        statement::check_all(&self.sources)?;
        Ok(self)
    }
}

impl Record for Member {
    const FOLDER: &'static str = "members";

    fn named(mut self, name: &str) -> Result<Self, Fault> {
        check::slug(name)?;
        self.id = format!("member:{name}");
        self.checked()
    }

    fn id(&self) -> &str {
        &self.id
    }
}
