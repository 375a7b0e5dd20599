//! What holds for any records, links and questions.

use proptest::prelude::*;

use super::*;
use crate::samples::{catalogue_of, placed, reading};

const PARTNERS: [&str; 3] = ["eib", "ebrd", "oecd"];

fn any_money(basis: AmountBasis) -> impl Strategy<Value = Option<Money>> {
    let dates = prop_oneof![Just("2021"), Just("2021-03-06"), Just("2023-03-01"), Just("2024-02")];
    let currency = prop_oneof![3 => Just("EUR"), 2 => Just("USD"), 1 => Just("UAH"), 1 => Just("RUB")];
    proptest::option::of((-1_000_000_i64..10_000_000_000, currency, dates).prop_map(move |(cents, currency, date)| {
        let value = rust_decimal::Decimal::new(cents, 2);
        Money { value, ..money(&format!("0 {currency} {date}"), basis) }
    }))
}

prop_compose! {
    fn any_project(number: usize)(
        partner in 0_usize..3,
        place in prop_oneof![Just(None), Just(Some("UA63120270010096107")), Just(Some("UA46060250010015970"))],
        signed in any_money(AmountBasis::Signed),
        committed in any_money(AmountBasis::Committed),
        cost in any_money(AmountBasis::TotalCost),
        signed_on in prop_oneof![Just(None), Just(date("2021-03-06")), Just(date("2023"))],
    ) -> Project {
        let id = format!("{}:{number:02}", PARTNERS[partner]);
        let base = place.map_or_else(|| project(&id), |place| placed(&id, place));
        Project { amounts: [signed, committed, cost].into_iter().flatten().collect(), signed_on, ..base }
    }
}

fn any_projects() -> impl Strategy<Value = Vec<Project>> {
    (1_usize..12).prop_flat_map(|count| (0..count).map(any_project).collect::<Vec<_>>())
}

/// Links from a record to another, by position.
type Ties = Vec<(usize, LinkKind, usize)>;

fn any_ties() -> impl Strategy<Value = Ties> {
    let kind = prop_oneof![
        Just(LinkKind::Restates),
        Just(LinkKind::PartOfFramework),
        Just(LinkKind::CofinancedWith),
        Just(LinkKind::SameProject)
    ];
    proptest::collection::vec((0_usize..12, kind, 0_usize..12), 0..8)
}

fn any_question() -> impl Strategy<Value = Question> {
    let dimensions =
        [Dimension::Partner, Dimension::Oblast, Dimension::Year, Dimension::Funder, Dimension::SectorGroup];
    let bases = [AmountBasis::Signed, AmountBasis::Committed, AmountBasis::TotalCost];
    (
        proptest::sample::subsequence(bases.to_vec(), 1..=3).prop_shuffle(),
        proptest::sample::subsequence(dimensions.to_vec(), 0..=3).prop_shuffle(),
        prop_oneof![Just("EUR"), Just("USD"), Just("UAH")],
        prop_oneof![Just(Counting::Gross), Just(Counting::CountedOnce)],
    )
        .prop_map(|(bases, group_by, currency, counting)| Question {
            bases,
            group_by,
            counting,
            ..in_currency(Question::of(AmountBasis::Signed), currency)
        })
}

fn stand(projects: &[Project], ties: &Ties, order: &[usize]) -> Stand {
    let mut of_partner: Vec<(&str, Vec<Project>)> = PARTNERS.map(|partner| (partner, Vec::new())).into();
    for project in projects {
        let (_, held) = of_partner.iter_mut().find(|(partner, _)| *partner == project.id.partner()).unwrap();
        held.push(project.clone());
    }
    let readings = order.iter().map(|position| {
        let (partner, held) = &of_partner[*position];
        reading(&format!("{partner}-projects"), 0, held.clone())
    });
    let id = |position: &usize| projects.get(*position).map(|project| project.id.as_str());
    let ties = ties.iter().filter_map(|(from, kind, to)| Some((id(from)?, *kind, id(to)?)));
    Stand::on(catalogue_of(readings.collect()), &ties.collect::<Vec<_>>())
}

fn cents(parts: impl Iterator<Item = Part>) -> i128 {
    parts.map(|part| part.cents).sum()
}

proptest! {
    #[test]
    fn groups_exclusions_bases_and_places_add_up(
        projects in any_projects(), ties in any_ties(), question in any_question()
    ) {
        let stand = stand(&projects, &ties, &[0, 1, 2]);
        let summary = stand.summary(&question);
        let total = summary.total.cents;
        prop_assert_eq!(cents(summary.rows.iter().filter_map(|row| row.part)), total);
        prop_assert_eq!(cents(summary.by_basis.iter().map(|basis| basis.part)), total);
        let Located { located, nationwide, unlocated } = summary.located;
        prop_assert_eq!(cents([located, nationwide, unlocated].into_iter()), total);
        let excluded: u64 = summary.excluded.iter().map(|exclusion| exclusion.records.len()).sum();
        prop_assert_eq!(summary.total.records + excluded, projects.len() as u64);
        let rows: u64 = summary.rows.iter().filter_map(|row| row.part).map(|part| part.records).sum();
        prop_assert_eq!(rows, summary.total.records);
        let gross = stand.summary(&Question { counting: Counting::Gross, ..question.clone() });
        let left_out: i128 = summary.excluded.iter().filter_map(|exclusion| exclusion.cents).sum();
        prop_assert_eq!(gross.total.cents, total + left_out);
        prop_assert!(summary.total.undertakings <= gross.total.undertakings);
    }

    #[test]
    fn a_restatement_changes_no_total_that_holds_the_restated_record(
        projects in any_projects(), ties in any_ties(), question in any_question(),
        restated in any::<proptest::sample::Index>(), value in -5_i64..1_000,
    ) {
        let question = Question { counting: Counting::CountedOnce, ..question };
        let before = stand(&projects, &ties, &[0, 1, 2]);
        let sum = before.summary(&question);
        let position = restated.index(projects.len());
        let number = before.catalogue.by_id(projects[position].id.as_str()).unwrap();
        prop_assume!(sum.counted(&before.all()).contains(number));

        let amounts = question.bases.iter().map(|basis| euro(value, *basis)).collect();
        let mut more = projects.clone();
        more.push(with("oecd:zz", amounts));
        let mut tied = ties.clone();
        tied.retain(|(from, _, to)| *from < projects.len() && *to < projects.len());
        tied.push((projects.len(), LinkKind::Restates, position));
        let after = stand(&more, &tied, &[0, 1, 2]).summary(&question);
        prop_assert_eq!(after.total, sum.total);
        prop_assert_eq!(&after.by_basis, &sum.by_basis);
        // A partner that published nothing of the kind now does, so its row without a value may go.
        let valued = |summary: &Summary| {
            summary.rows.iter().filter(|row| row.part.is_some()).cloned().collect::<Vec<_>>()
        };
        prop_assert_eq!(valued(&after), valued(&sum));
    }

    #[test]
    fn the_order_of_the_sources_changes_nothing(
        projects in any_projects(), ties in any_ties(), question in any_question(),
        order in Just(vec![0, 1, 2]).prop_shuffle(),
    ) {
        let (one, other) = (stand(&projects, &ties, &[0, 1, 2]), stand(&projects, &ties, &order));
        prop_assert_eq!(one.catalogue.generation(), other.catalogue.generation());
        prop_assert_eq!(one.summary(&question), other.summary(&question));
    }
}
