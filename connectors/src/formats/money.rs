//! Amounts in the forms that partners print: a number only where there is one reading.

use rust_decimal::Decimal;

use super::text::squeeze;
use crate::model::CurrencyCode;

/// Reads a printed amount: `€ 200 000 000`, `€44,000,000`, `EUR 250 million`, `EUR 20,000,000.00`, `40000000.0`.
///
/// The currency is `None` where none is printed. Anything with other words in it (`up to EUR 25 million consisting
/// of …`, `Not applicable.`) has no single reading and gives `None`: keep the text and say so.
#[must_use]
pub fn printed_amount(text: &str) -> Option<(Decimal, Option<CurrencyCode>)> {
    let text = squeeze(text);
    let (currency, rest) = currency_of(&text);
    let rest = rest.trim();
    let (digits, factor) = match rest.rsplit_once(' ') {
        Some((digits, word)) if word.bytes().all(|byte| byte.is_ascii_alphabetic()) => (digits, factor_of(word)?),
        _ => (rest, Decimal::ONE),
    };
    Some((plain_number(digits)?.checked_mul(factor)?.normalize(), currency))
}

/// The currency before or after the number, and what is left without it.
fn currency_of(text: &str) -> (Option<CurrencyCode>, &str) {
    for (sign, code) in [("€", "EUR"), ("US$", "USD"), ("$", "USD"), ("₴", "UAH"), ("£", "GBP")] {
        let rest = text.strip_prefix(sign).or_else(|| text.strip_suffix(sign));
        if let Some(rest) = rest {
            return (CurrencyCode::new(code).ok(), rest);
        }
    }
    let coded =
        |word: &str| word.bytes().all(|byte| byte.is_ascii_uppercase()).then(|| CurrencyCode::new(word).ok()).flatten();
    if let Some((word, rest)) = text.split_at_checked(3)
        && let Some(code) = coded(word)
    {
        return (Some(code), rest);
    }
    match text.rsplit_once(' ').map(|(rest, word)| (coded(word), rest)) {
        Some((Some(code), rest)) => (Some(code), rest),
        _ => (None, text),
    }
}

fn factor_of(word: &str) -> Option<Decimal> {
    match word.to_ascii_lowercase().as_str() {
        "thousand" | "k" => Some(Decimal::from(1_000)),
        "million" | "mln" | "m" => Some(Decimal::from(1_000_000)),
        "billion" | "bn" => Some(Decimal::from(1_000_000_000)),
        _ => None,
    }
}

/// A number with groups of three after the first, by comma or blank, and a decimal point. `1,5` has two readings, and
/// so has none.
fn plain_number(text: &str) -> Option<Decimal> {
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    let whole_digits = whole.strip_prefix('-').unwrap_or(whole);
    let groups: Vec<&str> = whole_digits.split([',', ' ']).collect();
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let grouped = groups.len() > 1;
    let well_grouped = groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3);
    if !groups.iter().all(digits) || (grouped && !well_grouped) || !fraction.iter().all(digits) {
        return None;
    }
    let sign = if whole.starts_with('-') { "-" } else { "" };
    let fraction = fraction.map_or(String::new(), |fraction| format!(".{fraction}"));
    format!("{sign}{}{fraction}", groups.concat()).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(i64, Option<&str>)>) {
        let read = printed_amount(text);
        let read = read.as_ref().map(|(value, code)| (*value, code.as_ref().map(CurrencyCode::as_str)));
        assert_eq!(read, expected.map(|(value, code)| (Decimal::from(value), code)), "{text}");
    }

    #[test]
    fn amounts_with_one_reading_are_numbers() {
        check("€ 200 000 000", Some((200_000_000, Some("EUR"))));
        for space in ['\u{a0}', '\u{202f}', '\u{2009}'] {
            check(&format!("€{space}200{space}000{space}000"), Some((200_000_000, Some("EUR"))));
        }
        check("€44,000,000", Some((44_000_000, Some("EUR"))));
        check("EUR 250 million", Some((250_000_000, Some("EUR"))));
        check("EUR 20,000,000.00", Some((20_000_000, Some("EUR"))));
        check("EUR\u{a0}878", Some((878, Some("EUR"))));
        check("40000000.0", Some((40_000_000, None)));
        check("75,000,000 USD", Some((75_000_000, Some("USD"))));
        check("-5", Some((-5, None)));
    }

    #[test]
    fn anything_else_is_left_to_the_reader() {
        for text in [
            "",
            "€",
            "Not applicable.",
            "up to EUR 25 million consisting of two tranches",
            "EUR 1,5 million",
            "12 34",
            "EUR 10-20 million",
            "1.2.3",
            "EUR",
        ] {
            check(text, None);
        }
    }
}
