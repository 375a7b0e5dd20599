//! Money in another currency: the rate, its date and its source stand beside every converted amount.
//!
//! 1. [`Rates`]: the rates built into the binary, with newer ones merged in; immutable, shared, cheap to clone.
//! 2. [`Rates::convert`] and [`Rates::convert_contributions`]: an amount, or the sum of a record's contributions.
//! 3. [`feeds`]: answers of the European Central Bank and the National Bank of Ukraine, read into [`DailyRate`]s.
//! 4. [`RATE_FEEDS`]: what the two are asked for newer rates.
//!
//! # Rules
//!
//! * A value date takes the rate of that day, or of the last day of publication before it, and names that day. Between
//!   two days of publication lie at most five days; further on there is no rate.
//! * A year takes the mean of the year's daily rates (six decimals), and an amount that states only its year takes that
//!   mean even by value date. An amount that states only its month takes the mean of the month. The source text says
//!   so. A span counts where the currency has rates on nine tenths of the days of publication.
//! * The latest rate is that of the newest day on which both currencies have one.
//! * Rates between two currencies go through the euro, both from the same day or span.
//! * The hryvnia has daily rates only where a reading of the National Bank brought them; else the mean of the year
//!   stands for each of its days, with its quality: `official`, `derived` or `estimate`.
//! * A currency that gave way to the euro, or that the ECB dropped, has no rate afterwards.
//! * No rate gives no value, and a reason; never zero, and never the nearest year in silence.
//! * A figure in a currency that the source itself states outranks any conversion into it.
//! * Converted values are kept to ten decimals and rounded to the cent by [`to_cent`] where they are printed. A sum adds
//!   what is printed: each part is rounded to the cent, so that a reader who adds the parts gets the sum, in any order.

mod bases;
mod contributions;
mod convert;
pub mod feeds;
mod hryvnia;
mod missing;
mod publishers;
mod rates;
mod series;
mod table;

use std::fmt;

use chrono::NaiveDate;
use connectors::model::{CurrencyCode, PartialDate};
use rust_decimal::prelude::ToPrimitive as _;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

pub use bases::Bases;
pub use missing::Missing;
pub use publishers::{RATE_FEEDS, RateFeed};
pub use rates::Rates;

/// At which rate an amount is converted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RateDate {
    /// That of the amount's own date.
    ValueDate,
    /// The mean of the amount's year.
    YearAverage,
    /// The newest known.
    Latest,
}

/// An amount in another currency, or the reason why there is none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Conversion {
    /// The value, kept to ten decimals; print it with [`to_cent`].
    pub value: Option<Decimal>,
    /// Units of the target currency for one unit of the amount's; `None` where several rates were used.
    pub rate: Option<Decimal>,
    /// The day of the rate, or the month or year whose mean it is.
    pub rate_date: Option<PartialDate>,
    /// Whose rate it is, and how it came about.
    pub rate_source: Option<String>,
    /// Why there is no value.
    pub missing: Option<String>,
}

/// Who publishes daily rates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RateSource {
    /// Euro foreign exchange reference rates, each working day.
    EuropeanCentralBank,
    /// Official hryvnia rates, each calendar day.
    NationalBankOfUkraine,
}

impl fmt::Display for RateSource {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::EuropeanCentralBank => "European Central Bank",
            Self::NationalBankOfUkraine => "National Bank of Ukraine",
        })
    }
}

/// One published rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DailyRate {
    /// The currency.
    pub currency: CurrencyCode,
    /// The day it is for.
    pub date: NaiveDate,
    /// Units of the currency for one euro.
    pub per_euro: Decimal,
    /// Who published it.
    pub source: RateSource,
}

/// The one rounding of money: to the cent, half to even, when it is printed.
#[must_use]
pub fn to_cent(value: Decimal) -> Decimal {
    value.round_dp_with_strategy(2, RoundingStrategy::MidpointNearestEven)
}

/// An amount in cents, rounded as for print; `None` where it has more digits than a column keeps.
#[must_use]
pub fn to_cents(value: Decimal) -> Option<i64> {
    let cents = to_cent(value).checked_mul(Decimal::ONE_HUNDRED)?.to_i64()?;
    (cents > i64::MIN).then_some(cents)
}

/// A sum of cents as an amount. Every sum of fewer than 2³² cents of 64 bits has one.
#[must_use]
pub fn from_cents(cents: i128) -> Decimal {
    Decimal::try_from_i128_with_scale(cents, 2).unwrap_or(Decimal::MAX).normalize()
}

/// A rate for print: eight significant digits, half to even.
#[must_use]
pub fn to_printed_rate(rate: Decimal) -> Decimal {
    rate.round_sf_with_strategy(8, RoundingStrategy::MidpointNearestEven).unwrap_or(rate).normalize()
}

#[cfg(test)]
mod tests;
