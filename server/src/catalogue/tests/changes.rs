//! What is told of two readings.

use std::collections::HashSet;
use std::sync::Arc;

use connectors::model::{AmountBasis, Project, ProjectStatus};

use super::*;
use crate::harvest::{Origin, Reading};
use crate::samples::{catalogue_of, date, euro, project, reading, titled};

/// The changes in the words of a log: kind, id, field, before and after.
#[track_caller]
fn check(before: &Catalogue, after: &Catalogue, removed: &[&str], expected: &[&str]) {
    let removed: HashSet<String> = removed.iter().map(|id| (*id).to_owned()).collect();
    let told = between(before, after, &removed).into_iter().map(|change| {
        let stands = if change.kind == ChangeKind::Removed { before } else { after };
        let shown = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
        let (id, field) = (stands.project(change.record).id().to_string(), change.field.unwrap_or("-"));
        format!("{:?} {id} {field} {} > {}", change.kind, shown(change.before), shown(change.after))
    });
    assert_eq!(told.collect::<Vec<_>>(), expected);
}

fn of(minute: i64, projects: Vec<Project>) -> Catalogue {
    catalogue_of(vec![reading("eib-projects", minute, projects)])
}

#[test]
fn every_field_that_changed_is_told_with_what_stood_there() {
    let before = Project {
        amounts: vec![euro(100, AmountBasis::Signed)],
        status: ProjectStatus::Approved,
        approved_on: date("2025-12"),
        ..titled("eib:1", "Metro")
    };
    let after = Project {
        amounts: vec![euro(120, AmountBasis::Signed), euro(300, AmountBasis::TotalCost)],
        status: ProjectStatus::Signed,
        status_native: Some("Signed".to_owned()),
        signed_on: date("2026-11-20"),
        ..titled("eib:1", "Metro line")
    };
    let expected = [
        "AmountChanged eib:1 amounts.SIGNED 100 EUR > 120 EUR",
        "AmountChanged eib:1 amounts.TOTAL_COST - > 300 EUR",
        "StatusChanged eib:1 status APPROVED > SIGNED",
        "StatusChanged eib:1 statusNative - > Signed",
        "DateChanged eib:1 approvedOn 2025-12 > -",
        "DateChanged eib:1 signedOn - > 2026-11-20",
        "TextChanged eib:1 titles Metro > Metro line",
    ];
    check(&of(0, vec![before]), &of(1, vec![after]), &[], &expected);
}

#[test]
fn records_come_go_and_come_again() {
    let (one, two) = (of(0, vec![project("eib:1")]), of(1, vec![project("eib:2")]));
    check(&one, &two, &[], &["Removed eib:1 - - > -", "Added eib:2 - - > -"]);
    check(&two, &one, &["eib:1"], &["Restored eib:1 - - > -", "Removed eib:2 - - > -"]);
    check(&one, &of(1, vec![project("eib:1")]), &[], &[]);
}

#[test]
fn only_sources_that_were_read_anew_and_by_the_same_question_are_compared() {
    let other = reading("ceb-projects", 0, vec![project("ceb:1")]);
    let with = |eib: Arc<Reading>| catalogue_of(vec![eib, Arc::clone(&other)]);
    let before = with(reading("eib-projects", 0, vec![project("eib:1")]));
    check(&before, &with(reading("eib-projects", 1, vec![])), &[], &["Removed eib:1 - - > -"]);
    let elsewhere = |base_url: &str, origin| {
        let reading = Reading::clone(&reading("eib-projects", 1, vec![project("eib:2")]));
        with(Arc::new(Reading { base_url: base_url.to_owned(), origin, ..reading }))
    };
    check(&before, &elsewhere("http://127.0.0.1:1/", Origin::Partner), &[], &[]);
    check(&elsewhere("", Origin::Baseline), &before, &[], &[]);
    assert_eq!(with(reading("eib-projects", 1, vec![])).sources_that_differ(&before), ["eib-projects"]);
}
