//! What sums say, and what they leave out.

mod groups;
mod once;
mod properties;

use connectors::model::{AmountBasis, CurrencyCode, Money, Project};
use roaring::RoaringBitmap;

use super::*;
use crate::catalogue::RecordNumber;
use crate::join::{Link, LinkDecision, LinkKind};
use crate::samples::{catalogue, date, euro, project};

/// Records with their links, to be summed.
struct Stand {
    catalogue: Catalogue,
    links: Links,
    finance: Finance,
    rates: Rates,
}

impl Stand {
    fn of(projects: Vec<Project>, links: &[(&str, LinkKind, &str)]) -> Self {
        Self::on(catalogue(projects), links)
    }

    fn on(catalogue: Catalogue, links: &[(&str, LinkKind, &str)]) -> Self {
        let number = |id: &str| catalogue.by_id(id).unwrap();
        let given = links.iter().map(|(from, kind, to)| (number(from), link(*kind, number(to))));
        let links = Links::given(catalogue.records().len(), given.collect::<Vec<_>>());
        let rates = Rates::embedded();
        let finance = Finance::of(&catalogue, &links, &rates);
        Self { catalogue, links, finance, rates }
    }

    fn all(&self) -> RoaringBitmap {
        (0..u32::try_from(self.catalogue.records().len()).unwrap()).collect()
    }

    fn ground(&self) -> Ground<'_> {
        Ground { catalogue: &self.catalogue, links: &self.links, finance: &self.finance, rates: &self.rates }
    }

    fn summary(&self, question: &Question) -> Summary {
        summary(self.ground(), question, &self.all())
    }

    /// The excluded records as `REASON id id`.
    fn excluded(&self, summary: &Summary) -> Vec<String> {
        let ids = |records: &RoaringBitmap| {
            let ids = records.iter().map(|number| format!(" {}", self.catalogue.project(number).id().native()));
            ids.collect::<String>()
        };
        summary.excluded.iter().map(|exclusion| exclusion.reason.code().to_owned() + &ids(&exclusion.records)).collect()
    }
}

fn link(kind: LinkKind, other: RecordNumber) -> Link {
    Link { other, kind, score: 1.0, evidence: [].into(), decision: LinkDecision::Automatic }
}

/// `1.50 USD 2021-03-04` of a basis.
fn money(text: &str, basis: AmountBasis) -> Money {
    let words: Vec<&str> = text.split(' ').collect();
    let currency = CurrencyCode::new(words[1]).unwrap();
    Money::new(words[0].parse().unwrap(), currency, basis, words.get(2).and_then(|text| date(text)))
}

fn with(id: &str, amounts: Vec<Money>) -> Project {
    Project { amounts, ..project(id) }
}

fn signed(id: &str, text: &str) -> Project {
    with(id, vec![money(text, AmountBasis::Signed)])
}

/// The rows as `KEY KEY BASIS value records`.
fn rows(summary: &Summary) -> Vec<String> {
    let row = |row: &Row| {
        let keys: String = row.keys.iter().map(|key| format!("{} ", key.key)).collect();
        let value = row.part.map_or("null".to_owned(), |part| part.value().to_string());
        format!("{keys}{:?} {value} {}", row.basis, row.part.unwrap_or_default().records)
    };
    summary.rows.iter().map(row).collect()
}

#[track_caller]
fn check(projects: Vec<Project>, question: &Question, total: &str, excluded: &[&str]) {
    let stand = Stand::of(projects, &[]);
    let summary = stand.summary(question);
    assert_eq!(
        (summary.total.value().to_string().as_str(), stand.excluded(&summary)),
        (total, excluded.iter().map(|text| (*text).to_owned()).collect())
    );
}

fn in_currency(question: Question, code: &str) -> Question {
    Question { currency: CurrencyCode::new(code).unwrap(), ..question }
}

#[test]
fn amounts_of_one_basis_are_added_exactly() {
    let question = Question::of(AmountBasis::Signed);
    check(vec![signed("eib:1", "160000000 EUR"), signed("ebrd:2", "160000000 EUR")], &question, "320000000", &[]);
    check(vec![signed("eib:1", "0.10 EUR"), signed("ebrd:2", "0.20 EUR")], &question, "0.3", &[]);
    check(Vec::new(), &question, "0", &[]);
}

#[test]
fn what_cannot_be_converted_is_told_and_makes_the_total_partial() {
    let question = Question::of(AmountBasis::Signed);
    let records = vec![signed("eib:1", "5 EUR"), signed("eib:2", "100 UAH 1998"), signed("eib:3", "7 RUB 2023-03-01")];
    check(records.clone(), &question, "5", &["DATE_OUTSIDE_RATES 2", "NO_RATE 3"]);
    assert!(Stand::of(records, &[]).summary(&question).is_partial());
    check(vec![signed("eib:1", "5 USD")], &question, "0", &["NO_DATE 1"]);
    let constant = Money { price_base: connectors::model::PriceBase::Constant(2020), ..euro(5, AmountBasis::Signed) };
    check(vec![with("oecd:1", vec![constant])], &question, "0", &["CONSTANT_PRICES 1"]);
    check(vec![signed("eib:1", "79228162514264337593543950335 EUR")], &question, "0", &["AMOUNT_TOO_LARGE 1"]);
}

#[test]
fn the_bases_of_a_record_never_meet() {
    let both = with("eib:1", vec![euro(10, AmountBasis::Signed), euro(3, AmountBasis::Disbursed)]);
    check(vec![both.clone()], &Question::of(AmountBasis::Signed), "10", &[]);
    check(vec![both], &Question::of(AmountBasis::Disbursed), "3", &[]);
}

#[test]
fn a_record_without_the_basis_is_told_with_the_bases_it_has() {
    let records = vec![signed("eib:1", "5 EUR"), with("ceb:2", vec![euro(9, AmountBasis::Approved)]), project("ceb:3")];
    let stand = Stand::of(records, &[]);
    let summary = stand.summary(&Question::of(AmountBasis::Signed));
    assert_eq!(stand.excluded(&summary), ["NO_SUCH_BASIS 2 3"]);
    assert_eq!(summary.excluded[0].bases, [(AmountBasis::Approved, 1)]);
    assert!(!summary.is_partial(), "nothing signed is missing");
}

#[test]
fn fallbacks_are_split_by_basis() {
    let records = vec![
        with("eib:1", vec![euro(5, AmountBasis::Signed), euro(6, AmountBasis::Approved)]),
        with("ceb:2", vec![euro(9, AmountBasis::Approved)]),
        with("oecd:3", vec![euro(1, AmountBasis::Disbursed)]),
    ];
    let stand = Stand::of(records, &[]);
    let bases = vec![AmountBasis::Signed, AmountBasis::Approved];
    let summary = stand.summary(&Question { bases, ..Question::of(AmountBasis::Signed) });
    assert_eq!(rows(&summary), ["Approved 9 1", "Signed 5 1"]);
    let by_basis: Vec<_> = summary.by_basis.iter().map(|total| (total.basis, total.part.value())).collect();
    assert_eq!(by_basis, [(AmountBasis::Signed, 5.into()), (AmountBasis::Approved, 9.into())]);
    assert_eq!(stand.excluded(&summary), ["NO_SUCH_BASIS 3"]);
}

#[test]
fn the_sources_own_figure_outranks_a_conversion() {
    let both = vec![money("100 USD 2021-03-05", AmountBasis::Signed), money("90 EUR 2021-03-05", AmountBasis::Signed)];
    let question = Question::of(AmountBasis::Signed);
    check(vec![with("ebrd:1", both.clone())], &question, "90", &[]);
    check(vec![with("ebrd:1", both.clone())], &in_currency(question.clone(), "USD"), "100", &[]);
    let summary = Stand::of(vec![with("ebrd:1", both), signed("ebrd:2", "1 USD 2021-03-05")], &[]).summary(&question);
    assert_eq!((summary.total.records, summary.converted), (2, 1));
}

#[test]
fn other_currencies_are_converted_at_each_amounts_own_date() {
    let records = vec![signed("eib:1", "100 EUR 2021-03-05"), signed("eib:2", "100 EUR 2022-03-06")];
    let rates = Rates::embedded();
    let value = |project: &Project| {
        rates.value_in(&project.amounts[0], CurrencyCode::USD, crate::money::RateDate::ValueDate).unwrap()
    };
    let expected = records.iter().map(value).map(crate::money::to_cent).sum::<rust_decimal::Decimal>();
    let question = in_currency(Question::of(AmountBasis::Signed), "USD");
    check(records, &question, &expected.normalize().to_string(), &[]);
}
