//! The European Central Bank's rates as built into the binary; `server/reference/rates/build_ecb.py` writes them and
//! says what a line holds.

use chrono::{Days, NaiveDate};
use connectors::model::CurrencyCode;
use rust_decimal::Decimal;

use super::RateSource;
use super::series::Feed;

/// Decodes the table: 41 currencies, from 4 January 1999.
pub(super) fn european_central_bank() -> Feed {
    let bytes = zstd::decode_all(include_bytes!("../../reference/rates/ecb.txt.zst").as_slice()).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let mut feed = Feed::of(RateSource::EuropeanCentralBank);
    let mut days = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        match line.strip_prefix("days ") {
            Some(steps) => days = read_days(steps).unwrap_or_default(),
            None => drop(read_series(line, &days).map(|(currency, rates)| feed.insert_series(currency, rates))),
        }
    }
    for day in days {
        feed.publish(day);
    }
    feed
}

fn read_days(line: &str) -> Option<Vec<NaiveDate>> {
    let mut cells = line.split(' ');
    let mut day: NaiveDate = cells.next()?.parse().ok()?;
    let mut days = vec![day];
    for step in cells {
        day = day.checked_add_days(Days::new(step.parse().ok()?))?;
        days.push(day);
    }
    Some(days)
}

fn read_series(line: &str, days: &[NaiveDate]) -> Option<(CurrencyCode, Vec<(NaiveDate, Decimal)>)> {
    let mut cells = line.split(' ');
    let currency = CurrencyCode::new(cells.next()?).ok()?;
    let decimals = cells.next()?.parse().ok()?;
    let first: usize = cells.next()?.parse().ok()?;
    let days = days.get(first..)?;
    let mut whole = 0_i64;
    let mut rates = Vec::with_capacity(days.len());
    for (cell, day) in cells.zip(days) {
        if cell == "." {
            continue;
        }
        whole += cell.parse::<i64>().ok()?;
        rates.push((*day, Decimal::new(whole, decimals)));
    }
    Some((currency, rates))
}
