//! Columns of numbers that filters and orders compare: one entry a record.

use chrono::{Datelike as _, NaiveDate};
use connectors::model::{AmountBasis, CurrencyCode, Money, PartialDate, PriceBase};
use rust_decimal::Decimal;

use crate::harvest::PackedProject;
use crate::money::{Bases, Missing, RateDate, Rates, from_cents, to_cents};

/// The bases of which one leads, what binds most first.
const LEAD: [AmountBasis; 4] =
    [AmountBasis::Signed, AmountBasis::Approved, AmountBasis::Committed, AmountBasis::Planned];

/// The amount that binds most; `None` where none of the leading bases is stated.
#[must_use]
pub fn lead_amount(project: PackedProject<'_>) -> Option<Money> {
    LEAD.iter().find_map(|basis| project.amount(*basis))
}

/// Comparable numbers, by record.
#[derive(Debug, Default)]
pub(super) struct Columns {
    pub(super) signed: Vec<Option<Span>>,
    pub(super) approved: Vec<Option<Span>>,
    /// Euro cents, a column for each basis in the order of [`Bases::ALL`].
    cents: [Vec<i64>; 6],
    /// The bases of which a record states an amount, convertible or not.
    stated: Vec<Bases>,
}

/// What stands in a column of cents where there is no amount, or no rate for it.
const NONE: i64 = i64::MIN;

/// The euro of one basis, by record, worked out once a generation.
#[derive(Debug, Clone, Copy)]
pub struct EuroColumn<'catalogue>(&'catalogue [i64]);

impl EuroColumn<'_> {
    /// Euro cents at the amount's own value date; `None` where the record states no such amount, or no rate is known.
    #[must_use]
    pub fn cents(self, number: u32) -> Option<i64> {
        Some(self.0[number as usize]).filter(|cents| *cents != NONE)
    }
}

/// The days that a date covers, counted from 1 January 1.
pub(super) type Span = (i32, i32);

impl Columns {
    /// Adds a record; gives the year that it counts under.
    pub(super) fn add(&mut self, project: PackedProject<'_>, rates: &Rates) -> Option<i32> {
        self.signed.push(project.signed_on().map(span));
        self.approved.push(project.approved_on().map(span));
        self.stated.push(project.amounts().map(|money| money.basis).collect());
        for (basis, column) in Bases::ALL.into_iter().zip(&mut self.cents) {
            let euro = amount_in(project, basis, CurrencyCode::EUR, rates).and_then(Result::ok);
            column.push(euro.and_then(to_cents).unwrap_or(NONE));
        }
        year(project)
    }

    /// The bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        let cents: usize = self.cents.iter().map(|column| column.capacity() * size_of::<i64>()).sum();
        (self.signed.capacity() + self.approved.capacity()) * size_of::<Option<Span>>()
            + cents
            + self.stated.capacity() * size_of::<Bases>()
    }

    /// Euro of a basis, or of the lead amount where none is named; `None` where there is none or no rate is known.
    pub(super) fn euro(&self, number: u32, basis: Option<AmountBasis>) -> Option<Decimal> {
        let basis = basis.or_else(|| LEAD.into_iter().find(|basis| self.stated(number).holds(*basis)))?;
        self.euro_of(basis).cents(number).map(|cents| from_cents(cents.into()))
    }

    /// The column of one basis.
    pub(super) fn euro_of(&self, basis: AmountBasis) -> EuroColumn<'_> {
        EuroColumn(&self.cents[Bases::position(basis)])
    }

    /// The bases of which a record states an amount.
    pub(super) fn stated(&self, number: u32) -> Bases {
        self.stated[number as usize]
    }
}

/// The days that a date covers.
pub(super) fn span(date: PartialDate) -> Span {
    let day = |day: NaiveDate| day.num_days_from_ce();
    (day(date.first_day()), day(date.last_day()))
}

/// The amount of a basis in a currency at its own value date, an undated sum contribution by contribution. The source's
/// own figure in that currency outranks a conversion. `None` where the record states no amount of the basis.
///
/// Amounts in constant prices have no value here: they are never added to amounts in the prices of their time.
#[must_use]
pub fn amount_in(
    project: PackedProject<'_>,
    basis: AmountBasis,
    to: CurrencyCode,
    rates: &Rates,
) -> Option<Result<Decimal, Missing>> {
    let stated = || project.amounts().filter(move |money| money.basis == basis);
    let current = || stated().filter(|money| money.price_base == PriceBase::Current);
    if let Some(own) = current().find(|money| money.currency == to) {
        return Some(Ok(own.value));
    }
    let money = current().next().or_else(|| stated().next())?;
    Some(match (money.price_base, parts_of(project, &money)) {
        (PriceBase::Constant(year), _) => Err(Missing::ConstantPrices(year)),
        (PriceBase::Current, parts) if parts.is_empty() => rates.value_in(&money, to, RateDate::ValueDate),
        (PriceBase::Current, parts) => rates.contributions_value_in(&parts, to, RateDate::ValueDate),
    })
}

/// The contributions that an undated sum consists of; empty for an amount with a date of its own, and where none are
/// published.
#[must_use]
pub fn parts_of(project: PackedProject<'_>, money: &Money) -> Vec<Money> {
    if money.date.is_some() {
        return Vec::new();
    }
    let contributions = project.contributions().map(|contribution| contribution.amount);
    contributions.filter(|part| part.basis == money.basis).collect()
}

/// The year a record counts under: of its signature, else of its approval, else of its newest dated contribution.
fn year(project: PackedProject<'_>) -> Option<i32> {
    let contributed = || project.contributions().filter_map(|contribution| contribution.date).max();
    project.signed_on().or(project.approved_on()).or_else(contributed).map(|date| date.year_number())
}
