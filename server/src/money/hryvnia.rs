//! The hryvnia by the year: the European Central Bank publishes none.

use std::fmt;
use std::sync::LazyLock;

use connectors::model::{CurrencyCode, PartialDate};
use rust_decimal::Decimal;

use super::Missing;

/// How good a yearly rate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Quality {
    /// The mean of official daily rates.
    Official,
    /// From two official yearly means, across another currency.
    Derived,
    /// The mean of a few market rates.
    Estimate,
}

impl fmt::Display for Quality {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Official => "official",
            Self::Derived => "derived",
            Self::Estimate => "estimate",
        })
    }
}

/// One year's hryvnia rate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HryvniaYear {
    pub(super) year: i32,
    pub(super) per_euro: Decimal,
    pub(super) quality: Quality,
    pub(super) source: &'static str,
}

/// The rate of a year.
pub(super) fn in_year(year: i32) -> Result<&'static HryvniaYear, Missing> {
    let found = TABLE.binary_search_by_key(&year, |row| row.year).ok().and_then(|position| TABLE.get(position));
    found.ok_or_else(|| outside(year))
}

/// The newest year.
pub(super) fn newest() -> Option<&'static HryvniaYear> {
    TABLE.last()
}

/// The hryvnia's code.
pub(super) fn is_hryvnia(currency: CurrencyCode) -> bool {
    currency.as_str() == "UAH"
}

fn outside(year: i32) -> Missing {
    let span = |row: Option<&HryvniaYear>| row.and_then(|row| PartialDate::year(row.year));
    let hryvnia = CurrencyCode::new("UAH");
    match (hryvnia, PartialDate::year(year), span(TABLE.first()), span(TABLE.last())) {
        (Ok(currency), Some(asked), Some(first), Some(last)) => Missing::OutsideTable { currency, asked, first, last },
        _ => Missing::NoDate,
    }
}

static TABLE: LazyLock<Vec<HryvniaYear>> = LazyLock::new(|| {
    let lines = include_str!("../../reference/rates/hryvnia.tsv").lines();
    lines.filter(|line| !line.starts_with('#')).filter_map(parse).collect()
});

fn parse(line: &'static str) -> Option<HryvniaYear> {
    let [year, per_euro, _, quality, source] = line.split('\t').collect::<Vec<_>>().try_into().ok()?;
    let quality = match quality {
        "official" => Quality::Official,
        "derived" => Quality::Derived,
        "estimate" => Quality::Estimate,
        _ => return None,
    };
    Some(HryvniaYear { year: year.parse().ok()?, per_euro: per_euro.parse().ok()?, quality, source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(year: i32, per_euro: &str, quality: Quality) {
        let row = in_year(year).unwrap();
        assert_eq!((row.per_euro.to_string().as_str(), row.quality), (per_euro, quality));
    }

    #[test]
    fn each_year_says_how_good_it_is() {
        check(1999, "4.396911", Quality::Official);
        check(2021, "32.300937", Quality::Official);
        check(2022, "34.058017", Quality::Derived);
        check(2024, "43.45983", Quality::Derived);
        check(2025, "47.016478", Quality::Estimate);
        check(2026, "51.406974", Quality::Estimate);
    }

    #[test]
    fn every_year_is_there_once() {
        let years: Vec<i32> = TABLE.iter().map(|row| row.year).collect();
        assert_eq!(years, (1999..=2026).collect::<Vec<_>>());
        assert_eq!(newest().map(|row| row.year), Some(2026));
        assert_eq!(in_year(1998).unwrap_err().code(), "DATE_OUTSIDE_RATES");
        assert_eq!(in_year(2027).unwrap_err().to_string(), "no rate for UAH in 2027: the table holds 1999 to 2026");
    }
}
