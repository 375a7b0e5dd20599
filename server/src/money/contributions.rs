//! The sum of a record's contributions, each converted at its own rate.

use std::collections::BTreeSet;

use connectors::model::{CurrencyCode, Money};
use rust_decimal::Decimal;

use super::convert::{Converted, unconverted};
use super::{Conversion, Missing, RateDate, Rates, to_cent};

impl Rates {
    /// The sum of contributions of one basis, each converted at its own date: a CRS activity over several years, each
    /// year at its mean. Then `rate` and `rate_date` are `None`, and the source names the span.
    ///
    /// Each is rounded to the cent before it is added, so that what is printed adds up.
    ///
    /// One contribution without a rate leaves the whole without a value: a part of a sum is another amount.
    #[must_use]
    pub fn convert_contributions<'money>(
        &self,
        contributions: impl IntoIterator<Item = &'money Money>,
        to: CurrencyCode,
        at: RateDate,
    ) -> Conversion {
        let contributions: Vec<&Money> = contributions.into_iter().collect();
        if let [only] = contributions.as_slice() {
            return self.convert(only, to, at);
        }
        match self.converted_contributions(&contributions, to, at) {
            Ok((sum, parts)) => conversion(sum, &parts),
            Err(missing) => missing.into(),
        }
    }

    /// Only the value of [`convert_contributions`](Self::convert_contributions), for totals.
    ///
    /// # Errors
    /// [`Missing`] says why there is no value.
    pub fn contributions_value_in<'money>(
        &self,
        contributions: impl IntoIterator<Item = &'money Money>,
        to: CurrencyCode,
        at: RateDate,
    ) -> Result<Decimal, Missing> {
        let contributions: Vec<&Money> = contributions.into_iter().collect();
        self.converted_contributions(&contributions, to, at).map(|(sum, _)| sum)
    }

    fn converted_contributions(
        &self,
        contributions: &[&Money],
        to: CurrencyCode,
        at: RateDate,
    ) -> Result<(Decimal, Vec<Converted>), Missing> {
        let first = contributions.first().ok_or(Missing::NoContribution)?;
        let alike = |money: &&Money| (money.basis, money.price_base) == (first.basis, first.price_base);
        if !contributions.iter().all(alike) {
            return Err(Missing::MixedBases);
        }
        let (mut parts, mut sum, mut missing) = (Vec::new(), Decimal::ZERO, Vec::new());
        for money in contributions {
            match self.converted(money, to, at) {
                Ok(part) => {
                    sum = sum.checked_add(to_cent(part.value)).ok_or(Missing::TooLarge)?;
                    parts.push(part);
                }
                Err(reason) => missing.push(reason),
            }
        }
        let without = missing.len();
        match missing.into_iter().next() {
            None => Ok((sum, parts)),
            Some(first) => Err(Missing::Contributions { without, of: contributions.len(), first: Box::new(first) }),
        }
    }
}

fn conversion(sum: Decimal, parts: &[Converted]) -> Conversion {
    let dates: BTreeSet<_> = parts.iter().filter_map(Converted::rate_date).collect();
    let (Some(first), Some(last)) = (dates.first(), dates.last()) else { return unconverted(sum) };
    let span = if first == last { format!("of {first}") } else { format!("{first} to {last}") };
    let quotes = parts.iter().filter_map(|part| part.quotes);
    let publishers: BTreeSet<String> =
        quotes.flat_map(|(from, to)| [from.known, to.known]).filter_map(|known| known.publisher()).collect();
    let publishers = publishers.into_iter().collect::<Vec<_>>().join("; ");
    let source = format!("{} contributions, each at its own rate, {span}: {publishers}", parts.len());
    Conversion { value: Some(sum), rate_source: Some(source), ..Conversion::default() }
}
