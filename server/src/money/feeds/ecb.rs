//! The European Central Bank: its reference rate files, and its data portal.

use chrono::NaiveDate;
use connectors::formats::csv::{Header, fields};
use connectors::formats::date::day_month_year;
use connectors::model::CurrencyCode;
use rust_decimal::Decimal;

use super::super::{DailyRate, RateSource};
use super::{RateReading, UnreadableFeed};

/// Reads the CSV of `eurofxref-hist.zip`, `eurofxref.zip` and their like: a column for each currency, a row for each
/// day, days as `2026-10-30` or `30 October 2026`, `N/A` or nothing where there is no rate.
///
/// # Errors
/// [`UnreadableFeed`] where the first line is not such a header.
pub fn ecb_reference_rates(csv: &str) -> Result<RateReading, UnreadableFeed> {
    let mut lines = csv.lines().filter(|line| !line.trim().is_empty());
    let header = lines.next().unwrap_or_default().trim_start_matches('\u{feff}');
    let mut names = header.split(',').map(str::trim);
    if names.next() != Some("Date") {
        return Err(unreadable("the reference rates", "its first column is not `Date`"));
    }
    // The header ends with a comma, which is not a currency without a name.
    let currencies: Vec<Option<CurrencyCode>> = names.map(|name| CurrencyCode::new(name).ok()).collect();
    let mut reading = RateReading::default();
    for line in lines {
        read_day(line, &currencies, &mut reading);
    }
    Ok(reading)
}

fn read_day(line: &str, currencies: &[Option<CurrencyCode>], reading: &mut RateReading) {
    let (day, cells) = line.split_once(',').unwrap_or((line, ""));
    let Some(date) = day.trim().parse().ok().or_else(|| day_month_year(day)) else {
        reading.oddities.push(format!("`{day}` is not a day"));
        return;
    };
    let cells = cells.split(',').map(str::trim).zip(currencies);
    for (cell, currency) in cells.filter_map(|(cell, currency)| Some((cell, (*currency)?))) {
        match cell {
            "" | "N/A" => {}
            _ => reading.push(currency, date, cell),
        }
    }
}

/// Reads `format=csvdata` of the data portal's data set EXR: a row for each currency and day.
///
/// Rows of other frequencies than daily, and rates against another currency than the euro, are passed over.
///
/// # Errors
/// [`UnreadableFeed`] where a column is missing.
pub fn ecb_data_portal(csv: &str) -> Result<RateReading, UnreadableFeed> {
    let mut lines = csv.lines().filter(|line| !line.trim().is_empty());
    let names = fields(lines.next().unwrap_or_default()).unwrap_or_default();
    let header = Header::new(names);
    let missing = header.missing(&["FREQ", "CURRENCY", "CURRENCY_DENOM", "TIME_PERIOD", "OBS_VALUE"]);
    if !missing.is_empty() {
        return Err(unreadable("the data portal", &format!("columns are missing: {}", missing.join(", "))));
    }
    let mut reading = RateReading::default();
    for line in lines {
        match fields(line) {
            Ok(row) => drop(read_observation(&header, &row, &mut reading)),
            Err(reason) => reading.oddities.push(reason),
        }
    }
    Ok(reading)
}

fn read_observation(header: &Header, row: &[String], reading: &mut RateReading) -> Option<()> {
    let field = |name| header.field(row, name);
    if field("FREQ") != Some("D") || field("CURRENCY_DENOM") != Some("EUR") {
        return None;
    }
    let (value, day) = (field("OBS_VALUE")?, field("TIME_PERIOD")?);
    let currency = field("CURRENCY").and_then(|code| CurrencyCode::new(code).ok());
    match (currency, day.parse()) {
        (Some(currency), Ok(date)) => reading.push(currency, date, value),
        _ => reading.oddities.push(format!("`{}` has no currency or no day", row.join(","))),
    }
    Some(())
}

impl RateReading {
    /// One rate as printed; the portal may write it with an exponent or as not a number.
    fn push(&mut self, currency: CurrencyCode, date: NaiveDate, printed: &str) {
        let per_euro = printed.parse::<Decimal>().or_else(|_| Decimal::from_scientific(printed));
        match per_euro.map(|per_euro| per_euro.normalize()) {
            Ok(per_euro) if per_euro > Decimal::ZERO => {
                let source = RateSource::EuropeanCentralBank;
                self.rates.push(DailyRate { currency, date, per_euro, source });
            }
            _ => self.oddities.push(format!("`{printed}` is no rate for {currency} on {date}")),
        }
    }
}

fn unreadable(feed: &'static str, reason: &str) -> UnreadableFeed {
    UnreadableFeed { feed, reason: reason.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(reading: &RateReading) -> Vec<String> {
        let rate = |rate: &DailyRate| format!("{} {} {}", rate.currency, rate.date, rate.per_euro);
        reading.rates.iter().map(rate).collect()
    }

    #[track_caller]
    fn check(csv: &str, rates: &[&str], oddities: &[&str]) {
        let reading = ecb_reference_rates(csv).unwrap();
        assert_eq!(
            (printed(&reading), reading.oddities.as_slice()),
            (
                rates.iter().map(|rate| (*rate).to_owned()).collect(),
                oddities.iter().map(|odd| (*odd).to_owned()).collect::<Vec<_>>().as_slice(),
            )
        );
        assert!(reading.rates.iter().all(|rate| rate.source == RateSource::EuropeanCentralBank));
    }

    #[test]
    fn the_history_has_a_trailing_comma_and_gaps() {
        let csv = "Date,USD,JPY,BGN,ISK,\n2026-10-30,1.1172,175.68,N/A,136,\n2026-10-29,1.1130,,1.9558,135.8,\n";
        let rates = [
            "USD 2026-10-30 1.1172",
            "JPY 2026-10-30 175.68",
            "ISK 2026-10-30 136",
            "USD 2026-10-29 1.113",
            "BGN 2026-10-29 1.9558",
            "ISK 2026-10-29 135.8",
        ];
        check(csv, &rates, &[]);
        check(&csv.replace('\n', "\r\n"), &rates, &[]);
    }

    #[test]
    fn the_daily_file_writes_its_day_in_words() {
        let csv = "Date, USD, JPY, GBP, \n30 October 2026, 1.1172, 175.68, 0.83380, \n";
        check(csv, &["USD 2026-10-30 1.1172", "JPY 2026-10-30 175.68", "GBP 2026-10-30 0.8338"], &[]);
    }

    #[test]
    fn what_is_no_rate_is_told() {
        let csv = "Date,USD,JPY\n2026-10-30,-1,x\nyesterday,1,1\n2026-10-29,1.1\n";
        let oddities = [
            "`-1` is no rate for USD on 2026-10-30",
            "`x` is no rate for JPY on 2026-10-30",
            "`yesterday` is not a day",
        ];
        check(csv, &["USD 2026-10-29 1.1"], &oddities);
    }

    #[test]
    fn other_files_are_refused() {
        for text in ["", "<html>", "KEY,FREQ\n", "USD,Date\n"] {
            assert!(ecb_reference_rates(text).is_err(), "{text}");
        }
        let missing = ecb_data_portal("KEY,FREQ,CURRENCY\n").unwrap_err().to_string();
        assert_eq!(
            missing,
            "not an answer of the data portal: columns are missing: CURRENCY_DENOM, TIME_PERIOD, OBS_VALUE"
        );
    }

    #[test]
    fn the_data_portal_has_a_row_for_each_rate() {
        let csv = "KEY,FREQ,CURRENCY,CURRENCY_DENOM,EXR_TYPE,EXR_SUFFIX,TIME_PERIOD,OBS_VALUE,TITLE\n\
                   EXR.D.USD.EUR.SP00.A,D,USD,EUR,SP00,A,2026-10-29,1.113,\"US dollar, daily\"\n\
                   EXR.D.GBP.EUR.SP00.A,D,GBP,EUR,SP00,A,2026-10-30,8.338E-1,\"Pound, daily\"\n\
                   EXR.D.USD.EUR.SP00.A,D,USD,EUR,SP00,A,2026-10-30,NaN,x\n\
                   EXR.D.USD.EUR.SP00.A,D,USD,EUR,SP00,A,2026-10-31,,x\n\
                   EXR.A.USD.EUR.SP00.A,A,USD,EUR,SP00,A,2026,1.15,x\n\
                   EXR.D.USD.GBP.SP00.A,D,USD,GBP,SP00,A,2026-10-30,1.3,x\n";
        let reading = ecb_data_portal(csv).unwrap();
        assert_eq!(printed(&reading), ["USD 2026-10-29 1.113", "GBP 2026-10-30 0.8338"]);
        assert_eq!(reading.oddities, ["`NaN` is no rate for USD on 2026-10-30"]);
    }
}
