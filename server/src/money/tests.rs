//! What conversions promise.

use connectors::model::{AmountBasis, Money, PriceBase};

use super::*;

mod properties;

fn code(text: &str) -> CurrencyCode {
    CurrencyCode::new(text).unwrap()
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// `160000000 EUR 2021-05-06`, the date as far as it is stated.
fn money(text: &str) -> Money {
    let mut words = text.split(' ');
    let value = decimal(words.next().unwrap());
    let currency = code(words.next().unwrap());
    Money::new(value, currency, AmountBasis::Signed, words.next().map(|date| PartialDate::parse(date).unwrap()))
}

const AT: [(&str, RateDate); 3] =
    [("value date", RateDate::ValueDate), ("year average", RateDate::YearAverage), ("latest", RateDate::Latest)];

fn rate_date(name: &str) -> RateDate {
    AT.iter().find(|(known, _)| *known == name).unwrap().1
}

/// An amount, the target and the kind of rate to the printed value, the rate's date and its source.
#[track_caller]
fn check(amount: &str, to: &str, at: &str, expected: (&str, &str, &str)) {
    check_with(&Rates::embedded(), amount, to, at, expected);
}

#[track_caller]
fn check_with(rates: &Rates, amount: &str, to: &str, at: &str, expected: (&str, &str, &str)) {
    let read = rates.convert(&money(amount), code(to), rate_date(at));
    let value = read.value.map(|value| to_cent(value).to_string()).unwrap_or_default();
    let date = read.rate_date.map(|date| date.to_string()).unwrap_or_default();
    let source = read.rate_source.clone().unwrap_or_default();
    assert_eq!((value.as_str(), date.as_str(), source.as_str()), expected, "{amount} to {to} at {at}: {read:?}");
    assert!(read.rate.is_some() && read.missing.is_none(), "{read:?}");
}

/// No value, and this reason.
#[track_caller]
fn check_missing(amount: &str, to: &str, at: &str, expected: &str) {
    let read = Rates::embedded().convert(&money(amount), code(to), rate_date(at));
    assert_eq!(read, Conversion { missing: Some(expected.to_owned()), ..Conversion::default() }, "{amount} to {to}");
}

#[track_caller]
fn check_round(round: fn(Decimal) -> Decimal, value: &str, expected: &str) {
    assert_eq!(round(decimal(value)).to_string(), expected, "{value}");
}

#[test]
fn the_cent_is_rounded_half_to_even() {
    check_round(to_cent, "1.005", "1.00");
    check_round(to_cent, "1.015", "1.02");
    check_round(to_cent, "1.0050000001", "1.01");
    check_round(to_cent, "-2.675", "-2.68");
    check_round(to_cent, "-2.665", "-2.66");
    check_round(to_cent, "160000000", "160000000");
}

#[test]
fn a_rate_is_printed_with_eight_digits() {
    check_round(to_printed_rate, "0.8454943605526151139219101409", "0.84549436");
    check_round(to_printed_rate, "0.0000494378113", "0.000049437811");
    check_round(to_printed_rate, "1.1172", "1.1172");
    check_round(to_printed_rate, "20275.17", "20275.17");
}

#[test]
fn the_table_holds_what_the_ecb_published() {
    let rates = Rates::embedded();
    assert_eq!(rates.count(RateSource::EuropeanCentralBank), 221_702);
    assert_eq!(rates.newest(RateSource::EuropeanCentralBank), Some(day("2026-10-30")));
    assert_eq!(rates.newest(RateSource::NationalBankOfUkraine), None);
    let currencies = rates.currencies();
    assert_eq!(currencies.len(), 43);
    assert!(["EUR", "UAH", "USD", "RUB", "HRK"].into_iter().all(|name| currencies.contains(&code(name))));
    let source = |day: &str| format!("European Central Bank, rate of {day}");
    for (amount, to, expected, day) in [
        ("1 EUR 1999-01-04", "USD", "1.1789", "1999-01-04"),
        ("1 EUR 2000-01-03", "HUF", "254.53", "2000-01-03"),
        ("1 EUR 2026-10-30", "GBP", "0.8338", "2026-10-30"),
        ("1 EUR 2026-10-29", "GBP", "0.83578", "2026-10-29"),
        ("1 EUR 2026-10-30", "ISK", "136", "2026-10-30"),
        ("1 EUR 2022-12-30", "HRK", "7.5365", "2022-12-30"),
    ] {
        let read = rates.convert(&money(amount), code(to), RateDate::ValueDate);
        assert_eq!((read.rate, read.rate_source), (Some(decimal(expected)), Some(source(day))), "{amount} to {to}");
    }
}

#[test]
fn yearly_means_are_those_of_the_daily_rates() {
    for (year, expected) in [
        ("2007", "1.3705"),
        ("2008", "1.4708"),
        ("2014", "1.3285"),
        ("2015", "1.1095"),
        ("2021", "1.1827"),
        ("2022", "1.0530"),
        ("2024", "1.0824"),
        ("2025", "1.1300"),
        ("2026", "1.1568"),
    ] {
        let read =
            Rates::embedded().convert(&money(&format!("1 EUR {year}")), CurrencyCode::USD, RateDate::YearAverage);
        assert_eq!(read.rate.unwrap().round_dp(4).to_string(), expected, "{year}");
    }
    let source = "European Central Bank, mean of 2014 (255 daily rates)";
    check("1000000 EUR 2014-06-30", "PLN", "year average", ("4184259", "2014", source));
}

#[test]
fn a_weekend_takes_fridays_rate_and_names_friday() {
    let friday = "European Central Bank, rate of 2026-10-30";
    check("100 EUR 2026-10-30", "USD", "value date", ("111.72", "2026-10-30", friday));
    check("100 EUR 2026-10-31", "USD", "value date", ("111.72", "2026-10-30", friday));
    let before_easter = "European Central Bank, rate of 2024-03-28";
    check("100 EUR 2024-04-01", "USD", "value date", ("108.11", "2024-03-28", before_easter));
}

#[test]
fn a_row_of_the_crs_gives_its_euro_within_a_thousandth() {
    let source = "European Central Bank, mean of 2021 (258 daily rates); the amount states only its year";
    check("12955397 USD 2021", "EUR", "value date", ("10953715.10", "2021", source));
    let converted = Rates::embedded().value_in(&money("12955397 USD 2021"), CurrencyCode::EUR, RateDate::YearAverage);
    let published = decimal("10955083");
    assert!((converted.unwrap() - published).abs() / published < decimal("0.001"));
}

#[test]
fn coarser_dates_take_means_and_say_so() {
    let source = "European Central Bank, mean of 2022-06 (22 daily rates); the amount states only its month";
    check("100 EUR 2022-06", "USD", "value date", ("105.66", "2022-06", source));
    let source = "European Central Bank, mean of 2022 (257 daily rates)";
    check("100 EUR 2022-06", "USD", "year average", ("105.30", "2022", source));
    let source = "European Central Bank, mean of 2026 to 2026-10-30 (213 daily rates)";
    check("100 EUR 2026-02-03", "USD", "year average", ("115.68", "2026", source));
}

#[test]
fn the_latest_rate_is_the_newest_that_both_have() {
    let newest = "European Central Bank, rate of 2026-10-30";
    check("100 EUR 2014", "USD", "latest", ("111.72", "2026-10-30", newest));
    check("100 EUR", "USD", "latest", ("111.72", "2026-10-30", newest));
    let last = "European Central Bank, rate of 2022-12-30, through the euro";
    check("753.65 HRK 2015-01-05", "USD", "latest", ("106.66", "2022-12-30", last));
    let source = "mean of 2026, estimate: mean of 9 monthly market samples, 15 January to 15 September 2026";
    check("100 EUR", "UAH", "latest", ("5140.70", "2026", source));
}

#[test]
fn other_currencies_go_through_the_euro() {
    let source = "European Central Bank, rate of 2026-10-30, through the euro";
    check("111.72 USD 2026-10-30", "PLN", "value date", ("440.38", "2026-10-30", source));
    let read = Rates::embedded().convert(&money("1 USD 2026-10-30"), code("PLN"), RateDate::ValueDate);
    assert_eq!(read.rate.map(to_printed_rate), Some(decimal("3.9418188")));
}

#[test]
fn the_hryvnia_has_years_with_their_quality() {
    let nbu = "mean of 2021, official: National Bank of Ukraine, mean of its daily rates";
    check("3230.0937 UAH 2021", "EUR", "year average", ("100", "2021", nbu));
    let estimate = "mean of 2025, estimate: mean of 12 monthly market samples, 15 January to 14 December 2025; \
                    no rate nearer to the amount's date is known";
    check("4701.6478 UAH 2025-07-01", "EUR", "value date", ("100", "2025", estimate));
    let read = Rates::embedded().convert(&money("100 USD 2023-05-05"), code("UAH"), RateDate::ValueDate);
    assert_eq!(read.value.map(to_cent), Some(decimal("3657.38")));
    let source = read.rate_source.unwrap();
    assert!(
        source.contains("UAH: mean of 2023, derived") && source.contains("USD: European Central Bank, mean of 2023")
    );
}

#[test]
fn a_live_hryvnia_rate_outranks_the_year() {
    let rates = Rates::embedded().with_daily(
        code("UAH"),
        day("2026-10-30"),
        decimal("52.5"),
        RateSource::NationalBankOfUkraine,
    );
    let live = "National Bank of Ukraine, rate of 2026-10-30";
    check_with(&rates, "525 UAH 2026-10-30", "EUR", "value date", ("10", "2026-10-30", live));
    check_with(&rates, "525 UAH", "EUR", "latest", ("10", "2026-10-30", live));
    let both = "USD: European Central Bank, rate of 2026-10-30; UAH: National Bank of Ukraine, rate of 2026-10-31; \
                through the euro";
    let later =
        rates.clone().with_daily(code("UAH"), day("2026-10-31"), decimal("52.5"), RateSource::NationalBankOfUkraine);
    check_with(&later, "111.72 USD 2026-10-31", "UAH", "value date", ("5250", "2026-10-30", both));
    // Few days of a year are not its mean.
    let year = "mean of 2026, estimate: mean of 9 monthly market samples, 15 January to 15 September 2026";
    check_with(&later, "5140.6974 UAH 2026-10-30", "EUR", "year average", ("100", "2026", year));
}

#[test]
fn newer_days_are_merged_and_older_rates_stay_as_they_were() {
    let rate = |date, per_euro| (code("USD"), day(date), decimal(per_euro), RateSource::EuropeanCentralBank);
    let (currency, date, per_euro, source) = rate("2026-11-02", "1.2");
    let newer = Rates::embedded().with_daily(currency, date, per_euro, source);
    let named = "European Central Bank, rate of 2026-11-02";
    check_with(&newer, "100 EUR 2026-11-02", "USD", "value date", ("120", "2026-11-02", named));
    check_with(&newer, "100 EUR", "USD", "latest", ("120", "2026-11-02", named));
    let mean = "European Central Bank, mean of 2026 to 2026-11-02 (214 daily rates)";
    check_with(&newer, "100 EUR 2026", "USD", "year average", ("115.70", "2026", mean));
    assert_eq!(newer.count(RateSource::EuropeanCentralBank), 221_703);
    assert_eq!(Rates::embedded().newest(RateSource::EuropeanCentralBank), Some(day("2026-10-30")));
    let (currency, date, _, source) = rate("2026-11-03", "1");
    let refused = newer.with_daily(currency, date, Decimal::ZERO, source);
    assert_eq!(refused.newest(RateSource::EuropeanCentralBank), Some(day("2026-11-02")));
}

#[test]
fn ended_currencies_have_no_rate_afterwards() {
    let ended = |currency: &str, asked: &str, last: &str| {
        format!("no rate for {currency} in {asked}: the last known is that of {last}")
    };
    check(
        "100 RUB 2022-03-01",
        "EUR",
        "value date",
        ("0.85", "2022-03-01", "European Central Bank, rate of 2022-03-01"),
    );
    check_missing("100 RUB 2022-03-02", "EUR", "value date", &ended("RUB", "2022-03-02", "2022-03-01"));
    check_missing("100 RUB 2023", "EUR", "value date", &ended("RUB", "2023", "2022-03-01"));
    check_missing("100 RUB 2023-05-01", "EUR", "latest", &ended("RUB", "2023-05-01", "2022-03-01"));
    // Two months are not the mean of a year.
    check_missing("100 RUB 2022-02-01", "EUR", "year average", &ended("RUB", "2022", "2022-03-01"));
    let last = "European Central Bank, rate of 2022-12-30";
    check("753.65 HRK 2022-12-31", "EUR", "value date", ("100", "2022-12-30", last));
    check_missing("1 HRK 2023-01-01", "EUR", "value date", &ended("HRK", "2023-01-01", "2022-12-30"));
    check_missing("1 BGN 2026-01-01", "EUR", "value date", &ended("BGN", "2026-01-01", "2025-12-31"));
    check_missing("1 BGN 2026-01-02", "USD", "value date", &ended("BGN", "2026-01-02", "2025-12-31"));
    check_missing("1 BGN 2026-03", "EUR", "value date", &ended("BGN", "2026-03", "2025-12-31"));
    check_missing("1 EUR 2026-03-03", "BGN", "value date", &ended("BGN", "2026-03-03", "2025-12-31"));
    check_missing("1 RUB 2023-05-05", "UAH", "value date", &ended("RUB", "2023", "2022-03-01"));
}

#[test]
fn no_rate_gives_no_value_and_a_reason() {
    let undated = "the amount has no date, so there is no rate for it";
    check_missing("5 USD", "EUR", "value date", undated);
    check_missing("5 UAH", "EUR", "year average", undated);
    check_missing("5 XDR 2021-05-05", "EUR", "value date", "no rate for XDR is known");
    check_missing("5 EUR 2021-05-05", "XDR", "latest", "no rate for XDR is known");
    let early = "no rate for USD in 1995-05-05: the table holds 1999-01-04 to 2026-10-30";
    check_missing("5 USD 1995-05-05", "EUR", "value date", early);
    let early = "no rate for USD in 1998: the table holds 1999-01-04 to 2026-10-30";
    check_missing("5 USD 1998-12-31", "EUR", "year average", early);
    let late = "no rate for USD in 2026-11-24: the table holds 1999-01-04 to 2026-10-30";
    check_missing("5 USD 2026-11-24", "EUR", "value date", late);
    check_missing("5 UAH 1998", "EUR", "value date", "no rate for UAH in 1998: the table holds 1999 to 2026");
    check_missing("5 UAH 2027-01-01", "EUR", "value date", "no rate for UAH in 2027: the table holds 1999 to 2026");
    let suspended = "no rate for ISK in 2015-05-05: none is known, or too few for a mean";
    check_missing("5 ISK 2015-05-05", "EUR", "value date", suspended);
}

#[test]
fn constant_prices_are_not_converted() {
    let constant = Money { price_base: PriceBase::Constant(2020), ..money("5 USD 2021") };
    let read = Rates::embedded().value_in(&constant, CurrencyCode::EUR, RateDate::ValueDate);
    assert_eq!(read, Err(Missing::ConstantPrices(2020)));
    assert_eq!(read.unwrap_err().code(), "CONSTANT_PRICES");
}

#[test]
fn the_same_currency_is_not_converted() {
    for amount in ["160000000 EUR 2018-12-31", "160000000 EUR", "160000000 EUR 1961"] {
        for (at, _) in AT {
            check(amount, "EUR", at, ("160000000", "", "the amount's own currency"));
        }
    }
    let read = Rates::embedded().convert(&money("5 XDR"), code("XDR"), RateDate::ValueDate);
    assert_eq!((read.value, read.rate), (Some(decimal("5")), Some(Decimal::ONE)));
}

#[test]
fn too_large_amounts_are_refused() {
    let huge = Money { value: Decimal::MAX, ..money("1 EUR 2021") };
    let read = Rates::embedded().value_in(&huge, code("IDR"), RateDate::ValueDate);
    assert_eq!(read, Err(Missing::TooLarge));
}

#[track_caller]
fn check_sum(amounts: &[&str], to: &str, expected: (Option<&str>, Option<&str>, Option<&str>)) {
    let amounts: Vec<Money> = amounts.iter().map(|amount| money(amount)).collect();
    let read = Rates::embedded().convert_contributions(&amounts, code(to), RateDate::ValueDate);
    let value = read.value.map(|value| to_cent(value).to_string());
    assert_eq!((value.as_deref(), read.rate_source.as_deref(), read.missing.as_deref()), expected);
    let only_value = Rates::embedded().contributions_value_in(&amounts, code(to), RateDate::ValueDate).ok();
    assert_eq!(only_value, read.value);
    assert_eq!(read.rate_date, None);
}

#[test]
fn contributions_are_converted_one_by_one() {
    let own = Some("the amount's own currency");
    check_sum(&["160000000 EUR 2018-12-31", "160000000 EUR"], "EUR", (Some("320000000"), own, None));
    check_sum(&["152000000 EUR", "152000000 EUR"], "EUR", (Some("304000000"), own, None));
    let source = "3 contributions, each at its own rate, 2018 to 2021: European Central Bank, means of daily rates";
    check_sum(
        &["1180955 USD 2018", "1182740 USD 2021", "-1182740 USD 2021"],
        "EUR",
        (Some("1000000"), Some(source), None),
    );
    let source = "2 contributions, each at its own rate, 2025 to 2026: mean of 12 monthly market samples, 15 January to \
                  14 December 2025, estimate; mean of 9 monthly market samples, 15 January to 15 September 2026, estimate";
    check_sum(&["4701.6478 UAH 2025", "5140.6974 UAH 2026"], "EUR", (Some("200"), Some(source), None));
}

#[test]
fn a_sum_with_a_gap_has_no_value() {
    let reason =
        "1 of 2 contributions cannot be converted; the first: no rate for UAH in 1998: the table holds 1999 to 2026";
    check_sum(&["5 EUR 2021", "5 UAH 1998"], "EUR", (None, None, Some(reason)));
    check_sum(&[], "EUR", (None, None, Some("there is no contribution to convert")));
}

#[test]
fn signed_and_disbursed_never_meet() {
    let disbursed = Money { basis: AmountBasis::Disbursed, ..money("5 EUR 2021") };
    let amounts = [money("5 EUR 2021"), disbursed];
    let read = Rates::embedded().contributions_value_in(&amounts, CurrencyCode::EUR, RateDate::ValueDate);
    assert_eq!(read, Err(Missing::MixedBases));
}
