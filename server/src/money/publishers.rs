//! The publishers of daily rates as feeds: what each is, what it is asked, and how its answer is read.

use chrono::{Days, NaiveDate};
use connectors::http::Expect;

use super::feeds::{RateReading, UnreadableFeed, ecb_data_portal, nbu_exchange_rates};
use super::{RateSource, Rates};

/// A feed of daily rates.
#[derive(Debug)]
pub struct RateFeed {
    /// Stable id.
    pub id: &'static str,
    /// What it is, for a reader.
    pub name: &'static str,
    /// Its format, for a reader.
    pub format: &'static str,
    /// The page about it.
    pub homepage: &'static str,
    /// What is known of its terms of reuse.
    pub terms: &'static str,
    /// Who publishes it.
    pub source: RateSource,
}

/// Every feed of rates, in the order in which they are shown.
pub static RATE_FEEDS: [RateFeed; 2] = [
    RateFeed {
        id: "ecb-rates",
        name: "Euro foreign exchange reference rates",
        format: "SDMX-CSV",
        homepage: "https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates/",
        terms: "Free reuse with the European Central Bank named as the source.",
        source: RateSource::EuropeanCentralBank,
    },
    RateFeed {
        id: "nbu-rates",
        name: "Official exchange rate of the hryvnia against the euro",
        format: "JSON",
        homepage: "https://bank.gov.ua/en/markets/exchangerates",
        terms: "Public information of the National Bank of Ukraine; name it as the source.",
        source: RateSource::NationalBankOfUkraine,
    },
];

/// How many days that are known already are asked again: a late correction is seen, and an answer is never empty.
const OVERLAP_DAYS: u64 = 10;

/// The first day that is asked for where none is known: the euro's first year.
const FIRST: (i32, u32, u32) = (1999, 1, 1);

impl RateFeed {
    /// The path and query below the publisher's address for all that is newer than what is known, to a day.
    #[must_use]
    pub fn path(&self, known: &Rates, until: NaiveDate) -> String {
        let newest = known.newest(self.source).and_then(|day| day.checked_sub_days(Days::new(OVERLAP_DAYS)));
        let (year, month, day) = FIRST;
        let from = newest.or_else(|| NaiveDate::from_ymd_opt(year, month, day)).unwrap_or(until);
        match self.source {
            RateSource::EuropeanCentralBank => {
                format!("service/data/EXR/D..EUR.SP00.A?format=csvdata&startPeriod={from}")
            }
            RateSource::NationalBankOfUkraine => {
                let (from, until) = (from.format("%Y%m%d"), until.format("%Y%m%d"));
                format!(
                    "NBU_Exchange/exchange_site?start={from}&end={until}&valcode=eur&sort=exchangedate&order=desc&json"
                )
            }
        }
    }

    /// What kind of answer is due.
    #[must_use]
    pub fn expects(&self) -> Expect {
        match self.source {
            RateSource::EuropeanCentralBank => Expect::Csv,
            RateSource::NationalBankOfUkraine => Expect::Json,
        }
    }

    /// Reads an answer.
    ///
    /// # Errors
    /// [`UnreadableFeed`] where it is not such an answer.
    pub fn read(&self, body: &[u8]) -> Result<RateReading, UnreadableFeed> {
        match self.source {
            RateSource::EuropeanCentralBank => ecb_data_portal(&String::from_utf8_lossy(body)),
            RateSource::NationalBankOfUkraine => nbu_exchange_rates(body),
        }
    }

    /// The answer that is played for it: for the ECB the newest rates built in, for the National Bank rates of July 2022.
    #[must_use]
    pub fn played(&self) -> (&'static str, String) {
        match self.source {
            RateSource::EuropeanCentralBank => ("text/csv", portal_answer(&Rates::embedded())),
            RateSource::NationalBankOfUkraine => {
                ("application/json", include_str!("../../reference/rates/nbu-2022-07.json").to_owned())
            }
        }
    }
}

/// The newest rates as the data portal writes them.
fn portal_answer(rates: &Rates) -> String {
    let mut csv = "KEY,FREQ,CURRENCY,CURRENCY_DENOM,EXR_TYPE,EXR_SUFFIX,TIME_PERIOD,OBS_VALUE\n".to_owned();
    let Some(newest) = rates.newest(RateSource::EuropeanCentralBank) else { return csv };
    for currency in rates.currencies() {
        if let Some((day, per_euro)) = rates.daily(currency, newest).filter(|(day, _)| *day == newest) {
            csv += &format!("EXR.D.{currency}.EUR.SP00.A,D,{currency},EUR,SP00,A,{day},{per_euro}\n");
        }
    }
    csv
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn only_what_is_newer_is_asked_for_with_some_days_before() {
        let [ecb, nbu] = &RATE_FEEDS;
        let known = Rates::embedded();
        let until = day("2026-11-26");
        assert_eq!(ecb.path(&known, until), "service/data/EXR/D..EUR.SP00.A?format=csvdata&startPeriod=2026-10-20");
        let span = |from: &str| {
            format!(
                "NBU_Exchange/exchange_site?start={from}&end=20261126&valcode=eur&sort=exchangedate&order=desc&json"
            )
        };
        assert_eq!(nbu.path(&known, until), span("19990101"));
        let hryvnia = connectors::model::CurrencyCode::new("UAH").unwrap();
        let known = known.with_daily(hryvnia, day("2026-11-20"), 50.into(), RateSource::NationalBankOfUkraine);
        assert_eq!(nbu.path(&known, until), span("20261110"));
    }

    #[test]
    fn what_is_played_can_be_read() {
        for feed in &RATE_FEEDS {
            let reading = feed.read(feed.played().1.as_bytes()).unwrap();
            assert!(!reading.rates.is_empty() && reading.oddities.is_empty(), "{}", feed.id);
            assert!(reading.rates.iter().all(|rate| rate.source == feed.source));
        }
    }
}
