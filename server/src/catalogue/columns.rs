//! Columns of numbers that filters and orders compare: one entry a record.

use chrono::{Datelike as _, NaiveDate};
use connectors::model::{AmountBasis, CurrencyCode, Money, PartialDate, Project};
use rust_decimal::Decimal;

use crate::money::{RateDate, Rates};

/// The bases of which one leads, what binds most first.
const LEAD: [AmountBasis; 4] =
    [AmountBasis::Signed, AmountBasis::Approved, AmountBasis::Committed, AmountBasis::Planned];

/// The amount that binds most; `None` where none of the leading bases is stated.
#[must_use]
pub fn lead_amount(project: &Project) -> Option<&Money> {
    LEAD.iter().find_map(|basis| project.amount(*basis))
}

/// Comparable numbers, by record.
#[derive(Debug, Default)]
pub(super) struct Columns {
    pub(super) signed: Vec<Option<Span>>,
    pub(super) approved: Vec<Option<Span>>,
    /// Euro of each basis in [`Columns::slot`]'s order, then of the lead amount.
    euro: Vec<[Option<Decimal>; 7]>,
    pub(super) year: Vec<Option<i32>>,
}

/// The days that a date covers, counted from 1 January 1.
pub(super) type Span = (i32, i32);

impl Columns {
    pub(super) fn add(&mut self, project: &Project, rates: &Rates) {
        self.signed.push(project.signed_on.map(span));
        self.approved.push(project.approved_on.map(span));
        self.euro.push(euro(project, rates));
        self.year.push(year(project));
    }

    /// Euro of a basis, or of the lead amount where none is named; `None` where there is none or no rate is known.
    pub(super) fn euro(&self, number: u32, basis: Option<AmountBasis>) -> Option<Decimal> {
        self.euro[number as usize][basis.map_or(6, Self::slot)]
    }

    fn slot(basis: AmountBasis) -> usize {
        match basis {
            AmountBasis::Planned => 0,
            AmountBasis::Approved => 1,
            AmountBasis::Signed => 2,
            AmountBasis::Committed => 3,
            AmountBasis::Disbursed => 4,
            AmountBasis::TotalCost => 5,
        }
    }
}

/// The days that a date covers.
pub(super) fn span(date: PartialDate) -> Span {
    let day = |day: NaiveDate| day.num_days_from_ce();
    (day(date.first_day()), day(date.last_day()))
}

fn euro(project: &Project, rates: &Rates) -> [Option<Decimal>; 7] {
    let mut euro = [None; 7];
    for money in &project.amounts {
        euro[Columns::slot(money.basis)] = in_euro(project, money, rates);
    }
    euro[6] = lead_amount(project).and_then(|money| euro[Columns::slot(money.basis)]);
    euro
}

/// An amount at its own value date; a sum without a date contribution by contribution, each at its own.
fn in_euro(project: &Project, money: &Money, rates: &Rates) -> Option<Decimal> {
    let (euro, at) = (CurrencyCode::EUR, RateDate::ValueDate);
    let parts = parts_of(project, money);
    if parts.is_empty() {
        rates.value_in(money, euro, at).ok()
    } else {
        rates.contributions_value_in(parts, euro, at).ok()
    }
}

/// The contributions that an undated sum consists of; empty for an amount with a date of its own, and where none are
/// published.
#[must_use]
pub fn parts_of<'project>(project: &'project Project, money: &Money) -> Vec<&'project Money> {
    if money.date.is_some() {
        return Vec::new();
    }
    let contributions = project.contributions.iter().map(|contribution| &contribution.amount);
    contributions.filter(|part| part.basis == money.basis).collect()
}

/// The year a record counts under: of its signature, else of its approval, else of its newest dated contribution.
fn year(project: &Project) -> Option<i32> {
    let contributed = || project.contributions.iter().filter_map(|contribution| contribution.date).max();
    project.signed_on.or(project.approved_on).or_else(contributed).map(|date| date.year_number())
}
