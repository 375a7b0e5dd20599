//! The groups and links of every record, as columns: worked out once a generation, and only read by sums.

use std::collections::HashMap;

use connectors::model::{AmountBasis, CurrencyCode};

use super::dictionary::{Dictionary, MovedCodes};
use super::dimension::{Dimension, Value, year};
use super::kept::Kept;
use crate::catalogue::{Catalogue, EuroColumn, RecordNumber, Unchanged, parts_of};
use crate::harvest::PackedProject;
use crate::join::{LinkKind, Links};
use crate::money::{Bases, RateDate, Rates, to_cents};

/// The groups and links of every record of one catalogue.
#[derive(Debug, Default)]
pub struct Finance {
    groups: Vec<Column>,
    years: Dictionary,
    /// The code of the year by basis, in the order of [`Bases::ALL`].
    year_codes: [Vec<u32>; 6],
    /// The parts of undated sums by basis.
    parts: [Parts; 6],
    flags: Vec<Flags>,
    /// The undertakings of several records, counted from 0, by record; [`ALONE`] for one of a single record. Empty where
    /// there are none.
    shared: Vec<u32>,
    /// The bases of which a record states the amount in euro itself.
    in_euro: Vec<Bases>,
    /// What each partner publishes at all, by the code of the partner.
    published: Vec<Bases>,
    kept: Kept,
}

/// A record whose amount is of several years: its parts are told apart.
pub(super) const SEVERAL_YEARS: u32 = u32::MAX;

/// Stands in place of an undertaking where it has one record only.
const ALONE: u32 = u32::MAX;

/// One dimension: a code for each record, and what the codes stand for.
#[derive(Debug, Default)]
pub(super) struct Column {
    pub(super) codes: Vec<u32>,
    pub(super) dictionary: Dictionary,
}

/// What a sum has to know of a record in a hurry.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Flags(u8);

/// Parts of amounts by year, with the records that they belong to in order.
#[derive(Debug, Default)]
struct Parts {
    records: Vec<RecordNumber>,
    ends: Vec<usize>,
    /// The year's code, and euro cents.
    parts: Vec<(u32, i64)>,
}

impl Finance {
    /// The columns of a catalogue. It takes time in proportion to the records; call it off the async threads.
    #[must_use]
    pub fn of(catalogue: &Catalogue, links: &Links, rates: &Rates) -> Self {
        Self::after(&Self::default(), &Unchanged::none(), (catalogue, links, rates))
    }

    /// The same columns, with the entries of records that are kept from an earlier catalogue taken from its columns.
    #[must_use]
    pub fn after(earlier: &Self, kept: &Unchanged, (catalogue, links, rates): (&Catalogue, &Links, &Rates)) -> Self {
        let mut finance = Self { groups: vec![], ..Self::default() };
        finance.groups.resize_with(Dimension::OF_RECORDS.len(), Column::default);
        finance.shared = shared(catalogue.records().len(), links);
        let mut moved = Moved::of(earlier);
        for number in (0..).take(catalogue.records().len()) {
            match kept.earlier(number) {
                Some(old) => finance.keep((earlier, old), number, &mut moved),
                None => finance.add(catalogue, number, rates),
            }
            let shared = finance.shared_undertaking(number).is_some();
            finance.flags.push(Flags::of(catalogue, links, number, shared));
            finance.note_published(catalogue, number);
        }
        finance
    }

    fn add(&mut self, catalogue: &Catalogue, number: RecordNumber, rates: &Rates) {
        for (dimension, column) in Dimension::OF_RECORDS.into_iter().zip(&mut self.groups) {
            let code = column.dictionary.code(dimension.value(catalogue, number));
            column.codes.push(code);
        }
        let amounts = catalogue.project(number).amounts();
        let in_euro = amounts.filter(|money| money.currency == CurrencyCode::EUR).map(|money| money.basis);
        self.in_euro.push(in_euro.collect());
        for basis in Bases::ALL {
            self.add_year(catalogue, number, basis, rates);
        }
    }

    /// Adds a record as it stands in earlier columns; values get their numbers in the order in which they come.
    fn keep(&mut self, (earlier, old): (&Self, RecordNumber), number: RecordNumber, moved: &mut Moved) {
        let at = old as usize;
        for ((column, before), moved) in self.groups.iter_mut().zip(&earlier.groups).zip(&mut moved.groups) {
            let code = moved.code(before.codes[at], &before.dictionary, &mut column.dictionary);
            column.codes.push(code);
        }
        self.in_euro.push(earlier.in_euro[at]);
        for position in 0..earlier.year_codes.len() {
            let mut year = |code| moved.years.code(code, &earlier.years, &mut self.years);
            let code = match earlier.year_codes[position][at] {
                SEVERAL_YEARS => SEVERAL_YEARS,
                code => year(code),
            };
            self.year_codes[position].push(code);
            if code == SEVERAL_YEARS {
                let parts = earlier.parts[position].of(old).iter().map(|(code, cents)| (year(*code), *cents));
                self.parts[position].add(number, parts.collect());
            }
        }
    }

    /// Sums over everything that were worked out already.
    pub(super) fn kept(&self) -> &Kept {
        &self.kept
    }

    /// The column of a dimension with one value a record; `None` for the year.
    pub(super) fn column(&self, dimension: Dimension) -> Option<&Column> {
        let position = Dimension::OF_RECORDS.iter().position(|known| *known == dimension)?;
        self.groups.get(position)
    }

    /// The codes of the years of a basis.
    pub(super) fn year_codes(&self, basis: AmountBasis) -> &[u32] {
        &self.year_codes[Bases::position(basis)]
    }

    /// The years, by code.
    pub(super) fn years(&self) -> &Dictionary {
        &self.years
    }

    /// The parts of a record's undated sum, with the code of each year and euro cents.
    pub(super) fn parts(&self, number: RecordNumber, basis: AmountBasis) -> &[(u32, i64)] {
        self.parts[Bases::position(basis)].of(number)
    }

    pub(super) fn flags(&self, number: RecordNumber) -> Flags {
        self.flags[number as usize]
    }

    /// The undertaking of a record, where other records are of the same; counted from 0.
    pub(super) fn shared_undertaking(&self, number: RecordNumber) -> Option<u32> {
        self.shared.get(number as usize).copied().filter(|undertaking| *undertaking != ALONE)
    }

    /// Whether a record states its amount of a basis in euro itself.
    pub(super) fn is_in_euro(&self, number: RecordNumber, basis: AmountBasis) -> bool {
        self.in_euro[number as usize].holds(basis)
    }

    /// Whether the partner of a record publishes amounts of any of these bases at all.
    pub(super) fn publishes(&self, number: RecordNumber, bases: &[AmountBasis]) -> bool {
        let partner = self.groups[0].codes[number as usize];
        bases.iter().any(|basis| self.published[partner as usize].holds(*basis))
    }

    fn note_published(&mut self, catalogue: &Catalogue, number: RecordNumber) {
        let partner = self.groups[0].codes[number as usize] as usize;
        if self.published.len() <= partner {
            self.published.resize(partner + 1, Bases::default());
        }
        self.published[partner] = self.published[partner].or(catalogue.stated(number));
    }

    fn add_year(&mut self, catalogue: &Catalogue, number: RecordNumber, basis: AmountBasis, rates: &Rates) {
        let project = catalogue.project(number);
        let position = Bases::position(basis);
        let mut parts = parts_in(project, basis, CurrencyCode::EUR, rates).unwrap_or_default();
        // Parts that do not make up the amount, or that are all of one year, are no split of it.
        let sum = parts.iter().map(|(_, cents)| *cents).sum::<i64>();
        parts.retain(|_| catalogue.euro(basis).cents(number) == Some(sum));
        let code = match parts.as_slice() {
            [] => self.years.code(year(project, basis)),
            [(only, _)] => self.years.code(only.clone()),
            _ => SEVERAL_YEARS,
        };
        self.year_codes[position].push(code);
        if code == SEVERAL_YEARS {
            let coded = parts.into_iter().map(|(value, cents)| (self.years.code(value), cents)).collect();
            self.parts[position].add(number, coded);
        }
    }
}

/// The undertakings of several records, counted from 0, by record.
fn shared(records: usize, links: &Links) -> Vec<u32> {
    let mut size_of: HashMap<u32, u32> = HashMap::new();
    for number in (0..).take(records) {
        *size_of.entry(links.undertaking(number)).or_default() += 1;
    }
    size_of.retain(|_, size| *size > 1);
    if size_of.is_empty() {
        return Vec::new();
    }
    let mut counted: HashMap<u32, u32> = HashMap::with_capacity(size_of.len());
    let mut count = |undertaking: u32| {
        let next = u32::try_from(counted.len()).unwrap_or(ALONE);
        *counted.entry(undertaking).or_insert(next)
    };
    let undertakings = (0..).take(records).map(|number| links.undertaking(number));
    undertakings.map(|one| if size_of.contains_key(&one) { count(one) } else { ALONE }).collect()
}

/// The parts of an undated sum by year, each rounded to the cent; `None` where the amount has a date, no parts, or a
/// part without a rate.
pub(super) fn parts_in(
    project: PackedProject<'_>,
    basis: AmountBasis,
    to: CurrencyCode,
    rates: &Rates,
) -> Option<Vec<(Value, i64)>> {
    let money = project.amount(basis)?;
    let mut by_year: Vec<(Value, i64)> = Vec::new();
    for part in parts_of(project, &money) {
        let cents = to_cents(rates.value_in(&part, to, RateDate::ValueDate).ok()?)?;
        let undated = Value::Word(crate::catalogue::labels::UNDATED);
        let year = part.date.map_or(undated, |date| Value::Year(date.year_number()));
        match by_year.iter_mut().find(|(known, _)| *known == year) {
            Some((_, sum)) => *sum = sum.checked_add(cents)?,
            None => by_year.push((year, cents)),
        }
    }
    (!by_year.is_empty()).then_some(by_year)
}

/// The codes of values by those that they had in earlier columns.
struct Moved {
    groups: Vec<MovedCodes>,
    years: MovedCodes,
}

impl Moved {
    fn of(earlier: &Finance) -> Self {
        let groups = earlier.groups.iter().map(|column| MovedCodes::of(&column.dictionary)).collect();
        Self { groups, years: MovedCodes::of(&earlier.years) }
    }
}

impl Flags {
    const LOCATED: u8 = 1;
    const NATIONWIDE: u8 = 2;
    const DIRECTED: u8 = 4;
    const SHARED: u8 = 8;

    fn of(catalogue: &Catalogue, links: &Links, number: RecordNumber, shared: bool) -> Self {
        let directed = |kind| links.links(number).iter().any(|link| link.holds(kind));
        let flags = [
            (Self::LOCATED, catalogue.is_located(number)),
            (Self::NATIONWIDE, catalogue.is_nationwide(number)),
            (Self::DIRECTED, directed(LinkKind::Restates) || directed(LinkKind::PartOfFramework)),
            (Self::SHARED, shared),
        ];
        Self(flags.into_iter().filter(|(_, set)| *set).map(|(flag, _)| flag).sum())
    }

    /// 0 with a place below the country, 1 meant for the whole country, 2 neither.
    pub(super) fn coverage(self) -> usize {
        match (self.0 & Self::LOCATED, self.0 & Self::NATIONWIDE) {
            (0, 0) => 2,
            (0, _) => 1,
            _ => 0,
        }
    }

    /// Whether it restates another record or is a part of one.
    pub(super) fn directed(self) -> bool {
        self.0 & Self::DIRECTED != 0
    }

    /// Whether another record is of the same undertaking.
    pub(super) fn shared(self) -> bool {
        self.0 & Self::SHARED != 0
    }
}

impl Parts {
    fn add(&mut self, number: RecordNumber, parts: Vec<(u32, i64)>) {
        self.parts.extend(parts);
        self.records.push(number);
        self.ends.push(self.parts.len());
    }

    fn of(&self, number: RecordNumber) -> &[(u32, i64)] {
        let Ok(position) = self.records.binary_search(&number) else { return &[] };
        let begin = position.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.parts[begin..self.ends[position]]
    }
}

/// The columns of the bases asked for, in their order.
pub(super) fn euro_columns<'catalogue>(
    catalogue: &'catalogue Catalogue,
    bases: &[AmountBasis],
) -> Vec<EuroColumn<'catalogue>> {
    bases.iter().map(|basis| catalogue.euro(*basis)).collect()
}
