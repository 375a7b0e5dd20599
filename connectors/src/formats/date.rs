//! Dates in the forms that partners print.

use chrono::NaiveDate;

use super::text::squeeze;

/// Reads `14 September 2023`, `20 Oct 2022`, `07 June 2024`.
#[must_use]
pub fn day_month_year(text: &str) -> Option<NaiveDate> {
    let text = squeeze(text);
    let mut words = text.split(' ');
    let day = words.next()?.parse().ok()?;
    let month = month_number(words.next()?)?;
    let year = four_digits(words.next()?)?;
    words.next().is_none().then(|| NaiveDate::from_ymd_opt(year, month, day)).flatten()
}

/// Reads `28/08/2026`, the day first.
#[must_use]
pub fn day_slash_month(text: &str) -> Option<NaiveDate> {
    let mut parts = text.trim().split('/');
    let (day, month) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let year = four_digits(parts.next()?)?;
    parts.next().is_none().then(|| NaiveDate::from_ymd_opt(year, month, day)).flatten()
}

fn four_digits(text: &str) -> Option<i32> {
    (text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// The number of an English month, whole or by its first three letters.
fn month_number(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.trim_end_matches(['.', ',']).to_lowercase();
    let position = MONTHS
        .iter()
        .position(|month| *month == word || month[..3] == *word || (word == "sept" && *month == "september"))?;
    u32::try_from(position + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_dates_read_as_days() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day);
        assert_eq!(day_month_year("14 September 2023"), day(2023, 9, 14));
        assert_eq!(day_month_year(" 20\u{a0}Oct 2022 "), day(2022, 10, 20));
        assert_eq!(day_month_year("07 June 2024"), day(2024, 6, 7));
        assert_eq!(day_slash_month("28/08/2026"), day(2026, 8, 28));
        for text in ["", "31 February 2022", "June 2024", "24 März 2020", "1 June 24"] {
            assert_eq!(day_month_year(text), None, "{text}");
        }
        assert_eq!(day_slash_month("08/28/2026"), None);
    }
}
