//! `Money`: an amount as the source states it.

use async_graphql::{Object, SimpleObject};
use connectors::model;

use super::{AmountBasis, PriceBase, RateDate};
use crate::catalogue::{RecordNumber, parts_of};
use crate::graph::scalars::{CurrencyCodeText, Date, DecimalNumber};
use crate::harvest::PackedProject;
use crate::money::{self, Rates};
use crate::view::View;

/// An amount as the source states it.
#[derive(Clone)]
pub struct Money {
    view: View,
    number: RecordNumber,
    money: model::Money,
}

impl Money {
    /// An amount of the project of this number.
    #[must_use]
    pub fn of(view: &View, number: RecordNumber, money: model::Money) -> Self {
        Self { view: view.clone(), number, money }
    }
}

/// An amount of a project in another currency: by the source's own figure, else by rates, an undated sum part by part.
pub(in crate::graph) fn converted(
    rates: &Rates,
    project: PackedProject<'_>,
    money: &model::Money,
    (to, at): (model::CurrencyCode, money::RateDate),
) -> money::Conversion {
    let is_same = |other: &model::Money| (other.basis, other.price_base) == (money.basis, money.price_base);
    if money.currency != to
        && let Some(own) = project.amounts().find(|other| other.currency == to && is_same(other))
    {
        return money::Conversion::own_figure(&own);
    }
    match parts_of(project, money).as_slice() {
        [] => rates.convert(money, to, at),
        parts => rates.convert_contributions(parts, to, at),
    }
}

/// An amount as the source states it, with all that a number needs to mean something.
#[Object]
impl Money {
    /// In whole units of the currency, exact.
    async fn value(&self) -> DecimalNumber {
        DecimalNumber(self.money.value)
    }

    /// The currency that the source states.
    async fn currency(&self) -> CurrencyCodeText {
        CurrencyCodeText(self.money.currency)
    }

    /// What the amount stands for.
    async fn basis(&self) -> AmountBasis {
        self.money.basis.into()
    }

    /// CURRENT, or CONSTANT with `priceYear` (OECD only).
    async fn price_base(&self) -> PriceBase {
        match self.money.price_base {
            model::PriceBase::Current => PriceBase::Current,
            model::PriceBase::Constant(_) => PriceBase::Constant,
        }
    }

    /// The year whose prices they are; null for current prices.
    async fn price_year(&self) -> Option<i32> {
        match self.money.price_base {
            model::PriceBase::Current => None,
            model::PriceBase::Constant(year) => Some(year),
        }
    }

    /// The day, month or year that the amount belongs to; null where the source gives none, or where a sum spans
    /// several years.
    async fn date(&self) -> Option<Date> {
        self.money.date.map(Date)
    }

    /// The amount in another currency. Where the source itself states it in that currency, its own figure is given and
    /// `rate` is null. A weekend or holiday takes the rate of the last day of publication before it. An undated sum over several years converts part by part, each at its own year's
    /// mean.
    async fn converted(
        &self,
        #[graphql(desc = "The currency wanted.", default_with = "CurrencyCodeText(model::CurrencyCode::EUR)")]
        to: CurrencyCodeText,
        #[graphql(desc = "At which day's rate.", default_with = "RateDate::ValueDate")] at: RateDate,
    ) -> Conversion {
        let project = self.view.catalogue.project(self.number);
        converted(&self.view.rates, project, &self.money, (to.0, at.into())).into()
    }
}

/// An amount in another currency, with what it rests on.
#[derive(SimpleObject)]
pub struct Conversion {
    /// The converted amount, rounded to the cent, half to even; null where no rate is known, never zero.
    value: Option<DecimalNumber>,
    /// Units of the wanted currency for one of the stated; null without a value, and where several rates were used.
    rate: Option<DecimalNumber>,
    /// The day, month or year that the rate belongs to; null where `rate` is.
    rate_date: Option<Date>,
    /// Who published the rate, and what kind of rate it is.
    rate_source: Option<String>,
    /// Why there is no value; null where there is one.
    missing: Option<String>,
}

impl From<money::Conversion> for Conversion {
    fn from(conversion: money::Conversion) -> Self {
        let money::Conversion { value, rate, rate_date, rate_source, missing } = conversion;
        Self {
            value: value.map(|value| DecimalNumber(money::to_cent(value))),
            rate: rate.map(|rate| DecimalNumber(money::to_printed_rate(rate))),
            rate_date: rate_date.map(Date),
            rate_source,
            missing,
        }
    }
}
