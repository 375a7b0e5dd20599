//! What is taken over from an earlier catalogue is what would be found anew, whatever changed meanwhile.

use std::collections::BTreeMap;

use connectors::model::{
    CurrencyCode, Identifier, Instrument, Money, Organisation, OrganisationRole, ProjectStatus, Text,
};
use proptest::prelude::*;
use roaring::RoaringBitmap;

use super::*;
use crate::catalogue::{Catalogue, Filter, Order, Window};
use crate::harvest::Reading;
use crate::join::finance::{Counting, Dimension, Ground, Question, summary};
use crate::join::{Finance, LinkDecision, LinkDecisions, Links};
use crate::money::Rates;
use crate::places::Gazetteer;
use crate::samples::{project, reading};

const IDS: [&str; 14] = [
    "ceb:1",
    "ceb:2",
    "ebrd:1",
    "ebrd:2",
    "ebrd:3",
    "ebrd:4",
    "eib:20110487",
    "eib:2",
    "eib:20110487-90604",
    "eib:4",
    "eib:5",
    "oecd:1",
    "oecd:2",
    "oecd:3",
];
const TITLES: [&str; 9] = [
    "",
    "Kharkiv Metro Extension",
    "UPTF2 - Kharkiv Metro Extension II",
    "Ukraine Public Transport Framework 2",
    "Water supply in Mykolaiv",
    "Additional loan: Water supply in Mykolaiv",
    "Реконструкція водопостачання, Миколаїв",
    "Lviv hospital",
    "Roads of Ukraine",
];
const DESCRIPTIONS: [&str; 7] = [
    "",
    "Co-financed with the EBRD and the EIB in Kharkiv.",
    "A sub-project under the Ukraine Public Transport Framework 2, with the EIB.",
    "Sub-operation of 2011-0487 for schools in Lviv.",
    "New metro trains, financed with the European Bank for Reconstruction and Development.",
    "Hospitals and roads in Odesa Oblast",
    "Drinking water. The total cost is shared with the European Investment Bank.",
];
const PLACES: [&str; 5] = ["", "UA63120270010096107", "UA48060150010035747", "nowhere", "Ukraine"];
const AMOUNTS: [&str; 5] = ["", "160000000 EUR", "25000000 EUR", "26000000 USD", "12.5 XDR"];
const DATES: [&str; 5] = ["", "2017", "2018-03", "2018-05-02", "2035"];
const COMPANIES: [&str; 3] = ["", "Kharkiv Metro Company", "Vodokanal"];

/// One way in which a record can be told: a number for each of its parts.
type Recipe = [usize; 10];

fn told(id: &str, recipe: Recipe) -> Project {
    let [title, description, place, lent, date, company, status, code, cost, row] = recipe;
    let mut project = project(id);
    let text = |text: &str| Some(Text::original(Language::EN, text)).filter(|_| !text.is_empty());
    project.titles = text(TITLES[title % TITLES.len()]).into_iter().collect();
    project.descriptions = text(DESCRIPTIONS[description % DESCRIPTIONS.len()]).into_iter().collect();
    project.locations = match PLACES[place % PLACES.len()] {
        "" => Vec::new(),
        "Ukraine" => vec![connectors::model::PublishedLocation::Nationwide],
        code => placed(id, code).locations,
    };
    let date = date_of(DATES[date % DATES.len()]);
    let amount = |at: usize, basis| {
        let (value, currency) = AMOUNTS[at % AMOUNTS.len()].split_once(' ')?;
        Some(Money::new(value.parse().unwrap(), CurrencyCode::new(currency).unwrap(), basis, date))
    };
    let basis = if id.starts_with("oecd") { AmountBasis::Committed } else { AmountBasis::Signed };
    project.amounts = [amount(lent, basis), amount(cost, AmountBasis::TotalCost)].into_iter().flatten().collect();
    project.signed_on = date;
    let name = COMPANIES[company % COMPANIES.len()].to_owned();
    if !name.is_empty() {
        project.organisations = vec![Organisation { role: OrganisationRole::Promoter, name, reference: None }];
    }
    project.status = [ProjectStatus::Unknown, ProjectStatus::Pipeline, ProjectStatus::Signed][status % 3];
    let instruments = [Instrument::Loan, Instrument::FrameworkLoan, Instrument::Grant];
    project.instrument = instruments[(status / 3) % 3];
    if let Some(purpose) = ["14021", "99999"].get(code % 4) {
        let (scheme, code) = ("DAC".to_owned(), Some((*purpose).to_owned()));
        project.sectors = vec![NativeSector { scheme, code, label: String::new() }];
    }
    if id.starts_with("oecd") {
        let donor = ["4EU004", "5RDB007"][row % 2];
        project.identifiers = vec![Identifier::new("crs-donor", donor)];
        if row > 1 {
            project.identifiers.push(Identifier::new("crs-donor-project", ["20110487", "2", "3"][row % 3]));
        }
    } else {
        let (partner, native) = id.split_once(':').unwrap();
        project.identifiers = vec![Identifier::new(partner, native.to_owned())];
    }
    project
}

fn date_of(text: &str) -> Option<connectors::model::PartialDate> {
    if text.is_empty() { None } else { date(text) }
}

/// All that is shown of the projects of one moment, in words.
fn shown(catalogue: &Catalogue, links: &Links, finance: &Finance, rates: &Rates) -> Vec<String> {
    let mut shown = vec![catalogue.generation().to_owned()];
    let numbers: Vec<u32> = (0..).take(catalogue.records().len()).collect();
    let everything: RoaringBitmap = numbers.iter().copied().collect();
    for number in numbers {
        let euro = AmountBasis::Signed;
        shown.push(format!("{} {:?}", catalogue.project(number).id(), catalogue.record(number)));
        shown.push(format!("{:?} {:?}", catalogue.euro_of(number, None), catalogue.euro(euro).cents(number)));
        shown.push(format!("{:?} {:?}", catalogue.stated(number), catalogue.issues_of(number)));
        shown.push(format!("{:?} {}", links.links(number), links.undertaking(number)));
        shown.push(format!("{:?} {:?}", links.around(number).collect::<Vec<_>>(), links.group_of(number)));
    }
    shown.push(format!("{:?} {:?}", links.groups(), links.linked()));
    let issues = catalogue.issues_in_order().iter().map(|number| catalogue.issue(*number));
    shown.extend(
        issues.map(|issue| format!("{} {} {:?} {:?}", issue.id(), issue.code(), issue.record(), issue.issue())),
    );
    shown.push(format!("{:?} {:?}", catalogue.facets(&everything, 50), catalogue.coverage(&everything)));
    shown.push(format!("{:?}", catalogue.sources_of(&everything)));
    let window = Window { after: None, before: None, size: 50, from_end: false };
    for order in [Order::SignedDesc, Order::SignedAsc, Order::ApprovedDesc, Order::AmountDesc, Order::AmountAsc] {
        shown.push(format!("{:?}", catalogue.page(&everything, order, &Filter::default(), &window)));
    }
    for order in [Order::TitleAsc, Order::UpdatedDesc] {
        shown.push(format!("{:?}", catalogue.page(&everything, order, &Filter::default(), &window)));
    }
    for words in ["metro", "k", "water mykolaiv", "водо", "ukraine roads", "company"] {
        let filter = Filter { text: Some(words.to_owned()), ..Filter::default() };
        let found = catalogue.select(&filter);
        let page = catalogue.page(&found, Order::Relevance, &filter, &window);
        shown.push(format!("{words} {page:?} {:?}", catalogue.titled(&Gazetteer::embedded().question(words))));
    }
    for (scheme, value) in [("eib", "20110487"), ("ebrd", "3"), ("crs-donor", "5RDB007")] {
        shown.push(format!("{:?}", catalogue.by_identifier(scheme, value)));
    }
    for place in [PLACES[1], "UA63000000000041885", "UA"] {
        shown.push(format!("{:?}", Gazetteer::embedded().by_id(place).and_then(|place| catalogue.located_in(place))));
    }
    let ground = Ground { catalogue, links, finance, rates };
    let groups = [Dimension::Partner, Dimension::Funder, Dimension::Oblast, Dimension::Sector, Dimension::Year];
    for basis in [AmountBasis::Signed, AmountBasis::Committed, AmountBasis::TotalCost] {
        for (dimension, counting) in
            groups.into_iter().zip([Counting::CountedOnce, Counting::Gross].into_iter().cycle())
        {
            let question = Question { group_by: vec![dimension], counting, ..Question::of(basis) };
            shown.push(format!("{:?}", summary(ground, &question, &everything)));
        }
    }
    shown
}

/// The readings of four partners; one in which nothing was edited stays the very same.
fn read(
    records: &BTreeMap<usize, Recipe>,
    minute: i64,
    before: &[Arc<Reading>],
    edited: &[usize],
) -> Vec<Arc<Reading>> {
    let partners = ["eib", "oecd", "ceb", "ebrd"];
    let readings = partners.into_iter().enumerate().map(|(at, partner)| {
        let own = |at: usize| IDS[at].starts_with(&format!("{partner}:"));
        if let Some(before) = before.get(at).filter(|_| !edited.iter().any(|at| own(*at))) {
            return Arc::clone(before);
        }
        let own = records.iter().filter(|(at, _)| own(**at));
        reading(&format!("{partner}-projects"), minute, own.map(|(at, recipe)| told(IDS[*at], *recipe)).collect())
    });
    readings.collect()
}

/// What happens to a record between two readings.
#[derive(Debug, Clone)]
enum Edit {
    Gone,
    Told(Recipe),
    /// One part of it is told otherwise, where it is there.
    Changed(usize, usize),
}

impl Edit {
    fn apply(self, at: usize, records: &mut BTreeMap<usize, Recipe>) {
        match (self, records.get_mut(&at)) {
            (Self::Gone, _) => drop(records.remove(&at)),
            (Self::Told(recipe), _) => drop(records.insert(at, recipe)),
            (Self::Changed(part, value), Some(recipe)) => recipe[part] = value,
            (Self::Changed(..), None) => {}
        }
    }
}

fn any_edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        1 => Just(Edit::Gone),
        2 => any_recipe().prop_map(Edit::Told),
        6 => (0_usize..10, 0_usize..9).prop_map(|(part, value)| Edit::Changed(part, value)),
    ]
}

fn any_recipe() -> impl Strategy<Value = Recipe> {
    proptest::array::uniform10(0_usize..9)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_fact_is_the_one_that_would_be_found_anew(
        first in proptest::collection::btree_map(0..IDS.len(), any_recipe(), IDS.len() / 2..IDS.len()),
        edits in proptest::collection::vec(
            proptest::collection::vec((0..IDS.len(), any_edit()), 0..6),
            1..4,
        ),
    ) {
        let rates = Rates::embedded();
        let mut decisions = LinkDecisions::none();
        decisions.decide("eib:2", "ebrd:1", LinkDecision::Rejected);
        let mut records = first;
        let mut readings = read(&records, 0, &[], &[]);
        let mut catalogue = Catalogue::build(readings.clone(), &rates, crate::samples::at(0));
        let mut links = Links::of(&catalogue, &decisions);
        let mut finance = Finance::of(&catalogue, &links, &rates);
        for (edits, minute) in edits.into_iter().zip(1..) {
            let edited: Vec<usize> = edits.iter().map(|(at, _)| *at).collect();
            edits.into_iter().for_each(|(at, edit)| edit.apply(at, &mut records));
            readings = read(&records, minute, &readings, &edited);
            let now = crate::samples::at(minute);
            let (next, unchanged) = Catalogue::build_after(&catalogue, readings.clone(), &rates, now);
            let next_links = Links::after(&links, &unchanged, &next, &decisions);
            let next_finance = Finance::after(&finance, &unchanged, (&next, &next_links, &rates));
            let anew = Catalogue::build(readings.clone(), &rates, now);
            let anew_links = Links::of(&anew, &decisions);
            let anew_finance = Finance::of(&anew, &anew_links, &rates);
            let expected = shown(&anew, &anew_links, &anew_finance, &rates);
            for (shown, expected) in shown(&next, &next_links, &next_finance, &rates).iter().zip(&expected) {
                prop_assert_eq!(shown, expected);
            }
            (catalogue, links, finance) = (next, next_links, next_finance);
        }
    }
}
