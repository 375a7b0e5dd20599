//! Money that several records report.

use super::*;

/// Kinds as they are written in the cases.
const RESTATES: LinkKind = LinkKind::Restates;
const PART: LinkKind = LinkKind::PartOfFramework;
const COFINANCED: LinkKind = LinkKind::CofinancedWith;

#[track_caller]
fn check(projects: &[Project], links: &[(&str, LinkKind, &str)], basis: AmountBasis, expected: (i64, u64, &[&str])) {
    let stand = Stand::of(projects.to_vec(), links);
    let summary = stand.summary(&Question::of(basis));
    let (total, undertakings, excluded) = expected;
    assert_eq!(
        (summary.total.value(), summary.total.undertakings, stand.excluded(&summary)),
        (total.into(), undertakings, excluded.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>())
    );
    let gross = stand.summary(&Question { counting: Counting::Gross, ..Question::of(basis) });
    let left_out: i128 = summary.excluded.iter().filter_map(|exclusion| exclusion.cents).sum();
    assert_eq!(gross.total.cents, summary.total.cents + left_out, "gross is once and what was left out");
}

#[test]
fn two_lenders_of_one_undertaking_are_added_and_its_cost_is_not() {
    let signed = |value| euro(value, AmountBasis::Signed);
    let cost = |value| euro(value, AmountBasis::TotalCost);
    let dnipro = [with("eib:dnipro", vec![signed(152), cost(305)]), with("ebrd:dnipro", vec![signed(152), cost(304)])];
    let links = [("eib:dnipro", COFINANCED, "ebrd:dnipro")];
    check(&dnipro, &links, AmountBasis::Signed, (304, 1, &[]));
    check(&dnipro, &links, AmountBasis::TotalCost, (305, 1, &["SAME_UNDERTAKING dnipro"]));
    check(&dnipro, &[], AmountBasis::TotalCost, (609, 2, &[]));
}

#[test]
fn a_restatement_is_left_out_only_while_the_restated_record_is_in() {
    let amounts = |basis| vec![euro(160, basis)];
    let links = [("oecd:row", RESTATES, "eib:own")];
    let same = [with("eib:own", amounts(AmountBasis::Signed)), with("oecd:row", amounts(AmountBasis::Signed))];
    check(&same, &links, AmountBasis::Signed, (160, 1, &["RESTATES row"]));
    let other = [with("eib:own", amounts(AmountBasis::Signed)), with("oecd:row", amounts(AmountBasis::Committed))];
    check(&other, &links, AmountBasis::Committed, (160, 1, &["NO_SUCH_BASIS own"]));

    let stand = Stand::of(other.to_vec(), &links);
    let bases = vec![AmountBasis::Signed, AmountBasis::Committed];
    let summary = stand.summary(&Question { bases, ..Question::of(AmountBasis::Signed) });
    assert_eq!((summary.total.value(), stand.excluded(&summary)), (160.into(), vec!["RESTATES row".to_owned()]));

    let without_rate = [signed("eib:own", "160 RUB 2023-03-01"), with("oecd:row", amounts(AmountBasis::Signed))];
    check(&without_rate, &links, AmountBasis::Signed, (160, 1, &["NO_RATE own"]));
}

#[test]
fn parts_give_way_to_their_framework() {
    let amounts = |value| vec![euro(value, AmountBasis::Signed)];
    let records = [with("eib:frame", amounts(400)), with("eib:one", amounts(30)), with("eib:two", amounts(20))];
    let links = [("eib:one", PART, "eib:frame"), ("eib:two", PART, "eib:frame")];
    check(&records, &links, AmountBasis::Signed, (400, 1, &["PART_OF_FRAMEWORK one two"]));
    check(&records[1..], &[], AmountBasis::Signed, (50, 2, &[]));
}

#[test]
fn a_chain_leaves_its_end_and_a_circle_its_first() {
    let record = |id| with(id, vec![euro(10, AmountBasis::Signed)]);
    let records = [record("eib:a"), record("oecd:b"), record("oecd:c")];
    let chain = [("oecd:c", RESTATES, "oecd:b"), ("oecd:b", RESTATES, "eib:a")];
    check(&records, &chain, AmountBasis::Signed, (10, 1, &["RESTATES b c"]));
    let circle = [chain[0], chain[1], ("eib:a", RESTATES, "oecd:c")];
    check(&records, &circle, AmountBasis::Signed, (10, 1, &["RESTATES b c"]));
}

#[test]
fn a_rejected_link_has_no_effect() {
    let records = vec![signed("eib:own", "160 EUR"), signed("oecd:row", "160 EUR")];
    let catalogue = catalogue(records);
    let rejected = Link { decision: LinkDecision::Rejected, ..link(RESTATES, catalogue.by_id("eib:own").unwrap()) };
    let links = Links::given(2, [(catalogue.by_id("oecd:row").unwrap(), rejected)]);
    let rates = Rates::embedded();
    let finance = Finance::of(&catalogue, &links, &rates);
    let stand = Stand { catalogue, links, finance, rates };
    let summary = stand.summary(&Question::of(AmountBasis::Signed));
    assert_eq!((summary.total.value(), summary.total.undertakings), (320.into(), 2));
}
