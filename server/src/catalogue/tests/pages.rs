//! Orders and pages, in one generation and over two.

use std::cmp::Reverse;
use std::sync::Arc;

use connectors::model::{AmountBasis, Language, Project, Text};
use proptest::prelude::*;

use super::*;
use crate::samples::{at, catalogue_of, date, euro, project, reading};

const ORDERS: [Order; 8] = [
    Order::SignedDesc,
    Order::SignedAsc,
    Order::ApprovedDesc,
    Order::AmountDesc,
    Order::AmountAsc,
    Order::TitleAsc,
    Order::UpdatedDesc,
    Order::Relevance,
];

/// One record, and the minute at which it was first read.
type Entry = (Project, i64);

fn any_entry() -> impl Strategy<Value = Entry> {
    let day = || prop_oneof![Just(None), Just(date("2022")), Just(date("2022-01-01")), Just(date("2023-05-06"))];
    let amount = || proptest::option::of(0_i64..4);
    let title = prop_oneof![Just(None), Just(Some("Alpha")), Just(Some("álpha")), Just(Some("Beta alphabet"))];
    (0_u32..40, day(), day(), amount(), amount(), title, 0_i64..3).prop_map(
        |(number, signed_on, approved_on, signed, approved, title, minute)| {
            let signed = signed.map(|value| euro(value, AmountBasis::Signed));
            let approved = approved.map(|value| euro(value, AmountBasis::Approved));
            let amounts = signed.into_iter().chain(approved).collect();
            let titles = title.map(|title| Text::original(Language::EN, title)).into_iter().collect();
            (Project { signed_on, approved_on, amounts, titles, ..project(&format!("eib:{number:02}")) }, minute)
        },
    )
}

/// Records by id, each id once.
fn entries() -> impl Strategy<Value = Vec<Entry>> {
    proptest::collection::vec(any_entry(), 0..14).prop_map(|mut entries| {
        entries.sort_by(|left, right| left.0.id.cmp(&right.0.id));
        entries.dedup_by(|left, right| left.0.id == right.0.id);
        entries
    })
}

fn built(entries: &[Entry]) -> Catalogue {
    let (projects, minutes): (Vec<_>, Vec<_>) = entries.iter().cloned().unzip();
    let mut reading = Reading::clone(&reading("eib-projects", 0, projects));
    reading.first_read = minutes.into_iter().map(at).collect();
    catalogue_of(vec![Arc::new(reading)])
}

fn filters() -> [Filter; 3] {
    let text = Filter { text: Some("alpha".to_owned()), ..Filter::default() };
    [Filter::default(), Filter { basis: Some(AmountBasis::Approved), ..Filter::default() }, text]
}

/// The ids in order, worked out without the catalogue: nulls last, ties by id.
fn expected(entries: &[Entry], order: Order, filter: &Filter) -> Vec<String> {
    let mut chosen: Vec<&Entry> = entries.iter().filter(|(project, _)| fits(project, filter)).collect();
    chosen.sort_by_key(|(project, minute)| {
        let value = value(project, *minute, order, filter);
        let ascends = matches!(order, Order::SignedAsc | Order::AmountAsc | Order::TitleAsc);
        let (up, down) = (value.clone().filter(|_| ascends), value.clone().filter(|_| !ascends));
        (value.is_none(), up, Reverse(down), project.id.clone())
    });
    chosen.into_iter().map(|(project, _)| project.id.to_string()).collect()
}

fn fits(project: &Project, filter: &Filter) -> bool {
    let has_basis = filter.basis.is_none_or(|basis| project.amount(basis).is_some());
    has_basis && (filter.text.is_none() || !project.titles.is_empty())
}

/// What an order compares, as a text that sorts alike.
fn value(project: &Project, minute: i64, order: Order, filter: &Filter) -> Option<String> {
    let title = project.titles.first().map(|title| title.text.to_lowercase().replace('á', "a"));
    match order {
        Order::SignedDesc | Order::SignedAsc => Some(project.signed_on?.first_day().to_string()),
        Order::ApprovedDesc => Some(project.approved_on?.first_day().to_string()),
        Order::AmountDesc | Order::AmountAsc => {
            let lead = || project.amount(AmountBasis::Signed).or(project.amount(AmountBasis::Approved));
            let money = filter.basis.map_or_else(lead, |basis| project.amount(basis));
            Some(format!("{:09}", money?.value))
        }
        Order::TitleAsc => title,
        Order::UpdatedDesc => Some(minute.to_string()),
        Order::Relevance => filter.text.as_ref().map(|_| match title.as_deref() {
            Some("alpha") => "3".to_owned(),
            Some(_) => "2".to_owned(),
            None => "0".to_owned(),
        }),
    }
}

fn ids(catalogue: &Catalogue, page: &Page) -> Vec<String> {
    page.numbers.iter().map(|number| catalogue.project(*number).id().to_string()).collect()
}

/// Walks from one end to the other in pages of a size; the flags must tell at each step what is still to come.
fn walk(catalogue: &Catalogue, order: Order, filter: &Filter, size: usize, from_end: bool) -> Vec<String> {
    let selection = catalogue.select(filter);
    let (mut walked, mut last): (Vec<String>, Option<Position>) = (Vec::new(), None);
    loop {
        let (after, before) = if from_end { (None, last.clone()) } else { (last.clone(), None) };
        let page = catalogue.page(&selection, order, filter, &Window { after, before, size, from_end });
        let (mut found, mut positions) = (ids(catalogue, &page), catalogue.positions(order, filter, &page.numbers));
        let (mut ahead, mut behind) = (page.has_next, page.has_previous);
        assert_eq!(positions.len(), found.len());
        if from_end {
            found.reverse();
            positions.reverse();
            std::mem::swap(&mut ahead, &mut behind);
        }
        assert_eq!(behind, !walked.is_empty());
        walked.extend(found);
        assert_eq!(ahead, (walked.len() as u64) < selection.len());
        match positions.pop() {
            Some(edge) if ahead => last = Some(edge),
            _ => return walked,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn pages_of_any_size_either_way_give_the_whole_order_once(entries in entries(), size in 1_usize..6) {
        let catalogue = built(&entries);
        for filter in filters() {
            for order in ORDERS {
                let mut expected = expected(&entries, order, &filter);
                prop_assert_eq!(&walk(&catalogue, order, &filter, size, false), &expected, "{:?} {:?}", order, filter);
                expected.reverse();
                prop_assert_eq!(&walk(&catalogue, order, &filter, size, true), &expected, "{:?} {:?}", order, filter);
            }
        }
    }

    /// The record of the cursor may be gone, others come and gone: what stands after it is given, and nothing else.
    #[test]
    fn a_cursor_goes_on_in_a_later_generation(
        entries in entries(),
        later in entries(),
        stays in any::<u64>(),
        cut in 1_usize..15,
    ) {
        let kept = entries.iter().zip(0..).filter(|(_, number)| stays >> number & 1 == 1).map(|(entry, _)| entry);
        let new = later.iter().filter(|(project, _)| entries.iter().all(|(old, _)| old.id != project.id));
        let next: Vec<Entry> = kept.chain(new.clone()).cloned().collect();
        let both: Vec<Entry> = entries.iter().chain(new).cloned().collect();
        let (before, after) = (built(&entries), built(&next));
        for filter in filters() {
            for order in ORDERS {
                let window = Window { after: None, before: None, size: cut, from_end: false };
                let first = before.page(&before.select(&filter), order, &filter, &window);
                let positions = before.positions(order, &filter, &first.numbers);
                let Some(at) = positions.last() else { continue };
                let cursor = ids(&before, &first).pop();
                let whole = expected(&both, order, &filter);
                let place = whole.iter().position(|id| Some(id) == cursor.as_ref()).unwrap();
                let there = |ids: &[String]| -> Vec<String> {
                    ids.iter().filter(|id| after.by_id(id).is_some()).cloned().collect()
                };
                let window = Window { after: Some(at.clone()), before: None, size: 100, from_end: false };
                let page = after.page(&after.select(&filter), order, &filter, &window);
                prop_assert_eq!(ids(&after, &page), there(&whole[place + 1..]), "{:?} after {:?}", order, at);
                let window = Window { after: None, before: Some(at.clone()), size: 100, from_end: true };
                let page = after.page(&after.select(&filter), order, &filter, &window);
                prop_assert_eq!(ids(&after, &page), there(&whole[..place]), "{:?} before {:?}", order, at);
            }
        }
    }
}

#[test]
fn a_window_lies_between_two_cursors() {
    let entries: Vec<Entry> = (0..9).map(|number| (project(&format!("eib:{number}")), 0)).collect();
    let catalogue = built(&entries);
    let (filter, all) = (Filter::default(), catalogue.select(&Filter::default()));
    let whole = Window { after: None, before: None, size: 100, from_end: false };
    let page = catalogue.page(&all, Order::SignedDesc, &filter, &whole);
    let positions = catalogue.positions(Order::SignedDesc, &filter, &page.numbers);
    let check = |after: usize, before: usize, size, from_end, expected: (&str, bool, bool)| {
        let (after, before) = (Some(positions[after].clone()), Some(positions[before].clone()));
        let page = catalogue.page(&all, Order::SignedDesc, &filter, &Window { after, before, size, from_end });
        let natives: Vec<_> = page.numbers.iter().map(|number| catalogue.project(*number).id().native()).collect();
        assert_eq!((natives.join(" ").as_str(), page.has_previous, page.has_next), expected);
    };
    check(1, 6, 2, false, ("2 3", true, true));
    check(1, 6, 2, true, ("4 5", true, true));
    check(1, 6, 100, true, ("2 3 4 5", true, true));
    check(3, 4, 100, false, ("", true, true));
    check(1, 6, 0, false, ("", true, true));
}

#[test]
fn a_title_is_sorted_as_it_is_shown() {
    let wordings = |id: &str, ukrainian: &str, english: &str| {
        let titles = vec![Text::original(Language::UK, ukrainian), Text::original(Language::EN, english)];
        (Project { titles, ..project(id) }, 0)
    };
    let catalogue = built(&[wordings("eib:1", "Альфа", "Zeta"), wordings("eib:2", "Яблуко", "Apple")]);
    assert_eq!(walk(&catalogue, Order::TitleAsc, &Filter::default(), 5, false), ["eib:2", "eib:1"]);
}
