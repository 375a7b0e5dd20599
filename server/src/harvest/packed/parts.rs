//! The parts of a packed project: as in the model, but borrowed.

use std::borrow::Cow;
use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use connectors::model::{self, DateLetters, Language, Money, OrganisationRole, PartialDate, Severity, TextKind};

/// Text that is taken for one where it is read: who writes it on needs its letters alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Letters<'packed>(pub(super) &'packed [u8]);

impl<'packed> Letters<'packed> {
    pub(super) fn as_str(self) -> &'packed str {
        std::str::from_utf8(self.0).unwrap_or_default()
    }
}

/// The id of a packed project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id<'packed>(pub(super) Letters<'packed>);

impl<'packed> Id<'packed> {
    /// The whole id.
    #[must_use]
    pub fn as_str(self) -> &'packed str {
        self.0.as_str()
    }

    /// The whole id, in UTF-8.
    #[must_use]
    pub fn as_bytes(self) -> &'packed [u8] {
        self.0.0
    }

    /// The part after the partner's id, as encoded.
    #[must_use]
    pub fn native(self) -> &'packed str {
        self.as_str().split_once(':').map_or("", |(_, native)| native)
    }

    /// The partner's id.
    #[must_use]
    pub fn partner(self) -> &'packed str {
        let partner = self.as_bytes().split(|letter| *letter == b':').next();
        Letters(partner.unwrap_or_default()).as_str()
    }
}

impl fmt::Display for Id<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// One wording of a title or description.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text<'packed> {
    /// The language.
    pub language: &'packed Language,
    pub(super) letters: Letters<'packed>,
    /// Who worded it.
    pub kind: TextKind,
}

impl<'packed> Text<'packed> {
    /// The words, as sent.
    #[must_use]
    pub fn text(self) -> &'packed str {
        self.letters.as_str()
    }

    /// The words in UTF-8.
    #[must_use]
    pub fn as_bytes(self) -> &'packed [u8] {
        self.letters.0
    }

    pub(super) fn to_model(self) -> model::Text {
        model::Text { language: self.language.clone(), text: self.text().to_owned(), kind: self.kind }
    }
}

/// A date of a packed project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// Days since 1 January 1, which is day 1, to the first that is meant.
    pub(super) number: i32,
    /// How exact it is: a year, a month or a day.
    pub(super) precision: u64,
}

impl Day {
    /// The date as the model has it; `None` beyond the calendar's ends.
    #[must_use]
    pub fn to_model(self) -> Option<PartialDate> {
        let first = NaiveDate::from_num_days_from_ce_opt(self.number)?;
        PartialDate::stated(first, self.precision > 0, self.precision > 1)
    }

    /// The date as text; `None` where the calendar has to be asked.
    #[must_use]
    pub fn letters(self) -> Option<DateLetters> {
        DateLetters::of_day(self.number, self.precision > 0, self.precision > 1)
    }
}

/// An identifier that a record carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identifier<'packed> {
    /// The list it belongs to.
    pub scheme: &'packed str,
    /// The value as published.
    pub value: Cow<'packed, str>,
}

impl Identifier<'_> {
    pub(super) fn to_model(&self) -> model::Identifier {
        model::Identifier::new(self.scheme, self.value.as_ref())
    }
}

/// A sector in the source's own vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NativeSector<'packed> {
    /// The vocabulary.
    pub scheme: &'packed str,
    /// The code, where the vocabulary has one.
    pub code: Option<&'packed str>,
    /// The words, as published.
    pub label: &'packed str,
}

impl NativeSector<'_> {
    pub(super) fn to_model(self) -> model::NativeSector {
        let (scheme, label) = (self.scheme.to_owned(), self.label.to_owned());
        model::NativeSector { scheme, code: self.code.map(str::to_owned), label }
    }
}

/// A loan part, tranche or financial transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contribution<'packed> {
    /// The source's own reference, where it has one.
    pub reference: Option<Cow<'packed, str>>,
    /// What it is, in the source's words.
    pub kind: &'packed str,
    /// The amount with its basis.
    pub amount: Money,
    /// The day, month or year.
    pub date: Option<PartialDate>,
    /// The DAC purpose it was reported under.
    pub sector: Option<&'packed str>,
}

impl Contribution<'_> {
    /// The contribution for itself.
    #[must_use]
    pub fn to_model(&self) -> model::Contribution {
        model::Contribution {
            reference: self.reference.as_deref().map(str::to_owned),
            kind: self.kind.to_owned(),
            amount: self.amount.clone(),
            date: self.date,
            sector: self.sector.map(str::to_owned),
        }
    }
}

/// An organisation as the source names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Organisation<'packed> {
    /// What it does.
    pub role: OrganisationRole,
    /// Its name, as published.
    pub name: &'packed str,
    /// A code that the source gives for it.
    pub reference: Option<&'packed str>,
}

impl Organisation<'_> {
    pub(super) fn to_model(self) -> model::Organisation {
        let (name, reference) = (self.name.to_owned(), self.reference.map(str::to_owned));
        model::Organisation { role: self.role, name, reference }
    }
}

/// What is odd about a record, as its connector found it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublishedIssue<'packed> {
    /// A stable code.
    pub code: &'packed str,
    /// How much it weakens the record.
    pub severity: Severity,
    /// A sentence for a reader who sees only this issue.
    pub message: &'packed str,
    /// The field concerned.
    pub field: Option<&'packed str>,
}

impl PublishedIssue<'_> {
    /// The issue for itself.
    #[must_use]
    pub fn to_model(self) -> model::Issue {
        let (code, message, field) = (self.code.to_owned(), self.message.to_owned(), self.field.map(str::to_owned));
        model::Issue { code, severity: self.severity, message, field }
    }
}

/// The evidence behind one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance<'packed> {
    /// The feed it came by.
    pub source: &'packed str,
    /// The page a reader can open, where there is one.
    pub url: Option<Cow<'packed, str>>,
    /// When it was read.
    pub retrieved_at: DateTime<Utc>,
    /// SHA-256 of the raw record.
    pub sha256: Sha256Text<'packed>,
    /// The record exactly as the source sent it.
    pub raw: &'packed str,
    /// The media type of the raw record.
    pub raw_media_type: &'packed str,
}

impl Provenance<'_> {
    /// The evidence for itself.
    #[must_use]
    pub fn to_model(&self) -> model::Provenance {
        model::Provenance {
            source: self.source.to_owned(),
            url: self.url.as_deref().map(str::to_owned),
            retrieved_at: self.retrieved_at,
            sha256: self.sha256.to_string(),
            raw: self.raw.to_owned(),
            raw_media_type: self.raw_media_type.to_owned(),
        }
    }
}

/// A digest that is printed as 64 small hexadecimal digits; or another text that stood in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sha256Text<'packed>(pub(super) Digits<'packed>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Digits<'packed> {
    /// As bytes.
    Bytes(&'packed [u8]),
    /// As it stood.
    Text(&'packed str),
}

impl Sha256Text<'_> {
    /// The bytes that it is kept as.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        match self.0 {
            Digits::Bytes(bytes) => bytes,
            Digits::Text(text) => text.as_bytes(),
        }
    }

    /// Whether it is printed so.
    #[must_use]
    pub fn is(self, text: &str) -> bool {
        match self.0 {
            Digits::Text(own) => own == text,
            Digits::Bytes(bytes) => printed(bytes).as_slice() == text.as_bytes(),
        }
    }
}

impl fmt::Display for Sha256Text<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Digits::Text(text) => formatter.write_str(text),
            Digits::Bytes(bytes) => formatter.write_str(std::str::from_utf8(&printed(bytes)).unwrap_or_default()),
        }
    }
}

fn printed(bytes: &[u8]) -> [u8; 64] {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = [0; 64];
    for (pair, byte) in text.as_chunks_mut::<2>().0.iter_mut().zip(bytes) {
        *pair = [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 0x0f)]];
    }
    text
}
