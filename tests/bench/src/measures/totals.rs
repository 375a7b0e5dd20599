//! Sums of money over a large synthetic catalogue.

use std::time::Instant;

use anyhow::Result;
use connectors::model::{AmountBasis, CurrencyCode};
use roaring::RoaringBitmap;
use server::catalogue::Catalogue;
use server::join::finance::{Dimension, Finance, Ground, Question, summary};
use server::join::{LinkDecisions, Links};
use server::money::Rates;

use crate::table::Line;
use crate::{Effort, synthetic};

/// Signed euro counted once: in one sum, by oblast and sector, and by year in another currency.
pub(crate) fn totals(effort: &Effort) -> Result<Vec<Line>> {
    let rates = Rates::embedded();
    let catalogue = Catalogue::build(synthetic::readings(effort.projects / 4), &rates, synthetic::now());
    let links = Links::of(&catalogue, &LinkDecisions::none());
    let begun = Instant::now();
    let finance = Finance::of(&catalogue, &links, &rates);
    let columns_s = begun.elapsed().as_secs_f64();
    let ground = Ground { catalogue: &catalogue, links: &links, finance: &finance, rates: &rates };
    let one =
        Question { bases: vec![AmountBasis::Signed, AmountBasis::Committed], ..Question::of(AmountBasis::Signed) };
    let by = |group_by: &[Dimension]| Question { group_by: group_by.to_vec(), ..one.clone() };
    let dollars = Question { currency: CurrencyCode::USD, ..by(&[Dimension::Year]) };
    let work = |what: &str| format!("{} projects: {what}", effort.projects);
    let line =
        |what: &str, question: &Question, most: f64| Line::figure(&work(what), least(ground, question), most, "ms");
    Ok(vec![
        line("sum in euro, counted once", &one, 5.0),
        line("sum in euro by oblast and sector, counted once", &by(&[Dimension::Oblast, Dimension::Sector]), 5.0),
        line("sum in dollars by year, counted once", &dollars, f64::INFINITY),
        Line::figure(&work("columns for sums, once a generation"), columns_s, f64::INFINITY, "s"),
    ])
}

/// The least time of several for one sum over everything, in milliseconds.
fn least(ground: Ground<'_>, question: &Question) -> f64 {
    let count = u32::try_from(ground.catalogue.records().len()).unwrap_or(u32::MAX);
    let all: RoaringBitmap = (0..count).collect();
    let mut least = f64::INFINITY;
    for _ in 0..9 {
        let begun = Instant::now();
        let sum = summary(ground, question, &all);
        least = least.min(begun.elapsed().as_secs_f64() * 1e3);
        assert!(sum.total.records > 0, "nothing is summed");
    }
    least
}
