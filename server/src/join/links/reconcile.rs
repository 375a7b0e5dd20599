//! A lender's own records beside the rows of statistics that repeat them.

use connectors::model::{AmountBasis, PartialDate};
use roaring::RoaringBitmap;
use rust_decimal::Decimal;

use super::identifiers::reported_bank;
use super::{Link, LinkKind, Links};
use crate::catalogue::{Catalogue, Filter, RecordNumber, lead_amount};

/// Records of two partners side by side.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Reconciled {
    /// A record of the left partner and one of the right that tell of the same money, by their numbers.
    pub matched: Vec<(RecordNumber, RecordNumber)>,
    /// Records of the left partner that nothing on the right matches.
    pub only_left: RoaringBitmap,
    /// Records of the right partner that nothing on the left matches. Where the right partner reports others' money, only
    /// rows of the left one's.
    pub only_right: RoaringBitmap,
}

impl Reconciled {
    /// Compares the records of two partners that a filter chooses.
    ///
    /// Rows of statistics have no day of signature: `signed_from` and `signed_to` are compared with the years in which
    /// they committed. A pair stands where either of its records lies in the time asked for: that the two years differ
    /// is what a reader wants to see.
    #[must_use]
    pub fn of(catalogue: &Catalogue, links: &Links, partners: [&str; 2], filter: &Filter) -> Self {
        let (left_all, left) = side(catalogue, filter, partners[0], partners[1]);
        let (right_all, right) = side(catalogue, filter, partners[1], partners[0]);
        let mut matched = Vec::new();
        for one in &left_all {
            let others = links.around(one).filter(|(link, _)| link.holds(LinkKind::Restates));
            matched.extend(
                others.map(|(_, other)| (one, other)).filter(|(one, other)| {
                    right_all.contains(*other) && (left.contains(*one) || right.contains(*other))
                }),
            );
        }
        matched.sort_unstable();
        matched.dedup();
        let only = |chosen: RoaringBitmap, side: fn(&(u32, u32)) -> u32| {
            chosen - matched.iter().map(side).collect::<RoaringBitmap>()
        };
        let (only_left, only_right) = (only(left, |pair| pair.0), only(right, |pair| pair.1));
        Self { matched, only_left, only_right }
    }
}

/// The records of a partner whatever their date, and those in the time asked for.
fn side(catalogue: &Catalogue, filter: &Filter, partner: &str, beside: &str) -> (RoaringBitmap, RoaringBitmap) {
    let of_partner = |partners: &Option<Vec<String>>| {
        let asked = partners.as_ref().is_none_or(|partners| partners.iter().any(|asked| asked == partner));
        Some(if asked { vec![partner.to_owned()] } else { Vec::new() })
    };
    let undated =
        Filter { partners: of_partner(&filter.partners), signed_from: None, signed_to: None, ..filter.clone() };
    let dated = Filter { partners: of_partner(&filter.partners), ..filter.clone() };
    let mut all = catalogue.select(&undated);
    let mut chosen = catalogue.select(&dated);
    if all.iter().any(|number| reports(catalogue, number)) {
        let of_lender = |number: &u32| reported_bank(catalogue.project(*number)) == Some(beside);
        all = all.iter().filter(of_lender).collect();
        let (from, to) = (filter.signed_from, filter.signed_to);
        chosen = all.iter().filter(|number| committed(catalogue, *number, from, to)).collect();
    }
    (all, chosen)
}

/// Whether a record is a row of somebody's statistics.
fn reports(catalogue: &Catalogue, number: RecordNumber) -> bool {
    super::identifier(catalogue.project(number), "crs-donor").is_some()
}

/// Whether a row committed something in the years from one date to another.
fn committed(catalogue: &Catalogue, number: RecordNumber, from: Option<PartialDate>, to: Option<PartialDate>) -> bool {
    if from.is_none() && to.is_none() {
        return true;
    }
    let years = years(catalogue, number);
    let within = |year: &i32| {
        from.is_none_or(|from| *year >= from.year_number()) && to.is_none_or(|to| *year <= to.year_number())
    };
    years.iter().any(within)
}

/// The years in which a row committed something; of any money where it committed none.
fn years(catalogue: &Catalogue, number: RecordNumber) -> Vec<i32> {
    let project = catalogue.project(number);
    let of = |committed: bool| -> Vec<i32> {
        let parts = project.contributions().filter(|part| !committed || part.amount.basis == AmountBasis::Committed);
        let dates = parts.filter_map(|part| part.date.or(part.amount.date));
        let amounts = project.amounts().filter(|money| !committed || money.basis == AmountBasis::Committed);
        let mut years: Vec<i32> =
            dates.chain(amounts.filter_map(|money| money.date)).map(|date| date.year_number()).collect();
        years.sort_unstable();
        years.dedup();
        years
    };
    let committed = of(true);
    if committed.is_empty() { of(false) } else { committed }
}

/// By how much the amount of one record is more than that of another, in euro; `None` where one has none, or no rate.
#[must_use]
pub fn difference(catalogue: &Catalogue, left: RecordNumber, right: RecordNumber) -> Option<Decimal> {
    let (left, right) = catalogue.euro_of(left, None).zip(catalogue.euro_of(right, None))?;
    Some((left - right).round_dp(2))
}

/// Why two records are taken for the same money, and what explains that they differ, as sentences.
#[must_use]
pub fn reasons(catalogue: &Catalogue, links: &Links, left: RecordNumber, right: RecordNumber) -> Vec<String> {
    let link = links.around(left).find(|(link, other)| *other == right && link.holds(LinkKind::Restates));
    let mut reasons: Vec<String> =
        link.map(|(link, _)| link.evidence.iter().map(|reason| reason.text.clone()).collect()).unwrap_or_default();
    let [one, other] = [left, right].map(|number| catalogue.project(number));
    let [leads, leads_other] = [lead_amount(one), lead_amount(other)];
    if let Some((money, other)) = leads.zip(leads_other) {
        if money.basis != other.basis {
            reasons.push(format!("The bases differ: {} and {}.", word(money.basis), word(other.basis)));
        }
        if money.currency != other.currency {
            reasons.push(format!(
                "The currencies differ: {} and {}; statistics are converted at the mean rate of the year.",
                money.currency, other.currency
            ));
        }
    } else {
        reasons.push("One of them states no amount to compare.".to_owned());
    }
    let [years, years_other] = [left, right].map(|number| signed_years(catalogue, number));
    if let (Some(year), Some(other)) = (years.first(), years_other.first())
        && year != other
    {
        reasons.push(format!("The years differ: {year} and {other}."));
    }
    for number in [left, right] {
        let rows = repeated_by(links, number);
        if rows > 1 {
            reasons.push(format!("{} is repeated by {rows} records.", catalogue.project(number).id()));
        }
    }
    reasons
}

fn signed_years(catalogue: &Catalogue, number: RecordNumber) -> Vec<i32> {
    let project = catalogue.project(number);
    match project.signed_on().or(project.approved_on()) {
        Some(date) => vec![date.year_number()],
        None => years(catalogue, number),
    }
}

fn repeated_by(links: &Links, number: RecordNumber) -> usize {
    let incoming = |(link, _): &(&Link, RecordNumber)| link.other == number && link.holds(LinkKind::Restates);
    links.around(number).filter(incoming).count()
}

fn word(basis: AmountBasis) -> &'static str {
    match basis {
        AmountBasis::Planned => "PLANNED",
        AmountBasis::Approved => "APPROVED",
        AmountBasis::Signed => "SIGNED",
        AmountBasis::Committed => "COMMITTED",
        AmountBasis::Disbursed => "DISBURSED",
        AmountBasis::TotalCost => "TOTAL_COST",
    }
}
