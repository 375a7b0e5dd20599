//! Why an amount cannot be converted.

use chrono::NaiveDate;
use connectors::model::{CurrencyCode, PartialDate};

/// Why there is no converted value. The sentence is for readers, [`code`](Self::code) for counting.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Missing {
    /// The source gives no date, and the rate asked for depends on one.
    #[error("the amount has no date, so there is no rate for it")]
    NoDate,
    /// Nobody read here publishes this currency.
    #[error("no rate for {0} is known")]
    NoRate(CurrencyCode),
    /// The currency's rates ended: it gave way to the euro, or the publisher dropped it.
    #[error("no rate for {currency} in {asked}: the last known is that of {last}")]
    Ended {
        /// The currency.
        currency: CurrencyCode,
        /// The span asked for.
        asked: PartialDate,
        /// Its last day.
        last: NaiveDate,
    },
    /// The date is before the first or after the newest rate.
    #[error("no rate for {currency} in {asked}: the table holds {first} to {last}")]
    OutsideTable {
        /// The currency.
        currency: CurrencyCode,
        /// The span asked for.
        asked: PartialDate,
        /// The first day of the table.
        first: PartialDate,
        /// The newest.
        last: PartialDate,
    },
    /// The publisher gave none for the currency on that day, or too few for a mean.
    #[error("no rate for {currency} in {asked}: none is known, or too few for a mean")]
    NotPublished {
        /// The currency.
        currency: CurrencyCode,
        /// The span asked for.
        asked: PartialDate,
    },
    /// The amount is in the prices of another year.
    #[error("the amount is in constant prices of {0}, which are not converted")]
    ConstantPrices(i32),
    /// The result has more digits than can be kept.
    #[error("the amount is too large to convert")]
    TooLarge,
    /// Contributions of different bases are never added.
    #[error("the contributions are of different bases, which are never added")]
    MixedBases,
    /// Some contributions of a sum have no rate.
    #[error("{without} of {of} contributions cannot be converted; the first: {first}")]
    Contributions {
        /// How many have no rate.
        without: usize,
        /// How many there are.
        of: usize,
        /// Why the first of them has none.
        first: Box<Missing>,
    },
    /// There is nothing to add.
    #[error("there is no contribution to convert")]
    NoContribution,
}

impl Missing {
    /// A stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoDate => "NO_DATE",
            Self::NoRate(_) | Self::Ended { .. } | Self::NotPublished { .. } => "NO_RATE",
            Self::OutsideTable { .. } => "DATE_OUTSIDE_RATES",
            Self::ConstantPrices(_) => "CONSTANT_PRICES",
            Self::TooLarge => "AMOUNT_TOO_LARGE",
            Self::MixedBases => "MIXED_BASES",
            Self::Contributions { first, .. } => first.code(),
            Self::NoContribution => "NO_CONTRIBUTION",
        }
    }
}
