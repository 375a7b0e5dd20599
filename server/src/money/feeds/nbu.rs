//! The National Bank of Ukraine: official hryvnia rates of one day or of a span.

use chrono::NaiveDate;
use connectors::model::CurrencyCode;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::super::{DailyRate, RateSource};
use super::{RateReading, UnreadableFeed};

/// One row. The hryvnia for one unit of the currency is in `rate`. The field names in the answer of a span are not
/// published: rows that give a rate for several `units`, or a `rate_per_unit`, are read too.
#[derive(Debug, Deserialize)]
struct Row {
    cc: String,
    exchangedate: String,
    rate: serde_json::Number,
    units: Option<serde_json::Number>,
    rate_per_unit: Option<serde_json::Number>,
}

/// Reads the JSON of one day and of a span alike. Only the rows of the euro are taken: rates between the hryvnia and
/// other currencies go through it.
///
/// # Errors
/// [`UnreadableFeed`] where the answer is not a JSON list.
pub fn nbu_exchange_rates(json: &[u8]) -> Result<RateReading, UnreadableFeed> {
    let rows: Vec<serde_json::Value> = serde_json::from_slice(json)
        .map_err(|error| UnreadableFeed { feed: "the National Bank of Ukraine", reason: error.to_string() })?;
    let mut reading = RateReading::default();
    for row in rows {
        let printed = row.to_string();
        match serde_json::from_value::<Row>(row) {
            Ok(row) if !row.cc.trim().eq_ignore_ascii_case("EUR") => {}
            Ok(row) => match row.daily_rate() {
                Some(rate) => reading.rates.push(rate),
                None => reading.oddities.push(format!("`{printed}` has no rate or no day")),
            },
            Err(error) => reading.oddities.push(format!("`{printed}`: {error}")),
        }
    }
    Ok(reading)
}

impl Row {
    fn daily_rate(&self) -> Option<DailyRate> {
        let date = NaiveDate::parse_from_str(self.exchangedate.trim(), "%d.%m.%Y").ok()?;
        let per_euro = self.per_unit().filter(|rate| *rate > Decimal::ZERO)?.normalize();
        let currency = CurrencyCode::new("UAH").ok()?;
        Some(DailyRate { currency, date, per_euro, source: RateSource::NationalBankOfUkraine })
    }

    fn per_unit(&self) -> Option<Decimal> {
        if let Some(rate) = &self.rate_per_unit {
            return exact(rate);
        }
        let units = self.units.as_ref().map_or(Some(Decimal::ONE), exact)?;
        exact(&self.rate)?.checked_div(units)
    }
}

/// The number as it is written, not through a binary float.
fn exact(number: &serde_json::Number) -> Option<Decimal> {
    let written = number.to_string();
    written.parse().or_else(|_| Decimal::from_scientific(&written)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    // Values are invented; the form of one day is the published one, that of a span is told by its readers.
    #[track_caller]
    fn check(json: &str, rates: &[&str], oddities: usize) {
        let reading = nbu_exchange_rates(json.as_bytes()).unwrap();
        let printed: Vec<String> =
            reading.rates.iter().map(|rate| format!("{} {} {}", rate.currency, rate.date, rate.per_euro)).collect();
        assert_eq!(
            (printed, reading.oddities.len()),
            (rates.iter().map(|rate| (*rate).to_owned()).collect(), oddities)
        );
    }

    #[test]
    fn one_day_gives_the_hryvnia_for_one_euro() {
        let euro = r#"{"r030":978,"txt":"Євро","rate":35.0001,"cc":"EUR","exchangedate":"01.03.2022"}"#;
        let dollar = r#"{"r030":840,"txt":"Долар США","rate":31.0001,"cc":"USD","exchangedate":"01.03.2022"}"#;
        check(&format!("[{euro}]"), &["UAH 2022-03-01 35.0001"], 0);
        check(&format!("[{dollar},{euro}]"), &["UAH 2022-03-01 35.0001"], 0);
        check("[]", &[], 0);
    }

    #[test]
    fn a_span_may_give_several_units() {
        let json = r#"[
            {"exchangedate":"02.03.2022","r030":978,"cc":"EUR","rate":35.5,"units":1,"rate_per_unit":35.5},
            {"exchangedate":"01.03.2022","r030":978,"cc":"eur","rate":3500.01,"units":100}
        ]"#;
        check(json, &["UAH 2022-03-02 35.5", "UAH 2022-03-01 35.0001"], 0);
    }

    #[test]
    fn digits_are_kept_as_they_are_written() {
        let json = r#"[{"cc":"EUR","exchangedate":"01.03.2022","rate":35.00010000000000001}]"#;
        check(json, &["UAH 2022-03-01 35.00010000000000001"], 0);
    }

    #[test]
    fn what_is_no_rate_is_told() {
        let json = r#"[
            {"cc":"EUR","exchangedate":"2022-03-01","rate":35},
            {"cc":"EUR","exchangedate":"01.03.2022","rate":0},
            {"cc":"EUR","exchangedate":"01.03.2022","rate":35,"units":0},
            {"cc":"EUR","exchangedate":"01.03.2022"},
            {"message":"Wrong parameters format"}
        ]"#;
        check(json, &[], 5);
        assert!(nbu_exchange_rates(b"<html>").is_err());
        assert!(nbu_exchange_rates(br#"{"message":"x"}"#).is_err());
    }
}
