//! Of money: what an amount is, and how sums are made.

use async_graphql::Enum;
use connectors::model;

use crate::{join, money};

/// What an amount stands for. Amounts of different bases are never added.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "model::AmountBasis")]
pub enum AmountBasis {
    /// Proposed or announced, not decided.
    Planned,
    /// The lender's board decided it.
    Approved,
    /// The contract is signed.
    Signed,
    /// A binding promise in the reporter's statistics (OECD only).
    Committed,
    /// Paid out.
    Disbursed,
    /// What the whole undertaking costs, all funders together.
    TotalCost,
}

/// What sums of money are grouped by. A record with several values is in the row `MULTIPLE`.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "join::finance::Dimension")]
pub enum Dimension {
    /// Who publishes the record, by id.
    Partner,
    /// Who gives the money: the bank whose lending a row of statistics reports, else the organisation named as funder,
    /// else the partner itself. `UNKNOWN` where statistics name nobody.
    Funder,
    /// The country by ISO 3166-1; `UNKNOWN` without any.
    Country,
    /// The first-level unit of Ukraine by KATOTTG; `NATIONWIDE` for what is meant for the whole country, `UNLOCATED`
    /// where no place is known, `ABROAD` outside Ukraine.
    Oblast,
    /// The hromada by KATOTTG, Kyiv and Sevastopol among them; `WIDER` where only an oblast or raion is known, and the
    /// words of OBLAST.
    Hromada,
    /// The DAC purpose or group; `UNKNOWN` where nothing is sure enough.
    Sector,
    /// The DAC group of three digits; `UNKNOWN` where nothing is sure enough.
    SectorGroup,
    /// The status.
    Status,
    /// The financial form.
    Instrument,
    /// The year of signature for SIGNED and of approval for APPROVED, else that of the amount; commitments and
    /// disbursements over several years are told apart by the year of each. `UNDATED` without any.
    Year,
}

/// How money that several records report is counted.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "join::finance::Counting")]
pub enum Counting {
    /// Every record is added.
    Gross,
    /// A record that restates another one, or is a part of one, is left out while that one is in the same total; of one
    /// undertaking's total costs the greatest counts. `excluded` says which.
    CountedOnce,
}

/// In whose prices an amount is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum PriceBase {
    /// Prices of the amount's own time.
    Current,
    /// Prices of `priceYear` (OECD only).
    Constant,
}

/// At which day's rate an amount is converted.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "money::RateDate")]
pub enum RateDate {
    /// Of the amount's own date. A weekend or holiday takes the rate of the last day of publication before it, which
    /// `rateDate` names; a hryvnia amount has a rate for each calendar day where the National Bank's are read. An amount
    /// with a year or month only takes the mean of that year or month.
    ValueDate,
    /// The mean of the amount's year.
    YearAverage,
    /// The newest known.
    Latest,
}
