//! Reads the parts of a project from its bytes, in the order in which `write.rs` puts them.

use std::borrow::Cow;

use connectors::model::{
    AmountBasis, CountryCode, CurrencyCode, Instrument, Language, Money, OrganisationRole, PartialDate, PriceBase,
    ProjectStatus, PublishedLocation, Severity, TextKind,
};
use rust_decimal::Decimal;

use super::parts::{
    Contribution, Day, Digits, Identifier, Letters, NativeSector, Organisation, Provenance, PublishedIssue, Sha256Text,
    Text,
};
use super::tables::{NATIVE, Tables};
use crate::packed::{Bytes, Lexicon, unfolded};

/// 1 January 1970, counted from 1 January 1.
pub(super) const EPOCH: i32 = 719_163;

/// What the bits of an amount's first byte say.
pub(super) mod money_bits {
    /// The number of the basis.
    pub(in super::super) const BASIS: u8 = 0x07;
    pub(in super::super) const NEGATIVE: u8 = 0x08;
    pub(in super::super) const CONSTANT: u8 = 0x10;
    pub(in super::super) const DATED: u8 = 0x20;
    /// Its digits take more than 64 bits.
    pub(in super::super) const WIDE: u8 = 0x40;
    /// It has decimal places.
    pub(in super::super) const SCALED: u8 = 0x80;
}

const STATUSES: [ProjectStatus; 8] = [
    ProjectStatus::Pipeline,
    ProjectStatus::Approved,
    ProjectStatus::Signed,
    ProjectStatus::Implementing,
    ProjectStatus::Completed,
    ProjectStatus::Cancelled,
    ProjectStatus::Suspended,
    ProjectStatus::Unknown,
];
const INSTRUMENTS: [Instrument; 8] = [
    Instrument::Loan,
    Instrument::FrameworkLoan,
    Instrument::Guarantee,
    Instrument::Equity,
    Instrument::Grant,
    Instrument::TechnicalAssistance,
    Instrument::Other,
    Instrument::Unknown,
];
const BASES: [AmountBasis; 6] = [
    AmountBasis::Planned,
    AmountBasis::Approved,
    AmountBasis::Signed,
    AmountBasis::Committed,
    AmountBasis::Disbursed,
    AmountBasis::TotalCost,
];
const ROLES: [OrganisationRole; 6] = [
    OrganisationRole::Funder,
    OrganisationRole::Borrower,
    OrganisationRole::Promoter,
    OrganisationRole::Implementer,
    OrganisationRole::Beneficiary,
    OrganisationRole::Other,
];
const KINDS: [TextKind; 3] = [TextKind::Original, TextKind::OfficialTranslation, TextKind::MachineTranslation];
const SEVERITIES: [Severity; 3] = [Severity::Info, Severity::Warning, Severity::Error];

/// The status and the instrument that stand in one byte.
pub(super) fn kinds(kinds: u8) -> (ProjectStatus, Instrument) {
    (STATUSES[usize::from(kinds & 0x07)], INSTRUMENTS[usize::from(kinds >> 4 & 0x07)])
}

/// How exact a date is: a year, a month or a day.
pub(super) fn precision(date: PartialDate) -> u64 {
    match (date.exact_day(), date.month_number()) {
        (Some(_), _) => 2,
        (None, Some(_)) => 1,
        (None, None) => 0,
    }
}

/// Bytes that are being read, with the tables that they stand on.
#[derive(Clone, Copy)]
pub(super) struct Reader<'packed> {
    pub(super) tables: &'packed Tables,
    pub(super) bytes: Bytes<'packed>,
}

/// Stands where a table lacks what a number leads to: numbers are given by the tables themselves.
static UNDETERMINED: Language = Language::UND;

impl<'packed> Reader<'packed> {
    /// The items of the list that stands next.
    pub(super) fn list<Item, Read: FnMut(&mut Self) -> Item>(
        mut self,
        read: Read,
    ) -> impl Iterator<Item = Item> + use<'packed, Item, Read> {
        self.bytes = self.bytes.part();
        self.items(read)
    }

    /// The items of a list, to the end of the bytes.
    pub(super) fn items<Item, Read: FnMut(&mut Self) -> Item>(
        mut self,
        mut read: Read,
    ) -> impl Iterator<Item = Item> + use<'packed, Item, Read> {
        std::iter::from_fn(move || (!self.bytes.is_empty()).then(|| read(&mut self)))
    }

    pub(super) fn text(&mut self) -> Text<'packed> {
        let number = self.bytes.small();
        let length = self.bytes.small() as usize;
        Text {
            language: self.tables.languages.get(number as usize >> 2).unwrap_or(&UNDETERMINED),
            letters: Letters(self.bytes.take(length)),
            kind: KINDS.get(number as usize & 0x03).copied().unwrap_or(TextKind::Original),
        }
    }

    pub(super) fn money(&mut self) -> Money {
        let bits = self.bytes.byte();
        let currency = self.bytes.small() as usize;
        let low = self.bytes.number();
        let high = if bits & money_bits::WIDE == 0 { 0 } else { self.bytes.small() };
        let scale = if bits & money_bits::SCALED == 0 { 0 } else { self.bytes.small() };
        let negative = bits & money_bits::NEGATIVE != 0;
        let value = Decimal::from_parts(low as u32, (low >> 32) as u32, high, negative, scale);
        let price_base = match bits & money_bits::CONSTANT {
            0 => PriceBase::Current,
            _ => PriceBase::Constant(i32::try_from(self.bytes.signed()).unwrap_or_default()),
        };
        let date = if bits & money_bits::DATED == 0 { None } else { self.date() };
        Money {
            value,
            currency: self.tables.currencies.get(currency).copied().unwrap_or(CurrencyCode::EUR),
            basis: BASES.get(usize::from(bits & money_bits::BASIS)).copied().unwrap_or(AmountBasis::Planned),
            price_base,
            date,
        }
    }

    pub(super) fn date(&mut self) -> Option<PartialDate> {
        self.day()?.to_model()
    }

    pub(super) fn day(&mut self) -> Option<Day> {
        let packed = self.bytes.number().checked_sub(1)?;
        let (days, precision) = (unfolded(packed >> 2), packed & 0x03);
        Some(Day { number: i32::try_from(days).ok()?.checked_add(EPOCH)?, precision })
    }

    pub(super) fn country(&mut self) -> CountryCode {
        let number = self.bytes.small() as usize;
        self.tables.countries.get(number).copied().unwrap_or(CountryCode::UA)
    }

    pub(super) fn sector(&mut self) -> NativeSector<'packed> {
        NativeSector { scheme: self.word(), code: self.optional_word(), label: self.word() }
    }

    pub(super) fn organisation(&mut self) -> Organisation<'packed> {
        let role = ROLES.get(usize::from(self.bytes.byte())).copied().unwrap_or(OrganisationRole::Other);
        Organisation { role, name: self.name(), reference: self.optional(|tables| &tables.names) }
    }

    pub(super) fn identifier(&mut self, native: &'packed str) -> Identifier<'packed> {
        let scheme = self.word();
        let number = self.bytes.number();
        Identifier { scheme, value: self.framed(number, native) }
    }

    pub(super) fn location(&mut self) -> PublishedLocation {
        match self.bytes.byte() {
            0 => PublishedLocation::Nationwide,
            1 => PublishedLocation::Name(self.name().to_owned()),
            _ => PublishedLocation::Code { scheme: self.word().to_owned(), value: self.name().to_owned() },
        }
    }

    pub(super) fn contribution(&mut self, native: &'packed str) -> Contribution<'packed> {
        Contribution {
            reference: self.optional_framed(native),
            kind: self.word(),
            amount: self.money(),
            date: self.date(),
            sector: self.optional_word(),
        }
    }

    pub(super) fn issue(&mut self) -> PublishedIssue<'packed> {
        let severity = SEVERITIES.get(usize::from(self.bytes.byte())).copied().unwrap_or(Severity::Info);
        let (code, field) = (self.word(), self.optional_word());
        let length = self.bytes.small() as usize;
        PublishedIssue { code, severity, message: self.bytes.text(length), field }
    }

    pub(super) fn provenance(&mut self, native: &'packed str, raw: &'packed str) -> Provenance<'packed> {
        let source = self.word();
        let url = self.optional_framed(native);
        let instant = self.bytes.small() as usize;
        let digits = match self.bytes.byte() {
            0 => {
                let length = self.bytes.small() as usize;
                Digits::Text(self.bytes.text(length))
            }
            _ => Digits::Bytes(self.bytes.take(32)),
        };
        let raw_media_type = self.word();
        let (start, length) = (self.bytes.number() as usize, self.bytes.number() as usize);
        Provenance {
            source,
            url,
            retrieved_at: self.tables.instants.get(instant).copied().unwrap_or_default(),
            sha256: Sha256Text(digits),
            raw: raw.get(start..start + length).unwrap_or_default(),
            raw_media_type,
        }
    }

    pub(super) fn word(&mut self) -> &'packed str {
        let number = self.bytes.number();
        self.shared(number, |tables| &tables.words)
    }

    pub(super) fn optional_word(&mut self) -> Option<&'packed str> {
        self.optional(|tables| &tables.words)
    }

    fn name(&mut self) -> &'packed str {
        let number = self.bytes.number();
        self.shared(number, |tables| &tables.names)
    }

    fn optional(&mut self, lexicon: fn(&Tables) -> &Lexicon) -> Option<&'packed str> {
        let number = self.bytes.number().checked_sub(1)?;
        Some(self.shared(number, lexicon))
    }

    /// A text by its number, or in its place.
    fn shared(&mut self, number: u64, lexicon: fn(&Tables) -> &Lexicon) -> &'packed str {
        if number & 1 == 0 { lexicon(self.tables).get((number >> 1) as u32) } else { self.in_place(number) }
    }

    fn optional_framed(&mut self, native: &'packed str) -> Option<Cow<'packed, str>> {
        let number = self.bytes.number().checked_sub(1)?;
        Some(self.framed(number, native))
    }

    /// A text in which the native part of the id may stand.
    fn framed(&mut self, number: u64, native: &'packed str) -> Cow<'packed, str> {
        if number & 1 != 0 {
            return self.in_place(number).into();
        }
        match self.tables.frames.get((number >> 1) as u32).split_once(NATIVE) {
            Some(("", "")) | None => native.into(),
            Some((before, after)) => [before, native, after].concat().into(),
        }
    }

    fn in_place(&mut self, number: u64) -> &'packed str {
        self.bytes.text((number >> 1) as usize)
    }
}
