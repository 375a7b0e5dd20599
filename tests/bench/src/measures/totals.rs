//! Sums of money over a large synthetic catalogue.

use std::time::Instant;

use anyhow::Result;
use connectors::model::{AmountBasis, CurrencyCode};
use roaring::RoaringBitmap;
use server::catalogue::Catalogue;
use server::join::finance::{Dimension, Finance, Ground, Question, summary};
use server::join::{LinkDecisions, Links};
use server::money::Rates;

use super::catalogue::many;
use crate::table::Line;
use crate::{Effort, synthetic};

/// Signed money counted once, at its value date: in euro by oblast and sector, in one row, and in dollars by year.
pub(crate) fn totals(effort: &Effort) -> Result<Vec<Line>> {
    let rates = Rates::embedded();
    let catalogue = Catalogue::build(synthetic::readings(effort.projects / 4), &rates, synthetic::now());
    let links = Links::of(&catalogue, &LinkDecisions::none());
    let begun = Instant::now();
    let finance = Finance::of(&catalogue, &links, &rates);
    let columns_s = begun.elapsed().as_secs_f64();
    let ground = Ground { catalogue: &catalogue, links: &links, finance: &finance, rates: &rates };
    let by = |group_by: &[Dimension]| Question { group_by: group_by.to_vec(), ..Question::of(AmountBasis::Signed) };
    let table = by(&[Dimension::Oblast, Dimension::Sector]);
    let dollars = Question { currency: CurrencyCode::USD, ..by(&[Dimension::Year]) };
    let begun = Instant::now();
    ground.prepare();
    let prepared_s = begun.elapsed().as_secs_f64();
    let all: RoaringBitmap = (0..).take(catalogue.records().len()).collect();
    // One record less is no question about everything, so it is worked out anew each time.
    let (most, third): (RoaringBitmap, RoaringBitmap) = (all.iter().skip(1).collect(), catalogue.select(&many()));
    let share = 100.0 * third.len() as f64 / all.len() as f64;
    let least = |question: &Question, selection: &RoaringBitmap| least(ground, question, selection);
    let line = |what: &str, figure: f64, bar: f64, unit: &str| {
        Line::figure(&format!("{} projects: {what}", effort.projects), figure, bar, unit)
    };
    let open = f64::INFINITY;
    Ok(vec![
        line("sum by oblast and sector, prepared", least(&table, &all), 5.0, "ms"),
        line("the same, worked out from the columns", least(&table, &most), open, "ms"),
        line(&format!("the same of the {share:.1} % that a filter selects"), least(&table, &third), open, "ms"),
        line("sum in one row, worked out from the columns", least(&by(&[]), &most), open, "ms"),
        line("sum in dollars by year, from the records", least(&dollars, &most), open, "ms"),
        line("columns for sums, once a generation", columns_s, open, "s"),
        line("the usual sums, once a generation, in the background", prepared_s, open, "s"),
    ])
}

/// The least time of several for one sum, in milliseconds.
fn least(ground: Ground<'_>, question: &Question, selection: &RoaringBitmap) -> f64 {
    let mut least = f64::INFINITY;
    for _ in 0..9 {
        let begun = Instant::now();
        let sum = summary(ground, question, selection);
        least = least.min(begun.elapsed().as_secs_f64() * 1e3);
        assert!(sum.total.records > 0, "nothing is summed");
    }
    least
}
