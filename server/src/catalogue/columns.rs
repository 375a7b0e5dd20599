//! Columns of numbers that filters and orders compare: one entry a record.

use chrono::{Datelike as _, NaiveDate};
use connectors::model::{AmountBasis, CurrencyCode, Money, PartialDate, PriceBase};
use rust_decimal::Decimal;

use crate::harvest::PackedProject;
use crate::money::{Bases, Missing, RateDate, Rates, from_cents, to_cents};
use crate::packed::{Narrow, Sparse, folded, unfolded};

/// The bases of which one leads, what binds most first.
const LEAD: [AmountBasis; 4] =
    [AmountBasis::Signed, AmountBasis::Approved, AmountBasis::Committed, AmountBasis::Planned];

/// The amount that binds most; `None` where none of the leading bases is stated.
#[must_use]
pub fn lead_amount(project: PackedProject<'_>) -> Option<Money> {
    let rank = |money: &Money| LEAD.iter().position(|basis| *basis == money.basis);
    // Of two of one basis the first counts.
    project
        .amounts()
        .filter_map(|money| Some((rank(&money)?, money)))
        .min_by_key(|(rank, _)| *rank)
        .map(|(_, money)| money)
}

/// Comparable numbers, by record.
#[derive(Debug, Default)]
pub(super) struct Columns {
    pub(super) signed: Dates,
    pub(super) approved: Dates,
    /// Euro cents, a column for each basis in the order of [`Bases::ALL`].
    cents: [Sparse<i64>; 6],
    /// The bases of which a record states an amount, convertible or not.
    stated: Vec<Bases>,
}

/// The euro of one basis, by record, worked out once a generation.
#[derive(Debug, Clone, Copy)]
pub struct EuroColumn<'catalogue>(&'catalogue Sparse<i64>);

impl EuroColumn<'_> {
    /// Euro cents at the amount's own value date; `None` where the record states no such amount, or no rate is known.
    #[must_use]
    pub fn cents(self, number: u32) -> Option<i64> {
        self.0.get(number)
    }
}

/// The days that a date covers, counted from 1 January 1.
pub(super) type Span = (i32, i32);

/// A date for each record: 0 for none; else one more than its first day, counted from [`Dates::EPOCH`] with the sign in
/// the lowest bit, and below that how exact it is in two bits. So the dates of our time are short.
#[derive(Debug, Default)]
pub(super) struct Dates(Narrow);

impl Dates {
    /// 1 January 2000.
    const EPOCH: i32 = 730_120;
    const MONTH: u64 = 1;
    const DAY: u64 = 2;

    fn push(&mut self, date: Option<PartialDate>) {
        self.0.push(date.map_or(0, |date| {
            let exact = match (date.exact_day(), date.month_number()) {
                (Some(_), _) => Self::DAY,
                (None, Some(_)) => Self::MONTH,
                (None, None) => 0,
            };
            let days = i64::from(date.first_day().num_days_from_ce() - Self::EPOCH);
            1 + (folded(days) << 2 | exact)
        }));
    }

    /// The first day of a record's date.
    pub(super) fn first_day(&self, number: u32) -> Option<i32> {
        self.get(number).map(|(first, _)| first)
    }

    /// The days that a record's date covers.
    pub(super) fn span(&self, number: u32) -> Option<Span> {
        let (first, exact) = self.get(number)?;
        if exact == Self::DAY {
            return Some((first, first));
        }
        PartialDate::stated(NaiveDate::from_num_days_from_ce_opt(first)?, exact == Self::MONTH, false).map(span)
    }

    /// The first day, and how exact the date is.
    fn get(&self, number: u32) -> Option<(i32, u64)> {
        let date = self.0.get(number as usize).checked_sub(1)?;
        Some((unfolded(date >> 2) as i32 + Self::EPOCH, date & 3))
    }
}

impl Columns {
    /// Adds a record; gives the year that it counts under.
    pub(super) fn add(&mut self, project: PackedProject<'_>, rates: &Rates) -> Option<i32> {
        self.signed.push(project.signed_on());
        self.approved.push(project.approved_on());
        self.stated.push(project.amounts().map(|money| money.basis).collect());
        for (basis, column) in Bases::ALL.into_iter().zip(&mut self.cents) {
            let euro = amount_in(project, basis, CurrencyCode::EUR, rates).and_then(Result::ok);
            column.push(euro.and_then(to_cents));
        }
        year(project)
    }

    /// Adds a record as it stands in earlier columns, whose rates were the same.
    pub(super) fn keep(&mut self, earlier: &Self, old: u32) {
        let at = old as usize;
        self.signed.0.push(earlier.signed.0.get(at));
        self.approved.0.push(earlier.approved.0.get(at));
        self.stated.push(earlier.stated[at]);
        for (column, before) in self.cents.iter_mut().zip(&earlier.cents) {
            column.push(before.get(old));
        }
    }

    /// Gives back the room for further records.
    pub(super) fn finish(&mut self) {
        self.signed.0.shrink();
        self.approved.0.shrink();
        self.stated.shrink_to_fit();
        self.cents.iter_mut().for_each(Sparse::shrink);
    }

    /// The bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        let cents: usize = self.cents.iter().map(Sparse::bytes).sum();
        let dates = self.signed.0.bytes() + self.approved.0.bytes();
        dates + cents + self.stated.capacity() * size_of::<Bases>()
    }

    /// Euro of a basis, or of the lead amount where none is named; `None` where there is none or no rate is known.
    pub(super) fn euro(&self, number: u32, basis: Option<AmountBasis>) -> Option<Decimal> {
        self.cents(number, basis).map(|cents| from_cents(cents.into()))
    }

    /// The same in cents.
    pub(super) fn cents(&self, number: u32, basis: Option<AmountBasis>) -> Option<i64> {
        let basis = basis.or_else(|| LEAD.into_iter().find(|basis| self.stated(number).holds(*basis)))?;
        self.euro_of(basis).cents(number)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_keeps_its_days_before_and_after_the_epoch() {
        let dates = ["1899", "1999-12", "1999-12-31", "2000-01-01", "2024", "2024-02", "2024-02-29", "9999-12-31"];
        let dates = dates.map(|date| PartialDate::parse(date).ok());
        let mut column = Dates::default();
        dates.into_iter().chain([None]).for_each(|date| column.push(date));
        for (number, date) in (0..).zip(dates) {
            assert_eq!(column.span(number), date.map(span));
            assert_eq!(column.first_day(number), date.map(|date| span(date).0));
        }
        assert_eq!((column.first_day(8), column.span(8)), (None, None));
    }
}
