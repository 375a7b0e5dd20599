//! Dates as exact as the source states them, and no more exact.

use std::fmt;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// A calendar date whose day, or month and day, may not be stated: `2022`, `2022-06`, `2022-06-30`.
///
/// Ordered by its first day, then by how much is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PartialDate {
    first: NaiveDate,
    precision: Precision,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Precision {
    Year,
    Month,
    Day,
}

/// A text that is not an ISO 8601 year, month or day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date; write 2022, 2022-06 or 2022-06-30")]
pub struct InvalidDate(pub String);

impl PartialDate {
    /// A whole year; `None` outside the calendar's range.
    #[must_use]
    pub fn year(year: i32) -> Option<Self> {
        Some(Self { first: NaiveDate::from_ymd_opt(year, 1, 1)?, precision: Precision::Year })
    }

    /// A whole month; `None` where there is no such month.
    #[must_use]
    pub fn month(year: i32, month: u32) -> Option<Self> {
        Some(Self { first: NaiveDate::from_ymd_opt(year, month, 1)?, precision: Precision::Month })
    }

    /// One day.
    #[must_use]
    pub fn day(day: NaiveDate) -> Self {
        Self { first: day, precision: Precision::Day }
    }

    /// A date of which the month, and then the day, may not be stated; `None` outside the calendar's range.
    #[must_use]
    pub fn stated(day: NaiveDate, month_is_stated: bool, day_is_stated: bool) -> Option<Self> {
        match (month_is_stated, day_is_stated) {
            (_, true) => Some(Self::day(day)),
            (true, false) => Self::month(day.year(), day.month()),
            (false, false) => Self::year(day.year()),
        }
    }

    /// Reads the ISO 8601 forms `2022`, `2022-06` and `2022-06-30`.
    ///
    /// # Errors
    /// [`InvalidDate`] for any other text, or a day that the calendar does not have.
    pub fn parse(text: &str) -> Result<Self, InvalidDate> {
        let invalid = || InvalidDate(text.to_owned());
        let digits = |part: &str, length: usize| {
            let right = part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
            right.then(|| part.parse::<u32>().ok()).flatten().ok_or_else(invalid)
        };
        let mut parts = text.split('-');
        let year = digits(parts.next().unwrap_or_default(), 4)?.cast_signed();
        let month = parts.next().map(|part| digits(part, 2)).transpose()?;
        let day = parts.next().map(|part| digits(part, 2)).transpose()?;
        if parts.next().is_some() {
            return Err(invalid());
        }
        match (month, day) {
            (None, _) => Self::year(year),
            (Some(month), None) => Self::month(year, month),
            (Some(month), Some(day)) => NaiveDate::from_ymd_opt(year, month, day).map(Self::day),
        }
        .ok_or_else(invalid)
    }

    /// The year; always stated.
    #[must_use]
    pub fn year_number(&self) -> i32 {
        self.first.year()
    }

    /// The month, where the source states one.
    #[must_use]
    pub fn month_number(&self) -> Option<u32> {
        (self.precision != Precision::Year).then(|| self.first.month())
    }

    /// The first day of the span.
    #[must_use]
    pub fn first_day(&self) -> NaiveDate {
        self.first
    }

    /// The last day of the span.
    #[must_use]
    pub fn last_day(&self) -> NaiveDate {
        let months = match self.precision {
            Precision::Day => return self.first,
            Precision::Month => 1,
            Precision::Year => 12,
        };
        let next = self.first.checked_add_months(chrono::Months::new(months));
        next.and_then(|day| day.pred_opt()).unwrap_or(NaiveDate::MAX)
    }

    /// The day, where the source states one.
    #[must_use]
    pub fn exact_day(&self) -> Option<NaiveDate> {
        (self.precision == Precision::Day).then_some(self.first)
    }

    /// The date as text, without the detour over a formatter: lists hold thousands. `None` where the year needs a sign.
    #[must_use]
    pub fn letters(&self) -> Option<DateLetters> {
        let year = u16::try_from(self.first.year()).ok().filter(|year| *year <= 9_999)?;
        let digit = |number: u32| b'0' + (number % 10) as u8;
        let two = |number: u32| [digit(number / 10), digit(number)];
        let ([a, b], [c, d]) = (two(u32::from(year) / 100), two(u32::from(year)));
        let ([e, f], [g, h]) = (two(self.first.month()), two(self.first.day()));
        let length = match self.precision {
            Precision::Year => 4,
            Precision::Month => 7,
            Precision::Day => 10,
        };
        Some(DateLetters { letters: [a, b, c, d, b'-', e, f, b'-', g, h], length })
    }
}

/// A date as text, held in place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateLetters {
    letters: [u8; 10],
    length: usize,
}

/// The first and the last year whose days stand in a table.
const TABLED: RangeInclusive<i32> = 1950..=2099;

/// The letters of each of those days, in order, with the number of the first since 1 January 1.
static DAYS: LazyLock<(i32, Vec<[u8; 10]>)> = LazyLock::new(|| {
    let first = NaiveDate::from_ymd_opt(*TABLED.start(), 1, 1).unwrap_or_default();
    let days = first.iter_days().take_while(|day| TABLED.contains(&day.year()));
    let letters = days.filter_map(|day| Some(PartialDate::day(day).letters()?.letters));
    (first.num_days_from_ce(), letters.collect())
});

impl DateLetters {
    /// The letters of a day by its number, 1 January 1 being the first, and of no more of it than its year unless its
    /// month or day are meant. `None` far from today.
    #[must_use]
    pub fn of_day(number: i32, has_month: bool, has_day: bool) -> Option<Self> {
        let (first, days) = &*DAYS;
        let letters = *days.get(usize::try_from(number.checked_sub(*first)?).ok()?)?;
        let length = if has_day {
            10
        } else if has_month {
            7
        } else {
            4
        };
        Some(Self { letters, length })
    }

    /// The text in ASCII.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.letters[..self.length]
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Digits and hyphens are always text.
        std::str::from_utf8(&self.letters[..self.length]).unwrap_or_default()
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.letters() {
            Some(letters) => formatter.write_str(letters.as_str()),
            // The calendar's own form has a sign there.
            None => write!(formatter, "{}", self.first.format(self.precision.format())),
        }
    }
}

impl Precision {
    fn format(self) -> &'static str {
        match self {
            Self::Year => "%Y",
            Self::Month => "%Y-%m",
            Self::Day => "%Y-%m-%d",
        }
    }
}

impl TryFrom<String> for PartialDate {
    type Error = InvalidDate;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        date.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, first: &str, last: &str) {
        let date = PartialDate::parse(text).unwrap();
        assert_eq!(date.to_string(), text);
        assert_eq!((date.first_day().to_string(), date.last_day().to_string()), (first.to_owned(), last.to_owned()));
    }

    #[test]
    fn a_date_spans_what_it_states() {
        check("2022", "2022-01-01", "2022-12-31");
        check("2024-02", "2024-02-01", "2024-02-29");
        check("2022-06-30", "2022-06-30", "2022-06-30");
    }

    #[test]
    fn every_year_is_written_as_the_calendar_writes_it() {
        for year in [-44, 0, 7, 1_999, 9_999, 10_000] {
            let day = NaiveDate::from_ymd_opt(year, 3, 9).unwrap();
            assert_eq!(PartialDate::day(day).to_string(), day.to_string());
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "22", "2022-6", "2022-13", "2022-02-30", "2022-06-30-1", "30/06/2022", "2022-06-30T00"] {
            assert!(PartialDate::parse(text).is_err(), "{text}");
        }
    }
}
