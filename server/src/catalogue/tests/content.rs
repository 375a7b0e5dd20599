//! What a catalogue is built of, and its name.

use std::sync::Arc;

use connectors::connector::Reject;
use connectors::model::{
    Identifier, Issue, NativeSector, Project, ProjectStatus, Provenance, PublishedLocation, Severity, sha256_hex,
};

use super::*;
use crate::samples::{at, catalogue, catalogue_of, date, placed, project, reading, titled};

fn with_raw(id: &str, raw: &str) -> Project {
    let provenance = Provenance::new("eib-projects", None, at(0), raw.to_owned(), "application/json");
    Project { provenance, ..project(id) }
}

fn odd() -> Issue {
    Issue::new("ODD", Severity::Info, "odd")
}

fn reject(raw: &str) -> Reject {
    Reject { position: "row 3".to_owned(), reason: "It has no id.".to_owned(), raw: raw.to_owned() }
}

/// The reading with its projects changed.
fn with_projects(reading: &mut Reading, change: fn(&mut Vec<Project>)) {
    let mut projects: Vec<Project> = reading.harvest.projects.iter().map(PackedProject::to_project).collect();
    change(&mut projects);
    reading.harvest.projects = projects.into();
}

#[test]
fn equal_content_has_one_name_whatever_the_order_it_came_in() {
    let records = || vec![with_raw("eib:1", "a"), with_raw("eib:2", "b")];
    let name = |readings| catalogue_of(readings).generation().to_owned();
    let (eib, ceb) =
        (|projects| reading("eib-projects", 0, projects), reading("ceb-projects", 0, vec![project("ceb:1")]));
    let first = name(vec![eib(records()), Arc::clone(&ceb)]);
    assert_eq!(first, name(vec![eib(records()), Arc::clone(&ceb)]));
    assert_eq!(first, name(vec![ceb, eib(records().into_iter().rev().collect())]));
}

#[test]
fn any_change_of_content_changes_the_name() {
    let changed = |change: fn(&mut Reading)| {
        let records = vec![with_raw("eib:1", "a"), with_raw("eib:2", "b")];
        let mut reading = Reading::clone(&reading("eib-projects", 0, records));
        change(&mut reading);
        catalogue_of(vec![Arc::new(reading)]).generation().to_owned()
    };
    let names = [
        changed(|_| {}),
        changed(|reading| with_projects(reading, |projects| projects[0] = with_raw("eib:1", "c"))),
        changed(|reading| with_projects(reading, |projects| drop(projects.pop()))),
        changed(|reading| reading.retrieved_at = at(1)),
        changed(|reading| reading.first_read = [at(0), at(-5)].into_iter().collect()),
        changed(|reading| reading.harvest.issues.push(odd())),
        changed(|reading| with_projects(reading, |projects| projects[0].issues.push(odd()))),
        changed(|reading| reading.harvest.rejects.push(reject("{}"))),
        changed(|reading| reading.harvest.published_at = at(0).date_naive().pred_opt()),
    ];
    let distinct: std::collections::BTreeSet<_> = names.iter().collect();
    assert_eq!(distinct.len(), names.len(), "{names:?}");
}

#[test]
fn a_catalogue_knows_the_readings_it_stands_on() {
    let (one, other) = (reading("eib-projects", 0, vec![project("eib:1")]), reading("eib-projects", 0, Vec::new()));
    let catalogue = catalogue_of(vec![Arc::clone(&one)]);
    assert!(catalogue.stands_on(&[Arc::clone(&one)]));
    assert!(!catalogue.stands_on(&[Arc::clone(&other)]));
    assert!(!catalogue.stands_on(&[one, other]));
    assert_eq!(catalogue.reading_of("eib-projects").map(|reading| reading.harvest.projects.len()), Some(1));
    assert!(catalogue.reading_of("ceb-projects").is_none());
}

#[test]
fn of_two_feeds_that_hold_an_id_the_first_stands() {
    let first = reading("eib-projects", 0, vec![titled("eib:1", "First")]);
    let second = reading("eib-other", 0, vec![titled("eib:1", "Second"), titled("eib:2", "Other")]);
    let catalogue = catalogue_of(vec![first, second]);
    let titles: Vec<_> = (0..2).map(|number| catalogue.project(number).titles().next().unwrap().text()).collect();
    assert_eq!((catalogue.records().len(), titles), (2, vec!["First", "Other"]));
    assert_eq!((catalogue.source_of(0), catalogue.source_of(1)), ("eib-projects", "eib-other"));
    assert_eq!(catalogue.sources_of(&[1].into_iter().collect()), ["eib-other"]);
}

#[test]
fn an_issue_said_twice_of_the_same_stands_once_and_each_is_found_by_its_id() {
    let twice = |id: &str| Project { issues: vec![odd(), odd()], ..project(id) };
    let catalogue = catalogue(vec![twice("eib:1"), twice("eib:2")]);
    assert_eq!(catalogue.issues().len(), 2);
    assert_eq!([0, 1].map(|number| catalogue.issues_of(number)), [0..1, 1..2]);
    let ordered: Vec<_> = catalogue.issues_in_order().iter().map(|number| catalogue.issue(*number).id()).collect();
    assert!(ordered.is_sorted());
    for (issue, number) in catalogue.issues().zip(0..) {
        assert_eq!(catalogue.issue_by_id(&issue.id()), Some(number));
    }
    assert_eq!(catalogue.issue_by_id("issue:none"), None);
}

#[test]
fn rows_that_could_not_be_read_and_faults_of_a_feed_are_issues_too() {
    let mut reading = Reading::clone(&reading("eib-projects", 0, vec![project("eib:1")]));
    reading.harvest.rejects.push(reject(&"ї".repeat(2_000)));
    reading.harvest.issues.push(Issue::new("FEWER_ROWS_THAN_ANNOUNCED", Severity::Warning, "1 of 2 rows came."));
    let catalogue = catalogue_of(vec![Arc::new(reading)]);
    let said: Vec<_> = catalogue.issues().map(|issue| (issue.code(), issue.record())).collect();
    assert_eq!(said, [("REJECTED_ROW", None), ("FEWER_ROWS_THAN_ANNOUNCED", None)]);
    let message = &catalogue.issue(0).issue().message;
    assert!(message.starts_with("row 3: It has no id. The row as it came: ї") && message.ends_with(" …"), "{message}");
    assert_eq!(message.matches('ї').count(), 600);
}

#[test]
fn of_the_records_that_carry_an_identifier_the_first_is_found() {
    let carrying = |id: &str, identifiers: &[(&str, &str)]| {
        let identifiers = identifiers.iter().map(|(scheme, value)| Identifier::new(scheme, *value)).collect();
        Project { identifiers, ..project(id) }
    };
    let catalogue = catalogue(vec![
        carrying("ceb:1", &[("eib", "7"), ("iati", "x")]),
        carrying("eib:7", &[("EIB", "7")]),
        carrying("eib:8", &[("eib", "8"), ("iati", "x")]),
        carrying("eib:9", &[]),
    ]);
    let found = |scheme, value| catalogue.by_identifier(scheme, value);
    assert_eq!((found("eib", "7"), found("Eib", "8"), found("IATI", "x")), (Some(0), Some(2), Some(0)));
    assert_eq!((found("eib", "9"), found("eib", "X"), found("iati", "X")), (None, None, None));
}

#[test]
fn the_words_of_an_issue_are_those_it_was_found_with() {
    let odd_in_every_way = Project {
        issues: vec![odd()],
        locations: vec![PublishedLocation::Nationwide, PublishedLocation::Name("Nowhere at all".to_owned())],
        sectors: vec![NativeSector { scheme: "DAC".to_owned(), code: Some("99999".to_owned()), label: String::new() }],
        status: ProjectStatus::Pipeline,
        signed_on: date("2020"),
        ..project("eib:1")
    };
    let mut reading = Reading::clone(&reading("eib-projects", 0, vec![odd_in_every_way]));
    reading.harvest.rejects.push(reject("{}"));
    reading.harvest.issues.push(odd());
    let catalogue = catalogue_of(vec![Arc::new(reading)]);
    let codes: Vec<&str> = catalogue.issues().map(IssueRecord::code).collect();
    assert_eq!(
        codes,
        ["ODD", "UNRESOLVED_LOCATION", "UNKNOWN_SECTOR", "STATUS_CONFLICT", "REJECTED_ROW", "ODD"],
        "in the order they are found"
    );
    for issue in catalogue.issues() {
        let said = issue.issue();
        let about = issue.record().map_or("", |number| catalogue.project(number).id().as_str());
        let field = said.field.as_deref().unwrap_or_default();
        let said = [issue.source(), about, issue.code(), field, &said.message].join("\u{1f}");
        assert_eq!(issue.id(), format!("issue:{}", &sha256_hex(said.as_bytes())[..20]), "{said}");
        assert_eq!(issue.code(), issue.issue().code);
    }
}

#[test]
fn other_rates_make_another_generation() {
    let build = |rates: &crate::money::Rates| {
        let readings = vec![reading("eib-projects", 0, vec![project("eib:1")])];
        Catalogue::build(readings, rates, at(0)).generation().to_owned()
    };
    let embedded = crate::money::Rates::embedded();
    let dollar = connectors::model::CurrencyCode::USD;
    let source = crate::money::RateSource::EuropeanCentralBank;
    let newer = embedded.clone().with_daily(dollar, "2026-11-24".parse().unwrap(), 1.into(), source);
    assert_eq!(build(&embedded), build(&embedded.clone()));
    assert_ne!(build(&embedded), build(&newer));
}

#[test]
fn what_is_known_of_unchanged_records_is_what_would_be_found_anew() {
    let told = |id: &str, title: &str| titled(id, title);
    let before = vec![
        told("eib:1", "Water supply in Kharkiv"),
        told("eib:2", "Schools in Lviv"),
        told("eib:3", "Roads"),
        placed("eib:4", "nowhere"),
    ];
    let mut after = before.clone();
    after[1] = told("eib:2", "Hospitals in Odesa");
    after[2].countries.clear();
    after[3] = placed("eib:4", KHARKIV);
    after.insert(0, told("eib:0", "District heating in Lviv"));
    let (before, after) = (reading("eib-projects", 0, before), reading("eib-projects", 5, after));
    let earlier = catalogue_of(vec![before]);
    let rates = crate::money::Rates::embedded();
    let anew = Catalogue::build(vec![Arc::clone(&after)], &rates, at(5));
    let (kept, unchanged) = Catalogue::build_after(&earlier, vec![after], &rates, at(5));
    let numbers: Vec<_> = (0..5).map(|number| unchanged.earlier(number)).collect();
    assert_eq!(numbers, [None, Some(0), None, None, None]);
    assert_eq!(kept.generation(), anew.generation());
    let said = |catalogue: &Catalogue| {
        let said = (0..).take(catalogue.records().len()).map(|number| format!("{:?}", catalogue.record(number)));
        said.collect::<Vec<_>>()
    };
    assert_eq!(said(&kept), said(&anew));
    assert_eq!(kept.records().len(), 5);
}

#[test]
fn only_a_record_of_the_same_words_is_taken_over() {
    let earlier = catalogue(vec![titled("eib:1", "Water supply in Kharkiv")]);
    let taken = |project: Project| {
        let next = reading("eib-projects", 1, vec![project]);
        earlier.of_the_same_words(next.harvest.projects.get(0)).is_some()
    };
    assert!(taken(titled("eib:1", "Water supply in Kharkiv")));
    assert!(taken(Project { signed_on: date("2024"), ..titled("eib:1", "Water supply in Kharkiv") }));
    assert!(!taken(titled("eib:1", "Water supply in Lviv")));
    assert!(!taken(titled("eib:2", "Water supply in Kharkiv")));
    assert!(!taken(Project { countries: Vec::new(), ..titled("eib:1", "Water supply in Kharkiv") }));
}
