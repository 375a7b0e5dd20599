//! One amount into another currency.

use std::fmt;

use connectors::model::{CurrencyCode, Money, PartialDate, PriceBase};
use rust_decimal::{Decimal, RoundingStrategy};

use super::rates::{At, Known, Quote, Rates};
use super::series::{Mean, whole_year};
use super::{Conversion, Missing, RateDate};

/// Decimals that a converted value keeps. Sums of values with a fixed number of decimals are exact in any order, and
/// an amount in cents comes back to the same cent.
const VALUE_DECIMALS: u32 = 10;

/// What stands as the source where nothing had to be converted.
const SAME_CURRENCY: &str = "the amount's own currency";

/// A converted amount with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Converted {
    pub(super) value: Decimal,
    pub(super) rate: Decimal,
    /// The quotes of both currencies; `None` where they are the same.
    pub(super) quotes: Option<(Quote, Quote)>,
}

impl Rates {
    /// An amount in another currency, with the rate, its date and its source, or the reason why there is none.
    #[must_use]
    pub fn convert(&self, money: &Money, to: CurrencyCode, at: RateDate) -> Conversion {
        match self.converted(money, to, at) {
            Ok(converted) => converted.conversion(money, to, at),
            Err(missing) => missing.into(),
        }
    }

    /// Only the value, for totals: no text is written.
    ///
    /// # Errors
    /// [`Missing`] says why there is no value.
    pub fn value_in(&self, money: &Money, to: CurrencyCode, at: RateDate) -> Result<Decimal, Missing> {
        self.converted(money, to, at).map(|converted| converted.value)
    }

    pub(super) fn converted(&self, money: &Money, to: CurrencyCode, at: RateDate) -> Result<Converted, Missing> {
        if money.currency == to {
            return Ok(Converted { value: money.value, rate: Decimal::ONE, quotes: None });
        }
        if let PriceBase::Constant(year) = money.price_base {
            return Err(Missing::ConstantPrices(year));
        }
        let (from, to) = self.quotes(money.currency, to, self.time_of(money, at)?)?;
        let rate = to.per_euro.checked_div(from.per_euro).ok_or(Missing::TooLarge)?;
        // Multiplied first: the quotient of the two rates is already rounded.
        let value = money.value.checked_mul(to.per_euro).and_then(|euro| euro.checked_div(from.per_euro));
        let value = value.ok_or(Missing::TooLarge)?;
        let value = value.round_dp_with_strategy(VALUE_DECIMALS, RoundingStrategy::MidpointNearestEven);
        Ok(Converted { value: value.normalize(), rate: rate.normalize(), quotes: Some((from, to)) })
    }

    fn time_of(&self, money: &Money, at: RateDate) -> Result<At, Missing> {
        if at == RateDate::Latest {
            return self.time_of_latest(money);
        }
        let date = money.date.ok_or(Missing::NoDate)?;
        Ok(At::Span(if at == RateDate::YearAverage { whole_year(date) } else { date }))
    }

    /// An amount that is dated after the end of its own currency has no rate, not even an old one.
    fn time_of_latest(&self, money: &Money) -> Result<At, Missing> {
        let Some(asked) = money.date else { return Ok(At::Latest) };
        match self.ended_by(money.currency, asked.first_day()) {
            Some(last) => Err(Missing::Ended { currency: money.currency, asked, last }),
            None => Ok(At::Latest),
        }
    }
}

impl Converted {
    /// The day, month or year of the rate; of two, the older.
    pub(super) fn rate_date(&self) -> Option<PartialDate> {
        let (from, to) = self.quotes?;
        [from, to].into_iter().filter_map(|quote| quote.known.date()).min()
    }

    fn conversion(&self, money: &Money, to: CurrencyCode, at: RateDate) -> Conversion {
        Conversion {
            value: Some(self.value),
            rate: Some(self.rate),
            rate_date: self.rate_date(),
            rate_source: Some(self.source(money, to, at)),
            missing: None,
        }
    }

    fn source(&self, money: &Money, to: CurrencyCode, at: RateDate) -> String {
        let Some((from_quote, to_quote)) = self.quotes else { return SAME_CURRENCY.to_owned() };
        let sources = match (from_quote.known, to_quote.known) {
            (Known::Euro, known) | (known, Known::Euro) => known.to_string(),
            (first, second) if first.date() == second.date() && first.publisher() == second.publisher() => {
                format!("{first}, through the euro")
            }
            (first, second) => format!("{}: {first}; {to}: {second}; through the euro", money.currency),
        };
        let known = [from_quote.known, to_quote.known];
        let coarser = money.date.filter(|_| at == RateDate::ValueDate).and_then(|date| coarser_than_day(date, known));
        coarser.map_or(sources.clone(), |reason| format!("{sources}; {reason}"))
    }
}

/// Why a mean stands for a value date.
fn coarser_than_day(date: PartialDate, known: [Known; 2]) -> Option<&'static str> {
    if date == whole_year(date) {
        return Some("the amount states only its year");
    }
    let of_year = known.iter().any(|known| known.date().is_some_and(|date| date == whole_year(date)));
    match (of_year, date.exact_day()) {
        (true, _) => Some("no rate nearer to the amount's date is known"),
        (false, None) => Some("the amount states only its month"),
        (false, Some(_)) => None,
    }
}

impl Known {
    /// The day, month or year; none for the euro itself.
    pub(super) fn date(&self) -> Option<PartialDate> {
        match self {
            Self::Euro => None,
            Self::Daily(_, day) => Some(PartialDate::day(*day)),
            Self::Mean(_, span, _) => Some(*span),
            Self::Hryvnia(row) => PartialDate::year(row.year),
        }
    }

    /// Who stands behind it, without the time: one line for many rates of one kind.
    pub(super) fn publisher(&self) -> Option<String> {
        match self {
            Self::Euro => None,
            Self::Daily(source, _) => Some(source.to_string()),
            Self::Mean(source, ..) => Some(format!("{source}, means of daily rates")),
            Self::Hryvnia(row) => Some(format!("{}, {}", row.source, row.quality)),
        }
    }
}

impl fmt::Display for Known {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Euro => formatter.write_str("euro"),
            Self::Daily(source, day) => write!(formatter, "{source}, rate of {day}"),
            Self::Mean(source, span, Mean { days, until: None, .. }) => {
                write!(formatter, "{source}, mean of {span} ({days} daily rates)")
            }
            Self::Mean(source, span, Mean { days, until: Some(until), .. }) => {
                write!(formatter, "{source}, mean of {span} to {until} ({days} daily rates)")
            }
            Self::Hryvnia(row) => write!(formatter, "mean of {}, {}: {}", row.year, row.quality, row.source),
        }
    }
}

impl From<Missing> for Conversion {
    fn from(missing: Missing) -> Self {
        Self { missing: Some(missing.to_string()), ..Self::default() }
    }
}

impl Conversion {
    /// The source's own figure in the currency wanted, which outranks any conversion.
    #[must_use]
    pub fn own_figure(money: &Money) -> Self {
        let source = format!("the source's own figure in {}", money.currency);
        Self { value: Some(money.value), rate_source: Some(source), ..Self::default() }
    }
}

/// The conversion of a sum whose parts were all in the target currency.
pub(super) fn unconverted(value: Decimal) -> Conversion {
    Conversion {
        value: Some(value),
        rate: Some(Decimal::ONE),
        rate_source: Some(SAME_CURRENCY.to_owned()),
        ..Conversion::default()
    }
}
