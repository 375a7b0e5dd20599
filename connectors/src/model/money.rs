//! Money: never a bare number.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{CurrencyCode, PartialDate};

/// What an amount stands for. Amounts of different bases are never added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AmountBasis {
    /// Proposed or announced, not decided.
    Planned,
    /// The lender's board decided it.
    Approved,
    /// The contract is signed.
    Signed,
    /// A binding promise in the reporter's statistics (CRS flow type `C`).
    Committed,
    /// Paid out.
    Disbursed,
    /// What the whole undertaking costs, all funders together.
    TotalCost,
}

/// Whether an amount is in the prices of its own year or of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PriceBase {
    /// Prices of the amount's own time.
    Current,
    /// Prices of the year named here (OECD only).
    Constant(i32),
}

/// An amount as the source states it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// In whole units of the currency, exact.
    pub value: Decimal,
    /// The currency the source states.
    pub currency: CurrencyCode,
    /// What the amount stands for.
    pub basis: AmountBasis,
    /// In whose prices it is.
    pub price_base: PriceBase,
    /// The day, month or year it belongs to, where the source says.
    pub date: Option<PartialDate>,
}

impl Money {
    /// An amount in current prices.
    #[must_use]
    pub fn new(value: Decimal, currency: CurrencyCode, basis: AmountBasis, date: Option<PartialDate>) -> Self {
        Self { value, currency, basis, price_base: PriceBase::Current, date }
    }
}
