//! Whatever a project says, it says after it was packed.

use chrono::{DateTime, NaiveDate, Utc};
use connectors::model::{
    AmountBasis, Contribution, CountryCode, CurrencyCode, Identifier, Instrument, Issue, Language, Money, NativeSector,
    Organisation, OrganisationRole, PartialDate, PriceBase, ProjectId, ProjectStatus, Provenance, PublishedLocation,
    Severity, Text, TextKind, sha256_hex,
};
use proptest::prelude::*;
use proptest::strategy::Union;
use rust_decimal::Decimal;

use super::*;

fn one_of<Value: Clone + fmt::Debug + 'static>(values: &[Value]) -> Union<Just<Value>> {
    Union::new(values.iter().cloned().map(Just))
}

/// Shared words, empty ones, long ones, and such with the native part of an id in them.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        one_of(&["DAC", "", "an organisation", "x-20-y", "20", "20/20"]).prop_map(str::to_owned),
        ".{0,12}",
        "[a-zї\\x00]{190,220}"
    ]
}

fn maybe<Value: fmt::Debug>(strategy: impl Strategy<Value = Value>) -> impl Strategy<Value = Option<Value>> {
    prop::option::of(strategy)
}

fn some<Value: fmt::Debug>(strategy: impl Strategy<Value = Value>) -> impl Strategy<Value = Vec<Value>> {
    prop::collection::vec(strategy, 0..4)
}

fn date() -> impl Strategy<Value = PartialDate> {
    (prop_oneof![1_900..2_100, 0..10_000], 1_u32..=12, 1_u32..=28, any::<bool>(), any::<bool>()).prop_map(
        |(year, month, day, with_month, with_day)| {
            PartialDate::stated(NaiveDate::from_ymd_opt(year, month, day).unwrap(), with_month, with_day).unwrap()
        },
    )
}

fn instant() -> impl Strategy<Value = DateTime<Utc>> {
    (-9_000_000_000_i64..9_000_000_000, 0_u32..1_000_000_000)
        .prop_map(|(seconds, nanoseconds)| DateTime::from_timestamp(seconds, nanoseconds).unwrap())
}

fn money() -> impl Strategy<Value = Money> {
    let value =
        (prop_oneof![Just(0), 0..1_000_000_u32, any::<u32>()], any::<u32>(), any::<u32>(), any::<bool>(), 0..=28_u32);
    let wide = (any::<bool>(), any::<bool>());
    let basis = one_of(&[AmountBasis::Planned, AmountBasis::Signed, AmountBasis::Disbursed, AmountBasis::TotalCost]);
    let price_base = prop_oneof![Just(PriceBase::Current), any::<i32>().prop_map(PriceBase::Constant)];
    let currency = one_of(&[CurrencyCode::EUR, CurrencyCode::USD, CurrencyCode::new("uah").unwrap()]);
    (value, wide, basis, price_base, currency, maybe(date())).prop_map(
        |((low, middle, high, negative, scale), (with_middle, with_high), basis, price_base, currency, date)| {
            let (middle, high) = (if with_middle { middle } else { 0 }, if with_high { high } else { 0 });
            let value = Decimal::from_parts(low, middle, high, negative, scale);
            Money { value, currency, basis, price_base, date }
        },
    )
}

fn text() -> impl Strategy<Value = Text> {
    let language = one_of(&[Language::EN, Language::UK, Language::UND, Language::new("sr-latn").unwrap()]);
    let kind = one_of(&[TextKind::Original, TextKind::OfficialTranslation, TextKind::MachineTranslation]);
    (language, words(), kind).prop_map(|(language, text, kind)| Text { language, text, kind })
}

fn location() -> impl Strategy<Value = PublishedLocation> {
    prop_oneof![
        Just(PublishedLocation::Nationwide),
        words().prop_map(PublishedLocation::Name),
        (words(), words()).prop_map(|(scheme, value)| PublishedLocation::Code { scheme, value }),
    ]
}

fn issue() -> impl Strategy<Value = Issue> {
    let severity = one_of(&[Severity::Info, Severity::Warning, Severity::Error]);
    (words(), severity, words(), maybe(words())).prop_map(|(code, severity, message, field)| Issue {
        code,
        severity,
        message,
        field,
    })
}

fn provenance() -> impl Strategy<Value = Provenance> {
    let sha256 = prop_oneof![words(), words().prop_map(|text| sha256_hex(text.as_bytes()))];
    (words(), maybe(words()), instant(), sha256, ".{0,80}", words()).prop_map(
        |(source, url, retrieved_at, sha256, raw, raw_media_type)| Provenance {
            source,
            url,
            retrieved_at,
            sha256,
            raw,
            raw_media_type,
        },
    )
}

fn contribution() -> impl Strategy<Value = Contribution> {
    (maybe(words()), words(), money(), maybe(date()), maybe(words()))
        .prop_map(|(reference, kind, amount, date, sector)| Contribution { reference, kind, amount, date, sector })
}

fn organisation() -> impl Strategy<Value = Organisation> {
    let role = one_of(&[OrganisationRole::Funder, OrganisationRole::Promoter, OrganisationRole::Other]);
    (role, words(), maybe(words())).prop_map(|(role, name, reference)| Organisation { role, name, reference })
}

fn sector() -> impl Strategy<Value = NativeSector> {
    (words(), maybe(words()), words()).prop_map(|(scheme, code, label)| NativeSector { scheme, code, label })
}

fn project() -> impl Strategy<Value = Project> {
    let id = prop_oneof![Just("20".to_owned()), "[a-z0-9 ]{0,9}"].prop_map(|native| ProjectId::new("eib", &[&native]));
    let status = one_of(&[ProjectStatus::Pipeline, ProjectStatus::Signed, ProjectStatus::Unknown]);
    let instrument = one_of(&[Instrument::Loan, Instrument::TechnicalAssistance, Instrument::Unknown]);
    let countries = some(one_of(&[CountryCode::UA, CountryCode::new("md").unwrap()]));
    let identifiers = some((words(), words()).prop_map(|(scheme, value)| Identifier { scheme, value }));
    let dates = (maybe(date()), maybe(date()), maybe(date()), maybe(date()));
    let said = (some(text()), some(text()), identifiers, maybe(words()), maybe(words()));
    let about = (some(sector()), countries, some(location()), some(organisation()), status, instrument);
    let given = (some(money()), some(contribution()), dates, provenance(), some(issue()));
    (id, said, about, given).prop_map(|(id, said, about, given)| {
        let (titles, descriptions, identifiers, status_native, amount_native) = said;
        let (sectors, countries, locations, organisations, status, instrument) = about;
        let (amounts, contributions, (approved_on, signed_on, started_on, ended_on), provenance, issues) = given;
        Project {
            id,
            identifiers,
            titles,
            descriptions,
            status,
            status_native,
            instrument,
            sectors,
            countries,
            locations,
            amounts,
            amount_native,
            contributions,
            organisations,
            approved_on,
            signed_on,
            started_on,
            ended_on,
            provenance,
            issues,
        }
    })
}

proptest! {
    #[test]
    fn a_project_is_the_same_after_packing(projects in prop::collection::vec(project(), 0..5)) {
        let packed: Projects = projects.clone().into();
        prop_assert_eq!(packed.len(), projects.len());
        let unpacked: Vec<Project> = packed.iter().map(PackedProject::to_project).collect();
        // Numbers that are equal may still be printed differently: 1 and 1.00.
        prop_assert_eq!(format!("{unpacked:?}"), format!("{projects:?}"));
        prop_assert_eq!(unpacked, projects);
    }

    #[test]
    fn a_list_of_packed_projects_is_written_as_one_of_whole_ones(projects in prop::collection::vec(project(), 0..3)) {
        let json = serde_json::to_string(&projects).unwrap();
        prop_assert_eq!(serde_json::to_string(&Projects::from(projects)).unwrap(), json.clone());
        let read: Vec<Project> = serde_json::from_str(&json).unwrap();
        let packed: Projects = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(packed.iter().map(PackedProject::to_project).collect::<Vec<_>>(), read);
    }
}

#[test]
fn every_word_of_a_list_of_words_is_kept() {
    use AmountBasis::{Approved, Committed, Disbursed, Planned, Signed, TotalCost};
    let mut expected = Project { ended_on: PartialDate::year(-44), ..crate::samples::project("eib:1") };
    for basis in [Planned, Approved, Signed, Committed, Disbursed, TotalCost] {
        expected.amounts.push(Money::new(1.into(), CurrencyCode::EUR, basis, None));
    }
    use OrganisationRole::{Beneficiary, Borrower, Funder, Implementer, Other, Promoter};
    for role in [Funder, Borrower, Promoter, Implementer, Beneficiary, Other] {
        expected.organisations.push(Organisation { role, name: "One".to_owned(), reference: None });
    }
    use ProjectStatus::{Approved as Decided, Cancelled, Completed, Implementing, Pipeline, Suspended};
    let statuses = [
        Pipeline,
        Decided,
        ProjectStatus::Signed,
        Implementing,
        Completed,
        Cancelled,
        Suspended,
        ProjectStatus::Unknown,
    ];
    use Instrument::{Equity, FrameworkLoan, Grant, Guarantee, Loan, TechnicalAssistance};
    let instruments =
        [Loan, FrameworkLoan, Guarantee, Equity, Grant, TechnicalAssistance, Instrument::Other, Instrument::Unknown];
    for (status, instrument) in statuses.into_iter().zip(instruments) {
        let expected = Project { status, instrument, ..expected.clone() };
        let packed: Projects = vec![expected.clone()].into();
        assert_eq!(packed.get(0).to_project(), expected);
    }
}

#[test]
fn projects_keep_their_places_over_many_blocks() {
    let count = u32::try_from(2 * BLOCK + 3).unwrap();
    let packed: Projects = (0..count).map(|number| crate::samples::project(&format!("eib:{number}"))).collect();
    assert_eq!(packed.len(), count as usize);
    for (project, number) in packed.iter().zip(0..) {
        assert_eq!(project.id().native(), number.to_string());
        assert_eq!(project.provenance().raw, format!("{{\"id\":\"{number}\"}}"));
    }
    let whole: Projects = (0..count / 2 - 1).map(|number| crate::samples::project(&format!("eib:{number}"))).collect();
    assert_eq!((whole.len(), whole.blocks.len(), Projects::default().len()), (BLOCK, 1, 0));
}

#[test]
fn what_repeats_takes_little() {
    let project = |number: usize| {
        let mut project = crate::samples::titled(&format!("eib:{}", 20_200_000 + number), "Water");
        project.identifiers = vec![
            Identifier::new("eib", project.id.native()),
            Identifier::new("iati", format!("XM-{}", project.id.native())),
        ];
        project.provenance.url = Some(format!("https://projects.example/all/{}", project.id.native()));
        project.organisations = vec![Organisation {
            role: OrganisationRole::Promoter,
            name: "The city of Lviv".to_owned(),
            reference: None,
        }];
        project
    };
    let packed: Projects = (0..1_000).map(project).collect();
    // The id takes 13 of these, the digest 33, the title 8.
    assert!(packed.bytes() < 110 * 1_000, "{} bytes", packed.bytes());
}
