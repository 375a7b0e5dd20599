//! All known rates: those built in, and newer ones merged in as they are read.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use chrono::NaiveDate;
use connectors::model::{CurrencyCode, PartialDate, sha256_hex};
use rust_decimal::Decimal;

use super::hryvnia::{self, HryvniaYear};
use super::series::{Feed, Mean};
use super::{DailyRate, Missing, RateSource, table};

/// Exchange rates: immutable, and cheap to clone.
#[derive(Debug, Clone)]
pub struct Rates {
    feeds: Arc<BTreeMap<RateSource, Feed>>,
    revision: Arc<str>,
}

/// How many units of a currency one euro buys, and how that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quote {
    pub(super) per_euro: Decimal,
    pub(super) known: Known,
}

/// How a quote is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// One euro is one euro.
    Euro,
    /// A rate of one day.
    Daily(RateSource, NaiveDate),
    /// A mean of daily rates.
    Mean(RateSource, PartialDate, Mean),
    /// The hryvnia's year.
    Hryvnia(&'static HryvniaYear),
}

/// The time that a rate is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    /// A day, or the mean of a month or year.
    Span(PartialDate),
    /// The newest known.
    Latest,
}

impl Rates {
    /// The rates built into the binary; decoded once, when first asked for.
    #[must_use]
    pub fn embedded() -> Self {
        static EMBEDDED: LazyLock<Rates> = LazyLock::new(|| Rates {
            feeds: Arc::new(BTreeMap::from([(RateSource::EuropeanCentralBank, table::european_central_bank())])),
            revision: "embedded".into(),
        });
        EMBEDDED.clone()
    }

    /// The same rates and one more, or one corrected.
    #[must_use]
    pub fn with_daily(self, currency: CurrencyCode, date: NaiveDate, per_euro: Decimal, source: RateSource) -> Self {
        self.with_readings([DailyRate { currency, date, per_euro, source }])
    }

    /// The same rates and newer ones. A rate that is not above zero, or of the euro itself, is left out.
    #[must_use]
    pub fn with_readings(mut self, readings: impl IntoIterator<Item = DailyRate>) -> Self {
        let feeds = Arc::make_mut(&mut self.feeds);
        let mut said = self.revision.to_string();
        for DailyRate { currency, date, per_euro, source } in readings {
            if per_euro > Decimal::ZERO && currency != CurrencyCode::EUR {
                said += &format!("\n{source} {currency} {date} {per_euro}");
                feeds.entry(source).or_insert_with(|| Feed::of(source)).insert(currency, date, per_euro);
            }
        }
        if said != *self.revision {
            self.revision = sha256_hex(said.as_bytes())[..16].into();
        }
        self
    }

    /// Names the rates: equal names mean equal rates.
    #[must_use]
    pub fn revision(&self) -> &str {
        &self.revision
    }

    /// The rate of a day for one euro, or of the last day of publication before it, with that day.
    #[must_use]
    pub fn daily(&self, currency: CurrencyCode, day: NaiveDate) -> Option<(NaiveDate, Decimal)> {
        self.feed(currency)?.1.on(currency, day).ok()
    }

    /// The newest day that a publisher's rates reach.
    #[must_use]
    pub fn newest(&self, source: RateSource) -> Option<NaiveDate> {
        self.feeds.get(&source)?.newest()
    }

    /// How many daily rates of a publisher are known.
    #[must_use]
    pub fn count(&self, source: RateSource) -> usize {
        self.feeds.get(&source).map_or(0, Feed::count)
    }

    /// Every currency that has a rate at some time, the euro and the hryvnia included, by code.
    #[must_use]
    pub fn currencies(&self) -> Vec<CurrencyCode> {
        let mut all: Vec<CurrencyCode> = self.feeds.values().flat_map(Feed::currencies).collect();
        all.push(CurrencyCode::EUR);
        all.extend(CurrencyCode::new("UAH"));
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The quotes of two currencies for the same time.
    pub(super) fn quotes(&self, from: CurrencyCode, to: CurrencyCode, at: At) -> Result<(Quote, Quote), Missing> {
        let span = match at {
            At::Span(span) => span,
            At::Latest => self.latest_span(from, to)?,
        };
        let daily = self.quote(from, span).and_then(|first| Ok((first, self.quote(to, span)?)));
        if daily.is_ok() || !(hryvnia::is_hryvnia(from) || hryvnia::is_hryvnia(to)) {
            return daily;
        }
        // Both from the same time: a mean of the year beside a rate of one day would be neither.
        let year = super::series::whole_year(span);
        Ok((self.quote_of_year(from, year)?, self.quote_of_year(to, year)?))
    }

    /// Whether the rates of a currency had ended by a day, and when.
    pub(super) fn ended_by(&self, currency: CurrencyCode, day: NaiveDate) -> Option<NaiveDate> {
        self.feed(currency)?.1.ended_by(currency, day)
    }

    fn feed(&self, currency: CurrencyCode) -> Option<(RateSource, &Feed)> {
        self.feeds.iter().find(|(_, feed)| feed.holds(currency)).map(|(source, feed)| (*source, feed))
    }

    fn quote(&self, currency: CurrencyCode, span: PartialDate) -> Result<Quote, Missing> {
        if currency == CurrencyCode::EUR {
            return Ok(Quote { per_euro: Decimal::ONE, known: Known::Euro });
        }
        let (source, feed) = self.feed(currency).ok_or(Missing::NoRate(currency))?;
        match span.exact_day() {
            Some(day) => {
                let (day, per_euro) = feed.on(currency, day)?;
                Ok(Quote { per_euro, known: Known::Daily(source, day) })
            }
            None => {
                let mean = feed.mean(currency, span)?;
                Ok(Quote { per_euro: mean.per_euro, known: Known::Mean(source, span, mean) })
            }
        }
    }

    /// A quote for a whole year; for the hryvnia the yearly table outranks a mean of the days that happen to be read.
    fn quote_of_year(&self, currency: CurrencyCode, year: PartialDate) -> Result<Quote, Missing> {
        if !hryvnia::is_hryvnia(currency) {
            return self.quote(currency, year);
        }
        let row = hryvnia::in_year(year.year_number())?;
        Ok(Quote { per_euro: row.per_euro, known: Known::Hryvnia(row) })
    }

    /// The newest day on which both currencies have a rate, or the hryvnia's newest year.
    fn latest_span(&self, from: CurrencyCode, to: CurrencyCode) -> Result<PartialDate, Missing> {
        let mut newest = None;
        for currency in [from, to].into_iter().filter(|currency| *currency != CurrencyCode::EUR) {
            let span = self.latest_of(currency).ok_or(Missing::NoRate(currency))?;
            newest = Some(newest.map_or(span, |other: PartialDate| other.min(span)));
        }
        newest.ok_or(Missing::NoRate(from))
    }

    fn latest_of(&self, currency: CurrencyCode) -> Option<PartialDate> {
        let daily = self.feed(currency).and_then(|(_, feed)| feed.last(currency)).map(PartialDate::day);
        let year = hryvnia::newest().filter(|_| hryvnia::is_hryvnia(currency));
        let year = year.and_then(|row| PartialDate::year(row.year));
        // A day of the newest year, or of a later one, says more than the year's mean.
        daily.filter(|day| year.is_none_or(|year| *day >= year)).or(year)
    }
}
