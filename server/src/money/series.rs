//! The daily rates of one publisher: which days it published on, and each currency's rates on them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use connectors::model::{CurrencyCode, PartialDate};
use rust_decimal::{Decimal, RoundingStrategy};

use super::{Missing, RateSource};

/// Easter closes the ECB for four days on end, and nothing closes it longer.
const LONGEST_CLOSURE_DAYS: i64 = 4;

/// Decimals of a mean.
const MEAN_DECIMALS: u32 = 6;

/// A publisher's days and rates.
#[derive(Debug, Clone, Default)]
pub(super) struct Feed {
    /// Whether it has a rate for every calendar day, so that a day without one has only not been read.
    every_day: bool,
    days: BTreeSet<NaiveDate>,
    days_in_year: BTreeMap<i32, usize>,
    series: BTreeMap<CurrencyCode, Series>,
}

/// One currency's rates, per euro.
#[derive(Debug, Clone, Default)]
struct Series {
    rates: BTreeMap<NaiveDate, Decimal>,
    /// Kept so that a year's mean costs one division.
    years: BTreeMap<i32, Sum>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    total: Decimal,
    days: usize,
}

/// The mean of the daily rates in a month or year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mean {
    pub(super) per_euro: Decimal,
    pub(super) days: usize,
    /// The newest day of publication, where the span is not over by then.
    pub(super) until: Option<NaiveDate>,
}

impl Feed {
    /// A publisher's feed, still empty.
    pub(super) fn of(source: RateSource) -> Self {
        Self { every_day: source == RateSource::NationalBankOfUkraine, ..Self::default() }
    }

    /// One rate, or a correction.
    pub(super) fn insert(&mut self, currency: CurrencyCode, day: NaiveDate, per_euro: Decimal) {
        self.publish(day);
        self.series.entry(currency).or_default().insert(day, per_euro);
    }

    /// Many rates of one currency at once, on days that are known already.
    pub(super) fn insert_series(&mut self, currency: CurrencyCode, rates: Vec<(NaiveDate, Decimal)>) {
        let mut years: BTreeMap<i32, Sum> = BTreeMap::new();
        for (day, per_euro) in &rates {
            let sum = years.entry(day.year()).or_default();
            *sum = Sum { total: sum.total + per_euro, days: sum.days + 1 };
        }
        self.series.insert(currency, Series { rates: rates.into_iter().collect(), years });
    }

    /// Notes a day of publication.
    pub(super) fn publish(&mut self, day: NaiveDate) {
        if self.days.insert(day) {
            *self.days_in_year.entry(day.year()).or_default() += 1;
        }
    }

    pub(super) fn newest(&self) -> Option<NaiveDate> {
        self.days.last().copied()
    }

    pub(super) fn holds(&self, currency: CurrencyCode) -> bool {
        self.series.contains_key(&currency)
    }

    pub(super) fn currencies(&self) -> impl Iterator<Item = CurrencyCode> {
        self.series.keys().copied()
    }

    pub(super) fn count(&self) -> usize {
        self.series.values().map(|series| series.rates.len()).sum()
    }

    /// The last day on which a currency has a rate.
    pub(super) fn last(&self, currency: CurrencyCode) -> Option<NaiveDate> {
        Some(*self.series.get(&currency)?.rates.last_key_value()?.0)
    }

    /// Whether a currency's rates had ended by this day: others were published since, or the year is over.
    pub(super) fn ended_by(&self, currency: CurrencyCode, day: NaiveDate) -> Option<NaiveDate> {
        let last = self.last(currency).filter(|last| Some(*last) < self.newest() && *last < day)?;
        let published_since = self.days.range(..=day).next_back().is_some_and(|published| *published > last);
        (published_since || day.year() > last.year()).then_some(last)
    }

    /// The rate of a day, or of the last day of publication before it.
    pub(super) fn on(&self, currency: CurrencyCode, day: NaiveDate) -> Result<(NaiveDate, Decimal), Missing> {
        let asked = PartialDate::day(day);
        let series = self.series.get(&currency).ok_or(Missing::NoRate(currency))?;
        if let Some(last) = self.ended_by(currency, day) {
            return Err(Missing::Ended { currency, asked, last });
        }
        let published = self.days.range(..=day).next_back().copied();
        let near = published.filter(|published| (day - *published).num_days() <= LONGEST_CLOSURE_DAYS);
        let published = near.ok_or_else(|| self.outside(currency, asked))?;
        match series.rates.get(&published) {
            Some(per_euro) => Ok((published, *per_euro)),
            None => Err(self.absent(currency, series, asked)),
        }
    }

    /// The mean of a month or year.
    pub(super) fn mean(&self, currency: CurrencyCode, span: PartialDate) -> Result<Mean, Missing> {
        let series = self.series.get(&currency).ok_or(Missing::NoRate(currency))?;
        let published = self.published_in(span);
        if published == 0 {
            return Err(self.outside(currency, span));
        }
        match series.sum(span).filter(|sum| sum.days > 0 && sum.days * 10 >= published * 9) {
            Some(sum) => Ok(Mean { per_euro: mean(sum), days: sum.days, until: self.unfinished(span) }),
            None => Err(self.absent(currency, series, span)),
        }
    }

    /// On how many days of a span there are rates to be known.
    fn published_in(&self, span: PartialDate) -> usize {
        if self.every_day {
            let last = self.newest().map_or(span.last_day(), |newest| newest.min(span.last_day()));
            return usize::try_from((last - span.first_day()).num_days() + 1).unwrap_or_default();
        }
        if span == whole_year(span) {
            return self.days_in_year.get(&span.year_number()).copied().unwrap_or_default();
        }
        self.days.range(span.first_day()..=span.last_day()).count()
    }

    /// The newest day, where the publisher is still within the span. A span that ends on a closed day is over.
    fn unfinished(&self, span: PartialDate) -> Option<NaiveDate> {
        self.newest().filter(|newest| (span.last_day() - *newest).num_days() > LONGEST_CLOSURE_DAYS)
    }

    fn outside(&self, currency: CurrencyCode, asked: PartialDate) -> Missing {
        match (self.days.first(), self.days.last()) {
            (Some(first), Some(last)) if asked.first_day() >= *first && asked.last_day() <= *last => {
                Missing::NotPublished { currency, asked }
            }
            (Some(first), Some(last)) => {
                let (first, last) = (PartialDate::day(*first), PartialDate::day(*last));
                Missing::OutsideTable { currency, asked, first, last }
            }
            _ => Missing::NoRate(currency),
        }
    }

    fn absent(&self, currency: CurrencyCode, series: &Series, asked: PartialDate) -> Missing {
        match series.rates.last_key_value() {
            Some((last, _)) if *last < asked.last_day() && Some(*last) < self.newest() => {
                Missing::Ended { currency, asked, last: *last }
            }
            _ => Missing::NotPublished { currency, asked },
        }
    }
}

impl Series {
    fn sum(&self, span: PartialDate) -> Option<Sum> {
        if span == whole_year(span) {
            return self.years.get(&span.year_number()).copied();
        }
        let rates = self.rates.range(span.first_day()..=span.last_day());
        Some(rates.fold(Sum::default(), |sum, (_, rate)| Sum { total: sum.total + rate, days: sum.days + 1 }))
    }

    fn insert(&mut self, day: NaiveDate, per_euro: Decimal) {
        let before = self.rates.insert(day, per_euro);
        let sum = self.years.entry(day.year()).or_default();
        sum.total += per_euro - before.unwrap_or_default();
        sum.days += usize::from(before.is_none());
    }
}

/// The whole year of a span.
pub(super) fn whole_year(span: PartialDate) -> PartialDate {
    PartialDate::year(span.year_number()).unwrap_or(span)
}

fn mean(sum: Sum) -> Decimal {
    let exact = sum.total / Decimal::from(sum.days.max(1));
    exact.round_dp_with_strategy(MEAN_DECIMALS, RoundingStrategy::MidpointNearestEven).normalize()
}
