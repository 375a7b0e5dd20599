//! One packed project, read field by field.

use std::fmt;

use connectors::model::{
    AmountBasis, CountryCode, Instrument, Money, PartialDate, Project, ProjectId, ProjectStatus, PublishedLocation,
};

use super::parts::{
    Contribution, Day, Id, Identifier, Letters, NativeSector, Organisation, Provenance, PublishedIssue, Text,
};
use super::read::{Reader, kinds};
use super::tables::Tables;
use crate::packed::Bytes;

/// One partner's own record, in canonical form: the fields of [`Project`] under the same names.
#[derive(Clone, Copy)]
pub struct PackedProject<'packed> {
    tables: &'packed Tables,
    raw: &'packed str,
    id: Letters<'packed>,
    kinds: u8,
    titles: Bytes<'packed>,
    amounts: Bytes<'packed>,
    /// What stands after them: the dates come first.
    rest: Bytes<'packed>,
}

/// The dates of a project, in the order in which they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dated {
    /// When the lender's board decided.
    Approved,
    /// When the contract was signed.
    Signed,
    /// When it began.
    Started,
    /// When it ended or is to end.
    Ended,
}

/// The lists and texts after the dates, in the order in which they stand.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Field {
    Countries,
    StatusNative,
    Sectors,
    Organisations,
    Descriptions,
    Identifiers,
    Locations,
    AmountNative,
    Contributions,
    Issues,
    Provenance,
}

/// Its id stands for it: the rest is long.
impl fmt::Debug for PackedProject<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("PackedProject").field(&self.id.as_str()).finish()
    }
}

impl<'packed> PackedProject<'packed> {
    pub(super) fn new(tables: &'packed Tables, raw: &'packed str, bytes: &'packed [u8]) -> Self {
        let mut rest = Bytes::new(bytes);
        let length = rest.small() as usize;
        let (id, kinds) = (Letters(rest.take(length)), rest.byte());
        let (titles, amounts) = (rest.part(), rest.part());
        Self { tables, raw, id, kinds, titles, amounts, rest }
    }

    /// Stable id.
    #[must_use]
    pub fn id(self) -> Id<'packed> {
        Id(self.id)
    }

    /// Our word for where it stands.
    #[must_use]
    pub fn status(self) -> ProjectStatus {
        kinds(self.kinds).0
    }

    /// The financial form.
    #[must_use]
    pub fn instrument(self) -> Instrument {
        kinds(self.kinds).1
    }

    /// Titles; empty where the source has none.
    pub fn titles(self) -> impl Iterator<Item = Text<'packed>> + use<'packed> {
        self.reader(self.titles).items(Reader::text)
    }

    /// Amounts, at most one of each basis.
    pub fn amounts(self) -> impl Iterator<Item = Money> + use<'packed> {
        self.reader(self.amounts).items(Reader::money)
    }

    /// The amount of one basis.
    #[must_use]
    pub fn amount(self, basis: AmountBasis) -> Option<Money> {
        self.amounts().find(|money| money.basis == basis)
    }

    /// When the lender's board decided.
    #[must_use]
    pub fn approved_on(self) -> Option<PartialDate> {
        self.date(Dated::Approved)
    }

    /// When the contract was signed.
    #[must_use]
    pub fn signed_on(self) -> Option<PartialDate> {
        self.date(Dated::Signed)
    }

    /// When it began.
    #[must_use]
    pub fn started_on(self) -> Option<PartialDate> {
        self.date(Dated::Started)
    }

    /// When it ended or is to end.
    #[must_use]
    pub fn ended_on(self) -> Option<PartialDate> {
        self.date(Dated::Ended)
    }

    /// The countries it is in, by code.
    pub fn countries(self) -> impl Iterator<Item = CountryCode> + use<'packed> {
        self.at(Field::Countries).list(Reader::country)
    }

    /// The source's own word for the status.
    #[must_use]
    pub fn status_native(self) -> Option<&'packed str> {
        self.at(Field::StatusNative).optional_word()
    }

    /// Sectors in the source's vocabulary, the main one first.
    pub fn sectors(self) -> impl Iterator<Item = NativeSector<'packed>> + use<'packed> {
        self.at(Field::Sectors).list(Reader::sector)
    }

    /// Organisations named.
    pub fn organisations(self) -> impl Iterator<Item = Organisation<'packed>> + use<'packed> {
        self.at(Field::Organisations).list(Reader::organisation)
    }

    /// Descriptions.
    pub fn descriptions(self) -> impl Iterator<Item = Text<'packed>> + use<'packed> {
        self.at(Field::Descriptions).list(Reader::text)
    }

    /// Every identifier the record carries.
    pub fn identifiers(self) -> impl Iterator<Item = Identifier<'packed>> + use<'packed> {
        let native = self.id().native();
        self.at(Field::Identifiers).list(move |reader| reader.identifier(native))
    }

    /// Locations that the source states in a field.
    pub fn locations(self) -> impl Iterator<Item = PublishedLocation> + use<'packed> {
        self.at(Field::Locations).list(Reader::location)
    }

    /// The text of an amount that has no single reading, as published.
    #[must_use]
    pub fn amount_native(self) -> Option<&'packed str> {
        self.at(Field::AmountNative).optional_word()
    }

    /// Loan parts, tranches, transactions.
    pub fn contributions(self) -> impl Iterator<Item = Contribution<'packed>> + use<'packed> {
        let native = self.id().native();
        self.at(Field::Contributions).list(move |reader| reader.contribution(native))
    }

    /// What is odd about it.
    pub fn issues(self) -> impl Iterator<Item = PublishedIssue<'packed>> + use<'packed> {
        self.at(Field::Issues).list(Reader::issue)
    }

    /// The evidence.
    #[must_use]
    pub fn provenance(self) -> Provenance<'packed> {
        self.at(Field::Provenance).provenance(self.id().native(), self.raw)
    }

    /// Whether both say the same, field by field, whatever their evidence.
    #[must_use]
    pub fn says_the_same(self, other: Self) -> bool {
        let native = self.id().native();
        let pair = &mut (&mut self.reader(self.rest), &mut other.reader(other.rest));
        // In the order in which the fields stand, so that none is stepped over twice.
        self.id == other.id
            && self.kinds == other.kinds
            && self.titles().eq(other.titles())
            && self.amounts().eq(other.amounts())
            && (0..4).all(|_| pair.0.date() == pair.1.date())
            && same_list(pair, Reader::country)
            && pair.0.optional_word() == pair.1.optional_word()
            && same_list(pair, Reader::sector)
            && same_list(pair, Reader::organisation)
            && same_list(pair, Reader::text)
            && same_list(pair, |reader| reader.identifier(native))
            && same_list(pair, Reader::location)
            && pair.0.optional_word() == pair.1.optional_word()
            && same_list(pair, |reader| reader.contribution(native))
            && same_list(pair, Reader::issue)
    }

    /// The whole project for itself, for who reads most of it.
    #[must_use]
    pub fn to_project(self) -> Project {
        let id = ProjectId::printed(self.id.as_str());
        Project {
            id,
            identifiers: self.identifiers().map(|identifier| identifier.to_model()).collect(),
            titles: self.titles().map(Text::to_model).collect(),
            descriptions: self.descriptions().map(Text::to_model).collect(),
            status: self.status(),
            status_native: self.status_native().map(str::to_owned),
            instrument: self.instrument(),
            sectors: self.sectors().map(NativeSector::to_model).collect(),
            countries: self.countries().collect(),
            locations: self.locations().collect(),
            amounts: self.amounts().collect(),
            amount_native: self.amount_native().map(str::to_owned),
            contributions: self.contributions().map(|contribution| contribution.to_model()).collect(),
            organisations: self.organisations().map(Organisation::to_model).collect(),
            approved_on: self.approved_on(),
            signed_on: self.signed_on(),
            started_on: self.started_on(),
            ended_on: self.ended_on(),
            provenance: self.provenance().to_model(),
            issues: self.issues().map(PublishedIssue::to_model).collect(),
        }
    }

    /// A date, without the calendar.
    #[must_use]
    pub fn day(self, date: Dated) -> Option<Day> {
        let mut reader = self.reader(self.rest);
        for _ in 0..date as usize {
            reader.bytes.number();
        }
        reader.day()
    }

    fn date(self, date: Dated) -> Option<PartialDate> {
        self.day(date)?.to_model()
    }

    fn reader(self, bytes: Bytes<'packed>) -> Reader<'packed> {
        Reader { tables: self.tables, bytes }
    }

    /// A reader at a field: those before it are stepped over.
    fn at(self, field: Field) -> Reader<'packed> {
        let mut reader = self.reader(self.rest);
        for _ in 0..4 {
            reader.bytes.number();
        }
        for before in Field::ALL.into_iter().take_while(|before| *before < field) {
            match before {
                Field::StatusNative | Field::AmountNative => drop(reader.optional_word()),
                _ => drop(reader.bytes.part()),
            }
        }
        reader
    }
}

/// Whether the lists that stand next are the same; both readers step over theirs.
fn same_list<'packed, Item: PartialEq>(
    (one, other): &mut (&mut Reader<'packed>, &mut Reader<'packed>),
    read: impl Fn(&mut Reader<'packed>) -> Item,
) -> bool {
    let same = one.list(&read).eq(other.list(&read));
    one.bytes.part();
    other.bytes.part();
    same
}

impl Field {
    const ALL: [Self; 11] = [
        Self::Countries,
        Self::StatusNative,
        Self::Sectors,
        Self::Organisations,
        Self::Descriptions,
        Self::Identifiers,
        Self::Locations,
        Self::AmountNative,
        Self::Contributions,
        Self::Issues,
        Self::Provenance,
    ];
}
