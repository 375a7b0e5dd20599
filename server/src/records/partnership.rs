//! Ties between authorities, each shown with the date of what is known about it.

use connectors::model::{CountryCode, PartialDate};
use serde::{Deserialize, Serialize};

use super::check::{self, Fault};
use super::seed::Record;
use super::statement::{self, Statement};
use super::theme::Theme;

/// What sort of tie a partnership is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PartnershipKind {
    /// Sister cities, twin cities, city partnerships.
    Twinning,
    /// Colleagues learn from colleagues.
    PeerToPeer,
    /// Several authorities together.
    Cluster,
    /// An agreement to work together, partnership agreements included.
    CooperationAgreement,
    /// Help in war time.
    Solidarity,
    /// An intention, signed.
    LetterOfIntent,
}

/// Where a partnership stands, as of its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PartnershipState {
    /// Offered, or decided by one side; nobody says that it was concluded.
    Proposed,
    /// A source of 24 February 2022 or later says that it was concluded or is in force.
    Active,
    /// A source says that it ended.
    Ended,
    /// Stated, but only by an older or undated source.
    Unknown,
}

/// One end of a partnership.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// The authority's city or territory, as it is called in English.
    pub name: String,
    /// Its country, stated or implied by the place.
    pub country: Option<CountryCode>,
    /// In Ukraine its KATOTTG code; in the European Union the NUTS 3 region that it lies in.
    pub place: Option<String>,
    /// The id of the member that it is.
    pub member: Option<String>,
}

/// A tie between authorities.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Partnership {
    /// `partnership:<file name>`.
    #[serde(skip)]
    pub id: String,
    /// What sort of tie it is.
    pub kind: PartnershipKind,
    /// Where it stands, as of [`Partnership::as_of`].
    pub state: PartnershipState,
    /// Its ends: two, or more for a cluster.
    pub parties: Vec<Party>,
    /// What it is about; empty where no source says.
    #[serde(default)]
    pub themes: Vec<Theme>,
    /// The programme that brought it about.
    pub programme: Option<String>,
    /// When it was concluded.
    pub started_on: Option<PartialDate>,
    /// When it ended.
    pub ended_on: Option<PartialDate>,
    /// The stated date, else the source's publication date, else the day it was read.
    pub as_of: PartialDate,
    /// What a reader should know about the record.
    pub note: Option<String>,
    /// What it rests on, the leading statement first.
    pub sources: Vec<Statement>,
}

impl Partnership {
    /// What it is called: the names of its parties.
    #[must_use]
    pub fn title(&self) -> String {
        let names: Vec<&str> = self.parties.iter().map(|party| party.name.as_str()).collect();
        names.join(" – ")
    }

    /// The address of the first source that has one.
    #[must_use]
    pub fn source_url(&self) -> Option<&str> {
        statement::first_address(&self.sources)
    }

    /// The partnership, if its fields obey the rules, with the countries that its parties' places imply.
    ///
    /// # Errors
    /// The first [`Fault`].
    pub fn checked(mut self) -> Result<Self, Fault> {
        self.check_parties()?;
        check::filled_if_given("programme", self.programme.as_deref())?;
        check::filled_if_given("note", self.note.as_deref())?;
        check::order("ended_on", self.started_on, self.ended_on)?;
        check::order("as_of", self.started_on, Some(self.as_of))?;
        if self.state == PartnershipState::Active && self.ended_on.is_some() {
            return Err(Fault::new("state", "ACTIVE contradicts `ended_on`"));
        }
        statement::check_all(&self.sources)?;
        Ok(self)
    }

    fn check_parties(&mut self) -> Result<(), Fault> {
        let ends = self.parties.len();
        match self.kind {
            PartnershipKind::Cluster if ends < 3 => {
                return Err(Fault::new("parties", format!("a cluster has three parties or more, not {ends}")));
            }
            PartnershipKind::Cluster => {}
            _ if ends != 2 => {
                return Err(Fault::new(
                    "parties",
                    format!("needs exactly two parties unless it is a cluster, not {ends}"),
                ));
            }
            _ => {}
        }
        for (nth, party) in self.parties.iter_mut().enumerate() {
            let at = format!("parties[{nth}]");
            check::filled(&format!("{at}.name"), &party.name)?;
            party.country = check::place(&format!("{at}.place"), party.place.as_deref(), party.country)?;
        }
        Ok(())
    }
}

impl Record for Partnership {
    const FOLDER: &'static str = "partnerships";

    fn named(mut self, name: &str) -> Result<Self, Fault> {
        check::slug(name)?;
        self.id = format!("partnership:{name}");
        self.checked()
    }

    fn id(&self) -> &str {
        &self.id
    }
}
