//! What holds for any amount.

use connectors::model::{AmountBasis, Money};
use proptest::prelude::*;

use super::{code, day, decimal};
use crate::money::*;

fn any_currency() -> impl Strategy<Value = CurrencyCode> {
    proptest::sample::select(vec!["USD", "GBP", "JPY", "UAH", "IDR", "KRW", "PLN", "TRY", "CHF"]).prop_map(code)
}

prop_compose! {
    /// An amount in cents, up to ten billion, of a day in the table.
    fn any_money()(cents in -1_000_000_000_000_i64..1_000_000_000_000, currency in any_currency(), offset in 0_u64..7_500)
        -> Money {
        let date = day("2006-01-02") + chrono::Days::new(offset);
        Money::new(Decimal::new(cents, 2), currency, AmountBasis::Committed, Some(PartialDate::day(date)))
    }
}

proptest! {
    #[test]
    fn there_and_back_gives_the_same_cent(money in any_money(), to in any_currency(), year in any::<bool>()) {
        let at = if year { RateDate::YearAverage } else { RateDate::ValueDate };
        let rates = Rates::embedded();
        for to in [CurrencyCode::EUR, to] {
            let there = rates.value_in(&money, to, at).unwrap();
            let back = Money { value: there, currency: to, ..money.clone() };
            prop_assert_eq!(to_cent(rates.value_in(&back, money.currency, at).unwrap()), to_cent(money.value));
        }
    }

    #[test]
    fn the_order_of_a_sum_does_not_matter(
        amounts in proptest::collection::vec(any_money(), 1..20),
        to in any_currency(),
        seed in any::<proptest::sample::Index>(),
    ) {
        let rates = Rates::embedded();
        let sum = |amounts: &[Money]| rates.contributions_value_in(amounts, to, RateDate::ValueDate).unwrap();
        let mut shuffled = amounts.clone();
        shuffled.rotate_left(seed.index(amounts.len()));
        shuffled.reverse();
        prop_assert_eq!(sum(&shuffled), sum(&amounts));
    }

    #[test]
    fn a_value_is_the_amount_times_the_rate(money in any_money()) {
        let read = Rates::embedded().convert(&money, CurrencyCode::EUR, RateDate::ValueDate);
        let product = money.value * read.rate.unwrap();
        prop_assert!((read.value.unwrap() - product).abs() < decimal("0.000001"));
    }
}
