//! One partner's own record of a project, loan, grant or technical assistance.

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};

use super::{AmountBasis, Severity};
use super::{
    CountryCode, Instrument, Issue, Money, PartialDate, ProjectStatus, Provenance, PublishedLocation, Text, codes,
};

/// What may stand bare in the native part of an id; everything else is percent-encoded.
const BARE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'_').remove(b'-');

/// `<partner>:<native>`, stable for ever, e.g. `eib:20230227`.
///
/// Each part of the native id is percent-encoded outside `[A-Za-z0-9._-]`, so that parts joined by `:` can be
/// told apart again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ProjectId(String);

impl ProjectId {
    /// Builds an id from the partner's id and the parts of its native id, in order.
    #[must_use]
    pub fn new(partner: &str, native: &[&str]) -> Self {
        let mut id = partner.to_owned();
        for part in native {
            id.push(':');
            id.extend(utf8_percent_encode(part, BARE));
        }
        Self(id)
    }

    /// An id that was built before, as it was printed.
    #[must_use]
    pub fn printed(id: &str) -> Self {
        Self(id.to_owned())
    }

    /// The whole id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part after the partner's id, as encoded.
    #[must_use]
    pub fn native(&self) -> &str {
        self.0.split_once(':').map_or("", |(_, native)| native)
    }

    /// The partner's id.
    #[must_use]
    pub fn partner(&self) -> &str {
        self.0.split_once(':').map_or(self.0.as_str(), |(partner, _)| partner)
    }

    /// Whether the last part was written by hand because no source gives an identifier.
    #[must_use]
    pub fn is_authored(&self) -> bool {
        self.0.rsplit(':').next().is_some_and(|last| last.starts_with("authored-"))
    }
}

impl fmt::Display for ProjectId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// An identifier that a record carries, with the list it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Identifier {
    /// `eib`, `ebrd`, `ceb`, `crs`, `iati`, `crs-donor`, `crs-agency`, `crs-channel`, `crs-donor-project`, …
    pub scheme: String,
    /// The value as published.
    pub value: String,
}

impl Identifier {
    /// An identifier.
    pub fn new(scheme: &str, value: impl Into<String>) -> Self {
        Self { scheme: scheme.to_owned(), value: value.into() }
    }
}

/// A sector in the source's own vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NativeSector {
    /// The vocabulary: `EIB`, `EBRD`, `CEB line of action`, `DAC` (then `code` is the published purpose).
    pub scheme: String,
    /// The code, where the vocabulary has one.
    pub code: Option<String>,
    /// The words, as published.
    pub label: String,
}

/// A loan part, tranche or financial transaction.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Contribution {
    /// The source's own reference, where it has one.
    pub reference: Option<String>,
    /// What it is, in the source's words or by its code's name: `Commitments`, `Debt`, `loan part`.
    pub kind: String,
    /// The amount with its basis.
    pub amount: Money,
    /// The day, month or year.
    pub date: Option<PartialDate>,
    /// The DAC purpose it was reported under (CRS only).
    pub sector: Option<String>,
}

/// What an organisation does in a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum OrganisationRole {
    /// Gives the money.
    Funder,
    /// Takes the loan.
    Borrower,
    /// Proposes and carries the project (the EIB's word).
    Promoter,
    /// Does the work or channels the money.
    Implementer,
    /// Benefits from it.
    Beneficiary,
    /// Named without a role.
    Other,
}

/// An organisation as the source names it. Persons are never stored.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Organisation {
    /// What it does.
    pub role: OrganisationRole,
    /// Its name, as published.
    pub name: String,
    /// A code that the source gives for it, `<scheme>:<code>`.
    pub reference: Option<String>,
}

/// One partner's own record, in canonical form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Project {
    /// Stable id.
    pub id: ProjectId,
    /// Every identifier the record carries.
    pub identifiers: Vec<Identifier>,
    /// Titles; empty where the source has none (then an issue says so).
    pub titles: Vec<Text>,
    /// Descriptions.
    pub descriptions: Vec<Text>,
    /// Our word for where it stands.
    pub status: ProjectStatus,
    /// The source's own word.
    pub status_native: Option<String>,
    /// The financial form.
    pub instrument: Instrument,
    /// Sectors in the source's vocabulary, the main one first.
    pub sectors: Vec<NativeSector>,
    /// The countries it is in, by code.
    pub countries: Vec<CountryCode>,
    /// Locations that the source states in a field.
    pub locations: Vec<PublishedLocation>,
    /// Amounts, at most one of each basis.
    pub amounts: Vec<Money>,
    /// The text of an amount that has no single reading, as published.
    pub amount_native: Option<String>,
    /// Loan parts, tranches, transactions.
    pub contributions: Vec<Contribution>,
    /// Organisations named.
    pub organisations: Vec<Organisation>,
    /// When the lender's board decided.
    pub approved_on: Option<PartialDate>,
    /// When the contract was signed.
    pub signed_on: Option<PartialDate>,
    /// When it began.
    pub started_on: Option<PartialDate>,
    /// When it ended or is to end.
    pub ended_on: Option<PartialDate>,
    /// The evidence.
    pub provenance: Provenance,
    /// What is odd about it.
    pub issues: Vec<Issue>,
}

impl Project {
    /// A record that states nothing yet but its identity and evidence; an authored id gets its issue here.
    #[must_use]
    pub fn new(id: ProjectId, provenance: Provenance) -> Self {
        let mut issues = Vec::new();
        if id.is_authored() {
            let message = "No source gives an identifier for this record: this one was written by hand and may \
                           change when the partner's own becomes known.";
            issues.push(Issue::new(codes::AUTHORED_IDENTIFIER, Severity::Warning, message).at("id"));
        }
        Self {
            id,
            identifiers: Vec::new(),
            titles: Vec::new(),
            descriptions: Vec::new(),
            status: ProjectStatus::Unknown,
            status_native: None,
            instrument: Instrument::Unknown,
            sectors: Vec::new(),
            countries: Vec::new(),
            locations: Vec::new(),
            amounts: Vec::new(),
            amount_native: None,
            contributions: Vec::new(),
            organisations: Vec::new(),
            approved_on: None,
            signed_on: None,
            started_on: None,
            ended_on: None,
            provenance,
            issues,
        }
    }

    /// The amount of one basis.
    #[must_use]
    pub fn amount(&self, basis: AmountBasis) -> Option<&Money> {
        self.amounts.iter().find(|money| money.basis == basis)
    }

    /// Says that the source gives no title, where it gives none.
    pub fn note_missing_title(&mut self) {
        if self.titles.is_empty() {
            let message = "The source gives no title for this record.";
            self.issues.push(Issue::new(codes::MISSING_TITLE, Severity::Warning, message).at("title"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_keep_their_parts_apart() {
        let id = ProjectId::new("oecd", &["5RDB007", "A/1:2 ї"]);
        assert_eq!(id.as_str(), "oecd:5RDB007:A%2F1%3A2%20%D1%97");
        assert_eq!((id.partner(), id.native()), ("oecd", "5RDB007:A%2F1%3A2%20%D1%97"));
        assert!(!id.is_authored());
        assert!(ProjectId::new("oecd", &["unknown", "authored-x"]).is_authored());
    }
}
